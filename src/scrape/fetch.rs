//! Polite HTTP: a URL and what is already known of it go in, its bytes or "not modified" come out.
//!
//! Promises: never a private address (see `super::guard`), at every redirect; nothing that a host's robots.txt
//! forbids, and no host more often than it wants; never more bytes in memory than the cap, decompressed; never
//! longer than the total time; no cookies, no credentials kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use url::Url;

use super::guard;
use super::headers::{fresh_for, retry_after, text};
use super::hosts::{self, Hosts, Known, NoRules, Turn, lock};
use super::reach::Reach;
use super::robots::{self, Rules};

mod dial;
mod error;

pub use super::headers::Validators;
use dial::Dialer;
pub use error::FetchError;

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

/// What the owner sets of fetching.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Hosts (`name`, `address`, or either with `:port`) that are asked directly, private or not.
    pub allowed: Vec<String>,
    /// Hosts, written so too, whose robots.txt is not asked for.
    pub ignore_robots: Vec<String>,
    /// How publishers reach the owner: an address told to them in each request.
    pub contact: Option<String>,
    /// Bounds of one request.
    pub limits: Limits,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The body; `None`: it is the same as what the validators stand for.
    pub body: Option<Body>,
    /// For how long the answer holds, as the server has it.
    pub fresh_for: Option<Duration>,
    /// Where the address was moved for good.
    pub moved_to: Option<Url>,
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

/// How long a host's rules hold.
const RULES_HOLD: TimeDelta = TimeDelta::hours(24);
/// When rules that could not be had are asked for again.
const RULES_AGAIN: TimeDelta = TimeDelta::minutes(30);
/// For how long a host is left alone that says "too many requests" without saying how long.
const TOO_MANY: TimeDelta = TimeDelta::minutes(1);
/// A host that could not be connected to is taken for one for so long, without another try.
const AWAY_HOLD: TimeDelta = TimeDelta::seconds(30);
/// The longest that a robots.txt may take once there is a connection.
const RULES_TIME: Duration = Duration::from_secs(5);
/// The longest that a probe may take.
const PROBE_TIME: Duration = Duration::from_secs(10);

/// Fetches; clones share connections and what is known of hosts.
#[derive(Debug, Clone)]
pub struct Fetcher {
    dialer: Dialer,
    /// By a proxy of one source's own: that it is away says nothing of our network.
    own_proxy: bool,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: Settings,
    hosts: Hosts,
    /// Of the internet, and of the owner's own hosts.
    reach: [Reach; 2],
    /// By the proxy that they use.
    by_proxy: Mutex<HashMap<Url, Dialer>>,
}

/// When a request is made: the caller's now, and what has passed since it came.
#[derive(Debug, Clone, Copy)]
struct Since {
    now: DateTime<Utc>,
    began: Instant,
}

impl Since {
    /// By now, in steps of a tenth of a second.
    fn now(self) -> DateTime<Utc> {
        let tenths = self.began.elapsed().as_millis() / 100;
        self.now + TimeDelta::milliseconds(i64::try_from(tenths).unwrap_or_default() * 100)
    }
}

/// What a request is for: a robots.txt is asked for whatever the rules, and cut instead of refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Page,
    Robots,
}

impl Fetcher {
    /// A fetcher by the owner's settings; it goes by the proxy that the environment names, if any.
    ///
    /// Errors if the system's TLS can't be set up.
    pub fn new(settings: Settings) -> Result<Fetcher, reqwest::Error> {
        Ok(Fetcher {
            dialer: Dialer::new(&settings)?,
            own_proxy: false,
            shared: Arc::new(Shared {
                settings,
                hosts: Hosts::default(),
                reach: Default::default(),
                by_proxy: Mutex::default(),
            }),
        })
    }

    /// The same by a proxy of its own, for hosts that are not the owner's.
    ///
    /// Errors if the proxy's address can't be one.
    pub fn by(&self, proxy: Option<&Url>) -> Result<Fetcher, reqwest::Error> {
        let Some(proxy) = proxy else { return Ok(self.clone()) };
        let mut known = lock(&self.shared.by_proxy);
        let dialer = match known.get(proxy) {
            Some(dialer) => dialer.clone(),
            None => {
                let dialer = self.dialer.by(proxy, &self.shared.settings)?;
                known.insert(proxy.clone(), dialer.clone());
                dialer
            }
        };
        Ok(Fetcher { dialer, own_proxy: true, shared: self.shared.clone() })
    }

    /// Gets `url`, unless it is still what `known` stands for; [`FetchError::NotYet`] where its host is to be
    /// left alone at `now`.
    pub async fn get(
        &self,
        url: &Url,
        known: &Validators,
        now: DateTime<Utc>,
    ) -> Result<Fetched, FetchError> {
        self.get_or_ask(url, known, now, || async { Vec::new() }).await
    }

