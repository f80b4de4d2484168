//! Precision, recall and F1 of one annotator's spans against another's.
//!
//! The first annotator stands for the truth: recall is the share of the first's spans that the second
//! has too, precision the share of the second's that the first has, and F1 their harmonic mean, which
//! is the same whoever is first. For spans, of which there is no number that could have been marked
//! and was not, it is what kappa tends to (G. Hripcsak and A. Rothschild, "Agreement, the F-measure,
//! and reliability in information retrieval", JAMIA 12(3), 2005, pages 296–298).
//!
//! *Exact*: a span is found if the other has one with the same start, end and label. Each span can
//! be found by one other alone.
//!
//! *By overlap*: a span is found if it shares a code point with one of the other's spans of the same
//! label; several spans may find the same one ("binary overlap" in E. Breck, Y. Choi and C. Cardie,
//! "Identifying expressions of opinion in context", IJCAI 2007, section 5).

use crate::order::sorted;
use crate::text::{Cover, Span};

/// How many spans two annotators have, and how many of them the other has too. Counts add up over
/// labels and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Spans of the first.
    pub first: u64,
    /// Spans of the second.
    pub second: u64,
    /// Spans of the first that were found.
    pub found_of_first: u64,
    /// Spans of the second that were found.
    pub found_of_second: u64,
}

impl Matches {
    /// The spans of one label that both have with the same ends.
    pub fn exact(first: &[Span], second: &[Span]) -> Matches {
        let in_order = |spans: &[Span]| sorted(spans.to_vec(), |a, b| a < b);
        let (ours, theirs) = (in_order(first), in_order(second));
        let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
        let mut both = 0;
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            let order = a.cmp(b);
            if order.is_eq() {
                both += 1;
            }
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        Matches {
            first: first.len() as u64,
            second: second.len() as u64,
            found_of_first: both,
            found_of_second: both,
        }
    }

    /// The spans of one label that share a code point with one of the other's.
    pub fn overlapping(first: &[Span], second: &[Span]) -> Matches {
        let cover = |spans: &[Span]| Cover::of(spans.iter().copied());
        Matches {
            first: first.len() as u64,
            second: second.len() as u64,
            found_of_first: cover(second).touched(first) as u64,
            found_of_second: cover(first).touched(second) as u64,
        }
    }

    /// Adds the counts of another label or document.
    pub fn add(&mut self, other: Matches) {
        self.first += other.first;
        self.second += other.second;
        self.found_of_first += other.found_of_first;
        self.found_of_second += other.found_of_second;
    }

    /// The share of the second's spans that were found, from 0 to 1; `None` if there are none.
    pub fn precision(&self) -> Option<f64> {
        share(self.found_of_second, self.second)
    }

    /// The share of the first's spans that were found, from 0 to 1; `None` if there are none.
    pub fn recall(&self) -> Option<f64> {
        share(self.found_of_first, self.first)
    }

    /// The harmonic mean of both, from 0 to 1: 0 if one of them is, or if one annotator alone has
    /// spans. `None` if neither has any.
    pub fn f1(&self) -> Option<f64> {
        match (self.precision(), self.recall()) {
            (None, None) => None,
            (Some(precision), Some(recall)) if precision + recall > 0.0 => {
                Some(2.0 * precision * recall / (precision + recall))
            }
            _ => Some(0.0),
        }
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(ranges: &[(u32, u32)]) -> Vec<Span> {
        ranges
            .iter()
            .filter_map(|&(start, end)| Span::new(start, end))
            .collect()
    }

    /// Found of the first, found of the second.
    fn found(matches: Matches) -> (u64, u64) {
        (matches.found_of_first, matches.found_of_second)
    }

    #[test]
    fn each_span_is_found_exactly_by_one_other_alone() {
        for (first, second, exact, overlapping) in [
            (vec![], vec![], 0, (0, 0)),
            (vec![(0, 5)], vec![(0, 5)], 1, (1, 1)),
            (vec![(0, 5)], vec![(0, 4)], 0, (1, 1)),
            (vec![(0, 5)], vec![(5, 9)], 0, (0, 0)),
            (vec![(0, 9)], vec![(0, 2), (3, 5), (7, 9)], 0, (1, 3)),
            (vec![(0, 2), (0, 2)], vec![(0, 2)], 1, (2, 1)),
            (vec![(4, 6), (0, 2)], vec![(0, 2), (4, 6)], 2, (2, 2)),
        ] {
            let (first, second) = (spans(&first), spans(&second));
            let example = format!("{first:?} {second:?}");
            assert_eq!(
                found(Matches::exact(&first, &second)),
                (exact, exact),
                "{example}"
            );
            assert_eq!(
                found(Matches::overlapping(&first, &second)),
                overlapping,
                "{example}"
            );
        }
    }

    #[test]
    fn figures_are_shares_of_what_there_is() {
        let nobody = Matches::default();
        assert_eq!(
            (nobody.precision(), nobody.recall(), nobody.f1()),
            (None, None, None)
        );
        let one_alone = Matches { first: 3, ..nobody };
        assert_eq!(
            (one_alone.precision(), one_alone.recall()),
            (None, Some(0.0))
        );
        assert_eq!(one_alone.f1(), Some(0.0));
        let matches = Matches {
            first: 4,
            second: 2,
            found_of_first: 1,
            found_of_second: 1,
        };
        assert_eq!(
            (matches.precision(), matches.recall()),
            (Some(0.5), Some(0.25))
        );
        assert!((matches.f1().unwrap() - 1.0 / 3.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn whoever_is_first_f1_is_the_same(
            a in prop::collection::vec((0_u32..20, 1_u32..6), 0..8),
            b in prop::collection::vec((0_u32..20, 1_u32..6), 0..8),
        ) {
            let of = |list: &[(u32, u32)]| -> Vec<Span> {
                list.iter().filter_map(|&(start, len)| Span::new(start, start + len)).collect()
            };
            let (a, b) = (of(&a), of(&b));
            for matches in [Matches::exact, Matches::overlapping] {
                prop_assert_eq!(matches(&a, &b).f1(), matches(&b, &a).f1());
                prop_assert_eq!(matches(&a, &a).f1(), (!a.is_empty()).then_some(1.0));
            }
        }
    }
}
