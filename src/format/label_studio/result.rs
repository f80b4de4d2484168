//! A result: what an annotator did at one place.

use super::{ATTRIBUTE, YES};
use crate::annotation::Method;
use crate::format::attributes::as_extra;
use crate::format::exchange::{At, RawSpan};
use crate::json::{Fields, Read};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// Kinds of labels whose places count something else than a text's characters, and what they are in.
pub const ELSEWHERE: [(&str, &str); 2] = [
    ("hypertextlabels", "web page"),
    ("paragraphlabels", "dialogue"),
];

/// Who made results, and when.
#[derive(Clone, Debug, Default)]
pub struct Maker {
    /// Who, as far as the file says.
    pub creator: Option<String>,
    /// When they were made.
    pub created: Option<String>,
    /// When they were changed.
    pub modified: Option<String>,
    /// How.
    pub method: Option<Method>,
}

/// The results of one annotator on one task.
#[derive(Debug, Default)]
pub struct Results {
    /// The labelled spans, each with the control that shows its text.
    pub spans: Vec<(Option<String>, RawSpan)>,
    /// How many results there are of each kind that labels no span.
    pub others: BTreeMap<String, usize>,
}

impl Results {
    /// Reads a list of results of the task at `at`.
    pub fn read(list: Vec<Value>, maker: &Maker, at: At) -> Results {
        let mut results = Results::default();
        let mut notes: HashMap<String, Vec<String>> = HashMap::new();
        let mut said: HashMap<String, Map<String, Value>> = HashMap::new();
        for value in list {
            let mut fields: Fields = Read::read(value).unwrap_or_default();
            let mut string = |name: &str| fields.want::<String>(name).ok().flatten();
            let (kind, id, to) = (string("type"), string("id"), string("to_name"));
            let from = string("from_name").unwrap_or_default();
            let attribute = from.strip_prefix(ATTRIBUTE);
            let meta: Fields = fields.want("meta").ok().flatten().unwrap_or_default();
            let value: Fields = fields.want("value").ok().flatten().unwrap_or_default();
            let mut value = value;
            match kind.as_deref() {
                Some("textarea") if id.is_some() && attribute.is_some() => {
                    let all = said.entry(id.unwrap_or_default()).or_default();
                    let words = words(value).unwrap_or_default();
                    all.insert(attribute.unwrap_or_default().to_owned(), words.into());
                }
                // A choice for a place has the id of that place's label.
                Some("choices") if id.is_some() => {
                    let all = said.entry(id.unwrap_or_default()).or_default();
                    let chosen: Vec<String> = value.list("choices").unwrap_or_default();
                    let chosen = match chosen.as_slice() {
                        [one] if one == YES => Value::Bool(true),
                        many => many.join(", ").into(),
                    };
                    all.insert(attribute.unwrap_or(&from).to_owned(), chosen);
                }
                Some("labels") | None => {
                    let elsewhere = ELSEWHERE.iter().find(|(kind, _)| value.get(kind).is_some());
                    if let Some((kind, _)) = elsewhere {
                        results.other(kind, 1);
                        continue;
                    }
                    let spans = spans(value, id, words(meta), maker, at);
                    if spans.is_empty() {
                        results.other("places without a label", 1);
                    }
                    let spans = spans.into_iter().map(|span| (to.clone(), span));
                    results.spans.extend(spans);
                }
                // What was written about a place has the id of that place's label.
                Some("textarea") if id.is_some() => {
                    let note = notes.entry(id.unwrap_or_default()).or_default();
                    note.extend(words(value));
                }
                Some(kind) => results.other(kind, 1),
            }
        }
        for (_, span) in &mut results.spans {
            let written = span.id.as_ref().and_then(|id| notes.remove(id));
            let note = span
                .note
                .take()
                .into_iter()
                .chain(written.into_iter().flatten());
            span.note = Some(note.collect::<Vec<_>>().join("\n")).filter(|note| !note.is_empty());
            let said = span.id.as_ref().and_then(|id| said.remove(id));
            span.extra = said.map(as_extra).unwrap_or_default();
        }
        results.other("textarea", notes.values().map(Vec::len).sum());
        results.other("choices", said.values().map(Map::len).sum());
        results
    }

    /// Joins those of another annotator.
    pub fn extend(&mut self, more: Results) {
        self.spans.extend(more.spans);
        for (kind, count) in more.others {
            self.other(&kind, count);
        }
    }

    fn other(&mut self, kind: &str, count: usize) {
        if count > 0 {
            *self.others.entry(kind.to_owned()).or_default() += count;
        }
    }
}

/// The lines of a field `text`.
fn words(mut fields: Fields) -> Option<String> {
    let value: Value = fields.want("text").ok().flatten()?;
    match value {
        Value::String(text) => Some(text),
        value => Some(Vec::<String>::read(value)?.join("\n")),
    }
}

/// A span for each of the labels of a place; the first has the id.
fn spans(
    mut value: Fields,
    mut id: Option<String>,
    note: Option<String>,
    maker: &Maker,
    at: At,
) -> Vec<RawSpan> {
    let mut number = |name: &str| value.want::<u64>(name).ok().flatten();
    let (start, end) = (number("start"), number("end"));
    let exact = value.want::<String>("text").ok().flatten();
    let labels: Vec<String> = value.list("labels").unwrap_or_default();
    let span = |label: String| RawSpan {
        at: Some(at),
        id: id.take(),
        start,
        end,
        exact: exact.clone(),
        label: Some(label),
        note: note.clone(),
        creator: maker.creator.clone(),
        created: maker.created.clone(),
        modified: maker.modified.clone(),
        method: maker.method,
        ..RawSpan::default()
    };
    labels.into_iter().map(span).collect()
}
