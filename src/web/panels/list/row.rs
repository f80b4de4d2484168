//! A row of the list of annotations.

use crate::annotation::{Annotation, Id};
use crate::paint::excerpt;
use crate::session::Session;
use crate::web::dom;
use crate::web::panels::{letter, letter_of, set_state};
use web_sys::HtmlElement;

/// How much of an annotation's text and of its note a row says, in code points.
const EXCERPT: usize = 80;

/// `div.row`, used for one annotation after another.
pub struct Row {
    /// The option of the listbox.
    pub element: HtmlElement,
    letter: HtmlElement,
    quote: HtmlElement,
    said: HtmlElement,
    mark: HtmlElement,
    shown: Option<Shown>,
}

/// What a row shows.
#[derive(PartialEq)]
pub struct Shown {
    /// The annotation.
    pub annotation: Annotation,
    /// Its place in the list, from 0.
    pub index: usize,
    /// How many there are in the list.
    pub total: usize,
    /// Whether it is the active one.
    pub selected: bool,
}

impl Row {
    /// A row that shows nothing yet; `number` tells it from its neighbours.
    pub fn new(number: usize) -> Row {
        let row = Row {
            element: dom::element("div", "row"),
            letter: letter("", ""),
            quote: dom::element("span", "quote"),
            said: dom::element("span", "said"),
            mark: dom::labelled("span", "note-mark", "✎"),
            shown: None,
        };
        row.element.set_id(&format!("row-{number}"));
        dom::set(&row.element, "role", "option");
        dom::set(&row.quote, "dir", "auto");
        dom::set(&row.mark, "title", "Has a note");
        dom::set(&row.said, "dir", "auto");
        dom::append(
            &row.element,
            &[&row.letter, &row.quote, &row.said, &row.mark],
        );
        row
    }

    /// Has the row show everything anew at the next time.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Whose row it is.
    pub fn id(&self) -> Option<&Id> {
        self.shown.as_ref().map(|shown| &shown.annotation.id)
    }

    /// Whether it shows the active annotation.
    pub fn is_selected(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.selected)
    }

    /// Shows an annotation, touching the DOM only for what differs. `height` is in CSS pixels.
    pub fn show(&mut self, now: Shown, height: u32, session: &Session) {
        let before = self.shown.as_ref();
        if before == Some(&now) {
            return;
        }
        let row = &self.element;
        if before.is_none_or(|before| before.index != now.index) {
            let top = now.index as u64 * u64::from(height);
            dom::style(row, "top", &format!("{top}px"));
            dom::set(row, "aria-posinset", &(now.index + 1).to_string());
        }
        if before.is_none_or(|before| before.total != now.total) {
            dom::set(row, "aria-setsize", &now.total.to_string());
        }
        set_state(row, "aria-selected", now.selected);
        if before.is_none_or(|before| before.annotation != now.annotation) {
            self.show_annotation(&now.annotation, session);
        }
        self.shown = Some(now);
    }

    fn show_annotation(&self, annotation: &Annotation, session: &Session) {
        let label = &*annotation.label;
        let text = session.document().text.slice(annotation.span).unwrap_or("");
        let quote = excerpt(text, EXCERPT);
        dom::set(&self.element, "data-label", label);
        dom::set(&self.letter, "data-label", label);
        dom::set(
            &self.letter,
            "data-letter",
            &letter_of(session.labels(), label),
        );
        dom::say(&self.quote, &quote);
        dom::show(&self.mark, annotation.note.is_some());
        let said = session.attributes_in_words(annotation);
        let values = session.attribute_values(annotation).join(", ");
        dom::say(&self.said, &excerpt(&values, EXCERPT));
        dom::show(&self.said, !said.is_empty());
        let name = session.labels().name_of(label);
        let quote = match said.is_empty() {
            true => quote,
            false => format!("{quote}, {}", excerpt(&said.join(", "), EXCERPT)),
        };
        let name = match &annotation.note {
            None => format!("{name}: {quote}"),
            Some(note) => format!("{name}: {quote}, note: {}", excerpt(note, EXCERPT)),
        };
        dom::set(&self.element, "aria-label", &name);
    }
}
