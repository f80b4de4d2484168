//! The red brackets at the two ends of what is active: elements beside the text.

use super::Article;
use crate::document::Document;
use crate::text::Span;
use crate::text::segment::{next_grapheme, previous_grapheme};
use crate::web::dom;
use web_sys::{DomRect, HtmlElement, Range, ScrollIntoViewOptions, ScrollLogicalPosition};

/// A bracket for each end.
pub struct Brackets {
    start: HtmlElement,
    end: HtmlElement,
}

impl Brackets {
    /// Two brackets that stand nowhere yet.
    pub fn new() -> Brackets {
        Brackets {
            start: dom::element("i", "bracket start"),
            end: dom::element("i", "bracket end"),
        }
    }

    /// Scrolls as little as shows the active one.
    pub fn reveal(&self) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        for bracket in [&self.start, &self.end] {
            if bracket.is_connected() && bracket.class_list().contains("active") {
                bracket.scroll_into_view_with_scroll_into_view_options(&options);
            }
        }
    }

    /// Takes them off the page.
    pub fn hide(&self) {
        self.start.remove();
        self.end.remove();
    }

    /// Sets them around `span`, the end that the keys move thicker. For a caret (`span` is none)
    /// the active bracket alone stands at `focus`.
    pub fn place(&self, article: &Article, document: &Document, span: Option<Span>, focus: u32) {
        let text = &document.text;
        let start = span
            .map_or(focus, Span::start)
            .min(text.length().code_points);
        let first = Span::new(start, next_grapheme(text, start));
        let last = span.and_then(|span| Span::new(previous_grapheme(text, span.end()), span.end()));
        // Both are measured before either is moved, since measuring behind a move has the browser
        // lay the text out once more.
        let first = first.and_then(|at| Place::measure(article, document, at, false));
        let last = last.and_then(|at| Place::measure(article, document, at, true));
        let end = span.map(Span::end);
        stand(&self.start, first, end.is_none() || focus == start);
        stand(&self.end, last, end == Some(focus));
    }
}

/// Where a bracket stands: in the coordinates of what it is drawn on, with which it moves.
struct Place<'a> {
    canvas: &'a HtmlElement,
    left: f64,
    top: f64,
    height: f64,
    is_rtl: bool,
}

impl Place<'_> {
    /// The near side of the one grapheme `at`.
    fn measure<'a>(
        article: &'a Article,
        document: &Document,
        at: Span,
        behind: bool,
    ) -> Option<Place<'a>> {
        let rect = rect(article, document, at)?;
        let piece = article.layout().piece_at(at.start())?;
        let canvas = article.canvas(piece)?;
        let element = article.piece(piece)?;
        let style = gloo::utils::window().get_computed_style(&element);
        let is_rtl = style
            .ok()
            .flatten()
            .and_then(|style| style.get_property_value("direction").ok())
            .is_some_and(|direction| direction == "rtl");
        let origin = canvas.get_bounding_client_rect();
        let x = if behind == is_rtl {
            rect.left()
        } else {
            rect.right()
        };
        Some(Place {
            canvas,
            left: x - origin.left(),
            top: rect.top() - origin.top(),
            height: rect.height(),
            is_rtl,
        })
    }
}

/// Moves a bracket there, or takes it off the page.
fn stand(bracket: &HtmlElement, place: Option<Place<'_>>, active: bool) {
    let Some(place) = place else {
        bracket.remove();
        return;
    };
    let px = |value: f64| format!("{value:.1}px");
    let _ = bracket.class_list().toggle_with_force("active", active);
    dom::style(bracket, "left", &px(place.left));
    dom::style(bracket, "top", &px(place.top));
    dom::style(bracket, "height", &px(place.height));
    dom::toggle(bracket, "data-rtl", place.is_rtl);
    let parent = bracket.parent_element();
    if parent.as_ref() != Some(place.canvas.as_ref()) {
        let _ = place.canvas.append_child(bracket);
    }
}

/// Where `span` is on screen: its first line's box.
pub fn rect(article: &Article, document: &Document, span: Span) -> Option<DomRect> {
    let (start, start_offset) = article.position(document, span.start(), false)?;
    let (end, end_offset) = article.position(document, span.end(), true)?;
    let range = Range::new().ok()?;
    range.set_start(&start, start_offset).ok()?;
    range.set_end(&end, end_offset).ok()?;
    let boxes = range.get_client_rects()?;
    boxes.item(0).filter(|rect| rect.height() > 0.0)
}
