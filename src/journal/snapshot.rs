//! The state of one document as one line: registers with their stamps, and the latest history.

use super::wire::{
    WireField, WireKind, WireOrigin, WireStamp, WireState, WireTextSpan, seal, unseal, version,
};
use super::{KEPT_TRANSACTIONS, Unreadable};
use crate::annotation::Id;
use crate::edit::{Field, Folded, Past, Register, Stamp, State, Subject, Value};
use crate::json::{Fields, Malformed};
use crate::order::sorted;
use serde::Serialize;
use serde_json::Value as Json;
use std::sync::Arc;

/// Stamp, owner and value of each write, the latest first.
type Entries<T> = Vec<(WireStamp, WireStamp, T)>;

#[derive(Serialize)]
struct WireSnapshot {
    v: u32,
    /// The hash of the text that the spans count in, where they don't say otherwise.
    text: Arc<str>,
    clock: u32,
    annotations: Vec<WireAnnotation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    state: Entries<WireState>,
    history: Vec<WirePast>,
}

#[derive(Serialize)]
struct WireAnnotation {
    id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    touched: Option<(WireStamp, Arc<str>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exists: Entries<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    span: Entries<WireTextSpan>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    label: Entries<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    note: Entries<Option<Arc<str>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    origin: Entries<WireOrigin>,
    /// By the attributes' ids, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<(Arc<str>, Entries<Json>)>,
}

#[derive(Serialize)]
struct WirePast {
    stamp: WireStamp,
    at: Arc<str>,
    kind: WireKind,
    /// The fields of each annotation that it wrote; `null` is the document.
    fields: Vec<(Option<Id>, Vec<WireField>)>,
}

fn entries<T: Clone, W>(register: Option<&Register<T>>, wire: impl Fn(T) -> W) -> Entries<W> {
    register
        .into_iter()
        .flat_map(Register::latest_first)
        .map(|e| {
            (
                WireStamp(e.stamp),
                WireStamp(e.owner),
                wire(e.value.clone()),
            )
        })
        .collect()
}

/// The line that is stored for all of `state`, which is compacted for it. `text` is the hash of the
/// text that most of its spans count in.
pub fn write_snapshot(state: &State, text: &str) -> String {
    let mut state = state.clone();
    state.compact(KEPT_TRANSACTIONS);
    let (annotations, document) = state.registers();
    let annotations: Vec<WireAnnotation> = annotations
        .map(|(id, r)| WireAnnotation {
            id: id.clone(),
            touched: r
                .touched
                .as_ref()
                .map(|(stamp, at)| (WireStamp(*stamp), at.clone())),
            exists: entries(r.exists.as_ref(), |exists| exists),
            span: entries(r.span.as_ref(), |at| WireTextSpan::of(at, text)),
            label: entries(r.label.as_ref(), |label| label),
            note: entries(r.note.as_ref(), |note| note),
            origin: entries(r.origin.as_ref(), |origin| origin),
            attributes: (r.attributes.iter())
                .map(|(id, register)| (id.clone(), entries(Some(register), |value| value)))
                .collect(),
        })
        .collect();
    // The same state is the same line, whatever order its parts came in.
    let annotations = sorted(annotations, |a, b| a.id < b.id);
    let spans = annotations.iter().flat_map(|a| &a.span);
    let sets_attributes = annotations.iter().any(|a| !a.attributes.is_empty());
    seal(&WireSnapshot {
        v: version(spans.map(|(_, _, span)| span), sets_attributes),
        text: text.into(),
        clock: state.clock(),
        annotations,
        state: entries(document, WireState::from),
        history: state
            .history()
            .iter()
            .map(|(stamp, past)| WirePast {
                stamp: WireStamp(stamp),
                at: past.at.clone(),
                kind: past.kind.into(),
                fields: group(&past.fields),
            })
            .collect(),
    })
}

fn group(fields: &[(Subject, Field)]) -> Vec<(Option<Id>, Vec<WireField>)> {
    let mut groups: Vec<(Option<Id>, Vec<WireField>)> = Vec::new();
    for (subject, field) in fields {
        let id = match subject {
            Subject::Annotation(id) => Some(id),
            Subject::Document => None,
        };
        match groups.last_mut() {
            Some((last, of)) if last.as_ref() == id => of.push(WireField(field.clone())),
            _ => groups.push((id.cloned(), vec![WireField(field.clone())])),
        }
    }
    groups
}

/// Reads a stored line: the hash of its text, and what to unite with a state by [`State::merge`].
pub fn read_snapshot(line: &str) -> Result<(Arc<str>, Folded), Unreadable> {
    let mut fields = unseal(line)?;
    let text: Arc<str> = fields.need("text")?;
    let clock = fields.need("clock")?;
    if clock > Stamp::LATEST_TIME {
        return Err(Unreadable::Damaged("its time is beyond any".to_owned()));
    }
    let mut folded = Folded {
        text: text.clone(),
        clock,
        writes: Vec::new(),
        touched: Vec::new(),
        history: Vec::new(),
    };
    for annotation in fields.need::<Vec<Fields>>("annotations")? {
        read_annotation(annotation, &mut folded)?;
    }
    let state = fields.list("state")?;
    add(&mut folded, None, state, |state: WireState| {
        Value::State(state.into())
    });
    for past in fields.need::<Vec<Fields>>("history")? {
        folded.history.push(read_past(past)?);
    }
    Ok((text, folded))
}

fn read_annotation(mut fields: Fields, folded: &mut Folded) -> Result<(), Malformed> {
    let id: Id = fields.need("id")?;
    if let Some((stamp, at)) = fields.want::<(WireStamp, _)>("touched")? {
        folded.touched.push((id.clone(), stamp.0, at));
    }
    let id = Some(&id);
    add(folded, id, fields.list("exists")?, Value::Exists);
    add(folded, id, fields.list("span")?, WireTextSpan::value);
    add(folded, id, fields.list("label")?, Value::Label);
    add(folded, id, fields.list("note")?, Value::Note);
    add(folded, id, fields.list("origin")?, Value::Origin);
    for (name, entries) in fields.list::<(Arc<str>, Entries<Json>)>("attributes")? {
        add(folded, id, entries, |value| {
            Value::Attribute(name.clone(), value)
        });
    }
    Ok(())
}

fn read_past(mut fields: Fields) -> Result<(Stamp, Past), Malformed> {
    let groups: Vec<(Option<Id>, Vec<WireField>)> = fields.need("fields")?;
    let written = groups.into_iter().flat_map(|(id, fields)| {
        let subject = id.map_or(Subject::Document, Subject::Annotation);
        fields
            .into_iter()
            .map(move |field| (subject.clone(), field.0))
    });
    let past = Past {
        kind: fields.need::<WireKind>("kind")?.into(),
        at: fields.need("at")?,
        fields: written.collect(),
    };
    Ok((fields.need::<WireStamp>("stamp")?.0, past))
}

fn add<W>(folded: &mut Folded, id: Option<&Id>, entries: Entries<W>, value: impl Fn(W) -> Value) {
    for (stamp, owner, wire) in entries {
        let (stamp, owner): (Stamp, Stamp) = (stamp.0, owner.0);
        folded.writes.push((stamp, owner, id.cloned(), value(wire)));
    }
}
