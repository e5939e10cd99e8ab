//! Meetings: named parties meet, talk by phone, or sit in a formal session.
//!
//! A laid-out article comes in, its meetings go out, one mention each: planned, held, called off or denied.

use std::ops::Range;
use std::sync::LazyLock;

use super::document::{Document, Sentence};
use super::frame::{self, Clause};
use super::lexicon::{Form, Lexicon};
use super::names::Stands;
use super::places::PlaceUse;
use crate::model::{Actor, ActorRole, Kind, Mention, Status};

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/meeting.txt")));

/// The meetings of an article.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut subject: Option<Actor> = None;
    for sentence in &doc.sentences {
        let mut inside = in_sentence(doc, sentence, subject.as_ref());
        inside.extend(another_round(
            doc,
            sentence,
            found.iter().chain(&inside).rfind(|m| m.actors.len() > 1),
        ));
        for mention in inside {
            match found.iter_mut().find(|known| same(known, &mention)) {
                Some(known) => frame::join(known, mention),
                None => found.push(mention),
            }
        }
        if let Some(name) =
            sentence.names.iter().find(|n| n.stands == Stands::Actor && frame::person(&n.actor))
        {
            subject = Some(name.actor.clone());
        }
    }
    found.retain(|m| m.score > 0.45);
    found
}

fn in_sentence(doc: &Document<'_>, sentence: &Sentence<'_>, subject: Option<&Actor>) -> Vec<Mention> {
    let tokens = &sentence.tokens;
    let mut found: Vec<Mention> = Vec::new();
    if WORDS.section("sport").any(tokens, 0..tokens.len()) {
        return found;
    }
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let spot = if token.punct
            || sentence.name_at(at).is_some_and(|n| n.first < at || n.stands == Stands::Media)
        {
            None
        } else {
            noun(sentence, at, subject).or_else(|| verb(sentence, at, subject))
        };
        if let Some(mention) = visit(doc, sentence, at) {
            found.push(mention);
            return found;
        }
        if let Some(spot) = spot {
            at = spot.words.end;
            if let Some(mention) = spot.mention(doc, sentence) {
                match found.iter_mut().find(|known| same(known, &mention)) {
                    Some(known) => frame::join(known, mention),
                    None => found.push(mention),
                }
            }
        } else {
            at += 1;
        }
    }
    found
}

/// "The sides will meet again next week": the parties of the meeting told before, on a named day.
fn another_round(doc: &Document<'_>, sentence: &Sentence<'_>, before: Option<&Mention>) -> Option<Mention> {
    let before = before?;
    let tokens = &sentence.tokens;
    let at = (0..tokens.len()).find(|&i| WORDS.section("rounds").at(tokens, i).is_some())?;
    let clause = frame::clause(sentence, at);
    let from = clause.range.start.saturating_sub(2);
    let planned = tokens[from..clause.range.end].iter().any(|t| {
        t.is(&[
            "will",
            "would",
            "could",
            "may",
            "planned",
            "due",
            "expected",
            "scheduled",
            "set",
            "to",
            "agreed",
        ])
    });
    let others = sentence.names.iter().any(|n| {
        n.first >= clause.range.start
            && n.last <= clause.range.end
            && n.stands == Stands::Actor
            && n.actor.role == ActorRole::Person
    });
    let when = frame::when(doc, sentence, &clause.range, at, true)
        .or_else(|| {
            let wide = clause.range.start..(clause.range.end + 8).min(tokens.len());
            frame::when(doc, sentence, &wide, at, true)
        })
        .filter(|w| w.to > doc.day())?;
    if !planned || others {
        return None;
    }
    let mut mention =
        frame::mention(Kind::MEETING, Status::Planned, sentence, &clause.range, at, "another round");
    mention.actors = before.actors.clone();
    mention.when = Some(when);
    mention.place = frame::place(sentence, &clause.range, at, false);
    Some(mention)
}

