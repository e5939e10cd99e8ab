//! Who says it: the subject of a verb of speech, before it or behind it, by name, pronoun or description.

use super::super::document::Sentence;
use super::super::frame;
use super::super::names::{Name, Stands};
use super::super::text;
use super::WORDS;
use super::described::{self, Sort, can_speak, governor};
use super::memory::Memory;
use crate::model::{Actor, ActorRole};

/// The subject behind its verb.
pub(super) mod behind;
/// The subject that two verbs share.
pub(super) mod shared;

/// A speaker and how the sentence names it.
pub(super) struct Who {
    pub actor: Actor,
    pub rule: &'static str,
    /// The token where the subject begins.
    pub start: usize,
    /// Not named: told of by office or as one of a side.
    pub unnamed: bool,
}

impl Who {
    fn named(actor: &Actor, rule: &'static str, start: usize) -> Who {
        Who { actor: actor.clone(), rule, start, unnamed: false }
    }
}

/// How far the search for a subject goes, in tokens.
const REACH: usize = 6;
/// The longest apposition, in tokens.
const APPOSITION: usize = 26;

/// The subject of the verb at `at`, standing before it.
pub(super) fn before(sentence: &Sentence<'_>, at: usize, memory: &Memory) -> Option<Who> {
    let tokens = &sentence.tokens;
    let mut end = at;
    for _ in 0..REACH {
        let k = end.checked_sub(1)?;
        let token = &tokens[k];
        if let Some(name) = sentence.name_at(k) {
            // "by A's threatened levy": what belongs to A speaks for nobody.
            return (name.last == end || token.low != "'s")
                .then(|| of_name(sentence, name, memory))
                .flatten();
        }
        if token.quoted {
            return None;
        }
        if token.is(&["he", "she"]) {
            // "Here is what he said"
            if k > 0 && tokens[k - 1].low == "what" {
                return None;
            }
            // "A came although B had warned him, he said": one of them.
            let other = |n: &&Name| {
                n.last <= k
                    && n.stands == Stands::Actor
                    && frame::person(&n.actor)
                    && memory.he(&token.low).is_some_and(|p| p.key != n.actor.key)
            };
            let unsure = sentence.names.iter().any(|n| other(&n));
            return own_person(sentence, k)
                .or(memory.he(&token.low).filter(|_| !unsure))
                .map(|p| Who::named(p, "pronoun says", k));
        }
        if token.is(&["it"]) {
            // "A, the miller, has raised its price, it said": the house that the sentence is about.
            let own = sentence.names.first().filter(|n| {
                n.first < 2
                    && n.last < k
                    && can_speak(n)
                    && n.actor.role == ActorRole::Body
                    && tokens[n.last].low != "'s"
            });
            return own.map(|n| &n.actor).or(memory.body.as_ref()).map(|b| Who::named(b, "pronoun says", k));
        }
        if token.is(&["who", "which"]) {
            return antecedent(sentence, k, memory);
        }
        if token.is(&["and", "but"]) {
            return shared::subject(sentence, k, memory);
        }
        if token.low == "," {
            return parenthesis(sentence, k, memory);
        }
        if token.low == ")" {
            end = (0..k).rev().find(|&i| tokens[i].low == "(")?;
            continue;
        }
        if let Some(who) = described(sentence, end, memory) {
            return Some(who);
        }
        if !WORDS.section("between").has(&token.low) && !adverb(&token.low) {
            // "rebels in the north say"
            let prep = (k.saturating_sub(3)..k).rev().find(|&i| {
                tokens[i].is(&["in", "of", "from", "on", "at"])
                    && tokens[i + 1].is(&["the", "a", "an", "his", "her", "its"])
            });
            return prep
                .filter(|&prep| !tokens[prep..k].iter().any(|t| t.punct))
                .and_then(|prep| head(sentence, prep, memory, None));
        }
        end = k;
    }
    None
}

/// Whether a word is an adverb by its ending.
fn adverb(low: &str) -> bool {
    low.ends_with("ly")
        && !matches!(low, "daily" | "weekly" | "monthly" | "ally" | "family" | "assembly" | "bully")
}

/// The person whom a pronoun at `at` takes up from its own sentence: "A was in Nova for talks, which he called useful".
fn own_person<'s>(sentence: &'s Sentence<'_>, at: usize) -> Option<&'s Actor> {
    let tokens = &sentence.tokens;
    if at == 0 || tokens[at - 1].punct {
        return None;
    }
    let name =
        sentence.names.iter().find(|n| n.stands == Stands::Actor && n.actor.role == ActorRole::Person)?;
    // "Challenging A, he …", "A's aides say he …": another.
    let opens = tokens[..name.first].iter().all(|t| t.cap && !t.low.ends_with("ing") || t.low == "the");
    let noun = (name.last + 1..=name.last + 2)
        .any(|end| end <= tokens.len() && described::ending_at(sentence, end).is_some());
    let subject = name.last < at
        && name.first <= 3
        && opens
        && !noun
        && governor(sentence, name.first).is_none()
        && tokens[name.last].low != "'s";
    subject.then_some(&name.actor)
}

