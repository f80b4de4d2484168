//! Prodigy's JSON Lines: a task on each line, with tokens and spans, for `spans.manual`. Offsets are
//! code points; `token_end` is the last token of the span, `end` the place behind it.

use super::ascii::append;
use super::exchange::{
    Builder, Entry, Finding, Header, Input, Options, Out, RawDocument, RawSpan, Reader, Receive,
    Refusal, Unit, WriteError, Writer, read_json_lines,
};
use super::losses::{lose_labels, lose_rest};
use super::time::utc_time_of_seconds;
use super::tokens::{Kind, pieces};
use crate::edit::DocumentState;
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
            Ok((raw, rejected)) => {
                if rejected > 0 {
                    into.find(Finding {
                        file: name.to_owned(),
                        at,
                        id: None,
                        left_out: false,
                        why: format!(
                            "The task was rejected, so what it suggests is left out: {rejected}."
                        ),
                    });
                }
                self.builder.add(raw, name, at, into)
            }
            Err(why) => Ok(Err(why)),
        })
    }
}

/// What a task says of one token.
struct Token {
    text: String,
    /// Whether a blank follows; unknown of tasks from before 2020.
    blank: Option<bool>,
}

impl Read for Token {
    fn read(value: Value) -> Option<Token> {
        let mut fields = Fields::read(value)?;
        Some(Token {
            text: fields.need("text").ok()?,
            blank: fields.want("ws").ok()?,
        })
    }
}

/// A task, and how many spans of it somebody rejected.
fn task(mut fields: Fields) -> Result<(RawDocument, usize), String> {
    let Ok(text) = fields.need::<String>("text") else {
        return Err("It needs a field \"text\" with the text of a task.".into());
    };
    let tokens: Vec<Token> = fields.list("tokens").unwrap_or_default();
    let Ok(spans) = fields.list::<Value>("spans") else {
        return Err("Its \"spans\" must be a list.".into());
    };
    let mut meta: Fields = fields.want("meta").ok().flatten().unwrap_or_default();
    let answer = fields.string("answer");
    // A task that Prodigy hands out has this; one that was made for it has not.
    let is_answered = fields.want::<Value>("_task_hash") != Ok(None);
    let state = match answer.as_deref() {
        Some("accept") if is_answered => DocumentState::Done,
        None | Some("accept") => DocumentState::Open,
        Some(_) => DocumentState::Skipped("not accepted in Prodigy".into()),
    };
    let session = fields.string("_session_id");
    let maker = Maker {
        creator: fields.string("_annotator_id").or(session),
        created: fields
            .want("_timestamp")
            .ok()
            .flatten()
            .map(utc_time_of_seconds),
    };
    let mut spans: Vec<RawSpan> = spans
        .into_iter()
        .map(|span| raw_span(span, &tokens, &maker))
        .collect();
    let rejected = match answer.as_deref() {
        Some("reject") => std::mem::take(&mut spans).len(),
        _ => 0,
    };
    for ours in ["_view_id", "_input_hash"] {
        fields.want::<Value>(ours).ok();
    }
    let id = meta.string("doc_id");
    let mut extra = fields.rest();
    let meta = meta.rest();
    if !meta.is_empty() {
        extra.insert("meta".to_owned(), meta.into());
    }
    let raw = RawDocument {
        id,
        text,
        state,
        spans,
        extra,
        ..RawDocument::default()
    };
    Ok((raw, rejected))
}

/// Who answered a task, and when.
struct Maker {
    creator: Option<String>,
    created: Option<String>,
}

/// A span; its words prove its offsets, or the tokens that it names.
fn raw_span(value: Value, tokens: &[Token], maker: &Maker) -> RawSpan {
    let mut fields: Fields = Read::read(value).unwrap_or_default();
    let mut number = |name: &str| fields.want::<u64>(name).ok().flatten();
    let (start, end) = (number("start"), number("end"));
    let (from, to) = (number("token_start"), number("token_end"));
    let of_tokens = || words(tokens, from?, to?);
    RawSpan {
        start,
        end,
        exact: fields.string("text").or_else(of_tokens),
        label: fields.string("label"),
        creator: maker.creator.clone(),
        created: maker.created.clone(),
        extra: fields.rest(),
        ..RawSpan::default()
    }
}

/// The text of the tokens `from` to `to`, both included, if they say what stands between them.
fn words(tokens: &[Token], from: u64, to: u64) -> Option<String> {
    let range = usize::try_from(from).ok()?..=usize::try_from(to).ok()?;
    let (last, before) = tokens.get(range)?.split_last()?;
    let mut words = String::new();
    for token in before {
        words.push_str(&token.text);
        if token.blank? {
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
    fn what_prodigy_hands_out_says_who_answered_what_and_when() {
        let task = |answer: &str| {
            format!(
                r#"{{"text":"Ada met Bo","_task_hash":-5,"_input_hash":7,"_annotator_id":"news-ada","_session_id":"s","_timestamp":1700000000,"answer":"{answer}","meta":{{"source":"x"}},"tokens":[{{"text":"Ada","start":0,"end":3}},{{"text":"met","start":4,"end":7}}],"spans":[{{"start":0,"end":7,"token_start":0,"token_end":1,"label":"x"}}]}}"#
            )
        };
        let (read, said) = read_as("prodigy", task("accept"));
        assert_eq!(said, []);
        let entry = &read.entries[0];
        assert_eq!(entry.state, DocumentState::Done);
        assert_eq!(
            entry.extra,
            *json!({"meta": {"source": "x"}}).as_object().unwrap()
        );
        let origin = &entry.annotations[0].origin;
        assert_eq!(origin.creator.as_deref(), Some("news-ada"));
        assert_eq!(origin.created.as_deref(), Some("2023-11-14T22:13:20Z"));
        let (read, said) = read_as("prodigy", task("reject"));
        assert!(read.entries[0].annotations.is_empty());
        assert_eq!(
            said,
            [(
                false,
                "f, line 1: The task was rejected, so what it suggests is left out: 1.".to_owned()
            )]
        );
        let (read, _) = read_as("prodigy", task("ignore"));
        assert_eq!(read.entries[0].annotations.len(), 1);
        assert!(matches!(read.entries[0].state, DocumentState::Skipped(_)));
    }

    #[test]
    fn the_tokens_prove_the_unit() {
        let task = r#"{"text":"😀 one","tokens":[{"text":"😀","start":0,"end":2,"id":0,"ws":true},{"text":"one","start":3,"end":6,"id":1,"ws":false}],"spans":[{"start":3,"end":6,"token_start":1,"token_end":1,"label":"x"}]}"#;
        let (read, said) = read_as("prodigy", task);
        assert_eq!(read.entries[0].annotations[0].span, span(2, 5));
        assert_eq!(said.len(), 1);
    }
}
