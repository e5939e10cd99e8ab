//! Strikes: armed attacks by drone, missile, aircraft, artillery, bomb or gun.
//!
//! A laid-out article comes in, its attacks go out, one mention each, with weapon words, place and toll. Labour
//! strikes, deals struck, sport, accidents, disasters, drills, threats and mere interceptions are none.

use std::ops::Range;
use std::sync::LazyLock;

use super::document::{Document, Sentence};
use super::frame::{self, Clause};
use super::lexicon::{Form, Lexicon};
use super::names::Stands;
use super::tolls;
use crate::model::{Actor, ActorRole, Kind, Mention, Place, PlaceLevel, Status};

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/strike.txt")));

/// What a rule's name ends in where the words set the attack apart from others.
const APART: &str = ", apart";

/// The armed attacks of an article.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    // Arms anywhere in the lead make a bare "attack" an armed one.
    let armed = doc.sentences.iter().take(4).any(|s| has(s, "weapons") || has(s, "forces") && has(s, "hurt"));
    for sentence in &doc.sentences {
        if let Some(mention) = in_sentence(doc, sentence, armed) {
            match found.iter_mut().find(|known| same(known, &mention)) {
                Some(known) => frame::join(known, mention),
                None => found.push(mention),
            }
        } else if let Some(last) = found.last_mut() {
            follow(last, sentence);
        }
    }
    found.retain(|m| m.score >= 0.4);
    found
}

fn has(sentence: &Sentence<'_>, section: &str) -> bool {
    WORDS.section(section).any(&sentence.tokens, 0..sentence.tokens.len())
}

/// A toll told in a sentence of its own belongs to the attack told before it.
fn follow(last: &mut Mention, sentence: &Sentence<'_>) {
    if last.killed.is_some() && last.wounded.is_some()
        || !has(sentence, "hurt")
        || last.background
        || has(sentence, "disaster")
        || has(sentence, "cumulative")
    {
        return;
    }
    let tolls = tolls::find(sentence.text);
    last.killed = last.killed.take().or_else(|| tolls.killed.into_iter().next().map(|t| t.toll));
    last.wounded = last.wounded.take().or_else(|| tolls.wounded.into_iter().next().map(|t| t.toll));
}

