//! Reading DocBins, spaCy's own as well.

use super::strings::Strings;
use super::unpack::{Unpackable, Value, unpack};
use super::{GROUP, attribute};
use crate::format::exchange::{
    At, Builder, Finding, Input, LONGEST_LINE, Options, RawDocument, RawSpan, Reader, Receive,
    Records, Refusal, Unit, Why,
};
use crate::format::tokens::{is_space, trim};
use crate::format::whole::read_bytes;
use crate::text::{Span, Text};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
use std::collections::{HashMap, HashSet};

/// Reads DocBins.
pub struct DocBinReader {
    builder: Builder,
}

impl DocBinReader {
    /// Whatever unit the options state, a DocBin counts code points.
    pub fn new(options: &Options) -> DocBinReader {
        let mut builder = Builder::new(Unit::CodePoint, options);
        builder.state_unit(Unit::CodePoint);
        DocBinReader { builder }
    }
}

impl Reader for DocBinReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input { name, content, .. } = input;
        let refuse = |why: Why| why.at(name, At::File);
        let bytes = read_bytes(content, name)?;
        if bytes.is_empty() {
            return Err(refuse(Why::Empty));
        }
        let inflated = inflate(&bytes, LONGEST_LINE).map_err(refuse)?;
        let value = unpack(&inflated).map_err(|error| {
            refuse(match error {
                Unpackable::Truncated => Why::Truncated,
                other => Why::Malformed(other.to_string()),
            })
        })?;
        let bin = Bin::of(&value).map_err(|why| refuse(Why::Malformed(why.into())))?;
        if let Some(others) = bin.others() {
            into.find(Finding {
                file: name.to_owned(),
                at: At::File,
                id: None,
                left_out: false,
                why: format!("What labels no text is left out ({others})."),
            });
        }
        let mut records = Records::of(name);
        let mut from = 0;
        for (number, length) in bin.lengths.iter().enumerate() {
            let at = At::Record(number + 1);
            let outcome = match bin.document(number, from..from + length, name) {
                Ok(raw) => self
                    .builder
                    .add(raw, name, at, into)
                    .map_err(|why| why.at(name, at))?,
                Err(why) => Err(why),
            };
            from += length;
            records.count(at, outcome, into);
        }
        records.end()
    }
}

/// What was compressed, if it has `limit` bytes at most.
pub(super) fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Why> {
    let inflated = decompress_to_vec_zlib_with_limit(bytes, limit);
    inflated.map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => Why::TooLarge(limit),
        TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => Why::Truncated,
        _ => Why::Malformed("it is not compressed as a DocBin is".into()),
    })
}

/// A DocBin, unpacked.
struct Bin<'a> {
    strings: HashMap<u64, &'a str>,
    /// The numbers of all tokens, one row after the other.
    tokens: &'a [[u8; 8]],
    /// How many numbers a token has, and where among them its attributes stand.
    width: usize,
    orth: usize,
    iob: Option<usize>,
    kind: Option<usize>,
    spaces: &'a [u8],
    /// How many tokens each document has.
    lengths: Vec<usize>,
    flags: &'a [Value<'a>],
    groups: &'a [Value<'a>],
    user_data: &'a [Value<'a>],
    categories: &'a [Value<'a>],
}

impl<'a> Bin<'a> {
    fn of(value: &'a Value<'a>) -> Result<Bin<'a>, &'static str> {
        let bytes = |name: &str| value.get(name).and_then(Value::bytes);
        let list = |name: &str| value.get(name).and_then(Value::list);
        let attributes = list("attrs").ok_or("it has no list of attributes")?;
        let column = |number: u64| attributes.iter().position(|a| a.number() == Some(number));
        let orth = column(attribute::ORTH).ok_or("its tokens have no characters")?;
        let (tokens, _) = bytes("tokens").ok_or("it has no tokens")?.as_chunks();
        let spaces = bytes("spaces").ok_or("it does not say where spaces are")?;
        let (lengths, _) = bytes("lengths")
            .ok_or("it does not say how long documents are")?
            .as_chunks();
        let lengths: Vec<usize> = lengths
            .iter()
            .map(|length| {
                usize::try_from(i32::from_le_bytes(*length))
                    .map_err(|_| "a document has a negative length")
            })
            .collect::<Result<_, _>>()?;
        // Each document has an entry there; a length alone is no document.
        if list("cats").is_none_or(|cats| cats.len() != lengths.len()) {
            return Err("it does not say which categories documents are of");
        }
        let all: usize = lengths
            .iter()
            .fold(0, |sum: usize, length| sum.saturating_add(*length));
        if all > spaces.len() || all.saturating_mul(attributes.len()) > tokens.len() {
            return Err("it has fewer tokens than its documents");
        }
        let numbers = Strings::new();
        let strings = list("strings").ok_or("it has no list of strings")?;
        let strings = strings.iter().filter_map(Value::text);
        Ok(Bin {
            strings: strings.map(|string| (numbers.id(string), string)).collect(),
            tokens,
            width: attributes.len(),
            orth,
            iob: column(attribute::ENT_IOB),
            kind: column(attribute::ENT_TYPE),
            spaces,
            lengths,
            flags: list("flags").unwrap_or_default(),
            groups: list("span_groups").unwrap_or_default(),
            user_data: list("user_data").unwrap_or_default(),
            categories: list("cats").unwrap_or_default(),
        })
    }

