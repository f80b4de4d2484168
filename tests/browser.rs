//! Tests of the library inside a browser; `cargo test` runs them there by way of `tests/e2e`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use rubricate::text::{Text, Utf16};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "browser/storage/mod.rs"]
mod storage;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn utf16_offsets_are_those_of_javascript() {
    let content = "a😀é";
    let text = Text::new(content.to_owned()).unwrap();
    assert_eq!(
        text.utf16_of(3),
        Some(Utf16(js_sys::JsString::from(content).length()))
    );
}
