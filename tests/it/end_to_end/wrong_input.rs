//! Wrong input: the exit status, and an error that names the thing and the mend and shows no secret.

use sqlx::ConnectOptions;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::program::Place;
use crate::cluster::{made_folder, server_pid};
use crate::fake_telegram::FakeTelegram;
use crate::faults::refusals::says;
use crate::support;

/// Configurations, and what the errors say.
const CONFIGURATIONS: [(&str, &[&str]); 11] = [
    (
        "[schedule]\nscrap = \"x\"",
        &["schedule.scrap (line 2): is not a known key", "known here: scrape, digest, zone"],
    ),
    ("[schedule]\nscrape = \"every day\"", &["schedule.scrape (line 2): ", "five fields", "`*/15 * * * *`"]),
    ("[schedule]\nscrape = \"99 * * * *\"", &["schedule.scrape (line 2): ", "minute: `99` is not 0-59"]),
    ("[schedule]\nscrape = 15", &["schedule.scrape (line 2): ", "write five fields"]),
    ("[schedule]\nzone = \"Mars/Olympus\"", &["schedule.zone (line 2): ", "Mars/Olympus", "IANA time zone"]),
    ("[schedule]\ndigest = \"8 o'clock\"", &["schedule.digest (line 2): ", "07:30"]),
    (
        "[[source]]\nname = \"a\"\nurl = \"https://a.example\"\ntype = \"listing\"\nitem = \"li[[\"",
        &["source[1].item (\"a\", line 5): ", "CSS selector"],
    ),
    (
        "[[source]]\nname = \"a\"\nurl = \"a.example\"",
        &["source[1].url (\"a\", line 3): ", "http or https address"],
    ),
    ("admins = [\"me\"]", &["admins (line 1): ", "/whoami"]),
    ("templates = \"nowhere\"", &["templates (line 1): nowhere is not a folder"]),
    ("admins = [1\n", &["tidings.toml, line ", "not TOML"]),
];

/// Variables, and what the errors say.
const VARIABLES: [(&str, &str, &[&str]); 12] = [
    ("TELOXIDE_TOKEN", "", &["TELOXIDE_TOKEN: is not set", "@BotFather"]),
    ("TELOXIDE_TOKEN", "s3cr3t", &["TELOXIDE_TOKEN: is not a bot token", "@BotFather"]),
    ("TELOXIDE_API_URL", "localhost", &["TELOXIDE_API_URL: is not an http or https address"]),
    ("TIDINGS_CONFIG", "/nowhere/tidings.toml", &["/nowhere/tidings.toml: cannot be read", "TIDINGS_CONFIG"]),
    ("TIDINGS_NOW", "yesterday", &["TIDINGS_NOW: ", "2026-03-01T06:00:00Z"]),
    ("TIDINGS_CLOCK_RATE", "fast", &["TIDINGS_CLOCK_RATE: "]),
    ("TIDINGS_DATA", "/dev/null/data", &["/dev/null/data", "set TIDINGS_DATA to a folder"]),
    ("DATABASE_URL", "mysql://reader:s3cr3t@127.0.0.1/news", &["DATABASE_URL: "]),
    // The port of TCP multiplexing, where nobody listens.
    (
        "DATABASE_URL",
        "postgres://reader:s3cr3t@127.0.0.1:1/news",
        &[
            "tidings: the database news as reader on 127.0.0.1:1: Connection refused (os error 111): start its server",
        ],
    ),
    (
        "DATABASE_URL",
        "postgres://reader:1#s3cr3t@127.0.0.1/news",
        &["DATABASE_URL has a /, ? or # before an @", "%23"],
    ),
    ("PG_BIN", "/nowhere", &["PG_BIN is /nowhere, but there is no working `postgres`"]),
    (
        "DATABASE_URL",
        "postgres://reader:s3cr3t@127.0.0.1:port/news",
        &["DATABASE_URL can't be read (invalid port number): write postgres://user:password@host"],
    ),
];

const WRONG_USE: [&[&str]; 12] = [
    &[],
    &["fly"],
    &["run", "--fast"],
    &["digest", "--format", "pdf"],
    &["digest", "--date", "yesterday"],
    &["explain"],
    &["replay"],
    &["sources", "add", "ftp://bay.example/"],
    &["sources", "add", "http://"],
    &["sources", "add", "bay.example", "--item", "li["],
    &["sources", "add", "bay.example", "--exclude", "("],
    &["sources", "add", "bay.example", "--pages", "0"],
];

/// A place with all that `run` needs, but a Telegram that is never reached.
fn place() -> Place {
    Place::new().with("TELOXIDE_TOKEN", "12345:s3cr3t").with("TELOXIDE_API_URL", "http://127.0.0.1:1")
}

