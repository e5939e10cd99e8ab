//! Whether all is well, on a port of this machine: `/healthz` for monitors, `/metrics` for Prometheus.
//!
//! `/healthz` is 503 where Tidings does not do its work: a loop is stuck, the database does not answer, Telegram
//! does not answer who polls, or nobody polls. What is merely behind (a long outbox, sources that fail), or what the
//! owner alone can mend (templates), is told and is no reason for a restart. Nothing here is secret, but it is nobody's
//! business either: the port is of this machine alone, and whoever wants more puts a proxy before it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use super::pulse::{Beat, Pulse};
use super::{App, metrics};
use crate::store::stats::{self, Gauges};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long an answer may take, that of the database in it.
const LONGEST: Duration = Duration::from_secs(6);
/// What it said holds so long: who asks often costs it no more.
const FRESH: Duration = Duration::from_secs(2);
/// Telegram answers a poll every 10 s; after this time it does not.
const LONG_UNANSWERED: Duration = Duration::from_secs(5 * 60);

/// The port, taken and not yet served.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
}

impl Port {
    /// Takes the port.
    ///
    /// # Errors
    /// Another program has it.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Port> {
        let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow!(
                "another program has the port {address}: name one that is free, [health] listen in tidings.toml"
            ),
            _ => {
                anyhow!(
                    "no way to the port {address} ({error}): name another one, [health] listen in tidings.toml"
                )
            }
        })?;
        Ok(Port { listener })
    }

    /// Where it is: of port 0 the one that the system chose.
    ///
    /// # Errors
    /// The system does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers for ever; resolves only if it can't.
    pub async fn serve(self, app: App) -> anyhow::Error {
        let asked = Arc::new(Asked { app, last: Mutex::new(None) });
        let routes =
            Router::new().route("/healthz", get(healthz)).route("/metrics", get(metrics)).with_state(asked);
        match axum::serve(self.listener, routes).await {
            Ok(()) => anyhow!("it ended"),
            Err(error) => error.into(),
        }
    }
}

/// Whether it is Tidings that answers at a port, be all well with it or not.
pub async fn answers(address: SocketAddr) -> bool {
    let asked = async {
        // A proxy leads to another machine.
        let client = reqwest::Client::builder().no_proxy().timeout(LONGEST).build()?;
        client.get(format!("http://{address}/healthz")).send().await?.json::<serde_json::Value>().await
    };
    asked.await.is_ok_and(|report| report["version"].is_string() && report["loops"].is_object())
}

struct Asked {
    app: App,
    last: Mutex<Option<(Instant, Said)>>,
}

/// What was found when somebody asked.
#[derive(Clone)]
struct Said {
    /// The database's figures, or why there are none.
    gauges: Result<Gauges, String>,
    /// Whether the owner's own templates are right, if there are any.
    templates: Option<bool>,
}

impl Asked {
    /// What there is to say now; one asks at a time.
    async fn look(&self) -> Said {
        let mut last = self.last.lock().await;
        if let Some((at, said)) = &*last
            && at.elapsed() < FRESH
        {
            return said.clone();
        }
        let asked = stats::gauges(&self.app.db, self.app.clock.now());
        let gauges = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(said) => said.map_err(|error| {
                // The cause speaks of hosts and users: that is for the log.
                tracing::debug!("the database does not answer the health port: {error:#}");
                "it fails; the log says why".to_owned()
            }),
            Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
        };
        let templates = self.app.template_faults().map(|faults| faults.is_empty());
        let said = Said { gauges, templates };
        *last = Some((Instant::now(), said.clone()));
        said
    }
}

async fn healthz(State(asked): State<Arc<Asked>>) -> Response {
    let said = asked.look().await;
    let report = Report {
        templates: said.templates.map(|ok| TemplatesReport { ok }),
        ..Report::of(&asked.app.pulse, said.gauges.as_ref(), asked.app.clock.now())
    };
    let status = if report.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(report)).into_response()
}

async fn metrics(State(asked): State<Arc<Asked>>) -> Response {
    let gauges = asked.look().await.gauges;
    let App { counts, pulse, clock, .. } = &asked.app;
    match metrics::page(counts, pulse, gauges.ok().as_ref(), clock.now()) {
        Ok(page) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], page).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What `/healthz` says.
#[derive(Debug, Serialize)]
struct Report {
    ok: bool,
    version: &'static str,
    uptime_seconds: u64,
    loops: BTreeMap<&'static str, LoopReport>,
    database: DatabaseReport,
    telegram: TelegramReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    outbox: Option<OutboxReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<SourcesReport>,
    /// Of the owner's own, where there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    templates: Option<TemplatesReport>,
}

#[derive(Debug, Serialize)]
struct LoopReport {
    ok: bool,
    seconds_since_beat: u64,
    patience_seconds: u64,
}

#[derive(Debug, Serialize)]
struct DatabaseReport {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct TelegramReport {
    ok: bool,
    /// This process polls; else another one should.
    polled_here: bool,
    seconds_since_answer: Option<u64>,
}

#[derive(Debug, Serialize)]
struct TemplatesReport {
    ok: bool,
}

#[derive(Debug, Serialize)]
struct OutboxReport {
    waiting: i64,
    oldest_seconds: i64,
}

#[derive(Debug, Serialize)]
struct SourcesReport {
    active: i64,
    failing: i64,
}

impl Report {
    fn of(pulse: &Pulse, gauges: Result<&Gauges, &String>, now: DateTime<Utc>) -> Report {
        let loops = pulse.beats();
        let unanswered = pulse.unanswered();
        let there = gauges.ok();
        let telegram = TelegramReport {
            ok: match unanswered {
                Some(age) => age < LONG_UNANSWERED,
                // That nobody polls is known of a database that answers alone.
                None => there.is_none_or(|there| there.polled),
            },
            polled_here: unanswered.is_some(),
            seconds_since_answer: unanswered.map(|age| age.as_secs()),
        };
        let database = DatabaseReport { ok: gauges.is_ok(), error: gauges.err().cloned() };
        Report {
            ok: database.ok && telegram.ok && !loops.iter().any(Beat::is_stuck),
            version: env!("CARGO_PKG_VERSION"),
            uptime_seconds: pulse.uptime().as_secs(),
            loops: loops.iter().map(|beat| (beat.which.name(), LoopReport::of(beat))).collect(),
            database,
            telegram,
            outbox: there.map(|there| OutboxReport {
                waiting: there.waiting,
                oldest_seconds: there.oldest_waiting.map_or(0, |at| (now - at).num_seconds()),
            }),
            sources: there.map(|there| SourcesReport { active: there.sources, failing: there.failing }),
            templates: None,
        }
    }
}

impl LoopReport {
    fn of(beat: &Beat) -> LoopReport {
        LoopReport {
            ok: !beat.is_stuck(),
            seconds_since_beat: beat.age.as_secs(),
            patience_seconds: beat.patience.as_secs(),
        }
    }
}
