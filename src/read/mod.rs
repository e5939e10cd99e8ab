//! Text to mentions.

/// Days and spans of days named in a sentence.
pub mod dates;
/// Facts of countries, divisions, cities, seas and seats of government.
pub mod gazetteer;
/// Numbers named in a sentence, and what they count.
pub mod numbers;
/// Places named in a sentence, and how they are used.
pub mod places;
/// Sentences, words, folding and stems.
pub mod text;
/// Killed and wounded named in a sentence.
pub mod tolls;
