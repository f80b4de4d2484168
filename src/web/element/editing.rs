//! Making, changing and taking away annotations; files out and in.

use super::Handle;
use crate::annotation::{
    ATTRIBUTES, Annotation, Found, Id, Method, Origin, Quote, find, is_label_id,
};
use crate::document::Document;
use crate::edit::{Kind, Writer};
use crate::session::{Refusal, Update};
use crate::text::Span;
use crate::web::argument::{self, Argument};
use crate::web::contract::{self, By, exception, range_error, type_error};
use crate::web::controller::{moment, now, random, sentence};
use crate::web::datasets;
use js_sys::Array;
use serde_json::Map;
use std::collections::HashSet;
use wasm_bindgen::prelude::*;

/// Where an annotation belongs that was at those UTF-16 code units and covered the words `exact`, if
/// that is known; the error goes on behind the annotation's name.
fn place(
    document: &Document,
    (start, end): (u32, u32),
    exact: Option<String>,
) -> Result<Span, String> {
    let there = contract::span(document, start, end);
    let Some(exact) = exact else {
        return there.map_err(|error| format!(": {}", sentence(&error)));
    };
    let quote = Quote {
        exact,
        prefix: String::new(),
        suffix: String::new(),
    };
    // A place that the text doesn't have is near to nothing.
    let near = there.ok().or_else(|| Span::new(0, 1));
    match near.map(|near| find(&document.text, near, &quote)) {
        Some(Found::Here(span) | Found::Moved(span)) => Ok(span),
        _ => {
            let beginning: String = quote.exact.chars().take(60).collect();
            Err(format!(
                ".text, {beginning:?}, does not stand in the article."
            ))
        }
    }
}

