//! Keys, while the focus is in the text.

use super::controller::{Controller, platform};
use super::dom;
use super::view::View;
use crate::session::{Action, KeyPress};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, FocusOptions, HtmlElement, KeyboardEvent};

/// Focuses without scrolling: what is active is scrolled to by itself.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Listens for keys and copies in the text.
pub fn listen(view: &Rc<View>, controller: &Rc<Controller>) -> Vec<EventListener> {
    let text = view.text();
    let keydown = {
        let controller = controller.weak();
        dom::on(&text, "keydown", move |event| {
            let Some(controller) = controller.upgrade() else {
                return;
            };
            let press = press(event.unchecked_ref());
            let command = controller
                .read(|session| session.keymap().command(&press, platform()))
                .flatten();
            if let Some(command) = command
                && controller.act(Action::Command(command))
            {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let copy = {
        let controller = controller.weak();
        dom::on(&text, "copy", move |event| {
            if let Some(controller) = controller.upgrade() {
                copy(&controller, event);
            }
        })
    };
    let escape = {
        let weak = Rc::downgrade(view);
        dom::on(view.root(), "keydown", move |event| {
            if let Some(view) = weak.upgrade() {
                back_into_text(&view, event.unchecked_ref());
            }
        })
    };
    vec![keydown, copy, escape, enter_by_button(view), leave(view)]
}

/// How the text is announced while keys go to it.
const BY_KEYBOARD: &str = "Article. Arrows choose a piece of text, a letter names it. Question mark lists the keys, Tab leaves.";

/// A screen reader takes letters and arrows for itself while it reads. This button, which only it
/// comes by, has it pass them on.
pub fn way_in() -> HtmlElement {
    let button = dom::button("by-keyboard visually-hidden", "Tag by keyboard", "");
    dom::set(&button, "tabindex", "-1");
    button
}

fn enter_by_button(view: &Rc<View>) -> EventListener {
    let text = view.text();
    dom::on(&view.by_keyboard, "click", move |_| {
        dom::set(&text, "role", "application");
        dom::set(&text, "aria-label", BY_KEYBOARD);
        focus(&text);
    })
}

/// With the focus elsewhere the text is a document again, to be read.
fn leave(view: &Rc<View>) -> EventListener {
    let text = view.text();
    dom::on(&view.text(), "blur", move |_| {
        dom::set(&text, "role", "document");
        dom::set(&text, "aria-label", "Article");
    })
}

/// Escape in a panel that has nothing of its own to close leads back into the text.
fn back_into_text(view: &View, event: &KeyboardEvent) {
    let text = view.text();
    let elsewhere = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|target| {
            !text.contains(Some(&target)) && !matches!(target.closest("dialog"), Ok(Some(_)))
        });
    if event.key() == "Escape" && !event.default_prevented() && !event.is_composing() && elsewhere {
        focus(&text);
        event.prevent_default();
        event.stop_propagation();
    }
}

fn press(event: &KeyboardEvent) -> KeyPress {
    KeyPress {
        key: event.key(),
        code: event.code(),
        shift: event.shift_key(),
        ctrl: event.ctrl_key(),
        alt: event.alt_key(),
        meta: event.meta_key(),
        alt_graph: event.get_modifier_state("AltGraph"),
        composing: event.is_composing(),
        repeat: event.repeat(),
        default_prevented: event.default_prevented(),
        in_field: in_field(event),
    }
}

fn in_field(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|target| {
            target.is_content_editable()
                || matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        })
}

/// Puts the active piece on the clipboard, unless the browser has a selection of its own.
fn copy(controller: &Controller, event: &Event) {
    let own = gloo::utils::window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|selection| !selection.is_collapsed());
    let text = controller
        .read(|session| {
            let span = session.active_span()?;
            session.document().text.slice(span).map(str::to_owned)
        })
        .flatten();
    if let (false, Some(text), Some(data)) = (
        own,
        text,
        event.unchecked_ref::<ClipboardEvent>().clipboard_data(),
    ) && data.set_data("text/plain", &text).is_ok()
    {
        event.prevent_default();
    }
}
