//! What admins are told of troubles that stop all digests: a disk that gets full, templates that are broken.

use std::sync::atomic::AtomicBool;

use tidings::app::disk::{self, Disk};
use tidings::bot::alert::{tell_of_disk, tell_of_templates};
use tidings::config::Config;

use crate::setup::{ADMIN, Setup};
use crate::support;

#[tokio::test]
async fn admins_are_told_once_that_the_disk_gets_full_and_once_that_it_has_room() {
    let setup = Setup::new().await;
    let (watch, bot) = (disk::Watch::default(), setup.telegram.bot());
    let tell = async |free: u64| {
        let disk = Disk { free, total: 100_000_000_000 };
        tell_of_disk(&setup.app, &bot, &watch, disk).await.unwrap();
    };
    for gb in [50, 4, 3, 5, 8, 8] {
        tell(gb * 1_000_000_000).await;
    }
    let told = setup.telegram.texts(ADMIN);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("4.0 GB of 100.0 GB are free") && told[1].contains("room again"), "{told:?}");
}

#[tokio::test]
async fn admins_are_told_once_that_templates_are_broken_and_once_that_they_are_right() {
    let folder = support::folder();
    let mut setup = Setup::new().await;
    let config = Config { templates: Some(folder.path().to_owned()), ..(*setup.app.config).clone() };
    setup.app.config = config.into();
    let (told, bot) = (AtomicBool::default(), setup.telegram.bot());
    let look = async || {
        let faults = setup.app.template_faults().unwrap();
        tell_of_templates(&setup.app, &bot, &told, &faults).await.unwrap();
    };
    look().await;
    std::fs::write(folder.path().join("digest.html"), "{{ nothing_of_the_kind }}").unwrap();
    look().await;
    look().await;
    std::fs::remove_file(folder.path().join("digest.html")).unwrap();
    look().await;
    look().await;
    let told = setup.telegram.texts(ADMIN);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("digest.html") && told[1].contains("right again"), "{told:?}");
}
