//! URLs as identities: the normal form that an article is stored under, and which hosts are one site.

use url::Position::{AfterPath, BeforeHost};
use url::Url;

/// Longest URL that is an identity, in bytes: an index entry of the store holds no more.
pub const MAX_BYTES: usize = 2_000;

/// Query parameters that say where a click came from, never what is shown.
const TRACKING: &str = "fbclid gclid gclsrc dclid gbraid wbraid gad_source srsltid _ga _gl msclkid yclid ysclid \
    _openstat twclid ttclid li_fat_id epik igshid igsh sfnsn rb_clickid wickedid __s __twitter_impression guccounter \
    guce_referrer guce_referrer_sig mc_cid mc_eid _hsenc _hsmi __hstc __hssc __hsfp hsctatracking mkt_tok \
    ml_subscriber ml_subscriber_hash vero_id vero_conv cmpid cmp icid ocid s_cid xtor smid smtyp spm taid ito wt_mc \
    wt.mc_id wt_zmc feedtype feedname traffic_source";
const TRACKING_PREFIXES: [&str; 8] = ["utm_", "pk_", "mtm_", "piwik_", "at_", "ns_", "hsa_", "oly_"];

/// Query parameters that ask for the AMP twin of a page, or come from its cache.
const AMP: [&str; 7] = ["amp", "_amp", "isamp", "amp_js_v", "amp_gsa", "usqp", "amp_markup"];

/// Labels before a host that name a twin of the same site for other devices.
const TWINS: [&str; 6] = ["www", "m", "mobile", "amp", "wap", "touch"];

/// The form an article's URL is stored in: without fragment, tracking parameters and credentials, and the
/// publisher's own where it leads to a copy in an AMP cache.
///
/// Host, scheme, default port and dot segments are already normal in a parsed [`Url`].
pub fn normal(url: &Url) -> Url {
    let mut url = uncached(url).unwrap_or_else(|| url.clone());
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

/// An address as logs and messages show it: host and path, since user and query may hold a key.
pub fn host_and_path(address: &str) -> String {
    Url::parse(address).map_or_else(|_| String::new(), |url| url[BeforeHost..AfterPath].to_owned())
}

/// The [`key`] of an identity that may be no URL; then it is its own.
pub fn key_of(identity: &str) -> String {
    Url::parse(identity).ok().filter(Url::has_host).map_or_else(|| identity.to_owned(), |url| key(&url))
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

/// What an article is known by: its twins for other devices have the same key, and no other article has it.
///
/// Not to be dialled: a site may know only one of them.
pub fn key(url: &Url) -> String {
    let url = normal(url);
    let host = url.host_str().map(site).unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty() && *part != "amp").collect();
    let mut path = path.join("/");
    for ending in [".amp", ".amp.html"] {
        if let Some(bare) = path.strip_suffix(ending) {
            path = bare.to_owned() + &ending[".amp".len()..];
        }
    }
    let mut query: Vec<&str> =
        url.query().unwrap_or_default().split('&').filter(|pair| !is_amp(pair)).collect();
    query.sort_unstable();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{host}{port}/{path}{mark}{}", query.join("&"))
}

/// The publisher's URL of a page in an AMP cache or viewer: `https://HOST.cdn.ampproject.org/c/s/HOST/PATH`.
fn uncached(url: &Url) -> Option<Url> {
    let host = url.domain()?;
    let inner = if host.ends_with(".cdn.ampproject.org") || host == "cdn.ampproject.org" {
        ["/c/", "/v/"].iter().find_map(|start| url.path().strip_prefix(start))?
    } else if matches!(site(host), "google.com" | "bing.com") {
        url.path().strip_prefix("/amp/")?
    } else {
        return None;
    };
    let (scheme, rest) = inner.strip_prefix("s/").map_or(("http", inner), |rest| ("https", rest));
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let own = Url::parse(&format!("{scheme}://{rest}{query}")).ok()?;
    own.domain().is_some_and(|host| host.contains('.')).then_some(own)
}

fn site(host: &str) -> &str {
    match host.split_once('.') {
        Some((first, rest)) if TWINS.contains(&first) && rest.contains('.') => site(rest),
        _ => host,
    }
}

fn is_amp(pair: &str) -> bool {
    let pair = pair.to_ascii_lowercase();
    let (name, value) = pair.split_once('=').unwrap_or((&pair, ""));
    name.is_empty()
        || AMP.contains(&name)
        || (matches!(name, "outputtype" | "output" | "view") && value == "amp")
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.is_empty()
        || TRACKING.split(' ').any(|known| known == name)
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
    fn the_twins_of_an_article_have_one_key() {
        let of = |text: &str| key(&url(text));
        let own = of("https://www.news.example/2031/03/pier?id=7&page=2");
        for twin in [
            "http://news.example/2031/03/pier/?page=2&id=7",
            "https://m.news.example/2031/03/pier?id=7&page=2#top",
            "https://amp.news.example/2031/03/pier?id=7&page=2",
            "https://www.m.news.example/2031/03/pier?id=7&page=2",
            "https://www.news.example/amp/2031/03/pier?id=7&page=2&utm_source=x",
            "https://www.news.example/2031/03/pier/amp/?id=7&page=2",
            "https://www.news.example/2031/03/pier.amp?id=7&page=2",
            "https://www.news.example/2031/03/pier?id=7&page=2&amp=1&usqp=mq331",
            "https://www.news.example/2031/03/pier?amp&id=7&page=2",
            "https://www.news.example/2031/03/pier?id=7&page=2&outputType=amp",
            "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/2031/03/pier/amp?id=7&page=2",
            "https://www-news-example.cdn.ampproject.org/v/s/amp.news.example/2031/03/pier?id=7&page=2&amp_js_v=0.1",
            "https://www.google.com/amp/s/www.news.example/2031/03/pier?id=7&page=2",
        ] {
            assert_eq!(of(twin), own, "{twin}");
        }
        for other in [
            "https://www.news.example/2031/03/pier?id=8&page=2",
            "https://www.news.example/2031/03/pier-amp?id=7&page=2",
            "https://world.news.example/2031/03/pier?id=7&page=2",
            "https://www.news.example:8080/2031/03/pier?id=7&page=2",
            "https://www.news.example/2031/03/Pier?id=7&page=2",
        ] {
            assert_ne!(of(other), own, "{other}");
        }
        assert_eq!(of("https://news.example/pier.amp.html"), of("https://news.example/pier.html"));
    }

    #[test]
    fn a_page_in_a_cache_is_the_publisher_s() {
        let own = |text: &str| normal(&url(text)).to_string();
        assert_eq!(
            own("https://news-example.cdn.ampproject.org/c/s/news.example/amp/pier?x=1#top"),
            "https://news.example/amp/pier?x=1"
        );
        assert_eq!(own("https://www.bing.com/amp/news.example/pier"), "http://news.example/pier");
        let none = "https://news-example.cdn.ampproject.org/c/s/localhost/pier";
        assert_eq!(own(none), none);
    }

    #[test]
    fn an_address_is_shown_without_what_may_be_a_key() {
        assert_eq!(host_and_path("https://token@news.example:8080/rss?key=1#k"), "news.example:8080/rss");
        assert_eq!(host_and_path("no address"), "");
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
