//! What records and snapshots have in common: the line's check, and values as JSON.

use super::{Unreadable, VERSION};
use crate::annotation::Origin;
use crate::edit::{DocumentState, Kind, Stamp};
use crate::text::Span;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Sets the CRC-32 before `json`.
pub fn seal(value: &impl Serialize) -> String {
    // Our own wire types have string keys alone, so this can't fail; an empty line would be
    // recognised as damaged.
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("{:08x} {json}", crc32fast::hash(json.as_bytes()))
}

#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

/// Checks the CRC-32 and the version, then reads the JSON.
pub fn unseal<T: DeserializeOwned>(line: &str) -> Result<T, Unreadable> {
    let damaged = |why: &str| Unreadable::Damaged(why.to_owned());
    let (sum, json) = line
        .split_once(' ')
        .ok_or_else(|| damaged("it has no check sum"))?;
    if sum.len() != 8 || u32::from_str_radix(sum, 16) != Ok(crc32fast::hash(json.as_bytes())) {
        return Err(damaged("its check sum does not fit"));
    }
    let malformed = |e: serde_json::Error| Unreadable::Damaged(e.to_string());
    let Versioned { v } = serde_json::from_str(json).map_err(malformed)?;
    if v > VERSION {
        return Err(Unreadable::Newer(v));
    }
    serde_json::from_str(json).map_err(malformed)
}

/// A [`Stamp`] as `12.0123456789abcdef`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WireStamp(pub Stamp);

impl Serialize for WireStamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for WireStamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WireStamp, D::Error> {
        let stamp = String::deserialize(deserializer)?;
        stamp
            .parse()
            .map(WireStamp)
            .map_err(|()| D::Error::custom(format!("{stamp:?} is no stamp")))
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

impl<'de> Deserialize<'de> for WireSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WireSpan, D::Error> {
        let [start, end] = <[u32; 2]>::deserialize(deserializer)?;
        Span::new(start, end)
            .map(WireSpan)
            .ok_or_else(|| D::Error::custom(format!("{start}..{end} is no span")))
    }
}

/// A [`DocumentState`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WireState {
    Open,
    Done,
    Skipped(Arc<str>),
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
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WireKind {
    Edit,
    Undo(WireStamp),
    Redo(WireStamp),
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

/// Tells a field that is `null` from one that is absent.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
