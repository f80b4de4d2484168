//! What an element offers beyond its own document's annotations.

use super::Handle;
use crate::edit::{Kind, Subject, Value, Write};
use crate::web::argument::Argument;
use crate::web::contract::{self, By, document_state};
use crate::web::datasets;
use wasm_bindgen::prelude::*;

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

    /// Throws if there is no format of that id.
    #[wasm_bindgen(js_name = mustKnowFormat)]
    pub fn must_know_format(&self, format: &str) -> Result<(), JsValue> {
        datasets::known(format).map(drop)
    }
}
