//! What one element shows: the frame, the text in it, and the panels around.

mod content;
mod in_place;
mod place;
mod say;
mod window;

use super::article::{Article, Brackets, InPlace, Names, Painter, label_rules};
use super::controller::Controller;
use super::dom;
use super::keyboard;
use super::panels::{Act, Bar, Card, Help, Leave, Look, Notice, Overview, Panel, Resized, Status};
use super::pointer;
use super::sheet::{AdoptedSheet, is_at_home, sheet_for};
use crate::edit::{Change, DocumentState};
use crate::session::Session;
use crate::text::Span;
use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::Reflect;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, HtmlElement, ShadowRoot};

use window::Watch;

/// The one style sheet of every element's tree.
const STYLE: &str = include_str!("../../../www/element.css");

/// One element's part of the page.
pub struct View {
    host: HtmlElement,
    root: ShadowRoot,
    interface: HtmlElement,
    frame: HtmlElement,
    scroller: HtmlElement,
    /// The button that leads a screen reader's user into the keys.
    pub by_keyboard: HtmlElement,
    /// The text's DOM.
    pub article: RefCell<Article>,
    painter: RefCell<Painter>,
    brackets: Brackets,
    // What is drawn beside a host's own content stands in this.
    overlay: HtmlElement,
    // The rules in the host's tree, while its own content is shown.
    sheet: RefCell<Option<AdoptedSheet>>,
    content: RefCell<Option<content::Content>>,
    reading: content::Reading,
    // Where the host's content was found to stand, until it is shown.
    read: RefCell<Option<InPlace>>,
    bar: Bar,
    panel: Panel,
    card: Card,
    status: Status,
    notice: Notice,
    help: Help,
    overview: Overview,
    label_sheet: CssStyleSheet,
    watch: RefCell<Option<Watch>>,
    resized: RefCell<Option<Resized>>,
    listeners: RefCell<Vec<EventListener>>,
    // What has changed since the last frame: the spans, and whether something else is active.
    stale: RefCell<Vec<Span>>,
    is_moved: Cell<bool>,
    frame_asked_for: RefCell<Option<AnimationFrame>>,
    // The sections within a screen of being seen.
    near: RefCell<BTreeSet<usize>>,
    // The labels under the pointer, in words.
    hovered: RefCell<Option<String>>,
    /// What a pointer is doing.
    pub pointing: pointer::Pointing,
    /// How far the text is scrolled, in CSS pixels, and how far it is when a document is shown.
    pub scrolled: Cell<i32>,
    pub begins_at: Cell<i32>,
    mounting: Cell<Option<gloo::timers::callback::Timeout>>,
    ahead: Cell<Option<gloo::timers::callback::Timeout>>,
}

thread_local! {
    static SHEET: CssStyleSheet = {
        let sheet = CssStyleSheet::new().unwrap_throw();
        let _ = sheet.replace_sync(STYLE);
        sheet
    };
}

impl View {
    /// Builds the frame in `root`, with nothing open.
    pub fn new(controller: &Rc<Controller>, host: HtmlElement, root: ShadowRoot) -> Rc<View> {
        let act: Act = {
            let controller = controller.weak();
            Rc::new(move |action| {
                if let Some(controller) = controller.upgrade() {
                    controller.act(action);
                }
            })
        };
        let text = dom::element("div", "text");
        for (name, value) in [("part", "text"), ("role", "document"), ("tabindex", "0")] {
            dom::set(&text, name, value);
        }
        dom::set(&text, "aria-label", "Article");
        let scroller = dom::element("div", "scroller");
        dom::set(&scroller, "part", "scroller");
        let by_keyboard = keyboard::way_in();
        dom::append(&scroller, &[&by_keyboard, &text]);
        let view = Rc::new(View {
            interface: dom::element("div", "interface"),
            frame: dom::element("div", "frame"),
            by_keyboard,
            article: RefCell::new(Article::new(text)),
            painter: RefCell::new(Painter::new(Names::Shared)),
            brackets: Brackets::new(),
            overlay: dom::element("div", "overlay"),
            sheet: RefCell::default(),
            content: RefCell::default(),
            reading: content::Reading::default(),
            read: RefCell::default(),
            bar: Bar::new(act.clone()),
            panel: Panel::new(act.clone(), look(controller)),
            card: Card::new(act.clone(), back_to_text(controller)),
            status: Status::new(act.clone()),
            notice: Notice::new(back_to_text(controller)),
            help: Help::new(),
            overview: Overview::new(act),
            label_sheet: sheet_for(&host),
            watch: RefCell::default(),
            resized: RefCell::default(),
            listeners: RefCell::default(),
            stale: RefCell::default(),
            is_moved: Cell::default(),
            frame_asked_for: RefCell::default(),
            near: RefCell::default(),
            hovered: RefCell::default(),
            pointing: pointer::Pointing::default(),
            scrolled: Cell::default(),
            begins_at: Cell::default(),
            mounting: Cell::default(),
            ahead: Cell::default(),
            host,
            root,
            scroller,
        });
        view.assemble();
        view.listen(controller);
        view
    }

