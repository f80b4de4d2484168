//! The open document's text in the stores, beside its journal.

use super::{Keeping, is_trouble};
use crate::session::Session;
use crate::web::texts;
use gloo::timers::callback::Timeout;
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// A text that could not be stored is tried again after this, then at growing intervals.
pub(super) const FIRST_RETRY_MS: u32 = 1_000;
const RETRIES_AT_MOST_EVERY_MS: u32 = 60_000;

impl Keeping {
    /// Keeps the session's text, so that it can be opened again, and what goes with it.
    pub fn keep_document(self: &Rc<Self>, session: &Session, beside: Value) {
        self.text_waits.set(true);
        let (me, document) = (self.clone(), session.document().clone());
        let all_known = !self.is_incomplete.get() && !session.is_locked();
        let in_use = all_known.then(|| session.state().texts());
        let number = self.text_number.get().wrapping_add(1);
        self.text_number.set(number);
        // One after another, so that each finds the text before it and moves that aside.
        let before = self.text_kept.take();
        self.text_kept.replace(Some(future_to_promise(async move {
            if let Some(before) = before {
                let _ = JsFuture::from(before).await;
            }
            let kept = texts::keep(&me.storage, &document, beside.clone(), in_use).await;
            if me.text_number.get() != number {
                return Ok(JsValue::UNDEFINED);
            }
            let failed = kept.is_err();
            let said = me.text_was_kept(kept);
            if failed {
                me.keep_text_later(beside);
            }
            Ok(said)
        })));
    }

    /// Tries again while the document is open; what it waits for may be room that somebody makes.
    fn keep_text_later(self: &Rc<Self>, beside: Value) {
        let delay = self.text_retry_ms.get();
        self.text_retry_ms
            .set((delay * 2).min(RETRIES_AT_MOST_EVERY_MS));
        let weak = Rc::downgrade(self);
        self.text_retry.replace(Some(Timeout::new(delay, move || {
            let Some(me) = weak.upgrade() else { return };
            let controller = me.controller.borrow().upgrade();
            if let Some(controller) = controller {
                controller.read(|session| me.keep_document(session, beside));
            }
        })));
    }

    fn text_was_kept(&self, kept: Result<(), String>) -> JsValue {
        let controller = self.controller.borrow().upgrade();
        let Err(why) = kept else {
            self.text_waits.set(false);
            if let Some(controller) = controller
                && !self.is_dirty()
            {
                controller.dispatch("rubricate-saved", &JsValue::NULL, false);
            }
            return JsValue::UNDEFINED;
        };
        let message = format!(
            "The text could not be stored, since {why}; the annotations are kept. Download your work before you leave."
        );
        // Where there is no IndexedDB at all, that has been said.
        let is_known = is_trouble(&self.storage.state());
        self.text_waits.set(!is_known);
        let is_told = self.text_retry_ms.get() > FIRST_RETRY_MS;
        if let (Some(controller), false) = (controller, is_known || is_told) {
            controller.fail("storage", &message);
        }
        message.into()
    }
}
