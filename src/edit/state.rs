//! What is kept of one document: the registers, and what follows from them.

use super::history::History;
use super::index::Index;
use super::register::{Entry, Register, write};
use super::registers::Registers;
use super::transaction::{
    DocumentState, Field, Kind, Stamp, Subject, Transaction, Value, Write, Writer,
};
use super::versions::Versions;
use crate::annotation::{Annotation, Id, Place};
use crate::order::sorted;
use crate::text::Span;
use std::collections::HashMap;
use std::rc::Rc;

/// A transaction that touches more annotations than this has the index made anew, which costs
/// less than inserting one by one.
const BULK: usize = 256;

/// How one annotation differs between before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// As it was; `None` if it wasn't there.
    pub before: Option<Annotation>,
    /// As it is; `None` if it isn't there any more.
    pub after: Option<Annotation>,
}

/// What applying a transaction changed of what people see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The annotations that differ, in the order of the writes.
    pub annotations: Vec<Changed>,
    /// Whether the document's state differs.
    pub document: bool,
    /// Whether annotations differ that are not found in the open text.
    pub orphans: bool,
}

impl Change {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty() && !self.document && !self.orphans
    }
}

/// All that is kept of one document's annotations.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub(super) annotations: HashMap<Id, Registers>,
    pub(super) document: Option<Register<DocumentState>>,
    pub(super) history: History,
    index: Index,
    // The ids of those that are there, but not found in the open text; in their order.
    pub(super) orphans: Vec<Id>,
    pub(super) versions: Rc<Versions>,
    pub(super) clock: u32,
}

impl State {
    /// Takes a transaction in. One that is known already changes nothing; one that comes late costs
    /// no more than one that comes in time.
    pub fn apply(&mut self, transaction: &Transaction) -> Change {
        self.clock = self.clock.max(transaction.stamp.time);
        if !self.history.record(transaction) {
            return Change::default();
        }
        let text = self.versions.shared(&transaction.text);
        let mut orphans = false;
        let mut touched: Vec<(Id, Option<Annotation>)> = Vec::new();
        let mut seen: HashMap<Id, ()> = HashMap::new();
        let document = self.document_state();
        let stamp = transaction.stamp;
        for Write {
            subject,
            value,
            restores,
        } in &transaction.writes
        {
            let owner = restores.unwrap_or(stamp);
            match subject {
                Subject::Document => {
                    if let Value::State(value) = value {
                        let value = value.clone();
                        write(
                            &mut self.document,
                            Entry {
                                stamp,
                                owner,
                                value,
                            },
                        );
                    }
                }
                Subject::Annotation(id) => {
                    let registers = self.annotations.entry(id.clone()).or_default();
                    if seen.insert(id.clone(), ()).is_none() {
                        touched.push((id.clone(), registers.view(id, &self.versions)));
                    }
                    registers.write(stamp, owner, value.clone(), &text);
                    registers.touch(stamp, &transaction.at);
                }
            }
        }
        for (id, _) in &touched {
            orphans |= self.sort_out(id);
        }
        let annotations: Vec<Changed> = touched
            .into_iter()
            .map(|(id, before)| Changed {
                before,
                after: self.annotation(id.as_str()),
            })
            .filter(|changed| changed.before != changed.after)
            .collect();
        self.reindex(&annotations);
        Change {
            annotations,
            document: self.document_state() != document,
            orphans,
        }
    }

    /// Sees to it that `id` is among the orphans if it is one; whether it is or was.
    fn sort_out(&mut self, id: &Id) -> bool {
        let registers = self.annotations.get(id);
        let is_orphan = registers.is_some_and(|r| r.is_orphan(&self.versions));
        let place = self.orphans.binary_search(id);
        match place {
            Ok(at) if !is_orphan => drop(self.orphans.remove(at)),
            Err(at) if is_orphan => self.orphans.insert(at, id.clone()),
            _ => {}
        }
        is_orphan || place.is_ok()
    }

