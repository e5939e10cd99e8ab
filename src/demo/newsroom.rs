//! The bundled articles: data files in, outlets with their articles out.
//!
//! The files are compiled in and parsed at start; a test reads them all, so a mistake in one never
//! reaches a user.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

const OUTLETS: &str = include_str!("newsroom/outlets.toml");
const DAYS: [(&str, &str); 8] = [
    ("2031-03-03.toml", include_str!("newsroom/2031-03-03.toml")),
    ("2031-03-04.toml", include_str!("newsroom/2031-03-04.toml")),
    ("2031-03-05.toml", include_str!("newsroom/2031-03-05.toml")),
    ("2031-03-06.toml", include_str!("newsroom/2031-03-06.toml")),
    ("2031-03-07.toml", include_str!("newsroom/2031-03-07.toml")),
    ("2031-03-08.toml", include_str!("newsroom/2031-03-08.toml")),
    ("2031-03-09.toml", include_str!("newsroom/2031-03-09.toml")),
    ("2031-03-10.toml", include_str!("newsroom/2031-03-10.toml")),
];

/// How an outlet lists its news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum List {
    /// An RSS 2.0 feed.
    Rss,
    /// An Atom feed.
    Atom,
    /// A JSON Feed.
    Json,
    /// An HTML page with a list of headlines.
    Listing,
}

/// What an outlet's article pages answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pages {
    /// The article.
    Open,
    /// 403: only the summary in the list can be read.
    Forbidden,
}

/// An invented publisher.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Short name, used in the data files.
    pub id: String,
    /// The name that readers see.
    pub name: String,
    /// How it lists its news.
    pub list: List,
    /// What its article pages answer.
    pub pages: Pages,
    /// Charset of its pages, by its WHATWG label.
    pub charset: String,
    /// The line under its name.
    pub tagline: String,
}

/// One bundled article.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its [`Outlet::id`].
    pub outlet: String,
    /// When it appears on the outlet's list.
    pub published: DateTime<Utc>,
    /// Last part of its path; unique within the outlet.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// Summary in the list.
    pub summary: String,
    /// Byline.
    pub byline: String,
    /// Paragraphs, parted by blank lines.
    #[serde(default)]
    pub text: String,
    /// Slug of an earlier article whose text this one carries verbatim.
    #[serde(default)]
    text_of: Option<String>,
}

impl Story {
    /// The path of its page.
    pub fn path(&self) -> String {
        format!("/{}/{}", self.published.format("%Y/%m"), self.slug)
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text.split("\n\n").map(str::trim).filter(|p| !p.is_empty())
    }
}

/// All outlets and articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newsroom {
    /// The outlets.
    pub outlets: Vec<Outlet>,
    /// The articles, in order of publication.
    pub stories: Vec<Story>,
}

impl Newsroom {
    /// The bundled newsroom.
    pub fn bundled() -> Result<Newsroom> {
        #[derive(Deserialize)]
        struct Outlets {
            outlet: Vec<Outlet>,
        }
        #[derive(Deserialize)]
        struct Day {
            article: Vec<Story>,
        }

        let outlets: Outlets = toml::from_str(OUTLETS).context("reading the newsroom's outlets.toml")?;
        let mut stories = Vec::new();
        for (file, text) in DAYS {
            let day: Day = toml::from_str(text).with_context(|| format!("reading the newsroom's {file}"))?;
            stories.extend(day.article);
        }
        copy_agency_texts(&mut stories)?;
        stories.sort_by_key(|story| story.published);
        Ok(Newsroom { outlets: outlets.outlet, stories })
    }

    /// The days on which something was published, in order.
    pub fn days(&self) -> Vec<NaiveDate> {
        let mut days: Vec<_> = self.stories.iter().map(|story| story.published.date_naive()).collect();
        days.dedup();
        days
    }

    /// An outlet's articles that are out by `now`, the newest first.
    pub fn published<'a>(
        &'a self,
        outlet: &'a Outlet,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'a Story> {
        self.stories.iter().rev().filter(move |story| story.outlet == outlet.id && story.published <= now)
    }
}

fn copy_agency_texts(stories: &mut [Story]) -> Result<()> {
    for i in 0..stories.len() {
        let Some(slug) = stories[i].text_of.clone() else { continue };
        let original = stories.iter().find(|story| story.slug == slug && story.text_of.is_none());
        let text =
            original.with_context(|| format!("finding the article {slug} to carry its text"))?.text.clone();
        ensure!(!text.is_empty(), "the article {slug} has no text to carry");
        stories[i].text = text;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_newsroom_has_every_form_of_list_and_more_than_a_week_of_news() {
        let newsroom = Newsroom::bundled().unwrap();
        let lists: Vec<List> = newsroom.outlets.iter().map(|outlet| outlet.list).collect();
        for list in [List::Rss, List::Atom, List::Json, List::Listing] {
            assert!(lists.contains(&list), "no outlet with {list:?}");
        }
        assert!(newsroom.days().len() >= 7);
        assert!(newsroom.stories.len() >= 48);
    }

    #[test]
    fn every_article_belongs_to_an_outlet_and_has_a_page_of_its_own() {
        let newsroom = Newsroom::bundled().unwrap();
        let mut paths = HashSet::new();
        for story in &newsroom.stories {
            let outlet = newsroom.outlets.iter().find(|outlet| outlet.id == story.outlet);
            let outlet = outlet.unwrap_or_else(|| panic!("{} has no outlet", story.slug));
            assert!(paths.insert((outlet.id.clone(), story.path())), "{} twice", story.slug);
            let paragraphs = story.paragraphs().count();
            match outlet.pages {
                Pages::Open => assert!((2..=8).contains(&paragraphs), "{}: {paragraphs}", story.slug),
                Pages::Forbidden => assert_eq!(paragraphs, 0, "{} can't be read", story.slug),
            }
        }
    }

    #[test]
    fn every_article_can_be_written_in_its_outlets_charset() {
        let newsroom = Newsroom::bundled().unwrap();
        for outlet in &newsroom.outlets {
            let charset = encoding_rs::Encoding::for_label(outlet.charset.as_bytes()).unwrap();
            for story in newsroom.stories.iter().filter(|story| story.outlet == outlet.id) {
                let all = format!("{}{}{}", story.title, story.summary, story.text);
                let (_, _, lossy) = charset.encode(&all);
                assert!(!lossy, "{} has characters beyond {}", story.slug, outlet.charset);
            }
        }
    }

    #[test]
    fn an_agency_text_stands_verbatim_in_a_second_outlet() {
        let newsroom = Newsroom::bundled().unwrap();
        let copy = newsroom.stories.iter().find(|story| story.text_of.is_some()).unwrap();
        let twins = newsroom.stories.iter().filter(|story| story.text == copy.text && !story.text.is_empty());
        let outlets: HashSet<&str> = twins.map(|story| story.outlet.as_str()).collect();
        assert_eq!(outlets.len(), 2);
    }
}
