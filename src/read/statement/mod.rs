//! Statements: a named speaker or institution says something on a matter.
//!
//! A laid-out article comes in, the statements that carry its news go out; not every "said".

use std::ops::Range;
use std::sync::LazyLock;

use chrono::Days;

use super::dates::{self, DateRole, Direction};
use super::document::{Document, Sentence, Token};
use super::frame;
use super::lexicon::Lexicon;
use super::names::Stands;
use crate::model::{Actor, ActorRole, Kind, Mention, Precision, Status, When};

/// The days of words that give none.
mod days;
/// Speakers told of by a noun.
mod described;
/// Speakers that a headline sets off.
mod headline;
/// Whom pronouns and offices mean.
mod memory;
/// Spokesmen and officials of somebody or some place.
mod mouths;
/// Which statements go out.
mod select;
/// The subject of a verb of speech.
mod speaker;
/// Verbs and nouns of speech.
mod speech;

use memory::Memory;
use select::{Told, same, select, speaker_key};

static WORDS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../../lexicon/statement.txt")));

/// The rule of a statement that may be no more than where an event's facts are from: "…, the ministry said".
pub const SOURCE: &str = "house as source";

/// The rules of one who says in plain words what is to be: "A said that the two would meet".
const TELLS: [&str; 3] = ["name tells", "name, apposition, tells", "name did and says"];

/// Whether a statement only says where the facts of an event are from.
pub fn tells_only(statement: &Mention, event: &Mention) -> bool {
    let shared = statement.words.iter().filter(|w| event.words.contains(w)).count();
    let same = statement.evidence == event.evidence;
    statement.quote.is_none()
        && (statement.rule == SOURCE && (same || shared * 10 >= statement.words.len() * 6)
            || same && event.status == Status::Planned && TELLS.contains(&statement.rule.as_str()))
}

/// What was said longer ago than this many days is no matter of the report.
const SEASON: u64 = 60;

/// How many sentences of the body the news is told in, as a rule.
const NEAR: usize = 5;

/// The statements of an article that carry news.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let mut found: Vec<Told> = Vec::new();
    let mut memory = Memory::of(doc);
    let bystanders: Vec<&str> = doc.sentences.iter().flat_map(|s| bystanders(s)).collect();
    let dead: Vec<&str> = doc.sentences.iter().flat_map(|s| dead(s)).collect();
    let labels = labels(doc);
    // What is said in a transcript is said by whom its lines name.
    let transcript = labels.len() > 2;
    let mut days = days::Days::default();
    let mut body = 0;
    for (nth, sentence) in doc.sentences.iter().enumerate() {
        body += usize::from(!sentence.title);
        if !sentence.title && (transcript || label(sentence).is_some_and(|l| labels.contains(&l))) {
            continue;
        }
        let near = body <= NEAR;
        let spoken = headline::set_off(sentence, &memory)
            .map_or_else(|| speech::reported(sentence, &memory, near), |one| vec![one]);
        memory.hear(sentence, &spoken);
        days.hear(doc, nth, &memory);
        for one in spoken {
            let more = one.more(sentence);
            let when = said_on(doc, sentence, one.at);
            if let Some(when) = &when {
                days.said(nth, sentence, &one.speaker, when);
            }
            let past = !sentence.title && long_past(sentence, one.at);
            let when = when.or_else(|| days.of(doc, nth, &one.speaker).filter(|_| !past));
            let undated = past && when.is_none();
            let mut mention = one.mention(doc, sentence, when);
            if undated {
                (mention.when, mention.background) = (None, true);
            }
            // "The clinic said it had received 20 bodies": where a toll is from.
            let tolls = sentence.tolls();
            let counts =
                tolls.none || unhurt(sentence) || !tolls.killed.is_empty() || !tolls.wounded.is_empty();
            // Far down a house or a country is named for where facts are from; only its own words count.
            let person = mention.speaker.as_ref().is_some_and(|s| s.role == ActorRole::Person);
            let sources = mention.rule == SOURCE && counts && !sentence.prominent();
            let told = !near || sources || counts && TELLS.contains(&mention.rule.as_str());
            let toll = counts && !sentence.prominent() && TELLS.contains(&mention.rule.as_str());
            if mention.quote.is_none() && (toll || !person && (told || unhurt(sentence))) {
                continue;
            }
            // What one who has died once said is no news, nor what was said last year.
            mention.background |= speaker_key(&mention).is_some_and(|key| dead.contains(&key));
            let season = doc.day().checked_sub_days(Days::new(SEASON));
            if season.is_some_and(|s| mention.when.as_ref().is_some_and(|w| w.to < s)) {
                continue;
            }
            if !sentence.title && speaker_key(&mention).is_some_and(|key| bystanders.contains(&key)) {
                mention.prominent = false;
                mention.score -= 0.3;
            }
            let told = Told { mention, title: sentence.title, more };
            match found.iter_mut().find(|known| same(known, &told)) {
                Some(known) => known.join(told),
                None => found.push(told),
            }
        }
    }
    select(found.into_iter().map(|told| told.mention).collect())
}

