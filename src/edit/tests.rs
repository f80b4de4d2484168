//! The laws of the registers: order and repetition don't matter, undo gives back, redo does again.

use super::*;
use crate::annotation::{Annotation, Id, Origin};
use crate::text::Span;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const HERE: Writer = Writer(1);
const THERE: Writer = Writer(2);

fn span(start: u32, end: u32) -> Span {
    Span::new(start, end).unwrap()
}

/// A tab: its own state, its own writer.
#[derive(Clone)]
struct Tab {
    writer: Writer,
    state: State,
    journal: Vec<Transaction>,
}

impl Tab {
    fn new(writer: Writer) -> Tab {
        Tab {
            writer,
            state: State::default(),
            journal: Vec::new(),
        }
    }

    fn commit(&mut self, kind: Kind, writes: Vec<Write>) -> Change {
        let transaction = Transaction {
            stamp: self.state.next_stamp(self.writer),
            at: "2026-11-24T00:00:00Z".into(),
            text: "0".into(),
            kind,
            writes,
        };
        let change = self.state.apply(&transaction);
        self.journal.push(transaction);
        change
    }

    fn add(&mut self, id: &str, at: Span, label: &str) -> Change {
        let id = Id::from(id);
        self.commit(
            Kind::Edit,
            vec![
                Write::annotation(&id, Value::Exists(true)),
                Write::annotation(&id, Value::Span(at)),
                Write::annotation(&id, Value::Label(label.into())),
                Write::annotation(&id, Value::Origin(Arc::new(Origin::default()))),
            ],
        )
    }

    fn set(&mut self, id: &str, value: Value) -> Change {
        self.commit(Kind::Edit, vec![Write::annotation(&Id::from(id), value)])
    }

    fn undo(&mut self) -> Option<Change> {
        let writer = self.writer;
        let draft = self.state.undo_latest(writer, |w| w == writer)?;
        Some(self.commit(draft.kind, draft.writes))
    }

    fn redo(&mut self) -> Option<Change> {
        let writer = self.writer;
        let draft = self.state.redo_latest(writer, |w| w == writer)?;
        Some(self.commit(draft.kind, draft.writes))
    }

    fn hear(&mut self, from: &Tab) {
        for transaction in &from.journal {
            self.state.apply(transaction);
        }
    }

    fn seen(&self) -> Vec<(String, Span, String)> {
        self.state
            .annotations()
            .map(|a| (a.id.to_string(), a.span, a.label.to_string()))
            .collect()
    }
}

fn seen(list: &[(&str, Span, &str)]) -> Vec<(String, Span, String)> {
    list.iter()
        .map(|(id, span, label)| (id.to_string(), *span, label.to_string()))
        .collect()
}