fn in_sentence(doc: &Document<'_>, sentence: &Sentence<'_>, armed_article: bool) -> Option<Mention> {
    let tokens = &sentence.tokens;
    let vetoed = vetoes(sentence);
    let clear = |range: &Range<usize>| !vetoed.iter().any(|v| v.start < range.end && range.start < v.end);
    let arms = |r: Range<usize>| WORDS.section("weapons").any(tokens, r);
    let all = 0..tokens.len();
    let forces = has(sentence, "forces");
    let hurt = has(sentence, "hurt");
    let mut best: Option<(f32, Range<usize>, &'static str)> = None;
    for at in all.clone() {
        if tokens[at].punct
            || sentence
                .name_at(at)
                .is_some_and(|n| n.stands == Stands::Media || n.last > n.first + 1 && tokens[at].cap)
        {
            continue;
        }
        let strong = WORDS.section("nouns strong").at(tokens, at).map(|m| (0.8, m, "attack noun"));
        let verb = WORDS.section("verbs strong").at(tokens, at).map(|m| (0.8, m, "attack verb"));
        let weak = WORDS.section("nouns weak").at(tokens, at).map(|m| (0.3, m, "armed noun"));
        let weak_verb = WORDS.section("verbs weak").at(tokens, at).map(|m| (0.3, m, "armed verb"));
        for (mut score, m, rule) in [strong, verb, weak, weak_verb].into_iter().flatten() {
            let range = at..at + m.len;
            if !clear(&range) || rule.ends_with("verb") && m.form == Form::Base && !infinitive(sentence, at) {
                continue;
            }
            let near = at.saturating_sub(8)..(at + m.len + 8).min(tokens.len());
            if score < 0.5 {
                score = weak_score(
                    sentence,
                    at,
                    &range,
                    rule,
                    &near,
                    m.lemma,
                    m.form,
                    forces,
                    hurt,
                    armed_article,
                );
            } else if rule == "attack verb"
                && !(forces || hurt || arms(near.clone()) || armed_article || !sentence.places.is_empty())
            {
                score = 0.3;
            }
            if best.as_ref().is_none_or(|(s, _, _)| score > *s) {
                best = Some((score, range, rule));
            }
        }
    }
    let (mut score, words, rule) = best.filter(|(s, _, _)| *s >= 0.5)?;
    if !vetoed.is_empty() && rule == "armed verb" && !arms(all.clone()) {
        return None;
    }
    let at = words.start;
    let clause = frame::clause(sentence, at);
    if has(sentence, "labour") && tokens[at].is(&["strike", "strikes", "struck"]) && !arms(all.clone()) {
        return None;
    }
    // A bomb that is the event itself is no sign of arms.
    let armed = all.clone().any(|i| !words.contains(&i) && WORDS.section("weapons").at(tokens, i).is_some());
    if tokens[at].low.starts_with("bomb") && has(sentence, "shows") && !armed && !forces && !hurt {
        return None;
    }
    if has(sentence, "sport") && !armed && !hurt || has(sentence, "exercise") && !hurt {
        return None;
    }
    if has(sentence, "disaster") && !(rule == "attack noun" && forces) {
        return None;
    }
    if unreal(sentence, &clause, at) && !(hurt && toll_said(sentence)) {
        return None;
    }
    let itself = WORDS.section("weapons").at(tokens, at).is_some()
        || tokens[at].is(&["fired", "fires", "launched", "launches"]);
    if itself && !hurt && (has(sentence, "intercept") || !aimed(sentence, words.end)) {
        return None;
    }
    if has(sentence, "protest") && !arms(all.clone()) {
        return None;
    }
    if at > 0
        && tokens[at.saturating_sub(2)..at]
            .iter()
            .any(|t| t.is(&["no", "not", "never", "n't", "denied", "denies"]))
    {
        return None;
    }
    if !sentence.prominent() && WORDS.section("doubted").any(tokens, at.saturating_sub(5)..at) {
        return None;
    }
    let range = &clause.range;
    let when = frame::when(doc, sentence, range, at, false);
    let background = frame::background(doc, sentence, &clause, at, when.as_ref())
        || has(sentence, "aftermath") && when.as_ref().is_none_or(|w| w.from < doc.day());
    let place = place(sentence, range, at);
    let tolls = tolls::find(sentence.text);
    let general = WORDS.section("general").any(tokens, at.saturating_sub(4)..(at + 6).min(tokens.len()));
    let told = place.is_some() || when.is_some() || !tolls.killed.is_empty() || !tolls.wounded.is_empty();
    if !told && !sentence.title {
        score -= if sentence.lead { 0.1 } else { 0.3 };
    }
    let bare = when.is_none() && tolls.killed.is_empty() && tolls.wounded.is_empty() && !sentence.title;
    if bare && rule.ends_with("noun") && !predicated(sentence, &words) {
        return None;
    }
    let fresh = when.is_some() || !tolls.killed.is_empty() || !tolls.wounded.is_empty();
    if !sentence.prominent() && !fresh {
        score -= 0.2;
    }
    if general && !sentence.prominent() && tolls.killed.is_empty() {
        score -= 0.3;
    }
    if score < 0.4 {
        return None;
    }
    let mut mention = frame::mention(Kind::STRIKE, Status::Occurred, sentence, range, at, rule);
    mention.score = score.min(0.95) * if sentence.prominent() { 1.0 } else { 0.85 };
    mention.actors = actors(sentence, &clause, &words);
    mention.when = when.or_else(|| (!background && sentence.prominent()).then(|| frame::today(doc)));
    mention.background = background;
    mention.killed = tolls.killed.into_iter().next().map(|t| t.toll);
    mention.wounded = tolls.wounded.into_iter().next().map(|t| t.toll);
    if let Some(place) = &place
        && let Some(code) = &place.country
        && mention.actors.len() < 2
        && mention.actors.iter().all(|a| a.country.as_ref() != Some(code))
        && let Some(country) = super::gazetteer::country_by_code(code)
    {
        frame::push(&mut mention.actors, super::names::country_actor(country, place.literal.clone()));
    }
    mention.place = place;
    if apart(sentence, at) {
        mention.rule.push_str(APART);
    }
    Some(mention)
}

#[expect(clippy::too_many_arguments, reason = "one decision over all that was gathered")]
fn weak_score(
    sentence: &Sentence<'_>,
    at: usize,
    range: &Range<usize>,
    rule: &str,
    near: &Range<usize>,
    lemma: &str,
    form: Form,
    forces: bool,
    hurt: bool,
    armed_article: bool,
) -> f32 {
    let tokens = &sentence.tokens;
    let others = |section: &str, r: Range<usize>| {
        r.into_iter().any(|i| !range.contains(&i) && WORDS.section(section).at(tokens, i).is_some())
    };
    let arms = others("weapons", near.clone());
    let weapon_itself = WORDS.section("weapons").at(tokens, at).is_some();
    let national = sentence.names.iter().any(|n| {
        n.stands != Stands::Media
            && n.actor.role != ActorRole::Person
            && n.last + 2 > at
            && n.first < at
            && n.last <= at
    });
    let object = (range.end..(range.end + 5).min(tokens.len())).any(|i| {
        sentence.places.iter().any(|p| sentence.token_at(p.range.start) == i)
            || WORDS.section("military targets").at(tokens, i).is_some()
    });
    let figurative = (range.end..(range.end + 6).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct)
        .any(|i| WORDS.section("figurative").at(tokens, i).is_some());
    let toll = toll_said(sentence);
    let ambiguous = matches!(
        lemma,
        "explode"
            | "launch"
            | "fire"
            | "lob"
            | "hurl"
            | "rip"
            | "tear"
            | "slam"
            | "rock"
            | "land"
            | "carry"
            | "throw"
            | "plant"
    );
    if rule == "armed verb"
        && ambiguous
        && !others("weapons", at.saturating_sub(6)..(range.end + 6).min(tokens.len()))
        && WORDS.section("nouns strong").at(tokens, range.end + 1).is_none()
        && !others("nouns weak", at.saturating_sub(4)..(range.end + 4).min(tokens.len()))
    {
        return 0.0;
    }
    let mut score: f32 = match (rule, lemma) {
        ("armed noun", "strike" | "attack" | "raid" | "barrage" | "salvo" | "assault") => 0.3,
        ("armed noun", "blast" | "explosion" | "shooting" | "offensive") => 0.1,
        ("armed noun", _) if weapon_itself => return if hurt && toll { 0.55 } else { 0.1 },
        ("armed noun", _) => 0.0,
        (
            "armed verb",
            "attack" | "strike" | "hit" | "pound" | "raid" | "target" | "storm" | "batter" | "shoot",
        ) => {
            if form == Form::Ing {
                0.1
            } else {
                0.2
            }
        }
        (
            "armed verb",
            "explode" | "launch" | "fire" | "lob" | "hurl" | "rip" | "tear" | "slam" | "rock" | "land"
            | "carry" | "throw" | "blast",
        ) => 0.1,
        ("armed verb", "kill" | "wound" | "injure" | "destroy" | "damage" | "smash") => 0.1,
        _ => 0.0,
    };
    if arms {
        score += 0.3;
    }
    if forces {
        score += 0.15;
    }
    if hurt && rule != "armed verb" || toll {
        score += 0.25;
    }
    if national {
        score += 0.2;
    }
    if object {
        score += 0.15;
    }
    if armed_article {
        score += 0.1;
    }
    if matches!(lemma, "blast" | "explosion") && !arms && !forces && !armed_article {
        score -= 0.2;
    }
    if lemma == "raid"
        && tokens.iter().any(|t| t.is(&["arrested", "arrests", "detained", "seized", "drugs"]))
        && !arms
    {
        score -= 0.3;
    }
    if figurative && !arms {
        score -= 0.3;
    }
    score.min(0.9)
}

/// Whether a base form is a verb here ("to shell", "rebels bomb") and not the noun.
fn infinitive(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &sentence.tokens[i]) else { return false };
    before.is(&["to", "will", "did", "men", "police", "who"])
        || !before.punct && before.low.len() > 3 && before.low.ends_with('s') && sentence.prominent()
}

