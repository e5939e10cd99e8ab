//! Whether the participants of two reports are the same: names, delegations, attacker and target.

use std::collections::BTreeSet;

use super::groups::{is_same, is_unnamed, may_stand_for};
use super::link::Part;
use super::phrases;
use crate::model::{Actor, ActorRole, Development, Mention, Place, PlaceLevel, Status};

/// Likeness of a person and a country, while it is not known for whom the person acts.
pub(super) const MAY_BE: f32 = 0.4;

/// How alike two actors are: 1 the same, less for a person and the state that he acts for.
pub(super) fn alike(a: &Actor, b: &Actor) -> f32 {
    if a.key == b.key {
        return 1.0;
    }
    let same_country = a.country.is_some() && a.country == b.country;
    match (a.role, b.role) {
        (ActorRole::Person, ActorRole::Person) if one_slip(&a.key, &b.key) => 0.9,
        (ActorRole::Person, ActorRole::Person) => 0.0,
        (ActorRole::Body, ActorRole::Body) if one_body(a, b) => 0.9,
        (ActorRole::Group, ActorRole::Group) if same_country => 0.8,
        (ActorRole::Country, ActorRole::Country) if same_country => 1.0,
        (ActorRole::Group, ActorRole::Group) => 0.0,
        // A house of state is less its head than the country is.
        (ActorRole::Person, ActorRole::Body) | (ActorRole::Body, ActorRole::Person) if same_country => 0.5,
        _ if same_country => 0.6,
        // A headline does not say for whom a minister acts.
        (ActorRole::Person, ActorRole::Country | ActorRole::Body) if a.country.is_none() => MAY_BE,
        (ActorRole::Country | ActorRole::Body, ActorRole::Person) if b.country.is_none() => MAY_BE,
        _ => 0.0,
    }
}

/// Two actors, one of which may be a group without a name that stands for the other.
fn alike_or_stands(a: &Actor, b: &Actor) -> f32 {
    const STANDS: f32 = 0.5;
    let stands = is_unnamed(a) && may_stand_for(a, b) || is_unnamed(b) && may_stand_for(b, a);
    alike(a, b).max(if stands { STANDS } else { 0.0 })
}

/// Initials of a name, if it is made of them: "ESF" of "Eastern Salvation Front", in any order of translation.
fn initials(short: &str, long: &str) -> bool {
    let short: Vec<char> = short.chars().filter(|c| *c != '.').collect();
    let mut letters: Vec<char> = long
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
        .collect();
    if short.len() < 3 || short.len() != letters.len() || !short.iter().all(|c| c.is_uppercase()) {
        return false;
    }
    let mut sorted = short.clone();
    sorted.sort_unstable();
    letters.sort_unstable();
    sorted == letters
}

/// A body by its full and its short name: two words at least or its initials, and no other country.
fn one_body(a: &Actor, b: &Actor) -> bool {
    if initials(&a.name, &b.name) || initials(&b.name, &a.name) {
        return true;
    }
    let words = |a: &Actor| -> BTreeSet<String> {
        a.name.split_whitespace().map(|w| any_ascii::any_ascii(w).to_lowercase()).collect()
    };
    let (x, y) = (words(a), words(b));
    let elsewhere = a.country.is_some() && b.country.is_some() && a.country != b.country;
    !elsewhere && x.len().min(y.len()) > 1 && (x.is_subset(&y) || y.is_subset(&x))
}

/// The text names a body that the other side has as a participant, if only by the end of its name.
fn named_in(text: &str, actors: &[Actor]) -> bool {
    let text = text.to_lowercase();
    actors.iter().filter(|a| a.role == ActorRole::Body).any(|a| {
        let words: Vec<&str> = a.name.split_whitespace().collect();
        words.len() > 1 && text.contains(&words[words.len() - 2..].join(" ").to_lowercase())
    })
}

/// The text has the whole name of a body, of two words or more.
fn named_whole(text: &str, actors: &[Actor]) -> bool {
    let text = text.to_lowercase();
    actors
        .iter()
        .any(|a| a.role == ActorRole::Body && a.name.contains(' ') && text.contains(&a.name.to_lowercase()))
}

/// Two long names that differ by one letter or by two letters that changed places.
fn one_slip(a: &str, b: &str) -> bool {
    const LONG: usize = 7;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < LONG || a.len().abs_diff(b.len()) > 1 || a[0] != b[0] {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same_end], &b[..b.len() - same_end]);
    a.len() <= 1 && b.len() <= 1 || a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0]
}

