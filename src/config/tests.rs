use std::collections::HashMap;

use super::*;

fn load(toml: &str, environment: &[(&str, &str)], needs_bot: bool) -> Result<Config, Problems> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tidings.toml");
    std::fs::write(&path, toml).unwrap();
    let mut variables: HashMap<String, String> =
        environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    variables.insert("TIDINGS_CONFIG".to_owned(), path.display().to_string());
    variables.insert("HOME".to_owned(), "/home/owner".to_owned());
    Config::load(&Environment(variables), needs_bot)
}

fn keys(problems: Problems) -> Vec<String> {
    // Without where they are.
    problems.0.iter().filter_map(|problem| problem.key.split(" (").next()).map(str::to_owned).collect()
}

#[test]
fn every_problem_is_reported_at_once_with_its_key() {
    let toml = r#"
        admin = [1]
        admins = ["me"]
        allow_hosts = ["http://x/"]
        ignore_robots = ["http://x/"]
        contact = "Äneas"
        [schedule]
        scrape = "61 * * * *"
        digest = "25:00"
        zone = "Europe/Atlantis"
        [retention]
        days = 89
        gone_months = 0
        [[source]]
        name = "A"
        url = "ftp://example.org/"
        proxy = "http://user:hunter2@example.org"
        [[source]]
        name = "B"
        url = "https://example.org/list"
        type = "listing"
        proxy = "http://hunter3@example.org"
        [[source]]
        name = "B"
        url = "https://example.org/b"
        type = "listing"
        item = "li["
    "#;
    let environment = [("TIDINGS_NOW", "noon"), ("TIDINGS_CLOCK_RATE", "0"), ("DATABASE_URL", "mysql://x")];
    let problems = load(toml, &environment, true).unwrap_err();
    let shown = problems.to_string();
    assert_eq!(
        keys(problems),
        [
            "admins",
            "allow_hosts",
            "ignore_robots",
            "contact",
            "schedule.scrape",
            "schedule.digest",
            "schedule.zone",
            "retention.days",
            "retention.gone_months",
            "source[1].url",
            "source[1].proxy",
            "source[2].proxy",
            "source[2].item",
            "source[3].item",
            "admin",
            "source.name",
            "TELOXIDE_TOKEN",
            "TIDINGS_NOW",
            "TIDINGS_CLOCK_RATE",
            "DATABASE_URL",
        ],
        "{shown}"
    );
    assert!(shown.contains("Europe/Berlin"), "the mend of a zone stands in: {shown}");
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn a_problem_is_told_with_its_line_and_the_name_of_its_source() {
    let toml = "contact = \"me@example.org\"\n[schedule]\nzone = \"Mars\"\n\n[[source]]\nname = \"Gazette\"\n\
                url = \"https://g.example/\"\ntype = \"blog\"\n\n[[source]]\nurl = \"https://b.example/\"\n\
                colour = 1\n\n[[source]]\nname = \"Bay\"\n";
    let problems = load(toml, &[], false).unwrap_err().0;
    assert_eq!(
        problems.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(),
        [
            "schedule.zone (line 3)",
            "source[1].type (\"Gazette\", line 8)",
            "source[2].name (line 10)",
            "source[2].colour (line 12)",
            "source[3].url (\"Bay\", line 14)",
        ]
    );
}

#[test]
fn a_key_of_the_top_that_stands_below_a_table_is_to_be_moved() {
    let problems = load("[schedule]\ndigest = \"07:30\"\n\nadmins = [1]\n", &[], false).unwrap_err();
    let shown = problems.to_string();
    assert!(
        shown.contains("schedule.admins (line 4): ") && shown.contains("to the top of the file"),
        "{shown}"
    );
    let problems = load("[schedule]\ncolour = 1\n", &[], false).unwrap_err();
    assert!(problems.to_string().contains("known here: scrape"), "{problems}");
}

#[test]
fn two_sources_of_one_name_are_a_problem() {
    let toml = r#"
        [[source]]
        name = "A"
        url = "https://example.org/a"
        [[source]]
        name = "A"
        url = "https://example.org/b"
    "#;
    assert_eq!(keys(load(toml, &[], false).unwrap_err()), ["source.name"]);
}

#[test]
fn two_topics_that_a_link_can_t_tell_apart_are_a_problem() {
    let toml = r#"
        [[topic]]
        name = "Grain & ports"
        words = ["grain"]
        [[topic]]
        name = "grain ports"
        words = ["port"]
    "#;
    assert_eq!(keys(load(toml, &[], false).unwrap_err()), ["topic.name"]);
}

#[test]
fn a_token_is_never_shown() {
    let config = load("", &[("TELOXIDE_TOKEN", "123:secret")], true).unwrap();
    assert!(!format!("{config:?}").contains("secret"));
    let problems = load("", &[("TELOXIDE_TOKEN", "not a token secret")], true).unwrap_err();
    assert!(!problems.to_string().contains("secret"));
}

#[test]
fn a_named_file_that_is_missing_is_a_problem_and_the_default_one_is_not() {
    let named = Environment::from([("TIDINGS_CONFIG", "/nowhere/tidings.toml"), ("HOME", "/home/owner")]);
    assert_eq!(keys(Config::load(&named, false).unwrap_err()), ["/nowhere/tidings.toml"]);
}

#[test]
fn a_file_that_is_not_toml_is_named_with_its_line() {
    let problems = load("admins = [1]\n[schedule\n", &[], false).unwrap_err();
    assert!(problems.0[0].key.ends_with("tidings.toml, line 2"), "{problems}");
}

#[test]
fn the_example_file_is_valid() {
    let config = load(include_str!("../../tidings.example.toml"), &[], false).unwrap();
    assert!(!config.sources.is_empty());
}

#[test]
fn the_owners_words_are_read_and_each_problem_has_its_key() {
    let toml = r#"
        [lexicon]
        watch = ["Kisumu", " Lake Front "]
        ignore = ["live blog"]
        [[lexicon.alias]]
        name = "Lake Front"
        also = ["Frente del Lago", "the Front"]
        is = "body"
    "#;
    let words = load(toml, &[], false).unwrap().words;
    assert_eq!(words.watched, ["Kisumu", "Lake Front"]);
    assert_eq!(words.ignored, ["live blog"]);
    assert_eq!((words.aliases[0].also.len(), words.aliases[0].is), (2, Some(crate::model::Named::Body)));

    let wrong = r#"
        [lexicon]
        watch = "Kisumu"
        ignore = ["a"]
        watched = []
        [[lexicon.alias]]
        name = "Lake Front"
        [[lexicon.alias]]
        name = "Lake Front"
        also = ["the Front"]
        is = "army"
        [[lexicon.alias]]
        name = "Hill Front"
        also = ["The Front", "the hill men"]
    "#;
    let problems = load(wrong, &[], false).unwrap_err();
    let shown = problems.to_string();
    assert_eq!(
        keys(problems),
        [
            "lexicon.watch",
            "lexicon.ignore",
            "lexicon.alias[1].also",
            "lexicon.alias[2].is",
            "lexicon.watched",
            "lexicon.alias.also"
        ],
        "{shown}"
    );
    assert!(shown.contains("\"The Front\" stands for \"Lake Front\" and for \"Hill Front\""), "{shown}");
}

#[test]
fn the_health_port_is_of_this_machine_alone() {
    for (listen, fits) in [
        ("127.0.0.1:9464", true),
        ("[::1]:9464", true),
        ("0.0.0.0:9464", false),
        ("192.168.1.2:9464", false),
        ("[::]:9464", false),
        ("localhost:9464", false),
        ("127.0.0.1", false),
    ] {
        match load(&format!("[health]\nlisten = \"{listen}\""), &[], false) {
            Ok(config) => assert!(fits && config.health.is_some(), "{listen}"),
            Err(problems) => {
                assert!(!fits && problems.to_string().contains("127.0.0.1:9464"), "{listen}: {problems}");
            }
        }
    }
    assert_eq!(load("", &[], false).unwrap().health, None);
}

#[test]
fn secrets_of_the_environment_are_known_as_they_may_be_written() {
    let secrets = |url: &str| {
        let environment = Environment::from([("TELOXIDE_TOKEN", "12345:AbCdEf"), ("DATABASE_URL", url)]);
        environment.secrets()
    };
    assert_eq!(
        secrets("postgres://news:p%40ss%2Fword@db/news"),
        ["12345:AbCdEf", "AbCdEf", ":p%40ss%2Fword@", "p%40ss%2Fword", "p@ss/word"]
    );
    assert_eq!(secrets("postgres://tidings:tidings@db/tidings"), ["12345:AbCdEf", "AbCdEf", ":tidings@"]);
    assert_eq!(secrets("postgres://db/news"), ["12345:AbCdEf", "AbCdEf"]);
    assert_eq!(
        secrets("postgres://news@db/news?sslmode=require&password=p%40ss+word"),
        ["12345:AbCdEf", "AbCdEf", "password=p%40ss+word", "p%40ss+word", "p@ss word"]
    );
    assert_eq!(secrets("postgres://db/news?password=news"), ["12345:AbCdEf", "AbCdEf", "password=news"]);
    assert!(Environment::from([]).secrets().is_empty());
    for slip in ["e", "1:e", "123:"] {
        let environment = Environment::from([("TELOXIDE_TOKEN", slip)]);
        assert!(environment.secrets().is_empty(), "{slip} stands in many a word");
    }
}

#[test]
fn telegram_is_not_asked_in_the_place_of_a_server_whose_address_is_wrong() {
    let variables = [("TELOXIDE_TOKEN", "12345:AbCdEf"), ("TELOXIDE_API_URL", "localhost")];
    let (config, problems) = Config::examine(&Environment::from(variables), true);
    assert!(config.unwrap().telegram.is_none());
    assert_eq!(keys(Problems(problems)), ["TELOXIDE_API_URL"]);
}
