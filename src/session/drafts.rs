//! From what is meant to the writes that would do it; nothing is changed here.

use super::Session;
use crate::annotation::{ATTRIBUTES, Annotation, Id, Method, Origin};
use crate::edit::{Changed, Value, Write};
use crate::text::Span;
use serde_json::{Map, Value as Json};
use std::fmt;
use std::sync::Arc;

/// What the core is handed by the world with each change: it makes no time or chance of its own.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The clock on the wall: RFC 3339 in UTC.
    pub now: Arc<str>,
    /// Sixteen random bytes, others with each call.
    pub random: fn() -> [u8; 16],
}

/// Why a change is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No label of that id is in the set.
    UnknownLabel {
        /// What was asked for.
        label: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// There is no annotation of that id.
    UnknownAnnotation(String),
    /// A label has no attribute of that id.
    UnknownAttribute {
        /// The label's id.
        label: String,
        /// What was asked for.
        attribute: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// An attribute can't say that, since it is of another kind.
    AttributeKind {
        /// The attribute's id.
        attribute: String,
        /// What it has to be.
        needs: &'static str,
    },
    /// A choice has no such option.
    NoOption {
        /// The attribute's id.
        attribute: String,
        /// What was asked for.
        value: String,
        /// What there is.
        options: Vec<String>,
    },
    /// The very same span has that label already.
    Already {
        /// The label's name.
        label: String,
        /// The annotation that is there.
        id: Id,
    },
    /// The document can be read only.
    ReadOnly,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::UnknownLabel { label, known } => write!(
                f,
                "There is no label {label:?}; the labels are {}.",
                known.join(", ")
            ),
            Refusal::UnknownAttribute {
                label,
                attribute,
                known,
            } if known.is_empty() => write!(
                f,
                "attributes.{attribute}: the label {label:?} has no attributes."
            ),
            Refusal::UnknownAttribute {
                label,
                attribute,
                known,
            } => write!(
                f,
                "attributes.{attribute}: the label {label:?} has no such attribute; it has {}.",
                known.join(", ")
            ),
            Refusal::AttributeKind { attribute, needs } => {
                write!(f, "attributes.{attribute} must be {needs}.")
            }
            Refusal::NoOption {
                attribute,
                value,
                options,
            } => write!(
                f,
                "attributes.{attribute}: {value:?} is none of its options, which are {}.",
                options.join(", ")
            ),
            Refusal::UnknownAnnotation(id) => {
                write!(f, "There is no annotation with the id {id:?}.")
            }
            Refusal::Already { label, .. } => {
                write!(
                    f,
                    "Already tagged as {}. Backspace removes it.",
                    label.to_ascii_lowercase()
                )
            }
            Refusal::ReadOnly => f.write_str("This document is read-only."),
        }
    }
}

impl std::error::Error for Refusal {}

/// What to change of an annotation; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// Another label's id.
    pub label: Option<String>,
    /// Another span.
    pub span: Option<Span>,
    /// Another note; an empty one takes it away.
    pub note: Option<String>,
    /// What attributes say from now on, by their ids; `null`, an empty text and `false` take away
    /// what they said.
    pub attributes: Map<String, Json>,
}

impl Session {
    /// The label's id in its shared form, if the set has it.
    pub(super) fn label_id(&self, label: &str) -> Result<Arc<str>, Refusal> {
        match self.labels().get(label) {
            Some(label) => Ok(label.id.as_str().into()),
            None => Err(Refusal::UnknownLabel {
                label: label.into(),
                known: self.labels().iter().map(|label| label.id.clone()).collect(),
            }),
        }
    }

    /// The annotation of that label on exactly that span.
    pub fn twin(&self, span: Span, label: &str) -> Option<Annotation> {
        self.state()
            .intersecting(span)
            .into_iter()
            .find(|a| a.span == span && &*a.label == label)
    }

    /// The writes that tag `span`.
    pub fn draft_annotation(
        &self,
        span: Span,
        label: &str,
        note: Option<&str>,
        moment: &Moment,
    ) -> Result<(Id, Vec<Write>), Refusal> {
        self.draft_with_attributes(span, label, note, &Map::new(), moment)
    }

