//! What one element shows: the frame, the text in it, and the panels around.

use super::article::{
    Article, Brackets, Painter, Selected, clear_selection, label_rules, rect, selected,
};
use super::controller::Controller;
use super::dom;
use super::keyboard;
use super::panels::{
    Act, Bar, Card, Help, Leave, Look, Notice, NoticeKind, Overview, Panel, Status,
};
use super::pointer;
use crate::annotation::Id;
use crate::edit::Change;
use crate::order::sorted;
use crate::session::Session;
use crate::text::Span;
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{
    CssStyleSheet, CustomEvent, CustomEventInit, HtmlElement, IntersectionObserver,
    IntersectionObserverEntry, ResizeObserver, ScrollIntoViewOptions, ScrollLogicalPosition,
    ShadowRoot,
};

/// The one style sheet of every element's tree.
const STYLE: &str = include_str!("../../www/element.css");

/// How many code points are built at once, before the browser may paint. Two megabytes take less
/// than a tenth of a second; beyond, the rest follows between frames.
const AT_ONCE: u32 = 2_000_000;

/// One element's part of the page.
pub struct View {
    host: HtmlElement,
    root: ShadowRoot,
    frame: HtmlElement,
    scroller: HtmlElement,
    /// The text's DOM.
    pub article: RefCell<Article>,
    painter: RefCell<Painter>,
    brackets: Brackets,
    bar: Bar,
    panel: Panel,
    card: Card,
    status: Status,
    notice: Notice,
    help: Help,
    overview: Overview,
    label_sheet: CssStyleSheet,
    observer: RefCell<Option<(IntersectionObserver, Closure<dyn FnMut(js_sys::Array)>)>>,
    resize: RefCell<Option<(ResizeObserver, Closure<dyn FnMut()>)>>,
    listeners: RefCell<Vec<EventListener>>,
    /// What a pointer is doing.
    pub pointing: pointer::Pointing,
    mounting: Cell<Option<gloo::timers::callback::Timeout>>,
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
        dom::append(&scroller, &[&text]);
        let view = Rc::new(View {
            frame: dom::element("div", "frame"),
            article: RefCell::new(Article::new(text)),
            painter: RefCell::new(Painter::new()),
            brackets: Brackets::new(),
            bar: Bar::new(act.clone()),
            panel: Panel::new(act.clone(), look(controller)),
            card: Card::new(act.clone(), back_to_text(controller)),
            status: Status::new(act.clone()),
            notice: Notice::new(back_to_text(controller)),
            help: Help::new(),
            overview: Overview::new(act),
            label_sheet: CssStyleSheet::new().unwrap_throw(),
            observer: RefCell::default(),
            resize: RefCell::default(),
            listeners: RefCell::default(),
            pointing: pointer::Pointing::default(),
            mounting: Cell::default(),
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
        SHEET.with(|sheet| sheets.push(sheet));
        sheets.push(&self.label_sheet);
        self.root.set_adopted_style_sheets(&sheets);
        let progress = dom::element("div", "progress");
        dom::set(&progress, "role", "progressbar");
        dom::set(&progress, "aria-label", "Loading");
        let main = dom::element("div", "main");
        dom::append(
            &main,
            &[&self.scroller, self.overview.element(), self.panel.element()],
        );
        dom::append(
            &self.frame,
            &[
                &progress,
                self.notice.element(),
                &main,
                self.card.element(),
                self.bar.element(),
                self.status.element(),
                self.status.live(),
                self.help.element(),
            ],
        );
        self.set_state("empty");
        self.root.replace_children_with_node_1(&self.frame);
    }

    fn listen(self: &Rc<Self>, controller: &Rc<Controller>) {
        let mut listeners = keyboard::listen(self, controller);
        listeners.extend(pointer::listen(self, controller));
        self.listeners.replace(listeners);

        let (view, weak) = (Rc::downgrade(self), controller.weak());
        let callback = Closure::new(move |entries: js_sys::Array| {
            if let (false, Some(view), Some(controller)) =
                (dom::is_dead(), view.upgrade(), weak.upgrade())
            {
                view.came_near(&controller, &entries);
            }
        });
        // A section is painted when it comes within a screen of being seen. Both margins, since
        // the text may scroll in a part of the page, or with it.
        let options = js_sys::Object::new();
        for name in ["rootMargin", "scrollMargin"] {
            super::contract::put(&options, name, &"100%".into());
        }
        let observer =
            IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), options.unchecked_ref());
        if let Ok(observer) = observer {
            self.observer.replace(Some((observer, callback)));
        }

