//! Taking back what was changed of documents that need not be open.

use super::{commit, promise, replay, stamp, storage};
use crate::corpus::Entry;
use crate::edit::{Draft, Kind, Stamp};
use crate::web::argument::Argument;
use crate::web::contract::range_error;
use crate::web::storage::RecordKey;
use crate::web::world::now;
use js_sys::{Array, Promise};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What was changed at once of a document that was here, by the name that undoing it takes.
#[derive(Serialize)]
pub struct Edit {
    document: String,
    edit: String,
}

impl Edit {
    pub fn new(document: &str, stamp: Stamp) -> Edit {
        Edit {
            document: document.to_owned(),
            edit: stamp.to_string(),
        }
    }
}

/// Takes back edits that a report tells of, as undo does: what somebody has changed since, stays. A promise of how
/// many changed something.
#[wasm_bindgen(js_name = undoEdits)]
pub fn undo_edits(edits: Array) -> Result<Promise, JsValue> {
    let edits: Vec<(String, Stamp)> = edits
        .iter()
        .map(|given| read(&given))
        .collect::<Result<_, _>>()?;
    Ok(promise(async move {
        let storage = storage().await;
        let all = storage.documents().await.map_err(|e| e.to_string())?;
        let mut count = 0;
        for (id, target) in edits {
            let Some(summary) = all.iter().find(|summary| summary.id == id) else {
                continue;
            };
            let mut state = replay(&storage.load(&id).await);
            let writes = state.undo(target);
            if writes.is_empty() {
                continue;
            }
            let draft = Draft {
                stamp: stamp(&state),
                kind: Kind::Undo(target),
                writes,
            };
            let hash = Entry::read(summary.entry.clone()).hash;
            let record = commit(&mut state, &hash, draft, now());
            let RecordKey { writer, sequence } = &record.key;
            storage.append(&id, writer, *sequence, record.content);
            count += 1;
        }
        storage.flushed().await.map_err(|state| state.to_string())?;
        Ok(count)
    }))
}

fn read(given: &JsValue) -> Result<(String, Stamp), JsValue> {
    const SHAPE: &str = "An edit must be an object: {document, edit}.";
    let given = Argument::new(given, SHAPE)?;
    let (document, edit) = (given.string("document")?, given.string("edit")?);
    let stamp = edit.as_deref().and_then(|edit| edit.parse().ok());
    match (document, stamp) {
        (Some(document), Some(stamp)) => Ok((document, stamp)),
        _ => Err(range_error(
            "An edit must be one that a report has told of.",
        )),
    }
}
