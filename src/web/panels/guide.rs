//! The labels' definitions.

use super::keys::Keys;
use super::letter;
use crate::session::Session;
use crate::web::dom;
use web_sys::HtmlElement;

/// `div.tab-body.guide-body` with what each label means.
pub struct Guide {
    element: HtmlElement,
    definitions: HtmlElement,
}

impl Guide {
    /// A guide without definitions.
    pub fn new() -> Guide {
        let element = dom::element("div", "tab-body guide-body");
        let definitions = dom::element("dl", "guide");
        // It scrolls, so the keyboard must be able to reach it.
        dom::set(&element, "tabindex", "0");
        dom::append(&element, &[&definitions]);
        Guide {
            element,
            definitions,
        }
    }

    /// `div.tab-body.guide-body`.
    pub fn element(&self) -> &HtmlElement {
        &self.element
    }

    /// Shows the definitions of the session's labels.
    pub fn set_labels(&self, session: &Session) {
        self.definitions.set_text_content(None);
        let keys = Keys::of(session);
        for label in session.labels().iter() {
            let term = dom::element("dt", "");
            let name = dom::labelled("span", "name", &label.name);
            dom::append(&term, &[&letter(&label.id, &label.letter()), &name]);
            for key in keys.of_label(&label.id) {
                dom::append(&term, &[&dom::labelled("kbd", "", key)]);
            }
            let description = label.description.as_deref();
            let description = description.unwrap_or("This label has no definition.");
            let definition = dom::labelled("dd", "", description);
            dom::append(&self.definitions, &[&term, &definition]);
        }
    }
}

impl Default for Guide {
    fn default() -> Guide {
        Guide::new()
    }
}
