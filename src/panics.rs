//! Panics on request: a test makes an exported function of the page's modules panic at its
//! [`point`]. Only the build with the feature `test-panics`, which no bundle has, can be asked.

/// Where an exported function panics if a test has asked for it; nothing in any other build.
#[inline(always)]
pub fn point() {
    #[cfg(feature = "test-panics")]
    assert!(!requested::IS_ASKED.take(), "a test has asked for it");
}

#[cfg(feature = "test-panics")]
mod requested {
    use std::cell::Cell;
    use wasm_bindgen::prelude::*;

    thread_local! {
        pub static IS_ASKED: Cell<bool> = const { Cell::new(false) };
    }

    /// Makes the next function panic that comes to its point.
    #[wasm_bindgen(js_name = panicNext)]
    pub fn panic_next() {
        IS_ASKED.set(true);
    }
}
