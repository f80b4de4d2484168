//! Hearing of an element's size, for as long as one wants to.

use crate::web::dom;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Watches an element's size until it is dropped.
pub struct Resized {
    observer: Option<ResizeObserver>,
    // Kept, since the browser calls it.
    _heard: Closure<dyn FnMut()>,
}

impl Resized {
    /// Calls `heard` when `element` is laid out first, and after each change of its size.
    pub fn new(element: &Element, mut heard: impl FnMut() + 'static) -> Resized {
        let heard = Closure::new(move || {
            if !dom::is_dead() {
                heard();
            }
        });
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Resized {
            observer,
            _heard: heard,
        }
    }
}

impl Drop for Resized {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
