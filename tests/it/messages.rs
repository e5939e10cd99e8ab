//! Every message that the bot can show, as snapshots for people to read: text, buttons, and what is shown over the
//! chat; in English and Ukrainian, with little to show and with a day full of news.
//!
//! `scripts/screens` makes pictures of them. A message that no snapshot shows fails the last test here.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use tidings::clock::Clock;
use tidings::locale::Language;

use crate::bot::Running;
use crate::fake_telegram::{Button, Message};
use crate::setup::{ADMIN, Setup};

mod admin;
mod browse;
mod reader;
mod settings;
mod unasked;
mod world;

/// Who reads.
const READER: i64 = 5;
/// A group.
const GROUP: i64 = -5;
/// A forum.
const FORUM: i64 = -1_000_000_000_005;

/// A walk through the bot in one language, and what it showed.
struct Album {
    bot: Running,
    language: Language,
    /// Where the walk is, and who goes it.
    chat: i64,
    user: i64,
    /// What was shown, in order.
    shown: String,
    /// All messages as they were when last looked at.
    known: HashMap<(i64, i32), Message>,
}

impl Album {
    /// A reader who speaks this language, on a Thursday in spring at seven in Berlin.
    async fn open(language: Language, tables: &str) -> Album {
        let clock = Clock::manual("2026-03-12T06:00:00Z".parse().unwrap());
        let setup = Setup::configured(clock, tables).await;
        for user in [READER, 6, 7, ADMIN] {
            setup.telegram.speaks(user, language.code());
        }
        let (chat, shown) = (READER, String::new());
        Album { bot: Running::with(setup), language, chat, user: chat, shown, known: HashMap::new() }
    }

    /// Goes on as another one, elsewhere.
    fn go(&mut self, chat: i64, user: i64) {
        (self.chat, self.user) = (chat, user);
    }

    fn heading(&mut self, words: &str) {
        self.note(&format!("##### {words}"));
    }

    /// Says something, and takes down the one answer.
    async fn ask(&mut self, words: &str) {
        self.ask_for(words, 1).await;
    }

    /// Says something, and takes down so many messages.
    async fn ask_for(&mut self, words: &str, answers: usize) {
        self.note(&format!("▷ {words}"));
        let before = self.messages().len();
        self.bot.setup.telegram.say(self.chat, self.user, words);
        self.answers(before, answers).await;
    }

    /// Answers the question that was asked last.
    async fn reply(&mut self, words: &str) {
        self.note(&format!("▷ {words}"));
        let before = self.messages().len();
        let asked = self.bot.newest(self.chat);
        self.bot.setup.telegram.answer(self.chat, self.user, &asked, words);
        self.answers(before, 1).await;
    }

    /// Presses a button, and takes down what changed.
    async fn press(&mut self, data: &str) {
        self.press_for(data, 0).await;
    }

    /// Presses a button that brings so many new messages.
    async fn press_for(&mut self, data: &str, answers: usize) {
        let label = self.label(data);
        self.note(&format!("▷ [{label}]"));
        let before = self.messages().len();
        self.bot.setup.pass(TimeDelta::seconds(3));
        let toast = self.bot.setup.telegram.press(self.chat, self.user, data).await;
        self.answers(before, answers).await;
        self.toast(toast);
    }

    /// Presses what the newest message may no longer show.
    async fn press_old(&mut self, data: &str) {
        self.note("▷ […]");
        self.bot.setup.pass(TimeDelta::seconds(3));
        let message = self.bot.newest(self.chat).id;
        let toast = self.bot.setup.telegram.press_old(self.chat, self.user, message, data).await;
        self.look().await;
        self.toast(toast);
    }

    /// Presses the first button of the newest message whose data begins so.
    async fn press_first(&mut self, begins: &str) {
        self.press_first_for(begins, 0).await;
    }

    async fn press_first_for(&mut self, begins: &str, answers: usize) {
        let newest = self.bot.newest(self.chat);
        let data = newest.data().into_iter().find(|data| data.starts_with(begins)).map(str::to_owned);
        self.press_for(&data.unwrap_or_else(|| panic!("no {begins} in {newest:?}")), answers).await;
    }

    /// Waits for new messages, and for the further parts of the first; takes down all that changed.
    async fn answers(&mut self, before: usize, count: usize) {
        let telegram = &self.bot.setup.telegram;
        let mut count = count;
        if count > 0 {
            let first = telegram.messages(self.chat, before + 1).await.swap_remove(before);
            let parts = first.text.rsplit_once("(1/").and_then(|(_, of)| of.strip_suffix(')')?.parse().ok());
            count = count.max(parts.unwrap_or(1));
        }
        // Messages to one chat are a second apart; how long the clock was turned on is no matter afterwards.
        let now = self.bot.setup.now();
        while telegram.all(self.chat).len() < before + count {
            self.bot.setup.pass(TimeDelta::seconds(1));
            let one_more = telegram.messages(self.chat, telegram.all(self.chat).len() + 1);
            drop(tokio::time::timeout(Duration::from_millis(100), one_more).await);
            assert!(self.bot.setup.now() - now < TimeDelta::minutes(5), "{:#?}", telegram.texts(self.chat));
        }
        self.bot.setup.app.clock.set(now);
        self.look().await;
    }

    /// Takes down what is new or was edited in this chat.
    async fn look(&mut self) {
        let wait = self.language.text("admin-wait", &[]);
        self.bot.setup.telegram.without(self.chat, &wait).await;
        for message in self.messages() {
            let key = (self.chat, message.id);
            let edited = match self.known.get(&key) {
                Some(known) if *known == message => continue,
                known => known.is_some(),
            };
            let drawn = draw(&message, edited);
            self.note(&drawn);
            self.known.insert(key, message);
        }
    }

