//! The disk of the database runs full while the program works: it says so once with the mend, writes nothing by
//! half, and goes on when there is room.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use tidings::store;

use super::ledger::{Ledger, fits_together};
use super::postgres::Postgres;
use super::refusals::{one_error, says};
use super::world::{World, judge};
use crate::cluster::{made_folder, server_pid};
use crate::end_to_end::program::Place;
use crate::support;

/// A file system in memory; it goes when this is dropped.
struct Disk(PathBuf);

impl Disk {
    /// Mounts one of so many megabytes; `None`, and it is said, where that is not allowed.
    fn mount(megabytes: usize) -> Option<Disk> {
        let folder = support::folder_until_exit();
        let size = format!("size={megabytes}m,mode=755");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tidings-test"]).arg(&folder).status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Disk(folder));
        }
        assert!(std::env::var_os("CI").is_none(), "a file system in memory can't be mounted");
        // Not by a macro: what those print is shown of tests alone that fail.
        let _ = writeln!(
            std::io::stderr(),
            "NOT RUN: a full disk needs the right to mount a file system in memory; run the tests as root"
        );
        None
    }

    /// Fills all room that is left.
    fn fill(&self) {
        let mut ballast = File::options().create(true).append(true).open(self.0.join("ballast")).unwrap();
        for piece in [1 << 16, 1 << 10, 1] {
            while ballast.write_all(&vec![0; piece]).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a server may be ending there still.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_under_the_tables_is_told_once_and_work_goes_on_when_there_is_room() {
    let Some(disk) = Disk::mount(128) else { return };
    let server = Postgres::start(&[]).await;
    let options = server.options("tidings");
    let url = options.to_url_lossy().to_string();
    let fresh = store::open(Some(&tidings::config::Secret(url.clone())), Path::new("/nowhere")).await;
    fresh.unwrap().close().await.unwrap();
    let tables = disk.0.join("tables");
    std::fs::create_dir(&tables).unwrap();
    server.give(&tables);
    let mut connection = PgConnection::connect_with(&server.options("postgres")).await.unwrap();
    for statement in [
        format!("create tablespace small location '{}'", tables.display()),
        "alter database tidings set tablespace small".to_owned(),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let db = judge(options);
    let world = World::new(200, &db).await;
    let place = world.place(Some(&url));
    full(&disk, &db, &world, &place, true).await;
}

#[tokio::test]
async fn a_full_disk_under_the_private_server_is_told_and_it_comes_up_again_when_there_is_room() {
    let Some(disk) = Disk::mount(256) else { return };
    let made = made_folder().await;
    let copied = Command::new("cp").arg("-a").arg(made.join("postgres")).arg(&disk.0).status().unwrap();
    assert!(copied.success());
    let held = store::open(None, &disk.0).await.unwrap();
    let options = PgConnectOptions::new_without_pgpass()
        .socket(disk.0.join("socket"))
        .username("tidings")
        .database("tidings")
        .ssl_mode(PgSslMode::Disable);
    let db = judge(options);
    let world = World::new(200, &db).await;
    let place = world.place(None).with("TIDINGS_DATA", disk.0.to_str().unwrap());
    full(&disk, &db, &world, &place, false).await;
    held.close().await.unwrap();
    assert_eq!(server_pid(&disk.0), None);
}

/// Fills the disk when the first editions are compiled, and frees it when the program has said so.
async fn full(disk: &Disk, db: &PgPool, world: &World, place: &Place, once: bool) {
    let mut course = world.course();
    let program = course.run(place);
    course.done(world, db).await;
    program.stop().await.assert_stopped();
    course.next(world);
    let mut program = course.run(place);
    let compiled = "select count(*) from digest";
    while sqlx::query_scalar::<_, i64>(compiled).fetch_one(db).await.unwrap() < 3 {
        tokio::task::yield_now().await;
    }
    disk.fill();
    says(&program, "the disk of the database is full").await;
    assert!(program.lives());
    disk.free();
    course.done(world, db).await;
    if once {
        says(&program, "the database works again").await;
        one_error(&program.said(), "free space on it");
    }
    program.stop().await.assert_stopped();
    let accounts = Ledger::default().settle(world, db).await;
    assert_eq!(accounts.doubled, 0);
    fits_together(world, &course, db).await;
}
