//! Records, labels and documents that are damaged or made to do harm, in files that are ours.

use super::{TEXT, file, record};
use crate::document::sha256_hex;
use crate::format::native::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn sentences<T: std::fmt::Display>(items: impl Iterator<Item = T>) -> Vec<String> {
    items.map(|item| item.to_string()).collect()
}

/// Reads `file` and checks the ids that come in and what is said, in the order of warnings,
/// remarks and rejections.
fn check(file: &str, ids: &[&str], said: &[&str]) -> Dataset {
    let dataset = read(file).unwrap();
    let read: Vec<_> = dataset.documents[0]
        .annotations
        .iter()
        .map(|a| a.id.as_ref().map_or("(new)", |id| id.as_str()))
        .collect();
    assert_eq!(read, ids, "{file:.300}");
    let mut all = sentences(dataset.warnings.iter());
    all.extend(sentences(dataset.remarks.iter().map(|r| &r.what)));
    all.extend(sentences(dataset.rejected.iter().map(|r| &r.why)));
    assert_eq!(all, said, "{file:.300}");
    dataset
}

/// Checks that a record with `fields` is left out with `sentence`, and the one beside it is not.
fn check_rejected(fields: Value, sentence: &str) {
    let good = record(json!({ "id": "good" }));
    check(
        &file(&format!("{},{good}", record(fields))),
        &["good"],
        &[sentence],
    );
}

#[test]
fn a_bad_record_is_left_out_and_the_others_come_in() {
    let at = |start: Value, end: Value| json!({ "position": { "start": start, "end": end } });
    let no_position = "Its position must have two whole numbers, start and end.";
    for (fields, sentence) in [
        (
            at(json!(5), json!(0)),
            "Its end, 0, must be greater than its start, 5.",
        ),
        (
            at(json!(3), json!(3)),
            "Its end, 3, must be greater than its start, 3.",
        ),
        (
            at(json!(0), json!(999)),
            "It ends at 999, but the text has 13 code points.",
        ),
        (
            at(json!(4294967296u64), json!(4294967301u64)),
            "It ends at 4294967301, but the text has 13 code points.",
        ),
        (
            at(json!(0), json!(9007199254740993u64)),
            "It ends at 9007199254740993, but the text has 13 code points.",
        ),
        (at(json!(-1), json!(5)), no_position),
        (at(json!(0), json!("5")), no_position),
        (at(json!(0.5), json!(5)), no_position),
        (at(json!(null), json!(5)), no_position),
        (json!({ "position": null }), no_position),
        (json!({ "label": null }), "It has no label."),
        (
            json!({ "label": "<img src=x onerror=alert(1)>" }),
            "The label \"<img src=x onerror=alert(1)>\" must begin with a letter or _, go on with letters, digits, _ and -, and have 200 of them at most.",
        ),
        (
            json!({ "label": "PERSON\u{202e}NOSREP" }),
            "The label \"PERSON\\u{202e}NOSREP\" must begin with a letter or _, go on with letters, digits, _ and -, and have 200 of them at most.",
        ),
        (
            json!({ "label": "L".repeat(1_000_000) }),
            "The label \"LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL\"… must begin with a letter or _, go on with letters, digits, _ and -, and have 200 of them at most.",
        ),
        (
            json!({ "document": "x" }),
            "The file has no document \"x\".",
        ),
        (
            json!({ "document": 1 }),
            "It does not say which document it belongs to.",
        ),
        (
            json!({ "quote": { "exact": null } }),
            "It does not quote the words that it covers.",
        ),
        (
            json!({ "quote": { "exact": "Bye" } }),
            "The words \"Bye\" are not in the text.",
        ),
    ] {
        check_rejected(fields, sentence);
    }
}

#[test]
fn records_that_are_no_objects_are_left_out() {
    let no_object = "It is not a JSON object.";
    check(
        &file(&format!("null,[],\"x\",5,{{}},{}", record(json!({})))),
        &["a"],
        &[
            no_object,
            no_object,
            no_object,
            no_object,
            "It does not say which document it belongs to.",
        ],
    );
}

#[test]
fn infinity_is_no_offset() {
    let endless = record(json!({})).replace("\"end\":5", "\"end\":1e400");
    check(
        &file(&endless),
        &[],
        &[
            "Numbers too large to be read became null: 1.",
            "Its position must have two whole numbers, start and end.",
        ],
    );
}

