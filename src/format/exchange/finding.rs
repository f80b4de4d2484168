//! What there is to say of a file that was read, record by record.

use std::fmt;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// A line, from 1.
    Line(usize),
    /// An entry of the file's list of documents or annotations, from 1.
    Record(usize),
}

/// Something to say of what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the file.
    pub file: String,
    /// Where in it.
    pub at: At,
    /// The id of the annotation, if it is of one that has an id.
    pub id: Option<String>,
    /// Whether an annotation or a document was left out for it.
    pub left_out: bool,
    /// What, as a sentence.
    pub why: String,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::File => Ok(()),
            At::Line(line) => write!(f, ", line {line}"),
            At::Record(record) => write!(f, ", record {record}"),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { file, at, why, .. } = self;
        write!(f, "{file}{at}: {why}")
    }
}
