//! The private cluster: with nothing to set up, shared, stopped by the last one, and back after any kill.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tidings::config::Secret;
use tidings::store::{self, Database};

use crate::support;

#[tokio::test]
async fn what_was_stored_is_there_after_the_server_stopped_and_started() {
    let data = support::folder_until_exit();
    let database = store::open(None, &data).await.unwrap();
    store_something(&database).await;
    let server = server_pid(&data).unwrap();
    assert!(runs(server));
    database.close().await.unwrap();
    assert!(!runs(server));
    assert_eq!(server_pid(&data), None);

    let database = store::open(None, &data).await.unwrap();
    assert_eq!(stored(&database).await, Some(1));
    database.close().await.unwrap();
}

#[tokio::test]
async fn the_server_is_open_to_its_own_user_alone_and_never_runs_as_root() {
    let data = made_folder().await;
    let database = store::open(None, &data).await.unwrap();
    for folder in ["postgres", "socket"] {
        let folder = data.join(folder).metadata().unwrap();
        assert_eq!(folder.mode() & 0o777, 0o700);
        assert_ne!(folder.uid(), 0);
    }
    assert_eq!(data.join("postgres.log").metadata().unwrap().mode() & 0o777, 0o600);
    let addresses: String = sqlx::query_scalar("select current_setting('listen_addresses')")
        .fetch_one(&database.pool)
        .await
        .unwrap();
    assert_eq!(addresses, "");
    database.close().await.unwrap();
}

#[tokio::test]
async fn an_ordinary_user_has_a_cluster_too() {
    let data = support::folder_until_exit();
    let mut command = this_test_in_a_process_of_its_own(&data);
    if rustix::process::geteuid().is_root() {
        // Another user may not reach the build's folder.
        let program = data.join("it");
        std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        let (user, group) = (number_of("-u", "nobody"), number_of("-g", "nobody"));
        std::os::unix::fs::chown(&data, Some(user), Some(group)).unwrap();
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        command = Command::new(program);
        command.args(arguments).env(FOLDER, &data).current_dir("/").uid(user).gid(group);
    }
    let (mut child, _output) = start(&mut command);
    let server = server_pid(&data).unwrap();
    assert_eq!(data.join("postgres").metadata().unwrap().uid(), data.metadata().unwrap().uid());
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert!(!runs(server));
}

#[tokio::test]
async fn other_commands_join_and_the_last_one_stops_the_server() {
    let data = made_folder().await;
    let owner = store::open(None, &data).await.unwrap();
    let server = server_pid(&data).unwrap();
    let joined = store::open(None, &data).await.unwrap();
    assert_eq!(server_pid(&data), Some(server));

    store_something(&owner).await;
    owner.close().await.unwrap();
    assert_eq!(stored(&joined).await, Some(1));
    joined.close().await.unwrap();
    assert_eq!(server_pid(&data), None);
}

#[tokio::test]
async fn a_command_in_another_process_joins() {
    let data = made_folder().await;
    let (mut child, _output) = start(&mut this_test_in_a_process_of_its_own(&data));
    let server = server_pid(&data).unwrap();
    let database = store::open(None, &data).await.unwrap();
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    store_something(&database).await;
    assert_eq!(server_pid(&data), Some(server));
    database.close().await.unwrap();
    assert_eq!(server_pid(&data), None);
}

#[tokio::test]
async fn commands_that_start_at_once_share_one_server() {
    let data = support::folder_until_exit();
    let open = || store::open(None, &data);
    let (one, two, three) = tokio::join!(open(), open(), open());
    for database in [one, two, three] {
        let database = database.unwrap();
        assert_eq!(stored(&database).await, Some(0));
        database.close().await.unwrap();
    }
    assert_eq!(server_pid(&data), None);
}

#[tokio::test]
async fn a_server_left_by_a_killed_process_is_joined_and_stopped_by_the_next() {
    let data = made_folder().await;
    let (mut child, _output) = start(&mut this_test_in_a_process_of_its_own(&data));
    child.kill().unwrap();
    child.wait().unwrap();
    let server = server_pid(&data).unwrap();
    assert!(runs(server), "the server outlives a killed process");

    let database = store::open(None, &data).await.unwrap();
    assert_eq!(server_pid(&data), Some(server));
    database.close().await.unwrap();
    assert_eq!(server_pid(&data), None);
}

