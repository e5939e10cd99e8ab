//! Agreements: named parties sign or reach a deal, a truce or a treaty; it takes effect, or falls apart.
//!
//! A verb tells the step and its noun what was agreed. An agreement that is only mentioned ("under the deal"),
//! hoped for, or offered by one side is none. "Agreed that" is an opinion, "agreed to meet" a meeting.

use std::ops::Range;
use std::sync::LazyLock;

use super::document::{Document, Sentence, Token};
use super::frame::{self, Clause};
use super::lexicon::{Form, Lexicon, Match};
use crate::model::{Actor, ActorRole, Kind, Mention, Place, PlaceLevel, Status};

/// The kind that this module finds.
pub const KIND: Kind = Kind::named("agreement");

static WORDS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/agreement.txt")));

/// Words between a verb and its noun at most.
const REACH: usize = 10;
/// Words between a subject and its verb at most.
const SUBJECT: usize = 10;

/// What a verb says of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Sign,
    Reach,
    Begin,
    End,
    Quit,
}

impl Step {
    const SECTIONS: [(&str, Step); 5] = [
        ("verbs sign", Step::Sign),
        ("verbs reach", Step::Reach),
        ("verbs begin", Step::Begin),
        ("verbs end", Step::End),
        ("verbs quit", Step::Quit),
    ];

    fn rule(self) -> &'static str {
        match self {
            Step::Sign => "agreement signed",
            Step::Reach => "agreement reached",
            Step::Begin => "agreement begins",
            Step::End | Step::Quit => "agreement ends",
        }
    }
}

/// The agreements of an article.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for sentence in &doc.sentences {
        let tokens = &sentence.tokens;
        if WORDS.section("sport").any(tokens, 0..tokens.len()) {
            continue;
        }
        for (at, token) in tokens.iter().enumerate() {
            if token.punct || token.quoted || sentence.name_at(at).is_some() {
                continue;
            }
            let Some(mention) = deal(doc, sentence, at).or_else(|| agreed_to_do(doc, sentence, at)) else {
                continue;
            };
            match found.iter_mut().find(|known| same(known, &mention)) {
                Some(known) => frame::join(known, mention),
                None => found.push(mention),
            }
        }
    }
    found
}

