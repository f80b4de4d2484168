//! The label bar: tags, counts, and is the legend of the lines under the text.

mod label;
mod roving;

use self::label::LabelButton;
use super::keys::{Keys, hint, keyshortcuts};
use super::{Act, done, focus_later, has_focus, keep_selection, plain_key, set_state, target};
use crate::session::{Action, Command, Session};
use crate::web::dom;
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The toolbar of labels, with the pen, undo and redo.
pub struct Bar {
    inner: Rc<Inner>,
    // Kept, since dropping one ends it.
    _listeners: Vec<EventListener>,
}

struct Inner {
    act: Act,
    element: HtmlElement,
    narrow: HtmlElement,
    widen: HtmlElement,
    space: HtmlElement,
    pen: HtmlElement,
    undo: HtmlElement,
    redo: HtmlElement,
    labels: RefCell<Vec<LabelButton>>,
    held: Cell<Option<usize>>,
    choosing: Cell<bool>,
}

impl Bar {
    /// A bar without labels.
    pub fn new(act: Act) -> Bar {
        let element = dom::element("div", "labels");
        dom::set(&element, "part", "labels");
        dom::set(&element, "role", "toolbar");
        dom::set(&element, "aria-label", "Labels");
        let inner = Rc::new(Inner {
            act,
            narrow: dom::button("narrow", "−", "Narrow"),
            widen: dom::button("widen", "+", "Widen"),
            space: dom::element("span", "space"),
            pen: dom::button("pen", "✎ Pen", ""),
            undo: dom::button("undo", "↶", "Undo"),
            redo: dom::button("redo", "↷", "Redo"),
            labels: RefCell::default(),
            held: Cell::new(None),
            choosing: Cell::new(false),
            element,
        });
        let Inner {
            element,
            narrow,
            widen,
            space,
            pen,
            undo,
            redo,
            ..
        } = &*inner;
        dom::append(element, &[narrow, widen, space, pen, undo, redo]);
        let (clicked, pressed, focused, left) =
            (inner.clone(), inner.clone(), inner.clone(), inner.clone());
        let listeners = vec![
            keep_selection(element),
            dom::on(element, "click", move |event| {
                if let Some(button) = target(event, "button") {
                    clicked.click(&button);
                }
            }),
            dom::on(element, "keydown", move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    pressed.key(event);
                }
            }),
            dom::on(element, "focusin", move |event| {
                if let Some(button) = target(event, "button") {
                    roving::stop_at(&focused.buttons(), &button);
                }
            }),
            // Only a label is sure to be there the next time, at any width.
            dom::on(element, "focusout", move |event| {
                if target(event, ".label").is_none() {
                    left.rove_to_first();
                }
            }),
        ];
        Bar {
            inner,
            _listeners: listeners,
        }
    }

    /// `div.labels`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.element
    }

    /// Shows the session's labels and the keys of this bar's buttons.
    pub fn set_labels(&self, session: &Session) {
        let inner = &self.inner;
        let keys = Keys::of(session);
        for (button, does, command) in [
            (&inner.narrow, "Narrow", "narrow"),
            (&inner.widen, "Widen", "widen"),
            (&inner.undo, "Undo", "undo"),
            (&inner.redo, "Redo", "redo"),
        ] {
            let keys = keys.of_command(command);
            dom::set(button, "title", &hint(does, keys));
            dom::set(button, "aria-keyshortcuts", &keyshortcuts(keys));
        }
        // Taken out first: a button that is removed with the focus tells the listeners here.
        for label in inner.labels.take() {
            label.button.remove();
        }
        let mut labels = Vec::new();
        for (index, label) in session.labels().iter().enumerate() {
            let label = LabelButton::new(label, index, keys.of_label(&label.id));
            let _ = inner
                .element
                .insert_before(&label.button, Some(&inner.space));
            labels.push(label);
        }
        inner.labels.replace(labels);
        inner.rove_to_first();
        self.update(session);
    }

    /// Shows the counts, the pen, and what can be done.
    pub fn update(&self, session: &Session) {
        let inner = &self.inner;
        let read_only = session.read_only();
        for (label, shown) in session
            .labels()
            .iter()
            .zip(inner.labels.borrow_mut().iter_mut())
        {
            shown.show_count(session.state().places(Some(&label.id)).len());
            enable(&shown.button, !read_only);
        }
        enable(&inner.narrow, !read_only);
        enable(&inner.widen, !read_only);
        enable(&inner.pen, !read_only);
        inner.enable_keeping_focus(&inner.undo, !read_only && session.can_undo());
        inner.enable_keeping_focus(&inner.redo, !read_only && session.can_redo());
        inner.held.set(session.pen());
        inner.show_pen();
    }

    /// Moves the focus to the label that had it last, or the first one.
    pub fn focus(&self) {
        let labels = self.inner.labels.borrow();
        let stop = labels.iter().find(|label| label.button.tab_index() == 0);
        if let Some(label) = stop.or(labels.first()) {
            focus_later(&label.button);
        }
    }

    /// Ends the choice of a pen's label, as Esc in the text should; false if there was none.
    pub fn stop_choosing(&self) -> bool {
        self.inner.stop_choosing()
    }
}