#[tokio::test]
async fn a_server_that_is_killed_starts_again_and_nothing_stored_is_lost() {
    let data = made_folder().await;
    let database = store::open(None, &data).await.unwrap();
    store_something(&database).await;
    let watch = tokio::spawn(database.watch());
    let server = server_pid(&data).unwrap();
    kill_process(server, Signal::KILL).unwrap();

    while server_pid(&data) == Some(server) || stored(&database).await.is_none() {
        tokio::task::yield_now().await;
    }
    assert_eq!(stored(&database).await, Some(1));
    watch.abort();
    database.close().await.unwrap();
    assert_eq!(server_pid(&data), None);
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_together_with_us_does_not_hold_us_up() {
    let data = made_folder().await;
    let database = store::open(None, &data).await.unwrap();
    let in_flight = database.pool.acquire().await.unwrap();
    let watch = tokio::spawn(database.watch());
    kill_process(server_pid(&data).unwrap(), Signal::TERM).unwrap();
    drop(in_flight);
    let since = std::time::Instant::now();
    database.close().await.unwrap();
    assert!(since.elapsed().as_secs() < 30);
    watch.await.unwrap();
    assert_eq!(server_pid(&data), None);
}

#[tokio::test]
async fn what_a_server_left_when_the_power_went_is_cleared() {
    let data = made_folder().await;
    let folder = data.join("postgres");
    // A process of the server's user that has got the number of the dead server, and one that ended.
    let mut stranger = Command::new("sh");
    stranger.args(["-c", "read _"]).stdin(Stdio::piped());
    if rustix::process::geteuid().is_root() {
        stranger.uid(folder.metadata().unwrap().uid()).gid(folder.metadata().unwrap().gid());
    }
    let mut alive = stranger.spawn().unwrap();
    let mut ended = stranger.spawn().unwrap();
    ended.kill().unwrap();
    ended.wait().unwrap();

    for number in [alive.id(), ended.id()] {
        let left = format!(
            "{number}\n{}\n1764000000\n5432\n{}\n\n  4242  4242\nready   \n",
            folder.display(),
            data.join("socket").display()
        );
        std::fs::write(folder.join("postmaster.pid"), left).unwrap();
        std::os::unix::fs::chown(
            folder.join("postmaster.pid"),
            Some(folder.metadata().unwrap().uid()),
            Some(folder.metadata().unwrap().gid()),
        )
        .unwrap();
        let database = store::open(None, &data).await.unwrap();
        assert_eq!(stored(&database).await, Some(0));
        database.close().await.unwrap();
    }
    assert!(runs(Pid::from_child(&alive)), "the stranger is left alone");
    alive.kill().unwrap();
    alive.wait().unwrap();
}

#[tokio::test]
async fn half_of_what_a_server_writes_of_itself_when_the_power_goes_is_cleared() {
    let data = made_folder().await;
    let left = data.join("postgres/postmaster.pid");
    for half in ["", "4242\n/da", "\0\0\0\0"] {
        std::fs::write(&left, half).unwrap();
        let database = store::open(None, &data).await.unwrap();
        assert_eq!(stored(&database).await, Some(0));
        database.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_left_of_the_file_of_a_server_that_lives_is_not_cleared() {
    let data = made_folder().await;
    let database = store::open(None, &data).await.unwrap();
    let file = data.join("postgres/postmaster.pid");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, "").unwrap();
    let joining = tokio::spawn({
        let data = data.clone();
        async move { store::open(None, &data).await }
    });
    // Longer than a server that starts may take to write it.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "");
    std::fs::write(&file, whole).unwrap();
    joining.await.unwrap().unwrap().close().await.unwrap();
    assert_eq!(stored(&database).await, Some(0));
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_process_killed_while_it_makes_the_database_leaves_nothing_in_the_way() {
    let data = support::folder_until_exit();
    let mut command = this_test_in_a_process_of_its_own(&data);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let half_made =
        || std::fs::read_dir(&data).unwrap().any(|entry| entry.unwrap().path().join("base").exists());
    while !half_made() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        tokio::task::yield_now().await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!data.join("postgres").exists());

    let database = store::open(None, &data).await.unwrap();
    assert_eq!(stored(&database).await, Some(0));
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_data_folder_whose_path_is_too_long_for_a_socket_works() {
    let above = support::folder_until_exit();
    let data = above.join("long".repeat(30)).join("data \"quoted\", and spaced");
    std::fs::create_dir_all(&data).unwrap();
    support::clean_up_after_exit(&data, &above);
    let database = store::open(None, &data).await.unwrap();
    assert_eq!(stored(&database).await, Some(0));
    let options = database.pool.connect_options();
    let socket = options.get_socket().unwrap().clone();
    assert!(socket.starts_with("/tmp"), "{}", socket.display());
    assert_eq!(socket.metadata().unwrap().mode() & 0o777, 0o700);
    database.close().await.unwrap();
    assert!(!socket.exists());
}

#[tokio::test]
async fn a_folder_that_is_closed_to_the_servers_user_is_told_with_the_mend() {
    let above = support::folder_until_exit();
    std::fs::set_permissions(&above, PermissionsExt::from_mode(0o700)).unwrap();
    let data = above.join("data");
    support::clean_up_after_exit(&data, &above);
    match store::open(None, &data).await {
        // Ourselves we get in.
        Ok(database) => {
            assert!(!rustix::process::geteuid().is_root());
            database.close().await.unwrap();
        }
        Err(error) => {
            assert!(rustix::process::geteuid().is_root(), "{error:#}");
            let error = format!("{error:#}");
            assert!(error.contains(&data.display().to_string()) && error.contains("TIDINGS_DATA"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_folder_of_an_older_postgres_is_told_with_the_way_to_upgrade() {
    let data = support::folder_until_exit();
    std::fs::create_dir(data.join("postgres")).unwrap();
    std::fs::write(data.join("postgres/PG_VERSION"), "9\n").unwrap();
    let error = format!("{:#}", store::open(None, &data).await.unwrap_err());
    assert!(error.contains("PostgreSQL 9 made this database") && error.contains("pg_upgrade"), "{error}");
}

#[tokio::test]
async fn an_unreachable_database_is_named_without_its_password() {
    // A port that nobody listens on: it was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for url in [
        format!("postgres://reader:s3cr3t@127.0.0.1:{port}/news"),
        format!("postgres://reader:s3cr3t@127.0.0.1:{port}99/news"),
        "not an address s3cr3t".to_owned(),
    ] {
        let error = store::open(Some(&Secret(url)), Path::new("/nonexistent")).await.unwrap_err();
        let error = format!("{error:#} {error:?}");
        assert!(error.contains("DATABASE_URL"), "{error}");
        assert!(!error.contains("s3cr3t"), "{error}");
    }
}

/// What other tests run, to kill it or to run it as another user: opens, says so, closes when its input ends.
#[tokio::test]
#[ignore = "other tests run it in a process of its own"]
async fn in_a_process_of_its_own() {
    let Some(data) = std::env::var_os(FOLDER) else {
        panic!("{FOLDER} is not set: this is not a test by itself");
    };
    let database = store::open(None, Path::new(&data)).await.unwrap();
    println!("\nopen");
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
    database.close().await.unwrap();
}

const FOLDER: &str = "TIDINGS_TEST_FOLDER";

fn this_test_in_a_process_of_its_own(data: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "cluster::in_a_process_of_its_own", "--ignored", "--nocapture"]);
    command.env(FOLDER, data);
    command
}

/// Starts it and waits until it has the database open.
fn start(command: &mut Command) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while line.trim() != "open" {
        line.clear();
        assert_ne!(output.read_line(&mut line).unwrap(), 0, "it ended before it had the database open");
    }
    (child, output)
}

/// A data folder whose cluster is made already: making one takes seconds, a copy does not.
pub async fn made_folder() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let data = support::folder_until_exit();
    tokio::task::spawn_blocking(move || {
        let made = MADE.get_or_init(|| {
            let made = support::folder_until_exit();
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async { store::open(None, &made).await.unwrap().close().await.unwrap() });
            made
        });
        let copied = Command::new("cp").arg("-a").arg(made.join("postgres")).arg(&data).status().unwrap();
        assert!(copied.success());
        data
    })
    .await
    .unwrap()
}

async fn store_something(database: &Database) {
    sqlx::raw_sql("insert into origin (first_seen_at) values (now())").execute(&database.pool).await.unwrap();
}

/// How much is stored; `None` while the server does not answer.
async fn stored(database: &Database) -> Option<i64> {
    sqlx::query_scalar("select count(*) from origin").fetch_one(&database.pool).await.ok()
}

/// The server of a data folder, if one runs or was killed.
pub fn server_pid(data: &Path) -> Option<Pid> {
    let file = std::fs::read_to_string(data.join("postgres/postmaster.pid")).ok()?;
    Pid::from_raw(file.lines().next()?.trim().parse().ok()?)
}

/// Whether there is such a process.
pub fn runs(process: Pid) -> bool {
    test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

fn number_of(flag: &str, user: &str) -> u32 {
    let output = Command::new("id").args([flag, user]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}
