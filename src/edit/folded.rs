//! What a snapshot holds, and how it joins a state.

use super::history::Past;
use super::register::{Entry, write};
use super::state::State;
use super::transaction::{Stamp, Value};
use crate::annotation::Id;
use std::sync::Arc;

/// What a snapshot holds: writes of transactions that are no longer told apart, and the history.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The hash of the text that spans count in, where they don't say otherwise.
    pub text: Arc<str>,
    /// The greatest logical time that went in.
    pub clock: u32,
    /// Stamp, owner, annotation (or the document) and value of each write.
    pub writes: Vec<(Stamp, Stamp, Option<Id>, Value)>,
    /// When each annotation was last written to.
    pub touched: Vec<(Id, Stamp, Arc<str>)>,
    /// What is remembered of the latest transactions.
    pub history: Vec<(Stamp, Past)>,
}

impl State {
    /// Unites this state with registers and transactions that were folded before.
    pub fn merge(&mut self, folded: Folded) {
        self.clock = self.clock.max(folded.clock);
        let text = self.versions.shared(&folded.text);
        for (stamp, owner, id, value) in folded.writes {
            match id {
                Some(id) => self
                    .annotations
                    .entry(id)
                    .or_default()
                    .write(stamp, owner, value, &text),
                None => {
                    if let Value::State(value) = value {
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
            }
        }
        for (id, stamp, at) in folded.touched {
            self.annotations.entry(id).or_default().touch(stamp, &at);
        }
        for (stamp, past) in folded.history {
            self.history.restore(stamp, past);
        }
        self.rebuild_index();
    }
}
