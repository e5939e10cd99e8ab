//! The direction of imports: stages know the model alone, one place joins them with the store, and SQL is
//! in the store alone.

use std::path::{Path, PathBuf};

use regex::Regex;

/// What each top module may name of the others.
const MAY: [(&str, &[&str]); 17] = [
    ("model", &[]),
    ("clock", &[]),
    ("locale", &[]),
    ("schedule", &["model"]),
    ("config", &["clock", "model", "schedule"]),
    ("scrape", &["model"]),
    ("read", &["model"]),
    ("compare", &["model"]),
    ("digest", &["locale", "model"]),
    ("deliver", &["model"]),
    ("evaluate", &[]),
    ("store", &["config", "locale", "model"]),
    ("app", &["*"]),
    ("bot", &["*"]),
    ("demo", &["*"]),
    ("cli", &["*"]),
    ("main", &["*"]),
];

#[test]
fn modules_import_in_the_direction_of_the_data() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| wrong_edges(path, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sql_is_in_the_store_alone() {
    let faults: Vec<String> = sources().iter().filter_map(|(path, text)| stray_sql(path, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sql_takes_what_varies_as_parameters_alone() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| pasted_sql(path, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_program_is_started_by_the_one_function_that_keeps_secrets_from_it() {
    let faults: Vec<String> = sources().iter().filter_map(|(path, text)| stray_start(path, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_stage_is_looked_at() {
    let tops: Vec<String> = sources().iter().map(|(path, _)| module(path)[0].clone()).collect();
    for (stage, _) in MAY {
        assert!(tops.iter().any(|top| top == stage), "no file of {stage} was found");
    }
}

#[test]
fn each_promise_of_the_readme_names_tests_that_exist() {
    let read =
        |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let (readme, operations) = (read("README.md"), read("docs/operations.md"));
    let section = |text: &str, head: &str| {
        text.split(head).nth(1).unwrap().split("\n## ").next().unwrap().trim().to_owned()
    };
    let table = section(&operations, "## What is promised\n");
    let rows: Vec<(&str, &str)> =
        table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | ")).skip(1).collect();
    let promises = section(&readme, "## What it promises, and what not\n");
    let promises = promises.split("\n\n").next().unwrap().strip_prefix("- ").unwrap();
    let link = Regex::new(r"\[([^\]]*)\]\([^)]*\)").unwrap();
    for promise in link.replace_all(promises, "$1").split("\n- ") {
        let promise = promise.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = promise.strip_suffix('.').unwrap();
        assert!(rows.iter().any(|(row, _)| *row == whole), "no test is named for {promise:?}");
    }
    let tests: Vec<(PathBuf, String)> = files("tests/it");
    for (row, named) in rows {
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test is named for {row:?}");
        for name in named {
            let head = format!("fn {name}() {{");
            assert!(tests.iter().any(|(_, text)| text.contains(&head)), "there is no test {name}");
        }
    }
}

#[test]
fn a_stage_that_imports_another_is_caught_however_it_is_written() {
    let fault = |path: &str, text: &str| !wrong_edges(Path::new(path), text).is_empty();
    for text in [
        "use crate::store::Database;",
        "use crate::{model::Article, store};",
        "use crate::{\n    model::{self, Article},\n    compare::link,\n};",
        "fn f(db: &crate::store::Database) {}",
        "use super::super::app::App;",
        "pub(in crate::read) use crate::config;",
        "use tidings::store;",
        "use crate::brand_new::Thing;",
        "use crate::*;",
    ] {
        assert!(fault("read/meeting.rs", text), "not caught: {text}");
    }
    for text in [
        "use crate::model::Article;",
        "use crate::{model::{Article, store}, read::text};",
        "use super::text;",
        "use crate::read::names::{self, store};",
        "//! As [`crate::store`] has it.",
        "let x = 1; // as crate::store has it",
    ] {
        assert!(!fault("read/meeting.rs", text), "wrongly caught: {text}");
    }
    assert!(fault("read/mod.rs", "use super::store;"));
    assert!(fault("schedule.rs", "use super::store;"));
    assert!(!fault("app/tick.rs", "use crate::{store, read};"));
}

#[test]
fn sql_outside_the_store_is_caught() {
    let stray = |path: &str, text: &str| stray_sql(Path::new(path), text).is_some();
    assert!(stray("app/mod.rs", "sqlx::query!(\"select 1\")"));
    assert!(stray("app/mod.rs", "use sqlx::{PgPool, query_as};"));
    assert!(stray("bot/mod.rs", "sqlx::raw_sql(\"select 1\")"));
    assert!(!stray("store/articles.rs", "sqlx::query!(\"select 1\")"));
    assert!(!stray("app/mod.rs", "pub db: sqlx::PgPool,"));
}

#[test]
fn sql_that_is_pasted_together_is_caught() {
    let pasted = |path: &str, text: &str| !pasted_sql(Path::new(path), text).is_empty();
    assert!(pasted("store/search.rs", "sqlx::query(sqlx::AssertSqlSafe(format!(\"select {words}\")))"));
    assert!(pasted("store/search.rs", "sqlx::query(&sql)"));
    assert!(pasted("store/search.rs", "use sqlx::AssertSqlSafe;"));
    assert!(pasted("store/search.rs", "QueryBuilder::new(\"select \").push(words)"));
    assert!(pasted("store/search.rs", "sqlx::raw_sql(sql)"));
    assert!(!pasted("store/search.rs", "sqlx::query!(\"select $1\", words)"));
    assert!(!pasted("store/search.rs", "sqlx::query_as!(Row, r#\"select $1\"#, words)"));
    assert!(!pasted("store/connect.rs", "sqlx::raw_sql(\"create database tidings\")"));
}

#[test]
fn a_program_that_is_started_with_all_secrets_is_caught() {
    let stray = |path: &str, text: &str| stray_start(Path::new(path), text).is_some();
    assert!(stray("app/mod.rs", "std::process::Command::new(\"ps\")"));
    assert!(stray("store/backup.rs", "let command = Command :: new(program);"));
    assert!(stray("store/backup.rs", "use tokio::process::Command as Program;"));
    assert!(stray("store/cluster/programs.rs", "Command::new(a); Command::new(b)"));
    assert!(!stray("store/cluster/programs.rs", "let mut command = Command::new(program);"));
    assert!(!stray("bot/commands.rs", "BotCommand::new(name, description)"));
    assert!(!stray("store/restore.rs", "Command::from(programs::command(&self.restore))"));
}

/// All files below src, with paths relative to it.
fn sources() -> Vec<(PathBuf, String)> {
    files("src")
}

/// All Rust files below a folder, with paths relative to it.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_owned(), text));
            }
        }
    }
    found
}

/// `read/meeting.rs` is `[read, meeting]`, `read/mod.rs` is `[read]`.
fn module(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// The imports of a file that its top module may not have.
fn wrong_edges(path: &Path, text: &str) -> Vec<String> {
    let module = module(path);
    let top = module[0].as_str();
    if top == "lib" {
        return Vec::new();
    }
    let Some((_, may)) = MAY.iter().find(|(name, _)| *name == top) else {
        return vec![format!("{}: {top} has no rule of imports", path.display())];
    };
    named(&module, &without_comments(text))
        .into_iter()
        .filter(|to| to != top && !may.contains(&"*") && !may.contains(&to.as_str()))
        .map(|to| format!("{}: {top} may not import {to}", path.display()))
        .collect()
}

/// The top modules that a text names by a path from the root of the crate.
fn named(module: &[String], text: &str) -> Vec<String> {
    let start = Regex::new(r"\b(crate|tidings|(?:super::)*super)\s*::\s*(\{|\*|\w+)").unwrap();
    let mut tops = Vec::new();
    for found in start.captures_iter(text) {
        let climbs = found[1].matches("super").count();
        if climbs > 0 && climbs < module.len() {
            continue;
        }
        let mut heads = match &found[2] {
            "{" => group_heads(&text[found.get(2).unwrap().start()..]),
            name => vec![name.to_owned()],
        };
        if climbs > 0 {
            // In a `mod tests` this climbs to the file itself, else to the root: the name tells.
            heads.retain(|head| MAY.iter().any(|(name, _)| head == name));
        }
        tops.extend(heads);
    }
    tops
}

/// The first names in `{a::b, c::{d, e}}`: a and c.
fn group_heads(text: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut head = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(std::mem::take(&mut head)),
            c if depth == 1 => head.push(c),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads.push(head);
    let first = |head: &String| head.trim().split([':', ' ']).next().unwrap_or_default().to_owned();
    heads.iter().map(first).filter(|head| !head.is_empty()).collect()
}

fn stray_sql(path: &Path, text: &str) -> Option<String> {
    let sql = Regex::new(r"\bsqlx\s*::\s*(query|raw_sql|\{[^;]*\b(query|raw_sql))").unwrap();
    let stray = module(path)[0] != "store" && sql.is_match(&without_comments(text));
    stray.then(|| format!("{}: SQL outside the store", path.display()))
}

/// Files that may say in SQL what no parameter can: the names of databases, which are made of a number.
const MAY_PASTE: [&str; 1] = ["store/scratch.rs"];

/// Statements that are not literals, checked when they are compiled.
fn pasted_sql(path: &Path, text: &str) -> Vec<String> {
    if MAY_PASTE.iter().any(|may| path == Path::new(may)) {
        return Vec::new();
    }
    // The macros take literals alone; for what is none, sqlx asks somebody to assert that it is safe.
    let pasted = Regex::new(
        r#"\bAssertSqlSafe\b|\bQueryBuilder\b|\bsqlx::(?:query\w*|raw_sql)(?:::<[^(]*>)?\(\s*[^\s"]|\buse sqlx::[^;]*\b(?:query\w*|raw_sql)\b[^;]*;"#,
    )
    .unwrap();
    let text = without_comments(text);
    let found = pasted.find_iter(&text);
    found.map(|found| format!("{}: {}: SQL that is no literal", path.display(), found.as_str())).collect()
}

/// The file with the function by which programs are started.
const STARTS: &str = "store/cluster/programs.rs";

fn stray_start(path: &Path, text: &str) -> Option<String> {
    let start = Regex::new(r"\bCommand\s*::\s*new\b|\bprocess\s*::[^;]*\bCommand\s+as\b").unwrap();
    let starts = start.find_iter(&without_comments(text)).count();
    let may = usize::from(path == Path::new(STARTS));
    (starts > may).then(|| format!("{}: start programs by the function of {STARTS}", path.display()))
}

/// Comments may name anything.
fn without_comments(text: &str) -> String {
    let comment = Regex::new(r"(?m)(^|\s)//.*$").unwrap();
    comment.replace_all(text, "").into_owned()
}
