//! Where the keys of a TOML file stand, for errors that name the line.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;

/// The lines of keys, by their paths as problems name them (`source[2].url`), and the names of tables in lists.
#[derive(Default)]
pub(super) struct Lines {
    lines: HashMap<String, usize>,
    names: HashMap<String, String>,
}

impl Lines {
    /// Of a text that is TOML; of another one none is known.
    pub(super) fn of(text: &str) -> Lines {
        let mut lines = Lines::default();
        if let Ok(table) = DeTable::parse(text) {
            lines.walk(text, table.get_ref(), "");
        }
        lines
    }

    fn walk(&mut self, text: &str, table: &DeTable<'_>, above: &str) {
        for (key, value) in table {
            let path = format!("{above}{}", key.get_ref());
            self.lines.insert(path.clone(), line(text, &key.span()));
            match value.get_ref() {
                DeValue::Table(table) => self.walk(text, table, &format!("{path}.")),
                DeValue::Array(items) => {
                    for (i, item) in items.iter().enumerate() {
                        self.entry(text, item, format!("{path}[{}]", i + 1));
                    }
                }
                _ => {}
            }
        }
    }

    fn entry(&mut self, text: &str, item: &Spanned<DeValue<'_>>, path: String) {
        let DeValue::Table(table) = item.get_ref() else { return };
        self.lines.insert(path.clone(), line(text, &item.span()));
        if let Some(name) = table.get("name").and_then(|name| name.get_ref().as_str()) {
            self.names.insert(path.clone(), name.to_owned());
        }
        self.walk(text, table, &format!("{path}."));
    }

    /// Adds to a problem's key where it is: `source[2].url ("Gazette", line 12)`.
    pub(super) fn place(&self, problem: &mut Problem) {
        // What is missing has no line: then that of its table, if it is one of several.
        let table = problem.key.rfind(']').map(|end| &problem.key[..=end]);
        let line = self.lines.get(&problem.key).or_else(|| self.lines.get(table?));
        let name = table.and_then(|table| self.names.get(table));
        let place = match (name, line) {
            (Some(name), Some(line)) => format!("{name:?}, line {line}"),
            (None, Some(line)) => format!("line {line}"),
            _ => return,
        };
        let _ = write!(problem.key, " ({place})");
    }
}

/// The number of the line on which something begins.
pub(super) fn line(text: &str, span: &Range<usize>) -> usize {
    1 + text.get(..span.start).unwrap_or(text).matches('\n').count()
}
