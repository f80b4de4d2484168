//! The configuration of a project: its labels, and which field of a task is the text.

use super::{ATTRIBUTE, FROM, TO, YES};
use crate::annotation::{AttributeKind, Label, LabelSet};
use crate::format::attributes::Declared;
use crate::format::xml::{Attributes, Event, Reader, XmlError, attribute};
use std::collections::HashMap;

/// The configuration for these labels, with a control for each attribute. Label Studio takes none without a
/// label, so a dataset that has none gets the four that come with the program.
pub fn write(labels: &[Label], attributes: &[Declared]) -> String {
    let defaults = LabelSet::default();
    let labels = match labels {
        [] => defaults.as_slice(),
        labels => labels,
    };
    let mut xml = format!("<View>\n  <Labels name=\"{FROM}\" toName=\"{TO}\">\n");
    for label in labels {
        xml.push_str(&format!("    <Label value=\"{}\"", attribute(&label.id)));
        if let Some(color) = &label.color {
            xml.push_str(&format!(" background=\"{}\"", attribute(color)));
        }
        xml.push_str("/>\n");
    }
    xml.push_str(&format!(
        "  </Labels>\n  <Text name=\"{TO}\" value=\"$text\"/>\n"
    ));
    for attribute in attributes {
        control(attribute, &mut xml);
    }
    xml.push_str("</View>\n");
    xml
}

/// The control of an attribute, which stands by the span that is chosen.
fn control(of: &Declared, xml: &mut String) {
    let mut about = format!(
        "name=\"{ATTRIBUTE}{}\" toName=\"{TO}\" perRegion=\"true\"",
        attribute(&of.id)
    );
    if !of.labels.is_empty() {
        about.push_str(&format!(
            " whenTagName=\"{FROM}\" whenLabelValue=\"{}\"",
            of.labels.join(",")
        ));
    }
    xml.push_str(&format!("  <Header value=\"{}\"/>\n", attribute(&of.name)));
    let options: &[String] = match &of.kind {
        AttributeKind::Text => {
            xml.push_str(&format!(
                "  <TextArea {about} maxSubmissions=\"1\" editable=\"true\"/>\n"
            ));
            return;
        }
        AttributeKind::Choice(options) => options,
        AttributeKind::Flag => &[YES.to_owned()],
    };
    xml.push_str(&format!("  <Choices {about}>\n"));
    for option in options {
        xml.push_str(&format!("    <Choice value=\"{}\"/>\n", attribute(option)));
    }
    xml.push_str("  </Choices>\n");
}

/// What a configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The labels and their colours, in order.
    pub labels: Vec<(String, Option<String>)>,
    /// Which field of a task's data each control shows.
    pub fields: HashMap<String, String>,
}

impl Config {
    /// Reads a configuration.
    pub fn read(xml: &str) -> Result<Config, XmlError> {
        let mut config = Config::default();
        let mut reader = Reader::new(xml);
        while let Some(event) = reader.next_event()? {
            if let Event::Start { name, attributes } = event {
                config.element(name, &attributes);
            }
        }
        Ok(config)
    }

    fn element(&mut self, name: &str, attributes: &Attributes) {
        match (name, attributes.get("value"), attributes.get("name")) {
            ("Label", Some(value), _) => {
                let color = attributes.get("background").map(str::to_owned);
                self.labels.push((value.to_owned(), color));
            }
            ("Text" | "HyperText", Some(value), Some(name)) => {
                if let Some(field) = value.strip_prefix('$') {
                    self.fields.insert(name.to_owned(), field.to_owned());
                }
            }
            _ => {}
        }
    }
}
