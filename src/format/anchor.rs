//! Finding the words of one file's annotations, in bounded time.

use crate::annotation::{Found, Quote, describe, find};
use crate::text::{Span, Text};

/// What all searches of one file may cost, in nanoseconds of a slow machine.
const BUDGET: u64 = 2_000_000_000;
/// What comparing the context of one occurrence costs at most, in the same.
const OCCURRENCE: u64 = 300;

/// Looks for the words that one file quotes.
pub struct Anchor {
    /// By how many code points the last words that were searched for had moved. What stands behind
    /// an insertion moves by the same, so that the next words need no search.
    shift: i64,
    budget: u64,
}

impl Default for Anchor {
    fn default() -> Anchor {
        Anchor {
            shift: 0,
            budget: BUDGET,
        }
    }
}

impl Anchor {
    /// As [`find`]; where several occurrences agree with the whole context, the one that moved as
    /// far as the words before is taken. `None` if the searches of this file have cost too much.
    pub fn find(&mut self, text: &Text, position: Span, quote: &Quote) -> Option<Found> {
        if text.slice(position) == Some(quote.exact.as_str()) {
            return Some(Found::Here(position));
        }
        if let Some(span) = self.shifted(text, position)
            && describe(text, span).as_ref() == Some(quote)
        {
            return Some(Found::Moved(span));
        }
        self.budget = self.budget.checked_sub(cost(text, quote))?;
        let found = find(text, position, quote);
        if let Found::Moved(to) = found {
            self.shift = i64::from(to.start()) - i64::from(position.start());
        }
        Some(found)
    }

    fn shifted(&self, text: &Text, position: Span) -> Option<Span> {
        let moved = |offset: u32| u32::try_from(i64::from(offset) + self.shift).ok();
        let span = Span::new(moved(position.start())?, moved(position.end())?)?;
        (span.end() <= text.length().code_points).then_some(span)
    }
}

/// A search reads the whole text, and compares the context of each occurrence.
fn cost(text: &Text, quote: &Quote) -> u64 {
    let bytes = u64::from(text.length().utf8_bytes);
    bytes / 4 + OCCURRENCE * (bytes / (quote.exact.len() as u64).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::testing::span;

    fn text(content: &str) -> Text {
        Text::new(content.into()).unwrap()
    }

    #[test]
    fn what_stands_behind_an_insertion_moves_with_it() {
        let old = text("a, b, a, b, a.");
        let new = text("New: a, b, a, b, a.");
        let mut anchor = Anchor::default();
        for start in [0, 3, 6, 9, 12] {
            let place = span(start, start + 1);
            let quote = describe(&old, place).unwrap();
            let moved = span(start + 5, start + 6);
            assert_eq!(anchor.find(&new, place, &quote), Some(Found::Moved(moved)));
        }
    }

    #[test]
    fn searching_ends_before_somebody_gives_up_waiting() {
        let text = text(&"a".repeat(1000));
        let quote = Quote {
            exact: "a".into(),
            prefix: "b".into(),
            suffix: String::new(),
        };
        let mut anchor = Anchor {
            shift: 0,
            budget: 1_000_000,
        };
        let beyond = span(1000, 1001);
        let searches = (0..100).take_while(|_| anchor.find(&text, beyond, &quote).is_some());
        assert_eq!(searches.count(), 3);
    }
}
