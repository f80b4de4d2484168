//! Attributes: what a label asks of each of its annotations, and what was said of one.
//!
//! What an annotation was made with stands in [`Origin::extra`](super::Origin), under [`ATTRIBUTES`],
//! as files have it. What was set afterwards is beside it and counts instead, name by name.

use super::{Annotation, is_label_id};
use crate::json::{Fields, Read};
use crate::order::sorted;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The field of [`Origin::extra`](super::Origin) that has what an annotation was made with.
pub const ATTRIBUTES: &str = "attributes";

/// What was set after an annotation was made, by the attribute's id; `null` takes away what was there.
pub type Later = Option<Arc<Map<String, Value>>>;

/// What can be said by an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// One of these, as a string.
    Choice(Vec<String>),
    /// Any words.
    Text,
    /// Yes, as `true`; nothing otherwise.
    Flag,
}

/// What a label asks of each of its annotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// What exports carry: `[A-Za-z_][A-Za-z0-9_-]*`.
    pub id: String,
    /// What people read.
    pub name: String,
    /// What can be said.
    pub kind: AttributeKind,
}

impl Serialize for Attribute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("type", self.kind_name())?;
        if let AttributeKind::Choice(options) = &self.kind {
            map.serialize_entry("options", options)?;
        }
        map.end()
    }
}

impl Attribute {
    /// `choice`, `text` or `flag`.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            AttributeKind::Choice(_) => "choice",
            AttributeKind::Text => "text",
            AttributeKind::Flag => "flag",
        }
    }

    /// Reads `{"id", "name"?, "type"?, "options"?}`. The error is a sentence's end.
    fn read(value: Value) -> Result<Attribute, String> {
        let mut fields = Fields::read(value).ok_or("it must be an object")?;
        let id: String = fields.need("id").map_err(|why| why.0)?;
        if !is_label_id(&id) {
            return Err(format!(
                "its id {id:?} must begin with a letter or _ and go on with letters, digits, _ and -"
            ));
        }
        let name = fields.want::<String>("name").map_err(|why| why.0)?;
        let options: Option<Vec<String>> = fields.want("options").map_err(|why| why.0)?;
        let kind: Option<String> = fields.want("type").map_err(|why| why.0)?;
        let kind = match (kind.as_deref(), options) {
            (Some("choice") | None, Some(options)) => AttributeKind::Choice(sound(options)?),
            (Some("choice"), None) => return Err("a choice needs \"options\"".into()),
            (Some("text") | None, None) => AttributeKind::Text,
            (Some("flag"), None) => AttributeKind::Flag,
            (Some("text" | "flag"), Some(_)) => return Err("only a choice has \"options\"".into()),
            (Some(other), _) => {
                return Err(format!(
                    "its type {other:?} must be \"choice\", \"text\" or \"flag\""
                ));
            }
        };
        Ok(Attribute {
            name: name
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| id.clone()),
            id,
            kind,
        })
    }

    /// Reads a label's attributes. The error is a clause that says which is wrong and why.
    pub fn read_all(list: Vec<Value>) -> Result<Vec<Attribute>, String> {
        let mut all: Vec<Attribute> = Vec::new();
        for (index, value) in list.into_iter().enumerate() {
            let attribute =
                Attribute::read(value).map_err(|why| format!("attributes[{index}]: {why}"))?;
            if all.iter().any(|earlier| earlier.id == attribute.id) {
                return Err(format!(
                    "attributes[{index}]: its id {:?} is there twice",
                    attribute.id
                ));
            }
            all.push(attribute);
        }
        Ok(all)
    }
}

fn sound(options: Vec<String>) -> Result<Vec<String>, String> {
    if options.is_empty() {
        return Err("a choice needs one option at least".into());
    }
    for (at, option) in options.iter().enumerate() {
        if option.trim().is_empty() {
            return Err("an option must not be empty".into());
        }
        if options[..at].contains(option) {
            return Err(format!("the option {option:?} is there twice"));
        }
    }
    Ok(options)
}

/// Whether it is one of the values that are shown, handed out and written everywhere: words, a
/// number, yes or no.
pub fn is_plain(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Bool(_) | Value::Number(_))
}

