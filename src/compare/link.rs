//! Whether a mention and a development are one event: a score over actors, place, date, tolls and words.
//!
//! Each kind weighs them its own way. A conflict (another city, another week, other people) is a veto: no
//! agreement elsewhere outweighs it. The reasons are kept, so that a wrong link can be traced.

use std::collections::{BTreeSet, HashMap};

use super::{Context, Known, Span, TollField, is_background};
use crate::model::{Actor, ActorRole, Development, Kind, Mention, Place, PlaceLevel, Status};

/// From this score on a mention belongs to a development.
const LINKS: f32 = 0.6;
/// What the same article says twice needs less: a text seldom tells two such events without parting them.
const LINKS_HERE: f32 = 0.52;

/// How well a mention fits a development.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// 0 to 1; 0 after a veto.
    pub score: f32,
    needs: f32,
    vetoed: bool,
    reasons: Vec<String>,
}

impl Fit {
    pub fn links(&self) -> bool {
        !self.vetoed && self.score >= self.needs
    }

    pub fn better_than(&self, other: &Fit) -> bool {
        (self.links(), self.score) > (other.links(), other.score)
    }

    pub fn reasons(&self) -> String {
        self.reasons.join("; ")
    }

    fn part(&mut self, weight: f32, part: &Part) {
        match part.value {
            Some(value) => self.score += weight * value,
            None => {
                self.vetoed = true;
                self.score = 0.0;
            }
        }
        self.reasons.push(part.reason.clone());
    }
}

/// One piece of evidence: 0 to 1, or `None` for a conflict.
struct Part {
    value: Option<f32>,
    reason: String,
}

impl Part {
    fn is(value: f32, reason: impl Into<String>) -> Part {
        Part { value: Some(value), reason: reason.into() }
    }

    fn veto(reason: impl Into<String>) -> Part {
        Part { value: None, reason: format!("veto: {}", reason.into()) }
    }
}

/// Weighs a mention against a development of its kind.
pub(super) fn fit(mention: &Mention, at: &Context, known: &Known, lore: &Lore) -> Fit {
    // One article gives many statements of one speaker: there the same words are needed all the same.
    let needs = if known.told_here && mention.kind != Kind::STATEMENT { LINKS_HERE } else { LINKS };
    let mut fit = Fit { score: 0.0, needs, vetoed: false, reasons: vec![] };
    let facts = &known.facts;
    let parts = if mention.kind == Kind::STATEMENT {
        vec![
            (0.35, speaker(mention, facts)),
            (0.15, date(mention, at, known)),
            (0.5, said(mention, facts, lore)),
        ]
    } else if mention.kind == Kind::STRIKE {
        vec![
            (0.15, attack_actors(mention, facts)),
            (0.35, place(mention, facts)),
            (0.2, date(mention, at, known)),
            (0.15, toll(mention, facts)),
            (0.15, words(mention, facts, lore)),
        ]
    } else {
        vec![
            (0.5, participants(mention, facts, same_day(mention, at, facts))),
            (0.2, place(mention, facts)),
            (0.2, date(mention, at, known)),
            (0.1, words(mention, facts, lore)),
        ]
    };
    for (weight, part) in &parts {
        fit.part(*weight, part);
        if fit.vetoed {
            break;
        }
    }
    fit
}

/// Likeness of a person and a country, while it is not known for whom the person acts.
const MAY_BE: f32 = 0.4;

