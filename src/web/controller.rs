//! The one road from an intention to a change, and everybody who must hear of it.
//!
//! An intention comes in as an [`Action`] or as a call of a method; the session turns it into
//! writes; the host may cancel; then they are applied, stored, painted, listed, said, and told to
//! the host, in this order. No borrow is held while the host's listeners run, so they may call
//! any method.

mod opened;
mod telling;

pub use super::world::{moment, now, platform, random, sentence};

use super::contract::{self, By};
use super::keeping::Keeping;
use super::view::View;
use crate::annotation::LabelSet;
use crate::edit::{Change, Kind, Transaction, Write, Writer};
use crate::format::native::Kept;
use crate::session::{Action, Command, Context, Effect, Overrides, Refusal, Session};
use js_sys::WeakRef;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use web_sys::{AbortController, HtmlElement};

/// What the host sets on the element, by attribute or property.
#[derive(Default)]
pub struct Settings {
    /// What can be tagged.
    pub labels: LabelSet,
    /// Changed and switched-off keys.
    pub overrides: Overrides,
    /// The annotator's name.
    pub creator: Option<String>,
    /// The name under which annotations are stored.
    pub document_id: Option<String>,
    /// Whether the host keeps the data.
    pub store_nothing: bool,
    /// Whether nothing can be changed.
    pub read_only: bool,
    /// The text's language, whatever its source says.
    pub language: Option<String>,
    /// Which way the text runs, whatever its letters say.
    pub is_rtl: Option<bool>,
}

/// One element's session, and the view and the storage that follow it.
pub struct Controller {
    me: Weak<Controller>,
    // The element itself holds the handle that holds this.
    host: WeakRef,
    /// What the host has set.
    pub settings: RefCell<Settings>,
    /// What is open.
    pub session: RefCell<Option<Session>>,
    /// What is on the page, while the element is.
    pub view: RefCell<Option<Rc<View>>>,
    /// Where the open document is kept.
    pub keeping: RefCell<Option<Rc<Keeping>>>,
    /// Where documents are kept that were left before all of their edits could be stored.
    pub left: RefCell<Vec<Rc<Keeping>>>,
    /// Whether somebody changed what the host alone keeps, since it was opened or set.
    pub unkept: Cell<bool>,
    /// What imported files said of the open document besides its annotations.
    pub kept: RefCell<Kept>,
    /// Counts the loads, so that a later one overtakes an earlier one.
    pub loads: Cell<u32>,
    /// Whether the element left the page before its content was read.
    pub interrupted: Cell<bool>,
    /// Ends what the latest load fetches.
    fetching: RefCell<Option<AbortController>>,
    /// Whether the last load has not ended yet: then nothing can be changed by a script.
    pub loading: Cell<bool>,
    /// Whether another name was set for the open document than it is stored under.
    pub is_misnamed: Cell<bool>,
    /// What went wrong before the element was on a page for the first time; `None` from then on.
    pub unsaid: RefCell<Option<Vec<(String, String)>>>,
    /// How far the text was scrolled when the element left the page, in CSS pixels.
    pub scrolled: Cell<i32>,
    /// The name and the language that the open document has where the host sets none.
    pub own: RefCell<(String, Option<String>)>,
    /// Whether what is open is the host's own content.
    pub in_place: Cell<bool>,
    annotations: RefCell<Option<js_sys::Array>>,
    orphans: RefCell<Option<js_sys::Array>>,
    // The writers of all sessions that were open here, and what the one that is open has made since
    // the last load began, which may be of the same document.
    writers: RefCell<Vec<Writer>>,
    meanwhile: RefCell<Vec<Transaction>>,
}

impl Controller {
    /// A controller with nothing open, for the element `host`.
    pub fn new(host: &HtmlElement) -> Rc<Controller> {
        Rc::new_cyclic(|me| Controller {
            me: me.clone(),
            host: WeakRef::new(host),
            settings: RefCell::default(),
            session: RefCell::default(),
            view: RefCell::default(),
            keeping: RefCell::default(),
            left: RefCell::default(),
            unkept: Cell::default(),
            kept: RefCell::default(),
            loads: Cell::default(),
            interrupted: Cell::default(),
            fetching: RefCell::default(),
            loading: Cell::default(),
            is_misnamed: Cell::default(),
            unsaid: RefCell::new(Some(Vec::new())),
            scrolled: Cell::default(),
            own: RefCell::default(),
            in_place: Cell::default(),
            annotations: RefCell::default(),
            orphans: RefCell::default(),
            writers: RefCell::default(),
            meanwhile: RefCell::default(),
        })
    }

