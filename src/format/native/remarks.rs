//! What is said of a file that was read: warnings, remarks on records, and records left out.

use super::LONGEST_NAME;
use crate::text::Span;
use std::fmt;

/// A record that was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// Its place among the file's annotations, from 0.
    pub index: usize,
    /// Its id, if it has one.
    pub id: Option<String>,
    /// Why it was left out.
    pub why: Reason,
}

/// Why a record was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not an object.
    NotAnObject,
    /// It doesn't say which document it is of.
    NoDocument,
    /// The file has no such document.
    UnknownDocument(String),
    /// It has no label.
    NoLabel,
    /// Its label is no identifier, or too long.
    BadLabel(String),
    /// Its start or end is absent or no whole number.
    NoPosition,
    /// It ends where it starts, or before. In code points.
    Empty {
        /// What it says of its start.
        start: u64,
        /// What it says of its end.
        end: u64,
    },
    /// It ends behind the text. In code points.
    PastEnd {
        /// What it says of its end.
        end: u64,
        /// Where the text ends.
        length: u32,
    },
    /// It has no quotation to prove its position.
    NoQuote,
    /// The words that it quotes are not in the text.
    Orphan(String),
    /// So many words stand elsewhere that looking for these would take too long.
    TooManyMoved,
}

/// Something to say of a record that was taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Its place among the file's annotations, from 0.
    pub index: usize,
    /// Its id, if it has one.
    pub id: Option<String>,
    /// What there is to say.
    pub what: What,
}

/// What there is to say of a record that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The words that it quotes stand elsewhere. In code points.
    Moved {
        /// Where the file says that they are.
        from: (u64, u64),
        /// Where they are.
        to: Span,
    },
    /// The words that it quotes are not in the text, but words like them are here.
    Alike(Span),
    /// It is there twice, with the same content; it is taken in once.
    Repeated,
    /// Another record has its id; it gets a new one.
    IdTaken,
    /// Its id is absent, empty or too long; it gets a new one.
    BadId,
    /// A field holds something else than it should, and was left out.
    Dropped(Field),
}

/// A field whose content can be wrong without harm to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// When it was made.
    Created,
    /// When it was changed.
    Modified,
    /// Who made it.
    Creator,
    /// How it was made.
    Provenance,
    /// What was written about it.
    Note,
}

impl Field {
    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Field::Created => "created",
            Field::Modified => "modified",
            Field::Creator => "creator",
            Field::Provenance => "provenance",
            Field::Note => "note",
        }
    }
}

