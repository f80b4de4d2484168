//! Reading Web Annotations: those of ours, and those of programs that count in other units or give
//! one selector alone.

use super::{ATTRIBUTE, OTHER_ID, TEXT, UUID};
use crate::annotation::{Found, Quote};
use crate::document::{DocumentMeta, sha256_hex};
use crate::format::anchor::Anchor;
use crate::format::attributes::as_extra;
use crate::format::exchange::{
    At, Builder, Claim, Detector, Files, Finding, Input, Misfit, Options, RawDocument, RawSpan,
    Reader, Receive, Refusal, Unit, Why, read_text,
};
use crate::format::whole::read_json;
use crate::json::{Fields, Read};
use crate::text::{Span, Text};
use serde_json::{Map, Value};

/// Reads collections, pages, single annotations and lists of them. The text lies in a file beside:
/// of the same name with `.txt`, or of the hash that the annotations name.
pub struct W3cReader {
    builder: Builder,
    detector: Detector,
    about: Option<(String, String)>,
}

impl W3cReader {
    /// With the unit that the options state, and the text that they say the file is about.
    pub fn new(options: &Options) -> W3cReader {
        // Places are found here, so the builder gets code points.
        let builder = Builder::new(Unit::CodePoint, &Options::default());
        W3cReader {
            builder,
            detector: Detector::new(Unit::CodePoint, options.unit),
            about: options.about.clone(),
        }
    }
}

impl Reader for W3cReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let name = input.name;
        let whole = |why: Why| why.at(name, At::File);
        let file = read_json(input.content, name, into)?;
        let label = file.get("label").and_then(Value::as_str).map(str::to_owned);
        let mut items = Vec::new();
        if !collect(file, &mut items) {
            let why = "it has no Web Annotations: an AnnotationCollection, an AnnotationPage or Annotations";
            return Err(whole(Why::Malformed(why.into())));
        }
        let read: Vec<Item> = items.into_iter().map(Item::of).collect();
        let hash = read.iter().find_map(|item| item.hash.clone());
        let (id, content) = match text_beside(name, hash.as_deref(), input.beside)? {
            Some(content) => (label, content),
            None => match &self.about {
                Some((id, text)) => (Some(id.clone()), text.clone()),
                None => return Err(whole(Why::NoText(text_name(name)))),
            },
        };
        let title = DocumentMeta::default().title;
        let text =
            Text::new(content.clone()).map_err(|_| whole(Why::TooLarge(u32::MAX as usize)))?;
        let spans = self.place(&text, read, name, into).map_err(whole)?;
        let raw = RawDocument {
            id,
            title,
            text: content,
            spans,
            ..RawDocument::default()
        };
        let added = self.builder.add(raw, name, At::File, into).map_err(whole)?;
        added.map_err(|why| whole(Why::NoDocuments(Some(why))))
    }
}

/// What an annotation says of itself.
struct Item {
    raw: RawSpan,
    quote: Option<Quote>,
    /// The hash of the text that it is about.
    hash: Option<String>,
}

/// Adds the annotations of a collection, a page, a list or a single one; whether it was any of these.
fn collect(value: Value, items: &mut Vec<Value>) -> bool {
    match value {
        Value::Array(list) => {
            let mut all = list.into_iter().map(|value| collect(value, items));
            all.all(|one| one)
        }
        Value::Object(mut fields) => {
            if let Some(list) = fields.shift_remove("items") {
                return collect(list, items);
            }
            if let Some(page) = fields.shift_remove("first") {
                return match page {
                    Value::String(_) => false,
                    page => collect(page, items),
                };
            }
            if fields.contains_key("target") {
                items.push(Value::Object(fields));
                return true;
            }
            // A collection without annotations has no page.
            fields.get("total").is_some_and(|total| *total == 0)
        }
        _ => false,
    }
}

/// A value, or each of a list of values.
fn each(value: Option<Value>) -> Vec<Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
    }
}

