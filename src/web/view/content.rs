//! Hearing of changes in a host's content.

use super::View;
use crate::web::controller::Controller;
use crate::web::dom;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Date, Function};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{MutationObserver, MutationObserverInit, MutationRecord};

/// What takes less time than this, in milliseconds, is read again within the frame.
const WITHIN_A_FRAME: f64 = 8.0;

/// How long changes of style gather, in milliseconds: an animation makes one in each frame.
const STYLE_DELAY: u32 = 250;

/// Watches a host's content until it is dropped.
pub(super) struct Content {
    observer: Option<MutationObserver>,
    // Called by the observer.
    _heard: Closure<dyn FnMut(Array)>,
}

/// When the content is to be read again.
#[derive(Default)]
pub(super) struct Reading {
    frame: RefCell<Option<AnimationFrame>>,
    timeout: RefCell<Option<Timeout>>,
    // How long it took the last time, in milliseconds.
    took: Cell<f64>,
    // Whether something has changed while it was being opened.
    missed: Cell<bool>,
    // Who waits for a change.
    waiting: RefCell<Option<Function>>,
}

impl Content {
    pub(super) fn watch(view: &Rc<View>, controller: &Rc<Controller>) -> Content {
        let (weak, controller) = (Rc::downgrade(view), controller.weak());
        let heard = Closure::new(move |records: Array| {
            if let (false, Some(view), Some(controller)) =
                (dom::is_dead(), weak.upgrade(), controller.upgrade())
            {
                view.content_changed(&controller, &records);
            }
        });
        let observer = MutationObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            let init = MutationObserverInit::new();
            init.set_child_list(true);
            init.set_character_data(true);
            init.set_subtree(true);
            // Those by which hosts show and hide things.
            let attributes = ["class", "style", "hidden", "open"].map(JsValue::from);
            init.set_attribute_filter(&attributes.into_iter().collect::<Array>());
            let _ = observer.observe_with_options(&view.host, &init);
        }
        Content {
            observer,
            _heard: heard,
        }
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

impl View {
    fn content_changed(self: &Rc<Self>, controller: &Rc<Controller>, records: &Array) {
        self.wake_who_waits();
        if !controller.is_in_place() {
            self.reading.missed.set(true);
            return;
        }
        let is_style = records.iter().all(|record| {
            record
                .dyn_ref::<MutationRecord>()
                .is_some_and(|record| record.type_() == "attributes")
        });
        if is_style {
            self.style_changed(controller);
        } else if self.reading.took.get() <= WITHIN_A_FRAME {
            self.read_before_painting(controller);
        } else {
            // Until it is read again nothing is shown, rather than something on another text.
            self.painter.borrow_mut().clear();
            self.brackets.hide();
            self.read_later(controller, (self.reading.took.get() * 4.0) as u32);
        }
    }

    /// What is shown of the content may be another part of it.
    pub(super) fn style_changed(self: &Rc<Self>, controller: &Rc<Controller>) {
        if controller.is_in_place() {
            let delay = STYLE_DELAY.max((self.reading.took.get() * 4.0) as u32);
            self.read_later(controller, delay);
        }
    }

    /// Nobody waits any longer for a change that may never come: what waits is kept, and with it the
    /// element.
    pub(super) fn wake_who_waits(&self) {
        if let Some(waiting) = self.reading.waiting.take() {
            let _ = waiting.call0(&JsValue::UNDEFINED);
        }
    }

    /// Hears of changes from now on.
    pub(super) fn watch_content(self: &Rc<Self>, controller: &Rc<Controller>) {
        if self.content.borrow().is_none() {
            self.content.replace(Some(Content::watch(self, controller)));
        }
    }

    /// Resolves when the content changes next.
    pub fn content_change(self: &Rc<Self>, controller: &Rc<Controller>) -> js_sys::Promise {
        self.watch_content(controller);
        js_sys::Promise::new(&mut |resolve, _| {
            self.reading.waiting.replace(Some(resolve));
        })
    }

    /// What has changed up to now is known.
    pub(super) fn reading_begins(&self) {
        self.reading.missed.set(false);
    }

    /// What has changed between reading and showing is read now.
    pub(super) fn read_what_was_missed(self: &Rc<Self>, controller: &Rc<Controller>) {
        if self.reading.missed.take() {
            self.read_before_painting(controller);
        }
    }

    fn read_before_painting(self: &Rc<Self>, controller: &Rc<Controller>) {
        if self.reading.frame.borrow().is_some() {
            return;
        }
        let (view, controller) = (Rc::downgrade(self), controller.weak());
        let frame = request_animation_frame(move |_| {
            if let (Some(view), Some(controller)) = (view.upgrade(), controller.upgrade()) {
                view.read_now(&controller);
            }
        });
        self.reading.frame.replace(Some(frame));
    }

    fn read_later(self: &Rc<Self>, controller: &Rc<Controller>, delay: u32) {
        if self.reading.timeout.borrow().is_some() {
            return;
        }
        let (view, controller) = (Rc::downgrade(self), controller.weak());
        let timeout = Timeout::new(delay, move || {
            if let (Some(view), Some(controller)) = (view.upgrade(), controller.upgrade()) {
                view.read_now(&controller);
            }
        });
        self.reading.timeout.replace(Some(timeout));
    }

    fn read_now(self: &Rc<Self>, controller: &Rc<Controller>) {
        self.reading.frame.take();
        self.reading.timeout.take();
        if dom::is_dead() || !controller.is_in_place() {
            return;
        }
        let begun = Date::now();
        self.read_again(controller);
        self.reading.took.set(Date::now() - begun);
    }
}
