//! What all measures of one label are computed of, for one pair of annotators or for all of them.

use super::{Alpha, Alpha1995, Matches, kappa};
use crate::text::{Cover, Span};

/// The counts of one label for two annotators. Adds up over documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Spans with the same ends.
    pub exact: Matches,
    /// Spans that share a code point.
    pub overlapping: Matches,
    /// Code points by whether the first and whether the second covers them.
    pub covered: [[u64; 2]; 2],
    /// For Krippendorff's alpha in its later form.
    pub alpha: Alpha,
    /// For Krippendorff's alpha in its first form.
    pub alpha_1995: Alpha1995,
}

impl Tally {
    /// Of one document of `length` code points.
    pub fn of(length: u32, first: &[Span], second: &[Span]) -> Tally {
        let cover = |spans: &[Span]| Cover::of(spans.iter().copied());
        let (ours, theirs) = (cover(first), cover(second));
        let both = ours.common(&theirs);
        let (a, b) = (ours.code_points() - both, theirs.code_points() - both);
        let neither = u64::from(length).saturating_sub(both + a + b);
        Tally {
            exact: Matches::exact(first, second),
            overlapping: Matches::overlapping(first, second),
            covered: [[neither, b], [a, both]],
            alpha: Alpha::of(length, &[&ours, &theirs]),
            alpha_1995: Alpha1995::of(length, &ours, &theirs),
        }
    }

    /// Adds another document.
    pub fn add(&mut self, other: &Tally) {
        self.exact.add(other.exact);
        self.overlapping.add(other.overlapping);
        for (row, others) in self.covered.iter_mut().zip(other.covered) {
            for (count, other) in row.iter_mut().zip(others) {
                *count += other;
            }
        }
        self.alpha.add(&other.alpha);
        self.alpha_1995.add(&other.alpha_1995);
    }

    /// Cohen's kappa over code points; `None` where it is not defined.
    pub fn kappa(&self) -> Option<f64> {
        kappa(&self.covered)
    }
}
