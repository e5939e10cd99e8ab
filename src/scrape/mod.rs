//! Sources to entries, pages to articles.
