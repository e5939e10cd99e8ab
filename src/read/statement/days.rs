//! The day of words that give none: that of the speaker's latest dated words or doings just before, or just after.

use super::super::dates::{DateHit, Direction};
use super::super::document::{Document, Sentence};
use super::super::frame;
use super::super::names::{Name, Stands};
use super::super::news_day::{is_day, worded};
use super::memory::Memory;
use super::{WORDS, speech};
use crate::model::{Actor, When};

/// How far a day reaches within a paragraph, in sentences.
const REACH: usize = 6;
/// So far it reaches whatever the paragraphs.
const NEAR: usize = 2;
/// What one did longer ago than this many days dates no words of the news.
const LATELY: i64 = 4;

/// The days on which those whom an article quotes last spoke or did something.
#[derive(Default)]
pub(super) struct Days {
    told: Vec<Told>,
}

struct Told {
    key: String,
    /// The sentence that last held to it.
    at: usize,
    paragraph: usize,
    /// The headline's or the lead's: it reaches on until another day is told of the same person.
    lead: bool,
    when: When,
}

impl Days {
    /// The day of one who says something in a sentence without a day of its own.
    pub fn of(&mut self, doc: &Document<'_>, nth: usize, speaker: &Actor) -> Option<When> {
        let sentence = &doc.sentences[nth];
        if sentence.title {
            return None;
        }
        let told = self.told.iter_mut().find(|t| t.key == speaker.key).filter(|t| {
            let near = sentence.paragraph <= t.paragraph + 1 && nth <= t.at + REACH;
            t.lead || near || nth <= t.at + NEAR
        });
        if let Some(told) = told {
            (told.at, told.paragraph) = (nth, sentence.paragraph);
            return Some(told.when.clone());
        }
        afterwards(doc, nth, speaker)
    }

    /// Takes in what a sentence tells of days, and with which words.
    pub fn hear(&mut self, doc: &Document<'_>, nth: usize, memory: &Memory) {
        let sentence = &doc.sentences[nth];
        if sentence.title {
            return;
        }
        // "On Monday, troops moved in.": another day, another scene.
        if let Some(hit) = doc.dates(sentence, Direction::Past).iter().find(|h| fronted(sentence, h)) {
            self.told.retain(|t| t.when.from == hit.when.from || t.lead && t.at + 1 < nth);
        }
        for (actor, hit) in doings(doc, sentence, memory) {
            let when = within(sentence, hit);
            self.keep(nth, sentence, &actor, when);
        }
        // "The rally came a day after A told the council"
        for (actor, subject) in subjects(sentence, memory) {
            let after = subject.start > 0 && sentence.tokens[subject.start - 1].low == "after";
            let day = after.then(|| frame::day_off(doc, sentence, subject.start)).flatten();
            if let Some(when) = day.filter(|w| !w.literal.is_empty()) {
                self.keep(nth, sentence, &actor, worded(sentence, when));
            }
        }
    }

    /// Takes in the day on which somebody said something.
    pub fn said(&mut self, nth: usize, sentence: &Sentence<'_>, speaker: &Actor, when: &When) {
        if sentence.title || when.literal.is_empty() {
            return;
        }
        self.keep(nth, sentence, speaker, worded(sentence, when.clone()));
    }

    fn keep(&mut self, nth: usize, sentence: &Sentence<'_>, actor: &Actor, when: When) {
        self.told.retain(|t| t.key != actor.key);
        let (key, paragraph) = (actor.key.clone(), sentence.paragraph);
        self.told.push(Told { key, at: nth, paragraph, lead: sentence.lead, when });
    }
}

/// A day that opens a sentence: "On Monday, …".
fn fronted(sentence: &Sentence<'_>, hit: &DateHit) -> bool {
    let first = sentence.token_at(hit.range.start);
    let last = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
    first < 2 && is_day(hit) && sentence.tokens.get(last).is_some_and(|t| t.low == ",")
}

/// Persons with the day on which a sentence tells that they did something or spoke with another.
fn doings<'s>(doc: &Document<'_>, sentence: &'s Sentence<'_>, memory: &Memory) -> Vec<(Actor, &'s DateHit)> {
    let hits = doc.dates(sentence, Direction::Past).iter().filter(|h| {
        let age = (doc.day() - h.when.to).num_days();
        is_day(h) && (0..=LATELY).contains(&age)
    });
    let mut found = Vec::new();
    for hit in hits {
        let first = sentence.token_at(hit.range.start);
        let last = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
        if sentence.tokens[first].quoted || sentence.tokens.get(last).is_some_and(|t| t.low == "'s") {
            continue;
        }
        for (actor, subject) in subjects(sentence, memory) {
            let opens = last <= subject.start && opening(sentence, first, last, subject.start);
            if opens || subject.end <= first && of_one_clause(sentence, subject.end, first) {
                found.push((actor, hit));
            }
        }
        for name in parties(sentence, first, last) {
            found.push((name.actor.clone(), hit));
        }
    }
    found
}