    fn reindex(&mut self, changes: &[Changed]) {
        if changes.len() > BULK {
            self.rebuild_index();
            return;
        }
        for Changed { before, after } in changes {
            if let Some(before) = before {
                self.index.remove(&before.place(), &before.label);
            }
            if let Some(after) = after {
                self.index.insert(after.place(), &after.label);
            }
        }
    }

    pub(super) fn rebuild_index(&mut self) {
        let (versions, all) = (&self.versions, &self.annotations);
        self.index = Index::of(all.iter().filter_map(|(id, r)| r.view(id, versions)));
        let orphans = all.iter().filter(|(_, r)| r.is_orphan(versions));
        let orphans = orphans.map(|(id, _)| id.clone()).collect();
        self.orphans = sorted(orphans, |a, b| a < b);
    }

    /// The stamp for the next transaction of `writer`.
    pub fn next_stamp(&self, writer: Writer) -> Stamp {
        Stamp {
            time: self.clock.saturating_add(1),
            writer,
        }
    }

    /// The greatest logical time seen.
    pub fn clock(&self) -> u32 {
        self.clock
    }

    /// The annotation of that id, if it is there.
    pub fn annotation(&self, id: &str) -> Option<Annotation> {
        let (id, registers) = self.annotations.get_key_value(id)?;
        registers.view(id, &self.versions)
    }

    /// Whether the id was ever used, by an annotation that is there or one that was removed.
    pub fn knows(&self, id: &str) -> bool {
        self.annotations.contains_key(id)
    }

    /// How many annotations there are.
    pub fn len(&self) -> usize {
        self.index.order().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places of the annotations in document order; of one label alone, if one is given.
    pub fn places(&self, label: Option<&str>) -> &[Place] {
        match label {
            None => self.index.order(),
            Some(label) => self.index.of_label(label),
        }
    }

    /// The ids of the labels in use.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.index.labels()
    }

    /// The annotations in document order.
    pub fn annotations(&self) -> impl Iterator<Item = Annotation> {
        self.index
            .order()
            .iter()
            .filter_map(|place| self.annotation(place.id.as_str()))
    }

    /// The annotations that have a code point in `range`, in document order.
    pub fn intersecting(&self, range: Span) -> Vec<Annotation> {
        self.places_in(range)
            .into_iter()
            .filter_map(|place| self.annotation(place.id.as_str()))
            .collect()
    }

    /// The places of the annotations that have a code point in `range`, in document order.
    pub fn places_in(&self, range: Span) -> Vec<&Place> {
        self.index.intersecting(range)
    }

    /// The id of the label of an annotation, whether or not it is there.
    pub fn label_of(&self, id: &str) -> Option<&str> {
        let register = self.annotations.get(id)?.label.as_ref()?;
        Some(&register.winner().value)
    }

    /// How far the work on the document has come.
    pub fn document_state(&self) -> DocumentState {
        self.document
            .as_ref()
            .map(|register| register.winner().value.clone())
            .unwrap_or_default()
    }

    /// The transactions that there were.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What takes `target` back: the earlier value of each field whose winner is still its own.
    pub fn undo(&self, target: Stamp) -> Vec<Write> {
        let Some(past) = self.history.get(target) else {
            return Vec::new();
        };
        let mut writes = Vec::new();
        for (subject, field) in &past.fields {
            let entries = self.entries(subject, field);
            if entries.first().is_none_or(|(_, owner, _)| *owner != target) {
                continue;
            }
            let earlier = entries
                .into_iter()
                .find(|(stamp, owner, _)| *stamp < target && !self.history.is_undone(*owner));
            let restored = match (earlier, field) {
                (Some((_, owner, value)), _) => (owner, value),
                (None, Field::Exists) => (Stamp::ZERO, Value::Exists(false)),
                (None, Field::Note) => (Stamp::ZERO, Value::Note(None)),
                (None, Field::State) => (Stamp::ZERO, Value::State(DocumentState::Open)),
                (None, Field::Attribute(id)) => (Stamp::ZERO, self.made_with(subject, id)),
                // What an annotation that isn't there covers doesn't matter.
                (None, _) => continue,
            };
            writes.push(Write {
                subject: subject.clone(),
                value: restored.1,
                restores: Some(restored.0),
            });
        }
        writes
    }

