//! Offices, and who holds them.
//!
//! A token at which an office may begin comes in; the office goes out, then its holder: the person named after it,
//! the country whose it is, or nobody by name.

use super::super::gazetteer;
use super::super::ordinary::ordinary;
use super::{Found, NAMES, Scan, What};

impl Scan<'_, '_> {
    /// The end of the office that begins here, and its words in lower case.
    pub(super) fn office(&self, first: usize) -> Option<(usize, String)> {
        let tokens = self.tokens();
        let mut at = first;
        let mut office = None;
        while at < tokens.len() && at < first + 6 {
            if let Some(m) = NAMES.section("offices").at(tokens, at) {
                at += m.len;
                office = Some((at, m.lemma.to_owned()));
                if tokens.get(at).is_some_and(|t| t.low == "." && m.lemma.len() < 8) {
                    at += 1;
                    office = Some((at, m.lemma.to_owned()));
                }
            } else if let Some(m) = NAMES.section("office words").at(tokens, at) {
                at += m.len;
            } else {
                break;
            }
        }
        office
    }

    /// What stands after an office: a person, "of" a country, or nobody.
    pub(super) fn after_office(
        &self,
        first: usize,
        end: usize,
        office: String,
        mut country: Option<&'static gazetteer::Country>,
    ) -> Found {
        let tokens = self.tokens();
        let mut last = end;
        // "president of the Republic of Nova", "prime ministers of A and B" (the second is joined later).
        if tokens.get(end).is_some_and(|t| t.low == "of") {
            let skip = tokens[end + 1..]
                .iter()
                .take_while(|t| t.is(&["the", "kingdom", "republic", "state", "of", "people", "'s"]))
                .count();
            let mut places = self.sentence.places.iter();
            if let Some(hit) = places.find(|p| self.sentence.token_at(p.range.start) == end + 1 + skip)
                && let Some(code) = hit.government
            {
                country = gazetteer::country_by_code(code);
                last = self.sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
            }
        }
        let mut at = last;
        if let Some(title) = NAMES.section("titles").at(tokens, at).filter(|_| tokens[at].cap) {
            at += title.len;
        }
        let run = self.run_end(at, None);
        if run > at && !self.certain_at(at) && !self.bodylike(at, run) {
            let known = |low: &String| ordinary(low) || self.known.lower.contains(low);
            if !self.sentence.title_case || !tokens[at..run].iter().all(|t| known(&t.low)) {
                // "Nova correspondent Ada Morn": who reports.
                let reports =
                    matches!(office.as_str(), "correspondent" | "reporter" | "anchor" | "columnist");
                let what = if reports { What::Media } else { What::Person };
                let words = self.sentence.slice(at, run).to_owned();
                return Found { first, last: run, words, office: Some(office), country, what };
            }
        }
        let words = country.map_or_else(String::new, |c| c.name.to_owned());
        Found { first, last, words, office: Some(office), country, what: What::Office }
    }
}
