//! The newsroom on the web: each outlet is a site of its own on the loopback address.
//!
//! In: the `Newsroom` and a clock. Out: real HTTP on ports that the system chooses: a list (feed or
//! page) of what is published by the clock's now, and a page an article with all that surrounds one on
//! the web: navigation, related headlines, a footer, metadata in the outlet's own style. Every answer
//! has validators and honours conditional requests. An article is not found before it is published.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use minijinja::{Environment, context};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use url::Url;

use super::newsroom::{List, Newsroom, Outlet, Pages, Story};
use crate::clock::Clock;
use crate::config::{Selectors, SourceConfig, SourceType};

/// How many of its newest articles an outlet lists.
const LISTED: usize = 20;
/// How many other headlines an article's page shows.
const RELATED: usize = 4;

const TEMPLATES: [(&str, &str); 8] = [
    ("rss.xml", include_str!("pages/rss.xml")),
    ("atom.xml", include_str!("pages/atom.xml")),
    ("listing.html", include_str!("pages/listing.html")),
    ("wire.html", include_str!("pages/wire.html")),
    ("times.html", include_str!("pages/times.html")),
    ("courier.html", include_str!("pages/courier.html")),
    ("ledger.html", include_str!("pages/ledger.html")),
    ("error.html", include_str!("pages/error.html")),
];

/// The running sites; dropping it stops them.
#[derive(Debug)]
pub struct Server {
    sites: Vec<(Outlet, Url)>,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Starts a site an outlet on 127.0.0.1; each shows what is published by `clock`'s now.
    pub async fn start(newsroom: Arc<Newsroom>, clock: Clock) -> Result<Server> {
        let templates = Arc::new(templates()?);
        let mut sites = Vec::new();
        let mut tasks = JoinSet::new();
        for outlet in &newsroom.outlets {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
                .await
                .with_context(|| format!("opening a local port for {}", outlet.name))?;
            let address = listener.local_addr().context("asking for the newsroom's port")?;
            let base: Url = format!("http://{address}/").parse().context("reading the newsroom's address")?;
            let site = Arc::new(Site {
                newsroom: newsroom.clone(),
                outlet: outlet.clone(),
                base: base.clone(),
                clock: clock.clone(),
                templates: templates.clone(),
            });
            let routes = Router::new()
                .route(list_path(outlet.list), get(list))
                .route("/{year}/{month}/{slug}", get(page))
                .route("/robots.txt", get("User-agent: *\nAllow: /\n"))
                .fallback(nothing_here)
                .with_state(site);
            tasks.spawn(async move {
                if let Err(error) = axum::serve(listener, routes).await {
                    tracing::error!(%error, "a site of the newsroom stopped");
                }
            });
            sites.push((outlet.clone(), base));
        }
        Ok(Server { sites, _tasks: tasks })
    }

    /// The outlets' lists as an owner would write them into tidings.toml.
    pub fn sources(&self) -> Result<Vec<SourceConfig>> {
        self.sites.iter().map(|(outlet, base)| source(outlet, base)).collect()
    }

    /// The sites as `host:port`, to be exempted from the private-address guard.
    pub fn hosts(&self) -> Vec<String> {
        self.sites.iter().map(|(_, base)| base.authority().to_owned()).collect()
    }
}

fn source(outlet: &Outlet, base: &Url) -> Result<SourceConfig> {
    let url = base.join(list_path(outlet.list)).context("joining a list's path to its site")?;
    let (kind, selectors) = match outlet.list {
        List::Rss | List::Atom | List::Json => (SourceType::Feed, Selectors::default()),
        List::Listing => {
            let selectors = Selectors {
                item: Some("li.story".into()),
                link: Some("h3 a".into()),
                title: Some("h3".into()),
                date: Some("time".into()),
                ..Selectors::default()
            };
            (SourceType::Listing, selectors)
        }
    };
    let name = outlet.name.clone();
    Ok(SourceConfig { name, url, kind, outlet: None, selectors, scrape: None, proxy: None })
}

