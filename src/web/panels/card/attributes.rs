//! What the label of an annotation asks of it, in the card.

use crate::annotation::{Annotation, Attribute, AttributeKind, Id, Label, in_words};
use crate::session::Action;
use crate::web::dom;
use serde_json::Value;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// A field for each attribute: a choice, a line to write in, a box to tick.
pub struct Attributes {
    /// `div.card-attributes`.
    pub element: HtmlElement,
    fields: RefCell<Vec<Field>>,
    of: RefCell<Vec<Attribute>>,
}

struct Field {
    id: String,
    control: Control,
    /// What is kept; what differs in a line has still to be.
    kept: Value,
}

enum Control {
    Choice(HtmlSelectElement),
    Text(HtmlInputElement),
    Flag(HtmlInputElement),
}

impl Attributes {
    /// No fields yet.
    pub fn new() -> Attributes {
        let element = dom::element("div", "card-attributes");
        dom::set(&element, "role", "group");
        dom::set(&element, "aria-label", "Attributes");
        Attributes {
            element,
            fields: RefCell::default(),
            of: RefCell::default(),
        }
    }

    /// Shows what the attributes of `label` say of an annotation. What somebody is writing stays,
    /// unless it `is_other` than the annotation that was shown.
    pub fn show(
        &self,
        label: Option<&Label>,
        annotation: &Annotation,
        read_only: bool,
        is_other: bool,
    ) {
        let attributes = label.map(|label| label.attributes.as_slice());
        let attributes = attributes.unwrap_or_default();
        if *self.of.borrow() != attributes {
            self.make(attributes);
        }
        dom::show(&self.element, !attributes.is_empty());
        if attributes.is_empty() {
            return;
        }
        let mut said = annotation.attributes();
        for field in self.fields.borrow_mut().iter_mut() {
            let now = said.shift_remove(&field.id).unwrap_or_default();
            let is_being_written = !is_other && field.pending().is_some();
            if !is_being_written {
                field.control.set(&now);
            }
            field.control.enable(!read_only);
            field.kept = now;
        }
    }

    fn make(&self, attributes: &[Attribute]) {
        self.element.set_text_content(None);
        let fields = attributes.iter().map(|attribute| {
            let line = dom::element("label", "");
            let name = dom::labelled("span", "name", &attribute.name);
            let control = Control::new(&attribute.kind);
            dom::append(&line, &[&name, control.element()]);
            dom::append(&self.element, &[&line]);
            Field {
                id: attribute.id.clone(),
                control,
                kept: Value::Null,
            }
        });
        self.fields.replace(fields.collect());
        self.of.replace(attributes.to_vec());
    }

    /// What an event in a field of the annotation `id` means; it counts as kept from then on.
    pub fn changed(&self, event: &Event, id: &Id) -> Option<Action> {
        let target = event.target()?;
        let target: HtmlElement = target.dyn_into().ok()?;
        let mut fields = self.fields.borrow_mut();
        let field = fields
            .iter_mut()
            .find(|field| target == *field.control.element())?;
        field.take(id)
    }

    /// What is written and not kept yet of the annotation `id`; it counts as kept from then on.
    pub fn pending(&self, id: &Id) -> Vec<Action> {
        let mut fields = self.fields.borrow_mut();
        fields
            .iter_mut()
            .filter_map(|field| field.take(id))
            .collect()
    }
}

impl Field {
    /// What is in the field, if that isn't kept yet.
    fn pending(&self) -> Option<Value> {
        let now = self.control.value();
        let says_nothing = |value: &Value| match value {
            Value::Null | Value::Bool(false) => true,
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        let same = match (&now, &self.kept) {
            // What a file said in another way is shown in words, and stays unless these are changed.
            (Value::String(now), kept) if !kept.is_null() => *now == shown(kept),
            (now, kept) => now == kept || says_nothing(now) && says_nothing(kept),
        };
        (!same).then_some(now)
    }

    fn take(&mut self, id: &Id) -> Option<Action> {
        let value = self.pending()?;
        self.kept.clone_from(&value);
        Some(Action::Attribute(id.clone(), self.id.clone(), value))
    }
}

impl Control {
    fn new(kind: &AttributeKind) -> Control {
        match kind {
            AttributeKind::Choice(options) => {
                let select: HtmlSelectElement = dom::element("select", "").unchecked_into();
                add_option(&select, "", "–");
                for option in options {
                    add_option(&select, option, option);
                }
                Control::Choice(select)
            }
            AttributeKind::Text => {
                let input: HtmlInputElement = dom::element("input", "").unchecked_into();
                dom::set(&input, "type", "text");
                dom::set(&input, "dir", "auto");
                dom::set(&input, "autocomplete", "off");
                Control::Text(input)
            }
            AttributeKind::Flag => {
                let input: HtmlInputElement = dom::element("input", "").unchecked_into();
                dom::set(&input, "type", "checkbox");
                Control::Flag(input)
            }
        }
    }

    fn element(&self) -> &HtmlElement {
        match self {
            Control::Choice(select) => select,
            Control::Text(input) | Control::Flag(input) => input,
        }
    }

    fn value(&self) -> Value {
        match self {
            Control::Choice(select) => select.value().into(),
            Control::Text(input) => input.value().into(),
            Control::Flag(input) => input.checked().into(),
        }
    }

    fn set(&self, value: &Value) {
        match self {
            Control::Choice(select) => {
                let value = shown(value);
                select.set_value(&value);
                if select.value() != value {
                    // A file, or a former definition, said something else.
                    add_option(select, &value, &value);
                    select.set_value(&value);
                }
            }
            // Setting a value moves the caret.
            Control::Text(input) if input.value() == shown(value) => {}
            Control::Text(input) => input.set_value(&shown(value)),
            Control::Flag(input) => input.set_checked(*value == Value::Bool(true)),
        }
    }

    fn enable(&self, enabled: bool) {
        match self {
            Control::Text(input) => dom::toggle(input, "readonly", !enabled),
            other => dom::toggle(other.element(), "disabled", !enabled),
        }
    }
}

/// A value as it stands in a field, in which there is one line alone.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => in_words(value).replace(['\r', '\n'], " "),
    }
}

fn add_option(select: &HtmlSelectElement, value: &str, text: &str) {
    let option = dom::labelled("option", "", text);
    dom::set(&option, "value", value);
    dom::append(select, &[&option]);
}
