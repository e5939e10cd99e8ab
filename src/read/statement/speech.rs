//! Verbs and nouns that tell of words: who says something in a sentence.

use super::super::document::{Sentence, Token};
use super::super::lexicon::{Form, Match};
use super::super::names::Stands;
use super::described;
use super::memory::Memory;
use super::speaker::{self, Who, behind, shared};
use super::{SOURCE, Spoken, WORDS};
use crate::model::{Actor, ActorRole};

/// How much it takes for a verb to tell of words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Only in a headline, or with the words themselves.
    Quoted,
    /// Also in the lead.
    Lead,
    /// Anywhere.
    Speech,
}

/// All who say something in a sentence, each once.
pub(super) fn reported(sentence: &Sentence<'_>, memory: &Memory, near: bool) -> Vec<Spoken> {
    let tokens = &sentence.tokens;
    let mut best: Vec<(i32, Spoken)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.punct || token.quoted || sentence.name_at(at).is_some() {
            continue;
        }
        let Some((who, weak, strength)) = verb(sentence, at, memory, near)
            .or_else(|| source(sentence, at, memory, near))
            .or_else(|| noun(sentence, at, memory))
        else {
            continue;
        };
        // "…, the mediator said on Monday, …": only where the news is from.
        let before = tokens[..at].last();
        if before.is_some_and(|t| t.is(&["once", "previously", "formerly"])) || long_held(sentence, at) {
            continue;
        }
        let source = set_off(sentence, at, who.start);
        let trailing = source && trailing(sentence, at);
        if who.rule == "pronoun says" && !best.is_empty()
            || who.unnamed && !sentence.title && (source || !sentence.lead)
            || !sentence.prominent() && perfect(sentence, at, near)
            || who.unnamed && !sentence.title && beside(sentence, at, who.start)
            || who.rule == "saying" && for_long(sentence, at)
            || !near && matches!(who.rule, "said by" | "name, who says")
            || source && who.rule == "said by"
            || aside(sentence, at)
            || relative(sentence, who.start)
            || best.iter().any(|(_, outer)| within(sentence, outer.at, at, who.start))
        {
            continue;
        }
        let rank =
            i32::from(!weak) * 4 + i32::from(strength) * 2 + i32::from(who.actor.role == ActorRole::Person);
        let house = who.actor.role != ActorRole::Person && !tokens.iter().any(|t| t.quoted);
        // "Raid kills nine; army claims …": the second half of a headline is another's answer.
        let answer = who.unnamed || who.rule == "description says";
        if sentence.title && answer && tokens[..who.start].iter().any(|t| t.low == ";") {
            continue;
        }
        let rule = match who.rule {
            _ if source && house => SOURCE,
            rule if sentence.title => rule,
            "name says" if neutral(sentence, at) => "name tells",
            "name, apposition, says" if neutral(sentence, at) => "name, apposition, tells",
            rule => rule,
        };
        let spoken = Spoken { speaker: who.actor, at, rule, weak, trailing };
        match best.iter_mut().find(|(_, s)| s.speaker.key == spoken.speaker.key) {
            Some(known) if known.0 < rank => *known = (rank, spoken),
            Some(_) => {}
            None => best.push((rank, spoken)),
        }
    }
    // "A said …, the ministry said": the words are A's.
    if best.iter().any(|(_, s)| !s.trailing && s.speaker.role == ActorRole::Person) {
        best.retain(|(_, s)| !s.trailing || s.speaker.role == ActorRole::Person);
    }
    best.into_iter().map(|(_, s)| s).collect()
}

/// Whether a verb only carries what is told, without a stance of the speaker's.
fn neutral(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.tokens[at].is(&["said", "says", "told", "tells", "announced", "confirmed", "added", "noted"])
}

