//! Krippendorff's alpha for unitizing, in its first form, over code points.
//!
//! It also looks at how far the ends of units are apart, and is given for pairs of annotators, for
//! whom its author left it as it was. For one label, each annotator's text is a row of sections: units
//! (what they marked) and the gaps between them. Two sections of two annotators differ by
//!
//! * (difference of starts)² + (difference of ends)², if both are units and share a code point;
//! * l², if one is a unit of length l that lies wholly within a gap of the other;
//! * 0 otherwise.
//!
//! With L the length of the text, m annotators and N units in all:
//!
//! * observed: D_o = Σ over ordered pairs of annotators and all their sections of that difference,
//!   divided by m·(m − 1)·L²;
//! * expected: D_e = (2/L) · Σ over units of [(N − 1)·(2l³ − 3l² + l)/3 + l² · Σ over gaps of length
//!   g ≥ l of (g − l + 1)] / (m·L·(m·L − 1) − Σ l·(l − 1));
//! * alpha = 1 − D_o / D_e, and for all labels together 1 − Σ D_o / Σ D_e.
//!
//! K. Krippendorff, "On the reliability of unitizing contiguous data", Sociological Methodology 25,
//! 1995, pages 47–76; in the form of "Content Analysis", 2nd edition, Sage 2004, pages 251–256. Of
//! several documents the sections are put together; a gap ends with its document.

use crate::order::sorted;
use crate::text::{Cover, Span};

/// What alpha is computed of, for two annotators. Adds up over documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alpha1995 {
    /// Code points of the text.
    length: f64,
    /// The differences of all pairs of sections, each pair once.
    differing: f64,
    /// The lengths of both annotators' units.
    units: Vec<u32>,
    /// The lengths of both annotators' gaps.
    gaps: Vec<u32>,
}

impl Alpha1995 {
    /// Of one label in one document of `length` code points.
    pub fn of(length: u32, first: &Cover, second: &Cover) -> Alpha1995 {
        let (ours, theirs) = (sections(length, first), sections(length, second));
        let lengths = |units: bool| {
            let all = ours.iter().chain(&theirs);
            let of_kind = all.filter(move |section| section.is_unit == units);
            of_kind.map(|section| section.span.len()).collect()
        };
        Alpha1995 {
            length: f64::from(length),
            differing: differing(&ours, &theirs),
            units: lengths(true),
            gaps: lengths(false),
        }
    }

    /// Adds another document.
    pub fn add(&mut self, other: &Alpha1995) {
        self.length += other.length;
        self.differing += other.differing;
        self.units.extend(&other.units);
        self.gaps.extend(&other.gaps);
    }

    /// Observed and expected disagreement; `None` where nothing was marked, or there is no text.
    pub fn disagreement(&self) -> Option<(f64, f64)> {
        if self.units.is_empty() || self.length <= 0.0 {
            return None;
        }
        let observed = self.differing / (self.length * self.length);
        let gaps = sorted(self.gaps.clone(), |a, b| a > b);
        let others = (self.units.len() - 1) as f64;
        // The longest units first, so that the gaps that hold them only become more.
        let (mut held, mut count, mut sum) = (gaps.iter().peekable(), 0.0, 0.0);
        let (mut chances, mut own) = (0.0, 0.0);
        for unit in sorted(self.units.clone(), |a, b| a > b) {
            while let Some(gap) = held.next_if(|gap| **gap >= unit) {
                count += 1.0;
                sum += f64::from(*gap);
            }
            let l = f64::from(unit);
            chances += others * (2.0 * l * l * l - 3.0 * l * l + l) / 3.0;
            chances += l * l * (sum - count * (l - 1.0));
            own += l * (l - 1.0);
        }
        let places = 2.0 * self.length;
        let pairs = places * (places - 1.0) - own;
        (pairs > 0.0).then(|| (observed, 2.0 / self.length * chances / pairs))
    }

    /// Alpha: 1 for perfect agreement, 0 for chance; `None` where it is not defined.
    pub fn value(&self) -> Option<f64> {
        Alpha1995::over([self])
    }

    /// Alpha of several labels together.
    pub fn over<'a>(labels: impl IntoIterator<Item = &'a Alpha1995>) -> Option<f64> {
        let parts = labels.into_iter().filter_map(Alpha1995::disagreement);
        let (observed, expected) =
            parts.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }
}

/// A unit or a gap.
#[derive(Clone, Copy)]
struct Section {
    span: Span,
    is_unit: bool,
}

/// The text as a row of sections, without a break. Units beyond the text are left out.
fn sections(length: u32, cover: &Cover) -> Vec<Section> {
    let mut row = Vec::new();
    let mut at = 0;
    for &unit in cover.spans().iter().filter(|unit| unit.end() <= length) {
        row.extend(gap(at, unit.start()));
        row.push(Section {
            span: unit,
            is_unit: true,
        });
        at = unit.end();
    }
    row.extend(gap(at, length));
    row
}

