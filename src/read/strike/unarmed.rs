//! What looks like an armed attack and is none: figures of speech, labour, sport, disasters, drills, threats.

use std::ops::Range;

use super::acts::{DOWNED, Said, Trigger};
use super::{WORDS, has};
use crate::read::document::{Document, Sentence};

/// Stretches of a sentence whose listed words are no attack.
pub(super) fn phrases(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let not = WORDS.section("not strikes");
    let tokens = &sentence.tokens;
    let struck = |i: usize| {
        tokens[i].is(&["strike", "strikes", "struck", "striking"])
            && tokens[i + 1..]
                .iter()
                .take(5)
                .take_while(|t| !t.punct)
                .any(|t| WORDS.section("struck").has(&t.low))
    };
    (0..tokens.len())
        .filter_map(|i| not.at(tokens, i).map(|m| i..i + m.len).or_else(|| struck(i).then_some(i..i + 1)))
        .collect()
}

/// Whether the word tells of no armed attack that took place, for what stands about it.
pub(super) fn is_none(said: &Said<'_, '_>, trigger: &Trigger, part: &Range<usize>) -> bool {
    let sentence = said.sentence;
    let tokens = &sentence.tokens;
    let at = trigger.words.start;
    if trigger.rule == DOWNED {
        // "weapons to shoot down jets": a purpose.
        if at > 0 && tokens[at - 1].low == "to" && tokens[at].is(&["shoot", "down", "bring"]) {
            return true;
        }
        let before = at.saturating_sub(6).max(part.start)..at;
        // That one side claims a hit is what it says, and no event yet.
        let claimed = tokens[at.saturating_sub(14)..at].iter().any(|t| {
            t.low.starts_with("claim")
                || t.low.starts_with("alleg")
                || t.is(&["assertion", "boasted", "boasts"])
        });
        return claimed || has(sentence, "exercise") || WORDS.section("threat").any(tokens, before);
    }
    let all = 0..tokens.len();
    let arms = WORDS.section("weapons").any(tokens, all.clone());
    if claimed(sentence, part, at) || titled(sentence, at) || fiction(sentence) {
        return true;
    }
    // "fell short during an exercise": an accident.
    let drilled = (0..tokens.len()).any(|i| {
        tokens[i].is(&["during", "in"])
            && tokens.get(i + 1).is_some_and(|t| t.is(&["a", "an", "the", "military", "army", "naval"]))
            && (i + 2..(i + 5).min(tokens.len()))
                .any(|j| tokens[j].is(&["exercise", "exercises", "drill", "drills", "manoeuvres"]))
            || tokens[i].low == "during"
                && (i + 1..(i + 4).min(tokens.len()))
                    .any(|j| tokens[j].is(&["training", "exercise", "exercises", "drill", "drills"]))
    });
    if drilled || feigned(sentence) {
        return true;
    }
    let staged = trigger.rule.starts_with("armed") && !said.hurt || has(sentence, "exercise");
    if said.armed.exercise && staged {
        return true;
    }
    let by_itself = trigger.rule.starts_with("armed") && !said.forces;
    if said.armed.sport || said.armed.disaster && by_itself && !arms {
        return true;
    }
    let gas = tokens[at].is(&["blast", "blasts", "explosion", "explosions", "exploded"])
        && tokens.iter().any(|t| t.is(&["gas", "boiler", "fireworks"]))
        && !said.other("weapons", 0..tokens.len(), &trigger.words);
    // "Rebels say 60 soldiers killed; army denies": one side's word against the other's.
    let against = sentence.title
        && tokens.iter().any(|t| t.is(&["say", "says", "claim", "claims"]))
        && tokens.iter().any(|t| t.is(&["deny", "denies", "denied", "disputes"]));
    if gas || against {
        return true;
    }
    let phrased = !phrases(sentence).is_empty();
    if phrased && trigger.rule == "armed verb" && !arms {
        return true;
    }
    if has(sentence, "labour") && tokens[at].is(&["strike", "strikes", "struck"]) && !arms {
        return true;
    }
    // A bomb that is the event itself is no sign of arms.
    let armed = said.other("weapons", all, &trigger.words);
    if tokens[at].low.starts_with("bomb") && has(sentence, "shows") && !armed && !said.forces && !said.hurt {
        return true;
    }
    if has(sentence, "sport") && !armed && !said.hurt || has(sentence, "exercise") && !said.hurt {
        return true;
    }
    // "gunmen storm hotel" is no weather.
    let disaster = said.other("disaster", 0..tokens.len(), &trigger.words);
    if disaster && !(trigger.rule == "attack noun" && said.forces) {
        return true;
    }
    if unreal(sentence, part, at) && !(said.hurt && said.toll()) {
        return true;
    }
    let itself = trigger.rule != "attack noun" && WORDS.section("weapons").at(tokens, at).is_some()
        || tokens[at].is(&["fired", "fires", "launched", "launches"]);
    if itself && !said.hurt && (has(sentence, "intercept") || !aimed(sentence, trigger.words.end)) {
        return true;
    }
    if said.armed.launch && !said.hurt && (itself || trigger.rule == "armed verb") {
        return true;
    }
    // What one side says of the other, and the other calls invented, has not been seen to happen.
    if tokens.iter().any(|t| t.is(&["allegation", "allegations", "fabrication", "fabricated"])) {
        return true;
    }
    let claims = (at.saturating_sub(8).max(part.start)..at).any(|i| {
        tokens[i].is(&["claimed", "claims", "claiming"])
            && tokens[i + 1].is(&["to", "that", "it", "its", "they", "he"])
    });
    if claims && !said.toll() {
        return true;
    }
    let before = &tokens[at.saturating_sub(12).max(part.start)..at];
    if before.iter().any(|t| t.is(&["accused", "accuses", "accusing"])) {
        return true;
    }
    // "guns that are fired": a habit, or a rule.
    if !sentence.title && !trigger.noun() && at > 0 && tokens[at - 1].is(&["are", "is"]) {
        return true;
    }
    let boasts = (at.saturating_sub(16).max(part.start)..at).any(|i| {
        tokens[i].is(&["boasted", "boasts", "bragged", "brags"])
            && tokens[i..=at].iter().any(|t| t.is(&["that", "had", "have", "having"]))
    });
    if boasts && !said.toll() {
        return true;
    }
    let shown = (0..tokens.len()).filter(|&i| WORDS.section("shows").at(tokens, i).is_some()).count() > 1;
    if shown && !said.hurt {
        return true;
    }
    let played = tokens.iter().any(|t| t.is(&["film", "movie", "novel", "sequel", "comedy", "musical"]));
    if played && !said.toll() || said.armed.launch && has(sentence, "exercise") {
        return true;
    }
    let unarmed = |t: &crate::read::document::Token<'_>| WORDS.section("unarmed").has(&t.low);
    if trigger.rule.starts_with("armed") && tokens[at.saturating_sub(3)..at].iter().any(unarmed) {
        return true;
    }
    // "Six people shot dead at a rally": the crowd is the target.
    let shot = trigger.rule == "attack verb"
        || tokens
            .iter()
            .any(|t| t.is(&["shot", "shoot", "shoots", "shooting", "gunned", "gunfire", "gunmen"]));
    if has(sentence, "protest") && !arms && !(shot && said.deaths()) {
        return true;
    }
    let negated = tokens[at.saturating_sub(2)..at].iter().any(|t| {
        t.is(&[
            "no",
            "not",
            "never",
            "n't",
            "denied",
            "denies",
            "without",
            "any",
            "future",
            "possible",
            "potential",
            "unexploded",
            "defused",
            "dud",
        ])
    });
    // "arms to strike at": a purpose, though the word is a noun's too.
    let purpose = trigger.rule == "armed noun"
        && at > 0
        && tokens[at - 1].low == "to"
        && tokens[at].is(&["strike", "attack", "raid", "bomb", "shell", "fire", "blast", "battle", "clash"]);
    if purpose {
        return true;
    }
    let police = tokens[at.saturating_sub(4)..at].iter().any(|t| t.is(&["police", "detectives", "agents"]));
    if trigger.lemma == "raid" && police && !arms && !said.hurt {
        return true;
    }
    let denied = tokens[at.saturating_sub(4)..at].iter().any(|t| t.is(&["denied", "denies", "denying"]));
    let any = trigger.noun() && tokens[at.saturating_sub(4)..at].iter().any(|t| t.low == "any");
    let alleged =
        trigger.noun() && !said.toll() && tokens[at.saturating_sub(4)..at].iter().any(|t| t.low == "alleged");
    negated
        || denied
        || alleged
        || any
        || !sentence.prominent() && WORDS.section("doubted").any(tokens, at.saturating_sub(5)..at)
}

