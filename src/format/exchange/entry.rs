//! A dataset's header, and its documents with what is said of each.

use crate::annotation::{Annotation, Label, LineStyle};
use crate::document::Document;
use crate::edit::DocumentState;
use crate::format::native::Creator;
use crate::order::sorted;
use serde_json::{Map, Value};

/// What is said of a dataset as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The labels in their order; a label set can be made of them, unless there is none.
    pub labels: Vec<Label>,
    /// Who worked on it.
    pub creators: Vec<Creator>,
    /// When it was made: RFC 3339 in UTC.
    pub created: Option<String>,
    /// When it was last written: RFC 3339 in UTC.
    pub modified: Option<String>,
    /// Fields of our JSON that mean nothing to us.
    pub extra: Map<String, Value>,
}

impl Header {
    /// Takes in what another file of the same dataset says, or what is known only now. What was
    /// said before stands.
    pub fn merge(&mut self, later: Header) {
        for label in later.labels {
            if !self.labels.iter().any(|known| known.id == label.id) {
                let free = |key: &char| self.labels.iter().all(|l| l.shortcut != Some(*key));
                let shortcut = label.shortcut.filter(free);
                self.labels.push(Label { shortcut, ..label });
            }
        }
        for creator in later.creators {
            if !self.creators.iter().any(|known| known.id == creator.id) {
                self.creators.push(creator);
            }
        }
        self.created = self.created.take().or(later.created);
        self.modified = self.modified.take().or(later.modified);
        for (name, value) in later.extra {
            self.extra.entry(name).or_insert(value);
        }
    }

    /// Adds a label that is in use, under its id, if it isn't there.
    pub fn use_label(&mut self, id: &str) {
        if !self.labels.iter().any(|label| label.id == id) {
            let label = plain_label(id, id, self.labels.len());
            self.labels.push(label);
        }
    }
}

/// The label at `index` of a set that says no more of it than its name.
pub fn plain_label(id: &str, name: &str, index: usize) -> Label {
    Label {
        id: id.to_owned(),
        name: name.to_owned(),
        shortcut: None,
        color: None,
        line: LineStyle::nth(index),
        description: None,
        attributes: Vec::new(),
    }
}

/// A document with its annotations.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The document. It has no blocks if the file states none.
    pub document: Document,
    /// How far the work on it has come.
    pub state: DocumentState,
    /// Its annotations, in document order.
    pub annotations: Vec<Annotation>,
    /// Fields of the document that mean nothing to us, as our JSON has them.
    pub extra: Map<String, Value>,
}

impl Entry {
    /// Puts the annotations into document order.
    pub fn sort(&mut self) {
        let list = std::mem::take(&mut self.annotations);
        self.annotations = sorted(list, |a, b| a.place() < b.place());
    }
}