fn gap(start: u32, end: u32) -> Option<Section> {
    Span::new(start, end).map(|span| Section {
        span,
        is_unit: false,
    })
}

/// The differences of all sections that share a code point.
fn differing(ours: &[Section], theirs: &[Section]) -> f64 {
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    let mut sum = 0.0;
    while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
        sum += difference(a, b);
        let order = a.span.end().cmp(&b.span.end());
        if order.is_le() {
            ours.next();
        }
        if order.is_ge() {
            theirs.next();
        }
    }
    sum
}

fn difference(a: &Section, b: &Section) -> f64 {
    let square = |x: u32, y: u32| f64::from(x.abs_diff(y)) * f64::from(x.abs_diff(y));
    match (a.is_unit, b.is_unit) {
        (true, true) => square(a.span.start(), b.span.start()) + square(a.span.end(), b.span.end()),
        (true, false) if b.span.covers(a.span) => square(a.span.len(), 0),
        (false, true) if a.span.covers(b.span) => square(b.span.len(), 0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::testing::{KRIPPENDORFF_1995, covers};

    fn close(what: &str, got: f64, expected: f64, within: f64) {
        assert!(
            (got - expected).abs() < within,
            "{what}: {got}, not {expected}"
        );
    }

    /// "Content Analysis", 2nd edition, page 254: two observers of a continuum of 300 units of length
    /// that begins at 150, and the categories c and k.
    #[test]
    fn the_books_example_comes_out() {
        let at = |begin: u32, length: u32| (begin - 150, begin - 150 + length);
        let c = covers(
            &[at(225, 70), at(370, 30)],
            &[at(220, 80), at(355, 20), at(400, 20)],
        );
        let k = covers(&[at(180, 60), at(300, 50)], &[at(180, 60), at(300, 50)]);
        let c = Alpha1995::of(300, &c.0, &c.1);
        let k = Alpha1995::of(300, &k.0, &k.1);
        let (observed, expected) = c.disagreement().unwrap();
        close("c observed", observed, 0.0144, 0.0001);
        close("c expected", expected, 0.0532, 0.0001);
        close("c", c.value().unwrap(), 0.7286, 0.0005);
        let (observed, expected) = k.disagreement().unwrap();
        close("k observed", observed, 0.0, 1e-12);
        close("k expected", expected, 0.0490, 0.0001);
        close("both", Alpha1995::over([&c, &k]).unwrap(), 0.8591, 0.0005);
    }

    /// The article of 1995, pages 57 and following: observed disagreements, and the expected ones that
    /// they tend to as the continuum is measured more finely.
    #[test]
    fn the_articles_examples_come_out() {
        for ((label, first, second), observed, expected, alpha) in [
            (KRIPPENDORFF_1995[0], 0.03125, 0.06990, 0.553),
            (KRIPPENDORFF_1995[1], 2.26736, 1.17731, -0.926),
            (KRIPPENDORFF_1995[2], 0.02777, 0.08642, 0.679),
            (KRIPPENDORFF_1995[3], 0.38715, 0.41445, 0.066),
        ] {
            let fine = |ranges: &[(u32, u32)]| -> Vec<(u32, u32)> {
                ranges
                    .iter()
                    .map(|&(start, end)| (start * 50_000, end * 50_000))
                    .collect()
            };
            let pair = covers(&fine(first), &fine(second));
            let got = Alpha1995::of(24 * 50_000, &pair.0, &pair.1);
            let figures = got.disagreement().unwrap();
            close(label, figures.0, observed, 0.00001);
            close(label, figures.1, expected, 0.005);
            close(label, got.value().unwrap(), alpha, 0.02);
        }
    }

    #[test]
    fn sections_differ_as_the_definition_says() {
        for (first, second, expected) in [
            // Both alike, a shifted one, one within another, one wholly in a gap, one touching.
            (vec![(2, 8)], vec![(2, 8)], 0.0),
            (vec![(2, 8)], vec![(3, 7)], 2.0),
            (
                vec![(1, 9)],
                vec![(2, 3), (4, 5), (6, 7)],
                37.0 + 25.0 + 29.0,
            ),
            (vec![(2, 4)], vec![], 4.0),
            (vec![(2, 4)], vec![(4, 7)], 4.0 + 9.0),
        ] {
            let pair = covers(&first, &second);
            let got = differing(&sections(10, &pair.0), &sections(10, &pair.1));
            assert_eq!(got, expected, "{first:?} {second:?}");
        }
    }

    #[test]
    fn without_units_there_is_no_alpha() {
        let nothing = covers(&[], &[]);
        assert_eq!(Alpha1995::of(9, &nothing.0, &nothing.1).value(), None);
    }
}
