//! The list of annotations: of any number, only the rows in view exist.

mod filters;
mod orphans;
mod row;
mod view;

use self::filters::{Filters, can_filter, say_nothing_to_list};
use self::orphans::Orphans;
use self::view::View;
use super::resized::Resized;
use super::{Act, Look, done, has_focus, keep_selection, plain_key, target};
use crate::annotation::Id;
use crate::session::{Action, Command, Session};
use crate::web::dom;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The listbox of annotations with its filters.
pub struct List {
    inner: Rc<Inner>,
    // Kept, since dropping one ends it.
    _listeners: Vec<EventListener>,
    _resized: Resized,
}

struct Inner {
    act: Act,
    look: Look,
    body: HtmlElement,
    filters: Filters,
    list: HtmlElement,
    no_results: HtmlElement,
    orphans: Orphans,
    view: RefCell<View>,
}

impl List {
    /// An empty list.
    pub fn new(act: Act, look: Look) -> List {
        let view = View::new();
        let inner = Rc::new(Inner {
            orphans: Orphans::new(act.clone(), look.clone()),
            act,
            look,
            body: dom::element("div", "tab-body list-body"),
            filters: Filters::new(),
            list: view.list.clone(),
            no_results: dom::element("p", "no-results"),
            view: RefCell::new(view),
        });
        let Inner {
            body,
            filters,
            list,
            no_results,
            orphans,
            ..
        } = &*inner;
        let parts: [&Element; 4] = [&filters.element, list, no_results, orphans.element()];
        dom::append(body, &parts);
        let resized = inner.clone();
        List {
            _listeners: listen(&inner),
            _resized: Resized::new(list, move || resized.resized()),
            inner,
        }
    }

    /// `div.tab-body.list-body`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.body
    }

    /// Shows another document, or other labels.
    pub fn set_labels(&self, session: &Session) {
        self.inner.filters.clear();
        self.inner.orphans.forget();
        {
            let mut view = self.inner.view.borrow_mut();
            view.forget_rows();
            view.rewind();
        }
        self.changed(session);
    }

    /// Brings the list up to date after a change of annotations. Costs what is in view.
    pub fn changed(&self, session: &Session) {
        self.inner.changed(session);
    }

    /// Brings the list up to date after something else became active: if that is an annotation in
    /// the list, it is selected and scrolled into view.
    pub fn activate(&self, session: &Session) {
        self.inner.view.borrow_mut().activate(session);
    }
}

fn listen(inner: &Rc<Inner>) -> Vec<EventListener> {
    let (filter, click, double, press, scroll) = (
        inner.clone(),
        inner.clone(),
        inner.clone(),
        inner.clone(),
        inner.clone(),
    );
    vec![
        keep_selection(&inner.filters.element),
        dom::on(&inner.filters.element, "click", move |event| {
            if let Some(button) = target(event, ".filter") {
                filter.choose(button.get_attribute("data-label"));
            }
        }),
        dom::on(&inner.list, "click", move |event| {
            if let Some(id) = target(event, ".row").and_then(|row| click.id_of(&row)) {
                (click.act)(Action::Activate(id));
            }
        }),
        dom::on(&inner.list, "dblclick", move |event| {
            if let Some(id) = target(event, ".row").and_then(|row| double.id_of(&row)) {
                double.open(id);
            }
        }),
        dom::on(&inner.list, "keydown", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                press.key(event);
            }
        }),
        dom::on(&inner.list, "scroll", move |_| scroll.scrolled()),
    ]
}

impl Inner {
    fn changed(&self, session: &Session) {
        let mut view = self.view.borrow_mut();
        let view = &mut *view;
        let filter = view.filter.take();
        view.filter = filter.filter(|label| can_filter(session, label));
        let filter = view.filter.as_deref();
        self.filters.update(session, filter);
        view.set_total(session.state().places(filter).len());
        if view.total == 0 && has_focus(&self.list) {
            self.filters.focus_first();
        }
        dom::show(&self.list, view.total > 0);
        dom::show(&self.no_results, view.total == 0);
        if view.total == 0 {
            say_nothing_to_list(&self.no_results, session, view.filter.as_deref());
        }
        view.activate(session);
        self.orphans.update(session);
    }

    fn scrolled(&self) {
        if self.view.borrow_mut().scrolled() {
            (self.look)(&mut |session| self.view.borrow_mut().fill(session));
        }
    }

    fn resized(&self) {
        (self.look)(&mut |session| self.view.borrow_mut().measure(session));
    }

    fn choose(&self, label: Option<String>) {
        {
            let mut view = self.view.borrow_mut();
            view.filter = label;
            view.rewind();
        }
        (self.look)(&mut |session| self.changed(session));
    }

    fn id_of(&self, element: &HtmlElement) -> Option<Id> {
        self.view.borrow().id_of(element)
    }

    fn id_at(&self, index: usize) -> Option<Id> {
        let mut id = None;
        (self.look)(&mut |session| {
            let view = self.view.borrow();
            let places = session.state().places(view.filter.as_deref());
            id = places.get(index).map(|place| place.id.clone());
        });
        id
    }

    fn open(&self, id: Id) {
        (self.act)(Action::Activate(id));
        (self.act)(Action::Command(Command::Enter));
    }

    fn key(&self, event: &KeyboardEvent) {
        let Some(key) = plain_key(event).filter(|_| !event.shift_key()) else {
            return;
        };
        let (at, total, page, is_active) = {
            let view = self.view.borrow();
            (view.at, view.total, view.page(), view.shows_active())
        };
        let Some(last) = total.checked_sub(1) else {
            return;
        };
        let step = usize::from(is_active);
        let to = match key.as_str() {
            "ArrowDown" => at + step,
            "ArrowUp" => at.saturating_sub(step),
            "PageDown" => at + page,
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                done(event);
                if let Some(id) = self.id_at(at) {
                    self.open(id);
                }
                return;
            }
            "Delete" | "Backspace" => {
                done(event);
                if !event.repeat() && is_active {
                    self.remove(at);
                }
                return;
            }
            _ => return,
        };
        done(event);
        if let Some(id) = self.id_at(to.min(last)) {
            (self.act)(Action::Activate(id));
        }
    }

    /// Removes the annotation at a row; the next one takes its place under the keys.
    fn remove(&self, at: usize) {
        let mut read_only = true;
        (self.look)(&mut |session| read_only = session.read_only());
        let (Some(id), false) = (self.id_at(at), read_only) else {
            return;
        };
        let next = self
            .id_at(at + 1)
            .or_else(|| self.id_at(at.checked_sub(1)?));
        (self.act)(Action::Remove(id));
        if let Some(next) = next {
            (self.act)(Action::Activate(next));
        }
    }
}