/// A plain value in words; what is said by a flag is `true` or `false`.
pub fn in_words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        other => other.to_string(),
    }
}

impl Annotation {
    /// What is said of it by attributes, by their ids: of all labels that it ever had.
    pub fn attributes(&self) -> Map<String, Value> {
        overlaid(self.made_with(), self.later.as_deref())
    }

    /// What it was made with.
    pub fn made_with(&self) -> Option<&Map<String, Value>> {
        self.origin.extra.get(ATTRIBUTES)?.as_object()
    }

    /// As [`Annotation::attributes`], without what only files can say: lists and objects.
    pub fn plain_attributes(&self) -> Map<String, Value> {
        let mut attributes = self.attributes();
        attributes.retain(|_, value| is_plain(value));
        attributes
    }

    /// Whether anything is said of it by attributes, which is cheaper to ask than what.
    pub fn has_attributes(&self) -> bool {
        match &self.later {
            None => self.made_with().is_some_and(|made| !made.is_empty()),
            Some(_) => !self.attributes().is_empty(),
        }
    }
}

/// `made` with `later` over it.
pub fn overlaid(
    made: Option<&Map<String, Value>>,
    later: Option<&Map<String, Value>>,
) -> Map<String, Value> {
    let mut all = made.cloned().unwrap_or_default();
    all.retain(|_, value| !value.is_null());
    for (id, value) in later.into_iter().flatten() {
        match value {
            Value::Null => drop(all.shift_remove(id)),
            value => drop(all.insert(id.clone(), value.clone())),
        }
    }
    all
}

/// What attributes say as a text that does not depend on their order, to be compared.
pub fn said_in_order(attributes: &Map<String, Value>) -> String {
    let all = sorted(attributes.iter().collect(), |a, b| a.0 < b.0);
    let lines = all.iter().map(|(id, value)| format!("{id}\n{value}\n"));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: Value) -> Result<Vec<Attribute>, String> {
        Attribute::read_all(json.as_array().cloned().unwrap())
    }

    #[test]
    fn a_type_may_be_left_out_where_the_options_tell() {
        let all = read(json!([
            {"id": "speaker"},
            {"id": "worth", "name": "Check-worthiness", "options": ["high", "low"]},
            {"id": "continues", "type": "flag"},
        ]))
        .unwrap();
        assert_eq!(
            serde_json::to_value(&all).unwrap(),
            json!([
                {"id": "speaker", "name": "speaker", "type": "text"},
                {"id": "worth", "name": "Check-worthiness", "type": "choice", "options": ["high", "low"]},
                {"id": "continues", "name": "continues", "type": "flag"},
            ])
        );
    }

    #[test]
    fn what_is_wrong_with_one_is_said() {
        for (attribute, why) in [
            (json!(1), "it must be an object"),
            (json!({}), "the field id is missing"),
            (
                json!({"id": "a b"}),
                "its id \"a b\" must begin with a letter or _ and go on with letters, digits, _ and -",
            ),
            (
                json!({"id": "a", "type": "choice"}),
                "a choice needs \"options\"",
            ),
            (
                json!({"id": "a", "options": []}),
                "a choice needs one option at least",
            ),
            (
                json!({"id": "a", "options": ["x", "x"]}),
                "the option \"x\" is there twice",
            ),
            (
                json!({"id": "a", "options": [" "]}),
                "an option must not be empty",
            ),
            (
                json!({"id": "a", "type": "flag", "options": ["x"]}),
                "only a choice has \"options\"",
            ),
            (
                json!({"id": "a", "type": "number"}),
                "its type \"number\" must be \"choice\", \"text\" or \"flag\"",
            ),
        ] {
            assert_eq!(
                read(json!([attribute])),
                Err(format!("attributes[0]: {why}"))
            );
        }
        assert_eq!(
            read(json!([{"id": "a"}, {"id": "a"}])),
            Err("attributes[1]: its id \"a\" is there twice".to_owned())
        );
    }

    #[test]
    fn what_was_set_later_counts_name_by_name() {
        let (made, later) = (json!({"a": 1, "b": true}), json!({"b": null, "c": "x"}));
        assert_eq!(
            Value::Object(overlaid(made.as_object(), later.as_object())),
            json!({"a": 1, "c": "x"})
        );
    }
}
