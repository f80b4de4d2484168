//! The fields of one annotation, each a register.

use super::register::{Entry, Register, write};
use super::transaction::{Stamp, TextSpan, Value};
use super::versions::Versions;
use crate::annotation::{Annotation, Id, Origin};
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
            modified,
            origin,
        };
        Some((annotation, &at.text))
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
    }

    /// The entries of the field numbered as in [`Value::field`], the latest first, as values.
    pub(super) fn entries(&self, field: usize) -> Vec<(Stamp, Stamp, Value)> {
        fn list<T: Clone>(
            register: &Option<Register<T>>,
            value: impl Fn(T) -> Value,
        ) -> Vec<(Stamp, Stamp, Value)> {
            register
                .iter()
                .flat_map(Register::latest_first)
                .map(|entry| (entry.stamp, entry.owner, value(entry.value.clone())))
                .collect()
        }
        match field {
            0 => list(&self.exists, Value::Exists),
            1 => list(&self.span, Value::SpanIn),
            2 => list(&self.label, Value::Label),
            3 => list(&self.note, Value::Note),
            4 => list(&self.origin, Value::Origin),
            _ => Vec::new(),
        }
    }
}
