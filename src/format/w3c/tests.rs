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

/// What comes of an annotation with these fields, on "Ada met Bo.": labels, notes and spans; and what is said.
fn of(fields: Value) -> (Vec<String>, Vec<String>) {
    let target = json!({ "source": "http://x/a", "selector": { "type": "TextPositionSelector", "start": 0, "end": 3 } });
    let mut one = json!({ "type": "Annotation", "target": target });
    for (name, value) in fields.as_object().unwrap() {
        one[name] = value.clone();
    }
    let files = file("f.jsonld", one.to_string());
    let read = dataset("w3c", &files, &about("Ada met Bo.")).unwrap();
    let shown = read.entries[0].annotations.iter().map(|a| {
        let (start, end) = (a.span.start(), a.span.end());
        format!(
            "{start}-{end} {} {}",
            a.label,
            a.note.as_deref().unwrap_or("-")
        )
    });
    (
        shown.collect(),
        read.findings.iter().map(|f| f.why.clone()).collect(),
    )
}

#[test]
fn bodies_are_labels_and_notes_by_their_purposes() {
    let body = |value: &str, purpose: Value| json!({ "type": "TextualBody", "value": value, "purpose": purpose });
    let plain = |value: &str| json!({ "type": "TextualBody", "value": value });
    let tag = |value: &str| body(value, json!("tagging"));
    let one = |shown: &str| vec![shown.to_owned()];
    for (fields, shown) in [
        // Hypothesis
        (
            json!({ "body": [plain("Is it?"), tag("quote")] }),
            one("0-3 quote Is it?"),
        ),
        (
            json!({ "body": [plain(""), tag("quote")] }),
            one("0-3 quote -"),
        ),
        (
            json!({ "motivation": "commenting", "body": [plain("Why?")] }),
            one("0-3 commenting Why?"),
        ),
        (
            json!({ "motivation": "highlighting", "body": [plain("")] }),
            one("0-3 highlighting -"),
        ),
        (
            json!({ "body": { "type": "TextualBody", "value": "Why?", "format": "text/markdown" } }),
            one("0-3 commenting Why?"),
        ),
        (json!({ "body": [] }), one("0-3 highlighting -")),
        // Recogito
        (
            json!({ "body": [tag("a"), tag("b"), body("x", json!("commenting")), body("y", json!(["replying"]))] }),
            vec!["0-3 a x\ny".to_owned(), "0-3 b x\ny".to_owned()],
        ),
        // Others
        (json!({ "body": plain("claim") }), one("0-3 claim -")),
        (json!({ "bodyValue": "claim" }), one("0-3 claim -")),
        (
            json!({ "body": { "type": "SpecificResource", "source": "claim", "purpose": "classifying" } }),
            one("0-3 claim -"),
        ),
        (json!({ "body": { "id": "claim" } }), one("0-3 claim -")),
    ] {
        assert_eq!(of(fields.clone()).0, shown, "{fields}");
    }
}

#[test]
fn targets_are_annotations_each_and_selectors_are_read_to_their_ends() {
    let tag = json!({ "purpose": "tagging", "value": "x" });
    let position = |start: u32, end: u32| json!({ "type": "TextPositionSelector", "start": start, "end": end });
    let quote = |exact: &str| json!({ "type": "TextQuoteSelector", "exact": exact });
    let refined = |mut selector: Value, by: Value| {
        selector["refinedBy"] = by;
        selector
    };
    let at = |selector: Value| json!({ "body": tag, "target": { "selector": selector } });
    for (fields, spans, sentence) in [
        (
            json!({ "body": tag, "target": [{ "selector": position(0, 3) }, { "selector": position(8, 10) }] }),
            vec!["0-3 x -", "8-10 x -"],
            "It has several labels or targets; it is 2 annotations now.",
        ),
        (
            at(refined(position(4, 10), quote("Bo"))),
            vec!["8-10 x -"],
            "",
        ),
        (
            at(refined(quote("met Bo"), position(4, 6))),
            vec!["8-10 x -"],
            "",
        ),
        (
            at(json!([
                { "type": "RangeSelector", "startSelector": { "type": "XPathSelector", "value": "/p" }, "refinedBy": position(90, 91) },
                position(8, 10),
                quote("Bo"),
            ])),
            vec!["8-10 x -"],
            "",
        ),
        (
            at(refined(position(0, 3), quote("Bo"))),
            vec![],
            "An annotation is left out. What refines its selector selects nothing.",
        ),
        (
            at(
                json!({ "type": "Choice", "items": [{ "type": "XPathSelector", "value": "/" }, quote("Bo")] }),
            ),
            vec!["8-10 x -"],
            "",
        ),
        (
            at(json!({ "type": "FragmentSelector", "value": "char=8,10" })),
            vec!["8-10 x -"],
            "",
        ),
        (
            at(
                json!({ "type": "RangeSelector", "startSelector": quote("A"), "endSelector": quote("B") }),
            ),
            vec![],
            "An annotation is left out. Its place is told by a selector that can't be read here: \"RangeSelector\".",
        ),
        (
            json!({ "body": tag, "target": "http://x/a" }),
            vec![],
            "An annotation is left out. Its target has no selector that tells a place in the text.",
        ),
    ] {
        let (shown, said) = of(fields.clone());
        assert_eq!(shown, spans, "{fields}");
        assert_eq!(
            said.first().map_or("", String::as_str),
            sentence,
            "{fields}"
        );
    }
}

#[test]
fn annotations_of_other_texts_and_pages_are_told() {
    let one = |source: &str, exact: &str| {
        json!({ "type": "Annotation", "body": "x", "created": "2024-05-01T12:34:56.7+02:00", "target": {
            "source": source, "selector": [{ "type": "TextQuoteSelector", "exact": exact }] } })
    };
    let other = json!({ "type": "Annotation", "body": "x", "target": {
        "source": "http://x/other", "selector": { "type": "TextPositionSelector", "start": 4, "end": 7 } } });
    let page = json!({ "type": "AnnotationCollection", "total": 4, "first": { "items": [other, one("http://x/a", "Bo")],
        "next": { "items": [one("http://x/a", "Ada")], "next": "http://x/3" } } });
    let files = file("f.jsonld", page.to_string());
    let read = dataset("w3c", &files, &about("Ada met Bo.")).unwrap();
    let entry = &read.entries[0];
    assert_eq!(entry.annotations.len(), 2);
    assert_eq!(entry.document.source.uri.as_deref(), Some("http://x/a"));
    assert_eq!(
        entry.annotations[0].origin.created.as_deref(),
        Some("2024-05-01T10:34:56.7Z")
    );
    let said: Vec<String> = read.findings.iter().map(|f| f.to_string()).collect();
    assert_eq!(
        said,
        [
            "f.jsonld: The file has 3 of 4 annotations; the others are on pages that are not in it.",
            "f.jsonld, record 1: An annotation is left out. It is about another text: \"http://x/other\".",
        ]
    );
    assert_eq!(
        refusal(
            "w3c",
            r#"{"type":"AnnotationCollection","first":"http://x/1"}"#
        ),
        "f: This can't be read: its Web Annotations are on a page of their own, which is not in it."
    );
}
