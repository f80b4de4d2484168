//! Keys, while the focus is in the text.

use super::controller::{Controller, platform};
use super::dom;
use super::view::View;
use crate::session::{Action, Command, KeyPress};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, EventTarget, FocusOptions, HtmlElement, KeyboardEvent};

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
        let (controller, listening) = (controller.weak(), EventTarget::from(text.clone()));
        dom::on(&text, "keydown", move |event| {
            let Some(controller) = controller.upgrade() else {
                return;
            };
            // A link or a field in a host's own content has its keys for itself.
            if event.target().as_ref() != Some(&listening) {
                return;
            }
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
        let (weak, controller) = (Rc::downgrade(view), controller.weak());
        // Where nothing is selected, Firefox tells the body of a copy, whatever has the focus.
        dom::on(&dom::document(), "copy", move |event| {
            if let (Some(view), Some(controller)) = (weak.upgrade(), controller.upgrade())
                && view.text().matches(":focus").unwrap_or(false)
            {
                copy(&controller, event);
            }
        })
    };
    let beside = {
        let (weak, controller) = (Rc::downgrade(view), controller.weak());
        dom::on(view.root(), "keydown", move |event| {
            if let (Some(view), Some(controller)) = (weak.upgrade(), controller.upgrade()) {
                beside_the_text(&view, &controller, event.unchecked_ref());
            }
        })
    };
    vec![keydown, copy, beside, enter_by_button(view), leave(view)]
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

/// Keys in a panel that has no use of its own for them: undo and redo everywhere, labels on the label
/// bar, and Escape leads back into the text.
fn beside_the_text(view: &View, controller: &Controller, event: &KeyboardEvent) {
    let text = view.text();
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let inside = |selector: &str| matches!(target.closest(selector), Ok(Some(_)));
    // What is not in the element's own tree is the host's.
    let is_ours = view.root().contains(Some(&target));
    if !is_ours || text.contains(Some(&target)) || inside("dialog") {
        return;
    }
    let press = press(event);
    let command = controller
        .read(|session| session.keymap().command(&press, platform()))
        .flatten();
    let done = match command {
        Some(Command::Escape) => {
            focus(&text);
            true
        }
        Some(command @ (Command::Undo | Command::Redo)) => controller.act(Action::Command(command)),
        Some(command @ (Command::Label(_) | Command::TagAndGoOn(_))) if inside(".labels") => {
            focus(&text);
            controller.act(Action::Command(command))
        }
        _ => false,
    };
    if done {
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
