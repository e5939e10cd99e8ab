//! A table of the TOML file, read key by key: what is wrong is reported with the key and its mend.

use toml::{Table, Value};

use super::Problem;
use crate::schedule::Cron;

/// Keys that stand before all tables.
const OF_THE_TOP: [&str; 5] = ["admins", "allow_hosts", "ignore_robots", "contact", "templates"];

/// A table whose known keys are asked for one by one; what is left at the end is unknown.
pub(super) struct Section<'a> {
    pub(super) table: Table,
    path: String,
    asked: Vec<&'static str>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Section<'a> {
    pub(super) fn new(table: Table, path: String, problems: &'a mut Vec<Problem>) -> Section<'a> {
        Section { table, path, asked: Vec::new(), problems }
    }

    pub(super) fn problem(&mut self, key: &str, what: &str) {
        self.problems.push(Problem { key: format!("{}{key}", self.path), what: what.to_owned() });
    }

    pub(super) fn value<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        let read = read(value);
        if read.is_none() {
            let what = format!("{} is wrong; it takes {wanted}", shown(value));
            self.problem(key, &what);
        }
        read
    }

    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        if !self.table.contains_key(key) {
            self.problem(key, &format!("is missing; it takes {wanted}"));
        }
        self.value(key, wanted, read)
    }

    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Vec<T> {
        self.value(key, wanted, |value| value.as_array()?.iter().map(&read).collect()).unwrap_or_default()
    }

    pub(super) fn cron(&mut self, key: &'static str) -> Option<Cron> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        let wrong = match value.as_str().map(Cron::parse) {
            Some(Ok(cron)) => return Some(cron),
            Some(Err(e)) => format!("{e:#}"),
            None => {
                format!(
                    "{} is not a cron line in quotes; write five fields, such as \"*/15 * * * *\"",
                    shown(value)
                )
            }
        };
        self.problem(key, &wrong);
        None
    }

    pub(super) fn table(&mut self, key: &'static str) -> Option<Section<'_>> {
        let table = self.value(key, &format!("a table: [{key}]"), |value| value.as_table().cloned())?;
        Some(Section::new(table, format!("{}{key}.", self.path), self.problems))
    }

    /// Each with whether all its keys are right.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Section<'_>) -> Option<T>,
    ) -> Vec<(T, bool)> {
        let wanted = format!("tables: [[{key}]]");
        let tables = self.list(key, &wanted, |value| value.as_table().cloned());
        let mut found = Vec::new();
        for (i, table) in tables.into_iter().enumerate() {
            let before = self.problems.len();
            let mut section = Section::new(table, format!("{}{key}[{}].", self.path, i + 1), self.problems);
            let read = read(&mut section);
            section.finish();
            found.extend(read.map(|read| (read, self.problems.len() == before)));
        }
        found
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(mut self) {
        let unknown: Vec<String> =
            self.table.keys().filter(|key| !self.asked.contains(&key.as_str())).cloned().collect();
        for key in unknown {
            // TOML takes a key for one of the table above it, however far.
            let what = if !self.path.is_empty() && OF_THE_TOP.contains(&key.as_str()) {
                "stands below a [table], which takes it for its own: move it to the top of the file, before all \
                 [tables]"
                    .to_owned()
            } else if key.starts_with("TELOXIDE_") || key.starts_with("TIDINGS_") || key == "DATABASE_URL" {
                "is a variable, no key: move it to .env".to_owned()
            } else {
                format!("is not a known key; known here: {}", self.asked.join(", "))
            };
            self.problem(&key, &what);
        }
    }
}

fn shown(value: &Value) -> String {
    let url = value.as_str().and_then(|text| url::Url::parse(text).ok());
    if url.is_some_and(|url| url.password().is_some() || !url.username().is_empty()) {
        return "an address with a user or password".to_owned();
    }
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

/// A text with something in it.
pub(super) fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
