//! The button of one label.

use crate::annotation::Label;
use crate::web::dom;
use crate::web::panels::keys::{hint, keyshortcuts};
use crate::web::panels::{annotations, letter};
use web_sys::HtmlElement;

/// `button.label` with letter, name and count.
pub struct LabelButton {
    /// The button.
    pub button: HtmlElement,
    /// The label's name.
    pub name: String,
    count: HtmlElement,
    shown: Option<usize>,
}

impl LabelButton {
    /// A button without a count for the label at `index` of the set, which `keys` tag with.
    pub fn new(label: &Label, index: usize, keys: &[String]) -> LabelButton {
        let button = dom::button("label", "", "");
        let hint = hint(&label.name, keys);
        let title = match &label.description {
            Some(definition) => format!("{hint}\n{definition}"),
            None => hint,
        };
        for (name, value) in [
            ("data-label", label.id.as_str()),
            ("data-index", &index.to_string()),
            ("title", &title),
            ("aria-keyshortcuts", &keyshortcuts(keys)),
        ] {
            dom::set(&button, name, value);
        }
        let name = dom::labelled("span", "name", &label.name);
        let count = dom::element("span", "count");
        dom::append(&button, &[&letter(&label.id, &label.letter()), &name]);
        // Apart to the eye and to whoever compares the name with what is shown.
        let _ = button.append_with_str_1(" ");
        dom::append(&button, &[&count]);
        LabelButton {
            button,
            name: label.name.clone(),
            count,
            shown: None,
        }
    }

    /// Shows how many annotations have the label.
    pub fn show_count(&mut self, count: usize) {
        if self.shown == Some(count) {
            return;
        }
        self.shown = Some(count);
        dom::say(&self.count, &count.to_string());
        // Said as a name, since in narrow places the visible one is hidden.
        let name = format!("{} {}", self.name, annotations(count));
        dom::set(&self.button, "aria-label", &name);
    }
}
