//! JSON Lines for Hugging Face `datasets`: a document on each line, and the card that says of which
//! types the columns are. Offsets are code points.
//!
//! Every row has every column, and a column has one type, since `datasets` takes the types from what
//! it meets first. Without a card a first file whose documents have no annotations would make their
//! list one of nothing.

use super::ascii::append;
use super::attributes::{as_extra, writable};
use super::exchange::{
    Builder, Entry, Header, Input, Loss, Options, Out, RawDocument, RawSpan, Reader, Receive,
    Refusal, Unit, WriteError, Writer, read_json_lines,
};
use super::losses::{lose_labels, lose_rest};
use crate::annotation::{ATTRIBUTES, Annotation};
use crate::document::{Source, sha256_hex};
use crate::edit::DocumentState;
use crate::json::{Fields, Read};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the card is called: `datasets` looks for that name.
const CARD: &str = "README.md";

/// Writes JSON Lines and a card.
pub struct HfWriter {
    file: String,
    /// The attributes that were written, with the types of their columns.
    columns: BTreeMap<String, &'static str>,
}

impl HfWriter {
    /// Into the files that the options name.
    pub fn new(options: &Options) -> HfWriter {
        HfWriter {
            file: format!("{}.jsonl", options.stem),
            columns: BTreeMap::new(),
        }
    }
}

impl Writer for HfWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let Entry { document, .. } = entry;
        let text = document.text.as_str();
        let mut spans = Vec::new();
        for annotation in &entry.annotations {
            let of_kind = |id: &str, value: &Value| match self.columns.get(id) {
                Some(kind) => kind_of(value) == Some(*kind),
                None => kind_of(value).is_some(),
            };
            let said = writable(entry, annotation, out, of_kind)?;
            for (id, kind) in said.iter().filter_map(|(id, v)| Some((id, kind_of(v)?))) {
                self.columns.entry(id.clone()).or_insert(kind);
            }
            spans.push(span(entry, annotation, said));
        }
        let (state, reason) = match &entry.state {
            DocumentState::Open => ("open", ""),
            DocumentState::Done => ("done", ""),
            DocumentState::Skipped(reason) => ("skipped", &**reason),
        };
        let row = json!({
            "id": document.id,
            "text": text,
            "sha256": sha256_hex(text),
            "spans": spans,
            "title": document.title.as_deref().unwrap_or_default(),
            "url": document.source.uri.as_deref().unwrap_or_default(),
            "language": document.language.as_deref().unwrap_or_default(),
            "file_name": document.source.file_name.as_deref().unwrap_or_default(),
            "media_type": document.media_type,
            "state": state,
            "reason": reason,
        });
        let mut line = Vec::new();
        append(&mut line, &row)?;
        line.push(b'\n');
        out.append(&self.file, &line)?;
        out.hold_all(entry);
        lose_rest(
            entry,
            &[
                Loss::Id,
                Loss::Note,
                Loss::Maker,
                Loss::Attributes,
                Loss::About,
                Loss::State,
            ],
            out,
        )
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)?;
        out.append(CARD, card(&self.file, header, &self.columns).as_bytes())
    }
}

fn span(entry: &Entry, annotation: &Annotation, said: Map<String, Value>) -> Value {
    let origin = &annotation.origin;
    let mut span = json!({
        "start": annotation.span.start(),
        "end": annotation.span.end(),
        "label": &*annotation.label,
        "text": entry.document.text.slice(annotation.span).unwrap_or_default(),
        "id": annotation.id.as_str(),
        "note": annotation.note.as_deref().unwrap_or_default(),
        "creator": origin.creator.as_deref().unwrap_or_default(),
        "created": origin.created.as_deref().unwrap_or_default(),
    });
    if let Some(fields) = span.as_object_mut().filter(|_| !said.is_empty()) {
        fields.insert(ATTRIBUTES.to_owned(), Value::Object(said));
    }
    span
}

/// The type of the column that holds a value; `None` if a column can't.
fn kind_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("bool"),
        Value::Number(_) => Some("float64"),
        _ => None,
    }
}

/// The dataset card: which file there is, of which types its columns are, and what the labels mean.
fn card(file: &str, header: &Header, columns: &BTreeMap<String, &'static str>) -> String {
    let mut card = format!(
        "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: {file}\n\
         dataset_info:\n  features:\n"
    );
    for column in ["id", "text", "sha256"] {
        card.push_str(&format!("  - name: {column}\n    dtype: string\n"));
    }
    card.push_str("  - name: spans\n    list:\n");
    for (column, kind) in [
        ("start", "int64"),
        ("end", "int64"),
        ("label", "string"),
        ("text", "string"),
        ("id", "string"),
        ("note", "string"),
        ("creator", "string"),
        ("created", "string"),
    ] {
        card.push_str(&format!("    - name: {column}\n      dtype: {kind}\n"));
    }
    if !columns.is_empty() {
        card.push_str("    - name: attributes\n      struct:\n");
        for (id, kind) in columns {
            // JSON is YAML, whatever the id holds.
            let id = Value::from(id.as_str());
            card.push_str(&format!("      - name: {id}\n        dtype: {kind}\n"));
        }
    }
    for column in [
        "title",
        "url",
        "language",
        "file_name",
        "media_type",
        "state",
        "reason",
    ] {
        card.push_str(&format!("  - name: {column}\n    dtype: string\n"));
    }
    card.push_str(
        "---\n\n# Labelled spans\n\nA document on each line. `start` and `end` count Unicode code \
         points, as Python does: `text[start:end]` is the labelled text.\n\n| label | name | meaning |\n|---|---|---|\n",
    );
    for label in &header.labels {
        let cell = |text: &str| text.replace(['\n', '\r', '|'], " ");
        let meaning = label.description.as_deref().unwrap_or_default();
        card.push_str(&format!(
            "| `{}` | {} | {} |\n",
            label.id,
            cell(&label.name),
            cell(meaning)
        ));
    }
    card
}