    /// The same where `listed` gives addresses of which any should answer: some are asked to tell a host that is
    /// away from a network of ours that is, while nobody has answered yet.
    pub async fn get_or_ask<Listed: Future<Output = Vec<Url>>>(
        &self,
        url: &Url,
        known: &Validators,
        now: DateTime<Utc>,
        listed: impl FnOnce() -> Listed,
    ) -> Result<Fetched, FetchError> {
        let original = url;
        match self.ask(original, known, now).await {
            // After a redirect it is another host that is away.
            Err(FetchError::Unreachable { url, what, .. }) => {
                let own = self.is_own(&url);
                let listed = || async {
                    let mut listed = listed().await;
                    listed.retain(|other| self.is_own(other) == own);
                    listed
                };
                let probe = |witness: Url| async move { self.is_there(&witness).await };
                let cut_off = match self.reach(&url) {
                    Some(reach) => reach.is_cut_off(&url, now, listed, probe).await,
                    None => false,
                };
                let (asked, away) = (hosts::key(original), hosts::key(&url));
                let what = if asked == away { what } else { format!("redirected to {away}: {what}") };
                Err(FetchError::Unreachable { url, what, cut_off })
            }
            outcome => outcome,
        }
    }

    async fn ask(&self, url: &Url, known: &Validators, now: DateTime<Utc>) -> Result<Fetched, FetchError> {
        let since = Since { now, began: Instant::now() };
        let turn = self.turn(url, since).await?;
        let limit = self.shared.settings.limits.total;
        within(limit, self.follow(url, known, Want::Page, vec![turn], since)).await
    }

    /// A turn at a URL's host, if its rules allow the URL.
    async fn turn(&self, url: &Url, since: Since) -> Result<Turn, FetchError> {
        let rules = self.permit(url, since.now()).await?;
        // The rules may have taken their time.
        let now = since.now();
        let turn = self.shared.hosts.of(url, now).turn(&rules, self.is_own(url), now);
        turn.map_err(|until| FetchError::NotYet { host: hosts::key(url), until })
    }

    /// The rules of a URL's host, if they allow it.
    async fn permit(&self, url: &Url, now: DateTime<Utc>) -> Result<Arc<Rules>, FetchError> {
        check_scheme(url)?;
        // What is never dialled has no rules either, and no pace.
        if !self.is_own(url) {
            guard::check_literal(url)?;
        }
        if guard::is_allowed(url, &self.shared.settings.ignore_robots) {
            return Ok(Arc::new(Rules::none()));
        }
        let host = self.shared.hosts.of(url, now);
        let mut known = host.rules.lock().await;
        if !known.as_ref().is_some_and(|known| known.holds(url, now)) {
            let old = known.as_ref().and_then(|known| known.rules.clone().ok());
            let (fetched, bytes) = self.fetch_rules(url, old, now).await;
            if let Some(bytes) = bytes {
                host.weigh(bytes);
            }
            *known = Some(fetched);
        }
        match known.as_ref().map(|known| (&known.rules, known.until)) {
            Some((Ok(rules), _)) if rules.allow(url) => Ok(rules.clone()),
            Some((Err(NoRules::Refused(why)), until)) => {
                Err(FetchError::NoRules { host: hosts::key(url), why: why.clone(), until })
            }
            // The page's own request would fail in the same way.
            Some((Err(NoRules::Away { what, .. }), _)) => {
                Err(FetchError::Unreachable { url: url.clone(), what: what.clone(), cut_off: false })
            }
            _ => Err(FetchError::Forbidden { host: hosts::key(url) }),
        }
    }

    /// Reads a host's robots.txt; the number of its bytes comes with one that was had.
    ///
    /// None there: everything is allowed. One that can't be had now: the old one holds, or nothing is asked for.
    async fn fetch_rules(
        &self,
        url: &Url,
        old: Option<Arc<Rules>>,
        now: DateTime<Utc>,
    ) -> (Known, Option<usize>) {
        let mut place = url.clone();
        place.set_path("/robots.txt");
        place.set_query(None);
        place.set_fragment(None);
        let nothing = Validators::default();
        let limits = &self.shared.settings.limits;
        // Longer than a connection may take, so that a host that is away is told from one that is slow.
        let limit = limits.total.min(limits.connect + RULES_TIME);
        let since = Since { now, began: Instant::now() };
        // Boxed: following a page's redirects asks for rules on its part.
        let fetched =
            within(limit, Box::pin(self.follow(&place, &nothing, Want::Robots, Vec::new(), since))).await;
        let known = |rules, hold| Known { rules, until: now + hold };
        let again = |why: FetchError| {
            let until = why.retry_after().map_or(RULES_AGAIN, |at| (at - now).clamp(RULES_AGAIN, RULES_HOLD));
            let rules = old.clone().ok_or(NoRules::Refused(why.to_string()));
            (known(rules, until), None)
        };
        match fetched {
            Ok(Fetched { body, .. }) => {
                let bytes = body.map(|body| body.bytes).unwrap_or_default();
                (known(Ok(Arc::new(Rules::parse(&bytes))), RULES_HOLD), Some(bytes.len()))
            }
            Err(FetchError::Unreachable { what, .. }) => {
                let away = NoRules::Away { scheme: url.scheme().to_owned(), what };
                (known(old.ok_or(away), AWAY_HOLD), None)
            }
            Err(error @ FetchError::Status { status, .. })
                if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS =>
            {
                again(error)
            }
            Err(error @ (FetchError::TimedOut(_) | FetchError::Broken(_))) => again(error),
            Err(_) => (known(Ok(Arc::new(Rules::none())), RULES_HOLD), Some(0)),
        }
    }

