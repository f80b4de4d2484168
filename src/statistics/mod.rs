//! What a corpus holds: how many annotations of which label, how long, where over each other, made
//! when and by whom.
//!
//! Documents are given one by one to a [`Collector`], which keeps counts alone, so a corpus of any
//! length can be counted. Lengths and offsets are code points.

mod collector;
mod lengths;
mod overlap;
mod receive;
mod tables;

pub use collector::Collector;
pub use lengths::{Lengths, Range, Summary};
pub use tables::tables;

use crate::edit::DocumentState;
use crate::text::Span;
use std::collections::BTreeMap;

/// An annotation, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// The code points that it covers.
    pub span: Span,
    /// The id of its label.
    pub label: &'a str,
    /// When it was made: RFC 3339 in UTC.
    pub created: Option<&'a str>,
    /// Who made it.
    pub creator: Option<&'a str>,
}

/// A document, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct CountedDocument<'a> {
    /// Its id.
    pub id: &'a str,
    /// What people call it.
    pub title: Option<&'a str>,
    /// The site that it is from.
    pub site: Option<&'a str>,
    /// The length of its text in code points.
    pub length: u32,
    /// How far the work on it has come.
    pub state: &'a DocumentState,
}

/// The figures of a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// The documents together.
    pub corpus: Corpus,
    /// Each label: those that were named first, then the others by their ids.
    pub labels: Vec<LabelFigures>,
    /// Each pair of labels that lie over each other somewhere, and each label over itself.
    pub overlaps: Vec<Overlap>,
    /// Each day on which an annotation was made (UTC), in order.
    pub days: Vec<Day>,
    /// Annotations by their creator, by name; `None` for those that don't say.
    pub creators: Vec<(Option<String>, u64)>,
    /// Each document, in the order in which they came; where it was asked for.
    pub documents: Vec<DocumentFigures>,
}

/// The documents of a corpus together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// How many there are.
    pub documents: u64,
    /// How many of them are marked as done.
    pub done: u64,
    /// How many of them are left out with a reason.
    pub skipped: u64,
    /// How many have an annotation.
    pub annotated: u64,
    /// Code points of all texts.
    pub code_points: u64,
    /// Code points that some annotation covers.
    pub covered: u64,
    /// Annotations.
    pub annotations: u64,
}

/// The figures of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelFigures {
    /// Its id.
    pub label: String,
    /// How many annotations have it.
    pub annotations: u64,
    /// How many documents have such an annotation.
    pub documents: u64,
    /// How long these annotations are, in code points; `None` if there are none.
    pub lengths: Option<Summary>,
    /// How many of them are how long: each range from the shortest to the longest, also an empty one.
    pub histogram: Vec<Range>,
    /// Code points that at least one of them covers.
    pub covered: u64,
}

/// How two labels lie over each other; or one label over itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The id of the one, which stands first among the labels.
    pub first: String,
    /// The id of the other.
    pub second: String,
    /// Pairs of annotations that share a code point.
    pub pairs: u64,
    /// Code points that both labels cover; for a label over itself, those of two annotations or more.
    pub code_points: u64,
}

/// What was made on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day in UTC, as `2026-11-24`; `None` for annotations that don't say when they were made.
    pub day: Option<String>,
    /// How many annotations were made.
    pub annotations: u64,
    /// How many were made up to its end; those without a day are counted last.
    pub so_far: u64,
    /// How many of each label, by the label's id.
    pub labels: BTreeMap<String, u64>,
}

/// The figures of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentFigures {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: Option<String>,
    /// The site that it is from.
    pub site: Option<String>,
    /// How far the work on it has come.
    pub state: DocumentState,
    /// Its length in code points.
    pub code_points: u64,
    /// Code points that some annotation covers.
    pub covered: u64,
    /// How many annotations it has.
    pub annotations: u64,
    /// How many of each label, by the label's id.
    pub labels: BTreeMap<String, u64>,
}
