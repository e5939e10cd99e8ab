//! What an article has told of meetings so far: whom "he" and "the two" mean, and which meeting "the talks" are.

use super::cast::Cast;
use super::house;
use super::party::Sort;
use super::telling::{Manner, Told};
use crate::model::{Actor, ActorRole, Mention, PlaceLevel, Status};
use crate::read::frame;

/// The meetings of an article as it is read, and those who were spoken of last.
#[derive(Default)]
pub struct Thread {
    /// The meetings found.
    pub found: Vec<Mention>,
    /// How each came about.
    manners: Vec<Manner>,
    /// The person spoken of last as a subject.
    pub person: Option<Actor>,
    /// Those who met last, or were named together last.
    pub pair: Vec<Actor>,
    /// The two states named together last.
    pub states: Vec<Actor>,
    /// The houses named in full.
    pub houses: Vec<Actor>,
    /// Those who are told to have met, or to be about to.
    pub met: Vec<Actor>,
}

impl Thread {
    /// Adds a telling: a new meeting, or more of one told before.
    pub fn add(&mut self, told: Told) {
        let Told { mut mention, whole, definite, moved, summit, silent, again, apart, manner } = told;
        if again && mention.actors.is_empty() {
            mention.actors.clone_from(&self.met);
        }
        // "Talks put off", and then to which day.
        if moved
            && let Some(off) = self.found.iter_mut().rfind(|known| {
                known.status == Status::Cancelled && known.when.is_none() && shared(known, &mention) > 0
            })
        {
            off.status = Status::Planned;
        }
        let fits = |(known, m): (&Mention, &Manner)| {
            (*m == manner || definite && manner != Manner::Phone || *m == Manner::House || manner == Manner::House)
                && same(known, &mention, definite)
                && !(apart && !definite && others(known, &mention))
                // "the summit" is none of the talks of two beside it.
                && !(definite && summit && known.actors.len() == 2 && !known.prominent)
        };
        // The last that fits, and rather one without strangers.
        let mut known = None;
        for (at, pair) in self.found.iter().zip(&self.manners).enumerate().rev() {
            if fits(pair) && (known.is_none() || !others(pair.0, &mention)) {
                known = Some(at);
                if !others(pair.0, &mention) {
                    break;
                }
            }
        }
        let at = match known {
            Some(at) => {
                let held = definite && !silent && mention.status == Status::Occurred;
                let known = &mut self.found[at];
                let told = (known.evidence.clone(), known.rule.clone());
                let past = known.background && known.when.is_some() && !mention.prominent;
                let past = past && mention.when.as_ref().is_none_or(|w| w.literal.is_empty());
                frame::join(known, mention);
                known.background |= past;
                if definite {
                    (known.evidence, known.rule) = told;
                }
                if held && known.status == Status::Planned {
                    known.status = Status::Occurred;
                }
                at
            }
            None if whole => {
                self.found.push(mention);
                self.manners.push(manner);
                self.found.len() - 1
            }
            None => return,
        };
        if self.found[at].actors.len() > 1 {
            self.pair.clone_from(&self.found[at].actors);
            self.met.clone_from(&self.found[at].actors);
        }
    }

    /// Keeps whom a sentence speaks of, for the pronouns of the next.
    pub fn heard(&mut self, cast: &Cast<'_, '_>) {
        for house in house::heard(cast) {
            self.houses.retain(|known| known.key != house.key);
            self.houses.push(house);
        }
        let states = cast.parties.iter().filter(|p| p.sort == Sort::Named).flat_map(|p| &p.actors);
        let mut two: Vec<Actor> = Vec::new();
        for state in states.filter(|a| a.role == ActorRole::Country) {
            frame::push(&mut two, state.clone());
        }
        if two.len() == 2 {
            self.states = two;
        }
        // "The rebel mayor told reporters. He has spoken to B": one without a name is "he" until another has one.
        let role =
            cast.parties.iter().find(|p| p.sort == Sort::Role && !p.plural).and_then(|p| p.actors.first());
        if self.person.as_ref().is_none_or(|a| a.role == ActorRole::Group)
            && role.is_some()
            && !cast.sentence.title
        {
            self.person = role.cloned();
        }
        let person = |a: &&Actor| a.role == ActorRole::Person;
        let mut persons =
            cast.parties.iter().filter(|p| p.sort == Sort::Named).flat_map(|p| &p.actors).filter(person);
        if let Some(first) = persons.next() {
            self.person = Some(first.clone());
            if self.pair.is_empty()
                && let Some(second) = persons.next()
            {
                self.pair = vec![first.clone(), second.clone()];
            }
        }
    }
}

