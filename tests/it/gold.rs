//! The gold set: what an expert reader finds in invented articles, and how much of it Tidings finds.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::Value;

use crate::support;

/// Figures that may not be fallen short of, by their place in the JSON that `tidings eval` prints.
const FLOORS: [(&str, f64); 10] = [
    ("/detection/meeting/f1", 0.92),
    ("/detection/strike/f1", 0.93),
    ("/detection/statement/f1", 0.8),
    ("/linking/f1", 0.93),
    ("/novelty/balanced", 0.88),
    ("/novelty/update_recall", 0.8),
    ("/novelty/changes", 0.83),
    ("/slots/date/f1", 0.86),
    ("/slots/place/f1", 0.87),
    ("/slots/killed/f1", 0.91),
];

/// What may be lost, of 1, when all people, towns and countries get other names.
const LOST_BY_NAMES: f64 = 0.03;

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold")
}

/// The figures of `tidings eval` on a folder.
fn figures(folder: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_tidings"))
        .arg("eval")
        .arg(folder)
        .arg("--json")
        .env("TIDINGS_DATA", support::folder_until_exit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn figure(figures: &Value, at: &str) -> f64 {
    figures.pointer(at).and_then(Value::as_f64).unwrap_or_else(|| panic!("no figure {at} in {figures}"))
}

#[test]
fn the_gold_set_is_read_and_compared_well_under_any_names() {
    let told = figures(&gold());
    let short: Vec<String> = FLOORS
        .iter()
        .map(|(at, floor)| (at, floor, figure(&told, at)))
        .filter(|(_, floor, had)| had < *floor)
        .map(|(at, floor, had)| format!("{at} is {had:.3}, below {floor}"))
        .collect();
    assert!(short.is_empty(), "{}", short.join("\n"));
    assert_eq!(told["unsupported"], 0, "all evidence is literal");

    let renamed = tempfile::tempdir().unwrap();
    rename(&gold(), renamed.path());
    let renamed = figures(renamed.path());
    let all = |figures: &Value| figure(figures, "/detection/all/f1");
    let lost = all(&told) - all(&renamed);
    assert!(lost <= LOST_BY_NAMES, "{lost:.3} of detection hangs on names");
}

#[test]
fn renaming_changes_every_name_whole_and_at_once() {
    let rename = renamer("Lisse\tMarovka\nMarovka\tTolen\nEast Lisse\tNord\n");
    assert_eq!(rename("East Lisse, Lisse's port, Lissena, Marovka"), "Nord, Marovka's port, Lissena, Tolen");
}

/// Copies the gold set with the names of its table replaced; both files hold strings of JSON, so that a name
/// is replaced wherever it stands in a line.
fn rename(from: &Path, to: &Path) {
    let rename = renamer(&std::fs::read_to_string(from.join("renames.tsv")).unwrap());
    for file in ["articles.jsonl", "gold.jsonl"] {
        let text = std::fs::read_to_string(from.join(file)).unwrap();
        let lines: Vec<String> = text
            .lines()
            .map(|line| {
                let mut row: Value = serde_json::from_str(line).unwrap();
                rename_strings(&mut row, &rename);
                row.to_string()
            })
            .collect();
        assert_ne!(lines.join("\n"), text.trim_end(), "{file} has names to replace");
        std::fs::write(to.join(file), lines.join("\n")).unwrap();
    }
}

fn rename_strings(value: &mut Value, rename: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = rename(text),
        Value::Array(values) => values.iter_mut().for_each(|v| rename_strings(v, rename)),
        Value::Object(fields) => {
            fields
                .iter_mut()
                .filter(|(name, _)| *name != "outlet")
                .for_each(|(_, v)| rename_strings(v, rename));
        }
        _ => {}
    }
}

/// Replaces whole names in one pass, the longest first.
fn renamer(table: &str) -> impl Fn(&str) -> String + use<> {
    let names: HashMap<String, String> =
        table.lines().filter_map(|l| l.split_once('\t')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    let mut longest: Vec<&String> = names.keys().collect();
    longest.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    let any: Vec<String> = longest.iter().map(|name| regex::escape(name)).collect();
    let pattern = Regex::new(&format!(r"\b(?:{})\b", any.join("|"))).unwrap();
    move |text| pattern.replace_all(text, |found: &regex::Captures<'_>| names[&found[0]].clone()).into_owned()
}