fn list_path(list: List) -> &'static str {
    match list {
        List::Rss => "/rss.xml",
        List::Atom => "/atom.xml",
        List::Json => "/feed.json",
        List::Listing => "/latest",
    }
}

fn templates() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).with_context(|| format!("reading the newsroom's {name}"))?;
    }
    Ok(environment)
}

/// One outlet's site, as its handlers see it.
struct Site {
    newsroom: Arc<Newsroom>,
    outlet: Outlet,
    base: Url,
    clock: Clock,
    templates: Arc<Environment<'static>>,
}

/// An answer before its validators and charset are put on.
struct Body {
    content_type: &'static str,
    text: String,
    modified: DateTime<Utc>,
}

async fn list(State(site): State<Arc<Site>>, request: HeaderMap) -> Response {
    match site.list() {
        Ok(body) => site.answer(body, &request),
        Err(error) => broken(&error),
    }
}

async fn page(
    State(site): State<Arc<Site>>,
    Path((year, month, slug)): Path<(String, String, String)>,
    request: HeaderMap,
) -> Response {
    let path = format!("/{year}/{month}/{slug}");
    let found = site.newsroom.published(&site.outlet, site.clock.now()).find(|story| story.path() == path);
    match found {
        None => site.refuse(StatusCode::NOT_FOUND),
        Some(_) if site.outlet.pages == Pages::Forbidden => site.refuse(StatusCode::FORBIDDEN),
        Some(story) => match site.page(story) {
            Ok(body) => site.answer(body, &request),
            Err(error) => broken(&error),
        },
    }
}

async fn nothing_here(State(site): State<Arc<Site>>) -> Response {
    site.refuse(StatusCode::NOT_FOUND)
}

