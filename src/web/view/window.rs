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
        let more = controller.read(|session| {
            self.set_labels(session);
            let mut article = self.article.borrow_mut();
            article.is_rtl = controller.settings.borrow().is_rtl;
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
            self.show_document_state(session);
        });
        self.scroller.set_scroll_top(self.begins_at.take());
        self.moved(controller, false);
        if more == Some(true) {
            self.mount_more(controller);
        }
        // A page that nobody sees paints no frame.
        if !dom::document().hidden() {
            next_frame().await;
        }
        // Found now, the first key need not wait for them.
        let controller = controller.weak();
        let ahead = gloo::timers::callback::Timeout::new(50, move || {
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
            let built = view.article.borrow().sections().len();
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
            for section in &self.article.borrow().sections()[from..] {
                watch.observer.observe(section);
            }
        }
    }

    pub(super) fn paint_from_top(&self, session: &Session) {
        let article = self.article.borrow();
        let mut painter = self.painter.borrow_mut();
        let mut length = 0;
        for (number, section) in article.layout().sections().iter().enumerate() {
            painter.paint(
                &article,
                session.document(),
                session.state(),
                session.labels(),
                number,
            );
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
            let mut painter = self.painter.borrow_mut();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let Some(number) = section_number(&entry.target()) else {
                    continue;
                };
                let near = entry.is_intersecting();
                match near {
                    true => self.near.borrow_mut().insert(number),
                    false => self.near.borrow_mut().remove(&number),
                };
                if !near {
                    painter.forget(number);
                } else if !painter.is_painted(number) {
                    painter.paint(
                        &article,
                        session.document(),
                        session.state(),
                        session.labels(),
                        number,
                    );
                }
            }
        });
    }

    pub(super) fn repaint(&self, session: &Session, spans: &[Span]) {
        let article = self.article.borrow();
        let mut painter = self.painter.borrow_mut();
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
            _ => painter.painted(),
        };
        sections.retain(|&number| painter.is_painted(number));
        for number in sections {
            painter.paint(
                &article,
                session.document(),
                session.state(),
                session.labels(),
                number,
            );
        }
    }

    pub(super) fn paint_for_print(&self, controller: &Controller, printing: bool) {
        controller.read(|session| {
            let active = session.active_span().filter(|_| !printing);
            let range =
                active.and_then(|span| self.article.borrow().range(session.document(), span));
            self.painter.borrow_mut().activate(range);
            let article = self.article.borrow();
            let mut painter = self.painter.borrow_mut();
            for number in 0..article.sections().len() {
                let wanted = printing || self.near.borrow().contains(&number);
                match (wanted, painter.is_painted(number)) {
                    (true, false) => painter.paint(
                        &article,
                        session.document(),
                        session.state(),
                        session.labels(),
                        number,
                    ),
                    (false, true) => painter.forget(number),
                    _ => {}
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

fn section_number(section: &web_sys::Element) -> Option<usize> {
    section.get_attribute("data-section")?.parse().ok()
}

/// Resolves in the next frame.
async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = gloo::utils::window().request_animation_frame(&resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
