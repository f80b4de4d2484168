//! What is open, and what a person does with it: keys, the cursor, and what is said about it.

mod act;
mod action;
mod drafts;

pub use act::{Context, Effect};
pub use action::{Action, Pointed};
pub use drafts::{Moment, Refusal, Update};

use crate::annotation::{Id, LabelSet};
use crate::document::{Document, sha256_hex};
use crate::edit::{Change, Draft, Folded, Kind, State, Transaction, Write, Writer};
use crate::text::Span;
use crate::text::quotation::{Quotation, quotations};
use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

/// One open document with its annotations, the cursor in it, and whose edits can be undone here.
pub struct Session {
    document: Rc<Document>,
    text_hash: Arc<str>,
    labels: LabelSet,
    overrides: Overrides,
    keymap: Keymap,
    state: State,
    cursor: Cursor,
    quotations: OnceCell<Vec<Quotation>>,
    writer: Writer,
    // Writers at work in other tabs: what they do is theirs to undo.
    strangers: HashSet<Writer>,
    pen: Option<usize>,
    relabelling: bool,
    creator: Option<Arc<str>>,
    read_only: bool,
}

impl Session {
    /// Opens `document` without annotations. `writer` is a random number that no other session has.
    pub fn new(document: Document, labels: LabelSet, writer: Writer) -> Session {
        let mut text_hash = sha256_hex(document.text.as_str());
        text_hash.truncate(16);
        Session {
            text_hash: text_hash.into(),
            keymap: Keymap::default(),
            overrides: Overrides::default(),
            cursor: Cursor::default(),
            quotations: OnceCell::new(),
            state: State::default(),
            strangers: HashSet::new(),
            pen: None,
            relabelling: false,
            creator: None,
            read_only: false,
            document: Rc::new(document),
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

    /// Whether nothing can be changed here.
    pub fn read_only(&self) -> bool {
        self.read_only
    }

    /// Allows or forbids changes.
    pub fn set_read_only(&mut self, read_only: bool) {
        self.read_only = read_only;
    }

    /// The label that each selection gets at once.
    pub fn pen(&self) -> Option<usize> {
        self.pen
    }

    /// Another writer is at work on the same journal, or has gone.
    pub fn set_stranger(&mut self, writer: Writer, there: bool) {
        match there {
            true if writer != self.writer => drop(self.strangers.insert(writer)),
            true => {}
            false => drop(self.strangers.remove(&writer)),
        }
    }

    fn is_ours(&self, writer: Writer) -> bool {
        !self.strangers.contains(&writer)
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        let history = self.state.history();
        !self.read_only && history.undoable(|writer| self.is_ours(writer)).is_some()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        let history = self.state.history();
        !self.read_only && history.redoable(|writer| self.is_ours(writer)).is_some()
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
    pub fn commit(&mut self, kind: Kind, writes: Vec<Write>, now: Arc<str>) -> (Transaction, Change) {
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

    /// Takes in a transaction that was stored, or that another tab made.
    pub fn receive(&mut self, transaction: &Transaction) -> Change {
        let change = self.state.apply(transaction);
        self.cursor.forget(|id| self.state.annotation(id).is_none());
        change
    }

    /// Whether the offsets of a transaction count in this very text.
    pub fn counts_in(&self, text: &str) -> bool {
        *self.text_hash == *text
    }

    /// Takes in what a snapshot holds.
    pub fn merge(&mut self, folded: Folded) {
        self.state.merge(folded);
    }

    /// The quotations of the text, found when first asked for.
    pub fn quotations(&self) -> &[Quotation] {
        self.quotations.get_or_init(|| {
            let blocks: Vec<Span> = self.document.blocks.iter().map(|b| b.span).collect();
            quotations(&self.document.text, &blocks)
        })
    }

    /// The annotation that is the active thing.
    pub fn active_annotation(&self) -> Option<Id> {
        self.cursor.annotation().map(Id::from)
    }

    /// The share of the blocks' text that carries a label, in percent.
    pub fn coverage(&self) -> u32 {
        let mut covered = 0u64;
        let mut end = 0;
        for place in self.state.places(None) {
            let from = place.span.start().max(end);
            if place.span.end() > from {
                covered += u64::from(place.span.end() - from);
                end = place.span.end();
            }
        }
        let all: u64 = self.document.blocks.iter().map(|b| u64::from(b.span.len())).sum();
        (covered * 100 / all.max(1)).min(100) as u32
    }
}
