//! The test build with the feature `test-panics`: each exported function can be made to panic where it
//! first looks at what is open. No bundle has this.

use super::Controller;
use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

thread_local! {
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Makes the next exported function panic.
#[wasm_bindgen(js_name = panicNext)]
pub fn panic_next() {
    IS_ASKED.set(true);
}

/// The controller, which panics when it is asked to.
pub(super) struct Held(Rc<Controller>);

impl From<Rc<Controller>> for Held {
    fn from(controller: Rc<Controller>) -> Held {
        Held(controller)
    }
}

impl Deref for Held {
    type Target = Rc<Controller>;

    fn deref(&self) -> &Rc<Controller> {
        assert!(!IS_ASKED.take(), "a test has asked for it");
        &self.0
    }
}
