//! `Cover`: what several spans cover together.

use super::Span;
use crate::order::sorted;

/// Spans in order, none of which shares a code point with another.
///
/// Spans that only touch stay apart, since each of them may be a unit of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    spans: Vec<Span>,
}

impl Cover {
    /// What `spans`, in any order, cover: those that share a code point are joined.
    pub fn of(spans: impl IntoIterator<Item = Span>) -> Cover {
        let ordered = sorted(spans.into_iter().collect(), |a: &Span, b| {
            a.start() < b.start()
        });
        let mut joined: Vec<Span> = Vec::new();
        for span in ordered {
            match joined.last_mut() {
                Some(last) if last.intersects(span) => *last = last.hull(span),
                _ => joined.push(span),
            }
        }
        Cover { spans: joined }
    }

    /// The spans, in order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// How many code points are covered.
    pub fn code_points(&self) -> u64 {
        self.spans.iter().map(|span| u64::from(span.len())).sum()
    }

    /// How many code points both cover. Linear in the number of spans.
    pub fn common(&self, other: &Cover) -> u64 {
        let (mut ours, mut theirs) = (self.spans.iter().peekable(), other.spans.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            common += a.intersection(**b).map_or(0, |both| u64::from(both.len()));
            match a.end() < b.end() {
                true => ours.next(),
                false => theirs.next(),
            };
        }
        common
    }

    /// How many of `spans`, in any order, share a code point with what is covered.
    pub fn touched(&self, spans: &[Span]) -> usize {
        let covered = |span: &&Span| {
            let before = self.spans.partition_point(|own| own.end() <= span.start());
            self.spans
                .get(before)
                .is_some_and(|own| own.intersects(**span))
        };
        spans.iter().filter(covered).count()
    }
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

    #[test]
    fn spans_that_share_a_code_point_are_joined_and_those_that_touch_are_not() {
        let cover = Cover::of(spans(&[(7, 9), (0, 3), (2, 5), (5, 6), (1, 2)]));
        assert_eq!(cover.spans(), spans(&[(0, 5), (5, 6), (7, 9)]));
        assert_eq!(cover.code_points(), 8);
    }

    proptest! {
        #[test]
        fn what_is_covered_is_what_counting_each_code_point_finds(
            a in prop::collection::vec((0_u32..40, 1_u32..9), 0..9),
            b in prop::collection::vec((0_u32..40, 1_u32..9), 0..9),
        ) {
            let of = |list: &[(u32, u32)]| -> Vec<Span> {
                list.iter().filter_map(|&(start, len)| Span::new(start, start + len)).collect()
            };
            let (a, b) = (of(&a), of(&b));
            let within = |spans: &[Span], at: u32| spans.iter().any(|span| span.contains(at));
            let (first, second) = (Cover::of(a.clone()), Cover::of(b.clone()));
            let both = (0..50).filter(|&at| within(&a, at) && within(&b, at)).count();
            prop_assert_eq!(first.code_points(), (0..50).filter(|&at| within(&a, at)).count() as u64);
            prop_assert_eq!(first.common(&second), both as u64);
            prop_assert_eq!(second.common(&first), both as u64);
            let touched = a.iter().filter(|x| b.iter().any(|y| x.intersects(*y))).count();
            prop_assert_eq!(second.touched(&a), touched);
        }
    }
}
