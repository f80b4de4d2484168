//! `rubricate validate`: what is wrong with files.

use super::args::{READING, Words};
use super::failure::Failure;
use super::input::Reading;
use super::say;
use rubricate::document::Document;
use rubricate::format::exchange::{Entry, Finding, Header, Receive, Stopped};
use std::collections::HashMap;
use std::ffi::OsString;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let words = Words::read(words, &READING, &[])?;
    let mut sound = true;
    let mut lines = String::new();
    words.from()?;
    words.options()?;
    for path in words.inputs()? {
        let mut counts = Counts::default();
        let mut reading = Reading::new(&words, &mut counts)?;
        let outcome = reading.read(path);
        let (findings, left_out) = (reading.findings, reading.left_out);
        match outcome {
            Err(failure) => {
                say::note(&failure.to_string());
                sound = false;
            }
            Ok(format) => {
                // Our own files are to be as we write them; others may count in units of their own.
                sound &= match format.id {
                    "json" => findings == 0,
                    _ => left_out == 0,
                };
                if let Some(id) = &counts.repeated {
                    let (shown, count) = (path.display(), counts.repetitions);
                    say::note(&format!(
                        "{shown}: Documents whose id another one of another text has too: {count}. The first is {id:?}."
                    ));
                    sound = false;
                }
                lines.push_str(&format!(
                    "{}: {}, documents: {}, annotations: {}\n",
                    path.display(),
                    format.id,
                    counts.documents,
                    counts.annotations
                ));
            }
        }
    }
    if !lines.is_empty() {
        say::print(&lines)?;
    }
    Ok(sound)
}

#[derive(Default)]
struct Counts {
    documents: usize,
    annotations: usize,
    /// Hashes of the texts by those of the ids: a file may have more documents than memory holds.
    texts: HashMap<u64, u64>,
    /// How many documents have the id of an earlier one and another text, and the first such id.
    repetitions: usize,
    repeated: Option<String>,
}

impl Receive for Counts {
    fn header(&mut self, _: Header) {}

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        self.documents += 1;
        self.annotations += entry.annotations.len();
        let Document { id, text, .. } = &entry.document;
        let hash = |of: &str| BuildHasherDefault::<DefaultHasher>::default().hash_one(of);
        let text = hash(text.as_str());
        if *self.texts.entry(hash(id)).or_insert(text) != text {
            self.repetitions += 1;
            self.repeated.get_or_insert_with(|| id.clone());
        }
        Ok(())
    }

    fn find(&mut self, _: Finding) {}
}
