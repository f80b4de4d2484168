//! What is open, and what a person does with it: keys, the cursor, and what is said about it.

mod act;
mod action;
mod attributes;
mod bindings;
mod command;
mod cursor;
mod describe;
mod drafts;
mod keymap;
mod keys;
mod look;
mod marks;
mod occurrences;
mod pointing;
mod settle;
mod versions;

pub use act::{Context, Effect, Then};
pub use action::{Action, Pointed};
pub use bindings::Group;
pub use command::{Command, Movement, Unit};
pub use cursor::{
    Active, Cursor, End, Escaped, Mark, Marks, Moved, NoMarks, Snap, Surroundings, block_is_rtl,
    mark_order,
};
pub use describe::describe;
pub use drafts::{Moment, Refusal, Update};
pub use keymap::{HelpGroup, HelpRow, Keymap, LabelKey, Overrides, RefusedKey};
pub use keys::{Key, KeyPress, NamedKey, Platform, Stroke};

use crate::annotation::{ATTRIBUTES, Annotation, Id, LabelSet};
use crate::document::{Document, sha256_hex};
use crate::edit::{Change, Draft, Folded, Kind, Stamp, State, Transaction, Value, Write, Writer};
use crate::text::{Quotation, Span};
use serde_json::Value as Json;
#[cfg(test)]
mod tests;

use act::Pending;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

/// One open document with its annotations, the cursor in it, and whose edits can be undone here.
pub struct Session {
    document: Rc<Document>,
    text_hash: Arc<str>,
    // How many code points the blocks have.
    block_length: u64,
    labels: LabelSet,
    keymap: Keymap,
    state: State,
    cursor: Cursor,
    quotations: OnceCell<Vec<Quotation>>,
    writer: Writer,
    // Writers at work in other tabs: what they do is theirs to undo.
    strangers: HashSet<Writer>,
    pen: Option<usize>,
    pending: Option<Pending>,
    creator: Option<Arc<str>>,
    // Which way the text runs, where the host says so.
    is_rtl: Option<bool>,
    read_only: bool,
    locked: bool,
}

impl Session {
    /// Opens `document` without annotations. `writer` is a random number that no other session has.
    pub fn new(
        document: Document,
        labels: LabelSet,
        overrides: &Overrides,
        writer: Writer,
    ) -> Session {
        let text_hash = text_hash(&document);
        let document = Rc::new(document);
        let mut state = State::default();
        state.open_text(text_hash.clone(), document.clone());
        // The first step needs no quotations: they are found when first asked for.
        let cursor = Cursor::new(&Surroundings {
            document: &document,
            quotations: &[],
            marks: &NoMarks,
            ghosts: &NoMarks,
            is_rtl: None,
        });
        Session {
            text_hash,
            block_length: block_length(&document),
            keymap: keymap(&labels, overrides).0,
            cursor,
            quotations: OnceCell::new(),
            state,
            strangers: HashSet::new(),
            pen: None,
            pending: None,
            creator: None,
            is_rtl: None,
            read_only: false,
            locked: false,
            document,
            labels,
            writer,
        }
    }

    /// The document.
    pub fn document(&self) -> &Rc<Document> {
        &self.document
    }

    /// The first sixteen hexadecimal digits of the SHA-256 of the text, which transactions carry.
    pub fn text_hash(&self) -> &Arc<str> {
        &self.text_hash
    }

    /// What can be tagged.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// Sets what can be tagged and what keys do. Annotations of labels that are gone stay. Says
    /// which keys could not be granted.
    pub fn set_labels(&mut self, labels: LabelSet, overrides: &Overrides) -> Vec<RefusedKey> {
        let (keymap, refused) = keymap(&labels, overrides);
        self.keymap = keymap;
        self.labels = labels;
        self.pen = None;
        refused
    }

    /// What keys do.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The annotations.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Who writes here.
    pub fn writer(&self) -> Writer {
        self.writer
    }

    /// The annotator's name, if it is known.
    pub fn creator(&self) -> Option<&str> {
        self.creator.as_deref()
    }

    /// Says who annotates from now on.
    pub fn set_creator(&mut self, creator: Option<&str>) {
        self.creator = creator.map(Arc::from);
    }

    /// Says which way the text runs; `None` leaves that to each block's first letter.
    pub fn set_direction(&mut self, is_rtl: Option<bool>) {
        self.is_rtl = is_rtl;
    }

    /// Gives the document another name, under which nothing is stored.
    pub fn set_id(&mut self, id: String) {
        Rc::make_mut(&mut self.document).id = id;
    }

    /// Says what language the text is in.
    pub fn set_language(&mut self, language: Option<String>) {
        Rc::make_mut(&mut self.document).language = language;
    }

    /// Whether nothing can be changed here.
    pub fn read_only(&self) -> bool {
        // Edits beyond the latest time could not be read back.
        self.read_only || self.locked || self.state.clock() >= Stamp::LATEST_TIME
    }

    /// Whether something is stored that this program doesn't understand.
    pub fn is_locked(&self) -> bool {
        self.locked
    }

    /// Forbids changes for good: what is stored is not understood by this program.
    pub fn lock(&mut self) {
        self.locked = true;
    }

    /// Allows or forbids changes.
    pub fn set_read_only(&mut self, read_only: bool) {
        self.read_only = read_only;
    }

    /// The label that each selection gets at once.
    pub fn pen(&self) -> Option<usize> {
        self.pen
    }

