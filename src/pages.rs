//! The page's second module, loaded when the first web page is opened: HTML in, a document out.

use crate::document::{DocumentMeta, html};
use crate::journal::write_document;
use crate::panics::point;
use wasm_bindgen::prelude::*;

/// The document that a web page holds, as the line that is stored of it, with what the page itself
/// says of its title and language; `undefined` if a reader would see no text.
#[wasm_bindgen(js_name = readPage)]
pub fn read_page(content: &str) -> Option<String> {
    point();
    let document = html(content, DocumentMeta::default()).ok()?;
    Some(write_document(&document, serde_json::Value::Null))
}
