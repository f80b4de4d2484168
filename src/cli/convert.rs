//! `rubricate convert`: from one format into another.

use super::args::{READING, Words};
use super::failure::Failure;
use super::input::Reading;
use super::output::{Output, Place, failure};
use super::parts::{PARTING, parting, write};
use super::report;
use rubricate::format::Format;
use rubricate::format::exchange::{Header, Options, Receive};
use std::ffi::OsString;
use std::path::Path;

/// The flags that all commands have that write datasets.
pub const WRITING: [&str; 4] = ["--lossless", "--skip-bad", "--force", "--quiet"];

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let mut options = vec!["--to", "--out", "--overlaps", "--split"];
    options.extend(READING);
    options.extend(PARTING);
    let words = Words::read(words, &options, &WRITING)?;
    let format = words.to("")?;
    let options = words.options()?;
    let inputs = words.inputs()?;
    words.from()?;
    let read = |into: &mut dyn Receive| {
        let mut reading = Reading::new(&words, into)?;
        reading.read_all(inputs)?;
        reading.all_or_nothing(&words)
    };
    if let Some(parting) = parting(&words, "--split")? {
        let out = words.out().ok_or_else(|| {
            Failure::usage("--split makes three datasets; -o says in which folder they go.")
        })?;
        write(&words, format, out, &parting, &options, read)?;
        return Ok(true);
    }
    let place = Place::of(words.out(), format)?;
    let name = inputs.first().and_then(|path| path.file_name());
    let name = name.unwrap_or_default().to_string_lossy();
    let name = if inputs.len() > 1 || name == "-" {
        "dataset".into()
    } else {
        name
    };
    let options = Options {
        stem: place.stem(format, without_ending(&name)),
        ..options
    };
    one(&words, format, place, options, None, read)?;
    Ok(true)
}

/// A file's name without what its format's files end in.
fn without_ending(name: &str) -> &str {
    let endings = rubricate::format::FORMATS
        .iter()
        .map(|format| format.extension);
    let stems = endings.filter_map(|ending| name.strip_suffix(ending));
    let shortest = stems.min_by_key(|stem| stem.len());
    let stem = shortest.or(Path::new(name).file_stem().and_then(|stem| stem.to_str()));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// Writes the one dataset that `read` hands over, behind `header` if there is one.
pub fn one(
    words: &Words,
    format: &'static Format,
    place: Place,
    options: Options,
    header: Option<Header>,
    read: impl FnOnce(&mut dyn Receive) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut output = Output::new(format, place, options, words.has("--force"))?;
    let mut conversion = output.conversion()?;
    if let Some(header) = header {
        conversion.header(header);
    }
    read(&mut conversion)?;
    let converted = conversion.end().map_err(failure)?;
    let name = output.keep(&converted)?;
    report::written(&converted, format, &name, words.has("--quiet"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataset_is_called_as_its_file_is() {
        for (name, stem) in [
            ("news.annotations.json", "news"),
            ("news.jsonl", "news"),
            ("news.2026.txt", "news.2026"),
            ("news", "news"),
            (".jsonl", ".jsonl"),
        ] {
            assert_eq!(without_ending(name), stem, "{name}");
        }
    }
}
