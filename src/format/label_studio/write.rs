//! Writing tasks.

use super::{CONFIGURATION, FROM, TO, config};
use crate::annotation::Annotation;
use crate::edit::DocumentState;
use crate::format::ascii::append;
use crate::format::exchange::{Entry, Header, Loss, Options, Out, WriteError, Writer};
use crate::format::losses::lose_rest;
use serde_json::{Map, Value, json};

/// Writes a list of tasks, and the configuration of a project for them.
pub struct LabelStudioWriter {
    file: String,
    begun: bool,
}

impl LabelStudioWriter {
    /// Into the files that the options name.
    pub fn new(options: &Options) -> LabelStudioWriter {
        LabelStudioWriter {
            file: format!("{}.json", options.stem),
            begun: false,
        }
    }
}

impl Writer for LabelStudioWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let mut task = match std::mem::replace(&mut self.begun, true) {
            false => b"[\n".to_vec(),
            true => b",\n".to_vec(),
        };
        append(&mut task, &task_of(entry))?;
        out.append(&self.file, &task)?;
        out.hold_all(entry);
        if matches!(&entry.state, DocumentState::Skipped(reason) if !reason.is_empty()) {
            out.lose(Loss::State, entry, None)?;
        }
        lose_rest(
            entry,
            &[Loss::Id, Loss::Note, Loss::About, Loss::State],
            out,
        )
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        out.append(&self.file, if self.begun { b"\n]\n" } else { b"[]\n" })?;
        out.append(CONFIGURATION, config::write(&header.labels).as_bytes())?;
        let told = |label: &&crate::annotation::Label| {
            label.name != label.id || label.shortcut.is_some() || label.description.is_some()
        };
        let lost = header.labels.iter().filter(told).count();
        out.lose_many(Loss::Labels, lost, "", None)
    }
}

fn task_of(entry: &Entry) -> Value {
    let document = &entry.document;
    let mut data = Map::new();
    data.insert("text".into(), document.text.as_str().into());
    data.insert("doc_id".into(), document.id.as_str().into());
    for (name, value) in [
        ("title", &document.title),
        ("url", &document.source.uri),
        ("language", &document.language),
    ] {
        if let Some(value) = value {
            data.insert(name.into(), value.as_str().into());
        }
    }
    let state = match entry.state {
        DocumentState::Open => "open",
        DocumentState::Done => "done",
        DocumentState::Skipped(_) => "skipped",
    };
    data.insert("state".into(), state.into());
    let results = entry.annotations.iter().map(|a| result(entry, a));
    let results: Vec<Value> = results.collect();
    // A task that nobody has worked on has no annotation at all, be it an empty one.
    let annotations = match (&entry.state, results.is_empty()) {
        (DocumentState::Open, true) => json!([]),
        (state, _) => json!([{
            "result": results,
            "was_cancelled": matches!(state, DocumentState::Skipped(_)),
            "ground_truth": false,
        }]),
    };
    json!({ "data": data, "annotations": annotations, "predictions": [] })
}

fn result(entry: &Entry, annotation: &Annotation) -> Value {
    let mut result = json!({
        "id": annotation.id.as_str(),
        "from_name": FROM,
        "to_name": TO,
        "type": "labels",
        "origin": "manual",
        "value": {
            "start": annotation.span.start(),
            "end": annotation.span.end(),
            "text": entry.document.text.slice(annotation.span).unwrap_or_default(),
            "labels": [&*annotation.label],
        },
    });
    if let (Some(note), Some(fields)) = (&annotation.note, result.as_object_mut()) {
        fields.insert("meta".into(), json!({ "text": [&**note] }));
    }
    result
}
