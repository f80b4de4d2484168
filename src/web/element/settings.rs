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

    /// Sets the labels from JSON, and says whether it could: a malformed set is refused, and the
    /// former one stays. `null` is the default set.
    #[wasm_bindgen(js_name = setLabels)]
    pub fn set_labels(&self, json: Option<String>) -> bool {
        let labels = match json.as_deref() {
            None => Ok(LabelSet::default()),
            Some(json) => LabelSet::from_json(json),
        };
        match labels {
            Ok(labels) => {
                self.controller.settings.borrow_mut().labels = labels;
                self.apply_settings();
                true
            }
            Err(error) => {
                self.controller.fail("labels", &error.to_string());
                false
            }
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

    /// Sets the name under which annotations are stored.
    #[wasm_bindgen(js_name = setDocumentId)]
    pub fn set_document_id(&self, id: Option<String>) {
        let controller = &self.controller;
        controller.settings.borrow_mut().document_id = id.filter(|id| !id.is_empty());
        // What nothing is stored of has another name at once.
        if controller.keeping.borrow().is_none() {
            controller.write(|session| session.set_id(controller.name()));
        }
        // What is stored is opened again, unless something is being loaded, which takes the name.
        let is_other = controller.read(|session| session.document().id != controller.name());
        let is_open = !controller.loading.get();
        controller
            .is_misnamed
            .set(is_open && is_other == Some(true));
    }

    /// Whether what is open should be opened again under the name that was set; once.
    #[wasm_bindgen(js_name = isMisnamed)]
    pub fn is_misnamed(&self) -> bool {
        self.controller.is_misnamed.take()
    }

    /// Sets the text's language; without one it is what the source says.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&self, language: Option<String>) {
        let controller = &self.controller;
        let language = language.filter(|language| !language.is_empty());
        controller
            .settings
            .borrow_mut()
            .language
            .clone_from(&language);
        let own = controller.own.borrow().1.clone();
        controller.write(|session| session.set_language(language.or(own)));
        if let Some(view) = controller.view() {
            controller.read(|session| view.article.borrow().say_language(session.document()));
        }
    }

    /// Sets which way the text runs: `ltr` or `rtl`; anything else leaves that to its letters.
    #[wasm_bindgen(js_name = setDirection)]
    pub fn set_direction(&self, direction: Option<String>) {
        let controller = &self.controller;
        let is_rtl = match direction.map(|d| d.to_ascii_lowercase()).as_deref() {
            Some("rtl") => Some(true),
            Some("ltr") => Some(false),
            _ => None,
        };
        controller.settings.borrow_mut().is_rtl = is_rtl;
        controller.write(|session| session.set_direction(is_rtl));
        if let Some(view) = controller.view() {
            controller.read(|session| {
                let mut article = view.article.borrow_mut();
                article.is_rtl = is_rtl;
                article.say_direction(session.document());
            });
            view.place_brackets(controller);
        }
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
