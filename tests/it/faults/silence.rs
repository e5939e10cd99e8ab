//! A network that swallows what is sent and says no word: what waits for an answer of the database waits in vain.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tidings::app::App;
use tidings::app::deliver::Courier;
use tidings::app::pulse::Loop;
use tidings::config::Secret;
use tidings::store::{self, Guard, Process, Trouble, developments};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

use crate::deliver::deliver;
use crate::setup::Setup;
use crate::support;

/// A way to a database on which connections can fall silent.
struct Relay {
    url: Secret,
    silent: watch::Sender<()>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

impl Relay {
    async fn to(db: &sqlx::PgPool) -> Relay {
        let (listener, url) = listen(db).await;
        let options = db.connect_options();
        let (silent, _) = watch::channel(());
        let fallen = silent.clone();
        tokio::spawn(async move {
            while let Ok((mut here, _)) = listener.accept().await {
                let mut there = connect(&options).await;
                let mut fallen = fallen.subscribe();
                tokio::spawn(async move {
                    tokio::select! {
                        _ = copy_bidirectional(&mut here, &mut there) => {}
                        // Open still, at both ends.
                        _ = fallen.changed() => std::future::pending().await,
                    }
                });
            }
        });
        Relay { url, silent }
    }

    /// On which each connection falls silent by itself, once these words were to be sent.
    async fn silent_at(db: &sqlx::PgPool, words: &'static str) -> Secret {
        let (listener, url) = listen(db).await;
        let options = db.connect_options();
        tokio::spawn(async move {
            while let Ok((here, _)) = listener.accept().await {
                let (mut answers, mut sent) = tokio::io::split(connect(&options).await);
                let (mut asks, mut hears) = here.into_split();
                tokio::spawn(async move { copy(&mut answers, &mut hears).await });
                tokio::spawn(async move {
                    let mut piece = vec![0; 1 << 16];
                    while let Ok(length @ 1..) = asks.read(&mut piece).await {
                        if piece[..length].windows(words.len()).any(|said| said == words.as_bytes()) {
                            std::future::pending::<()>().await;
                        }
                        sent.write_all(&piece[..length]).await.unwrap();
                    }
                });
            }
        });
        url
    }

    /// All connections that there are fall silent; new ones don't.
    fn falls_silent(&self) {
        self.silent.send_replace(());
    }
}

/// A place to listen at for the server of a database, and the way there.
async fn listen(db: &sqlx::PgPool) -> (TcpListener, Secret) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut url = db.connect_options().to_url_lossy();
    url.set_query(Some("sslmode=disable"));
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    (listener, Secret(url.to_string()))
}