    /// Leaves the open document. What could not be stored of it is tried again as long as it takes.
    pub fn leave(&self) {
        if let Some(former) = self.keeping.take() {
            former.leave();
            self.left.borrow_mut().push(former);
        }
        self.left.borrow_mut().retain(|left| left.is_waiting());
    }

    /// Whether that is where the open document is kept, and not one that was left meanwhile.
    pub fn is_kept_by(&self, keeping: &Rc<Keeping>) -> bool {
        let open = self.keeping.borrow();
        open.as_ref().is_some_and(|open| Rc::ptr_eq(open, keeping))
    }

    /// Itself, for callbacks that must not keep it alive.
    pub fn weak(&self) -> Weak<Controller> {
        self.me.clone()
    }

    /// What is on the page.
    pub fn view(&self) -> Option<Rc<View>> {
        self.view.borrow().clone()
    }

    /// Reads the open session.
    pub fn read<T>(&self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.session.borrow().as_ref().map(read)
    }

    /// Changes the open session.
    pub fn write<T>(&self, write: impl FnOnce(&mut Session) -> T) -> Option<T> {
        self.session.borrow_mut().as_mut().map(write)
    }

    /// Does what a person means. False if there was nothing to do, so that a key goes on its way.
    pub fn act(&self, action: Action) -> bool {
        let Some(view) = self.view() else {
            return false;
        };
        if action == Action::Command(Command::Escape) && view.close_innermost() {
            return true;
        }
        // Who finishes one document after another doesn't open the former again while the next one comes.
        let finishes = matches!(action, Action::Command(Command::Done | Command::Skip));
        if finishes && self.loading.get() {
            return true;
        }
        let from_bar = matches!(action, Action::Tag(_));
        let context = Context {
            moment: moment(),
            visible: view.visible(self),
            selected: view.take_selection(self),
            platform: platform(),
        };
        let Some(effect) = self.write(|session| session.act(action, &context)) else {
            return false;
        };
        let done = self.carry_out(effect, &view);
        if from_bar {
            super::keyboard::focus(&view.text());
        }
        done
    }

    fn carry_out(&self, effect: Effect, view: &Rc<View>) -> bool {
        match effect {
            Effect::Pass => return false,
            Effect::Say(sentence) => {
                view.moved(self, false);
                view.say(&sentence, false);
            }
            Effect::Moved(sentence) => {
                view.moved(self, true);
                view.say(sentence.unwrap_or_default(), false);
            }
            Effect::Pointed { card, into_view } => {
                view.moved(self, into_view);
                if !into_view {
                    self.dispatch_select();
                }
                view.peek(self, card.as_ref());
            }
            Effect::Change { writes, says, then } => {
                match self.change(By::User, Kind::Edit, writes) {
                    Ok(Some(change)) => {
                        let besides = self.write(|session| session.settle(&change, &then));
                        view.moved(self, true);
                        view.draw_strokes(self, &change);
                        match besides.flatten() {
                            Some(besides) => view.say(&format!("{says} {besides}"), true),
                            None => view.say(&says, true),
                        }
                    }
                    Ok(None) => {}
                    Err(refusal) => view.say(&refusal.to_string(), false),
                }
            }
            Effect::Undo => self.take_back(By::Undo, view),
            Effect::Redo => self.take_back(By::Redo, view),
            Effect::Card { id, note } => view.open_card(self, &id, note),
            Effect::Labels => view.focus_labels(),
            Effect::Help => view.open_help(self),
            Effect::Show(offset) => view.scroll_to(offset, false),
            Effect::Document { forward } => {
                let to = if forward { "next" } else { "previous" };
                let detail = js_sys::Object::new();
                contract::put(&detail, "to", &to.into());
                // Nobody may be listening; then the key is not used up.
                return !self.dispatch("rubricate-navigate", &detail, true);
            }
        }
        true
    }

    fn take_back(&self, by: By, view: &View) {
        if let Err(refusal) = self.undo(by) {
            view.say(&refusal.to_string(), false);
        }
    }

