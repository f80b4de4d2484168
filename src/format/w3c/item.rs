//! One annotation: what its bodies say, and what its targets select.
//!
//! Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017. How Hypothesis writes bodies: `h`,
//! `h/presenters/annotation_jsonld.py`; how Recogito writes targets: `text-annotator-js`.

use super::{ATTRIBUTE, OTHER_ID, TEXT, UUID};
use crate::annotation::Quote;
use crate::format::attributes::as_extra;
use crate::format::exchange::{At, RawSpan};
use crate::json::{Fields, Read};
use serde_json::{Map, Value};

/// What an annotation says by one label of one target.
#[derive(Clone)]
pub struct Item {
    /// Its start and end are those of a position, in the file's unit.
    pub raw: RawSpan,
    /// Its words, and what stands around them.
    pub quote: Option<Quote>,
    /// The selector that selects within what these do.
    pub refined: Option<Value>,
    /// The type of a selector that can't be read.
    pub unread: Option<String>,
    /// The IRI of what it is about.
    pub source: Option<String>,
    /// Its place in the file.
    pub at: At,
}

/// A value, or each of a list of values.
fn each(value: Option<Value>) -> Vec<Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
    }
}

/// The strings among a value or a list of values.
fn strings(value: Option<Value>) -> Vec<String> {
    each(value).into_iter().filter_map(String::read).collect()
}

/// The IRI of what a body or a target is of.
fn source_of(fields: &mut Fields) -> Option<String> {
    match fields.want("source").ok().flatten()? {
        Value::Object(mut source) => source.shift_remove("id").and_then(String::read),
        source => String::read(source),
    }
}

/// What a body says by an attribute, with its id.
fn attribute(body: Value) -> Option<(String, Value)> {
    let mut body = Fields::read(body)?;
    let mut string = |name: &str| body.string(name);
    let (id, value) = (string(ATTRIBUTE)?, string("value")?);
    match string("format").as_deref() {
        Some("application/json") => Some((id, crate::json::parse(&value).ok()?)),
        _ => Some((id, value.into())),
    }
}

/// Whether a purpose or a motivation is to say something about the words rather than what they are.
fn is_remark(purpose: &str) -> bool {
    !matches!(
        purpose,
        "tagging"
            | "classifying"
            | "identifying"
            | "highlighting"
            | "oa:tagging"
            | "oa:classifying"
    )
}

/// What bodies say.
#[derive(Default)]
struct Said {
    labels: Vec<String>,
    notes: Vec<String>,
    attributes: Map<String, Value>,
}

impl Said {
    /// Labels are the bodies for tagging. Where there are none, so are those without a purpose, unless the motivation
    /// of the annotation makes them remarks; and at last the motivation itself, which without any body is to highlight.
    fn of(bodies: Vec<Value>, motivations: &[String]) -> Said {
        let mut said = Said::default();
        let mut plain = Vec::new();
        let mut purposes_of_notes = Vec::new();
        for body in bodies {
            if body.get(ATTRIBUTE).is_some_and(Value::is_string) {
                said.attributes.extend(attribute(body));
                continue;
            }
            let (value, purposes) = match body {
                Value::String(iri) => (Some(iri), Vec::new()),
                body => {
                    let mut body: Fields = Read::read(body).unwrap_or_default();
                    let mut purposes = strings(body.want("purpose").ok().flatten());
                    // Nobody formats a label.
                    let format = body.string("format");
                    if purposes.is_empty() && format.is_some_and(|format| format == "text/markdown")
                    {
                        purposes.push("commenting".to_owned());
                    }
                    let value = body.string("value").or_else(|| source_of(&mut body));
                    (value.or_else(|| body.string("id")), purposes)
                }
            };
            let Some(value) = value.filter(|value| !value.trim().is_empty()) else {
                continue;
            };
            match purposes.iter().any(|purpose| !is_remark(purpose)) {
                true => said.labels.push(value),
                false if purposes.is_empty() => plain.push(value),
                false => {
                    purposes_of_notes.extend(purposes);
                    said.notes.push(value);
                }
            }
        }
        let are_remarks = !said.labels.is_empty() || motivations.iter().any(|of| is_remark(of));
        match are_remarks {
            true => said.notes.extend(plain),
            false => said.labels.extend(plain),
        }
        if said.labels.is_empty() {
            let names = motivations.iter().chain(&purposes_of_notes);
            let name = names.take(1).next().map_or("highlighting", String::as_str);
            said.labels.push(name.to_owned());
        }
        let mut seen = Vec::new();
        said.labels.retain(|label| {
            let is_new = !seen.contains(label);
            seen.push(label.clone());
            is_new
        });
        said
    }
}

