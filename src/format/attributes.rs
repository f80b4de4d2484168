//! What attributes say, on its way into formats and out of them.

use super::exchange::{Entry, Loss, Out, WriteError};
use crate::annotation::{ATTRIBUTES, Annotation, AttributeKind, Label, in_words};
use serde_json::{Map, Value};

/// What the attributes of an annotation say, as far as a format `holds` an attribute's id with its
/// value; that there is more is told.
pub fn writable(
    entry: &Entry,
    annotation: &Annotation,
    out: &mut Out,
    holds: impl Fn(&str, &Value) -> bool,
) -> Result<Map<String, Value>, WriteError> {
    if !annotation.has_attributes() {
        return Ok(Map::new());
    }
    let mut said = annotation.attributes();
    let all = said.len();
    said.retain(|id, value| holds(id, value));
    if said.len() < all {
        out.lose(Loss::Attributes, entry, Some(annotation))?;
    }
    Ok(said)
}

/// The further fields of an annotation of which a file says this by attributes.
pub fn as_extra(mut said: Map<String, Value>) -> Map<String, Value> {
    said.retain(|_, value| !value.is_null());
    match said.is_empty() {
        true => Map::new(),
        false => Map::from_iter([(ATTRIBUTES.to_owned(), Value::Object(said))]),
    }
}

/// Adds what a file says by an attribute; what it says more than once is one text.
pub fn say(said: &mut Map<String, Value>, attribute: &str, value: Value) {
    let both = match said.get(attribute) {
        Some(before) if *before != value => {
            Value::from(format!("{}, {}", in_words(before), in_words(&value)))
        }
        _ => value,
    };
    said.insert(attribute.to_owned(), both);
}

/// The attributes that labels have, by their ids: which labels, and which options if all of them give
/// a choice. A text counts where they differ.
pub fn declared(labels: &[Label]) -> Vec<Declared> {
    let mut all: Vec<Declared> = Vec::new();
    for label in labels {
        for attribute in &label.attributes {
            let known = all.iter_mut().find(|known| known.id == attribute.id);
            match known {
                Some(known) => {
                    known.labels.push(label.id.clone());
                    match (&mut known.kind, &attribute.kind) {
                        (AttributeKind::Choice(known), AttributeKind::Choice(more)) => {
                            let new = more.iter().filter(|option| !known.contains(option));
                            let new: Vec<String> = new.cloned().collect();
                            known.extend(new);
                        }
                        (known, other) if *known != *other => *known = AttributeKind::Text,
                        _ => {}
                    }
                }
                None => all.push(Declared {
                    id: attribute.id.clone(),
                    name: attribute.name.clone(),
                    kind: attribute.kind.clone(),
                    labels: vec![label.id.clone()],
                }),
            }
        }
    }
    all
}

/// An attribute of one or several labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// What can be said.
    pub kind: AttributeKind,
    /// The ids of the labels that have it; none if it is only in use.
    pub labels: Vec<String>,
}

/// Attributes that are in use, with what was said by them.
#[derive(Clone, Debug, Default)]
pub struct InUse(Vec<(String, AttributeKind)>);

impl InUse {
    /// Takes note of what is said.
    pub fn add(&mut self, said: &Map<String, Value>) {
        for (id, value) in said {
            let kind = match value {
                Value::Bool(_) => AttributeKind::Flag,
                _ => AttributeKind::Text,
            };
            match self.0.iter_mut().find(|(known, _)| known == id) {
                Some((_, known)) if *known != kind => *known = AttributeKind::Text,
                Some(_) => {}
                None => self.0.push((id.clone(), kind)),
            }
        }
    }

    /// The attributes of `labels`, and behind them those that are in use besides.
    pub fn with_declared(&self, labels: &[Label]) -> Vec<Declared> {
        let mut all = declared(labels);
        for (id, kind) in &self.0 {
            if all.iter().all(|known| known.id != *id) {
                all.push(Declared {
                    id: id.clone(),
                    name: id.clone(),
                    kind: kind.clone(),
                    labels: Vec::new(),
                });
            }
        }
        all
    }
}

#[cfg(test)]
mod tests;