fn broken(error: &anyhow::Error) -> Response {
    tracing::error!(error = format!("{error:#}"), "the newsroom can't write a page");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

impl Site {
    fn list(&self) -> Result<Body> {
        let now = self.clock.now();
        let stories: Vec<&Story> = self.newsroom.published(&self.outlet, now).take(LISTED).collect();
        let modified = stories.first().map_or(DateTime::UNIX_EPOCH, |story| story.published);
        let (content_type, text) = match self.outlet.list {
            List::Rss => ("application/rss+xml", self.render("rss.xml", &stories, None, modified)?),
            List::Atom => ("application/atom+xml", self.render("atom.xml", &stories, None, modified)?),
            List::Json => ("application/feed+json", self.json_feed(&stories)),
            List::Listing => ("text/html", self.render("listing.html", &stories, None, modified)?),
        };
        Ok(Body { content_type, text, modified })
    }

    fn page(&self, story: &Story) -> Result<Body> {
        let others = self.newsroom.published(&self.outlet, story.published).filter(|other| *other != story);
        let related: Vec<&Story> = others.take(RELATED).collect();
        let template = format!("{}.html", self.outlet.id);
        let text = self.render(&template, &related, Some(story), story.published)?;
        Ok(Body { content_type: "text/html", text, modified: story.published })
    }

    /// Fills a template with the outlet, a list of articles, and the article of an article's page.
    fn render(
        &self,
        template: &str,
        stories: &[&Story],
        story: Option<&Story>,
        modified: DateTime<Utc>,
    ) -> Result<String> {
        let described = |story: &Story| {
            context! {
                url => self.url(story),
                path => story.path(),
                slug => story.slug.clone(),
                title => story.title.clone(),
                summary => story.summary.clone(),
                byline => story.byline.clone(),
                paragraphs => story.paragraphs().map(str::to_owned).collect::<Vec<_>>(),
                rfc3339 => story.published.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                rfc2822 => story.published.to_rfc2822(),
                day => story.published.format("%-d %B %Y").to_string(),
                time => story.published.format("%H:%M").to_string(),
                json_ld => self.json_ld(story),
            }
        };
        let template = self.templates.get_template(template).context("finding a template of the newsroom")?;
        let page = context! {
            outlet => self.outlet.name.clone(),
            tagline => self.outlet.tagline.clone(),
            base => self.base.to_string(),
            modified => modified.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            stories => stories.iter().map(|story| described(story)).collect::<Vec<_>>(),
            story => story.map(described),
        };
        template.render(page).with_context(|| format!("writing a page of {}", self.outlet.name))
    }

    /// An article's schema.org metadata, fit to stand in a script element.
    fn json_ld(&self, story: &Story) -> minijinja::Value {
        let metadata = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "description": story.summary,
            "datePublished": story.published.to_rfc3339(),
            "author": [{ "@type": "Person", "name": story.byline }],
            "publisher": { "@type": "Organization", "name": self.outlet.name },
            "mainEntityOfPage": self.url(story),
        });
        minijinja::Value::from_safe_string(metadata.to_string().replace('<', "\\u003c"))
    }

    fn json_feed(&self, stories: &[&Story]) -> String {
        let items: Vec<_> = stories
            .iter()
            .map(|story| {
                serde_json::json!({
                    "id": format!("ledger-{}", story.slug),
                    "url": self.url(story),
                    "title": story.title,
                    "summary": story.summary,
                    "date_published": story.published.to_rfc3339(),
                    "authors": [{ "name": story.byline }],
                })
            })
            .collect();
        serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.outlet.name,
            "description": self.outlet.tagline,
            "home_page_url": self.base.as_str(),
            "language": "en",
            "items": items,
        })
        .to_string()
    }

    fn url(&self, story: &Story) -> String {
        format!("{}{}", self.base.as_str().trim_end_matches('/'), story.path())
    }

    /// Puts charset and validators on; 304 without a body where the asker already has it.
    fn answer(&self, body: Body, request: &HeaderMap) -> Response {
        let mut hasher = DefaultHasher::new();
        body.text.hash(&mut hasher);
        let etag = format!("\"{:016x}\"", hasher.finish());
        let modified = body.modified.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let known = match request.get(header::IF_NONE_MATCH) {
            Some(tags) => tags.to_str().is_ok_and(|tags| tags.split(',').any(|tag| tag.trim() == etag)),
            None => request.get(header::IF_MODIFIED_SINCE).is_some_and(|since| *since == modified),
        };
        let validators = [(header::ETAG, etag), (header::LAST_MODIFIED, modified)];
        if known {
            return (StatusCode::NOT_MODIFIED, validators).into_response();
        }
        // An outlet in an old charset names it in its pages only, as such outlets do.
        let charset = encoding_rs::Encoding::for_label(self.outlet.charset.as_bytes());
        let (bytes, content_type) = match charset {
            Some(charset) if charset != encoding_rs::UTF_8 => {
                (charset.encode(&body.text).0.into_owned(), body.content_type.to_owned())
            }
            _ => (body.text.into_bytes(), format!("{}; charset=utf-8", body.content_type)),
        };
        (validators, [(header::CONTENT_TYPE, content_type)], bytes).into_response()
    }

    fn refuse(&self, status: StatusCode) -> Response {
        let reason = status.canonical_reason().unwrap_or_default();
        let page = self
            .templates
            .get_template("error.html")
            .and_then(|template| template.render(context! { outlet => self.outlet.name.clone(), reason }));
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        (status, [(header::CONTENT_TYPE, html)], page.unwrap_or_default()).into_response()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use reqwest::{Client, Response};

    use super::*;

    /// All sites, with the clock at the end of the first day.
    async fn started() -> (Server, Arc<Newsroom>, Clock) {
        let newsroom = Arc::new(Newsroom::bundled().unwrap());
        let clock = Clock::manual("2031-03-03T23:00:00Z".parse().unwrap());
        let server = Server::start(newsroom.clone(), clock.clone()).await.unwrap();
        (server, newsroom, clock)
    }

    fn site(server: &Server, id: &str) -> (SourceConfig, Url) {
        let (outlet, base) = server.sites.iter().find(|(outlet, _)| outlet.id == id).unwrap();
        (source(outlet, base).unwrap(), base.clone())
    }

    async fn got(url: impl reqwest::IntoUrl) -> Response {
        Client::new().get(url).send().await.unwrap()
    }

    #[tokio::test]
    async fn an_article_appears_on_its_list_and_page_when_it_is_published_and_not_before() {
        let (server, newsroom, clock) = started().await;
        for outlet in &newsroom.outlets {
            let (list, base) = site(&server, &outlet.id);
            let story = newsroom.stories.iter().find(|story| story.outlet == outlet.id).unwrap();
            let page = base.join(&story.path()).unwrap();
            clock.set(story.published - TimeDelta::seconds(1));
            assert!(!got(list.url.clone()).await.text().await.unwrap().contains(&story.slug));
            assert_eq!(got(page.clone()).await.status(), 404);
            clock.set(story.published);
            assert!(got(list.url).await.text().await.unwrap().contains(&story.slug));
            assert_eq!(got(page).await.status(), if outlet.pages == Pages::Open { 200 } else { 403 });
        }
    }

    #[tokio::test]
    async fn an_unchanged_list_answers_304_until_the_next_article_is_out() {
        let (server, _, clock) = started().await;
        for outlet in ["wire", "times", "courier", "ledger", "dispatch"] {
            clock.set("2031-03-03T23:00:00Z".parse().unwrap());
            let url = site(&server, outlet).0.url;
            let first = got(url.clone()).await;
            let etag = first.headers()[header::ETAG].clone();
            let modified = first.headers()[header::LAST_MODIFIED].clone();
            let again = |name, value: &HeaderValue| Client::new().get(url.clone()).header(name, value).send();
            assert_eq!(again(header::IF_NONE_MATCH, &etag).await.unwrap().status(), 304);
            assert_eq!(again(header::IF_MODIFIED_SINCE, &modified).await.unwrap().status(), 304);
            clock.set("2031-03-04T23:00:00Z".parse().unwrap());
            assert_eq!(again(header::IF_NONE_MATCH, &etag).await.unwrap().status(), 200);
            assert_eq!(again(header::IF_MODIFIED_SINCE, &modified).await.unwrap().status(), 200);
        }
    }

    #[tokio::test]
    async fn feeds_can_be_parsed_and_give_every_articles_title_and_date() {
        let (server, newsroom, clock) = started().await;
        for outlet in newsroom.outlets.iter().filter(|outlet| outlet.list != List::Listing) {
            let body = got(site(&server, &outlet.id).0.url).await.bytes().await.unwrap();
            let feed = crate::scrape::feed::parse(&body, None, None).unwrap();
            let stories: Vec<_> = newsroom.published(outlet, clock.now()).collect();
            assert_eq!(feed.entries.len(), stories.len());
            for (entry, story) in feed.entries.iter().zip(stories) {
                assert_eq!(entry.title.as_deref(), Some(story.title.as_str()));
                assert_eq!(entry.published, Some(story.published));
            }
        }
    }

    #[tokio::test]
    async fn pages_hold_every_paragraph_in_their_outlets_charset() {
        let (server, newsroom, clock) = started().await;
        clock.set("2031-03-11T00:00:00Z".parse().unwrap());
        for outlet in newsroom.outlets.iter().filter(|outlet| outlet.pages == Pages::Open) {
            let charset = encoding_rs::Encoding::for_label(outlet.charset.as_bytes()).unwrap();
            for story in newsroom.published(outlet, clock.now()) {
                let page = got(site(&server, &outlet.id).1.join(&story.path()).unwrap()).await;
                let bytes = page.bytes().await.unwrap();
                let html = scraper::Html::parse_document(&charset.decode(&bytes).0);
                let text: String = html.root_element().text().collect();
                for paragraph in story.paragraphs() {
                    assert!(text.contains(paragraph), "{} lacks {paragraph:?}", story.slug);
                }
            }
        }
    }
}