    fn toast(&mut self, words: Option<String>) {
        if let Some(words) = words {
            self.note(&format!("💬 {words}"));
        }
    }

    fn note(&mut self, words: &str) {
        if !self.shown.is_empty() && !words.starts_with("#####") {
            self.shown.push_str("----------\n");
        }
        self.shown.push_str(words.trim_end());
        self.shown.push('\n');
    }

    fn messages(&self) -> Vec<Message> {
        self.bot.setup.telegram.all(self.chat)
    }

    /// What stands on a button of the chat.
    fn label(&self, data: &str) -> String {
        let messages = self.messages();
        let mut buttons = messages.iter().rev().flat_map(|message| message.buttons.iter().flatten());
        buttons.find(|button| button.data == data).map_or_else(|| "…".into(), |button| button.text.clone())
    }

    async fn run(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        sqlx::raw_sql(sql).execute(&self.bot.setup.app.db).await.unwrap();
    }

    /// Ends the walk: what it showed is as it was.
    async fn close(self, family: &str) {
        let folder = self.bot.setup.app.config.data_dir.display().to_string();
        let shown = self.shown.replace(&folder, "/var/lib/tidings");
        let shown = regex::Regex::new(r"127\.0\.0\.1:\d+").unwrap().replace_all(&shown, "127.0.0.1:8000");
        // What is free on this machine's disk, and how large a database is.
        let shown = regex::Regex::new(r"\d+\.\d [kMGT]B").unwrap().replace_all(&shown, "12.3 MB");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("messages/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = format!("{family}_{}", self.language.code());
        settings.bind(|| insta::assert_snapshot!(name, shown));
        self.bot.end().await;
    }
}

/// The languages that the snapshots are in.
const LANGUAGES: [Language; 2] = [Language::En, Language::Uk];

/// A message as a snapshot has it: what kind it is, its Telegram HTML, a line for each row of buttons.
fn draw(message: &Message, edited: bool) -> String {
    let mut lines = Vec::new();
    if edited {
        lines.push("↻".to_owned());
    }
    if let Some(file) = &message.file {
        lines.push(format!("📎 {}", file.name));
    }
    lines.push(message.raw.trim().to_owned());
    let row = |row: &Vec<Button>| {
        // What is beside another one is cut off where it is longer than its share of a phone's width.
        let cut_off = row.iter().find(|button| row.len() > 1 && button.text.chars().count() * row.len() > 44);
        assert_eq!(cut_off, None, "too long for a row");
        row.iter().map(|button| button.text.as_str()).collect::<Vec<_>>().join(" | ")
    };
    lines.extend(message.buttons.iter().map(|buttons| format!("⌨ {}", row(buttons))));
    if message.asks {
        lines.push("⌨ ↩".to_owned());
    }
    lines.join("\n")
}

/// Messages that no snapshot shows, and why.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("digest-date", "a pattern"),
    ("digest-day", "a pattern"),
    ("digest-month", "a pattern"),
    ("digest-moment", "a pattern"),
    ("bot-too-long", "only where a lookup takes too long; tried in browse"),
    ("admin-backing-up-already", "only while another one is under way"),
    ("admin-backup-failed", "only without Postgres' own program"),
    ("admin-backup-too-large", "only above 50 MB"),
    ("admin-digest-busy", "only while digests are compiled"),
    ("admin-logs", "the log is that of all tests"),
    ("admin-no-errors", "the log is that of all tests"),
    ("admin-more", "only with more languages than are known"),
    ("admin-more-sources", "only with many sources that fail; tried in bot::admin::run"),
    ("admin-overtaken", "only beside another process"),
    ("admin-put-off", "only where hosts ask for a pause"),
    ("admin-reading-already", "only while sources are read"),
    ("admin-wait", "edited away at once"),
    ("admin-health-delivering", "only while very many parts are due"),
    ("admin-health-stuck", "only while a loop hangs, as what follows"),
    ("admin-health-templates", "only with broken templates of one's own; tried in health"),
    ("admin-loop-scraping", "what hangs"),
    ("admin-loop-fetching", "what hangs"),
    ("admin-loop-reading", "what hangs"),
    ("admin-loop-compiling", "what hangs"),
    ("admin-loop-delivering", "what hangs"),
    ("admin-loop-alerting", "what hangs"),
    ("admin-loop-disk", "what hangs"),
    ("admin-loop-keeping", "what hangs"),
    ("admin-loop-listening", "what hangs"),
    ("digest-more", "in a terminal and in groups; tried in browse"),
    ("chart-title", "drawn in the picture"),
    ("chart-tolls", "drawn in the picture"),
    ("chart-killed", "drawn in the picture"),
    ("chart-wounded", "drawn in the picture"),
    ("chart-nothing", "drawn in the picture"),
    ("chart-no-tolls", "drawn in the picture"),
];

#[test]
fn every_message_of_the_bot_is_shown_by_some_snapshot() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let snapshots: String = std::fs::read_dir(root.join("tests/it/messages/snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with("_en.snap"))
        .chain([root.join("tests/it/snapshots/it__digest__full_html.snap")])
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let digests: String =
        ["alert", "covers", "full", "nothing", "restored", "story", "unreachable", "update", "withdrawn"]
            .map(|name| root.join(format!("tests/it/snapshots/it__digest__{name}_html.snap")))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .concat();
    let shown = snapshots + &digests;
    let missing: BTreeSet<String> = world::texts_of("en")
        .into_iter()
        .filter(|(key, _)| !NOT_SHOWN.iter().any(|(named, _)| named == key))
        .filter(|(_, pattern)| !regex::Regex::new(pattern).unwrap().is_match(&shown))
        .map(|(key, _)| key)
        .collect();
    assert!(missing.is_empty(), "no snapshot shows {missing:#?}");
}
