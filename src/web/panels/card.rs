//! The card of one annotation: its label, its attributes, its note, who made it and when.

mod attributes;
mod labels;
mod origin;

use self::attributes::Attributes;
use self::labels::Labels;
use self::origin::made;
use super::{Act, Leave, composes, done, focus_later, has_focus, keep_selection, later, target};
use crate::annotation::{Annotation, Id};
use crate::paint::excerpt;
use crate::session::{Action, Session};
use crate::web::dom;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};

/// How much of the annotation's text stands in the card, in code points.
const EXCERPT: usize = 400;

/// The card; not modal, so that the text stays in reach.
pub struct Card {
    inner: Rc<Inner>,
    // Kept, since dropping one ends it.
    _listeners: Vec<EventListener>,
}

struct Inner {
    act: Act,
    on_close: Leave,
    element: HtmlElement,
    quote: HtmlElement,
    labels: Labels,
    attributes: Attributes,
    note: HtmlTextAreaElement,
    meta: HtmlElement,
    delete: HtmlElement,
    open: RefCell<Option<Open>>,
}

struct Open {
    id: Id,
    /// The note as it is kept; what differs in the field has still to be.
    kept: String,
}

impl Card {
    /// A closed card. `on_close` is called when it closes with the focus inside.
    pub fn new(act: Act, on_close: Leave) -> Card {
        let element = dom::element("div", "card");
        dom::set(&element, "part", "card");
        dom::set(&element, "role", "dialog");
        dom::set(&element, "tabindex", "-1");
        dom::show(&element, false);
        let quote = dom::element("p", "card-quote");
        dom::set(&quote, "dir", "auto");
        let note: HtmlTextAreaElement = dom::element("textarea", "note").unchecked_into();
        dom::set(&note, "aria-label", "Note");
        dom::set(&note, "placeholder", "Note");
        dom::set(&note, "dir", "auto");
        let labels = Labels::new();
        let attributes = Attributes::new();
        let meta = dom::element("p", "meta");
        let actions = dom::element("div", "card-actions");
        let delete = dom::button("delete", "Delete", "");
        dom::append(&actions, &[&delete, &dom::button("done", "Done", "")]);
        dom::append(
            &element,
            &[
                &quote,
                &labels.element,
                &attributes.element,
                &note,
                &meta,
                &actions,
            ],
        );
        let inner = Rc::new(Inner {
            act,
            on_close,
            element,
            quote,
            labels,
            attributes,
            note,
            meta,
            delete,
            open: RefCell::default(),
        });
        let (clicked, pressed, blurred) = (inner.clone(), inner.clone(), inner.clone());
        let changed = inner.clone();
        let listeners = vec![
            // The note keeps the focus, so that a click on Delete doesn't first keep the note.
            keep_selection(&inner.labels.element),
            keep_selection(&actions),
            dom::on(&inner.element, "click", move |event| {
                if let Some(button) = target(event, "button") {
                    clicked.click(&button);
                }
            }),
            dom::on(&inner.element, "keydown", move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    pressed.key(event);
                }
            }),
            dom::on(&inner.note, "blur", move |_| {
                if let Some(action) = blurred.note_pending() {
                    (blurred.act)(action);
                }
            }),
            dom::on(&inner.attributes.element, "change", move |event| {
                let id = changed.open.borrow().as_ref().map(|open| open.id.clone());
                if let Some(action) = id.and_then(|id| changed.attributes.changed(event, &id)) {
                    (changed.act)(action);
                }
            }),
        ];
        Card {
            inner,
            _listeners: listeners,
        }
    }

    /// `div.card`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.element
    }

    /// Shows an annotation and takes the focus. A note that was being written is kept first.
    pub fn open(&self, session: &Session, id: &Id) {
        if self.inner.open(session, id) {
            focus_later(&self.inner.element);
        }
    }

    /// Shows an annotation and leaves the focus where it is.
    pub fn peek(&self, session: &Session, id: &Id) {
        self.inner.open(session, id);
    }

    /// Shows the annotation that is active now in place of the one before, or goes away with it,
    /// unless somebody is in the card.
    pub fn follow(&self, session: &Session) {
        if !self.is_open() || has_focus(&self.inner.element) {
            return;
        }
        match session.active_annotation() {
            Some(id) => self.peek(session, &id),
            None => self.close(),
        }
    }

    /// Keeps what is being written, for a page that may not come back.
    pub fn keep(&self) {
        for action in self.inner.pending() {
            (self.inner.act)(action);
        }
    }

    /// Shows an annotation with the focus in its note.
    pub fn open_note(&self, session: &Session, id: &Id) {
        if self.inner.open(session, id) {
            focus_later(&self.inner.note);
        }
    }

    /// Keeps what was written and goes away.
    pub fn close(&self) {
        self.inner.keep_later();
        self.inner.hide();
    }

    /// Whether it shows an annotation.
    pub fn is_open(&self) -> bool {
        self.inner.open.borrow().is_some()
    }

    /// Brings the card up to date after a change; closes it if the annotation is gone. What
    /// somebody is writing stays.
    pub fn update(&self, session: &Session) {
        let id = self
            .inner
            .open
            .borrow()
            .as_ref()
            .map(|open| open.id.clone());
        let Some(id) = id else { return };
        match session.state().annotation(id.as_str()) {
            Some(annotation) => self.inner.show(session, &annotation, false),
            None => self.inner.hide(),
        }
    }
}