/// Something to say of a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Escapes of lone surrogates became U+FFFD.
    Surrogates(usize),
    /// Numbers too large for any program became `null`.
    Numbers(usize),
    /// The hash of a document is not that of its text.
    HashDiffers(String),
    /// The length of a document is not that of its text.
    LengthDiffers(String),
    /// A document without id or text, by its place among the documents from 0.
    BadDocument(usize),
    /// A field of a document that holds something else than it should.
    DocumentField(String, &'static str),
    /// A second document of the same id.
    DocumentTwice(String),
    /// The document at that place of the list has the id of another one with another text, and is
    /// called otherwise.
    DocumentRenamed(usize, String, String),
    /// The blocks of a document overlap, are out of order or reach beyond its text.
    BadBlocks(String),
    /// A label without an identifier as its id, by its place among the labels from 0.
    BadLabel(usize),
    /// A second label of the same id.
    LabelTwice(String),
    /// A field of a label that holds something else than it should.
    LabelField(String, &'static str),
    /// An entry of the creators without id or type, by its place among them from 0.
    BadCreator(usize),
    /// The file's own `created` is no time.
    BadCreated,
}

/// `text` between quotation marks, what can't be seen escaped, and not too long for a sentence.
pub(in crate::format) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NotAnObject => f.write_str("It is not a JSON object."),
            Reason::NoDocument => f.write_str("It does not say which document it belongs to."),
            Reason::UnknownDocument(id) => {
                write!(f, "The file has no document {}.", shown(id))
            }
            Reason::NoLabel => f.write_str("It has no label."),
            Reason::BadLabel(id) => write!(
                f,
                "The label {} must begin with a letter or _, go on with letters, digits, _ and -, and have {LONGEST_NAME} of them at most.",
                shown(id)
            ),
            Reason::NoPosition => {
                f.write_str("Its position must have two whole numbers, start and end.")
            }
            Reason::Empty { start, end } => write!(
                f,
                "Its end, {end}, must be greater than its start, {start}."
            ),
            Reason::PastEnd { end, length } => write!(
                f,
                "It ends at {end}, but the text has {length} code points."
            ),
            Reason::NoQuote => f.write_str("It does not quote the words that it covers."),
            Reason::Orphan(words) => {
                write!(f, "The words {} are not in the text.", shown(words))
            }
            Reason::TooManyMoved => f.write_str(
                "Its words are not at its position, and too many others had to be looked for before it.",
            ),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Moved {
                from: (start, end),
                to,
            } => write!(
                f,
                "The words that it quotes are not at {start} to {end}, but at {} to {}; it was moved there.",
                to.start(),
                to.end()
            ),
            What::Alike(to) => write!(
                f,
                "The words that it quotes have changed a little; it was set on those at {} to {}.",
                to.start(),
                to.end()
            ),
            What::Repeated => f.write_str("It is in the file twice, and was taken once."),
            What::IdTaken => {
                f.write_str("Another record of the file has its id; it gets a new one.")
            }
            What::BadId => write!(
                f,
                "Its id must be a text of 1 to {LONGEST_NAME} characters; it gets a new one."
            ),
            What::Dropped(field @ (Field::Created | Field::Modified)) => write!(
                f,
                "Its {:?} is not a time such as 2026-11-24T02:16:00Z, and was left out.",
                field.name()
            ),
            What::Dropped(field) => write!(
                f,
                "Its {:?} is not what it should be, and was left out.",
                field.name()
            ),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Surrogates(count) => write!(
                f,
                "Halves of surrogate pairs became U+FFFD, the replacement character: {count}."
            ),
            Warning::Numbers(count) => {
                write!(f, "Numbers too large to be read became null: {count}.")
            }
            Warning::HashDiffers(id) => write!(
                f,
                "The text of document {} is not the one that was annotated (its SHA-256 differs), so each annotation was looked for by its words.",
                shown(id)
            ),
            Warning::LengthDiffers(id) => write!(
                f,
                "The stated length of document {} is not that of its text.",
                shown(id)
            ),
            Warning::BadDocument(index) => write!(
                f,
                "Document {} has no id or no text, and was left out.",
                index + 1
            ),
            Warning::DocumentField(id, field) => write!(
                f,
                "The {field:?} of document {} is not what it should be, and was left out.",
                shown(id)
            ),
            Warning::DocumentTwice(id) => write!(
                f,
                "The document {} is there twice.",
                shown(id)
            ),
            Warning::DocumentRenamed(index, id, name) => write!(
                f,
                "Document {} has the id {} of another one, and is called {} now. Annotations that name this id count in the first.",
                index + 1,
                shown(id),
                shown(name)
            ),
            Warning::BadBlocks(id) => write!(
                f,
                "The blocks of document {} do not fit its text, and were left out.",
                shown(id)
            ),
            Warning::BadLabel(index) => write!(
                f,
                "Label {} has no identifier as its id, and was left out.",
                index + 1
            ),
            Warning::LabelTwice(id) => write!(
                f,
                "The label id {} is there twice; the first is taken.",
                shown(id)
            ),
            Warning::LabelField(id, field) => write!(
                f,
                "The {field:?} of label {} is not what it should be, and was left out.",
                shown(id)
            ),
            Warning::BadCreator(index) => write!(
                f,
                "Creator {} has no id or no type, and was left out.",
                index + 1
            ),
            Warning::BadCreated => f.write_str(
                "The file's \"created\" is not a time such as 2026-11-24T02:16:00Z, and was left out.",
            ),
        }
    }
}
