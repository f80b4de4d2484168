//! What the browser keeps: each document's journal in local storage and in IndexedDB, and the
//! documents' texts in IndexedDB.
//!
//! Local storage takes a record at once but reaches the disk late: a killed browser loses its last
//! writes. IndexedDB answers a moment later, and what it has answered for is on the disk. So every
//! record goes to both, "saved" means complete in IndexedDB, and reading takes the union. A record
//! is never changed, and each has one writer, so no two tabs ever write the same key.
//!
//! Nothing here knows what a record or a snapshot says.

mod channel;
mod database;
mod keeper;
mod key;
mod listeners;
mod local;
mod many;
mod request;
mod state;
mod tables;

pub use channel::Remote;
pub use key::RecordKey;
pub use listeners::Subscription;
pub use many::{Put, RecordNames, Uniting};
pub use state::{DatabaseError, LocalError, State};

use crate::json::{Fields, Malformed};
use crate::order::sorted;
use channel::Channel;
use database::Database;
use keeper::Keeper;
use local::LocalStore;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The name of the database and of the channel, and the prefix of the keys.
pub const NAMESPACE: &str = "rubricate";

/// What is stored of one document's annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// What compaction has folded so far.
    pub snapshot: Option<String>,
    /// The records of both stores, in the order of their keys. Where the stores differ on a key,
    /// both contents are here, since at most one of them is damaged.
    pub records: Vec<StoredRecord>,
    /// Whether IndexedDB could be read. If not, load again when the state changes.
    pub complete: bool,
}

/// One transaction as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredRecord {
    /// Its name within its document.
    pub key: RecordKey,
    /// Its text, as it was appended.
    pub content: String,
}

/// What a list of documents shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentSummary {
    /// The name under which its annotations are kept.
    pub id: String,
    /// What to call it on screen.
    pub title: Option<String>,
    /// When it was last opened, in milliseconds since 1970.
    pub opened: u64,
    /// What else is to be known without its text, in the caller's own form.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub entry: Value,
}

impl DocumentSummary {
    fn read(mut fields: Fields) -> Result<DocumentSummary, Malformed> {
        Ok(DocumentSummary {
            id: fields.need("id")?,
            title: fields.want("title")?,
            opened: fields.need("opened")?,
            entry: fields.want("entry")?.unwrap_or_default(),
        })
    }
}

/// A document with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDocument {
    /// What a list shows of it.
    pub summary: DocumentSummary,
    /// Its text and structure, in the caller's own form.
    pub text_json: String,
}

/// The two stores of a page. `None` stands for a store that the browser refuses.
pub struct Stores {
    /// For the records.
    pub local: Option<web_sys::Storage>,
    /// For everything.
    pub indexed: Option<web_sys::IdbFactory>,
}

impl Stores {
    /// Those of this window; reading either property may throw, and either may be null.
    pub fn of_window() -> Stores {
        let window = web_sys::window();
        Stores {
            local: window
                .as_ref()
                .and_then(|window| window.local_storage().ok().flatten()),
            indexed: window.and_then(|window| window.indexed_db().ok().flatten()),
        }
    }
}

/// Both stores and the way to the other tabs. Clones share them.
#[derive(Clone)]
pub struct Storage(Rc<Inner>);

struct Inner {
    local: Rc<LocalStore>,
    keeper: Rc<Keeper>,
    channel: Channel,
}

impl Storage {
    /// Opens what this window offers under `namespace`, which is the name of the database and of
    /// the channel, and begins every key of local storage (`<namespace>:j:…`).
    ///
    /// Never fails: where a store is refused, or does not open within four seconds, it goes on
    /// without, and [`Storage::state`] says so.
    pub async fn open(namespace: &str) -> Storage {
        Storage::open_in(namespace, Stores::of_window()).await
    }

    /// Like [`Storage::open`], in other stores than the window's.
    pub async fn open_in(namespace: &str, stores: Stores) -> Storage {
        let local = Rc::new(LocalStore::new(namespace, stores.local));
        let keeper = Keeper::new(local.clone(), |on_change| {
            Database::new(namespace, stores.indexed, on_change)
        });
        let channel = Channel::open(namespace, &local);
        keeper.connect().await;
        Storage(Rc::new(Inner {
            local,
            keeper,
            channel,
        }))
    }

    /// All that is stored of a document's annotations. What only local storage has, since the
    /// browser was ended too early, is stored in IndexedDB again.
    ///
    /// Call [`Storage::on_remote`] first: another tab's record is either heard or found.
    pub async fn load(&self, document: &str) -> Loaded {
        let Inner {
            local,
            keeper,
            channel,
        } = &*self.0;
        channel.hear_of(document);
        // Local storage first: a record that is compacted away after this line is then found in
        // the snapshot, which is read later. The other way round it could be missed in both.
        let queued = keeper.queued(document);
        let kept = local.records(document);
        let read = tables::journal(keeper.database(), document).await;
        let mut loaded = read.unwrap_or_default();
        if loaded.complete {
            let known: HashSet<&RecordKey> = loaded
                .records
                .iter()
                .chain(&queued)
                .filter(|record| !record.content.is_empty())
                .map(|record| &record.key)
                .collect();
            for record in kept.iter().filter(|record| !known.contains(&record.key)) {
                keeper.heal(document, record);
            }
        }
        loaded.records.extend(queued);
        loaded.records.extend(kept);
        loaded.records = sorted(loaded.records, |a, b| a < b);
        loaded.records.dedup();
        loaded
    }

