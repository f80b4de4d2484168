//! brat's files, by example.

use super::fragments::{fragments, joined};
use crate::format::exchange::{Header, Loss, MemoryFiles, Options, Unit, dataset, write_entries};
use crate::format::testing::{content, entry, hard_entries, span};
use std::sync::Arc;

/// Reads a pair of files; gives what was found and said.
fn read(text: &str, annotations: &str) -> (Vec<(u32, u32, String)>, Vec<String>) {
    let files = pair(text, annotations);
    let read = dataset("brat", &files, &Options::default()).unwrap();
    let annotations = &read.entries[0].annotations;
    let found = annotations
        .iter()
        .map(|a| (a.span.start(), a.span.end(), a.label.to_string()));
    let said = read.findings.iter().map(ToString::to_string);
    (found.collect(), said.collect())
}

fn pair(text: &str, annotations: &str) -> MemoryFiles {
    MemoryFiles {
        files: vec![
            ("d.ann".to_owned(), annotations.as_bytes().to_vec()),
            ("d.txt".to_owned(), text.as_bytes().to_vec()),
        ],
    }
}

fn refused(text: &str, annotations: &str) -> String {
    let files = pair(text, annotations);
    let refusal = dataset("brat", &files, &Options::default()).unwrap_err();
    refusal.to_string()
}

#[test]
fn spans_are_written_as_fragments_and_notes_beside_them() {
    let mut noted = entry(
        "d",
        "😀 Start.\r\ncafé \nend",
        &[
            ("a", 2, 8, "claim"),
            ("b", 2, 14, "quote"),
            ("c", 14, 17, "claim"),
        ],
    );
    noted.annotations[1].note = Some(Arc::from("two\tlines\nof it"));
    let (files, converted) =
        write_entries("brat", Header::default(), [noted], &Options::default()).unwrap();
    let shown = |at: usize| {
        let (name, bytes) = &files.files[at];
        (name.as_str(), String::from_utf8(bytes.clone()).unwrap())
    };
    assert_eq!(
        shown(0),
        (
            "d.ann",
            "T1\tquote 2 8;10 14\tStart. café\n\
             T2\tclaim 2 8\tStart.\n\
             #2\tAnnotatorNotes T2\ttwo lines of it\n\
             T3\tclaim 14 17\t \nen\n"
                .replace("T3\tclaim 14 17\t \nen", "T3\tclaim 14 15;16 17\t  e")
        )
    );
    assert_eq!(shown(1).1, "😀 Start.\r\ncafé \nend");
    assert_eq!(
        shown(2),
        (
            "annotation.conf",
            "[entities]\nquote\nclaim\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n[events]\n[attributes]\n".to_owned()
        )
    );
    assert_eq!(converted.losses.count(Loss::Cut), 2);
    assert_eq!(converted.losses.count(Loss::Note), 1);
}

#[test]
fn hard_texts_come_back_but_for_line_breaks_at_edges() {
    let options = Options::default();
    let (files, converted) =
        write_entries("brat", Header::default(), hard_entries(), &options).unwrap();
    assert_eq!(converted.losses.count(Loss::Trimmed), 3);
    let read = dataset("brat", &files, &options).unwrap();
    assert_eq!(read.findings, []);
    let mut expected = content(&hard_entries());
    for ((_, spans), entry) in expected.iter_mut().zip(hard_entries()) {
        let text = &entry.document.text;
        for (span, _) in spans.iter_mut() {
            *span = joined(text, &fragments(text, *span))[0];
        }
        spans.sort();
    }
    assert_eq!(content(&read.entries), expected);
    let labels: Vec<&str> = read.header.labels.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(labels, ["claim", "caption", "quote"]);
}

#[test]
fn a_span_of_line_breaks_alone_is_left_out_and_counted() {
    let entries = [entry(
        "d",
        "a\n\nb",
        &[("a", 1, 3, "claim"), ("b", 0, 2, "claim")],
    )];
    let (_, converted) =
        write_entries("brat", Header::default(), entries, &Options::default()).unwrap();
    assert_eq!(converted.losses.count(Loss::Blank), 1);
    assert_eq!(converted.losses.count(Loss::Trimmed), 1);
}

