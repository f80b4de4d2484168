//! The one road for changes.
//!
//! What is kept is a map of last-writer-wins registers, one per field of an annotation and one for
//! the document's state. A [`Transaction`] is a set of register writes with one [`Stamp`];
//! [`State::apply`] is the only way in which anything changes, and applying transactions in any
//! order, with any repetition, gives the same state. Undo is one more transaction.

mod attributes;
mod folded;
mod history;
mod index;
mod orphans;
mod register;
mod registers;
mod state;
mod transaction;
mod versions;

pub use folded::Folded;
pub use history::{History, Past};
pub use orphans::{Carriage, Orphan};
pub use register::{Entry, Register};
pub use registers::Registers;
pub use state::{Change, Changed, Draft, State};
pub use transaction::{
    DocumentState, Field, Kind, Stamp, Subject, TextSpan, Transaction, Value, Write, Writer,
};
pub use versions::Versions;

#[cfg(test)]
mod tests;
