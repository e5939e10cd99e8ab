//! Strikes: armed attacks by drone, missile, aircraft, artillery, bomb or gun.
//!
//! A laid-out article comes in, its attacks go out, one mention each, with weapon words, place and toll. Labour
//! strikes, deals struck, sport, accidents, disasters, drills, threats and mere interceptions are none.
//!
//! Each sentence gives the words that tell of an armed act (`acts`), less what is none (`unarmed`); it is cut into the
//! acts it tells (`parts`), each with its place (`scene`), sides (`parties`) and toll; what several sentences tell of
//! one attack is put together (`told`).

use std::sync::LazyLock;

use super::document::{Document, Sentence};
use super::frame::{self, Clause};
use super::lexicon::Lexicon;
use crate::model::{Kind, Mention, PlaceLevel, Status};

mod acts;
mod campaign;
mod days;
mod follow;
mod habit;
mod parties;
mod parts;
mod scene;
mod told;
mod towns;
mod unarmed;

use acts::Said;
use parts::Act;
use told::Told;

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/strike.txt")));

/// What the head of an article says of its matter.
#[derive(Debug, Clone, Copy, Default)]
struct Armed {
    /// Arms, or forces and victims: a bare "attack" or "killed" is an armed one.
    article: bool,
    /// A match: its rockets and shoot-outs are none.
    sport: bool,
    /// Fighting that lasted for days or weeks.
    long: bool,
    /// A disaster: those killed are its victims.
    disaster: bool,
    /// A rocket into space or a missile on trial.
    launch: bool,
    /// An exercise or a test.
    exercise: bool,
}

impl Armed {
    fn of(doc: &Document<'_>) -> Armed {
        let head = || doc.sentences.iter().take(4);
        Armed {
            article: head().any(|s| has(s, "weapons") || has(s, "forces") && has(s, "hurt")),
            sport: head().filter(|s| has(s, "sport")).count() > 1 && !head().any(|s| has(s, "hurt")),
            long: head().any(|s| s.tolls().long),
            launch: head().any(|s| has(s, "launches")),
            exercise: head().take(2).all(|s| has(s, "exercise") && !has(s, "hurt")),
            disaster: head().any(|s| has(s, "disaster")) && !head().any(|s| has(s, "nouns strong")),
        }
    }
}

/// The armed attacks of an article.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let armed = Armed::of(doc);
    let mut told: Vec<Told> = Vec::new();
    for (at, sentence) in doc.sentences.iter().enumerate() {
        let said = Said::new(sentence, armed);
        let acts = parts::acts(doc, &said, acts::find(&said));
        let mut any = false;
        for act in &acts {
            if let Some(mut new) = read(doc, &said, act, at) {
                any = true;
                new.mention.background |= goes_on(doc, &told, &new);
                told::add(&mut told, doc, new);
            }
        }
        if !any {
            follow::follow(&mut told, doc, &said, at);
        }
    }
    told.retain(|t| t.mention.score >= 0.4);
    let theatre = scene::theatre(doc);
    let placed = |mut m: Mention| {
        m.place = m.place.take().or_else(|| theatre.clone().filter(|_| !m.background));
        m
    };
    told.into_iter().map(|t| placed(t.mention)).collect()
}

/// Whether a sentence without a day goes on with an attack of older years that the one before it told.
fn goes_on(doc: &Document<'_>, told: &[Told], new: &Told) -> bool {
    let undated = new.mention.when.is_none() && !new.mention.campaign && !new.mention.prominent;
    undated
        && days::amid_history(doc, new.at)
        && told.last().is_some_and(|last| last.mention.background && last.at + 1 == new.at)
}

fn has(sentence: &Sentence<'_>, section: &str) -> bool {
    WORDS.section(section).any(&sentence.tokens, 0..sentence.tokens.len())
}