#[wasm_bindgen]
impl Handle {
    /// Makes an annotation of `{start, end, label, note?, attributes?}` in UTF-16 code units; `null` if a
    /// listener cancelled it.
    pub fn annotate(&self, annotation: JsValue) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let given = Argument::new(
            &annotation,
            "annotate needs an object: {start, end, label, note?, attributes?}.",
        )?;
        let (start, end) = (given.needed_offset("start")?, given.needed_offset("end")?);
        let label = given.needed_string("label")?;
        let note = given.string("note")?;
        let attributes = given.attributes()?;
        let drafted = self.controller.read(|session| {
            let span = contract::span(session.document(), start, end)?;
            session
                .draft_with_attributes(span, &label, note.as_deref(), &attributes, &moment())
                .map_err(|refusal| refused(&refusal))
        });
        let Some(drafted) = drafted else {
            return Ok(JsValue::NULL);
        };
        let (id, writes) = drafted?;
        match self.change(By::Api, writes)? {
            true => Ok(self.annotation(&id)),
            false => Ok(JsValue::NULL),
        }
    }

    /// Changes `{label?, start?, end?, note?, attributes?}` of an annotation; `null` if a listener cancelled it.
    pub fn update(&self, id: JsValue, changes: JsValue) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let id = argument::id(&id)?;
        let given = Argument::new(
            &changes,
            "update needs an object: {label?, start?, end?, note?, attributes?}.",
        )?;
        let (start, end) = (given.offset("start")?, given.offset("end")?);
        let (label, note) = (given.string("label")?, given.string("note")?);
        let attributes = given.attributes()?;
        let drafted = self.controller.read(|session| {
            let span = match (start, end) {
                (None, None) => None,
                // One that is not found in the text has no ends that could stay.
                (Some(start), Some(end)) => Some(contract::span(session.document(), start, end)?),
                _ => {
                    let former = session.existing(&id).map_err(|refusal| refused(&refusal))?;
                    let text = &session.document().text;
                    let unit = |offset| text.utf16_of(offset).map_or(0, |at| at.0);
                    let start = start.unwrap_or_else(|| unit(former.span.start()));
                    let end = end.unwrap_or_else(|| unit(former.span.end()));
                    Some(contract::span(session.document(), start, end)?)
                }
            };
            session
                .draft_update(
                    &id,
                    &Update {
                        label,
                        span,
                        note,
                        attributes,
                    },
                )
                .map_err(|refusal| refused(&refusal))
        });
        let writes = drafted.unwrap_or_else(|| Ok(Vec::new()))?;
        if !writes.is_empty() && !self.change(By::Api, writes)? {
            return Ok(JsValue::NULL);
        }
        Ok(self.annotation(&Id::from(id.as_str())))
    }

    /// Deletes an annotation: whether there was one; `null` if a listener cancelled it.
    pub fn remove(&self, id: JsValue) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let id = argument::id(&id)?;
        let there = self
            .controller
            .read(|session| session.existing(&id).is_ok() || session.state().orphan(&id).is_some());
        if there != Some(true) {
            return Ok(false.into());
        }
        self.remove_all(vec![Id::from(id.as_str())])
            .map(|removed| removed.map_or(JsValue::NULL, |_| true.into()))
    }

    /// Deletes all annotations: how many; `null` if a listener cancelled it.
    pub fn clear(&self) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let all = self.controller.read(|session| {
            let places = session.state().places(None).iter();
            let lost = session.orphans().into_iter().map(|orphan| orphan.id);
            places.map(|place| place.id.clone()).chain(lost).collect()
        });
        self.remove_all(all.unwrap_or_default())
            .map(|removed| removed.map_or(JsValue::NULL, |count| (count as u32).into()))
    }

    fn remove_all(&self, ids: Vec<Id>) -> Result<Option<usize>, JsValue> {
        let count = ids.len();
        if count == 0 {
            return Ok(Some(0));
        }
        let writes = self.controller.read(|session| session.draft_removal(ids));
        let done = self.change(By::Api, writes.unwrap_or_default())?;
        Ok(done.then_some(count))
    }

    fn change(&self, by: By, writes: Vec<crate::edit::Write>) -> Result<bool, JsValue> {
        let changed = self
            .controller
            .change(by, Kind::Edit, writes)
            .map_err(|refusal| refused(&refusal))?;
        if let (Some(_), Some(view)) = (&changed, self.controller.view()) {
            view.moved_by_script(&self.controller);
        }
        Ok(changed.is_some())
    }

    fn annotation(&self, id: &Id) -> JsValue {
        self.controller
            .read(|session| {
                let annotation = session.state().annotation(id.as_str())?;
                Some(contract::annotation(session.document(), &annotation))
            })
            .flatten()
            .unwrap_or(JsValue::NULL)
    }

    /// Undoes: whether anything was undone; `null` if a listener cancelled it.
    pub fn undo(&self) -> Result<JsValue, JsValue> {
        self.take_back(By::Undo)
    }

    /// Redoes: whether anything was redone; `null` if a listener cancelled it.
    pub fn redo(&self) -> Result<JsValue, JsValue> {
        self.take_back(By::Redo)
    }

    fn take_back(&self, by: By) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let done = self.controller.undo(by).map_err(|why| refused(&why))?;
        Ok(done.map_or(JsValue::NULL, JsValue::from))
    }

    /// Sets what the host keeps, `[{start, end, label, text?, id?, note?, creator?, created?}]` in UTF-16
    /// code units, in place of what is there: how many. No undo step, nothing stored, not dirty. Where
    /// the `text` doesn't stand at its place, it is looked for.
    pub fn restore(&self, annotations: JsValue) -> Result<usize, JsValue> {
        self.must_be_ready()?;
        if self.controller.keeping.borrow().is_some() {
            return Err(exception(
                "InvalidStateError",
                "restore is for a host that keeps the data itself: set storage=\"none\".",
            ));
        }
        let Some(annotations) = annotations.dyn_ref::<Array>() else {
            return Err(type_error("restore needs an array of annotations."));
        };
        let mut restored = Vec::with_capacity(annotations.length() as usize);
        let mut ids = HashSet::new();
        for (index, annotation) in annotations.iter().enumerate() {
            let annotation = self.restored(&annotation, index)?;
            if !ids.insert(annotation.id.clone()) {
                return Err(range_error(&format!(
                    "annotations[{index}].id, {:?}, is there twice.",
                    annotation.id.as_str()
                )));
            }
            restored.push(annotation);
        }
        let count = restored.len();
        self.controller.unkept.set(false);
        let change = self.controller.write(|session| {
            session.restore(restored, Writer(u64::from_le_bytes(random())), now())
        });
        if let Some(change) = change {
            self.controller.show(&change, By::Api);
            if let Some(view) = self.controller.view() {
                view.moved_by_script(&self.controller);
            }
        }
        Ok(count)
    }

    fn restored(&self, annotation: &JsValue, index: usize) -> Result<Annotation, JsValue> {
        let given = Argument::annotation(annotation, index)?;
        let (start, end) = (given.needed_offset("start")?, given.needed_offset("end")?);
        let label = given.needed_string("label")?;
        if !is_label_id(&label) {
            return Err(type_error(&format!(
                "annotations[{index}].label, {label:?}, is no label id."
            )));
        }
        let exact = given.string("text")?.filter(|exact| !exact.is_empty());
        let span = self.controller.read(|session| {
            place(session.document(), (start, end), exact)
                .map_err(|why| range_error(&format!("annotations[{index}]{why}")))
        });
        let mut attributes = given.attributes()?;
        attributes.retain(|_, value| !value.is_null());
        let origin = Origin {
            created: given.string("created")?,
            creator: given.string("creator")?,
            modified: given.string("modified")?,
            method: method(&given)?,
            extra: match attributes.is_empty() {
                true => Map::new(),
                false => Map::from_iter([(ATTRIBUTES.to_owned(), attributes.into())]),
            },
        };
        let id = given.string("id")?.filter(|id| !id.is_empty());
        Ok(Annotation {
            id: id.map_or_else(|| Id::random(random()), |id| Id::from(id.as_str())),
            span: span.unwrap_or_else(|| Err(type_error("No document is open yet.")))?,
            label: label.as_str().into(),
            note: given.string("note")?.map(|note| note.as_str().into()),
            later: None,
            origin: origin.into(),
            modified: None,
        })
    }

    /// What is open, as a `File` of our JSON, of which the shell has one of the format made;
    /// `[{id, name, extension}]` are in [`Handle::formats`].
    pub fn export(&self, format: &str) -> Result<web_sys::File, JsValue> {
        datasets::export(&self.controller, format)
    }

    /// Tells the host and the person that something failed outside of the program.
    pub fn fail(&self, code: &str, message: &str) {
        self.controller.fail(code, message);
    }

    /// Tells the host that something failed outside of the program which it has asked for itself.
    #[wasm_bindgen(js_name = tellFailure)]
    pub fn tell_failure(&self, code: &str, message: &str) {
        self.controller.tell_failure(code, message);
    }

    /// What can be written: `[{id, name, extension}]`.
    pub fn formats(&self) -> JsValue {
        datasets::formats()
    }

    /// Imports annotations of the open document from a file's text, as one undo step:
    /// `{added, unchanged, conflicting, rejected}`. If it is `dry`, nothing changes, and `reasons` says why
    /// some would be rejected.
    pub fn import(&self, content: JsValue, format: &str, dry: bool) -> Result<JsValue, JsValue> {
        self.must_be_writable()?;
        let imported = match content.as_string() {
            Some(content) => datasets::import(&self.controller, &content, format, dry),
            None => Err(type_error("import needs a File or a string.")),
        };
        if let Err(error) = &imported {
            self.controller.fail("import", &sentence(error));
        }
        if let Some(view) = self.controller.view() {
            view.moved_by_script(&self.controller);
        }
        imported.map(|imported| imported.to_js())
    }
}

fn refused(refusal: &Refusal) -> JsValue {
    let message = refusal.to_string();
    match refusal {
        Refusal::UnknownLabel { .. }
        | Refusal::UnknownAttribute { .. }
        | Refusal::AttributeKind { .. } => type_error(&message),
        Refusal::UnknownAnnotation(_) | Refusal::NoOption { .. } => range_error(&message),
        Refusal::Already { .. } => exception("InvalidStateError", &message),
        Refusal::ReadOnly => exception("NoModificationAllowedError", &message),
    }
}

/// `provenance.method`, by hand if it isn't said.
fn method(annotation: &Argument) -> Result<Method, JsValue> {
    let Some(provenance) = annotation.inner("provenance")? else {
        return Ok(Method::Manual);
    };
    let provenance = annotation.within(&provenance, "provenance");
    match provenance.string("method")?.as_deref() {
        None | Some("manual") => Ok(Method::Manual),
        Some("imported") => Ok(Method::Imported),
        Some("model") => Ok(Method::Model),
        Some("rule") => Ok(Method::Rule),
        Some(other) => Err(type_error(&format!(
            "{other:?} is no method; there are manual, imported, model and rule."
        ))),
    }
}