impl Inner {
    fn click(&self, button: &HtmlElement) {
        let command = |command| (self.act)(Action::Command(command));
        match button.class_name().as_str() {
            "narrow" => command(Command::Narrow),
            "widen" => command(Command::Widen),
            "undo" => command(Command::Undo),
            "redo" => command(Command::Redo),
            "pen" => self.click_pen(),
            _ => {
                let index = button.get_attribute("data-index");
                if let Some(index) = index.and_then(|index| index.parse().ok()) {
                    self.click_label(index);
                }
            }
        }
    }

    fn click_pen(&self) {
        if self.held.get().is_some() {
            (self.act)(Action::Pen(None));
        } else {
            self.choosing.set(!self.choosing.get());
            self.show_pen();
        }
    }

    fn click_label(&self, index: usize) {
        let held = self.held.get();
        if self.choosing.replace(false) || held.is_some_and(|held| held != index) {
            (self.act)(Action::Pen(Some(index)));
        } else if held.is_some() {
            (self.act)(Action::Pen(None));
        } else {
            (self.act)(Action::Tag(index));
        }
    }

    fn stop_choosing(&self) -> bool {
        let chose = self.choosing.replace(false);
        if chose {
            self.show_pen();
        }
        chose
    }

    fn show_pen(&self) {
        let held = self.held.get();
        let labels = self.labels.borrow();
        let (text, does) = match held.and_then(|held| labels.get(held)) {
            Some(label) => (
                format!("✎ {} pen", label.name),
                "Put the pen away: what you select is tagged at once",
            ),
            None if self.choosing.get() => (
                "✎ Choose a label".to_owned(),
                "Click the label that the pen should have, or here again for none",
            ),
            None => (
                "✎ Pen".to_owned(),
                "Take a label’s pen: what you select is then tagged at once",
            ),
        };
        dom::say(&self.pen, &text);
        dom::set(&self.pen, "title", does);
        set_state(
            &self.pen,
            "aria-pressed",
            held.is_some() || self.choosing.get(),
        );
        for (index, label) in labels.iter().enumerate() {
            set_state(&label.button, "aria-pressed", held == Some(index));
        }
    }

    /// A button that is disabled drops the focus, and the keyboard would be nowhere.
    fn enable_keeping_focus(&self, button: &HtmlElement, enabled: bool) {
        if !enabled
            && has_focus(button)
            && let Some(label) = self.labels.borrow().first()
        {
            focus_later(&label.button);
        }
        enable(button, enabled);
    }

    fn key(&self, event: &KeyboardEvent) {
        let Some(key) = plain_key(event) else { return };
        if key == "Escape" {
            if self.held.get().is_some() {
                (self.act)(Action::Pen(None));
                done(event);
            } else if self.stop_choosing() {
                done(event);
            }
            return;
        }
        if let Some(button) = roving::reached(&self.buttons(), &key) {
            done(event);
            let _ = button.focus();
        }
    }

    fn buttons(&self) -> Vec<HtmlElement> {
        let labels = self.labels.borrow();
        [&self.narrow, &self.widen]
            .into_iter()
            .chain(labels.iter().map(|label| &label.button))
            .chain([&self.pen, &self.undo, &self.redo])
            .cloned()
            .collect()
    }

    fn rove_to_first(&self) {
        if let Some(first) = self.labels.borrow().first() {
            roving::stop_at(&self.buttons(), &first.button);
        }
    }
}

fn enable(button: &HtmlElement, enabled: bool) {
    if button.has_attribute("disabled") == enabled {
        dom::toggle(button, "disabled", !enabled);
    }
}
