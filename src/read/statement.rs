//! Statements: a named speaker or institution says something on a matter.
//!
//! A laid-out article comes in, the statements that carry its news go out; not every "said".

use std::ops::Range;
use std::sync::LazyLock;

use super::dates::{self, DateRole, Direction};
use super::document::{Document, Sentence};
use super::frame;
use super::lexicon::{Form, Lexicon};
use super::names::{Name, Stands};
use crate::model::{Actor, ActorRole, Kind, Mention, Precision, Status, When};

static WORDS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/statement.txt")));

/// How many statements below headline and lead a report may have.
const MINOR: usize = 5;

/// The statements of an article that carry news.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut subject: Option<Actor> = None;
    let bystanders: Vec<&str> = doc.sentences.iter().flat_map(|s| bystanders(s)).collect();
    for sentence in &doc.sentences {
        let spoken = headline(sentence).map_or_else(|| reported(sentence, subject.as_ref()), |one| vec![one]);
        if let Some(name) =
            sentence.names.iter().find(|n| n.stands == Stands::Actor && frame::person(&n.actor))
        {
            subject = Some(name.actor.clone());
        }
        for one in spoken {
            subject = Some(one.speaker.clone()).filter(|s| s.role == ActorRole::Person).or(subject);
            let mut mention = one.mention(doc, sentence);
            if !sentence.title && speaker_key(&mention).is_some_and(|key| bystanders.contains(&key)) {
                mention.prominent = false;
                mention.score -= 0.3;
            }
            match found.iter_mut().find(|known| same(known, &mention)) {
                Some(known) => frame::join(known, mention),
                None => found.push(mention),
            }
        }
    }
    select(found)
}

struct Spoken {
    speaker: Actor,
    at: usize,
    rule: &'static str,
    weak: bool,
}

/// "… — Ministry", "Name: …", in a headline.
fn headline(sentence: &Sentence<'_>) -> Option<Spoken> {
    if !sentence.title {
        return None;
    }
    let tokens = &sentence.tokens;
    let last = tokens.iter().rposition(|t| !t.punct)?;
    if let Some(dash) = tokens.iter().rposition(|t| t.low == "—")
        && last > dash
        && last <= dash + 6
        && let Some(name) = sentence.name_at(last)
        && name.first <= dash + 4
    {
        if name.stands == Stands::Media {
            return None;
        }
        return Some(Spoken {
            speaker: name.actor.clone(),
            at: name.first,
            rule: "headline dash",
            weak: false,
        });
    }
    // "Palace weighs the treaty — spokesman": the house that the headline begins with.
    if let Some(dash) = tokens.iter().rposition(|t| t.low == "—")
        && last > dash
        && last <= dash + 3
        && tokens[last].is(&["spokesman", "spokeswoman", "spokesperson", "ministry", "aide", "official"])
        && let Some(name) = sentence.names.first().filter(|n| n.first == 0 && n.stands == Stands::Actor)
    {
        return Some(Spoken {
            speaker: name.actor.clone(),
            at: dash + 1,
            rule: "headline dash",
            weak: false,
        });
    }
    let colon = tokens.iter().position(|t| t.low == ":")?;
    let name =
        sentence.names.iter().find(|n| n.last == colon && n.first <= 3 && n.stands != Stands::Media)?;
    // "Nine days in Nova: …", "Peace for Nova: …" tell the matter, not the speaker.
    let led = tokens[..name.first].iter().any(|t| {
        t.is(&[
            "in", "on", "at", "for", "to", "from", "with", "after", "before", "over", "against", "into",
            "near",
        ]) || t.low.starts_with(|c: char| c.is_ascii_digit())
    });
    if led || !can_speak(name) || actions(sentence, colon + 1) {
        return None;
    }
    Some(Spoken { speaker: name.actor.clone(), at: name.first, rule: "headline colon", weak: false })
}

