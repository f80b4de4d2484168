//! How far annotators agree, where they differ, and what was decided about it.
//!
//! All figures count code points or spans of one document's text, and those of several documents are
//! the figures of the documents standing one behind another. Each measure's file has its definition
//! and where it comes from.
//!
//! Several spans of one label that one annotator made over each other are one unit where code points
//! are counted ([`crate::text::Cover`]); where spans are counted, each counts.

mod alpha;
mod alpha_1995;
mod cases;
mod definitions;
mod differences;
mod kappa;
mod matches;
mod report;
mod tables;
mod tally;

pub use alpha::Alpha;
pub use alpha_1995::Alpha1995;
pub use cases::{ADJUDICATION, Candidate, Case, Choice, Decision, alternative, cases, decide};
pub use definitions::{DEFINITIONS, Definition};
pub use differences::{Difference, differences};
pub use kappa::{Contingency, kappa};
pub use matches::Matches;
pub use report::{Line, Report, Who, report};
pub use tables::{OVER_ALL, table};
pub use tally::Tally;

use crate::annotation::Id;
use crate::text::Span;
use std::sync::Arc;

/// A labelled span, as far as agreement is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The annotation's name.
    pub id: Id,
    /// The code points that it covers.
    pub span: Span,
    /// The id of its label.
    pub label: Arc<str>,
}

/// What one annotator made of one document. Without marks: they found nothing there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// Who.
    pub annotator: String,
    /// What they marked, in any order.
    pub marks: Vec<Mark>,
}

/// A document that one or more annotators worked on, each on their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parallel {
    /// The id of the document.
    pub document: String,
    /// The length of its text in code points.
    pub length: u32,
    /// One of each annotator.
    pub codings: Vec<Coding>,
}

#[cfg(test)]
mod testing;