        let (view, weak) = (Rc::downgrade(self), controller.weak());
        let callback = Closure::new(move || {
            if let (false, Some(view), Some(controller)) =
                (dom::is_dead(), view.upgrade(), weak.upgrade())
            {
                view.place_brackets(&controller);
                view.overview.resize();
                controller.read(|session| view.overview.draw_all(session));
            }
        });
        if let Ok(resize) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            resize.observe(&self.scroller);
            self.resize.replace(Some((resize, callback)));
        }
    }

    /// The text's element, which takes the focus.
    pub fn text(&self) -> HtmlElement {
        self.article.borrow().text.clone()
    }

    /// `empty`, `loading` or `ready`.
    pub fn set_state(&self, state: &str) {
        dom::set(&self.frame, "data-state", state);
    }

    /// Shows a session's document from its beginning. Resolves once the first screen is painted.
    pub async fn open(self: &Rc<Self>, controller: &Rc<Controller>) {
        self.close_document();
        let more = controller.read(|session| {
            self.set_labels(session);
            let mut article = self.article.borrow_mut();
            article.clear(session.document());
            article.mount(session.document(), AT_ONCE)
        });
        self.set_state("ready");
        self.observe(0);
        controller.read(|session| {
            // The first screen at once, without waiting for the observer.
            self.paint_from_top(session);
            self.panel.changed(session);
            self.overview.resize();
            self.overview.draw_all(session);
            self.bar.update(session);
            self.status.coverage(session.coverage());
        });
        self.scroller.set_scroll_top(0);
        self.moved(controller, false);
        if more == Some(true) {
            self.mount_more(controller);
        }
        next_frame().await;
    }

    /// Builds the rest of a large document between frames.
    fn mount_more(self: &Rc<Self>, controller: &Rc<Controller>) {
        let (view, controller) = (Rc::downgrade(self), controller.weak());
        let timeout = gloo::timers::callback::Timeout::new(0, move || {
            let (Some(view), Some(controller)) = (view.upgrade(), controller.upgrade()) else {
                return;
            };
            let built = view.article.borrow().sections().len();
            let more = controller.read(|session| {
                view.article.borrow_mut().mount(session.document(), AT_ONCE / 8)
            });
            view.observe(built);
            let all = view.article.borrow().layout().sections().len().max(1);
            dom::style(&view.frame, "--progress", &format!("{:.3}", built as f64 / all as f64));
            if more == Some(true) {
                view.mount_more(&controller);
            }
        });
        self.mounting.set(Some(timeout));
    }

    fn observe(&self, from: usize) {
        if let Some((observer, _)) = &*self.observer.borrow() {
            for section in &self.article.borrow().sections()[from..] {
                observer.observe(section);
            }
        }
    }

    fn paint_from_top(&self, session: &Session) {
        let article = self.article.borrow();
        let mut painter = self.painter.borrow_mut();
        let mut length = 0;
        for (number, section) in article.layout().sections().iter().enumerate() {
            painter.paint(&article, session.document(), session.state(), session.labels(), number);
            length += section.span.len();
            // More than any screen shows.
            if length > 8_000 {
                break;
            }
        }
    }

    fn came_near(&self, controller: &Controller, entries: &js_sys::Array) {
        controller.read(|session| {
            let article = self.article.borrow();
            let mut painter = self.painter.borrow_mut();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let Some(number) = section_number(&entry.target()) else {
                    continue;
                };
                if !entry.is_intersecting() {
                    painter.forget(number);
                } else if !painter.is_painted(number) {
                    painter.paint(&article, session.document(), session.state(), session.labels(), number);
                }
            }
        });
    }

    /// Brings everything that shows annotations up to date with a change.
    pub fn refresh(&self, controller: &Controller, change: &Change) {
        controller.read(|session| {
            let spans: Vec<Span> = change
                .annotations
                .iter()
                .flat_map(|c| [&c.before, &c.after])
                .flatten()
                .map(|a| a.span)
                .collect();
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
        });
    }

    fn repaint(&self, session: &Session, spans: &[Span]) {
        let article = self.article.borrow();
        let mut painter = self.painter.borrow_mut();
        let mut sections: Vec<usize> = match spans.len() {
            0 => return,
            1..=64 => {
                let touched: Vec<usize> = spans
                    .iter()
                    .flat_map(|span| {
                        // A neighbour that touches may change its line.
                        let reach = Span::new(span.start().saturating_sub(1), span.end().saturating_add(1));
                        article.layout().meeting(reach.unwrap_or(*span))
                    })
                    .collect();
                let mut touched = sorted(touched, |a, b| a < b);
                touched.dedup();
                touched
            }
            _ => painter.painted(),
        };
        sections.retain(|&number| painter.is_painted(number));
        for number in sections {
            painter.paint(&article, session.document(), session.state(), session.labels(), number);
        }
    }

    /// Shows the label set anew.
    pub fn set_labels(&self, session: &Session) {
        let _ = self.label_sheet.replace_sync(&label_rules(session.labels()));
        self.bar.set_labels(session);
        self.panel.set_labels(session);
        self.overview.recolour();
        let all = self.painter.borrow().painted();
        let article = self.article.borrow();
        for number in all {
            self.painter.borrow_mut().paint(&article, session.document(), session.state(), session.labels(), number);
        }
    }

    /// Shows what is active now, and brings it into view if a person moved there.
    pub fn moved(&self, controller: &Controller, into_view: bool) {
        let shown = controller.read(|session| {
            let article = self.article.borrow();
            let span = session.active_span();
            let range = span.and_then(|span| article.range(session.document(), span));
            self.painter.borrow_mut().activate(range);
            self.bar.update(session);
            self.panel.activate(session);
            self.status.active(&session.describe());
            (span, session.active_end())
        });
        let Some((span, focus)) = shown else { return };
        if into_view {
            self.scroll_to(focus, span.map(Span::end) == Some(focus));
        }
        self.place_brackets(controller);
        if into_view {
            self.dispatch_select(controller);
        }
    }

    fn dispatch_select(&self, controller: &Controller) {
        let detail = controller.read(super::contract::selection);
        if let Some(detail) = detail {
            self.dispatch("rubricate-select", &detail, false);
        }
    }

    /// Sets the brackets around what is active.
    pub fn place_brackets(&self, controller: &Controller) {
        controller.read(|session| {
            let article = self.article.borrow();
            self.brackets.place(&article, session.document(), session.active_span(), session.active_end());
        });
    }

    /// Scrolls as little as brings the offset into view, with a margin.
    pub fn scroll_to(&self, offset: u32, ending: bool) {
        let article = self.article.borrow();
        let look = if ending { offset.saturating_sub(1) } else { offset };
        let Some(piece) = article.layout().piece_at(look).and_then(|piece| article.piece(piece)) else {
            return;
        };
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        piece.scroll_into_view_with_scroll_into_view_options(&options);
    }

    /// The code points that can be seen at the moment.
    pub fn visible(&self, controller: &Controller) -> Option<Span> {
        let window = gloo::utils::window();
        let height = window.inner_height().ok()?.as_f64()?;
        let frame = self.scroller.get_bounding_client_rect();
        let (top, bottom) = (frame.top().max(0.0), frame.bottom().min(height));
        let article = self.article.borrow();
        let sections = article.sections();
        // Sections stand one below the other, so their tops are in order.
        let from = sections.partition_point(|s| s.get_bounding_client_rect().bottom() <= top);
        let to = sections.partition_point(|s| s.get_bounding_client_rect().top() < bottom);
        let first = self.piece_below(&article, from, top)?;
        let last = self.piece_above(&article, to.checked_sub(1)?, bottom)?;
        let pieces = article.layout().pieces();
        let _ = controller;
        Span::new(pieces.get(first)?.span.start(), pieces.get(last)?.span.end())
    }

    fn piece_below(&self, article: &Article, section: usize, top: f64) -> Option<usize> {
        let pieces = article.layout().sections().get(section)?.pieces.clone();
        // A block whose first lines are above the screen is not whole on it.
        pieces
            .clone()
            .find(|&piece| {
                article
                    .piece(piece)
                    .is_some_and(|p| p.get_bounding_client_rect().top() >= top - 1.0)
            })
            .or(Some(pieces.end.min(article.layout().pieces().len().checked_sub(1)?)))
    }

    fn piece_above(&self, article: &Article, section: usize, bottom: f64) -> Option<usize> {
        let pieces = article.layout().sections().get(section)?.pieces.clone();
        pieces.clone().rev().find(|&piece| {
            article
                .piece(piece)
                .is_some_and(|p| p.get_bounding_client_rect().top() < bottom)
        })
    }

    /// What the browser has selected in the text; deselects it, for what is active is shown by
    /// our own means.
    pub fn take_selection(&self, controller: &Controller) -> Option<(u32, u32)> {
        let Selected { start, end } = controller
            .read(|session| selected(&self.article.borrow(), session.document(), &self.root))
            .flatten()
            .filter(|selected| selected.start < selected.end)?;
        clear_selection();
        Some((start, end))
    }

    /// The offset of the browser's caret in the text.
    pub fn caret(&self, controller: &Controller) -> Option<u32> {
        controller
            .read(|session| selected(&self.article.borrow(), session.document(), &self.root))
            .flatten()
            .map(|selected| selected.start)
    }

    /// Says a sentence; with a way to undo, if something was done.
    pub fn say(&self, sentence: &str, undo: bool) {
        if sentence.is_empty() {
            return;
        }
        match undo {
            true => self.status.say_with_undo(sentence),
            false => self.status.say(sentence),
        }
    }

    /// Shows a message until it is dismissed.
    pub fn notice(&self, kind: NoticeKind, message: &str) {
        self.notice.show(kind, message, None);
    }

    /// Draws the line of new annotations once, from their start to their end.
    pub fn draw_strokes(&self, controller: &Controller, change: &Change) {
        let added = change.annotations.iter().filter(|c| c.before.is_none());
        for after in added.filter_map(|c| c.after.as_ref()).take(4) {
            self.overlay(controller, after.span, "stroke", &after.label);
        }
    }

    /// Flashes what is active once.
    pub fn flash(&self, controller: &Controller) {
        if let Some(span) = controller.read(Session::active_span).flatten() {
            self.overlay(controller, span, "flash", "");
        }
    }

    fn overlay(&self, controller: &Controller, span: Span, class: &'static str, label: &str) {
        controller.read(|session| {
            let article = self.article.borrow();
            let at = rect(&article, session.document(), span);
            let section = article
                .layout()
                .piece_at(span.start())
                .and_then(|piece| article.sections().get(article.layout().section_of(piece)));
            if let (Some(at), Some(section)) = (at, section) {
                let origin = section.get_bounding_client_rect();
                let overlay = dom::element("i", class);
                dom::set(&overlay, "data-label", label);
                let px = |value: f64| format!("{value:.1}px");
                let top = if class == "stroke" { at.bottom() + 1.0 } else { at.top() };
                dom::style(&overlay, "left", &px(at.left() - origin.left()));
                dom::style(&overlay, "top", &px(top - origin.top()));
                dom::style(&overlay, "width", &px(at.width()));
                if class == "flash" {
                    dom::style(&overlay, "height", &px(at.height()));
                }
                let _ = section.append_child(&overlay);
                let done = overlay.clone();
                // The element goes when its animation has; with reduced motion there is none to
                // wait for, and the rule hides it.
                EventListener::once(&overlay, "animationend", move |_| done.remove()).forget();
            }
        });
    }

    /// Opens an annotation's card.
    pub fn open_card(&self, controller: &Controller, id: &Id, note: bool) {
        controller.read(|session| match note {
            true => self.card.open_note(session, id),
            false => self.card.open(session, id),
        });
    }

    /// Closes the card; false if there was none.
    pub fn close_card(&self) -> bool {
        let open = self.card.is_open();
        if open {
            self.card.close();
        }
        open
    }

    /// Puts the focus on the label bar.
    pub fn focus_labels(&self) {
        self.bar.focus();
    }

    /// Shows all keys.
    pub fn open_help(&self, controller: &Controller) {
        controller.read(|session| self.help.open(session));
    }

    /// Tells the host. False if it was cancelled.
    pub fn dispatch(&self, name: &str, detail: &JsValue, cancelable: bool) -> bool {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(cancelable);
        init.set_detail(detail);
        match CustomEvent::new_with_event_init_dict(name, &init) {
            Ok(event) => self.host.dispatch_event(&event).unwrap_or(true),
            Err(_) => true,
        }
    }

    fn close_document(&self) {
        self.mounting.set(None);
        if let Some((observer, _)) = &*self.observer.borrow() {
            observer.disconnect();
        }
        self.painter.borrow_mut().clear();
        self.brackets.hide();
        self.card.close();
        self.notice.hide();
    }

    /// Takes everything off the page.
    pub fn leave(&self) {
        self.close_document();
        self.listeners.borrow_mut().clear();
        if let Some((observer, _)) = self.observer.take() {
            observer.disconnect();
        }
        if let Some((resize, _)) = self.resize.take() {
            resize.disconnect();
        }
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

fn section_number(section: &web_sys::Element) -> Option<usize> {
    section.get_attribute("data-section")?.parse().ok()
}

/// Resolves in the next frame.
pub async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = gloo::utils::window().request_animation_frame(&resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

