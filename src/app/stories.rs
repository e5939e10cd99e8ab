//! Each development that is stored finds its story: one that goes on, or a new one.

use anyhow::Result;
use sqlx::PgConnection;

use crate::compare::story;
use crate::model::{Development, DevelopmentId};
use crate::read::{gazetteer, text};
use crate::store::stories as store;

/// Puts a development that was just stored into its story, and notes what it is found by.
///
/// One whose facts changed stays where it is as long as it fits. Context that was never news has no story.
pub(super) async fn follow(tx: &mut PgConnection, id: DevelopmentId, facts: &Development) -> Result<()> {
    store::set_about(tx, id, &about(facts)).await?;
    let parties = story::parties(facts);
    if facts.background || parties.is_empty() {
        return Ok(());
    }
    let current = store::current(tx, id).await?;
    if let Some(current) = &current
        && story::holds(&current.parties, &parties)
    {
        return store::put(tx, id, current.story, facts).await;
    }
    let at = facts.last_reported;
    let mut open = store::open(tx, &parties, at - story::OPEN, at - story::LATELY).await?;
    open.retain(|known| current.as_ref().is_none_or(|current| current.story != known.id));
    let name = || story::name(&parties, facts, |code| gazetteer::country_by_code(code).map(|c| c.name));
    let story = match (story::belongs_to(&parties, &open, at), &current) {
        (Some(story), _) => story,
        // It is all of its story: its parties are known better now.
        (None, Some(current)) if current.alone => {
            store::rename(tx, current.story, &parties, &name()).await?;
            current.story
        }
        (None, _) => store::begin(tx, &parties, &name(), facts).await?,
    };
    store::put(tx, id, story, facts).await?;
    match current {
        Some(left) if left.story != story => store::sweep(tx, left.story, story, id).await,
        _ => Ok(()),
    }
}

/// What a development is found by: countries, actors and places.
fn about(facts: &Development) -> Vec<String> {
    let mut about: Vec<String> = Vec::new();
    for actor in facts.actors.iter().chain(&facts.speaker) {
        about.extend(actor.country.clone());
        about.extend([actor.key.clone(), text::fold(&actor.name)]);
    }
    if let Some(place) = &facts.place {
        about.extend(place.country.clone());
        about.extend([&place.name].into_iter().chain(&place.region).map(|name| gazetteer::key(name)));
    }
    about.retain(|name| !name.is_empty() && name.len() <= LONGEST);
    about.sort_unstable();
    about.dedup();
    about
}

/// Bytes of a name that something is found by: an index takes no item of some thousand.
const LONGEST: usize = 200;

/// What a reader's words may mean in `about`, the likeliest first: each is looked for if the one before finds
/// nothing.
pub fn meanings(words: &str) -> Vec<Vec<String>> {
    let country = gazetteer::country(words).or_else(|| gazetteer::demonym(words)).or_else(|| {
        let bare = words.get(..4).filter(|the| the.eq_ignore_ascii_case("the "));
        gazetteer::country(bare.map_or(words, |_| &words[4..]))
    });
    if let Some(country) = country {
        return vec![vec![country.code.to_owned()]];
    }
    let folded = text::fold(words);
    let bare = folded.strip_prefix("the ").unwrap_or(&folded).to_owned();
    // "Vladimir Karo": an office and a surname, or a first name that no report gave.
    let surname = words.split_whitespace().last().map(text::fold).filter(|last| *last != folded);
    let whole = vec![gazetteer::key(words), folded, bare];
    [Some(whole), surname.map(|last| vec![last])]
        .into_iter()
        .flatten()
        .map(|names| names.into_iter().filter(|name| !name.is_empty()).collect())
        .collect()
}

/// The countries and the body that a reader's words may name as parties of a story.
pub fn parties(words: &str) -> Vec<String> {
    let words = words.replace(['–', ',', ':', '/'], " ");
    let words: Vec<&str> = words.split_whitespace().filter(|word| *word != "-").collect();
    let country = |words: &str| gazetteer::country(words).or_else(|| gazetteer::demonym(words));
    let mut codes = Vec::new();
    let mut from = 0;
    while from < words.len() {
        // "South Korea" before "Korea".
        let longest = (from + 1..=words.len().min(from + 4)).rev();
        let found = longest.filter_map(|to| Some((to, country(&words[from..to].join(" "))?))).next();
        match found {
            Some((to, country)) => {
                codes.push(country.code.to_owned());
                from = to;
            }
            None => from += 1,
        }
    }
    if codes.is_empty() {
        codes.push(text::fold(&words.join(" ")));
    }
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_meant_by_any_of_its_names() {
        for words in ["Russia", "the United States", "US", "Ukraine", "Norwegian"] {
            let meanings = meanings(words);
            assert_eq!((meanings.len(), meanings[0][0].len()), (1, 2), "{words}: {meanings:?}");
        }
        assert_eq!(meanings("Kiev")[0][0], gazetteer::key("Kyiv"));
    }

    #[test]
    fn a_full_name_may_mean_its_surname() {
        assert_eq!(meanings("Chancellor Ada Morn").last().unwrap()[..], ["morn"]);
        assert!(meanings("%'\"<script>").iter().flatten().all(|name| !name.contains('<')));
        assert!(meanings("😀").iter().flatten().count() < 4);
    }

    #[test]
    fn parties_are_found_among_words() {
        assert_eq!(parties("Russia – Ukraine"), ["RU", "UA"]);
        assert_eq!(parties("South Korea"), ["KR"]);
        assert_eq!(parties("M23"), ["m23"]);
    }
}
