//! The noun phrase of an encounter: its modifiers, owners and measures, and the parties that follow it.

use std::ops::Range;

use super::WORDS;
use super::cast::Cast;
use super::party::{Party, Sort};
use crate::model::{ActorRole, PlaceLevel};
use crate::read::document::Token;
use crate::read::names::Stands;
use crate::read::places::PlaceUse;
use crate::read::text;

/// A noun of an encounter with what stands before it.
pub struct Phrase {
    /// From its first modifier on.
    pub range: Range<usize>,
    /// The noun's first token.
    pub head: usize,
    /// After the noun.
    pub end: usize,
    /// It is spoken of as known ("the talks").
    pub definite: bool,
    /// The parties that stand before it ("A and B's talks"), by their number.
    pub owners: Vec<usize>,
    /// "A-B talks".
    pub compound: bool,
}

/// The noun with its modifiers, owners and measures ("two days of A's peace talks").
pub fn phrase(cast: &Cast<'_, '_>, at: usize, end: usize) -> Phrase {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let mut found =
        Phrase { range: at..end, head: at, end, definite: false, owners: Vec::new(), compound: false };
    let mut left = at;
    let mut loose = 0;
    while left > 0 {
        let token = &tokens[left - 1];
        if let Some(i) = cast.parties.iter().rposition(|p| p.last == left) {
            let party = &cast.parties[i];
            let owner = tokens.get(left).is_some_and(|t| t.low == "'s");
            let joined = tokens.get(left).is_some_and(|t| t.joined) || tokens[party.first].joined;
            let people = party.sort == Sort::Role && left == at;
            if owner || joined {
                found.owners.push(i);
                found.compound |= joined;
                left = party.first;
                // "A, B and C's talks", "A-B talks"
                while let Some(more) =
                    cast.parties[..i].iter().rposition(|p| p.last <= left).filter(|_| i > 0)
                {
                    let between = &tokens[cast.parties[more].last..left];
                    let linked = between.is_empty()
                        || between.len() <= 2 && between.iter().all(|t| t.is(&["and", ",", "&", "the"]));
                    if !linked || found.owners.contains(&more) || between.is_empty() && !tokens[left].joined {
                        break;
                    }
                    found.owners.push(more);
                    left = cast.parties[more].first;
                }
                if owner {
                    found.range.start = left;
                    return found;
                }
                continue;
            }
            if people || party.sort == Sort::Named && party.actors.iter().all(|a| a.role == ActorRole::Group)
            {
                // "the leaders' summit", "foreign ministers meeting"
                found.owners.push(i);
                left = party.first;
                continue;
            }
            if party.sort == Sort::Before || party.actors.iter().any(|a| a.role == ActorRole::Person) {
                break;
            }
            // "the Lima talks": the place of it, unless it stands for its government ("Lima-Quito talks").
            let here = sentence.places.iter().find(|p| sentence.token_at(p.range.start) == party.first);
            let seat = here.is_some_and(|p| {
                p.place.level < PlaceLevel::Country && p.use_ != PlaceUse::Demonym
                    || crate::read::gazetteer::seat(sentence.slice(party.first, party.last)).is_some()
            });
            if seat {
                left = party.first;
                continue;
            }
            if party.sort == Sort::Named && left == at && !token.punct {
                // "EU summit", "Mercosur talks"
                found.owners.push(i);
                found.compound = true;
                left = party.first;
                continue;
            }
            break;
        }
        if left == at && WORDS.section("again").at(tokens, left - 1).is_some_and(|m| m.len == 2) {
            // "Next Round" in a headline is no name.
            left -= 1;
            continue;
        }
        if let Some(name) = sentence.name_at(left - 1) {
            // "the Geneva talks", "a Kenyan meeting"
            if name.stands == Stands::Actor && name.actor.role == ActorRole::Person {
                break;
            }
            left = name.first;
            continue;
        }
        let weekday = token.cap && crate::read::dates::is_day_word(&token.low);
        if token.is(&["his", "her", "their"]) {
            left -= 1;
            break;
        }
        if token.is(&[
            "the", "this", "that", "these", "those", "a", "an", "both", "no", "any", "another", "its",
            "such", "some",
        ]) {
            found.definite = token.is(&["the", "this", "that", "these", "those", "both"]);
            left -= 1;
            // "the second round of the talks" is another meeting than "the talks".
            if let Some(more) = round_of(tokens, left) {
                found.definite = false;
                left = more;
                continue;
            }
            break;
        }
        if token.low == "of" && left >= 2 && WORDS.section("nouns measure").at(tokens, left - 2).is_some() {
            left -= 2;
            continue;
        }
        if token.low == "'s" || token.low == "\"" || weekday {
            left -= 1;
            continue;
        }
        let verb = [
            "verbs light",
            "verbs off",
            "verbs plan",
            "verbs meet",
            "verbs wish",
            "verbs refuse",
            "verbs speech",
        ]
        .iter()
        .any(|s| WORDS.section(s).at(tokens, left - 1).is_some_and(|m| m.len == 1))
            && !WORDS.section("modifiers").has(&token.low);
        if token.punct
            || verb
            || text::is_stop_word(&token.low) && !WORDS.section("modifiers").has(&token.low)
            || loose > 5
        {
            break;
        }
        loose += 1;
        left -= 1;
    }
    found.range.start = left;
    let their = tokens.get(left).filter(|_| left < at);
    if their.is_some_and(|t| t.is(&["his", "her", "their"])) {
        found.definite = true;
    }
    found
}