    /// Undoes or redoes; whether anything was, `None` if the host cancelled it.
    pub fn undo(&self, by: By) -> Result<Option<bool>, Refusal> {
        let draft = self.read(|session| match by {
            By::Redo => session.draft_redo(),
            _ => session.draft_undo(),
        });
        let Some(Some(draft)) = draft else {
            if let Some(view) = self.view() {
                let what = if by == By::Redo { "redo" } else { "undo" };
                view.say(&format!("Nothing to {what}."), false);
            }
            return Ok(Some(false));
        };
        let Some(change) = self.change(by, draft.kind, draft.writes)? else {
            return Ok(None);
        };
        let says = self.write(|session| session.came_back(&change, by == By::Redo));
        if let (Some(view), Some(says)) = (self.view(), says) {
            view.moved(self, true);
            view.say(&says, false);
            view.flash(self);
        }
        Ok(Some(true))
    }

    fn must_be_writable(&self) -> Result<(), Refusal> {
        match self.read(Session::read_only) {
            Some(true) => Err(Refusal::ReadOnly),
            _ => Ok(()),
        }
    }

    /// Makes a change of somebody's: asks the host, applies, stores, shows, tells. `None` if the
    /// host cancelled it.
    pub fn change(
        &self,
        by: By,
        kind: Kind,
        writes: Vec<Write>,
    ) -> Result<Option<Change>, Refusal> {
        self.must_be_writable()?;
        let now = now();
        let detail = self.read(|session| {
            contract::change(session.document(), &session.preview(&writes, &now), by)
        });
        if let Some(detail) = detail
            && !self.dispatch("rubricate-beforechange", &detail, true)
        {
            return Ok(None);
        }
        // The listener may have called any method.
        self.must_be_writable()?;
        let Some((transaction, change)) =
            self.write(|session| session.commit(kind, writes, now.clone()))
        else {
            return Ok(None);
        };
        self.store(&transaction);
        self.show(&change, by);
        Ok(Some(change))
    }

    /// Puts the annotator's name on what was tagged before it was known; no undo step.
    pub fn sign(&self) {
        let writer = Writer(u64::from_le_bytes(random()));
        let signed = self.write(|session| {
            if session.read_only() {
                return None;
            }
            let writes = session.draft_signature();
            (!writes.is_empty()).then(|| session.commit_as(writer, writes, now()))
        });
        if let Some(Some((transaction, change))) = signed {
            // Who made it is no work that could be lost.
            let unkept = self.unkept.get();
            self.store(&transaction);
            self.unkept.set(unkept);
            self.show(&change, By::Api);
        }
    }

    fn store(&self, transaction: &Transaction) {
        if self.loading.get() {
            self.meanwhile.borrow_mut().push(transaction.clone());
        }
        let keeping = self.keeping.borrow().clone();
        match keeping {
            Some(keeping) => keeping.append(transaction),
            None => self.unkept.set(true),
        }
    }

    /// Brings everything that shows annotations up to date, and tells the host.
    pub fn show(&self, change: &Change, by: By) {
        self.annotations.replace(None);
        self.orphans.replace(None);
        if let Some(view) = self.view() {
            view.refresh(self, change);
        }
        if !change.is_empty() {
            self.tell(&change.annotations, by);
        }
    }

    /// Takes in what another tab made.
    pub fn receive(&self, transaction: &Transaction) {
        if let Some(change) = self.write(|session| session.receive(transaction)) {
            self.show(&change, By::OtherTab);
            if let Some(view) = self.view() {
                view.moved_by_script(self);
            }
        }
    }

    /// All annotations in document order, as a frozen array that stays the same until they change.
    pub fn annotations(&self) -> js_sys::Array {
        if let Some(array) = &*self.annotations.borrow() {
            return array.clone();
        }
        let array = self
            .read(|session| {
                let all: Vec<_> = session.state().annotations().collect();
                contract::annotations(session.document(), all.iter())
            })
            .unwrap_or_else(contract::no_annotations);
        self.annotations.replace(Some(array.clone()));
        array
    }

    /// The annotations that are not found in the text, as a frozen array that stays the same until
    /// they change.
    pub fn orphans(&self) -> js_sys::Array {
        if let Some(array) = &*self.orphans.borrow() {
            return array.clone();
        }
        let array = self
            .read(|session| contract::orphans(&session.orphans()))
            .unwrap_or_else(contract::no_annotations);
        self.orphans.replace(Some(array.clone()));
        array
    }
}