    /// How much there is of what is neither text nor span.
    fn others(&self) -> Option<String> {
        let spans = [Some(self.orth), self.iob, self.kind];
        let said = |token: &&[[u8; 8]]| {
            let mut others = token.iter().enumerate();
            others.any(|(column, number)| *number != [0; 8] && !spans.contains(&Some(column)))
        };
        let is_said = |value: &&Value| matches!(value, Value::Map(map) if !map.is_empty());
        let others = [
            (
                "tokens with sentences, parts of speech, entries of a knowledge base and the like",
                self.tokens.chunks_exact(self.width).filter(said).count(),
            ),
            (
                "documents with categories",
                self.categories.iter().filter(is_said).count(),
            ),
        ];
        let others = others.into_iter().filter(|(_, count)| *count > 0);
        let others: Vec<String> = others
            .map(|(what, count)| format!("{what}: {count}"))
            .collect();
        (!others.is_empty()).then(|| others.join(", "))
    }

    fn string(&self, number: u64) -> Option<&'a str> {
        match number {
            0 => Some(""),
            _ => self
                .strings
                .get(&number)
                .copied()
                .or_else(|| Strings::symbol(number)),
        }
    }

    fn number(&self, token: usize, column: usize) -> Option<u64> {
        let at = token.checked_mul(self.width)?.checked_add(column)?;
        self.tokens.get(at).map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// The document of that number, which has these tokens.
    fn document(
        &self,
        number: usize,
        tokens: std::ops::Range<usize>,
        file: &str,
    ) -> Result<RawDocument, String> {
        let unknown = self
            .flags
            .get(number)
            .and_then(|f| f.get("has_unknown_spaces"));
        let spaced = |token: usize| match unknown {
            Some(Value::Bool(true)) => true,
            _ => self.spaces.get(token).is_some_and(|space| *space != 0),
        };
        let mut text = String::new();
        let mut at = 0;
        let mut places = Vec::new();
        for token in tokens.clone() {
            let word = self
                .number(token, self.orth)
                .and_then(|number| self.string(number));
            let word = word.ok_or_else(|| {
                format!(
                    "The characters of token {} are not in the file.",
                    token - tokens.start + 1
                )
            })?;
            let start = at;
            at += word.chars().count() as u32;
            places.push((start, at));
            text.push_str(word);
            if spaced(token) {
                text.push(' ');
                at += 1;
            }
        }
        let mut spans = match self.groups.get(number).and_then(Value::bytes) {
            None | Some([]) => Vec::new(),
            Some(groups) => self.groups(groups)?,
        };
        keep_shared_ids(&mut spans);
        let entities = self.entities(tokens.start, &places);
        add_entities(&text, entities, &mut spans);
        let last = file.rsplit('/').next().unwrap_or_default();
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        Ok(RawDocument {
            id: Some(self.id(number).unwrap_or_else(|| match number {
                0 => stem.to_owned(),
                n => format!("{stem}-{}", n + 1),
            })),
            text,
            spans,
            ..RawDocument::default()
        })
    }

    /// The id of a document, as we write it.
    fn id(&self, number: usize) -> Option<String> {
        let data = unpack(self.user_data.get(number)?.bytes()?).ok()?;
        data.get("doc_id").and_then(Value::text).map(str::to_owned)
    }

    /// The spans of all groups.
    fn groups(&self, packed: &[u8]) -> Result<Vec<RawSpan>, String> {
        let damaged = || "Its groups of spans are damaged.".to_owned();
        let groups = unpack(packed).map_err(|_| damaged())?;
        // Earlier versions have a list, this one a map of groups to the names that they go by.
        let groups: Vec<&[u8]> = match &groups {
            Value::Map(entries) => entries
                .iter()
                .filter_map(|(group, _)| group.bytes())
                .collect(),
            Value::List(list) => list.iter().filter_map(Value::bytes).collect(),
            _ => return Err(damaged()),
        };
        let mut spans = Vec::new();
        for group in groups {
            let group = unpack(group).map_err(|_| damaged())?;
            let name = group.get("name").and_then(Value::text).unwrap_or(GROUP);
            let list = group.get("spans").and_then(Value::list).unwrap_or_default();
            for span in list {
                let span = span.bytes().ok_or_else(damaged)?;
                spans.push(self.span(span, name).ok_or_else(damaged)?);
            }
        }
        Ok(spans)
    }

    /// A span: ids (of it, its entry in a knowledge base, its label), tokens, and characters. Before
    /// version 3.3 of spaCy it had no id of its own.
    fn span(&self, packed: &[u8], group: &str) -> Option<RawSpan> {
        let (id, packed) = match packed.len() {
            40 => (packed.first_chunk().copied(), packed.get(8..)?),
            32 => (None, packed),
            _ => return None,
        };
        let name = |bytes: [u8; 8]| {
            let name = self.string(u64::from_be_bytes(bytes))?;
            Some(name.to_owned()).filter(|name| !name.is_empty())
        };
        let entry = name(packed.first_chunk().copied()?);
        let label = packed.get(8..16)?.first_chunk().copied()?;
        let label = self.string(u64::from_be_bytes(label));
        let place = |at: usize| {
            let bytes = packed.get(at..at + 4)?.first_chunk().copied()?;
            u64::try_from(i32::from_be_bytes(bytes)).ok()
        };
        let group = Some(group.to_owned()).filter(|group| group != GROUP);
        let others = [("group", group), ("kb_id", entry)].into_iter();
        let others = others.filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
        Some(RawSpan {
            id: id.and_then(name),
            start: place(24),
            end: place(28),
            label: label.map(str::to_owned),
            extra: others.collect(),
            ..RawSpan::default()
        })
    }

    /// The entities of a document whose first token is `from`, by the places of its tokens.
    fn entities(&self, from: usize, places: &[(u32, u32)]) -> Vec<(Span, &'a str)> {
        let (Some(iob), Some(kind)) = (self.iob, self.kind) else {
            return Vec::new();
        };
        let mut entities: Vec<(u32, u32, &str)> = Vec::new();
        let mut open = None;
        for (number, (start, end)) in places.iter().enumerate() {
            let iob = self.number(from + number, iob);
            let label = self
                .number(from + number, kind)
                .and_then(|n| self.string(n));
            open = match (iob, label, open) {
                (Some(1 | 3), None | Some(""), _) => None,
                (Some(1), Some(label), Some(of)) if of == label => {
                    if let Some(last) = entities.last_mut() {
                        last.1 = *end;
                    }
                    Some(label)
                }
                (Some(1 | 3), Some(label), _) => {
                    entities.push((*start, *end, label));
                    Some(label)
                }
                _ => None,
            };
        }
        let spans = entities.into_iter();
        spans
            .filter_map(|(start, end, label)| Some((Span::new(start, end)?, label)))
            .collect()
    }
}

