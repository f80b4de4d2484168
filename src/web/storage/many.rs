//! What is asked of the stores for many documents at once, in one transaction.

use super::database::{DOCUMENTS, Database, JOURNAL, Mode, SNAPSHOTS, TEXTS};
use super::key::{self, RecordKey};
use super::request::{answer, completion};
use super::state::DatabaseError;
use super::tables::{all_or_nothing, asked, put_record, read_summary, record_key, store};
use super::{DocumentSummary, StoredRecord};
use js_sys::Array;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbRequest, IdbTransaction};

/// What is to be stored of a document.
#[derive(Clone, Debug, Default)]
pub struct Put {
    /// Its id.
    pub id: String,
    /// Its text; `None` leaves it as it is.
    pub text_json: Option<String>,
    /// A snapshot to unite with the one that is stored; `None` leaves that as it is.
    pub snapshot: Option<Uniting>,
    /// Records to add to its journal.
    pub records: Vec<StoredRecord>,
}

/// A snapshot that is united with what is stored, in the transaction that stores it.
#[derive(Clone, Debug)]
pub struct Uniting {
    /// What is new.
    pub snapshot: String,
    /// Of what is stored and what is new, what says both; `None` leaves what is stored.
    pub unite: fn(&str, &str) -> Option<String>,
}

impl Uniting {
    fn with(&self, stored: &JsValue) -> Option<String> {
        match stored.as_string() {
            Some(stored) => (self.unite)(&stored, &self.snapshot),
            None => stored.is_undefined().then(|| self.snapshot.clone()),
        }
    }
}

/// What is stored of a document before it is put.
struct Former {
    summary: IdbRequest,
    /// Asked for where there is a snapshot to unite it with.
    snapshot: Option<IdbRequest>,
}

impl Put {
    /// Nothing but the summary.
    pub fn summary(id: &str) -> Put {
        Put {
            id: id.to_owned(),
            ..Put::default()
        }
    }
}

/// The names of records, of all documents.
#[derive(Default)]
pub struct RecordNames {
    in_database: HashMap<String, HashSet<RecordKey>>,
    /// By the document's part of a key of local storage.
    in_local_storage: HashMap<String, HashSet<RecordKey>>,
}

impl RecordNames {
    pub(super) fn new(
        in_database: HashMap<String, HashSet<RecordKey>>,
        local: Vec<(String, RecordKey)>,
    ) -> RecordNames {
        let mut in_local_storage: HashMap<String, HashSet<RecordKey>> = HashMap::new();
        for (document, record) in local {
            in_local_storage.entry(document).or_default().insert(record);
        }
        RecordNames {
            in_database,
            in_local_storage,
        }
    }

    /// The records of `document` in either store, each once.
    pub fn of(&self, document: &str) -> impl Iterator<Item = &RecordKey> {
        let stored = self.in_database.get(document);
        let local = self.in_local_storage.get(&key::name(document));
        let alone = local
            .into_iter()
            .flatten()
            .filter(move |record| stored.is_none_or(|stored| !stored.contains(*record)));
        stored.into_iter().flatten().chain(alone)
    }
}

pub(super) async fn put(
    database: &Rc<Database>,
    puts: &[Put],
    mut summary: impl FnMut(usize, Option<DocumentSummary>) -> Option<DocumentSummary>,
) -> Result<(), DatabaseError> {
    let transaction = database
        .transaction(&[DOCUMENTS, TEXTS, SNAPSHOTS, JOURNAL], Mode::Write)
        .await?;
    let complete = completion(&transaction);
    let mut formers = Vec::with_capacity(puts.len());
    let asked_for = ask_for_former(&transaction, puts, &mut formers);
    all_or_nothing(&transaction, asked_for)?;
    for (at, (put, former)) in puts.iter().zip(&formers).enumerate() {
        let said = read_summary(&answer(&former.summary).await?);
        let snapshot = match (&put.snapshot, &former.snapshot) {
            (Some(uniting), Some(stored)) => uniting.with(&answer(stored).await?),
            _ => None,
        };
        let written = write_one(&transaction, put, summary(at, said), snapshot);
        all_or_nothing(&transaction, written)?;
    }
    complete.await
}

fn ask_for_former(
    transaction: &IdbTransaction,
    puts: &[Put],
    formers: &mut Vec<Former>,
) -> Result<(), DatabaseError> {
    let documents = store(transaction, DOCUMENTS)?;
    let snapshots = store(transaction, SNAPSHOTS)?;
    for put in puts {
        let id = JsValue::from_str(&put.id);
        let summary = asked(documents.get(&id))?;
        let stored = || asked(snapshots.get(&id));
        let snapshot = put.snapshot.as_ref().map(|_| stored()).transpose()?;
        formers.push(Former { summary, snapshot });
    }
    Ok(())
}

fn write_one(
    transaction: &IdbTransaction,
    put: &Put,
    summary: Option<DocumentSummary>,
    snapshot: Option<String>,
) -> Result<(), DatabaseError> {
    let id = put.id.as_str().into();
    if let Some(summary) = summary {
        let json = serde_json::to_string(&summary)
            .map_err(|error| DatabaseError::Failed(error.to_string()))?;
        asked(store(transaction, DOCUMENTS)?.put_with_key(&json.as_str().into(), &id))?;
    }
    for (name, line) in [(TEXTS, &put.text_json), (SNAPSHOTS, &snapshot)] {
        if let Some(line) = line {
            asked(store(transaction, name)?.put_with_key(&line.as_str().into(), &id))?;
        }
    }
    for record in &put.records {
        put_record(transaction, &put.id, &record.key, &record.content)?;
    }
    Ok(())
}

/// The names of all records of the journal, by document.
pub(super) async fn record_names(
    database: &Rc<Database>,
) -> Result<HashMap<String, HashSet<RecordKey>>, DatabaseError> {
    let transaction = database.transaction(&[JOURNAL], Mode::Read).await?;
    let keys = asked(store(&transaction, JOURNAL)?.get_all_keys())?;
    let keys: Array = answer(&keys).await?.unchecked_into();
    let mut names: HashMap<String, HashSet<RecordKey>> = HashMap::new();
    for key in keys.iter() {
        let document = key
            .dyn_ref::<Array>()
            .and_then(|key| key.get(0).as_string());
        if let (Some(document), Some(record)) = (document, record_key(&key)) {
            names.entry(document).or_default().insert(record);
        }
    }
    Ok(names)
}
