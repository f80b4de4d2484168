//! Cohen's kappa over code points.
//!
//! Each code point is a thing that both annotators put into a category. For one label there are two
//! categories, covered and not covered; for all labels together a category is the set of labels that
//! cover the code point. With p_o the share of code points that both put into the same category, and
//! p_e the share that would agree if each drew the categories at random as often as they used them,
//! kappa = (p_o − p_e) / (1 − p_e) (J. Cohen, "A coefficient of agreement for nominal scales",
//! Educational and Psychological Measurement 20(1), 1960, pages 37–46).
//!
//! Where both put everything into one and the same category, p_e is 1 and kappa is not defined.
//! For more than two annotators the mean of all pairs is given (R. J. Light, "Measures of response
//! agreement for qualitative data", Psychological Bulletin 76(5), 1971, pages 365–377).

use std::collections::HashMap;
use std::hash::Hash;

/// Cohen's kappa of a table of counts: `table[i][j]` is how often the first annotator said `i` and
/// the second `j`. From −1 to 1; `None` where it is not defined.
pub fn kappa(table: &[[u64; 2]; 2]) -> Option<f64> {
    let mut contingency = Contingency::default();
    for (first, row) in table.iter().enumerate() {
        for (second, count) in row.iter().enumerate() {
            contingency.count(first, second, *count);
        }
    }
    contingency.kappa()
}

/// How often two annotators used which categories, and how often the same for the same code point.
#[derive(Clone, Debug)]
pub struct Contingency<C> {
    /// Uses by the first and by the second.
    uses: HashMap<C, (u64, u64)>,
    agreed: u64,
    all: u64,
}

impl<C> Default for Contingency<C> {
    fn default() -> Contingency<C> {
        Contingency {
            uses: HashMap::new(),
            agreed: 0,
            all: 0,
        }
    }
}

impl<C: Eq + Hash + Clone> Contingency<C> {
    /// Counts that for `count` code points the first annotator said `first` and the second `second`.
    pub fn count(&mut self, first: C, second: C, count: u64) {
        if count == 0 {
            return;
        }
        self.all += count;
        if first == second {
            self.agreed += count;
        }
        self.uses.entry(first).or_default().0 += count;
        self.uses.entry(second).or_default().1 += count;
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Contingency<C>) {
        self.all += other.all;
        self.agreed += other.agreed;
        for (category, (first, second)) in &other.uses {
            let uses = self.uses.entry(category.clone()).or_default();
            uses.0 += first;
            uses.1 += second;
        }
    }

    /// Cohen's kappa, from −1 to 1; `None` where it is not defined.
    pub fn kappa(&self) -> Option<f64> {
        let all = u128::from(self.all);
        let by_chance: u128 = self
            .uses
            .values()
            .map(|&(first, second)| u128::from(first) * u128::from(second))
            .sum();
        // Both shares times the square of the number of code points, so that nothing is rounded.
        let whole = all * all;
        if by_chance >= whole {
            return None;
        }
        let agreed = u128::from(self.agreed) * all;
        Some((agreed as f64 - by_chance as f64) / (whole - by_chance) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both covered, the first alone, the second alone, neither.
    fn of(both: u64, first: u64, second: u64, neither: u64) -> Option<f64> {
        kappa(&[[neither, second], [first, both]])
    }

    #[test]
    fn published_examples_come_out() {
        for (source, counts, expected) in [
            // Krippendorff (1995), page 57, the units of examples A and C as single positions.
            ("Krippendorff 1995 A", (6, 8, 0, 10), 0.385),
            ("Krippendorff 1995 C", (10, 4, 4, 6), 0.314),
            // The worked examples of Wikipedia's article "Cohen's kappa".
            ("fifty proposals", (20, 5, 10, 15), 0.4),
            ("a hundred, even margins", (45, 15, 25, 15), 0.1304),
            ("a hundred, odd margins", (25, 35, 5, 35), 0.2593),
        ] {
            let (both, first, second, neither) = counts;
            let got = of(both, first, second, neither).unwrap();
            assert!((got - expected).abs() < 0.0005, "{source}: {got}");
        }
    }

    #[test]
    fn without_variation_there_is_no_kappa() {
        assert_eq!(of(0, 0, 0, 0), None);
        assert_eq!(of(9, 0, 0, 0), None);
        assert_eq!(of(0, 0, 0, 9), None);
        assert_eq!(of(0, 4, 0, 5), Some(0.0));
        assert_eq!(of(4, 0, 0, 5), Some(1.0));
    }

    #[test]
    fn categories_may_be_of_any_number() {
        let mut three = Contingency::default();
        for (first, second, count) in [
            ("a", "a", 20),
            ("b", "b", 30),
            ("c", "c", 10),
            ("a", "c", 40),
        ] {
            three.count(first, second, count);
        }
        // p_o = 0.6, p_e = 0.6·0.2 + 0.3·0.3 + 0.1·0.5 = 0.26.
        assert!((three.kappa().unwrap() - 0.34 / 0.74).abs() < 1e-12);
    }
}
