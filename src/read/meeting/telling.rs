//! One telling of an encounter in one sentence, and when it is news.

use std::ops::Range;

use super::WORDS;
use super::mood::Mood;
use super::part;
use super::party::{self, Party, Sort};
use super::setting;
use crate::model::{Actor, ActorRole, Kind, Mention, Place, PlaceLevel, Precision, Status, When};
use crate::read::document::{Document, Sentence};
use crate::read::frame::{self, Clause};

/// How the parties come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// In one room, as far as is told.
    Room,
    /// By telephone, hotline or video: it has no place.
    Phone,
    /// As the members of a house in session.
    House,
}

/// Words that tell of an encounter, and what they say of it.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The words: verb or noun.
    pub words: Range<usize>,
    /// The part of the sentence that speaks of it.
    pub part: Range<usize>,
    /// Where a relative clause beside it ends; 0 if there is none.
    pub beside: usize,
    /// They came for it: the day of their coming is not its day.
    pub arrived: bool,
    /// Who takes part.
    pub actors: Vec<Actor>,
    /// How many of the parties have a name or were named before.
    pub named: usize,
    /// Its reality.
    pub mood: Mood,
    /// The word that opens its clause.
    pub opens: Option<&'static str>,
    /// How they come together.
    pub manner: Manner,
    /// The word can mean nothing else.
    pub firm: bool,
    /// It is spoken of as known ("the talks").
    pub definite: bool,
    /// It only stands beside what is told ("on the margins of the summit"): it does not say that it took place.
    pub silent: bool,
    /// "spoke with" without a word on how: often an interview.
    pub spoken: bool,
    /// It is called closed, special, an hour long: a sitting, not a wish.
    pub formal: bool,
    /// The word can name an event by itself.
    pub event: bool,
    /// Its words alone do not show an encounter: a day and a place must.
    pub loose: bool,
    /// Another meeting of those who met before ("the next round").
    pub again: bool,
    /// It is told as another beside the one before ("and with B").
    pub apart: bool,
    /// The noun with what stands before it.
    pub noun: Option<Range<usize>>,
    /// What found it.
    pub rule: &'static str,
}

/// A telling as a mention, and whether it can stand alone or only adds to one told before.
pub struct Told {
    /// What it says.
    pub mention: Mention,
    /// It names enough to be an encounter of its own.
    pub whole: bool,
    /// It is spoken of as known.
    pub definite: bool,
    /// It has been given another day.
    pub moved: bool,
    /// It is called a summit or a conference: of many.
    pub summit: bool,
    /// It does not say that it took place.
    pub silent: bool,
    /// It is another meeting of those who met before.
    pub again: bool,
    /// It came before or after another ("beforehand", "separately").
    pub apart: bool,
    /// By telephone, in a room, in a house.
    pub manner: Manner,
}

impl Telling {
    /// Parties who come together in a room, as the clause around the words tells it.
    pub fn plain(
        words: Range<usize>,
        clause: Clause,
        parties: &[&Party],
        mood: Mood,
        rule: &'static str,
    ) -> Telling {
        Telling {
            words,
            part: clause.range,
            beside: 0,
            arrived: false,
            actors: party::actors(parties),
            named: parties.iter().filter(|p| p.sort != Sort::Role).count(),
            mood,
            opens: clause.opens,
            manner: Manner::Room,
            firm: true,
            definite: false,
            silent: false,
            spoken: false,
            formal: false,
            event: true,
            loose: false,
            again: false,
            apart: false,
            noun: None,
            rule,
        }
    }

    /// "met in Lima on Monday and in Quito on Friday": the second meeting, and the first without its day and place.
    pub fn parted(self, doc: &Document<'_>, sentence: &Sentence<'_>) -> Vec<Telling> {
        let Some(joint) = part::second(doc, sentence, self.words.end..self.part.end) else {
            return vec![self];
        };
        let first = Telling { part: self.part.start..joint, ..self.clone() };
        let second =
            Telling { part: joint + 1..self.part.end, words: joint + 1..joint + 2, noun: None, ..self };
        vec![first, second]
    }

