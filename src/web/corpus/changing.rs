//! Changing what is said of documents that need not be open: their state and their flags.

use super::undoing::Edit;
use super::{commit, edit, promise, replay, storage, strings};
use crate::annotation::is_label_id;
use crate::corpus::{Entry, Flag};
use crate::edit::{DocumentState, Subject, Value, Write};
use crate::order::sorted;
use crate::web::argument::Argument;
use crate::web::contract::{document_state, get, range_error};
use crate::web::storage::{Put, RecordKey, Storage};
use crate::web::world::now;
use js_sys::{Array, Promise};
use serde::Serialize;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// Sets `{state?, reason?, flags?: {name: whether}}` of documents; a promise of how many changed.
#[wasm_bindgen(js_name = changeDocuments)]
pub fn change_documents(ids: Array, changes: JsValue) -> Result<Promise, JsValue> {
    let ids = sorted(strings(&ids)?, |a, b| a < b);
    let given = Argument::new(
        &changes,
        "The changes must be an object: {state?, reason?, flags?}.",
    )?;
    let state = match given.string("state")? {
        Some(name) => Some(document_state(&name, given.string("reason")?)?),
        None => None,
    };
    let flags = get(&changes, "flags").unwrap_or_default();
    let flags = Flag::ALL.map(|flag| get(&flags, flag.id()).map(|set| (flag, set.is_truthy())));
    let flags: Vec<(Flag, bool)> = flags.into_iter().flatten().collect();
    Ok(promise(async move {
        let storage = storage().await;
        let puts: Vec<Put> = ids.iter().map(|id| Put::summary(id)).collect();
        let mut hashes = vec![None; ids.len()];
        let mut changed = vec![false; ids.len()];
        let put = storage.put(&puts, |at, stored| {
            let mut stored = stored?;
            let mut entry = Entry::read(stored.entry);
            if let Some(hash) = hashes.get_mut(at) {
                *hash = Some(entry.hash.clone());
            }
            let former = entry.flags.clone();
            for (flag, set) in &flags {
                entry.flags.retain(|other| other != flag);
                if *set {
                    entry.flags.push(*flag);
                }
            }
            if entry.flags == former {
                return None;
            }
            if let Some(changed) = changed.get_mut(at) {
                *changed = true;
            }
            stored.entry = entry.to_json();
            Some(stored)
        });
        put.await.map_err(|error| error.to_string())?;
        if let Some(state) = state {
            for (at, (id, hash)) in ids.iter().zip(&hashes).enumerate() {
                if let Some(hash) = hash
                    && set_state(&storage, id, hash, &state).await
                    && let Some(changed) = changed.get_mut(at)
                {
                    *changed = true;
                }
            }
            storage.flushed().await.map_err(|state| state.to_string())?;
        }
        Ok(changed.into_iter().filter(|changed| *changed).count())
    }))
}

async fn set_state(storage: &Storage, id: &str, hash: &str, wanted: &DocumentState) -> bool {
    let loaded = storage.load(id).await;
    let mut state = replay(&loaded);
    if state.document_state() == *wanted {
        return false;
    }
    let write = Write {
        subject: Subject::Document,
        value: Value::State(wanted.clone()),
        restores: None,
    };
    let draft = edit(&state, vec![write]);
    let record = commit(&mut state, hash, draft, now());
    storage.append(id, &record.key.writer, record.key.sequence, record.content);
    true
}

/// What got another label.
#[derive(Default, Serialize)]
struct Relabelled {
    annotations: usize,
    edits: Vec<Edit>,
}

/// Gives all annotations of the label `from` the label `to` in these documents, as one edit in each;
/// a promise of what did.
#[wasm_bindgen(js_name = relabelDocuments)]
pub fn relabel_documents(ids: Array, from: String, to: String) -> Result<Promise, JsValue> {
    if !is_label_id(&to) {
        return Err(range_error(&format!("{to:?} can’t be the id of a label.")));
    }
    let ids = strings(&ids)?;
    let to: Arc<str> = to.into();
    Ok(promise(async move {
        let storage = storage().await;
        let all = storage.documents().await.map_err(|e| e.to_string())?;
        let mut relabelled = Relabelled::default();
        for summary in all.into_iter().filter(|summary| ids.contains(&summary.id)) {
            let hash = Entry::read(summary.entry).hash;
            let mut state = replay(&storage.load(&summary.id).await);
            let writes: Vec<Write> = state
                .places(Some(&from))
                .iter()
                .map(|place| Write::annotation(&place.id, Value::Label(to.clone())))
                .collect();
            if writes.is_empty() {
                continue;
            }
            relabelled.annotations += writes.len();
            let draft = edit(&state, writes);
            relabelled.edits.push(Edit::new(&summary.id, draft.stamp));
            let record = commit(&mut state, &hash, draft, now());
            let RecordKey { writer, sequence } = &record.key;
            storage.append(&summary.id, writer, *sequence, record.content);
        }
        storage.flushed().await.map_err(|state| state.to_string())?;
        Ok(relabelled)
    }))
}
