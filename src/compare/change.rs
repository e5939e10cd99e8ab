//! What a report changes in what is known: status, toll, date, place, actors.
//!
//! Facts move forward only: an outlet that lags or an article read late never turns a toll or a status back.
//! A change is told only if a reader would want to know; the rest is kept in silence.

use std::sync::LazyLock;

use regex::Regex;

use super::{Context, Known, TollField, groups, is_background};
use crate::model::{
    Actor, ActorRole, Change, Development, DevelopmentId, Memory, Mention, Place, PlaceLevel, Precision,
    Relation, Shape, Status, When,
};

/// Content words that a development keeps of its reports.
const WORDS_KEPT: usize = 60;
/// Actors that a development keeps.
const ACTORS_KEPT: usize = 24;
/// Wounded from which on their first count is told beside the dead who are known.
const MANY_WOUNDED: u32 = 10;
/// Days in which also a sentence that looks back may bring news of the toll.
const RECENT_DAYS: i64 = 5;
/// Days after which what is told beside other news is no more than history.
const ASIDE_DAYS: i64 = 5;
/// Days after which a plan that turns out to have been carried out is history, not news.
const STALE_DAYS: i64 = 10;

/// The development that a mention starts.
pub(super) fn first(mention: &Mention, at: &Context) -> Development {
    let mut facts = Development {
        id: DevelopmentId(0),
        kind: mention.kind.clone(),
        status: mention.status,
        actors: vec![],
        speaker: mention.speaker.clone(),
        when: mention.when.clone().or_else(|| publication_day(mention, at).filter(|_| !mention.campaign)),
        place: mention.place.clone(),
        killed: mention.killed.clone(),
        wounded: mention.wounded.clone(),
        campaign: mention.campaign,
        outcome: outcome_of(mention).map(str::to_owned),
        summary: mention.evidence.clone(),
        words: vec![],
        background: super::is_old(mention, at),
        first_reported: at.published,
        last_reported: at.published,
        memory: Memory::default(),
    };
    absorb(&mut facts, mention);
    facts
}

/// What a mention changes in a known development, and the development after it.
pub(super) fn apply(mention: &Mention, at: &Context, known: &Known) -> (Relation, Vec<Change>, Development) {
    let mut facts = known.facts.clone();
    if super::remember::has_told(&facts, mention, at) {
        facts.last_reported = facts.last_reported.max(at.published);
        return (Relation::Repeat, vec![], facts);
    }
    let background = is_background(mention, at);
    if facts.background && !background {
        // Known as context only: this is the first that tells it as news.
        let mut news = first(mention, at);
        news.id = facts.id;
        news.first_reported = facts.first_reported.min(at.published);
        news.last_reported = facts.last_reported.max(at.published);
        news.memory = facts.memory;
        return (Relation::New, vec![], news);
    }
    let late = at.published < facts.last_reported;
    let mut changes = vec![];
    changes.extend(status(mention, &mut facts, late));
    changes.extend(TollField::ALL.into_iter().filter_map(|f| toll(f, mention, at, known, &mut facts)));
    changes.extend(date(mention, at, &mut facts, late));
    changes.extend(place(mention, &mut facts, late));
    changes.extend(participants(mention, &facts));
    changes.extend(outcome(mention, &mut facts));
    facts.campaign |= mention.campaign;
    absorb(&mut facts, mention);
    if better_summary(mention, &known.facts, &facts, &changes) {
        facts.summary = mention.evidence.clone();
    }
    facts.first_reported = facts.first_reported.min(at.published);
    facts.last_reported = facts.last_reported.max(at.published);
    let stale = facts.when.as_ref().is_some_and(|w| (at.day() - w.to).num_days() > STALE_DAYS);
    let recent = facts.when.as_ref().is_none_or(|w| (at.day() - w.to).num_days() <= RECENT_DAYS)
        || super::revise::lowered(&mention.evidence).is_some()
        || super::phrases::more_died(&mention.evidence);
    let matters =
        |c: &Change| c.field == "status" || recent && matches!(c.field.as_str(), "killed" | "wounded");
    let died = super::phrases::more_died(&mention.evidence) && changes.iter().any(|c| c.field == "killed");
    // That a plan was carried out days ago is no news beside other news.
    let aside = !mention.prominent
        && facts.when.as_ref().is_some_and(|w| (at.day() - w.to).num_days() > ASIDE_DAYS)
        && changes.iter().all(|c| c.field == "status" && c.now == Status::Occurred.as_str());
    let old_news = aside || background && (stale && !died || !changes.iter().any(matters));
    let few_hurt = |c: &Change| {
        let hurt = c.field == TollField::Wounded.as_str() && c.was == "unknown";
        hurt && known.facts.killed.is_some() && facts.wounded.as_ref().is_some_and(|w| w.value < MANY_WOUNDED)
    };
    if known.facts.background || old_news || changes.iter().all(few_hurt) {
        return (Relation::Repeat, vec![], facts);
    }
    (Relation::Update, changes, facts)
}

