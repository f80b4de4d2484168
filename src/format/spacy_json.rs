//! spaCy's JSON (`Doc.to_json()`), a document on each line, with the annotations in `spans["sc"]`,
//! where they may overlap. Offsets are code points.
//!
//! `Doc.from_json()` asserts that white space is laid out as spaCy does it: one blank belongs to the
//! word before it, and the rest of a run is one token. So no span can begin or end within a run, and
//! annotations lose the white space at their edges.

use super::ascii::append;
use super::exchange::{
    Builder, Entry, Header, Input, Loss, Options, Out, RawDocument, RawSpan, Reader, Receive,
    Refusal, Unit, WriteError, Writer, read_json_lines,
};
use super::losses::{lose_labels, lose_rest};
use super::tokens::{Kind, is_space, pieces, trim};
use crate::json::{Fields, Read};
use crate::text::{Span, Text};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// The group of spans that a span categoriser is trained on.
const GROUP: &str = "sc";

/// Writes spaCy's JSON.
pub struct SpacyWriter {
    file: String,
}

impl SpacyWriter {
    /// Into the file that the options name.
    pub fn new(options: &Options) -> SpacyWriter {
        SpacyWriter {
            file: format!("{}.jsonl", options.stem),
        }
    }
}

impl Writer for SpacyWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = &entry.document.text;
        let mut spans = Vec::new();
        for annotation in &entry.annotations {
            match trim(text, annotation.span, is_space) {
                None => out.lose(Loss::Blank, entry, Some(annotation))?,
                Some(span) => {
                    if span != annotation.span {
                        out.lose(Loss::Trimmed, entry, Some(annotation))?;
                    }
                    spans.push((span, annotation));
                }
            }
        }
        let edges = spans.iter().flat_map(|(s, _)| [s.start(), s.end()]);
        let tokens: Vec<Value> = tokens(text, edges)
            .into_iter()
            .enumerate()
            .map(|(id, token)| json!({ "id": id, "start": token.start(), "end": token.end() }))
            .collect();
        let listed: Vec<Value> = spans
            .iter()
            .map(|(span, annotation)| {
                json!({
                    "start": span.start(),
                    "end": span.end(),
                    "label": &*annotation.label,
                    "kb_id": "",
                })
            })
            .collect();
        let mut line = Vec::new();
        let row = json!({
            "text": text.as_str(),
            "ents": [],
            "tokens": tokens,
            "spans": { GROUP: listed },
        });
        append(&mut line, &row)?;
        line.push(b'\n');
        out.append(&self.file, &line)?;
        out.hold(
            text.as_str(),
            spans.iter().map(|(span, a)| (*span, &*a.label)),
        );
        lose_rest(entry, &[], out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

/// The tokens as spaCy would have them of these words: the first blank behind a word belongs to it,
/// all other white space up to the next word is one token.
fn tokens(text: &Text, edges: impl IntoIterator<Item = u32>) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let pieces = pieces(text, edges);
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        if piece.kind != Kind::Word {
            continue;
        }
        tokens.extend(Span::new(at, piece.span.start()));
        tokens.push(piece.span);
        let blank = pieces.peek().is_some_and(|next| next.kind == Kind::Blank);
        at = piece.span.end() + u32::from(blank);
    }
    tokens.extend(Span::new(at, text.length().code_points));
    tokens
}

/// Reads spaCy's JSON: the spans of all groups, and the entities.
pub struct SpacyReader {
    builder: Builder,
}

impl SpacyReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> SpacyReader {
        SpacyReader {
            builder: Builder::new(Unit::CodePoint, options),
        }
    }
}

impl Reader for SpacyReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let name = input.name;
        read_json_lines(input, into, |fields, at, into| match document(fields) {
            Ok(raw) => self.builder.add(raw, name, at, into),
            Err(why) => Ok(Err(why)),
        })
    }
}

fn document(mut fields: Fields) -> Result<RawDocument, String> {
    let Ok(text) = fields.need::<String>("text") else {
        return Err("It needs a field \"text\" with the text of a document.".into());
    };
    let groups = fields.want::<serde_json::Map<String, Value>>("spans");
    let wrong = || "Its \"spans\" must be an object of lists of objects.".to_owned();
    let mut spans: Vec<Value> = Vec::new();
    for (_, group) in groups.map_err(|_| wrong())?.unwrap_or_default() {
        let group: Vec<Value> = Vec::read(group).ok_or_else(wrong)?;
        if !group.iter().all(Value::is_object) {
            return Err(wrong());
        }
        spans.extend(group);
    }
    let mut spans: Vec<RawSpan> = spans.into_iter().map(raw_span).collect();
    let entities = fields.list::<Value>("ents").unwrap_or_default();
    let known: HashSet<_> = spans.iter().map(place).collect();
    // Who sets entities often has them as a group of spans as well.
    let entities = entities.into_iter().map(raw_span);
    spans.extend(entities.filter(|entity| !known.contains(&place(entity))));
    fields.want::<Value>("tokens").ok();
    Ok(RawDocument {
        text,
        spans,
        extra: fields.rest(),
        ..RawDocument::default()
    })
}

