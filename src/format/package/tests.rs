//! What a page is given, and what is refused.

use super::*;
use crate::format::exchange::{Header, Sink, write_entries};
use crate::format::testing::{content, file, hard_entries};

fn ours() -> MemoryFiles {
    let options = Options::default();
    write_entries("json", Header::default(), hard_entries(), &options)
        .unwrap()
        .0
}

#[test]
fn every_format_goes_out_as_one_file_and_comes_back() {
    for format in FORMATS.iter().filter(|format| format.reads_back) {
        let options = Options::default();
        let package = package(("json", &ours()), format.id, &options);
        let package = package.unwrap_or_else(|error| panic!("{}: {error}", format.id));
        let packed = file(&package.name, &package.bytes);
        let back = unpack(packed, Some(format.id), &options);
        let back = back.unwrap_or_else(|error| panic!("{}: {}", format.id, error.sentence));
        assert_eq!(back.converted.documents, package.converted.documents);
        assert_eq!(
            back.converted.held.annotations, package.converted.held.annotations,
            "{}",
            format.id
        );
    }
}

#[test]
fn several_files_are_an_archive_and_its_format_is_found() {
    let options = Options::default();
    let package = package(("json", &ours()), "w3c", &options).unwrap();
    assert_eq!(package.name, "dataset.w3c.zip");
    let back = unpack(file("x.zip", &package.bytes), None, &options).unwrap();
    assert_eq!(back.format.id, "w3c");
    let read = dataset("json", &file("f", &back.json), &options);
    assert_eq!(content(&read.unwrap().entries).len(), 6);
    let report = report(&package.converted);
    assert_eq!(report["documents"], 6);
    assert_eq!(report["leftOut"], 0);
}

#[test]
fn piece_by_piece_the_files_are_the_same() {
    for format in FORMATS.iter().filter(|format| format.writes) {
        let options = Options::default();
        let labels = crate::annotation::default_labels();
        let entries = hard_entries();
        let header = || Header {
            labels: labels.clone(),
            ..Header::default()
        };
        let (whole, _) = write_entries(format.id, header(), entries.clone(), &options).unwrap();
        let mut stream = Stream::new(format.id, options.clone()).unwrap();
        let mut pieces = MemoryFiles::default();
        for entry in entries {
            let (piece, _) = write_entries("json", header(), [entry], &options).unwrap();
            let json = String::from_utf8(piece.files[0].1.clone()).unwrap();
            for (name, bytes) in stream.add(json).unwrap() {
                pieces.append(&name, &bytes).unwrap();
            }
        }
        let (last, converted) = stream.end().unwrap();
        for (name, bytes) in last {
            pieces.append(&name, &bytes).unwrap();
        }
        assert_eq!(converted.documents, 6);
        assert!(pieces == whole, "{}", format.id);
    }
}

#[test]
fn what_can_t_be_read_is_refused_with_a_sentence() {
    let refused = |name: &str, bytes: &[u8], id| {
        let refused = unpack(file(name, bytes), id, &Options::default()).err();
        let refused = refused.unwrap();
        (refused.sentence, refused.format.map(|format| format.id))
    };
    let unknown = "The file is in no format that can be read here.";
    let misfit = br#"{"text":"Hello","spans":[{"start":0,"end":2,"label":"x","text":"lo"}]}"#;
    for (name, bytes, id, said, format) in [
        (
            "a.zip",
            b"PK\x03\x04 and no more".as_slice(),
            None,
            "a.zip: This is no zip archive, or it is damaged or not complete.",
            None,
        ),
        ("a", b"{}", Some("xml"), unknown, None),
        (
            "a.jsonl",
            misfit,
            None,
            "a.jsonl, line 1: The words \"lo\" do not stand at 0 to 2, whether that counts code points, UTF-16 code units or bytes.",
            Some("hf-jsonl"),
        ),
        (
            "a.json",
            br#"[{"data":{"text":"a"},"annotations":[{"result":[{"from_name":"#,
            None,
            "a.json, line 1: The file breaks off here; it is not complete.",
            Some("label-studio"),
        ),
        (
            "a.jsonl",
            b"7",
            None,
            "a.jsonl, line 1: The file holds no document that can be used. The first reason: This can't be read: it is no JSON object.",
            None,
        ),
    ] {
        assert_eq!(
            refused(name, bytes, id),
            (said.to_owned(), format),
            "{name}"
        );
    }
}