/// A guest's visit to a country: "A arrives in Nova on a state visit".
fn visit(doc: &Document<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Mention> {
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
    let subject = frame::subject(sentence, at);
    let guest = subject.iter().find(|a| a.role == ActorRole::Person || a.literal.contains(' '))?.clone();
    let bare = sentence
        .places
        .iter()
        .rfind(|p| p.use_ == PlaceUse::Bare && sentence.token_at(p.range.end.saturating_sub(1)) + 1 == at)
        .map(|p| p.place.clone());
    let place = bare.or_else(|| frame::place(sentence, &clause.range, at, false))?;
    let host = super::gazetteer::country_by_code(place.country.as_deref()?)?;
    if guest.country.as_deref() == Some(host.code) {
        return None;
    }
    let planned = tokens[clause.range.start..at]
        .iter()
        .any(|t| t.is(&["to", "will", "plans", "due", "set", "planned", "may", "expected"]))
        && !tokens[clause.range.start..at].iter().any(|t| {
            t.is(&[
                "arrives", "arrived", "begins", "began", "starts", "started", "kicks", "kicked", "ends",
                "ended", "wraps",
            ])
        });
    let status = if planned { Status::Planned } else { Status::Occurred };
    let mut mention = frame::mention(Kind::MEETING, status, sentence, &clause.range, at, "visit");
    mention.actors = vec![guest, super::names::country_actor(host, place.literal.clone())];
    mention.when = frame::when(doc, sentence, &clause.range, at, planned)
        .or_else(|| (!planned).then(|| frame::today(doc)));
    mention.place = Some(place);
    Some(mention)
}

/// Words that tell of a meeting, with those who meet.
struct Spot {
    words: Range<usize>,
    actors: Vec<Actor>,
    clause: Clause,
    rule: &'static str,
    /// Where the words about its status begin.
    status_from: usize,
    weak: bool,
}

fn noun(sentence: &Sentence<'_>, at: usize, known: Option<&Actor>) -> Option<Spot> {
    let tokens = &sentence.tokens;
    let strong = WORDS.section("nouns").at(tokens, at);
    let weak = WORDS.section("weak nouns").at(tokens, at);
    let session = WORDS.section("sessions").at(tokens, at);
    let len = [strong, weak, session].into_iter().flatten().map(|m| m.len).max()?;
    let words = at..at + len;
    let clause = frame::clause(sentence, at);
    // "to talk", "meeting the minister" are verbs.
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    if tokens[at].is(&["talk", "call", "visit", "exchange", "contacts"])
        && before.is_some_and(|t| t.is(&["to", "will", "not", "we", "they", "i", "you"]))
    {
        return None;
    }
    if tokens[at].low == "meeting" && len == 1 && (gerund(sentence, at) || unlike(sentence, at)) {
        return None;
    }
    if (WORDS.section("not parties").any(tokens, at.saturating_sub(2)..at))
        || tokens.get(at + len).is_some_and(|t| t.is(&["room", "place", "point", "hall"]))
    {
        return None;
    }
    // A call for talks is no meeting.
    let wished = tokens[at.saturating_sub(6)..at].windows(2).any(|w| {
        w[0].is(&[
            "call", "calls", "called", "calling", "asked", "asks", "appealed", "hopes", "hoped", "pressed",
            "pressing",
        ]) && w[1].low == "for"
            || w[0].is(&[
                "urged",
                "urges",
                "demanded",
                "demands",
                "requested",
                "requests",
                "proposed",
                "proposes",
                "offered",
                "offers",
                "suggested",
            ]) && w[1].is(&["a", "an", "talks", "direct", "new", "urgent", "the"])
    });
    if wished && !tokens[at.saturating_sub(6)..at].iter().any(|t| t.is(&["agreed", "accepted"])) {
        return None;
    }
    // Before it: "A-B talks", "A's meeting", "the Geneva talks".
    let mut actors: Vec<Actor> = Vec::new();
    let mut left = at;
    let mut skipped = 0;
    while left > 0 {
        let i = left - 1;
        if let Some(name) = sentence.name_at(i) {
            let linked = tokens[i + 1..at].iter().all(|t| !t.punct || t.is(&["'s", "\""]));
            if linked && frame::acts(sentence, name) {
                actors = frame::list_left(sentence, name.last, clause.range.start);
                left = frame::list_start(sentence, name.last).min(name.first);
            }
            break;
        }
        let t = &tokens[i];
        let skip = t.low == "'s"
            || t.low == "\""
            || !t.punct
                && !t.cap
                && !super::text::is_stop_word(&t.low)
                && skipped < 4
                && !WORDS.section("verbs light").has(&t.low);
        if !skip {
            break;
        }
        skipped += 1;
        left = i;
    }
    let owned = !actors.is_empty() && left < at;
    let compound = tokens.get(left..at).is_some_and(|ts| ts.iter().any(|t| t.joined));
    if owned && !compound && !tokens[left..at].iter().any(|t| t.low == "'s") && actors.len() < 2 {
        // "Reuters talks", "Nova meeting": a bare name before it is a party only in a compound.
        let verb_follows = tokens[at].low == "talks";
        if verb_follows && len == 1 {
            actors.clear();
        }
    }
    let mut status_from = left;
    // After it: "with A and B", "between A and B", "of A and B".
    let mut after = words.end;
    let limit = (words.end + 14).min(clause.range.end.max(words.end));
    let mut matter = false;
    let mut linked = false;
    while after < limit {
        let t = &tokens[after];
        matter |= t.is(&["on", "over", "about", "to", "discuss", "aimed", "regarding", "concerning"]);
        if t.low == "with"
            || t.is(&["between", "involving", "among"]) && !matter
            || t.low == "of" && after == words.end
        {
            linked |= after < words.end + 8;
            let (more, _) = frame::list_right(sentence, after + 1);
            more.into_iter().for_each(|a| frame::push(&mut actors, a));
            if !actors.is_empty() {
                break;
            }
        }
        if t.punct && !t.is(&[",", "'s", "\""])
            || t.is(&["said", "says", "who", "will", "was", "were", "is", "are", "has", "have", "that"])
        {
            break;
        }
        after += 1;
    }
    let mut rule = "meeting noun";
    if WORDS.section("linked").at(tokens, at).is_some() && strong.is_none() && !linked && !(owned && compound)
    {
        return None;
    }
    if actors.len() < 2 || !owned {
        // "A, B hold talks", "A flew in for talks with B": the subject of the verb that governs it.
        let subordinate = matches!(clause.opens, Some("after" | "before" | "ahead" | "following")) && !owned;
        let light = (clause.range.start..left).rev().take(8).find(|&i| {
            !tokens[i].punct
                && WORDS.section("verbs light").at(tokens, i).is_some()
                && sentence.name_at(i).is_none()
        });
        let speech = (clause.range.start..left).rev().take(14).find(|&i| {
            !tokens[i].punct
                && WORDS.section("speech").has(tokens[i].low.trim_end_matches('s'))
                && WORDS.section("cancelled").at(tokens, i).is_none()
                || WORDS.section("verbs speech").at(tokens, i).is_some()
        });
        if let Some(light) = light
            && speech.is_none_or(|s| s < light)
        {
            let floor = speech.map_or(clause.range.start, |s| s + 1);
            let mut subject = frame::list_left(sentence, light, floor);
            if subject.is_empty() && subordinate {
                subject = frame::subject(sentence, clause.range.start);
            }
            if subject.is_empty() && tokens[floor..light].iter().any(|t| t.is(&["he", "she"])) {
                subject.extend(known.cloned());
            }
            if !subject.is_empty() {
                status_from =
                    floor.max(sentence.names.iter().rfind(|n| n.last <= light).map_or(0, |n| n.last));
                rule = "subject holds meeting";
            }
            let mut all = subject;
            actors.into_iter().for_each(|a| frame::push(&mut all, a));
            actors = all;
        } else if subordinate && actors.len() == 1 && linked {
            // "A said so after talks with B": the subject of the sentence took part.
            rule = "subject after meeting";
            let mut all = frame::subject(sentence, clause.range.start);
            if all.is_empty()
                && tokens[..clause.range.start].iter().any(|t| t.is(&["he", "she", "his", "her"]))
            {
                all.extend(known.cloned());
            }
            actors.into_iter().for_each(|a| frame::push(&mut all, a));
            actors = all;
        } else if let Some(joined) =
            governed(sentence, &clause, left).filter(|_| sentence.prominent() || linked)
        {
            status_from = joined.1;
            rule = "subject at meeting";
            let mut all = joined.0;
            actors.into_iter().for_each(|a| frame::push(&mut all, a));
            actors = all;
        }
    }
    let session = session.is_some();
    let weak = strong.is_none() && !session;
    Some(Spot { words, actors, clause, rule, status_from, weak })
}

/// Whether a word that is also a noun ("host") stands as a verb: right after its subject or an auxiliary.
fn predicate(sentence: &Sentence<'_>, at: usize, form: Form) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &sentence.tokens[i]) else { return false };
    let auxiliary = before.is(&["to", "will", "would", "may", "might", "should", "could", "can", "not"]);
    let subject = sentence.name_at(at - 1).is_some_and(|n| n.stands == Stands::Actor);
    auxiliary
        || form != Form::Base
            && (subject
                || before.low.ends_with("ly")
                || before
                    .is(&["has", "have", "had", "also", "later", "who", "he", "she", "and", "is", "was"]))
}

/// Those who are sent to, or act at, a meeting: "sent A to Nova for a meeting", "A agree at talks".
fn governed(sentence: &Sentence<'_>, clause: &Clause, left: usize) -> Option<(Vec<Actor>, usize)> {
    let tokens = &sentence.tokens;
    let within = clause.range.start..left;
    let preposition =
        within.clone().rev().take(2).find(|&i| tokens[i].is(&["for", "at", "in", "during", "to", "into"]))?;
    let sent = within.clone().rev().find(|&i| WORDS.section("verbs send").at(tokens, i).is_some());
    let floor = sent.unwrap_or(clause.range.start);
    let speech = (floor..preposition)
        .find(|&i| tokens[i].is(&["says", "said", "announces", "announced", "reports", "reported"]));
    let (actors, _) = frame::list_right(
        sentence,
        sentence
            .names
            .iter()
            .find(|n| n.first >= floor && n.last <= preposition && n.stands == Stands::Actor)?
            .first,
    );
    (!actors.is_empty() && (speech.is_none() || sent.is_some()))
        .then_some((actors, sent.unwrap_or(clause.range.start)))
}

/// "meeting" as a verb form: "after meeting the minister", "is meeting A".
fn gerund(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let next_named =
        sentence.name_at(at + 1).is_some_and(|n| n.stands == Stands::Actor || n.stands == Stands::Adjective)
            || tokens.get(at + 1).is_some_and(|t| t.is(&["his", "her", "their", "the"]))
            || tokens.get(at + 1).is_some_and(|t| t.low == "with")
                && at > 0
                && tokens[at - 1].is(&["is", "are", "was", "were", "be", "been", "after", "before"]);
    next_named
        && at.checked_sub(1).and_then(|i| tokens.get(i)).is_none_or(|t| {
            t.is(&[
                "after", "before", "is", "are", "was", "were", "be", "of", "by", "on", "and", "when",
                "while", ",", "from", "about",
            ])
        })
}

/// Whether what is met is a need, a deadline or resistance, not a party.
fn unlike(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    (at + 1..(at + 5).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct && sentence.name_at(i).is_none())
        .any(|i| WORDS.section("not met").at(tokens, i).is_some())
}

fn verb(sentence: &Sentence<'_>, at: usize, known: Option<&Actor>) -> Option<Spot> {
    let tokens = &sentence.tokens;
    let meet = WORDS.section("verbs meet").at(tokens, at);
    let host =
        WORDS.section("verbs host").at(tokens, at).or_else(|| WORDS.section("verbs phone").at(tokens, at));
    let m = meet.or(host)?;
    if meet.is_none() && !predicate(sentence, at, m.form) {
        return None;
    }
    if m.form == Form::Ing && m.len == 1 && meet.is_some() && !gerund(sentence, at) || unlike(sentence, at) {
        return None;
    }
    let clause = frame::clause(sentence, at);
    let mut actors = frame::list_left(sentence, at, 0);
    let last_name = sentence.names.iter().rev().find(|n| n.last <= at);
    let gap = last_name.map_or(usize::MAX, |n| at - n.last);
    let pronoun = tokens[clause.range.start..at].iter().rev().take(4).any(|t| t.is(&["he", "she"]));
    let mut rule = "subject meets";
    let before = &tokens[clause.range.start..at];
    let negated = before.iter().rev().take(4).any(|t| t.is(&["never", "n't", "not"]));
    let passive =
        before.iter().rev().take(3).any(|t| t.is(&["be", "was", "were", "been", "is", "are", "being"]));
    if negated && m.form == Form::Past
        || passive && m.form == Form::Past && tokens.get(at + m.len).is_some_and(|t| t.low == "with")
    {
        return None;
    }
    if m.form == Form::Ing && !matches!(m.lemma, "meet" | "host" | "receive") {
        return None;
    }
    if pronoun {
        let named = sentence
            .names
            .iter()
            .find(|n| n.last <= at && n.stands == Stands::Actor && n.actor.role == ActorRole::Person);
        actors = named.map(|n| &n.actor).or(known).cloned().into_iter().collect();
        rule = "pronoun meets";
    } else if gap > 12 {
        actors.clear();
    }
    if m.form == Form::Ing
        && meet.is_some()
        && at > 0
        && tokens[at - 1].is(&["after", "before", "on", "by", "when", "while"])
    {
        // "After meeting A, B said": the subject comes later, or stands before.
        let (_, end) = frame::list_right(sentence, at + 1);
        let later = sentence
            .names
            .iter()
            .find(|n| n.first >= end && n.stands == Stands::Actor && n.actor.role == ActorRole::Person);
        if actors.is_empty() || gap > 8 {
            actors = later.map(|n| n.actor.clone()).into_iter().collect();
        }
    }
    let mut from = at + m.len;
    while tokens.get(from).is_some_and(|t| {
        t.is(&[
            "with",
            "again",
            "separately",
            "privately",
            "briefly",
            "in",
            "person",
            "face",
            "to",
            "virtually",
            "there",
        ]) || t.low.ends_with("ly")
    }) {
        from += 1;
    }
    let (mut objects, end) = frame::list_right(sentence, from);
    if objects.is_empty()
        && let Some(with) = (end..(end + 10).min(clause.range.end)).find(|&i| tokens[i].low == "with")
    {
        objects = frame::list_right(sentence, with + 1).0;
    }
    if host.is_some() && meet.is_none() {
        let person = |actors: &[Actor]| actors.iter().any(|a| a.role != ActorRole::Body);
        if !person(&objects) || !person(&actors) || tokens[at].cap && !sentence.title && at == 0 {
            return None;
        }
        // "welcomed the decision of A" is no visit: the guest follows at once.
        if sentence.names.iter().find(|n| n.last > from).is_none_or(|n| n.first > from + 1) {
            return None;
        }
    }
    if actors.is_empty() && gap > 12 && m.form != Form::Ing {
        return None;
    }
    objects.into_iter().for_each(|a| frame::push(&mut actors, a));
    let status_from = last_name.map_or(clause.range.start, |n| n.last.max(clause.range.start));
    Some(Spot {
        words: at..at + m.len,
        actors,
        clause,
        rule,
        status_from,
        weak: host.is_some() && meet.is_none(),
    })
}

impl Spot {
    fn mention(self, doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<Mention> {
        let tokens = &sentence.tokens;
        let at = self.words.start;
        let mut status = self.status(sentence);
        let range = &self.clause.range;
        let moved = frame::new_day(doc, sentence);
        if moved.is_some() && WORDS.section("moved").any(tokens, at.saturating_sub(8)..tokens.len()) {
            status = Status::Planned;
        }
        let site = sentence.places.iter().find(|p| {
            let token = sentence.token_at(p.range.end.saturating_sub(1)) + 1;
            p.use_ != PlaceUse::Demonym
                && token <= at
                && token + 3 > at
                && tokens[token..at].iter().all(|t| !t.punct && !super::text::is_stop_word(&t.low))
        });
        let unsure = at.checked_sub(1).and_then(|i| sentence.name_at(i)).filter(|n| {
            n.actor.role == ActorRole::Person
                && n.last == n.first + 1
                && n.actor.country.is_none()
                && n.last == at
                && tokens[at].text != "call"
        });
        let named_site = unsure
            .filter(|_| self.actors.len() < 2 || self.words.len() == 1 && !tokens[at - 1].joined)
            .and_then(|n| frame::known_place(&n.actor.literal));
        let mut actors = self.actors.clone();
        if let (Some(_), Some(n)) = (&named_site, unsure) {
            actors.retain(|a| a.key != n.actor.key);
        }
        let place = site
            .filter(|p| p.place.level < crate::model::PlaceLevel::Country)
            .map(|p| frame::city_of(p.place.clone()))
            .or(named_site.clone())
            .or_else(|| frame::place(sentence, range, at, false));
        let parties = actors
            .iter()
            .filter(|a| a.role != ActorRole::Body || a.country.is_some() || a.key.len() < 9)
            .count();
        let session = WORDS.section("sessions").at(tokens, at).is_some();
        let group = actors.iter().any(|a| {
            a.role == ActorRole::Group
                || a.literal.ends_with('s') && a.role == ActorRole::Country && a.literal.contains(' ')
        });
        let told = sentence.prominent() || when_or_place(doc, sentence, range, at);
        let named = parties >= 2 && told
            || group && parties >= 1 && !self.weak
            || session
            || !self.weak
                && parties == 1
                && !self.rule.ends_with("meets")
                && place.is_some()
                && sentence.prominent();
        let headline = sentence.prominent()
            && place.is_some()
            && !self.weak
            && tokens[at].is(&["talks", "summit", "negotiations", "meeting"]);
        let anaphor = at > 0
            && tokens[at - 1].is(&["the", "both", "these", "those", "this", "that"])
            && actors.len() < 2;
        if !named && !headline || anaphor && site.is_none() && named_site.is_none() && !session {
            return None;
        }
        let when = match status {
            Status::Planned => moved.or_else(|| frame::when(doc, sentence, range, at, true)),
            Status::Cancelled => frame::planned_day(doc, sentence, range, at),
            _ => frame::when(doc, sentence, range, at, false),
        };
        let mut background = frame::background(doc, sentence, &self.clause, at, when.as_ref());
        // "A bombed a camp a day before talks": the talks are still to come, and not the news.
        let mut when = when;
        if matches!(self.clause.opens, Some("before" | "ahead"))
            && status == Status::Occurred
            && let Some(day) = frame::day_after(doc, sentence, range.start)
        {
            status = if day.to < doc.day() { Status::Occurred } else { Status::Planned };
            background = true;
            when = Some(day);
        }
        // "They parted friends, and will sit down again next month": not the day of these.
        if status == Status::Occurred && when.as_ref().is_some_and(|w| w.from > doc.day()) {
            when = None;
        }
        let mut mention = frame::mention(Kind::MEETING, status, sentence, range, at, self.rule);
        mention.actors = actors;
        mention.when = when.or_else(|| {
            (status == Status::Occurred && !background && sentence.prominent()).then(|| frame::today(doc))
        });
        mention.place = place;
        mention.background = background;
        if mention.actors.len() < 2 && !session {
            mention.score -= 0.2;
        }
        Some(mention)
    }

    fn status(&self, sentence: &Sentence<'_>) -> Status {
        let tokens = &sentence.tokens;
        let before = self.status_from.min(self.words.start)..self.words.start;
        let after = self.words.end..self.clause.range.end.min(self.words.end + 14);
        let near = before.start.saturating_sub(3)..after.end;
        if WORDS.section("cancelled").any(tokens, near) {
            return Status::Cancelled;
        }
        let wide = before.start.saturating_sub(2)..self.words.start;
        let denied =
            wide.clone().any(|i| WORDS.section("denied").at(tokens, i).is_some() && !tokens[i].quoted);
        let next = |i: usize| tokens.get(i + 1);
        let planned_before = wide.clone().any(|i| match tokens[i].low.as_str() {
            "to" => next(i).is_some_and(|t| {
                super::ordinary::ordinary(&t.low)
                    && !t.cap
                    && !t.is(&["the", "a", "an", "his", "her", "their"])
            }),
            "for" => self.arriving(sentence, i),
            "set" => next(i).is_some_and(|t| t.is(&["to", "for"])),
            _ => WORDS.section("planned before").at(tokens, i).is_some() && !tokens[i].quoted,
        }) || self.clause.opens == Some("ahead");
        let planned_after = after.clone().any(|i| WORDS.section("planned after").at(tokens, i).is_some());
        if denied
            && !(planned_after && after.clone().any(|i| tokens[i].is(&["until", "before"])))
            && (planned_before || planned_after || wide.clone().any(|i| tokens[i].is(&["no"])))
        {
            return Status::Denied;
        }
        if planned_before || planned_after { Status::Planned } else { Status::Occurred }
    }

    /// "heads to Nova for talks", "sent him there for a meeting": the meeting is still to come.
    fn arriving(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let tokens = &sentence.tokens;
        let going = [
            "head",
            "heads",
            "headed",
            "heading",
            "travel",
            "travels",
            "travelling",
            "traveling",
            "fly",
            "flies",
            "flying",
            "leaves",
            "sends",
            "sent",
            "directed",
            "going",
            "depart",
            "departs",
            "arrive",
            "arrives",
            "arrived",
            "plans",
            "pushes",
            "calls",
            "called",
            "sets",
            "flew",
            "departed",
            "left",
        ];
        tokens[at.saturating_sub(10)..at].iter().any(|t| t.is(&going))
    }
}

/// Whether the clause says when or where: below the lead, a meeting of neither is talk of meetings.
fn when_or_place(doc: &Document<'_>, sentence: &Sentence<'_>, range: &Range<usize>, at: usize) -> bool {
    frame::when(doc, sentence, range, at, false).is_some()
        || frame::place(sentence, range, at, false).is_some()
        || WORDS.section("verbs meet").at(&sentence.tokens, at).is_some_and(|m| m.form != Form::Base)
        || sentence.tokens.get(at + 1).is_some_and(|t| t.is(&["with", "between"]))
        || sentence.tokens.get(at + 2).is_some_and(|t| t.is(&["with", "between"]))
}

/// Whether two mentions of one article tell of one meeting.
fn same(a: &Mention, b: &Mention) -> bool {
    let exact = |m: &Mention| m.when.as_ref().is_some_and(|w| !w.literal.is_empty());
    if !frame::places_agree(a.place.as_ref(), b.place.as_ref())
        || !frame::days_agree(a.when.as_ref(), b.when.as_ref())
    {
        return false;
    }
    let both = exact(a) && exact(b);
    if a.status != b.status && !both {
        return false;
    }
    if a.actors.is_empty() || b.actors.is_empty() {
        return true;
    }
    let covered = |x: &Actor, ys: &[Actor]| {
        ys.iter().any(|y| {
            x.key == y.key
                || x.country.is_some()
                    && x.country == y.country
                    && (x.role == ActorRole::Country || y.role == ActorRole::Country)
        })
    };
    let within = |xs: &[Actor], ys: &[Actor]| xs.iter().filter(|x| covered(x, ys)).count();
    let (few, many) = if a.actors.len() <= b.actors.len() { (a, b) } else { (b, a) };
    let shared = within(&few.actors, &many.actors);
    let placed = a.place.is_some() && b.place.is_some();
    shared == few.actors.len() && (shared > 0 || placed) || shared >= 2 || placed && both && shared >= 1
}
