//! `rubricate stats`: what datasets hold.

use super::args::{READING, Words};
use super::failure::Failure;
use super::input::Reading;
use super::report::{As, tables};
use rubricate::statistics::{self, Collector};
use std::ffi::OsString;

/// The names of the tables.
const TABLES: [&str; 7] = [
    "corpus",
    "labels",
    "lengths",
    "overlaps",
    "days",
    "creators",
    "documents",
];

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let mut options = vec!["--as", "--table"];
    options.extend(READING);
    let words = Words::read(words, &options, &["--by-document", "--skip-bad"])?;
    let how = As::of(&words)?;
    let named = words.parsed(
        "--table",
        &format!("one of {}", TABLES.join(", ")),
        |name| TABLES.into_iter().find(|table| *table == name),
    )?;
    let by_document = words.has("--by-document") || named == Some("documents");
    let mut collector = Collector::new(by_document);
    let mut reading = Reading::new(&words, &mut collector)?;
    reading.read_all(words.inputs()?)?;
    let sound = reading.left_out == 0 || words.has("--skip-bad");
    let mut shown = statistics::tables(&collector.finish());
    if let Some(name) = named {
        shown.retain(|table| table.name == name);
    }
    tables(how, &shown, named.unwrap_or("labels"))?;
    Ok(sound)
}
