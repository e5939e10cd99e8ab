//! Speakers told of by a noun: "the trade ministry", "rebels in the north", "a spokesman for the union".

use super::super::document::Sentence;
use super::super::gazetteer;
use super::super::names::{self, Name, Stands};
use super::super::scan::NAMES;
use super::super::text;
use super::WORDS;
use crate::model::{Actor, ActorRole};

/// What sort of speaker a noun tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// An institution: it speaks for itself.
    House,
    /// A side of a conflict or dispute, or a body of people: rebels, lawmakers.
    Side,
    /// The holder of an office who is not named.
    Office,
    /// Who speaks for another: spokesman, official, aide.
    Mouth,
}

/// A speaker told of by a noun.
pub(super) struct Described {
    /// Its first token, without article.
    pub first: usize,
    /// The token after its last.
    pub last: usize,
    /// The token where its head begins.
    head: usize,
    pub sort: Sort,
    /// The country or body that stands with it: "Peru's trade ministry", "Peruvian rebels".
    owner: Option<Actor>,
    /// An article, a possessive or a plural shows that the noun stands for somebody.
    pub definite: bool,
}

/// The description whose head noun ends right before token `end`.
pub(super) fn ending_at(sentence: &Sentence<'_>, end: usize) -> Option<Described> {
    let tokens = &sentence.tokens;
    let (head, sort) = (end.saturating_sub(3)..end).find_map(|s| {
        if sentence.name_at(s).is_some_and(|n| n.first != s) {
            return None;
        }
        sort_at(sentence, s, end).map(|sort| (s, sort))
    })?;
    if tokens[head..end].iter().any(|t| t.quoted) {
        return None;
    }
    let mut first = head;
    let mut owner = None;
    let mut definite = tokens[end - 1].low.ends_with('s') || tokens[end - 1].is(&["police", "parliament"]);
    while first > 0 && head - first < 4 {
        let left = first - 1;
        if let Some(name) = sentence.name_at(left) {
            // "Separatist militants", "Nova militants": one word before the noun belongs to it.
            let one_word = name.last == name.first + 1 && name.stands == Stands::Actor;
            if one_word && name.actor.role != ActorRole::Country && !tokens[first].cap {
                owner = Some(name.actor.clone()).filter(|a| a.role == ActorRole::Body);
                first = name.first;
                definite = true;
                break;
            }
            let word = tokens[first].joined || tokens[left].low == "'s" || name.stands == Stands::Adjective;
            if word || name.stands != Stands::Media && (tokens[first].cap || sentence.title) {
                owner = Some(name.actor.clone());
                first = name.first;
                definite = true;
            }
            break;
        }
        let token = &tokens[left];
        if token.low == "'s"
            && let Some(name) = left.checked_sub(1).and_then(|k| sentence.name_at(k))
        {
            owner = Some(name.actor.clone());
            first = name.first;
            definite = true;
            break;
        }
        if token.is(&["the", "a", "an", "his", "her", "its", "their", "another", "both", "two", "other"]) {
            definite = true;
            break;
        }
        let verb =
            token.low.ends_with("ing") || token.low.ends_with("ed") && !token.joined && head - first > 0;
        if token.punct || text::is_stop_word(&token.low) || verb {
            break;
        }
        first = left;
    }
    definite |= first == 0;
    Some(Described { first, last: end, head, sort, owner, definite })
}

fn sort_at(sentence: &Sentence<'_>, first: usize, end: usize) -> Option<Sort> {
    let tokens = &sentence.tokens;
    let whole = |m: Option<super::super::lexicon::Match>| m.is_some_and(|m| first + m.len == end);
    // "the state news agency": it carries what others say.
    let carries =
        |from: usize| NAMES.section("media nouns").at(tokens, from).is_some_and(|m| from + m.len == end);
    if (first.saturating_sub(1)..end).any(carries) {
        return None;
    }
    if whole(WORDS.section("houses").at(tokens, first))
        || whole(NAMES.section("ministries").at(tokens, first))
    {
        return Some(Sort::House);
    }
    if whole(WORDS.section("sides").at(tokens, first)) {
        return Some(Sort::Side);
    }
    if whole(WORDS.section("mouths").at(tokens, first)) {
        return Some(Sort::Mouth);
    }
    // "major challenges", "9 pm"
    let other = WORDS.section("no office").has(&tokens[first].low) && first + 1 == end
        || first > 0 && tokens[first - 1].low.ends_with(|c: char| c.is_ascii_digit());
    (whole(NAMES.section("offices").at(tokens, first)) && !other).then_some(Sort::Office)
}