/// A verb of speech and its subject; whether it is weak, and whether it is plainly one of saying.
fn verb(sentence: &Sentence<'_>, at: usize, memory: &Memory, near: bool) -> Option<(Who, bool, bool)> {
    let tokens = &sentence.tokens;
    let (m, strength) = verb_at(sentence, at)?;
    let next = tokens.get(at + m.len);
    // "reported on Friday that"
    let late = (at + m.len..tokens.len().min(at + m.len + 4))
        .take_while(|&i| i < at + m.len + 3 && !tokens[i].punct && !tokens[i].is(&["of"]))
        .any(|i| tokens.get(i + 1).is_some_and(|t| t.low == "that"));
    let that = late || next.is_some_and(|t| t.is(&["that", "\"", ":", ","]));
    let words = that || tokens.iter().any(|t| t.quoted);
    let weak = strength < Strength::Speech && !words;
    if weak && !(sentence.title || near && strength == Strength::Lead)
        || no_words(sentence, at, m.len, m.lemma)
    {
        return None;
    }
    let plain = matches!(m.lemma, "say" | "tell" | "add");
    let passive = m.form == Form::Past && next.is_some_and(|t| t.low == "by");
    if passive {
        let who = behind::subject(sentence, at + m.len + 1, memory)?;
        // "as demanded by council resolutions"
        return (!noun_follows(sentence, &who)).then_some((Who { rule: "said by", ..who }, weak, false));
    }
    if m.form == Form::Ing {
        // "Most died, suggesting that": the facts do.
        let joined = at > 0
            && tokens[at - 1].is(&[",", "and"])
            && m.lemma != "suggest"
            && (strength == Strength::Speech || that);
        // "…, envoys of the bloc said, confirming that": the words are those of who spoke.
        let said = (0..at).rfind(|&i| tokens[i].is(&["said", "told"]) && !tokens[i].quoted);
        let spoke = |i: usize| {
            let inverted = || behind::subject(sentence, i + 1, memory);
            let marked = i > 0 && tokens[i - 1].is(&[",", "\""]);
            marked.then(inverted).flatten().or_else(|| speaker::before(sentence, i, memory))
        };
        let who = joined
            .then(|| match said {
                Some(i) => spoke(i),
                None => shared::subject(sentence, at - 1, memory),
            })
            .flatten()?;
        return Some((Who { rule: "saying", ..who }, weak, false));
    }
    // "Did A say so?"
    let asked = |who: &Who| {
        who.start > 0 && tokens[..who.start].iter().rev().take(4).any(|t| t.low.starts_with("did"))
    };
    // "A was able to announce", "A went on to say", "A had to admit"
    let able = m.form == Form::Base
        && at > 2
        && tokens[at - 1].low == "to"
        && (tokens[at - 2].is(&["had", "has"])
            || tokens[at - 2].is(&["able", "on", "forced", "obliged"])
                && tokens[at - 3].is(&["was", "were", "is", "went", "goes"]));
    let subject = match tokens.get(at.wrapping_sub(2)) {
        Some(had) if able && had.is(&["had", "has"]) => at - 2,
        _ if able => at - 3,
        _ => at,
    };
    if m.form == Form::Base && !able && !plural_subject(sentence, at) {
        return None;
    }
    let marked = at > 0 && tokens[at - 1].is(&[",", "\"", "?", "!"]);
    let quotes = at > 0 && tokens[at - 1].low == "\""
        || at > 1 && tokens[at - 1].low == "," && tokens[at - 2].low == "\"";
    let inverts = plain && m.lemma != "tell" || quotes && strength == Strength::Speech;
    let inverted = (marked && inverts)
        .then(|| behind::subject(sentence, at + m.len, memory))
        .flatten()
        .filter(|who| quotes || !clause_follows(sentence, who))
        .map(|who| Who { rule: "quote, said name", ..who });
    let who = inverted.or_else(|| speaker::before(sentence, subject, memory))?;
    // "Rescuers found", "the judge ruled": a finding is that of a house.
    if matches!(m.lemma, "rule" | "find") && who.actor.role != ActorRole::Body {
        return None;
    }
    // "But does A want it?"
    let asks = strength < Strength::Speech && tokens.last().is_some_and(|t| t.low == "?" && !t.quoted);
    // "The agency cited a spokesman as saying"
    let cites = matches!(m.lemma, "cite" | "quote")
        && tokens[at..].windows(2).any(|w| w[0].low == "as" && w[1].is(&["saying", "telling"]));
    if asks || cites {
        return None;
    }
    // "the measures that he proposed"
    if who.rule == "pronoun says" && strength < Strength::Speech && !words {
        return None;
    }
    // "A report by A": who reports is no speaker.
    if m.lemma == "report" && who.actor.role == ActorRole::Person {
        return None;
    }
    // "The president ordered an attack": what a person orders is done, not said.
    let done = m.lemma == "order" && !sentence.title && who.actor.role == ActorRole::Person;
    (!done && (m.form != Form::Base || !asked(&who))).then_some((who, weak, plain))
}

