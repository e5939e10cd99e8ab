//! The interface's words, in each language that it is offered in.
//!
//! In: a message's key and what is to stand in it. Out: the message, with the plural that the language asks for.
//! The messages are [Project Fluent](https://projectfluent.org)'s, compiled in from `locales/`, a folder a
//! language. What a language lacks is said in English; a test holds that none lacks anything.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Locale, NaiveDate, Utc};
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English: also what stands for any language that is not offered.
    #[default]
    En,
    /// Ukrainian.
    Uk,
    /// Russian.
    Ru,
    /// German.
    De,
    /// Spanish.
    Es,
    /// French.
    Fr,
}

/// The files of one language, by their paths below `locales/`.
macro_rules! files {
    ($($code:literal),*) => {
        [$(($code, [
            include_str!(concat!("../locales/", $code, "/admin.ftl")),
            include_str!(concat!("../locales/", $code, "/bot.ftl")),
            include_str!(concat!("../locales/", $code, "/browse.ftl")),
            include_str!(concat!("../locales/", $code, "/digest.ftl")),
            include_str!(concat!("../locales/", $code, "/settings.ftl")),
        ])),*]
    };
}

const FILES: [(&str, [&str; 5]); 6] = files!["en", "uk", "ru", "de", "es", "fr"];

static BUNDLES: LazyLock<HashMap<Language, FluentBundle<FluentResource>>> = LazyLock::new(|| {
    Language::ALL
        .into_iter()
        .zip(FILES)
        .map(|(language, (code, files))| (language, bundle(code, &files)))
        .collect()
});

/// What stands in a message: `("n", 3.into())`, `("name", name.into())`.
pub type Args<'a> = &'a [(&'a str, FluentValue<'a>)];

impl Language {
    /// All that there are, in the order in which they are offered.
    pub const ALL: [Language; 6] =
        [Language::En, Language::Uk, Language::Ru, Language::De, Language::Es, Language::Fr];

    /// Its ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Uk => "uk",
            Language::Ru => "ru",
            Language::De => "de",
            Language::Es => "es",
            Language::Fr => "fr",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Uk => "Українська",
            Language::Ru => "Русский",
            Language::De => "Deutsch",
            Language::Es => "Español",
            Language::Fr => "Français",
        }
    }

    /// The language of an IETF tag ("uk", "de-AT"), if it is offered.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let code = tag.split('-').next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// A message as plain text.
    pub fn text(self, key: &str, args: Args<'_>) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        args.iter().for_each(|(name, value)| filled.set(*name, value.clone()));
        self.message(key, &filled)
    }

    /// A message as Telegram HTML: its own tags hold, what stands in it is escaped.
    pub fn html(self, key: &str, args: Args<'_>) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(
                *name,
                match value {
                    FluentValue::String(text) => FluentValue::String(escape(text)),
                    other => other.clone(),
                },
            );
        }
        self.message(key, &filled)
    }

    /// Whether the language has the message itself.
    pub fn has(self, key: &str) -> bool {
        BUNDLES[&self].has_message(key)
    }

    fn message(self, key: &str, args: &FluentArgs<'_>) -> String {
        let said = |language: Language| {
            let bundle = &BUNDLES[&language];
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
        };
        said(self).or_else(|| said(Language::En)).unwrap_or_else(|| key.to_owned())
    }

    /// A day in words, by a pattern of [`chrono::format::strftime`].
    pub fn day(self, day: NaiveDate, pattern: &str) -> String {
        day.format_localized(pattern, self.locale()).to_string()
    }

    /// An instant in a zone in words, by a pattern of [`chrono::format::strftime`].
    pub fn moment(self, at: DateTime<Utc>, zone: Tz, pattern: &str) -> String {
        at.with_timezone(&zone).format_localized(pattern, self.locale()).to_string()
    }

    fn locale(self) -> Locale {
        match self {
            // Days before months, as everywhere in the interface.
            Language::En => Locale::en_GB,
            Language::Uk => Locale::uk_UA,
            Language::Ru => Locale::ru_RU,
            Language::De => Locale::de_DE,
            Language::Es => Locale::es_ES,
            Language::Fr => Locale::fr_FR,
        }
    }
}

/// Text as Telegram's HTML shows it as it is, in attributes too.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return text.into();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").into()
}

