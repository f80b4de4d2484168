//! What is said of an annotation by the attributes of its label: checked, and as writes.

use super::act::Effect;
use super::{Refusal, Session, Update};
use crate::annotation::{Annotation, AttributeKind, Id, in_words};
use crate::edit::Value;
use crate::paint::excerpt;
use serde_json::{Map, Value as Json};

/// How much of what an attribute says is repeated, in code points.
const EXCERPT: usize = 40;

impl Session {
    /// What `wanted` says of an annotation of `label`, each as its attribute keeps it: `null` where it
    /// takes away. What is `said` already may be taken away whether the label has it or not.
    pub(super) fn said_of(
        &self,
        label: &str,
        wanted: &Map<String, Json>,
        said: &Map<String, Json>,
    ) -> Result<Map<String, Json>, Refusal> {
        let mut kept = Map::new();
        for (id, value) in wanted {
            let value = self.checked(label, id, value, said)?;
            if said.contains_key(id) || !value.is_null() {
                kept.insert(id.clone(), value);
            }
        }
        Ok(kept)
    }

    fn checked(
        &self,
        label: &str,
        id: &str,
        value: &Json,
        said: &Map<String, Json>,
    ) -> Result<Json, Refusal> {
        let of = self.labels().get(label);
        let Some(attribute) = of.and_then(|label| label.attribute(id)) else {
            if value.is_null() && said.contains_key(id) {
                return Ok(Json::Null);
            }
            let known = of.map(|label| label.attributes.as_slice());
            let known = known.unwrap_or_default().iter();
            return Err(Refusal::UnknownAttribute {
                label: label.to_owned(),
                attribute: id.to_owned(),
                known: known.map(|attribute| attribute.id.clone()).collect(),
            });
        };
        let needs = match (&attribute.kind, value) {
            (_, Json::Null) => return Ok(Json::Null),
            (AttributeKind::Flag, Json::Bool(yes)) => {
                return Ok(if *yes { Json::Bool(true) } else { Json::Null });
            }
            (AttributeKind::Text, Json::String(text)) => {
                return Ok(match text.trim().is_empty() {
                    true => Json::Null,
                    false => value.clone(),
                });
            }
            (AttributeKind::Choice(_), Json::String(chosen)) if chosen.is_empty() => {
                return Ok(Json::Null);
            }
            (AttributeKind::Choice(options), Json::String(chosen)) => {
                return match options.contains(chosen) {
                    true => Ok(value.clone()),
                    false => Err(Refusal::NoOption {
                        attribute: id.to_owned(),
                        value: chosen.clone(),
                        options: options.clone(),
                    }),
                };
            }
            (AttributeKind::Flag, _) => "true or false",
            (AttributeKind::Text | AttributeKind::Choice(_), _) => "a string",
        };
        Err(Refusal::AttributeKind {
            attribute: id.to_owned(),
            needs,
        })
    }

    /// The values that make an annotation of `label` say what is `wanted`; none where it is `said`.
    pub(super) fn changed_attributes(
        &self,
        label: &str,
        wanted: &Map<String, Json>,
        said: &Map<String, Json>,
    ) -> Result<Vec<Value>, Refusal> {
        let kept = self.said_of(label, wanted, said)?;
        let differs = |(id, value): &(String, Json)| said.get(id) != Some(value);
        Ok(kept
            .into_iter()
            .filter(differs)
            .map(|(id, value)| Value::Attribute(id.into(), value))
            .collect())
    }

    /// Has an attribute say something of an annotation, or nothing.
    pub(super) fn set_attribute(
        &mut self,
        id: &Id,
        attribute: String,
        value: Json,
    ) -> Result<Effect, Refusal> {
        let label = self.existing(id.as_str())?.label;
        let known = self.labels().get(&label);
        let known = known.and_then(|label| label.attribute(&attribute));
        let name = known.map_or(attribute.clone(), |attribute| attribute.name.clone());
        let says = match &value {
            Json::Bool(true) => format!("{name}."),
            Json::Bool(false) | Json::Null => format!("{name}: no longer."),
            Json::String(words) if words.trim().is_empty() => format!("{name} taken away."),
            value => format!("{name}: {}.", excerpt(&in_words(value), EXCERPT)),
        };
        let update = Update {
            attributes: Map::from_iter([(attribute, value)]),
            ..Update::default()
        };
        self.update(id, &update, says)
    }

    /// What the attributes of its label say of an annotation, in words, each with its name:
    /// `Speaker: Ms Adeyemi`. What other labels' attributes said is kept, but not shown.
    pub fn attributes_in_words(&self, annotation: &Annotation) -> Vec<String> {
        self.each_said(annotation, |name, value| format!("{name}: {value}"))
    }

    /// The same without the names of all but flags: `Ms Adeyemi`.
    pub fn attribute_values(&self, annotation: &Annotation) -> Vec<String> {
        self.each_said(annotation, |_, value| value)
    }

    fn each_said(
        &self,
        annotation: &Annotation,
        words: impl Fn(&str, String) -> String,
    ) -> Vec<String> {
        if !annotation.has_attributes() {
            return Vec::new();
        }
        let Some(label) = self.labels().get(&annotation.label) else {
            return Vec::new();
        };
        let said = annotation.attributes();
        let shown = label.attributes.iter().filter_map(|attribute| {
            Some(match said.get(&attribute.id)? {
                Json::Bool(true) => attribute.name.clone(),
                Json::Bool(false) => return None,
                value => words(&attribute.name, in_words(value)),
            })
        });
        shown.collect()
    }
}

#[cfg(test)]
mod tests;
