//! Bodies under the letters that an article gives behind their names: "the Coastal Action Front (CAF)".

use super::document::Sentence;
use super::names::Name;
use crate::model::{Actor, ActorRole};

/// Longest letters for a body's name.
const MOST: usize = 8;

/// Makes one actor of a body and of the letters that stand for it.
pub(super) fn join(sentences: &mut [Sentence<'_>]) {
    let mut known: Vec<(String, Actor)> = Vec::new();
    for sentence in sentences.iter() {
        for name in sentence.names.iter().filter(|n| is_body(&n.actor) && n.actor.name.contains(' ')) {
            if let Some(letters) = letters(sentence, name)
                && known.iter().all(|(l, _)| *l != letters)
            {
                known.push((letters, name.actor.clone()));
            }
        }
    }
    if known.is_empty() {
        return;
    }
    for name in sentences.iter_mut().flat_map(|s| &mut s.names) {
        let short = name.actor.literal.trim_start_matches("the ").trim_start_matches("The ");
        let long = known.iter().find(|(letters, _)| letters == short).map(|(_, actor)| actor);
        if let Some(long) = long.filter(|_| name.actor.role != ActorRole::Country) {
            name.actor = Actor { literal: name.actor.literal.clone(), ..long.clone() };
        }
    }
}

fn is_body(actor: &Actor) -> bool {
    matches!(actor.role, ActorRole::Body | ActorRole::Group)
}

/// The letters in brackets right behind a name.
fn letters(sentence: &Sentence<'_>, name: &Name) -> Option<String> {
    let tokens = &sentence.tokens;
    let [open, letters, close] = tokens.get(name.last..name.last + 3)? else { return None };
    let capitals = letters.text.chars().filter(|c| c.is_uppercase()).count();
    let short =
        letters.text.chars().all(char::is_alphabetic) && (2..=MOST).contains(&letters.text.chars().count());
    (open.low == "(" && close.low == ")" && short && capitals * 2 > letters.text.chars().count())
        .then(|| letters.text.to_owned())
}
