//! Runs of capitalised words: where a name begins and ends.

use foldhash::HashMap;

use super::super::ordinary::{ordinary, rare};
use super::super::places::PlaceUse;
use super::super::text;
use super::{NAMES, Scan};
use crate::model::PlaceLevel;

impl Scan<'_, '_> {
    /// The end of the run of capitalised words that begins here; the start itself if none does.
    pub(super) fn run_end(&self, first: usize, places: Option<&HashMap<usize, (usize, usize)>>) -> usize {
        let tokens = self.tokens();
        let mut at = first;
        while let Some(token) = tokens.get(at) {
            if at > first && places.is_some_and(|p| p.get(&at).is_some_and(|&(i, _)| self.certain(i))) {
                break;
            }
            let starts = at == first;
            if token.cap && self.name_word(at) {
                // "Nova State Police Lt. A B"
                let rank = token.text.ends_with('.')
                    && (NAMES.section("offices").has(&token.low) || NAMES.section("titles").has(&token.low));
                if !starts
                    && (NAMES.section("offices").at(tokens, at).is_some() && token.low.len() > 3
                        || rank
                        || token.joined && self.parts(at))
                {
                    break;
                }
                at += 1;
                // An initial's dot.
                continue;
            }
            let two = at >= first + 2 && token.low.len() <= 5;
            if !starts
                && token.joined
                && !token.cap
                && given_name_ending(&token.low, two)
                && tokens[at - 1].cap
            {
                at += 1;
                continue;
            }
            if !starts && !token.cap && NAMES.section("after names").has(&token.low) && tokens[at - 1].cap {
                at += 1;
                continue;
            }
            let bound = token.is(&["as", "ad", "ar", "ul", "ur", "uz", "e", "y", "st"]);
            if bound && !starts && !tokens.get(at + 1).is_some_and(|t| t.joined) {
                break;
            }
            let particle = !starts || token.is(&["al", "el", "van", "von", "de", "bin"]);
            if particle
                && NAMES.section("particles").has(&token.low)
                && !token.cap
                && tokens.get(at + 1).is_some_and(|t| {
                    (t.cap
                        || !starts
                            && NAMES.section("particles").has(&t.low)
                            && tokens.get(at + 2).is_some_and(|u| u.cap))
                        && (!starts || t.joined || token.low.len() > 2)
                })
                && (!starts || tokens[at + 1].joined || !token.is(&["al", "el"]))
            {
                at += 1;
                continue;
            }
            break;
        }
        at
    }

    /// Whether a place's name cannot be a part of a person's.
    pub(super) fn certain(&self, place: usize) -> bool {
        let hit = &self.sentence.places[place];
        hit.use_ == PlaceUse::Demonym || hit.government.is_some() || hit.place.level >= PlaceLevel::Region
    }

    /// Whether such a place begins at a token.
    pub(super) fn certain_at(&self, token: usize) -> bool {
        let mut places = self.sentence.places.iter().enumerate();
        places.any(|(i, p)| self.sentence.token_at(p.range.start) == token && self.certain(i))
    }

    /// Whether a hyphen before this word parts two names ("Weir-Okada talks") and does not join one.
    pub(super) fn parts(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let before = &tokens[at - 1];
        if NAMES.section("particles").has(&before.low) {
            return false;
        }
        if self.known.people.contains_key(&text::fold(&tokens[at].low))
            && self.known.people.contains_key(&text::fold(&before.low))
        {
            return true;
        }
        // "A-B talks": a compound of two single names before a lower-case noun, and no first name before it.
        let single = at < 2 || !tokens[at - 2].cap || tokens[at - 2].punct || !self.name_word(at - 2);
        let noun = tokens.get(at + 1).is_some_and(|t| {
            t.is(&[
                "talks",
                "meeting",
                "summit",
                "call",
                "phone",
                "conversation",
                "negotiations",
                "telephone",
                "encounter",
            ]) || t.joined
        });
        single && noun
    }

    /// Whether the capital of a word is a name's.
    pub(super) fn name_word(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let token = &tokens[at];
        // "Sergei A. Weir"
        if at > 0 && tokens[at - 1].cap && token.text.len() == 2 && token.text.ends_with('.') && token.cap {
            return true;
        }
        let contracted = token
            .low
            .split_once('\'')
            .is_some_and(|(head, _)| head.len() > 1 && (ordinary(head) || text::is_stop_word(head)));
        if NAMES.section("never").has(&token.low)
            || contracted
            || token.low.chars().all(|c| !c.is_alphabetic())
        {
            return false;
        }
        let opens = at == 0
            || tokens[at - 1].is(&["\"", ":", "—", ".", "-", "•", "*", "(", "?", "!", "...", "…"])
            || at == 1 && tokens[0].punct;
        // "Antigovernment militants": a capital by its place alone.
        let prefixed =
            |p: &str| token.low.strip_prefix(p).is_some_and(|rest| rest.len() > 3 && ordinary(rest));
        let common = ordinary(&token.low)
            || self.known.lower.contains(&token.low)
            || opens
                && ["anti", "non", "counter", "pro", "multi", "inter", "mid"].iter().any(|p| prefixed(p));
        if opens && rare(&token.low) && !self.known.lower.contains(&token.low) && self.subject(at) {
            return true;
        }
        if opens && common && !self.known.people.contains_key(&text::fold(&token.low)) {
            // "Rice said" is a person only if the article says so elsewhere; "Brown Weir" may be one.
            return tokens.get(at + 1).is_some_and(|t| {
                t.cap
                    && !t.punct
                    && !ordinary(&t.low)
                    && !NAMES.section("never").has(&t.low)
                    && !self.sentence.title_case
            }) && !super::text::is_stop_word(&token.low)
                && !token.low.ends_with("ing")
                && !NAMES.section("openers").has(&token.low);
        }
        if self.sentence.title_case && common {
            return self.known.people.contains_key(&text::fold(&token.low));
        }
        !super::text::is_stop_word(&token.low) || token.text.len() > 3 && !common
    }

    /// Whether what follows a rare word makes it the subject of a headline's verb ("Grouse meets").
    pub(super) fn subject(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let token = &tokens[at];
        let sole = !NAMES.section("offices").has(&token.low)
            && !token.low.ends_with('s')
            && !token.low.ends_with("ing");
        sole && !self.sentence.title_case
            && tokens.get(at + 1).is_some_and(|t| {
                !t.cap
                    && (t.is(&["says", "said", "meets", "met", "to", "and", "'s", "tells", "told"])
                        || t.low.ends_with('s') && ordinary(&t.low) && t.low.len() > 3)
            })
    }
}

/// The part after a hyphen of a Korean or Chinese given name ("Jae-in"), and not of a compound ("-led").
fn given_name_ending(low: &str, two: bool) -> bool {
    low.len() <= 5
        && (two || !ordinary(low))
        && !matches!(
            low,
            "led"
                | "era"
                | "run"
                | "born"
                | "made"
                | "hit"
                | "like"
                | "held"
                | "style"
                | "in"
                | "based"
                | "wide"
                | "elect"
                | "aged"
                | "free"
        )
        || matches!(low, "in" | "un" | "ho" | "hye" | "jin")
}
