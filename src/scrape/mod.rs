//! Sources to entries, pages to articles.
//!
//! `fetch` brings bytes over HTTP, politely and safely; `list` turns a source's bytes into entries, `article`
//! turns a page's bytes into an article. All but `fetch` are pure.

/// HTTP: conditional, capped, by each host's rules and pace, never to private addresses.
pub mod fetch;
/// Which addresses may be dialled.
pub mod guard;
/// What an answer's headers say.
pub mod headers;
/// What is remembered of hosts: their rules, and when each may be asked again.
pub mod hosts;
/// Whether it is a host that can't be reached, or the whole network.
pub mod reach;
/// What a robots.txt allows.
pub mod robots;

/// An article's page to its text, headline and date.
pub mod article;
/// RSS, Atom and JSON Feed to entries.
pub mod feed;
/// A listing page to entries, by CSS selectors.
pub mod listing;
/// A sitemap to entries, an index of sitemaps to those that may hold news.
pub mod sitemap;
/// A Telegram channel's preview page to entries.
pub mod channel;
/// Any of these, by the source's type.
pub mod list;

/// What kind of source an address is.
pub mod discover;
/// The selectors of a listing page, guessed from its links.
mod guess;
/// Lists of feeds, as readers of feeds exchange them.
pub mod opml;

/// Lines of a text that are none of the article's.
pub mod boilerplate;
/// URLs as identities: normal form, same site.
pub mod canonical;
/// Date texts of feeds and pages to instants: right, or none.
pub mod dates;
/// Bytes to text: which charset it is.
pub mod decode;
/// What a page states for machines.
pub mod metadata;
/// When a page was published.
pub mod published;
/// Text that was decoded wrongly on its way here, mended.
pub mod mojibake;
/// A page's bytes to a document, if it can hurt no parser.
pub mod html;
/// How deep a page's tags nest, before a parser sees it.
pub mod depth;
/// HTML fragments to plain text.
pub mod text;
/// What tells a text from others: edits, copies.
pub mod wording;