/// A verb with an agreement as its object or subject.
fn deal(doc: &Document<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Mention> {
    let tokens = &sentence.tokens;
    let (step, verb) =
        Step::SECTIONS.iter().find_map(|(name, step)| Some((*step, WORDS.section(name).at(tokens, at)?)))?;
    let clause = frame::clause(sentence, at);
    let after = at + verb.len;
    let object = match step {
        Step::Begin | Step::End => None,
        _ => object(sentence, after..(after + REACH).min(clause.range.end)),
    };
    let auxiliary = tokens[at.saturating_sub(4)..at]
        .iter()
        .any(|t| t.is(&["was", "were", "been", "is", "are", "being", "be"]));
    let (noun, modifies) = match (object, step) {
        (Some(noun), _) => (noun, false),
        (None, Step::Begin | Step::End) => (subject_noun(sentence, &clause, at)?, false),
        // "A deal was signed"; "the deal signed in May" tells of it in passing, but in a headline it is the news.
        (None, _) if verb.form == Form::Past => {
            let noun = subject_noun(sentence, &clause, at)?;
            (noun, !auxiliary && !sentence.title)
        }
        _ => return None,
    };
    let active = noun.start > at;
    let status = status(sentence, &clause, at, step, verb.form, active)?;
    let mut actors = Vec::new();
    let broker = WORDS.section("verbs broker").at(tokens, at).is_some();
    let (others, between) = with_whom(sentence, &clause, &noun, active.then_some(after), at);
    if active && !broker && !between {
        actors = subject(sentence, &clause, at);
    }
    others.into_iter().for_each(|a| frame::push(&mut actors, a));
    tell(doc, sentence, Told { at, clause, status, step, actors, stops: stops(tokens, &noun), modifies })
}

/// "A and B agree to free prisoners", "A agrees to buy B": parties that agree to do something.
fn agreed_to_do(doc: &Document<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Mention> {
    let tokens = &sentence.tokens;
    let verb = WORDS.section("verbs agree").at(tokens, at)?;
    let clause = frame::clause(sentence, at);
    if !sentence.prominent()
        || status(sentence, &clause, at, Step::Reach, verb.form, true)? != Status::Occurred
    {
        return None;
    }
    let mut actors = subject(sentence, &clause, at);
    let mut next = at + verb.len;
    if tokens.get(next)?.low == "with" {
        let (others, end) = frame::list_right(sentence, next + 1);
        others.into_iter().for_each(|a| frame::push(&mut actors, a));
        next = end;
    }
    let link = (next..(next + 4).min(clause.range.end)).find(|&i| tokens[i].is(&["to", "on", "that"]))?;
    let matter = link + 1;
    match tokens[link].low.as_str() {
        "to" if WORDS.section("verbs buy").at(tokens, matter).is_some() => {
            let (others, _) = frame::list_right(sentence, matter + 1);
            others.into_iter().for_each(|a| frame::push(&mut actors, a));
        }
        "to" if tokens.get(matter)?.cap || tokens[matter].punct => return None,
        "to" if WORDS.section("verbs vague").at(tokens, matter).is_some() => return None,
        "to" => {}
        // "Agree on foreign policy" is a view, "agree on a 20-point plan" is not.
        "on" if tokens.get(matter)?.is(&["a", "an", "new"]) => {}
        _ => return None,
    }
    let step = Step::Reach;
    tell(
        doc,
        sentence,
        Told { at, clause, status: Status::Occurred, step, actors, stops: false, modifies: false },
    )
}

/// What was read of an agreement at a verb.
struct Told {
    at: usize,
    clause: Clause,
    status: Status,
    step: Step,
    actors: Vec<Actor>,
    /// It stops a fight, so that its place may tell which.
    stops: bool,
    /// The verb only says which agreement is meant.
    modifies: bool,
}

fn tell(doc: &Document<'_>, sentence: &Sentence<'_>, told: Told) -> Option<Mention> {
    let Told { at, clause, status, step, mut actors, stops, modifies } = told;
    let range = &clause.range;
    // "A deal with Nova": a party, not where it was reached.
    let party = |p: &Place| {
        p.level == PlaceLevel::Country
            && actors.iter().any(|a| a.role == ActorRole::Country && a.country == p.country)
    };
    let place = frame::place(sentence, range, at, false).filter(|p| !party(p));
    let mut when = frame::when(doc, sentence, range, at, status == Status::Planned);
    let background = modifies || frame::background(doc, sentence, &clause, at, when.as_ref());
    actors.retain(|a| !a.key.is_empty());
    let group = actors.iter().any(|a| a.role == ActorRole::Group);
    let known = actors.len() > 1
        || sentence.prominent()
            && !background
            && (group || step == Step::Quit && !actors.is_empty() || stops && place.is_some());
    // Below the lead, what has neither day nor place is talk of agreements.
    if !known || !sentence.prominent() && when.is_none() && place.is_none() || background && when.is_none() {
        return None;
    }
    let mut mention = frame::mention(KIND, status, sentence, range, at, step.rule());
    if status == Status::Cancelled {
        // The day is that of the end, not of the agreement.
        when = None;
    } else if status == Status::Occurred && when.as_ref().is_none_or(|w| w.from > doc.day()) {
        when = (!background && sentence.prominent()).then(|| frame::today(doc));
    }
    if actors.len() < 2 {
        mention.score -= 0.2;
    }
    (mention.actors, mention.when, mention.place, mention.background) = (actors, when, place, background);
    Some(mention)
}

/// How far it has come by the words before the verb; `None` where it may come to nothing.
fn status(
    sentence: &Sentence<'_>,
    clause: &Clause,
    at: usize,
    step: Step,
    form: Form,
    active: bool,
) -> Option<Status> {
    let tokens = &sentence.tokens;
    let from = clause.range.start.max(at.saturating_sub(8));
    let before = from..at;
    let has = |section: &str| WORDS.section(section).any(tokens, before.clone());
    if matches!(clause.opens, Some("if" | "unless" | "until" | "before" | "ahead")) {
        return None;
    }
    if has("denied") {
        return (form != Form::Base).then_some(Status::Denied);
    }
    if has("open") {
        return None;
    }
    let ended = if matches!(step, Step::End | Step::Quit) { Status::Cancelled } else { Status::Occurred };
    let ahead = has("planned");
    let last = before.clone().rev().find(|&i| !tokens[i].low.ends_with("ly") && !tokens[i].is(&["also"]));
    let follows = |words: &[&str]| last.is_some_and(|i| tokens[i].is(words));
    match form {
        Form::Base if follows(&["to"]) || ahead => {
            let headline = sentence.title
                && last.and_then(|i| i.checked_sub(1)).is_some_and(|i| sentence.name_at(i).is_some());
            let formal = matches!(step, Step::Sign | Step::Begin);
            (formal && (ahead || headline)).then_some(Status::Planned)
        }
        Form::Past if !active && ahead && step == Step::Sign => Some(Status::Planned),
        Form::Past | Form::Third | Form::Base if ahead => None,
        Form::Ing if !follows(&["after", "by", ",", "upon"]) => None,
        // "The agreed price", "a signed deal".
        Form::Past if follows(&["the", "a", "an", "its", "their"]) => None,
        _ => Some(ended),
    }
}

/// The agreement that a verb has as its object.
fn object(sentence: &Sentence<'_>, within: Range<usize>) -> Option<Range<usize>> {
    let tokens = &sentence.tokens;
    for i in within {
        let token = &tokens[i];
        if let Some(noun) = noun(tokens, i) {
            return agreement(tokens, i, noun);
        }
        let stop = token.punct && !token.is(&["\"", "'s", ",", "-"])
            || !token.joined
                && token.is(&[
                    "with", "for", "that", "by", "at", "in", "who", "which", "where", "when", "as", "than",
                    "from", "had", "has", "have", "was", "were", "is", "are",
                ]);
        if stop || token.is(&["no", "not"]) {
            return None;
        }
    }
    None
}

/// The agreement that a verb has as its subject.
fn subject_noun(sentence: &Sentence<'_>, clause: &Clause, at: usize) -> Option<Range<usize>> {
    let tokens = &sentence.tokens;
    let from = clause.range.start.max(at.saturating_sub(18));
    let start = (from..at).find(|&i| noun(tokens, i).is_some())?;
    let noun = agreement(tokens, start, noun(tokens, start)?)?;
    // Another predicate between them takes the noun as its own.
    let other = tokens.get(noun.end..at)?.iter().any(|t| {
        t.is(&["said", "says", "that", "which", "who", ";", ":"])
            || t.is(&["to"]) && !tokens[at - 1].is(&["to"])
    });
    (!other && !tokens[from..start].iter().any(|t| t.is(&["under", "despite", "of", "for", "on", "since"])))
        .then_some(noun)
}

fn noun(tokens: &[Token<'_>], at: usize) -> Option<Match> {
    WORDS.section("nouns").at(tokens, at)
}

/// The whole noun ("truce deal"), unless it is something else that only sounds like it.
fn agreement(tokens: &[Token<'_>], start: usize, found: Match) -> Option<Range<usize>> {
    let mut end = start + found.len;
    while let Some(more) = noun(tokens, end) {
        end += more.len;
    }
    let before = &tokens[start.saturating_sub(2)..start];
    let other = WORDS.section("nouns other").at(tokens, end).is_some()
        || WORDS.section("not agreements").any(tokens, start.saturating_sub(1)..start)
        || before.iter().any(|t| t.is(&["no", "any", "without"]))
        // "to deal with".
        || found.lemma == "deal" && before.last().is_some_and(|t| t.is(&["to", "will", "not", "can", "and"]));
    (!other).then_some(start..end)
}

fn stops(tokens: &[Token<'_>], noun: &Range<usize>) -> bool {
    WORDS.section("nouns stop").any(tokens, noun.clone())
}

/// The parties before the verb; of "met and signed" those who met, of "A said it had signed" A.
fn subject(sentence: &Sentence<'_>, clause: &Clause, at: usize) -> Vec<Actor> {
    let tokens = &sentence.tokens;
    let floor = (clause.range.start..at)
        .rfind(|&i| tokens[i].is(&["where", "who", "which", "that", "whom"]))
        .map_or(clause.range.start, |i| i + 1);
    let last =
        (floor..at).rfind(|&i| !tokens[i].low.ends_with("ly") && !tokens[i].is(&["also", "have", "has"]));
    if last.is_none_or(|i| tokens[i].is(&["and", "but"])) {
        return frame::subject(sentence, at);
    }
    let near = sentence.names.iter().rev().find(|n| n.last <= at && frame::acts(sentence, n));
    let own = near.is_some_and(|n| {
        at - n.last <= SUBJECT
            && !tokens[n.last..at].iter().any(|t| t.is(&["we", "i", "told", "and", "when"]))
    });
    if own { frame::list_left(sentence, at, floor) } else { Vec::new() }
}

/// Those named around the noun: "A-B deal", "deal between A and B", "deal with B", "signed by A and B";
/// and whether the noun names both sides itself.
fn with_whom(
    sentence: &Sentence<'_>,
    clause: &Clause,
    noun: &Range<usize>,
    object_from: Option<usize>,
    verb: usize,
) -> (Vec<Actor>, bool) {
    let tokens = &sentence.tokens;
    let floor = object_from.unwrap_or(clause.range.start);
    let mut actors = Vec::new();
    for name in sentence.names.iter().filter(|n| n.first >= floor && n.last <= noun.start) {
        let near = noun.start - name.last <= 4
            && tokens[name.last..noun.start].iter().all(|t| !t.punct || t.is(&["'s", "\""]));
        let listed = actors.is_empty() || tokens[name.first].joined;
        if frame::acts(sentence, name) && (near || tokens.get(name.last).is_some_and(|t| t.joined)) && listed
        {
            frame::push(&mut actors, name.actor.clone());
        }
    }
    let mut between = actors.len() > 1;
    let end = (noun.end + 14).min(clause.range.end);
    let links = |t: &Token<'_>| t.is(&["between", "with", "among"]);
    let mut at = noun.end;
    while at < end {
        let token = &tokens[at];
        if links(token) || token.low == "by" && (verb..verb + 4).contains(&at) {
            let (more, _) = frame::list_right(sentence, at + 1);
            between |= token.is(&["between", "among"]) && more.len() > 1;
            more.into_iter().for_each(|a| frame::push(&mut actors, a));
            break;
        }
        if token.punct && !token.is(&["\"", "'s"]) || token.is(&["that", "which", "who", "said", "says"]) {
            break;
        }
        at += 1;
    }
    (actors, between)
}

/// Whether two mentions of one article tell of one agreement.
fn same(a: &Mention, b: &Mention) -> bool {
    let shared =
        |x: &Actor| b.actors.iter().any(|y| x.key == y.key || x.country.is_some() && x.country == y.country);
    a.status == b.status
        && frame::places_agree(a.place.as_ref(), b.place.as_ref())
        && frame::days_agree(a.when.as_ref(), b.when.as_ref())
        && (a.actors.is_empty() || b.actors.is_empty() || a.actors.iter().any(shared))
}

#[cfg(test)]
mod tests;
