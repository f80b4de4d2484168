//! Records of a file that stand for themselves: one that can't be used is left out and told, and the others are
//! taken.

use super::{At, Finding, Receive, Refusal, Why};
use crate::json::Fields;
use serde_json::Value;

/// Lists and objects that only documents have.
const OF_DOCUMENTS: [&str; 8] = [
    "annotations",
    "data",
    "denotations",
    "entities",
    "ents",
    "spans",
    "tokens",
    "tracks",
];
/// What is said of a record that [`is_row`].
pub const ROW: &str = "It is an annotation and no document, as in a table. Save the table as CSV.";

/// Whether a record is one annotation rather than a document with its own, as where a table was saved as JSON. A
/// part of a longer text may have a place and a class as well.
pub fn is_row(record: &Fields) -> bool {
    let has = |name: &str, is: fn(&Value) -> bool| record.get(name).is_some_and(is);
    let holds = |name: &&str| has(name, |value| value.is_array() || value.is_object());
    has("start", Value::is_u64)
        && has("end", Value::is_u64)
        && has("label", Value::is_string)
        && !OF_DOCUMENTS.iter().any(holds)
}

/// Counts the records of a file.
pub struct Records<'a> {
    file: &'a str,
    used: usize,
    first_wrong: Option<(At, String)>,
}

impl<'a> Records<'a> {
    /// Of the file of that name.
    pub fn of(file: &'a str) -> Records<'a> {
        Records {
            file,
            used: 0,
            first_wrong: None,
        }
    }

    /// Counts the record at `at`, or tells why it can't be used.
    pub fn count(&mut self, at: At, outcome: Result<(), String>, into: &mut dyn Receive) {
        let Err(why) = outcome else {
            self.used += 1;
            return;
        };
        self.first_wrong.get_or_insert((at, why.clone()));
        into.find(Finding {
            file: self.file.to_owned(),
            at,
            id: None,
            left_out: true,
            why,
        });
    }

    /// # Errors
    /// None of them could be used.
    pub fn end(self) -> Result<(), Refusal> {
        match (self.used, self.first_wrong) {
            (0, None) => Err(Why::NoDocuments(None).at(self.file, At::File)),
            (0, Some((at, why))) => Err(Why::NoDocuments(Some(why)).at(self.file, at)),
            _ => Ok(()),
        }
    }
}
