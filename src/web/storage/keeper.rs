//! Sees to it that every record reaches local storage at once and IndexedDB soon, and says how far
//! that has come.

use super::StoredRecord;
use super::database::{Database, JOURNAL};
use super::key::RecordKey;
use super::listeners::Listeners;
use super::local::LocalStore;
use super::state::{DatabaseError, LocalError, State};
use super::tables;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use wasm_bindgen_futures::spawn_local;

const FIRST_RETRY_MS: u32 = 1_000;
const RETRIES_AT_MOST_EVERY_MS: u32 = 60_000;

/// The way of records into both stores.
pub(super) struct Keeper {
    local: Rc<LocalStore>,
    database: Rc<Database>,
    /// Records that are not complete in the database, in the order of their appending.
    queue: RefCell<VecDeque<Queued>>,
    /// How many records ever went into the queue, and came out of it stored.
    appended: Cell<u64>,
    stored: Cell<u64>,
    /// Whether a task is emptying the queue.
    storing: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
    retry: RefCell<Option<Timeout>>,
    retry_ms: Cell<u32>,
    local_error: RefCell<Option<LocalError>>,
    database_error: RefCell<Option<DatabaseError>>,
    told: RefCell<State>,
    listeners: Listeners<State>,
}

struct Queued {
    document: String,
    key: RecordKey,
    content: String,
    in_local_storage: bool,
}

impl Keeper {
    /// `database` makes the connection; it is given what to call when that changes by itself.
    pub(super) fn new(
        local: Rc<LocalStore>,
        database: impl FnOnce(Box<dyn Fn()>) -> Database,
    ) -> Rc<Self> {
        Rc::new_cyclic(|weak: &Weak<Keeper>| {
            let keeper = weak.clone();
            let on_change = move || {
                if let Some(keeper) = keeper.upgrade() {
                    spawn_local(async move { keeper.connect().await });
                }
            };
            let local_error = local.is_refused().then_some(LocalError::Refused);
            Keeper {
                told: RefCell::new(State::of(None, local_error.clone(), false)),
                local_error: RefCell::new(local_error),
                database: Rc::new(database(Box::new(on_change))),
                local,
                queue: RefCell::default(),
                appended: Cell::new(0),
                stored: Cell::new(0),
                storing: Cell::new(false),
                waiting: RefCell::default(),
                retry: RefCell::default(),
                retry_ms: Cell::new(FIRST_RETRY_MS),
                database_error: RefCell::default(),
                listeners: Listeners::new(),
            }
        })
    }

    pub(super) fn database(&self) -> &Rc<Database> {
        &self.database
    }

    pub(super) fn listeners(&self) -> &Listeners<State> {
        &self.listeners
    }

    pub(super) fn pending(&self) -> usize {
        self.queue.borrow().len()
    }

    pub(super) fn state(&self) -> State {
        State::of(
            self.database_error.borrow().clone(),
            self.local_error.borrow().clone(),
            self.pending() > 0,
        )
    }

    /// Finds out whether the database can be had, and goes on with what waits for it.
    pub(super) async fn connect(self: &Rc<Self>) {
        match self.database.connect().await {
            Ok(_) if self.pending() == 0 => self.database_error.replace(None),
            // Writing will show whether the error is over.
            Ok(_) => return self.store_queue(),
            Err(error) => self.database_error.replace(Some(error)),
        };
        self.tell();
    }

    pub(super) fn append(self: &Rc<Self>, document: &str, key: RecordKey, content: String) {
        let kept = if self.state() == State::ReadOnly {
            false
        } else {
            self.keep_in_local_storage(document, &key, &content)
        };
        self.enqueue(document, key, content, kept);
    }

    /// Stores a record in the database that only local storage has.
    pub(super) fn heal(self: &Rc<Self>, document: &str, record: &StoredRecord) {
        self.enqueue(document, record.key.clone(), record.content.clone(), true);
    }

    /// The records of a document that wait for the database.
    pub(super) fn queued(&self, document: &str) -> Vec<StoredRecord> {
        self.queue
            .borrow()
            .iter()
            .filter(|queued| queued.document == document)
            .map(|queued| StoredRecord {
                key: queued.key.clone(),
                content: queued.content.clone(),
            })
            .collect()
    }

