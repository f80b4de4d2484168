//! What the class of `<rubricate-article>` calls: the public contract's methods, one by one.

use super::contract::{self, By, exception, get, get_offset, get_string, range_error, type_error};
use super::controller::{Controller, moment, random, sentence};
use super::keeping::{self, Keeping};
use super::load::{self, Content, Failure, Input};
use super::panels::NoticeKind;
use super::view::View;
use super::{datasets, dom, keyboard};
use crate::annotation::{Id, LabelSet};
use crate::document::Document;
use crate::edit::{Kind, Writer};
use crate::format::native::Kept;
use crate::json::{self, Malformed, Read};
use crate::session::{Refusal, Session, Update};
use js_sys::{Array, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{HtmlElement, ShadowRoot};

/// The program's side of one `<rubricate-article>`.
#[wasm_bindgen]
pub struct Handle {
    controller: Rc<Controller>,
    charset: Rc<RefCell<Option<&'static str>>>,
}

impl Default for Handle {
    fn default() -> Handle {
        Handle::new()
    }
}

#[wasm_bindgen]
impl Handle {
    /// A handle with nothing open and nothing on the page.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Handle {
        Handle {
            controller: Controller::new(),
            charset: Rc::default(),
        }
    }

    /// The element is on a page: builds its frame, and shows what is open.
    pub fn connect(&self, host: HtmlElement, root: ShadowRoot) {
        let view = View::new(&self.controller, host, root);
        self.controller.view.replace(Some(view.clone()));
        if self.is_open() {
            let controller = self.controller.clone();
            wasm_bindgen_futures::spawn_local(async move { view.open(&controller).await });
        }
    }

    /// The element has left the page: nothing of it stays but what is open.
    pub fn disconnect(&self) {
        if let Some(view) = self.controller.view.take() {
            view.leave();
        }
    }

    /// The element will not come back: other tabs are told.
    pub fn close(&self) {
        self.disconnect();
        if let Some(keeping) = self.controller.keeping.take() {
            keeping.leave();
        }
    }

    fn is_open(&self) -> bool {
        self.controller.session.borrow().is_some()
    }

    fn must_be_open(&self) -> Result<(), JsValue> {
        match self.is_open() {
            true => Ok(()),
            false => Err(exception(
                "InvalidStateError",
                "No document is open yet. Wait for the promise in ready.",
            )),
        }
    }

    /// Loads `{text | html | markdown | file | url, id?, title?, lang?}`; a promise of `{id, length}`.
    pub fn load(&self, input: JsValue) -> Promise {
        let (controller, charset) = (self.controller.clone(), self.charset.clone());
        future_to_promise(async move {
            let number = begin(&controller);
            let loaded = load_input(&controller, &charset, &input, number).await;
            finish(&controller, number, loaded)
        })
    }

    /// Opens a document that is kept in this browser; a promise of `{id, length}`.
    pub fn open(&self, id: String) -> Promise {
        let (controller, charset) = (self.controller.clone(), self.charset.clone());
        future_to_promise(async move {
            let number = begin(&controller);
            let loaded = async {
                let (document, beside) = keeping::kept_document(&id)
                    .await
                    .map_err(Failure::Dataset)?
                    .ok_or_else(|| Failure::NotKept(id.clone()))?;
                let opened = open_document(&controller, document, beside, number).await?;
                charset.replace(None);
                Ok(opened)
            };
            let loaded = loaded.await;
            finish(&controller, number, loaded)
        })
    }

    /// `{id, title, language, length, source, charset}` of what is open, or `null`.
    pub fn document(&self) -> JsValue {
        let describe = |session: &Session| {
            let document = session.document();
            let text = |value: &Option<String>| value.as_deref().map_or(JsValue::NULL, JsValue::from);
            let object = Object::new();
            contract::put(&object, "id", &document.id.as_str().into());
            let title = document.title.as_deref().unwrap_or_default();
            contract::put(&object, "title", &title.into());
            contract::put(&object, "language", &text(&document.language));
            let length = document.text.length().utf16_code_units;
            contract::put(&object, "length", &length.into());
            let source = document.source.uri.clone().or(document.source.file_name.clone());
            contract::put(&object, "source", &text(&source));
            let charset = self.charset.borrow().map_or(JsValue::NULL, JsValue::from);
            contract::put(&object, "charset", &charset);
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

    /// Whether anything is not durably saved.
    pub fn dirty(&self) -> bool {
        let keeping = self.controller.keeping.borrow();
        keeping.as_ref().is_some_and(|keeping| keeping.is_dirty())
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
            Some(State::MemoryOnly { local: LocalError::Full, .. }) => "full",
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
            Some(keeping) => keeping.state().to_string(),
            None => "Nothing is stored here: the page that holds this text keeps its data.".into(),
        }
    }

    /// Makes an annotation of `{start, end, label, note?}` in UTF-16 code units; `null` if a
    /// listener cancelled it.
    pub fn annotate(&self, annotation: JsValue) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        let offset = |name| {
            get_offset(&annotation, name)?.ok_or_else(|| type_error(&format!("{name} is missing.")))
        };
        let (start, end) = (offset("start")?, offset("end")?);
        let label = get_string(&annotation, "label")?.ok_or_else(|| type_error("label is missing."))?;
        let note = get_string(&annotation, "note")?;
        let drafted = self.controller.read(|session| {
            let span = contract::span(session.document(), start, end)?;
            session
                .draft_annotation(span, &label, note.as_deref(), &moment())
                .map_err(|refusal| refused(&refusal))
        });
        let Some(drafted) = drafted else {
            return Ok(JsValue::NULL);
        };
        let (id, writes) = drafted?;
        self.change(By::Api, writes)?;
        Ok(self.annotation(&id))
    }

    /// Changes `{label?, start?, end?, note?}` of an annotation; `null` if a listener cancelled it.
    pub fn update(&self, id: String, changes: JsValue) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        let (start, end) = (get_offset(&changes, "start")?, get_offset(&changes, "end")?);
        let (label, note) = (get_string(&changes, "label")?, get_string(&changes, "note")?);
        let drafted = self.controller.read(|session| {
            let former = session.existing(&id).map_err(|refusal| refused(&refusal))?;
            let span = match (start, end) {
                (None, None) => None,
                _ => {
                    let text = &session.document().text;
                    let unit = |offset| text.utf16_of(offset).map_or(0, |at| at.0);
                    let start = start.unwrap_or_else(|| unit(former.span.start()));
                    let end = end.unwrap_or_else(|| unit(former.span.end()));
                    Some(contract::span(session.document(), start, end)?)
                }
            };
            session
                .draft_update(&id, &Update { label, span, note })
                .map_err(|refusal| refused(&refusal))
        });
        let writes = drafted.unwrap_or_else(|| Ok(Vec::new()))?;
        if !writes.is_empty() && !self.change(By::Api, writes)? {
            return Ok(JsValue::NULL);
        }
        Ok(self.annotation(&Id::from(id.as_str())))
    }

    /// Deletes an annotation: whether there was one; `null` if a listener cancelled it.
    pub fn remove(&self, id: String) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        let there = self.controller.read(|session| session.existing(&id).is_ok());
        if there != Some(true) {
            return Ok(false.into());
        }
        self.remove_all(vec![Id::from(id.as_str())])
            .map(|removed| removed.map_or(JsValue::NULL, |_| true.into()))
    }

    /// Deletes all annotations: how many; `null` if a listener cancelled it.
    pub fn clear(&self) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        let all = self.controller.read(|session| {
            let places = session.state().places(None);
            places.iter().map(|place| place.id.clone()).collect()
        });
        self.remove_all(all.unwrap_or_default())
            .map(|removed| removed.map_or(JsValue::NULL, |count| (count as u32).into()))
    }

    fn remove_all(&self, ids: Vec<Id>) -> Result<Option<usize>, JsValue> {
        let count = ids.len();
        if count == 0 {
            return Ok(Some(0));
        }
        let writes = self.controller.read(|session| session.draft_removal(ids));
        let done = self.change(By::Api, writes.unwrap_or_default())?;
        Ok(done.then_some(count))
    }

    fn change(&self, by: By, writes: Vec<crate::edit::Write>) -> Result<bool, JsValue> {
        let changed = self
            .controller
            .change(by, Kind::Edit, writes)
            .map_err(|refusal| refused(&refusal))?;
        if let (Some(_), Some(view)) = (&changed, self.controller.view()) {
            view.moved(&self.controller, false);
        }
        Ok(changed.is_some())
    }

    fn annotation(&self, id: &Id) -> JsValue {
        self.controller
            .read(|session| {
                let annotation = session.state().annotation(id.as_str())?;
                Some(contract::annotation(session.document(), &annotation))
            })
            .flatten()
            .unwrap_or(JsValue::NULL)
    }

    /// Undoes: whether anything was undone; `null` if a listener cancelled it.
    pub fn undo(&self) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        Ok(self.controller.undo(By::Undo).map_or(JsValue::NULL, JsValue::from))
    }

    /// Redoes: whether anything was redone; `null` if a listener cancelled it.
    pub fn redo(&self) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        Ok(self.controller.undo(By::Redo).map_or(JsValue::NULL, JsValue::from))
    }

    /// What is open, as a `File` of the format; `[{id, name, extension}]` are in [`Handle::formats`].
    pub fn export(&self, format: &str) -> Result<web_sys::File, JsValue> {
        datasets::export(&self.controller, format)
    }

    /// What can be written: `[{id, name, extension}]`.
    pub fn formats(&self) -> JsValue {
        datasets::formats()
    }

    /// Imports annotations of the open document from a file's text, as one undo step:
    /// `{added, unchanged, conflicting, rejected}`.
    pub fn import(&self, content: &str, format: &str) -> Result<JsValue, JsValue> {
        self.must_be_open()?;
        let imported = datasets::import(&self.controller, content, format);
        if let Err(error) = &imported {
            self.controller.fail("import", &sentence(error));
        }
        if let Some(view) = self.controller.view() {
            view.moved(&self.controller, false);
        }
        imported.map(|imported| imported.to_js())
    }

    /// Resolves when all edits so far are durable.
    pub fn saved(&self) -> Promise {
        let keeping = self.controller.keeping.borrow().clone();
        future_to_promise(async move {
            match keeping {
                Some(keeping) => keeping
                    .flushed()
                    .await
                    .map(|()| JsValue::UNDEFINED)
                    .map_err(|message| js_sys::Error::new(&message).into()),
                None => Ok(JsValue::UNDEFINED),
            }
        })
    }

    /// The label set as an array.
    pub fn labels(&self) -> JsValue {
        contract::to_js(&self.controller.settings.borrow().labels.as_slice())
    }

    /// Sets the labels from JSON; a malformed set is refused, and the former one stays. `null` is
    /// the default set.
    #[wasm_bindgen(js_name = setLabels)]
    pub fn set_labels(&self, json: Option<String>) {
        let labels = match json.as_deref() {
            None => Ok(LabelSet::default()),
            Some(json) => LabelSet::from_json(json),
        };
        match labels {
            Ok(labels) => {
                self.controller.settings.borrow_mut().labels = labels;
                self.apply_settings();
            }
            Err(error) => self.controller.fail("labels", &error.to_string()),
        }
    }

    /// Changes or switches off single keys: JSON of command names to keys or `null`.
    #[wasm_bindgen(js_name = setKeys)]
    pub fn set_keys(&self, json: Option<String>) {
        let read = |value| {
            Read::read(value).ok_or_else(|| Malformed("it is none".into()))
        };
        match json::parse(json.as_deref().unwrap_or("{}")).and_then(read) {
            Ok(overrides) => {
                self.controller.settings.borrow_mut().overrides = overrides;
                self.apply_settings();
            }
            Err(error) => self.controller.fail(
                "keys",
                &format!("keys must be a JSON object of command names to a key or null: {error}."),
            ),
        }
    }

    fn apply_settings(&self) {
        let refused = {
            let settings = self.controller.settings.borrow();
            self.controller
                .write(|session| session.set_labels(settings.labels.clone(), &settings.overrides))
                .unwrap_or_default()
        };
        if let Some(view) = self.controller.view() {
            self.controller.read(|session| view.set_labels(session));
        }
        if let Some(refused) = refused.first() {
            self.controller.fail("keys", &refused.to_string());
        }
    }

    /// The annotator's name.
    pub fn creator(&self) -> Option<String> {
        self.controller.settings.borrow().creator.clone()
    }

    /// Sets the annotator's name.
    #[wasm_bindgen(js_name = setCreator)]
    pub fn set_creator(&self, creator: Option<String>) {
        let creator = creator.filter(|name| !name.trim().is_empty());
        self.controller
            .write(|session| session.set_creator(creator.as_deref()));
        self.controller.settings.borrow_mut().creator = creator;
    }

    /// Sets the name under which annotations are stored, for what is loaded from now on.
    #[wasm_bindgen(js_name = setDocumentId)]
    pub fn set_document_id(&self, id: Option<String>) {
        self.controller.settings.borrow_mut().document_id = id.filter(|id| !id.is_empty());
    }

    /// Whether the host keeps the data, for what is loaded from now on.
    #[wasm_bindgen(js_name = setStoreNothing)]
    pub fn set_store_nothing(&self, nothing: bool) {
        self.controller.settings.borrow_mut().store_nothing = nothing;
    }

    /// Shows without editing.
    #[wasm_bindgen(js_name = setReadOnly)]
    pub fn set_read_only(&self, read_only: bool) {
        self.controller.settings.borrow_mut().read_only = read_only;
        self.controller.write(|session| session.set_read_only(read_only));
        if let Some(view) = self.controller.view() {
            view.moved(&self.controller, false);
        }
    }

    /// Puts the focus into the text.
    pub fn focus(&self) {
        if let Some(view) = self.controller.view() {
            keyboard::focus(&view.text());
        }
    }

    /// Shows the list of keys.
    #[wasm_bindgen(js_name = showHelp)]
    pub fn show_help(&self) {
        if let Some(view) = self.controller.view() {
            view.open_help(&self.controller);
        }
    }
}

