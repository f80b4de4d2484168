//! The choice of a label in the card.

use crate::annotation::LabelSet;
use crate::web::dom;
use crate::web::panels::{letter, set_state};
use std::cell::{Cell, RefCell};
use web_sys::HtmlElement;

/// A button per label, with that of the annotation pressed.
pub struct Labels {
    /// `div.card-labels`.
    pub element: HtmlElement,
    buttons: RefCell<Vec<HtmlElement>>,
    of: RefCell<Option<LabelSet>>,
    chosen: Cell<Option<usize>>,
}

impl Labels {
    /// No buttons yet.
    pub fn new() -> Labels {
        let element = dom::element("div", "card-labels");
        dom::set(&element, "role", "group");
        dom::set(&element, "aria-label", "Label");
        Labels {
            element,
            buttons: RefCell::default(),
            of: RefCell::default(),
            chosen: Cell::default(),
        }
    }

    /// Shows the labels of a set, and which of them is `chosen`, if that is among them.
    pub fn show(&self, labels: &LabelSet, chosen: &str, read_only: bool) {
        if self.of.borrow().as_ref() != Some(labels) {
            self.make(labels);
        }
        let chosen = labels.position(chosen);
        self.chosen.set(chosen);
        for (index, button) in self.buttons.borrow().iter().enumerate() {
            set_state(button, "aria-pressed", chosen == Some(index));
            dom::toggle(button, "disabled", read_only);
        }
    }

    fn make(&self, labels: &LabelSet) {
        self.element.set_text_content(None);
        let buttons = labels.iter().map(|label| {
            let button = dom::button("label", "", "");
            dom::set(&button, "data-label", &label.id);
            let name = dom::labelled("span", "name", &label.name);
            dom::append(&button, &[&letter(&label.id, &label.letter()), &name]);
            dom::append(&self.element, &[&button]);
            button
        });
        self.buttons.replace(buttons.collect());
        self.of.replace(Some(labels.clone()));
    }

    /// The place of a button's label in the set, if that isn't the chosen one already.
    pub fn other(&self, button: &HtmlElement) -> Option<usize> {
        let index = self.buttons.borrow().iter().position(|b| b == button);
        index.filter(|index| self.chosen.get() != Some(*index))
    }
}
