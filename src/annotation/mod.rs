//! An annotation: a span of a document, its label, and who made it, when and how.

mod alignment;
mod alike;
mod attributes;
mod carry;
mod defaults;
mod label;
mod palette;
mod selector;

pub use attributes::{
    ATTRIBUTES, Attribute, AttributeKind, Later, in_words, is_plain, overlaid, said_in_order,
};
pub use carry::{Carried, Carrier};
pub use defaults::default_labels;
pub use label::{Label, LabelError, LabelSet, LineStyle, is_label_id};
pub use palette::{contrast, parse_color};
pub use selector::{Found, Quote, describe, find};

use crate::json::{Fields, Read};
use crate::text::Span;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The name of an annotation, for ever. Any text: ours are UUIDs, imported ones keep theirs.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

impl Id {
    /// A random UUID (version 4, RFC 9562) of 16 random bytes that the caller provides.
    pub fn random(mut bytes: [u8; 16]) -> Id {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut name = String::with_capacity(36);
        for (i, byte) in bytes.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                name.push('-');
            }
            for digit in [byte >> 4, byte & 0x0f] {
                name.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        Id(name.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(name: &str) -> Id {
        Id(name.into())
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Read for Id {
    fn read(value: Value) -> Option<Id> {
        String::read(value).map(|name| Id(name.into()))
    }
}

/// How an annotation came to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// A person tagged it here.
    #[default]
    Manual,
    /// It was read from a file.
    Imported,
    /// A person accepted what a statistical model suggested.
    Model,
    /// A person accepted what a rule suggested.
    Rule,
}

impl Read for Method {
    fn read(value: Value) -> Option<Method> {
        Some(match value.as_str()? {
            "manual" => Method::Manual,
            "imported" => Method::Imported,
            "model" => Method::Model,
            "rule" => Method::Rule,
            _ => return None,
        })
    }
}

impl Method {
    /// What files call it.
    pub fn name(self) -> &'static str {
        match self {
            Method::Manual => "manual",
            Method::Imported => "imported",
            Method::Model => "model",
            Method::Rule => "rule",
        }
    }
}

/// The field of [`Origin::extra`] that has the words of an annotation whose text may not be here, as
/// a [`Quote`].
pub const FORMER_QUOTE: &str = "former_quote";

/// What is said of an annotation when it is made, and does not change afterwards.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Origin {
    /// When it was made: RFC 3339 in UTC, as `2026-11-24T02:16:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// Who made it: a person's name as they gave it, or the id of an imported creator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// When an imported record says that it was last changed: RFC 3339 in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// How it was made.
    pub method: Method,
    /// Fields of an imported record that mean nothing to us; written out again as they were.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Read for Origin {
    fn read(value: Value) -> Option<Origin> {
        let mut fields = Fields::read(value)?;
        Some(Origin {
            created: fields.want("created").ok()?,
            creator: fields.want("creator").ok()?,
            modified: fields.want("modified").ok()?,
            method: fields.want("method").ok()?.unwrap_or_default(),
            extra: fields.want("extra").ok()?.unwrap_or_default(),
        })
    }
}

/// A labelled span. Cheap to clone: what is long is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Its name, for ever.
    pub id: Id,
    /// Which code points of the document it covers.
    pub span: Span,
    /// The id of its label.
    pub label: Arc<str>,
    /// What a person wrote about it.
    pub note: Option<Arc<str>>,
    /// Attributes that were set after it was made; [`Annotation::attributes`] has all.
    pub later: Later,
    /// Who made it, when and how.
    pub origin: Arc<Origin>,
    /// When a field of it was last changed, if that was after it was made or imported; otherwise
    /// what the imported record said: RFC 3339 in UTC.
    pub modified: Option<Arc<str>>,
}

impl Annotation {
    /// Where it stands in document order: by start, the longer first, then by id.
    pub fn place(&self) -> Place {
        Place::new(self.span, self.id.clone())
    }
}

/// A position in document order: by start, the longer first, then by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The span that stands there.
    pub span: Span,
    /// Whose it is.
    pub id: Id,
}

impl Place {
    /// The place of `id` covering `span`.
    pub fn new(span: Span, id: Id) -> Place {
        Place { span, id }
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Place) -> std::cmp::Ordering {
        (self.span.start(), other.span.end(), &self.id).cmp(&(
            other.span.start(),
            self.span.end(),
            &other.id,
        ))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Place) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
