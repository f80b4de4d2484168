//! `rubricate agreement`: how far annotators agree, and where they differ.

use super::args::{READING, Words};
use super::failure::Failure;
use super::merge::read;
use super::report::{As, tables};
use super::say;
use rubricate::agreement::{Parallel, differences, report, table};
use rubricate::corpus::{Merger, annotators, by_creator, by_file};
use rubricate::document::sha256_hex;
use rubricate::format::exchange::{Collected, Entry};
use rubricate::table::{Cell, Table};
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;

/// How many code points of the text a difference shows.
const SHOWN: usize = 60;

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let mut options = vec!["--as", "--by"];
    options.extend(READING);
    let flags = [
        "--by-document",
        "--differences",
        "--untouched",
        "--skip-bad",
    ];
    let words = Words::read(words, &options, &flags)?;
    let how = As::of(&words)?;
    let by_name = words.parsed("--by", "file or creator", |by| match by {
        "file" => Some(true),
        "creator" => Some(false),
        _ => None,
    })?;
    let inputs = words.inputs()?;
    let by_file_name = by_name.unwrap_or(inputs.len() > 1);
    let untouched = words.has("--untouched");
    let mut datasets = Vec::new();
    for path in inputs {
        datasets.push(read(&words, path)?);
    }
    let paths = inputs.iter().map(|path| path.display().to_string());
    let names = annotators(paths.zip(datasets.iter().map(|dataset| &dataset.header)));
    let texts = Texts::of(&datasets);
    let parallels = match by_file_name {
        true => {
            let files = names.iter().zip(&datasets);
            let files = files.map(|(name, dataset)| (name.as_str(), dataset.entries.as_slice()));
            by_file(files, untouched)
        }
        false => {
            let mut merger = Merger::default();
            for (name, dataset) in names.iter().zip(datasets) {
                merger.add(name, None, dataset.header, dataset.entries);
            }
            by_creator(&merger.finish().entries, untouched)
        }
    };
    let report = report(&parallels, words.has("--by-document"));
    if report.documents == 0 {
        return Err(Failure::new(
            "No document was worked on by two annotators, so there is nothing to compare.",
        ));
    }
    if words.has("--differences") {
        let shown = where_they_differ(&parallels, &report.annotators, &texts);
        tables(how, &[shown], "differences")?;
        return Ok(true);
    }
    say::note(&format!(
        "Documents that two or more worked on: {}. Annotators: {}.",
        report.documents,
        report.annotators.join(", ")
    ));
    let mut lines = report.lines;
    lines.extend(report.by_document);
    tables(how, &[table("agreement", &lines)], "agreement")?;
    Ok(true)
}

/// The texts of documents by their ids, for those to show where annotators differ.
struct Texts {
    by_id: HashMap<String, Entry>,
}

impl Texts {
    fn of(datasets: &[Collected]) -> Texts {
        let mut by_id = HashMap::new();
        let mut known = HashSet::new();
        for entry in datasets.iter().flat_map(|dataset| &dataset.entries) {
            if known.insert(sha256_hex(entry.document.text.as_str())) {
                let bare = Entry {
                    annotations: Vec::new(),
                    ..entry.clone()
                };
                by_id.entry(entry.document.id.clone()).or_insert(bare);
            }
        }
        Texts { by_id }
    }
}

/// A row for each range: document, offsets, what each annotator says there (`–` for nothing, empty for
/// one who didn't work on the document), and the words.
fn where_they_differ(parallels: &[Parallel], annotators: &[String], texts: &Texts) -> Table {
    let mut table = Table::new("differences", &["document", "start", "end"]);
    table.columns.extend(annotators.iter().cloned());
    table.columns.push("text".to_owned());
    for parallel in parallels
        .iter()
        .filter(|parallel| parallel.codings.len() > 1)
    {
        let text = texts
            .by_id
            .get(&parallel.document)
            .map(|entry| &entry.document.text);
        for difference in differences(parallel) {
            let span = difference.span;
            let mut row: Vec<Cell> = vec![
                parallel.document.as_str().into(),
                u64::from(span.start()).into(),
                u64::from(span.end()).into(),
            ];
            for annotator in annotators {
                let place = parallel
                    .codings
                    .iter()
                    .position(|c| c.annotator == *annotator);
                let said = place.and_then(|place| difference.said.get(place));
                row.push(said.map_or(
                    Cell::Text(String::new()),
                    |labels| match labels.is_empty() {
                        true => "–".into(),
                        false => Cell::Text(labels.join(" ")),
                    },
                ));
            }
            let words = text.and_then(|text| text.slice(span)).unwrap_or_default();
            let mut shown: String = words.chars().take(SHOWN).collect();
            if words.chars().nth(SHOWN).is_some() {
                shown.push('…');
            }
            row.push(Cell::Text(shown));
            table.rows.push(row);
        }
    }
    table
}