/// The likeliest pairing of the smaller set's actors with the larger's: summed likeness, and who is left.
fn paired<'a>(
    few: &'a [Actor],
    many: &'a [Actor],
    least: f32,
    like: impl Fn(&Actor, &Actor) -> f32,
) -> (f32, Vec<&'a Actor>, Vec<&'a Actor>) {
    let mut left: Vec<&Actor> = few.iter().collect();
    let mut right: Vec<&Actor> = many.iter().collect();
    let mut sum = 0.0;
    for least in [0.9, 0.5, MAY_BE].into_iter().filter(|l| *l >= least) {
        left.retain(|a| {
            let best =
                right.iter().enumerate().map(|(i, b)| (like(a, b), i)).max_by(|x, y| x.0.total_cmp(&y.0));
            match best {
                Some((likeness, i)) if likeness >= least => {
                    sum += likeness;
                    right.remove(i);
                    false
                }
                _ => true,
            }
        });
    }
    (sum, left, right)
}

/// The actors without the countries that a named person stands for.
fn heads(actors: &[Actor]) -> Vec<Actor> {
    let stands_for = |a: &&Actor| {
        a.role == ActorRole::Country
            && actors
                .iter()
                .any(|p| p.role == ActorRole::Person && p.country.is_some() && p.country == a.country)
    };
    actors.iter().filter(|a| !stands_for(a)).cloned().collect()
}

/// The heads, without groups where two that have names are known.
fn parties(actors: &[Actor]) -> Vec<Actor> {
    let mut heads = heads(actors);
    let named = heads.iter().filter(|a| !is_unnamed(a)).count();
    if named > 1 {
        heads.retain(|a| !is_unnamed(a));
    }
    heads
}

/// All participants that either side names are among the other's: then the two may be put together.
pub(super) fn agree(mention: &Mention, facts: &Development) -> bool {
    let (few, many) = (parties(&mention.actors), parties(&facts.actors));
    let (few, many) = if few.len() > many.len() { (many, few) } else { (few, many) };
    let (sum, left, _) = paired(&few, &many, 0.5, alike_or_stands);
    left.is_empty() && sum >= 0.75 * few.len() as f32
}

/// What a person is worth at least who acts for a side of talks of one town and day.
const SIDE: f32 = 0.9;

/// What is known of two reports beside their participants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sure {
    /// Both are of one day that is known.
    pub same_day: bool,
    /// Both are in one town, on days that touch.
    pub there: bool,
    /// The same article tells of both.
    pub here: bool,
    /// How alike their words are.
    pub likeness: f32,
}