fn place(span: &RawSpan) -> (Option<u64>, Option<u64>, Option<String>) {
    (span.start, span.end, span.label.clone())
}

fn raw_span(value: Value) -> RawSpan {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    RawSpan {
        start: fields.want("start").ok().flatten(),
        end: fields.want("end").ok().flatten(),
        label: fields.want("label").ok().flatten(),
        extra: further(fields),
        ..RawSpan::default()
    }
}

/// Links to a knowledge base, as far as there are any.
fn further(fields: Fields) -> Map<String, Value> {
    let mut rest = fields.rest();
    rest.retain(|_, value| value != "");
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::{Options, dataset, write_entries};
    use crate::format::testing::{content, entry, hard_entries, read_as, span};

    #[test]
    fn white_space_at_the_edges_is_lost_and_counted_and_all_else_comes_back() {
        let options = Options::default();
        let (files, converted) =
            write_entries("spacy-json", Header::default(), hard_entries(), &options).unwrap();
        assert_eq!(converted.losses.count(Loss::Trimmed), 5);
        let read = dataset("spacy-json", &files, &options).unwrap();
        let (read, written) = (content(&read.entries), content(&hard_entries()));
        let same = read.iter().zip(&written).filter(|(a, b)| a == b).count();
        assert_eq!((read.len(), same), (6, 3));
        assert_eq!(read[1].1[3], (span(48, 52), "claim".to_owned()));
    }

    #[test]
    fn white_space_is_laid_out_as_spacy_does_it() {
        let text = |content: &str| Text::new(content.into()).unwrap();
        for (content, expected) in [
            ("a b", vec![(0, 1), (2, 3)]),
            ("a  b", vec![(0, 1), (2, 3), (3, 4)]),
            (" a\n", vec![(0, 1), (1, 2), (2, 3)]),
            ("a \n b", vec![(0, 1), (2, 4), (4, 5)]),
            ("a\n b", vec![(0, 1), (1, 3), (3, 4)]),
            ("  ", vec![(0, 2)]),
            ("", vec![]),
        ] {
            let expected: Vec<Span> = expected.into_iter().map(|(s, e)| span(s, e)).collect();
            assert_eq!(tokens(&text(content), []), expected, "{content:?}");
        }
        assert_eq!(tokens(&text("ab"), [1]), [span(0, 1), span(1, 2)]);
    }

    #[test]
    fn groups_and_entities_are_read() {
        let (read, said) = read_as(
            "spacy-json",
            r#"{"text":"Ada met Bo","ents":[{"start":0,"end":3,"label":"PERSON"}],"spans":{"x":[{"start":8,"end":10,"label":"PERSON","kb_id":""}],"y":[]},"tokens":[]}"#,
        );
        assert_eq!(said, []);
        assert_eq!(read.entries[0].annotations.len(), 2);
    }

    #[test]
    fn an_entity_that_is_in_a_group_as_well_is_one_annotation() {
        let (read, said) = read_as(
            "spacy-json",
            r#"{"text":"Ada met Bo","ents":[{"start":0,"end":3,"label":"A"},{"start":8,"end":10,"label":"A"}],"spans":{"sc":[{"start":0,"end":3,"label":"A","kb_id":"Q7259"}]},"cats":{"x":1.0}}"#,
        );
        assert_eq!(said, []);
        let entry = &read.entries[0];
        assert_eq!(entry.annotations.len(), 2);
        assert_eq!(entry.annotations[0].origin.extra["kb_id"], "Q7259");
        assert!(entry.extra.contains_key("cats"));
    }

    #[test]
    fn a_file_without_loss_is_refused_where_white_space_would_be_lost() {
        let options = Options {
            lossless: true,
            ..Options::default()
        };
        let entries = [entry("d", "a b", &[("i", 0, 2, "claim")])];
        let error = write_entries("spacy-json", Header::default(), entries, &options).unwrap_err();
        assert_eq!(
            error.to_string(),
            "The format can't hold all of it, so no file was made. Annotations written without the white space at their edges: 1. The first: \"i\" of document \"d\"."
        );
    }
}
