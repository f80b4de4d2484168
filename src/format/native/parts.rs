//! Documents, labels and creators of a file, each as far as it can be used.

use super::{Creator, LONGEST_NAME, Warning};
use crate::annotation::{Attribute, Label, LineStyle, is_label_id, parse_color};
use crate::document::{Block, BlockKind, Document, Source, sha256_hex};
use crate::edit::DocumentState;
use crate::json::{Fields, Read};
use crate::text::{Length, Span, Text};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A document of a file.
pub struct Part {
    pub document: Document,
    pub state: DocumentState,
    /// What means nothing to us.
    pub extra: Map<String, Value>,
    /// Whether positions count in this very text, as far as the file says.
    pub same_text: bool,
}

/// Takes a field out. `null` counts as absent, and so does what `get` refuses, with a word to
/// `refused`.
pub fn take<T>(
    map: &mut Map<String, Value>,
    key: &'static str,
    get: impl Fn(Value) -> Option<T>,
    mut refused: impl FnMut(&'static str),
) -> Option<T> {
    let value = map.shift_remove(key).filter(|value| !value.is_null())?;
    let taken = get(value);
    if taken.is_none() {
        refused(key);
    }
    taken
}

/// A JSON string.
pub fn string(value: Value) -> Option<String> {
    Read::read(value)
}

/// A JSON object.
pub fn object(value: Value) -> Option<Map<String, Value>> {
    Read::read(value)
}

/// Puts what is left of an object back among the unknown fields.
pub fn keep(extra: &mut Map<String, Value>, key: &str, rest: Map<String, Value>) {
    if !rest.is_empty() {
        extra.insert(key.to_owned(), Value::Object(rest));
    }
}

/// Reads the document at `index` of the list.
pub fn document(value: Value, index: usize, warnings: &mut Vec<Warning>) -> Option<Part> {
    let part = try_document(value, warnings);
    if part.is_none() {
        warnings.push(Warning::BadDocument(index));
    }
    part
}

fn try_document(value: Value, warnings: &mut Vec<Warning>) -> Option<Part> {
    let mut map = object(value)?;
    let id = string(map.shift_remove("id")?).filter(|id| !id.is_empty())?;
    let text = Text::new(string(map.shift_remove("text")?)?).ok()?;

    let hash = map.shift_remove("sha256");
    let same_text = hash.is_none_or(|hash| hash == sha256_hex(text.as_str()));
    if !same_text {
        warnings.push(Warning::HashDiffers(id.clone()));
    }
    if let Some(length) = map.shift_remove("length")
        && !is_length(&length, text.length())
    {
        warnings.push(Warning::LengthDiffers(id.clone()));
    }

    let mut refused = |field| warnings.push(Warning::DocumentField(id.clone(), field));
    let title = take(&mut map, "name", string, &mut refused);
    let media_type = take(&mut map, "media_type", string, &mut refused);
    let language = take(&mut map, "language", string, &mut refused);

    let mut source = take(&mut map, "source", object, &mut refused).unwrap_or_default();
    let uri = take(&mut source, "uri", string, &mut refused);
    let file_name = take(&mut source, "file_name", string, &mut refused);
    keep(&mut map, "source", source);

    let mut metadata = take(&mut map, "metadata", object, &mut refused).unwrap_or_default();
    let reason = take(&mut metadata, "reason", string, &mut refused).unwrap_or_default();
    let state = |state| match string(state)?.as_str() {
        "open" => Some(DocumentState::Open),
        "done" => Some(DocumentState::Done),
        "skipped" => Some(DocumentState::Skipped(reason.as_str().into())),
        _ => None,
    };
    let state = take(&mut metadata, "state", state, &mut refused).unwrap_or_default();
    keep(&mut map, "metadata", metadata);

    let blocks = match map.shift_remove("blocks").map(|list| blocks(list, &text)) {
        None => Vec::new(),
        Some(Some(blocks)) => blocks,
        Some(None) => {
            warnings.push(Warning::BadBlocks(id.clone()));
            Vec::new()
        }
    };
    Some(Part {
        document: Document {
            id,
            title,
            source: Source { uri, file_name },
            media_type: media_type.unwrap_or_else(|| "text/plain".to_owned()),
            language,
            text,
            blocks,
        },
        state,
        extra: map,
        same_text,
    })
}

fn is_length(stated: &Value, length: Length) -> bool {
    [
        ("code_points", length.code_points),
        ("utf16_code_units", length.utf16_code_units),
        ("utf8_bytes", length.utf8_bytes),
    ]
    .iter()
    .all(|(unit, count)| stated.get(unit).is_none_or(|stated| stated == count))
}

/// The blocks, if they are in order, disjoint and inside the text.
fn blocks(list: Value, text: &Text) -> Option<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut end = 0;
    for mut fields in Vec::<Fields>::read(list)? {
        let (from, to) = (fields.need("start").ok()?, fields.need("end").ok()?);
        let span = Span::new(from, to).filter(|span| span.start() >= end)?;
        end = span.end();
        let level: Option<u32> = fields.want("level").ok()?;
        let kind: String = fields.need("kind").ok()?;
        let kind = match (kind.as_str(), level) {
            ("paragraph", _) => BlockKind::Paragraph,
            ("heading", Some(level @ 1..=6)) => BlockKind::Heading(level as u8),
            ("list-item", _) => BlockKind::ListItem,
            ("block-quotation", _) => BlockKind::BlockQuotation,
            ("caption", _) => BlockKind::Caption,
            ("preformatted", _) => BlockKind::Preformatted,
            _ => return None,
        };
        blocks.push(Block { span, kind });
    }
    (end <= text.length().code_points).then_some(blocks)
}

