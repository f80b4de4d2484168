//! The page's fourth module: the documents that are kept in this browser, as a whole. It meets the
//! element's module in the stores and on the channel alone, as another tab does.

mod adding;
mod backup;
mod changing;
mod export;
mod list;
mod plan;
mod trash;
mod undoing;

use super::contract::{get, type_error};
use super::storage::{Loaded, NAMESPACE, RecordKey, Storage, StoredRecord};
use crate::corpus::Fingerprint;
use crate::edit::{Draft, Kind, Stamp, State, Transaction, Write, Writer};
use crate::journal::{read_record, read_snapshot, write_record};
use crate::panics::point;
use js_sys::{Array, Promise};
use serde::Serialize;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

thread_local! {
    static STORAGE: RefCell<Option<Storage>> = const { RefCell::new(None) };
}

/// The stores, opened once.
async fn storage() -> Storage {
    point();
    if let Some(storage) = STORAGE.with_borrow(Clone::clone) {
        return storage;
    }
    let storage = Storage::open(NAMESPACE).await;
    STORAGE.set(Some(storage.clone()));
    storage
}

/// A promise of what `work` gives, or of the sentence that says why it failed.
fn promise<T: Serialize>(work: impl Future<Output = Result<T, String>> + 'static) -> Promise {
    future_to_promise(async move {
        match work.await {
            Ok(value) => Ok(super::contract::to_js(&value)),
            Err(message) => Err(js_sys::Error::new(&message).into()),
        }
    })
}

/// The strings of an array; anything else in it is a mistake of the caller's.
fn strings(list: &Array) -> Result<Vec<String>, JsValue> {
    list.iter()
        .map(|item| {
            item.as_string()
                .ok_or_else(|| type_error("The ids must be an array of strings."))
        })
        .collect()
}

fn flag(options: &JsValue, name: &str) -> bool {
    get(options, name).is_some_and(|value| value.is_truthy())
}

/// Milliseconds since 1970.
fn milliseconds() -> u64 {
    js_sys::Date::now() as u64
}

/// A time as RFC 3339 in UTC.
fn rfc3339(milliseconds: u64) -> String {
    let date = js_sys::Date::new(&(milliseconds as f64).into());
    // Throws for what lies outside of all calendars.
    match (milliseconds as f64) < 8.64e15 {
        true => date.to_iso_string().into(),
        false => String::new(),
    }
}

/// What a journal comes to, whatever versions of the text it counts in: no text is open in it, so no
/// span is looked for.
fn replay(loaded: &Loaded) -> State {
    let mut state = State::default();
    if let Some(Ok((_, folded))) = loaded.snapshot.as_deref().map(read_snapshot) {
        state.merge(folded);
    }
    for transaction in loaded.records.iter().flat_map(|r| read_record(&r.content)) {
        state.apply(&transaction);
    }
    state
}

fn fingerprint<'a>(records: impl Iterator<Item = &'a RecordKey>) -> Fingerprint {
    let mut fingerprint = Fingerprint::default();
    for record in records {
        fingerprint.add(&record.writer, record.sequence);
    }
    fingerprint
}

/// The stamp of an edit on a document that is not open here, by a writer of its own.
fn stamp(state: &State) -> Stamp {
    state.next_stamp(Writer(u64::from_le_bytes(super::world::random())))
}

/// An edit on a document that is not open here.
fn edit(state: &State, writes: Vec<Write>) -> Draft {
    Draft {
        stamp: stamp(state),
        kind: Kind::Edit,
        writes,
    }
}

/// Applies an edit to `state`, and gives the record to store of it.
fn commit(state: &mut State, text: &str, draft: Draft, now: Arc<str>) -> StoredRecord {
    let Draft {
        stamp,
        kind,
        writes,
    } = draft;
    let transaction = Transaction {
        stamp,
        at: now,
        text: text.into(),
        kind,
        writes,
    };
    state.apply(&transaction);
    StoredRecord {
        key: RecordKey {
            writer: stamp.writer.to_string(),
            sequence: 0,
        },
        content: write_record(&transaction),
    }
}