/// "Nobody was hurt": a count of none.
fn unhurt(sentence: &Sentence<'_>) -> bool {
    sentence.tokens.windows(4).any(|w| {
        w[0].is(&["nobody", "none", "one"])
            && w[1..].iter().any(|t| t.is(&["hurt", "injured", "killed", "harmed", "wounded", "died"]))
            && w[1].is(&["was", "were", "had", "has", "is", "died", "hurt"])
    })
}

/// The label of a line that gives a speaker's own words: "WEIR: But did she say so?"
fn label<'a>(sentence: &Sentence<'a>) -> Option<&'a str> {
    let colon = sentence.tokens.iter().take(6).position(|t| t.low == ":").filter(|_| !sentence.title)?;
    let label = sentence.slice(0, colon);
    (label.len() > 2 && !label.contains(char::is_lowercase)).then_some(label)
}

/// The labels that a text has more than once: it is a transcript.
fn labels<'a>(doc: &Document<'a>) -> Vec<&'a str> {
    let all: Vec<&str> = doc.sentences.iter().filter_map(label).collect();
    all.iter().enumerate().filter(|(i, l)| all[..*i].contains(l)).map(|(_, l)| *l).collect()
}

/// A speaker and the verb that tells so.
struct Spoken {
    speaker: Actor,
    /// The verb's token.
    at: usize,
    rule: &'static str,
    weak: bool,
    /// It only ends the sentence with where the news is from: "…, the ministry said".
    trailing: bool,
}

/// The keys of those who a sentence says have died: "A has died", "singer A dies at 84".
fn dead<'s>(sentence: &'s Sentence<'_>) -> Vec<&'s str> {
    let tokens = &sentence.tokens;
    let dies = |from: usize| {
        let to = tokens.len().min(from + 4);
        let next = (from..to).find(|&i| !tokens[i].is(&["has", "have", "had", ",", "also"]));
        next.is_some_and(|i| {
            tokens[i].is(&["died", "dies"])
                || tokens[i].low == "dead" && tokens.get(i + 1).is_some_and(|t| t.low == "at")
        })
    };
    sentence
        .names
        .iter()
        .filter(|n| n.actor.role == ActorRole::Person && dies(n.last))
        .filter(|n| described::governor(sentence, n.first).is_none())
        .map(|n| n.actor.key.as_str())
        .collect()
}

/// The keys of those whom a sentence shows to be no party to the news: "A B, the headmaster".
fn bystanders<'s>(sentence: &'s Sentence<'_>) -> Vec<&'s str> {
    let tokens = &sentence.tokens;
    let stands_by = |r: Range<usize>| {
        let mut article = false;
        r.take_while(|&i| i < tokens.len() && !tokens[i].is(&[".", ";", "said", "says", "told"])).take(8).any(
            |i| {
                let found = article && WORDS.section("bystanders").has(&tokens[i].low);
                article |= tokens[i].is(&["a", "an", "the", "who"])
                    || tokens[i].low.starts_with(|c: char| c.is_ascii_digit());
                found
            },
        )
    };
    let noun_before = |first: usize| {
        first > 0 && WORDS.section("bystanders").has(&tokens[first - 1].low)
            || first > 1
                && tokens[first - 1].low == ","
                && WORDS.section("bystanders").has(&tokens[first - 2].low)
    };
    sentence
        .names
        .iter()
        .filter(|n| n.stands == Stands::Actor && n.actor.role == ActorRole::Person)
        .filter(|n| {
            tokens.get(n.last).is_some_and(|t| t.low == ",")
                && sentence.name_at(n.last + 1).is_none()
                && stands_by(n.last + 1..tokens.len().min(n.last + 9))
                || noun_before(n.first)
        })
        .map(|n| n.actor.key.as_str())
        .collect()
}