/// Whether `name` can stand in a list without breaking it.
pub fn is_name(name: &str) -> bool {
    !name.trim().is_empty()
        && !name.contains(char::is_control)
        && name.chars().nth(LONGEST_NAME).is_none()
}

/// Whether `id` can name a label in every format, and isn't too long.
pub fn is_label(id: &str) -> bool {
    is_label_id(id) && is_name(id)
}

/// Reads the labels; a set can be made of what is returned, unless that is empty.
pub fn labels(list: Vec<Value>, warnings: &mut Vec<Warning>) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut ids = HashSet::new();
    let mut letters = HashSet::new();
    for (index, value) in list.into_iter().enumerate() {
        let named = object(value).and_then(|mut map| {
            let id = string(map.shift_remove("id")?)?;
            is_label(&id).then_some((map, id))
        });
        let Some((mut map, id)) = named else {
            warnings.push(Warning::BadLabel(index));
            continue;
        };
        if !ids.insert(id.clone()) {
            warnings.push(Warning::LabelTwice(id));
            continue;
        }
        let mut refused = |field| warnings.push(Warning::LabelField(id.clone(), field));
        let name = |value| string(value).filter(|name| is_name(name));
        let name = take(&mut map, "name", name, &mut refused);
        let color = |value| string(value).filter(|color| parse_color(color).is_some());
        let color = take(&mut map, "color", color, &mut refused);
        let description = take(&mut map, "description", string, &mut refused);
        let shortcut = |value| letter(value).filter(|key| !letters.contains(key));
        let shortcut = take(&mut map, "shortcut", shortcut, &mut refused);
        letters.extend(shortcut);
        let line = take(&mut map, "line", LineStyle::read, &mut refused);
        let attributes = |value| Attribute::read_all(Read::read(value)?).ok();
        let attributes = take(&mut map, "attributes", attributes, &mut refused);
        labels.push(Label {
            name: name.unwrap_or_else(|| id.clone()),
            id,
            shortcut,
            color,
            line: line.unwrap_or(LineStyle::nth(index)),
            description,
            attributes: attributes.unwrap_or_default(),
        });
    }
    labels
}

fn letter(value: Value) -> Option<char> {
    let key = string(value)?;
    match *key.as_bytes() {
        [key] if key.is_ascii_alphabetic() => Some(char::from(key.to_ascii_uppercase())),
        _ => None,
    }
}

/// Reads the creators.
pub fn creators(list: Vec<Value>, warnings: &mut Vec<Warning>) -> Vec<Creator> {
    let mut creators: Vec<Creator> = Vec::new();
    let mut ids = HashSet::new();
    for (index, value) in list.into_iter().enumerate() {
        let creator = Creator::read(value).filter(|c| {
            !c.id.is_empty() && matches!(c.kind.as_str(), "person" | "software" | "organization")
        });
        match creator {
            None => warnings.push(Warning::BadCreator(index)),
            Some(creator) if ids.insert(creator.id.clone()) => creators.push(creator),
            Some(_) => {}
        }
    }
    creators
}
