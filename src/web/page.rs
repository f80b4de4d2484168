//! Reading a web page: the parser is a module of its own, which the shell loads when first asked.

use super::load::Failure;
use super::world::sentence;
use crate::document::{Document, DocumentMeta, LoadError};
use crate::journal::read_document;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static READER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Sets what reads a page: a function from its HTML to a promise of the line that is stored of its
/// document, or of `undefined` if it has no text.
#[wasm_bindgen(js_name = readPagesWith)]
pub fn read_pages_with(reader: Function) {
    READER.set(Some(reader));
}

/// The document that `content`, a web page, holds.
pub async fn read(content: &str, meta: DocumentMeta) -> Result<Document, Failure> {
    if content.is_empty() {
        return Err(LoadError::Empty.into());
    }
    let asked = READER.with_borrow(|reader| {
        let reader = reader.as_ref()?;
        reader.call1(&JsValue::UNDEFINED, &content.into()).ok()
    });
    let promise = asked.map_or_else(
        || Promise::reject(&JsValue::UNDEFINED),
        JsCast::unchecked_into,
    );
    let line = JsFuture::from(promise)
        .await
        .map_err(|error| Failure::Reader(sentence(&error)))?;
    let line = line.as_string().ok_or(LoadError::NoText)?;
    let (document, _) = read_document(&line).map_err(|_| {
        Failure::Reader("The parts of Rubricate don’t fit together. Reload the page.".to_owned())
    })?;
    Ok(meta.complete(document))
}