/// The documents kept in this browser, the last opened first: `[{id, title, opened, annotations}]`.
#[wasm_bindgen]
pub fn documents() -> Promise {
    future_to_promise(async {
        let all = keeping::documents()
            .await
            .map_err(|message| JsValue::from(js_sys::Error::new(&message)))?;
        Ok(contract::to_js(&all))
    })
}

fn refused(refusal: &Refusal) -> JsValue {
    let message = refusal.to_string();
    match refusal {
        Refusal::UnknownLabel { .. } => type_error(&message),
        Refusal::UnknownAnnotation(_) => range_error(&message),
        Refusal::Already { .. } => exception("InvalidStateError", &message),
        Refusal::ReadOnly => exception("NoModificationAllowedError", &message),
    }
}

/// A new load begins: the number that tells whether it was overtaken.
fn begin(controller: &Controller) -> u32 {
    let number = controller.loads.get() + 1;
    controller.loads.set(number);
    if let Some(view) = controller.view() {
        view.set_state("loading");
    }
    number
}

/// A load has ended: what the promise gives, and what is said if it failed.
fn finish(controller: &Controller, number: u32, loaded: Result<JsValue, Failure>) -> Result<JsValue, JsValue> {
    if let Some(view) = controller.view()
        && controller.loads.get() == number
    {
        view.set_state(if controller.session.borrow().is_some() { "ready" } else { "empty" });
    }
    loaded.map_err(|failure| {
        if !matches!(failure, Failure::Overtaken) {
            controller.fail(failure.code(), &failure.to_string());
        }
        failure.to_js()
    })
}

