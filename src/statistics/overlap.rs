//! Counting which spans lie over each other.

use crate::order::sorted;
use crate::text::{Cover, Span};

/// The spans of one label in one document.
pub struct Spans {
    spans: Vec<Span>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// What they cover.
    pub cover: Cover,
}

impl Spans {
    pub fn new(spans: Vec<Span>) -> Spans {
        let in_order = |offsets: Vec<u32>| sorted(offsets, |a, b| a < b);
        Spans {
            starts: in_order(spans.iter().map(|span| span.start()).collect()),
            ends: in_order(spans.iter().map(|span| span.end()).collect()),
            cover: Cover::of(spans.iter().copied()),
            spans,
        }
    }

    /// How many pairs of one of ours and one of theirs share a code point: all pairs but those of
    /// which one ends before the other starts.
    pub fn pairs(&self, other: &Spans) -> u64 {
        let count = |span: &Span| {
            let before = other.ends.partition_point(|end| *end <= span.start());
            let behind =
                other.starts.len() - other.starts.partition_point(|start| *start < span.end());
            (other.spans.len() - before - behind) as u64
        };
        self.spans.iter().map(count).sum()
    }

    /// How many pairs among ours share a code point.
    pub fn own_pairs(&self) -> u64 {
        // Each span is a pair with itself, and each pair of two is counted from both sides.
        (self.pairs(self) - self.spans.len() as u64) / 2
    }

    /// How many code points two or more of ours cover.
    pub fn own_code_points(&self) -> u64 {
        let (mut starts, mut ends) = (self.starts.iter().peekable(), self.ends.iter().peekable());
        let (mut depth, mut since, mut sum) = (0_u32, 0, 0);
        while let Some(&&end) = ends.peek() {
            match starts.next_if(|start| **start < end) {
                Some(&start) => {
                    depth += 1;
                    if depth == 2 {
                        since = start;
                    }
                }
                None => {
                    if depth == 2 {
                        sum += u64::from(end - since);
                    }
                    depth -= 1;
                    ends.next();
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pairs_and_code_points_are_what_comparing_all_with_all_finds(
            a in prop::collection::vec((0_u32..30, 1_u32..9), 0..9),
            b in prop::collection::vec((0_u32..30, 1_u32..9), 0..9),
        ) {
            let of = |list: &[(u32, u32)]| -> Vec<Span> {
                list.iter().filter_map(|&(start, len)| Span::new(start, start + len)).collect()
            };
            let (a, b) = (of(&a), of(&b));
            let (ours, theirs) = (Spans::new(a.clone()), Spans::new(b.clone()));
            let with = |x: &Span| b.iter().filter(|y| x.intersects(**y)).count() as u64;
            prop_assert_eq!(ours.pairs(&theirs), a.iter().map(with).sum::<u64>());
            let mut own = 0;
            for (at, x) in a.iter().enumerate() {
                own += a.iter().skip(at + 1).filter(|y| x.intersects(**y)).count() as u64;
            }
            prop_assert_eq!(ours.own_pairs(), own);
            let twice = |at: &u32| a.iter().filter(|x| x.contains(*at)).count() > 1;
            prop_assert_eq!(ours.own_code_points(), (0..40).filter(twice).count() as u64);
        }
    }
}
