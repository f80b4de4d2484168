//! GATE's documents in JSON (bdocjs), which say themselves what their offsets count: code points in
//! Python, UTF-16 code units in Java.

use super::ascii::append;
use super::attributes::{as_extra, writable};
use super::exchange::{
    At, Builder, Entry, Finding, Header, Input, Loss, Names, Options, Out, RawDocument, RawSpan,
    Reader, Receive, Refusal, Unit, Why, WriteError, Writer, file_stem,
};
use super::losses::{lose_labels, lose_rest};
use super::whole::read_json;
use crate::annotation::Annotation;
use crate::document::Source;
use crate::edit::DocumentState;
use crate::json::{Fields, Read};
use serde_json::{Map, Value, json};

/// Features of a document that hold what we know of it.
const TITLE: &str = "title";
const URL: &str = "url";
const LANGUAGE: &str = "language";
const STATE: &str = "state";
const REASON: &str = "reason";

/// Writes a file for each document.
pub struct GateWriter {
    names: Names,
}

impl GateWriter {
    /// Names the files by the ids of the documents.
    pub fn new(_: &Options) -> GateWriter {
        GateWriter {
            names: Names::default(),
        }
    }
}

impl Writer for GateWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let document = &entry.document;
        let mut annotations = Vec::new();
        for (number, annotation) in entry.annotations.iter().enumerate() {
            let holds = |id: &str, value: &Value| !OURS.contains(&id) && !value.is_null();
            let said = writable(entry, annotation, out, holds)?;
            annotations.push(written(number, annotation, said));
        }
        let (state, reason) = match &entry.state {
            DocumentState::Open => (None, None),
            DocumentState::Done => (Some("done"), None),
            DocumentState::Skipped(reason) => (Some("skipped"), Some(&**reason)),
        };
        let features = [
            (TITLE, document.title.as_deref()),
            (URL, document.source.uri.as_deref()),
            (LANGUAGE, document.language.as_deref()),
            (STATE, state),
            (REASON, reason),
        ];
        let file = json!({
            "annotation_sets": {
                "": {
                    "name": "",
                    "next_annid": annotations.len(),
                    "annotations": annotations,
                },
            },
            "text": document.text.as_str(),
            "features": present(features),
            "offset_type": "p",
            "name": document.id,
        });
        let mut bytes = Vec::new();
        append(&mut bytes, &file)?;
        bytes.push(b'\n');
        let name = self.names.give(&file_stem(&document.id));
        out.append(&format!("{name}.bdocjs"), &bytes)?;
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
        lose_labels(header, out)
    }
}

/// The features that there are.
fn present<'a>(features: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> Value {
    let there = features.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some((name.to_owned(), value.into()))
    });
    Value::Object(there.collect())
}

/// Features of an annotation that hold what we know of it.
const OURS: [&str; 4] = ["id", "note", "creator", "created"];

fn written(number: usize, annotation: &Annotation, said: Map<String, Value>) -> Value {
    let origin = &annotation.origin;
    let values = [
        Some(annotation.id.as_str()),
        annotation.note.as_deref(),
        origin.creator.as_deref(),
        origin.created.as_deref(),
    ];
    let mut features = present(OURS.into_iter().zip(values));
    if let Some(features) = features.as_object_mut() {
        features.extend(said);
    }
    json!({
        "type": &*annotation.label,
        "start": annotation.span.start(),
        "end": annotation.span.end(),
        "id": number,
        "features": features,
    })
}

/// Reads documents.
pub struct GateReader {
    options: Options,
    builder: Builder,
}

impl GateReader {
    /// With the unit that the options state, if they do; otherwise the files'.
    pub fn new(options: &Options) -> GateReader {
        GateReader {
            options: options.clone(),
            builder: Builder::new(Unit::CodePoint, options),
        }
    }
}

impl Reader for GateReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input { name, content, .. } = input;
        let value = read_json(content, name, into)?;
        let malformed = |why: &str| Why::Malformed(why.to_owned()).at(name, At::File);
        let mut file: Fields =
            Read::read(value).ok_or_else(|| malformed("it is no JSON object"))?;
        if self.options.unit.is_none() {
            let unit = file.want::<String>("offset_type").ok().flatten();
            self.builder.state_unit(match unit.as_deref() {
                Some("p") | None => Unit::CodePoint,
                Some("j") => Unit::Utf16,
                Some(_) => return Err(malformed("its \"offset_type\" is neither \"p\" nor \"j\"")),
            });
        }
        let text: String = file
            .need("text")
            .map_err(|_| malformed("it needs a field \"text\" with the text of a document"))?;
        let sets: Map<String, Value> = file
            .want("annotation_sets")
            .map_err(|_| malformed("its \"annotation_sets\" must be an object"))?
            .unwrap_or_default();
        let mut spans = Vec::new();
        for (set, value) in sets {
            let annotations = Fields::read(value).map(|mut set| set.list::<Value>("annotations"));
            let Some(Ok(annotations)) = annotations else {
                into.find(Finding {
                    file: name.to_owned(),
                    at: At::File,
                    id: None,
                    left_out: true,
                    why: format!(
                        "The annotation set {} is left out: its \"annotations\" must be a list.",
                        crate::format::native::shown(&set)
                    ),
                });
                continue;
            };
            for value in annotations {
                spans.push(raw_span(value, &set, spans.len() + 1));
            }
        }
        let mut features: Map<String, Value> =
            file.want("features").ok().flatten().unwrap_or_default();
        let mut string = |name: &str| {
            let is_text = features.get(name).is_some_and(Value::is_string);
            let value = is_text.then(|| features.shift_remove(name)).flatten();
            value.and_then(String::read)
        };
        let raw = RawDocument {
            id: file.want("name").ok().flatten(),
            text,
            title: string(TITLE),
            language: string(LANGUAGE),
            source: Source {
                uri: string(URL),
                file_name: None,
            },
            state: match (string(STATE).as_deref(), string(REASON)) {
                (Some("done"), _) => DocumentState::Done,
                (Some("skipped"), reason) => {
                    DocumentState::Skipped(reason.unwrap_or_default().as_str().into())
                }
                _ => DocumentState::Open,
            },
            extra: features,
            spans,
            ..RawDocument::default()
        };
        let refuse = |why: Why| why.at(name, At::File);
        let outcome = self
            .builder
            .add(raw, name, At::File, into)
            .map_err(refuse)?;
        outcome.map_err(|why| refuse(Why::NoDocuments(Some(why))))
    }
}

fn raw_span(value: Value, set: &str, number: usize) -> RawSpan {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    let mut number_of = |name: &str| fields.want::<u64>(name).ok().flatten();
    let (start, end) = (number_of("start"), number_of("end"));
    let mut features: Map<String, Value> =
        fields.want("features").ok().flatten().unwrap_or_default();
    let mut string = |name: &str| {
        let is_text = features.get(name).is_some_and(Value::is_string);
        let value = is_text.then(|| features.shift_remove(name)).flatten();
        value.and_then(String::read)
    };
    let (id, note) = (string("id"), string("note"));
    let (creator, created) = (string("creator"), string("created"));
    RawSpan {
        at: Some(At::Record(number)),
        id,
        start,
        end,
        label: fields.want("type").ok().flatten(),
        note,
        // The sets of GATE are often one for each annotator.
        creator: creator.or_else(|| (!set.is_empty()).then(|| set.to_owned())),
        created,
        extra: as_extra(features),
        ..RawSpan::default()
    }
}

#[cfg(test)]
mod tests;
