//! Mouse, pen and touch in the text.

use super::article::{is_control, target};
use super::controller::Controller;
use super::dom;
use super::view::View;
use crate::session::{Action, Pointed};
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{MouseEvent, PointerEvent};

/// What a pointer is doing.
#[derive(Default)]
pub struct Pointing {
    // While a button is down: hears of its release, wherever on the page that happens.
    release: RefCell<Option<EventListener>>,
    touch: Cell<bool>,
}

/// Listens for presses in the text.
pub fn listen(view: &Rc<View>, controller: &Rc<Controller>) -> Vec<EventListener> {
    let text = view.text();
    let down = {
        let (weak, controller) = (Rc::downgrade(view), controller.weak());
        dom::on(&text, "pointerdown", move |event| {
            let (Some(view), Some(controller)) = (weak.upgrade(), controller.upgrade()) else {
                return;
            };
            if is_for_the_host(event) {
                return;
            }
            let event: &PointerEvent = event.unchecked_ref();
            view.pointing.touch.set(event.pointer_type() == "touch");
            if event.button() == 0 && !view.pointing.touch.get() {
                if event.shift_key() {
                    view.begin_selection(point(event));
                }
                await_release(&view, &controller);
            }
        })
    };
    let click = {
        let (weak, controller) = (Rc::downgrade(view), controller.weak());
        dom::on(&text, "click", move |event| {
            let (Some(view), Some(controller)) = (weak.upgrade(), controller.upgrade()) else {
                return;
            };
            if is_for_the_host(event) {
                return;
            }
            let event: &MouseEvent = event.unchecked_ref();
            clicked(&view, &controller, event);
        })
    };
    let hover = {
        let (weak, controller) = (Rc::downgrade(view), controller.weak());
        dom::on(&text, "pointermove", move |event| {
            let (Some(view), Some(controller)) = (weak.upgrade(), controller.upgrade()) else {
                return;
            };
            let event: &PointerEvent = event.unchecked_ref();
            // With a button down it is a drag, which has enough to do.
            if event.buttons() == 0 && event.pointer_type() == "mouse" {
                view.hover(&controller, point(event));
            }
        })
    };
    vec![down, click, hover]
}

/// Whether a press is for a control in a host's own content, or a host's listener has used it.
fn is_for_the_host(event: &web_sys::Event) -> bool {
    event.default_prevented() || target(event).is_some_and(|target| is_control(&target))
}

/// Where in the window, in CSS pixels.
fn point(event: &MouseEvent) -> (f32, f32) {
    (event.client_x() as f32, event.client_y() as f32)
}

/// A drag may end anywhere, so the release is listened for on the window, and only then.
fn await_release(view: &Rc<View>, controller: &Rc<Controller>) {
    let (weak, controller) = (Rc::downgrade(view), controller.weak());
    let window = gloo::utils::window();
    let listener = dom::on_capture(&window, "mouseup", move |event| {
        let (Some(view), Some(controller)) = (weak.upgrade(), controller.upgrade()) else {
            return;
        };
        let event: &MouseEvent = event.unchecked_ref();
        let listener = view.pointing.release.take();
        let exact = event.shift_key();
        // A second or third press of one click selects a word or a block: that is no drag.
        if event.detail() <= 1
            && let Some((start, end)) = view.take_selection(&controller)
        {
            select(&view, &controller, Pointed::Range { start, end, exact });
        }
        drop(listener);
    });
    view.pointing.release.replace(Some(listener));
}

fn clicked(view: &Rc<View>, controller: &Rc<Controller>, event: &MouseEvent) {
    match (event.detail(), view.pointing.touch.get()) {
        (2, false) => {
            if let Some((start, end)) = view.take_selection(controller) {
                select(view, controller, Pointed::Word((start + end) / 2));
            }
        }
        (3.., false) => {
            if let Some((start, _)) = view.take_selection(controller) {
                select(view, controller, Pointed::Block(start));
            }
        }
        (_, touch) => {
            if let Some(offset) = view.caret(controller) {
                let pointed = match touch {
                    true => Pointed::Tap(offset),
                    false => Pointed::Caret(offset),
                };
                select(view, controller, pointed);
            }
        }
    }
}

fn select(view: &Rc<View>, controller: &Rc<Controller>, pointed: Pointed) {
    super::keyboard::focus(&view.text());
    controller.act(Action::Point(pointed));
}
