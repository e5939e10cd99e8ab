//! Text to mentions.