/// Whether an attack is told and not just spoken of: it has an attacker, a target or a verb of its own.
fn predicated(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let tokens = &sentence.tokens;
    let after = tokens
        .get(words.end)
        .is_some_and(|t| t.is(&["on", "in", "at", "against", "near", "outside", "targeting", "aimed", "by"]));
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

/// Whether something is fired at somebody or somewhere.
fn aimed(sentence: &Sentence<'_>, from: usize) -> bool {
    sentence.tokens.iter().skip(from).take(10).any(|t| {
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
            "at",
            "in",
            "landed",
        ])
    })
}

fn toll_said(sentence: &Sentence<'_>) -> bool {
    let tolls = tolls::find(sentence.text);
    !tolls.killed.is_empty() || !tolls.wounded.is_empty()
}

/// Stretches of the sentence whose listed words are no attack.
fn vetoes(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
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

/// Threatened, planned, prevented or only intercepted.
fn unreal(sentence: &Sentence<'_>, clause: &Clause, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let before = at.saturating_sub(6).max(clause.range.start)..at;
    WORDS.section("threat").any(tokens, before.clone())
        || WORDS.section("intercept").any(tokens, before.start..(at + 3).min(tokens.len()))
}

/// Where it struck; a town that the gazetteer lacks is taken as the words have it.
fn place(sentence: &Sentence<'_>, range: &Range<usize>, at: usize) -> Option<Place> {
    let known = frame::place(sentence, range, at, true);
    if known.as_ref().is_some_and(|p| p.level <= PlaceLevel::City) {
        return known;
    }
    let tokens = &sentence.tokens;
    let unknown = sentence.names.iter().find(|n| {
        let possessed = n.first > 1
            && tokens[n.first - 1].low == "'s"
            && sentence.name_at(n.first - 2).is_some_and(|p| p.stands == Stands::Place);
        let located = n.first > 0 && tokens[n.first - 1].is(&["in", "near", "on", "at", "outside", "of"]);
        let town = n.actor.role == ActorRole::Person
            && n.actor.country.is_none()
            && n.actor.literal == n.actor.name
            && n.last <= n.first + 2;
        town && n.first > at
            && range.contains(&n.first)
            && (possessed || located && tokens[n.first - 1].low != "of")
            && tokens.get(n.last).is_none_or(|t| {
                t.punct
                    || t.is(&[
                        "in",
                        "on",
                        "and",
                        "killed",
                        "killing",
                        "region",
                        "district",
                        "village",
                        "late",
                        "early",
                        "overnight",
                    ])
            })
    });
    let Some(name) = unknown else { return known };
    let (country, region) = known.map_or((None, None), |k| {
        (k.country, (k.level == PlaceLevel::Region).then_some(k.name).or(k.region))
    });
    let literal = name.actor.literal.clone();
    Some(Place { name: literal.clone(), country, region, level: PlaceLevel::City, literal })
}

/// Whether the words set an attack apart from the one told before: "troops also shelled", "in a separate raid".
fn apart(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    at > 0 && tokens[at - 1].low == "also"
        || tokens[..at]
            .iter()
            .rev()
            .take(12)
            .any(|t| t.is(&["separate", "separately", "elsewhere", "another"]))
}

/// Attacker first, target second, where the words say so.
fn actors(sentence: &Sentence<'_>, clause: &Clause, words: &Range<usize>) -> Vec<Actor> {
    let tokens = &sentence.tokens;
    let mut actors: Vec<Actor> = Vec::new();
    let party = |n: &&super::names::Name| {
        n.stands != Stands::Media && n.stands != Stands::Place && n.actor.role != ActorRole::Person
    };
    let by = (words.end..clause.range.end)
        .find(|&i| tokens[i].is(&["by", "from"]))
        .and_then(|by| sentence.names.iter().filter(party).find(|n| n.first > by && n.first <= by + 4));
    let before =
        sentence.names.iter().filter(party).rfind(|n| n.last <= words.start && n.last + 6 > words.start);
    if let Some(name) = by.or(before) {
        actors.push(name.actor.clone());
    }
    if let Some(name) =
        sentence.names.iter().filter(party).find(|n| n.first >= words.end && n.first < words.end + 8)
    {
        frame::push(&mut actors, name.actor.clone());
    }
    actors
}

/// Whether two mentions of one article tell of one attack.
fn same(a: &Mention, b: &Mention) -> bool {
    let attacker = |m: &Mention| m.actors.first().and_then(|x| x.country.clone());
    let other_side = match (attacker(a), attacker(b)) {
        (Some(x), Some(y)) => x != y && a.actors.len() > 1 && b.actors.len() > 1,
        _ => false,
    };
    let other = |m: &Mention| m.rule.ends_with(APART);
    let apart = (other(a) != other(b)) && a.place.is_none() != b.place.is_none();
    a.background == b.background
        && !other_side
        && !apart
        && frame::places_agree(a.place.as_ref(), b.place.as_ref())
        && frame::days_agree(a.when.as_ref(), b.when.as_ref())
}
