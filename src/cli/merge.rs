//! `rubricate merge`: what several people made of the same documents, put together.

use super::args::{READING, Words};
use super::convert::{WRITING, one};
use super::failure::Failure;
use super::input::Reading;
use super::output::Place;
use super::say;
use rubricate::corpus::Merger;
use rubricate::format::exchange::{Collected, Options};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let mut options = vec!["--to", "--out", "--overlaps", "--annotator"];
    options.extend(READING);
    let words = Words::read(words, &options, &WRITING)?;
    let format = words.to("json")?;
    let place = Place::of(words.out(), format)?;
    let annotators: Vec<(String, String)> = words
        .values("--annotator")
        .map(named)
        .collect::<Result<_, _>>()?;
    let mut merger = Merger::default();
    for path in words.inputs()? {
        let dataset = read(&words, path)?;
        let shown = path.display().to_string();
        let annotator = annotators.iter().find(|(_, file)| *file == shown);
        let annotator = annotator.map(|(name, _)| name.as_str());
        merger.add(&shown, annotator, dataset.header, dataset.entries);
    }
    let merged = merger.finish();
    for note in &merged.notes {
        say::note(&note.to_string());
    }
    let options = Options {
        stem: place.stem(format, "merged"),
        ..words.options()?
    };
    one(
        &words,
        format,
        place,
        options,
        Some(merged.header),
        |into| {
            let mut entries = merged.entries.into_iter();
            entries
                .try_for_each(|entry| into.entry(entry))
                .map_err(|stopped| Failure::new(stopped.0))
        },
    )?;
    Ok(true)
}

/// A dataset in memory; it must be sound, unless bad records may be left out.
pub fn read(words: &Words, path: &Path) -> Result<Collected, Failure> {
    let mut collected = Collected::default();
    let mut reading = Reading::new(words, &mut collected)?;
    reading.read(path)?;
    reading.all_or_nothing(words)?;
    Ok(collected)
}

fn named(value: &OsStr) -> Result<(String, String), Failure> {
    let value = value.to_string_lossy();
    match value.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok((name.to_owned(), file.to_owned()))
        }
        _ => Err(Failure::usage(format!(
            "--annotator takes NAME=FILE, not '{value}'."
        ))),
    }
}
