//! What the tests of agreement share.

use super::{Coding, Mark, Parallel};
use crate::annotation::Id;
use crate::text::{Cover, Span};

/// A label, and two annotators' ranges for it.
pub type Example = (&'static str, &'static [(u32, u32)], &'static [(u32, u32)]);

/// Krippendorff (1995), page 57: four examples on a continuum of 24.
pub const KRIPPENDORFF_1995: [Example; 4] = [
    ("A", &[(2, 10), (14, 20)], &[(4, 8), (15, 17)]),
    (
        "B",
        &[(0, 18)],
        &[(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)],
    ),
    (
        "C",
        &[(2, 8), (10, 12), (14, 18), (20, 22)],
        &[(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
    ),
    (
        "D",
        &[(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)],
        &[(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)],
    ),
];

/// What ranges of code points cover.
pub fn cover(ranges: &[(u32, u32)]) -> Cover {
    Cover::of(
        ranges
            .iter()
            .filter_map(|&(start, end)| Span::new(start, end)),
    )
}

/// The covers of two annotators.
pub fn covers(first: &[(u32, u32)], second: &[(u32, u32)]) -> (Cover, Cover) {
    (cover(first), cover(second))
}

/// An annotator, and what they marked: label, start, end.
pub type Made<'a> = (&'a str, &'a [(&'a str, u32, u32)]);

/// A document of `length` code points and, for each annotator, marks as `label start end`.
pub fn parallel(length: u32, codings: &[Made]) -> Parallel {
    let codings = codings.iter().map(|(annotator, marks)| Coding {
        annotator: (*annotator).to_owned(),
        marks: marks
            .iter()
            .enumerate()
            .map(|(at, &(label, start, end))| Mark {
                id: Id::from(format!("{annotator}{}", at + 1).as_str()),
                span: Span::new(start, end).unwrap(),
                label: label.into(),
            })
            .collect(),
    });
    Parallel {
        document: "d".to_owned(),
        length,
        codings: codings.collect(),
    }
}