/// A name as subject; where a preposition governs it, what stands before the preposition.
fn of_name(sentence: &Sentence<'_>, name: &Name, memory: &Memory) -> Option<Who> {
    let tokens = &sentence.tokens;
    let mut first = name.first;
    // "A, B and C said": the list's first name tells whether it is free.
    // "With A, B said" has no list.
    while first > 1 {
        let to = if tokens[first - 1].low == "the" { first - 1 } else { first };
        let joins =
            to > 1 && (tokens[to - 1].low == "and" || first < name.first && tokens[to - 1].low == ",");
        match sentence.name_at(to.saturating_sub(2)).filter(|n| joins && n.stands == name.stands) {
            Some(left) => first = left.first,
            None => break,
        }
    }
    // "That he was quoting A suggests": A is whom he quotes.
    let object = first > 1
        && tokens[first - 1].low.ends_with("ing")
        && tokens[first.saturating_sub(4)..first - 1]
            .iter()
            .any(|t| t.is(&["was", "were", "is", "are", "been", "be"]));
    if object {
        return None;
    }
    let Some(governor) = governor(sentence, first) else {
        return if described::officials(name) {
            // "Peruvian officials": some of a state's, not the state.
            let literal = name.actor.literal.clone();
            let actor = Actor {
                key: text::fold(&literal),
                name: literal,
                role: ActorRole::Group,
                ..name.actor.clone()
            };
            Some(Who { actor, rule: "description says", start: name.first, unnamed: true })
        } else {
            // "A, B and C all said": the first of a list is named for it.
            let one = sentence.name_at(first).filter(|n| can_speak(n)).unwrap_or(name);
            can_speak(one).then(|| Who::named(&one.actor, "name says", one.first))
        };
    };
    head(sentence, governor, memory, Some(name))
}

/// The head of a phrase whose preposition stands at `prep`: "police in Nova", "A B of the council".
fn head(sentence: &Sentence<'_>, prep: usize, memory: &Memory, governed: Option<&Name>) -> Option<Who> {
    let tokens = &sentence.tokens;
    let mut end = prep;
    let mut governed = governed;
    let mut skipped = false;
    for _ in 0..10 {
        let k = end.checked_sub(1)?;
        if let Some(name) = sentence.name_at(k) {
            if let Some(prep) = governor(sentence, name.first) {
                end = prep;
                governed = Some(name);
                skipped = false;
                continue;
            }
            // "the east Nova city of": a name before a noun belongs to it.
            if skipped {
                end = name.first;
                continue;
            }
            return can_speak(name).then(|| Who::named(&name.actor, "name says", name.first));
        }
        if let Some(found) = described::ending_at(sentence, end) {
            let house = governed.filter(|n| {
                matches!(n.actor.role, ActorRole::Body | ActorRole::Country) && n.stands != Stands::Media
            });
            return match (found.sort, house) {
                // "the mayor of the Nova city of": whoever is that, and not the country.
                (Sort::Office, Some(name)) if name.stands == Stands::Adjective => {
                    whole(sentence, &found, memory)
                }
                (Sort::Mouth | Sort::Office, Some(name))
                    if tokens[end].is(&["for", "of", "from", "at"])
                        || found.sort == Sort::Mouth && tokens[end].low == "by" =>
                {
                    Some(Who::named(&name.actor, "spokesman says", found.first))
                }
                // "a spokesman for A B"
                (Sort::Mouth, None) if tokens[end].is(&["for", "of"]) => governed
                    .filter(|n| n.actor.role == ActorRole::Person && can_speak(n))
                    .map(|n| found.speaks_for(sentence, &n.actor)),
                // "officials in Nova"
                (Sort::Mouth, _) if tokens[end].low == "in" && found.official(sentence) => governed
                    .filter(|n| !can_speak(n) || n.actor.role == ActorRole::Country)
                    .map(|n| found.seated(sentence, n)),
                (Sort::Mouth, _) => None,
                (_, Some(name)) if found.owner().is_none() && tokens[end].is(&["in", "of"]) => {
                    whole(sentence, &found.owned_by(&name.actor), memory)
                }
                _ => whole(sentence, &found, memory),
            };
        }
        if tokens[k].punct || !tokens[k].low.is_ascii() {
            return None;
        }
        skipped = true;
        end = k;
    }
    None
}

/// A description that ends right before `end`, as subject.
fn described(sentence: &Sentence<'_>, end: usize, memory: &Memory) -> Option<Who> {
    let found = described::ending_at(sentence, end)?;
    // ", a leader criticised at home": he is, and says nothing.
    let apposed = found.first > 1
        && sentence.tokens[found.first - 1].is(&["a", "an"])
        && sentence.tokens[found.first - 2].low == ",";
    if apposed {
        return None;
    }
    if let Some(prep) = governor(sentence, found.first) {
        // "a group of lawyers"
        let many = ["group", "number", "panel", "team", "dozen", "dozens", "handful", "majority", "scores"];
        if sentence.tokens[prep].low == "of" && prep > 0 && sentence.tokens[prep - 1].is(&many) {
            return whole(sentence, &found, memory);
        }
        // "a spokesman for the ministry"
        return head(sentence, prep, memory, None).or_else(|| {
            (sentence.tokens[prep].low == "for").then(|| whole(sentence, &found, memory)).flatten()
        });
    }
    whole(sentence, &found, memory)
}

