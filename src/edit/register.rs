//! A last-writer-wins register that remembers what it held before, for undo.

use super::transaction::Stamp;

/// A value, when it was written, and the transaction that it speaks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    /// The transaction that wrote it.
    pub stamp: Stamp,
    /// The transaction whose value it is: the writer, or the one that an undo put back.
    pub owner: Stamp,
    /// What was written.
    pub value: T,
}

/// The writes of one field, in the order of their stamps; the last one wins.
#[derive(Clone, Debug, PartialEq)]
pub struct Register<T> {
    winner: Entry<T>,
    // Ascending by stamp, all before the winner. Nearly always empty.
    earlier: Vec<Entry<T>>,
}

impl<T> Register<T> {
    /// A register that was written once.
    pub fn new(entry: Entry<T>) -> Register<T> {
        Register {
            winner: entry,
            earlier: Vec::new(),
        }
    }

    /// Adds a write; a stamp that is there already is ignored, so repetition changes nothing.
    pub fn write(&mut self, entry: Entry<T>) {
        if entry.stamp > self.winner.stamp {
            self.earlier
                .push(std::mem::replace(&mut self.winner, entry));
        } else if entry.stamp < self.winner.stamp
            && let Err(at) = self
                .earlier
                .binary_search_by_key(&entry.stamp, |entry| entry.stamp)
        {
            self.earlier.insert(at, entry);
        }
    }

    /// What counts.
    pub fn winner(&self) -> &Entry<T> {
        &self.winner
    }

    /// All writes, the latest first.
    pub fn latest_first(&self) -> impl Iterator<Item = &Entry<T>> {
        std::iter::once(&self.winner).chain(self.earlier.iter().rev())
    }

    /// Forgets the writes that neither win nor are needed to undo a transaction since `oldest`.
    pub fn compact(&mut self, oldest: Stamp) {
        let recent = self.earlier.partition_point(|entry| entry.stamp < oldest);
        // The one before the oldest is what undoing the oldest goes back to.
        let keep = match self.winner.stamp < oldest {
            true => self.earlier.len(),
            false => recent.saturating_sub(1),
        };
        self.earlier.drain(..keep);
    }
}

/// Writes `entry` into a register that may not have been written before.
pub(super) fn write<T>(register: &mut Option<Register<T>>, entry: Entry<T>) {
    match register {
        Some(register) => register.write(entry),
        None => *register = Some(Register::new(entry)),
    }
}
