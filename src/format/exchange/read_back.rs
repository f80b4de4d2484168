//! The last look at files before anybody gets them: read as a stranger would, and compared.

use super::{Entry, Files, Finding, Header, Options, Receive, Stopped, WriteError, read_files};
use crate::document::sha256_hex;
use crate::format::Format;
use crate::order::sorted;
use crate::text::Span;
use std::fmt::Write;

/// What files hold, as a number that two datasets share if they have the same texts with the same
/// labels on the same spans, in whatever order. Of each document a hash is kept for a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// How many documents.
    pub documents: usize,
    /// How many annotations.
    pub annotations: usize,
    sum: u128,
}

impl Held {
    /// Adds a document.
    pub fn add<'s>(&mut self, text: &str, spans: impl Iterator<Item = (Span, &'s str)>) {
        let spans = sorted(spans.collect(), |a, b| a < b);
        let mut content = sha256_hex(text);
        for (span, label) in &spans {
            // Writing to a `String` can't fail.
            let _ = write!(content, "\n{} {} {label}", span.start(), span.end());
        }
        self.documents += 1;
        self.annotations += spans.len();
        self.sum = self.sum.wrapping_add(super::ids::hash(&content));
    }
}

/// Reads what was written as `format`, and compares it with what was meant to be `held`.
pub fn read_back(
    format: &Format,
    files: &dyn Files,
    held: &Held,
    options: &Options,
) -> Result<(), WriteError> {
    let mut again = Again::default();
    // Both are said of what was read before.
    let options = Options {
        unit: None,
        about: None,
        ..options.clone()
    };
    read_files(format.id, files, &options, &mut again).map_err(WriteError::Refused)?;
    match again.0 == *held {
        true => Ok(()),
        false => Err(WriteError::Differs {
            written: (held.documents, held.annotations),
            read: (again.0.documents, again.0.annotations),
        }),
    }
}

#[derive(Default)]
struct Again(Held);

impl Receive for Again {
    fn header(&mut self, _: Header) {}

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        let spans = entry.annotations.iter().map(|a| (a.span, &*a.label));
        self.0.add(entry.document.text.as_str(), spans);
        Ok(())
    }

    fn find(&mut self, _: Finding) {}
}
