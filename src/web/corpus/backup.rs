//! Everything that is kept here as one file, and back.

use super::{milliseconds, promise, rfc3339, storage};
use crate::corpus::{Backup, Copy, Entry, Header, read_backup, write_end, write_header};
use crate::edit::State;
use crate::journal::{read_document, read_snapshot, write_snapshot};
use crate::json;
use crate::web::contract::get;
use crate::web::storage::{DocumentSummary, Put, RecordKey, Storage, StoredRecord, Uniting};
use crate::web::world::sentence;
use js_sys::{Array, JSON, Promise};
use serde::Serialize;
use std::collections::HashSet;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{File, FilePropertyBag};

/// How many documents are restored in one transaction.
const AT_ONCE: usize = 100;

/// A promise of a file with all that is kept, the trash included. `beside` is JSON that the page
/// wants to have back with it.
#[wasm_bindgen]
pub fn backup(beside: Option<String>) -> Promise {
    future_to_promise(async move {
        let made = make(beside).await;
        made.map_err(|message| js_sys::Error::new(&message).into())
    })
}

async fn make(beside: Option<String>) -> Result<JsValue, String> {
    let storage = storage().await;
    // What waits for the database is in the copy as well, through the journal's union.
    let all = storage.documents().await.map_err(|e| e.to_string())?;
    let now = rfc3339(milliseconds());
    let header = Header {
        created: now.clone(),
        documents: all.len(),
        beside: beside
            .and_then(|beside| json::parse(&beside).ok())
            .unwrap_or_default(),
    };
    let parts = Array::new();
    let line = |line: String| parts.push(&(line + "\n").into());
    line(write_header(&header));
    let count = all.len();
    for summary in all {
        line(copy(&storage, summary).await?.write());
    }
    line(write_end(count));
    let options = FilePropertyBag::new();
    options.set_type("application/x-ndjson");
    let day = now.get(..10).unwrap_or_default();
    let name = format!("rubricate-backup-{day}.jsonl");
    let file = File::new_with_str_sequence_and_options(&parts, &name, &options);
    file.map(JsValue::from).map_err(|error| sentence(&error))
}

async fn copy(storage: &Storage, summary: DocumentSummary) -> Result<Copy, String> {
    let stored = storage.document(&summary.id).await;
    let stored = stored.map_err(|error| error.to_string())?;
    let loaded = storage.load(&summary.id).await;
    if !loaded.complete {
        return Err("What is stored here could not be read. Try again.".into());
    }
    Ok(Copy {
        id: summary.id,
        title: summary.title,
        opened: summary.opened,
        entry: summary.entry,
        text: stored.map(|stored| stored.text_json),
        snapshot: loaded.snapshot,
        records: loaded
            .records
            .into_iter()
            .map(|r| (r.key.writer, r.key.sequence, r.content))
            .collect(),
    })
}

#[derive(Default, Serialize)]
struct Restored {
    documents: usize,
    added: usize,
    united: usize,
    differing: usize,
    created: String,
    // Made by the browser: numbers, which we keep with their digits, would become objects.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    beside: JsValue,
}

/// Restores a backup: what is not here comes, and what is here is united with it. A promise of
/// `{documents, added, united, differing, created, beside}`; `{dry: true}` only counts.
#[wasm_bindgen(js_name = restoreBackup)]
pub fn restore_backup(file: File, options: JsValue) -> Promise {
    let dry = get(&options, "dry").is_some_and(|dry| dry.is_truthy());
    promise(async move {
        let content = JsFuture::from(file.text()).await;
        let content = content
            .map_err(|error| format!("The file could not be read: {}.", sentence(&error)))?
            .as_string()
            .unwrap_or_default();
        let backup = read_backup(&content).map_err(|error| error.to_string())?;
        let storage = storage().await;
        restore(&storage, &backup, dry).await
    })
}

async fn restore(storage: &Storage, backup: &Backup<'_>, dry: bool) -> Result<Restored, String> {
    let here = storage.documents().await.map_err(|e| e.to_string())?;
    let here: HashSet<String> = here.into_iter().map(|summary| summary.id).collect();
    let mut restored = Restored {
        created: backup.header.created.clone(),
        beside: JSON::parse(&backup.header.beside.to_string()).unwrap_or(JsValue::NULL),
        ..Restored::default()
    };
    let mut batch = Vec::new();
    for copy in backup.documents() {
        restored.documents += 1;
        match here.contains(&copy.id) {
            false => restored.added += 1,
            true if has_other_text(storage, &copy).await? => {
                restored.differing += 1;
                continue;
            }
            true => restored.united += 1,
        }
        if !dry {
            batch.push(copy);
        }
        if batch.len() == AT_ONCE {
            put(storage, std::mem::take(&mut batch)).await?;
        }
    }
    put(storage, batch).await?;
    Ok(restored)
}

/// Whether another text is kept here under the same id: its annotations count in that one.
async fn has_other_text(storage: &Storage, copy: &Copy) -> Result<bool, String> {
    let stored = storage.document(&copy.id).await;
    let stored = stored.map_err(|error| error.to_string())?;
    let text = |line: &str| read_document(line).ok().map(|(document, _)| document.text);
    let (Some(here), Some(there)) = (stored, &copy.text) else {
        return Ok(false);
    };
    Ok(match (text(&here.text_json), text(there)) {
        (Some(here), Some(there)) => here.as_str() != there.as_str(),
        _ => false,
    })
}

async fn put(storage: &Storage, copies: Vec<Copy>) -> Result<(), String> {
    let mut puts = Vec::with_capacity(copies.len());
    let mut summaries = Vec::with_capacity(copies.len());
    for copy in copies {
        puts.push(Put {
            id: copy.id.clone(),
            text_json: copy.text,
            snapshot: copy.snapshot.map(|snapshot| Uniting {
                snapshot,
                unite: united,
            }),
            records: copy
                .records
                .into_iter()
                .map(|(writer, sequence, content)| StoredRecord {
                    key: RecordKey { writer, sequence },
                    content,
                })
                .collect(),
        });
        summaries.push(DocumentSummary {
            id: copy.id,
            title: copy.title,
            opened: copy.opened,
            entry: copy.entry,
        });
    }
    let put = storage.put(&puts, |at, stored| {
        let copied = summaries.get(at)?.clone();
        let Some(mut stored) = stored else {
            return Some(copied);
        };
        let mut entry = Entry::read(stored.entry);
        let other = Entry::read(copied.entry);
        // Whoever restores a backup wants to see what is in it.
        if other.deleted.is_none() {
            entry.deleted = None;
        }
        for flag in other.flags {
            if !entry.flags.contains(&flag) {
                entry.flags.push(flag);
            }
        }
        entry.work = None;
        stored.entry = entry.to_json();
        Some(stored)
    });
    put.await.map_err(|error| {
        format!("Not all of the backup could be restored: {error}. What came in is complete; restore it again when there is room.")
    })
}

/// The snapshot that says what both say; `None` for damage or a newer form: what is stored stays.
fn united(stored: &str, copied: &str) -> Option<String> {
    match (read_snapshot(stored), read_snapshot(copied)) {
        (Ok((text, a)), Ok((_, b))) => {
            let mut state = State::default();
            state.merge(a);
            state.merge(b);
            Some(write_snapshot(&state, &text))
        }
        _ => None,
    }
}
