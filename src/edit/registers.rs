//! The fields of one annotation, each a register.

use super::register::{Entry, Register, write};
use super::transaction::{Field, Stamp, TextSpan, Value};
use super::versions::Versions;
use crate::annotation::{ATTRIBUTES, Annotation, Id, Later, Origin};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// The fields of one annotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registers {
    /// Whether it is there.
    pub exists: Option<Register<bool>>,
    /// What it covers.
    pub span: Option<Register<TextSpan>>,
    /// Its label's id.
    pub label: Option<Register<Arc<str>>>,
    /// What was written about it.
    pub note: Option<Register<Option<Arc<str>>>>,
    /// Who made it, when and how.
    pub origin: Option<Register<Arc<Origin>>>,
    /// What was said by attributes after it was made, in the order of their ids; `null` for nothing.
    pub attributes: Vec<(Arc<str>, Register<Json>)>,
    /// The latest write and when that was: RFC 3339 in UTC.
    pub touched: Option<(Stamp, Arc<str>)>,
}

impl Registers {
    /// The annotation as it stands in the open text; none if it isn't there, or not found in it.
    pub(super) fn view(&self, id: &Id, versions: &Versions) -> Option<Annotation> {
        let (mut annotation, text) = self.whole(id)?;
        annotation.span = versions.locate(annotation.span, text)?;
        Some(annotation)
    }

    /// Whether the annotation is there, but not found in the open text.
    pub(super) fn is_orphan(&self, versions: &Versions) -> bool {
        let exists = self.exists.as_ref().is_some_and(|r| r.winner().value);
        exists
            && self.origin.is_some()
            && self.label.is_some()
            && self.span.as_ref().is_some_and(|span| {
                let at = &span.winner().value;
                versions.locate(at.span, &at.text).is_none()
            })
    }

    /// The annotation with the span that was written, and the text that this counts in.
    pub(super) fn whole(&self, id: &Id) -> Option<(Annotation, &Arc<str>)> {
        if !self.exists.as_ref()?.winner().value {
            return None;
        }
        let made = self.origin.as_ref()?.winner();
        let origin = made.value.clone();
        let modified = match &self.touched {
            Some((stamp, at)) if *stamp != made.stamp => Some(at.clone()),
            _ => origin.modified.as_deref().map(Arc::from),
        };
        let at = &self.span.as_ref()?.winner().value;
        let annotation = Annotation {
            id: id.clone(),
            span: at.span,
            label: self.label.as_ref()?.winner().value.clone(),
            note: self
                .note
                .as_ref()
                .and_then(|note| note.winner().value.clone()),
            later: self.later(),
            modified,
            origin,
        };
        Some((annotation, &at.text))
    }

    /// The attributes that it was made with.
    pub(super) fn made_with(&self) -> Option<&Map<String, Json>> {
        let origin = &self.origin.as_ref()?.winner().value;
        origin.extra.get(ATTRIBUTES)?.as_object()
    }

    /// What attributes say otherwise than when it was made.
    fn later(&self) -> Later {
        if self.attributes.is_empty() {
            return None;
        }
        let made = self.made_with();
        let set = self.attributes.iter().filter_map(|(id, register)| {
            let value = &register.winner().value;
            let before = made.and_then(|made| made.get(&**id)).unwrap_or(&Json::Null);
            (value != before).then(|| (id.to_string(), value.clone()))
        });
        let set: Map<String, Json> = set.collect();
        (!set.is_empty()).then(|| Arc::new(set))
    }

    fn write_attribute(&mut self, id: Arc<str>, entry: Entry<Json>) {
        match self.attributes.binary_search_by(|(of, _)| of.cmp(&id)) {
            Ok(at) => self.attributes[at].1.write(entry),
            Err(at) => self.attributes.insert(at, (id, Register::new(entry))),
        }
    }

    /// Adds a write to the field that it is of. Its span counts in `text`, unless it says otherwise.
    pub fn write(&mut self, stamp: Stamp, owner: Stamp, value: Value, text: &Arc<str>) {
        let value = match value {
            Value::Span(span) => Value::SpanIn(TextSpan {
                span,
                text: text.clone(),
            }),
            other => other,
        };
        match value {
            Value::Exists(value) => write(
                &mut self.exists,
                Entry {
                    stamp,
                    owner,
                    value,
                },
            ),
            Value::SpanIn(value) => write(
                &mut self.span,
                Entry {
                    stamp,
                    owner,
                    value,
                },
            ),
            Value::Label(value) => write(
                &mut self.label,
                Entry {
                    stamp,
                    owner,
                    value,
                },
            ),
            Value::Note(value) => write(
                &mut self.note,
                Entry {
                    stamp,
                    owner,
                    value,
                },
            ),
            Value::Origin(value) => write(
                &mut self.origin,
                Entry {
                    stamp,
                    owner,
                    value,
                },
            ),
            Value::Attribute(id, value) => self.write_attribute(
                id,
                Entry {
                    stamp,
                    owner,
                    value,
                },
            ),
            // The document's own field, which no annotation has; and what was said in full above.
            Value::State(_) | Value::Span(_) => {}
        }
    }

    /// Notes that a write was made.
    pub fn touch(&mut self, stamp: Stamp, at: &Arc<str>) {
        if self.touched.as_ref().is_none_or(|(last, _)| *last < stamp) {
            self.touched = Some((stamp, at.clone()));
        }
    }

    pub(super) fn compact(&mut self, oldest: Stamp) {
        fn compact<T>(register: &mut Option<Register<T>>, oldest: Stamp) {
            if let Some(register) = register {
                register.compact(oldest);
            }
        }
        compact(&mut self.exists, oldest);
        compact(&mut self.span, oldest);
        compact(&mut self.label, oldest);
        compact(&mut self.note, oldest);
        compact(&mut self.origin, oldest);
        for (_, register) in &mut self.attributes {
            register.compact(oldest);
        }
    }

    /// The entries of a field, the latest first, as values.
    pub(super) fn entries(&self, field: &Field) -> Vec<(Stamp, Stamp, Value)> {
        fn list<T: Clone>(
            register: Option<&Register<T>>,
            value: impl Fn(T) -> Value,
        ) -> Vec<(Stamp, Stamp, Value)> {
            register
                .into_iter()
                .flat_map(Register::latest_first)
                .map(|entry| (entry.stamp, entry.owner, value(entry.value.clone())))
                .collect()
        }
        match field {
            Field::Exists => list(self.exists.as_ref(), Value::Exists),
            Field::Span => list(self.span.as_ref(), Value::SpanIn),
            Field::Label => list(self.label.as_ref(), Value::Label),
            Field::Note => list(self.note.as_ref(), Value::Note),
            Field::Origin => list(self.origin.as_ref(), Value::Origin),
            Field::Attribute(id) => {
                let of = self.attributes.iter().find(|(name, _)| name == id);
                let value = |value| Value::Attribute(id.clone(), value);
                list(of.map(|(_, register)| register), value)
            }
            Field::State => Vec::new(),
        }
    }
}
