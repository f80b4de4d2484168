//! Tests of the web layer, run inside a browser.
#![cfg(target_arch = "wasm32")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[path = "browser/storage/mod.rs"]
mod storage;
