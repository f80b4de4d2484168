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

    /// The length at a place in order, from 0.
    fn nth(&self, place: u64) -> Option<u32> {
        let mut before = 0;
        self.counts().find_map(|(length, count)| {
            before += count;
            (before > place).then_some(length)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
