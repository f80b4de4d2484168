//! The letters beside a block: which labels it carries, readable without colour.

use crate::annotation::{Annotation, Label, LabelSet};
use crate::paint::letters;
use crate::text::Span;
use crate::web::dom;
use web_sys::{Element, HtmlElement};

/// The ids of the labels that a block carries, in the order of the set.
pub fn wanted<'a>(annotations: &'a [Annotation], block: Span, labels: &LabelSet) -> Vec<&'a str> {
    let order: Vec<&str> = labels.iter().map(|label| label.id.as_str()).collect();
    letters(annotations, block, &order)
}

/// A column of letters to put beside a block. They are generated content without a text node, so
/// that neither a copy nor a search finds them in the text.
pub fn column(wanted: &[&str], labels: &LabelSet) -> HtmlElement {
    let column = dom::element("span", "letters");
    dom::set(&column, "aria-hidden", "true");
    fill(&column, wanted, labels);
    column
}

/// Shows other letters in a column, if they are others.
pub fn update(column: &Element, wanted: &[&str], labels: &LabelSet) {
    if !shows(column, wanted, labels) {
        column.set_text_content(None);
        fill(column, wanted, labels);
    }
}

fn fill(column: &Element, wanted: &[&str], labels: &LabelSet) {
    for id in wanted {
        let letter = dom::element("i", "letter");
        dom::set(&letter, "data-label", id);
        dom::set(&letter, "data-letter", &letter_of(labels, id));
        let _ = column.append_child(&letter);
    }
}

/// Whether the column has these letters already; new ones would have the block laid out anew.
fn shows(column: &Element, wanted: &[&str], labels: &LabelSet) -> bool {
    let shown = column.children();
    let is = |letter: &Element, name: &str, value: &str| {
        letter.get_attribute(name).as_deref() == Some(value)
    };
    shown.length() as usize == wanted.len()
        && wanted.iter().zip(0..).all(|(id, at)| {
            shown.item(at).is_some_and(|letter| {
                is(&letter, "data-label", id) && is(&letter, "data-letter", &letter_of(labels, id))
            })
        })
}

fn letter_of(labels: &LabelSet, id: &str) -> String {
    labels.get(id).map_or("?".into(), Label::letter)
}
