//! The connection to IndexedDB: opened when needed, given up politely, opened again.

use super::request::{self, database_error};
use super::state::DatabaseError;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbFactory, IdbTransaction};

/// Goes up with every change of the stores; an older program then leaves the data alone.
const VERSION: u32 = 1;

/// Opening waits behind another tab's upgrade, for ever if that tab hangs.
const OPENING_TAKES_AT_MOST_MS: u32 = 4_000;

/// `[document, writer, sequence]` → a record.
pub(super) const JOURNAL: &str = "journal";
/// Document → its snapshot.
pub(super) const SNAPSHOTS: &str = "snapshots";
/// Document → its summary, as JSON.
pub(super) const DOCUMENTS: &str = "documents";
/// Document → its text. Apart from the summaries, so that a list reads no texts.
pub(super) const TEXTS: &str = "texts";

const STORES: [&str; 4] = [JOURNAL, SNAPSHOTS, DOCUMENTS, TEXTS];

#[wasm_bindgen]
extern "C" {
    // web-sys has the third argument behind an unstable flag alone.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DurableDatabase,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// A database that may be away, for a while or for good.
pub(super) struct Database {
    name: String,
    factory: Option<IdbFactory>,
    connection: RefCell<Connection>,
    waiting: RefCell<Vec<Waker>>,
    /// Called when the connection is lost, and when one comes that nobody waited for any more.
    on_change: Box<dyn Fn()>,
}

enum Connection {
    Closed,
    /// Dropping the timer ends it.
    Opening {
        _deadline: Timeout,
    },
    Overdue,
    Open(Open),
    Failed(DatabaseError),
}

struct Open {
    database: IdbDatabase,
    lost: Rc<Cell<bool>>,
    _listeners: [EventListener; 2],
}

impl Drop for Open {
    fn drop(&mut self) {
        self.database.close();
    }
}

impl Database {
    pub(super) fn new(name: &str, factory: Option<IdbFactory>, on_change: Box<dyn Fn()>) -> Self {
        Database {
            name: name.to_owned(),
            factory,
            connection: RefCell::new(Connection::Closed),
            waiting: RefCell::default(),
            on_change,
        }
    }

    /// A transaction on `stores`; those that write are complete only when they are on the disk.
    pub(super) async fn transaction(
        self: &Rc<Self>,
        stores: &[&str],
        mode: Mode,
    ) -> Result<IdbTransaction, DatabaseError> {
        let database = self.connect().await?;
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        database
            .unchecked_ref::<DurableDatabase>()
            .transaction(&names, mode.name(), &options)
            .map_err(|error| database_error(&error))
    }

    /// Opens the database if it is not open; gives up waiting, not opening, at the deadline.
    pub(super) async fn connect(self: &Rc<Self>) -> Result<IdbDatabase, DatabaseError> {
        let stands = match &*self.connection.borrow() {
            Connection::Open(open) => !open.lost.get(),
            Connection::Opening { .. } | Connection::Overdue => true,
            Connection::Closed | Connection::Failed(_) => false,
        };
        if !stands {
            self.start_opening()?;
        }
        poll_fn(|context| self.poll_connection(context)).await
    }

    fn poll_connection(
        &self,
        context: &mut Context<'_>,
    ) -> Poll<Result<IdbDatabase, DatabaseError>> {
        match &*self.connection.borrow() {
            Connection::Open(open) => Poll::Ready(Ok(open.database.clone())),
            Connection::Failed(error) => Poll::Ready(Err(error.clone())),
            Connection::Overdue => Poll::Ready(Err(DatabaseError::Blocked)),
            Connection::Opening { .. } | Connection::Closed => {
                self.waiting.borrow_mut().push(context.waker().clone());
                Poll::Pending
            }
        }
    }

    fn start_opening(self: &Rc<Self>) -> Result<(), DatabaseError> {
        let factory = self.factory.as_ref().ok_or(DatabaseError::Refused)?;
        let request = factory
            .open_with_u32(&self.name, VERSION)
            .map_err(|error| database_error(&error))?;
        let weak = Rc::downgrade(self);
        let deadline = Timeout::new(OPENING_TAKES_AT_MOST_MS, move || {
            if let Some(database) = weak.upgrade() {
                database.become_(Connection::Overdue);
            }
        });
        self.become_(Connection::Opening {
            _deadline: deadline,
        });
        let this = self.clone();
        spawn_local(async move {
            let opening = request.clone();
            let upgrade = Closure::<dyn Fn()>::new(move || {
                if let Ok(result) = opening.result() {
                    create_missing_stores(result.unchecked_ref());
                }
            });
            request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
            let opened = request::answer(&request).await;
            request.set_onupgradeneeded(None);
            this.opened(opened);
        });
        Ok(())
    }

    fn opened(self: &Rc<Self>, opened: Result<JsValue, DatabaseError>) {
        let late = matches!(*self.connection.borrow(), Connection::Overdue);
        self.become_(match opened {
            Ok(database) => Connection::Open(self.listen(database.unchecked_into())),
            Err(error) => Connection::Failed(error),
        });
        if late {
            (self.on_change)();
        }
    }

    /// Another tab may upgrade or delete the database only when every other has closed it.
    fn listen(self: &Rc<Self>, database: IdbDatabase) -> Open {
        let lost = Rc::new(Cell::new(false));
        let listener = |event: &'static str| {
            let (lost, handle) = (lost.clone(), database.clone());
            let weak = Rc::downgrade(self);
            EventListener::new(&database, event, move |_| {
                handle.close();
                lost.set(true);
                if let Some(database) = weak.upgrade() {
                    (database.on_change)();
                }
            })
        };
        Open {
            _listeners: [listener("versionchange"), listener("close")],
            lost,
            database,
        }
    }

    fn become_(&self, connection: Connection) {
        self.connection.replace(connection);
        for waker in self.waiting.take() {
            waker.wake();
        }
    }
}

/// What a transaction may do.
#[derive(Clone, Copy)]
pub(super) enum Mode {
    Read,
    Write,
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Mode::Read => "readonly",
            Mode::Write => "readwrite",
        }
    }
}

/// A store that cannot be created fails the opening itself: the transactions then name it.
fn create_missing_stores(database: &IdbDatabase) {
    let present = database.object_store_names();
    for name in STORES {
        if !present.contains(name) {
            let _ = database.create_object_store(name);
        }
    }
}
