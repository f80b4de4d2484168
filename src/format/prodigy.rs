//! Prodigy's JSON Lines: a task on each line, with tokens and spans, for `spans.manual`. Offsets are
//! code points; `token_end` is the last token of the span, `end` the place behind it.

use super::ascii::append;
use super::exchange::{
    Builder, Entry, Header, Input, Options, Out, RawDocument, RawSpan, Reader, Receive, Refusal,
    Unit, WriteError, Writer, read_json_lines,
};
use super::losses::{lose_labels, lose_rest};
use super::tokens::{Kind, pieces};
use crate::json::{Fields, Read};
use crate::text::{Span, Text};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Writes tasks.
pub struct ProdigyWriter {
    file: String,
}

impl ProdigyWriter {
    /// Into the file that the options name.
    pub fn new(options: &Options) -> ProdigyWriter {
        ProdigyWriter {
            file: format!("{}.jsonl", options.stem),
        }
    }
}

impl Writer for ProdigyWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = &entry.document.text;
        let all: Vec<Span> = entry.annotations.iter().map(|a| a.span).collect();
        let tokens = tokens(text, &all);
        let mut first = HashMap::new();
        let mut last = HashMap::new();
        let listed: Vec<Value> = tokens
            .iter()
            .enumerate()
            .map(|(id, (token, blank))| {
                first.insert(token.start(), id);
                last.insert(token.end(), id);
                json!({
                    "text": text.slice(*token),
                    "start": token.start(),
                    "end": token.end(),
                    "id": id,
                    "ws": blank,
                })
            })
            .collect();
        let spans: Vec<Value> = entry
            .annotations
            .iter()
            .map(|annotation| {
                let span = annotation.span;
                json!({
                    "start": span.start(),
                    "end": span.end(),
                    "token_start": first.get(&span.start()),
                    "token_end": last.get(&span.end()),
                    "label": &*annotation.label,
                })
            })
            .collect();
        let mut line = Vec::new();
        let row = json!({
            "text": text.as_str(),
            "meta": { "doc_id": entry.document.id },
            "tokens": listed,
            "spans": spans,
            "_view_id": "spans_manual",
            "answer": "accept",
        });
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

/// Tokens of which each edge of a span is one, and whether a blank follows that belongs to the token.
fn tokens(text: &Text, spans: &[Span]) -> Vec<(Span, bool)> {
    let starts: HashSet<u32> = spans.iter().map(|span| span.start()).collect();
    let ends: HashSet<u32> = spans.iter().map(|span| span.end()).collect();
    let edges = starts.iter().chain(&ends).copied();
    let mut tokens: Vec<(Span, bool)> = Vec::new();
    for piece in pieces(text, edges) {
        let inside = starts.contains(&piece.span.start()) || ends.contains(&piece.span.end());
        match tokens.last_mut() {
            Some((_, blank)) if piece.kind == Kind::Blank && !*blank && !inside => *blank = true,
            _ => tokens.push((piece.span, false)),
        }
    }
    tokens
}

/// Reads tasks.
pub struct ProdigyReader {
    builder: Builder,
}

impl ProdigyReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> ProdigyReader {
        ProdigyReader {
            builder: Builder::new(Unit::CodePoint, options),
        }
    }
}

impl Reader for ProdigyReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let name = input.name;
        read_json_lines(input, into, |fields, at, into| match task(fields) {
            Ok(raw) => self.builder.add(raw, name, at, into),
            Err(why) => Ok(Err(why)),
        })
    }
}

/// What a task says of one token.
struct Token {
    text: String,
    blank: bool,
}

impl Read for Token {
    fn read(value: Value) -> Option<Token> {
        let mut fields = Fields::read(value)?;
        Some(Token {
            text: fields.need("text").ok()?,
            blank: fields.want("ws").ok()?.unwrap_or(true),
        })
    }
}

