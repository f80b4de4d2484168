//! Our own JSON: documents, labels and annotations in one file that proves its own offsets.
//!
//! Its form is that of `schema/rubricate-1.schema.json`. Offsets are code points. Whatever a file
//! says that means nothing to us is kept and written out again.

pub mod exchange;
mod layout;
mod parts;
mod problems;
mod read;
mod record;
mod refused;
mod remarks;
mod verify;
mod write;

pub use problems::{ExportError, Problem};
pub use read::{Dataset, ReadDocument, read};
pub use record::ReadAnnotation;
pub use refused::{Kind, ReadError};
pub(in crate::format) use remarks::shown;
pub use remarks::{Field, Reason, Rejected, Remark, Warning, What};
pub use write::{Export, Exported, write};

use crate::json::{self, Fields, Read};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a file's `format` says.
const FORMAT: &str = "span-annotations";
/// The version that is written.
const VERSION: &str = "1.0.0";
/// The only major version that is read.
const MAJOR: u32 = 1;
/// What a file's `offset_unit` says.
const OFFSET_UNIT: &str = "unicode_code_point";
/// How many code points an id or a name may have.
const LONGEST_NAME: usize = 200;

/// What an imported file says besides its annotations, labels and texts, for the next export.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Kept {
    /// When the dataset was made: RFC 3339 in UTC.
    pub created: Option<String>,
    /// Who worked on it.
    pub creators: Vec<Creator>,
    /// Fields of the whole file that mean nothing to us.
    pub extra: Map<String, Value>,
    /// By document id: fields of the document, its `source` and its `metadata` that mean nothing
    /// to us.
    pub documents: BTreeMap<String, Map<String, Value>>,
}

impl Kept {
    /// What two files say; where both say something of the same, `later` counts.
    pub fn merged(mut self, later: Kept) -> Kept {
        self.created = self.created.or(later.created);
        for creator in later.creators {
            if !self.creators.iter().any(|known| known.id == creator.id) {
                self.creators.push(creator);
            }
        }
        self.extra.extend(later.extra);
        self.documents.extend(later.documents);
        self
    }

    /// As JSON, for a stored document's line.
    pub fn to_json(&self) -> Value {
        serde_json::to_string(self)
            .ok()
            .and_then(|json| json::parse(&json).ok())
            .unwrap_or_default()
    }

    /// Of a stored document's line; what it doesn't say is empty.
    pub fn from_json(value: Value) -> Kept {
        let Some(mut fields) = Fields::read(value) else {
            return Kept::default();
        };
        Kept {
            created: fields.want("created").ok().flatten(),
            creators: fields.list("creators").unwrap_or_default(),
            extra: fields.want("extra").ok().flatten().unwrap_or_default(),
            documents: fields.want("documents").ok().flatten().unwrap_or_default(),
        }
    }
}

/// Somebody, or some program, that made annotations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Creator {
    /// What annotations call it.
    pub id: String,
    /// `person`, `software` or `organization`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Fields that mean nothing to us.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Read for Creator {
    fn read(value: Value) -> Option<Creator> {
        let mut map = Map::read(value)?;
        Some(Creator {
            id: String::read(map.shift_remove("id")?)?,
            kind: String::read(map.shift_remove("type")?)?,
            name: Read::read(map.shift_remove("name").unwrap_or_default())?,
            extra: map,
        })
    }
}

#[cfg(test)]
mod tests;
