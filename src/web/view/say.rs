//! What is said and shown for a moment: the status line, messages, the card, strokes and flashes.

use super::View;
use crate::annotation::Id;
use crate::edit::Change;
use crate::session::Session;
use crate::text::Span;
use crate::web::article::rect;
use crate::web::controller::Controller;
use crate::web::dom;
use crate::web::panels::NoticeKind;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::Element;

impl View {
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

    pub(super) fn overlay(
        &self,
        controller: &Controller,
        span: Span,
        class: &'static str,
        label: &str,
    ) {
        // Without animations there would be nothing to see, and no end of it to wait for.
        let still = gloo::utils::window().match_media("(prefers-reduced-motion: reduce)");
        if still.ok().flatten().is_some_and(|query| query.matches()) {
            return;
        }
        controller.read(|session| {
            let article = self.article.borrow();
            let at = rect(&article, session.document(), span);
            let piece = article.layout().piece_at(span.start());
            let canvas = piece.and_then(|piece| article.canvas(piece));
            if let (Some(at), Some(canvas)) = (at, canvas) {
                let origin = canvas.get_bounding_client_rect();
                let overlay = dom::element("i", class);
                dom::set(&overlay, "data-label", label);
                let px = |value: f64| format!("{value:.1}px");
                let top = if class == "stroke" {
                    at.bottom() + 1.0
                } else {
                    at.top()
                };
                dom::style(&overlay, "left", &px(at.left() - origin.left()));
                dom::style(&overlay, "top", &px(top - origin.top()));
                dom::style(&overlay, "width", &px(at.width()));
                if class == "flash" {
                    dom::style(&overlay, "height", &px(at.height()));
                }
                let _ = canvas.append_child(&overlay);
            }
        });
    }

    /// What is drawn for a moment goes when its animation has. One listener for all of them: what is
    /// handed to an element of its own, JavaScript's heap keeps for ever.
    pub(super) fn listen_to_animations(&self) -> [EventListener; 2] {
        ["animationend", "animationcancel"].map(|event| {
            dom::on(&self.root, event, |event| {
                let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
                if let Some(overlay) = target.filter(|t| t.matches(".stroke, .flash") == Ok(true)) {
                    overlay.remove();
                }
            })
        })
    }

    /// Opens an annotation's card.
    pub fn open_card(&self, controller: &Controller, id: &Id, note: bool) {
        controller.read(|session| match note {
            true => self.card.open_note(session, id),
            false => self.card.open(session, id),
        });
    }

    /// Shows an annotation's card and leaves the focus where it is; `None` closes it.
    pub fn peek(&self, controller: &Controller, id: Option<&Id>) {
        controller.read(|session| match id {
            Some(id) => self.card.peek(session, id),
            None => self.card.close(),
        });
    }

    /// Keeps the note that is being written.
    pub fn keep_note(&self) {
        self.card.keep();
    }

    /// Ends the choice of a pen, or closes the card; false if there was neither.
    pub fn close_innermost(&self) -> bool {
        if self.bar.stop_choosing() {
            return true;
        }
        let open = self.card.is_open();
        if open {
            self.card.close();
        }
        open
    }

    /// Colours may have changed: what is drawn by script is drawn anew.
    pub fn recolour(&self, controller: &Controller) {
        self.overview.recolour();
        controller.read(|session| self.overview.draw_all(session));
    }

    /// Puts the focus on the label bar.
    pub fn focus_labels(&self) {
        self.bar.focus();
    }

    /// Shows all keys.
    pub fn open_help(&self, controller: &Controller) {
        controller.read(|session| self.help.open(session));
    }
}
