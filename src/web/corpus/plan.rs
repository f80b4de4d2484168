//! What an incoming document is to those that are here: new, the same, or another text of that name.

use super::list::Listed;
use crate::corpus::Entry;
use crate::document::Document;
use std::collections::HashMap;

/// What is known of the documents here, and of those that are about to be.
pub(super) struct Here {
    by_id: HashMap<String, Known>,
    by_hash: HashMap<String, String>,
}

#[derive(Clone)]
struct Known {
    hash: String,
    title: String,
    is_deleted: bool,
}

/// How a document stands to those that are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is known of it.
    New,
    /// Its text is here under another name: that name's id and title.
    Copy(String, String),
    /// It is here: its title here.
    Here(String),
    /// It is in the trash.
    InTrash,
    /// Its name stands for another text, so that it gets this one.
    Renamed(String),
}

impl Here {
    pub(super) fn of(all: Vec<Listed>) -> Here {
        let mut here = Here {
            by_id: HashMap::new(),
            by_hash: HashMap::new(),
        };
        for Listed { summary, entry } in all {
            here.learn(&summary.id, summary.title.as_deref(), &entry);
        }
        here
    }

    /// A document is here from now on.
    pub(super) fn learn(&mut self, id: &str, title: Option<&str>, entry: &Entry) {
        let known = Known {
            hash: entry.hash.clone(),
            title: title.unwrap_or_default().to_owned(),
            is_deleted: entry.deleted.is_some(),
        };
        if !known.is_deleted && !known.hash.is_empty() {
            let first = self.by_hash.entry(known.hash.clone());
            first.or_insert_with(|| id.to_owned());
        }
        self.by_id.insert(id.to_owned(), known);
    }

    /// How `document`, whose text has that hash, stands to what is here.
    pub(super) fn standing(&self, document: &Document, hash: &str) -> Standing {
        match self.by_id.get(&document.id) {
            Some(known) if known.hash == hash && known.is_deleted => Standing::InTrash,
            Some(known) if known.hash == hash => Standing::Here(known.title.clone()),
            Some(_) => {
                let digits: String = hash.chars().take(8).collect();
                let id = format!("{}-{digits}", document.id);
                match self.by_id.get(&id) {
                    Some(known) if !known.is_deleted => Standing::Here(known.title.clone()),
                    _ => Standing::Renamed(id),
                }
            }
            None => match self.by_hash.get(hash) {
                Some(id) => {
                    let title = self.by_id.get(id).map(|known| known.title.clone());
                    Standing::Copy(id.clone(), title.unwrap_or_default())
                }
                None => Standing::New,
            },
        }
    }
}
