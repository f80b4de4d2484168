//! Journals as several tabs write them: the operations of a person at random, and what comes out.

use crate::random::Random;
use rubricate::annotation::{Annotation, Id, Method, Origin};
use rubricate::edit::{DocumentState, Kind, State, Subject, Transaction, Value, Write, Writer};
use rubricate::text::Span;
use serde_json::Value as Json;
use std::sync::Arc;

/// What the texts of these journals are called.
pub const TEXT_HASH: &str = "0123456789abcdef";

/// A page load with its own writer, its own state, and what it has written.
pub struct Tab {
    writer: Writer,
    pub state: State,
    pub journal: Vec<Transaction>,
}

impl Tab {
    pub fn new(writer: u64) -> Tab {
        Tab {
            writer: Writer(writer),
            state: State::default(),
            journal: Vec::new(),
        }
    }

    /// Takes in what another tab has written.
    pub fn hear(&mut self, journal: &[Transaction]) {
        for transaction in journal {
            self.state.apply(transaction);
        }
    }

    fn commit(&mut self, kind: Kind, writes: Vec<Write>) {
        let stamp = self.state.next_stamp(self.writer);
        let transaction = Transaction {
            stamp,
            at: format!(
                "2026-11-24T02:{:02}:{:02}Z",
                stamp.time / 60 % 60,
                stamp.time % 60
            )
            .into(),
            text: TEXT_HASH.into(),
            kind,
            writes,
        };
        self.state.apply(&transaction);
        self.journal.push(transaction);
    }

    /// One step of work: adding, relabelling, resizing, noting, saying, deleting, undoing, redoing.
    pub fn work(&mut self, random: &mut Random) {
        let id = Id::from(format!("a{}", random.below(12)).as_str());
        let label: Arc<str> = (*random.pick(&["claim", "quote", "caption", "boilerplate"])).into();
        let start = random.below(90) as u32;
        let span = Span::new(start, start + 1 + random.below(9) as u32).unwrap();
        let writer = self.writer;
        match random.below(11) {
            0..=3 => {
                let origin = Origin {
                    created: Some("2026-11-24T02:16:00Z".into()),
                    creator: Some("Ada".into()),
                    method: Method::Manual,
                    ..Origin::default()
                };
                let values = [
                    Value::Exists(true),
                    Value::Span(span),
                    Value::Label(label),
                    Value::Origin(Arc::new(origin)),
                ];
                self.commit(Kind::Edit, values.map(|v| Write::annotation(&id, v)).into());
            }
            4 => self.commit(
                Kind::Edit,
                vec![Write::annotation(&id, Value::Label(label))],
            ),
            5 => self.commit(Kind::Edit, vec![Write::annotation(&id, Value::Span(span))]),
            6 => {
                let note = [None, Some("a “note” 😀".into())][random.below(2)].clone();
                self.commit(Kind::Edit, vec![Write::annotation(&id, Value::Note(note))]);
            }
            7 => {
                let states = [
                    DocumentState::Open,
                    DocumentState::Done,
                    DocumentState::Skipped("a copy".into()),
                ];
                let write = match random.below(3) {
                    0 => Write {
                        subject: Subject::Document,
                        value: Value::State(random.pick(&states).clone()),
                        restores: None,
                    },
                    _ => Write::annotation(&id, Value::Exists(false)),
                };
                self.commit(Kind::Edit, vec![write]);
            }
            8 => {
                if let Some(draft) = self.state.undo_latest(writer, |w| w == writer) {
                    self.commit(draft.kind, draft.writes);
                }
            }
            9 => {
                let attribute = *random.pick(&["speaker", "sure"]);
                let values = [Json::Null, true.into(), "Ms “Adeyemi” 😀".into()];
                let value = Value::Attribute(attribute.into(), random.pick(&values).clone());
                self.commit(Kind::Edit, vec![Write::annotation(&id, value)]);
            }
            _ => {
                if let Some(draft) = self.state.redo_latest(writer, |w| w == writer) {
                    self.commit(draft.kind, draft.writes);
                }
            }
        }
    }
}

/// What `tabs` tabs write in `steps` steps, of which some follow the news of another tab.
pub fn journal_of(tabs: usize, steps: usize, random: &mut Random) -> Vec<Transaction> {
    let mut all: Vec<Tab> = (0..tabs).map(|n| Tab::new(n as u64 + 1)).collect();
    for _ in 0..steps {
        let at = random.below(tabs);
        if random.below(4) == 0 {
            let news = all[random.below(tabs)].journal.clone();
            all[at].hear(&news);
        }
        all[at].work(random);
    }
    all.into_iter().flat_map(|tab| tab.journal).collect()
}

/// The state that `transactions` give, in this order.
pub fn state_of<'a>(transactions: impl IntoIterator<Item = &'a Transaction>) -> State {
    let mut state = State::default();
    for transaction in transactions {
        state.apply(transaction);
    }
    state
}

/// All that people see of a state, and the time that goes on from there.
pub fn seen(state: &State) -> (Vec<Annotation>, DocumentState, u32) {
    (
        state.annotations().collect(),
        state.document_state(),
        state.clock(),
    )
}