fn change(field: &str, was: impl Into<String>, now: impl Into<String>) -> Change {
    Change { field: field.to_owned(), was: was.into(), now: now.into() }
}

fn status(mention: &Mention, facts: &mut Development, late: bool) -> Option<Change> {
    use Status::{Cancelled, Denied, Occurred, Planned};
    let undone = &facts.kind.spec().undone;
    let (was, now) = (facts.status, mention.status);
    let moves = match (was, now) {
        (Planned, Occurred) => true,
        // "They had been due to meet" plans nothing anew.
        (Cancelled, Planned) => !late && mention.prominent && !super::phrases::was_planned(&mention.evidence),
        // "There is no such plan", one side says: the plan is contested, and the others still hold to it.
        (Planned, Denied) => !late && super::revise::is_taken_back(&mention.evidence),
        (Planned, Cancelled) | (Cancelled, Occurred) => !late,
        (Denied, Planned | Occurred) => !late && mention.prominent && !mention.background,
        (Occurred, Denied) if super::revise::is_withdrawn(&mention.evidence) => !late,
        (Occurred, now) if undone.contains(&now) => !late && mention.prominent,
        _ => false,
    };
    if !moves {
        return None;
    }
    facts.status = now;
    Some(change("status", was.as_str(), now.as_str()))
}

fn toll(
    field: TollField,
    mention: &Mention,
    at: &Context,
    known: &Known,
    facts: &mut Development,
) -> Option<Change> {
    let further =
        || super::tolls::with_further(mention, at, &known.facts).filter(|_| field == TollField::Killed);
    // "Another victim has died": that one is told, and is no count of all.
    let told = field.of(mention).cloned();
    let least = told.as_ref().zip(field.known(facts)).is_some_and(|(now, was)| now.value < was.value);
    let said = &if least { further().or(told) } else { told.or_else(further) }?;
    let Some(was) = field.known(facts).cloned() else {
        field.set(facts, said.clone());
        return (said.value > 0).then(|| change(field.as_str(), "unknown", said.value.to_string()));
    };
    let late = at.published < facts.last_reported;
    let lowers = said.value < was.value
        && (super::revise::lowered(&mention.evidence).is_some_and(|(f, _)| f == field)
            || said.value > was.value / 2 && !late && super::revise::is_lowering(&mention.evidence));
    // One of the dead told of, or some of them, is no lower count.
    let corrects = said.value < was.value
        && said.value > was.value / 2
        && !said.at_least
        && !super::phrases::more_died(&mention.evidence)
        && mention.prominent
        && !known.told_here
        && at.published >= facts.last_reported
        && known.tolls.iter().any(|t| {
            t.outlet == at.outlet && t.field == field && t.value > said.value && t.published < at.published
        });
    if said.value <= was.value && !corrects && !lowers {
        return None;
    }
    field.set(facts, said.clone());
    Some(change(field.as_str(), was.value.to_string(), said.value.to_string()))
}

fn date(mention: &Mention, at: &Context, facts: &mut Development, late: bool) -> Option<Change> {
    if let Some(day) = shifted(mention, facts).filter(|_| !late) {
        let was = facts.when.replace(day.clone())?;
        return Some(change("date", show(&was), show(&day)));
    }
    let Some(said) = &mention.when else {
        // A campaign has no day, and the day of a count is none of its first attack.
        if mention.campaign {
            return None;
        }
        if facts.when.is_none() || facts.status == Status::Occurred && mention.status == Status::Occurred {
            let unknown = facts.when.as_ref().is_none_or(|w| w.from > at.day());
            if unknown {
                facts.when = publication_day(mention, at).or(facts.when.take());
            }
        }
        return None;
    };
    let Some(was) = facts.when.clone() else {
        facts.when = Some(said.clone());
        return (mention.status == Status::Planned && is_day(said))
            .then(|| change("date", "unknown", show(said)));
    };
    let sharper = rank(said) < rank(&was);
    if mention.status != Status::Planned {
        if sharper {
            facts.when = Some(said.clone());
        }
        return None;
    }
    let moved = is_day(said) && !late && (said.to < was.from || said.from > was.to);
    if facts.status != Status::Planned || !(sharper && is_day(said) || moved) {
        return None;
    }
    facts.when = Some(said.clone());
    Some(change("date", show(&was), show(said)))
}