/// One side's word that stands alone: "claimed to have killed", "an allegation the army dismissed".
fn claimed(sentence: &Sentence<'_>, part: &Range<usize>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let to_have = WORDS.section("claims").any(tokens, at.saturating_sub(8).max(part.start)..at);
    let belied = tokens[at..].iter().any(|t| t.is(&["fabrication", "fabricated", "invented", "untrue"]))
        && !tokens.iter().any(|t| t.low.starts_with("confirm"));
    let contested = (at..tokens.len()).any(|i| {
        tokens[i].is(&["allegation", "accusation", "claim", "charge", "report"])
            && i > 1
            && tokens[i - 1].is(&["an", "a"])
            && tokens[i - 2].punct
            && tokens[i..]
                .iter()
                .take(10)
                .any(|t| t.is(&["dismissed", "denied", "denies", "rejected", "rejects", "disputed"]))
    });
    // "claimed on Monday to have killed 60 in an ambush"
    let apart = (at.saturating_sub(14).max(part.start)..at).any(|i| {
        tokens[i].is(&["claimed", "claims", "claiming", "boasted"])
            && (i + 1..(i + 6).min(at))
                .any(|j| tokens[j].low == "to" && tokens.get(j + 1).is_some_and(|t| t.low == "have"))
    });
    to_have || apart || contested || belied
}

