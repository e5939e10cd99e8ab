//! URLs as identities: the normal form that an article is stored under, and which hosts are one site.

use url::Url;

/// Longest URL that is an identity, in bytes: an index entry of the store holds no more.
pub const MAX_BYTES: usize = 2_000;

/// Query parameters that say where a click came from, never what is shown.
const TRACKING: [&str; 22] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "cmpid",
    "ocid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "at_medium",
    "at_campaign",
    "ns_campaign",
];
const TRACKING_PREFIXES: [&str; 4] = ["utm_", "pk_", "mtm_", "at_custom"];

/// Labels before a host that name a twin of the same site for other devices.
const TWINS: [&str; 6] = ["www", "m", "mobile", "amp", "wap", "touch"];

/// The form an article's URL is stored in: without fragment, tracking parameters and credentials.
///
/// Host, scheme, default port and dot segments are already normal in a parsed [`Url`].
pub fn normal(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    // These fail only where the URL can't have a user: then it has none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    url
}

/// Whether a URL is short enough for an identity.
pub fn fits(url: &Url) -> bool {
    url.as_str().len() <= MAX_BYTES
}

/// Whether two URLs are on one site: the same host, or one within the other's domain.
pub fn same_site(a: &Url, b: &Url) -> bool {
    let (Some(a), Some(b)) = (a.domain(), b.domain()) else {
        return a.host() == b.host() && a.port_or_known_default() == b.port_or_known_default();
    };
    let (a, b) = (site(a), site(b));
    let within = |inner: &str, outer: &str| {
        outer.contains('.') && inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'))
    };
    a == b || within(a, b) || within(b, a)
}

fn site(host: &str) -> &str {
    match host.split_once('.') {
        Some((first, rest)) if TWINS.contains(&first) && rest.contains('.') => rest,
        _ => host,
    }
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.is_empty()
        || TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_click_s_trace_is_no_part_of_an_article_s_identity() {
        let clean = normal(&url("HTTP://user:pw@News.Example:80/a/../b?utm_source=x&id=7&fbclid=y#top"));
        assert_eq!(clean.as_str(), "http://news.example/b?id=7");
        assert_eq!(normal(&url("https://news.example/b?utm_source=x")).as_str(), "https://news.example/b");
    }

    #[test]
    fn a_site_includes_its_subdomains_and_no_other_host() {
        assert!(same_site(&url("https://www.news.example/a"), &url("https://m.news.example/b")));
        assert!(same_site(&url("https://world.news.example/a"), &url("https://news.example/b")));
        assert!(!same_site(&url("https://news.example/a"), &url("https://badnews.example/b")));
        assert!(!same_site(&url("https://news.example/a"), &url("https://example/b")));
        assert!(!same_site(&url("http://127.0.0.1:1/a"), &url("http://127.0.0.1:2/a")));
    }
}