impl Spoken {
    /// Whether the words come on top of others: "he added", "she also said".
    fn more(&self, sentence: &Sentence<'_>) -> bool {
        sentence.tokens[self.at].is(&["added", "adds"])
            || self.at > 0 && sentence.tokens[self.at - 1].low == "also"
    }

    fn mention(self, doc: &Document<'_>, sentence: &Sentence<'_>, when: Option<When>) -> Mention {
        let clause: Range<usize> = 0..sentence.tokens.len();
        let mut mention =
            frame::mention(Kind::STATEMENT, Status::Occurred, sentence, &clause, self.at, self.rule);
        mention.quote = quote(sentence);
        mention.background = when.as_ref().is_some_and(|w| is_past(doc, w))
            || when.as_ref().is_some_and(|w| !sentence.prominent() && is_old(doc, w))
            || said_before(sentence, self.at);
        mention.when = Some(when.unwrap_or_else(|| frame::today(doc)));
        mention.actors = vec![self.speaker.clone()];
        mention.speaker = Some(self.speaker);
        mention.score = if self.weak { 0.5 } else { 0.6 }
            + if mention.quote.is_some() { 0.15 } else { 0.0 }
            + if sentence.title {
                0.2
            } else if sentence.lead {
                0.1
            } else {
                0.0
            };
        mention
    }
}

/// When words were said, told beside the verb of speech at `at`; never the day of the matter.
fn said_on(doc: &Document<'_>, sentence: &Sentence<'_>, at: usize) -> Option<When> {
    let tokens = &sentence.tokens;
    let hits = doc.dates(sentence, Direction::Past);
    let beside = |from: usize, to: usize| {
        (from..to).all(|i| {
            let t = &tokens[i];
            sentence.name_at(i).is_some()
                || sentence.places.iter().any(|p| sentence.token_at(p.range.start) == i)
                || WORDS.section("said where").has(&t.low)
                || t.low.ends_with("ly") && !t.punct
        })
    };
    let hit = hits.iter().find(|hit| {
        let first = sentence.token_at(hit.range.start);
        let last = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
        let told = hit.role == DateRole::At
            && !hit.ahead
            && (hit.when.precision == Precision::Day || is_past(doc, &hit.when))
            && hit.when.to <= doc.day()
            && tokens.get(first).is_some_and(|t| !t.quoted)
            && tokens.get(last).is_none_or(|t| t.low != "'s");
        let opens = first < 2 && tokens.get(last).is_some_and(|t| t.low == ",") && last < at;
        // "In a speech last month, A hinted", "A, in a speech last month, hinted"
        let of_words = last < at
            && tokens[last].low == ","
            && tokens[first.saturating_sub(4)..first].iter().any(|t| WORDS.section("occasions").has(&t.low))
            && beside(last + 1, at);
        // "told the council of ministers on Tuesday that"
        let addressed = first > at
            && first < at + 10
            && tokens.get(last).is_some_and(|t| t.low == "that")
            && tokens[at + 1..first].iter().all(|t| !t.punct && !t.quoted && t.low != "that");
        let after = first > at && beside(at + 1, first) || addressed;
        // "on Monday granted them a seat and pledged aid"
        let joint = last <= at && tokens[at - 1].low == "and" && days::of_one_clause(sentence, last, at - 1);
        told && (opens
            || joint
            || of_words
            || last <= at && beside(last, at)
            || after
            || after_talks(sentence, at, first)
            || released(sentence, at, first))
    })?;
    Some(hit.when.clone())
}

