//! The selectors of a listing page, guessed: where many siblings each have a link with a headline's words.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::model::Selectors;

use super::{canonical, dates, html};

/// Items that make a list.
const MIN_ITEMS: usize = 3;
/// Words that make a headline; a menu's have fewer.
const MIN_WORDS: usize = 4;
/// Headlines of a page that are looked at.
const MAX_HEADLINES: usize = 500;
/// Where links are no news.
const ASIDE: [&str; 5] = ["nav", "footer", "aside", "form", "header"];

/// The selectors of the page's longest list of headlines; `None` if it has none.
pub fn selectors(page: &Html, url: &Url) -> Option<Selectors> {
    let headlines = headlines(page, url);
    // For each parent and name of child: the children that have a headline.
    let mut lists: HashMap<_, Vec<ElementRef>> = HashMap::new();
    for headline in &headlines {
        for item in std::iter::once(*headline).chain(headline.ancestors().filter_map(ElementRef::wrap)) {
            let Some(parent) = item.parent() else { break };
            let siblings = lists.entry((parent.id(), item.value().name())).or_default();
            if siblings.last().is_none_or(|last| last.id() != item.id()) {
                siblings.push(item);
            }
        }
    }
    // The longest list; of lists within each other the one whose items are the whole stories.
    let items = lists
        .into_values()
        .filter(|items| items.len() >= MIN_ITEMS)
        .max_by_key(|items| (items.len(), items.iter().map(|i| i.descendants().count()).sum::<usize>()))?;
    let item = item_selector(page, &items)?;
    let found = |selector: &str| {
        let selector = Selector::parse(selector).ok();
        selector.map_or(0, |s| items.iter().filter(|item| item.select(&s).next().is_some()).count())
    };
    let most = |selector: &&str| found(selector) * 2 > items.len();
    let link = ["h1 a", "h2 a", "h3 a", "h4 a"].into_iter().find(most);
    // A link around all of a story: its headline is the heading within.
    let title = ["a h1", "a h2", "a h3", "a h4"].into_iter().find(most).map(|title| &title[2..]);
    let link = link.map(str::to_owned).or_else(|| link_selector(&items, &headlines));
    let dated = items.iter().filter(|item| has_date(**item)).count() * 2 > items.len();
    let guessed = Selectors {
        item: Some(item),
        link,
        title: title.map(str::to_owned),
        date: dated.then(|| "time".to_owned()),
        ..Selectors::default()
    };
    Some(guessed)
}

/// Whether an item's time is one that can be read: not "two hours ago".
fn has_date(item: ElementRef) -> bool {
    let Some(time) = Selector::parse("time").ok().and_then(|time| item.select(&time).next()) else {
        return false;
    };
    time.attr("datetime")
        .map(str::to_owned)
        .or_else(|| html::words(&time))
        .is_some_and(|d| dates::parse(&d).is_some())
}

/// Links to the same site with a headline's words, outside of menus.
fn headlines<'a>(page: &'a Html, url: &Url) -> Vec<ElementRef<'a>> {
    let Ok(anchors) = Selector::parse("a[href]") else { return Vec::new() };
    let aside = |element: &ElementRef| {
        element.ancestors().filter_map(ElementRef::wrap).any(|outer| ASIDE.contains(&outer.value().name()))
    };
    page.select(&anchors)
        .filter(|anchor| {
            let link = anchor.attr("href").and_then(|href| url.join(href).ok());
            link.is_some_and(|link| canonical::same_site(&link, url) && link.path() != url.path())
        })
        .filter(|anchor| anchor.text().flat_map(str::split_whitespace).take(MIN_WORDS).count() == MIN_WORDS)
        .filter(|anchor| !aside(anchor))
        .take(MAX_HEADLINES)
        .collect()
}

/// A selector of the items: their own name and the classes that all have, within their parent.
fn item_selector(page: &Html, items: &[ElementRef]) -> Option<String> {
    let first = items.first()?;
    let shared: Vec<&str> = first
        .value()
        .classes()
        .filter(|class| {
            is_plain(class) && items.iter().all(|item| item.value().classes().any(|c| c == *class))
        })
        .take(2)
        .collect();
    let own = named(first.value().name(), &shared);
    let parent = first.parent().and_then(ElementRef::wrap)?;
    let outer = match parent.value().id().filter(|id| is_plain(id)) {
        Some(id) => format!("#{id}"),
        None => named(
            parent.value().name(),
            &parent.value().classes().filter(|c| is_plain(c)).take(2).collect::<Vec<_>>(),
        ),
    };
    let within = format!("{outer} > {own}");
    // Without its parent where that finds the same: a page's frame changes more often than its items.
    let count = |selector: &str| Selector::parse(selector).map_or(usize::MAX, |s| page.select(&s).count());
    let bare = !shared.is_empty() && count(&own) == count(&within);
    Some(if bare { own } else { within })
}

