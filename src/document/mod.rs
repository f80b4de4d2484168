//! A document: one text with its structure, and how files of each kind become one.

mod blocks;
pub mod charset;
mod flow;
mod hash;
mod html;
mod kind;
pub mod live;
mod load;
mod markdown;
mod plain;
mod role;

pub use hash::{content_id, sha256_hex};
pub use html::html;
pub use kind::{Kind, detect};
pub use load::{Binary, LoadError, MAX_BYTES, MAX_DATASET_BYTES, check, check_up_to};
pub use markdown::markdown;
pub use plain::{lines, plain};

use crate::json::{Fields, Read, variant};
use crate::text::{Span, Text};
use serde::Serialize;
use serde_json::Value;

/// What a block is, as far as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

impl Read for BlockKind {
    fn read(value: Value) -> Option<BlockKind> {
        Some(match value.as_str() {
            Some("paragraph") => BlockKind::Paragraph,
            Some("list-item") => BlockKind::ListItem,
            Some("block-quotation") => BlockKind::BlockQuotation,
            Some("caption") => BlockKind::Caption,
            Some("preformatted") => BlockKind::Preformatted,
            Some(_) => return None,
            None => match variant(value)? {
                (kind, level) if kind == "heading" => {
                    BlockKind::Heading(u32::read(level)?.try_into().ok()?)
                }
                _ => return None,
            },
        })
    }
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The URL that it was loaded from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The name of the file that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

impl Read for Source {
    fn read(value: Value) -> Option<Source> {
        let mut fields = Fields::read(value)?;
        Some(Source {
            uri: fields.want("uri").ok()?,
            file_name: fields.want("file_name").ok()?,
        })
    }
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

/// What is known of a document besides its content. What is `None` is taken from the content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentMeta {
    /// The name under which its annotations are kept; otherwise [`content_id`] of its text.
    pub id: Option<String>,
    /// What to call it; otherwise what the content calls itself, otherwise the file's name.
    pub title: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// Its media type; otherwise that of the kind it was read as.
    pub media_type: Option<String>,
    /// BCP 47 language tag; otherwise the one that the content states.
    pub language: Option<String>,
}

impl DocumentMeta {
    /// The document that `read` is, which was read without knowing `self`.
    pub fn complete(self, read: Document) -> Document {
        let Document {
            text,
            blocks,
            media_type,
            title,
            language,
            ..
        } = read;
        self.document(text, blocks, &media_type, title, language)
    }

    /// The document made of `text` and `blocks`, with what the content states where `self` is
    /// silent.
    fn document(
        self,
        text: Text,
        blocks: Vec<Block>,
        media_type: &str,
        stated_title: Option<String>,
        stated_language: Option<String>,
    ) -> Document {
        let title = self
            .title
            .or(stated_title)
            .or_else(|| self.source.file_name.clone());
        Document {
            id: self.id.unwrap_or_else(|| content_id(&text)),
            title,
            source: self.source,
            media_type: self.media_type.unwrap_or_else(|| media_type.to_owned()),
            language: self.language.or(stated_language),
            text,
            blocks,
        }
    }
}
