//! What a writer is, and what it writes into.

use super::{Entry, Header, Held, Loss, Losses, MemoryFiles, Refusal, Sink, Stopped};
use crate::annotation::Annotation;
use crate::format::native::{ExportError, shown};
use crate::text::Span;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// Writes one dataset in one format.
///
/// What it gets is sound: documents have ids of their own, annotations are in document order, lie
/// within the text, and have identifiers as labels.
pub trait Writer {
    /// Begins, with what is known before the first document.
    fn begin(&mut self, _header: &Header, _out: &mut Out) -> Result<(), WriteError> {
        Ok(())
    }

    /// Writes the next document.
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError>;

    /// Ends, with all that is known of the dataset now: every label in use is in the header.
    fn end(&mut self, _header: &Header, _out: &mut Out) -> Result<(), WriteError> {
        Ok(())
    }
}

/// Where bytes go.
enum Target<'a> {
    Given(&'a mut dyn Sink),
    Shared(Rc<RefCell<MemoryFiles>>),
}

/// Where a writer puts files, and what it says of them.
pub struct Out<'a> {
    sink: Target<'a>,
    /// What is not in the files.
    pub(super) losses: Losses,
    /// What is in them.
    pub(super) held: Held,
    lossless: bool,
}

impl<'a> Out<'a> {
    /// Writes into `sink`; if `lossless`, a loss of content ends the writing.
    pub fn new(sink: &'a mut dyn Sink, lossless: bool) -> Out<'a> {
        Out::into_target(Target::Given(sink), lossless)
    }

    /// As [`Out::new`], into files from which others take what was written.
    pub fn shared(files: Rc<RefCell<MemoryFiles>>, lossless: bool) -> Out<'a> {
        Out::into_target(Target::Shared(files), lossless)
    }

    fn into_target(sink: Target<'a>, lossless: bool) -> Out<'a> {
        Out {
            sink,
            losses: Losses::default(),
            held: Held::default(),
            lossless,
        }
    }

    /// Goes on with the file of that name.
    pub fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), WriteError> {
        match &mut self.sink {
            Target::Given(sink) => sink.append(file, bytes)?,
            Target::Shared(files) => files.borrow_mut().append(file, bytes)?,
        }
        Ok(())
    }

    /// Something of `entry`, or of one of its annotations, is not in the file.
    pub fn lose(
        &mut self,
        loss: Loss,
        entry: &Entry,
        annotation: Option<&Annotation>,
    ) -> Result<(), WriteError> {
        self.lose_many(loss, 1, &entry.document.id, annotation)
    }

    /// `count` things of one document, or of one of its annotations, are not in the file.
    pub fn lose_many(
        &mut self,
        loss: Loss,
        count: usize,
        document: &str,
        annotation: Option<&Annotation>,
    ) -> Result<(), WriteError> {
        let id = annotation.map(|annotation| annotation.id.as_str());
        if count > 0 {
            self.losses.add_many(loss, count, document, id);
        }
        match self.losses.iter().find(|lost| lost.loss == loss) {
            Some(lost) if self.lossless && loss.is_of_content() && count > 0 => {
                Err(WriteError::Lossy(lost.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Says what a file holds of a document: reading it back must give the same. A writer says it
    /// once for each document, unless its format's files can't be read back alone.
    pub fn hold<'s>(&mut self, text: &str, spans: impl Iterator<Item = (Span, &'s str)>) {
        self.held.add(text, spans);
    }

    /// As [`Out::hold`], of a document that the file holds with all its annotations.
    pub fn hold_all(&mut self, entry: &Entry) {
        let spans = entry.annotations.iter().map(|a| (a.span, &*a.label));
        self.held.add(entry.document.text.as_str(), spans);
    }
}

/// Why no file was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// There is no document.
    NoDocuments,
    /// The format is none that can be written.
    UnknownFormat(String),
    /// A file without loss was asked for, and this would be lost: a sentence.
    Lossy(String),
    /// The file couldn't be kept: a sentence.
    Sink(String),
    /// What was written is not JSON, as a clause.
    Unreadable(String),
    /// What was written can't be read back.
    Refused(Refusal),
    /// Reading the file back gave other documents or annotations: how many were written, and how
    /// many came back.
    Differs {
        /// Documents and annotations that were written.
        written: (usize, usize),
        /// Documents and annotations that came back.
        read: (usize, usize),
    },
    /// An annotation of that id, of the document of that id, covers other words in the file.
    Wrong(String, String),
    /// Our JSON can't be written.
    Native(ExportError),
}

impl From<Stopped> for WriteError {
    fn from(Stopped(why): Stopped) -> WriteError {
        WriteError::Sink(why)
    }
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> WriteError {
        WriteError::Unreadable(error.to_string())
    }
}

impl From<WriteError> for Stopped {
    fn from(error: WriteError) -> Stopped {
        Stopped(error.to_string())
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::NoDocuments => f.write_str("There is no document to export."),
            WriteError::UnknownFormat(id) => {
                write!(f, "There is no format {} that can be written.", shown(id))
            }
            WriteError::Lossy(what) => write!(
                f,
                "The format can't hold all of it, so no file was made. {what}"
            ),
            WriteError::Sink(why) => f.write_str(why),
            WriteError::Unreadable(why) => {
                write!(
                    f,
                    "The file could not be read back ({why}); no file was made."
                )
            }
            WriteError::Refused(refusal) => {
                write!(
                    f,
                    "The file could not be read back; no file was made. {refusal}"
                )
            }
            WriteError::Differs { written, read } => write!(
                f,
                "Of {} documents with {} annotations, {} with {} came back, or they came back as others; no file was made.",
                written.0, written.1, read.0, read.1
            ),
            WriteError::Wrong(annotation, document) => write!(
                f,
                "Annotation {} of document {} covers other words in the file; no file was made.",
                shown(annotation),
                shown(document)
            ),
            WriteError::Native(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for WriteError {}
