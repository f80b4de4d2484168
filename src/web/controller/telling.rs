//! What the host hears, whether or not the element is on a page.

use super::Controller;
use crate::edit::Changed;
use crate::web::contract::{self, By};
use crate::web::panels::NoticeKind;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, EventTarget};

impl Controller {
    /// Tells the host, whether or not the element is on a page. False if it was cancelled.
    pub fn dispatch(&self, name: &str, detail: &JsValue, cancelable: bool) -> bool {
        let Some(host) = self.host.deref() else {
            return true;
        };
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(cancelable);
        init.set_detail(detail);
        match CustomEvent::new_with_event_init_dict(name, &init) {
            Ok(event) => {
                let host: &EventTarget = host.unchecked_ref();
                host.dispatch_event(&event).unwrap_or(true)
            }
            Err(_) => true,
        }
    }

    /// Tells the host which text is open.
    pub fn tell_loaded(&self) {
        let loaded = self.read(|session| contract::loaded(session.document()));
        if let Some(loaded) = loaded {
            self.dispatch("rubricate-load", &loaded, false);
        }
    }

    /// Tells the host what is active.
    pub fn dispatch_select(&self) {
        let detail = self.read(contract::selection);
        if let Some(detail) = detail {
            self.dispatch("rubricate-select", &detail, false);
        }
    }

    /// Tells the host of a change.
    pub(super) fn tell(&self, changes: &[Changed], by: By) {
        let detail = self.read(|session| contract::change(session.document(), changes, by));
        if let Some(detail) = detail {
            self.dispatch("rubricate-change", &detail, false);
        }
    }

    /// Says to the host and on the screen what went wrong.
    pub fn fail(&self, code: &str, message: &str) {
        // An attribute in the markup is read before the element is on the page: then nobody who
        // listens further up could hear of it.
        if let Some(unsaid) = &mut *self.unsaid.borrow_mut() {
            unsaid.push((code.to_owned(), message.to_owned()));
            return;
        }
        if let Some(view) = self.view() {
            view.notice(NoticeKind::Error, message);
        }
        self.tell_failure(code, message);
    }

    /// Says to the host what went wrong that it has asked for itself.
    pub fn tell_failure(&self, code: &str, message: &str) {
        let detail = js_sys::Object::new();
        contract::put(&detail, "code", &code.into());
        contract::put(&detail, "message", &message.into());
        self.dispatch("rubricate-error", &detail, false);
    }
}