/// One act as a mention, unless it is only spoken of.
fn read(doc: &Document<'_>, said: &Said<'_, '_>, act: &Act, nth: usize) -> Option<Told> {
    let sentence = said.sentence;
    let tokens = &sentence.tokens;
    let words = &act.trigger.words;
    let at = words.start;
    let whole = frame::clause(sentence, at);
    let range = whole.range.start.max(act.range.start)..whole.range.end.min(act.range.end);
    let clause = Clause { range: range.clone(), ..whole };
    let mut killed = parts::tolls_of(said, act, &said.tolls.killed);
    if let Some(own) = parts::related(said, act, &killed) {
        killed.swap(0, own);
    }
    let killed = killed;
    let wounded = parts::tolls_of(said, act, &said.tolls.wounded);
    let when = act
        .day
        .clone()
        .or_else(|| days::named_by_day(doc, sentence, act))
        .or_else(|| days::day_right_after(doc, sentence, act))
        .or_else(|| frame::when(doc, sentence, &range, at, false))
        .or_else(|| frame::when(doc, sentence, &act.range, at, false))
        .or_else(|| act.listed.then(|| frame::when(doc, sentence, &(0..tokens.len()), at, false)).flatten());
    // A day to come is none of an attack, and "the October talks" are dated by themselves.
    let when = when.filter(|w| {
        w.from <= doc.day() && !days::dates_talks(sentence, w) && !days::dates_saying(sentence, w, at)
    });
    let tried = unarmed::tried(sentence, &act.trigger);
    let revised = !killed.is_empty() && has(sentence, "revises");
    if unarmed::denied_next(doc, nth) || tried && !revised && !sentence.prominent() {
        return None;
    }
    let alluded = unarmed::alluded(sentence, &act.trigger);
    let memory = has(sentence, "memory");
    let oblique = alluded || unarmed::referred(sentence, &act.trigger);
    let when = when.filter(|w| !oblique || act.earlier && !alluded || days::dated_after(sentence, w, at));
    let past = when.as_ref().is_none_or(|w| (doc.day() - w.to).num_days() > 2);
    let background = if memory || alluded && past {
        true
    } else if act.earlier {
        when.as_ref().is_none_or(|w| (doc.day() - w.to).num_days() > 4)
    } else {
        frame::background(doc, sentence, &clause, at, when.as_ref())
            || has(sentence, "aftermath") && when.as_ref().is_none_or(|w| w.from < doc.day())
    };
    // What the head of an article tells in its main clause is its news, also if it was last week.
    let recent = when.as_ref().is_none_or(|w| (doc.day() - w.to).num_days() < 15);
    let news = sentence.prominent()
        && clause.opens.is_none()
        && !act.earlier
        && recent
        && !(killed.is_empty() && wounded.is_empty())
        && !has(sentence, "aftermath");
    let background =
        background && !news || days::amid_history(doc, nth) && when.is_none() && killed.is_empty();
    // Who died of it since is news of an attack of last week.
    let fresh = when.as_ref().is_some_and(|w| (doc.day() - w.to).num_days() < 30);
    let background = background && !(fresh && revised);
    let when = when.or_else(|| days::today(doc, sentence, &act.range));
    if memory && killed.is_empty() && wounded.is_empty() {
        return None;
    }
    let campaign = campaign::is_one(said, act, when.as_ref(), &killed);
    if campaign && !sentence.prominent() && campaign::of_years(said, act) {
        return None;
    }
    // A rate, a habit or a stretch of attacks is none of them; only the head of an article may have nothing closer.
    let long = habit::lasts(said, act);
    if !campaign && !sentence.prominent() && (habit::recurs(said, act) || long && killed.is_empty()) {
        return None;
    }
    let when = when.filter(|_| !long);
    let here = sentence.lead && !sentence.title && act.sole;
    let back = withdrawn(sentence, at);
    let place = scene::of(doc, said, act)
        .or_else(|| frame::here(doc, sentence, &act.range))
        .or_else(|| here.then(|| scene::nearby(doc, nth)).flatten())
        .or_else(|| back.then(|| scene::of_title(doc)).flatten());
    // "The army says 25 of its men have been killed": what fighting of days or weeks has cost so far.
    let undated = when.is_none() && place.is_none() && !sentence.prominent() && !campaign;
    if undated && act.trigger.harm() && said.armed.long && campaign::perfect(said) {
        return None;
    }
    let near = scene::close(sentence, act).is_some()
        || scene::in_part(said, act).is_some_and(|p| p.level == PlaceLevel::City);
    let harmed = !killed.is_empty() || !wounded.is_empty();
    // "Visit called off after school shelling": the news is another.
    let background =
        background || place.is_none() && !harmed && unarmed::alluded_in_title(sentence, &act.trigger);
    let mut score = act.trigger.score;
    if place.is_none() && when.is_none() && !harmed && !sentence.title {
        score -= if sentence.lead { 0.1 } else { 0.3 };
    }
    let bare = when.is_none() && !harmed && !sentence.title;
    if bare && act.trigger.noun() && !unarmed::predicated(sentence, words) {
        return None;
    }
    if !sentence.prominent() && when.is_none() && !harmed {
        score -= 0.2;
    }
    if !sentence.prominent() && when.is_none() && !harmed && !near {
        score -= 0.2;
    }
    let general = WORDS.section("general").any(tokens, at.saturating_sub(4)..(at + 6).min(tokens.len()));
    if general && !sentence.prominent() && killed.is_empty() {
        score -= 0.3;
    }
    // "85 attacks", counted by somebody: none of them is told.
    let counted = act.trigger.noun()
        && tokens[words.end - 1].low.ends_with('s')
        && tokens[at.saturating_sub(4)..at].iter().any(|t| {
            t.text.starts_with(|c: char| c.is_ascii_digit()) || t.is(&["dozens", "hundreds", "scores"])
        });
    if score < 0.4 || (counted && !campaign || campaign && campaign::long(said)) && !sentence.prominent() {
        return None;
    }
    let mut mention =
        frame::mention(Kind::STRIKE, Status::Occurred, sentence, &act.range, at, act.trigger.rule);
    mention.score = score.min(0.95) * if sentence.prominent() { 1.0 } else { 0.85 };
    let sides = parties::of(sentence, &range, &act.trigger);
    mention.actors = sides.actors();
    let mutual = WORDS.section("mutual").any(tokens, act.range.clone());
    let sides = if mutual { parties::Sides::default() } else { sides };
    mention.when = when.or_else(|| {
        (!back && !oblique && !background && !campaign && sentence.prominent()).then(|| frame::today(doc))
    });
    if !act.sole && act.range.len() > 5 {
        mention.evidence = sentence.slice(act.range.start, act.range.end).to_owned();
    }
    mention.background = background;
    mention.killed = killed.first().map(|t| t.toll.clone());
    mention.wounded = wounded.first().map(|t| t.toll.clone());
    if back {
        mention.status = Status::Denied;
        mention.killed = None;
        mention.wounded = None;
    }
    if let Some(place) = &place
        && let Some(code) = &place.country
        && mention.actors.len() < 2
        && mention.actors.iter().all(|a| a.country.as_ref() != Some(code))
        && let Some(country) = super::gazetteer::country_by_code(code)
    {
        frame::push(&mut mention.actors, super::names::country_actor(country, place.literal.clone()));
    }
    let about = place.as_ref().is_some_and(|p| scene::about(sentence, p));
    mention.place = place;
    if campaign {
        mention.rule = campaign::RULE.to_owned();
        mention.campaign = true;
        mention.when = None;
        mention.background = false;
        mention.place = mention.place.or_else(|| scene::land(doc, sentence));
    }
    let mention_dated = mention.when.as_ref().is_some_and(|w| !w.literal.is_empty());
    let definite = tokens[at.saturating_sub(3)..at].iter().any(|t| t.is(&["the", "this", "that"]));
    let fullness = told::fullness(&mention, sentence.title, act.listed);
    // In court or at a memorial "the attack" is the one told of, and the dead are not its own.
    let looks_back = has(sentence, "aftermath");
    let again =
        act.trigger.noun() && definite && (!harmed || looks_back) && scene::close(sentence, act).is_none();
    Some(Told {
        mention,
        at: nth,
        fullness,
        about,
        sides,
        oblique,
        again,
        harm: act.trigger.harm() && !WORDS.section("weapons").any(tokens, act.range.clone()),
        alluded: alluded && !harmed && !mention_dated,
        apart: told::apart(sentence, at),
        campaign,
        arms: told::Arms::of(sentence, &range),
        indefinite: !looks_back && indefinite(sentence, act, &range),
    })
}

