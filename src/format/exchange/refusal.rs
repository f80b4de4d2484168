//! Why a file is refused whole.

use super::{At, Finding, Unit};
use crate::format::native::ReadError;
use crate::format::native::shown;
use std::fmt;

/// What receives a dataset or its files wants no more of it; the sentence says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped(pub String);

/// Why a file is refused whole, and where. Nothing of it may be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The name of the file.
    pub file: String,
    /// Where in it.
    pub at: At,
    /// What is wrong.
    pub why: Why,
}

impl Refusal {
    /// The same of a file without which others are taken.
    pub fn as_finding(&self) -> Finding {
        Finding {
            file: self.file.clone(),
            at: self.at,
            id: None,
            left_out: false,
            why: self.why.to_string(),
        }
    }
}

/// What is wrong with a file that is refused whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has no content.
    Empty,
    /// It is not text in UTF-8.
    NotUtf8,
    /// It ends in the middle.
    Truncated,
    /// It is not of the format; what was expected, or what the parser says, as a clause.
    Malformed(String),
    /// It holds no document that can be used; the first reason there is, as a sentence.
    NoDocuments(Option<String>),
    /// It is larger than the limit, in bytes.
    TooLarge(usize),
    /// In no unit do its offsets select the words that it quotes.
    NoUnit {
        /// The words that it quotes.
        exact: String,
        /// What it says of their start.
        start: u64,
        /// What it says of their end.
        end: u64,
    },
    /// What came first counts in one unit, what comes now in another.
    Units(Unit, Unit),
    /// It has no text, and none lies beside it.
    NoText(String),
    /// It is our JSON, and is refused for that.
    Native(ReadError),
    /// The format is none that can be read.
    UnknownFormat(String),
    /// It couldn't be read to its end; what the system says.
    Unreadable(String),
    /// Who takes the dataset wanted no more of it.
    Stopped(String),
}

impl Why {
    /// The refusal of the file of that name for this.
    pub fn at(self, file: &str, at: At) -> Refusal {
        Refusal {
            file: file.to_owned(),
            at,
            why: self,
        }
    }

    /// What a parser of JSON says.
    pub fn of_json(error: &serde_json::Error) -> Why {
        match ReadError::from(error) {
            ReadError::Truncated { .. } => Why::Truncated,
            ReadError::TooDeep { .. } => Why::Malformed("it is nested more than 127 deep".into()),
            ReadError::Syntax { why, column, .. } => {
                Why::Malformed(format!("it is not JSON: {why} at column {column}"))
            }
            other => Why::Native(other),
        }
    }
}

impl From<Stopped> for Why {
    fn from(Stopped(why): Stopped) -> Why {
        Why::Stopped(why)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refusal { file, at, why } = self;
        write!(f, "{file}{at}: {why}")
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Empty => f.write_str("The file is empty."),
            Why::NotUtf8 => f.write_str("This is not text in UTF-8."),
            Why::Truncated => f.write_str("The file breaks off here; it is not complete."),
            Why::Malformed(why) => write!(f, "This can't be read: {why}."),
            Why::NoDocuments(None) => f.write_str("The file holds no document that can be used."),
            Why::NoDocuments(Some(first)) => write!(
                f,
                "The file holds no document that can be used. The first reason: {first}"
            ),
            Why::TooLarge(limit) => write!(
                f,
                "This has more than {} MB, which is the most that is read.",
                limit / 1_000_000
            ),
            Why::NoUnit { exact, start, end } => write!(
                f,
                "The words {} do not stand at {start} to {end}, whether that counts code points, UTF-16 code units or bytes.",
                shown(exact)
            ),
            Why::Units(first, now) => write!(
                f,
                "The offsets count {now} here, but {first} in what comes before it. State the unit that the file counts in."
            ),
            Why::NoText(name) => write!(
                f,
                "The file has no text in it, and {} is not beside it. Choose the two together, or put both into a zip archive.",
                shown(name)
            ),
            Why::Native(error) => write!(f, "{error}"),
            Why::UnknownFormat(id) => {
                write!(f, "There is no format {} that can be read.", shown(id))
            }
            Why::Unreadable(why) => write!(f, "The file can't be read to its end: {why}."),
            Why::Stopped(why) => f.write_str(why),
        }
    }
}
