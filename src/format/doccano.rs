//! doccano's JSON Lines: `{"text", "label": [[start, end, "claim"], …]}`.
//!
//! doccano's server never slices a text, its page does, in JavaScript: so offsets are UTF-16 code
//! units for the page (`doccano`), and code points for scripts that slice in Python (`doccano-py`).
//! The two are the same for a text without characters beyond U+FFFF. The file has no words that
//! would prove the unit. A project has to allow overlapping spans, or doccano drops them.

use super::ascii::append;
use super::exchange::{
    Builder, Counter, Entry, Header, Input, Options, Out, RawDocument, RawSpan, Reader, Receive,
    Refusal, Unit, WriteError, Writer, read_json_lines,
};
use super::losses::{lose_labels, lose_rest};
use crate::json::{Fields, Read};
use serde_json::{Map, Value, json};

/// Writes doccano's JSON Lines.
pub struct DoccanoWriter {
    file: String,
    unit: Unit,
}

impl DoccanoWriter {
    /// Into the file that the options name, with offsets in `unit` unless they state another.
    pub fn new(unit: Unit, options: &Options) -> DoccanoWriter {
        DoccanoWriter {
            file: format!("{}.jsonl", options.stem),
            unit: options.unit.unwrap_or(unit),
        }
    }
}

