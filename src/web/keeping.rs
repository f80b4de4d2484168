//! Where the open document is kept: its journal's records out and in, other tabs, compaction.

use super::controller::Controller;
use super::panels::NoticeKind;
use super::storage::{
    DocumentSummary, RecordKey, Remote, State, Storage, StoredDocument, Subscription,
};
use crate::document::Document;
use crate::edit::{Transaction, Writer};
use crate::journal::{
    Unreadable, read_document, read_record, read_snapshot, write_document, write_record,
    write_snapshot,
};
use crate::order::sorted;
use crate::session::Session;
use serde::Serialize;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;

/// The database, the channel and the prefix of the keys.
const NAMESPACE: &str = "rubricate";

/// With more records than this, opening a document folds them into its snapshot.
const COMPACT_FROM: usize = 1_000;

/// One open document's place in the stores.
pub struct Keeping {
    storage: Storage,
    document: String,
    writer: Writer,
    sequence: Cell<u32>,
    // What other tabs said before there was somebody to tell; none from then on.
    early: RefCell<Option<Vec<Remote>>>,
    controller: RefCell<Weak<Controller>>,
    // Tells the former state from a new one, so that each is said once.
    was_saved: Cell<bool>,
    was_alone: Cell<bool>,
    subscriptions: RefCell<Vec<Subscription>>,
}

/// What opening found besides annotations.
#[derive(Default)]
pub struct Findings {
    /// Records that could not be read. They are left where they are.
    pub damaged: usize,
    /// Records of a newer version of the program.
    pub newer: usize,
    /// Records whose offsets count in another text.
    pub other_text: usize,
}

