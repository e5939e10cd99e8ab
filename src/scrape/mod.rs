//! Sources to entries, pages to articles.
//!
//! `fetch` brings bytes over HTTP and guards what it dials; `feed` and `listing` turn a source's bytes
//! into a list of entries, `article` turns a page's bytes into an article. All but `fetch` are pure.

/// HTTP: conditional, capped, never to private addresses.
pub mod fetch;
/// Which addresses may be dialled.
pub mod guard;

/// An article's page to its text, headline and date.
pub mod article;
/// RSS, Atom and JSON Feed to entries.
pub mod feed;
/// A listing page to entries, by CSS selectors.
pub mod listing;

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
/// How deep a page's tags nest, before a parser sees it.
pub mod depth;
/// HTML fragments to plain text.
pub mod text;
/// What tells a text from others: edits, copies.
pub mod wording;
