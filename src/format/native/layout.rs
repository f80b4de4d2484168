//! How a file is laid out: which fields stand where.

use super::write::{Contents, Part, Record};
use super::{Creator, FORMAT, OFFSET_UNIT, VERSION, orphans};
use crate::annotation::{ATTRIBUTES, Label, LineStyle, Method, Quote};
use crate::document::{Block, BlockKind, Document, Source, sha256_hex};
use crate::edit::DocumentState;
use crate::format::ascii::append;
use crate::order::sorted;
use crate::text::Span;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Error, Map, Value, json};
use std::collections::HashSet;

/// The whole file: a field, label, document or annotation on a line each.
pub fn lay_out(contents: &Contents, records: &[Record]) -> Result<Vec<u8>, Error> {
    let kept = contents.kept;
    let generator = json!({ "name": "rubricate", "version": env!("CARGO_PKG_VERSION") });
    let nothing = Map::new();

    let mut lines = Lines::default();
    lines.field("format", &FORMAT)?;
    lines.field("version", &VERSION)?;
    lines.field("offset_unit", &OFFSET_UNIT)?;
    lines.field("generator", &generator)?;
    if let Some(created) = contents.created {
        lines.field("created", &created)?;
    }
    if let Some(modified) = contents.modified {
        lines.field("modified", &modified)?;
    }
    lines.list("creators", creators(contents, records).iter())?;
    lines.list("labels", labels(contents, records).iter())?;
    let documents = contents.parts.iter().map(|part| {
        let extra = kept.documents.get(&part.document.id).unwrap_or(&nothing);
        WireDocument::new(part, extra)
    });
    lines.list("documents", documents)?;
    lines.list("annotations", records.iter().map(WireAnnotation::new))?;
    for (name, value) in &kept.extra {
        lines.field(name, value)?;
    }
    Ok(lines.end())
}

/// A JSON object whose fields have a line each, and the items of its lists too.
#[derive(Default)]
struct Lines {
    out: Vec<u8>,
}

impl Lines {
    fn name(&mut self, name: &str) -> Result<(), Error> {
        let before: &[u8] = if self.out.is_empty() {
            b"{\n "
        } else {
            b",\n "
        };
        self.out.extend_from_slice(before);
        append(&mut self.out, &name)?;
        self.out.extend_from_slice(b": ");
        Ok(())
    }

    fn field(&mut self, name: &str, value: &impl Serialize) -> Result<(), Error> {
        self.name(name)?;
        append(&mut self.out, value)
    }

    fn list(
        &mut self,
        name: &str,
        items: impl ExactSizeIterator<Item = impl Serialize>,
    ) -> Result<(), Error> {
        self.name(name)?;
        if items.len() == 0 {
            self.out.extend_from_slice(b"[]");
            return Ok(());
        }
        let mut before: &[u8] = b"[\n  ";
        for item in items {
            self.out.extend_from_slice(before);
            append(&mut self.out, &item)?;
            before = b",\n  ";
        }
        self.out.extend_from_slice(b"\n ]");
        Ok(())
    }

    fn end(mut self) -> Vec<u8> {
        self.out.extend_from_slice(b"\n}\n");
        self.out
    }
}

/// Those of imported files, who exports, and whoever made an annotation.
fn creators(contents: &Contents, records: &[Record]) -> Vec<Creator> {
    let mut creators = contents.kept.creators.clone();
    let mut known: HashSet<String> = creators.iter().map(|c| c.id.clone()).collect();
    let of_records = records
        .iter()
        .map(|r| r.annotation.origin.creator.as_deref());
    for id in std::iter::once(contents.creator)
        .chain(of_records)
        .flatten()
    {
        if !id.is_empty() && !known.contains(id) {
            known.insert(id.to_owned());
            creators.push(Creator {
                id: id.to_owned(),
                kind: "person".to_owned(),
                name: Some(id.to_owned()),
                extra: Map::new(),
            });
        }
    }
    creators
}

/// The label set, and the labels in use that it doesn't have, under their ids.
fn labels(contents: &Contents, records: &[Record]) -> Vec<Label> {
    let mut labels = contents.labels.to_vec();
    let mut in_use: Vec<&str> = Vec::new();
    for record in records {
        let id = &*record.annotation.label;
        if !in_use.contains(&id) {
            in_use.push(id);
        }
    }
    for id in sorted(in_use, |a, b| a < b) {
        if contents.labels.iter().all(|label| label.id != id) {
            labels.push(Label {
                id: id.to_owned(),
                name: id.to_owned(),
                shortcut: None,
                color: None,
                line: LineStyle::nth(labels.len()),
                description: None,
                attributes: Vec::new(),
            });
        }
    }
    labels
}

/// The fields of an object but for those that the writer sets itself.
#[derive(Clone, Copy)]
struct Rest<'a> {
    of: &'a Map<String, Value>,
    without: &'static [&'static str],
}

