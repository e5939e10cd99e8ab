//! An article laid out for reading: its sentences, title first, cut into tokens with places and names.
//!
//! Every sentence is a slice of the article's own title or text, so that evidence stays literal.

use std::cell::OnceCell;

use chrono::{DateTime, NaiveDate, Utc};

use super::captions;
use super::dates::{self, DateHit, Direction};
use super::lexicon;
use super::names::{self, Name};
use super::ordinary;
use super::own::Reader;
use super::places::{self, PlaceHit};
use super::sentences;
use super::text;
use super::tolls::{self, Tolls};
use crate::model::Article;

/// An article's sentences with all that is named in them.
pub struct Document<'a> {
    /// Publication time.
    pub published: DateTime<Utc>,
    /// Place, date and agency before the first sentence ("ARN, Nova, May 3 (Wire)").
    pub dateline: Option<&'a str>,
    /// Title first, if there is one.
    pub sentences: Vec<Sentence<'a>>,
}

/// One sentence or headline.
pub struct Sentence<'a> {
    /// The literal words.
    pub text: &'a str,
    /// Words and punctuation.
    pub tokens: Vec<Token<'a>>,
    /// Words and punctuation as dates, numbers and places are read from.
    words: Vec<text::Token>,
    /// It is the title, or a repetition of it.
    pub title: bool,
    /// It is among the first sentences of the body.
    pub lead: bool,
    /// Its paragraph in the body, counted from the start; 0 for the title.
    pub paragraph: usize,
    /// Most of its words are capitalised, so that capitals say nothing.
    pub title_case: bool,
    /// Places named in it.
    pub places: Vec<PlaceHit>,
    /// Persons, countries and bodies named in it, in order, not overlapping.
    pub names: Vec<Name>,
    past: OnceCell<Vec<DateHit>>,
    future: OnceCell<Vec<DateHit>>,
    tolls: OnceCell<Tolls>,
}

/// A word or a mark of punctuation.
#[derive(Debug)]
pub struct Token<'a> {
    /// As written.
    pub text: &'a str,
    /// First byte in the sentence.
    pub start: usize,
    /// In lower case and plain letters.
    pub low: String,
    /// The mark of `low`, by which word lists rule most words out.
    pub(super) mark: u16,
    /// It begins with a capital.
    pub cap: bool,
    /// It is hyphened to the token before it.
    pub joined: bool,
    /// It stands within quotation marks.
    pub quoted: bool,
    /// It is a mark, not a word.
    pub punct: bool,
}

impl Token<'_> {
    /// First byte after it in the sentence.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is one of these lower-case words or marks.
    #[inline]
    pub fn is(&self, words: &[&str]) -> bool {
        let low = self.low.as_bytes();
        // First letters and lengths rule out most, without a call to compare.
        words
            .iter()
            .any(|w| w.len() == low.len() && w.as_bytes().first() == low.first() && w.as_bytes() == low)
    }
}

/// How many sentences at the start of the body are its lead.
const LEAD: usize = 2;
/// A longer article is read up to here, in sentences.
const MAX_SENTENCES: usize = 1500;
/// A longer sentence is a table or a list; it is read up to here, in bytes.
const LONGEST_SENTENCE: usize = 2000;