/// How alike two actors are: 1 the same, less for a person and the state that he acts for.
pub(super) fn alike(a: &Actor, b: &Actor) -> f32 {
    if a.key == b.key {
        return 1.0;
    }
    let same_country = a.country.is_some() && a.country == b.country;
    match (a.role, b.role) {
        (ActorRole::Person, ActorRole::Person) if one_slip(&a.key, &b.key) => 0.9,
        (ActorRole::Person, ActorRole::Person) => 0.0,
        (ActorRole::Group, ActorRole::Group) => {
            if same_country {
                0.8
            } else {
                0.0
            }
        }
        _ if same_country => 0.6,
        // A headline does not say for whom a minister acts.
        (ActorRole::Person, ActorRole::Country) if a.country.is_none() => MAY_BE,
        (ActorRole::Country, ActorRole::Person) if b.country.is_none() => MAY_BE,
        _ => 0.0,
    }
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
fn paired<'a>(few: &'a [Actor], many: &'a [Actor], least: f32) -> (f32, Vec<&'a Actor>, Vec<&'a Actor>) {
    let mut left: Vec<&Actor> = few.iter().collect();
    let mut right: Vec<&Actor> = many.iter().collect();
    let mut sum = 0.0;
    for least in [0.9, 0.5, MAY_BE].into_iter().filter(|l| *l >= least) {
        left.retain(|a| {
            let best =
                right.iter().enumerate().map(|(i, b)| (alike(a, b), i)).max_by(|x, y| x.0.total_cmp(&y.0));
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

/// All participants that either side names are among the other's: then the two may be put together.
pub(super) fn agree(mention: &Mention, facts: &Development) -> bool {
    let (few, many) = (heads(&mention.actors), heads(&facts.actors));
    let (few, many) = if few.len() > many.len() { (many, few) } else { (few, many) };
    let (sum, left, _) = paired(&few, &many, 0.5);
    left.is_empty() && sum > 0.85 * few.len() as f32
}

fn participants(mention: &Mention, facts: &Development, same_day: bool) -> Part {
    let (mut few, mut many) = (heads(&mention.actors), heads(&facts.actors));
    if few.len() > many.len() {
        std::mem::swap(&mut few, &mut many);
    }
    let (few, many) = (&few, &many);
    if few.is_empty() {
        return Part::is(0.55, "no participants named");
    }
    // Only a day that is known lets a minister without a country pass for his country.
    let least = if same_day { MAY_BE } else { 0.5 };
    let (sum, left, right) = paired(few, many, least);
    // A member of a delegation whose country takes part on the other side is no stranger.
    let stranger = |a: &&&Actor, others: &[Actor], unpaired: &[&Actor]| {
        a.role != ActorRole::Body
            && !others.iter().any(|b| alike(a, b) >= 0.5)
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
    if sum == 0.0 {
        return Part::veto(format!("other participants: {reason}"));
    }
    let share = sum / few.len() as f32;
    // One shared name alone is weak: a president meets many.
    let value = if few.len() == 1 && many.len() > 1 { 0.5 * share } else { share };
    // Two of nine that a summit had may well have met by themselves.
    let others = right.iter().filter(|a| !few.iter().any(|b| alike(a, b) >= least)).count();
    let value = value * (0.6 + 0.4 * sum / (sum + others as f32));
    Part::is(value, reason)
}

fn attack_actors(mention: &Mention, facts: &Development) -> Part {
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
        return Part::veto(format!("the other side attacked: {reason}"));
    }
    let (few, many) = if mention.actors.len() <= facts.actors.len() {
        (&mention.actors, &facts.actors)
    } else {
        (&facts.actors, &mention.actors)
    };
    let (sum, _, _) = paired(few, many, 0.5);
    Part::is(sum / few.len() as f32, reason)
}

/// Both have a day of their own, given or stood in for, and it is one.
fn same_day(mention: &Mention, at: &Context, facts: &Development) -> bool {
    let (a, b) = (Span::of_mention(mention, at), Span::of_development(facts));
    let known = |s: &Span| s.exact || s.stand_in.is_some();
    known(&a) && known(&b) && a.gap(b) == 0
}

fn list(actors: &[Actor]) -> String {
    actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn place(mention: &Mention, facts: &Development) -> Part {
    let (Some(a), Some(b)) = (&mention.place, &facts.place) else {
        // Two reports of one night that name no town tell of the night as a whole.
        let whole = mention.kind == Kind::STRIKE && wide(&mention.place) && wide(&facts.place);
        return Part::is(if whole { 0.6 } else { 0.4 }, "place open");
    };
    let reason = format!("place ({} | {})", a.name, b.name);
    match nearness(a, b) {
        Some(value) => Part::is(value, reason),
        None if mention.status == Status::Planned && facts.status == Status::Planned && is_moved(mention) => {
            Part::is(0.4, format!("moved: {reason}"))
        }
        // A country beside a meeting is often what it was about, or who came.
        None if mention.kind != Kind::STRIKE && [a, b].iter().any(|p| p.level == PlaceLevel::Country) => {
            let takes_part = |p: &&&Place| {
                p.level == PlaceLevel::Country
                    && mention
                        .actors
                        .iter()
                        .chain(&facts.actors)
                        .any(|x| x.country.is_some() && x.country == p.country)
            };
            let value = if [a, b].iter().any(|p| takes_part(&p)) { 0.4 } else { 0.1 };
            Part::is(value, format!("perhaps another place: {reason}"))
        }
        None => Part::veto(format!("another place: {reason}")),
    }
}

/// 1 the same place, less for one within the other, `None` for two places.
pub(super) fn nearness(a: &Place, b: &Place) -> Option<f32> {
    let same = |x: &str, y: &str| fold(x) == fold(y);
    if same(&a.name, &b.name) {
        return Some(1.0);
    }
    if let (Some(x), Some(y)) = (&a.country, &b.country)
        && x != y
    {
        return None;
    }
    let (small, large) = if a.level <= b.level { (a, b) } else { (b, a) };
    let within =
        |region: &str| small.region.as_deref().is_some_and(|r| same(r, region) || same_region(r, region));
    match (small.level, large.level) {
        (PlaceLevel::Country, PlaceLevel::Country) => None,
        (PlaceLevel::Site, PlaceLevel::Site | PlaceLevel::City) => Some(0.5),
        (PlaceLevel::City, PlaceLevel::City) => None,
        (PlaceLevel::Site | PlaceLevel::City, PlaceLevel::Region) => {
            if within(&large.name) || same_region(&small.name, &large.name) {
                Some(0.9)
            } else if small.region.is_some() {
                None
            } else {
                Some(0.3)
            }
        }
        (PlaceLevel::Region, PlaceLevel::Region) => same_region(&a.name, &b.name).then_some(1.0),
        (_, PlaceLevel::Country) => Some(if small.country.is_some() { 0.6 } else { 0.4 }),
        _ => Some(0.4),
    }
}

/// Regions are called many ways: "Kherson Region", "Khersonska Oblast", "Kherson".
fn same_region(a: &str, b: &str) -> bool {
    const RANKS: [&str; 12] = [
        "region",
        "oblast",
        "province",
        "governorate",
        "state",
        "district",
        "prefecture",
        "county",
        "department",
        "krai",
        "of",
        "city",
    ];
    let bare = |name: &str| -> Vec<String> {
        let name = fold(name);
        name.split_whitespace().filter(|w| !RANKS.contains(w)).map(str::to_owned).collect()
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && a == b
}

fn fold(name: &str) -> String {
    any_ascii::any_ascii(name).to_lowercase().replace(['-', '\''], " ").trim().to_owned()
}

/// The text says that a plan was moved: then another day or place is no conflict.
fn is_moved(mention: &Mention) -> bool {
    const MOVED: [&str; 8] = ["postpon", "reschedul", "delay", "move", "shift", "relocat", "defer", "push"];
    mention.words.iter().any(|w| MOVED.iter().any(|m| w.starts_with(m)))
}

/// The text says that it is another one in a row.
fn is_next(mention: &Mention) -> bool {
    let text = mention.evidence.to_lowercase();
    [
        "next round",
        "new round",
        "second round",
        "third round",
        "fourth round",
        "another round",
        "once again",
        "fresh round",
        "further round",
    ]
    .iter()
    .any(|n| text.contains(n))
}

fn date(mention: &Mention, at: &Context, known: &Known) -> Part {
    let facts = &known.facts;
    let (a, b) = (Span::of_mention(mention, at), Span::of_development(facts));
    let gap = a.gap(b);
    let reason = format!("{gap} days apart");
    let both_exact = a.exact && b.exact;
    let planned = mention.status == Status::Planned && facts.status == Status::Planned;
    if is_next(mention)
        && !known.told_here
        && facts.status == Status::Occurred
        && mention.status == Status::Planned
    {
        return Part::veto("the next one in a row");
    }
    let ahead = facts.when.as_ref().is_some_and(|w| (w.from - at.day()).num_days() > 1);
    if facts.status == Status::Planned && mention.status == Status::Occurred && ahead {
        return Part::veto(format!("{reason}, planned for later"));
    }
    let due = facts.when.as_ref().is_some_and(|w| w.from <= at.day());
    if facts.status == Status::Planned && mention.status == Status::Occurred && mention.background && !due {
        return Part::veto(format!("{reason}, an older one: the plan is not yet due"));
    }
    if facts.status == Status::Cancelled && mention.status == Status::Occurred && !(both_exact && gap == 0) {
        return Part::veto("it was called off");
    }
    if mention.background && mention.when.is_none() && mention.kind != Kind::STATEMENT {
        // "After their meeting": the latest one is meant.
        let age = (at.day() - b.to).num_days().max(0);
        return match age {
            0..=7 => Part::is(0.8, format!("{age} days before")),
            8..=45 => Part::is(0.5, format!("{age} days before")),
            46..=200 => Part::is(0.2, format!("{age} days before")),
            _ => Part::veto(format!("{age} days before")),
        };
    }
    // "In March" fits everything in March.
    let vague = |s: &Span| s.stand_in.is_none() && (s.to - s.from).num_days() > 3;
    let most = if vague(&a) || vague(&b) { 0.6 } else { 1.0 };
    let context = !mention.prominent || is_background(mention, at);
    let value: f32 = if mention.kind == Kind::STATEMENT {
        match gap {
            0 => 1.0,
            1 => 0.8,
            2 => 0.5,
            3..=7 if !both_exact => 0.2,
            _ => return Part::veto(reason),
        }
    } else if mention.kind == Kind::STRIKE {
        match gap {
            0 => {
                if both_exact {
                    1.0
                } else {
                    0.8
                }
            }
            1 if same_town(mention, facts) => 0.6,
            1 if wide(&mention.place) && wide(&facts.place) => 0.4,
            // Only the same town tells that it is still the same attack.
            _ if !same_town(mention, facts) => return Part::veto(reason),
            2 if !both_exact => 0.4,
            3..=10 if !both_exact && context => 0.2,
            _ => return Part::veto(reason),
        }
    } else {
        match gap {
            0 => {
                if both_exact {
                    1.0
                } else {
                    0.8
                }
            }
            1 => 0.7,
            2 => 0.4,
            3..=21 if planned && (is_moved(mention) || !a.exact || !b.exact) => 0.3,
            3..=4 if !both_exact => 0.3,
            5..=14 if !both_exact && (context || facts.status == Status::Planned) => 0.2,
            _ => return Part::veto(reason),
        }
    };
    let value = value.min(most);
    if mention.kind == Kind::MEETING && a_call_against_a_visit(mention, facts) {
        return Part::is(0.0, format!("{reason}, by phone against in person"));
    }
    Part::is(value, reason)
}

/// No town or region is named.
fn wide(place: &Option<Place>) -> bool {
    place.as_ref().is_none_or(|p| p.level == PlaceLevel::Country)
}

fn same_town(mention: &Mention, facts: &Development) -> bool {
    let (Some(a), Some(b)) = (&mention.place, &facts.place) else { return false };
    nearness(a, b).is_some_and(|n| n >= 0.9) && a.level != PlaceLevel::Country
}

/// One spoke by phone of what the other has at a place.
fn a_call_against_a_visit(mention: &Mention, facts: &Development) -> bool {
    let call = |words: &[String]| {
        words
            .iter()
            .any(|w| w == "call" || w.starts_with("phone") || w.starts_with("telephon") || w == "phon")
    };
    let (here, there) = (call(&mention.words), call(&facts.words));
    here && !there && facts.place.is_some() || there && !here && mention.place.is_some()
}

fn toll(mention: &Mention, facts: &Development) -> Part {
    let mut value: f32 = 0.5;
    let mut reasons = vec![];
    for field in TollField::ALL {
        let (Some(now), Some(was)) = (field.of(mention), field.known(facts)) else { continue };
        let (now, was) = (now.value, was.value);
        value += if now == was {
            if now > 2 { 0.5 } else { 0.2 }
        } else if now > was && now <= was * 4 + 10 {
            0.0
        } else if now < was && now * 3 >= was {
            -0.1
        } else {
            -0.4
        };
        reasons.push(format!("{} {now} against {was}", field.as_str()));
    }
    let reason = if reasons.is_empty() { "tolls open".to_owned() } else { reasons.join(", ") };
    Part::is(value.clamp(0.0, 1.0), reason)
}

fn words(mention: &Mention, facts: &Development, lore: &Lore) -> Part {
    let likeness = lore.likeness(&mention.words.iter().collect(), &facts.words.iter().collect());
    Part::is((likeness * 1.5).min(1.0), format!("words alike {likeness:.2}"))
}

/// What the known developments teach: how rare a word is, and for which country a person acts.
#[derive(Debug, Default)]
pub(super) struct Lore {
    developments: usize,
    having: HashMap<String, usize>,
    lands: HashMap<String, String>,
}

impl Lore {
    pub fn among(known: &[Known]) -> Lore {
        let mut having = HashMap::new();
        for word in known.iter().flat_map(|k| &k.facts.words) {
            *having.entry(word.clone()).or_default() += 1;
        }
        let mut lands = HashMap::new();
        for actor in known.iter().flat_map(|k| &k.facts.actors) {
            if let (ActorRole::Person, Some(country)) = (actor.role, &actor.country) {
                lands.entry(actor.key.clone()).or_insert_with(|| country.clone());
            }
        }
        Lore { developments: known.len(), having, lands }
    }

    /// Learns from the article itself: its text gives the offices that its headline drops.
    pub fn learn(&mut self, mentions: &[Mention]) {
        for actor in mentions.iter().flat_map(|m| m.actors.iter().chain(&m.speaker)) {
            if let (ActorRole::Person, Some(country)) = (actor.role, &actor.country) {
                self.lands.insert(actor.key.clone(), country.clone());
            }
        }
    }

    /// The mention, its persons without a country given the one that they act for elsewhere.
    pub fn placed(&self, mention: &Mention) -> Mention {
        let mut mention = mention.clone();
        for actor in mention.actors.iter_mut().chain(&mut mention.speaker) {
            if actor.role == ActorRole::Person && actor.country.is_none() {
                actor.country = self.lands.get(&actor.key).cloned();
            }
        }
        mention
    }

    /// 1 for a word that few have, towards 0 for one that all have.
    fn weight(&self, word: &str) -> f32 {
        const ENOUGH: f32 = 8.0;
        let having = self.having.get(word).copied().unwrap_or(0) as f32;
        let all = self.developments as f32 + ENOUGH;
        ((all / (having + 1.0)).ln() / all.ln()).clamp(0.0, 1.0)
    }

    /// Weighted overlap of two texts: between cosine and containment of the shorter, 0 to 1.
    fn likeness(&self, a: &BTreeSet<&String>, b: &BTreeSet<&String>) -> f32 {
        let sum = |words: &mut dyn Iterator<Item = &&String>| words.map(|w| self.weight(w)).sum::<f32>();
        let (x, y) = (sum(&mut a.iter()).max(1.5), sum(&mut b.iter()).max(1.5));
        let shared = sum(&mut a.intersection(b));
        (shared / (x * y).sqrt() + shared / x.min(y)) / 2.0
    }
}

fn speaker(mention: &Mention, facts: &Development) -> Part {
    let (Some(a), Some(b)) = (
        mention.speaker.as_ref().or(mention.actors.first()),
        facts.speaker.as_ref().or(facts.actors.first()),
    ) else {
        return Part::veto("no speaker");
    };
    let reason = format!("speaker ({} | {})", a.name, b.name);
    match alike(a, b) {
        0.0 => Part::veto(reason),
        value => Part::is(value, reason),
    }
}

/// What was said decides on a statement: one speaker says many things on one day.
fn said(mention: &Mention, facts: &Development, lore: &Lore) -> Part {
    let speakers: Vec<String> = mention
        .speaker
        .iter()
        .chain(&facts.speaker)
        .flat_map(|s| s.name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>())
        .collect();
    let content = |words: &'_ [String]| -> Vec<String> {
        words.iter().filter(|w| !speakers.iter().any(|s| s.starts_with(w.as_str()))).cloned().collect()
    };
    let (a, b) = (content(&mention.words), content(&facts.words));
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let shared = a.intersection(&b).count();
    let likeness = lore.likeness(&a, &b);
    let reason = format!("said alike {likeness:.2}, {shared} words shared");
    if shared < 2 {
        return Part::is(0.0, reason);
    }
    // Two words shared by long sentences are by chance.
    let by_chance = shared < 3 && a.len().min(b.len()) > 4;
    Part::is((1.7 * likeness).min(1.0) * if by_chance { 0.5 } else { 1.0 }, reason)
}
