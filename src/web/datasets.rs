//! Files out and in: exporting what is open, importing annotations, opening a dataset.

use super::contract::{self, By};
use super::controller::{Controller, now, random};
use super::panels::NoticeKind;
use crate::annotation::Id;
use crate::document::{Document, lines};
use crate::edit::{Kind, Transaction, Write};
use crate::format::import::plan;
use crate::format::native::{self, Export, ReadDocument, Rejected};
use crate::format::{FORMATS, Format, format};
use crate::session::Session;
use js_sys::{Array, JsString, Object};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{File, FilePropertyBag};

/// Our JSON: the one format that is read and written here.
pub const OURS: &str = "json";

/// `[{id, name, extension}]`: what can be written.
pub fn formats() -> JsValue {
    #[derive(Serialize)]
    struct JsFormat {
        id: &'static str,
        name: &'static str,
        extension: &'static str,
    }
    let all: Vec<JsFormat> = FORMATS
        .iter()
        .filter(|f| f.writes)
        .map(|f| JsFormat {
            id: f.id,
            name: f.name,
            extension: f.extension.trim_start_matches('.'),
        })
        .collect();
    contract::to_js(&all)
}

/// The format of that id, or the error that says which there are.
pub fn known(id: &str) -> Result<&'static Format, JsValue> {
    format(id).ok_or_else(|| {
        let ids: Vec<&str> = FORMATS.iter().map(|f| f.id).collect();
        contract::range_error(&format!(
            "There is no format {id:?}; the formats are {}.",
            ids.join(", ")
        ))
    })
}

/// What is open, with its annotations, as a file of our JSON, which another module makes a file of the
/// format of that id from. It is read back and checked before it is given.
pub fn export(controller: &Controller, id: &str) -> Result<File, JsValue> {
    known(id)?;
    let format = known(OURS)?;
    controller.sign();
    let now = now();
    let written = controller.read(|session| {
        let kept = controller.kept.borrow();
        let written = native::write(&Export {
            documents: vec![(session.document(), session.state())],
            labels: session.labels(),
            creator: session.creator(),
            now: &now,
            kept: &kept,
        });
        (written, file_name(session.document(), format))
    });
    let Some((written, name)) = written else {
        return Err(contract::exception(
            "InvalidStateError",
            "No document is open yet.",
        ));
    };
    let exported =
        written.map_err(|error| JsValue::from(js_sys::Error::new(&error.to_string())))?;
    if let (Some(problem), Some(view)) = (exported.problems.first(), controller.view()) {
        view.notice(NoticeKind::Warning, &problem.to_string());
    }
    file(exported.json, &name, format)
}

/// A file of that content.
pub fn file(content: String, name: &str, format: &Format) -> Result<File, JsValue> {
    let parts = Array::of1(&content.into());
    let options = FilePropertyBag::new();
    options.set_type(format.media_type);
    File::new_with_str_sequence_and_options(&parts, name, &options)
}