/// Whether `type` is, or has among others, `name`.
fn is(fields: &serde_json::Map<String, Value>, name: &str) -> bool {
    match fields.get("type").or(fields.get("@type")) {
        Some(Value::Array(list)) => list.iter().any(|one| one == name),
        Some(one) => one == name,
        None => false,
    }
}

/// What a body says by an attribute, with its id.
fn attribute(body: Value) -> Option<(String, Value)> {
    let mut body = Fields::read(body)?;
    let mut string = |name: &str| body.want::<String>(name).ok().flatten();
    let (id, value) = (string(ATTRIBUTE)?, string("value")?);
    match string("format").as_deref() {
        Some("application/json") => Some((id, crate::json::parse(&value).ok()?)),
        _ => Some((id, value.into())),
    }
}

impl Item {
    fn of(value: Value) -> Item {
        let mut fields: Fields = Read::read(value).unwrap_or_default();
        let mut string = |name: &str| fields.want::<String>(name).ok().flatten();
        let mut raw = RawSpan {
            id: string("id").map(|iri| id_of(&iri)),
            created: string("created"),
            modified: string("modified"),
            ..RawSpan::default()
        };
        raw.creator = match fields.want::<Value>("creator").ok().flatten() {
            Some(Value::Object(creator)) => {
                let name = creator.get("name").or(creator.get("id"));
                name.and_then(Value::as_str).map(str::to_owned)
            }
            Some(Value::String(iri)) => Some(iri),
            _ => None,
        };
        let mut said = Map::new();
        for body in each(fields.want("body").ok().flatten()) {
            let (value, purpose) = match body {
                Value::String(value) => (Some(value), None),
                body if body.get(ATTRIBUTE).is_some_and(Value::is_string) => {
                    said.extend(attribute(body));
                    continue;
                }
                body => {
                    let mut body: Fields = Read::read(body).unwrap_or_default();
                    let mut string = |name: &str| body.want::<String>(name).ok().flatten();
                    (string("value"), string("purpose"))
                }
            };
            let is_note = matches!(
                purpose.as_deref(),
                Some("commenting" | "describing" | "replying")
            );
            match value {
                Some(note) if is_note => raw.note = raw.note.or(Some(note)),
                value => raw.label = raw.label.or(value),
            }
        }
        raw.extra = as_extra(said);
        let mut item = Item {
            raw,
            quote: None,
            hash: None,
        };
        for target in each(fields.want("target").ok().flatten())
            .into_iter()
            .take(1)
        {
            let mut target: Fields = Read::read(target).unwrap_or_default();
            let source = match target.want::<Value>("source").ok().flatten() {
                Some(Value::Object(source)) => source.get("id").cloned(),
                source => source,
            };
            let source = source.as_ref().and_then(Value::as_str);
            item.hash = source
                .and_then(|iri| iri.strip_prefix(TEXT))
                .map(str::to_owned);
            for selector in each(target.want("selector").ok().flatten()) {
                item.select(selector);
            }
        }
        item
    }

    fn select(&mut self, selector: Value) {
        let Some(fields) = serde_json::Map::read(selector) else {
            return;
        };
        let number = |name: &str| fields.get(name).cloned().and_then(u64::read);
        let string = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        if is(&fields, "TextPositionSelector") {
            self.raw.start = number("start");
            self.raw.end = number("end");
        } else if is(&fields, "TextQuoteSelector")
            && let Some(exact) = string("exact").filter(|exact| !exact.is_empty())
        {
            self.quote = Some(Quote {
                exact,
                prefix: string("prefix").unwrap_or_default(),
                suffix: string("suffix").unwrap_or_default(),
            });
        }
    }
}