    /// Keeps a record: in local storage before it returns, in IndexedDB soon, and tells the other
    /// tabs. `writer` must be this page load's own, and `sequence` new for it.
    ///
    /// In the state [`State::ReadOnly`] the record stays pending and goes nowhere.
    pub fn append(&self, document: &str, writer: &str, sequence: u32, record: String) {
        let key = RecordKey {
            writer: writer.to_owned(),
            sequence,
        };
        let news = Remote::Record {
            document: document.to_owned(),
            key: key.clone(),
            content: record.clone(),
        };
        let is_written = self.state() != State::ReadOnly;
        self.0.keeper.append(document, key, record);
        if is_written {
            self.0.channel.send(&news);
        }
    }

    /// How many records are not complete in IndexedDB.
    pub fn pending(&self) -> usize {
        self.0.keeper.pending()
    }

    /// What is kept where at the moment.
    pub fn state(&self) -> State {
        self.0.keeper.state()
    }

    /// Calls back whenever [`Storage::state`] has changed, until the guard is dropped.
    pub fn on_state(&self, callback: impl Fn(&State) + 'static) -> Subscription {
        self.0.keeper.listeners().add(callback)
    }

    /// Waits until all that was appended so far is complete in IndexedDB, with strict durability.
    /// If it does not come so far, the error is the state that says why.
    pub async fn flushed(&self) -> Result<(), State> {
        self.0.keeper.flushed().await
    }

    /// Puts `merge(the snapshot that is stored now)` in the place of that snapshot and of exactly
    /// the records named in `folded`, in one transaction; then removes these from local storage.
    ///
    /// If `merge` gives `None` (a snapshot of a newer form, say), everything is left as it is and
    /// the answer is `false`. After an error, too, nothing has changed.
    pub async fn compact(
        &self,
        document: &str,
        merge: impl FnOnce(Option<String>) -> Option<String>,
        folded: &[RecordKey],
    ) -> Result<bool, DatabaseError> {
        // A folded record that is still on its way would come back behind the snapshot. It would
        // say nothing new, so an error here is no obstacle.
        let _ = self.flushed().await;
        let done = tables::compact(self.database(), document, merge, folded).await?;
        if done {
            self.remove_from_local_storage(document, folded.iter());
        }
        Ok(done)
    }

    /// Stores a document, over one of the same id; complete when it returns `Ok`.
    pub async fn put_document(&self, document: &StoredDocument) -> Result<(), DatabaseError> {
        tables::put_document(self.database(), document).await
    }

    /// The document of that id, or `None` if none is stored.
    pub async fn document(&self, id: &str) -> Result<Option<StoredDocument>, DatabaseError> {
        tables::document(self.database(), id).await
    }

    /// Stores texts and records and sets the summaries of their documents, all of it or nothing.
    ///
    /// `summary` is given each document's id, its place in `puts` and the summary that is stored by
    /// then; `None` leaves the summary as it is. The records are told to who has the documents open.
    pub async fn put(
        &self,
        puts: &[Put],
        summary: impl FnMut(usize, Option<DocumentSummary>) -> Option<DocumentSummary>,
    ) -> Result<(), DatabaseError> {
        many::put(self.database(), puts, summary).await?;
        for put in puts {
            for record in &put.records {
                self.0.channel.send(&Remote::Record {
                    document: put.id.clone(),
                    key: record.key.clone(),
                    content: record.content.clone(),
                });
            }
        }
        Ok(())
    }

    /// The records of every document, by name alone.
    pub async fn record_names(&self) -> Result<RecordNames, DatabaseError> {
        let in_database = many::record_names(self.database()).await?;
        Ok(RecordNames::new(in_database, self.0.local.all_keys()))
    }

    /// All stored documents, in no particular order.
    pub async fn documents(&self) -> Result<Vec<DocumentSummary>, DatabaseError> {
        tables::documents(self.database()).await
    }

    /// Removes a document with its journal. After an error nothing has been removed.
    pub async fn delete_document(&self, id: &str) -> Result<(), DatabaseError> {
        let _ = self.flushed().await;
        tables::delete_document(self.database(), id).await?;
        let records = self.0.local.records(id);
        self.remove_from_local_storage(id, records.iter().map(|record| &record.key));
        Ok(())
    }

    /// Calls back with what other tabs (and other values of this type) say, until the guard is
    /// dropped.
    pub fn on_remote(&self, callback: impl Fn(&Remote) + 'static) -> Subscription {
        self.0.channel.on_remote(callback)
    }

    /// Says something to the other tabs; records are told by [`Storage::append`].
    pub fn tell(&self, remote: &Remote) {
        self.0.channel.send(remote);
    }

    fn database(&self) -> &Rc<Database> {
        self.0.keeper.database()
    }

    fn remove_from_local_storage<'a>(
        &self,
        document: &str,
        keys: impl Iterator<Item = &'a RecordKey>,
    ) {
        for key in keys {
            self.0.local.remove(document, key);
        }
    }
}

/// The name and the text of whatever a browser throws.
fn error_text(error: &JsValue) -> (String, String) {
    let property = |name: &str| {
        js_sys::Reflect::get(error, &name.into())
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    let (name, message) = (property("name"), property("message"));
    let text = if name.is_empty() {
        format!("{error:?}")
    } else {
        format!("{name}: {message}")
    };
    (name, text)
}
