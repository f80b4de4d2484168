//! Stores as released versions have written them, in `tests/fixtures/stores`: they open for ever.

use rubricate::document::{Document, sha256_hex};
use rubricate::edit::{DocumentState, State};
use rubricate::journal::{read_document, read_record, read_snapshot};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

fn stores() -> Vec<Value> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/stores");
    let files = fs::read_dir(directory).unwrap();
    let read = |file: &Path| serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    files.map(|file| read(&file.unwrap().path())).collect()
}

/// What records call a text by.
fn hash(document: &Document) -> Arc<str> {
    sha256_hex(document.text.as_str())[..16].into()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn what_released_versions_have_stored_is_read_to_the_last_record() {
    let stores = stores();
    assert!(!stores.is_empty());
    for store in stores {
        let expected = &store["expected"];
        let texts = store["indexed"]["texts"].as_array().unwrap();
        let mut texts = texts
            .iter()
            .map(|stored| read_document(text(&stored[1])).unwrap().0);
        let document = texts.next().unwrap();
        assert_eq!(document.text.as_str(), text(&expected["text"]));
        assert_eq!(document.title.as_deref(), expected["title"].as_str());
        let mut state = State::default();
        for snapshot in store["indexed"]["snapshots"].as_array().unwrap() {
            state.merge(read_snapshot(text(&snapshot[1])).unwrap().1);
        }
        // Each record is in either store, or in both.
        let local = store["local"].as_object().unwrap().values();
        let journal = store["indexed"]["journal"].as_array().unwrap().iter();
        let records: BTreeSet<&str> = local
            .chain(journal.map(|record| &record[3]))
            .map(text)
            .collect();
        for record in records {
            state.apply(&read_record(record).unwrap());
        }
        state.open_text(hash(&document), Rc::new(document.clone()));
        for former in texts {
            state.recall_text(hash(&former), Rc::new(former));
        }
        let found: Vec<Value> = state
            .annotations()
            .map(|a| {
                let covered = document.text.slice(a.span).unwrap();
                json!({"id": a.id.as_str(), "label": &*a.label, "text": covered, "note": a.note.as_deref(), "attributes": a.attributes()})
            })
            .collect();
        let mut annotations = expected["annotations"].clone();
        for annotation in annotations.as_array_mut().unwrap() {
            // The first version had none.
            let annotation = annotation.as_object_mut().unwrap();
            annotation.entry("attributes").or_insert(json!({}));
        }
        assert_eq!(Value::from(found), annotations);
        assert_eq!(
            state.document_state(),
            DocumentState::Skipped("a copy".into())
        );
        assert!(
            state
                .undo_latest(rubricate::edit::Writer(9), |_| true)
                .is_some()
        );
    }
}
