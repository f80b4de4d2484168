//! Deleting documents, and bringing them back for thirty days.

use super::list::{TRASH_KEEPS, purge};
use super::{milliseconds, promise, rfc3339, storage, strings};
use crate::corpus::Entry;
use crate::order::sorted;
use crate::web::storage::Put;
use js_sys::{Array, Promise};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Puts documents into the trash; a promise of how many.
#[wasm_bindgen(js_name = deleteDocuments)]
pub fn delete_documents(ids: Array) -> Result<Promise, JsValue> {
    let now = milliseconds();
    Ok(mark(strings(&ids)?, Some(now)))
}

/// Takes documents out of the trash again; a promise of how many.
#[wasm_bindgen(js_name = restoreDocuments)]
pub fn restore_documents(ids: Array) -> Result<Promise, JsValue> {
    Ok(mark(strings(&ids)?, None))
}

fn mark(mut ids: Vec<String>, deleted: Option<u64>) -> Promise {
    ids = sorted(ids, |a, b| a < b);
    ids.dedup();
    promise(async move {
        let storage = storage().await;
        let puts: Vec<Put> = ids.iter().map(|id| Put::summary(id)).collect();
        let mut count = 0;
        let put = storage.put(&puts, |_, stored| {
            let mut stored = stored?;
            let mut entry = Entry::read(stored.entry);
            if entry.deleted.is_some() == deleted.is_some() {
                return None;
            }
            entry.deleted = deleted;
            count += 1;
            stored.entry = entry.to_json();
            Some(stored)
        });
        put.await.map_err(|error| error.to_string())?;
        Ok(count)
    })
}

#[derive(Serialize)]
struct Deleted {
    id: String,
    title: String,
    deleted: String,
    until: String,
    annotations: u32,
}

/// What is in the trash, the last deleted first. What has been there for longer than thirty days
/// is removed for good.
#[wasm_bindgen(js_name = deletedDocuments)]
pub fn deleted_documents() -> Promise {
    promise(async {
        let storage = storage().await;
        purge(&storage).await;
        let all = storage.documents().await.map_err(|e| e.to_string())?;
        let deleted = all
            .into_iter()
            .filter_map(|summary| {
                let entry = Entry::read(summary.entry);
                let at = entry.deleted?;
                let deleted = Deleted {
                    id: summary.id,
                    title: summary.title.unwrap_or_default(),
                    deleted: rfc3339(at),
                    until: rfc3339(at.saturating_add(TRASH_KEEPS)),
                    annotations: entry.work.map_or(0, |work| work.annotations()),
                };
                Some((at, deleted))
            })
            .collect();
        let deleted: Vec<_> = sorted(deleted, |a: &(u64, _), b: &(u64, _)| a.0 > b.0);
        Ok(deleted.into_iter().map(|(_, d)| d).collect::<Vec<_>>())
    })
}
