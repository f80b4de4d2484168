//! The state of one document as one line: registers with their stamps, and the latest history.

use super::wire::{WireKind, WireOrigin, WireSpan, WireStamp, WireState, seal, unseal};
use super::{KEPT_TRANSACTIONS, Unreadable, VERSION};
use crate::annotation::Id;
use crate::edit::{Folded, Past, Register, Stamp, State, Subject, Value};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Stamp, owner and value of each write, the latest first.
type Entries<T> = Vec<(WireStamp, WireStamp, T)>;

#[derive(Serialize, Deserialize)]
struct WireSnapshot {
    v: u32,
    /// The hash of the text that the offsets count in.
    text: Arc<str>,
    clock: u32,
    annotations: Vec<WireAnnotation>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    state: Entries<WireState>,
    history: Vec<WirePast>,
}

#[derive(Serialize, Deserialize)]
struct WireAnnotation {
    id: Id,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    touched: Option<(WireStamp, Arc<str>)>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    exists: Entries<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    span: Entries<WireSpan>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    label: Entries<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    note: Entries<Option<Arc<str>>>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    origin: Entries<WireOrigin>,
}

#[derive(Serialize, Deserialize)]
struct WirePast {
    stamp: WireStamp,
    at: Arc<str>,
    kind: WireKind,
    /// The fields of each annotation that it wrote; `null` is the document.
    fields: Vec<(Option<Id>, Vec<usize>)>,
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

/// The line that is stored for all of `state`, which is compacted for it. `text` is the hash of
/// the text that its offsets count in.
pub fn write_snapshot(state: &State, text: &str) -> String {
    let mut state = state.clone();
    state.compact(KEPT_TRANSACTIONS);
    let (annotations, document) = state.registers();
    let mut annotations: Vec<WireAnnotation> = annotations
        .map(|(id, r)| WireAnnotation {
            id: id.clone(),
            touched: r
                .touched
                .as_ref()
                .map(|(stamp, at)| (WireStamp(*stamp), at.clone())),
            exists: entries(r.exists.as_ref(), |exists| exists),
            span: entries(r.span.as_ref(), WireSpan),
            label: entries(r.label.as_ref(), |label| label),
            note: entries(r.note.as_ref(), |note| note),
            origin: entries(r.origin.as_ref(), |origin| origin),
        })
        .collect();
    // The same state is the same line, whatever order its parts came in.
    annotations.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    seal(&WireSnapshot {
        v: VERSION,
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

fn group(fields: &[(Subject, usize)]) -> Vec<(Option<Id>, Vec<usize>)> {
    let mut groups: Vec<(Option<Id>, Vec<usize>)> = Vec::new();
    for (subject, field) in fields {
        let id = match subject {
            Subject::Annotation(id) => Some(id),
            Subject::Document => None,
        };
        match groups.last_mut() {
            Some((last, of)) if last.as_ref() == id => of.push(*field),
            _ => groups.push((id.cloned(), vec![*field])),
        }
    }
    groups
}

/// Reads a stored line: the hash of its text, and what to unite with a state by [`State::merge`].
pub fn read_snapshot(line: &str) -> Result<(Arc<str>, Folded), Unreadable> {
    let wire: WireSnapshot = unseal(line)?;
    let mut folded = Folded {
        clock: wire.clock,
        ..Folded::default()
    };
    for a in wire.annotations {
        if let Some((stamp, at)) = a.touched {
            folded.touched.push((a.id.clone(), stamp.0, at));
        }
        let id = Some(&a.id);
        add(&mut folded, id, a.exists, Value::Exists);
        add(&mut folded, id, a.span, |span| Value::Span(span.0));
        add(&mut folded, id, a.label, Value::Label);
        add(&mut folded, id, a.note, Value::Note);
        add(&mut folded, id, a.origin, Value::Origin);
    }
    add(&mut folded, None, wire.state, |state| {
        Value::State(state.into())
    });
    for past in wire.history {
        let fields = past.fields.into_iter().flat_map(|(id, fields)| {
            let subject = id.map_or(Subject::Document, Subject::Annotation);
            fields
                .into_iter()
                .map(move |field| (subject.clone(), field))
        });
        folded.history.push((
            past.stamp.0,
            Past {
                kind: past.kind.into(),
                at: past.at,
                text: wire.text.clone(),
                fields: fields.collect(),
            },
        ));
    }
    Ok((wire.text, folded))
}

fn add<W>(folded: &mut Folded, id: Option<&Id>, entries: Entries<W>, value: impl Fn(W) -> Value) {
    for (stamp, owner, wire) in entries {
        let (stamp, owner): (Stamp, Stamp) = (stamp.0, owner.0);
        folded.writes.push((stamp, owner, id.cloned(), value(wire)));
    }
}
