//! A digest to text, by templates: Telegram's HTML and plain text for the terminal.
//!
//! The templates only lay out: what there is to tell comes to them as words in the reader's language and zone, and
//! their own labels are `t("digest-…", n=…)`, messages of the interface. What they print is escaped by default.
//! They are compiled in; a folder may replace them by files of the same name. A blank line is where a message may
//! be split.

use std::error::Error as _;
use std::path::Path;

use anyhow::Context;
use fluent_bundle::FluentValue;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};

use super::sample::samples;
use super::view::view;
use super::{Digest, parts};
use crate::locale::{Language, escape};

const BUILT_IN: [(&str, &str); 2] = [
    ("digest.html", include_str!("../../templates/digest.html")),
    ("digest.txt", include_str!("../../templates/digest.txt")),
];

/// The templates, read and compiled.
pub struct Templates(Environment<'static>);

impl Templates {
    /// The built-in templates, or those of the same name in `folder`.
    ///
    /// Fails if a file of the folder can't be read or is no template.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Templates> {
        let mut environment = Environment::new();
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(|out, state, value| match state.auto_escape() {
            AutoEscape::Html if !value.is_safe() => Ok(out.write_str(&escape(&value.to_string()))?),
            _ => Ok(out.write_str(&value.to_string())?),
        });
        for (name, built_in) in BUILT_IN {
            let own = folder.map(|folder| folder.join(name)).filter(|path| path.exists());
            let source = match &own {
                Some(path) => std::fs::read_to_string(path)
                    .with_context(|| format!("reading template {}", path.display()))?,
                None => built_in.to_owned(),
            };
            environment
                .add_template_owned(name, source)
                .with_context(|| format!("compiling template {name}"))?;
        }
        Ok(Templates(environment))
    }

    /// Telegram HTML, of any length.
    pub fn html(&self, digest: &Digest) -> anyhow::Result<String> {
        self.render("digest.html", digest)
    }

    /// Plain text.
    pub fn text(&self, digest: &Digest) -> anyhow::Result<String> {
        self.render("digest.txt", digest)
    }

    fn render(&self, name: &str, digest: &Digest) -> anyhow::Result<String> {
        let template = self.0.get_template(name).with_context(|| format!("finding template {name}"))?;
        let text = template
            .render(context! { t => labels(digest.language), ..Value::from(Serde(view(digest))) })
            .map_err(|error| anyhow::anyhow!(words(&error)))
            .with_context(|| format!("rendering template {name}"))?;
        Ok(text.trim().to_owned())
    }
}

/// An error on one line; the library's long form draws the source over several.
fn words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words += &format!(": {inner}");
        cause = inner.source();
    }
    if error.kind() == ErrorKind::UndefinedError {
        words += "; the built-in template of this name has the names that there are";
    }
    words
}

/// Problems of the templates, each with the template's name: samples are rendered in every language, and the
/// tags are looked at.
pub fn check(folder: Option<&Path>) -> Vec<String> {
    let templates = match Templates::load(folder) {
        Ok(templates) => templates,
        Err(error) => return vec![format!("{error:#}")],
    };
    let mut problems = Vec::new();
    let languages = || Language::ALL.into_iter();
    for sample in samples().iter().flat_map(|s| languages().map(|language| Digest { language, ..s.clone() }))
    {
        match templates.html(&sample) {
            Err(error) => problems.push(format!("{error:#}")),
            Ok(html) => {
                let faults = parts::faults(&html).into_iter();
                problems.extend(faults.map(|fault| format!("template digest.html: {fault}")));
            }
        }
        problems.extend(templates.text(&sample).err().map(|error| format!("{error:#}")));
    }
    problems.sort();
    problems.dedup();
    problems
}

/// What templates say by `t(key, name=value)`: a message in the reader's language.
fn labels(language: Language) -> Value {
    Value::from_function(move |key: &str, args: Kwargs| -> Result<String, Error> {
        if !Language::En.has(key) {
            return Err(Error::new(ErrorKind::InvalidOperation, format!("there is no message {key:?}")));
        }
        let names: Vec<&str> = args.args().collect();
        let mut filled: Vec<(&str, FluentValue<'static>)> = Vec::with_capacity(names.len());
        for name in names {
            let value: Value = args.get(name)?;
            filled.push((
                name,
                match value.as_i64() {
                    Some(number) => number.into(),
                    None => value.to_string().into(),
                },
            ));
        }
        Ok(language.text(key, &filled))
    })
}
