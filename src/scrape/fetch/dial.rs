//! Who is dialled, and how: the internet behind the guard and by proxies, the owner's own hosts directly.

use std::error::Error as _;
use std::sync::Arc;

use reqwest::Client;
use url::Url;

use super::{FetchError, Limits, Settings};
use crate::scrape::guard::{self, PrivateAddress, PublicOnly};

/// Makes connections; clones share them.
#[derive(Debug, Clone)]
pub struct Dialer {
    /// Dials public addresses only, by a proxy where there is one.
    guarded: Client,
    /// Dials any address, directly: for hosts that the owner allows.
    open: Client,
    /// Names are resolved by a proxy, past the guard, at least for some addresses.
    proxied: bool,
}

impl Dialer {
    /// By the proxy that the environment names, if any.
    pub fn new(settings: &Settings) -> Result<Dialer, reqwest::Error> {
        let proxies = guard::environment_proxies();
        Ok(Dialer {
            proxied: !proxies.is_empty(),
            guarded: client(settings).dns_resolver(Arc::new(PublicOnly { except: proxies })).build()?,
            open: client(settings).no_proxy().build()?,
        })
    }

    /// The same by another proxy.
    pub fn by(&self, proxy: &Url, settings: &Settings) -> Result<Dialer, reqwest::Error> {
        let except = proxy.host_str().map(str::to_owned).into_iter().collect();
        let guarded = client(settings)
            .dns_resolver(Arc::new(PublicOnly { except }))
            .proxy(reqwest::Proxy::all(proxy.clone())?)
            .build()?;
        Ok(Dialer { guarded, proxied: true, open: self.open.clone() })
    }

    /// The client for a URL, if it may be dialled; `own`: its host is the owner's.
    pub async fn client(&self, url: &Url, own: bool) -> Result<&Client, PrivateAddress> {
        if own {
            return Ok(&self.open);
        }
        guard::check_literal(url)?;
        if self.proxied {
            guard::check_name(url).await?;
        }
        Ok(&self.guarded)
    }
}

fn client(settings: &Settings) -> reqwest::ClientBuilder {
    const US: &str = concat!("Tidings/", env!("CARGO_PKG_VERSION"), " (self-hosted news digest bot");
    let agent = match &settings.contact {
        Some(contact) => format!("{US}; {contact})"),
        None => format!("{US})"),
    };
    Client::builder()
        .user_agent(agent)
        .connect_timeout(settings.limits.connect)
        .read_timeout(settings.limits.read)
        // Each hop is checked before it is followed.
        .redirect(reqwest::redirect::Policy::none())
}

/// A client's error in the owner's words, without the URL, which may hold a key.
pub fn explain(error: reqwest::Error, url: &Url, limits: &Limits) -> FetchError {
    let mut deepest: &(dyn std::error::Error + 'static) = &error;
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(private) = inner.downcast_ref::<PrivateAddress>() {
            return FetchError::Private(private.clone());
        }
        deepest = inner;
        cause = inner.source();
    }
    let detail = if std::ptr::addr_eq(deepest, &error) { String::new() } else { format!(": {deepest}") };
    if error.is_connect() {
        let late = error.is_timeout().then(|| format!(" within {} s", limits.connect.as_secs()));
        let what = format!("could not connect{}", late.unwrap_or(detail));
        return FetchError::Unreachable { url: url.clone(), what, cut_off: false };
    }
    if error.is_timeout() {
        return FetchError::TimedOut(limits.read);
    }
    let what = if error.is_decode() { "the body is damaged" } else { "the connection broke" };
    FetchError::Broken(format!("{what}{detail}"))
}
