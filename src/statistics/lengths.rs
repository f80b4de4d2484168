//! Lengths, kept as how often each occurs.

use std::collections::BTreeMap;

/// Lengths in code points, kept as how often each occurs: as much as there are different ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    counts: BTreeMap<u32, u64>,
}

/// The middle and the ends of some lengths, in code points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The shortest.
    pub shortest: u32,
    /// The one in the middle; of an even number, the mean of the two in the middle.
    pub median: f64,
    /// Their sum divided by their number.
    pub mean: f64,
    /// The longest.
    pub longest: u32,
}

/// How many lengths lie in a range, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The shortest that belongs to it: 1, 2 or 5 times a power of ten, or 0.
    pub from: u32,
    /// The longest.
    pub to: u32,
    /// How many there are.
    pub count: u64,
}

impl Lengths {
    /// Adds one.
    pub fn add(&mut self, length: u32) {
        *self.counts.entry(length).or_default() += 1;
    }

    /// How often each length occurs, the shortest first.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u64)> {
        self.counts.iter().map(|(length, count)| (*length, *count))
    }

    /// Their middle and ends; `None` if there are none.
    pub fn summary(&self) -> Option<Summary> {
        let (shortest, _) = self.counts.first_key_value()?;
        let (longest, _) = self.counts.last_key_value()?;
        let count: u64 = self.counts.values().sum();
        let sum: u64 = self
            .counts()
            .map(|(length, count)| u64::from(length) * count)
            .sum();
        let middle = self.nth((count - 1) / 2)?;
        let next = self.nth(count / 2)?;
        Some(Summary {
            shortest: *shortest,
            median: (f64::from(middle) + f64::from(next)) / 2.0,
            mean: sum as f64 / count as f64,
            longest: *longest,
        })
    }

    /// The lengths in ranges that begin at 1, 2, 5, 10, 20, 50 and so on: all ranges from that of the
    /// shortest to that of the longest.
    pub fn histogram(&self) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::new();
        let mut counts = self.counts().peekable();
        let mut from = 0;
        while let Some((shortest, _)) = counts.peek().copied() {
            let to = end_of_range(from);
            if shortest <= to || !ranges.is_empty() {
                let mut count = 0;
                while let Some((_, more)) = counts.next_if(|(length, _)| *length <= to) {
                    count += more;
                }
                ranges.push(Range { from, to, count });
            }
            from = to.saturating_add(1);
        }
        ranges
    }

    /// The length at a place in order, from 0.
    fn nth(&self, place: u64) -> Option<u32> {
        let mut before = 0;
        self.counts().find_map(|(length, count)| {
            before += count;
            (before > place).then_some(length)
        })
    }
}

/// The last length of the range that begins with `from`.
fn end_of_range(from: u32) -> u32 {
    let mut ten: u32 = 1;
    while from / 10 >= ten {
        ten = ten.saturating_mul(10);
    }
    let starts = [1, 2, 5, 10].into_iter();
    let mut starts = starts.filter_map(|times| ten.checked_mul(times));
    let next = starts.find(|start| *start > from);
    next.map_or(u32::MAX, |start| start - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_has_the_ranges_between_the_ends() {
        for (lengths, expected) in [
            (vec![], vec![]),
            (vec![0], vec![(0, 0, 1)]),
            (vec![1, 1], vec![(1, 1, 2)]),
            (vec![4, 11, 2], vec![(2, 4, 2), (5, 9, 0), (10, 19, 1)]),
            (
                vec![99, 100, 500],
                vec![(50, 99, 1), (100, 199, 1), (200, 499, 0), (500, 999, 1)],
            ),
            (vec![u32::MAX], vec![(2_000_000_000, u32::MAX, 1)]),
        ] {
            let mut all = Lengths::default();
            lengths.iter().for_each(|length| all.add(*length));
            let ranges = all.histogram().into_iter().map(|r| (r.from, r.to, r.count));
            assert_eq!(ranges.collect::<Vec<_>>(), expected, "{lengths:?}");
        }
    }

    #[test]
    fn a_summary_has_the_ends_and_the_middle() {
        for (lengths, expected) in [
            (vec![], None),
            (vec![4], Some((4, 4.0, 4.0, 4))),
            (vec![9, 1], Some((1, 5.0, 5.0, 9))),
            (vec![3, 3, 9], Some((3, 3.0, 5.0, 9))),
            (vec![10, 2, 2, 6], Some((2, 4.0, 5.0, 10))),
        ] {
            let mut all = Lengths::default();
            lengths.iter().for_each(|length| all.add(*length));
            let summary = all
                .summary()
                .map(|s| (s.shortest, s.median, s.mean, s.longest));
            assert_eq!(summary, expected, "{lengths:?}");
        }
    }
}