    /// Asks for `url` and for what it redirects to, each host in a turn: `turns` are those that are taken.
    async fn follow(
        &self,
        url: &Url,
        known: &Validators,
        want: Want,
        mut turns: Vec<Turn>,
        since: Since,
    ) -> Result<Fetched, FetchError> {
        let mut url = url.clone();
        let (mut moved_to, mut for_good) = (None, true);
        let redirects = self.shared.settings.limits.redirects;
        for hop in 0..=redirects {
            // What the first address needed was seen to before.
            if hop > 0 && want == Want::Page {
                let host = self.shared.hosts.of(&url, since.now());
                // A host that leads back to itself is in its turn still.
                if turns.iter().any(|turn| turn.is_at(&host)) {
                    self.permit(&url, since.now()).await?;
                } else {
                    turns.push(self.turn(&url, since).await?);
                }
            }
            let response = self.send(&url, known).await?;
            let (status, headers) = (response.status(), response.headers());
            let fresh_for = fresh_for(headers);
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched { body: None, fresh_for, moved_to });
            }
            if status.is_redirection() {
                let target = target(&url, headers)?;
                for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
                if for_good {
                    moved_to = Some(target.clone());
                }
                url = target;
                continue;
            }
            if !status.is_success() {
                let now = since.now();
                let retry_after = retry_after(headers, now);
                let too_many = (status == StatusCode::TOO_MANY_REQUESTS).then_some(now + TOO_MANY);
                if let Some(until) = retry_after.or(too_many) {
                    self.shared.hosts.of(&url, now).hold(until, now);
                }
                return Err(FetchError::Status { status, retry_after });
            }
            let body = self.read(url, response, want).await?;
            return Ok(Fetched { body: Some(body), fresh_for, moved_to });
        }
        Err(FetchError::Redirect(format!("more than {redirects} times")))
    }

    async fn send(&self, url: &Url, known: &Validators) -> Result<Response, FetchError> {
        check_scheme(url)?;
        let client = self.dialer.client(url, self.is_own(url)).await?;
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
        let response =
            request.send().await.map_err(|error| dial::explain(error, url, &self.shared.settings.limits))?;
        if let Some(reach) = self.reach(url) {
            reach.answered(url);
        }
        Ok(response)
    }

    async fn read(&self, url: Url, mut response: Response, want: Want) -> Result<Body, FetchError> {
        let cap = match want {
            Want::Page => self.shared.settings.limits.body,
            // One byte more tells the reader that its last line is cut.
            Want::Robots => robots::MAX_BYTES + 1,
        };
        if want == Want::Page && response.content_length().is_some_and(|length| length > cap as u64) {
            return Err(FetchError::TooLong(cap));
        }
        let content_type = text(response.headers(), header::CONTENT_TYPE);
        let validators = Validators::of(response.headers());
        let mut bytes = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| dial::explain(error, &url, &self.shared.settings.limits))?
        {
            if bytes.len() + chunk.len() > cap {
                if want == Want::Page {
                    return Err(FetchError::TooLong(cap));
                }
                bytes.extend_from_slice(&chunk[..cap - bytes.len()]);
                break;
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Body { bytes, url, content_type, validators })
    }

    /// Whether a host answers, whatever it says.
    async fn is_there(&self, url: &Url) -> bool {
        let mut root = url.clone();
        root.set_path("/robots.txt");
        root.set_query(None);
        let asked = tokio::time::timeout(PROBE_TIME, self.send(&root, &Validators::default())).await;
        matches!(asked, Ok(Ok(_)))
    }

    fn is_own(&self, url: &Url) -> bool {
        guard::is_allowed(url, &self.shared.settings.allowed)
    }

    /// Who can tell whether our network is away; nobody for what goes by a source's own proxy.
    fn reach(&self, url: &Url) -> Option<&Reach> {
        let own = self.is_own(url);
        (own || !self.own_proxy).then(|| &self.shared.reach[usize::from(own)])
    }
}

async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, FetchError>>,
) -> Result<T, FetchError> {
    tokio::time::timeout(limit, work).await.unwrap_or(Err(FetchError::TimedOut(limit)))
}

fn check_scheme(url: &Url) -> Result<(), FetchError> {
    match url.scheme() {
        "http" | "https" => Ok(()),
        other => Err(FetchError::Scheme(other.to_owned())),
    }
}

fn target(from: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location = text(headers, header::LOCATION)
        .ok_or_else(|| FetchError::Redirect("without saying where to".to_owned()))?;
    from.join(&location).map_err(|_| FetchError::Redirect("to something that is no URL".to_owned()))
}
