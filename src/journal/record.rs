//! One transaction as one line.

use super::Unreadable;
use super::wire::{
    WireField, WireKind, WireOrigin, WireStamp, WireState, WireTextSpan, seal, unseal, version,
};
use crate::annotation::Id;
use crate::edit::{Field, Stamp, Subject, Transaction, Value, Write};
use crate::json::{Fields, Malformed};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

#[derive(Serialize)]
struct WireTransaction {
    v: u32,
    stamp: WireStamp,
    at: Arc<str>,
    text: Arc<str>,
    kind: WireKind,
    writes: Vec<WireWrites>,
}

/// What one transaction writes to one subject; without an id, the document.
#[derive(Default, Serialize)]
struct WireWrites {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exists: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<WireTextSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Option<Arc<str>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<WireOrigin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<WireState>,
    /// What is set by attributes, by their ids; `null` for nothing.
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: Map<String, Json>,
    /// The transaction that each of the fields speaks for, where it isn't this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    restores: Vec<(WireField, WireStamp)>,
}

impl WireWrites {
    fn read(mut fields: Fields) -> Result<WireWrites, Malformed> {
        Ok(WireWrites {
            id: fields.want("id")?,
            exists: fields.want("exists")?,
            span: fields.want("span")?,
            label: fields.want("label")?,
            note: fields.want_even_null("note")?,
            origin: fields.want("origin")?,
            state: fields.want("state")?,
            attributes: fields.want("attributes")?.unwrap_or_default(),
            restores: fields.list("restores")?,
        })
    }

    fn add(&mut self, write: &Write, text: &str) {
        match &write.value {
            Value::Exists(exists) => self.exists = Some(*exists),
            Value::Span(span) => self.span = Some(WireTextSpan(*span, None)),
            Value::SpanIn(at) => self.span = Some(WireTextSpan::of(at.clone(), text)),
            Value::Label(label) => self.label = Some(label.clone()),
            Value::Note(note) => self.note = Some(note.clone()),
            Value::Origin(origin) => self.origin = Some(origin.clone()),
            Value::State(state) => self.state = Some(state.clone().into()),
            Value::Attribute(id, value) => {
                self.attributes.insert(id.to_string(), value.clone());
            }
        }
        if let Some(stamp) = write.restores {
            self.restores
                .push((WireField(write.value.field()), WireStamp(stamp)));
        }
    }

    fn take(self) -> Vec<Write> {
        let subject = match self.id {
            Some(id) => Subject::Annotation(id),
            None => Subject::Document,
        };
        let restores = |field: Field| -> Option<Stamp> {
            self.restores
                .iter()
                .find(|(of, _)| of.0 == field)
                .map(|(_, stamp)| stamp.0)
        };
        let attributes = self.attributes.into_iter();
        let attributes = attributes.map(|(id, value)| Value::Attribute(id.into(), value));
        [
            self.exists.map(Value::Exists),
            self.span.map(WireTextSpan::value),
            self.label.map(Value::Label),
            self.note.map(Value::Note),
            self.origin.map(Value::Origin),
            self.state.map(|state| Value::State(state.into())),
        ]
        .into_iter()
        .flatten()
        .chain(attributes)
        .map(|value| Write {
            subject: subject.clone(),
            restores: restores(value.field()),
            value,
        })
        .collect()
    }
}

/// The line that is stored for `transaction`.
pub fn write_record(transaction: &Transaction) -> String {
    let mut writes: Vec<WireWrites> = Vec::new();
    let mut last: Option<&Subject> = None;
    for write in &transaction.writes {
        if last != Some(&write.subject) {
            writes.push(WireWrites {
                id: match &write.subject {
                    Subject::Annotation(id) => Some(id.clone()),
                    Subject::Document => None,
                },
                ..WireWrites::default()
            });
            last = Some(&write.subject);
        }
        if let Some(group) = writes.last_mut() {
            group.add(write, &transaction.text);
        }
    }
    seal(&WireTransaction {
        v: version(
            writes.iter().flat_map(|group| &group.span),
            writes.iter().any(|group| !group.attributes.is_empty()),
        ),
        stamp: WireStamp(transaction.stamp),
        at: transaction.at.clone(),
        text: transaction.text.clone(),
        kind: transaction.kind.into(),
        writes,
    })
}

/// Reads a stored line back.
pub fn read_record(line: &str) -> Result<Transaction, Unreadable> {
    let mut fields = unseal(line)?;
    let mut writes = Vec::new();
    for group in fields.need::<Vec<Fields>>("writes")? {
        writes.extend(WireWrites::read(group)?.take());
    }
    Ok(Transaction {
        stamp: fields.need::<WireStamp>("stamp")?.0,
        at: fields.need("at")?,
        text: fields.need("text")?,
        kind: fields.need::<WireKind>("kind")?.into(),
        writes,
    })
}
