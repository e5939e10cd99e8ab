//! Names of bodies, and of papers and agencies.

use super::super::gazetteer;
use super::super::text;
use super::{Found, NAMES, Scan, What};

impl Scan<'_, '_> {
    /// Whether a word beside a name shows that it reports the news: "the daily Nova Vesti", "Vesti newspaper",
    /// "Vesti, the state news agency".
    pub(super) fn reports(&self, first: usize, end: usize) -> bool {
        let tokens = self.tokens();
        let noun = |at: usize| NAMES.section("media nouns").at(tokens, at).map(|m| at + m.len);
        let low = |at: usize| tokens.get(at).map_or("", |t| t.low.as_str());
        if self.known.people.contains_key(&text::fold(&tokens[end - 1].low)) {
            return false;
        }
        let apposed = first > 1 && low(first - 1) == ",";
        let last = first - usize::from(apposed);
        let before = (last.saturating_sub(2)..last).any(|at| noun(at) == Some(last) && !tokens[at].cap);
        let behind = || {
            let article = (end + 2..end + 5)
                .take_while(|&at| !matches!(low(at), "" | ","))
                .any(|at| noun(at).is_some());
            low(end) == "," && matches!(low(end + 1), "the" | "a" | "its") && article
        };
        before && (!apposed || low(end) == ",") || noun(end).is_some() || behind()
    }

    /// The end of a body's name that goes on from a run of capitals ("Ministry of Foreign Affairs").
    pub(super) fn body_end(&self, first: usize, end: usize) -> Option<usize> {
        let tokens = self.tokens();
        let mut end = end;
        loop {
            let run = self.run_end(end, None);
            // "Nova County Coroner A B": the office ends the body's name.
            if NAMES
                .section("offices")
                .at(tokens, end)
                .is_some_and(|m| m.lemma.len() > 3 || tokens[end].text.ends_with('.'))
                && self.bodylike(first, end)
            {
                break;
            }
            if run > end && !tokens[end].joined {
                end = run;
                continue;
            }
            let of = tokens.get(end).is_some_and(|t| t.is(&["of", "for"]));
            if of && self.bodylike(first, end) {
                let the = usize::from(tokens.get(end + 1).is_some_and(|t| t.low == "the"));
                let from = end + 1 + the;
                let run = self.run_end(from, None);
                if run > from {
                    end = run;
                    continue;
                }
            }
            break;
        }
        // "the United Nations Ada Morn": a body's name that is whole, and a person's.
        if let Some(m) = NAMES.section("whole bodies").at(tokens, first)
            && first + m.len < end
            && !self.bodylike(first + m.len, end)
            && !tokens[end - 1].is(&["of", "for"])
        {
            end = first + m.len;
        }
        // A place before "body words" alone is the place ("Nova War"); the body needs a word of its own.
        (self.bodylike(first, end) && end > first + 1).then_some(end)
    }

    /// Whether one of its words is a body's ("party", "ministry").
    pub(super) fn bodylike(&self, first: usize, end: usize) -> bool {
        let tokens = &self.tokens()[first.min(end)..end];
        // "Bill Weir" is no bill.
        let given = usize::from(tokens.len() > 1 && tokens[0].low == "bill");
        tokens[given..].iter().any(|t| t.cap && NAMES.section("bodies").has(&t.low))
    }

    /// The name of a body, or of a paper or place that is named as bodies are.
    pub(super) fn body(
        &self,
        first: usize,
        end: usize,
        country: Option<&'static gazetteer::Country>,
    ) -> Found {
        let tokens = self.tokens();
        let paper = end > first + 1 && NAMES.section("media").has(&tokens[end - 1].low);
        let thing = NAMES.section("places in names").has(&tokens[end - 1].low);
        let what = if paper {
            What::Media
        } else if thing {
            What::Place
        } else {
            What::Body
        };
        Found { country, ..self.plain(first, end, what) }
    }
}
