//! The forms in which things cross to JavaScript. Offsets here are UTF-16 code units; every
//! annotation carries its code points and its text as well.

use crate::annotation::{Annotation, Method};
use crate::document::Document;
use crate::edit::{Changed, DocumentState, Orphan};
use crate::session::Session;
use crate::text::{OffsetError, Span, Utf16};
use js_sys::{Array, JSON, Object, Reflect};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;
use web_sys::DomException;

/// From this many annotations on, one JSON text is quicker than single values.
const BULK: usize = 64;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsRange {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct JsProvenance {
    method: Method,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsAnnotation<'a> {
    id: &'a str,
    start: u32,
    end: u32,
    label: &'a str,
    code_points: JsRange,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    provenance: JsProvenance,
}

/// What an attribute says, as a primitive of JavaScript.
#[derive(Serialize)]
#[serde(untagged)]
enum Plain {
    Text(String),
    Flag(bool),
    Number(f64),
}

/// What an annotation's attributes say, in the order of their ids.
fn plain(annotation: &Annotation) -> BTreeMap<String, Plain> {
    if !annotation.has_attributes() {
        return BTreeMap::new();
    }
    let said = annotation.attributes().into_iter();
    let said = said.filter_map(|(id, value)| {
        Some(match value {
            Value::String(text) => (id, Plain::Text(text)),
            Value::Bool(yes) => (id, Plain::Flag(yes)),
            Value::Number(number) => (id, Plain::Number(number.as_f64()?)),
            _ => return None,
        })
    });
    said.collect()
}

impl<'a> JsAnnotation<'a> {
    fn new(document: &'a Document, annotation: &'a Annotation) -> Option<JsAnnotation<'a>> {
        let text = &document.text;
        let span = annotation.span;
        Some(JsAnnotation {
            id: annotation.id.as_str(),
            start: text.utf16_of(span.start())?.0,
            end: text.utf16_of(span.end())?.0,
            label: &annotation.label,
            code_points: JsRange {
                start: span.start(),
                end: span.end(),
            },
            text: text.slice(span)?,
            note: annotation.note.as_deref(),
            attributes: plain(annotation),
            creator: annotation.origin.creator.as_deref(),
            created: annotation.origin.created.as_deref(),
            modified: annotation.modified.as_deref(),
            provenance: JsProvenance {
                method: annotation.origin.method,
            },
        })
    }
}

#[derive(Serialize)]
struct JsOrphan<'a> {
    id: &'a str,
    label: &'a str,
    note: Option<&'a str>,
    text: Option<&'a str>,
}

/// The annotations that are not found in the text, as a frozen array of frozen
/// `{id, label, note, text}`. A note that isn't there and words that nobody knows are `null`.
pub fn orphans(orphans: &[Orphan]) -> Array {
    let array: Array = orphans
        .iter()
        .map(|orphan| {
            let value = to_js(&JsOrphan {
                id: orphan.id.as_str(),
                label: &orphan.label,
                note: orphan.note.as_deref(),
                text: orphan.quote.as_ref().map(|quote| quote.exact.as_str()),
            });
            freeze(&value);
            value
        })
        .collect();
    Object::freeze(&array);
    array
}

/// A serializable value as a JavaScript object.
pub fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// `{id, length}` of a document, in UTF-16 code units, frozen.
pub fn loaded(document: &Document) -> JsValue {
    let detail = Object::new();
    put(&detail, "id", &document.id.as_str().into());
    let length = document.text.length().utf16_code_units;
    put(&detail, "length", &length.into());
    Object::freeze(&detail).into()
}

/// One annotation, frozen.
pub fn annotation(document: &Document, annotation: &Annotation) -> JsValue {
    let value = JsAnnotation::new(document, annotation).map_or(JsValue::NULL, |a| to_js(&a));
    freeze(&value);
    value
}

/// No annotations, frozen.
pub fn no_annotations() -> Array {
    let array = Array::new();
    Object::freeze(&array);
    array
}

/// What is active: `{range: {start, end} | null, annotations}`.
pub fn selection(session: &Session) -> JsValue {
    let document = session.document();
    let span = session.active_span();
    let detail = Object::new();
    let range = span.and_then(|span| {
        Some(to_js(&JsRange {
            start: document.text.utf16_of(span.start())?.0,
            end: document.text.utf16_of(span.end())?.0,
        }))
    });
    put(&detail, "range", &range.unwrap_or(JsValue::NULL));
    let here = span.map_or_else(Vec::new, |span| session.state().intersecting(span));
    put(&detail, "annotations", &annotations(document, here.iter()));
    detail.into()
}

/// A frozen array of frozen annotations.
pub fn annotations<'a>(
    document: &Document,
    list: impl ExactSizeIterator<Item = &'a Annotation>,
) -> Array {
    let all: Vec<&Annotation> = list.collect();
    let array = match all.len() < BULK {
        true => None,
        false => in_bulk(document, &all),
    };
    let array = array.unwrap_or_else(|| all.iter().map(|a| annotation(document, a)).collect());
    Object::freeze(&array);
    array
}

