//! What attributes say comes through every format that has a place for it, and is told otherwise.

use crate::annotation::LabelSet;
use crate::format::FORMATS;
use crate::format::exchange::{Entry, Header, Loss, MemoryFiles, Options, dataset, write_entries};
use crate::format::testing::entry;
use serde_json::{Map, Value, json};

/// The formats that have no place for attributes.
const WITHOUT: [&str; 8] = [
    "spacy-docbin",
    "spacy-json",
    "prodigy",
    "doccano",
    "doccano-py",
    "conll2003",
    "bio",
    "bilou",
];

fn saying(attributes: Value) -> Entry {
    let tags = [("a", 0, 3, "quote"), ("b", 4, 7, "claim")];
    let mut entry = entry("d", "One two.", &tags);
    entry.annotations[0].later = Some(attributes.as_object().cloned().unwrap().into());
    entry
}

/// Label set and dataset as they come with attributes that were declared.
fn header() -> Header {
    let labels = LabelSet::from_json(
        r#"[{"id": "quote", "attributes": [
            {"id": "speaker"}, {"id": "worth", "options": ["high & low", "low"]}, {"id": "continues", "type": "flag"}]},
            {"id": "claim", "attributes": [{"id": "continues", "type": "flag"}]}]"#,
    );
    Header {
        labels: labels.unwrap().as_slice().to_vec(),
        ..Header::default()
    }
}

/// Writes a dataset, and reads it with the texts beside it.
fn there_and_back(format: &str, header: Header, entry: &Entry) -> (Vec<Map<String, Value>>, usize) {
    let options = Options::default();
    let written = write_entries(format, header, [entry.clone()], &options);
    let (mut files, converted) = written.unwrap();
    if format.starts_with("csv") || format == "tsv" {
        let text = entry.document.text.as_str().as_bytes().to_vec();
        files.files.push(("d.txt".into(), text));
    }
    let read = dataset(format, &files, &options).unwrap();
    assert!(read.findings.iter().all(|f| !f.left_out), "{format}");
    let said = read.entries[0].annotations.iter().map(|a| a.attributes());
    (said.collect(), converted.losses.count(Loss::Attributes))
}

#[test]
fn what_attributes_say_comes_back_or_is_told() {
    let attributes = json!({
        "speaker": "Ms “Adeyemi”, <b>& co</b> 😀",
        "worth": "high & low",
        "continues": true,
    });
    let entry = saying(attributes.clone());
    for format in FORMATS.iter().filter(|f| f.reads && f.writes) {
        let (said, lost) = there_and_back(format.id, header(), &entry);
        match WITHOUT.contains(&format.id) {
            true => assert_eq!(lost, 1, "{}", format.id),
            false => {
                assert_eq!(Value::Object(said[0].clone()), attributes, "{}", format.id);
                assert_eq!((said[1].len(), lost), (0, 0), "{}", format.id);
            }
        }
    }
}

#[test]
fn attributes_that_no_label_declares_come_back_too() {
    let attributes = json!({"Speaker": "true story", "sure": true});
    let entry = saying(attributes.clone());
    for format in FORMATS.iter().filter(|f| f.reads && f.writes) {
        if WITHOUT.contains(&format.id) {
            continue;
        }
        let (said, lost) = there_and_back(format.id, Header::default(), &entry);
        assert_eq!(Value::Object(said[0].clone()), attributes, "{}", format.id);
        assert_eq!(lost, 0, "{}", format.id);
    }
}

/// What came through and what didn't add up: whatever isn't there is told.
#[test]
fn what_a_format_can_not_say_is_told() {
    let odd = [
        ("two words", json!("x")),
        ("a-b", json!("x")),
        ("lines", json!("one\ttwo\nthree")),
        ("no", json!(false)),
        ("number", json!(7)),
        ("list", json!([1, {"a": null}])),
        ("empty", json!("")),
        ("note", json!("no note")),
        ("value", json!("no value")),
        ("begin", json!("x")),
        ("label", json!("x")),
        ("id", json!("x")),
        ("blank", json!(" ")),
    ];
    for (id, value) in odd {
        let attributes = json!({ id: value });
        let entry = saying(attributes.clone());
        for format in FORMATS.iter().filter(|f| f.reads && f.writes) {
            let (said, lost) = there_and_back(format.id, Header::default(), &entry);
            let same = Value::Object(said[0].clone()) == attributes;
            assert!(same != (lost == 1), "{} {id}: {said:?}, {lost}", format.id);
        }
    }
}

#[test]
fn without_attributes_no_file_says_a_word_of_them() {
    let plain = entry("d", "One two.", &[("a", 0, 3, "quote")]);
    for format in FORMATS.iter().filter(|f| f.writes) {
        let options = Options::default();
        let mut header = header();
        let with = write_entries(format.id, header.clone(), [plain.clone()], &options).unwrap();
        for label in &mut header.labels {
            label.attributes.clear();
        }
        let without = write_entries(format.id, header, [plain.clone()], &options).unwrap();
        let names = |files: &MemoryFiles| -> Vec<String> {
            files.files.iter().map(|(name, _)| name.clone()).collect()
        };
        assert_eq!(names(&with.0), names(&without.0), "{}", format.id);
        for (_, content) in &without.0.files {
            let content = String::from_utf8_lossy(content);
            for word in ["speaker", "\"attributes\"", "Value:", "attribute-"] {
                assert!(!content.contains(word), "{}: {content}", format.id);
            }
        }
    }
}