fn verb_at(sentence: &Sentence<'_>, at: usize) -> Option<(Match, Strength)> {
    [(Strength::Speech, "verbs speech"), (Strength::Lead, "verbs lead"), (Strength::Quoted, "verbs quoted")]
        .into_iter()
        .filter_map(|(strength, section)| Some((WORDS.section(section).at(&sentence.tokens, at)?, strength)))
        .max_by_key(|(m, strength)| (m.len, *strength))
        .filter(|(m, _)| {
            let next = sentence.tokens.get(at + m.len);
            // "calls off the talks", "hails from Nova", "slams into a wall"
            let else_where =
                match m.lemma {
                    "call" | "order" | "hail" => {
                        let rest = &sentence.tokens[(at + m.len).min(sentence.tokens.len())..];
                        // "called 900 men into service"
                        let away = rest.iter().take(6).any(|t| t.is(&["into", "up", "together"]));
                        away || next.is_some_and(|t| t.is(&["off", "in", "out", "back", "from"]))
                    }
                    "slam" | "blast" | "rip" => next
                        .is_some_and(|t| t.is(&["into", "off", "through", "past", "down", "ashore", "onto"])),
                    // "pleads guilty"
                    "plead" => next.is_some_and(|t| t.is(&["guilty", "not", "no", "innocent"])),
                    "declare" => next
                        .is_some_and(|t| t.is(&["dead", "missing", "safe", "winner", "bankrupt", "extinct"])),
                    _ => false,
                };
            !(m.len == 1 && else_where)
        })
}

/// Whether a verb of speech stands at a token.
pub(super) fn is_verb(sentence: &Sentence<'_>, at: usize) -> bool {
    verb_at(sentence, at).is_some_and(|(m, strength)| m.form != Form::Base && strength > Strength::Quoted)
}

/// "according to A"
fn source(sentence: &Sentence<'_>, at: usize, memory: &Memory, near: bool) -> Option<(Who, bool, bool)> {
    let tokens = &sentence.tokens;
    if !(tokens[at].low == "according" && tokens.get(at + 1).is_some_and(|t| t.low == "to")) {
        return None;
    }
    let who = behind::subject(sentence, at + 2, memory).filter(|who| !noun_follows(sentence, who))?;
    // "According to A, an envoy": who is no more than a name may be a book or a poll.
    let bare = sentence.name_at(who.start).is_some_and(|n| {
        n.actor.role == ActorRole::Person
            && n.actor.literal == n.actor.name
            && tokens.get(n.last).is_none_or(|t| t.low != ",")
    });
    let opens = sentence.name_at(who.start).is_some_and(|n| at == 0 && n.actor.role == ActorRole::Person);
    if bare || opens && !memory.knows(&who.actor) {
        return None;
    }
    (near || who.actor.role == ActorRole::Person).then_some((
        Who { rule: "according to", ..who },
        false,
        false,
    ))
}

/// "A's warning that", "his claim that", "warnings from A that", in a headline or the lead.
fn noun(sentence: &Sentence<'_>, at: usize, memory: &Memory) -> Option<(Who, bool, bool)> {
    let tokens = &sentence.tokens;
    let m = WORDS.section("nouns speech").at(tokens, at).filter(|_| sentence.prominent())?;
    let rest = &tokens[at + m.len..];
    let from = rest.first().is_some_and(|t| t.is(&["from", "by"]));
    let governed =
        at > 0 && tokens[at - 1].is(&["resist", "reject", "ignore", "defy", "despite", "amid", "of"]);
    if from && !governed && rest.iter().take(8).any(|t| t.is(&["that", "about", "to"])) {
        let who = behind::subject(sentence, at + m.len + 1, memory)?;
        return Some((Who { rule: "words of", ..who }, true, false));
    }
    if rest.first().is_none_or(|t| t.low != "that") {
        return None;
    }
    let owner = (at.saturating_sub(3)..at)
        .rev()
        .find(|&i| tokens[i].is(&["'s", "his", "her"]) || sentence.name_at(i).is_some())?;
    let free = |n: &&super::super::names::Name| n.first < owner && described::can_speak(n);
    let actor: Actor = match sentence.name_at(owner) {
        Some(name) if name.stands == Stands::Actor => name.actor.clone(),
        Some(_) => return None,
        None if tokens[owner].low == "'s" => {
            sentence.name_at(owner.checked_sub(1)?).filter(free)?.actor.clone()
        }
        None => sentence
            .names
            .iter()
            .rev()
            .filter(free)
            .find(|n| n.actor.role == ActorRole::Person)
            .map(|n| n.actor.clone())
            .or_else(|| memory.he(&tokens[owner].low).cloned())?,
    };
    Some((Who { actor, rule: "words of", start: owner, unnamed: false }, true, false))
}

