//! The list of annotations: of any number, only the rows in view exist.

use super::filters::{Filters, can_filter, say_nothing_to_list};
use super::resized::Resized;
use super::row::{Row, Shown};
use super::{Act, Look, done, has_focus, keep_selection, plain_key, target};
use crate::annotation::Id;
use crate::session::{Action, Command, Session};
use crate::web::dom;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Rows kept ready above and below those in view, so that a frame of scrolling finds them there.
const SPARE: usize = 4;

/// What a row is taken to be high until one was measured, in CSS pixels.
const ROW_HEIGHT: u32 = 36;

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
    spacer: HtmlElement,
    no_results: HtmlElement,
    view: RefCell<View>,
}

impl List {
    /// An empty list.
    pub fn new(act: Act, look: Look) -> List {
        let list = dom::element("div", "list");
        dom::set(&list, "role", "listbox");
        dom::set(&list, "tabindex", "0");
        dom::set(&list, "aria-label", "Annotations");
        let inner = Rc::new(Inner {
            act,
            look,
            body: dom::element("div", "tab-body list-body"),
            filters: Filters::new(),
            list,
            spacer: dom::element("div", "spacer"),
            no_results: dom::element("p", "no-results"),
            view: RefCell::new(View {
                filter: None,
                active: None,
                at: 0,
                total: 0,
                row_height: ROW_HEIGHT,
                height: 0,
                scrolled: 0,
                rows: Vec::new(),
            }),
        });
        let Inner {
            body,
            filters,
            list,
            spacer,
            no_results,
            ..
        } = &*inner;
        dom::set(spacer, "role", "presentation");
        dom::append(list, &[spacer]);
        dom::append(body, &[&filters.element, list, no_results]);
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
        let mut view = self.inner.view.borrow_mut();
        for row in &mut view.rows {
            row.forget();
        }
        view.active = None;
        view.at = 0;
        drop(view);
        self.changed(session);
    }

    /// Brings the list up to date after a change of annotations. Costs what is in view.
    pub fn changed(&self, session: &Session) {
        self.inner.changed(session);
    }

    /// Brings the list up to date after something else became active: if that is an annotation in
    /// the list, it is selected and scrolled into view.
    pub fn activate(&self, session: &Session) {
        self.inner
            .activate(&mut self.inner.view.borrow_mut(), session);
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
        if view
            .filter
            .as_deref()
            .is_some_and(|label| !can_filter(session, label))
        {
            view.filter = None;
        }
        let filter = view.filter.as_deref();
        self.filters.update(session, filter);
        let places = session.state().places(filter);
        if view.total != places.len() {
            view.total = places.len();
            self.stretch(view);
        }
        if view.total == 0 && has_focus(&self.list) {
            self.filters.focus_first();
        }
        dom::show(&self.list, view.total > 0);
        dom::show(&self.no_results, view.total == 0);
        if view.total == 0 {
            say_nothing_to_list(&self.no_results, session, view.filter.as_deref());
        }
        self.activate(view, session);
    }

    fn activate(&self, view: &mut View, session: &Session) {
        let places = session.state().places(view.filter.as_deref());
        let active = session.active_annotation();
        let annotation = active
            .as_ref()
            .and_then(|id| session.state().annotation(id.as_str()));
        let at = annotation.and_then(|a| places.binary_search(&a.place()).ok());
        view.at = at.unwrap_or(view.at).min(view.total.saturating_sub(1));
        if active != view.active {
            view.active = active;
            if at.is_some() {
                self.reveal(view);
            }
        }
        self.fill(view, session);
    }

    fn scrolled(&self) {
        let scrolled = u32::try_from(self.list.scroll_top()).unwrap_or(0);
        if self.view.borrow().scrolled != scrolled {
            self.view.borrow_mut().scrolled = scrolled;
            self.refill();
        }
    }

    fn refill(&self) {
        (self.look)(&mut |session| self.fill(&mut self.view.borrow_mut(), session));
    }

    /// Takes its measures: the list's height, and that of a row, which the style sheet sets.
    fn resized(&self) {
        {
            let mut view = self.view.borrow_mut();
            view.height = u32::try_from(self.list.client_height()).unwrap_or(0);
        }
        if self.view.borrow().height == 0 {
            return;
        }
        self.refill();
        {
            let mut view = self.view.borrow_mut();
            let measured = view
                .rows
                .first()
                .map_or(0, |row| row.element.offset_height());
            let measured = u32::try_from(measured).unwrap_or(0);
            if measured > 0 && measured != view.row_height {
                view.row_height = measured;
                self.stretch(&view);
                for row in &mut view.rows {
                    row.forget();
                }
            }
            if view.active.is_some() {
                self.reveal(&mut view);
            }
        }
        self.refill();
    }

    fn choose(&self, label: Option<String>) {
        {
            let mut view = self.view.borrow_mut();
            view.filter = label;
            view.at = 0;
            view.scrolled = 0;
            // So that what is active is brought into view again.
            view.active = None;
        }
        self.list.set_scroll_top(0);
        (self.look)(&mut |session| self.changed(session));
    }

    fn id_of(&self, element: &HtmlElement) -> Option<Id> {
        let view = self.view.borrow();
        let row = view.rows.iter().find(|row| &row.element == element)?;
        row.id().cloned()
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
            let page = (view.height / view.row_height).saturating_sub(1).max(1) as usize;
            let shown = view.rows.iter().any(|row| row.is_selected());
            (view.at, view.total, page, shown)
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
