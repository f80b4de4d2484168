//! A document's text and structure as one line, for the store beside the journal.

use super::wire::{WireSpan, seal, unseal};
use super::{Unreadable, VERSION};
use crate::document::{Block, BlockKind, Document, Source};
use crate::text::Text;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct WireDocument {
    v: u32,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    source: Source,
    media_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    text: String,
    blocks: Vec<(WireSpan, BlockKind)>,
    #[serde(skip_serializing_if = "Value::is_null")]
    beside: Value,
}

/// The line that is stored for `document`, and `beside` it what an imported file said of it that
/// means nothing to us (or `null`).
pub fn write_document(document: &Document, beside: Value) -> String {
    seal(&WireDocument {
        v: VERSION,
        id: document.id.clone(),
        title: document.title.clone(),
        source: document.source.clone(),
        media_type: document.media_type.clone(),
        language: document.language.clone(),
        text: document.text.as_str().to_owned(),
        blocks: document
            .blocks
            .iter()
            .map(|b| (WireSpan(b.span), b.kind))
            .collect(),
        beside,
    })
}

/// Reads a stored line back: the document, and what is kept beside it.
pub fn read_document(line: &str) -> Result<(Document, Value), Unreadable> {
    let damaged = |why: &str| Unreadable::Damaged(why.to_owned());
    let mut fields = unseal(line)?;
    let text = Text::new(fields.need("text")?).map_err(|_| damaged("its text is too long"))?;
    let wire: Vec<(WireSpan, BlockKind)> = fields.need("blocks")?;
    let mut blocks = Vec::with_capacity(wire.len());
    let mut end = 0;
    for (WireSpan(span), kind) in wire {
        if span.start() < end || text.slice(span).is_none() {
            return Err(damaged(
                "its blocks are not in order or outside of its text",
            ));
        }
        end = span.end();
        blocks.push(Block { span, kind });
    }
    let document = Document {
        id: fields.need("id")?,
        title: fields.want("title")?,
        source: fields.want("source")?.unwrap_or_default(),
        media_type: fields.need("media_type")?,
        language: fields.want("language")?,
        text,
        blocks,
    };
    let beside = fields.want("beside")?.unwrap_or_default();
    Ok((document, beside))
}