    fn assemble(&self) {
        let sheets = js_sys::Array::new();
        match is_at_home(&self.host) {
            true => SHEET.with(|sheet| sheets.push(sheet)),
            false => {
                let sheet = sheet_for(&self.host);
                let _ = sheet.replace_sync(STYLE);
                sheets.push(&sheet)
            }
        };
        sheets.push(&self.label_sheet);
        // Fails in a document without a window alone, where nobody sees it.
        let _ = Reflect::set(&self.root, &"adoptedStyleSheets".into(), &sheets);
        let progress = dom::element("div", "progress");
        dom::set(&progress, "part", "progress");
        dom::set(&progress, "role", "progressbar");
        dom::set(&progress, "aria-label", "Loading");
        // In the order of Tab: from the text to the labels, then to the list.
        dom::append(
            &self.frame,
            &[
                &progress,
                self.notice.element(),
                &self.scroller,
                self.overview.element(),
                self.bar.element(),
                self.panel.element(),
                self.card.element(),
                self.status.element(),
                self.status.live(),
                self.help.element(),
            ],
        );
        self.set_state("empty");
        dom::append(&self.interface, &[&self.frame]);
        self.root.replace_children_with_node_1(&self.interface);
    }

    fn listen(self: &Rc<Self>, controller: &Rc<Controller>) {
        let mut listeners = keyboard::listen(self, controller);
        listeners.extend(pointer::listen(self, controller));
        listeners.extend(self.listen_to_printing(controller));
        listeners.extend(self.listen_to_leaving());
        listeners.extend(self.listen_to_animations());
        listeners.push(self.listen_to_scrolling());
        listeners.extend(self.listen_to_colour_scheme(controller));
        self.listeners.replace(listeners);

        self.watch.replace(Watch::new(self, controller));
        self.watch_size(controller, &self.scroller);
    }

    /// A page that is hidden may be gone: the note that is being written is kept first.
    fn listen_to_leaving(self: &Rc<Self>) -> [EventListener; 2] {
        let window = gloo::utils::window();
        let listen = |target: &web_sys::EventTarget, event| {
            let view = Rc::downgrade(self);
            dom::on(target, event, move |_| {
                if let Some(view) = view.upgrade() {
                    view.card.keep();
                }
            })
        };
        [
            listen(&window, "pagehide"),
            listen(&dom::document(), "visibilitychange"),
        ]
    }

    /// The system may go from light to dark.
    fn listen_to_colour_scheme(
        self: &Rc<Self>,
        controller: &Rc<Controller>,
    ) -> Option<EventListener> {
        let query = gloo::utils::window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()??;
        let (view, controller) = (Rc::downgrade(self), controller.weak());
        Some(dom::on(&query, "change", move |_| {
            if let (Some(view), Some(controller)) = (view.upgrade(), controller.upgrade()) {
                view.recolour(&controller);
            }
        }))
    }

    /// The text's element, which takes the focus.
    pub fn text(&self) -> HtmlElement {
        self.article.borrow().text.clone()
    }

    /// The element itself.
    pub fn host(&self) -> &HtmlElement {
        &self.host
    }