impl Inner {
    fn open(&self, session: &Session, id: &Id) -> bool {
        let Some(annotation) = session.state().annotation(id.as_str()) else {
            return false;
        };
        let is_other = self
            .open
            .borrow()
            .as_ref()
            .is_none_or(|open| &open.id != id);
        if is_other {
            self.keep_later();
            let kept = note_of(&annotation);
            self.note.set_value(&kept);
            self.open.replace(Some(Open {
                id: id.clone(),
                kept,
            }));
        }
        self.show(session, &annotation, is_other);
        dom::show(&self.element, true);
        true
    }

    fn show(&self, session: &Session, annotation: &Annotation, is_other: bool) {
        let labels = session.labels();
        self.labels
            .show(labels, &annotation.label, session.read_only());
        self.attributes.show(
            labels.get(&annotation.label),
            annotation,
            session.read_only(),
            is_other,
        );
        let text = session.document().text.slice(annotation.span).unwrap_or("");
        dom::say(&self.quote, &excerpt(text, EXCERPT));
        dom::set(
            &self.element,
            "aria-label",
            labels.name_of(&annotation.label),
        );
        dom::say(&self.meta, &made(annotation));
        dom::toggle(&self.note, "readonly", session.read_only());
        dom::show(&self.delete, !session.read_only());
        if let Some(open) = self.open.borrow_mut().as_mut() {
            let is_being_written = self.note.value() != open.kept;
            let kept = note_of(annotation);
            if !is_being_written && kept != open.kept {
                self.note.set_value(&kept);
            }
            open.kept = kept;
        }
    }

    fn click(&self, button: &HtmlElement) {
        match button.class_name().as_str() {
            "done" => self.finish(),
            "delete" => self.delete(),
            _ => {
                let id = self.open.borrow().as_ref().map(|open| open.id.clone());
                if let (Some(index), Some(id)) = (self.labels.other(button), id) {
                    (self.act)(Action::Relabel(id, index));
                }
            }
        }
    }

    fn key(&self, event: &KeyboardEvent) {
        if composes(event) || event.default_prevented() {
            return;
        }
        let is_kept = match event.key().as_str() {
            "Escape" => true,
            "Enter" => event.ctrl_key() || event.meta_key(),
            _ => false,
        };
        if is_kept {
            done(event);
            self.finish();
        }
    }

    fn finish(&self) {
        let pending = self.pending();
        self.hide();
        for action in pending {
            (self.act)(action);
        }
    }

    fn delete(&self) {
        let id = self.open.borrow().as_ref().map(|open| open.id.clone());
        self.hide();
        if let Some(id) = id {
            (self.act)(Action::Remove(id));
        }
    }

    /// What keeps all that is written in the card and differs; it counts as kept from then on.
    fn pending(&self) -> Vec<Action> {
        let id = self.open.borrow().as_ref().map(|open| open.id.clone());
        let attributes = id.map(|id| self.attributes.pending(&id));
        let attributes = attributes.unwrap_or_default();
        attributes.into_iter().chain(self.note_pending()).collect()
    }

    /// What keeps the note as it is in the field, if that differs; it counts as kept from then on.
    fn note_pending(&self) -> Option<Action> {
        let mut open = self.open.borrow_mut();
        let open = open.as_mut()?;
        let written = self.note.value();
        if written == open.kept {
            return None;
        }
        open.kept.clone_from(&written);
        Some(Action::Note(open.id.clone(), written))
    }

    fn keep_later(&self) {
        for action in self.pending() {
            let act = self.act.clone();
            later(move || act(action));
        }
    }

    /// Hides the card; what was not kept before is dropped.
    fn hide(&self) {
        if self.open.take().is_none() {
            return;
        }
        let had_focus = has_focus(&self.element);
        dom::show(&self.element, false);
        if had_focus {
            let on_close = self.on_close.clone();
            later(move || on_close());
        }
    }
}

fn note_of(annotation: &Annotation) -> String {
    // A text field knows one kind of line break alone.
    let note = annotation.note.as_deref().unwrap_or("");
    note.replace("\r\n", "\n").replace('\r', "\n")
}
