//! The former texts of a document, which are kept as long as annotations count in them.
//!
//! A text whose id another text takes is kept under a name of its own, beside the documents but not
//! as one of them.

use super::storage::Storage;
use super::texts::{self, Stored};
use crate::document::{Document, sha256_hex};
use std::sync::Arc;

/// What stands between a document's id and the beginning of a former text's hash.
const MARK: &str = "#text-";
/// How many hexadecimal digits of the hash the name has.
const DIGITS: usize = 8;

/// What the former text of that hash is kept as.
pub fn name(id: &str, hash: &str) -> String {
    format!("{id}{MARK}{}", hash.get(..DIGITS).unwrap_or(hash))
}

/// Whether that is the name of a former text, not of a document.
pub fn is_former(name: &str) -> bool {
    name.rsplit_once(MARK).is_some_and(|(_, digits)| {
        digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// The texts of those hashes, as far as they are stored under the id or as its former texts.
pub async fn find(storage: &Storage, id: &str, hashes: &[Arc<str>]) -> Vec<Document> {
    let mut found = Vec::new();
    for hash in hashes {
        for name in [name(id, hash), id.to_owned()] {
            if let Ok(Stored::Text(stored)) = texts::find(storage, &name).await
                && sha256_hex(stored.0.text.as_str()).starts_with(&**hash)
            {
                found.push(stored.0);
                break;
            }
        }
    }
    found
}

/// Has a state that was read from a journal show its annotations in the document's text.
#[cfg(any(feature = "corpus", feature = "test-panics"))]
pub async fn open(storage: &Storage, document: &Document, state: &mut crate::edit::State) {
    let hash = |document: &Document| -> Arc<str> {
        let mut hash = sha256_hex(document.text.as_str());
        hash.truncate(16);
        hash.into()
    };
    state.open_text(hash(document), std::rc::Rc::new(document.clone()));
    for version in find(storage, &document.id, &state.unknown_texts()).await {
        state.recall_text(hash(&version), std::rc::Rc::new(version));
    }
}

/// Forgets the former texts of a document in which nothing counts, but for the latest one.
pub async fn prune(storage: &Storage, id: &str, latest: &str, in_use: &[Arc<str>]) {
    let Ok(all) = storage.documents().await else {
        return;
    };
    let stays = |of: &str| of == latest || in_use.iter().any(|hash| name(id, hash) == *of);
    for document in all {
        let is_ours = document
            .id
            .strip_prefix(id)
            .is_some_and(|rest| rest.len() == MARK.len() + DIGITS && is_former(rest));
        if is_ours && !stays(&document.id) {
            // What can't be removed now is at the next change.
            let _ = storage.delete_document(&document.id).await;
        }
    }
}