/// Whether a name is only a part of what is named: "according to a Nova poll".
fn noun_follows(sentence: &Sentence<'_>, who: &Who) -> bool {
    sentence.name_at(who.start).is_some_and(|n| {
        let next = sentence.tokens.get(n.last);
        next.is_some_and(|t| !t.punct && !t.cap && !super::super::text::is_stop_word(&t.low))
    })
}

/// Whether a name behind a verb is the subject of a clause: "A, an analyst, said B has failed".
fn clause_follows(sentence: &Sentence<'_>, who: &Who) -> bool {
    let described = || {
        (who.start + 1..=(who.start + 6).min(sentence.tokens.len()))
            .rev()
            .find(|&end| described::ending_at(sentence, end).is_some())
    };
    let Some(end) = sentence.name_at(who.start).map(|n| n.last).or_else(described) else { return false };
    let rest = sentence.tokens[end..].iter().enumerate().take_while(|(_, t)| !t.punct);
    rest.take_while(|(_, t)| !t.is(&["who", "whose", "which", "that", "as", "after", "when", "while"])).any(
        |(i, t)| {
            !t.cap
                && (t.is(&[
                    "has", "have", "had", "was", "were", "is", "are", "will", "would", "can", "could", "did",
                ]) || t.low.ends_with("ed")
                    || i == 0 && !WORDS.section("after speaker").has(&t.low))
        },
    )
}

/// Whether the verb at `at` is a part of what another one's subject says: "A said that B had denied it".
fn within(sentence: &Sentence<'_>, outer: usize, at: usize, subject: usize) -> bool {
    let tokens = &sentence.tokens;
    // "A said B told him"
    if (outer + 1..=outer + 2).contains(&subject) && subject < at {
        return true;
    }
    let Some(that) = (outer + 1..at.min(outer + 7)).find(|&i| tokens[i].low == "that") else { return false };
    // "…, an announcement denounced by A and mocked by B": words on what was said.
    let on_it = tokens[that..at].windows(2).any(|w| w[0].low == "," && w[1].is(&["a", "an"]))
        && tokens.get(at + 1).is_some_and(|t| t.low == "by");
    !on_it
        && !tokens[that..at].iter().any(|t| t.is(&[";", "while", "whereas", "but", "\"", "—"]))
        && subject > that
}

/// Whether a verb tells of words said at some time before: "has insisted", "had long denied".
fn perfect(sentence: &Sentence<'_>, at: usize, near: bool) -> bool {
    let before = &sentence.tokens[at.saturating_sub(3)..at];
    // "had to admit" is said now.
    let forced = before.last().is_some_and(|t| t.low == "to");
    !forced && before.iter().any(|t| t.low == "had" || !near && t.is(&["has", "have"]))
        || for_long(sentence, at)
}

/// Whether a verb only dates the words told before it: "…, his son said soon after A announced help".
fn aside(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let open =
        |i: &usize| tokens[*i].is(&["after", "before", "since", "when", "until"]) && !tokens[*i].quoted;
    let Some(opener) = (at.saturating_sub(10)..at).rev().find(open) else { return false };
    let inner = &tokens[opener + 1..at];
    let said = |t: &Token<'_>| t.is(&["said", "says", "told"]) && !t.quoted;
    !inner.iter().any(|t| t.punct && t.low != "'s" || said(t))
        && tokens[..opener].iter().rev().take(6).any(said)
}

/// Whether a clause of time tells of one who threatens or refuses, and of no words: "…, as rebels threatened to leave".
fn beside(sentence: &Sentence<'_>, at: usize, subject: usize) -> bool {
    let tokens = &sentence.tokens;
    let mut before = tokens[..subject].iter().rev().filter(|t| !t.is(&["the", "a", "an"]));
    let opened = before.next().is_some_and(|t| t.is(&["as", "when", "while", "after", "because", "where"]));
    let words = tokens[at..].iter().take(4).any(|t| t.is(&["that", "\""]) || t.quoted);
    opened && subject > 1 && !words && !clause_told(&tokens[at + 1..])
}

/// Whether a verb tells of what has been said for long: "have long complained".
fn long_held(sentence: &Sentence<'_>, at: usize) -> bool {
    let near = &sentence.tokens[at.saturating_sub(2)..at];
    near.len() == 2
        && near[0].is(&["has", "have", "had"])
        && near[1].is(&["long", "repeatedly", "often", "always"])
}

/// Whether words before a verb tell that it has gone on: "has for months called", "have long appealed, saying".
fn for_long(sentence: &Sentence<'_>, at: usize) -> bool {
    let has = |t: &Token<'_>| t.is(&["has", "have", "had"]);
    let long =
        |t: &Token<'_>| t.is(&["long", "for", "repeatedly", "often", "always", "frequently", "consistently"]);
    sentence.tokens[..at].windows(2).any(|w| has(&w[0]) && long(&w[1]) && !w[0].quoted)
}