    /// What does `target` again after its undo: its value for each field that the undo wrote and
    /// that still holds what the undo left.
    pub fn redo(&self, target: Stamp) -> Vec<Write> {
        let undo = self.history.undone_by(target);
        let Some((undo, past)) = undo.and_then(|undo| Some((undo, self.history.get(undo)?))) else {
            return Vec::new();
        };
        let mut writes = Vec::new();
        for (subject, field) in &past.fields {
            let entries = self.entries(subject, field);
            let left = entries.iter().find(|(stamp, ..)| *stamp == undo);
            let own = entries.iter().find(|(stamp, ..)| *stamp == target);
            if let (Some((_, winner, _)), Some((_, left, _)), Some((_, _, value))) =
                (entries.first(), left, own)
                && winner == left
            {
                writes.push(Write {
                    subject: subject.clone(),
                    value: value.clone(),
                    restores: Some(target),
                });
            }
        }
        writes
    }

    fn entries(&self, subject: &Subject, field: &Field) -> Vec<(Stamp, Stamp, Value)> {
        match subject {
            Subject::Annotation(id) => self
                .annotations
                .get(id)
                .map(|registers| registers.entries(field))
                .unwrap_or_default(),
            Subject::Document => self
                .document
                .iter()
                .flat_map(Register::latest_first)
                .map(|e| (e.stamp, e.owner, Value::State(e.value.clone())))
                .collect(),
        }
    }

    /// A transaction of `writer` that takes back the latest edit that is `ours`.
    pub fn undo_latest(&self, writer: Writer, ours: impl Fn(Writer) -> bool) -> Option<Draft> {
        let target = self.history.undoable(ours)?;
        Some(Draft {
            stamp: self.next_stamp(writer),
            kind: Kind::Undo(target),
            writes: self.undo(target),
        })
    }

    /// A transaction of `writer` that does the latest undone edit again.
    pub fn redo_latest(&self, writer: Writer, ours: impl Fn(Writer) -> bool) -> Option<Draft> {
        let target = self.history.redoable(ours)?;
        Some(Draft {
            stamp: self.next_stamp(writer),
            kind: Kind::Redo(target),
            writes: self.redo(target),
        })
    }

    /// Forgets all transactions but the latest `count`, and the values that only undoing them
    /// would need. What counts stays the same.
    pub fn compact(&mut self, count: usize) {
        if let Some(oldest) = self.history.compact(count) {
            for registers in self.annotations.values_mut() {
                registers.compact(oldest);
            }
            if let Some(document) = &mut self.document {
                document.compact(oldest);
            }
        }
    }

    /// The registers of all annotations that ever were, and the document's own.
    pub fn registers(
        &self,
    ) -> (
        impl Iterator<Item = (&Id, &Registers)>,
        Option<&Register<DocumentState>>,
    ) {
        (self.annotations.iter(), self.document.as_ref())
    }

    /// A state of those annotations alone that `writes` touch, without history: to try them out.
    pub fn outline(&self, writes: &[Write]) -> State {
        let mut outline = State {
            document: self.document.clone(),
            clock: self.clock,
            versions: self.versions.clone(),
            ..State::default()
        };
        for write in writes {
            if let Subject::Annotation(id) = &write.subject
                && let Some(registers) = self.annotations.get(id)
            {
                outline
                    .annotations
                    .entry(id.clone())
                    .or_insert_with(|| registers.clone());
            }
        }
        outline
    }
}

/// A transaction without its time on the wall.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its stamp.
    pub stamp: Stamp,
    /// What it is to the history.
    pub kind: Kind,
    /// Its writes; none where somebody else has changed all of it since.
    pub writes: Vec<Write>,
}
