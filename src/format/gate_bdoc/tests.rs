//! GATE's documents, by example.

use crate::edit::DocumentState;
use crate::format::exchange::{Header, Options, write_entries};
use crate::format::testing::{check_round_trip, entry, read_as, refusal, span};
use std::sync::Arc;

#[test]
fn what_is_written_comes_back() {
    check_round_trip("gate-bdoc");
}

#[test]
fn what_is_known_of_annotations_and_documents_stands_in_features() {
    let mut noted = entry("d", "😀 One", &[("a", 2, 5, "claim")]);
    noted.annotations[0].note = Some(Arc::from("why"));
    noted.state = DocumentState::Skipped("bad".into());
    let options = Options::default();
    let (files, converted) =
        write_entries("gate-bdoc", Header::default(), [noted], &options).unwrap();
    let file = String::from_utf8(files.files[0].1.clone()).unwrap();
    assert_eq!(
        file,
        concat!(
            r#"{"annotation_sets":{"":{"name":"","next_annid":1,"annotations":[{"type":"claim","start":2,"end":5,"id":0,"#,
            r#""features":{"id":"a","note":"why","creator":"Ada","created":"2026-11-24T02:16:00Z"}}]}},"#,
            r#""text":"\ud83d\ude00 One","features":{"state":"skipped","reason":"bad"},"offset_type":"p","name":"d"}"#,
            "\n"
        )
    );
    assert!(converted.losses.is_empty());
    let (read, said) = read_as("gate-bdoc", file);
    assert_eq!(said, []);
    let entry = &read.entries[0];
    assert_eq!(entry.state, DocumentState::Skipped("bad".into()));
    assert_eq!(entry.annotations[0].id.as_str(), "a");
    assert_eq!(entry.annotations[0].note.as_deref(), Some("why"));
    assert_eq!(entry.annotations[0].origin.creator.as_deref(), Some("Ada"));
}

#[test]
fn the_file_says_its_unit_and_sets_are_annotators() {
    let (read, said) = read_as(
        "gate-bdoc",
        r#"{"annotation_sets":{"ann1":{"name":"detached-from:ann1","annotations":[{"type":"X","start":3,"end":6,"id":0,"features":{"sure":true}}],"next_annid":1}},
            "text":"😀 One","features":{"gate.SourceURL":"u"},"offset_type":"j","name":""}"#,
    );
    assert_eq!(said, []);
    let annotation = &read.entries[0].annotations[0];
    assert_eq!(annotation.span, span(2, 5));
    assert_eq!(annotation.origin.creator.as_deref(), Some("ann1"));
    assert_eq!(
        serde_json::to_string(&annotation.origin.extra).unwrap(),
        r#"{"attributes":{"sure":true}}"#
    );
}

#[test]
fn what_is_wrong_is_said() {
    for (file, sentence) in [
        ("[]", "f: This can't be read: it is no JSON object."),
        (
            "{}",
            "f: This can't be read: it needs a field \"text\" with the text of a document.",
        ),
        (
            r#"{"text":"a","offset_type":"x"}"#,
            "f: This can't be read: its \"offset_type\" is neither \"p\" nor \"j\".",
        ),
        (
            r#"{"text":"a","annotation_sets":[]}"#,
            "f: This can't be read: its \"annotation_sets\" must be an object.",
        ),
    ] {
        assert_eq!(refusal("gate-bdoc", file), sentence);
    }
    let (_, said) = read_as(
        "gate-bdoc",
        r#"{"text":"a","annotation_sets":{"s":{},"t":7,"":{"annotations":[7,{"type":"x","start":0,"end":2},{"start":0,"end":1}]}}}"#,
    );
    let said: Vec<&str> = said.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(
        said,
        [
            "f: The annotation set \"t\" is left out: its \"annotations\" must be a list.",
            "f, record 1: An annotation is left out. Its start and end must be two whole numbers.",
            "f, record 2: An annotation is left out. It covers 0 to 2, which is not in the text of 1 code points.",
            "f, record 3: An annotation is left out. It needs a label, of 1 to 200 characters.",
        ]
    );
}
