//! What is open: one document with its annotations, and what is active in it.

use super::Keymap;
use crate::annotation::{Id, LabelSet};
use crate::document::Document;
use crate::edit::State;

/// One open document with its annotations.
pub struct Session {
    document: Document,
    labels: LabelSet,
    keymap: Keymap,
    state: State,
    active: Option<Id>,
    pen: Option<usize>,
    read_only: bool,
}

impl Session {
    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The labels to tag with.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// The keys that hold.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The annotations.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The annotation that is the active thing, if it is one.
    pub fn active_annotation(&self) -> Option<Id> {
        self.active.clone()
    }

    /// The place of the label whose pen is held.
    pub fn pen(&self) -> Option<usize> {
        self.pen
    }

    /// Whether there is an edit to take back.
    pub fn can_undo(&self) -> bool {
        self.state.history().undoable(|_| true).is_some()
    }

    /// Whether there is an undone edit to do again.
    pub fn can_redo(&self) -> bool {
        self.state.history().redoable(|_| true).is_some()
    }

    /// Whether nothing can be changed.
    pub fn read_only(&self) -> bool {
        self.read_only
    }
}
