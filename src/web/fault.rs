//! The end of this instance of the program by a fault of its own.

use super::dom;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Ends this instance of the program, as a panic does: after a trap that is none, such as memory that
/// ran out.
#[wasm_bindgen]
pub fn stop() {
    dom::die();
}

/// Calls `stopped` after a panic. From then on no listener of this instance runs any more, since a
/// borrow may be held for ever; what was tagged is stored by then.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(stopped: js_sys::Function) {
    std::panic::set_hook(Box::new(|info| {
        dom::die();
        web_sys::console::error_1(&format!("Rubricate stopped: {info}").into());
        STOPPED.with(|stopped| {
            if let Some(stopped) = stopped.take() {
                // The callback may throw; there is nobody left to tell.
                let _ = stopped.call0(&JsValue::UNDEFINED);
            }
        });
    }));
    STOPPED.set(Some(stopped));
}

thread_local! {
    static STOPPED: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}
