//! The journal as it is stored: records of one transaction each, and snapshots that fold many.
//!
//! Both are one line of text: the CRC-32 of the rest as eight hexadecimal digits, a space, and JSON
//! whose `v` is the version of this form. The union of all records and snapshots of a document, in
//! any order and with any repetition, gives its state.

pub mod crc;
mod document;
mod record;
mod snapshot;
mod wire;

pub use document::{read_document, write_document};
pub use record::{read_record, write_record};
pub use snapshot::{read_snapshot, write_snapshot};

use std::fmt;

/// The version of the stored forms in which all spans count in one text.
pub const VERSION: u32 = 1;
/// The version in which a span may name another version of the text; written where one does.
pub const SEVERAL_TEXTS: u32 = 2;
/// The version in which attributes are set after an annotation was made; written where some are. It is
/// the newest that this program reads.
pub const SET_ATTRIBUTES: u32 = 3;

/// How many transactions a snapshot keeps for undo.
pub const KEPT_TRANSACTIONS: usize = 1000;

/// Why a stored line can't be used. It is left where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Its check sum or form is wrong.
    Damaged(String),
    /// A newer version of this program wrote it.
    Newer(u32),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Damaged(why) => write!(f, "A stored record is damaged: {why}."),
            Unreadable::Newer(version) => write!(
                f,
                "A stored record is of version {version}, which a newer Rubricate wrote; this one reads version {SET_ATTRIBUTES}."
            ),
        }
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests;
