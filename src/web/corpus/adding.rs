//! Taking in many documents at once, without opening any.

use super::list::Listed;
use super::plan::{Here, Standing};
use super::undoing::Edit;
use super::{commit, edit, fingerprint, flag, milliseconds, promise, replay, storage};
use crate::annotation::{Id, Label, LabelSet};
use crate::corpus::{Assignment, Entry, Flag, Work, first_words};
use crate::document::{Document, lines};
use crate::edit::{DocumentState, State};
use crate::format::import::plan;
use crate::format::native::{self, Kept, ReadDocument};
use crate::journal::write_document;
use crate::web::contract::{get, put};
use crate::web::load::{self, Content};
use crate::web::storage::{DocumentSummary, Put, Storage};
use crate::web::texts::{self, Stored};
use crate::web::versions;
use crate::web::world::{now, random};
use js_sys::{Array, Object, Promise};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use wasm_bindgen::prelude::*;
use web_sys::File;

/// What has become of what was handed over.
#[derive(Default, Serialize)]
struct Added {
    added: Vec<Row>,
    same: Vec<Row>,
    copies: Vec<Row>,
    returned: Vec<Row>,
    renamed: Vec<Row>,
    refused: Vec<Refused>,
    annotations: Counts,
    remarks: Vec<String>,
    labels: Vec<Label>,
    // Those that datasets state, with the ids that their documents have here.
    assignments: Vec<Value>,
    edits: Vec<Edit>,
}

/// A document: the name that it was handed over by, and its id and title here.
#[derive(Serialize)]
struct Row {
    name: String,
    id: String,
    title: String,
}

#[derive(Serialize)]
struct Refused {
    name: String,
    why: String,
}

#[derive(Default, Serialize)]
struct Counts {
    added: usize,
    unchanged: usize,
    conflicting: usize,
    rejected: usize,
}

/// Takes in files and what `load` takes; a promise of a report. With `{dry: true}` nothing changes.
#[wasm_bindgen(js_name = addDocuments)]
pub fn add_documents(inputs: Array, options: JsValue) -> Promise {
    let dry = flag(&options, "dry");
    promise(async move {
        let storage = storage().await;
        let all = storage.documents().await.map_err(|e| e.to_string())?;
        let all = all.into_iter().filter(|d| !versions::is_former(&d.id));
        let all = all.map(|mut summary| Listed {
            entry: Entry::read(std::mem::take(&mut summary.entry)),
            summary,
        });
        let mut taking = Taking {
            here: Here::of(all.collect()),
            storage,
            dry,
            now: milliseconds(),
            place: 0,
            batch: Vec::new(),
            report: Added::default(),
        };
        for input in inputs.iter() {
            taking.take(&input).await?;
        }
        taking.store().await?;
        Ok(taking.report)
    })
}

struct Taking {
    storage: Storage,
    here: Here,
    dry: bool,
    now: u64,
    place: u32,
    batch: Vec<(Put, DocumentSummary, Entry)>,
    report: Added,
}

impl Taking {
    async fn take(&mut self, input: &JsValue) -> Result<(), String> {
        let (input, name) = match input.dyn_ref::<File>() {
            Some(file) => {
                let object = Object::new();
                put(&object, "file", file);
                (object.into(), path(file))
            }
            None => {
                let name = get(input, "name").and_then(|name| name.as_string());
                let title = || get(input, "title").and_then(|title| title.as_string());
                let name = name.or_else(title).unwrap_or_default();
                (input.clone(), name)
            }
        };
        let read = match load::read(&input, None).await {
            Ok(read) => read,
            Err(failure) => {
                self.refuse(name, failure.to_string());
                return Ok(());
            }
        };
        match read.content {
            Content::Document(document) => self.document(&name, *document).await,
            Content::Dataset(json) => match native::read(&json) {
                Ok(dataset) => self.dataset(&name, dataset).await,
                Err(error) => {
                    self.refuse(name, error.to_string());
                    Ok(())
                }
            },
        }
    }

