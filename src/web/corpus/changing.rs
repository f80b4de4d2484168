//! Changing what is said of documents that need not be open: their state and their flags.

use super::{commit, promise, replay, storage, strings};
use crate::corpus::{Entry, Flag};
use crate::edit::{DocumentState, Subject, Value, Write};
use crate::order::sorted;
use crate::web::contract::{get, get_string, range_error};
use crate::web::controller::now;
use crate::web::storage::{Put, Storage};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

/// A state by its name in the contract.
pub fn document_state(name: &str, reason: Option<String>) -> Result<DocumentState, JsValue> {
    match name {
        "open" => Ok(DocumentState::Open),
        "done" => Ok(DocumentState::Done),
        "skipped" => Ok(DocumentState::Skipped(reason.unwrap_or_default().into())),
        _ => Err(range_error(&format!(
            "There is no state {name:?}; the states are open, done and skipped."
        ))),
    }
}

/// Sets `{state?, reason?, flags?: {name: whether}}` of documents; a promise of how many changed.
#[wasm_bindgen(js_name = changeDocuments)]
pub fn change_documents(ids: Array, changes: JsValue) -> Result<Promise, JsValue> {
    let ids = sorted(strings(&ids)?, |a, b| a < b);
    let state = match get_string(&changes, "state")? {
        Some(name) => Some(document_state(&name, get_string(&changes, "reason")?)?),
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
    let mut state = replay(&loaded, hash);
    if state.document_state() == *wanted {
        return false;
    }
    let write = Write {
        subject: Subject::Document,
        value: Value::State(wanted.clone()),
        restores: None,
    };
    let record = commit(&mut state, hash, vec![write], now());
    storage.append(id, &record.key.writer, record.key.sequence, record.content);
    true
}
