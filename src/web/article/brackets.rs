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
        self.hide();
        let active = |element: &HtmlElement, on: bool| {
            let _ = element.class_list().toggle_with_force("active", on);
        };
        let text = &document.text;
        let end_of_text = text.length().code_points;
        let start = span.map_or(focus, Span::start).min(end_of_text);
        let first = next_grapheme(text, start);
        if let Some(first) = Span::new(start, first) {
            active(&self.start, span.is_none() || focus == start);
            put(article, document, &self.start, first, false);
        }
        if let Some(span) = span
            && let Some(last) = Span::new(previous_grapheme(text, span.end()), span.end())
        {
            active(&self.end, focus == span.end());
            put(article, document, &self.end, last, true);
        }
    }
}

/// Stands `bracket` at the near side of the one grapheme `at`, in the coordinates of its section,
/// with which it moves when the page is laid out anew.
fn put(article: &Article, document: &Document, bracket: &HtmlElement, at: Span, behind: bool) {
    let Some(rect) = rect(article, document, at) else {
        return;
    };
    let Some(piece) = article.layout().piece_at(at.start()) else {
        return;
    };
    let number = article.layout().section_of(piece);
    let (Some(section), Some(element)) = (article.sections().get(number), article.piece(piece))
    else {
        return;
    };
    let rtl = gloo::utils::window()
        .get_computed_style(&element)
        .ok()
        .flatten()
        .and_then(|style| style.get_property_value("direction").ok())
        .is_some_and(|direction| direction == "rtl");
    let origin = section.get_bounding_client_rect();
    let x = if behind == rtl {
        rect.left()
    } else {
        rect.right()
    } - origin.left();
    let px = |value: f64| format!("{value:.1}px");
    dom::style(bracket, "left", &px(x));
    dom::style(bracket, "top", &px(rect.top() - origin.top()));
    dom::style(bracket, "height", &px(rect.height()));
    dom::toggle(bracket, "data-rtl", rtl);
    let _ = section.append_child(bracket);
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
