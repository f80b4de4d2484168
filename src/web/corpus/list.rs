//! What there is: a row for each document, from what is kept beside its text.

use super::{fingerprint, milliseconds, promise, replay, rfc3339, storage};
use crate::corpus::{Entry, Work};
use crate::edit::DocumentState;
use crate::format::native::Kept;
use crate::order::sorted;
use crate::web::storage::{DocumentSummary, Put, Storage};
use crate::web::texts::{self, Stored};
use crate::web::versions;
use js_sys::Promise;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use wasm_bindgen::prelude::*;

/// How long a deleted document is kept, in milliseconds.
pub(super) const TRASH_KEEPS: u64 = 30 * 24 * 60 * 60 * 1000;

/// A document as a list of what is kept shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct KeptDocument {
    id: String,
    title: String,
    // RFC 3339 in UTC.
    opened: String,
    added: String,
    place: usize,
    annotations: u32,
    counts: BTreeMap<String, u32>,
    state: &'static str,
    reason: Option<String>,
    flags: Vec<&'static str>,
    site: Option<String>,
    length: u32,
    same_as: Option<String>,
}

/// A document with what is kept of it for lists.
pub(super) struct Listed {
    pub summary: DocumentSummary,
    pub entry: Entry,
}

impl Listed {
    fn of(mut summary: DocumentSummary) -> Listed {
        let mut entry = Entry::read(std::mem::take(&mut summary.entry));
        if entry.added == 0 {
            entry.added = summary.opened;
        }
        Listed { summary, entry }
    }
}

/// The documents kept in this browser, the last opened first.
#[wasm_bindgen]
pub fn documents() -> Promise {
    promise(async {
        let storage = storage().await;
        let all = listed(&storage).await.map_err(|error| error.to_string())?;
        Ok(rows(all))
    })
}

fn rows(all: Vec<Listed>) -> Vec<KeptDocument> {
    let ordered = in_order(all);
    let mut first: HashMap<String, String> = HashMap::new();
    let mut rows = Vec::with_capacity(ordered.len());
    for (place, Listed { summary, entry }) in ordered.into_iter().enumerate() {
        let same_as = match first.get(&entry.hash) {
            Some(other) if !entry.hash.is_empty() => Some(other.clone()),
            _ => {
                first.insert(entry.hash, summary.id.clone());
                None
            }
        };
        let work = entry.work.unwrap_or_default();
        let annotations = work.annotations();
        let (state, reason) = match work.state {
            DocumentState::Done => ("done", None),
            DocumentState::Skipped(reason) => ("skipped", Some(reason.to_string())),
            DocumentState::Open if annotations > 0 => ("in-progress", None),
            DocumentState::Open => ("untouched", None),
        };
        let opened = rfc3339(summary.opened);
        rows.push((
            summary.opened,
            KeptDocument {
                id: summary.id,
                title: summary.title.unwrap_or_default(),
                opened,
                added: rfc3339(entry.added),
                place,
                annotations,
                counts: work.counts.into_iter().collect(),
                state,
                reason,
                flags: entry.flags.into_iter().map(|flag| flag.id()).collect(),
                site: entry.site,
                length: entry.length,
                same_as,
            },
        ));
    }
    let rows = sorted(rows, |a, b| a.0 > b.0);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// In the order of the corpus: as they came.
pub(super) fn in_order(all: Vec<Listed>) -> Vec<Listed> {
    sorted(all, |a, b| {
        let of = |l: &Listed| (l.entry.added, l.entry.place);
        (of(a), &a.summary.id) < (of(b), &b.summary.id)
    })
}

/// All documents that are not in the trash, with what their journals come to. What is kept of that
/// is brought up to date where a journal has changed since.
pub(super) async fn listed(storage: &Storage) -> Result<Vec<Listed>, String> {
    let error = |e: crate::web::storage::DatabaseError| e.to_string();
    let all = storage.documents().await.map_err(error)?;
    let names = storage.record_names().await.map_err(error)?;
    let mut here = Vec::with_capacity(all.len());
    let mut stale: Vec<usize> = Vec::new();
    let mut has_expired = false;
    for summary in all {
        let listed = Listed::of(summary);
        if let Some(at) = listed.entry.deleted {
            has_expired |= is_expired(at);
            continue;
        }
        if versions::is_former(&listed.summary.id) {
            continue;
        }
        let journal = fingerprint(names.of(&listed.summary.id)).to_text();
        let is_known = |work: &Work| work.journal == journal;
        if listed.entry.hash.is_empty() || !listed.entry.work.as_ref().is_some_and(is_known) {
            stale.push(here.len());
        }
        here.push(listed);
    }
    if has_expired {
        purge(storage).await;
    }
    if stale.is_empty() {
        return Ok(here);
    }
    let mut puts = Vec::with_capacity(stale.len());
    for at in &stale {
        if let Some(listed) = here.get_mut(*at) {
            bring_up_to_date(storage, listed).await;
            puts.push(Put::summary(&listed.summary.id));
        }
    }
    // Where this fails, it is counted again the next time.
    let _ = storage
        .put(&puts, |at, stored| {
            let counted = &here.get(*stale.get(at)?)?.entry;
            let mut stored = stored?;
            let mut entry = Listed::of(stored.clone()).entry;
            entry.work.clone_from(&counted.work);
            if entry.hash.is_empty() {
                entry.hash.clone_from(&counted.hash);
                entry.site.clone_from(&counted.site);
                entry.length = counted.length;
            }
            stored.entry = entry.to_json();
            Some(stored)
        })
        .await;
    Ok(here)
}

async fn bring_up_to_date(storage: &Storage, listed: &mut Listed) {
    let id = &listed.summary.id;
    if listed.entry.hash.is_empty()
        && let Ok(Stored::Text(text)) = texts::find(storage, id).await
    {
        let (document, beside) = *text;
        let kept = Kept::from_json(beside);
        let extra = kept.documents.get(&document.id);
        listed.entry.describe(&document, extra);
    }
    let loaded = storage.load(id).await;
    let mut names: Vec<_> = loaded.records.iter().map(|record| &record.key).collect();
    // The stores may differ on a record; it is one all the same.
    names.dedup();
    let journal = fingerprint(names.into_iter());
    let state = replay(&loaded);
    listed.entry.work = Some(Work::of(&state, journal));
}

/// Whether a document that was deleted at that time has been in the trash for long enough.
fn is_expired(deleted: u64) -> bool {
    deleted < milliseconds().saturating_sub(TRASH_KEEPS)
}

/// Documents that have been in the trash for long enough are removed for good.
pub(super) async fn purge(storage: &Storage) {
    let Ok(all) = storage.documents().await else {
        return;
    };
    for summary in all {
        let listed = Listed::of(summary);
        if listed.entry.deleted.is_some_and(is_expired) {
            let id = &listed.summary.id;
            versions::prune(storage, id, "", &[]).await;
            let _ = storage.delete_document(id).await;
        }
    }
}
