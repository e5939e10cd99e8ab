//! The variables of the environment and of `.env`, and which of their values are secret.

use std::collections::HashMap;
use std::ffi::OsString;
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
        let problem = |e: dotenvy::Error| {
            let (key, what) = match e {
                dotenvy::Error::Io(e) => {
                    let whose = denied(Path::new(".env"), &e);
                    (".env".to_owned(), format!("cannot be read: {}", whose.unwrap_or_else(|| e.to_string())))
                }
                // The line may hold a secret: say where it is, not what it says.
                dotenvy::Error::LineParse(line, _) => (
                    number(&line).map_or(".env".to_owned(), |number| format!(".env, line {number}")),
                    "is not KEY=value; quote values that hold spaces or #".to_owned(),
                ),
                _ => (
                    ".env".to_owned(),
                    "has a line that is not KEY=value; quote values that hold spaces or #".to_owned(),
                ),
            };
            Problems(vec![Problem { key, what }])
        };
        let mut variables = HashMap::new();
        match dotenvy::from_path_iter(".env") {
            Ok(lines) => {
                for line in lines {
                    let (key, value) = line.map_err(problem)?;
                    variables.insert(key, value);
                }
            }
            Err(e) if e.not_found() => {}
            Err(e) => return Err(problem(e)),
        }
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
        let mut secrets: Vec<String> = [token, key].into_iter().flatten().map(str::to_owned).collect();
        secrets.extend(password.map(|password| format!(":{password}@")));
        // A short one, or one that is the user's name, is a word like others: it would blot out half the log.
        let telling = |password: &String| password.len() >= 6 && password != name;
        secrets.extend([password.map(str::to_owned), plain].into_iter().flatten().filter(telling));
        secrets.extend(asked.iter().map(|written| format!("password={written}")));
        secrets.extend(asked.iter().map(|written| (*written).to_owned()).chain(meant).filter(telling));
        secrets
    }
}

/// The number of a line of `.env`; of several that an open quote joins, the first's.
fn number(lines: &str) -> Option<usize> {
    let first = lines.lines().next()?.trim();
    let text = std::fs::read_to_string(".env").ok()?;
    text.lines().position(|line| line.trim() == first).map(|before| before + 1)
}

impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(pairs: [(&str, &str); N]) -> Environment {
        Environment(pairs.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
    }
}
