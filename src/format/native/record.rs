//! One annotation of a file: checked, proved by its words, or left out with the reason.

use super::parts::{Part, is_label, is_name, keep, object, string, take};
use super::{Field, Reason, What};
use crate::annotation::{ATTRIBUTES, Found, Id, Method, Origin, Quote};
use crate::format::anchor::Anchor;
use crate::json::Read;
use crate::text::Span;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// An annotation as a file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAnnotation {
    /// Its place among the file's annotations, from 0.
    pub index: usize,
    /// Its name; `None` if it has none that can be used, and must get a new one.
    pub id: Option<Id>,
    /// Which code points of the document's text it covers.
    pub span: Span,
    /// The words that it covers, and what stands around them.
    pub quote: Quote,
    /// The id of its label.
    pub label: Arc<str>,
    /// What a person wrote about it.
    pub note: Option<Arc<str>>,
    /// Who made it, when and how.
    pub origin: Arc<Origin>,
}

impl ReadAnnotation {
    /// Whether it says the same as `other`, whoever made it and when.
    pub fn agrees(&self, other: &ReadAnnotation) -> bool {
        let attributes = |of: &ReadAnnotation| of.origin.extra.get(ATTRIBUTES).cloned();
        (self.span, &self.label, &self.note) == (other.span, &other.label, &other.note)
            && attributes(self) == attributes(other)
    }
}

/// The documents of a file by their ids.
pub struct Documents {
    pub parts: Vec<Part>,
    pub by_id: HashMap<String, usize>,
}

/// The fields of a record that we know, and what is left.
pub struct Fields {
    map: Map<String, Value>,
    /// Its id, whatever it is.
    pub id: Option<String>,
}

impl Fields {
    /// The fields of `value`, if it is an object.
    pub fn of(value: Value) -> Option<Fields> {
        let mut map = object(value)?;
        let id = map.shift_remove("id").and_then(string);
        Some(Fields { map, id })
    }

    /// Reads the record at `index`: the place of its document, and itself. What there is to say of
    /// it goes to `remark`.
    pub fn read(
        mut self,
        index: usize,
        documents: &Documents,
        anchor: &mut Anchor,
        mut remark: impl FnMut(What),
    ) -> Result<(usize, ReadAnnotation), Reason> {
        let map = &mut self.map;
        let document = map
            .shift_remove("document")
            .and_then(string)
            .ok_or(Reason::NoDocument)?;
        let Some((at, part)) = documents
            .by_id
            .get(&document)
            .and_then(|at| Some((*at, documents.parts.get(*at)?)))
        else {
            return Err(Reason::UnknownDocument(document));
        };
        let label = map
            .shift_remove("label")
            .and_then(string)
            .ok_or(Reason::NoLabel)?;
        if !is_label(&label) {
            return Err(Reason::BadLabel(label));
        }
        let position = map
            .shift_remove("position")
            .and_then(position)
            .ok_or(Reason::NoPosition)?;
        let quote = map
            .shift_remove("quote")
            .and_then(quote)
            .ok_or(Reason::NoQuote)?;
        let span = match anchor.find(&part.document.text, stated(part, position)?, &quote) {
            Some(Found::Here(span)) => span,
            Some(Found::Moved(to)) => {
                remark(What::Moved { from: position, to });
                to
            }
            Some(Found::Orphan) => return Err(Reason::Orphan(quote.exact)),
            None => return Err(Reason::TooManyMoved),
        };
        let id = self.id.as_deref().filter(|id| is_name(id)).map(Id::from);
        if id.is_none() {
            remark(What::BadId);
        }
        let note = take(map, "note", string, |_| remark(What::Dropped(Field::Note)));
        let annotation = ReadAnnotation {
            index,
            id,
            span,
            quote,
            label: label.into(),
            note: note.map(Arc::from),
            origin: Arc::new(origin(self.map, remark)),
        };
        Ok((at, annotation))
    }
}

/// Start and end as the file says them, in code points.
fn position(value: Value) -> Option<(u64, u64)> {
    let number = |name| u64::read(value.get(name)?.clone());
    Some((number("start")?, number("end")?))
}

/// How many code points of context are compared on each side.
const CONTEXT: usize = 64;

fn quote(value: Value) -> Option<Quote> {
    let mut map = object(value)?;
    let mut part = |key| map.shift_remove(key).and_then(string);
    let exact = part("exact").filter(|exact| !exact.is_empty())?;
    let mut prefix = part("prefix").unwrap_or_default();
    if let Some((start, _)) = prefix.char_indices().rev().nth(CONTEXT - 1) {
        prefix.drain(..start);
    }
    let mut suffix = part("suffix").unwrap_or_default();
    if let Some((end, _)) = suffix.char_indices().nth(CONTEXT) {
        suffix.truncate(end);
    }
    Some(Quote {
        exact,
        prefix,
        suffix,
    })
}

/// Where the words are said to be. In the text that was annotated, a position beyond the end is an
/// error; in another text, the words decide.
fn stated(part: &Part, (start, end): (u64, u64)) -> Result<Span, Reason> {
    if start >= end {
        return Err(Reason::Empty { start, end });
    }
    let length = part.document.text.length().code_points;
    if part.same_text && end > u64::from(length) {
        return Err(Reason::PastEnd { end, length });
    }
    let clamp = |offset: u64| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(clamp(start), clamp(end)).ok_or(Reason::PastEnd { end, length })
}

fn origin(mut map: Map<String, Value>, mut remark: impl FnMut(What)) -> Origin {
    let time = |value| string(value).filter(|time| crate::format::is_utc_time(time));
    let created = take(&mut map, "created", time, |_| {
        remark(What::Dropped(Field::Created));
    });
    let modified = take(&mut map, "modified", time, |_| {
        remark(What::Dropped(Field::Modified));
    });
    let creator = take(&mut map, "creator", string, |_| {
        remark(What::Dropped(Field::Creator));
    });
    let mut refused = |_| remark(What::Dropped(Field::Provenance));
    let mut provenance = take(&mut map, "provenance", object, &mut refused).unwrap_or_default();
    let method =
        take(&mut provenance, "method", Method::read, &mut refused).unwrap_or(Method::Imported);
    keep(&mut map, "provenance", provenance);
    Origin {
        created,
        creator: creator.filter(|creator| !creator.is_empty()),
        modified,
        method,
        extra: map,
    }
}