/// The persons that a sentence has as the subject of its clauses, by name or pronoun, with their words.
fn subjects(sentence: &Sentence<'_>, memory: &Memory) -> Vec<(Actor, std::ops::Range<usize>)> {
    let tokens = &sentence.tokens;
    let leads = |first: usize| {
        first == 0
            || tokens[first - 1].is(&[",", "and", "but", "\"", "when", "while", "as", "after"])
            || first <= 3 && tokens[..first].iter().all(|t| !t.punct && !t.cap)
    };
    let named = sentence
        .names
        .iter()
        .filter(|n| n.stands == Stands::Actor && frame::person(&n.actor) && leads(n.first))
        .filter(|n| tokens.get(n.last).is_some_and(|t| !t.is(&["'s", "and", "or", ")"])))
        .map(|n| (n.actor.clone(), n.first..n.last));
    let pronoun =
        (0..tokens.len().min(24)).filter(|&i| tokens[i].is(&["he", "she"]) && !tokens[i].quoted && leads(i));
    let meant = pronoun.filter_map(|i| Some((memory.he(&tokens[i].low)?.clone(), i..i + 1)));
    named.chain(meant).collect()
}

/// "At a news conference on Tuesday, A …": words of a day before the comma that the subject follows.
fn opening(sentence: &Sentence<'_>, first: usize, last: usize, subject: usize) -> bool {
    let tokens = &sentence.tokens;
    let comma = tokens.get(last).is_some_and(|t| t.low == ",") && last + 1 == subject;
    let preposed = tokens[0].is(&[
        "on",
        "at",
        "in",
        "during",
        "speaking",
        "addressing",
        "talking",
        "late",
        "early",
        "after",
        "earlier",
    ]) || first == 0;
    comma && preposed && !tokens[..first].iter().any(|t| t.quoted || t.is(&["had", "that", "who", "which"]))
}

/// Whether nothing between a subject and a day, or a day and a verb, shows that the day is of something else.
pub(super) fn of_one_clause(sentence: &Sentence<'_>, from: usize, day: usize) -> bool {
    let tokens = &sentence.tokens;
    const PARTS: [&str; 28] = [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "had",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "after",
        "before",
        "since",
        "until",
        "because",
        "if",
        "when",
        "while",
        "where",
        "whether",
        "as",
        "following",
        "by",
        "about",
        "over",
        "not",
    ];
    day <= from + 24
        && (from..day).all(|i| {
            let infinitive = tokens[i].low == "to"
                && tokens.get(i + 1).is_some_and(|t| {
                    !t.cap
                        && !t.punct
                        && !t.is(&["the", "a", "an", "this", "his", "her", "reporters", "journalists"])
                });
            !tokens[i].quoted
                && !tokens[i].is(&[";", ":", "—", "("])
                && !tokens[i].is(&PARTS)
                && !infinitive
                && !speech::is_verb(sentence, i)
        })
}

/// "a call on Friday between A and B": the persons of an encounter that its day stands beside.
fn parties<'s>(sentence: &'s Sentence<'_>, first: usize, last: usize) -> Vec<&'s Name> {
    let tokens = &sentence.tokens;
    let noun = (first.saturating_sub(3)..first).any(|i| WORDS.section("encounters").has(&tokens[i].low));
    if !noun || !tokens.get(last).is_some_and(|t| t.is(&["between", "with", "by"])) {
        return Vec::new();
    }
    let mut end = last + 1;
    let mut found = Vec::new();
    for name in sentence.names.iter().filter(|n| n.first > last) {
        if !tokens[end..name.first]
            .iter()
            .all(|t| t.is(&["and", ",", "the", "his", "her"]) || !t.punct && !t.cap)
            || name.first > end + 5
        {
            break;
        }
        if frame::person(&name.actor) && name.stands == Stands::Actor {
            found.push(name);
        }
        end = name.last;
    }
    found
}

/// The day that the next sentence gives the words: "'…,' A said. He spoke on Tuesday".
fn afterwards(doc: &Document<'_>, nth: usize, speaker: &Actor) -> Option<When> {
    let (sentence, next) = (&doc.sentences[nth], doc.sentences.get(nth + 1)?);
    let tokens = &next.tokens;
    let own = next.names.first().is_some_and(|n| n.first == 0 && n.actor.key == speaker.key);
    let subject = if own { next.names[0].last } else { 1 };
    let spoke = (own || tokens.first().is_some_and(|t| t.is(&["he", "she"])))
        && tokens.get(subject).is_some_and(|t| t.is(&["spoke", "was", "made", "gave", "issued"]))
        && tokens[subject..].iter().take(2).any(|t| t.is(&["spoke", "speaking", "made", "gave", "issued"]));
    let remarks = tokens.first().is_some_and(|t| t.is(&["the", "his", "her", "their"]))
        && tokens.get(1).is_some_and(|t| {
            WORDS.section("occasions").has(&t.low) || t.is(&["comments", "comment", "speech", "words"])
        })
        && tokens[2..].iter().take(3).any(|t| t.is(&["came", "made", "was", "were", "delivered", "given"]));
    if !(spoke || remarks) || next.paragraph > sentence.paragraph + 1 {
        return None;
    }
    let hit = doc.dates(next, Direction::Past).iter().find(|h| is_day(h) && h.when.to <= doc.day())?;
    let first = next.token_at(hit.range.start);
    (first < 14 && of_one_clause(next, subject + 1, first)).then(|| within(next, hit))
}

/// The day of a hit, told in the words of its sentence.
fn within(sentence: &Sentence<'_>, hit: &DateHit) -> When {
    worded(sentence, hit.when.clone())
}
