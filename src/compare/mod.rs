//! Mentions against what is known.
