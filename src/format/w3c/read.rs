//! Reading Web Annotations: those of ours, and those of programs that count in other units or give
//! one selector alone.

use super::item::{Item, Selection};
use crate::annotation::Found;
use crate::document::{DocumentMeta, Source, sha256_hex};
use crate::format::anchor::Anchor;
use crate::format::exchange::{
    At, Builder, Claim, Counter, Detector, Files, Finding, Input, Misfit, Options, RawDocument,
    RawSpan, Reader, Receive, Refusal, Unit, Why, read_text,
};
use crate::format::native::shown;
use crate::format::whole::read_json;
use crate::json::Read;
use crate::text::{Span, Text};
use serde_json::Value;

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
        let total = file.get("total").cloned().and_then(usize::read);
        let mut items = Vec::new();
        collect(file, &mut items).map_err(|why| whole(Why::Malformed(why.into())))?;
        let mut say = |at: At, left_out: bool, why: String| {
            into.find(Finding {
                file: name.to_owned(),
                at,
                id: None,
                left_out,
                why,
            });
        };
        if let Some(total) = total.filter(|total| *total > items.len()) {
            let why = format!(
                "The file has {} of {total} annotations; the others are on pages that are not in it.",
                items.len()
            );
            say(At::File, false, why);
        }
        let mut read: Vec<Item> = Vec::new();
        for (number, value) in (1..).zip(items) {
            let of_one = Item::all(value, At::Record(number));
            if of_one.len() > 1 {
                let why = format!(
                    "It has several labels or targets; it is {} annotations now.",
                    of_one.len()
                );
                say(At::Record(number), false, why);
            }
            read.extend(of_one);
        }
        let hash = read.iter().find_map(|item| item.hash());
        let (id, content) = match text_beside(name, hash.as_deref(), input.beside)? {
            Some(content) => (label, content),
            None => match &self.about {
                Some((id, text)) => (Some(id.clone()), text.clone()),
                None => return Err(whole(Why::NoText(text_name(name)))),
            },
        };
        let source = source_of(&content, &read);
        read.retain(|item| {
            let is_about_it = item.source.is_none() || item.source == source;
            if !is_about_it {
                let other = shown(item.source.as_deref().unwrap_or_default());
                let why = format!("An annotation is left out. It is about another text: {other}.");
                say(item.at, true, why);
            }
            is_about_it
        });
        let title = DocumentMeta::default().title;
        let text =
            Text::new(content.clone()).map_err(|_| whole(Why::TooLarge(u32::MAX as usize)))?;
        let spans = self.place(&text, read, name, into).map_err(whole)?;
        let raw = RawDocument {
            id,
            title,
            source: Source {
                uri: source.filter(|iri| iri.starts_with("http")),
                file_name: None,
            },
            text: content,
            spans,
            ..RawDocument::default()
        };
        let added = self.builder.add(raw, name, At::File, into).map_err(whole)?;
        added.map_err(|why| whole(Why::NoDocuments(Some(why))))
    }
}

/// Which of the sources that annotations name is this text: the one of which it has the most quoted words.
fn source_of(text: &str, items: &[Item]) -> Option<String> {
    let mut named = items.iter().filter_map(|item| item.source.as_deref());
    let first = named.next()?;
    // Nearly always; then no words have to be looked for.
    if named.all(|source| source == first) {
        return Some(first.to_owned());
    }
    let mut sources: Vec<(&str, usize)> = Vec::new();
    for item in items {
        let Some(source) = item.source.as_deref() else {
            continue;
        };
        let quote = item.quote.as_ref();
        let fits = usize::from(quote.is_some_and(|quote| text.contains(&quote.exact)));
        match sources.iter_mut().find(|(of, _)| *of == source) {
            Some((_, count)) => *count += fits,
            None => sources.push((source, fits)),
        }
    }
    let most = sources.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(source, _)| source.to_owned())
}

