//! What can go wrong in writing: annotations that don't fit, and files that don't check out.

use super::LONGEST_NAME;
use super::remarks::shown;
use crate::text::Span;
use std::fmt;

/// An annotation that could not be written as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It reaches beyond its document's text, and is not in the file.
    BeyondText {
        /// Whose it is.
        document: String,
        /// Its id.
        id: String,
        /// What it covers, in code points.
        span: Span,
    },
    /// Its label is no identifier, or too long; it is not in the file.
    BadLabel {
        /// Whose it is.
        document: String,
        /// Its id.
        id: String,
        /// The label.
        label: String,
    },
    /// An earlier document has an annotation of its id; it is in the file under another one.
    IdTaken {
        /// Whose it is.
        document: String,
        /// Its id.
        id: String,
        /// Its id in the file.
        written: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::BeyondText { document, id, span } => write!(
                f,
                "Annotation {} of document {} is not in the file: it covers {} to {}, beyond the end of the text.",
                shown(id),
                shown(document),
                span.start(),
                span.end()
            ),
            Problem::BadLabel {
                document,
                id,
                label,
            } => write!(
                f,
                "Annotation {} of document {} is not in the file: its label {} is no identifier of {LONGEST_NAME} characters at most.",
                shown(id),
                shown(document),
                shown(label)
            ),
            Problem::IdTaken {
                document,
                id,
                written,
            } => write!(
                f,
                "Annotation {} of document {} is in the file as {}, since another document has one of that id.",
                shown(id),
                shown(document),
                shown(written)
            ),
        }
    }
}

/// Why no file was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportError {
    /// There is no document to write.
    NoDocuments,
    /// Two documents have this id.
    DocumentTwice(String),
    /// What was written is not JSON.
    Unreadable(String),
    /// The text of the document of this id did not come back.
    TextDiffers(String),
    /// Annotations got lost.
    Incomplete {
        /// How many were written.
        written: usize,
        /// How many came back.
        read: usize,
    },
    /// An annotation's position and its quotation disagree.
    Wrong {
        /// Its id.
        id: String,
        /// Whose it is.
        document: String,
    },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::NoDocuments => f.write_str("There is no document to export."),
            ExportError::DocumentTwice(id) => write!(
                f,
                "Two documents have the id {}; no file was made.",
                shown(id)
            ),
            ExportError::Unreadable(why) => write!(
                f,
                "The file could not be read back ({why}); no file was made."
            ),
            ExportError::TextDiffers(id) => write!(
                f,
                "The text of document {} did not come back as it was; no file was made.",
                shown(id)
            ),
            ExportError::Incomplete { written, read } => write!(
                f,
                "Of {written} annotations, {read} came back; no file was made."
            ),
            ExportError::Wrong { id, document } => write!(
                f,
                "Annotation {} of document {} covers other words than it quotes; no file was made.",
                shown(id),
                shown(document)
            ),
        }
    }
}

impl std::error::Error for ExportError {}