/// Named subjects with a verb of speech, each speaker once.
fn reported(sentence: &Sentence<'_>, subject: Option<&Actor>) -> Vec<Spoken> {
    let tokens = &sentence.tokens;
    let quoted = tokens.iter().any(|t| t.quoted);
    let mut best: Vec<(i32, Spoken)> = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].punct || tokens[at].quoted || sentence.name_at(at).is_some() {
            continue;
        }
        let Some(m) = WORDS.section("verbs speech").at(tokens, at) else { continue };
        if m.form == Form::Base && !(sentence.title || plural_subject(sentence, at))
            || m.form == Form::Ing && !after_comma(sentence, at)
        {
            continue;
        }
        let that = tokens.get(at + m.len).is_some_and(|t| t.is(&["that", "\"", ":", ","]));
        if no_words(sentence, at, m.len, m.lemma) {
            continue;
        }
        let weak = WORDS.section("weak").has(m.lemma) && !that && !quoted;
        if weak && !sentence.title {
            continue;
        }
        let Some((speaker, rule)) = speaker(sentence, at, m.len, subject) else { continue };
        if rule == "pronoun says" && !best.is_empty() {
            continue;
        }
        let rank = i32::from(!weak) * 4
            + i32::from(m.lemma == "say" || m.lemma == "tell") * 2
            + i32::from(speaker.role == ActorRole::Person);
        let spoken = Spoken { speaker, at, rule, weak };
        match best.iter_mut().find(|(_, s)| s.speaker.key == spoken.speaker.key) {
            Some(known) if known.0 < rank => *known = (rank, spoken),
            Some(_) => {}
            None => best.push((rank, spoken)),
        }
    }
    best.into_iter().map(|(_, s)| s).collect()
}

/// Whether a verb of speech tells no words of the speaker's own: a deal, a quarrel, a claim of responsibility.
fn no_words(sentence: &Sentence<'_>, at: usize, len: usize, lemma: &str) -> bool {
    let tokens = &sentence.tokens;
    let after = &tokens[(at + len).min(tokens.len())..(at + len + 5).min(tokens.len())];
    let that = after.first().is_some_and(|t| t.is(&["that", "\"", ":"]));
    let each_other =
        after.windows(2).any(|w| w[0].is(&["each", "one"]) && w[1].is(&["other", "another", "other's"]));
    match lemma {
        "agree" => !that,
        "claim" => {
            !that
                && after
                    .iter()
                    .take(4)
                    .take_while(|t| {
                        !t.punct && !t.is(&["was", "were", "is", "are", "had", "has", "by", "on"])
                    })
                    .any(|t| WORDS.section("claimed").has(&t.low))
        }
        "reject" | "deny" | "dismiss" | "speak" => false,
        _ => !that && each_other,
    }
}