#[test]
fn half_a_character_is_nowhere() {
    let half = record(json!({ "position": { "start": 7, "end": 9 } }));
    check(
        &file(&half.replace("\"Hello\"", r#""\ude00 ""#)),
        &[],
        &[
            "Halves of surrogate pairs became U+FFFD, the replacement character: 1.",
            "The words \"\u{fffd} \" are not in the text.",
        ],
    );
}

#[test]
fn ids_are_names_and_nothing_else() {
    let new_id = "Its id must be a text of 1 to 200 characters; it gets a new one.";
    let of = |id: Value| record(json!({ "id": id }));
    let ids = [
        of(json!("../../storage:key")),
        of(json!("__proto__")),
        of(json!("")),
        of(json!("x".repeat(100_000))),
        of(json!(null)),
        of(json!(7)),
        of(json!("a\nb")),
    ];
    check(
        &file(&ids.join(",")),
        &[
            "../../storage:key",
            "__proto__",
            "(new)",
            "(new)",
            "(new)",
            "(new)",
            "(new)",
        ],
        &[new_id; 5],
    );
}

#[test]
fn an_id_that_is_there_twice_names_the_first() {
    let (first, other) = (record(json!({})), record(json!({ "label": "quote" })));
    check(
        &file(&format!("{first},{first},{other}")),
        &["a", "(new)"],
        &[
            "It is in the file twice, and was taken once.",
            "Another record of the file has its id; it gets a new one.",
        ],
    );
}

#[test]
fn words_that_stand_elsewhere_are_followed() {
    let moved = record(json!({ "position": { "start": 1, "end": 6 } }));
    let dataset = check(
        &file(&moved),
        &["a"],
        &["The words that it quotes are not at 1 to 6, but at 0 to 5; it was moved there."],
    );
    assert_eq!(dataset.documents[0].annotations[0].span.start(), 0);
}

#[test]
fn of_a_text_that_is_not_the_annotated_one_only_the_words_count() {
    let beyond = record(json!({ "id": "b", "position": { "start": 90, "end": 95 } }));
    let gone = record(json!({ "id": "c", "quote": { "exact": "Bye" } }));
    let file = file(&format!("{},{beyond},{gone}", record(json!({}))))
        .replace(&sha256_hex(TEXT), &sha256_hex("another"));
    check(
        &file,
        &["a", "b"],
        &[
            "The text of document \"d\" is not the one that was annotated (its SHA-256 differs), so each annotation was looked for by its words.",
            "The words that it quotes are not at 90 to 95, but at 0 to 5; it was moved there.",
            "The words \"Bye\" are not in the text.",
        ],
    );
}

#[test]
fn a_field_that_is_wrong_is_dropped_and_the_record_kept() {
    let dropped = |field| format!("Its {field:?} is not what it should be, and was left out.");
    let time = |field| {
        format!("Its {field:?} is not a time such as 2026-11-24T02:16:00Z, and was left out.")
    };
    for (fields, sentence) in [
        (json!({ "created": "9999-99-99" }), time("created")),
        (json!({ "created": 1e20 }), time("created")),
        (json!({ "modified": "1970" }), time("modified")),
        (json!({ "creator": {} }), dropped("creator")),
        (json!({ "note": 1 }), dropped("note")),
        (json!({ "provenance": "x" }), dropped("provenance")),
        (
            json!({ "provenance": { "method": "magic" } }),
            dropped("provenance"),
        ),
    ] {
        let dataset = check(&file(&record(fields)), &["a"], &[&sentence]);
        let annotation = &dataset.documents[0].annotations[0];
        assert!(annotation.origin.extra.is_empty() && annotation.note.is_none());
    }
    let nulls = json!({ "created": null, "modified": null, "creator": null, "note": null, "provenance": null });
    check(&file(&record(nulls)), &["a"], &[]);
}

#[test]
fn what_means_nothing_to_us_is_kept() {
    let hostile = json!({
        "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } },
        "rel": [{ "to": "a" }, { "to": "missing" }], "foo": { "bar": 1 }, "x": [1, 2],
        "note": "<script>alert(1)</script>",
    });
    let file = file(&record(hostile.clone()));
    let file = file.replacen('{', r#"{"extra":{"k":1},"__proto__":{"polluted":1},"#, 1);
    let dataset = check(&file, &["a"], &[]);
    let annotation = &dataset.documents[0].annotations[0];
    for field in ["__proto__", "constructor", "rel", "foo", "x"] {
        assert_eq!(annotation.origin.extra[field], hostile[field]);
    }
    assert_eq!(annotation.note.as_deref(), hostile["note"].as_str());
    let kept: Vec<_> = dataset.kept.extra.keys().collect();
    assert_eq!(kept, ["extra", "__proto__"]);
}

#[test]
fn labels_are_taken_as_far_as_they_can_be_used() {
    let labels = json!([
        { "id": "a", "name": "A", "color": "red;}*{display:none}", "shortcut": "x" },
        { "id": "b", "name": "line\nbreak", "color": "url(/leak)", "shortcut": "X" },
        { "id": "c", "name": "N".repeat(201), "line": "wavy" },
        { "id": "d", "name": "PERSON\u{202e}NOSREP" },
        { "id": "a", "name": "again" },
        { "id": "two words" },
        null,
    ]);
    let file = file("").replace("\"labels\":[]", &format!("\"labels\":{labels}"));
    let field = |field: &str, id: &str| {
        format!("The {field:?} of label {id:?} is not what it should be, and was left out.")
    };
    let dataset = check(
        &file,
        &[],
        &[
            &field("color", "a"),
            &field("name", "b"),
            &field("color", "b"),
            &field("shortcut", "b"),
            &field("name", "c"),
            &field("line", "c"),
            "The label id \"a\" is there twice; the first is taken.",
            "Label 6 has no identifier as its id, and was left out.",
            "Label 7 has no identifier as its id, and was left out.",
        ],
    );
    let names: Vec<_> = dataset.labels.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["A", "b", "c", "PERSON\u{202e}NOSREP"]);
}

#[test]
fn labels_named_like_members_of_objects_are_labels() {
    let names = [
        "constructor",
        "toString",
        "__proto__",
        "hasOwnProperty",
        "valueOf",
        "length",
    ];
    let records = names.map(|name| record(json!({ "id": name, "label": name })));
    let dataset = check(&file(&records.join(",")), &names, &[]);
    for (annotation, name) in dataset.documents[0].annotations.iter().zip(names) {
        assert_eq!(&*annotation.label, name);
    }
}

#[test]
fn documents_are_taken_as_far_as_they_can_be_used() {
    let documents = json!([
        null,
        { "id": "d", "text": TEXT, "name": 1, "length": { "utf8_bytes": 13 },
          "source": { "uri": "javascript:alert(1)" },
          "metadata": { "state": "lost" }, "blocks": [{ "start": 0, "end": 14, "kind": "paragraph" }] },
        { "id": "d", "text": "other" },
        { "id": "d", "text": "other" },
        { "id": "d", "text": TEXT },
    ]);
    let file = json!({
        "format": "span-annotations", "version": "1.2.3", "offset_unit": "unicode_code_point", "labels": null,
        "created": "now", "creators": [{ "id": "u" }], "documents": documents, "annotations": [],
    });
    let dataset = check(
        &file.to_string(),
        &[],
        &[
            "Creator 1 has no id or no type, and was left out.",
            "The file's \"created\" is not a time such as 2026-11-24T02:16:00Z, and was left out.",
            "Document 1 has no id or no text, and was left out.",
            "The stated length of document \"d\" is not that of its text.",
            "The \"name\" of document \"d\" is not what it should be, and was left out.",
            "The \"state\" of document \"d\" is not what it should be, and was left out.",
            "The blocks of document \"d\" do not fit its text, and were left out.",
            "Document 3 has the id \"d\" of another one, and is called \"d-2\" now. Annotations that name this id count in the first.",
            "Document 4 has the id \"d\" of another one, and is called \"d-3\" now. Annotations that name this id count in the first.",
            "The document \"d\" is there twice.",
        ],
    );
    let uri = dataset.documents[0].document.source.uri.as_deref();
    assert_eq!(uri, Some("javascript:alert(1)"));
}

#[test]
fn a_byte_order_mark_before_the_file_is_no_error() {
    check(
        &format!("\u{feff}{}", file(&record(json!({})))),
        &["a"],
        &[],
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), at in any::<prop::sample::Index>()) {
        let _ = read(&text);
        let mut damaged = file(&record(json!({})));
        let byte = at.index(damaged.len());
        if damaged.is_char_boundary(byte) {
            damaged.insert_str(byte, &text);
            let _ = read(&damaged);
            damaged.truncate(byte);
            let _ = read(&damaged);
        }
    }

    #[test]
    fn no_value_in_any_place_makes_the_reader_panic(
        path in prop::sample::select(vec![
            "/version", "/labels", "/documents", "/annotations", "/documents/0/text", "/documents/0/length",
            "/documents/0/sha256", "/annotations/0/position", "/annotations/0/position/start",
            "/annotations/0/position/end", "/annotations/0/quote", "/annotations/0/quote/exact",
            "/annotations/0/label", "/annotations/0/id",
        ]),
        value in prop_oneof![
            Just(json!(null)), Just(json!([])), Just(json!({})), Just(json!([[null]])),
            any::<u64>().prop_map(|n| json!(n)), any::<f64>().prop_map(|n| json!(n)),
            any::<String>().prop_map(|s| json!(s)),
        ],
    ) {
        let mut json: Value = serde_json::from_str(&file(&record(json!({})))).unwrap();
        *json.pointer_mut(path).unwrap() = value;
        let _ = read(&json.to_string());
    }
}
