//! Which parts of the text are built and painted: those near the screen.

use super::View;
use crate::order::sorted;
use crate::session::Session;
use crate::text::Span;
use crate::web::contract;
use crate::web::controller::Controller;
use crate::web::dom;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

/// How many code points are built at once, before the browser may paint. Two megabytes take less
/// than a tenth of a second; beyond, the rest follows between frames.
const AT_ONCE: u32 = 2_000_000;

/// When quotations are looked for ahead, in milliseconds behind the first screen: a host's page may
/// have things to do first, and nobody reads and presses a key sooner.
const QUOTATIONS_DELAY: u32 = 250;

/// Watches which sections come near the screen, until it is dropped.
pub(super) struct Watch {
    observer: IntersectionObserver,
    // Called by the observer.
    _heard: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watch {
    /// A section is near within a screen of being seen. With both margins, since the text may
    /// scroll in a part of the page, or with it.
    pub(super) fn new(view: &Rc<View>, controller: &Rc<Controller>) -> Option<Watch> {
        let (view, controller) = (Rc::downgrade(view), controller.weak());
        let heard = Closure::new(move |entries: js_sys::Array| {
            if let (false, Some(view), Some(controller)) =
                (dom::is_dead(), view.upgrade(), controller.upgrade())
            {
                view.came_near(&controller, &entries);
            }
        });
        let options = js_sys::Object::new();
        for name in ["rootMargin", "scrollMargin"] {
            contract::put(&options, name, &"100%".into());
        }
        let observer = IntersectionObserver::new_with_options(
            heard.as_ref().unchecked_ref(),
            options.unchecked_ref(),
        );
        Some(Watch {
            observer: observer.ok()?,
            _heard: heard,
        })
    }

    /// Watches nothing for now.
    pub(super) fn clear(&self) {
        self.observer.disconnect();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl View {
    /// Shows a session's document from its beginning. Resolves once the first screen is painted.
    pub async fn open(self: &Rc<Self>, controller: &Rc<Controller>) {
        self.close_document();
        let in_place = self.read.take();
        let is_in_place = in_place.is_some();
        if !is_in_place {
            self.show_mounted(controller);
        }
        let more = controller.read(|session| {
            self.set_labels(session);
            let mut article = self.article.borrow_mut();
            match in_place {
                Some(in_place) => {
                    article.settle(session.document(), in_place);
                    false
                }
                None => {
                    article.is_rtl = controller.settings.borrow().is_rtl;
                    article.clear(session.document());
                    article.mount(session.document(), AT_ONCE)
                }
            }
        });
        self.set_state("ready");
        self.observe(0);
        controller.read(|session| {
            // The first screen at once, without waiting for the observer. A host's may be anywhere.
            if !is_in_place {
                self.paint_from_top(session);
            }
            self.panel.changed(session);
            self.overview.resize();
            self.overview.draw_all(session);
            self.bar.update(session);
            self.status.coverage(session.coverage());
            self.show_document_state(session);
        });
        if !is_in_place {
            self.scroller.set_scroll_top(self.begins_at.take());
        }
        self.moved(controller, false);
        if more == Some(true) {
            self.mount_more(controller);
        }
        // A page that nobody sees paints no frame.
        if !dom::document().hidden() {
            next_frame().await;
            if is_in_place {
                // The observer has told of the first screen in the frame before.
                next_frame().await;
            }
        }
        if is_in_place {
            self.read_what_was_missed(controller);
        }
        // Found now, the first key need not wait for them.
        let controller = controller.weak();
        let ahead = gloo::timers::callback::Timeout::new(QUOTATIONS_DELAY, move || {
            if let Some(controller) = controller.upgrade() {
                controller.read(|session| session.quotations().len());
            }
        });
        self.ahead.set(Some(ahead));
    }

    /// Builds the rest of a large document between frames.
    pub(super) fn mount_more(self: &Rc<Self>, controller: &Rc<Controller>) {
        let (view, controller) = (Rc::downgrade(self), controller.weak());
        let timeout = gloo::timers::callback::Timeout::new(0, move || {
            let (Some(view), Some(controller)) = (view.upgrade(), controller.upgrade()) else {
                return;
            };
            let built = view.article.borrow().built();
            let more = controller
                .read(|session| view.article.borrow_mut().mount(session.document(), AT_ONCE));
            view.observe(built);
            let all = view.article.borrow().layout().sections().len().max(1);
            dom::style(
                &view.frame,
                "--progress",
                &format!("{:.3}", built as f64 / all as f64),
            );
            if more == Some(true) {
                view.mount_more(&controller);
            }
        });
        self.mounting.set(Some(timeout));
    }

    pub(super) fn observe(&self, from: usize) {
        if let Some(watch) = &*self.watch.borrow() {
            for element in self.article.borrow().watched(from) {
                watch.observer.observe(&element);
            }
        }
    }

    /// Paints one section.
    pub(super) fn paint(&self, session: &Session, section: usize) {
        self.painter.borrow_mut().paint(
            &self.article.borrow(),
            session.document(),
            session.state(),
            session.labels(),
            section,
        );
    }

    fn forget(&self, section: usize) {
        let mut painter = self.painter.borrow_mut();
        painter.forget(&self.article.borrow(), section);
    }

    fn is_painted(&self, section: usize) -> bool {
        self.painter.borrow().is_painted(section)
    }

    pub(super) fn paint_from_top(&self, session: &Session) {
        let mut length = 0;
        for (number, section) in self.article.borrow().layout().sections().iter().enumerate() {
            self.paint(session, number);
            length += section.span.len();
            // More than any screen shows.
            if length > 8_000 {
                break;
            }
        }
    }

    pub(super) fn came_near(&self, controller: &Controller, entries: &js_sys::Array) {
        controller.read(|session| {
            let article = self.article.borrow();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let near = entry.is_intersecting();
                for number in article.came(&entry.target(), near) {
                    match near {
                        true => self.near.borrow_mut().insert(number),
                        false => self.near.borrow_mut().remove(&number),
                    };
                    match (near, self.is_painted(number)) {
                        (true, false) => self.paint(session, number),
                        (false, _) => self.forget(number),
                        _ => {}
                    }
                }
            }
            article.place_letters(session.document(), false);
        });
    }

    pub(super) fn repaint(&self, session: &Session, spans: &[Span]) {
        let article = self.article.borrow();
        let mut sections: Vec<usize> = match spans.len() {
            0 => return,
            1..=64 => {
                let touched: Vec<usize> = spans
                    .iter()
                    .flat_map(|span| {
                        // A neighbour that touches may change its line.
                        let reach =
                            Span::new(span.start().saturating_sub(1), span.end().saturating_add(1));
                        article.layout().meeting(reach.unwrap_or(*span))
                    })
                    .collect();
                let mut touched = sorted(touched, |a, b| a < b);
                touched.dedup();
                touched
            }
            _ => self.painter.borrow().painted(),
        };
        sections.retain(|&number| self.is_painted(number));
        for number in sections {
            self.paint(session, number);
        }
        article.place_letters(session.document(), false);
    }

    pub(super) fn paint_for_print(&self, controller: &Controller, printing: bool) {
        controller.read(|session| {
            let active = session.active_span().filter(|_| !printing);
            let article = self.article.borrow();
            let range = active.and_then(|span| article.range(session.document(), span));
            self.painter.borrow_mut().activate(range);
            for number in 0..article.built() {
                let wanted = printing || self.near.borrow().contains(&number);
                let is_painted = self.is_painted(number);
                // What has just changed would be painted anew in the next frame, which print doesn't wait for.
                if is_painted && (printing || !wanted) {
                    self.forget(number);
                }
                if wanted && (printing || !is_painted) {
                    self.paint(session, number);
                }
            }
        });
    }

    /// On paper everything is near: all lines are painted for the time of printing.
    pub(super) fn listen_to_printing(
        self: &Rc<Self>,
        controller: &Rc<Controller>,
    ) -> [EventListener; 2] {
        let window = gloo::utils::window();
        let listen = |event, printing: bool| {
            let (view, controller) = (Rc::downgrade(self), controller.weak());
            dom::on(&window, event, move |_| {
                if let (Some(view), Some(controller)) = (view.upgrade(), controller.upgrade()) {
                    view.paint_for_print(&controller, printing);
                }
            })
        };
        [listen("beforeprint", true), listen("afterprint", false)]
    }
}

/// Resolves in the next frame, or when the page is hidden, which then has none.
async fn next_frame() {
    let mut hiding = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = gloo::utils::window().request_animation_frame(&resolve);
        hiding = Some(dom::on(&dom::document(), "visibilitychange", move |_| {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }));
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    drop(hiding);
}