/// The same by way of JSON; `None` where a host has replaced what reads that.
fn in_bulk(document: &Document, all: &[&Annotation]) -> Option<Array> {
    let array: Array = JSON::parse(&json(document, all)).ok()?.dyn_into().ok()?;
    if array.length() as usize != all.len() {
        return None;
    }
    array.for_each(&mut |value, _, _| freeze(&value));
    Some(array)
}

/// Annotations as they are handed out, as JSON. A host can't change what this says.
pub fn json(document: &Document, all: &[&Annotation]) -> String {
    let all: Vec<_> = all
        .iter()
        .filter_map(|a| JsAnnotation::new(document, a))
        .collect();
    serde_json::to_string(&all).unwrap_or_else(|_| "[]".into())
}

#[wasm_bindgen]
extern "C" {
    /// An annotation as it is handed out.
    type Handed;

    #[wasm_bindgen(method, getter, structural, js_name = codePoints)]
    fn code_points(this: &Handed) -> JsValue;

    #[wasm_bindgen(method, getter, structural)]
    fn provenance(this: &Handed) -> JsValue;

    #[wasm_bindgen(method, getter, structural)]
    fn attributes(this: &Handed) -> JsValue;
}

fn freeze(value: &JsValue) {
    if let Some(object) = value.dyn_ref::<Object>() {
        let handed: &Handed = value.unchecked_ref();
        for inner in [
            handed.code_points(),
            handed.provenance(),
            handed.attributes(),
        ] {
            // What is no object is frozen anyway.
            Object::freeze(inner.unchecked_ref::<Object>());
        }
        Object::freeze(object);
    }
}

/// Who made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A person, on the screen.
    User,
    /// A script, through the element's methods.
    Api,
    /// A file that was read.
    Import,
    /// An undo.
    Undo,
    /// A redo.
    Redo,
    /// The same document in another tab.
    OtherTab,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            By::User => "user",
            By::Api => "api",
            By::Import => "import",
            By::Undo => "undo",
            By::Redo => "redo",
            By::OtherTab => "other-tab",
        }
    }
}

/// The `detail` of a change: `{added, removed, changed, by}`.
pub fn change(document: &Document, changes: &[Changed], by: By) -> JsValue {
    let added: Vec<&Annotation> = changes
        .iter()
        .filter(|c| c.before.is_none())
        .filter_map(|c| c.after.as_ref())
        .collect();
    let removed: Vec<&Annotation> = changes
        .iter()
        .filter(|c| c.after.is_none())
        .filter_map(|c| c.before.as_ref())
        .collect();
    let changed: Array = changes
        .iter()
        .filter_map(|c| Some((c.before.as_ref()?, c.after.as_ref()?)))
        .map(|(before, after)| {
            let pair = Object::new();
            put(&pair, "before", &annotation(document, before));
            put(&pair, "after", &annotation(document, after));
            Object::freeze(&pair)
        })
        .collect();
    let detail = Object::new();
    put(&detail, "added", &annotations(document, added.into_iter()));
    put(
        &detail,
        "removed",
        &annotations(document, removed.into_iter()),
    );
    put(&detail, "changed", &Object::freeze(&changed));
    put(&detail, "by", &by.name().into());
    detail.into()
}

/// Sets a property of an object of our own.
pub fn put(object: &Object, name: &str, value: &JsValue) {
    // Fails on frozen objects and proxies alone.
    let _ = Reflect::set(object, &name.into(), value);
}

/// A property of an object that the host gave; `None` where it is absent, `undefined` or `null`.
pub fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// The span that `start` and `end` in UTF-16 code units name.
pub fn span(document: &Document, start: u32, end: u32) -> Result<Span, JsValue> {
    document
        .text
        .span_of_utf16(Utf16(start), Utf16(end))
        .map_err(|error: OffsetError| range_error(&error.to_string()))
}

/// A state by its name in the contract.
pub fn document_state(name: &str, reason: Option<String>) -> Result<DocumentState, JsValue> {
    match name {
        "open" => Ok(DocumentState::Open),
        "done" => Ok(DocumentState::Done),
        "skipped" => Ok(DocumentState::Skipped(reason.unwrap_or_default().into())),
        _ => Err(range_error(&format!(
            "There is no state {name:?}; the states are open, done and skipped."
        ))),
    }
}

/// A `TypeError`.
pub fn type_error(message: &str) -> JsValue {
    js_sys::TypeError::new(message).into()
}

/// A `RangeError`.
pub fn range_error(message: &str) -> JsValue {
    js_sys::RangeError::new(message).into()
}

/// A `DOMException` of that name.
pub fn exception(name: &str, message: &str) -> JsValue {
    DomException::new_with_message_and_name(message, name).map_or_else(|error| error, JsValue::from)
}
