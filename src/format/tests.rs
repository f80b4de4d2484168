//! What holds for the readers and writers of all formats.

use super::csv::{Dialect, rows};
use super::exchange::{Header, Loss, MemoryFiles, Options, dataset, main_files, write_entries};
use super::testing::{entry, file, hard_entries};
use super::{FORMATS, codecs};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The hostile files of a folder.
fn hostile(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let entries = std::fs::read_dir(root.join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

/// Lines of JSON, what comes in of them, and what is said, in order.
#[test]
fn the_hostile_lines_come_in_as_far_as_they_can_be_read() {
    let paths = hostile("jsonl");
    let expected: &[(&str, usize, &[&str])] = &[
        ("j01_blank_crlf", 2, &[]),
        (
            "j02_broken_middle",
            2,
            &["f, line 2: The file breaks off here; it is not complete."],
        ),
        ("j04_dup_keys", 1, &[]),
        ("j05_proto", 1, &[]),
        ("j06_bom", 1, &[]),
        (
            "j07_concatenated",
            0,
            &[
                "f, line 1: The file holds no document that can be used. The first reason: This can't be read: it is not JSON: trailing characters at column 13.",
            ],
        ),
        (
            "j08_lone_surrogate",
            1,
            &["f, line 1: Halves of surrogate pairs became U+FFFD, the replacement character: 2."],
        ),
        (
            "j11_deep_meta",
            0,
            &[
                "f, line 1: The file holds no document that can be used. The first reason: This can't be read: it is nested more than 127 deep.",
            ],
        ),
        (
            "j12_doccano_spans",
            1,
            &[
                "f, line 1: An annotation is left out. Its start and end must be two whole numbers.",
                "f, line 1: An annotation is left out. Its start and end must be two whole numbers.",
                "f, line 1: An annotation is left out. It covers 0 to 99, which is not in the text of 2 code points.",
                "f, line 1: An annotation is left out. Its end, 0, must be greater than its start, 1.",
                "f, line 1: An annotation is left out. It needs a label, of 1 to 200 characters.",
            ],
        ),
    ];
    let mut met = 0;
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let Some((_, documents, said)) = expected.iter().find(|(id, ..)| *id == name) else {
            panic!("{name} is not expected");
        };
        met += 1;
        let files = file("f", std::fs::read(&path).unwrap());
        let format = if name.contains("doccano") {
            "doccano"
        } else {
            "hf-jsonl"
        };
        let (read, sentences) = match dataset(format, &files, &Options::default()) {
            Ok(read) => {
                let said = read.findings.iter().map(|f| f.to_string()).collect();
                (read.entries.len(), said)
            }
            Err(refusal) => (0, vec![refusal.to_string()]),
        };
        assert_eq!(
            (read, sentences),
            (*documents, said.iter().map(|s| (*s).to_owned()).collect()),
            "{name}"
        );
    }
    assert_eq!(met, expected.len());
}

#[test]
fn of_keys_that_are_there_twice_the_last_counts() {
    let files = file("f", r#"{"text":"first","text":"second"}"#);
    let read = dataset("hf-jsonl", &files, &Options::default()).unwrap();
    assert_eq!(read.entries[0].document.text.as_str(), "second");
}

/// No reader takes harm of any of the shared files, and what it takes lies within its text.
#[test]
fn the_hostile_files_do_no_reader_harm() {
    for folder in ["import", "jsonl"] {
        for path in hostile(folder) {
            let content = std::fs::read(&path).unwrap();
            let options = Options {
                about: Some(("d".into(), "Hello 😀 world".into())),
                ..Options::default()
            };
            for format in FORMATS.iter().filter(|format| format.reads) {
                let Ok(read) = dataset(format.id, &file("f", &content), &options) else {
                    continue;
                };
                for entry in read.entries {
                    let end = entry.document.text.length().code_points;
                    let within = entry.annotations.iter().all(|a| a.span.end() <= end);
                    assert!(within, "{} as {}", path.display(), format.id);
                }
            }
        }
    }
}

/// A label, a note, an id and the words, each as a shared sample has it.
#[test]
fn no_cell_of_the_shared_samples_is_run_by_a_spreadsheet() {
    for path in hostile("csv-export") {
        let sample = std::fs::read_to_string(&path).unwrap();
        let length = sample.chars().count() as u32;
        let mut entry = entry(&sample, &sample, &[("a", 0, length, "claim")]);
        entry.annotations[0].note = Some(Arc::from(sample.as_str()));
        let options = Options::default();
        let entries = || [entry.clone()];
        let (files, converted) =
            write_entries("csv-spreadsheet", Header::default(), entries(), &options).unwrap();
        let table = String::from_utf8(files.files[0].1.clone()).unwrap();
        let cells = rows(&table, ',').unwrap().remove(1).1;
        for at in [0, 5, 6] {
            assert_eq!(cells[at], format!("'{sample}"), "{}", path.display());
            assert_eq!(Dialect::Spreadsheet.read(cells[at].clone()), sample);
        }
        assert_eq!(converted.losses.count(Loss::Defused), 3);
        // The exact table and our JSON have it as it is.
        let (files, _) = write_entries("csv", Header::default(), entries(), &options).unwrap();
        let table = String::from_utf8(files.files[0].1.clone()).unwrap();
        assert_eq!(rows(&table, ',').unwrap()[1].1[5], sample);
    }
}

/// The main file of the hard texts in each format that is read.
fn written() -> Vec<(&'static str, MemoryFiles, String)> {
    let options = Options::default();
    let formats = FORMATS.iter().filter(|format| format.reads);
    formats
        .map(|format| {
            let entries = hard_entries();
            let (files, _) =
                write_entries(format.id, Header::default(), entries, &options).unwrap();
            let main = main_files(format, &files).remove(0);
            (format.id, files, main)
        })
        .collect()
}

#[test]
fn the_same_dataset_is_the_same_bytes() {
    let again = written();
    for ((id, files, _), (_, other, _)) in written().into_iter().zip(again) {
        assert!(files == other, "{id}");
    }
}

#[test]
fn a_file_that_breaks_off_anywhere_does_no_harm() {
    for (id, files, main) in written() {
        let (_, bytes) = files.files.iter().find(|(name, _)| *name == main).unwrap();
        for end in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            let mut cut = files.clone();
            for (name, content) in &mut cut.files {
                if *name == main {
                    content.truncate(end);
                }
            }
            let _ = dataset(id, &cut, &Options::default());
        }
        assert!(codecs::reader(id, &Options::default()).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn no_damage_to_a_file_does_harm(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        for (id, mut files, main) in written() {
            for (name, content) in &mut files.files {
                if *name == main && !content.is_empty() {
                    for (at, byte) in &damage {
                        let at = at.index(content.len());
                        content[at] = *byte;
                    }
                }
            }
            let options = Options { about: Some(("d".into(), "a text".into())), ..Options::default() };
            if let Ok(read) = dataset(id, &files, &options) {
                for entry in read.entries {
                    let end = entry.document.text.length().code_points;
                    prop_assert!(entry.annotations.iter().all(|a| a.span.end() <= end));
                }
            }
        }
    }
}
