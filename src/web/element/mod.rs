//! What the class of `<rubricate-article>` calls: the public contract's methods, one by one.

mod corpus;
mod editing;
mod in_place;
mod opening;
#[cfg(feature = "test-panics")]
mod panics;
mod settings;

use super::contract::{self, exception};
use super::controller::Controller;
use super::keeping;
use super::load::Failure;
use super::view::View;
use crate::document::Document;
use crate::edit::DocumentState;
use crate::session::{Refusal, Session};
use js_sys::{Array, Function, Object, Promise};
use opening::{Beside, begin, finish, load_input, open_document};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{HtmlElement, ShadowRoot};

/// The controller as the exported functions have it.
#[cfg(not(feature = "test-panics"))]
type Held = Rc<Controller>;
#[cfg(feature = "test-panics")]
type Held = panics::Held;

/// The program's side of one `<rubricate-article>`.
#[wasm_bindgen]
pub struct Handle {
    controller: Held,
    charset: Rc<RefCell<Option<&'static str>>>,
}

#[wasm_bindgen]
impl Handle {
    /// A handle with nothing open and nothing on the page.
    #[wasm_bindgen(constructor)]
    pub fn new(host: &HtmlElement) -> Handle {
        Handle {
            // In the test build it is another type.
            #[allow(clippy::useless_conversion)]
            controller: Held::from(Controller::new(host)),
            charset: Rc::default(),
        }
    }

    /// The element is on a page: builds its frame, and shows what is open.
    ///
    /// `annotate_content` is called when there is content of the host's own to annotate: children,
    /// and no `src`.
    pub fn connect(&self, host: HtmlElement, root: ShadowRoot, annotate_content: Function) {
        let view = View::new(&self.controller, host, root);
        view.begins_at.set(self.controller.scrolled.take());
        self.controller.view.replace(Some(view.clone()));
        for (code, message) in self.controller.unsaid.take().unwrap_or_default() {
            self.controller.fail(&code, &message);
        }
        if self.is_open() {
            if self.controller.is_in_place() {
                view.show_in_place(&self.controller);
                view.read_again(&self.controller);
                view.set_state("ready");
                return;
            }
            let controller = self.controller.clone();
            wasm_bindgen_futures::spawn_local(async move { view.open(&controller).await });
        } else if self.controller.loads.get() == 0 || self.controller.interrupted.take() {
            in_place::when_there_is_content(&self.controller, &view, annotate_content);
        }
        if self.controller.loading.get()
            && let Some(view) = self.controller.view()
        {
            view.set_state("loading");
        }
    }

    /// The element has moved on the page: the browser has forgotten how far its text was scrolled.
    #[wasm_bindgen(js_name = hasMoved)]
    pub fn has_moved(&self) {
        if let Some(view) = self.controller.view() {
            view.scroll_back();
        }
    }

    /// Whether a host's own content is shown: then something of ours is in the host's tree.
    #[wasm_bindgen(js_name = isInPlace)]
    pub fn is_in_place(&self) -> bool {
        self.controller
            .view()
            .is_some_and(|view| view.is_in_place())
    }

    /// Opens the host's own content; a promise of `{id, length}`.
    #[wasm_bindgen(js_name = openInPlace)]
    pub fn open_in_place(&self) -> Promise {
        let (controller, charset) = (self.controller.clone(), self.charset.clone());
        let number = begin(&controller);
        future_to_promise(async move {
            let opened = opening::open_in_place(&controller, number).await;
            charset.replace(None);
            finish(&controller, number, opened)
        })
    }

    /// The element has left the page: nothing of it stays but what is open.
    pub fn disconnect(&self) {
        // A note that is being written is kept while there is still somebody to keep it.
        if let Some(view) = self.controller.view() {
            view.keep_note();
        }
        if let Some(view) = self.controller.view.take() {
            self.controller.scrolled.set(view.scrolled.get());
            view.leave();
        }
    }

    fn is_open(&self) -> bool {
        self.controller.session.borrow().is_some()
    }

    fn must_be_ready(&self) -> Result<(), JsValue> {
        let why = match (self.controller.loading.get(), self.is_open()) {
            (true, _) => "A document is being loaded. Wait for the promise in ready.",
            (false, false) => "No document is open yet. Wait for the promise in ready.",
            (false, true) => return Ok(()),
        };
        Err(exception("InvalidStateError", why))
    }

    /// Throws what a change would throw for the document's sake.
    #[wasm_bindgen(js_name = mustBeWritable)]
    pub fn must_be_writable(&self) -> Result<(), JsValue> {
        self.must_be_ready()?;
        match self.controller.read(Session::read_only) {
            Some(true) => Err(exception(
                "NoModificationAllowedError",
                &Refusal::ReadOnly.to_string(),
            )),
            _ => Ok(()),
        }
    }

    /// Loads `{text | html | markdown | file | url, id?, title?, lang?}`; a promise of `{id, length}`.
    pub fn load(&self, input: JsValue) -> Promise {
        self.load_numbered(input, 1)
    }

    /// Loads what the attribute `src` names; a promise of `{id, length}`. Of several elements on the
    /// page with the same one, this is the `ordinal`th, from 1 on.
    #[wasm_bindgen(js_name = loadSource)]
    pub fn load_source(&self, url: &str, ordinal: u32) -> Promise {
        let input = Object::new();
        contract::put(&input, "url", &url.into());
        self.load_numbered(input.into(), ordinal)
    }

    fn load_numbered(&self, input: JsValue, ordinal: u32) -> Promise {
        let (controller, charset) = (self.controller.clone(), self.charset.clone());
        let number = begin(&controller);
        let load = (number, controller.overtaken());
        future_to_promise(async move {
            let loaded = load_input(&controller, &charset, &input, ordinal, load).await;
            finish(&controller, number, loaded)
        })
    }