/// A name that every file system takes: the title's words, cut short.
fn file_name(document: &Document, format: &Format) -> String {
    let title = document.title.as_deref().unwrap_or("article");
    let stem = title.rsplit_once('.').map_or(title, |(stem, extension)| {
        // A file's name loses its extension, a sentence keeps its full stop.
        if extension.len() <= 5 && !extension.contains(' ') {
            stem
        } else {
            title
        }
    });
    let mut name = String::new();
    for word in stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if name.chars().count() + word.chars().count() > 60 {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    if name.is_empty() {
        name.push_str("article");
    }
    // The browser has the tables of all letters.
    String::from(JsString::from(name).to_lower_case()) + format.extension
}

/// A dataset that is opened for its first document.
pub struct Opened {
    kept: native::Kept,
    read: ReadDocument,
    rejected: Vec<Rejected>,
    // How many documents of the file are not opened.
    further: usize,
}

/// Reads a dataset, and gives its first document.
pub fn open(json: &str) -> Result<(Document, Opened), String> {
    let dataset = native::read(json).map_err(|error| error.to_string())?;
    let further = dataset.documents.len().saturating_sub(1);
    let Some(mut read) = dataset.documents.into_iter().next() else {
        return Err("The file holds no document.".into());
    };
    if read.document.blocks.is_empty() {
        read.document.blocks = lines(read.document.text.as_str());
    }
    let opened = Opened {
        kept: dataset.kept,
        read,
        rejected: dataset.rejected,
        further,
    };
    Ok((opened.read.document.clone(), opened))
}

impl Opened {
    /// Takes the file's annotations into a session that nobody sees yet, so that no listener is
    /// asked and nothing is painted twice: what has to be stored, what is kept beside the text, and
    /// what to say.
    pub fn take_into(
        mut self,
        session: &mut Session,
    ) -> (Option<Transaction>, native::Kept, String) {
        let orphans = orphans(&mut self.kept, &self.read, session);
        let mut planned = plan(
            &session.document().text,
            session.state(),
            session.labels(),
            &self.read,
            || Id::random(random()),
        );
        planned.writes.extend(orphans);
        let mut says = format!("{} opened with the text.", annotations(planned.added.len()));
        if self.further > 0 {
            says.push_str(&format!(
                " The file holds {} more documents, which this version does not open.",
                self.further
            ));
        }
        let rejected = self.rejected.len() + planned.rejected.len();
        if let Some(first) = self.rejected.first().or(planned.rejected.first()) {
            says.push_str(&format!(
                " {} left out. The first: {}",
                were(rejected),
                first.why
            ));
        }
        let transaction = (!planned.writes.is_empty() && !session.read_only())
            .then(|| session.commit(Kind::Edit, planned.writes, now()).0);
        (transaction, self.kept, says)
    }
}

/// The writes that bring in what the file couldn't place in its text either.
fn orphans(kept: &mut native::Kept, read: &ReadDocument, session: &Session) -> Vec<Write> {
    match kept.documents.get_mut(&read.document.id) {
        Some(extra) => native::orphans::take(extra, session.state()),
        None => Vec::new(),
    }
}

fn annotations(count: usize) -> String {
    match count {
        1 => "1 annotation".into(),
        n => format!("{n} annotations"),
    }
}

/// How many of a file's annotations came in, and how many did not.
#[derive(Default)]
pub struct Imported {
    added: usize,
    unchanged: usize,
    conflicting: usize,
    rejected: usize,
    /// Why, of a preview.
    reasons: Option<Vec<String>>,
}

/// How many reasons a preview gives: a list of thousands helps nobody.
const REASONS: usize = 200;

impl Imported {
    /// `{added, unchanged, conflicting, rejected}`, and of a preview `reasons`, an array of sentences.
    pub fn to_js(&self) -> JsValue {
        let object = Object::new();
        for (name, count) in [
            ("added", self.added),
            ("unchanged", self.unchanged),
            ("conflicting", self.conflicting),
            ("rejected", self.rejected),
        ] {
            contract::put(&object, name, &(count as u32).into());
        }
        if let Some(reasons) = &self.reasons {
            let reasons: Array = reasons.iter().take(REASONS).map(JsValue::from).collect();
            contract::put(&object, "reasons", &Object::freeze(&reasons));
        }
        Object::freeze(&object).into()
    }
}

/// Takes the annotations of a read document into the open one, as one undo step; if it is `dry`, says
/// what that would come to.
fn take_in(
    controller: &Controller,
    mut kept: native::Kept,
    read: &ReadDocument,
    dry: bool,
) -> Result<Imported, JsValue> {
    let planned = controller.read(|session| {
        let mut planned = plan(
            &session.document().text,
            session.state(),
            session.labels(),
            read,
            || Id::random(random()),
        );
        let orphans = orphans(&mut kept, read, session);
        planned.writes.extend(orphans);
        planned
    });
    let Some(planned) = planned else {
        return Ok(Imported::default());
    };
    let imported = Imported {
        added: planned.added.len(),
        unchanged: planned.unchanged,
        conflicting: planned.conflicting.len(),
        rejected: planned.rejected.len(),
        reasons: dry.then(|| {
            planned
                .rejected
                .iter()
                .map(|one| one.why.to_string())
                .collect()
        }),
    };
    if dry {
        return Ok(imported);
    }
    if !planned.writes.is_empty() {
        let changed = controller
            .change(By::Import, Kind::Edit, planned.writes)
            .map_err(|refusal| JsValue::from(js_sys::Error::new(&refusal.to_string())))?;
        if changed.is_none() {
            return Ok(Imported::default());
        }
    }
    controller.keep(kept);
    if let (Some(view), Some(rejected)) = (controller.view(), planned.rejected.first()) {
        view.notice(
            NoticeKind::Warning,
            &format!(
                "{} left out. The first: {}",
                were(planned.rejected.len()),
                rejected.why
            ),
        );
    }
    Ok(imported)
}

fn were(count: usize) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", annotations(count))
}

/// Imports a file's annotations of the open document: the one of the same text, or of the same id,
/// or the only one. If it is `dry`, nothing changes.
pub fn import(
    controller: &Controller,
    json: &str,
    id: &str,
    dry: bool,
) -> Result<Imported, JsValue> {
    known(id)?;
    let error = |message: &str| JsValue::from(js_sys::Error::new(message));
    let dataset = native::read(json).map_err(|e| error(&e.to_string()))?;
    let left_out = dataset.rejected.len();
    let chosen = controller.read(|session| {
        let document = session.document();
        let same_text =
            |read: &&ReadDocument| read.document.text.as_str() == document.text.as_str();
        let same_id = |read: &&ReadDocument| read.document.id == document.id;
        let all = &dataset.documents;
        all.iter()
            .find(same_text)
            .or_else(|| all.iter().find(same_id))
            .cloned()
    });
    let Some(Some(read)) = chosen else {
        return Err(error(
            "The file’s annotations belong to another text than the one that is open. Open the file itself to get its text as well.",
        ));
    };
    let mut imported = take_in(controller, dataset.kept, &read, dry)?;
    imported.rejected += left_out;
    if let Some(reasons) = &mut imported.reasons {
        reasons.extend(dataset.rejected.into_iter().map(|one| one.why.to_string()));
        return Ok(imported);
    }
    if let (Some(first), Some(view)) = (dataset.rejected.first(), controller.view()) {
        view.notice(
            NoticeKind::Warning,
            &format!("{} left out. The first: {}", were(left_out), first.why),
        );
    }
    Ok(imported)
}