/// Whether the words are about what goes before: "the general, whom the army claims to have killed".
fn relative(sentence: &Sentence<'_>, subject: usize) -> bool {
    let mut before = sentence.tokens[..subject]
        .iter()
        .rev()
        .filter(|t| !t.is(&["the", "a", "an", "his", "her", "their", "its"]));
    before.next().is_some_and(|t| t.is(&["whom", "which"]))
}

/// Whether a comma or quotation mark parts subject and verb from what they tell of: "…, the ministry said".
fn set_off(sentence: &Sentence<'_>, at: usize, subject: usize) -> bool {
    let tokens = &sentence.tokens;
    let first = at.min(subject);
    first > 0 && tokens[first - 1].is(&[",", "\""])
        || first > 1
            && tokens[first - 2].is(&[",", "\""])
            && tokens[first - 1].is(&["the", "a", "an", "his", "her"])
        || listed(sentence, first)
}

/// Whether a subject is the last of a list that a comma sets off: "…, local officials and a charity said".
fn listed(sentence: &Sentence<'_>, first: usize) -> bool {
    let before = &sentence.tokens[first.saturating_sub(6)..first];
    let comma = before.iter().rposition(|t| t.punct);
    comma.is_some_and(|i| {
        before[i].low == "," && before.len() - i <= 6 && before[i..].iter().any(|t| t.low == "and")
    })
}

/// Whether a verb's clause ends the sentence as its source: "…, the ministry said on Sunday."
fn trailing(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let rest = tokens[at + 1..].iter().take_while(|t| !t.is(&[".", ",", ";"])).count();
    rest <= 4 && tokens[at + 1..].iter().skip(rest).all(|t| t.punct)
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
            let taken = !sentence.title && !clause_told(&tokens[(at + len).min(tokens.len())..]);
            !that
                && (taken && !tokens.iter().any(|t| t.quoted)
                    || after
                        .iter()
                        .take(4)
                        .take_while(|t| {
                            !t.punct && !t.is(&["was", "were", "is", "are", "had", "has", "by", "on"])
                        })
                        .any(|t| WORDS.section("claimed").has(&t.low)))
        }
        // "adds names to the list": words only with the words themselves.
        "add" => {
            !that
                && !tokens[..at].iter().any(|t| t.low == "\"")
                && !after
                    .first()
                    .is_some_and(|t| t.is(&["the", "it", "he", "she", "they", "his", "her", "there", "no"]))
        }
        // "maintains roads", "observes a feast": words only where a clause tells them.
        "rule" | "find" | "maintain" | "observe" | "conclude" | "state" | "contend" | "signal"
        | "estimate" | "disclose" => {
            let mark = |t: &Token<'_>| t.quoted || t.low == "\"";
            let quotes =
                after.iter().take(4).any(mark) || at > 1 && tokens[at.saturating_sub(8)..at].iter().any(mark);
            !that && !quotes && !clause_told(after) && !after.iter().take(4).any(|t| t.low == "that")
        }
        // "recalls its envoy"
        "recall" => !that && !tokens.iter().any(|t| t.quoted),
        "reject" | "deny" | "dismiss" | "speak" => false,
        _ => !that && each_other,
    }
}

/// Whether the words behind a verb are a clause: "claimed he had won", "claim the army burned it".
fn clause_told(after: &[Token<'_>]) -> bool {
    let first = after.first();
    first.is_some_and(|t| t.is(&["to", "he", "she", "it", "they", "we", "there", "no"]))
        || after.iter().skip(1).take(12).take_while(|t| !t.is(&[".", ";", ",", "and", "which", "who"])).any(
            |t| t.is(&["was", "were", "is", "are", "had", "has", "have", "would", "will", "did", "could"]),
        )
}

fn plural_subject(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let named = sentence
        .names
        .iter()
        .rev()
        .find(|n| n.last <= at)
        .is_some_and(|n| n.last == at && n.actor.literal.ends_with('s'));
    let listed = at >= 2
        && sentence
            .name_at(at - 1)
            .is_some_and(|n| n.first > 0 && tokens[n.first - 1].is(&["and", ",", "&"]));
    let told = at > 0
        && described::ending_at(sentence, at)
            .is_some_and(|_| tokens[at - 1].low.ends_with('s') || tokens[at - 1].low == "police");
    named || listed || told
}
