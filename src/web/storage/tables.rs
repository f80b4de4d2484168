//! What is asked of the database's stores, a transaction for each question or change.

use super::database::{DOCUMENTS, Database, JOURNAL, Mode, SNAPSHOTS, TEXTS};
use super::key::RecordKey;
use super::request::{answer, completion, database_error};
use super::state::DatabaseError;
use super::{DocumentSummary, Loaded, StoredDocument, StoredRecord};
use crate::json::{self, Fields, Read};
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransaction};

/// A document's snapshot and records, as they stand together at one moment.
pub(super) async fn journal(
    database: &Rc<Database>,
    document: &str,
) -> Result<Loaded, DatabaseError> {
    let transaction = database
        .transaction(&[SNAPSHOTS, JOURNAL], Mode::Read)
        .await?;
    let records = store(&transaction, JOURNAL)?;
    let range = records_of(document)?;
    let snapshot = asked(store(&transaction, SNAPSHOTS)?.get(&document.into()))?;
    let keys = asked(records.get_all_keys_with_key(&range))?;
    let contents = asked(records.get_all_with_key(&range))?;
    let snapshot = Some(answer(&snapshot).await?)
        .filter(|snapshot| !snapshot.is_undefined())
        .map(|snapshot| text_of(&snapshot));
    let keys: Array = answer(&keys).await?.unchecked_into();
    let contents: Array = answer(&contents).await?.unchecked_into();
    let records = keys
        .iter()
        .zip(contents.iter())
        .filter_map(|(key, content)| {
            Some(StoredRecord {
                key: record_key(&key)?,
                content: text_of(&content),
            })
        });
    Ok(Loaded {
        snapshot,
        records: records.collect(),
        complete: true,
    })
}

/// Adds a record to the journal; part of a transaction that is under way.
pub(super) fn put_record(
    transaction: &IdbTransaction,
    document: &str,
    key: &RecordKey,
    content: &str,
) -> Result<(), DatabaseError> {
    let journal = store(transaction, JOURNAL)?;
    asked(journal.put_with_key(&content.into(), &journal_key(document, key)))?;
    Ok(())
}

/// Puts `merge(the stored snapshot)` in the place of the snapshot and of the `folded` records.
/// Where `merge` gives `None` nothing changes, and the answer is `false`.
pub(super) async fn compact(
    database: &Rc<Database>,
    document: &str,
    merge: impl FnOnce(Option<String>) -> Option<String>,
    folded: &[RecordKey],
) -> Result<bool, DatabaseError> {
    let transaction = database
        .transaction(&[SNAPSHOTS, JOURNAL], Mode::Write)
        .await?;
    let complete = completion(&transaction);
    let snapshots = store(&transaction, SNAPSHOTS)?;
    let stored = asked(snapshots.get(&document.into()))?;
    let stored = answer(&stored).await?;
    if !stored.is_undefined() && !stored.is_string() {
        return Ok(false);
    }
    let Some(merged) = merge(stored.as_string()) else {
        return Ok(false);
    };
    let written = replace(&transaction, document, &merged, folded);
    all_or_nothing(&transaction, written)?;
    complete.await?;
    Ok(true)
}

fn replace(
    transaction: &IdbTransaction,
    document: &str,
    snapshot: &str,
    folded: &[RecordKey],
) -> Result<(), DatabaseError> {
    asked(store(transaction, SNAPSHOTS)?.put_with_key(&snapshot.into(), &document.into()))?;
    let journal = store(transaction, JOURNAL)?;
    for key in folded {
        asked(journal.delete(&journal_key(document, key)))?;
    }
    Ok(())
}

/// Stores a document's text and summary, over those of the same id.
pub(super) async fn put_document(
    database: &Rc<Database>,
    document: &StoredDocument,
) -> Result<(), DatabaseError> {
    let summary = serde_json::to_string(&document.summary)
        .map_err(|error| DatabaseError::Failed(error.to_string()))?;
    let id = JsValue::from_str(&document.summary.id);
    write(database, &[DOCUMENTS, TEXTS], |transaction| {
        asked(store(transaction, DOCUMENTS)?.put_with_key(&summary.as_str().into(), &id))?;
        asked(store(transaction, TEXTS)?.put_with_key(&document.text_json.as_str().into(), &id))?;
        Ok(())
    })
    .await
}