/// The day of a plan that is put off or brought forward by a number of days, without naming the new one.
fn shifted(mention: &Mention, facts: &Development) -> Option<When> {
    let was = facts.when.as_ref().filter(|was| is_day(was) && facts.status == Status::Planned)?;
    let named = mention.when.as_ref().is_some_and(|said| said.from > was.from);
    let moves = |text: &str| super::phrases::is_moved(text) || super::phrases::shift(text).is_some();
    // What was told to have been moved has its new day already; what many have told may have.
    if facts.memory.articles.len() > 1
        || mention.status != Status::Planned
        || named
        || moves(&facts.summary)
        || moves(&was.literal)
    {
        return None;
    }
    let (shift, literal) = super::phrases::shift(&mention.evidence)?;
    let (from, to) = (super::days(was.from, shift), super::days(was.to, shift));
    Some(When { from, to, precision: Precision::Day, literal })
}

/// How exactly a date is known: a day that the text gives first, the publication day in its stead last.
fn rank(when: &When) -> u8 {
    match when.precision {
        Precision::Day if !when.literal.is_empty() => 0,
        Precision::Day => 2,
        Precision::Week => 1,
        Precision::Month => 3,
        Precision::Year => 4,
    }
}

fn is_day(when: &When) -> bool {
    when.precision == Precision::Day && !when.literal.is_empty()
}

/// A date as a reader sees it.
fn show(when: &When) -> String {
    match when.precision {
        Precision::Day if when.from == when.to => when.from.to_string(),
        Precision::Day | Precision::Week => format!("{} to {}", when.from, when.to),
        Precision::Month => when.from.format("%Y-%m").to_string(),
        Precision::Year => when.from.format("%Y").to_string(),
    }
}

fn publication_day(mention: &Mention, at: &Context) -> Option<When> {
    let news = mention.status == Status::Occurred && !mention.background;
    news.then(|| When { from: at.day(), to: at.day(), precision: Precision::Day, literal: String::new() })
}

fn place(mention: &Mention, facts: &mut Development, late: bool) -> Option<Change> {
    let said = mention.place.as_ref()?;
    let Some(was) = facts.place.clone() else {
        facts.place = Some(said.clone());
        return (facts.kind.spec().plans
            && mention.prominent
            && mention.status == Status::Planned
            && facts.status == Status::Planned
            && said.level <= PlaceLevel::City)
            .then(|| change("place", "unknown", said.name.clone()));
    };
    // A country beside a plan is often what it is about.
    let exact = said.level <= PlaceLevel::City && was.level <= PlaceLevel::City;
    let moved = exact && super::places::nearness(&was, said).is_none();
    if moved && !late && mention.status == Status::Planned {
        facts.place = Some(said.clone());
        return Some(change("place", was.name, said.name.clone()));
    }
    let tells_land = was.country.is_none() && said.country.is_some() && said.name == was.name;
    if is_sharper(said, &was) || tells_land && said.level == was.level {
        facts.place = Some(said.clone());
    }
    None
}

/// Whether an actor is only the country of a town that is known to lie in another: what a bare name was taken for.
fn is_misplaced(actor: &Actor, said: Option<&Place>, known: Option<&Place>) -> bool {
    let (Some(said), Some(known)) = (said, known) else { return false };
    actor.role == ActorRole::Country
        && actor.literal == said.literal
        && said.level == PlaceLevel::City
        && super::places::are_namesakes(said, known)
}

fn is_sharper(said: &Place, was: &Place) -> bool {
    // A city that the gazetteer knows says more than a site that it does not.
    let rank = |p: &Place| match p.level {
        PlaceLevel::City => 0,
        PlaceLevel::Site => 1,
        PlaceLevel::Region => 2,
        PlaceLevel::Country => 3,
    };
    rank(said) < rank(was)
}