impl<'a> Document<'a> {
    /// Lays out an article, named as the owner has it; a body that begins with the title again is not read twice.
    pub fn new(article: &'a Article, own: &Reader) -> Document<'a> {
        let title = article.title.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let mut sentences: Vec<Sentence<'a>> = Vec::new();
        sentences.extend(title.map(|t| Sentence::new(t, true, false)));
        let mut body = article.text.as_str();
        if let Some(title) = title
            && let Some(rest) = body.trim_start().strip_prefix(title)
        {
            body = rest.trim_start_matches(['.', ' ', '\n']);
        }
        let mut lead = 0;
        let found: Vec<_> = text::sentences(body).into_iter().take(MAX_SENTENCES).collect();
        let dateline = found.iter().find_map(|s| s.dateline.clone()).map(|range| &body[range]);
        let paragraphs = found.chunk_by(|_, next| !next.starts_paragraph).zip(1..);
        for (sentence, nth) in paragraphs.flat_map(|(p, nth)| kept(body, p).iter().map(move |s| (s, nth))) {
            let sentence = &body[sentence.range.clone()];
            if title.is_some_and(|t| plain(sentence).trim_end_matches('.') == plain(t)) {
                lead = 0;
                continue;
            }
            let mut line = Sentence::new(sentence, false, lead < LEAD);
            line.paragraph = nth;
            // A dateline or a kicker in capitals is no sentence of the lead, and a line without a full stop is a
            // headline of its own: the lead comes after it.
            let tells = line.tokens.iter().any(|t| !t.punct && !t.cap && t.low.len() > 1)
                && sentence.ends_with(|c: char| c.is_ascii_punctuation() || c == '”');
            sentences.push(line);
            lead += usize::from(tells);
        }
        let places = places::find_all(sentences.iter().map(|s| (s.text, s.words.as_slice())));
        sentences.iter_mut().zip(places).for_each(|(sentence, places)| sentence.places = places);
        sentences.iter_mut().for_each(|sentence| own.name_places(sentence));
        names::name(&mut sentences);
        sentences.iter_mut().for_each(|sentence| own.name_actors(sentence));
        sentences.retain(|sentence| !own.ignores(sentence));
        Document { published: article.published, dateline, sentences }
    }

    /// The day of publication.
    pub fn day(&self) -> NaiveDate {
        self.published.date_naive()
    }

    /// The dates named in one of its sentences; they are read once.
    pub fn dates<'s>(&self, sentence: &'s Sentence<'_>, direction: Direction) -> &'s [DateHit] {
        let read = match direction {
            Direction::Past => &sentence.past,
            Direction::Future => &sentence.future,
        };
        read.get_or_init(|| dates::find_in(sentence.text, &sentence.words, self.published, direction))
    }
}

/// A paragraph's sentences without captions and bylines; a text that is one paragraph loses the caption alone.
fn kept<'s>(body: &str, paragraph: &'s [sentences::Sentence]) -> &'s [sentences::Sentence] {
    let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return paragraph };
    let text = &body[first.range.start..last.range.end];
    if !captions::is_aside(text) {
        return paragraph;
    }
    if text.len() * 2 < body.len() {
        return &[];
    }
    if captions::numbered(text) { &paragraph[paragraph.len().min(2)..] } else { paragraph }
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str, title: bool, lead: bool) -> Sentence<'a> {
        let end = (0..=text.len().min(LONGEST_SENTENCE)).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let text = &text[..end];
        let tokens = tokens(text);
        let title_case = is_title_case(&tokens);
        Sentence {
            text,
            tokens,
            words: text::words(text),
            title,
            lead,
            paragraph: 0,
            title_case,
            places: Vec::new(),
            names: Vec::new(),
            past: OnceCell::new(),
            future: OnceCell::new(),
            tolls: OnceCell::new(),
        }
    }

    /// The killed and wounded that it names; they are read once.
    pub fn tolls(&self) -> &Tolls {
        self.tolls.get_or_init(|| tolls::find_in(self.text, &self.words))
    }

    /// The token that a byte falls in, or the first one after it.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.end() <= byte)
    }

    /// The literal words from token `first` up to but without token `last`.
    pub fn slice(&self, first: usize, last: usize) -> &'a str {
        match (self.tokens.get(first), last.checked_sub(1).and_then(|l| self.tokens.get(l))) {
            (Some(a), Some(b)) if a.start < b.end() => &self.text[a.start..b.end()],
            _ => "",
        }
    }

    /// Whether the headline or the lead carries it.
    pub fn prominent(&self) -> bool {
        self.title || self.lead
    }

    /// The name that covers a token.
    pub fn name_at(&self, token: usize) -> Option<&Name> {
        let at = self.names.partition_point(|n| n.last <= token);
        self.names.get(at).filter(|n| n.first <= token)
    }
}