/// Whom a description means: who it speaks for, the body named before, the holder of the office, or itself.
fn whole(sentence: &Sentence<'_>, found: &described::Described, memory: &Memory) -> Option<Who> {
    let title = sentence.title;
    if !found.definite && !title {
        return None;
    }
    if found.sort == Sort::Mouth {
        return match found.owner() {
            Some(owner) if matches!(owner.role, ActorRole::Body | ActorRole::Group) => {
                Some(Who::named(owner, "spokesman says", found.first))
            }
            // "Peruvian officials"
            Some(owner) if owner.role == ActorRole::Country && found.official(sentence) => Some(Who {
                actor: found.actor(sentence, &memory.cast),
                rule: "description says",
                start: found.first,
                unnamed: true,
            }),
            Some(_) => None,
            // "an army spokesman"
            None if found.house(sentence).is_some() => {
                let who = whole(sentence, &found.house(sentence)?, memory)?;
                Some(Who { rule: "spokesman says", ..who })
            }
            // "His spokesman said"
            None => {
                let pronoun = sentence.tokens[..found.first].last().filter(|t| t.is(&["his", "her"]))?;
                Some(found.speaks_for(sentence, memory.he(&pronoun.low)?))
            }
        };
    }
    if found.generic(sentence) {
        // "the company" is no ministry.
        let trade = found.trade(sentence);
        let fits = |b: &&Actor| !(trade && described::is_house(&b.name));
        let before = memory.named.as_ref().filter(|_| !title).filter(fits);
        let only = || memory.cast.first().filter(|_| memory.cast.len() == 1).filter(fits);
        return before.or_else(only).map(|b| Who::named(b, "description says", found.first));
    }
    if let Some(holder) = memory.holder(sentence, found) {
        return Some(Who::named(holder, "office says", found.first));
    }
    let actor = found.actor(sentence, &memory.cast);
    Some(Who { actor, rule: "description says", start: found.first, unnamed: found.sort != Sort::House })
}

/// "A, who said", "the Palace, which said".
fn antecedent(sentence: &Sentence<'_>, at: usize, memory: &Memory) -> Option<Who> {
    let end = if at > 0 && sentence.tokens[at - 1].low == "," { at - 1 } else { at };
    let name = end.checked_sub(1).and_then(|k| sentence.name_at(k)).filter(|n| n.last == end);
    match name {
        Some(name) if can_speak(name) => Some(Who::named(&name.actor, "name, who says", name.first)),
        // "the ministry in Nova, which called it"
        Some(name) => head(sentence, governor(sentence, name.first)?, memory, Some(name)),
        None => described::ending_at(sentence, end).and_then(|found| whole(sentence, &found, memory)),
    }
}

/// The subject before an apposition that the comma at `close` ends.
fn parenthesis(sentence: &Sentence<'_>, close: usize, memory: &Memory) -> Option<Who> {
    let tokens = &sentence.tokens;
    let opens: Vec<usize> = (close.saturating_sub(APPOSITION)..close)
        .rev()
        .take_while(|&k| tokens[k].low != ";")
        .filter(|&k| tokens[k].low == "," && !tokens[k].quoted)
        .collect();
    let nearest = *opens.first()?;
    // "the minister, A B, said": the name stands within the commas.
    let within = close.checked_sub(1).and_then(|k| sentence.name_at(k)).filter(|n| {
        (nearest + 1..=nearest + 2).contains(&n.first)
            && n.last == close
            && can_speak(n)
            && n.actor.role != ActorRole::Country
    });
    let name_before =
        |open: usize| open.checked_sub(1).and_then(|k| sentence.name_at(k)).filter(|n| n.last == open);
    if let Some(name) = within {
        let other = name_before(nearest)
            // "the mayor, A B,": of all mayors A B.
            .is_none_or(|o| {
                o.actor.role != ActorRole::Person
                    || o.actor.key == name.actor.key
                    || !o.actor.literal.contains(char::is_uppercase)
            });
        if other {
            return Some(Who::named(&name.actor, "name, apposition, says", name.first));
        }
    }
    for open in opens {
        if let Some(name) = name_before(open) {
            // "A of the Federation of B, or FB,": another name of what stands before.
            if name.first > 0 && tokens[name.first - 1].low == "or" {
                continue;
            }
            if can_speak(name) && governor(sentence, name.first).is_none() {
                return Some(Who::named(&name.actor, "name, apposition, says", name.first));
            }
            if let Some(who) = of_name(sentence, name, memory) {
                return Some(Who { rule: "name, apposition, says", ..who });
            }
        }
        if let Some(found) = described::ending_at(sentence, open).filter(|f| f.definite) {
            if governor(sentence, found.first).is_some() {
                continue;
            }
            return whole(sentence, &found, memory);
        }
    }
    None
}