#[expect(clippy::expect_used, reason = "files that are compiled in and tested")]
fn bundle(code: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![code.parse().expect("a language tag")]);
    // Marks of direction around what is filled in would count as characters and break literal comparison.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = match FluentResource::try_new((*file).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_bundle::FluentError;
    use fluent_syntax::{ast, parser};

    use super::*;

    /// Each message of a language with the names of what stands in it, and its tags.
    fn messages(code: &str) -> HashMap<String, (BTreeSet<String>, BTreeSet<String>)> {
        let (_, files) = FILES.iter().find(|(known, _)| *known == code).unwrap();
        let names = regex::Regex::new(r"\{ ?\$([a-z_]+)|\$([a-z_]+) ->").unwrap();
        let tags = regex::Regex::new(r"</?[a-z]+").unwrap();
        let mut found = HashMap::new();
        for file in files {
            let parsed = parser::parse(*file).unwrap_or_else(|(_, errors)| panic!("{code}: {errors:?}"));
            for entry in parsed.body {
                let ast::Entry::Message(message) = entry else { continue };
                let key = message.id.name.to_owned();
                let start = file.find(&format!("{key} =")).unwrap();
                let end = file[start..].find("\n\n").map_or(file.len(), |end| start + end);
                // A message ends where the next begins at the margin.
                let body: String = file[start..end]
                    .lines()
                    .enumerate()
                    .take_while(|(i, line)| *i == 0 || line.starts_with([' ', '}']) || line.is_empty())
                    .map(|(_, line)| format!("{line}\n"))
                    .collect();
                let names = names
                    .captures_iter(&body)
                    .filter_map(|c| c.get(1).or(c.get(2)))
                    .map(|m| m.as_str().to_owned());
                let tags = tags.find_iter(&body).map(|m| m.as_str().to_owned());
                assert!(
                    found.insert(key.clone(), (names.collect(), tags.collect())).is_none(),
                    "{code} has {key} twice"
                );
            }
        }
        found
    }

    #[test]
    fn every_language_has_every_message_with_the_same_parts_and_tags() {
        let english = messages("en");
        assert!(english.len() > 5);
        for (code, _) in FILES {
            let own = messages(code);
            for (key, parts) in &english {
                assert_eq!(own.get(key), Some(parts), "{code}: {key}");
            }
            assert_eq!(own.len(), english.len(), "{code} has messages that English lacks");
        }
    }

    #[test]
    fn no_language_leaves_a_sentence_in_english() {
        let said = |code: &str, file: usize| -> BTreeMap<String, String> {
            let (_, files) = FILES.iter().find(|(known, _)| *known == code).unwrap();
            let lines = files[file].lines().filter_map(|line| line.split_once(" = "));
            lines.map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
        };
        let words = |text: &str| text.split(' ').filter(|word| word.chars().all(char::is_alphabetic)).count();
        for file in 0..FILES[0].1.len() {
            let english = said("en", file);
            for (code, _) in &FILES[1..] {
                let left: Vec<_> = said(code, file)
                    .into_iter()
                    .filter(|(key, text)| english.get(key) == Some(text) && words(text) > 2)
                    .collect();
                assert!(left.is_empty(), "{code}: {left:#?}");
            }
        }
    }

    #[test]
    fn every_message_can_be_said() {
        for (language, (code, files)) in Language::ALL.into_iter().zip(FILES) {
            assert_eq!(language.code(), code);
            let bundle = bundle(code, &files);
            for (key, (names, _)) in messages(code) {
                let mut args = FluentArgs::new();
                names.iter().for_each(|name| args.set(name.clone(), 2));
                let mut errors: Vec<FluentError> = Vec::new();
                let pattern = bundle.get_message(&key).unwrap().value().unwrap();
                bundle.format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty(), "{code}: {key}: {errors:?}");
            }
        }
    }

    #[test]
    fn a_language_is_known_by_its_tag_whatever_the_region() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::De));
        assert_eq!(Language::of_tag("UK"), Some(Language::Uk));
        assert_eq!(Language::of_tag("pt"), None);
    }

    #[test]
    fn what_stands_in_a_message_is_escaped_in_html_alone() {
        let args: Args = &[("words", "<b>&".into())];
        assert!(Language::En.html("bot-unknown-zone", args).contains("&lt;b&gt;&amp;"));
        assert!(Language::En.text("bot-unknown-zone", args).contains("<b>&"));
    }
}