/// A principal who was not known to take part.
fn participants(mention: &Mention, facts: &Development) -> Option<Change> {
    if facts.kind.spec().shape != Shape::Parties
        || !mention.prominent
        || facts.actors.len() < 2
        || mention.actors.len() < 2
    {
        return None;
    }
    let joins: Vec<&Actor> = third_states(mention, facts);
    // Who came for a country that takes part is not told.
    if joins.is_empty() && !facts.actors.iter().any(|a| a.role == ActorRole::Person) {
        return None;
    }
    let is_new = |a: &&Actor| {
        a.role == ActorRole::Person
            && !facts.actors.iter().any(|k| super::actors::alike(k, a) >= 0.9)
            // The head of a delegation that is known adds nothing.
            && !facts.actors.iter().any(|k| k.role != ActorRole::Person && k.country.is_some() && k.country == a.country)
            // One whose side is not known may be the envoy of a party that is.
            && (a.country.is_some() || facts.actors.iter().all(|k| k.role == ActorRole::Person))
    };
    let persons = facts.actors.iter().any(|a| a.role == ActorRole::Person);
    let new = mention.actors.iter().filter(|a| persons && is_new(a)).chain(joins);
    let new: Vec<&str> = new.map(|a| a.name.as_str()).collect();
    if new.is_empty() {
        return None;
    }
    let was: Vec<&str> = facts.actors.iter().map(|a| a.name.as_str()).collect();
    let now: Vec<&str> = was.iter().copied().chain(new).collect();
    Some(change("actors", was.join(", "), now.join(", ")))
}

/// States beside those that were known to take part in what is planned: talks of two turn into talks of three.
fn third_states<'a>(mention: &'a Mention, facts: &Development) -> Vec<&'a Actor> {
    let lands =
        |actors: &'_ [Actor]| -> Vec<Option<String>> { actors.iter().map(|a| a.country.clone()).collect() };
    let (now, was) = (lands(&mention.actors), lands(&facts.actors));
    let known = was.iter().all(Option::is_some) && was.iter().all(|land| now.contains(land));
    if !known || facts.status != Status::Planned {
        return vec![];
    }
    let host = facts.place.as_ref().or(mention.place.as_ref()).and_then(|p| p.country.clone());
    let joins = |a: &&Actor| {
        a.role == ActorRole::Country && a.country.is_some() && a.country != host && !was.contains(&a.country)
    };
    mention.actors.iter().filter(joins).collect()
}

/// How a meeting went, told once.
fn outcome(mention: &Mention, facts: &mut Development) -> Option<Change> {
    if facts.outcome.is_some() || facts.status != Status::Occurred {
        return None;
    }
    let said = outcome_of(mention)?;
    facts.outcome = Some(said.to_owned());
    mention.prominent.then(|| change("outcome", "unknown", said))
}

