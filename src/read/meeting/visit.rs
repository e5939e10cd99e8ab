//! A guest's visit to a country is a meeting with the host: "A arrives in Nova on a state visit".

use super::WORDS;
use super::cast::Cast;
use super::mood::Mood;
use super::part;
use super::party::Sort;
use super::setting;
use crate::model::{ActorRole, Kind, Mention, Status};
use crate::read::document::Document;
use crate::read::frame;
use crate::read::gazetteer;
use crate::read::names;
use crate::read::places::PlaceUse;

/// The visit told at a token.
pub fn find(doc: &Document<'_>, cast: &Cast<'_, '_>, at: usize) -> Option<Mention> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let found = WORDS.section("visits").at(tokens, at);
    let after_country = tokens[at].low == "visit"
        && sentence.title
        && at > 0
        && sentence.name_at(at - 1).is_some_and(|n| n.actor.role == ActorRole::Country);
    if found.is_none() && !after_country || !sentence.prominent() {
        return None;
    }
    let clause = frame::clause(sentence, at);
    let guests = cast.parties.iter().filter(|p| p.last <= at && p.sort != Sort::Role);
    let mut guests = guests.flat_map(|p| &p.actors);
    let guest = guests.find(|a| a.role == ActorRole::Person || a.literal.contains(' '))?.clone();
    let bare = sentence
        .places
        .iter()
        .rfind(|p| p.use_ == PlaceUse::Bare && sentence.token_at(p.range.end.saturating_sub(1)) + 1 == at)
        .map(|p| p.place.clone());
    let place = bare.or_else(|| frame::place(sentence, &clause.range, at, false))?;
    let host = gazetteer::country_by_code(place.country.as_deref()?)?;
    if guest.country.as_deref() == Some(host.code) {
        return None;
    }
    let before = &tokens[clause.range.start..at];
    let begun = before.iter().any(|t| {
        t.is(&[
            "arrives", "arrived", "begins", "began", "starts", "started", "kicks", "kicked", "ends", "ended",
            "wraps",
        ])
    });
    let planned = !begun
        && before.iter().any(|t| t.is(&["to", "will", "plans", "due", "set", "planned", "may", "expected"]));
    let off = clause.range.clone().any(|i| i < at && WORDS.section("verbs off").at(tokens, i).is_some());
    let (status, mood) = if off {
        (Status::Cancelled, Mood::Off)
    } else if planned {
        (Status::Planned, Mood::Planned)
    } else {
        (Status::Occurred, Mood::Done)
    };
    let mut mention = frame::mention(Kind::MEETING, status, sentence, &clause.range, at, "visit");
    mention.actors = vec![guest, names::country_actor(host, place.literal.clone())];
    let told = part::of(sentence, &clause.range, &(at..at + 1));
    mention.when =
        setting::when(doc, sentence, &told, at, mood).or_else(|| (!planned).then(|| frame::today(doc)));
    mention.place = Some(place);
    Some(mention)
}
