//! Writing tasks.

use super::{ATTRIBUTE, CONFIGURATION, FROM, TO, YES, config};
use crate::annotation::{Annotation, AttributeKind, is_label_id};
use crate::edit::DocumentState;
use crate::format::ascii::append;
use crate::format::attributes::{InUse, declared, writable};
use crate::format::exchange::{Entry, Header, Loss, Options, Out, WriteError, Writer};
use crate::format::losses::lose_rest;
use serde_json::{Map, Value, json};

/// Writes a list of tasks, and the configuration of a project for them.
pub struct LabelStudioWriter {
    file: String,
    begun: bool,
    attributes: InUse,
    choices: Vec<String>,
}

impl LabelStudioWriter {
    /// Into the files that the options name.
    pub fn new(options: &Options) -> LabelStudioWriter {
        LabelStudioWriter {
            file: format!("{}.json", options.stem),
            begun: false,
            attributes: InUse::default(),
            choices: Vec::new(),
        }
    }
}

impl Writer for LabelStudioWriter {
    fn begin(&mut self, header: &Header, _: &mut Out) -> Result<(), WriteError> {
        let all = declared(&header.labels).into_iter();
        let choices = all.filter(|of| matches!(of.kind, AttributeKind::Choice(_)));
        self.choices = choices.map(|of| of.id).collect();
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let mut results = Vec::new();
        for annotation in &entry.annotations {
            let said = writable(entry, annotation, out, |id, value| self.holds(id, value))?;
            self.attributes.add(&said);
            results.push(result(entry, annotation));
            for (id, value) in said {
                results.push(self.attribute(entry, annotation, &id, value));
            }
        }
        let mut task = match std::mem::replace(&mut self.begun, true) {
            false => b"[\n".to_vec(),
            true => b",\n".to_vec(),
        };
        append(&mut task, &task_of(entry, results))?;
        out.append(&self.file, &task)?;
        out.hold_all(entry);
        if matches!(&entry.state, DocumentState::Skipped(reason) if !reason.is_empty()) {
            out.lose(Loss::State, entry, None)?;
        }
        lose_rest(
            entry,
            &[
                Loss::Id,
                Loss::Note,
                Loss::Attributes,
                Loss::About,
                Loss::State,
            ],
            out,
        )
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        let attributes = self.attributes.with_declared(&header.labels);
        out.append(&self.file, if self.begun { b"\n]\n" } else { b"[]\n" })?;
        out.append(
            CONFIGURATION,
            config::write(&header.labels, &attributes).as_bytes(),
        )?;
        let told = |label: &&crate::annotation::Label| {
            label.name != label.id
                || label.shortcut.is_some()
                || label.description.is_some()
                || !label.attributes.is_empty()
        };
        let lost = header.labels.iter().filter(told).count();
        out.lose_many(Loss::Labels, lost, "", None)
    }
}

impl LabelStudioWriter {
    /// Whether a control can say it and be read back.
    fn holds(&self, id: &str, value: &Value) -> bool {
        is_label_id(id)
            && match value {
                Value::Bool(yes) => *yes,
                // As a choice, it would be taken for a flag.
                Value::String(words) => !(words.is_empty() || words == YES && self.is_choice(id)),
                _ => false,
            }
    }

    fn is_choice(&self, id: &str) -> bool {
        self.choices.iter().any(|choice| choice == id)
    }

    /// What an attribute says, as a result at the same place under the same id.
    fn attribute(&self, entry: &Entry, of: &Annotation, id: &str, value: Value) -> Value {
        let (kind, field, value) = match value {
            Value::String(words) if !self.is_choice(id) => ("textarea", "text", json!([words])),
            Value::String(words) => ("choices", "choices", json!([words])),
            _ => ("choices", "choices", json!([YES])),
        };
        let mut place = json!({ "start": of.span.start(), "end": of.span.end() });
        if let Some(fields) = place.as_object_mut() {
            if kind == "choices" {
                let words = entry.document.text.slice(of.span).unwrap_or_default();
                fields.insert("text".into(), words.into());
            }
            fields.insert(field.into(), value);
        }
        json!({
            "id": of.id.as_str(),
            "from_name": format!("{ATTRIBUTE}{id}"),
            "to_name": TO,
            "type": kind,
            "origin": "manual",
            "value": place,
        })
    }
}

fn task_of(entry: &Entry, results: Vec<Value>) -> Value {
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