/// The literal words on how a meeting went or ended: "close with no breakthrough".
fn outcome_of(mention: &Mention) -> Option<&str> {
    static OUTCOME: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        const MEETING: &str =
            "(?:talks|meeting|summit|negotiations|session|round|visit|discussions|consultations|call)";
        const MORE: &str = r"(?: [\w'’%-]+){0,8}";
        let ended = "(?:ends?|ended|concludes?|concluded|closes?|closed|finish(?:es|ed)?|adjourn(?:s|ed)?|collapsed?|collapses|(?:wraps?|wrapped|breaks?|broke) (?:up|off|down))";
        let went = "(?:very |highly |quite )?(?:productive|constructive|positive|successful|inconclusive|fruitless|useful|fruitful|substantive|difficult|tense)";
        [
            format!(r"(?i)\b{MEETING} (?:(?:have|has|had) )?({ended}{MORE})"),
            format!(r"(?i)\b{MEETING} (?:was|were|are|is|had been|have been|as) ({went}{MORE})"),
            format!(r"(?i)\b({ended} (?:\S+ ){{0,6}}{MEETING} (?:\S+ ){{0,5}}with(?:out)?{MORE})"),
            format!(r"(?i)\b(?:held|had|holds?|have|has) (?:an? )?((?:\w+ and )?{went} {MEETING})"),
            format!(r#"(?i)\b(?:describ|call|hail)\w+ [^.;]*{MEETING}\b[^.;]* (?:as )?["“‘']?({went})\b"#),
            format!(r"(?i)\b((?:agree|reaffirm|reiterate|pledge|commit|endorse|confirm)(?:s|d|ed)?{MORE}?) (?:at|during|in) (?:(?:the|their) )?(?:talks|meeting|summit)\b"),
            r"(?i)\b((?:no|without(?: an?| any)?) (?:\w+ )?(?:breakthrough|agreement|deal|result|progress|ceasefire|truce|accord|compromise))"
                .to_owned(),
        ]
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    if !mention.kind.spec().outcomes || mention.status != Status::Occurred || mention.background {
        return None;
    }
    OUTCOME.iter().find_map(|r| Some(r.captures(&mention.evidence)?.get(1)?.as_str()))
}

/// Takes in what a report adds without being news: fuller names, further actors, words.
fn absorb(facts: &mut Development, mention: &Mention) {
    // A development that took in the participants of every meeting near it would swallow the next one too.
    // "The two countries" are those that the next report names.
    let unnamed = |actors: &[Actor]| actors.iter().all(groups::is_unnamed);
    let place = facts.place.clone();
    let joins = facts.kind.spec().shape != Shape::Parties
        || unnamed(&facts.actors) && mention.actors.len() > 1
        || super::actors::agree(mention, facts);
    for actor in
        mention.actors.iter().filter(|actor| !is_misplaced(actor, mention.place.as_ref(), place.as_ref()))
    {
        // "The two sides" are those who are known.
        let stands = groups::is_unnamed(actor)
            && facts.actors.iter().any(|a| !groups::is_unnamed(a) && groups::may_stand_for(actor, a));
        let room = joins && !stands && facts.actors.len() < ACTORS_KEPT;
        match facts.actors.iter_mut().find(|a| super::actors::alike(a, actor) >= 0.9) {
            Some(known) => {
                if actor.name.len() > known.name.len() {
                    known.name.clone_from(&actor.name);
                }
                if known.country.is_none() {
                    known.country.clone_from(&actor.country);
                }
            }
            None if room => facts.actors.push(actor.clone()),
            None => {}
        }
    }
    if facts.speaker.is_none() {
        facts.speaker.clone_from(&mention.speaker);
    }
    for word in &mention.words {
        if facts.words.len() < WORDS_KEPT && !facts.words.contains(word) {
            facts.words.push(word.clone());
        }
    }
}

/// Whether this evidence tells the development better than the sentence so far.
fn better_summary(mention: &Mention, before: &Development, after: &Development, changes: &[Change]) -> bool {
    let (now, was) = (telling(&mention.evidence, after), telling(&before.summary, after));
    if changes.iter().any(|c| c.field == "status") {
        // A sentence on the plan tells a meeting that was held no more.
        return true;
    }
    let changed = changes.iter().any(|c| matches!(c.field.as_str(), "killed" | "wounded" | "date"));
    if changed {
        now + 2 >= was
    } else {
        now > was + 1 && before.status == mention.status && changes.is_empty()
    }
}

/// How much of a development a sentence tells by itself.
fn telling(sentence: &str, facts: &Development) -> i32 {
    const DANGLING: [&str; 14] = [
        "he", "she", "it", "they", "his", "her", "their", "but", "and", "which", "who", "this", "that",
        "also",
    ];
    let lower = sentence.to_lowercase();
    let count = sentence.split_whitespace().count();
    let first = lower.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("").to_owned();
    let names =
        |name: &str| name.split_whitespace().next_back().is_some_and(|w| lower.contains(&w.to_lowercase()));
    let mut points =
        facts.actors.iter().take(4).filter(|a| names(&a.name) || names(&a.literal)).count() as i32;
    points += i32::from(facts.place.as_ref().is_some_and(|p| lower.contains(&p.name.to_lowercase())));
    points += i32::from(sentence.chars().any(|c| c.is_ascii_digit()) && facts.kind.spec().tolls());
    points += i32::from(
        sentence.starts_with(|c: char| c.is_uppercase() || "\"'“‘".contains(c) || c.is_ascii_digit()),
    );
    points -= 3 * i32::from(DANGLING.contains(&first.as_str()));
    points -= 2 * i32::from(super::phrases::is_told_in_passing(sentence));
    points -= 2 * i32::from(!(5..=45).contains(&count));
    points
}