    /// The tree that everything of the element is in.
    pub fn root(&self) -> &ShadowRoot {
        &self.root
    }

    /// `empty`, `loading` or `ready`.
    pub fn set_state(&self, state: &str) {
        dom::set(&self.frame, "data-state", state);
    }

    /// Brings everything that shows annotations up to date with a change, before the next frame is
    /// painted: many changes in one script cost one.
    pub fn refresh(&self, controller: &Controller, change: &Change) {
        let annotations = change.annotations.iter();
        let spans = annotations
            .flat_map(|c| [&c.before, &c.after])
            .flatten()
            .map(|annotation| annotation.span);
        self.stale.borrow_mut().extend(spans);
        self.before_painting(controller);
    }

    /// What is active may be another thing now; it is shown before the next frame is painted.
    pub fn moved_by_script(&self, controller: &Controller) {
        self.is_moved.set(true);
        self.before_painting(controller);
    }

    fn before_painting(&self, controller: &Controller) {
        if self.frame_asked_for.borrow().is_some() {
            return;
        }
        let controller = controller.weak();
        let frame = request_animation_frame(move |_| {
            if let Some(controller) = controller.upgrade()
                && let Some(view) = controller.view()
                && !dom::is_dead()
            {
                view.catch_up(&controller);
            }
        });
        self.frame_asked_for.replace(Some(frame));
    }

    fn catch_up(&self, controller: &Controller) {
        self.frame_asked_for.take();
        let spans = self.stale.take();
        controller.read(|session| {
            self.repaint(session, &spans);
            for span in spans.iter().take(64) {
                self.overview.draw(session, *span);
            }
            if spans.len() > 64 {
                self.overview.draw_all(session);
            }
            self.panel.changed(session);
            self.bar.update(session);
            self.card.update(session);
            self.status.coverage(session.coverage());
            self.show_document_state(session);
        });
        if self.is_moved.take() {
            self.moved(controller, false);
        }
    }

    /// A document that is done has its red initial.
    fn show_document_state(&self, session: &Session) {
        let done = session.state().document_state() == DocumentState::Done;
        if done != self.frame.has_attribute("data-done") {
            dom::toggle(&self.frame, "data-done", done);
        }
    }

    /// Shows the label set anew.
    pub fn set_labels(&self, session: &Session) {
        self.follow_labels(session.labels());
        let _ = self
            .label_sheet
            .replace_sync(&label_rules(session.labels()));
        self.bar.set_labels(session);
        self.panel.set_labels(session);
        self.overview.recolour();
        self.card.update(session);
        let all = self.painter.borrow().painted();
        for number in all {
            self.paint(session, number);
        }
        self.article
            .borrow()
            .place_letters(session.document(), false);
    }

    fn close_document(&self) {
        self.mounting.set(None);
        self.ahead.set(None);
        if let Some(watch) = &*self.watch.borrow() {
            watch.clear();
        }
        self.frame_asked_for.take();
        self.stale.take();
        self.painter.borrow_mut().clear();
        self.near.borrow_mut().clear();
        self.brackets.hide();
        self.card.close();
        self.notice.hide();
    }

    /// Takes everything off the page.
    pub fn leave(&self) {
        self.close_document();
        self.listeners.borrow_mut().clear();
        self.content.take();
        self.wake_who_waits();
        self.sheet.take();
        self.watch.take();
        self.resized.take();
        self.root.replace_children_with_node_0();
    }
}

/// Lets a panel read the session when it has to draw by itself.
fn look(controller: &Rc<Controller>) -> Look {
    let controller = controller.weak();
    Rc::new(move |read| {
        if let Some(controller) = controller.upgrade()
            && let Ok(session) = controller.session.try_borrow()
            && let Some(session) = &*session
        {
            read(session);
        }
    })
}

/// Puts the focus back into the text.
fn back_to_text(controller: &Rc<Controller>) -> Leave {
    let controller = controller.weak();
    Rc::new(move || {
        if let Some(view) = controller.upgrade().and_then(|c| c.view()) {
            keyboard::focus(&view.text());
        }
    })
}
