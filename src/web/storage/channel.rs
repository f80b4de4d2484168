//! What tabs tell each other: records as they are made, and who is there.

use super::key::RecordKey;
use super::listeners::{Listeners, Subscription};
use super::local::LocalStore;
use gloo::events::EventListener;
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};

/// What another tab says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote {
    /// It has made a record; whether that is stored yet is not said.
    Record {
        /// The document that the record belongs to.
        document: String,
        /// Its name.
        key: RecordKey,
        /// The record itself.
        content: String,
    },
    /// A writer is there and asks who else is.
    Hello {
        /// Its id.
        writer: String,
    },
    /// A writer goes.
    Bye {
        /// Its id.
        writer: String,
    },
    /// A writer answers a `Hello`.
    Alive {
        /// Its id.
        writer: String,
    },
}

/// The way to the other tabs of this origin.
pub(super) struct Channel {
    way: Way,
    listeners: Rc<Listeners<Remote>>,
    _listener: Option<EventListener>,
}

enum Way {
    Broadcast(BroadcastChannel),
    /// Where there is no BroadcastChannel, local storage's own event tells the other tabs of every
    /// record. It names the document by the record's key alone, which may be a hash, so only the
    /// documents that were asked for are heard of; and there is no presence.
    StorageEvent(Rc<Heard>),
}

struct Heard {
    local: Rc<LocalStore>,
    documents: RefCell<Vec<String>>,
}

impl Channel {
    pub(super) fn open(namespace: &str, local: &Rc<LocalStore>) -> Self {
        let listeners = Rc::new(Listeners::new());
        match BroadcastChannel::new(namespace) {
            Ok(channel) => Channel {
                _listener: Some(hear_messages(&channel, &listeners)),
                way: Way::Broadcast(channel),
                listeners,
            },
            Err(_) => {
                let heard = Rc::new(Heard {
                    local: local.clone(),
                    documents: RefCell::default(),
                });
                Channel {
                    _listener: hear_storage_events(&heard, &listeners),
                    way: Way::StorageEvent(heard),
                    listeners,
                }
            }
        }
    }

    pub(super) fn on_remote(&self, callback: impl Fn(&Remote) + 'static) -> Subscription {
        self.listeners.add(callback)
    }

    /// A message that cannot be sent is no loss of data: the other tab finds the record stored.
    pub(super) fn send(&self, remote: &Remote) {
        if let Way::Broadcast(channel) = &self.way {
            let _ = channel.post_message(&to_message(remote));
        }
    }

    pub(super) fn hear_of(&self, document: &str) {
        if let Way::StorageEvent(heard) = &self.way {
            let mut documents = heard.documents.borrow_mut();
            if !documents.iter().any(|known| known == document) {
                documents.push(document.to_owned());
            }
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Way::Broadcast(channel) = &self.way {
            channel.close();
        }
    }
}

fn hear_messages(channel: &BroadcastChannel, listeners: &Rc<Listeners<Remote>>) -> EventListener {
    let listeners = listeners.clone();
    EventListener::new(channel, "message", move |event| {
        let message = event.unchecked_ref::<MessageEvent>().data();
        if let Some(remote) = from_message(&message) {
            listeners.tell(&remote);
        }
    })
}

fn hear_storage_events(
    heard: &Rc<Heard>,
    listeners: &Rc<Listeners<Remote>>,
) -> Option<EventListener> {
    let (heard, listeners) = (heard.clone(), listeners.clone());
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "storage", move |event| {
        if let Some(remote) = heard.record(event.unchecked_ref()) {
            listeners.tell(&remote);
        }
    }))
}

impl Heard {
    fn record(&self, event: &StorageEvent) -> Option<Remote> {
        let (name, content) = (event.key()?, event.new_value()?);
        let documents = self.documents.borrow();
        let (document, key) = documents
            .iter()
            .find_map(|document| Some((document, self.local.key_in(document, &name)?)))?;
        Some(Remote::Record {
            document: document.clone(),
            key,
            content,
        })
    }
}

fn to_message(remote: &Remote) -> Array {
    let strings = |parts: &[&str]| parts.iter().map(|part| JsValue::from_str(part)).collect();
    match remote {
        Remote::Record {
            document,
            key,
            content,
        } => strings(&[
            "record",
            document,
            &key.writer,
            &key.sequence.to_string(),
            content,
        ]),
        Remote::Hello { writer } => strings(&["hello", writer]),
        Remote::Bye { writer } => strings(&["bye", writer]),
        Remote::Alive { writer } => strings(&["alive", writer]),
    }
}

/// Any script of the origin can send here; what has not our form is no message.
fn from_message(message: &JsValue) -> Option<Remote> {
    let parts: Option<Vec<String>> = message
        .dyn_ref::<Array>()?
        .iter()
        .map(|part| part.as_string())
        .collect();
    let parts = parts?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["record", document, writer, sequence, content] => Some(Remote::Record {
            document: (*document).to_owned(),
            key: RecordKey {
                writer: (*writer).to_owned(),
                sequence: sequence.parse().ok()?,
            },
            content: (*content).to_owned(),
        }),
        [kind, writer] => {
            let writer = (*writer).to_owned();
            match *kind {
                "hello" => Some(Remote::Hello { writer }),
                "bye" => Some(Remote::Bye { writer }),
                "alive" => Some(Remote::Alive { writer }),
                _ => None,
            }
        }
        _ => None,
    }
}