/// Reads JSON Lines with a column `text`; all other columns may be absent.
pub struct HfReader {
    builder: Builder,
}

impl HfReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> HfReader {
        HfReader {
            builder: Builder::new(Unit::CodePoint, options),
        }
    }
}

impl Reader for HfReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let name = input.name;
        read_json_lines(input, into, |fields, at, into| match row(fields) {
            Ok(raw) => self.builder.add(raw, name, at, into),
            Err(why) => Ok(Err(why)),
        })
    }
}

fn row(mut fields: Fields) -> Result<RawDocument, String> {
    let Ok(text) = fields.need::<String>("text") else {
        return Err("It needs a field \"text\" with the text of a document.".into());
    };
    let id = fields.name("id").filter(|id| !id.is_empty());
    let mut string = |name: &str| fields.string(name).filter(|text| !text.is_empty());
    let (title, uri) = (string("title"), string("url"));
    let (language, state) = (string("language"), string("state"));
    let (file_name, media_type) = (string("file_name"), string("media_type"));
    let reason = string("reason").unwrap_or_default();
    fields.want::<Value>("sha256").ok();
    let spans = match fields.want::<Value>("spans").ok().flatten() {
        Some(spans) => rows(spans).ok_or("Its \"spans\" must be a list.")?,
        None => Vec::new(),
    };
    let spans = match spans.is_empty() {
        true => entities(&mut fields),
        false => spans,
    };
    Ok(RawDocument {
        id,
        text,
        title,
        language,
        media_type,
        source: Source { uri, file_name },
        state: match state.as_deref() {
            Some("done") => DocumentState::Done,
            Some("skipped") => DocumentState::Skipped(reason.as_str().into()),
            _ => DocumentState::Open,
        },
        extra: fields.rest(),
        spans: spans.into_iter().map(raw_span).collect(),
    })
}

/// The entries of a list, be it written by columns, as `datasets` writes a sequence of structures: a list for each
/// field.
fn rows(list: Value) -> Option<Vec<Value>> {
    let columns = match list {
        Value::Object(columns) => columns,
        list => return Vec::read(list),
    };
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    for (name, column) in columns {
        let column: Vec<Value> = Vec::read(column)?;
        rows.resize_with(rows.len().max(column.len()), Map::new);
        for (row, cell) in rows.iter_mut().zip(column) {
            row.insert(name.clone(), cell);
        }
    }
    Some(rows.into_iter().map(Value::Object).collect())
}

/// What many call the spans; left where it is if its entries don't say what they are by the names of spans, or if
/// there are tokens, which they may count.
fn entities(fields: &mut Fields) -> Vec<Value> {
    const NAME: &str = "entities";
    let has = |value: &Value, name: &str, is: fn(&Value) -> bool| value.get(name).is_some_and(is);
    let is_name = |value: &Value| value.is_string() || value.is_number();
    let is_span = |value: &Value| {
        let is_placed = has(value, "start", Value::is_u64) && has(value, "end", Value::is_u64);
        is_placed && has(value, "label", is_name)
    };
    if fields.get("tokens").is_some_and(Value::is_array) {
        return Vec::new();
    }
    match fields.get(NAME).cloned().and_then(rows) {
        Some(list) if list.iter().all(is_span) => {
            fields.want::<Value>(NAME).ok();
            list
        }
        _ => Vec::new(),
    }
}

fn raw_span(value: Value) -> RawSpan {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    let mut number = |name: &str| fields.want::<u64>(name).ok().flatten();
    let (start, end) = (number("start"), number("end"));
    let (label, id) = (fields.name("label"), fields.name("id"));
    let mut string = |name: &str| fields.string(name);
    RawSpan {
        start,
        end,
        exact: string("text"),
        label,
        id: id.filter(|id| !id.is_empty()),
        note: string("note"),
        creator: string("creator"),
        created: string("created"),
        extra: further(fields.rest()),
        ..RawSpan::default()
    }
}

/// The further fields of a span; what `datasets` says for attributes that are not there is left out.
fn further(mut fields: Map<String, Value>) -> Map<String, Value> {
    if let Some(Value::Object(said)) = fields.get_mut(ATTRIBUTES) {
        let said = as_extra(std::mem::take(said));
        fields.shift_remove(ATTRIBUTES);
        fields.extend(said);
    }
    fields
}

#[cfg(test)]
mod tests;
