//! HTTP: a URL and what is already known of it go in, its bytes or "not modified" come out.
//!
//! Promises: never a private address (see `super::guard`), at every redirect; never more bytes in memory
//! than the cap, decompressed; never longer than the total time; no cookies, no credentials kept.

use std::error::Error as _;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode};
use url::Url;

use super::guard::{self, PrivateAddress, PublicOnly};

/// Who asks, for publishers who look into their logs.
const USER_AGENT: &str = concat!("Tidings/", env!("CARGO_PKG_VERSION"), " (self-hosted news digest bot)");

/// Bounds of one request.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a connection to be made.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For everything, redirects included: what cuts off a body that drips.
    pub total: Duration,
    /// Bytes of the body, decompressed.
    pub body: usize,
    /// Redirects followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(15),
            total: Duration::from_secs(30),
            body: 10 << 20,
            redirects: 5,
        }
    }
}

/// What a server gave to recognise a body by, sent back the next time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Fetched {
    /// The same as what the validators stand for.
    NotModified,
    /// A body.
    Body(Body),
}

/// A body and what its headers say of it.
#[derive(Debug, Clone)]
pub struct Body {
    /// Decompressed.
    pub bytes: Vec<u8>,
    /// Where it came from, after redirects.
    pub url: Url,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// What to send the next time.
    pub validators: Validators,
}

/// Why nothing came; each says so in words for the owner.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Neither http nor https.
    #[error("{0}: addresses can't be fetched, only http: and https:")]
    Scheme(String),
    /// An address that is not to be dialled.
    #[error(transparent)]
    Private(#[from] PrivateAddress),
    /// The server says no.
    #[error("{}", words(*status))]
    Status {
        /// Its status.
        status: StatusCode,
        /// When it wants to be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// A redirect without a usable target, or too many of them.
    #[error("redirected {0}")]
    Redirect(String),
    /// Too slow.
    #[error("timed out after {0} s")]
    TimedOut(u64),
    /// Too long.
    #[error("body over {} MB", .0 >> 20)]
    TooLong(usize),
    /// No connection, or a broken one.
    #[error("{0}")]
    Network(String),
}

impl FetchError {
    /// When the server wants to be asked again, if it said so.
    pub fn retry_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            FetchError::Status { retry_after: Some(RetryAfter::In(wait)), .. } => {
                now.checked_add_signed(TimeDelta::from_std(*wait).ok()?)
            }
            FetchError::Status { retry_after: Some(RetryAfter::At(at)), .. } => Some(*at),
            _ => None,
        }
    }
}

/// The `Retry-After` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// In so long.
    In(Duration),
    /// At an instant.
    At(DateTime<Utc>),
}

/// Fetches; clones share connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    /// Dials public addresses only.
    guarded: Client,
    /// Dials any address: for hosts that the owner allows.
    open: Client,
    allowed: Vec<String>,
    limits: Limits,
}

impl Fetcher {
    /// A fetcher to which `allowed` hosts (`name`, `address`, or either with `:port`) are open, private or not.
    ///
    /// Errors if the system's TLS can't be set up.
    pub fn new(allowed: &[String], limits: Limits) -> Result<Fetcher, reqwest::Error> {
        let client = || {
            Client::builder()
                .user_agent(USER_AGENT)
                .connect_timeout(limits.connect)
                .read_timeout(limits.read)
                // Each hop is checked before it is followed.
                .redirect(reqwest::redirect::Policy::none())
                // A proxy would resolve names itself, past the guard.
                .no_proxy()
        };
        Ok(Fetcher {
            guarded: client().dns_resolver(std::sync::Arc::new(PublicOnly)).build()?,
            open: client().build()?,
            allowed: allowed.to_vec(),
            limits,
        })
    }

    /// Gets `url`, unless it is still what `known` stands for.
    pub async fn get(&self, url: &Url, known: &Validators) -> Result<Fetched, FetchError> {
        match tokio::time::timeout(self.limits.total, self.follow(url, known)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(FetchError::TimedOut(self.limits.total.as_secs())),
        }
    }

    async fn follow(&self, url: &Url, known: &Validators) -> Result<Fetched, FetchError> {
        let mut url = url.clone();
        for _ in 0..=self.limits.redirects {
            let response = self.send(&url, known).await?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched::NotModified);
            }
            if status.is_redirection() {
                url = target(&url, response.headers())?;
                continue;
            }
            if !status.is_success() {
                return Err(FetchError::Status { status, retry_after: retry_after(response.headers()) });
            }
            return self.read(url, response).await.map(Fetched::Body);
        }
        Err(FetchError::Redirect(format!("more than {} times", self.limits.redirects)))
    }

    async fn send(&self, url: &Url, known: &Validators) -> Result<Response, FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Scheme(url.scheme().to_owned()));
        }
        let client = if guard::is_allowed(url, &self.allowed) {
            &self.open
        } else {
            guard::check_literal(url)?;
            &self.guarded
        };
        let mut request = client
            .get(url.clone())
            .header(header::ACCEPT, "text/html, application/xml, application/json;q=0.9, */*;q=0.5");
        let conditions =
            [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)];
        for (name, value) in conditions {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        request.send().await.map_err(|error| self.explain(error))
    }

    async fn read(&self, url: Url, mut response: Response) -> Result<Body, FetchError> {
        let cap = self.limits.body;
        if response.content_length().is_some_and(|length| length > cap as u64) {
            return Err(FetchError::TooLong(cap));
        }
        let content_type = text(response.headers(), header::CONTENT_TYPE);
        let validators = Validators {
            etag: text(response.headers(), header::ETAG),
            last_modified: text(response.headers(), header::LAST_MODIFIED),
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.explain(error))? {
            if bytes.len() + chunk.len() > cap {
                return Err(FetchError::TooLong(cap));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Body { bytes, url, content_type, validators })
    }

    /// A client's error in the owner's words, without the URL, which may hold a key.
    fn explain(&self, error: reqwest::Error) -> FetchError {
        let mut deepest: &(dyn std::error::Error + 'static) = &error;
        let mut cause = error.source();
        while let Some(inner) = cause {
            if let Some(private) = inner.downcast_ref::<PrivateAddress>() {
                return FetchError::Private(private.clone());
            }
            deepest = inner;
            cause = inner.source();
        }
        if error.is_timeout() {
            let limit = if error.is_connect() { self.limits.connect } else { self.limits.read };
            return FetchError::TimedOut(limit.as_secs());
        }
        let what = if error.is_connect() {
            "could not connect"
        } else if error.is_decode() {
            "the body could not be decompressed"
        } else {
            "the connection broke"
        };
        FetchError::Network(if std::ptr::addr_eq(deepest, &error) {
            what.to_owned()
        } else {
            format!("{what}: {deepest}")
        })
    }
}

fn target(from: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location = text(headers, header::LOCATION)
        .ok_or_else(|| FetchError::Redirect("without saying where to".to_owned()))?;
    from.join(&location).map_err(|_| FetchError::Redirect("to something that is no URL".to_owned()))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn retry_after(headers: &HeaderMap) -> Option<RetryAfter> {
    let value = text(headers, header::RETRY_AFTER)?;
    match value.trim().parse() {
        Ok(seconds) => Some(RetryAfter::In(Duration::from_secs(seconds))),
        Err(_) => DateTime::parse_from_rfc2822(value.trim()).ok().map(|at| RetryAfter::At(at.to_utc())),
    }
}

/// "404 Not Found".
fn words(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}
