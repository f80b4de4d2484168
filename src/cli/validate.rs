//! `rubricate validate`: what is wrong with files.

use super::args::{READING, Words};
use super::failure::Failure;
use super::input::Reading;
use super::say;
use rubricate::format::exchange::{Entry, Finding, Header, Receive, Stopped};
use std::ffi::OsString;

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
        match reading.read(path) {
            Err(failure) => {
                say::note(&failure.to_string());
                sound = false;
            }
            Ok(format) => {
                // Our own files are to be as we write them; others may count in units of their own.
                sound &= match format.id {
                    "json" => reading.findings == 0,
                    _ => reading.left_out == 0,
                };
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
}

impl Receive for Counts {
    fn header(&mut self, _: Header) {}

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        self.documents += 1;
        self.annotations += entry.annotations.len();
        Ok(())
    }

    fn find(&mut self, _: Finding) {}
}