    fn refuse(&mut self, name: String, why: String) {
        self.report.refused.push(Refused { name, why });
    }

    async fn document(&mut self, name: &str, document: Document) -> Result<(), String> {
        let read = ReadDocument {
            document,
            state: DocumentState::Open,
            annotations: Vec::new(),
        };
        self.one(name, read, Kept::default()).await.map(|_| ())
    }

    async fn dataset(&mut self, name: &str, dataset: native::Dataset) -> Result<(), String> {
        let report = &mut self.report;
        report.annotations.rejected += dataset.rejected.len();
        let rejected = dataset
            .rejected
            .iter()
            .map(|r| format!("{name}: {}", r.why));
        report.remarks.extend(rejected);
        let warnings = dataset.warnings.iter().map(|w| format!("{name}: {w}"));
        report.remarks.extend(warnings);
        for label in dataset.labels {
            if !report.labels.iter().any(|known| known.id == label.id) {
                report.labels.push(label);
            }
        }
        let mut ids = Vec::new();
        for mut read in dataset.documents {
            let stated = read.document.id.clone();
            let mut kept = Kept {
                created: dataset.kept.created.clone(),
                creators: dataset.kept.creators.clone(),
                extra: dataset.kept.extra.clone(),
                ..Kept::default()
            };
            if let Some(of) = dataset.kept.documents.get(&read.document.id) {
                let id = read.document.id.clone();
                kept.documents.insert(id, of.clone());
            }
            if read.document.blocks.is_empty() {
                read.document.blocks = lines(read.document.text.as_str());
            }
            ids.push((stated, self.one(name, read, kept).await?));
        }
        if let Some(mut assignment) = Assignment::stated(&dataset.kept.extra) {
            let given: HashSet<String> = assignment.documents.drain(..).collect();
            let here = ids.into_iter().filter(|(stated, _)| given.contains(stated));
            assignment.documents = here.map(|(_, id)| id).collect();
            self.report.assignments.push(assignment.to_json());
        }
        Ok(())
    }

    /// Takes in one document: the id that it has here.
    async fn one(
        &mut self,
        name: &str,
        mut read: ReadDocument,
        kept: Kept,
    ) -> Result<String, String> {
        let mut entry = Entry {
            added: self.now,
            place: self.place,
            flags: flags(&kept, &read.document.id),
            ..Entry::default()
        };
        self.place += 1;
        entry.describe(&read.document, kept.documents.get(&read.document.id));
        let standing = self.here.standing(&read.document, &entry.hash);
        let title = read.document.title.clone().unwrap_or_default();
        let row = |id: &str, title: &str| Row {
            name: name.to_owned(),
            id: id.to_owned(),
            title: title.to_owned(),
        };
        let mut known = false;
        match standing {
            Standing::New => self.report.added.push(row(&read.document.id, &title)),
            Standing::Copy(id, of) => {
                // A dataset, or a row of a table, has a reason to call the same text otherwise.
                if !entry.flags.contains(&Flag::Duplicate) {
                    entry.flags.push(Flag::Duplicate);
                }
                self.report.added.push(row(&read.document.id, &title));
                self.report.copies.push(row(&id, &of));
            }
            Standing::Here(of) => {
                self.report.same.push(row(&read.document.id, &of));
                known = true;
            }
            Standing::InTrash => {
                self.report.returned.push(row(&read.document.id, &title));
                known = true;
            }
            Standing::Renamed(id) => {
                self.report.renamed.push(row(&id, &title));
                self.report.added.push(row(&id, &title));
                read.document.id = id;
            }
        }
        let id = read.document.id.clone();
        if known && self.batch.iter().any(|(put, ..)| put.id == id) {
            self.store().await?;
        }
        self.annotations(read, kept, entry, known).await;
        Ok(id)
    }