#[tokio::test]
async fn a_wrong_configuration_is_told_with_its_key_and_the_mend() {
    for (text, words) in CONFIGURATIONS {
        let place = place();
        place.configure(text);
        let ended = place.run(&["run"]).await;
        ended.assert_failed(words);
        assert_eq!(ended.stdout, "");
    }
}

#[tokio::test]
async fn a_wrong_variable_is_told_with_its_name_and_without_its_secret() {
    for (name, value, words) in VARIABLES {
        let ended = place().with(name, value).with("RUST_LOG", "trace").run(&["run"]).await;
        ended.assert_failed(words);
        assert!(!ended.stderr.contains("s3cr3t"), "{}", ended.stderr);
        assert_eq!(ended.stdout, "");
    }
}

#[tokio::test]
async fn every_problem_is_told_at_once() {
    let place = place().with("TELOXIDE_TOKEN", "").with("TIDINGS_NOW", "yesterday");
    place.configure("colour = \"red\"\n[schedule]\nscrape = \"never\"\nzone = \"Mars\"\n");
    let problems = ["TELOXIDE_TOKEN", "TIDINGS_NOW", "colour", "schedule.scrape", "schedule.zone"];
    place.run(&["run"]).await.assert_failed(&problems);
    let checked = place.run(&["check"]).await;
    assert_eq!(checked.status.code(), Some(1));
    for problem in problems {
        assert!(checked.stdout.contains(&format!("problem  {problem}")), "{}", checked.stdout);
    }
}

#[tokio::test]
async fn a_check_finds_what_only_the_start_would_meet() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap();
    let place = place()
        .with("TIDINGS_DATA", "/dev/null/data")
        .with("DATABASE_URL", "postgres://reader@127.0.0.1:1/news");
    place.configure(&format!("[health]\nlisten = \"{taken}\"\n"));
    let checked = place.run(&["check"]).await;
    checked.assert_failed(&["there are 4 problems"]);
    for line in [
        "problem  data: no way to /dev/null/data",
        "problem  Telegram: 127.0.0.1:1 can't be asked from here: no connection; see that TELOXIDE_API_URL is right",
        &format!("problem  health: another program has the port {taken}: name one that is free"),
        "problem  database: the database news as reader on 127.0.0.1:1: ",
    ] {
        assert!(checked.stdout.contains(line), "{line:?} is not in: {}", checked.stdout);
    }
}

#[tokio::test]
async fn a_check_does_not_take_a_telegram_that_answers_oddly_for_one_that_is_away() {
    let telegram = FakeTelegram::start().await;
    telegram.refuse_next("getme", 403, "Forbidden: not now");
    let place = place()
        .with("TIDINGS_DATA", "/dev/null/data")
        .with("TELOXIDE_API_URL", telegram.url.as_str())
        .with("TELOXIDE_TOKEN", crate::fake_telegram::TOKEN);
    let checked = place.run(&["check"]).await;
    let server = telegram.url.authority();
    let line =
        format!("problem  Telegram: {server} does not answer as it should: Forbidden: not now; see that");
    assert!(checked.stdout.contains(&line), "{line:?} is not in: {}", checked.stdout);
}

#[tokio::test]
async fn a_check_tells_of_a_file_that_is_not_there_and_of_templates_that_bear_no_name_of_one() {
    let place = Place::new().with("TIDINGS_DATA", "/dev/null/data").with("TIDINGS_CONFIG", "");
    std::fs::remove_file(place.folder.path().join("tidings.toml")).unwrap();
    let says = async |line: &str| {
        let checked = place.run(&["check"]).await;
        assert!(checked.stdout.contains(line), "{line:?} is not in: {}", checked.stdout);
    };
    says("note     configuration: no tidings.toml in this folder").await;
    std::fs::create_dir(place.folder.path().join("own")).unwrap();
    std::fs::write(place.folder.path().join("own/digets.html"), "").unwrap();
    place.configure("templates = \"own\"\n");
    says("ok       configuration: every key of the file is right").await;
    says("note     templates: neither digest.html nor digest.txt is in own").await;
    // A variable's name is no key of the file.
    place.configure("TELOXIDE_TOKEN = \"1:x\"\n");
    let checked = place.run(&["check"]).await;
    assert!(checked.stdout.contains("is a variable, no key: move it to .env"), "{}", checked.stdout);
    assert!(!checked.stdout.contains("every key of the file is right"), "{}", checked.stdout);
}