impl Described {
    /// Who speaks, with what `cast` knows of the bodies that the article names in full.
    pub fn actor(&self, sentence: &Sentence<'_>, cast: &[Actor]) -> Actor {
        let literal = sentence.slice(self.first, self.last).to_owned();
        let head = text::fold(sentence.slice(self.head, self.last));
        let country = self.owner.as_ref().and_then(|o| o.country.clone());
        // "Peru's government": the country, as everywhere.
        let organ = NAMES
            .section("organs")
            .at(&sentence.tokens, self.head)
            .is_some_and(|m| self.head + m.len == self.last);
        if organ
            && self.sort == Sort::House
            && let Some(country) = country.as_deref().and_then(gazetteer::country_by_code)
        {
            return names::country_actor(country, literal);
        }
        if self.sort == Sort::House {
            let mut named = cast.iter().filter(|a| {
                let name = text::fold(&a.name);
                name.strip_suffix(&head).is_some_and(|rest| rest.ends_with(' '))
                    && (country.is_none() || a.country.is_none() || a.country == country)
            });
            if let Some(one) = named.next()
                && named.all(|other| other.key == one.key)
            {
                return Actor { literal, ..one.clone() };
            }
        }
        let mut chars = literal.chars();
        let name = chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
        let role = if self.sort == Sort::House { ActorRole::Body } else { ActorRole::Group };
        Actor { key: text::fold(&name), name, role, country, literal }
    }

    /// "the group": a noun that says of whom only by what was named before.
    pub fn generic(&self, sentence: &Sentence<'_>) -> bool {
        self.owner.is_none()
            && self.first == self.head
            && self.sort == Sort::House
            && WORDS.section("generic").has(&sentence.tokens[self.head].low)
    }

    /// The house that stands before one who speaks for it: "the army spokesman".
    pub fn house(&self, sentence: &Sentence<'_>) -> Option<Described> {
        let mouth = sentence.tokens[self.head].is(&["spokesman", "spokeswoman", "spokesperson"]);
        let found = ending_at(sentence, self.head)
            .filter(|f| mouth && f.sort == Sort::House && f.first >= self.first)?;
        Some(Described { definite: self.definite, ..found })
    }

    /// "officials", "a spokesman": with the state that they are of, they are somebody.
    pub fn official(&self, sentence: &Sentence<'_>) -> bool {
        sentence.tokens[self.last - 1].is(&[
            "official",
            "officials",
            "authorities",
            "spokesman",
            "spokeswoman",
        ])
    }

    /// "the company": in business.
    pub fn trade(&self, sentence: &Sentence<'_>) -> bool {
        sentence.tokens[self.head].is(&["company", "airline", "operator", "club"])
    }

    /// The same with an owner that stands behind it: "the government in Nova".
    pub fn owned_by(self, owner: &Actor) -> Described {
        Described { owner: Some(owner.clone()), definite: true, ..self }
    }

    /// The office in lower case, if it is one.
    pub fn office(&self, sentence: &Sentence<'_>) -> Option<String> {
        (self.sort == Sort::Office).then(|| sentence.slice(self.head, self.last).to_lowercase())
    }

    /// The owner, for one who only speaks for it ("a Kremlin spokesman").
    pub fn owner(&self) -> Option<&Actor> {
        self.owner.as_ref()
    }
}

/// Whether a name or description beginning at `first` is governed by a preposition, and by which token.
pub(super) fn governor(sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let mut at = first;
    while at > 0 {
        let token = &tokens[at - 1];
        if token.is(&["the", "a", "an", "his", "her", "its", "their", "this", "that", "some", "other"]) {
            at -= 1;
            continue;
        }
        // "in eastern Nova"
        if token.low.ends_with("ern") && at == first || token.is(&["central", "upper", "lower", "nearby"]) {
            at -= 1;
            continue;
        }
        // "of Peru's East Institute": the possessor is governed, and so is what it has.
        if token.low == "'s"
            && let Some(name) = at.checked_sub(2).and_then(|k| sentence.name_at(k))
        {
            at = name.first;
            continue;
        }
        // "with Peru's", "with Peruvian minister A": the adjective is governed, and so is what it belongs to.
        if let Some(name) = sentence.name_at(at - 1)
            && name.last == at
            && (name.actor.role == ActorRole::Country
                || name.actor.role == ActorRole::Body && !tokens[at].cap && sentence.name_at(at).is_some())
        {
            at = name.first;
            continue;
        }
        return token.is(PREPOSITIONS).then_some(at - 1);
    }
    None
}

const PREPOSITIONS: &[&str] = &[
    "to",
    "with",
    "by",
    "of",
    "in",
    "from",
    "on",
    "for",
    "against",
    "between",
    "at",
    "after",
    "than",
    "over",
    "into",
    "near",
    "about",
    "under",
    "toward",
    "towards",
    "without",
    "within",
    "through",
    "before",
    "like",
    "despite",
    "amid",
    "during",
    "since",
    "until",
    "following",
    "beyond",
    "including",
    "around",
    "outside",
    "behind",
    "among",
    "inside",
    "across",
];

/// Whether a body's name ends in a word for a house of state.
pub(super) fn is_house(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| WORDS.section("houses").has(&last.to_lowercase()))
}

/// Whether a name of a state stands for its officials: "Peruvian officials".
pub(super) fn officials(name: &Name) -> bool {
    let last = name.actor.literal.rsplit(' ').next().unwrap_or_default();
    name.actor.role == ActorRole::Country
        && name.stands == Stands::Actor
        && ["officials", "authorities"].contains(&last)
}

/// Whether a name may be a speaker.
pub(super) fn can_speak(name: &Name) -> bool {
    let last = name.actor.literal.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let anonymous = name.actor.role == ActorRole::Country && WORDS.section("anonymous").has(&last);
    name.stands == Stands::Actor && !anonymous
}