    /// The writes that tag `span` and say something of it by attributes.
    pub fn draft_with_attributes(
        &self,
        span: Span,
        label: &str,
        note: Option<&str>,
        attributes: &Map<String, Json>,
        moment: &Moment,
    ) -> Result<(Id, Vec<Write>), Refusal> {
        let label = self.label_id(label)?;
        if let Some(twin) = self.twin(span, &label) {
            return Err(Refusal::Already {
                label: self.labels().name_of(&label).to_owned(),
                id: twin.id,
            });
        }
        let made = self.said_of(&label, attributes, &Map::new())?;
        let id = Id::random((moment.random)());
        let mut extra = Map::new();
        if !made.is_empty() {
            extra.insert(ATTRIBUTES.to_owned(), Json::Object(made));
        }
        let origin = Origin {
            extra,
            created: Some(moment.now.to_string()),
            creator: self.creator().map(str::to_owned),
            ..Origin::default()
        };
        let mut writes = vec![
            Write::annotation(&id, Value::Exists(true)),
            Write::annotation(&id, Value::Span(span)),
            Write::annotation(&id, Value::Label(label)),
            Write::annotation(&id, Value::Origin(Arc::new(origin))),
        ];
        if let Some(note) = note.filter(|note| !note.is_empty()) {
            writes.push(Write::annotation(&id, Value::Note(Some(note.into()))));
        }
        Ok((id, writes))
    }

    /// The writes that change an annotation; none if nothing would differ.
    pub fn draft_update(&self, id: &str, update: &Update) -> Result<Vec<Write>, Refusal> {
        if let Some(orphan) = self.state().orphan(id) {
            return self.draft_orphan_update(&orphan, update);
        }
        let annotation = self.existing(id)?;
        let label = match &update.label {
            Some(label) => Some(self.label_id(label)?),
            None => None,
        };
        let twin = self.twin(
            update.span.unwrap_or(annotation.span),
            label.as_deref().unwrap_or(&annotation.label),
        );
        if let Some(twin) = twin.filter(|twin| twin.id != annotation.id) {
            return Err(Refusal::Already {
                label: self.labels().name_of(&twin.label).to_owned(),
                id: twin.id,
            });
        }
        let mut values = Vec::new();
        if let Some(span) = update.span.filter(|span| *span != annotation.span) {
            values.push(Value::Span(span));
        }
        if let Some(label) = label.filter(|label| *label != annotation.label) {
            values.push(Value::Label(label));
        }
        if let Some(note) = &update.note {
            let note: Option<Arc<str>> = (!note.trim().is_empty()).then(|| note.as_str().into());
            if note != annotation.note {
                values.push(Value::Note(note));
            }
        }
        let label = update.label.as_deref().unwrap_or(&annotation.label);
        values.extend(self.changed_attributes(
            label,
            &update.attributes,
            &annotation.attributes(),
        )?);
        Ok(values
            .into_iter()
            .map(|value| Write::annotation(&annotation.id, value))
            .collect())
    }

    /// The writes that delete these annotations.
    pub fn draft_removal(&self, ids: impl IntoIterator<Item = Id>) -> Vec<Write> {
        ids.into_iter()
            .map(|id| Write::annotation(&id, Value::Exists(false)))
            .collect()
    }

    /// The writes that put the annotator's name on what was tagged by hand before it was known.
    pub fn draft_signature(&self) -> Vec<Write> {
        let Some(creator) = self.creator() else {
            return Vec::new();
        };
        self.state()
            .annotations()
            .filter(|a| a.origin.creator.is_none() && a.origin.method == Method::Manual)
            .map(|a| {
                let origin = Origin {
                    creator: Some(creator.to_owned()),
                    modified: a.modified.as_deref().map(str::to_owned),
                    ..Origin::clone(&a.origin)
                };
                Write::annotation(&a.id, Value::Origin(Arc::new(origin)))
            })
            .collect()
    }

    /// The annotation of that id.
    pub fn existing(&self, id: &str) -> Result<Annotation, Refusal> {
        self.state()
            .annotation(id)
            .ok_or_else(|| Refusal::UnknownAnnotation(id.to_owned()))
    }

    /// What `writes` would change of what people see.
    pub fn preview(&self, writes: &[Write], now: &Arc<str>) -> Vec<Changed> {
        let mut state = self.state().outline(writes);
        let stamp = state.next_stamp(self.writer());
        state
            .apply(&crate::edit::Transaction {
                stamp,
                at: now.clone(),
                text: self.text_hash().clone(),
                kind: crate::edit::Kind::Edit,
                writes: writes.to_vec(),
            })
            .annotations
    }
}