/// Whether two mentions of one article tell of one meeting; `definite`: the second is spoken of as known.
fn same(a: &Mention, b: &Mention, definite: bool) -> bool {
    let exact = |m: &Mention| m.when.as_ref().is_some_and(|w| !w.literal.is_empty());
    if !frame::places_agree(a.place.as_ref(), b.place.as_ref())
        || !frame::days_agree(a.when.as_ref(), b.when.as_ref())
    {
        return false;
    }
    let both = exact(a) && exact(b);
    let told_on = a.status != b.status && !both;
    let shared = shared(a, b);
    let few = a.actors.len().min(b.actors.len());
    if definite {
        // "The talks were useful" says nothing of a round on a day to come.
        let held = b.status == Status::Occurred && !(a.status == Status::Planned && exact(a));
        return (few == 0 || shared > 0) && (!told_on || held);
    }
    // "Met on Thursday, a day before talks": one held, one to come.
    let apart = both
        && a.status != b.status
        && a.when.as_ref().zip(b.when.as_ref()).is_some_and(|(x, y)| x.to < y.from || y.to < x.from);
    if told_on || apart {
        return false;
    }
    if few == 0 {
        return true;
    }
    // "Chad to talk to Niger and Mali. Its envoy will meet Okada in Lima": a state that neither acts for is left out.
    let states = |m: &Mention| m.actors.iter().filter(|x| x.role == ActorRole::Country).count();
    let persons = |m: &Mention| m.actors.iter().all(|x| x.role == ActorRole::Person);
    if (states(a) > 2 && persons(b) || states(b) > 2 && persons(a)) && shared < states(a).max(states(b)) {
        return false;
    }
    let placed = a
        .place
        .as_ref()
        .zip(b.place.as_ref())
        .is_some_and(|(x, y)| x.level < PlaceLevel::Country && y.level < PlaceLevel::Country);
    // A headline's "minister and union chief" are the two whom the lead names.
    let unnamed = |m: &Mention| m.actors.iter().all(|x| x.role == ActorRole::Group && x.country.is_none());
    let somewhere = a.place.is_some() && b.place.is_some() && !both;
    // An article calls off one meeting, by several names.
    let off = a.status == Status::Cancelled && b.status == Status::Cancelled;
    let offices = |m: &Mention| m.actors.iter().all(|x| x.role != ActorRole::Person);
    if off && (shared > 0 || offices(a) || offices(b)) {
        return true;
    }
    let plan = a.status == Status::Planned
        && a.when.as_ref().zip(b.when.as_ref()).is_some_and(|(x, y)| {
            both && (x.from <= y.from && y.to <= x.to || y.from <= x.from && x.to <= y.to)
        });
    if plan
        && (unnamed(a) || unnamed(b))
        && a.actors.iter().chain(&b.actors).all(|x| x.role != ActorRole::Person)
    {
        return true;
    }
    if (unnamed(a) || unnamed(b)) && (a.prominent && b.prominent || somewhere) {
        return true;
    }
    // "A Kenyan envoy met the junta's chief. Tom Ferro, a retired judge, met General Okada": named later.
    let vague = a.actors.iter().all(|x| x.role != ActorRole::Person);
    let naming = b.actors.iter().all(|x| {
        x.role == ActorRole::Person
            && (x.country.is_none() || a.actors.iter().any(|y| y.country == x.country))
    });
    if a.prominent
        && b.prominent
        && a.status == b.status
        && vague
        && naming
        && a.actors.len() == b.actors.len()
    {
        return true;
    }
    if a.prominent && b.prominent && vague && shared > 0 && shared >= states(a).min(b.actors.len()) {
        return true;
    }
    shared == few && (shared > 1 || placed || few == 1 && a.prominent && b.prominent || both)
        || shared >= 2
        || placed && both && shared >= 1
        || placed && both
        || shared >= 1 && told_of_alike(a, b)
}

/// Whether a named person takes part in the one who is not in the other.
fn others(known: &Mention, new: &Mention) -> bool {
    known.actors.len() > 1
        && new
            .actors
            .iter()
            .any(|x| x.role == ActorRole::Person && known.actors.iter().all(|y| y.key != x.key))
}

/// Whether all persons of the one are among the other's, and only bodies and groups are left over.
fn told_of_alike(a: &Mention, b: &Mention) -> bool {
    let (few, many) = if a.actors.len() <= b.actors.len() { (a, b) } else { (b, a) };
    few.actors.iter().all(|x| {
        many.actors.iter().any(|y| x.key == y.key) || matches!(x.role, ActorRole::Body | ActorRole::Group)
    })
}

/// How many of the one's parties are among the other's; a country covers who acts for it.
fn shared(a: &Mention, b: &Mention) -> usize {
    let covers = |x: &Actor, y: &Actor| {
        x.key == y.key
            || x.country.is_some()
                && x.country == y.country
                && (x.role != ActorRole::Person || y.role != ActorRole::Person)
    };
    let (few, many) = if a.actors.len() <= b.actors.len() { (a, b) } else { (b, a) };
    few.actors.iter().filter(|x| many.actors.iter().any(|y| covers(x, y))).count()
}