    /// Opens the same text under the name that it has by now, with what is stored there; a promise
    /// of `{id, length}`.
    pub fn reopen(&self) -> Promise {
        if self.controller.is_in_place() {
            return self.open_in_place();
        }
        let controller = self.controller.clone();
        let number = begin(&controller);
        future_to_promise(async move {
            let document = controller.read(|session| Document::clone(session.document()));
            let opened = match document {
                Some(mut document) => {
                    let (own, language) = controller.own.borrow().clone();
                    document.language = language;
                    document.id = controller.name();
                    open_document(&controller, document, own, Beside::Fresh, number, false).await
                }
                None => Err(Failure::Overtaken),
            };
            finish(&controller, number, opened)
        })
    }

    /// Opens a document that is kept in this browser; a promise of `{id, length}`.
    pub fn open(&self, id: String) -> Promise {
        let (controller, charset) = (self.controller.clone(), self.charset.clone());
        let number = begin(&controller);
        future_to_promise(async move {
            let loaded = async {
                let (document, beside) = keeping::kept_document(&id)
                    .await
                    .map_err(Failure::Dataset)?
                    .ok_or_else(|| Failure::NotKept(id.clone()))?;
                let beside = Beside::Stored(beside);
                let opened =
                    open_document(&controller, document, id, beside, number, false).await?;
                charset.replace(None);
                Ok(opened)
            };
            let loaded = loaded.await;
            finish(&controller, number, loaded)
        })
    }

    /// `{id, title, language, length, source, charset, state, reason}` of what is open, or `null`.
    pub fn document(&self) -> JsValue {
        let describe = |session: &Session| {
            let document = session.document();
            let text =
                |value: &Option<String>| value.as_deref().map_or(JsValue::NULL, JsValue::from);
            let object = Object::new();
            contract::put(&object, "id", &document.id.as_str().into());
            let title = document.title.as_deref().unwrap_or_default();
            contract::put(&object, "title", &title.into());
            contract::put(&object, "language", &text(&document.language));
            let length = document.text.length().utf16_code_units;
            contract::put(&object, "length", &length.into());
            let source = document
                .source
                .uri
                .clone()
                .or(document.source.file_name.clone());
            contract::put(&object, "source", &text(&source));
            let charset = self.charset.borrow().map_or(JsValue::NULL, JsValue::from);
            contract::put(&object, "charset", &charset);
            let (state, reason) = match session.state().document_state() {
                DocumentState::Open => ("open", None),
                DocumentState::Done => ("done", None),
                DocumentState::Skipped(reason) => ("skipped", Some(reason.to_string())),
            };
            contract::put(&object, "state", &state.into());
            contract::put(&object, "reason", &text(&reason));
            Object::freeze(&object).into()
        };
        self.controller.read(describe).unwrap_or(JsValue::NULL)
    }

    /// The text that offsets count in.
    pub fn text(&self) -> String {
        self.controller
            .read(|session| session.document().text.as_str().to_owned())
            .unwrap_or_default()
    }

    /// The annotations in document order; frozen.
    pub fn annotations(&self) -> Array {
        self.controller.annotations()
    }

    /// The same as JSON.
    #[wasm_bindgen(js_name = annotationsAsJson)]
    pub fn annotations_as_json(&self) -> String {
        let json = self.controller.read(|session| {
            let all: Vec<_> = session.state().annotations().collect();
            contract::json(session.document(), &all.iter().collect::<Vec<_>>())
        });
        json.unwrap_or_default()
    }

    /// The annotations that are kept but not found in the text; frozen.
    pub fn orphans(&self) -> Array {
        self.controller.orphans()
    }

    /// Whether anything is not durably saved; what the host alone keeps is not, once it was changed.
    pub fn dirty(&self) -> bool {
        let keeping = self.controller.keeping.borrow();
        let left = self.controller.left.borrow();
        self.controller.unkept.get()
            || keeping.as_ref().is_some_and(|keeping| keeping.is_dirty())
            || left.iter().any(|left| left.is_waiting())
    }

    /// A word for the state of the stores: `saved`, `saving`, `memory`, `local`, `full`, `newer`.
    #[wasm_bindgen(js_name = storageState)]
    pub fn storage_state(&self) -> String {
        use super::storage::{LocalError, State};
        let keeping = self.controller.keeping.borrow();
        let state = keeping.as_ref().map(|keeping| keeping.state());
        match state {
            None => "memory",
            Some(State::Saved | State::WithoutLocalStorage { saving: false, .. }) => "saved",
            Some(State::Saving | State::WithoutLocalStorage { saving: true, .. }) => "saving",
            Some(State::LocalStorageOnly { .. }) => "local",
            Some(State::MemoryOnly {
                local: LocalError::Full,
                ..
            }) => "full",
            Some(State::MemoryOnly { .. }) => "memory",
            Some(State::ReadOnly) => "newer",
        }
        .into()
    }

    /// The state of the stores as a sentence.
    #[wasm_bindgen(js_name = storageMessage)]
    pub fn storage_message(&self) -> String {
        let keeping = self.controller.keeping.borrow();
        match keeping.as_ref() {
            Some(keeping) => keeping.message(),
            None => "Nothing is stored here: the page that holds this text keeps its data.".into(),
        }
    }

    /// Resolves when all edits so far are durable.
    pub fn saved(&self) -> Promise {
        let mut all = self.controller.left.borrow().clone();
        all.extend(self.controller.keeping.borrow().clone());
        future_to_promise(async move {
            for keeping in all {
                let flushed = keeping.flushed().await;
                flushed.map_err(|message| js_sys::Error::new(&message))?;
            }
            Ok(JsValue::UNDEFINED)
        })
    }
}