/// What several spans of a document have as their id is none, but says which pattern of a rule they match.
fn keep_shared_ids(spans: &mut [RawSpan]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for id in spans.iter().filter_map(|span| span.id.clone()) {
        *counts.entry(id).or_default() += 1;
    }
    for span in spans {
        if let Some(id) = span
            .id
            .take_if(|id| counts.get(id).is_some_and(|count| *count > 1))
        {
            span.extra.insert("span_id".to_owned(), id.into());
        }
    }
}

/// Adds the entities that are not there as spans, be it with white space at their ends.
fn add_entities(content: &str, entities: Vec<(Span, &str)>, spans: &mut Vec<RawSpan>) {
    let Ok(text) = Text::new(content.to_owned()) else {
        return;
    };
    let known: HashSet<(Span, String)> = spans
        .iter()
        .filter_map(|raw| {
            let (start, end) = (raw.start?.try_into().ok()?, raw.end?.try_into().ok()?);
            let span = trim(&text, Span::new(start, end)?, is_space)?;
            Some((span, raw.label.clone()?))
        })
        .collect();
    for (span, label) in entities {
        let trimmed = trim(&text, span, is_space).unwrap_or(span);
        if !known.contains(&(trimmed, label.to_owned())) {
            spans.push(RawSpan {
                start: Some(span.start().into()),
                end: Some(span.end().into()),
                label: Some(label.to_owned()),
                ..RawSpan::default()
            });
        }
    }
}
