//! `rubricate assign`: documents handed out to annotators.

use super::args::{READING, Words};
use super::failure::Failure;
use super::input::Reading;
use super::output::{Output, Place, failure};
use super::say;
use rubricate::annotation::LabelSet;
use rubricate::corpus::{Dealing, Guidelines, assignments, file_names};
use rubricate::format::exchange::{Collected, Options, Receive};
use std::ffi::OsString;
use std::path::Path;

/// Runs the command.
pub fn run(words: Vec<OsString>) -> Result<bool, Failure> {
    let mut options = vec![
        "--out",
        "--annotators",
        "--shared",
        "--copies",
        "--labels",
        "--guidelines",
        "--guidelines-version",
        "--seed",
    ];
    options.extend(READING);
    let flags = ["--with-annotations", "--skip-bad", "--force"];
    let words = Words::read(words, &options, &flags)?;
    let names = words.text("--annotators").unwrap_or_default();
    let names = names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() {
        return Err(Failure::usage(
            "--annotators takes names, with commas between.",
        ));
    }
    let out = words
        .out()
        .ok_or_else(|| Failure::usage("-o says in which folder the assignments go."))?;
    let number = |text: &str| text.parse::<u32>().ok();
    let shared = words.parsed("--shared", "a number from 0 to 100", number)?;
    let copies = words.parsed("--copies", "a number from 2", number)?;
    let seed = words.text("--seed").unwrap_or_else(|| "1".to_owned());
    let mut dataset = Collected::default();
    let mut reading = Reading::new(&words, &mut dataset)?;
    reading.read_all(words.inputs()?)?;
    reading.all_or_nothing(&words)?;
    if let Some(path) = words.value("--labels") {
        dataset.header.labels = labels(Path::new(path))?;
    }
    let dealing = Dealing {
        annotators: &names,
        shared: shared.unwrap_or(18),
        copies: copies.map_or(2, |copies| copies as usize),
        seed: &seed,
    };
    let (name, text) = guidelines(words.text("--guidelines"))?;
    let guidelines = Guidelines {
        name,
        version: words.text("--guidelines-version"),
        text,
    };
    let with = words.has("--with-annotations");
    let (datasets, dealt) = assignments(
        &dataset.header,
        &dataset.entries,
        &dealing,
        &guidelines,
        with,
    )
    .map_err(|error| Failure::usage(error.to_string()))?;
    let stems = file_names(&names);
    let mut kept = Vec::new();
    for ((header, entries), stem) in datasets.into_iter().zip(&stems) {
        if entries.is_empty() {
            continue;
        }
        let format = words.to("json")?;
        let options = Options {
            stem: stem.clone(),
            ..words.options()?
        };
        let path = out.join(format!("{stem}{}", format.extension));
        if path.exists() && !words.has("--force") {
            return Err(Failure::new(format!(
                "{} is there already; --force replaces it.",
                path.display()
            )));
        }
        let mut output = Output::new(format, Place::File(path), options, true)?;
        let mut conversion = output.conversion()?;
        conversion.header(header);
        for entry in entries {
            conversion
                .entry(entry)
                .map_err(|stopped| Failure::new(stopped.0))?;
        }
        let converted = conversion.end().map_err(failure)?;
        kept.push((output, converted));
    }
    for (output, converted) in kept {
        output.keep(&converted)?;
    }
    say::print(&list(
        &names,
        &stems,
        &dealt.documents,
        &dataset,
        &dealt.shared,
    ))?;
    Ok(true)
}

/// The name of guidelines and their words, which go along if it is a file's.
fn guidelines(named: Option<String>) -> Result<(Option<String>, Option<String>), Failure> {
    let path = named.as_deref().map(Path::new);
    let Some(path) = path.filter(|path| path.is_file()) else {
        return Ok((named, None));
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{} can't be read: {error}.", path.display())))?;
    let name = path.file_name().unwrap_or_default();
    Ok((Some(name.to_string_lossy().into_owned()), Some(text)))
}

/// The labels of a label set's file: an array of them, or an object with the field `labels`.
fn labels(path: &Path) -> Result<Vec<rubricate::annotation::Label>, Failure> {
    let shown = path.display();
    let json = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{shown} can't be read: {error}.")))?;
    let value: Option<serde_json::Value> = serde_json::from_str(&json).ok();
    let inner = value.as_ref().and_then(|value| value.get("labels"));
    let json = inner.map_or(json, serde_json::Value::to_string);
    let set =
        LabelSet::from_json(&json).map_err(|error| Failure::new(format!("{shown}: {error}")))?;
    Ok(set.as_slice().to_vec())
}

/// Who got what: a line for each annotator, then one for each shared document with those who got it.
fn list(
    names: &[String],
    stems: &[String],
    hands: &[Vec<usize>],
    dataset: &Collected,
    shared: &[usize],
) -> String {
    let mut lines = String::new();
    for ((name, stem), hand) in names.iter().zip(stems).zip(hands) {
        let shared = hand.iter().filter(|place| shared.contains(place)).count();
        lines.push_str(&format!(
            "{name}\t{stem}\tdocuments: {}, shared: {shared}\n",
            hand.len()
        ));
    }
    for place in shared {
        let who = names
            .iter()
            .zip(hands)
            .filter(|(_, hand)| hand.contains(place));
        let who: Vec<&str> = who.map(|(name, _)| name.as_str()).collect();
        let id = dataset
            .entries
            .get(*place)
            .map_or("", |entry| &entry.document.id);
        let id = id.replace(char::is_control, " ");
        lines.push_str(&format!("shared\t{id}\t{}\n", who.join(", ")));
    }
    lines
}