    /// Takes in a document with its annotations, which go to what is here of it.
    async fn annotations(&mut self, read: ReadDocument, kept: Kept, mut entry: Entry, known: bool) {
        let id = read.document.id.clone();
        let (mut state, mut records) = match known {
            true => {
                let loaded = self.storage.load(&id).await;
                let names: Vec<_> = loaded.records.iter().map(|r| r.key.clone()).collect();
                (replay(&loaded), names)
            }
            false => (State::default(), Vec::new()),
        };
        let labels = LabelSet::default();
        let text = &read.document.text;
        let mut here = state.clone();
        versions::open(&self.storage, &read.document, &mut here).await;
        let planned = plan(text, &here, &labels, &read, || Id::random(random()));
        let counts = &mut self.report.annotations;
        counts.added += planned.added.len();
        counts.unchanged += planned.unchanged;
        counts.conflicting += planned.conflicting.len();
        counts.rejected += planned.rejected.len();
        let mut new = Put::summary(&id);
        if !planned.writes.is_empty() {
            let draft = edit(&state, planned.writes);
            if known {
                self.report.edits.push(Edit::new(&id, draft.stamp));
            }
            let record = commit(&mut state, &entry.hash, draft, now());
            records.push(record.key.clone());
            new.records.push(record);
        }
        records.dedup();
        entry.work = Some(Work::of(&state, fingerprint(records.iter())));
        new.text_json = self.text(&read.document, kept, known).await;
        let title = read.document.title.clone();
        let title = title.unwrap_or_else(|| first_words(read.document.text.as_str()));
        self.here.learn(&id, Some(&title), &entry);
        let summary = DocumentSummary {
            id,
            title: Some(title),
            opened: self.now,
            entry: Value::Null,
        };
        self.batch.push((new, summary, entry));
    }

    /// The line to store of the text; `None` if what is stored says it all.
    async fn text(&self, document: &Document, kept: Kept, known: bool) -> Option<String> {
        if !known {
            return Some(write_document(document, kept.to_json()));
        }
        if kept == Kept::default() {
            return None;
        }
        match texts::find(&self.storage, &document.id).await {
            Ok(Stored::Text(stored)) => {
                let (document, beside) = *stored;
                let kept = Kept::from_json(beside).merged(kept);
                Some(write_document(&document, kept.to_json()))
            }
            _ => None,
        }
    }

    async fn store(&mut self) -> Result<(), String> {
        let batch = std::mem::take(&mut self.batch);
        if self.dry || batch.is_empty() {
            return Ok(());
        }
        let puts: Vec<Put> = batch.iter().map(|(put, ..)| put.clone()).collect();
        let stored = self.storage.put(&puts, |at, stored| {
            let (_, summary, entry) = batch.get(at)?;
            let mut summary = summary.clone();
            let mut entry = entry.clone();
            if let Some(stored) = stored {
                let former = Entry::read(stored.entry.clone());
                summary = stored;
                (entry.added, entry.place) = (former.added, former.place);
                let new = std::mem::replace(&mut entry.flags, former.flags);
                entry.flags.extend(new);
                let mut seen = Vec::new();
                entry.flags.retain(|flag| {
                    let is_new = !seen.contains(flag);
                    seen.push(*flag);
                    is_new
                });
            }
            summary.entry = entry.to_json();
            Some(summary)
        });
        stored.await.map_err(|error| {
            format!("The documents could not be stored: {error}. None of this group was added.")
        })
    }
}

/// The path of a file within the folder that was chosen, else its name.
fn path(file: &File) -> String {
    let path = get(file, "webkitRelativePath").and_then(|path| path.as_string());
    path.filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
}

/// What a dataset of ours says of a document besides.
fn flags(kept: &Kept, id: &str) -> Vec<Flag> {
    let metadata = kept.documents.get(id).and_then(|of| of.get("metadata"));
    let flags = metadata.and_then(|metadata| metadata.get("flags"));
    let all = flags.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|flag| Flag::of(flag.as_str()?)).collect()
}