#[test]
fn fragments_are_joined_where_line_breaks_alone_part_them() {
    let claim = || "claim".to_owned();
    assert_eq!(
        read(
            "one\ntwo three",
            "T1\tclaim 0 3;4 7\tone two\nT2\tclaim 0 3;8 13\tone three\n"
        ),
        (
            vec![(0, 7, claim()), (0, 3, claim()), (8, 13, claim())],
            vec!["d.ann, line 2: Annotation T2 is in 2 parts; each is one now.".to_owned()]
        )
    );
}

#[test]
fn notes_and_attributes_are_kept_and_relations_counted() {
    let files = pair(
        "one",
        "T1\tclaim 0 3\tone\r\n#1\tAnnotatorNotes T1\twhy\n#2\tAnnotatorNotes T1\tnot\nA1\tSure T1 yes\nA2\tNeg T1\nR1\tx Arg1:T1 Arg2:T1\n",
    );
    let read = dataset("brat", &files, &Options::default()).unwrap();
    let annotation = &read.entries[0].annotations[0];
    assert_eq!(annotation.note.as_deref(), Some("why\nnot"));
    assert_eq!(
        serde_json::to_string(&annotation.origin.extra).unwrap(),
        r#"{"attributes":{"Sure":"yes","Neg":true}}"#
    );
    assert_eq!(
        read.findings[0].why,
        "Relations, events and other lines that label no text are left out: 1."
    );
    assert!(!read.findings[0].left_out);
}

#[test]
fn the_quoted_words_prove_the_unit() {
    let (found, said) = read("😀 Start", "T1\tclaim 3 8\tStart\n");
    assert_eq!(found, [(2, 7, "claim".to_owned())]);
    assert_eq!(
        said,
        [
            "d.ann: The offsets count UTF-16 code units: only so do they select the words that the file quotes."
        ]
    );
    let stated = Options {
        unit: Some(Unit::CodePoint),
        ..Options::default()
    };
    let files = pair("😀 Start.", "T1\tclaim 3 8\tStart\n");
    assert!(dataset("brat", &files, &stated).is_err());
}

#[test]
fn the_text_is_that_beside_it_or_the_one_that_is_open() {
    let mut files = pair("", "T1\tclaim 0 3\tone\n");
    files.files.truncate(1);
    assert_eq!(
        dataset("brat", &files, &Options::default())
            .unwrap_err()
            .to_string(),
        "d.ann: The file has no text in it, and \"d.txt\" is not beside it. Choose the two together, or put both into a zip archive."
    );
    let options = Options {
        about: Some(("open".to_owned(), "one two".to_owned())),
        ..Options::default()
    };
    let read = dataset("brat", &files, &options).unwrap();
    assert_eq!(read.entries[0].document.id, "open");
    assert_eq!(read.entries[0].annotations[0].span, span(0, 3));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let (found, said) = read("one", "T1\tclaim 2 9\nT2\tclaim 2 2\nT3\tclaim 0 1\n");
    assert_eq!(found, [(0, 1, "claim".to_owned())]);
    assert_eq!(
        said,
        [
            "d.ann, line 1: Annotation T1 is left out. It is empty or not in the text of 3 code points.",
            "d.ann, line 2: Annotation T2 is left out. It is empty or not in the text of 3 code points.",
        ]
    );
    assert_eq!(
        refused("one", "T1\tclaim 0 3\tone\nT2\tclaim 0"),
        "d.ann, line 2: This can't be read: an annotation must have a start and an end."
    );
    assert_eq!(
        refused("one two", "T1\tclaim 0 3\ttwo\n"),
        "d.ann, line 1: The words \"two\" do not stand at 0 to 3, whether that counts code points, UTF-16 code units or bytes."
    );
}
