//! Whom a digest is for, and what it wants.

use anyhow::Result;
use chrono_tz::Tz;

use crate::app::App;
use crate::digest::select::Wishes;
use crate::locale::Language;
use crate::model::{Kind, OwnWords};
use crate::read::own;
use crate::store::subscribers::{self, Choices, Stance, Subscriber};

/// Whom a digest is for.
#[derive(Debug, Clone)]
pub struct Reader {
    /// A subscriber, who was told what its editions told; `None`: one who was told all before the window.
    pub subscriber: Option<i64>,
    /// The zone of dates and times.
    pub zone: Tz,
    /// The language of the labels.
    pub language: Language,
    /// What it wants.
    pub wishes: Wishes,
}

impl Reader {
    /// A new subscriber's choices, by the configuration.
    pub fn default_of(app: &App) -> Reader {
        Reader {
            subscriber: None,
            zone: app.config.schedule.zone,
            language: Language::default(),
            wishes: wishes(app, &Choices::default()),
        }
    }

    /// A subscriber's own choices; `None` if there is no such subscriber.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of(app: &App, subscriber: i64) -> Result<Option<Reader>> {
        let known = subscribers::get(&app.db, subscriber).await?;
        Ok(known.map(|known| Reader::from(app, &known)))
    }

    pub(super) fn from(app: &App, known: &Subscriber) -> Reader {
        Reader {
            subscriber: Some(known.id),
            zone: known.zone,
            language: known.language(),
            wishes: wishes(app, &known.choices),
        }
    }
}

/// What a chat chose, with what the owner set.
fn wishes(app: &App, choices: &Choices) -> Wishes {
    let config = &app.config;
    let names = |stance: Stance| {
        let chosen = choices.names.iter().filter(|(chosen, _)| *chosen == stance);
        own::watched(&OwnWords {
            watched: chosen.map(|(_, name)| name.clone()).collect(),
            ..OwnWords::default()
        })
    };
    let stories = |stance: Stance| {
        choices.stories.iter().filter(|(chosen, _)| *chosen == stance).map(|(_, story)| *story).collect()
    };
    // A topic that the owner removed no longer restricts.
    let chosen = config.topics.iter().filter(|topic| choices.topics.contains(&topic.name));
    Wishes {
        kinds: choices.kinds.iter().cloned().map(Kind::from).collect(),
        only: chosen.flat_map(|topic| topic.words.clone()).collect(),
        favoured: config.topics.iter().flat_map(|topic| topic.words.clone()).collect(),
        min_sources: usize::from(choices.min_sources),
        watched: own::watched(&config.words).into_iter().chain(names(Stance::Watched)).collect(),
        muted: names(Stance::Muted),
        watched_stories: stories(Stance::Watched),
        muted_stories: stories(Stance::Muted),
    }
}