impl Item {
    /// An annotation for each label of each target; the first has the id.
    pub fn all(value: Value, at: At) -> Vec<Item> {
        let mut fields: Fields = Read::read(value).unwrap_or_default();
        let motivations = strings(fields.want("motivation").ok().flatten());
        let mut bodies = each(fields.want("body").ok().flatten());
        bodies.extend(fields.string("bodyValue").map(Value::String));
        let said = Said::of(bodies, &motivations);
        let creators = each(fields.want("creator").ok().flatten());
        let names = creators.into_iter().filter_map(|creator| match creator {
            Value::Object(mut creator) => {
                let name = creator.shift_remove("name");
                name.or_else(|| creator.shift_remove("id"))
                    .and_then(String::read)
            }
            creator => String::read(creator),
        });
        let names: Vec<String> = names.collect();
        let notes = said.notes.join("\n");
        let mut id = fields.string("id").map(|iri| id_of(&iri));
        let raw = RawSpan {
            created: fields.string("created"),
            modified: fields.string("modified"),
            creator: Some(names.join(", ")),
            note: Some(notes),
            extra: as_extra(said.attributes),
            ..RawSpan::default()
        };
        let mut targets = each(fields.want("target").ok().flatten());
        if targets.is_empty() {
            targets.push(Value::Null);
        }
        let mut items = Vec::new();
        for target in targets {
            let of_target = Item::of(target, raw.clone(), at);
            for label in &said.labels {
                let mut item = of_target.clone();
                item.raw.id = id.take();
                item.raw.label = Some(label.clone());
                items.push(item);
            }
        }
        items
    }

    fn of(target: Value, raw: RawSpan, at: At) -> Item {
        let (source, selectors) = match target {
            Value::String(iri) => (Some(iri), Vec::new()),
            target => {
                let mut target: Fields = Read::read(target).unwrap_or_default();
                let source = source_of(&mut target);
                (source, each(target.want("selector").ok().flatten()))
            }
        };
        let mut all = Selection::default();
        for selector in selectors {
            let one = Selection::of(selector);
            // Each selects the same, and what refines a position counts before what refines a quote.
            if all.position.is_none() && one.position.is_some()
                || all.position.is_none() && all.quote.is_none() && one.quote.is_some()
            {
                all.refined = one.refined;
            }
            all.position = all.position.or(one.position);
            all.quote = all.quote.or(one.quote);
            all.unread = all.unread.or(one.unread);
        }
        let position = all.position;
        Item {
            raw: RawSpan {
                start: position.map(|(start, _)| start),
                end: position.map(|(_, end)| end),
                ..raw
            },
            quote: all.quote,
            refined: all.refined,
            unread: all.unread,
            source,
            at,
        }
    }

    /// The hash of the text that it is about, which our own files name.
    pub fn hash(&self) -> Option<String> {
        let hash = self.source.as_deref()?.strip_prefix(TEXT)?;
        Some(hash.to_owned())
    }
}

/// What a selector selects.
#[derive(Clone, Default)]
pub struct Selection {
    /// Start and end, in the file's unit.
    pub position: Option<(u64, u64)>,
    /// The words, and what stands around them.
    pub quote: Option<Quote>,
    refined: Option<Value>,
    unread: Option<String>,
}

impl Selection {
    /// That of a position, a quote, a choice between several, or a fragment (RFC 5147, `char=3,7`).
    pub fn of(selector: Value) -> Selection {
        let Some(mut fields) = Map::read(selector) else {
            return Selection::default();
        };
        let refined = fields.shift_remove("refinedBy");
        let kinds = fields
            .shift_remove("type")
            .or_else(|| fields.shift_remove("@type"));
        let kinds = strings(kinds);
        let is = |name: &str| kinds.iter().any(|kind| kind == name);
        let number = |name: &str| fields.get(name).cloned().and_then(u64::read);
        let string = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut selection = Selection {
            refined,
            ..Selection::default()
        };
        if is("TextPositionSelector") {
            selection.position = number("start").zip(number("end"));
        } else if is("TextQuoteSelector") {
            let exact = string("exact").filter(|exact| !exact.is_empty());
            selection.quote = exact.map(|exact| Quote {
                exact,
                prefix: string("prefix").unwrap_or_default(),
                suffix: string("suffix").unwrap_or_default(),
            });
        } else if is("FragmentSelector") {
            let value = string("value").unwrap_or_default();
            let place = value
                .strip_prefix("char=")
                .and_then(|place| place.split_once(','));
            selection.position =
                place.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        } else if is("Choice") {
            let mut choices = each(fields.shift_remove("items"))
                .into_iter()
                .map(Selection::of);
            let usable = choices.find(|one| one.position.is_some() || one.quote.is_some());
            selection = usable.unwrap_or(selection);
        }
        if selection.position.is_none() && selection.quote.is_none() {
            selection.unread = kinds.into_iter().next();
        }
        selection
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