impl Serialize for Rest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.of {
            if !self.without.contains(&key.as_str()) {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

impl<'a> Rest<'a> {
    /// What is kept of the object `key` of `extra`.
    fn inside(extra: &'a Map<String, Value>, key: &str) -> Option<Rest<'a>> {
        match extra.get(key) {
            Some(Value::Object(of)) => Some(Rest { of, without: &[] }),
            _ => None,
        }
    }
}

#[derive(Serialize)]
struct WireDocument<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    media_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    text: &'a str,
    sha256: String,
    length: Value,
    source: WireSource<'a>,
    blocks: Vec<WireBlock>,
    metadata: WireMetadata<'a>,
    #[serde(flatten)]
    rest: Rest<'a>,
}

#[derive(Serialize)]
struct WireSource<'a> {
    #[serde(flatten)]
    source: &'a Source,
    #[serde(flatten)]
    rest: Option<Rest<'a>>,
}

#[derive(Serialize)]
struct WireMetadata<'a> {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    orphans: Vec<Value>,
    #[serde(flatten)]
    rest: Option<Rest<'a>>,
}

impl<'a> WireDocument<'a> {
    fn new(part: &Part<'a>, extra: &'a Map<String, Value>) -> Self {
        let document: &'a Document = part.document;
        let length = document.text.length();
        let kept = extra
            .get("metadata")
            .and_then(|kept| kept.get(orphans::FIELD));
        let orphans = match part.lost {
            Some(state) => orphans::write(state, kept),
            None => kept.and_then(Value::as_array).cloned().unwrap_or_default(),
        };
        let (state, reason) = match &part.state {
            DocumentState::Open => ("open", None),
            DocumentState::Done => ("done", None),
            DocumentState::Skipped(reason) => ("skipped", Some(reason.to_string())),
        };
        WireDocument {
            id: &document.id,
            name: document.title.as_deref(),
            media_type: &document.media_type,
            language: document.language.as_deref(),
            text: document.text.as_str(),
            sha256: sha256_hex(document.text.as_str()),
            length: json!({
                "code_points": length.code_points,
                "utf16_code_units": length.utf16_code_units,
                "utf8_bytes": length.utf8_bytes,
            }),
            source: WireSource {
                source: &document.source,
                rest: Rest::inside(extra, "source"),
            },
            blocks: document.blocks.iter().map(WireBlock::new).collect(),
            metadata: WireMetadata {
                state,
                reason,
                orphans,
                rest: Rest::inside(extra, "metadata").map(|rest| Rest {
                    without: &[orphans::FIELD],
                    ..rest
                }),
            },
            rest: Rest {
                of: extra,
                without: &["source", "metadata"],
            },
        }
    }
}

#[derive(Serialize)]
struct WireBlock {
    start: u32,
    end: u32,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
}

impl WireBlock {
    fn new(block: &Block) -> WireBlock {
        let (kind, level) = match block.kind {
            BlockKind::Paragraph => ("paragraph", None),
            BlockKind::Heading(level) => ("heading", Some(level)),
            BlockKind::ListItem => ("list-item", None),
            BlockKind::BlockQuotation => ("block-quotation", None),
            BlockKind::Caption => ("caption", None),
            BlockKind::Preformatted => ("preformatted", None),
        };
        WireBlock {
            start: block.span.start(),
            end: block.span.end(),
            kind,
            level,
        }
    }
}

#[derive(Serialize)]
struct Position {
    start: u32,
    end: u32,
}

impl From<Span> for Position {
    fn from(span: Span) -> Position {
        Position {
            start: span.start(),
            end: span.end(),
        }
    }
}

#[derive(Serialize)]
struct WireAnnotation<'a> {
    id: &'a str,
    document: &'a str,
    label: &'a str,
    position: Position,
    quote: &'a Quote,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<&'a str>,
    provenance: WireProvenance<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: Map<String, Value>,
    #[serde(flatten)]
    rest: Rest<'a>,
}

#[derive(Serialize)]
struct WireProvenance<'a> {
    method: Method,
    #[serde(flatten)]
    rest: Option<Rest<'a>>,
}

impl<'a> WireAnnotation<'a> {
    fn new(record: &'a Record) -> Self {
        let annotation = &record.annotation;
        let origin = &annotation.origin;
        let attributes = annotation.attributes();
        WireAnnotation {
            id: &record.id,
            document: record.document,
            label: &annotation.label,
            position: annotation.span.into(),
            quote: &record.quote,
            created: origin.created.as_deref(),
            modified: annotation.modified.as_deref(),
            creator: origin.creator.as_deref().filter(|id| !id.is_empty()),
            provenance: WireProvenance {
                method: origin.method,
                rest: Rest::inside(&origin.extra, "provenance"),
            },
            note: annotation.note.as_deref(),
            rest: Rest {
                of: &origin.extra,
                // What is no object says nothing by attributes, and stays as it came.
                without: match annotation.made_with() {
                    made if attributes.is_empty() && made.is_none_or(Map::is_empty) => {
                        &["provenance"]
                    }
                    _ => &["provenance", ATTRIBUTES],
                },
            },
            attributes,
        }
    }
}
