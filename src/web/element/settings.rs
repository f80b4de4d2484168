//! What a host sets: labels, keys, names, and whether anything can be changed.

use super::Handle;
use crate::annotation::LabelSet;
use crate::json::{self, Malformed, Read};
use crate::web::{contract, keyboard};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Handle {
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
        let read = |value| Read::read(value).ok_or_else(|| Malformed("it is none".into()));
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
        self.controller
            .write(|session| session.set_read_only(read_only));
        if let Some(view) = self.controller.view() {
            view.moved(&self.controller, false);
        }
    }

    /// The page's colours may have changed.
    pub fn recolour(&self) {
        if let Some(view) = self.controller.view() {
            view.recolour(&self.controller);
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