/// Where "second round of" begins before a token, if it stands there.
fn round_of(tokens: &[Token<'_>], left: usize) -> Option<usize> {
    let noun = left.checked_sub(2).filter(|&i| tokens[left - 1].low == "of" && i > 0)?;
    WORDS.section("nouns round").at(tokens, noun)?;
    WORDS.section("again").at(tokens, noun - 1).filter(|m| m.len == 2).map(|_| noun - 1)
}

/// "with A and B", "between A and B", "of A and B": the parties, whether they are all, and where they end.
pub fn complements<'c>(cast: &'c Cast<'_, '_>, end: usize, limit: usize) -> (Vec<&'c Party>, bool, usize) {
    let tokens = &cast.sentence.tokens;
    let mut at = end;
    let mut matter = false;
    while at < limit.min(end + 14) {
        let token = &tokens[at];
        let all = token.is(&["between", "involving", "among"]) || token.low == "of" && at == end;
        // "on the war with B" is no encounter with B.
        let theirs =
            matter && at > 0 && WORDS.section("nouns matter").has(tokens[at - 1].low.trim_end_matches('s'));
        if token.low == "with" && !theirs || all && !matter {
            let (mut list, mut after) = cast.right(at + 1);
            // "After talks with A, B said": the list ends before who speaks.
            if token.low == "with"
                && !cast.sentence.title
                && let [.., last, speaker] = list[..]
                && tokens[last.last..speaker.first].iter().all(|t| !t.is(&["and", "&", "plus"]))
                && tokens
                    .get(speaker.last)
                    .is_some_and(|t| !t.punct && !t.is(&["of", "for", "in", "from", "at", "on"]))
            {
                after = last.last;
                list.pop();
            }
            if !list.is_empty() {
                let between = token.is(&["between", "among", "involving"]);
                return if between { spread(cast, list, after) } else { (list, all, after) };
            }
        }
        let day = tokens.get(at + 1).is_some_and(|t| {
            t.cap && crate::read::dates::is_day_word(&t.low)
                || t.is(&["late", "early"])
                || t.low.starts_with(char::is_numeric)
        });
        matter |=
            !day && token.is(&["on", "over", "about", "to", "discuss", "aimed", "regarding", "concerning"]);
        let ends = token.punct && !token.is(&[",", "'s", "\""])
            || token.is(&[
                "said", "says", "who", "will", "was", "were", "is", "are", "has", "have", "had", "that",
                "and", "but",
            ]);
        if ends {
            break;
        }
        at += 1;
    }
    (Vec::new(), false, end)
}

/// "between A, who won the vote, and B", "between A; B, her envoy; and C": the rest of a list with asides.
fn spread<'c>(
    cast: &'c Cast<'_, '_>,
    mut list: Vec<&'c Party>,
    mut after: usize,
) -> (Vec<&'c Party>, bool, usize) {
    let tokens = &cast.sentence.tokens;
    while tokens.get(after).is_some_and(|t| t.is(&[",", ";", "("]))
        && (list.len() < 2 || tokens[after].low == ";")
    {
        let limit = (after + 24).min(tokens.len());
        let said = |i: &usize| !tokens[*i].is(&["said", "says", "told"]);
        let more = (after..limit).take_while(said).find_map(|i| {
            let joint = tokens[i].low == ";" && tokens.get(i + 1).is_none_or(|t| t.low != "and")
                || tokens[i].low == "and";
            let (more, end) = cast.right(i + 1);
            let near = more.first().is_some_and(|p| p.first <= i + 4);
            (joint && near).then_some((i, more, end))
        });
        let Some((joint, more, end)) = more else { break };
        let last = tokens[joint].low == "and";
        list.extend(more);
        after = end.max(joint + 1);
        if last {
            break;
        }
    }
    (list, true, after)
}