    /// The mention that it makes; `None` if it tells of nothing real.
    pub fn told(self, doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<Told> {
        let tokens = &sentence.tokens;
        let at = self.words.start;
        let mut mood = self.mood;
        let moved = frame::new_day(doc, sentence)
            .filter(|_| WORDS.section("moved").any(tokens, at.saturating_sub(10)..tokens.len()));
        let to_come = moved.is_some();
        if to_come && mood != Mood::Unreal {
            mood = Mood::Planned;
        }
        let decade = |t: &str| t.len() == 5 && t.ends_with("0s") && t.starts_with(['1', '2']);
        let of_old = sentence.tokens[self.part.clone()]
            .iter()
            .any(|t| t.is(&["career", "lifetime", "decades", "obituary"]) || decade(&t.low))
            || WORDS.section("fiction").any(tokens, 0..at);
        if mood == Mood::Unreal || of_old && mood != Mood::Planned {
            return None;
        }
        let mut told = part::of(sentence, &self.part, &self.words);
        told.range.start = told.range.start.max(self.beside.min(told.range.end));
        let part = told.range.clone();
        let mut when = moved.or_else(|| setting::when(doc, sentence, &told, at, mood));
        // "is meeting Okada on Friday", "talks resume on Friday": a day to come makes it planned.
        let ahead = setting::when(doc, sentence, &told, at, Mood::Planned).filter(|w| w.from > doc.day());
        let open = when.as_ref().is_none_or(|w| w.precision == Precision::Day && w.literal != "today");
        let yesterday = doc.day().pred_opt().unwrap_or(doc.day());
        let past = when.as_ref().is_some_and(|w| w.to >= yesterday);
        if mood == Mood::Now && !(sentence.title && past) && open && ahead.is_some() {
            mood = Mood::Planned;
            when = ahead;
        }
        // "flew to Lima for talks on Thursday", told on Friday: they have been held.
        let held = frame::when(doc, sentence, &part, at, false).filter(|w| {
            let after = sentence.text.get(tokens[at].start..).is_some_and(|rest| rest.contains(&w.literal));
            let days = (doc.day() - w.to).num_days();
            let came = (self.part.start..at).any(|i| WORDS.section("verbs arrive").at(tokens, i).is_some());
            self.arrived
                && came
                && mood == Mood::Planned
                && after
                && (1..=4).contains(&days)
                && w.precision == Precision::Day
        });
        if held.is_some()
            && when.as_ref().is_none_or(|w| held.as_ref().is_some_and(|h| h.literal == w.literal))
        {
            mood = Mood::Done;
            when = held;
        } else if self.arrived {
            when = when.filter(|w| {
                w.to >= doc.day()
                    && sentence.text.get(tokens[at].start..).is_some_and(|rest| rest.contains(&w.literal))
            });
        }
        // "friends since they met in 1998"
        if when.as_ref().is_some_and(|w| w.precision == Precision::Year && w.to < doc.day()) {
            return None;
        }
        let clause = Clause { range: self.part.clone(), opens: self.opens };
        let from = self.noun.as_ref().map_or(at, |noun| noun.start.clamp(self.part.start, at));
        let mut background = frame::background(doc, sentence, &clause, from, when.as_ref())
            || mood == Mood::Before && !sentence.prominent() && when.is_none()
            // "had once before announced it, in a call with B"
            || WORDS.section("once before").any(tokens, 0..at);
        let mut status = match mood {
            Mood::Done | Mood::Now | Mood::Before | Mood::Unreal => Status::Occurred,
            Mood::Planned | Mood::Maybe => Status::Planned,
            Mood::Off => Status::Cancelled,
            Mood::Denied => Status::Denied,
        };
        // "A bombed a camp a day before talks": the talks are still to come, and not the news.
        if matches!(self.opens, Some("before" | "ahead"))
            && let Some(day) = frame::day_off(doc, sentence, self.part.start)
        {
            status = if day.to < doc.day() { Status::Occurred } else { Status::Planned };
            background = true;
            when = Some(day);
        }
        // "arrived on Friday, a day after talks in Lima"
        let inside = |w: &When| sentence.slice(part.start, part.end).contains(&w.literal);
        if matches!(self.opens, Some("after" | "following"))
            && !when.as_ref().is_some_and(inside)
            && let Some(day) = frame::day_off(doc, sentence, self.part.start)
        {
            when = Some(day);
        }
        // What is to come is never told as context alone.
        let ahead = when.as_ref().is_some_and(|w| w.from >= doc.day() && !w.literal.is_empty());
        if status == Status::Planned && ahead && !matches!(self.opens, Some("before" | "ahead")) {
            background = false;
        }
        // What was to be on a day that is past is told as over.
        if status == Status::Planned && when.as_ref().is_some_and(|w| w.to < doc.day()) {
            when = None;
        }
        let place = self.place(doc, sentence, &part, at);
        let whole = self.whole(doc, sentence, when.is_some(), place.as_ref(), mood);
        let mut mention = frame::mention(Kind::MEETING, status, sentence, &self.part, at, self.rule);
        mention.place = place;
        mention.background = background;
        mention.when = when.or_else(|| {
            (status == Status::Occurred && !background && sentence.prominent() && !self.definite)
                .then(|| frame::today(doc))
        });
        if matches!(self.opens, Some("before" | "ahead")) {
            mention.prominent = false;
        }
        let few = self.actors.len() < 2
            && self.manner != Manner::House
            && mention.when.is_none()
            && mention.place.is_none();
        mention.score -= if few { 0.2 } else { 0.0 } + if mood == Mood::Maybe { 0.1 } else { 0.0 };
        mention.actors = self.actors;
        shorten(&mut mention.actors);
        let apart = self.words.end..(self.words.end + 8).min(self.part.end.max(self.words.end));
        let apart = self.apart || WORDS.section("apart").any(tokens, apart);
        Some(Told {
            apart,
            mention,
            whole,
            definite: self.definite,
            moved: to_come,
            summit: tokens[at].is(&["summit", "conference"]),
            silent: self.silent,
            again: self.again,
            manner: self.manner,
        })
    }

    fn place(
        &self,
        doc: &Document<'_>,
        sentence: &Sentence<'_>,
        part: &Range<usize>,
        at: usize,
    ) -> Option<Place> {
        if self.manner == Manner::Phone {
            return None;
        }
        setting::moved_to(sentence, at)
            .or_else(|| setting::bound(sentence, self.words.end))
            .or_else(|| self.noun.as_ref().and_then(|_| setting::host(sentence, at)))
            .or_else(|| self.noun.as_ref().and_then(|noun| setting::site(sentence, noun, at)))
            .or_else(|| setting::left(sentence, self.part.start.saturating_sub(1)..at))
            .or_else(|| setting::place(doc, sentence, part, at).filter(|p| !self.party(p)))
            .or_else(|| self.actors.iter().filter(|_| self.manner == Manner::House).find_map(setting::seat))
            .or_else(|| {
                self.actors
                    .first()
                    .filter(|_| self.manner == Manner::House)
                    .and_then(|a| setting::home(doc, sentence, a))
            })
    }

    /// "to talk to Chile": a state that takes part is no place.
    fn party(&self, place: &Place) -> bool {
        place.level == PlaceLevel::Country
            && self.actors.iter().any(|a| a.role == ActorRole::Country && a.literal == place.literal)
    }

    /// Whether it names enough: parties, a day or place, and words that can mean nothing else.
    fn whole(
        &self,
        doc: &Document<'_>,
        sentence: &Sentence<'_>,
        dated: bool,
        place: Option<&Place>,
        mood: Mood,
    ) -> bool {
        let anchored = dated || place.is_some();
        let known = self.actors.iter().any(|a| a.role != ActorRole::Group) || self.named > 0;
        // A headline of games makes states teams.
        let teams = self.noun.is_none() && self.actors.iter().all(|a| a.role != ActorRole::Person);
        let games = sport(sentence) || teams && doc.sentences.iter().any(|s| s.title && sport(s));
        if games && !self.actors.iter().any(official) {
            return false;
        }
        if mood == Mood::Maybe && !(dated && self.actors.len() > 1) {
            return false;
        }
        // People of no office who met some day are no news.
        let private = |a: &Actor| {
            a.role == ActorRole::Person
                && a.country.is_none()
                && a.literal.split(' ').count() <= a.name.split(' ').count()
        };
        let tokens = &sentence.tokens;
        let office = self.part.clone().any(|i| WORDS.section("nouns party").at(tokens, i).is_some())
            || !matches!(mood, Mood::Done | Mood::Before);
        if !self.actors.is_empty()
            && self.actors.iter().all(private)
            && !sentence.prominent()
            && !dated
            && !office
        {
            return false;
        }
        if self.loose {
            let told = self.firm || !self.actors.is_empty() || mood == Mood::Planned;
            let shown = self.event && told && dated && (place.is_some() || self.manner == Manner::Phone);
            return shown || sentence.title && anchored && self.firm;
        }
        match (self.manner, self.actors.len()) {
            (Manner::House, _) => true,
            // "as saying in an intercepted phone call"
            (Manner::Phone, 0) => false,
            (_, 0) if self.again => dated && mood == Mood::Planned,
            (_, 0) if self.definite => mood == Mood::Planned && self.firm && dated && place.is_some(),
            // "clashed in Lima after talks failed": the place is of the clash.
            (_, 0) if matches!(self.opens, Some("after" | "following" | "since")) => {
                let own = |p: &Place| sentence.slice(self.part.start, self.part.end).contains(&p.literal);
                place.is_some_and(own) && dated
            }
            (_, 0) => place.is_some() && (dated || sentence.title && self.firm),
            (_, _) if matches!(mood, Mood::Off | Mood::Denied) => {
                (known || self.firm) && (anchored || self.actors.len() > 1 || sentence.title)
            }
            (_, 1) if self.definite => {
                anchored && self.firm && known && self.noun.is_some() && place.is_some() && dated
            }
            (_, 1) if self.formal && sentence.title => true,
            (_, 1) => {
                self.firm && anchored && (dated || sentence.prominent() || self.formal)
                    || self.noun.is_none() && anchored && (known || dated)
            }
            _ if self.spoken => {
                let officials = self
                    .actors
                    .iter()
                    .filter(|a| a.role == ActorRole::Person && (a.country.is_some() || official(a)))
                    .count();
                let far = self.manner == Manner::Phone;
                known && self.named > 1 && (dated || far || sentence.prominent() || officials > 1)
            }
            _ => known && self.firm || anchored || sentence.prominent(),
        }
    }
}

/// Whether a person is named with an office.
fn official(actor: &Actor) -> bool {
    let mut words = actor.literal.split([' ', '-']);
    actor.role == ActorRole::Person && words.any(|w| WORDS.section("nouns party").has(&w.to_lowercase()))
}

/// Those without a name are left out where two have one.
fn shorten(actors: &mut Vec<Actor>) {
    let named = actors
        .iter()
        .filter(|a| a.role != ActorRole::Group || a.literal.starts_with(char::is_uppercase))
        .count();
    if named >= 2 {
        actors.retain(|a| a.role != ActorRole::Group || a.literal.starts_with(char::is_uppercase));
    }
}

/// Whether a sentence speaks of games, where teams meet and sides talk of nothing.
fn sport(sentence: &Sentence<'_>) -> bool {
    let tokens = &sentence.tokens;
    (0..tokens.len()).any(|i| {
        WORDS.section("sport").at(tokens, i).is_some_and(|m| {
            m.len > 1 || sentence.name_at(i).is_none_or(|n| n.actor.role != ActorRole::Person)
        })
    })
}
