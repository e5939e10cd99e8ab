//! Which statements go out, and which sentences tell the same one.

use super::super::frame;
use crate::model::{Actor, ActorRole, Mention};

/// How many statements below headline and lead a report may have.
const MINOR: usize = 5;

/// Rules that find the speaker some way off: below the lead their words have to be quoted.
const GUESSED: [&str; 3] = ["pronoun says", "name did and says", "words of"];

/// Headline and lead statements, and the best few of the others.
pub(super) fn select(found: Vec<Mention>) -> Vec<Mention> {
    let (mut kept, minor): (Vec<Mention>, Vec<Mention>) = found.into_iter().partition(|m| m.prominent);
    // Of what one says below the lead, what comes first tells it; who is in headline or lead has been heard.
    let mut first: Vec<Mention> = Vec::new();
    for mention in minor {
        let guessed = GUESSED.contains(&mention.rule.as_str()) && mention.quote.is_none();
        let heard = kept.iter().chain(&first).any(|k| speaker_key(k) == speaker_key(&mention));
        if !guessed && !heard && mention.score >= 0.5 {
            first.push(mention);
        }
    }
    first.sort_by(|a, b| b.score.total_cmp(&a.score));
    first.truncate(MINOR);
    kept.append(&mut first);
    kept
}

/// Whether a sentence is little more than a quotation, as the second and third of a speaker are.
fn goes_on(mention: &Mention) -> bool {
    let count = |text: &str| text.split_whitespace().count();
    let quoted = mention.quote.as_deref().map_or(0, count);
    quoted * 10 >= count(&mention.evidence) * 6
}

pub(super) fn speaker_key(mention: &Mention) -> Option<&str> {
    mention.speaker.as_ref().map(|s| s.key.as_str())
}

/// The share of the shorter one's content words that the other has too, the speaker's name aside.
fn share(a: &Mention, b: &Mention) -> f64 {
    let own = |w: &&String| speaker_key(a).is_none_or(|k| k != w.as_str());
    let shared = a.words.iter().filter(own).filter(|w| b.words.contains(w)).count();
    shared as f64 / a.words.iter().filter(own).count().min(b.words.iter().filter(own).count()).max(1) as f64
}

/// A statement as one sentence tells it.
pub(super) struct Told {
    pub mention: Mention,
    /// Only the headline tells it so far.
    pub title: bool,
    /// It comes on top of what was said before: "he added", "she also said".
    pub more: bool,
}

impl Told {
    /// Takes in another telling; a sentence of the text tells it better than the headline.
    pub fn join(&mut self, other: Told) {
        let text = if self.title && !other.title { &other.mention } else { &self.mention };
        let (evidence, rule) = (text.evidence.clone(), text.rule.clone());
        frame::join(&mut self.mention, other.mention);
        self.mention.evidence = evidence;
        self.mention.rule = rule;
        self.title &= other.title;
    }
}

/// Whether two sentences are one statement: one speaker, and many of the same words.
pub(super) fn same(a: &Told, b: &Told) -> bool {
    let title = a.title != b.title;
    let more = b.more;
    let (a, b) = (&a.mention, &b.mention);
    let lead = a.prominent && b.prominent;
    if speaker_key(a) == speaker_key(b) {
        // Headline and lead tell one statement unless each has a quotation of its own.
        let quoted = |m: &Mention| m.quote.as_ref().is_some_and(|q| q.split(' ').count() > 1);
        let apart = quoted(a) && quoted(b) && share(a, b) < 0.15;
        return same_quote(a, b)
            || share(a, b) >= 0.35
            || (title && (lead || share(a, b) >= 0.2) || lead && !more) && !apart
            || goes_on(b);
    }
    let (Some(x), Some(y)) = (&a.speaker, &b.speaker) else { return false };
    // A house and its spokesman: "the Palace says", "Palace spokesman A B told".
    let speaks_for = |x: &Actor, y: &Actor| y.role == ActorRole::Person && y.literal.contains(&x.literal);
    if lead && (speaks_for(x, y) || speaks_for(y, x)) {
        return true;
    }
    // The headline has the office or the country, the text the name.
    let persons = usize::from(x.role == ActorRole::Person) + usize::from(y.role == ActorRole::Person);
    let elsewhere = x.country.is_some() && y.country.is_some() && x.country != y.country;
    persons < 2
        && !elsewhere
        && lead
        && share(a, b) >= if persons == 1 { 0.3 } else { 0.45 }
        && (title || persons == 1)
}

/// Whether one quotation holds the words of the other.
fn same_quote(a: &Mention, b: &Mention) -> bool {
    let (Some(a), Some(b)) = (&a.quote, &b.quote) else { return false };
    let (a, b) = (frame::content(a), frame::content(b));
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared >= 2 && shared * 10 >= a.len().min(b.len()) * 7
}