#[tokio::test]
async fn of_a_file_that_is_not_toml_that_alone_is_told() {
    let data = made_folder().await;
    let place = place().with("TIDINGS_DATA", data.to_str().unwrap());
    place.configure("allow_hosts = [\"127.0.0.1\"\n[schedule]\n");
    let checked = place.run(&["check"]).await;
    let problems: Vec<&str> = checked
        .stdout
        .lines()
        .filter(|line| line.starts_with("problem") && !line.starts_with("problem  Telegram: "))
        .collect();
    assert!(problems.len() == 1 && problems[0].contains("tidings.toml, line 2: not TOML"), "{problems:?}");
    assert!(!checked.stdout.contains("no tidings.toml"), "{}", checked.stdout);
    assert!(!checked.stdout.contains("admins"), "{}", checked.stdout);
}

#[tokio::test]
async fn a_token_that_telegram_refuses_ends_the_program_and_is_never_shown() {
    let telegram = FakeTelegram::start().await;
    let data = made_folder().await;
    let place = Place::new()
        .with_telegram(&telegram)
        .with("TELOXIDE_TOKEN", "12345:s3cr3t")
        .with("TIDINGS_DATA", data.to_str().unwrap())
        .with("RUST_LOG", "trace");
    for command in ["run", "check"] {
        let ended = place.run(&[command]).await;
        assert_eq!(ended.status.code(), Some(1), "{}", ended.stderr);
        let said = format!("{}{}", ended.stdout, ended.stderr);
        assert!(said.contains("TELOXIDE_TOKEN") && said.contains("@BotFather"), "{said}");
        let hint = "Telegram refuses it (6 signs behind its colon, where most have 35); copy all of it";
        assert_eq!(said.contains(hint), command == "check", "{said}");
        assert!(!said.contains("s3cr3t"), "{command} shows the token");
        assert_eq!(server_pid(&data), None, "its database server is left behind");
    }
}

#[tokio::test]
async fn an_address_where_no_bot_api_answers_is_told_by_its_variable() {
    let database = support::database().await;
    let url = database.pool.connect_options().to_url_lossy();
    // A web server, but not Telegram's.
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let there = format!("http://{}", other.local_addr().unwrap());
    let page = "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nConnection: close\r\n\r\nNot here.";
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = other.accept().await {
            // So much of the question is there by then that the answer is not cut off.
            let _ = connection.read(&mut [0; 4096]).await;
            let _ = connection.write_all(page.as_bytes()).await;
        }
    });
    for (address, trouble) in [("http://127.0.0.1:1", "no connection"), (&there, "an answer that is no JSON")]
    {
        let place = place().with("TELOXIDE_API_URL", address).with("DATABASE_URL", url.as_str());
        let words = ["Telegram", trouble, "see that TELOXIDE_API_URL is right", "or leave it out"];
        let checked = place.run(&["check"]).await;
        let problem = checked.stdout.lines().find(|line| line.starts_with("problem  Telegram")).unwrap();
        assert!(words.iter().all(|word| problem.contains(word)), "{problem}");
        let program = place.start(&["run"]);
        says(&program, "can't be asked for updates").await;
        let ended = program.stop().await;
        ended.assert_stopped();
        let told = ended.stderr.lines().find(|line| line.contains("can't be asked for updates")).unwrap();
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
    }
    database.close().await.unwrap();
}

#[tokio::test]
async fn wrong_use_of_the_command_line_has_an_exit_status_of_its_own() {
    for arguments in WRONG_USE {
        let ended = place().run(arguments).await;
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {}", ended.stderr);
        assert!(ended.stderr.contains("--help"), "{}", ended.stderr);
        assert!(!ended.stderr.contains("the configuration has"), "{}", ended.stderr);
        assert_eq!(ended.stdout, "");
    }
}

#[tokio::test]
async fn an_argument_that_is_wrong_is_told_with_what_it_takes() {
    for (arguments, words) in [
        (&["digest", "--date", "yesterday"] as &[&str], "it takes a day, such as 2031-03-06"),
        (&["digest", "--subscriber", "anna"], "it takes a chat's number"),
        (&["demo", "--send", "anna"], "it takes a chat's number"),
        (&["sources", "add", "ftp://bay.example/"], "give an http:// or https:// address"),
        (&["sources", "add", "bay.example", "--item", "li["], "it takes a CSS selector"),
        (&["sources", "add", "bay.example", "--exclude", "("], "it takes regular expressions"),
        (&["sources", "add", "bay.example", "--zone", "Mars"], "it takes an IANA time zone"),
    ] {
        let ended = place().run(arguments).await;
        assert!(ended.stderr.contains(words), "{words:?} is not in: {}", ended.stderr);
    }
}