/// Whether the noun of the attack, or the subject that did the harm, is told as a new one: "air strikes", "a shell".
fn indefinite(sentence: &Sentence<'_>, act: &Act, clause: &std::ops::Range<usize>) -> bool {
    let tokens = &sentence.tokens;
    let noun =
        |i: &usize| ["nouns strong", "nouns weak"].iter().any(|s| WORDS.section(s).at(tokens, *i).is_some());
    let at = if act.trigger.noun() {
        Some(act.trigger.words.start)
    } else {
        (clause.start..act.trigger.words.start).rev().take(10).find(noun)
    };
    at.is_some_and(|at| {
        !tokens[at.saturating_sub(3)..at].iter().any(|t| t.is(&["the", "this", "that", "these", "both"]))
    })
}

/// Whether the report of the act is taken back: "withdrew a report that a shell had hit".
fn withdrawn(sentence: &Sentence<'_>, at: usize) -> bool {
    let before = &sentence.tokens[at.saturating_sub(20)..at];
    let back = ["withdraw", "withdrew", "retract"];
    before.iter().any(|t| back.iter().any(|b| t.low.starts_with(b)))
        && before.iter().any(|t| {
            t.is(&["report", "reports", "story", "claim", "item", "statement", "announcement", "account"])
        })
}

#[cfg(test)]
mod tests;