    /// Waits for all that was appended before; the error is the state that prevents it.
    pub(super) async fn flushed(self: &Rc<Self>) -> Result<(), State> {
        let target = self.appended.get();
        self.store_queue();
        poll_fn(|context| self.poll_stored(target, context)).await
    }

    fn poll_stored(&self, target: u64, context: &mut Context<'_>) -> Poll<Result<(), State>> {
        if self.stored.get() >= target {
            Poll::Ready(Ok(()))
        } else if self.storing.get() {
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        } else {
            Poll::Ready(Err(self.state()))
        }
    }

    fn enqueue(self: &Rc<Self>, document: &str, key: RecordKey, content: String, kept: bool) {
        self.queue.borrow_mut().push_back(Queued {
            document: document.to_owned(),
            key,
            content,
            in_local_storage: kept,
        });
        self.appended.set(self.appended.get() + 1);
        self.store_queue();
        self.tell();
    }

    fn keep_in_local_storage(&self, document: &str, key: &RecordKey, content: &str) -> bool {
        match self.local.put(document, key, content) {
            Ok(()) => {
                if self
                    .queue
                    .borrow()
                    .iter()
                    .all(|other| other.in_local_storage)
                {
                    self.local_error.replace(None);
                }
                true
            }
            Err(error) => {
                self.local_error.replace(Some(error));
                false
            }
        }
    }

    fn store_queue(self: &Rc<Self>) {
        if self.pending() > 0 && !self.storing.replace(true) {
            self.retry.take();
            let this = self.clone();
            spawn_local(async move { this.empty_queue().await });
        }
    }

    async fn empty_queue(self: &Rc<Self>) {
        let mut stored = Ok(());
        while stored.is_ok() && self.pending() > 0 {
            stored = self.store_what_waits().await;
            self.wake_all();
        }
        self.storing.set(false);
        match stored {
            Ok(()) => {
                self.retry_ms.set(FIRST_RETRY_MS);
                self.database_error.replace(None);
            }
            Err(error) => {
                self.retry_later(&error);
                self.database_error.replace(Some(error));
                self.rescue();
            }
        }
        self.wake_all();
        self.tell();
    }

    /// One transaction for everything that waits at its start.
    async fn store_what_waits(&self) -> Result<(), DatabaseError> {
        let mut count = 0;
        tables::write(&self.database, &[JOURNAL], |transaction| {
            for queued in self.queue.borrow().iter() {
                tables::put_record(transaction, &queued.document, &queued.key, &queued.content)?;
                count += 1;
            }
            Ok(())
        })
        .await?;
        self.queue.borrow_mut().drain(..count);
        self.stored.set(self.stored.get() + count as u64);
        Ok(())
    }

    /// With the database gone, what local storage had no room for is offered to it again.
    fn rescue(&self) {
        if self.state() == State::ReadOnly {
            return;
        }
        for queued in self.queue.borrow_mut().iter_mut() {
            queued.in_local_storage = queued.in_local_storage
                || self
                    .local
                    .put(&queued.document, &queued.key, &queued.content)
                    .is_ok();
        }
        let all = self
            .queue
            .borrow()
            .iter()
            .all(|queued| queued.in_local_storage);
        if all && !self.local.is_refused() {
            self.local_error.replace(None);
        }
    }

    fn retry_later(self: &Rc<Self>, error: &DatabaseError) {
        if *error == DatabaseError::Newer {
            return;
        }
        let delay = self.retry_ms.get();
        self.retry_ms.set((delay * 2).min(RETRIES_AT_MOST_EVERY_MS));
        let weak = Rc::downgrade(self);
        self.retry.replace(Some(Timeout::new(delay, move || {
            if let Some(keeper) = weak.upgrade() {
                keeper.store_queue();
            }
        })));
    }

    fn wake_all(&self) {
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    fn tell(&self) {
        let state = self.state();
        if self.told.replace(state.clone()) != state {
            self.listeners.tell(&state);
        }
    }
}