/// An annotation's id without what makes it an IRI.
fn id_of(iri: &str) -> String {
    if let Some(uuid) = iri.strip_prefix(UUID) {
        return uuid.to_owned();
    }
    let Some(encoded) = iri.strip_prefix(OTHER_ID) else {
        return iri.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| encoded.to_owned())
}

/// The name of the text beside a file of annotations.
fn text_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.txt")
}

/// The text of the same name, or of that hash.
fn text_beside(
    name: &str,
    hash: Option<&str>,
    beside: &dyn Files,
) -> Result<Option<String>, Refusal> {
    let own = text_name(name);
    if let Some(mut content) = beside.open(&own) {
        return read_text(&mut content, &own).map(Some);
    }
    let Some(hash) = hash else { return Ok(None) };
    for other in beside.names() {
        if !other.ends_with(".txt") {
            continue;
        }
        if let Some(mut content) = beside.open(&other) {
            let text = read_text(&mut content, &other)?;
            if sha256_hex(&text) == hash {
                return Ok(Some(text));
            }
        }
    }
    Ok(None)
}

impl W3cReader {
    /// Where the annotations are, in code points: at their positions, in the unit in which all their
    /// words stand there; if there is none, where their words are found.
    fn place(
        &mut self,
        text: &Text,
        items: Vec<Item>,
        file: &str,
        into: &mut dyn Receive,
    ) -> Result<Vec<RawSpan>, Why> {
        let mut find = |at: usize, id: &Option<String>, left_out: bool, why: String| {
            into.find(Finding {
                file: file.to_owned(),
                at: At::Record(at + 1),
                id: id.clone(),
                left_out,
                why,
            });
        };
        let claims = items.iter().filter_map(|item| {
            Some(Claim {
                start: item.raw.start?,
                end: item.raw.end?,
                exact: item.quote.as_ref().map(|quote| quote.exact.as_str()),
            })
        });
        let claims: Vec<Claim> = claims.collect();
        let mut placed = match self.detector.understand(text, &claims) {
            Ok(spans) => Some(spans.into_iter()),
            Err(Misfit::Units(first, now)) => return Err(Why::Units(first, now)),
            Err(Misfit::NoUnit(_)) => None,
        };
        if placed.is_some() && self.detector.surprises(Unit::CodePoint) {
            let why = format!(
                "The offsets count {}: only so do they select the words that the file quotes.",
                self.detector.unit()
            );
            find(0, &None, false, why);
        }
        let mut anchor = Anchor::default();
        let mut spans = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let Item { mut raw, quote, .. } = item;
            raw.at = Some(At::Record(at + 1));
            let stated = raw.start.zip(raw.end);
            let here = match (&mut placed, stated) {
                (Some(placed), Some(_)) => placed.next().flatten(),
                _ => None,
            };
            let span = match (here, &quote) {
                (Some(span), _) => Some(span),
                (None, None) => None,
                (None, Some(quote)) => {
                    let from = |offset: u64| u32::try_from(offset).ok();
                    let start = stated.and_then(|(start, _)| from(start)).unwrap_or(0);
                    let near = Span::new(start, start.saturating_add(1));
                    match near.and_then(|near| anchor.find(text, near, quote)) {
                        Some(Found::Here(span)) | Some(Found::Moved(span)) => {
                            if stated.is_some() {
                                find(
                                    at,
                                    &raw.id,
                                    false,
                                    format!(
                                        "Its words are not where it says, but at {} to {}; it was moved there.",
                                        span.start(),
                                        span.end()
                                    ),
                                );
                            }
                            Some(span)
                        }
                        _ => {
                            let why = format!(
                                "An annotation is left out. Its words {} are not in the text.",
                                crate::format::native::shown(&quote.exact)
                            );
                            find(at, &raw.id, true, why);
                            continue;
                        }
                    }
                }
            };
            raw.start = span.map(|span| u64::from(span.start()));
            raw.end = span.map(|span| u64::from(span.end()));
            spans.push(raw);
        }
        Ok(spans)
    }
}
