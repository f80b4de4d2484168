//! Whatever reads what somebody else wrote: each takes any bytes, and works with what it made of them.

use rubricate::annotation::{Id, LabelSet, Quote, find};
use rubricate::corpus::read_backup;
use rubricate::document::{Document, DocumentMeta, charset, check, detect, html, plain};
use rubricate::edit::{Kind, State, Transaction, Writer};
use rubricate::format::FORMATS;
use rubricate::format::exchange::{MemoryFiles, Options, dataset};
use rubricate::format::import::plan;
use rubricate::format::native;
use rubricate::journal::{read_document, read_record, read_snapshot, write_document};
use rubricate::text::segment::{sentences, words};
use rubricate::text::{Span, Text, quotations};
use std::fs;
use std::path::{Path, PathBuf};

/// A reader, and the directory of `tests/corpora` that holds what it has been given so far.
pub struct Reader {
    pub corpus: &'static str,
    pub read: fn(&[u8]),
}

/// All of them. A new importer is one line more, and a directory.
pub const READERS: &[Reader] = &[
    Reader {
        corpus: "html",
        read: read_html,
    },
    Reader {
        corpus: "text",
        read: read_text,
    },
    Reader {
        corpus: "dataset",
        read: read_dataset,
    },
    Reader {
        corpus: "formats",
        read: read_formats,
    },
    Reader {
        corpus: "backup",
        read: read_whole_backup,
    },
    Reader {
        corpus: "labels",
        read: read_labels,
    },
    Reader {
        corpus: "record",
        read: read_stored,
    },
];

/// The inputs of a corpus with their names, in order.
pub fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpora")
        .join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", directory.display());
    files
        .into_iter()
        .map(|file| (file.clone(), fs::read(file).unwrap()))
        .collect()
}

fn read_html(bytes: &[u8]) {
    let (content, _) = charset::decode(bytes, Some("text/html"));
    let _ = check(bytes);
    if let Ok(document) = html(&content, DocumentMeta::default()) {
        is_sound(&document);
    }
}

fn read_text(bytes: &[u8]) {
    let (content, _) = charset::decode(bytes, None);
    let _ = (
        check(bytes),
        detect(Some(&content), Some(&content), &content),
    );
    let Ok(document) = plain(content.clone(), DocumentMeta::default()) else {
        return;
    };
    assert_eq!(document.text.as_str(), content);
    is_sound(&document);
    let text = &document.text;
    // The units that a keyboard goes by lie in their block, in order, whatever it is.
    for block in document.blocks.iter().take(50) {
        for units in [words(text, block.span), sentences(text, block.span)] {
            let mut end = block.span.start();
            for unit in &units {
                assert!(unit.start() >= end && unit.end() <= block.span.end());
                end = unit.end();
            }
        }
    }
    let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let _ = quotations(text, &spans);
    let all = text.length().code_points;
    if let Some(span) = Span::new(all / 3, all / 3 + 5) {
        let exact = text.slice(span).unwrap_or("x").to_owned();
        let _ = find(
            text,
            span,
            &Quote {
                exact,
                prefix: "a".into(),
                suffix: "b".into(),
            },
        );
    }
}

fn read_dataset(bytes: &[u8]) {
    let json = String::from_utf8_lossy(bytes);
    let Ok(dataset) = native::read(&json) else {
        return;
    };
    for (number, read) in dataset.documents.iter().enumerate() {
        is_sound(&read.document);
        let mut count = 0;
        let mut new_id = || {
            count += 1;
            Id::from(format!("new-{number}-{count}").as_str())
        };
        let mut state = State::default();
        let labels = LabelSet::default();
        let text = &read.document.text;
        let writes = plan(text, &state, &labels, read, &mut new_id).writes;
        take_in(&mut state, writes);
        // What came in is in the text, and a second time nothing comes.
        assert!(state.annotations().all(|a| text.slice(a.span).is_some()));
        assert_eq!(plan(text, &state, &labels, read, &mut new_id).added, []);
        // Into another text it comes by its words or not at all.
        let other = Text::new(format!(
            "Hello. {}",
            text.as_str().chars().take(40).collect::<String>()
        ))
        .unwrap();
        let mut elsewhere = State::default();
        let writes = plan(&other, &elsewhere, &labels, read, &mut new_id).writes;
        take_in(&mut elsewhere, writes);
        assert!(
            elsewhere
                .annotations()
                .all(|a| other.slice(a.span).is_some())
        );
        let export = native::Export {
            documents: vec![(&read.document, &state)],
            labels: &labels,
            creator: None,
            now: "2026-11-24T02:16:00Z",
            kept: &dataset.kept,
        };
        let written = native::write(&export).unwrap();
        assert_eq!(native::read(&written.json).unwrap().rejected, []);
    }
}

fn take_in(state: &mut State, writes: Vec<rubricate::edit::Write>) {
    let transaction = Transaction {
        stamp: state.next_stamp(Writer(1)),
        at: "2026-11-24T02:16:00Z".into(),
        text: "0".into(),
        kind: Kind::Edit,
        writes,
    };
    state.apply(&transaction);
}

/// All formats of other programs, and what the program takes such a file for.
fn read_formats(bytes: &[u8]) {
    // A text with its annotations beside it, or all in one.
    let names = ["file", "file.ann", "file.txt"];
    let files = MemoryFiles {
        files: names.map(|name| (name.to_owned(), bytes.to_vec())).to_vec(),
    };
    let options = Options::default();
    let _ = rubricate::format::detect(names[0], &files, &options);
    for format in FORMATS.iter().filter(|format| format.reads) {
        let _ = dataset(format.id, &files, &options).map_err(|refusal| refusal.to_string());
    }
}

fn read_whole_backup(bytes: &[u8]) {
    if let Ok(backup) = read_backup(&String::from_utf8_lossy(bytes)) {
        backup.documents().for_each(drop);
    }
}

fn read_labels(bytes: &[u8]) {
    if let Ok(labels) = LabelSet::from_json(&String::from_utf8_lossy(bytes)) {
        assert!(labels.iter().all(|label| !label.letter().is_empty()));
    }
}

fn read_stored(bytes: &[u8]) {
    let content = String::from_utf8_lossy(bytes);
    let sealed = format!("{:08x} {content}", crc32fast::hash(content.as_bytes()));
    for line in [&*content, &sealed] {
        let _ = read_record(line);
        if let Ok((_, folded)) = read_snapshot(line) {
            State::default().merge(folded);
        }
        if let Ok((document, beside)) = read_document(line) {
            is_sound(&document);
            assert!(read_document(&write_document(&document, beside)).is_ok());
        }
    }
}

/// Its blocks lie in its text, in order, apart and none empty.
fn is_sound(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start() >= end && document.text.slice(block.span).is_some());
        end = block.span.end();
    }
}
