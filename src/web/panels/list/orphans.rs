//! The annotations that are kept but not found in this text, below the list of the others.

use crate::annotation::Id;
use crate::edit::Orphan;
use crate::paint::excerpt;
use crate::session::{Action, Session};
use crate::web::dom;
use crate::web::panels::{
    Act, Look, annotations, focus_later, has_focus, keep_selection, letter, letter_of, target,
};
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::{Element, HtmlElement};

/// How many are shown at once; a button shows as many more.
const BATCH: usize = 50;
/// How much of the words and the note is shown, in code points.
const EXCERPT: usize = 160;

/// `section.orphans`, hidden while there are none.
pub struct Orphans {
    inner: Rc<Inner>,
    // Kept, since dropping one ends it.
    _listeners: [EventListener; 2],
}

struct Inner {
    act: Act,
    look: Look,
    element: HtmlElement,
    heading: HtmlElement,
    items: HtmlElement,
    more: HtmlElement,
    rows: RefCell<Vec<Row>>,
    shown: RefCell<Vec<Orphan>>,
    limit: Cell<usize>,
}

struct Row {
    element: HtmlElement,
    letter: HtmlElement,
    words: HtmlElement,
    note: HtmlElement,
    actions: HtmlElement,
    attach: HtmlElement,
    delete: HtmlElement,
    id: Option<Id>,
}

impl Orphans {
    /// A section without annotations.
    pub fn new(act: Act, look: Look) -> Orphans {
        let inner = Rc::new(Inner {
            act,
            look,
            element: dom::element("section", "orphans"),
            heading: dom::element("h3", ""),
            items: dom::element("ul", ""),
            more: dom::button("more", "", ""),
            rows: RefCell::default(),
            shown: RefCell::default(),
            limit: Cell::new(BATCH),
        });
        let Inner {
            element,
            heading,
            items,
            more,
            ..
        } = &*inner;
        heading.set_id("orphans-heading");
        dom::set(element, "aria-labelledby", "orphans-heading");
        dom::set(items, "role", "list");
        dom::append(element, &[heading, items, more]);
        dom::show(element, false);
        let clicked = inner.clone();
        let listeners = [
            keep_selection(element),
            dom::on(element, "click", move |event| {
                if let Some(button) = target(event, "button") {
                    clicked.click(&button);
                }
            }),
        ];
        Orphans {
            inner,
            _listeners: listeners,
        }
    }

    /// `section.orphans`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.element
    }

    /// Shows another document, or other labels, at the next update.
    pub fn forget(&self) {
        self.inner.shown.borrow_mut().clear();
        self.inner.limit.set(BATCH);
    }

    /// Shows those of the session. Costs nothing while there are none.
    pub fn update(&self, session: &Session) {
        self.inner.update(session);
    }
}

impl Inner {
    fn update(&self, session: &Session) {
        let count = session.state().orphan_count();
        let had_focus = has_focus(&self.element);
        dom::show(&self.element, count > 0);
        if count == 0 && self.rows.borrow().is_empty() {
            return;
        }
        let orphans = session.orphans();
        self.show(&orphans, session);
        self.shown.replace(orphans);
        // The row that had the focus is gone; the one that is last now takes its place.
        if had_focus
            && !has_focus(&self.element)
            && let Some(row) = self.rows.borrow().last()
        {
            focus_later(&row.delete);
        }
    }

    fn show(&self, orphans: &[Orphan], session: &Session) {
        let heading = format!("Not found in this text: {}", annotations(orphans.len()));
        dom::say(&self.heading, &heading);
        let count = orphans.len().min(self.limit.get());
        let hidden = orphans.len() - count;
        dom::show(&self.more, hidden > 0);
        dom::say(&self.more, &format!("Show {} more", hidden.min(BATCH)));
        let mut rows = self.rows.borrow_mut();
        let stay = count.min(rows.len());
        for row in rows.drain(stay..) {
            row.element.remove();
        }
        while rows.len() < count {
            let row = Row::new();
            dom::append(&self.items, &[&row.element]);
            rows.push(row);
        }
        let shown = self.shown.borrow();
        for (at, (row, orphan)) in rows.iter_mut().zip(orphans).enumerate() {
            if shown.get(at) != Some(orphan) || row.id.as_ref() != Some(&orphan.id) {
                row.show(orphan, session);
            }
            dom::show(&row.actions, !session.read_only());
        }
    }

    fn click(&self, button: &HtmlElement) {
        if *button == self.more {
            self.limit.set(self.limit.get() + BATCH);
            (self.look)(&mut |session| self.update(session));
            return;
        }
        let action = self.rows.borrow().iter().find_map(|row| {
            let id = row.id.clone()?;
            if *button == row.attach {
                Some(Action::Attach(id))
            } else {
                (*button == row.delete).then_some(Action::Remove(id))
            }
        });
        if let Some(action) = action {
            (self.act)(action);
        }
    }
}

impl Row {
    fn new() -> Row {
        let row = Row {
            element: dom::element("li", "orphan"),
            letter: letter("", ""),
            words: dom::element("p", "quote"),
            note: dom::element("p", "note"),
            actions: dom::element("div", "actions"),
            attach: dom::button("attach", "Attach here", ""),
            delete: dom::button("delete", "Delete", ""),
            id: None,
        };
        dom::set(&row.words, "dir", "auto");
        dom::set(&row.note, "dir", "auto");
        dom::append(&row.actions, &[&row.attach, &row.delete]);
        let parts: [&Element; 4] = [&row.letter, &row.words, &row.note, &row.actions];
        dom::append(&row.element, &parts);
        row
    }

    fn show(&mut self, orphan: &Orphan, session: &Session) {
        let id = &*orphan.label;
        let label = session.labels().name_of(id);
        let words = match &orphan.quote {
            Some(quote) => excerpt(&quote.exact, EXCERPT),
            None => "The text that it was made in is not stored here.".into(),
        };
        dom::set(&self.element, "data-label", id);
        dom::set(&self.letter, "data-label", id);
        let letter = format!("?{}", letter_of(session.labels(), id));
        dom::set(&self.letter, "data-letter", &letter);
        dom::say(&self.words, &words);
        let note = orphan.note.as_deref().unwrap_or_default();
        dom::say(&self.note, &excerpt(note, EXCERPT));
        dom::show(&self.note, !note.is_empty());
        for (button, does) in [
            (&self.attach, "Attach to the selected text"),
            (&self.delete, "Delete"),
        ] {
            dom::set(button, "aria-label", &format!("{does}: {label}, {words}"));
            dom::set(button, "title", does);
        }
        self.id = Some(orphan.id.clone());
    }
}
