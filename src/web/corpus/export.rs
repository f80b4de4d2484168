//! Several documents as one file.

use super::{promise, replay, storage, strings};
use crate::annotation::LabelSet;
use crate::corpus::{Assignment, Entry};
use crate::document::Document;
use crate::edit::State;
use crate::format::native::{Export, Kept, Problem, write};
use crate::json::parse;
use crate::web::contract::range_error;
use crate::web::texts::{self, Stored};
use crate::web::versions;
use crate::web::world::now;
use js_sys::{Array, Promise};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

/// Several documents as our JSON.
#[derive(Serialize)]
struct Together {
    /// The file's content.
    json: String,
    /// How many documents it has.
    documents: usize,
    /// How many annotations it has.
    annotations: usize,
}

/// The documents of those ids, in that order, as our JSON, checked: a promise of
/// `{json, documents, annotations}`, the last two counts. `labels` is the label set's JSON, without
/// which it is the default one. A document that is gone is left out. `assignment`, as JSON, says whose
/// work it is, whatever is kept with the documents.
#[wasm_bindgen(js_name = exportDocuments)]
pub fn export_documents(
    ids: Array,
    labels: Option<String>,
    creator: Option<String>,
    assignment: Option<String>,
) -> Result<Promise, JsValue> {
    let ids = strings(&ids)?;
    let labels = labels
        .map(|json| LabelSet::from_json(&json).map_err(|error| range_error(&error.to_string())));
    let labels = labels.transpose()?.unwrap_or_default();
    let assignment = assignment.map(|json| {
        let stated = parse(&json).ok().and_then(Assignment::of);
        stated.ok_or_else(|| range_error("An assignment names its annotator."))
    });
    let assignment = assignment.transpose()?;
    Ok(promise(async move {
        together(&ids, &labels, creator.as_deref(), assignment).await
    }))
}

async fn together(
    ids: &[String],
    labels: &LabelSet,
    creator: Option<&str>,
    assignment: Option<Assignment>,
) -> Result<Together, String> {
    let storage = storage().await;
    let all = storage.documents().await.map_err(|e| e.to_string())?;
    let mut documents: Vec<(Document, State)> = Vec::with_capacity(ids.len());
    let mut kept = Kept::default();
    for id in ids {
        let Stored::Text(stored) = texts::find(&storage, id).await? else {
            continue;
        };
        let (document, beside) = *stored;
        kept = kept.merged(Kept::from_json(beside));
        let summary = all.iter().find(|summary| summary.id == *id);
        let entry = summary.map_or_else(Entry::default, |s| Entry::read(s.entry.clone()));
        say_flags(&mut kept, id, &entry);
        let mut state = replay(&storage.load(id).await);
        versions::open(&storage, &document, &mut state).await;
        documents.push((document, state));
    }
    if let Some(assignment) = assignment {
        assignment.put(&mut kept.extra);
    }
    let export = Export {
        documents: documents.iter().map(|(d, s)| (d, s)).collect(),
        labels,
        creator,
        now: &now(),
        kept: &kept,
    };
    let exported = write(&export).map_err(|error| error.to_string())?;
    let is_there = |problem: &&Problem| matches!(problem, Problem::IdTaken { .. });
    let left_out = exported.problems.len() - exported.problems.iter().filter(is_there).count();
    let annotations: usize = documents.iter().map(|(_, state)| state.len()).sum();
    Ok(Together {
        json: exported.json,
        documents: documents.len(),
        annotations: annotations - left_out,
    })
}

/// The flags and the site go into the document's metadata.
fn say_flags(kept: &mut Kept, id: &str, entry: &Entry) {
    let of = kept.documents.entry(id.to_owned()).or_default();
    let metadata = of
        .entry("metadata")
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(metadata) = metadata else {
        return;
    };
    metadata.shift_remove("flags");
    if !entry.flags.is_empty() {
        let flags = entry.flags.iter().map(|flag| flag.id()).collect();
        metadata.insert("flags".to_owned(), flags);
    }
    if let Some(site) = &entry.site {
        // One that is stated there is what the list has.
        metadata
            .entry("site")
            .or_insert_with(|| site.as_str().into());
    }
}
