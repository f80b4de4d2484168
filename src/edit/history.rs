//! Which transactions there were, and which of them undo and redo are about.

use super::transaction::{Field, Kind, Stamp, Subject, Transaction, Writer};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What the history keeps of a transaction: which fields it wrote, not what.
#[derive(Clone, Debug)]
pub struct Past {
    /// Whether it did, undid or redid something.
    pub kind: Kind,
    /// The clock on the wall then.
    pub at: Arc<str>,
    /// The fields that it wrote.
    pub fields: Vec<(Subject, Field)>,
}

/// The transactions in the order of their stamps.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: BTreeMap<Stamp, Past>,
    // For what was ever undone: the latest undo or redo of it, and whether that was an undo.
    verdicts: HashMap<Stamp, (Stamp, bool)>,
}

impl Past {
    /// Whether it says who made annotations and nothing else, which is no step of a person's work.
    fn is_signature(&self) -> bool {
        !self.fields.is_empty() && self.fields.iter().all(|(_, field)| *field == Field::Origin)
    }
}

impl History {
    /// Remembers a transaction; false if it was known.
    pub fn record(&mut self, transaction: &Transaction) -> bool {
        self.restore(
            transaction.stamp,
            Past {
                kind: transaction.kind,
                at: transaction.at.clone(),
                fields: transaction
                    .writes
                    .iter()
                    .map(|write| (write.subject.clone(), write.value.field()))
                    .collect(),
            },
        )
    }

    /// Remembers what a snapshot kept of a transaction; false if it was known.
    pub fn restore(&mut self, stamp: Stamp, past: Past) -> bool {
        if self.past.contains_key(&stamp) {
            return false;
        }
        let verdict = match past.kind {
            Kind::Edit => None,
            Kind::Undo(target) => Some((target, true)),
            Kind::Redo(target) => Some((target, false)),
        };
        if let Some((target, undone)) = verdict {
            let latest = self.verdicts.entry(target).or_insert((stamp, undone));
            if stamp >= latest.0 {
                *latest = (stamp, undone);
            }
        }
        self.past.insert(stamp, past);
        true
    }

    /// What is remembered of a transaction.
    pub fn get(&self, stamp: Stamp) -> Option<&Past> {
        self.past.get(&stamp)
    }

    /// How many transactions are remembered.
    pub fn len(&self) -> usize {
        self.past.len()
    }

    /// Whether nothing was ever done.
    pub fn is_empty(&self) -> bool {
        self.past.is_empty()
    }

    /// All transactions, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Stamp, &Past)> {
        self.past.iter().map(|(stamp, past)| (*stamp, past))
    }

    /// Whether the latest word on `stamp` is an undo.
    pub fn is_undone(&self, stamp: Stamp) -> bool {
        self.verdicts.get(&stamp).is_some_and(|verdict| verdict.1)
    }

    /// The transaction that undid `stamp` last.
    pub fn undone_by(&self, stamp: Stamp) -> Option<Stamp> {
        self.verdicts
            .get(&stamp)
            .and_then(|(by, undone)| undone.then_some(*by))
    }

    /// What the next undo takes back: the latest edit of `ours` that stands.
    pub fn undoable(&self, ours: impl Fn(Writer) -> bool) -> Option<Stamp> {
        self.iter()
            .rev()
            .find(|(stamp, past)| {
                past.kind == Kind::Edit
                    && ours(stamp.writer)
                    && !self.is_undone(*stamp)
                    && !past.is_signature()
            })
            .map(|(stamp, _)| stamp)
    }

    /// What the next redo does again: the latest undone edit, unless something was done since.
    pub fn redoable(&self, ours: impl Fn(Writer) -> bool) -> Option<Stamp> {
        for (stamp, past) in self.iter().rev().filter(|(stamp, _)| ours(stamp.writer)) {
            match past.kind {
                Kind::Edit if past.is_signature() => {}
                Kind::Edit if !self.is_undone(stamp) => return None,
                Kind::Undo(target) if self.undone_by(target) == Some(stamp) => return Some(target),
                _ => {}
            }
        }
        None
    }

    /// Forgets all but the latest `count`, and says which is the oldest that is left.
    pub fn compact(&mut self, count: usize) -> Option<Stamp> {
        let excess = self.past.len().saturating_sub(count);
        let oldest = self.past.keys().nth(excess).copied()?;
        self.past = self.past.split_off(&oldest);
        let past = &self.past;
        self.verdicts.retain(|target, _| past.contains_key(target));
        Some(oldest)
    }
}
