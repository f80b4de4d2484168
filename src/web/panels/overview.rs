//! The whole document at a glance beside the scroll bar: a lane of bars per label.
//!
//! Drawn in device pixels. Annotations come in document order, so the bars of one label that touch
//! melt into one while they are gone through, and there are never more rectangles than half the
//! rows in each lane, however many annotations there are.

use super::{Act, keep_selection};
use crate::paint::{Band, band, runs, shown_in};
use crate::session::{Action, Session};
use crate::text::Span;
use crate::web::dom;
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, MouseEvent};

/// How many labels stand side by side; further ones share their lanes.
const LANES: u32 = 4;

/// `canvas.overview`.
pub struct Overview {
    canvas: HtmlCanvasElement,
    context: Option<CanvasRenderingContext2d>,
    colours: RefCell<HashMap<String, String>>,
    /// The length of the document that is drawn, in code points.
    length: Rc<Cell<u32>>,
    // Kept, since dropping one ends it.
    _listeners: [EventListener; 2],
}

impl Overview {
    /// An overview with nothing drawn.
    pub fn new(act: Act) -> Overview {
        let canvas: HtmlCanvasElement = dom::element("canvas", "overview").unchecked_into();
        dom::set(&canvas, "part", "overview");
        // The list says the same in words.
        dom::set(&canvas, "aria-hidden", "true");
        let context = canvas.get_context("2d").ok().flatten();
        let length: Rc<Cell<u32>> = Rc::default();
        let (clicked, known) = (canvas.clone(), length.clone());
        let click = dom::on(&canvas, "click", move |event| {
            let height = clicked.client_height();
            if let Some(event) = event.dyn_ref::<MouseEvent>()
                && height > 0
            {
                let share = f64::from(event.offset_y()) / f64::from(height);
                let last = known.get().saturating_sub(1);
                // A cast from float stays within the integer's bounds.
                let offset = (share * f64::from(known.get())) as u32;
                act(Action::GoTo(offset.min(last)));
            }
        });
        Overview {
            _listeners: [keep_selection(&canvas), click],
            context: context.and_then(|context| context.dyn_into().ok()),
            colours: RefCell::default(),
            length,
            canvas,
        }
    }

    /// `canvas.overview`.
    pub fn element(&self) -> &HtmlElement {
        &self.canvas
    }

    /// Takes the size that the canvas has on screen, in device pixels. If that differs, true is
    /// returned, and everything has to be drawn again.
    pub fn resize(&self) -> bool {
        let ratio = gloo::utils::window().device_pixel_ratio();
        let device = |css: i32| (f64::from(css) * ratio).round() as u32;
        let width = device(self.canvas.client_width());
        let height = device(self.canvas.client_height());
        let differs = (self.canvas.width(), self.canvas.height()) != (width, height);
        if differs {
            // Setting either clears the canvas.
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        differs
    }

    /// Reads the colours of labels anew at the next drawing: for other labels or another theme.
    pub fn recolour(&self) {
        self.colours.borrow_mut().clear();
    }

    /// Draws all annotations.
    pub fn draw_all(&self, session: &Session) {
        let length = session.document().text.length().code_points;
        self.length.set(length);
        let rows = self.canvas.height();
        if rows == 0 {
            return;
        }
        self.clear(0, rows);
        for (lane, id) in labels(session) {
            let places = session.state().places(Some(id));
            let bands = places.iter().map(|place| band(place.span, length, rows));
            self.fill(lane, id, runs(bands));
        }
    }

    /// Draws the rows again that `span` touches, where an annotation came, went or changed.
    pub fn draw(&self, session: &Session, span: Span) {
        let length = session.document().text.length().code_points;
        let rows = self.canvas.height();
        if rows == 0 {
            return;
        }
        let touched = band(span, length, rows);
        // Going through a large part of the document costs more than its labels' places do.
        if touched.height > rows / 4 || length != self.length.get() {
            return self.draw_all(session);
        }
        let top = touched.top;
        let bottom = (top + touched.height).min(rows);
        self.clear(top, bottom - top);
        let Some(near) = shown_in(top..bottom, length, rows) else {
            return;
        };
        let annotations = session.state().intersecting(near);
        for (lane, id) in labels(session) {
            let bands = annotations
                .iter()
                .filter(|annotation| &*annotation.label == id)
                .map(|annotation| band(annotation.span, length, rows))
                .filter_map(|band| band.within(top..bottom));
            self.fill(lane, id, runs(bands));
        }
    }

    fn clear(&self, top: u32, height: u32) {
        if let Some(context) = &self.context {
            let width = f64::from(self.canvas.width());
            context.clear_rect(0.0, f64::from(top), width, f64::from(height));
        }
    }

    fn fill(&self, lane: u32, label: &str, runs: impl Iterator<Item = Band>) {
        let Some(context) = &self.context else { return };
        let width = f64::from(self.canvas.width()) / f64::from(LANES);
        let left = (width * f64::from(lane)).round();
        let right = (width * f64::from(lane + 1)).round();
        let mut is_coloured = false;
        for run in runs {
            if !is_coloured {
                context.set_fill_style_str(&self.colour(label));
                is_coloured = true;
            }
            let (top, height) = (f64::from(run.top), f64::from(run.height));
            context.fill_rect(left, top, right - left, height);
        }
    }

    /// The colour of a label's line as the browser computes it. A custom property alone is computed
    /// to what was written, `light-dark()` and all, which a canvas can't read; `color` is not.
    fn colour(&self, label: &str) -> String {
        if let Some(colour) = self.colours.borrow().get(label) {
            return colour.clone();
        }
        let value = format!("var(--rubricate-line-{label}, var(--muted))");
        dom::style(&self.canvas, "color", &value);
        let colour = gloo::utils::window()
            .get_computed_style(&self.canvas)
            .ok()
            .flatten()
            .and_then(|style| style.get_property_value("color").ok())
            .unwrap_or_default();
        // Removing a property that was just set can't fail.
        let _ = self.canvas.style().remove_property("color");
        self.colours
            .borrow_mut()
            .insert(label.to_owned(), colour.clone());
        colour
    }
}

/// The labels of the set and the unknown ones in use, each with its lane.
fn labels(session: &Session) -> impl Iterator<Item = (u32, &str)> {
    let set = session.labels();
    let known = set.iter().map(|label| label.id.as_str());
    let unknown = session.state().labels().filter(|id| set.get(id).is_none());
    let lanes = (0..LANES).cycle();
    lanes.zip(known.chain(unknown))
}