/// Whether seven in ten of a sentence's ordinary words, which no name capitalises, have a capital.
fn is_title_case(tokens: &[Token<'_>]) -> bool {
    let words = || tokens.iter().skip(1).filter(|t| !t.punct && t.text.len() > 3);
    let mut caps = words().filter(|t| t.cap).count();
    let mut small = 0;
    // A few words in small letters settle it for most sentences.
    for word in words().filter(|t| !t.cap) {
        small += usize::from(ordinary::styled(&word.low));
        if small * 7 > caps * 3 {
            return false;
        }
    }
    caps = words().filter(|t| t.cap && ordinary::styled(&t.low)).count();
    caps + small > 1 && caps * 3 >= small * 7
}

/// Cuts a sentence into words and marks.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut quote: Option<char> = None;
    let mut joined = false;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            joined = false;
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() || (c == '$' || c == '€' || c == '£') {
            while let Some(&(at, c)) = rest.peek() {
                let after = text[at + c.len_utf8()..].chars().next();
                if c.is_alphanumeric() || within(&text[start..at], c, after) {
                    end = at + c.len_utf8();
                    rest.next();
                } else {
                    break;
                }
            }
            out.push(word(text, start, end, joined, quote.is_some()));
            joined = false;
            continue;
        }
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        if c == '-' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) {
            joined = true;
            continue;
        }
        if matches!(c, '\'' | '’') && before.is_some_and(char::is_alphanumeric) && quote != Some('‘') {
            // "Egypt's": the possessive is a mark of its own; a plural's bare apostrophe too.
            if let Some(&(at, 's')) = rest.peek()
                && !text[at + 1..].starts_with(char::is_alphanumeric)
            {
                end = at + 1;
                rest.next();
                out.push(mark(text, start, end, quote.is_some(), "'s"));
                continue;
            }
        }
        let opens = before.is_none_or(|b| !b.is_alphanumeric()) && after.is_some_and(|a| !a.is_whitespace());
        // ``So'' and "so'': two signs for one.
        let double = |sign: char| c == sign && after == Some(sign);
        if double('`') && quote.is_none() || double('\'') && quote == Some('"') {
            rest.next();
            quote = if quote.is_none() { Some('"') } else { None };
            out.push(mark(text, start, end + 1, false, "\""));
            continue;
        }
        // A quotation that the sentence before began ends here.
        let ends = matches!(c, '"' | '”') && !opens && before.is_some_and(|b| !b.is_whitespace());
        if ends && quote.is_none() && !out.iter().any(|t| t.low == "\"") {
            out.iter_mut().for_each(|t| t.quoted = true);
            out.push(mark(text, start, end, false, "\""));
            continue;
        }
        let closing = match c {
            '“' | '„' => Some('”'),
            '‘' => Some('’'),
            '"' if opens => Some('"'),
            '\'' if opens => Some('\''),
            _ => None,
        };
        match (quote, closing) {
            (None, Some(end_mark)) => {
                quote = Some(end_mark);
                out.push(mark(text, start, end, false, "\""));
            }
            // Old wires close with two apostrophes what they open with a quotation mark.
            (Some('"'), _) if c == '\'' && text[end..].starts_with('\'') => {
                rest.next();
                quote = None;
                out.push(mark(text, start, end + 1, false, "\""));
            }
            (Some(end_mark), _) if c == end_mark || (end_mark == '”' && c == '"') => {
                // Within ’…’ an apostrophe before a letter is no end.
                if c == '’' && after.is_some_and(char::is_alphanumeric) {
                    continue;
                }
                quote = None;
                out.push(mark(text, start, end, false, "\""));
            }
            _ => {
                let low = match c {
                    '—' | '–' | '―' => "—",
                    _ => &text[start..end],
                };
                let low = if low == "-" { "—" } else { low };
                out.push(mark(text, start, end, quote.is_some(), low));
            }
        }
    }
    out
}

/// Whether a mark belongs to the word it stands in: "U.S.", "1,200", "O'Brien", "Ada K. Morn".
fn within(word: &str, mark: char, after: Option<char>) -> bool {
    let last = word.rsplit(['.', '\'', '’']).next().unwrap_or(word);
    let letter = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    match mark {
        '.' => {
            (letter && word.len() < 12)
                || (number(word) && after.is_some_and(|c| c.is_ascii_digit()))
                || short(word)
        }
        ',' => number(word) && after.is_some_and(|c| c.is_ascii_digit()),
        '\'' | '’' => {
            after.is_some_and(char::is_alphabetic) && after != Some('s')
                || (letter && after.is_some_and(char::is_uppercase))
        }
        _ => false,
    }
}

fn number(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
}

/// Abbreviations that keep their dot.
fn short(word: &str) -> bool {
    const SHORT: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "Lt", "Sgt", "Maj", "Brig", "Sen", "Rep", "Gov", "Rev", "St",
        "Prof", "Capt", "Adm", "Jan", "Feb", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Jr", "Sr", "No",
    ];
    SHORT.contains(&word)
}

fn word(text: &str, start: usize, end: usize, joined: bool, quoted: bool) -> Token<'_> {
    let text = &text[start..end];
    let mut low = plain(text);
    low.retain(|c| c != '.' || text.starts_with(|d: char| d.is_ascii_digit()));
    let cap = text.starts_with(char::is_uppercase);
    Token { text, start, mark: lexicon::mark(&low), low, cap, joined, quoted, punct: false }
}

fn mark<'a>(text: &'a str, start: usize, end: usize, quoted: bool, low: &str) -> Token<'a> {
    let text = &text[start..end];
    Token {
        text,
        start,
        mark: lexicon::mark(low),
        low: low.to_owned(),
        cap: false,
        joined: false,
        quoted,
        punct: true,
    }
}

/// Lower case in plain letters.
pub fn plain(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { any_ascii::any_ascii(word).to_ascii_lowercase() }
}