async fn load_input(
    controller: &Rc<Controller>,
    charset: &RefCell<Option<&'static str>>,
    input: &JsValue,
    number: u32,
) -> Result<JsValue, Failure> {
    let Input { content, charset: of, guessed } = load::read(input).await?;
    let (document, annotations) = match content {
        Content::Document(document) => (*document, None),
        Content::Dataset(json) => datasets::first_document(&json).map_err(Failure::Dataset)?,
    };
    let mut document = document;
    if get(input, "id").is_none()
        && let Some(id) = &controller.settings.borrow().document_id
    {
        document.id.clone_from(id);
    }
    let opened = open_document(controller, document, serde_json::Value::Null, number).await?;
    charset.replace(of);
    if let Some((kept, read)) = annotations {
        datasets::take_in(controller, kept, &read)?;
    }
    if guessed && let Some(view) = controller.view() {
        view.notice(
            NoticeKind::Info,
            "This file does not say how its characters are encoded; it was read as windows-1252, the most frequent old encoding.",
        );
    }
    Ok(opened)
}

/// Opens a document with what is kept of it, and shows it.
async fn open_document(
    controller: &Rc<Controller>,
    document: Document,
    beside: serde_json::Value,
    number: u32,
) -> Result<JsValue, Failure> {
    let (mut session, store) = {
        let settings = controller.settings.borrow();
        let writer = Writer(u64::from_le_bytes(random()));
        let mut session = Session::new(document, settings.labels.clone(), &settings.overrides, writer);
        session.set_creator(settings.creator.as_deref());
        session.set_read_only(settings.read_only);
        (session, !settings.store_nothing)
    };
    let kept = match store {
        true => Some(Keeping::open(&mut session).await),
        false => None,
    };
    if controller.loads.get() != number {
        return Err(Failure::Overtaken);
    }
    let detail = Object::new();
    contract::put(&detail, "id", &session.document().id.as_str().into());
    let length = session.document().text.length().utf16_code_units;
    contract::put(&detail, "length", &length.into());

    let former = controller.keeping.take();
    if let Some(former) = former {
        former.leave();
    }
    let document = session.document().clone();
    controller.replace_session(session);
    controller.kept.replace(Kept::from_json(beside.clone()));
    let mut said = None;
    if let Some((keeping, findings)) = kept {
        keeping.keep_document(&document, beside.clone());
        controller.keeping.replace(Some(keeping.clone()));
        keeping.listen(controller);
        said = findings.sentence();
    }
    if let Some(view) = controller.view() {
        view.open(controller).await;
        if let Some(said) = said {
            view.notice(NoticeKind::Warning, &said);
        }
        view.dispatch("rubricate-load", &detail, false);
    }
    Ok(Object::freeze(&detail).into())
}

/// Calls `stopped` after a panic. From then on no listener of this instance runs any more, since a
/// borrow may be held for ever; what was tagged is stored by then.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(stopped: js_sys::Function) {
    std::panic::set_hook(Box::new(|info| {
        dom::die();
        web_sys::console::error_1(&format!("Rubricate stopped: {info}").into());
        STOPPED.with(|stopped| {
            if let Some(stopped) = stopped.take() {
                // The callback may throw; there is nobody left to tell.
                let _ = stopped.call0(&JsValue::UNDEFINED);
            }
        });
    }));
    STOPPED.set(Some(stopped));
}

thread_local! {
    static STOPPED: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}
