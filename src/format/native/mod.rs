//! Our own JSON: documents, labels and annotations in one file that proves its own offsets.
//!
//! Its form is that of `schema/rubricate-1.schema.json`. Offsets are code points. Whatever a file
//! says that means nothing to us is kept and written out again.

mod ascii;
mod layout;
mod mend;
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
pub use remarks::{Field, Reason, Rejected, Remark, Warning, What};
pub use write::{Export, Exported, write};

use serde::{Deserialize, Serialize};
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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

/// Somebody, or some program, that made annotations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests;
