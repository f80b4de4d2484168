//! What an element offers beyond its own document: marking it, and files of several documents.

use super::Handle;
use crate::edit::{Kind, Subject, Value, Write};
use crate::web::argument::Argument;
use crate::web::contract::{self, By};
use crate::web::corpus::{document_state, export_documents};
use crate::web::datasets;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen]
impl Handle {
    /// Says how far the work on the open document has come: `open`, `done`, or `skipped` for a
    /// reason. Whether that is another state than before; `null` if the host cancelled it.
    pub fn mark(&self, state: String, options: JsValue) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let reason = match options.is_undefined() {
            true => None,
            false => Argument::new(&options, "The options must be an object: {reason?}.")?
                .string("reason")?,
        };
        let state = document_state(&state, reason)?;
        let former = self.controller.read(|s| s.state().document_state());
        if former.as_ref() == Some(&state) {
            return Ok(false.into());
        }
        let write = Write {
            subject: Subject::Document,
            value: Value::State(state),
            restores: None,
        };
        match self.controller.change(By::Api, Kind::Edit, vec![write]) {
            Ok(change) => Ok(change.map_or(JsValue::NULL, |_| true.into())),
            Err(refusal) => Err(contract::exception(
                "NoModificationAllowedError",
                &refusal.to_string(),
            )),
        }
    }

    /// The documents of those ids as one file of our JSON, checked; a promise of it and of how many
    /// documents and annotations it has.
    #[wasm_bindgen(js_name = exportDocuments)]
    pub fn export_documents(&self, ids: Array, format: String) -> Promise {
        let (labels, creator) = {
            let settings = self.controller.settings.borrow();
            (settings.labels.clone(), settings.creator.clone())
        };
        let keeping = self.controller.keeping.borrow().clone();
        future_to_promise(async move {
            datasets::known(&format)?;
            // Of which the shell has a file of another format made.
            let format = datasets::known(datasets::OURS)?;
            if let Some(keeping) = keeping {
                // What is open goes out as it is stored, so it has to be.
                let _ = keeping.flushed().await;
            }
            let ids: Vec<String> = ids.iter().filter_map(|id| id.as_string()).collect();
            let written = export_documents(&ids, &labels, creator.as_deref()).await;
            let exported =
                written.map_err(|message| JsValue::from(js_sys::Error::new(&message)))?;
            let name = format!("{}-documents{}", exported.documents, format.extension);
            let file = datasets::file(exported.json, &name, format)?;
            let counts = [exported.documents, exported.annotations].map(|n| (n as u32).into());
            Ok(Array::of3(&file, &counts[0], &counts[1]).into())
        })
    }
}
