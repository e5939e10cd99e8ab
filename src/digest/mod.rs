//! Developments to editions.
