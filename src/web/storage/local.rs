//! Local storage: one small immutable value for each record, written at once.

use super::key::{self, RecordKey};
use super::state::LocalError;
use super::{StoredRecord, error_text};
use wasm_bindgen::{JsCast, JsValue};

/// The records in local storage, of one namespace.
pub(super) struct LocalStore {
    namespace: String,
    storage: Option<web_sys::Storage>,
}

impl LocalStore {
    pub(super) fn new(namespace: &str, storage: Option<web_sys::Storage>) -> Self {
        LocalStore {
            namespace: namespace.to_owned(),
            storage,
        }
    }

    pub(super) fn is_refused(&self) -> bool {
        self.storage.is_none()
    }

    /// All readable records of a document; keys of any other form are passed over.
    pub(super) fn records(&self, document: &str) -> Vec<StoredRecord> {
        let Some(storage) = &self.storage else {
            return Vec::new();
        };
        let prefix = key::prefix(&self.namespace, document);
        // `key(i)` is quadratic in Firefox; the property names come in one go.
        js_sys::Object::keys(storage.unchecked_ref::<js_sys::Object>())
            .iter()
            .filter_map(|name| name.as_string())
            .filter_map(|name| {
                let key = key::parse_suffix(name.strip_prefix(&prefix)?)?;
                let content = storage.get_item(&name).ok()??;
                Some(StoredRecord { key, content })
            })
            .collect()
    }

    /// The records of all documents: the document's part of the key, and the record's name.
    pub(super) fn all_keys(&self) -> Vec<(String, RecordKey)> {
        let Some(storage) = &self.storage else {
            return Vec::new();
        };
        let prefix = format!("{}:j:", self.namespace);
        js_sys::Object::keys(storage.unchecked_ref::<js_sys::Object>())
            .iter()
            .filter_map(|name| name.as_string())
            .filter_map(|name| {
                let (document, record) = name.strip_prefix(&prefix)?.split_once(':')?;
                Some((document.to_owned(), key::parse_suffix(record)?))
            })
            .collect()
    }

    pub(super) fn put(
        &self,
        document: &str,
        key: &RecordKey,
        content: &str,
    ) -> Result<(), LocalError> {
        let storage = self.storage.as_ref().ok_or(LocalError::Refused)?;
        let name = self.name(document, key);
        storage
            .set_item(&name, content)
            .map_err(|error| local_error(&error))?;
        // A host may have replaced what stores.
        match storage.get_item(&name) {
            Ok(Some(stored)) if stored == content => Ok(()),
            _ => Err(LocalError::Failed("what was put there isn’t there".into())),
        }
    }

    /// A record that cannot be removed is left: it adds nothing to a snapshot that has it.
    pub(super) fn remove(&self, document: &str, key: &RecordKey) {
        if let Some(storage) = &self.storage {
            let _ = storage.remove_item(&self.name(document, key));
        }
    }

    /// Which record of `document` the local storage key `name` holds, if any.
    pub(super) fn key_in(&self, document: &str, name: &str) -> Option<RecordKey> {
        key::parse_suffix(name.strip_prefix(&key::prefix(&self.namespace, document))?)
    }

    fn name(&self, document: &str, key: &RecordKey) -> String {
        key::prefix(&self.namespace, document) + &key::suffix(key)
    }
}

fn local_error(error: &JsValue) -> LocalError {
    let (name, text) = error_text(error);
    match name.as_str() {
        // The second is what Firefox called it until 2025.
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => LocalError::Full,
        "SecurityError" => LocalError::Refused,
        _ => LocalError::Failed(text),
    }
}
