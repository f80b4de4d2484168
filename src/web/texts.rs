//! The texts of the documents that are kept in this browser, beside their journals.

use super::storage::{DocumentSummary, Put, Storage};
use super::versions;
use crate::corpus::Entry;
use crate::document::{Document, sha256_hex};
use crate::format::native::Kept;
use crate::journal::{Unreadable, read_document, write_document};
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

/// Stores a document. One that was in the trash is taken out of it.
async fn put(
    storage: &Storage,
    document: &Document,
    beside: Value,
    opened: f64,
) -> Result<(), String> {
    let kept = Kept::from_json(beside.clone());
    let extra = kept.documents.get(&document.id);
    let puts = [Put {
        id: document.id.clone(),
        text_json: Some(write_document(document, beside)),
        ..Put::default()
    }];
    let put = storage.put(&puts, |_, stored| {
        let stored = stored.unwrap_or_default();
        let mut entry = Entry::read(stored.entry);
        if entry.added == 0 {
            entry.added = opened as u64;
        }
        entry.describe(document, extra);
        entry.deleted = None;
        Some(DocumentSummary {
            id: document.id.clone(),
            // A list may call it something where it has no title of its own.
            title: document.title.clone().or(stored.title),
            opened: opened as u64,
            entry: entry.to_json(),
        })
    });
    put.await.map_err(|error| error.to_string())
}

/// Whether `id` is in the trash.
pub async fn is_deleted(storage: &Storage, id: &str) -> bool {
    let stored = storage.document(id).await.ok().flatten();
    stored.is_some_and(|stored| Entry::read(stored.summary.entry).deleted.is_some())
}
