//! Building DOM by `createElement` and text alone; no markup is ever parsed.

use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement};

thread_local! {
    static DEAD: Cell<bool> = const { Cell::new(false) };
}

/// After a panic nothing here may run again: a borrow may be held for ever.
pub fn die() {
    DEAD.set(true);
}

/// Whether a panic has ended this instance of the program.
pub fn is_dead() -> bool {
    DEAD.get()
}

/// The page's document.
pub fn document() -> Document {
    gloo::utils::document()
}

/// A new element of class `class`.
pub fn element(tag: &str, class: &str) -> HtmlElement {
    // Only a malformed tag name makes this fail, and ours are literals.
    let element: HtmlElement = document()
        .create_element(tag)
        .unwrap_throw()
        .unchecked_into();
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// A new element with a text.
pub fn labelled(tag: &str, class: &str, text: &str) -> HtmlElement {
    let element = element(tag, class);
    element.set_text_content(Some(text));
    element
}

/// A new button with its name.
pub fn button(class: &str, text: &str, name: &str) -> HtmlElement {
    let button = labelled("button", class, text);
    set(&button, "type", "button");
    if !name.is_empty() {
        set(&button, "aria-label", name);
        set(&button, "title", name);
    }
    button
}

/// Sets an attribute.
pub fn set(element: &Element, name: &str, value: &str) {
    // Fails on malformed names alone, and ours are literals.
    let _ = element.set_attribute(name, value);
}

/// Sets or removes an attribute without a value.
pub fn toggle(element: &Element, name: &str, on: bool) {
    let _ = element.toggle_attribute_with_force(name, on);
}

/// Shows or hides an element, touching the DOM only where that changes something.
pub fn show(element: &HtmlElement, shown: bool) {
    if element.hidden() == shown {
        element.set_hidden(!shown);
    }
}

/// Sets an element's text, touching the DOM only where that changes something.
pub fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets an inline custom property or style; strict policies allow this road.
pub fn style(element: &HtmlElement, name: &str, value: &str) {
    let _ = element.style().set_property(name, value);
}

/// Appends children in order.
pub fn append(parent: &Element, children: &[&Element]) {
    for child in children {
        let _ = parent.append_child(child);
    }
}

/// The language that an element's text is in, if anybody says.
pub fn language(element: &Element) -> Option<String> {
    let stated = element.closest("[lang]").ok().flatten();
    let language = stated.and_then(|stated| stated.get_attribute("lang"));
    language.filter(|language| !language.is_empty())
}

/// Calls back when the page has been read to its end.
pub fn once_complete(then: impl FnOnce() + 'static) {
    EventListener::once(&document(), "DOMContentLoaded", move |_| {
        if !is_dead() {
            then();
        }
    })
    .forget();
}

/// Listens until the guard is dropped.
pub fn on(
    target: &EventTarget,
    event: &'static str,
    mut handle: impl FnMut(&Event) + 'static,
) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, event, options, move |event| {
        if !is_dead() {
            handle(event);
        }
    })
}

/// Listens while the event goes down, before anybody else hears it.
pub fn on_capture(
    target: &EventTarget,
    event: &'static str,
    mut handle: impl FnMut(&Event) + 'static,
) -> EventListener {
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(target, event, options, move |event| {
        if !is_dead() {
            handle(event);
        }
    })
}
