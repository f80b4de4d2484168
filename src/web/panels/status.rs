//! The status line: what is active, what was just done, and both for screen readers.

use super::{Act, keep_selection};
use crate::session::{Action, Command};
use crate::web::dom;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use web_sys::HtmlElement;

/// How long what was done stays to be read, in milliseconds.
const FRESH: u32 = 4000;

/// How long what is said is gathered before it is announced, in milliseconds: what was done and
/// what is active now make one announcement, and a held arrow key announces where it ends.
const GATHER: u32 = 60;

/// The line and its live region.
pub struct Status {
    inner: Rc<Inner>,
    _undo_clicked: [EventListener; 2],
}

struct Inner {
    element: HtmlElement,
    live: HtmlElement,
    says: HtmlElement,
    undo: HtmlElement,
    pointer: HtmlElement,
    coverage: HtmlElement,
    active: RefCell<String>,
    spoken: RefCell<String>,
    unsaid: RefCell<Unsaid>,
    announcing: RefCell<Option<Timeout>>,
    fading: RefCell<Option<Timeout>>,
    marked: Cell<bool>,
}

/// What has still to be announced.
#[derive(Default)]
struct Unsaid {
    done: Option<String>,
    active: Option<String>,
}

impl Status {
    /// An empty line.
    pub fn new(act: Act) -> Status {
        let element = dom::element("div", "status");
        dom::set(&element, "part", "status");
        let live = dom::element("div", "live visually-hidden");
        dom::set(&live, "aria-live", "polite");
        dom::set(&live, "aria-atomic", "true");
        let inner = Rc::new(Inner {
            element,
            live,
            says: dom::element("span", "says"),
            undo: dom::button("undo", "Undo", ""),
            pointer: dom::element("span", "pointer"),
            coverage: dom::element("span", "coverage"),
            active: RefCell::default(),
            spoken: RefCell::default(),
            unsaid: RefCell::default(),
            announcing: RefCell::default(),
            fading: RefCell::default(),
            marked: Cell::default(),
        });
        dom::show(&inner.undo, false);
        // For eyes alone: who has no pointer hears what is active.
        dom::set(&inner.pointer, "aria-hidden", "true");
        dom::append(
            &inner.element,
            &[&inner.says, &inner.undo, &inner.pointer, &inner.coverage],
        );
        let clicked = dom::on(&inner.undo, "click", move |_| {
            act(Action::Command(Command::Undo))
        });
        Status {
            _undo_clicked: [clicked, keep_selection(&inner.undo)],
            inner,
        }
    }

    /// `div.status`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.element
    }

    /// `div.live`, which stands beside the line, since the line is hidden at times.
    pub fn live(&self) -> &HtmlElement {
        &self.inner.live
    }

    /// Says what was done, for four seconds or until something else becomes active.
    pub fn say(&self, sentence: &str) {
        self.inner.say(sentence, false);
    }

    /// The same, with a button that undoes it.
    pub fn say_with_undo(&self, sentence: &str) {
        self.inner.say(sentence, true);
    }

    /// Says what is active: for as long as nothing else is said. Together with [`Status::say`], in
    /// either order, both are announced, and what was done is shown first.
    ///
    /// `spoken` is the same for who can't see the text, with the text itself.
    pub fn active(&self, sentence: &str, spoken: &str) {
        self.inner.set_active(sentence, spoken);
    }

    /// Says what the pointer is over; nothing for an empty text.
    pub fn under_pointer(&self, text: &str) {
        dom::say(&self.inner.pointer, text);
    }

    /// Shows how much of the text is covered by annotations, in per cent.
    pub fn coverage(&self, percent: u32) {
        dom::say(&self.inner.coverage, &format!("{percent} % covered"));
    }
}

impl Inner {
    fn say(self: &Rc<Inner>, sentence: &str, undoes: bool) {
        dom::say(&self.says, sentence);
        dom::show(&self.undo, undoes);
        dom::toggle(&self.element, "data-fresh", true);
        self.unsaid.borrow_mut().done = Some(sentence.to_owned());
        self.announce_soon();
        self.fading.replace(Some(self.after(FRESH, Inner::fade)));
    }

    fn set_active(self: &Rc<Inner>, sentence: &str, spoken: &str) {
        if *self.active.borrow() == sentence && *self.spoken.borrow() == spoken {
            return;
        }
        sentence.clone_into(&mut self.active.borrow_mut());
        spoken.clone_into(&mut self.spoken.borrow_mut());
        let is_said_together = {
            let mut unsaid = self.unsaid.borrow_mut();
            unsaid.active = Some(spoken.to_owned());
            unsaid.done.is_some()
        };
        self.announce_soon();
        if !is_said_together {
            self.fade();
        }
    }

    fn fade(&self) {
        self.fading.take();
        dom::say(&self.says, &self.active.borrow());
        dom::show(&self.undo, false);
        dom::toggle(&self.element, "data-fresh", false);
    }

    fn announce_soon(self: &Rc<Inner>) {
        self.announcing
            .replace(Some(self.after(GATHER, Inner::announce)));
    }

    fn announce(&self) {
        let Unsaid { done, active } = self.unsaid.take();
        let sentences: Vec<String> = [done, active].into_iter().flatten().collect();
        // A live region speaks when its text differs: every second one ends in a space.
        let marked = !self.marked.get();
        self.marked.set(marked);
        let end = if marked { "\u{a0}" } else { "" };
        self.live
            .set_text_content(Some(&format!("{}{end}", sentences.join(" "))));
    }

    /// Calls `act` after so many milliseconds unless the line is gone by then.
    fn after(self: &Rc<Inner>, milliseconds: u32, act: fn(&Inner)) -> Timeout {
        let inner: Weak<Inner> = Rc::downgrade(self);
        Timeout::new(milliseconds, move || {
            if let Some(inner) = inner.upgrade().filter(|_| !dom::is_dead()) {
                act(&inner);
            }
        })
    }
}