async fn connect(options: &PgConnectOptions) -> Box<dyn Stream> {
    match options.get_socket() {
        Some(folder) => {
            let socket = folder.join(format!(".s.PGSQL.{}", options.get_port()));
            Box::new(UnixStream::connect(socket).await.unwrap())
        }
        None => Box::new(TcpStream::connect((options.get_host(), options.get_port())).await.unwrap()),
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_when_a_name_or_a_job_is_asked_for_is_not_waited_for_without_end() {
    let database = support::database().await;
    let url = Relay::silent_at(&database.pool, "pg_try_advisory_lock").await;
    let silent = PgPoolOptions::new().connect_lazy_with(url.0.parse().unwrap());
    let asked = async { tokio::join!(Process::register(&silent), Guard::try_take(&silent, "poller")) };
    let (process, job) =
        tokio::time::timeout(Duration::from_secs(20), asked).await.expect("it waits in vain");
    for error in [process.unwrap_err(), job.unwrap_err()] {
        assert_eq!(Trouble::of(&error), Some(Trouble::Waiting), "{error:#}");
    }
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_job_whose_holder_falls_silent_is_lost_to_it_and_free_for_another() {
    let database = support::database().await;
    let relay = Relay::to(&database.pool).await;
    let far = PgPoolOptions::new().connect_lazy_with(relay.url.0.parse().unwrap());
    let silence = Duration::from_secs(3);
    let take = |pool, job| async move { Guard::take_until_silent(pool, job, silence).await.unwrap() };
    let mut silent = take(&far, "poller").await.unwrap();
    relay.falls_silent();
    let at_work = take(&far, "compiler").await.unwrap();
    let others = async {
        let since = Instant::now();
        while take(&database.pool, "poller").await.is_none() {
            assert!(since.elapsed() < silence * 5, "its silent holder keeps it");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::join!(silent.lost(), others);
    // Longer than the silence: whoever is busy with the job is heard all the same.
    assert!(take(&database.pool, "compiler").await.is_none());
    at_work.release().await;
    assert!(take(&database.pool, "compiler").await.is_some());
    drop(silent);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_job_is_broken_off_once_it_is_lost() {
    let database = support::database().await;
    let guard = Guard::try_take(&database.pool, "compiler").await.unwrap().unwrap();
    let job = guard.during(async {
        let end = "select pg_terminate_backend(pid) from pg_locks
                   where locktype = 'advisory' and database = (select oid from pg_database
                                                               where datname = current_database())";
        sqlx::query(end).execute(&database.pool).await?;
        std::future::pending::<anyhow::Result<()>>().await
    });
    let broken =
        tokio::time::timeout(Duration::from_secs(20), job).await.expect("it goes on without the job");
    assert_eq!(Trouble::of(&broken.unwrap_err()), Some(Trouble::Away));
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_reader_that_falls_silent_over_an_article_holds_up_the_others_for_some_minutes_at_most() {
    let database = support::database().await;
    let mut silent = database.pool.begin().await.unwrap();
    developments::claim(&mut silent).await.unwrap();
    let seconds: f64 = sqlx::query_scalar(
        "select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)::float8",
    )
    .fetch_one(&mut *silent)
    .await
    .unwrap();
    // Longer than any article takes, and shorter than what is a hang to those who wait.
    assert!(seconds >= 60.0 && seconds < Loop::Reading.patience().as_secs_f64(), "{seconds}");
    sqlx::query("set idle_in_transaction_session_timeout = '1s'").execute(&mut *silent).await.unwrap();
    let mut next = database.pool.begin().await.unwrap();
    let claimed = tokio::time::timeout(Duration::from_secs(20), developments::claim(&mut next)).await;
    assert!(claimed.expect("it waits in vain").unwrap().is_none());
    let lost = anyhow::Error::from(silent.commit().await.unwrap_err());
    assert_eq!(Trouble::of(&lost), Some(Trouble::Away), "{lost:#}");
    drop(next);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_message_whose_record_gets_no_answer_is_recorded_once_more_and_the_chats_next_one_goes() {
    let setup = Setup::new().await;
    setup.queue(5, &["one", "two"]).await;
    let relay = Relay::to(&setup.app.db).await;
    let database = store::connect(Some(&relay.url), Path::new("/nowhere")).await.unwrap();
    let app = App::new(setup.app.config.clone(), database.pool.clone()).unwrap();
    let process = Process::register(&app.db).await.unwrap();
    let courier = Courier::patient(app, setup.telegram.bot(), process.number(), Duration::from_secs(1));
    setup.telegram.hold_answers_after(0);
    let delivering = tokio::spawn({
        let courier = courier.clone();
        async move { deliver(&courier).await }
    });
    setup.telegram.held(1).await;
    // The server has the record and does not answer yet.
    let mut lock = setup.app.db.begin().await.unwrap();
    sqlx::query("select from delivery for update").execute(&mut *lock).await.unwrap();
    setup.telegram.release_answers();
    let waits = "select exists (select from pg_locks l join pg_stat_activity a using (pid)
                 where not l.granted and a.datname = current_database())";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut *lock).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    relay.falls_silent();
    lock.rollback().await.unwrap();

    let recorded = tokio::time::timeout(Duration::from_secs(30), delivering).await;
    assert_eq!(recorded.expect("it waits in vain").unwrap().sent, 1);
    let in_use = || database.pool.size() as usize - database.pool.num_idle();
    let returned = async {
        while in_use() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), returned).await.expect("a connection's place stays taken");
    setup.pass(chrono::TimeDelta::seconds(1));
    assert_eq!(deliver(&courier).await.sent, 1);
    assert_eq!(setup.telegram.texts(5), ["one", "two"]);
}
