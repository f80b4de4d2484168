//! A document: one text with its structure, and how files of each kind become one.

mod hash;

pub use hash::sha256_hex;

use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};

/// What a block is, as far as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A paragraph, or a line of a plain text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A part that is set apart as somebody's words.
    BlockQuotation,
    /// Text that belongs to a figure or table.
    Caption,
    /// A part whose white space counts.
    Preformatted,
}

/// A part of a document that is set as one, as a range of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands; without the line break that ends it.
    pub span: Span,
    /// How it is set.
    pub kind: BlockKind,
}

/// Where a document came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The URL that it was loaded from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The name of the file that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

/// One text with its structure.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name under which its annotations are kept.
    pub id: String,
    /// What to call it on screen: its `<title>`, first heading or file name.
    pub title: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// What kind of file it was made from, for instance `text/html`.
    pub media_type: String,
    /// BCP 47 language tag, if the source states one.
    pub language: Option<String>,
    /// The text that all offsets count in.
    pub text: Text,
    /// In order, disjoint, none empty. White space between blocks belongs to none.
    pub blocks: Vec<Block>,
}