fn task(mut fields: Fields) -> Result<RawDocument, String> {
    let Ok(text) = fields.need::<String>("text") else {
        return Err("It needs a field \"text\" with the text of a task.".into());
    };
    let tokens: Vec<Token> = fields.list("tokens").unwrap_or_default();
    let Ok(spans) = fields.list::<Value>("spans") else {
        return Err("Its \"spans\" must be a list.".into());
    };
    let meta: Fields = fields.want("meta").ok().flatten().unwrap_or_default();
    let mut meta = meta;
    let rejected =
        matches!(fields.want::<String>("answer"), Ok(Some(answer)) if answer != "accept");
    let state = match rejected {
        true => crate::edit::DocumentState::Skipped("not accepted in Prodigy".into()),
        false => Default::default(),
    };
    Ok(RawDocument {
        id: meta.want("doc_id").ok().flatten(),
        text,
        state,
        spans: spans
            .into_iter()
            .map(|span| raw_span(span, &tokens))
            .collect(),
        ..RawDocument::default()
    })
}

/// A span; the tokens that it names prove its offsets.
fn raw_span(value: Value, tokens: &[Token]) -> RawSpan {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    let mut number = |name: &str| fields.want::<u64>(name).ok().flatten();
    let (start, end) = (number("start"), number("end"));
    let (from, to) = (number("token_start"), number("token_end"));
    RawSpan {
        start,
        end,
        exact: from.zip(to).and_then(|(from, to)| words(tokens, from, to)),
        label: fields.want("label").ok().flatten(),
        ..RawSpan::default()
    }
}

/// The text of the tokens `from` to `to`, both included.
fn words(tokens: &[Token], from: u64, to: u64) -> Option<String> {
    let range = usize::try_from(from).ok()?..=usize::try_from(to).ok()?;
    let (last, before) = tokens.get(range)?.split_last()?;
    let mut words = String::new();
    for token in before {
        words.push_str(&token.text);
        if token.blank {
            words.push(' ');
        }
    }
    words.push_str(&last.text);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::write_entries;
    use crate::format::testing::{check_round_trip, entry, read_as, span};

    #[test]
    fn what_is_written_comes_back() {
        check_round_trip("prodigy");
    }

    #[test]
    fn tokens_spell_the_text_and_spans_name_them() {
        let entries = [entry("d", "a b  cd", &[("i", 1, 6, "claim")])];
        let options = Options::default();
        let (files, _) = write_entries("prodigy", Header::default(), entries, &options).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&files.files[0].1),
            concat!(
                r#"{"text":"a b  cd","meta":{"doc_id":"d"},"tokens":["#,
                r#"{"text":"a","start":0,"end":1,"id":0,"ws":false},"#,
                r#"{"text":" ","start":1,"end":2,"id":1,"ws":false},"#,
                r#"{"text":"b","start":2,"end":3,"id":2,"ws":true},"#,
                r#"{"text":" ","start":4,"end":5,"id":3,"ws":false},"#,
                r#"{"text":"c","start":5,"end":6,"id":4,"ws":false},"#,
                r#"{"text":"d","start":6,"end":7,"id":5,"ws":false}],"#,
                r#""spans":[{"start":1,"end":6,"token_start":1,"token_end":4,"label":"claim"}],"#,
                r#""_view_id":"spans_manual","answer":"accept"}"#,
                "\n"
            )
        );
    }

    #[test]
    fn the_tokens_prove_the_unit() {
        let task = r#"{"text":"😀 one","tokens":[{"text":"😀","start":0,"end":2,"id":0,"ws":true},{"text":"one","start":3,"end":6,"id":1,"ws":false}],"spans":[{"start":3,"end":6,"token_start":1,"token_end":1,"label":"x"}]}"#;
        let (read, said) = read_as("prodigy", task);
        assert_eq!(read.entries[0].annotations[0].span, span(2, 5));
        assert_eq!(said.len(), 1);
    }
}
