//! PubAnnotation's JSON, a file for each document. Offsets are code points, as in Ruby. Notes are
//! attributes of the denotations.

use super::ascii::append;
use super::attributes::{as_extra, say, writable};
use super::exchange::{
    At, Builder, Entry, Finding, Header, Input, Loss, Names, Options, Out, ROW, RawDocument,
    RawSpan, Reader, Receive, Refusal, Unit, Why, WriteError, Writer, file_stem, is_row,
};
use super::losses::{lose_labels, lose_rest};
use super::whole::read_json;
use crate::annotation::is_plain;
use crate::document::Source;
use crate::json::{Fields, Read};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The attribute that holds a note.
const NOTE: &str = "note";

/// Writes PubAnnotation's JSON.
#[derive(Default)]
pub struct PubWriter {
    names: Names,
}

impl Writer for PubWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let document = &entry.document;
        let mut denotations = Vec::new();
        let mut attributes = Vec::new();
        for (at, annotation) in entry.annotations.iter().enumerate() {
            let id = format!("T{}", at + 1);
            if let Some(note) = &annotation.note {
                attributes.push(json!({
                    "id": format!("A{}", attributes.len() + 1),
                    "subj": id,
                    "pred": NOTE,
                    "obj": &**note,
                }));
            }
            let holds = |of: &str, value: &Value| of != NOTE && is_plain(value);
            for (of, value) in writable(entry, annotation, out, holds)? {
                attributes.push(json!({
                    "id": format!("A{}", attributes.len() + 1),
                    "subj": id,
                    "pred": of,
                    "obj": value,
                }));
            }
            denotations.push(json!({
                "id": id,
                "span": { "begin": annotation.span.start(), "end": annotation.span.end() },
                "obj": &*annotation.label,
            }));
        }
        let mut file = json!({
            "text": document.text.as_str(),
            "sourcedb": "local",
            "sourceid": document.id,
            "project": "spans",
            "denotations": denotations,
        });
        if let Some(fields) = file.as_object_mut() {
            if let Some(uri) = &document.source.uri {
                fields.insert("target".into(), json!(uri));
            }
            if !attributes.is_empty() {
                fields.insert("attributes".into(), Value::Array(attributes));
            }
        }
        let mut bytes = Vec::new();
        append(&mut bytes, &file)?;
        bytes.push(b'\n');
        let name = self.names.give(&file_stem(&document.id));
        out.append(&format!("{name}.json"), &bytes)?;
        out.hold_all(entry);
        lose_rest(entry, &[Loss::Note, Loss::Attributes], out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

/// Reads PubAnnotation's JSON: a document, or a list of them, with the denotations of all projects.
pub struct PubReader {
    builder: Builder,
}

impl PubReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> PubReader {
        PubReader {
            builder: Builder::new(Unit::CodePoint, options),
        }
    }
}

impl Reader for PubReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let name = input.name;
        let (list, many) = match read_json(input.content, name, into)? {
            Value::Array(list) => (list, true),
            one => (vec![one], false),
        };
        if list.is_empty() {
            return Err(Why::NoDocuments(None).at(name, At::File));
        }
        for (at, value) in list.into_iter().enumerate() {
            let place = if many { At::Record(at + 1) } else { At::File };
            let refused = |why: String| Why::Malformed(why).at(name, place);
            let fields = Fields::read(value);
            let fields = fields.ok_or_else(|| refused("it is no JSON object".to_owned()))?;
            if is_row(&fields) {
                return Err(Why::NoDocuments(Some(ROW.to_owned())).at(name, place));
            }
            let (raw, remarks) = document(fields).map_err(refused)?;
            for why in remarks {
                into.find(Finding {
                    file: name.to_owned(),
                    at: place,
                    id: None,
                    left_out: false,
                    why,
                });
            }
            let added = self.builder.add(raw, name, place, into);
            let added = added.map_err(|why| why.at(name, place))?;
            added.map_err(|why| Why::NoDocuments(Some(why)).at(name, place))?;
        }
        Ok(())
    }
}

/// A document, and what there is to say of it.
fn document(mut fields: Fields) -> Result<(RawDocument, Vec<String>), String> {
    let text = fields.need::<String>("text");
    let text = text.map_err(|_| "it has no \"text\"")?;
    let mut spans = Vec::new();
    let mut remarks = Vec::new();
    let mut others = [("relations", 0), ("modifications", 0), ("blocks", 0)];
    let mut tracks = fields.list::<Fields>("tracks").unwrap_or_default();
    let are_several = !tracks.is_empty();
    tracks.insert(0, fields.clone());
    for mut track in tracks {
        let denotations = track.list::<Value>("denotations");
        let denotations = denotations.map_err(|_| "its \"denotations\" must be a list")?;
        let said = said(track.list("attributes").unwrap_or_default());
        let project = track.string("project").filter(|_| are_several);
        for denotation in denotations {
            let id = denotation.get("id").and_then(Value::as_str);
            let of = id.map_or("An annotation".to_owned(), |id| format!("Annotation {id}"));
            let parts = raw_spans(denotation, &said);
            if parts.len() > 1 {
                let count = parts.len();
                remarks.push(format!("{of} is in {count} parts; each is one now."));
            }
            spans.extend(parts.into_iter().map(|span| RawSpan {
                creator: project.clone(),
                ..span
            }));
        }
        for (name, count) in &mut others {
            *count += track.array(name).map_or(0, |list| list.len());
        }
    }
    let id = fields.name("sourceid");
    let raw = RawDocument {
        id,
        source: Source {
            uri: fields.string("target"),
            file_name: None,
        },
        text,
        spans,
        ..RawDocument::default()
    };
    let others = others.iter().filter(|(_, count)| *count > 0);
    let others: Vec<String> = others
        .map(|(name, count)| format!("{name}: {count}"))
        .collect();
    if !others.is_empty() {
        let others = others.join(", ");
        remarks.push(format!("What labels no text is left out ({others})."));
    }
    Ok((raw, remarks))
}

