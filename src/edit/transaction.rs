//! Transactions: what is journaled, and what undo undoes.

use crate::annotation::{Id, Origin};
use crate::text::Span;
use serde_json::Value as Json;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// One page load of the program: whoever writes a journal of its own. A random number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Writer(pub u64);

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Writer {
    type Err = ();

    fn from_str(digits: &str) -> Result<Writer, ()> {
        if digits.len() != 16 {
            return Err(());
        }
        u64::from_str_radix(digits, 16).map(Writer).map_err(|_| ())
    }
}

/// When a transaction was made: Lamport's logical time, with the writer to part equal times.
///
/// Source: L. Lamport, “Time, Clocks, and the Ordering of Events in a Distributed System”, 1978.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// One more than the greatest time that the writer had seen.
    pub time: u32,
    /// Who made it.
    pub writer: Writer,
}

impl Stamp {
    /// The greatest time that is read back. Nobody's work comes so far, at an edit a second for 68
    /// years; a journal that says so would leave no time for further edits.
    pub const LATEST_TIME: u32 = u32::MAX / 2;

    /// Before every transaction: what speaks for a field that nothing has set.
    pub const ZERO: Stamp = Stamp {
        time: 0,
        writer: Writer(0),
    };
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.time, self.writer)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Stamp {
    type Err = ();

    fn from_str(stamp: &str) -> Result<Stamp, ()> {
        let (time, writer) = stamp.split_once('.').ok_or(())?;
        Ok(Stamp {
            time: time.parse().map_err(|_| ())?,
            writer: writer.parse()?,
        })
    }
}

/// What a register belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The annotation of that id.
    Annotation(Id),
    /// The document as a whole.
    Document,
}

/// How far the work on a document has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DocumentState {
    /// Somebody may still look at it.
    #[default]
    Open,
    /// Somebody looked at all of it.
    Done,
    /// It was left out, and why.
    Skipped(Arc<str>),
}

/// A span, and the version of the text that it counts in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextSpan {
    /// Which code points of it.
    pub span: Span,
    /// The first 16 hexadecimal digits of the SHA-256 of that text.
    pub text: Arc<str>,
}

/// What a register is set to. Which field it is follows from the variant.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Whether the annotation is there.
    Exists(bool),
    /// Which code points it covers of the text that the transaction counts in.
    Span(Span),
    /// Which code points it covers of another version of the text, as an undo puts it back.
    SpanIn(TextSpan),
    /// The id of its label.
    Label(Arc<str>),
    /// What was written about it.
    Note(Option<Arc<str>>),
    /// Who made it, when and how.
    Origin(Arc<Origin>),
    /// How far the work on the document has come.
    State(DocumentState),
    /// What the attribute of that id says of it; `null` for nothing.
    Attribute(Arc<str>, Json),
}

/// Which register a value is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Whether the annotation is there.
    Exists,
    /// What it covers.
    Span,
    /// Its label.
    Label,
    /// What was written about it.
    Note,
    /// Who made it, when and how.
    Origin,
    /// The document's state.
    State,
    /// What the attribute of that id says of it.
    Attribute(Arc<str>),
}

impl Value {
    /// Which register it is of.
    pub fn field(&self) -> Field {
        match self {
            Value::Exists(_) => Field::Exists,
            Value::Span(_) | Value::SpanIn(_) => Field::Span,
            Value::Label(_) => Field::Label,
            Value::Note(_) => Field::Note,
            Value::Origin(_) => Field::Origin,
            Value::State(_) => Field::State,
            Value::Attribute(id, _) => Field::Attribute(id.clone()),
        }
    }
}

/// One register's new value.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// Whose field it is.
    pub subject: Subject,
    /// The field and what it is set to.
    pub value: Value,
    /// The transaction whose value this puts back, if it is part of an undo or redo: the field then
    /// counts as set by that one.
    pub restores: Option<Stamp>,
}

impl Write {
    /// Sets a field of an annotation.
    pub fn annotation(id: &Id, value: Value) -> Write {
        Write {
            subject: Subject::Annotation(id.clone()),
            value,
            restores: None,
        }
    }
}

/// What a transaction is to the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that was done; can be undone.
    Edit,
    /// Takes the named transaction back.
    Undo(Stamp),
    /// Does the named transaction again.
    Redo(Stamp),
}

/// Writes that a user made as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// When it was made and by whom; no two have the same.
    pub stamp: Stamp,
    /// The clock on the wall then: RFC 3339 in UTC.
    pub at: Arc<str>,
    /// The first 16 hexadecimal digits of the SHA-256 of the text that its spans count in, where
    /// they don't say otherwise.
    pub text: Arc<str>,
    /// Whether it does, undoes or redoes something.
    pub kind: Kind,
    /// At most one for each field.
    pub writes: Vec<Write>,
}