impl Findings {
    /// What to say of them; `None` if there is nothing.
    pub fn sentence(&self) -> Option<String> {
        let count = |n: usize| match n {
            1 => "1 stored record".to_owned(),
            n => format!("{n} stored records"),
        };
        if self.newer > 0 {
            return Some(format!(
                "{} of this document come from a newer version of Rubricate, so it is read-only here. Reload the page to get that version; nothing was changed.",
                count(self.newer)
            ));
        }
        let mut sentences = Vec::new();
        if self.damaged > 0 {
            sentences.push(format!(
                "{} could not be read and was left as it is; everything else is here.",
                count(self.damaged)
            ));
        }
        if self.other_text > 0 {
            sentences.push(format!(
                "{} belong to another version of this text and are kept, but not shown.",
                count(self.other_text)
            ));
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

impl Keeping {
    /// Opens the stores and brings what is kept of the session's document into it.
    pub async fn open(session: &mut Session) -> (Rc<Keeping>, Findings) {
        let keeping = Rc::new(Keeping {
            storage: Storage::open(NAMESPACE).await,
            document: session.document().id.clone(),
            writer: session.writer(),
            sequence: Cell::new(0),
            early: RefCell::new(Some(Vec::new())),
            controller: RefCell::default(),
            was_saved: Cell::new(true),
            was_alone: Cell::new(false),
            subscriptions: RefCell::default(),
        });
        // Before reading, so that no record of another tab falls between the two.
        keeping.subscribe();
        let loaded = keeping.storage.load(&keeping.document).await;
        let mut findings = Findings::default();
        if let Some(snapshot) = &loaded.snapshot {
            match read_snapshot(snapshot) {
                Ok((text, folded)) if session.counts_in(&text) => session.merge(folded),
                Ok(_) => findings.other_text += 1,
                Err(unreadable) => findings.note(&unreadable),
            }
        }
        let mut folded = Vec::new();
        let mut seen = HashSet::new();
        let mut bad = Vec::new();
        for record in &loaded.records {
            match read_record(&record.content) {
                Ok(transaction) if session.counts_in(&transaction.text) => {
                    session.receive(&transaction);
                    seen.insert(record.key.clone());
                    folded.push(record.key.clone());
                }
                Ok(_) => findings.other_text += 1,
                Err(unreadable) => bad.push((&record.key, unreadable)),
            }
        }
        // Where the stores differ on a record, one good copy is enough.
        for (key, unreadable) in &bad {
            if !seen.contains(*key) {
                findings.note(unreadable);
            }
        }
        if findings.newer > 0 {
            session.set_read_only(true);
        }
        if findings.newer == 0 && folded.len() > COMPACT_FROM {
            keeping.compact(session, folded).await;
        }
        (keeping, findings)
    }

    /// Folds records into the snapshot: in one transaction with the one that is stored by then.
    async fn compact(&self, session: &Session, folded: Vec<RecordKey>) {
        let state = session.state().clone();
        let text = session.text_hash().clone();
        let merge = move |stored: Option<String>| {
            let mut state = state.clone();
            if let Some(stored) = stored {
                match read_snapshot(&stored) {
                    Ok((of, other)) if of == text => state.merge(other),
                    // Another text's, a newer version's or a damaged one: it stays.
                    _ => return None,
                }
            }
            Some(write_snapshot(&state, &text))
        };
        let _ = self.storage.compact(&self.document, merge, &folded).await;
    }

    fn subscribe(self: &Rc<Self>) {
        let remote = {
            let me = Rc::downgrade(self);
            self.storage.on_remote(move |remote| {
                let Some(me) = me.upgrade() else { return };
                if let Some(early) = &mut *me.early.borrow_mut() {
                    early.push(remote.clone());
                    return;
                }
                let controller = me.controller.borrow().upgrade();
                if let Some(controller) = controller {
                    me.hear(remote, &controller);
                }
            })
        };
        let state = {
            let me = Rc::downgrade(self);
            self.storage.on_state(move |state| {
                let Some(me) = me.upgrade() else { return };
                let controller = me.controller.borrow().upgrade();
                if let Some(controller) = controller {
                    me.state_changed(state, &controller);
                }
            })
        };
        self.subscriptions.borrow_mut().extend([remote, state]);
    }

    /// Tells `controller` from now on what other tabs make and how the stores are.
    pub fn listen(&self, controller: &Rc<Controller>) {
        self.controller.replace(controller.weak());
        for remote in self.early.take().unwrap_or_default() {
            self.hear(&remote, controller);
        }
        self.storage.tell(&Remote::Hello {
            writer: self.writer.to_string(),
        });
    }

    fn hear(&self, remote: &Remote, controller: &Controller) {
        let meet = |writer: &str| {
            if let Ok(writer) = writer.parse() {
                controller.write(|session| session.meet(writer));
            }
        };
        match remote {
            Remote::Record {
                document, content, ..
            } if *document == self.document => {
                if let Ok(transaction) = read_record(content)
                    && controller.read(|s| s.counts_in(&transaction.text)) == Some(true)
                {
                    // Whoever writes is at work, whether or not it said so.
                    controller.write(|s| s.meet(transaction.stamp.writer));
                    controller.receive(&transaction);
                }
            }
            Remote::Record { .. } => {}
            Remote::Hello { writer } => {
                meet(writer);
                self.storage.tell(&Remote::Alive {
                    writer: self.writer.to_string(),
                });
            }
            Remote::Alive { writer } => meet(writer),
            // What a tab made while this one was open stays its own, though it is gone.
            Remote::Bye { .. } => {}
        }
    }

    fn state_changed(&self, state: &State, controller: &Controller) {
        let Some(view) = controller.view() else {
            return;
        };
        let saved = state.is_saved();
        if saved && !self.was_saved.get() {
            view.dispatch("rubricate-saved", &wasm_bindgen::JsValue::NULL, false);
        }
        self.was_saved.set(saved);
        if is_trouble(state) {
            controller.fail("storage", &state.to_string());
        }
        // Nothing is lost then, but one of the two copies is no longer made.
        let alone = matches!(state, State::WithoutLocalStorage { .. });
        if alone && !self.was_alone.replace(alone) {
            view.notice(NoticeKind::Warning, &state.to_string());
        }
    }

    /// What is wrong with the stores, as a sentence; `None` if they keep what is made.
    pub fn trouble(&self) -> Option<String> {
        let state = self.storage.state();
        is_trouble(&state).then(|| state.to_string())
    }

    /// Stores a transaction and tells the other tabs.
    pub fn append(&self, transaction: &Transaction) {
        let sequence = self.sequence.get();
        self.sequence.set(sequence + 1);
        self.was_saved.set(false);
        let writer = self.writer.to_string();
        self.storage
            .append(&self.document, &writer, sequence, write_record(transaction));
    }

    /// Keeps the document's text, so that it can be opened again, and what goes with it.
    pub fn keep_document(&self, document: &Document, beside: Value) {
        let stored = StoredDocument {
            summary: DocumentSummary {
                id: document.id.clone(),
                title: document.title.clone(),
                opened: js_sys::Date::now() as u64,
            },
            text_json: write_document(document, beside),
        };
        let storage = self.storage.clone();
        spawn_local(async move {
            // A store that fails says so through its state.
            let _ = storage.put_document(&stored).await;
        });
    }

    /// What is kept where.
    pub fn state(&self) -> State {
        self.storage.state()
    }

    /// Whether something is not durably stored yet.
    pub fn is_dirty(&self) -> bool {
        self.storage.pending() > 0 || !self.storage.state().is_saved()
    }

    /// Resolves when all so far is durable.
    pub async fn flushed(&self) -> Result<(), String> {
        self.storage
            .flushed()
            .await
            .map_err(|state| state.to_string())
    }

    /// Says goodbye to the other tabs.
    pub fn leave(&self) {
        self.subscriptions.borrow_mut().clear();
        self.storage.tell(&Remote::Bye {
            writer: self.writer.to_string(),
        });
    }
}

fn is_trouble(state: &State) -> bool {
    !state.is_saved() && !matches!(state, State::Saving | State::WithoutLocalStorage { .. })
}

impl Findings {
    fn note(&mut self, unreadable: &Unreadable) {
        match unreadable {
            Unreadable::Damaged(_) => self.damaged += 1,
            Unreadable::Newer(_) => self.newer += 1,
        }
    }
}

/// A document as a list of what is kept shows it.
#[derive(Serialize)]
pub struct KeptDocument {
    id: String,
    title: String,
    // RFC 3339 in UTC.
    opened: String,
    annotations: usize,
}

/// The documents that are kept in this browser, the last opened first.
pub async fn documents() -> Result<Vec<KeptDocument>, String> {
    let storage = Storage::open(NAMESPACE).await;
    let all = storage
        .documents()
        .await
        .map_err(|error| error.to_string())?;
    let all = sorted(all, |a, b| a.opened > b.opened);
    let mut kept = Vec::with_capacity(all.len());
    for document in all {
        let loaded = storage.load(&document.id).await;
        let mut state = crate::edit::State::default();
        if let Some(Ok((_, folded))) = loaded.snapshot.as_deref().map(read_snapshot) {
            state.merge(folded);
        }
        for transaction in loaded.records.iter().flat_map(|r| read_record(&r.content)) {
            state.apply(&transaction);
        }
        let opened = js_sys::Date::new(&(document.opened as f64).into()).to_iso_string();
        kept.push(KeptDocument {
            id: document.id,
            title: document.title.unwrap_or_default(),
            opened: opened.into(),
            annotations: state.len(),
        });
    }
    Ok(kept)
}

/// A document that is kept in this browser.
pub async fn kept_document(id: &str) -> Result<Option<(Document, Value)>, String> {
    let storage = Storage::open(NAMESPACE).await;
    let stored = storage
        .document(id)
        .await
        .map_err(|error| error.to_string())?;
    match stored {
        None => Ok(None),
        Some(stored) => read_document(&stored.text_json)
            .map(Some)
            .map_err(|unreadable| unreadable.to_string()),
    }
}
