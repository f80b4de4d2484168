//! `rubricate stats`: what datasets hold.

use super::args::{READING, Words};
use super::failure::Failure;
use super::input::Reading;
use super::report::{As, tables};
use rubricate::format::exchange::{Entry, Finding, Header, Receive, Stopped};
use rubricate::statistics::{self, Collector, Counted, CountedDocument};
use std::ffi::OsString;

/// The names of the tables.
const TABLES: [&str; 6] = [
    "corpus",
    "labels",
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
    let mut counting = Counting {
        collector: Collector::new(by_document),
    };
    let mut reading = Reading::new(&words, &mut counting)?;
    reading.read_all(words.inputs()?)?;
    let sound = reading.left_out == 0 || words.has("--skip-bad");
    let mut shown = statistics::tables(&counting.collector.finish());
    if let Some(name) = named {
        shown.retain(|table| table.name == name);
    }
    tables(how, &shown, named.unwrap_or("labels"))?;
    Ok(sound)
}

struct Counting {
    collector: Collector,
}

impl Receive for Counting {
    fn header(&mut self, header: Header) {
        header
            .labels
            .iter()
            .for_each(|label| self.collector.name(&label.id));
    }

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        let document = CountedDocument {
            id: &entry.document.id,
            title: entry.document.title.as_deref(),
            length: entry.document.text.length().code_points,
            state: &entry.state,
        };
        let annotations = entry.annotations.iter().map(|annotation| Counted {
            span: annotation.span,
            label: &annotation.label,
            created: annotation.origin.created.as_deref(),
            creator: annotation.origin.creator.as_deref(),
        });
        self.collector.add(&document, annotations);
        Ok(())
    }

    fn find(&mut self, _: Finding) {}
}