#[test]
fn annotations_stand_in_document_order_the_longer_first() {
    let mut tab = Tab::new(HERE);
    tab.add("inner", span(2, 4), "quote");
    tab.add("later", span(5, 6), "claim");
    tab.add("outer", span(2, 9), "claim");
    assert_eq!(
        tab.seen(),
        seen(&[
            ("outer", span(2, 9), "claim"),
            ("inner", span(2, 4), "quote"),
            ("later", span(5, 6), "claim")
        ])
    );
    let ids = |range| {
        tab.state
            .intersecting(range)
            .iter()
            .map(|a| a.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(span(4, 5)), ["outer"]);
    assert_eq!(ids(span(3, 6)), ["outer", "inner", "later"]);
    assert_eq!(tab.state.places(Some("claim")).len(), 2);
}

#[test]
fn what_an_attribute_says_is_undone_to_what_it_was_made_with() {
    let mut tab = Tab::new(HERE);
    let origin = Origin {
        extra: json!({"attributes": {"speaker": "Ada"}})
            .as_object()
            .cloned()
            .unwrap(),
        ..Origin::default()
    };
    tab.add("a", span(0, 3), "quote");
    tab.set("a", Value::Origin(Arc::new(origin)));
    let said = |tab: &Tab| Json::from(tab.state.annotation("a").unwrap().attributes());
    tab.set("a", Value::Attribute("speaker".into(), Json::Null));
    tab.set("a", Value::Attribute("sure".into(), true.into()));
    for _ in 0..2 {
        assert_eq!(said(&tab), json!({"sure": true}));
        tab.undo().unwrap();
        assert_eq!(said(&tab), json!({}));
        tab.undo().unwrap();
        assert_eq!(said(&tab), json!({"speaker": "Ada"}));
        assert_eq!(tab.state.annotation("a").unwrap().later, None);
        tab.redo().unwrap();
        tab.redo().unwrap();
    }
}

#[test]
fn the_first_note_is_undone_to_none_and_redone() {
    let mut tab = Tab::new(HERE);
    let note = |tab: &Tab| tab.state.annotation("a").and_then(|a| a.note);
    tab.add("a", span(0, 3), "claim");
    tab.set("a", Value::Note(Some("why".into())));
    for _ in 0..2 {
        assert_eq!(note(&tab).as_deref(), Some("why"));
        tab.undo().unwrap();
        assert_eq!(note(&tab), None);
        tab.redo().unwrap();
    }
}

#[test]
fn undo_and_redo_walk_through_every_kind_of_change() {
    let mut tab = Tab::new(HERE);
    let mut steps = vec![tab.seen()];
    tab.add("a", span(0, 3), "claim");
    steps.push(tab.seen());
    tab.set("a", Value::Label("quote".into()));
    steps.push(tab.seen());
    tab.set("a", Value::Span(span(1, 5)));
    steps.push(tab.seen());
    tab.set("a", Value::Exists(false));
    steps.push(tab.seen());
    for _ in 0..2 {
        for step in steps.iter().rev().skip(1) {
            tab.undo().unwrap();
            assert_eq!(&tab.seen(), step);
        }
        assert_eq!(tab.undo(), None);
        for step in steps.iter().skip(1) {
            tab.redo().unwrap();
            assert_eq!(&tab.seen(), step);
        }
        assert_eq!(tab.redo(), None);
    }
}

#[test]
fn a_new_edit_ends_what_could_be_redone() {
    let mut tab = Tab::new(HERE);
    tab.add("a", span(0, 1), "claim");
    tab.undo().unwrap();
    tab.add("b", span(1, 2), "claim");
    assert_eq!(tab.redo(), None);
}

#[test]
fn undo_leaves_alone_what_another_tab_has_changed_since() {
    let (mut here, mut there) = (Tab::new(HERE), Tab::new(THERE));
    here.add("a", span(0, 3), "claim");
    here.set("a", Value::Label("quote".into()));
    there.hear(&here);
    there.set("a", Value::Label("caption".into()));
    here.hear(&there);
    assert_eq!(here.undo().unwrap(), Change::default());
    assert_eq!(here.seen(), seen(&[("a", span(0, 3), "caption")]));
}

#[test]
fn undo_does_not_bring_back_a_value_that_was_itself_undone() {
    let (mut here, mut there) = (Tab::new(HERE), Tab::new(THERE));
    here.add("a", span(0, 3), "claim");
    here.set("a", Value::Label("quote".into()));
    there.hear(&here);
    there.set("a", Value::Label("caption".into()));
    here.hear(&there);
    here.undo().unwrap();
    there.hear(&here);
    there.undo().unwrap();
    assert_eq!(there.seen(), seen(&[("a", span(0, 3), "claim")]));
}

#[test]
fn only_ones_own_edits_are_undone() {
    let (mut here, mut there) = (Tab::new(HERE), Tab::new(THERE));
    there.add("a", span(0, 3), "claim");
    here.hear(&there);
    assert_eq!(here.undo(), None);
}

#[test]
fn compaction_keeps_what_counts_and_the_latest_undo_steps() {
    let mut tab = Tab::new(HERE);
    tab.add("a", span(0, 3), "claim");
    for label in ["quote", "caption", "claim", "boilerplate"] {
        tab.set("a", Value::Label(label.into()));
    }
    tab.state.compact(2);
    assert_eq!(tab.state.history().len(), 2);
    assert_eq!(tab.seen(), seen(&[("a", span(0, 3), "boilerplate")]));
    tab.undo().unwrap();
    tab.undo().unwrap();
    assert_eq!(tab.seen(), seen(&[("a", span(0, 3), "caption")]));
    assert_eq!(tab.undo(), None);
}

#[derive(Clone, Debug)]
enum Step {
    Add(u8, u32, u32),
    Label(u8, u8),
    Resize(u8, u32, u32),
    Remove(u8),
    Say(u8, u8, u8),
    Undo,
    Redo,
    Hear,
}

fn step() -> impl Strategy<Value = Step> {
    let place = || (0..60u32, 1..90u32);
    prop_oneof![
        3 => (0..6u8, place()).prop_map(|(id, (start, length))| Step::Add(id, start, length)),
        2 => (0..6u8, 0..4u8).prop_map(|(id, label)| Step::Label(id, label)),
        2 => (0..6u8, place()).prop_map(|(id, (start, length))| Step::Resize(id, start, length)),
        1 => (0..6u8).prop_map(Step::Remove),
        2 => (0..6u8, 0..2u8, 0..3u8).prop_map(|(id, of, what)| Step::Say(id, of, what)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => Just(Step::Hear),
    ]
}

const LABELS: [&str; 4] = ["claim", "quote", "caption", "boilerplate"];

/// Two tabs that work side by side and sometimes hear of each other.
fn two_tabs(steps: &[(bool, Step)]) -> [Tab; 2] {
    let mut tabs = [Tab::new(HERE), Tab::new(THERE)];
    for (there, step) in steps {
        let at = usize::from(*there);
        let other = tabs[1 - at].clone();
        let tab = &mut tabs[at];
        match step {
            Step::Add(id, start, length) => {
                tab.add(&format!("{id}"), span(*start, start + length), "claim");
            }
            Step::Label(id, label) => {
                tab.set(
                    &format!("{id}"),
                    Value::Label(LABELS[usize::from(*label)].into()),
                );
            }
            Step::Resize(id, start, length) => {
                tab.set(&format!("{id}"), Value::Span(span(*start, start + length)));
            }
            Step::Remove(id) => {
                tab.set(&format!("{id}"), Value::Exists(false));
            }
            Step::Say(id, of, what) => {
                let attribute = ["speaker", "sure"][usize::from(*of)];
                let values = [Json::Null, true.into(), "Ada".into()];
                let value = values[usize::from(*what)].clone();
                tab.set(&format!("{id}"), Value::Attribute(attribute.into(), value));
            }
            Step::Undo => {
                tab.undo();
            }
            Step::Redo => {
                tab.redo();
            }
            Step::Hear => tab.hear(&other),
        }
    }
    tabs
}

fn everything(state: &State) -> (Vec<Annotation>, Vec<crate::annotation::Place>, u32) {
    (
        state.annotations().collect(),
        state.places(None).to_vec(),
        state.clock(),
    )
}

proptest! {
    #[test]
    fn the_union_of_journals_in_any_order_and_repetition_is_one_state(
        steps in prop::collection::vec((any::<bool>(), step()), 0..60),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..200),
    ) {
        let [mut here, mut there] = two_tabs(&steps);
        here.hear(&there);
        there.hear(&here);
        prop_assert_eq!(everything(&here.state), everything(&there.state));

        let all: Vec<_> = here.journal.iter().chain(&there.journal).collect();
        let mut shuffled = State::default();
        if !all.is_empty() {
            for index in order {
                shuffled.apply(all[index.index(all.len())]);
            }
        }
        for transaction in all.iter().rev() {
            shuffled.apply(transaction);
        }
        prop_assert_eq!(everything(&shuffled), everything(&here.state));
    }

    #[test]
    fn undoing_everything_gives_the_start_and_redoing_the_end(
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let steps: Vec<_> = steps.into_iter().map(|step| (false, step)).collect();
        let [mut tab, _] = two_tabs(&steps);
        while tab.redo().is_some() {}
        let end = tab.seen();
        while tab.undo().is_some() {}
        prop_assert_eq!(tab.seen(), vec![]);
        // What was undone before an edit stays undone: only the edits that still stood come back.
        while tab.redo().is_some() {}
        prop_assert_eq!(tab.seen(), end);
    }

    #[test]
    fn the_index_finds_what_a_scan_finds(
        spans in prop::collection::vec((0..200u32, 1..90u32), 0..300),
        range in (0..250u32, 1..40u32),
    ) {
        let mut tab = Tab::new(HERE);
        for (i, (start, length)) in spans.iter().enumerate() {
            tab.add(&format!("{i}"), span(*start, start + length), "claim");
        }
        let range = span(range.0, range.0 + range.1);
        let scan: Vec<_> = tab.state.annotations().filter(|a| a.span.intersects(range)).collect();
        prop_assert_eq!(tab.state.intersecting(range), scan);
    }
}
