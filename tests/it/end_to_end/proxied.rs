//! The program behind a proxy that its environment names.

use super::program::Place;
use crate::cluster::made_folder;
use crate::scrape::{Site, feed, item};

const SOURCES: &str = "
    [[source]]
    name = 'Bay'
    url = 'http://93.184.215.14/feed'
    [[source]]
    name = 'Inwards'
    url = 'http://localhost:9/feed'
";

#[tokio::test]
async fn sources_are_read_by_the_proxy_of_the_environment_and_private_names_are_refused_still() {
    let proxy = Site::start().await;
    let entry = item("Pier opens", "http://93.184.215.14/pier", "Tue, 04 Mar 2031 08:00:00 GMT");
    proxy.answer("http://93.184.215.14/feed", feed(&[entry]));
    let data = made_folder().await;
    // By its name, which is a private one too: the owner chose it.
    let address = proxy.url("").replace("127.0.0.1", "localhost");
    let place = Place::new().with("TIDINGS_DATA", data.to_str().unwrap()).with("HTTP_PROXY", &address);
    place.configure(SOURCES);
    let ended = place.run(&["sources", "check"]).await;
    assert!(ended.stdout.contains("Bay: 1 entry"), "{ended:?}");
    assert!(ended.stdout.contains("Inwards: failed: address"), "{ended:?}");
    assert_eq!(proxy.requests("http://localhost:9/feed").len(), 0);
}
