//! Krippendorff's alpha for unitizing, in its later form, over code points.
//!
//! For one label, each annotator cuts the text into units (what they marked) and gaps between them.
//! With L the length of the text in code points and m the number of annotators, n = m·L:
//!
//! * observed: D_o = (2 / (m − 1)) · Σ over pairs of annotators of the code points that one of the two
//!   covers and the other doesn't, divided by n;
//! * expected: D_e = 2·U·G / (n² − Σ l² − G), with U the code points in units and G those in gaps, of
//!   all annotators together, and l the length of each unit. A unit isn't paired with itself, and
//!   neither is a code point of a gap: that is what is subtracted;
//! * alpha = 1 − D_o / D_e.
//!
//! This is ᵤα of K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, "On the reliability of
//! unitizing textual continua: Further developments", Quality & Quantity 50, 2016, pages 2347–2364,
//! with a label and its absence as the only two values. Where every unit is one code point long it is
//! alpha for nominal data. Documents that fewer annotators worked on weigh by their own m, as in alpha
//! with missing data. For all labels together, alpha = 1 − Σ D_o / Σ D_e over the labels, so spans of
//! different labels may overlap.

use crate::text::{Cover, Span};

/// What alpha is computed of. Sums add up over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Alpha {
    /// Code points, times annotators.
    all: f64,
    /// Code points on which two annotators differ, in pairs, times 2 / (m − 1).
    differing: f64,
    /// Code points in units.
    units: f64,
    /// The squares of the units' lengths.
    squares: f64,
}

impl Alpha {
    /// The sums of one label in one document of `length` code points, of which `covers` has what each
    /// annotator marked. Without two annotators there is nothing to compare.
    pub fn of(length: u32, covers: &[&Cover]) -> Alpha {
        let count = covers.len();
        if count < 2 {
            return Alpha::default();
        }
        let mut differing = 0;
        for (at, first) in covers.iter().enumerate() {
            for second in covers.iter().skip(at + 1) {
                let common = 2 * first.common(second);
                differing += first.code_points() + second.code_points() - common;
            }
        }
        let lengths = || covers.iter().flat_map(|cover| cover.spans()).map(unit);
        Alpha {
            all: f64::from(length) * count as f64,
            differing: 2.0 * differing as f64 / (count - 1) as f64,
            units: lengths().sum(),
            squares: lengths().map(|length| length * length).sum(),
        }
    }

    /// Adds the sums of another document.
    pub fn add(&mut self, other: &Alpha) {
        self.all += other.all;
        self.differing += other.differing;
        self.units += other.units;
        self.squares += other.squares;
    }

    /// Observed and expected disagreement; `None` where nothing varies: no text, or everybody marked
    /// all or nothing of it.
    pub fn disagreement(&self) -> Option<(f64, f64)> {
        let gaps = self.all - self.units;
        let pairs = self.all * self.all - self.squares - gaps;
        if self.units <= 0.0 || gaps <= 0.0 || pairs <= 0.0 {
            return None;
        }
        Some((self.differing / self.all, 2.0 * self.units * gaps / pairs))
    }

    /// Alpha: 1 for perfect agreement, 0 for chance; `None` where nothing varies.
    pub fn value(&self) -> Option<f64> {
        Alpha::over([self])
    }

    /// Alpha of several labels together.
    pub fn over<'a>(labels: impl IntoIterator<Item = &'a Alpha>) -> Option<f64> {
        let parts = labels.into_iter().filter_map(Alpha::disagreement);
        let (observed, expected) =
            parts.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }
}

fn unit(span: &Span) -> f64 {
    f64::from(span.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::testing::{KRIPPENDORFF_1995, cover, covers};
    use proptest::prelude::*;

    fn alpha(length: u32, annotators: &[&[(u32, u32)]]) -> f64 {
        let covers: Vec<Cover> = annotators.iter().map(|ranges| cover(ranges)).collect();
        let covers: Vec<&Cover> = covers.iter().collect();
        Alpha::of(length, &covers).value().unwrap()
    }

    #[test]
    fn with_units_of_one_code_point_it_is_alpha_for_nominal_data() {
        // Krippendorff (1995), page 57, example A as single positions.
        let single = |ranges: &[(u32, u32)]| -> Vec<(u32, u32)> {
            ranges
                .iter()
                .flat_map(|&(start, end)| start..end)
                .map(|at| (at, at + 1))
                .collect()
        };
        let (_, bertha, bill) = KRIPPENDORFF_1995[0];
        let got = alpha(24, &[&single(bertha), &single(bill)]);
        assert!((got - 0.329).abs() < 0.0005, "{got}");
    }

    /// The figures are those of the package `krippendorff-unitized-alpha` 0.1.0 of PyPI for the same
    /// units and gaps; `tests/python/agreement.py` compares many more.
    #[test]
    fn the_reference_librarys_figures_come_out() {
        for (label, first, second) in KRIPPENDORFF_1995 {
            let expected = match label {
                "A" => REFERENCE[0],
                "B" => REFERENCE[1],
                "C" => REFERENCE[2],
                // Both cover all of it, so nothing varies.
                _ => {
                    let covers = covers(first, second);
                    assert_eq!(Alpha::of(24, &[&covers.0, &covers.1]).value(), None);
                    continue;
                }
            };
            let got = alpha(24, &[first, second]);
            assert!((got - expected).abs() < 1e-6, "{label}: {got}");
        }
        let three = alpha(
            100,
            &[
                &[(5, 20), (40, 60)],
                &[(7, 20), (38, 52), (70, 75)],
                &[(5, 18)],
            ],
        );
        assert!((three - REFERENCE[3]).abs() < 1e-6, "{three}");
    }

    const REFERENCE: [f64; 4] = [0.358_333_3, 0.422_023_8, 0.351_190_5, 0.479_834_1];

    #[test]
    fn without_variation_there_is_no_alpha() {
        let (nothing, all) = (cover(&[]), cover(&[(0, 9)]));
        assert_eq!(Alpha::of(9, &[&nothing, &nothing]).value(), None);
        assert_eq!(Alpha::of(9, &[&all, &all]).value(), None);
        assert_eq!(Alpha::of(9, &[&all]).value(), None);
        assert_eq!(Alpha::of(0, &[&nothing, &nothing]).value(), None);
    }

    proptest! {
        #[test]
        fn the_same_twice_agrees_wholly_and_documents_add_up(
            ranges in prop::collection::vec((0_u32..40, 1_u32..9), 1..6)
        ) {
            let cover = Cover::of(ranges.iter().filter_map(|&(s, l)| Span::new(s, s + l)));
            let mut twice = Alpha::of(60, &[&cover, &cover]);
            prop_assert!((twice.value().unwrap() - 1.0).abs() < 1e-12);
            twice.add(&Alpha::of(60, &[&cover, &Cover::default(), &cover]));
            prop_assert!(twice.value().unwrap() < 1.0);
        }
    }
}
