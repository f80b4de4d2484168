//! What records and snapshots have in common: the line's check, and values as JSON.

use super::crc::crc32;
use super::{SET_ATTRIBUTES, SEVERAL_TEXTS, Unreadable, VERSION};
use crate::annotation::Origin;
use crate::edit::{self, DocumentState, Field, Kind, Stamp, TextSpan};
use crate::json::{self, Fields, Malformed, Read, variant};
use crate::text::Span;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::sync::Arc;

/// Sets the CRC-32 before `json`.
pub fn seal(value: &impl Serialize) -> String {
    // Our own wire types have string keys alone, so this can't fail; an empty line would be
    // recognised as damaged.
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("{:08x} {json}", crc32(json.as_bytes()))
}

impl From<Malformed> for Unreadable {
    fn from(Malformed(why): Malformed) -> Unreadable {
        Unreadable::Damaged(why)
    }
}

/// Checks the CRC-32 and the version, then gives the fields of the JSON.
pub fn unseal(line: &str) -> Result<Fields, Unreadable> {
    let damaged = |why: &str| Unreadable::Damaged(why.to_owned());
    let (sum, json) = line
        .split_once(' ')
        .ok_or_else(|| damaged("it has no check sum"))?;
    if sum != format!("{:08x}", crc32(json.as_bytes())) {
        return Err(damaged("its check sum does not fit"));
    }
    let mut fields =
        Fields::read(json::parse(json)?).ok_or_else(|| damaged("it is no JSON object"))?;
    match fields.need("v")? {
        v if v > SET_ATTRIBUTES => Err(Unreadable::Newer(v)),
        _ => Ok(fields),
    }
}

/// A [`Stamp`] as `12.0123456789abcdef`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WireStamp(pub Stamp);

impl Serialize for WireStamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Read for WireStamp {
    fn read(value: Value) -> Option<WireStamp> {
        let stamp: Stamp = value.as_str()?.parse().ok()?;
        (stamp.time <= Stamp::LATEST_TIME).then_some(WireStamp(stamp))
    }
}

/// A [`Span`] as `[start, end]` in code points.
#[derive(Clone, Copy)]
pub struct WireSpan(pub Span);

impl Serialize for WireSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.0.start(), self.0.end()].serialize(serializer)
    }
}

impl Read for WireSpan {
    fn read(value: Value) -> Option<WireSpan> {
        let (start, end) = Read::read(value)?;
        Span::new(start, end).map(WireSpan)
    }
}

/// The version of a line whose spans are these, and which sets attributes or doesn't.
pub fn version<'a>(
    mut spans: impl Iterator<Item = &'a WireTextSpan>,
    sets_attributes: bool,
) -> u32 {
    match spans.any(|span| span.1.is_some()) {
        _ if sets_attributes => SET_ATTRIBUTES,
        true => SEVERAL_TEXTS,
        false => VERSION,
    }
}

/// A [`Field`] as its number, or, for an attribute, as its id.
#[derive(Clone, PartialEq, Eq)]
pub struct WireField(pub Field);

/// The fields that have numbers, which are their places here.
const NUMBERED: [Field; 6] = [
    Field::Exists,
    Field::Span,
    Field::Label,
    Field::Note,
    Field::Origin,
    Field::State,
];

impl Serialize for WireField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Field::Attribute(id) => serializer.serialize_str(id),
            field => {
                let number = NUMBERED.iter().position(|numbered| numbered == field);
                number.unwrap_or_default().serialize(serializer)
            }
        }
    }
}

impl Read for WireField {
    fn read(value: Value) -> Option<WireField> {
        match value {
            Value::String(id) => Some(WireField(Field::Attribute(id.into()))),
            number => {
                let field = NUMBERED.get(usize::read(number)?)?;
                Some(WireField(field.clone()))
            }
        }
    }
}

/// A [`TextSpan`] as `[start, end]`, or as `[start, end, text]` where the line counts in another text.
#[derive(Clone)]
pub struct WireTextSpan(pub Span, pub Option<Arc<str>>);

impl WireTextSpan {
    /// For a line that counts in `text`.
    pub fn of(at: TextSpan, text: &str) -> WireTextSpan {
        WireTextSpan(at.span, (*at.text != *text).then_some(at.text))
    }

    /// What is written in a register.
    pub fn value(self) -> edit::Value {
        match self {
            WireTextSpan(span, None) => edit::Value::Span(span),
            WireTextSpan(span, Some(text)) => edit::Value::SpanIn(TextSpan { span, text }),
        }
    }
}

impl Serialize for WireTextSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.1 {
            None => WireSpan(self.0).serialize(serializer),
            Some(text) => (self.0.start(), self.0.end(), text).serialize(serializer),
        }
    }
}

impl Read for WireTextSpan {
    fn read(value: Value) -> Option<WireTextSpan> {
        let (start, end, text) = match value.as_array()?.len() {
            3 => Read::read(value).map(|(start, end, text)| (start, end, Some(text)))?,
            _ => Read::read(value).map(|(start, end)| (start, end, None))?,
        };
        Span::new(start, end).map(|span| WireTextSpan(span, text))
    }
}

/// A [`DocumentState`].
#[derive(Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WireState {
    Open,
    Done,
    Skipped(Arc<str>),
}

impl Read for WireState {
    fn read(value: Value) -> Option<WireState> {
        match value.as_str() {
            Some("open") => Some(WireState::Open),
            Some("done") => Some(WireState::Done),
            Some(_) => None,
            None => match variant(value)? {
                (name, why) if name == "skipped" => Read::read(why).map(WireState::Skipped),
                _ => None,
            },
        }
    }
}

impl From<DocumentState> for WireState {
    fn from(state: DocumentState) -> WireState {
        match state {
            DocumentState::Open => WireState::Open,
            DocumentState::Done => WireState::Done,
            DocumentState::Skipped(why) => WireState::Skipped(why),
        }
    }
}

impl From<WireState> for DocumentState {
    fn from(state: WireState) -> DocumentState {
        match state {
            WireState::Open => DocumentState::Open,
            WireState::Done => DocumentState::Done,
            WireState::Skipped(why) => DocumentState::Skipped(why),
        }
    }
}

/// A [`Kind`], with the transaction that an undo or redo is about.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WireKind {
    Edit,
    Undo(WireStamp),
    Redo(WireStamp),
}

impl Read for WireKind {
    fn read(value: Value) -> Option<WireKind> {
        if value.as_str() == Some("edit") {
            return Some(WireKind::Edit);
        }
        let (name, target) = variant(value)?;
        let target = Read::read(target)?;
        match name.as_str() {
            "undo" => Some(WireKind::Undo(target)),
            "redo" => Some(WireKind::Redo(target)),
            _ => None,
        }
    }
}

impl From<Kind> for WireKind {
    fn from(kind: Kind) -> WireKind {
        match kind {
            Kind::Edit => WireKind::Edit,
            Kind::Undo(target) => WireKind::Undo(WireStamp(target)),
            Kind::Redo(target) => WireKind::Redo(WireStamp(target)),
        }
    }
}

impl From<WireKind> for Kind {
    fn from(kind: WireKind) -> Kind {
        match kind {
            WireKind::Edit => Kind::Edit,
            WireKind::Undo(target) => Kind::Undo(target.0),
            WireKind::Redo(target) => Kind::Redo(target.0),
        }
    }
}

/// Who made an annotation; the same form as in the core.
pub type WireOrigin = Arc<Origin>;

impl Read for WireOrigin {
    fn read(value: Value) -> Option<WireOrigin> {
        Origin::read(value).map(Arc::new)
    }
}
