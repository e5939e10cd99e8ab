//! Groups without a name of their own ("the two sides", "rebels", "the foreign ministers"): for whom they may stand.
//!
//! A group never is somebody else than the parties that are named elsewhere, unless its sort says so: rebels are
//! no state, presidents are no foreign ministers, a union is no army.

use crate::model::{Actor, ActorRole, Mention, Shape};

/// What a group may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Whoever takes part: sides, delegations, leaders.
    Any,
    /// Those who act for a state: ministers, generals, a government.
    State,
    /// Those who fight one.
    Armed,
    /// Anything else: known by its words only.
    Other,
}

/// An actor that its text does not name: a group, or a house without a country.
pub(super) fn is_unnamed(actor: &Actor) -> bool {
    match actor.role {
        ActorRole::Group => true,
        ActorRole::Body => actor.country.is_none() && actor.name.chars().all(|c| !c.is_uppercase()),
        ActorRole::Person | ActorRole::Country => false,
    }
}

/// Whether a group may stand for an actor, named or not.
pub(super) fn may_stand_for(group: &Actor, actor: &Actor) -> bool {
    if group.country.is_some() && actor.country.is_some() {
        return group.country == actor.country;
    }
    let (sort, shared) = (sort(group), shares_a_word(group, actor));
    if is_unnamed(actor) {
        let other = self::sort(actor);
        return match (sort, other) {
            (Sort::Any, _) | (_, Sort::Any) => true,
            (Sort::State, Sort::State) | (Sort::Other, Sort::Other) => within(group, actor),
            (Sort::Armed, Sort::Armed) => true,
            _ => false,
        };
    }
    match (sort, actor.role) {
        (Sort::Any, _) | (_, ActorRole::Person) => true,
        (Sort::State, ActorRole::Country) => true,
        (Sort::State, _) => actor.country.is_some() || shared,
        (Sort::Armed, ActorRole::Body) => true,
        (Sort::Armed, _) => false,
        (Sort::Other, ActorRole::Country) => false,
        // "The executive council" is no Security Council.
        (Sort::Other, ActorRole::Body) if group.role == ActorRole::Body => within(group, actor),
        (Sort::Other, _) => shared,
    }
}

/// The same group by the same words, or by fewer.
pub(super) fn is_same(a: &Actor, b: &Actor) -> bool {
    is_unnamed(a) && is_unnamed(b) && sort(a) != Sort::Any && within(a, b)
}

/// Gives a group that its sentence speaks of beside two countries these countries: "A and B agreed that their
/// ministers would meet".
pub(super) fn give_parties(mentions: &mut [Mention]) {
    let states: Vec<(String, Vec<Actor>)> = mentions
        .iter()
        .filter(|m| m.kind.spec().shape == Shape::Parties)
        .map(|m| {
            (m.evidence.clone(), m.actors.iter().filter(|a| a.role == ActorRole::Country).cloned().collect())
        })
        .filter(|(_, states): &(String, Vec<Actor>)| states.len() == 2)
        .collect();
    for mention in mentions.iter_mut().filter(|m| m.kind.spec().shape == Shape::Parties) {
        let theirs = |a: &Actor| is_unnamed(a) && matches!(sort(a), Sort::State | Sort::Any);
        if !mention.actors.is_empty()
            && mention.actors.iter().all(theirs)
            && let Some((_, parties)) = states.iter().find(|(evidence, _)| *evidence == mention.evidence)
        {
            mention.actors.extend(parties.iter().cloned());
        }
    }
}

fn sort(group: &Actor) -> Sort {
    const ARMED: [&str; 10] = [
        "rebel",
        "insurgen",
        "separatis",
        "militan",
        "guerrilla",
        "militia",
        "gunm",
        "fighter",
        "jihadi",
        "insurrec",
    ];
    const STATE: [&str; 36] = [
        "government",
        "minister",
        "president",
        "premier",
        "cabinet",
        "ministry",
        "ministrie",
        "authority",
        "authoritie",
        "army",
        "armie",
        "general",
        "commander",
        "military",
        "diplomat",
        "envoy",
        "ambassador",
        "monarch",
        "king",
        "chancellor",
        "state",
        "capital",
        "defence",
        "defense",
        "foreign",
        "trade",
        "transport",
        "operation",
        "intelligence",
        "security",
        "border",
        "naval",
        "staff",
        "officer",
        "force",
        "police",
    ];
    const ANY: [&str; 26] = [
        "side",
        "party",
        "partie",
        "delegate",
        "delegation",
        "negotiator",
        "leader",
        "team",
        "representative",
        "official",
        "country",
        "countrie",
        "nation",
        "rival",
        "foe",
        "neighbour",
        "neighbor",
        "bloc",
        "counterpart",
        "mediator",
        "power",
        "head",
        "chief",
        "men",
        "group",
        "allie",
    ];
    let words = words(group);
    let of = |list: &[&str], word: &String| list.contains(&word.as_str());
    if words.iter().any(|w| ARMED.iter().any(|stem| w.starts_with(stem))) {
        Sort::Armed
    } else if words.iter().any(|w| of(&STATE, w)) {
        Sort::State
    } else if words.iter().all(|w| of(&ANY, w)) {
        Sort::Any
    } else {
        Sort::Other
    }
}

/// The words that tell which group it is: no numbers, no names of wider areas.
fn words(actor: &Actor) -> Vec<String> {
    const COUNTS: [&str; 14] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "main",
        "both", "the",
    ];
    let plain = |w: &&str| w.starts_with(char::is_lowercase) || actor.role != ActorRole::Group;
    actor
        .name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .filter(plain)
        .map(|w| any_ascii::any_ascii(w).to_lowercase())
        .filter(|w| !COUNTS.contains(&w.as_str()))
        .map(|w| w.strip_suffix('s').map(str::to_owned).unwrap_or(w))
        .collect()
}

fn shares_a_word(a: &Actor, b: &Actor) -> bool {
    let (a, b) = (words(a), words(b));
    a.iter().any(|w| w.len() > 3 && b.contains(w))
}

/// The words of one are among those of the other.
fn within(a: &Actor, b: &Actor) -> bool {
    let (a, b) = (words(a), words(b));
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !few.is_empty() && few.iter().all(|w| many.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(name: &str, role: ActorRole, country: Option<&str>) -> Actor {
        Actor {
            name: name.into(),
            key: name.to_lowercase(),
            role,
            country: country.map(str::to_owned),
            literal: name.into(),
        }
    }

    fn group(name: &str) -> Actor {
        actor(name, ActorRole::Group, None)
    }

    #[test]
    fn a_group_stands_for_its_like() {
        let state = actor("Norway", ActorRole::Country, Some("NO"));
        let front = actor("Lisse Salvation Front", ActorRole::Body, None);
        let union = actor("United Ferry Union", ActorRole::Body, None);
        assert!(may_stand_for(&group("government"), &state));
        assert!(may_stand_for(&group("rebels"), &front));
        assert!(may_stand_for(&group("two sides"), &front));
        assert!(may_stand_for(&group("ferry union chief"), &union));
        assert!(!may_stand_for(&group("rebels"), &state));
        assert!(!may_stand_for(&group("pastors"), &front));
    }

    #[test]
    fn groups_of_other_offices_are_others() {
        assert!(may_stand_for(&group("ministers"), &group("trade ministers")));
        assert!(!may_stand_for(&group("presidents"), &group("foreign ministers")));
        assert!(!may_stand_for(&group("government"), &group("rebels")));
        assert!(is_same(&group("nine candidates"), &group("presidential candidates")));
    }
}