/// The headline's link where an item has several: by a class that the links of most items share.
fn link_selector(items: &[ElementRef], headlines: &[ElementRef]) -> Option<String> {
    let anchors = Selector::parse("a[href]").ok()?;
    let mut alone = true;
    let mut classes: HashMap<&str, usize> = HashMap::new();
    for item in items {
        let mut links = item.select(&anchors);
        let first = links.next();
        alone &= first.is_none_or(|first| headlines.iter().any(|headline| headline.id() == first.id()));
        let headline = item.select(&anchors).find(|link| headlines.iter().any(|h| h.id() == link.id()));
        for class in headline.iter().flat_map(|link| link.value().classes()).filter(|class| is_plain(class)) {
            *classes.entry(class).or_default() += 1;
        }
    }
    if alone {
        return None;
    }
    let (class, times) =
        classes.into_iter().max_by_key(|(class, times)| (*times, std::cmp::Reverse(*class)))?;
    (times * 2 > items.len()).then(|| format!("a.{class}"))
}

fn named(name: &str, classes: &[&str]) -> String {
    std::iter::once(name).chain(classes.iter().copied()).collect::<Vec<_>>().join(".")
}

/// A name that needs no escapes and looks made by hand: generated ones change with each build.
fn is_plain(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && digits < 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scrape::listing;

    fn guess(body: &str) -> Option<(Selectors, Vec<String>)> {
        let html = format!("<html><head><title>Bay Post</title></head><body>{body}</body></html>");
        let url = Url::parse("https://bay.example/news/").unwrap();
        let selectors = selectors(&Html::parse_document(&html), &url)?;
        let page = listing::parse(html.as_bytes(), None, &url, &selectors).unwrap();
        let titles = page.listing.entries.into_iter().map(|entry| entry.title.unwrap()).collect();
        Some((selectors, titles))
    }

    const MENU: &str = "<nav><ul><li><a href='/a'>News of the world today</a></li><li><a href='/b'>News of the town today</a>
        </li><li><a href='/c'>All about sport and games</a></li><li><a href='/d'>Who we are and why</a></li></ul></nav>";

    #[test]
    fn a_list_of_headlines_is_found_with_its_links_and_dates() {
        let story = |at: u32, title: &str| {
            format!(
                "<li class='story n{at}xyz99'><a href='/topic/{at}'><img src=x></a><h3><a href='/{at}'>{title}</a></h3>
                 <time datetime='2031-03-0{at}'>{at} March</time><p>More of it.</p></li>"
            )
        };
        let titles = [
            "Storm nears the outer islands",
            "Port opens after two years",
            "Mayor thanks the bridge builders",
        ];
        let stories: String = (1..).zip(titles).map(|(at, title)| story(at, title)).collect();
        let (selectors, found) = guess(&format!("{MENU}<ul class='stories'>{stories}</ul>")).unwrap();
        assert_eq!(selectors.item.as_deref(), Some("li.story"));
        assert_eq!((selectors.link.as_deref(), selectors.date.as_deref()), (Some("h3 a"), Some("time")));
        assert_eq!(found, titles);
    }

    #[test]
    fn a_link_around_a_story_has_its_heading_for_a_headline() {
        let story = |at: u32| {
            format!(
                "<a class=card href='/{at}'><h2>Headline of number {at}</h2><p>And the standfirst of it</p></a>"
            )
        };
        let stories: String = (1..=4).map(story).collect();
        let (selectors, found) = guess(&format!("{MENU}<div id=latest>{stories}</div>")).unwrap();
        assert_eq!(selectors.item.as_deref(), Some("a.card"));
        assert_eq!(found, (1..=4).map(|at| format!("Headline of number {at}")).collect::<Vec<_>>());
    }

    #[test]
    fn a_time_that_can_t_be_read_is_no_date() {
        let story = |at: u32| {
            format!(
                "<div class=n><a href='/{at}'>Headline of number {at}</a><time>{at} hours ago</time></div>"
            )
        };
        let (selectors, found) = guess(&(1..=3).map(story).collect::<String>()).unwrap();
        assert_eq!((selectors.date, found.len()), (None, 3));
    }

    #[test]
    fn a_page_of_menus_and_words_has_no_list() {
        assert_eq!(guess(MENU), None);
        assert_eq!(guess("<p>Words <a href='/a'>with a link or two</a> in them</p>"), None);
    }
}
