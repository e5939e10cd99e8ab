//! Which addresses may be dialled: the public internet, and the hosts that the owner allows.
//!
//! A feed or a redirect could name the cloud's metadata service or a machine in the owner's network; names
//! are judged by the addresses they resolve to, at the moment of dialling, so a name can't change in between.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// A refused address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("address {address} is private; add {host} to allow_hosts to permit it")]
pub struct PrivateAddress {
    /// The address that was not dialled.
    pub address: IpAddr,
    /// The host as `allow_hosts` would have it; with the port, if that is known: other services stay closed.
    pub host: String,
}

/// How long this machine may look for a name that a proxy resolves: where only the proxy can, it looks in vain.
const NAME_TIME: Duration = Duration::from_secs(2);

/// Whether `url`'s host, alone or with its port, is one of `allowed`.
pub fn is_allowed(url: &Url, allowed: &[String]) -> bool {
    let Some(host) = url.host_str() else { return false };
    let with_port = with_port(url);
    allowed.iter().any(|entry| {
        entry.eq_ignore_ascii_case(host)
            || entry.eq_ignore_ascii_case(host.trim_matches(['[', ']']))
            || entry.eq_ignore_ascii_case(&with_port)
    })
}

/// "127.0.0.1:8080".
fn with_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default().map_or(host.to_owned(), |port| format!("{host}:{port}"))
}

/// Refuses a URL whose host is a private address written out; names are judged by [`PublicOnly`].
pub fn check_literal(url: &Url) -> Result<(), PrivateAddress> {
    let address = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        _ => return Ok(()),
    };
    if is_public(address) {
        return Ok(());
    }
    Err(PrivateAddress { address, host: with_port(url) })
}

/// Resolves names by the system and passes public addresses only.
#[derive(Debug, Clone)]
pub struct PublicOnly {
    /// Names that pass whatever they resolve to: those of proxies, which the owner chose.
    pub except: Vec<String>,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let any = self.except.iter().any(|except| except.eq_ignore_ascii_case(&host));
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let addresses = if any { found } else { public(found, &host)? };
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The public ones of a name's addresses; an error if all it has are private.
fn public(found: Vec<SocketAddr>, host: &str) -> Result<Vec<SocketAddr>, PrivateAddress> {
    let public: Vec<SocketAddr> = found.iter().copied().filter(|found| is_public(found.ip())).collect();
    match found.first() {
        Some(first) if public.is_empty() => {
            Err(PrivateAddress { address: first.ip(), host: host.to_owned() })
        }
        _ => Ok(public),
    }
}

/// Refuses a name of which this machine knows a private address; for requests by a proxy, which resolves names
/// itself, and may take any. A name that is unknown here, or not known in two seconds, passes: only the proxy can tell.
pub async fn check_name(url: &Url) -> Result<(), PrivateAddress> {
    let Some(Host::Domain(host)) = url.host() else { return Ok(()) };
    match tokio::time::timeout(NAME_TIME, tokio::net::lookup_host((host, 0))).await {
        Ok(Ok(mut found)) => match found.find(|found| !is_public(found.ip())) {
            Some(private) => Err(PrivateAddress { address: private.ip(), host: with_port(url) }),
            None => Ok(()),
        },
        Ok(Err(_)) | Err(_) => Ok(()),
    }
}

/// The hosts of the proxies that the environment names, by the variables that the HTTP client reads.
pub fn environment_proxies() -> Vec<String> {
    let host = |value: String| {
        let url =
            Url::parse(&value).ok().filter(Url::has_host).or(Url::parse(&format!("http://{value}")).ok());
        url.and_then(|url| url.host_str().map(str::to_owned))
    };
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
        .into_iter()
        .flat_map(|name| [name.to_owned(), name.to_lowercase()])
        .filter_map(|name| std::env::var(name).ok())
        .filter_map(host)
        .collect()
}

/// Whether an address is on the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b)) // carrier-grade NAT, and one cloud's metadata service
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded =
        |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match parts {
        // IPv4 in disguise: mapped or compatible, NAT64, 6to4.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => embedded(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Only 2000::/3 is handed out; documentation and tunnels within it are not public.
        [0x2001, 0 | 0xdb8, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_in_every_dress_are_refused() {
        for text in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://10.0.0.1/",
            "http://172.16.3.4/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest",
            "http://100.100.100.200/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://224.0.0.1/",
        ] {
            let url = Url::parse(text).unwrap();
            assert!(check_literal(&url).is_err(), "{text}");
        }
        for text in ["http://93.184.215.14/", "http://[2606:4700::1111]/", "http://news.example/"] {
            assert!(check_literal(&Url::parse(text).unwrap()).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_refused_names_the_one_port_that_allows_it() {
        let url = Url::parse("http://127.0.0.1:8080/feed").unwrap();
        let refused = check_literal(&url).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "address 127.0.0.1 is private; add 127.0.0.1:8080 to allow_hosts to permit it"
        );
        assert!(is_allowed(&url, &[refused.host]));
    }

    #[test]
    fn the_owner_may_allow_a_host_or_one_port_of_it() {
        let url = Url::parse("http://127.0.0.1:8080/feed").unwrap();
        assert!(is_allowed(&url, &["127.0.0.1".into()]));
        assert!(is_allowed(&url, &["127.0.0.1:8080".into()]));
        assert!(!is_allowed(&url, &["127.0.0.1:80".into()]));
        assert!(!is_allowed(&url, &[]));
    }
}
