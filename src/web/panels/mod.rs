//! The parts of the interface beside the text: they show a session and turn what people do into
//! actions.
//!
//! Each panel owns its elements and its listeners, and dropping it ends both. What a panel is told
//! (its methods that take a `&Session`) never calls back at once: actions, and moves of the focus
//! that the browser answers with events, come from listeners, timers and microtasks alone, when
//! nobody holds the session.

mod bar;
mod card;
mod guide;
mod help;
mod keys;
mod list;
mod notice;
mod overview;
mod panel;
mod resized;
mod status;

pub use bar::Bar;
pub use card::Card;
pub use guide::Guide;
pub use help::Help;
pub use list::List;
pub use notice::{Kind as NoticeKind, Notice};
pub use overview::Overview;
pub use panel::Panel;
pub use resized::Resized;
pub use status::Status;

use super::dom;
use crate::annotation::{Label, LabelSet};
use crate::session::{Action, Session};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// Where a panel sends what a person means to do.
pub type Act = Rc<dyn Fn(Action)>;

/// Runs something with the session; does nothing while the session is being changed, after which
/// the panels are brought up to date anyway.
pub type Look = Rc<dyn Fn(&mut dyn FnMut(&Session))>;

/// What a panel does when it closes while it has the focus, which should then go to the text.
pub type Leave = Rc<dyn Fn()>;

/// Runs `f` when the script that is running has ended, and with it all borrows.
fn later(f: impl FnOnce() + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        if !dom::is_dead() {
            f();
        }
    });
}

fn focus_later(element: &HtmlElement) {
    let element = element.clone();
    later(move || {
        let _ = element.focus();
    });
}

fn has_focus(element: &Element) -> bool {
    element.matches(":focus-within").unwrap_or(false)
}

/// The innermost element around the event's target that matches `selector`.
fn target(event: &Event, selector: &str) -> Option<HtmlElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()??.dyn_into().ok()
}

/// Keeps the focus and the text's selection where they are when somebody presses a pointer on
/// `element`. It is the mouse event that moves both, for touch and pen too; cancelling
/// `pointerdown` would keep that event from being sent.
fn keep_selection(element: &HtmlElement) -> EventListener {
    dom::on(element, "mousedown", |event| event.prevent_default())
}

/// The key of a press that a panel may act on: no modifier but Shift, no input method at work.
fn plain_key(event: &KeyboardEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    (!modified && !composes(event) && !event.default_prevented()).then(|| event.key())
}

/// Whether an input method takes the key. Safari says so by the key code alone for the press that
/// ends a composition.
fn composes(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Ends an event here: neither the browser nor a listener further out acts on it.
fn done(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

/// Says in an ARIA attribute whether something holds, touching the DOM only where that differs.
fn set_state(element: &Element, name: &str, holds: bool) {
    let value = if holds { "true" } else { "false" };
    if element.get_attribute(name).as_deref() != Some(value) {
        dom::set(element, name, value);
    }
}

/// A label's letter in its colour, for eyes alone: what carries it has a name. It is drawn by the
/// styles, since as a text it would have to be part of that name.
fn letter(id: &str, text: &str) -> HtmlElement {
    let letter = dom::element("span", "letter");
    dom::set(&letter, "data-label", id);
    dom::set(&letter, "data-letter", text);
    dom::set(&letter, "aria-hidden", "true");
    letter
}

/// The letter of a label that may have been removed from the set.
fn letter_of(labels: &LabelSet, id: &str) -> String {
    labels.get(id).map_or("?".into(), Label::letter)
}

/// “1 annotation”, “2 annotations”.
fn annotations(count: usize) -> String {
    match count {
        1 => "1 annotation".into(),
        _ => format!("{count} annotations"),
    }
}
