//! Where the open document is kept: its journal's records out and in, other tabs, compaction.

mod text;

use super::contract::By;
use super::controller::Controller;
use super::findings::{Findings, take_in};
use super::panels::NoticeKind;
use super::storage::{NAMESPACE, RecordKey, Remote, State, Storage, Subscription};
use super::texts::{self, Stored};
use super::versions;
use super::world::is_framed_by_another_origin;
use crate::document::Document;
use crate::edit::{Change, Changed, Transaction, Writer};
use crate::journal::{Unreadable, read_record, read_snapshot, write_record, write_snapshot};
use crate::session::Session;
use gloo::timers::callback::Timeout;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// What to know of the stores within a page of another origin.
pub const APART: &str = "This article stands within another site’s page, where browsers keep its storage apart: \
    what you tag may be found here alone. Download it to take it elsewhere.";

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
    // Whether IndexedDB could not be read when the document was opened.
    is_incomplete: Cell<bool>,
    // Whether the document's text is not stored yet; and what becomes of that, as a promise of the
    // sentence that says why it failed, or of `undefined`.
    text_waits: Cell<bool>,
    text_kept: RefCell<Option<js_sys::Promise>>,
    // Counts what is to be stored of texts, so that the last one alone is said to be.
    text_number: Cell<u32>,
    // When that is tried again, and after how long the next time.
    text_retry: RefCell<Option<Timeout>>,
    text_retry_ms: Cell<u32>,
    subscriptions: RefCell<Vec<Subscription>>,
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
            is_incomplete: Cell::new(false),
            text_waits: Cell::new(false),
            text_kept: RefCell::default(),
            text_number: Cell::new(0),
            text_retry: RefCell::default(),
            text_retry_ms: Cell::new(text::FIRST_RETRY_MS),
            subscriptions: RefCell::default(),
        });
        // Before reading, so that no record of another tab falls between the two.
        keeping.subscribe();
        let loaded = keeping.storage.load(&keeping.document).await;
        keeping.is_incomplete.set(!loaded.complete);
        let (findings, folded) = take_in(session, &loaded);
        if findings.newer > 0 || keeping.storage.state() == State::ReadOnly {
            session.lock();
        }
        let unknown = session.state().unknown_texts();
        for version in versions::find(&keeping.storage, &keeping.document, &unknown).await {
            session.recall(version);
        }
        if findings.newer == 0 && folded.len() > COMPACT_FROM {
            keeping.compact(session, folded).await;
        }
        (keeping, findings)
    }

    /// Folds records into the snapshot: in one transaction with the one that is stored by then.
    async fn compact(&self, session: &Session, folded: Vec<RecordKey>) {
        let state = session.state().clone();
        // With one text alone the snapshot can be read by what knows no versions.
        let text = match &state.texts()[..] {
            [only] => only.clone(),
            _ => session.text_hash().clone(),
        };
        let merge = move |stored: Option<String>| {
            let mut state = state.clone();
            if let Some(stored) = stored {
                match read_snapshot(&stored) {
                    Ok((_, other)) => state.merge(other),
                    // A newer version's or a damaged one: it stays.
                    Err(_) => return None,
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
                    me.catch_up(state);
                }
            })
        };
        self.subscriptions.borrow_mut().extend([remote, state]);
    }

    /// Tells `controller` from now on what other tabs make and how the stores are.
    pub fn listen(self: &Rc<Self>, controller: &Rc<Controller>) {
        self.controller.replace(controller.weak());
        for remote in self.early.take().unwrap_or_default() {
            self.hear(&remote, controller);
        }
        self.storage.tell(&Remote::Hello {
            writer: self.writer.to_string(),
        });
    }

    fn hear(self: &Rc<Self>, remote: &Remote, controller: &Controller) {
        let meet = |writer: &str| {
            if let Ok(writer) = writer.parse() {
                controller.meet(writer);
            }
        };
        match remote {
            Remote::Record {
                document, content, ..
            } if *document == self.document => match read_record(content) {
                Ok(transaction) => {
                    // Whoever writes is at work, whether or not it said so.
                    controller.meet(transaction.stamp.writer);
                    controller.receive(&transaction);
                    self.recall(controller);
                }
                Err(Unreadable::Newer(_)) => Self::lock(controller, &Findings::newer(1)),
                Err(Unreadable::Damaged(_)) => {}
            },
            Remote::Record { .. } => {}
            Remote::Hello { writer } => {
                meet(writer);
                // An element that was taken off the page counts as gone until it writes.
                if controller.view().is_some() {
                    self.storage.tell(&Remote::Alive {
                        writer: self.writer.to_string(),
                    });
                }
            }
            Remote::Alive { writer } => meet(writer),
            // What a tab made while this one was open stays its own, though it is gone.
            Remote::Bye { .. } => {}
        }
    }

    /// Forbids changes from now on, since a newer version of the program is at work on the document.
    fn lock(controller: &Controller, findings: &Findings) {
        if controller.read(Session::is_locked) != Some(false) {
            return;
        }
        controller.write(Session::lock);
        if let Some(view) = controller.view() {
            view.moved(controller, false);
            if let Some(sentence) = findings.sentence() {
                view.notice(NoticeKind::Warning, &sentence);
            }
        }
    }

    /// Looks for the texts that annotations count in and that the session doesn't have.
    fn recall(self: &Rc<Self>, controller: &Controller) {
        let unknown = controller.read(|session| session.state().unknown_texts());
        let unknown = unknown.unwrap_or_default();
        if unknown.is_empty() {
            return;
        }
        let me = self.clone();
        spawn_local(async move {
            let found = versions::find(&me.storage, &me.document, &unknown).await;
            let controller = me.controller.borrow().upgrade();
            let Some(controller) = controller else { return };
            for version in found {
                if let Some(change) = controller.write(|session| session.recall(version)) {
                    controller.show(&change, By::OtherTab);
                }
            }
        });
    }

    fn state_changed(&self, state: &State, controller: &Controller) {
        let saved = state.is_saved();
        if saved && !self.was_saved.get() && !self.text_waits.get() {
            controller.dispatch("rubricate-saved", &JsValue::NULL, false);
        }
        self.was_saved.set(saved);
        if *state == State::ReadOnly {
            // What there is to say of it is said below.
            Self::lock(controller, &Findings::default());
        }
        if is_trouble(state) {
            controller.fail("storage", &state.to_string());
        }
        // Nothing is lost then, but one of the two copies is no longer made.
        let alone = matches!(state, State::WithoutLocalStorage { .. });
        if alone
            && !self.was_alone.replace(alone)
            && let Some(view) = controller.view()
        {
            view.notice(NoticeKind::Warning, &state.to_string());
        }
    }

    /// IndexedDB can be read at last: what only it has comes in now.
    fn catch_up(self: &Rc<Self>, state: &State) {
        if is_trouble(state) || !self.is_incomplete.replace(false) {
            return;
        }
        let me = self.clone();
        spawn_local(async move {
            let loaded = me.storage.load(&me.document).await;
            me.is_incomplete.set(!loaded.complete);
            let controller = me.controller.borrow().upgrade();
            let Some(controller) = controller else { return };
            let mut newer = 0;
            let change = controller.write(|session| {
                let before: HashSet<_> = session.state().annotations().map(|a| a.id).collect();
                newer = take_in(session, &loaded).0.newer;
                let all = session.state().annotations();
                let added = all.filter(|a| !before.contains(&a.id)).map(|a| Changed {
                    before: None,
                    after: Some(a),
                });
                Change {
                    annotations: added.collect(),
                    document: true,
                    orphans: true,
                }
            });
            if let Some(change) = change {
                controller.show(&change, By::OtherTab);
            }
            if newer > 0 {
                Self::lock(&controller, &Findings::newer(newer));
            }
            me.recall(&controller);
        });
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

    /// What was kept beside this very text when it was open before.
    pub async fn beside(&self, document: &Document) -> Value {
        match texts::find(&self.storage, &document.id).await {
            Ok(Stored::Text(stored)) if stored.0.text.as_str() == document.text.as_str() => {
                stored.1
            }
            _ => Value::Null,
        }
    }

    /// What is kept where, as a sentence or two.
    pub fn message(&self) -> String {
        match self.trouble().is_none() && is_framed_by_another_origin() {
            true => format!("{} {APART}", self.state()),
            false => self.state().to_string(),
        }
    }

    /// What is kept where.
    pub fn state(&self) -> State {
        self.storage.state()
    }

    /// Whether something is not durably stored yet.
    pub fn is_dirty(&self) -> bool {
        self.storage.pending() > 0 || self.text_waits.get() || self.is_incomplete.get()
    }

    /// Whether edits wait for the stores.
    pub fn is_waiting(&self) -> bool {
        self.storage.pending() > 0
    }

    /// Resolves when all so far is durable.
    pub async fn flushed(&self) -> Result<(), String> {
        let flushed = self.storage.flushed().await;
        flushed.map_err(|state| state.to_string())?;
        let text = self.text_kept.borrow().clone();
        match text {
            Some(text) => match JsFuture::from(text).await {
                Ok(failed) => failed.as_string().map_or(Ok(()), Err),
                Err(_) => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// Says goodbye to the other tabs. What is under way ends without a word to the controller, which has
    /// another document from now on.
    pub fn leave(&self) {
        self.controller.take();
        self.subscriptions.borrow_mut().clear();
        self.text_retry.take();
        self.storage.tell(&Remote::Bye {
            writer: self.writer.to_string(),
        });
    }
}

fn is_trouble(state: &State) -> bool {
    !state.is_saved() && !matches!(state, State::Saving | State::WithoutLocalStorage { .. })
}

/// A document that is kept in this browser, and what is kept beside it.
pub async fn kept_document(id: &str) -> Result<Option<(Document, Value)>, String> {
    let storage = Storage::open(NAMESPACE).await;
    if texts::is_deleted(&storage, id).await {
        return Ok(None);
    }
    match texts::find(&storage, id).await? {
        Stored::Text(text) => Ok(Some(*text)),
        Stored::Nothing => Ok(None),
        Stored::Newer(sentence) => Err(sentence),
    }
}
