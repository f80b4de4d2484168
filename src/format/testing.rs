//! What the tests of the formats are made with.

use crate::annotation::{Id, Method, Origin};
use crate::document::{Document, Source};
use crate::edit::{Kind, State, Transaction, Value, Write, Writer};
use crate::text::{Span, Text};
use std::sync::Arc;

pub const NOW: &str = "2026-11-24T02:16:00Z";
pub const LATER: &str = "2026-11-25T08:00:00Z";

pub fn document(id: &str, text: &str) -> Document {
    Document {
        id: id.into(),
        title: None,
        source: Source::default(),
        media_type: "text/plain".into(),
        language: None,
        text: Text::new(text.into()).unwrap(),
        blocks: Vec::new(),
    }
}

pub fn span(start: u32, end: u32) -> Span {
    Span::new(start, end).unwrap()
}

/// Applies `writes` as one edit at the time `at`.
pub fn apply(state: &mut State, at: &str, writes: Vec<Write>) {
    let transaction = Transaction {
        stamp: state.next_stamp(Writer(1)),
        at: at.into(),
        text: "0".into(),
        kind: Kind::Edit,
        writes,
    };
    state.apply(&transaction);
}

/// The writes that tag by hand.
pub fn tag(id: &str, at: Span, label: &str) -> Vec<Write> {
    let origin = Origin {
        created: Some(NOW.into()),
        creator: Some("Ada".into()),
        method: Method::Manual,
        ..Origin::default()
    };
    [
        Value::Exists(true),
        Value::Span(at),
        Value::Label(label.into()),
        Value::Origin(Arc::new(origin)),
    ]
    .map(|value| Write::annotation(&Id::from(id), value))
    .into()
}

/// A state with annotations made by hand.
pub fn state(tags: &[(&str, u32, u32, &str)]) -> State {
    let mut state = State::default();
    let writes = tags
        .iter()
        .flat_map(|(id, s, e, label)| tag(id, span(*s, *e), label));
    apply(&mut state, NOW, writes.collect());
    state
}

/// Ids that count up.
pub fn new_ids() -> impl FnMut() -> Id {
    let mut count = 0;
    move || {
        count += 1;
        Id::from(format!("new-{count}").as_str())
    }
}