/// Whether a headline's second part tells what parties did: "A and B agree to …", "rivals sign …".
fn actions(sentence: &Sentence<'_>, from: usize) -> bool {
    let Some(name) = sentence.names.iter().find(|n| n.first >= from && n.first <= from + 2) else {
        return false;
    };
    let (actors, end) = frame::list_right(sentence, name.first);
    actors.len() > 1
        && (name.last..end.max(name.last))
            .any(|i| sentence.tokens[i].is(&["agree", "sign", "reach", "strike", "meet"]))
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

fn plural_subject(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence
        .names
        .iter()
        .rev()
        .find(|n| n.last <= at)
        .is_some_and(|n| n.last == at && n.actor.literal.ends_with('s'))
        || at >= 2
            && sentence
                .name_at(at - 1)
                .is_some_and(|n| n.first > 0 && sentence.tokens[n.first - 1].is(&["and", ","]))
}

fn after_comma(sentence: &Sentence<'_>, at: usize) -> bool {
    at > 0
        && sentence.tokens[at - 1].low == ","
        && sentence.tokens[at]
            .is(&["saying", "warning", "accusing", "calling", "adding", "claiming", "urging"])
}

/// Who speaks: the name right before the verb, or right after it, or a pronoun's.
fn speaker(
    sentence: &Sentence<'_>,
    at: usize,
    len: usize,
    subject: Option<&Actor>,
) -> Option<(Actor, &'static str)> {
    let tokens = &sentence.tokens;
    // "…," said A
    let inverted = tokens
        .get(at.wrapping_sub(1))
        .is_some_and(|t| t.is(&[",", "\"", "?", "!"]))
        .then(|| sentence.name_at(at + len))
        .flatten()
        .or_else(|| {
            sentence.name_at(at + len + 1).filter(|_| {
                at > 0 && tokens[at - 1].punct && tokens.get(at + len).is_some_and(|t| t.low == "the")
            })
        });
    if let Some(name) = inverted.filter(|n| can_speak(n)) {
        return Some((name.actor.clone(), "quote, said name"));
    }
    let before = at.checked_sub(1)?;
    // Back over adverbs, auxiliaries and an apposition between commas.
    let mut i = before;
    let mut steps = 0;
    loop {
        if let Some(name) = sentence.name_at(i) {
            let mut first = name.first;
            while first > 1
                && tokens[first - 1].is(&["and", ","])
                && sentence.name_at(first - 2).is_some_and(|n| n.stands == name.stands)
            {
                first = sentence.name_at(first - 2).map_or(0, |n| n.first);
            }
            let free = first == 0
                || !tokens[first - 1].is(&[
                    "to", "with", "by", "of", "in", "from", "on", "for", "against", "between", "at",
                    "against", "after", "than",
                ]);
            if free && can_speak(name) && name.last + steps >= before {
                return Some((name.actor.clone(), "name says"));
            }
            if !free {
                // "the head of the council, A B, said": go on to the subject before the preposition.
                i = name.first.checked_sub(2)?;
                steps += 2;
                if steps > 10 {
                    return None;
                }
                continue;
            }
            return None;
        }
        let token = &tokens[i];
        if token.is(&["he", "she"]) && !token.quoted {
            return subject.filter(|s| s.role == ActorRole::Person).map(|s| (s.clone(), "pronoun says"));
        }
        let skip = token.is(&[
            "has",
            "have",
            "also",
            "later",
            "again",
            "earlier",
            "on",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "repeatedly",
            "then",
            "who",
            "yesterday",
            "today",
            "late",
            "early",
            "morning",
            "evening",
            "'s",
            "previously",
            "first",
            "publicly",
            "reportedly",
        ]) || token.low.ends_with("ly");
        if token.low == "," {
            // An apposition: on to the comma that opens it.
            let open = (i.saturating_sub(14)..i).rev().find(|&k| tokens[k].low == ",")?;
            // "the minister, A B, said": the name stands within the commas.
            let within = i.checked_sub(1).and_then(|k| sentence.name_at(k)).filter(|n| {
                n.first == open + 1 && n.last == i && n.actor.role == ActorRole::Person && can_speak(n)
            });
            let other = |n: &&Name| {
                open.checked_sub(1)
                    .and_then(|k| sentence.name_at(k))
                    .is_none_or(|o| o.actor.role != ActorRole::Person || o.actor.key == n.actor.key)
            };
            if let Some(name) = within.filter(other) {
                return Some((name.actor.clone(), "name, apposition, says"));
            }
            let name = sentence.name_at(open.checked_sub(1)?).filter(|n| can_speak(n) && n.last == open);
            return name.map(|n| (n.actor.clone(), "name, apposition, says"));
        }
        if !skip || steps > 6 {
            return None;
        }
        steps += 1;
        i = i.checked_sub(1)?;
    }
}

fn can_speak(name: &Name) -> bool {
    match name.stands {
        Stands::Actor => {
            let anonymous = name.actor.role == ActorRole::Country
                && name
                    .actor
                    .literal
                    .rsplit(' ')
                    .next()
                    .is_some_and(|w| WORDS.section("anonymous").has(&w.to_lowercase()));
            !anonymous
        }
        Stands::Place | Stands::Adjective | Stands::Media => false,
    }
}

impl Spoken {
    fn mention(self, doc: &Document<'_>, sentence: &Sentence<'_>) -> Mention {
        let clause: Range<usize> = 0..sentence.tokens.len();
        let mut mention =
            frame::mention(Kind::STATEMENT, Status::Occurred, sentence, &clause, self.at, self.rule);
        mention.quote = quote(sentence);
        mention.when = Some(said_on(doc, sentence, self.at).unwrap_or_else(|| frame::today(doc)));
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

/// The day on which words were said, told beside the verb of speech at `at`; never that of the matter.
fn said_on(doc: &Document<'_>, sentence: &Sentence<'_>, at: usize) -> Option<When> {
    let tokens = &sentence.tokens;
    let hits = dates::find(sentence.text, doc.published, Direction::Past);
    let beside = |from: usize, to: usize| {
        (from..to).all(|i| {
            let t = &tokens[i];
            sentence.name_at(i).is_some()
                || sentence.places.iter().any(|p| sentence.token_at(p.range.start) == i)
                || WORDS.section("said where").has(&t.low)
                || t.low.ends_with("ly") && !t.punct
        })
    };
    let hit = hits.into_iter().find(|hit| {
        let first = sentence.token_at(hit.range.start);
        let last = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
        let told = hit.role == DateRole::At
            && !hit.ahead
            && hit.when.precision == Precision::Day
            && hit.when.to <= doc.day()
            && tokens.get(first).is_some_and(|t| !t.quoted)
            && tokens.get(last).is_none_or(|t| t.low != "'s");
        let opens = first < 2 && tokens.get(last).is_some_and(|t| t.low == ",") && last < at;
        told && (opens || last <= at && beside(last, at) || first > at && beside(at + 1, first))
    })?;
    Some(hit.when)
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

/// Headline and lead statements, and the best few of the others.
fn select(found: Vec<Mention>) -> Vec<Mention> {
    let mut kept: Vec<Mention> = Vec::new();
    let (prominent, mut minor): (Vec<Mention>, Vec<Mention>) = found.into_iter().partition(|m| m.prominent);
    minor.sort_by(|a, b| b.score.total_cmp(&a.score));
    kept.extend(prominent);
    let mut room = MINOR;
    for mention in minor {
        // A speaker already heard has to bring a quotation on something else.
        let heard = kept.iter().filter(|k| speaker_key(k) == speaker_key(&mention)).count();
        let anew = heard == 0
            || heard == 1
                && mention.quote.as_ref().is_some_and(|q| q.split(' ').count() > 6)
                && kept.iter().all(|k| speaker_key(k) != speaker_key(&mention) || share(k, &mention) < 0.2);
        let side =
            mention.speaker.as_ref().is_some_and(|s| matches!(s.role, ActorRole::Country | ActorRole::Group));
        if room > 0 && mention.score >= 0.5 && anew && !(side && mention.quote.is_none()) {
            room -= 1;
            kept.push(mention);
        }
    }
    kept
}

fn speaker_key(mention: &Mention) -> Option<&str> {
    mention.speaker.as_ref().map(|s| s.key.as_str())
}

/// The share of the shorter one's content words that the other has too, the speaker's name aside.
fn share(a: &Mention, b: &Mention) -> f64 {
    let own = |w: &&String| speaker_key(a).is_none_or(|k| k != w.as_str());
    let shared = a.words.iter().filter(own).filter(|w| b.words.contains(w)).count();
    shared as f64 / a.words.iter().filter(own).count().min(b.words.iter().filter(own).count()).max(1) as f64
}

/// Whether two sentences are one statement: one speaker, many of the same words.
fn same(a: &Mention, b: &Mention) -> bool {
    if speaker_key(a) == speaker_key(b) && same_quote(a, b) {
        return true;
    }
    if speaker_key(a) != speaker_key(b) {
        // A house and its spokesman: "the Palace says", "Palace spokesman A B told".
        let speaks_for = |x: &Mention, y: &Mention| {
            x.speaker
                .as_ref()
                .zip(y.speaker.as_ref())
                .is_some_and(|(x, y)| y.role == ActorRole::Person && y.literal.contains(&x.literal))
        };
        return a.prominent && b.prominent && share(a, b) >= 0.3 && (speaks_for(a, b) || speaks_for(b, a));
    }
    // Headline and lead tell one statement unless each has a quotation of its own.
    let quoted = |m: &Mention| m.quote.as_ref().is_some_and(|q| q.split(' ').count() > 1);
    share(a, b) >= 0.35 || a.prominent && b.prominent && !(quoted(a) && quoted(b) && share(a, b) < 0.15)
}

/// Whether one quotation holds the words of the other.
fn same_quote(a: &Mention, b: &Mention) -> bool {
    let (Some(a), Some(b)) = (&a.quote, &b.quote) else { return false };
    let (a, b) = (frame::content(a), frame::content(b));
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared >= 2 && shared * 10 >= a.len().min(b.len()) * 7
}