/// A document as it was stored, or `None`.
pub(super) async fn document(
    database: &Rc<Database>,
    id: &str,
) -> Result<Option<StoredDocument>, DatabaseError> {
    let transaction = database
        .transaction(&[DOCUMENTS, TEXTS], Mode::Read)
        .await?;
    let summary = asked(store(&transaction, DOCUMENTS)?.get(&id.into()))?;
    let text = asked(store(&transaction, TEXTS)?.get(&id.into()))?;
    let summary = read_summary(&answer(&summary).await?);
    let text_json = answer(&text).await?.as_string();
    Ok(summary
        .zip(text_json)
        .map(|(summary, text_json)| StoredDocument { summary, text_json }))
}

/// All documents but their texts; an entry that does not read is passed over.
pub(super) async fn documents(
    database: &Rc<Database>,
) -> Result<Vec<DocumentSummary>, DatabaseError> {
    let transaction = database.transaction(&[DOCUMENTS], Mode::Read).await?;
    let all = asked(store(&transaction, DOCUMENTS)?.get_all())?;
    let all: Array = answer(&all).await?.unchecked_into();
    Ok(all.iter().filter_map(|json| read_summary(&json)).collect())
}

/// Removes all that is kept of a document.
pub(super) async fn delete_document(
    database: &Rc<Database>,
    id: &str,
) -> Result<(), DatabaseError> {
    let stores = [DOCUMENTS, TEXTS, SNAPSHOTS];
    write(
        database,
        &[DOCUMENTS, TEXTS, SNAPSHOTS, JOURNAL],
        |transaction| {
            for name in stores {
                asked(store(transaction, name)?.delete(&id.into()))?;
            }
            asked(store(transaction, JOURNAL)?.delete(&records_of(id)?.into()))?;
            Ok(())
        },
    )
    .await
}

/// One transaction of the requests that `issue` makes; all of them are stored, or none.
pub(super) async fn write(
    database: &Rc<Database>,
    stores: &[&str],
    issue: impl FnOnce(&IdbTransaction) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    let transaction = database.transaction(stores, Mode::Write).await?;
    let complete = completion(&transaction);
    all_or_nothing(&transaction, issue(&transaction))?;
    complete.await
}

/// A transaction commits by itself what was asked of it before an error, unless it is aborted.
pub(super) fn all_or_nothing(
    transaction: &IdbTransaction,
    issued: Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    if issued.is_err() {
        // Fails only where it has been aborted already.
        let _ = transaction.abort();
    }
    issued
}

pub(super) fn store(
    transaction: &IdbTransaction,
    name: &str,
) -> Result<IdbObjectStore, DatabaseError> {
    asked(transaction.object_store(name))
}

pub(super) fn asked<T>(made: Result<T, JsValue>) -> Result<T, DatabaseError> {
    made.map_err(|error| database_error(&error))
}

/// What is stored, if it is a text. Anything else is damage, which reads as an empty record.
fn text_of(stored: &JsValue) -> String {
    stored.as_string().unwrap_or_default()
}

pub(super) fn read_summary(json: &JsValue) -> Option<DocumentSummary> {
    let value = json::parse(&json.as_string()?).ok()?;
    DocumentSummary::read(Fields::read(value)?).ok()
}

fn journal_key(document: &str, key: &RecordKey) -> JsValue {
    Array::of3(
        &document.into(),
        &key.writer.as_str().into(),
        &key.sequence.into(),
    )
    .into()
}

/// The range of a document's keys: in IndexedDB's order an array stands above any string.
fn records_of(document: &str) -> Result<IdbKeyRange, DatabaseError> {
    let document = JsValue::from_str(document);
    asked(IdbKeyRange::bound(
        &Array::of1(&document),
        &Array::of2(&document, &Array::new()),
    ))
}

pub(super) fn record_key(key: &JsValue) -> Option<RecordKey> {
    let key: &Array = key.dyn_ref()?;
    let sequence = key.get(2).as_f64()?;
    // The cast saturates, so a sequence that no record can have does not come back equal.
    let whole = sequence as u32;
    (f64::from(whole) == sequence).then_some(RecordKey {
        writer: key.get(1).as_string()?,
        sequence: whole,
    })
}