/// Adds the annotations of a collection, a page, a list or a single one. The error is why it is none of these.
fn collect(value: Value, items: &mut Vec<Value>) -> Result<(), &'static str> {
    const ELSEWHERE: &str = "its Web Annotations are on a page of their own, which is not in it";
    const NONE: &str =
        "it has no Web Annotations: an AnnotationCollection, an AnnotationPage or Annotations";
    match value {
        Value::Array(list) => {
            for value in list {
                collect(value, items)?;
            }
            Ok(())
        }
        Value::Object(mut fields) => {
            if let Some(list) = fields.shift_remove("items") {
                collect(list, items)?;
                return match fields.shift_remove("next") {
                    Some(next @ Value::Object(_)) => collect(next, items),
                    _ => Ok(()),
                };
            }
            if let Some(page) = fields.shift_remove("first") {
                return match page {
                    Value::String(_) => Err(ELSEWHERE),
                    page => collect(page, items),
                };
            }
            if fields.contains_key("target") {
                items.push(Value::Object(fields));
                return Ok(());
            }
            // A collection without annotations has no page.
            match fields.get("total").is_some_and(|total| *total == 0) {
                true => Ok(()),
                false => Err(NONE),
            }
        }
        _ => Err(NONE),
    }
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
        let mut find = |at: At, id: &Option<String>, left_out: bool, why: String| {
            into.find(Finding {
                file: file.to_owned(),
                at,
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
            find(At::Record(1), &None, false, why);
        }
        let has_unit = placed.is_some();
        let mut anchor = Anchor::default();
        let mut spans = Vec::new();
        for item in items {
            let Item {
                mut raw,
                quote,
                refined,
                unread,
                at,
                ..
            } = item;
            raw.at = Some(at);
            let stated = raw.start.zip(raw.end);
            let here = match (&mut placed, stated) {
                (Some(placed), Some(_)) => placed.next().flatten(),
                // Others may be wrong; this one is not.
                (None, Some((start, end))) => {
                    let span = Counter::new(text, Unit::CodePoint).span(start, end);
                    let exact = quote.as_ref().map(|quote| quote.exact.as_str());
                    span.filter(|span| exact.is_some() && text.slice(*span) == exact)
                }
                _ => None,
            };
            let found = match (here, &quote) {
                (Some(span), _) => Ok(span),
                (None, None) => Err(match (stated, unread) {
                    (Some(_), _) if !has_unit => "The words that the file quotes stand where it says in no unit, so nobody knows what its own place counts.".to_owned().into(),
                    (Some(_), _) => None,
                    (None, Some(kind)) if kind == "TextPositionSelector" => None,
                    (None, Some(kind)) => Some(format!("Its place is told by a selector that can't be read here: {}.", shown(&kind))),
                    (None, None) => "Its target has no selector that tells a place in the text.".to_owned().into(),
                }),
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
                            Ok(span)
                        }
                        _ => Err(Some(format!("Its words {} are not in the text.", shown(&quote.exact)))),
                    }
                }
            };
            let found = found.and_then(|span| match &refined {
                None => Ok(span),
                Some(selector) => refine(text, span, selector, self.detector.unit())
                    .ok_or_else(|| Some("What refines its selector selects nothing.".to_owned())),
            });
            match found {
                Ok(span) => {
                    raw.start = Some(span.start().into());
                    raw.end = Some(span.end().into());
                }
                // The place itself is wrong, which is told like that of any other format.
                Err(None) => {}
                Err(Some(why)) => {
                    let why = format!("An annotation is left out. {why}");
                    find(at, &raw.id, true, why);
                    continue;
                }
            }
            spans.push(raw);
        }
        Ok(spans)
    }
}

/// What a further selector selects within `span`: a place, or words that are there once.
fn refine(text: &Text, span: Span, selector: &Value, unit: Unit) -> Option<Span> {
    let within = text.slice(span)?;
    let selection = Selection::of(selector.clone());
    let inner = match (selection.position, selection.quote) {
        (Some((start, end)), _) => {
            Counter::new(&Text::new(within.to_owned()).ok()?, unit).span(start, end)?
        }
        (None, Some(quote)) => {
            let mut places = within.match_indices(&quote.exact);
            let ((at, _), None) = (places.next()?, places.next()) else {
                return None;
            };
            let start = within.get(..at)?.chars().count() as u32;
            Span::new(start, start + quote.exact.chars().count() as u32)?
        }
        (None, None) => return None,
    };
    Span::new(span.start() + inner.start(), span.start() + inner.end())
}
