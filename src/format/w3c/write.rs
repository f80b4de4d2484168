//! Writing Web Annotations.

use super::{ATTRIBUTE, ATTRIBUTE_IRI, CONTEXT, OTHER_ID, TEXT, UUID};
use crate::annotation::{Annotation, describe};
use crate::document::sha256_hex;
use crate::format::ascii::append;
use crate::format::attributes::writable;
use crate::format::exchange::{
    Entry, Header, Loss, Names, Out, WriteError, Writer, derived_id, file_stem,
};
use crate::format::losses::{lose_labels, lose_rest};
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Writes a collection and a text for each document.
#[derive(Default)]
pub struct W3cWriter {
    names: Names,
}

impl Writer for W3cWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = entry.document.text.as_str();
        let hash = sha256_hex(text);
        let mut bytes = Vec::new();
        let mut items = Vec::new();
        let mut has_attributes = false;
        for annotation in &entry.annotations {
            let holds = |_: &str, value: &Value| !value.is_null();
            let said = writable(entry, annotation, out, holds)?;
            has_attributes |= !said.is_empty();
            items.push(item(entry, annotation, said, &hash));
        }
        append(&mut bytes, &collection(entry, items, has_attributes))?;
        bytes.push(b'\n');
        let name = self.names.give(&file_stem(&entry.document.id));
        out.append(&format!("{name}.jsonld"), &bytes)?;
        out.append(&format!("{name}.txt"), text.as_bytes())?;
        out.hold_all(entry);
        lose_rest(
            entry,
            &[Loss::Id, Loss::Note, Loss::Maker, Loss::Attributes],
            out,
        )
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

fn collection(entry: &Entry, items: Vec<Value>, has_attributes: bool) -> Value {
    let id = &entry.document.id;
    let total = entry.annotations.len();
    let iri = |part: &str| {
        let of_all = Span::new(0, 1).map(|all| derived_id(id, all, part, 0));
        format!(
            "{UUID}{}",
            of_all.map(|id| id.to_string()).unwrap_or_default()
        )
    };
    let (collection, page) = (iri("collection"), iri("page"));
    let mut file = json!({
        "@context": match has_attributes {
            true => json!([CONTEXT, { ATTRIBUTE: ATTRIBUTE_IRI }]),
            false => json!(CONTEXT),
        },
        "id": collection,
        "type": "AnnotationCollection",
        "label": id,
        "total": total,
    });
    if let Some(fields) = file.as_object_mut()
        && total > 0
    {
        let first = json!({
            "id": page,
            "type": "AnnotationPage",
            "partOf": { "id": collection, "label": id, "total": total },
            "startIndex": 0,
            "items": items,
        });
        fields.insert("first".into(), first);
        fields.insert("last".into(), json!(page));
    }
    file
}

fn item(entry: &Entry, annotation: &Annotation, said: Map<String, Value>, hash: &str) -> Value {
    let origin = &annotation.origin;
    let mut item = Map::new();
    let mut put = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    put("id", json!(iri(annotation.id.as_str())));
    put("type", json!("Annotation"));
    put("motivation", json!("tagging"));
    if let Some(created) = &origin.created {
        put("created", json!(created));
    }
    if let Some(modified) = &annotation.modified {
        put("modified", json!(&**modified));
    }
    if let Some(creator) = &origin.creator {
        put("creator", json!({ "type": "Person", "name": creator }));
    }
    let body = |value: &str, purpose: &str| json!({ "type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose });
    let tag = body(&annotation.label, "tagging");
    let mut bodies = vec![tag];
    bodies.extend((annotation.note.iter()).map(|note| body(note, "commenting")));
    bodies.extend(said.into_iter().map(attribute));
    match bodies.len() {
        1 => put("body", bodies.remove(0)),
        _ => put("body", json!(bodies)),
    }
    let quote = describe(&entry.document.text, annotation.span);
    let mut selector = Map::from_iter([("type".to_owned(), json!("TextQuoteSelector"))]);
    if let Some(quote) = quote {
        selector.insert("exact".into(), json!(quote.exact));
        selector.insert("prefix".into(), json!(quote.prefix));
        selector.insert("suffix".into(), json!(quote.suffix));
    }
    let position = json!({
        "type": "TextPositionSelector",
        "start": annotation.span.start(),
        "end": annotation.span.end(),
    });
    put(
        "target",
        json!({
            "type": "SpecificResource",
            "source": format!("{TEXT}{hash}"),
            "selector": [position, selector],
        }),
    );
    Value::Object(item)
}

/// A body that says what an attribute says: words as they are, anything else as JSON.
fn attribute((id, value): (String, Value)) -> Value {
    let (value, format) = match value {
        Value::String(words) => (words, "text/plain"),
        other => (other.to_string(), "application/json"),
    };
    json!({ "type": "TextualBody", "value": value, "format": format, "purpose": "describing", ATTRIBUTE: id })
}

/// The IRI of an annotation.
fn iri(id: &str) -> String {
    let uuid = id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        });
    if uuid {
        return format!("{UUID}{id}");
    }
    let mut iri = OTHER_ID.to_owned();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => iri.push(char::from(byte)),
            // Writing to a `String` can't fail.
            _ => drop(write!(iri, "%{byte:02X}")),
        }
    }
    iri
}