/// "40 ‘casualties’ as jets bomb the port": between quotes they are played.
fn feigned(sentence: &Sentence<'_>) -> bool {
    let tokens = &sentence.tokens;
    let quote = |i: usize| tokens.get(i).is_some_and(|t| t.is(&["\"", "“", "”", "‘", "’", "'"]));
    (1..tokens.len()).any(|i| {
        quote(i - 1)
            && quote(i + 1)
            && tokens[i].is(&[
                "casualties",
                "killed",
                "wounded",
                "injured",
                "dead",
                "died",
                "victims",
                "deaths",
            ])
    })
}

/// "The film contains missiles": what a work of fiction shows.
fn fiction(sentence: &Sentence<'_>) -> bool {
    sentence.tokens.iter().take(4).any(|t| {
        t.is(&["film", "movie", "novel", "play", "musical", "opera", "thriller", "episode", "documentary"])
    })
}

/// Whether the next sentence takes away what this one says: "The rebels denied it."
pub(super) fn denied_next(doc: &Document<'_>, nth: usize) -> bool {
    let said = doc.sentences.get(nth).is_some_and(|s| {
        s.tokens.iter().any(|t| t.is(&["announced", "claimed", "said", "reported", "boasted"]))
    });
    let head = doc.sentences.get(nth + 1).map_or(&[][..], |s| &s.tokens[..s.tokens.len().min(8)]);
    said && head.windows(2).any(|w| {
        w[0].is(&["denied", "dismissed", "rejected", "disputed"]) && w[1].is(&["it", "this", "that", "the"])
    }) && !head.iter().any(|t| t.is(&["responsibility", "involvement", "role"]))
}

/// Whether the words are the title of a work: ‘Missile Attack’ among words in small letters.
fn titled(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let quote = |t: &crate::read::document::Token<'_>| t.is(&["\"", "“", "”", "‘", "’", "'"]);
    let capitals = |t: &&crate::read::document::Token<'_>| t.cap && !t.punct;
    let before = tokens[..at].iter().rev().take_while(capitals).count();
    let after = tokens[at..].iter().take_while(capitals).count();
    !sentence.title_case
        && before + after > 1
        && before + after < 7
        && at.checked_sub(before + 1).is_some_and(|i| quote(&tokens[i]))
        && tokens.get(at + after).is_some_and(quote)
}

/// Whether a sentence on something else only names the attack: "an inquiry into the shelling", "put off after the
/// raid".
pub(super) fn alluded(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    let tokens = &sentence.tokens;
    let before = &tokens[trigger.words.start.saturating_sub(5)..trigger.words.start];
    let after = before.iter().position(|t| t.is(&["after", "following", "since", "despite"]));
    let the = after.is_some_and(|i| before.get(i + 1).is_some_and(|t| t.is(&["the", "that", "this"])));
    trigger.noun() && (led_by(sentence, trigger, "alludes") || the && !sentence.prominent())
}

