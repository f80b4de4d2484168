//! What all formats have in common: a header and a stream of entries, between a reader of bytes and
//! a writer of files.
//!
//! A reader hands what it finds to a [`Receive`]; a writer gets it from there, an entry at a time, so
//! that a corpus of any size passes through. What a format can't hold is counted in [`Losses`]; what
//! a file says that can't be used is told by [`Finding`]s. What was written is read back and compared.

mod builder;
mod convert;
mod entry;
mod file;
mod finding;
mod ids;
mod labels;
mod lines;
mod loss;
mod options;
mod read_back;
mod receive;
mod records;
mod refusal;
mod unit;
mod write;

pub use builder::{Builder, RawDocument, RawSpan};
pub use convert::{
    Conversion, Converted, NotConverted, check, convert, dataset, main_files, read_files,
    write_entries,
};
pub use entry::{Entry, Header};
pub use file::{Files, MemoryFiles, NoFiles, Sink, file_stem};
pub use finding::{At, Finding};
pub use ids::{Names, derived_id};
pub use labels::LabelNames;
pub use lines::{LONGEST_LINE, Line, Lines, read_json_lines, read_text};
pub use loss::{Loss, Losses, Lost};
pub use options::{Options, Overlaps};
pub use read_back::{Held, read_back};
pub use receive::{Collected, Receive};
pub use records::{ROW, Records, is_row};
pub use refusal::{Refusal, Stopped, Why};
pub use unit::{Claim, Counter, Detector, Misfit, Unit};
pub use write::{Out, WriteError, Writer};

use std::io::BufRead;

/// A file to be read, and what lies beside it.
pub struct Input<'a> {
    /// Its name, for what is said of it, and for the names of files that belong to it.
    pub name: &'a str,
    /// Its bytes.
    pub content: &'a mut dyn BufRead,
    /// The files of the same folder or archive.
    pub beside: &'a dyn Files,
}

/// Reads the files of one dataset in one format, one after the other.
pub trait Reader {
    /// Reads a file, and hands what it holds to `into`. After a refusal, what was handed over
    /// before must be thrown away.
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal>;
}
