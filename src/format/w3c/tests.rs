//! Web Annotations, written and read, ours and those of others.

use crate::format::exchange::{Header, MemoryFiles, Options, dataset, write_entries};
use crate::format::testing::{check_round_trip, entry, file, refusal, span};
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn what_is_written_comes_back() {
    let files = check_round_trip("w3c");
    assert_eq!(files.files[0].0, "unicode.jsonld");
    assert_eq!(files.files[1].0, "unicode.txt");
}

#[test]
fn ids_notes_and_makers_come_back() {
    let mut entry = entry("d", "one two", &[("a/b c", 0, 3, "claim")]);
    entry.annotations[0].note = Some(Arc::from("why"));
    let options = Options::default();
    let (files, _) = write_entries("w3c", Header::default(), [entry.clone()], &options).unwrap();
    let read = dataset("w3c", &files, &options).unwrap().entries.remove(0);
    let (before, after) = (&entry.annotations[0], &read.annotations[0]);
    assert_eq!((&before.id, &before.note), (&after.id, &after.note));
    assert_eq!(before.origin.creator, after.origin.creator);
    assert_eq!(before.origin.created, after.origin.created);
    assert_eq!(read.document.id, "d");
}

fn about(text: &str) -> Options {
    Options {
        about: Some(("d".into(), text.into())),
        ..Options::default()
    }
}

fn annotation(selector: Value) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "#1",
        "type": "Annotation",
        "body": [{ "purpose": "tagging", "value": "A" }],
        "target": { "selector": selector },
    })
}

/// Reads one annotation of `text`: its span if it comes in, and what is said.
fn read(text: &str, selector: Value) -> (Vec<crate::text::Span>, Vec<String>) {
    let files = file("f.jsonld", annotation(selector).to_string());
    let read = dataset("w3c", &files, &about(text)).unwrap();
    let spans = read.entries[0].annotations.iter().map(|a| a.span).collect();
    (spans, read.findings.iter().map(|f| f.to_string()).collect())
}

#[test]
fn other_programs_count_and_select_in_other_ways() {
    let position = |start: Value, end: Value| json!({ "type": "TextPositionSelector", "start": start, "end": end });
    let quote = |exact: Value| json!({ "type": ["TextQuoteSelector"], "exact": exact });
    for (selector, spans, said) in [
        (
            json!([position(json!(2), json!(5)), quote(json!("one"))]),
            vec![span(2, 5)],
            None,
        ),
        (
            json!([position(json!(3), json!(6)), quote(json!("one"))]),
            vec![span(2, 5)],
            Some(
                "f.jsonld, record 1: The offsets count UTF-16 code units: only so do they select the words that the file quotes.",
            ),
        ),
        (quote(json!("two")), vec![span(6, 9)], None),
        (
            json!([position(json!(0), json!(3)), quote(json!("two"))]),
            vec![span(6, 9)],
            Some(
                "f.jsonld, record 1: Its words are not where it says, but at 6 to 9; it was moved there.",
            ),
        ),
        (
            json!([quote(json!("three"))]),
            vec![],
            Some(
                "f.jsonld, record 1: An annotation is left out. Its words \"three\" are not in the text.",
            ),
        ),
        (
            json!([position(json!(null), json!(null)), quote(json!(null))]),
            vec![],
            Some(
                "f.jsonld, record 1: Annotation \"#1\" is left out. Its start and end must be two whole numbers.",
            ),
        ),
    ] {
        let (read, all) = read("😀 one two", selector.clone());
        assert_eq!(read, spans, "{selector}");
        assert_eq!(all.first().map(String::as_str), said, "{selector}");
    }
}

#[test]
fn a_page_a_list_and_a_single_annotation_are_read() {
    let one = annotation(json!({ "type": "TextPositionSelector", "start": 0, "end": 3 }));
    for value in [
        one.clone(),
        json!([one]),
        json!({ "type": "AnnotationPage", "items": [one] }),
        json!({ "type": "AnnotationCollection", "total": 1, "first": { "type": "AnnotationPage", "items": [one] } }),
    ] {
        let read = dataset("w3c", &file("f", value.to_string()), &about("one")).unwrap();
        assert_eq!(read.entries[0].annotations.len(), 1, "{value}");
    }
    assert_eq!(
        refusal("w3c", "{}"),
        "f: This can't be read: it has no Web Annotations: an AnnotationCollection, an AnnotationPage or Annotations."
    );
}

#[test]
fn without_its_text_a_file_is_refused() {
    let one = annotation(json!({ "type": "TextPositionSelector", "start": 0, "end": 3 }));
    let files = file("a.jsonld", one.to_string());
    assert_eq!(
        dataset("w3c", &files, &Options::default())
            .unwrap_err()
            .to_string(),
        "a.jsonld: The file has no text in it, and \"a.txt\" is not beside it. Choose the two together, or put both into a zip archive."
    );
    let files = MemoryFiles {
        files: vec![files.files[0].clone(), ("a.txt".into(), b"one".to_vec())],
    };
    assert!(dataset("w3c", &files, &Options::default()).is_ok());
}
