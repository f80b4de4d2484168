//! The texts of the documents that are kept in this browser, beside their journals.

use super::storage::{DocumentSummary, Storage, StoredDocument};
use super::versions;
use crate::document::{Document, sha256_hex};
use crate::edit::State;
use crate::journal::{Unreadable, read_document, read_record, read_snapshot, write_document};
use crate::order::sorted;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// What is stored of a text under an id.
pub enum Stored {
    /// Nothing, or nothing that can be read.
    Nothing,
    /// A document, and what is kept beside it.
    Text(Box<(Document, Value)>),
    /// Something that a newer version of the program wrote.
    Newer(String),
}

/// What is stored under `id`.
pub async fn find(storage: &Storage, id: &str) -> Result<Stored, String> {
    let stored = storage.document(id).await.map_err(|e| e.to_string())?;
    Ok(
        match stored.map(|stored| read_document(&stored.text_json)) {
            Some(Ok(text)) => Stored::Text(Box::new(text)),
            Some(Err(newer @ Unreadable::Newer(_))) => Stored::Newer(newer.to_string()),
            Some(Err(Unreadable::Damaged(_))) | None => Stored::Nothing,
        },
    )
}

/// Keeps a document under its id. Another text that is there moves to a name of its own, since
/// annotations count in it; what a newer version of the program wrote is left alone. `in_use` are the
/// hashes of the texts that annotations count in, if all of them are known.
pub async fn keep(
    storage: &Storage,
    document: &Document,
    beside: Value,
    in_use: Option<Vec<Arc<str>>>,
) -> Result<(), String> {
    match find(storage, &document.id).await? {
        Stored::Newer(_) => return Ok(()),
        Stored::Text(former) if former.0.text.as_str() != document.text.as_str() => {
            let (mut former, former_beside) = *former;
            former.id = versions::name(&former.id, &sha256_hex(former.text.as_str()));
            put(storage, &former, former_beside, 0.0).await?;
            if let Some(in_use) = in_use {
                versions::prune(storage, &document.id, &former.id, &in_use).await;
            }
        }
        _ => {}
    }
    put(storage, document, beside, js_sys::Date::now()).await
}

async fn put(
    storage: &Storage,
    document: &Document,
    beside: Value,
    opened: f64,
) -> Result<(), String> {
    let stored = StoredDocument {
        summary: DocumentSummary {
            id: document.id.clone(),
            title: document.title.clone(),
            opened: opened as u64,
        },
        text_json: write_document(document, beside),
    };
    storage
        .put_document(&stored)
        .await
        .map_err(|e| e.to_string())
}

/// A document as a list of what is kept shows it.
#[derive(Serialize)]
pub struct KeptDocument {
    id: String,
    title: String,
    // RFC 3339 in UTC.
    opened: String,
    annotations: usize,
}

/// The documents that are kept in this browser, the last opened first.
pub async fn documents(storage: &Storage) -> Result<Vec<KeptDocument>, String> {
    let all = storage.documents().await.map_err(|e| e.to_string())?;
    let all = all.into_iter().filter(|d| !versions::is_former(&d.id));
    let all = sorted(all.collect(), |a: &DocumentSummary, b| b.opened < a.opened);
    let mut kept = Vec::with_capacity(all.len());
    for document in all {
        let loaded = storage.load(&document.id).await;
        let mut state = State::default();
        if let Some(Ok((_, folded))) = loaded.snapshot.as_deref().map(read_snapshot) {
            state.merge(folded);
        }
        for transaction in loaded.records.iter().flat_map(|r| read_record(&r.content)) {
            state.apply(&transaction);
        }
        // Beyond this a date has no name, and asking for it throws.
        let opened = document.opened.min(8_640_000_000_000_000) as f64;
        let opened = js_sys::Date::new(&opened.into()).to_iso_string();
        kept.push(KeptDocument {
            id: document.id,
            title: document.title.unwrap_or_default(),
            opened: opened.into(),
            annotations: state.len(),
        });
    }
    Ok(kept)
}