/// Notes, and what other attributes say, by the ids of what they are of.
fn said(attributes: Vec<Fields>) -> HashMap<String, Map<String, Value>> {
    let mut all: HashMap<String, Map<String, Value>> = HashMap::new();
    for mut attribute in attributes {
        let mut string = |name: &str| attribute.want::<String>(name).ok().flatten();
        let (of, name) = (string("subj"), string("pred"));
        let value = attribute.want::<Value>("obj").ok().flatten();
        if let (Some(of), Some(name), Some(value)) = (of, name, value) {
            say(all.entry(of).or_default(), &name, value);
        }
    }
    all
}

/// A denotation; one in several parts is a span for each.
fn raw_spans(value: Value, said: &HashMap<String, Map<String, Value>>) -> Vec<RawSpan> {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    let places = match fields.want("span").ok().flatten() {
        Some(Value::Array(parts)) if !parts.is_empty() => parts,
        place => vec![place.unwrap_or_default()],
    };
    let id = fields.want::<String>("id").ok().flatten();
    let said = id.as_ref().and_then(|id| said.get(id));
    let mut said = said.cloned().unwrap_or_default();
    let note = match said.get(NOTE) {
        Some(Value::String(_)) => said.shift_remove(NOTE).and_then(String::read),
        _ => None,
    };
    let label = fields.string("obj");
    let extra = as_extra(said);
    let spans = places.into_iter().map(|place| {
        let mut place: Fields = Read::read(place).unwrap_or_default();
        RawSpan {
            start: place.want("begin").ok().flatten(),
            end: place.want("end").ok().flatten(),
            label: label.clone(),
            note: note.clone(),
            extra: extra.clone(),
            ..RawSpan::default()
        }
    });
    spans.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::write_entries;
    use crate::format::testing::{check_round_trip, entry, read_as, refusal};
    use std::sync::Arc;

    #[test]
    fn what_is_written_comes_back() {
        let files = check_round_trip("pubannotation");
        assert_eq!(files.files[0].0, "unicode.json");
        assert_eq!(files.files.len(), 6);
    }

    #[test]
    fn notes_are_attributes() {
        let mut entry = entry("d", "one", &[("i", 0, 3, "claim")]);
        entry.annotations[0].note = Some(Arc::from("why"));
        let options = Options::default();
        let (files, converted) =
            write_entries("pubannotation", Header::default(), [entry], &options).unwrap();
        assert_eq!(converted.losses.count(Loss::Note), 0);
        let (read, _) = read_as("pubannotation", &files.files[0].1);
        assert_eq!(read.entries[0].annotations[0].note.as_deref(), Some("why"));
    }

    #[test]
    fn what_is_no_denotation_is_told_and_parts_are_spans() {
        let file = r#"{"text":"one two","sourceid":7,"denotations":[{"id":"T1","span":[{"begin":0,"end":3},{"begin":4,"end":7}],"obj":"A"}],"attributes":[{"subj":"T1","pred":"topic","obj":"a"},{"subj":"T1","pred":"topic","obj":"b"}],"relations":[{"pred":"x"}],"blocks":[1,2]}"#;
        let (read, said) = read_as("pubannotation", file);
        let entry = &read.entries[0];
        assert_eq!(entry.document.id, "7");
        assert_eq!(entry.annotations.len(), 2);
        assert_eq!(
            entry.annotations[1].origin.extra["attributes"]["topic"],
            "a, b"
        );
        let sentences = [
            "f: Annotation T1 is in 2 parts; each is one now.",
            "f: What labels no text is left out (relations: 1, blocks: 2).",
        ];
        assert_eq!(said, sentences.map(|why| (false, why.to_owned())));
    }

    #[test]
    fn tracks_of_several_projects_are_read() {
        let file = r#"{"text":"one two","sourceid":"7","tracks":[{"project":"a","denotations":[{"id":"T1","span":{"begin":0,"end":3},"obj":"A"}]},{"project":"b","denotations":[{"id":"T1","span":{"begin":4,"end":7},"obj":"B"}]}]}"#;
        let (read, said) = read_as("pubannotation", file);
        assert_eq!((read.entries[0].annotations.len(), said), (2, vec![]));
        assert_eq!(read.entries[0].document.id, "7");
        assert_eq!(
            refusal("pubannotation", r#"{"denotations":[]}"#),
            "f: This can't be read: it has no \"text\"."
        );
    }
}