    /// Another writer is at work on the same journal.
    pub fn meet(&mut self, writer: Writer) {
        if writer != self.writer {
            self.strangers.insert(writer);
        }
    }

    fn is_ours(&self, writer: Writer) -> bool {
        !self.strangers.contains(&writer)
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        let history = self.state.history();
        !self.read_only() && history.undoable(|writer| self.is_ours(writer)).is_some()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        let history = self.state.history();
        !self.read_only() && history.redoable(|writer| self.is_ours(writer)).is_some()
    }

    /// What would take the latest edit back.
    pub fn draft_undo(&self) -> Option<Draft> {
        self.state
            .undo_latest(self.writer, |writer| self.is_ours(writer))
    }

    /// What would do the latest undone edit again.
    pub fn draft_redo(&self) -> Option<Draft> {
        self.state
            .redo_latest(self.writer, |writer| self.is_ours(writer))
    }

    /// Makes a transaction of `writes` and applies it. The caller stores what comes back.
    pub fn commit(
        &mut self,
        kind: Kind,
        writes: Vec<Write>,
        now: Arc<str>,
    ) -> (Transaction, Change) {
        let transaction = Transaction {
            stamp: self.state.next_stamp(self.writer),
            at: now,
            text: self.text_hash.clone(),
            kind,
            writes,
        };
        let change = self.receive(&transaction);
        (transaction, change)
    }

    /// Takes in a transaction that was stored, or that another tab made. A span that reaches beyond
    /// the text, as damage alone can make it, is not taken in.
    pub fn receive(&mut self, transaction: &Transaction) -> Change {
        let end = self.document.text.length().code_points;
        let is_here = self.counts_in(&transaction.text);
        let fits = |write: &Write| match &write.value {
            Value::Span(span) if is_here => span.end() <= end,
            Value::SpanIn(at) if self.counts_in(&at.text) => at.span.end() <= end,
            _ => true,
        };
        let change = if transaction.writes.iter().all(fits) {
            self.state.apply(transaction)
        } else {
            let mut fitting = transaction.clone();
            fitting.writes.retain(fits);
            self.state.apply(&fitting)
        };
        // What was active may be gone, by another tab's hand.
        let gone = change
            .annotations
            .iter()
            .filter(|c| c.after.is_none())
            .filter_map(|c| c.before.as_ref())
            .find(|before| self.active_annotation().as_ref() == Some(&before.id));
        if let Some(gone) = gone {
            self.cursor.activate(piece(gone.span));
        }
        change
    }

    /// Sets `annotations` in place of all that are there, in the name of `writer`, whose work can't
    /// be undone here.
    pub fn restore(
        &mut self,
        annotations: Vec<Annotation>,
        writer: Writer,
        now: Arc<str>,
    ) -> Change {
        let former = self.state.places(None).iter().map(|place| place.id.clone());
        let lost = self.state.orphans().into_iter().map(|orphan| orphan.id);
        let former: Vec<Id> = former.chain(lost).collect();
        let stays: HashSet<&Id> = annotations
            .iter()
            .map(|annotation| &annotation.id)
            .collect();
        let gone = former.into_iter().filter(|id| !stays.contains(id));
        let mut writes = self.draft_removal(gone);
        for annotation in annotations {
            let Annotation {
                id,
                span,
                label,
                note,
                origin,
                ..
            } = annotation;
            let made = origin.extra.get(ATTRIBUTES).and_then(Json::as_object);
            writes.extend(self.state.with_attributes(&id, made));
            writes.extend(
                [
                    Value::Exists(true),
                    Value::Span(span),
                    Value::Label(label),
                    Value::Origin(origin),
                    Value::Note(note),
                ]
                .map(|value| Write::annotation(&id, value)),
            );
        }
        self.commit_as(writer, writes, now).1
    }

    /// Applies writes in the name of `writer`, so that they are no undo step here.
    pub fn commit_as(
        &mut self,
        writer: Writer,
        writes: Vec<Write>,
        now: Arc<str>,
    ) -> (Transaction, Change) {
        self.meet(writer);
        let transaction = Transaction {
            stamp: self.state.next_stamp(writer),
            at: now,
            text: self.text_hash.clone(),
            kind: Kind::Edit,
            writes,
        };
        let change = self.receive(&transaction);
        (transaction, change)
    }

    /// Whether the offsets of a transaction count in this very text.
    pub fn counts_in(&self, text: &str) -> bool {
        *self.text_hash == *text
    }

    /// Takes in what a snapshot holds.
    pub fn merge(&mut self, folded: Folded) {
        self.state.merge(folded);
    }
}

/// The first sixteen hexadecimal digits of the SHA-256 of a document's text.
fn text_hash(document: &Document) -> Arc<str> {
    let mut hash = sha256_hex(document.text.as_str());
    hash.truncate(16);
    hash.into()
}

/// How many code points the blocks have.
fn block_length(document: &Document) -> u64 {
    let blocks = document.blocks.iter();
    blocks.map(|block| u64::from(block.span.len())).sum()
}

fn keymap(labels: &LabelSet, overrides: &Overrides) -> (Keymap, Vec<RefusedKey>) {
    let keys: Vec<LabelKey> = labels
        .iter()
        .map(|label| LabelKey {
            id: label.id.clone(),
            name: label.name.clone(),
            shortcut: label.shortcut.map(String::from),
        })
        .collect();
    Keymap::new(&keys, overrides)
}

/// The piece that covers `span`.
fn piece(span: Span) -> Active {
    Active::Piece {
        span,
        end: End::End,
    }
}
