//! What the frames of all kinds share: clauses, lists of actors, day and place, status, evidence, joining.

mod clause;
mod day;
mod joined;
mod party;
mod site;
mod telling;

pub use clause::{Clause, clause};
pub use day::{day_off, new_day, planned_day, today, when};
pub use joined::{days_agree, join, mention, places_agree, take_in};
pub use party::{acts, list_left, list_right, list_start, person, push, subject};
pub use site::{city_of, dateline, here, known_place, located, place};
pub use telling::{background, content, evidence};