impl Writer for DoccanoWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = &entry.document.text;
        let counter = Counter::new(text, self.unit);
        let offset = |at| counter.offset(at);
        let spans: Vec<Value> = entry
            .annotations
            .iter()
            .map(|a| json!([offset(a.span.start()), offset(a.span.end()), &*a.label]))
            .collect();
        let mut line = Vec::new();
        let row = json!({ "text": text.as_str(), "label": spans, "doc_id": entry.document.id });
        append(&mut line, &row)?;
        line.push(b'\n');
        out.append(&self.file, &line)?;
        out.hold_all(entry);
        lose_rest(entry, &[], out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

/// Reads what doccano exports, of sequence labelling and of relation projects.
pub struct DoccanoReader {
    builder: Builder,
}

impl DoccanoReader {
    /// With offsets in `unit`, unless the options state another.
    pub fn new(unit: Unit, options: &Options) -> DoccanoReader {
        let builder = Builder::new(unit, options);
        let other = match unit {
            Unit::Utf16 => Unit::CodePoint,
            _ => Unit::Utf16,
        };
        DoccanoReader {
            builder: match options.is_detected {
                true => builder.warn_of(other),
                false => builder,
            },
        }
    }
}

impl Reader for DoccanoReader {
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
    // doccano numbers documents anew in each project, so another program's id is the better one.
    let number = fields.name("id");
    let id = fields.string("doc_id").or(number);
    let mut spans = Vec::new();
    for name in ["label", "entities"] {
        let list = fields.list::<Value>(name);
        let list = list.map_err(|_| format!("Its {name:?} must be a list."))?;
        spans.extend(list.into_iter().map(raw_span));
    }
    // What exports up to version 1.2 are called; elsewhere the names may mean something else.
    let mut others = Map::new();
    for name in ["labels", "annotations"] {
        let Some(list) = fields.array(name) else {
            continue;
        };
        let is_span = |item: &Value| item.is_array() || item.get("start_offset").is_some();
        match list.iter().all(is_span) {
            true => spans.extend(list.into_iter().map(raw_span)),
            false => drop(others.insert(name.to_owned(), list.into())),
        }
    }
    others.extend(fields.rest());
    Ok(RawDocument {
        id,
        text,
        spans,
        extra: others,
        ..RawDocument::default()
    })
}

/// `[start, end, label]`, or an object of the same.
fn raw_span(value: Value) -> RawSpan {
    match value {
        Value::Array(_) => listed(value),
        _ => named(value),
    }
}

/// `[start, end, label]`
fn listed(value: Value) -> RawSpan {
    let mut parts = Vec::<Value>::read(value).unwrap_or_default().into_iter();
    RawSpan {
        start: parts.next().and_then(Read::read),
        end: parts.next().and_then(Read::read),
        label: parts.next().and_then(Read::read),
        ..RawSpan::default()
    }
}

/// `{"id", "label", "start_offset", "end_offset"}`; where the label is a number, the export doesn't say what it
/// is called.
fn named(value: Value) -> RawSpan {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    RawSpan {
        id: fields.name("id"),
        start: fields.want("start_offset").ok().flatten(),
        end: fields.want("end_offset").ok().flatten(),
        label: fields.name("label"),
        ..RawSpan::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::{Finding, dataset, write_entries};
    use crate::format::testing::{check_round_trip, entry, file, read_as, span};

    #[test]
    fn what_is_written_comes_back() {
        check_round_trip("doccano");
        check_round_trip("doccano-py");
    }

    #[test]
    fn the_page_counts_utf_16_and_scripts_count_code_points() {
        let entries = [entry("d", "😀 one", &[("i", 2, 5, "claim")])];
        for (format, offsets) in [("doccano", "[3,6,"), ("doccano-py", "[2,5,")] {
            let options = Options::default();
            let (files, _) =
                write_entries(format, Header::default(), entries.clone(), &options).unwrap();
            let line = String::from_utf8_lossy(&files.files[0].1).into_owned();
            assert!(line.contains(offsets), "{line}");
        }
    }

    #[test]
    fn older_exports_are_read() {
        let rows = r#"{"id":1,"text":"One two","labels":[[0,3,"A"]],"meta":{}}
{"id":2,"text":"One two","annotations":[{"label":2,"start_offset":0,"end_offset":3,"user":1}],"meta":{"source":"x"},"source":"BBC"}
{"id":3,"text":"One two","entities":[[0,3,"A"]],"annotations":"none","labels":["x"]}"#;
        let (read, said) = read_as("doccano", rows);
        let sentence = "f, line 2: A label is a number, and what it is called is not in the file; 2 is _2 now.";
        assert_eq!(said, [(false, sentence.to_owned())]);
        let labels = read.entries.iter().map(|e| &*e.annotations[0].label);
        assert_eq!(labels.collect::<Vec<_>>(), ["A", "_2", "A"]);
        assert_eq!(read.entries[1].extra["imported"], json!({"source": "BBC"}));
        assert_eq!(
            Value::from(read.entries[2].extra.clone()),
            json!({"labels": ["x"], "annotations": "none"})
        );
    }

    #[test]
    fn both_kinds_of_project_are_read_in_the_unit_that_is_stated() {
        let rows = r#"{"id":7,"text":"😀 one","label":[[3,6,"A"]],"Comments":[]}
{"id":8,"text":"😀 one","entities":[{"id":1,"label":"A","start_offset":3,"end_offset":6}],"relations":[]}"#;
        let (read, said) = read_as("doccano", rows);
        assert_eq!(said, []);
        // So that what it says of relations can be understood.
        assert_eq!(read.entries[1].annotations[0].id.as_str(), "1");
        for (entry, id) in read.entries.iter().zip(["7", "8"]) {
            assert_eq!(entry.document.id, id);
            assert_eq!(entry.annotations[0].span, span(2, 5));
        }
        let options = Options {
            is_detected: true,
            ..Options::default()
        };
        // Where both could be meant.
        let longer = rows.replace("😀 one", "😀 one two");
        let read = dataset("doccano", &file("f", &longer), &options).unwrap();
        let taken = "f, line 1: The offsets are taken as UTF-16 code units; the file quotes no words that would tell them from code points.";
        assert_eq!(
            read.findings
                .iter()
                .map(Finding::to_string)
                .collect::<Vec<_>>(),
            [taken]
        );
        let options = Options {
            unit: Some(Unit::CodePoint),
            ..Options::default()
        };
        let rows = rows.replace("3,6", "2,5");
        let read = dataset("doccano", &file("f", &rows), &options).unwrap();
        assert_eq!(read.entries[0].annotations[0].span, span(2, 5));
    }
}