/// "voiced concern after meeting on Sunday": the day of the talks is that of the words.
fn after_talks(sentence: &Sentence<'_>, at: usize, day: usize) -> bool {
    let tokens = &sentence.tokens;
    let after = (at + 1..day).rev().take(5).find(|&i| tokens[i].low == "after" && !tokens[i].quoted);
    after.is_some_and(|i| {
        let talks =
            |t: &Token<'_>| WORDS.section("encounters").has(&t.low) || WORDS.section("occasions").has(&t.low);
        tokens[i + 1..day].iter().all(|t| !t.punct) && tokens[i + 1..day].iter().any(talks)
    })
}

/// "condemned it in a paper released on Monday": the day on which the words came out.
fn released(sentence: &Sentence<'_>, at: usize, day: usize) -> bool {
    const CAME_OUT: [&str; 5] = ["released", "issued", "published", "broadcast", "aired"];
    let between = &sentence.tokens[at + 1..day.max(at + 1)];
    let out = between.iter().rev().take(6).position(|t| t.is(&CAME_OUT)).map(|i| between.len() - 1 - i);
    out.is_some_and(|i| {
        let noun = i > 0
            && (WORDS.section("occasions").has(&between[i - 1].low)
                || between[i - 1].is(&["paper", "report", "interview", "video", "transcript"]));
        noun && between[i..].iter().all(|t| !t.punct && !t.quoted)
            && between[..i].iter().rev().take(4).any(|t| t.is(&["in"]))
    })
}

/// Whether the occasion of words is told of as past, without its day: "at a recent hearing", "in the March interview".
fn long_past(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let occasion =
        |t: &Token<'_>| WORDS.section("encounters").has(&t.low) || WORDS.section("occasions").has(&t.low);
    tokens.windows(3).any(|w| {
        !w[0].quoted
            && (w[0].low == "recent" || w[0].cap && dates::is_month(&w[0].low))
            && w[1..].iter().any(occasion)
    }) || at > 0 && tokens[at - 1].low == "recently"
}

/// Whether days lie so far back that what was said on them is no news.
fn is_past(doc: &Document<'_>, when: &When) -> bool {
    let recent = doc.day().checked_sub_days(Days::new(4));
    recent.is_some_and(|recent| when.to < recent) || when.precision != Precision::Day && when.to < doc.day()
}

/// Whether words told below the lead are of days before those of the news.
fn is_old(doc: &Document<'_>, when: &When) -> bool {
    doc.day().checked_sub_days(Days::new(2)).is_some_and(|recent| when.to < recent)
}

/// Whether a verb of speech only tells what went before: "had earlier warned", "reiterated earlier this month".
fn said_before(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let had = tokens[at.saturating_sub(3)..at].iter().rposition(|t| t.low == "had" && !t.quoted);
    let perfect =
        had.is_some_and(|i| !tokens[at.saturating_sub(3) + i..at].iter().any(|t| t.punct || t.low == "to"));
    let earlier = tokens[at + 1..].iter().take(3).any(|t| t.low == "earlier")
        && tokens[at + 1..]
            .windows(3)
            .take(3)
            .any(|w| w[0].low == "earlier" && w[1].low == "this" && w[2].is(&["week", "month", "year"]));
    !sentence.title && (perfect || earlier)
}

/// The longest quotation of a sentence, without its marks.
fn quote(sentence: &Sentence<'_>) -> Option<String> {
    let tokens = &sentence.tokens;
    let mut best = 0..0;
    let mut first = None;
    for (i, token) in tokens.iter().enumerate() {
        match (token.quoted, first) {
            (true, None) => first = Some(i),
            (false, Some(f)) => {
                if i - f > best.len() {
                    best = f..i;
                }
                first = None;
            }
            _ => {}
        }
    }
    if let Some(f) = first
        && tokens.len() - f > best.len()
    {
        best = f..tokens.len();
    }
    (best.len() >= 2).then(|| sentence.slice(best.start, best.end).to_owned())
}

#[cfg(test)]
mod tests;