/// Whether a headline on something else names it as the reason: "visit called off after school shelling".
pub(super) fn alluded_in_title(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    let at = trigger.words.start;
    let led = (at.saturating_sub(4)..at).any(|i| {
        i > 2
            && sentence.tokens[i].is(&["after", "following", "over", "amid", "despite"])
            && sentence.tokens[i + 1..at].iter().all(|t| !t.punct)
    });
    sentence.title && trigger.noun() && led
}

/// Whether a court tried somebody for it.
pub(super) fn tried(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    trigger.noun() && led_by(sentence, trigger, "tried for")
}

fn led_by(sentence: &Sentence<'_>, trigger: &Trigger, section: &str) -> bool {
    let tokens = &sentence.tokens;
    let at = trigger.words.start;
    (at.saturating_sub(7)..at).any(|i| {
        WORDS
            .section(section)
            .at(tokens, i)
            .is_some_and(|m| i + m.len <= at && tokens[i + m.len..at].iter().all(|t| !t.punct))
    })
}

/// Threatened, planned, prevented or only intercepted.
fn unreal(sentence: &Sentence<'_>, part: &Range<usize>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let before = at.saturating_sub(6).max(part.start)..at;
    WORDS.section("threat").any(tokens, before.clone())
        || WORDS.section("intercept").any(tokens, before.start..(at + 3).min(tokens.len()))
}

/// Whether something is fired at somebody or somewhere, or many at once ("fired 100 rockets").
fn aimed(sentence: &Sentence<'_>, from: usize) -> bool {
    let tokens = &sentence.tokens;
    let until = (from + 6).min(tokens.len());
    let volley = (from..until).any(|i| {
        tokens[i].text.starts_with(|c: char| c.is_ascii_digit())
            || tokens[i].is(&["dozens", "hundreds", "scores", "barrage"])
    }) && (from..until)
        .any(|i| tokens[i].low.ends_with('s') && WORDS.section("weapons").has(&tokens[i].low));
    volley
        || tokens.iter().skip(from).take(10).take_while(|t| !t.is(&["said", "says", "”", "\""])).any(|t| {
            t.is(&[
                "at",
                "on",
                "against",
                "into",
                "toward",
                "towards",
                "near",
                "hit",
                "hits",
                "struck",
                "strikes",
                "targeting",
                "across",
                "in",
                "landed",
            ])
        })
}

/// Whether an attack is only referred to: "anger over the shelling", "talks in the shadow of an ambush".
pub(super) fn referred(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    let tokens = &sentence.tokens;
    let at = trigger.words.start;
    let before = (at.saturating_sub(5)..at).rev().find(|&i| {
        tokens[i].punct
            || tokens[i].is(&[
                "over",
                "for",
                "about",
                "amid",
                "despite",
                "of",
                "by",
                "after",
                "in",
                "on",
                "with",
                "from",
                "following",
            ])
    });
    let Some(i) = before.filter(|_| trigger.noun()) else { return false };
    let moved = |t: &crate::read::document::Token<'_>| {
        t.is(&[
            "spurred",
            "prompted",
            "sparked",
            "triggered",
            "shaken",
            "overshadowed",
            "shadow",
            "wake",
            "aftermath",
            "anger",
            "blame",
            "inquiry",
            "outrage",
        ])
    };
    tokens[i].is(&["over", "about", "amid", "despite"])
        || tokens[i].is(&["of", "by", "for"]) && i > 0 && moved(&tokens[i - 1])
}

/// Whether an attack is told and not just spoken of: it has an attacker, a target or a verb of its own.
pub(super) fn predicated(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    use crate::model::ActorRole;
    use crate::read::names::Stands;
    let tokens = &sentence.tokens;
    let after = tokens.get(words.end).is_some_and(|t| {
        t.is(&["on", "in", "at", "against", "near", "outside", "targeting", "aimed", "by", "of"])
    });
    let acts = (words.end..(words.end + 5).min(tokens.len()))
        .any(|i| ["verbs weak", "verbs strong"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some()));
    let whose = sentence.names.iter().any(|n| {
        n.last <= words.start
            && n.last + 3 > words.start
            && n.stands != Stands::Media
            && n.actor.role != ActorRole::Person
    });
    let done = tokens[words.start.saturating_sub(5)..words.start].iter().any(|t| {
        t.is(&["launched", "carried", "conducted", "mounted", "killed", "wounded", "injured", "under", "by"])
    });
    after || acts || whose || done
}
