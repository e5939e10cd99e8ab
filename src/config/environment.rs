//! The variables of the environment and of `.env`, and which of their values are secret.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use url::Url;

use super::owner::denied;
use super::{Problem, Problems};

/// Environment variables, the process's own before those of a `.env` file.
#[derive(Clone, Default)]
pub struct Environment(pub(super) HashMap<String, String>);

impl Environment {
    /// Reads `.env` in the working directory (if there is one) and the process's variables.
    ///
    /// # Errors
    /// A `.env` that cannot be read or parsed.
    pub fn read() -> Result<Environment, Problems> {
        let problem = |key: String, what: String| Problems(vec![Problem { key, what }]);
        let text = match std::fs::read_to_string(".env") {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => String::new(),
            Err(e) => {
                let whose = denied(Path::new(".env"), &e).unwrap_or_else(|| e.to_string());
                return Err(problem(".env".to_owned(), format!("cannot be read: {whose}")));
            }
        };
        let mut variables: HashMap<String, String> =
            dotenvy::from_read_iter(text.as_bytes()).collect::<Result<_, _>>().map_err(|_| {
                // The line may hold a secret: say where it is, not what it says.
                let what = "is not KEY=value, or a quotation mark is left open: put values that hold spaces, # or $ \
                            into '…'; in DATABASE_URL write # $ ' \" \\ as %23 %24 %27 %22 %5C";
                problem(format!(".env, line {}", first_wrong(&text)), what.to_owned())
            })?;
        let text =
            |(key, value): (OsString, OsString)| Some((key.into_string().ok()?, value.into_string().ok()?));
        variables.extend(std::env::vars_os().filter_map(text));
        Ok(Environment(variables))
    }

    /// A variable's value; one that is empty counts as unset.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// What no log may show: the token, and the password of the database, each as it may be written.
    pub fn secrets(&self) -> Vec<String> {
        let token = self.get("TELOXIDE_TOKEN");
        // Its number is the bot's, which everybody may know.
        let key = token.and_then(|token| token.split_once(':')).map(|(_, key)| key);
        let url = self.get("DATABASE_URL").and_then(|url| Url::parse(url).ok());
        let password = url.as_ref().and_then(|url| url.password());
        let plain = password
            .map(|written| percent_encoding::percent_decode_str(written).decode_utf8_lossy().into_owned());
        // It may also stand behind the question mark.
        let asked = url.as_ref().and_then(Url::query).unwrap_or_default().split('&');
        let asked: Vec<&str> = asked
            .filter_map(|pair| pair.strip_prefix("password=").filter(|written| !written.is_empty()))
            .collect();
        let meant = url.iter().flat_map(|url| url.query_pairs()).filter(|(key, _)| key == "password");
        let meant = meant.map(|(_, value)| value.into_owned());
        let name = url.as_ref().map(Url::username).unwrap_or_default();
        // A short one, or one that is the user's name, is a word like others: it would blot out half the log.
        let telling = |secret: &String| secret.len() >= 6 && secret != name;
        let mut secrets: Vec<String> =
            [token, key].into_iter().flatten().map(str::to_owned).filter(telling).collect();
        secrets.extend(password.map(|password| format!(":{password}@")));
        secrets.extend([password.map(str::to_owned), plain].into_iter().flatten().filter(telling));
        secrets.extend(asked.iter().map(|written| format!("password={written}")));
        secrets.extend(asked.iter().map(|written| (*written).to_owned()).chain(meant).filter(telling));
        secrets
    }
}

/// The number of the line of `.env` from which on it can't be read: the one behind all that can.
fn first_wrong(text: &str) -> usize {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let reads = |n: &usize| dotenvy::from_read_iter(lines[..*n].concat().as_bytes()).all(|line| line.is_ok());
    (0..lines.len()).rev().find(reads).unwrap_or(0) + 1
}

impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(pairs: [(&str, &str); N]) -> Environment {
        Environment(pairs.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::first_wrong;

    #[test]
    fn a_wrong_line_is_named_whatever_is_wrong_with_it_and_whatever_is_around_it() {
        let whole = "# The bot's\nA=1\n\nB=\"two\nlines\"\nC=3 # words\n";
        for wrong in ["D=four words\n", "D=four words # and more\n", "D=\"open\nE=5\n", "no key\n"] {
            assert_eq!(first_wrong(&format!("{whole}{wrong}F=6\n")), 7, "{wrong}");
        }
    }
}
