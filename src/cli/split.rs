//! `rubricate split`: a corpus in parts.

use super::args::{READING, Words};
use super::convert::WRITING;
use super::failure::Failure;
use super::input::Reading;
use super::parts::{PARTING, parting, write};
use super::say;
use rubricate::corpus::{By, Parting, Shares};
use rubricate::format::exchange::{Entry, Finding, Header, Receive, Stopped};
use std::ffi::OsString;

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let mut options = vec!["--to", "--out", "--overlaps", "--shares"];
    options.extend(READING);
    options.extend(PARTING);
    let words = Words::read(words, &options, &WRITING)?;
    let inputs = words.inputs()?;
    let parting = match parting(&words, "--shares")? {
        Some(parting) => parting,
        None => Parting {
            shares: Shares::default(),
            by: By::default(),
            seed: words.text("--seed").unwrap_or_else(|| "1".to_owned()),
        },
    };
    let read = |into: &mut dyn Receive| {
        let mut reading = Reading::new(&words, into)?;
        reading.read_all(inputs)?;
        reading.all_or_nothing(&words)
    };
    match words.out() {
        Some(out) => {
            let format = words.to("json")?;
            write(&words, format, out, &parting, &words.options()?, read)?;
        }
        None => {
            let mut listed = Listed {
                parting: &parting,
                lines: String::new(),
            };
            read(&mut listed)?;
            say::print(&listed.lines)?;
        }
    }
    Ok(true)
}

/// Lists which document is in which part, with a tab between.
struct Listed<'a> {
    parting: &'a Parting,
    lines: String,
}

impl Receive for Listed<'_> {
    fn header(&mut self, _: Header) {}

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        let id = entry.document.id.replace(char::is_control, " ");
        let part = self.parting.part(&entry).name();
        self.lines.push_str(&format!("{part}\t{id}\n"));
        Ok(())
    }

    fn find(&mut self, _: Finding) {}
}