/// Whether those of a mention are those of a development.
pub(super) fn participants(mention: &Mention, facts: &Development, sure: Sure) -> Part {
    let Sure { same_day, there, here, likeness } = sure;
    let (mut few, mut many) = (parties(&mention.actors), parties(&facts.actors));
    if few.len() > many.len() {
        std::mem::swap(&mut few, &mut many);
    }
    let (few, many) = (&few, &many);
    if few.is_empty() {
        if named_in(&mention.evidence, &facts.actors) || named_in(&facts.summary, &mention.actors) {
            return Part::is(0.8, "the text names a participant");
        }
        return Part::is(0.55, "no participants named");
    }
    // Only a day that is known lets a minister without a country pass for his country.
    let least = if same_day { MAY_BE } else { 0.5 };
    let (sum, left, right) = paired(few, many, least, alike_or_stands);
    // A member of a delegation whose country takes part on the other side is no stranger, nor is a host or one
    // for whom a group may stand.
    let nameless = |a: &Actor, all: &[Actor]| {
        a.role == ActorRole::Person
            && a.country.is_none()
            && all.iter().any(|g| is_unnamed(g) && may_stand_for(g, a))
    };
    let meant = |a: &Actor| nameless(a, &mention.actors) || nameless(a, &facts.actors);
    // A summit is known by its name, where the other report has nobody by name.
    let by_name = |text: &str, named: &[Actor], others: &[Actor]| {
        let houses = |a: &Actor| matches!(a.role, ActorRole::Group | ActorRole::Body);
        !here && others.iter().all(houses) && named_whole(text, named)
    };
    let by_name = by_name(&mention.evidence, &facts.actors, &mention.actors)
        || by_name(&facts.summary, &mention.actors, &facts.actors);
    let stranger = |a: &&&Actor, others: &[Actor], unpaired: &[&Actor]| {
        a.role != ActorRole::Body
            && !meant(a)
            && a.role != ActorRole::Group
            && !is_host(a, &mention.place)
            && !is_host(a, &facts.place)
            && !others.iter().any(|b| alike_or_stands(a, b) >= 0.5)
            && !unpaired.iter().any(|b| alike(a, b) >= least)
    };
    let unknown_here = left.iter().filter(|a| stranger(a, many, &right)).count();
    let unknown_there = right.iter().filter(|a| stranger(a, few, &left)).count();
    let reason = format!(
        "participants {sum:.1} of {} agree ({} | {})",
        few.len(),
        list(&mention.actors),
        list(&facts.actors)
    );
    // Others besides one side's envoys are another meeting; besides both sides they are more of the same.
    let shared = few.iter().filter(|a| !left.iter().any(|l| std::ptr::eq(*l, *a)));
    let sides: BTreeSet<&str> = shared.filter_map(|a| a.country.as_deref()).collect();
    if unknown_here > 0 && unknown_there > 0 && (sum < 1.5 || sides.len() < 2) {
        return Part::veto(format!("other people: {reason}"));
    }
    let unnamed =
        |actors: &[Actor], place: &Option<Place>| actors.iter().all(|a| is_unnamed(a) || is_host(a, place));
    let open = |a: &Actor| meant(a) || is_host(a, &mention.place) || is_host(a, &facts.place);
    if sum == 0.0 && by_name {
        return Part::is(0.8, format!("the text names a participant: {reason}"));
    }
    if sum == 0.0 && !few.iter().chain(many).any(open) {
        return Part::veto(format!("other participants: {reason}"));
    }
    if sum == 0.0
        || unnamed(few, &mention.place) && unnamed(few, &facts.place)
        || unnamed(many, &mention.place) && unnamed(many, &facts.place)
    {
        // Only the rest tells whom "the two sides" are.
        let same = few.iter().any(|a| many.iter().any(|b| is_same(a, b)));
        let known = if same { 0.6 } else { 0.5 } - if here { 0.15 } else { 0.0 };
        return Part::is((known + 0.9 * likeness).min(1.0), format!("without names: {reason}"));
    }
    let all_paired = same_day && few.len() > 1 && left.is_empty() && right.is_empty();
    let floor = match (all_paired, sum / few.len() as f32) {
        // On one day the persons of two countries are those countries.
        (true, share) if share >= 0.6 => 0.7,
        // An article on the talks of two sides that names two who talked means their envoys.
        (true, _) if here => 0.6,
        _ => 0.0,
    };
    let share = (sum / few.len() as f32).max(floor);
    // What is called off is a plan that is known: one party is enough to tell which.
    let off = facts.status != Status::Occurred
        && (mention.status == Status::Cancelled
            || mention.status == Status::Planned && phrases::is_moved(&mention.evidence));
    if off && left.is_empty() {
        return Part::is(share, format!("called off: {reason}"));
    }
    // One shared name alone is weak: a president meets many. A house by two names is one, and sits once a day.
    let body = few.len() == 1 && few[0].role == ActorRole::Body;
    let by_two_names = body && many.iter().all(|b| alike(&few[0], b) >= 0.5);
    let sits = body && same_day && !is_unnamed(&few[0]) && many.iter().any(|b| alike(&few[0], b) >= 0.9);
    let alone = few.len() == 1 && many.len() > 1 && !by_two_names && !sits;
    // Talks of one town and day of which a headline names one side only are those of both.
    let side = there && !here && alone && few[0].role != ActorRole::Person;
    let value = match alone {
        true if side => 0.8 * share.max(SIDE),
        true => 0.5 * share,
        false => share,
    };
    // Two of nine that a summit had may well have met by themselves.
    let others = right.iter().filter(|a| !few.iter().any(|b| alike(a, b) >= least)).count();
    let value = value * (0.6 + 0.4 * sum / (sum + others as f32));
    Part::is(value, reason)
}

/// The country in which it is, named as if it took part.
fn is_host(actor: &Actor, place: &Option<Place>) -> bool {
    let Some(place) = place else { return false };
    actor.role == ActorRole::Country
        && actor.country.is_some()
        && actor.country == place.country
        && (place.level != PlaceLevel::Country || actor.literal == place.literal)
}

pub(super) fn attack_actors(mention: &Mention, facts: &Development, same_toll: bool) -> Part {
    let (Some(a), Some(b)) = (mention.actors.first(), facts.actors.first()) else {
        return Part::is(0.5, "attacker not named");
    };
    let reason = format!("attacker and target ({} | {})", list(&mention.actors), list(&facts.actors));
    let crossed = |x: &Actor, list: &[Actor]| list.iter().skip(1).any(|y| alike(x, y) == 1.0);
    if mention.actors.len() > 1
        && facts.actors.len() > 1
        && crossed(a, &facts.actors)
        && crossed(b, &mention.actors)
    {
        if same_toll {
            // Of one attack, who did it to whom may be read wrongly.
            return Part::is(0.7, format!("the other way round: {reason}"));
        }
        return Part::veto(format!("the other side attacked: {reason}"));
    }
    let (few, many) = if mention.actors.len() <= facts.actors.len() {
        (&mention.actors, &facts.actors)
    } else {
        (&facts.actors, &mention.actors)
    };
    let (sum, _, _) = paired(few, many, 0.5, alike);
    Part::is(sum / few.len() as f32, reason)
}

fn list(actors: &[Actor]) -> String {
    let shown = |a: &Actor| match (a.role, &a.country) {
        (ActorRole::Person, Some(country)) => format!("{} of {country}", a.name),
        _ => a.name.clone(),
    };
    actors.iter().map(shown).collect::<Vec<_>>().join(", ")
}
