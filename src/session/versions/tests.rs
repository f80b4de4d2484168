//! Annotations through versions of a text: what is found, what is kept, what comes back.

mod laws;

use crate::annotation::{Annotation, Id, LabelSet};
use crate::document::{Document, DocumentMeta, plain};
use crate::edit::{Change, Kind, Orphan, Transaction, Writer};
use crate::journal::{read_record, read_snapshot, write_record, write_snapshot};
use crate::session::{
    Action, Active, Command, Context, Effect, Moment, Overrides, Platform, Pointed, Session, Update,
};
use crate::text::Span;
use std::cell::Cell;
use std::sync::Arc;

const ONE: &str = "Flood wall delayed\n\
    The wall will cost £8 million and stand by spring, the council said.\n\
    “We had no warning,” Ms Adeyemi said. “No warning at all.”\n\
    Picture: the wall from the north";
/// A paragraph before, a figure changed, the picture gone.
const TWO: &str = "Correction: an earlier version gave another sum.\n\
    Flood wall delayed\n\
    The wall will cost £9 million and stand by spring, the council said.\n\
    “We had no warning,” Ms Adeyemi said. “No warning at all.”";

fn document(text: &str) -> Document {
    let meta = DocumentMeta {
        id: Some("article".into()),
        ..DocumentMeta::default()
    };
    plain(text.into(), meta).unwrap()
}

fn random() -> [u8; 16] {
    thread_local!(static NEXT: Cell<u64> = const { Cell::new(0) });
    NEXT.set(NEXT.get() + 1);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&NEXT.get().to_le_bytes());
    bytes
}

fn now() -> Arc<str> {
    "2026-11-25T00:00:00Z".into()
}

fn moment() -> Moment {
    Moment { now: now(), random }
}

fn context() -> Context {
    Context {
        moment: moment(),
        visible: None,
        selected: None,
        platform: Platform::Other,
    }
}

/// A tab with its journal.
struct Tab {
    session: Session,
    journal: Vec<Transaction>,
}

impl Tab {
    fn open(text: &str, writer: u64) -> Tab {
        let labels = LabelSet::default();
        let overrides = Overrides::default();
        Tab {
            session: Session::new(document(text), labels, &overrides, Writer(writer)),
            journal: Vec::new(),
        }
    }

    /// Opens a text with what was stored, and with the former texts that are stored.
    fn reopen(text: &str, stored: &[Transaction], former: &[&str]) -> Tab {
        let mut tab = Tab::open(text, 99);
        for transaction in stored {
            tab.session
                .receive(&read_record(&write_record(transaction)).unwrap());
        }
        for text in former {
            tab.session.recall(document(text));
        }
        tab
    }

    fn commit(&mut self, kind: Kind, writes: Vec<crate::edit::Write>) -> Change {
        let (transaction, change) = self.session.commit(kind, writes, now());
        self.journal.push(transaction);
        change
    }

    fn span(&self, words: &str) -> Span {
        let text = &self.session.document().text;
        let start = text.as_str().find(words).unwrap();
        let start = text.offset_of_byte(start).unwrap();
        Span::new(start, start + words.chars().count() as u32).unwrap()
    }

    fn tag(&mut self, words: &str) -> Id {
        let span = self.span(words);
        let drafted = self
            .session
            .draft_annotation(span, "claim", None, &moment());
        let (id, writes) = drafted.unwrap();
        self.commit(Kind::Edit, writes);
        id
    }

    fn undo(&mut self) -> Option<Change> {
        let draft = self.session.draft_undo()?;
        Some(self.commit(draft.kind, draft.writes))
    }

    fn redo(&mut self) -> Option<Change> {
        let draft = self.session.draft_redo()?;
        Some(self.commit(draft.kind, draft.writes))
    }

    fn does(&mut self, action: Action) -> String {
        match self.session.act(action, &context()) {
            Effect::Change { writes, says, then } => {
                let change = self.commit(Kind::Edit, writes);
                self.session.settle(&change, &then);
                says
            }
            Effect::Say(says) => says,
            other => format!("{other:?}"),
        }
    }

    fn tagged(&self) -> Vec<String> {
        let text = &self.session.document().text;
        let all = self.session.state().annotations();
        all.map(|a| text.slice(a.span).unwrap().to_owned())
            .collect()
    }

    fn lost(&self) -> Vec<Option<String>> {
        let all = self.session.orphans().into_iter();
        all.map(|orphan| orphan.quote.map(|quote| quote.exact))
            .collect()
    }
}

/// Four annotations: one that stays, one that moves, one whose words change, one that goes.
fn tagged_one() -> Tab {
    let mut tab = Tab::open(ONE, 1);
    for words in [
        "Flood wall delayed",
        "The wall will cost £8 million and stand by spring, the council said.",
        "“We had no warning,”",
        "Picture: the wall from the north",
    ] {
        tab.tag(words);
    }
    tab
}

#[test]
fn in_a_changed_text_words_are_found_again_and_what_is_gone_is_kept() {
    let mut tab = tagged_one();
    let change = tab.session.retext(document(TWO));
    assert_eq!(
        tab.tagged(),
        [
            "Flood wall delayed",
            "The wall will cost £9 million and stand by spring, the council said.",
            "“We had no warning,”"
        ]
    );
    assert_eq!(
        tab.lost(),
        [Some("Picture: the wall from the north".into())]
    );
    assert_eq!((change.annotations.len(), change.orphans), (4, true));
    assert_eq!(
        tab.session.carriage_sentence().as_deref(),
        Some(
            "1 annotation could not be found in the changed text; it is kept in the list. 1 annotation stands on words that have changed a little."
        )
    );
}

#[test]
fn with_the_former_text_all_is_where_it_was() {
    let mut tab = tagged_one();
    let before: Vec<Annotation> = tab.session.state().annotations().collect();
    tab.session.retext(document(TWO));
    let change = tab.session.retext(document(ONE));
    assert_eq!(
        tab.session.state().annotations().collect::<Vec<_>>(),
        before
    );
    assert_eq!(tab.lost(), []);
    assert!(change.orphans);
    assert_eq!(tab.session.carriage_sentence(), None);
}

#[test]
fn opening_another_version_finds_the_same_and_writes_nothing() {
    let first = tagged_one();
    let mut live = tagged_one();
    live.session.retext(document(TWO));
    let opened = Tab::reopen(TWO, &first.journal, &[ONE]);
    assert_eq!(opened.tagged(), live.tagged());
    assert_eq!(opened.lost(), live.lost());
    assert_eq!(opened.journal, []);
}

#[test]
fn where_the_former_text_is_not_stored_annotations_are_kept_without_words() {
    let first = tagged_one();
    let opened = Tab::reopen(TWO, &first.journal, &[]);
    assert_eq!(opened.tagged(), [""; 0]);
    assert_eq!(opened.lost(), [const { None }; 4]);
    assert_eq!(opened.session.state().unknown_texts().len(), 1);
    assert_eq!(
        opened.session.carriage_sentence().as_deref(),
        Some(
            "4 annotations could not be found in the changed text; they are kept in the list. The text that some were made in is not stored here, so their words are unknown."
        )
    );
}

#[test]
fn deleting_what_is_not_found_is_undone_and_redone_like_any_delete() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    let id = tab.session.orphans()[0].id.clone();
    assert_eq!(
        tab.does(Action::Remove(id)),
        "Deleted: claim “Picture: the wall from the north”, not found in this text."
    );
    assert_eq!(tab.lost(), []);
    let change = tab.undo().unwrap();
    assert_eq!(
        tab.session.came_back(&change, false),
        "Undone, for an annotation that is not found in this text."
    );
    assert_eq!(tab.lost().len(), 1);
    tab.redo().unwrap();
    assert_eq!(tab.lost(), []);
    tab.undo().unwrap();
    tab.session.retext(document(ONE));
    assert_eq!(tab.tagged().len(), 4);
}

#[test]
fn what_is_not_found_is_set_on_what_is_active_and_taken_back_again() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    let id = tab.session.orphans()[0].id.clone();
    let word = tab.span("Correction").start();
    tab.session
        .act(Action::Point(Pointed::Word(word)), &context());
    assert_eq!(
        tab.does(Action::Attach(id.clone())),
        "Attached to “Correction”."
    );
    assert_eq!(tab.tagged()[0], "Correction");
    assert_eq!(tab.session.active_annotation(), Some(id));
    assert_eq!(tab.lost(), []);
    tab.undo().unwrap();
    assert_eq!(
        tab.lost(),
        [Some("Picture: the wall from the north".into())]
    );
    tab.redo().unwrap();
    assert_eq!(tab.tagged()[0], "Correction");
    // The undo's span counts in the former text, also as a record.
    tab.undo().unwrap();
    let again = Tab::reopen(ONE, &tab.journal, &[TWO]);
    assert_eq!(again.tagged().len(), 4);
}

#[test]
fn label_and_note_of_what_is_not_found_can_be_changed() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    let id = tab.session.orphans()[0].id.clone();
    let update = Update {
        label: Some("caption".into()),
        note: Some("taken out".into()),
        ..Update::default()
    };
    let writes = tab.session.draft_update(id.as_str(), &update).unwrap();
    assert!(tab.commit(Kind::Edit, writes).orphans);
    let Orphan { label, note, .. } = tab.session.orphans().remove(0);
    assert_eq!((&*label, note.as_deref()), ("caption", Some("taken out")));
    assert_eq!(tab.session.draft_update(id.as_str(), &update), Ok(vec![]));
}

#[test]
fn edits_made_in_either_version_are_undone_in_either() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    tab.tag("Ms Adeyemi");
    tab.session.retext(document(ONE));
    assert_eq!(tab.tagged().len(), 5);
    tab.undo().unwrap();
    assert_eq!(tab.tagged().len(), 4);
    tab.session.retext(document(TWO));
    while tab.undo().is_some() {}
    assert_eq!((tab.tagged().len(), tab.lost().len()), (0, 0));
    while tab.redo().is_some() {}
    assert_eq!((tab.tagged().len(), tab.lost().len()), (4, 1));
}

#[test]
fn new_ends_count_in_the_new_text_and_are_found_in_the_old_one() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    let id = tab.session.state().annotations().next().unwrap().id;
    let update = Update {
        span: Some(tab.span("wall delayed")),
        ..Update::default()
    };
    let writes = tab.session.draft_update(id.as_str(), &update).unwrap();
    tab.commit(Kind::Edit, writes);
    let opened = Tab::reopen(ONE, &tab.journal, &[TWO]);
    assert_eq!(opened.tagged()[0], "wall delayed");
}

#[test]
fn the_cursor_stays_on_what_it_was_on() {
    let mut tab = tagged_one();
    let text = |tab: &Tab| {
        let span = tab.session.active_span()?;
        tab.session.document().text.slice(span).map(str::to_owned)
    };
    let warning = tab.span("“We had no warning,”").start() + 1;
    tab.session
        .act(Action::Point(Pointed::Word(warning)), &context());
    tab.session.retext(document(TWO));
    assert_eq!(text(&tab).as_deref(), Some("We"));

    let id = tab.session.state().annotations().next().unwrap().id;
    tab.session.act(Action::Activate(id.clone()), &context());
    tab.session
        .act(Action::Command(Command::EditEnds), &context());
    tab.session.retext(document(ONE));
    assert_eq!(text(&tab).as_deref(), Some("Flood wall delayed"));

    // What it was on is gone, so it stands where that was.
    let picture = tab.span("Picture").start();
    tab.session
        .act(Action::Point(Pointed::Word(picture)), &context());
    tab.session.retext(document(TWO));
    assert!(matches!(tab.session.cursor.active(), Active::Caret(_)));
    tab.session.retext(document("x"));
    assert!(tab.session.active_end() <= 1);
}

#[test]
fn a_snapshot_of_several_texts_gives_all_of_them_back() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    tab.tag("Correction");
    let snapshot = write_snapshot(tab.session.state(), tab.session.text_hash());
    assert!(snapshot.contains(r#"{"v":2,"#));
    for (text, other) in [(ONE, TWO), (TWO, ONE)] {
        let mut opened = Tab::open(text, 7);
        opened.session.merge(read_snapshot(&snapshot).unwrap().1);
        opened.session.recall(document(other));
        tab.session.retext(document(text));
        assert_eq!(opened.tagged(), tab.tagged());
        assert_eq!(opened.lost(), tab.lost());
    }
    // In one text alone it has the form that it always had.
    let first = tagged_one();
    let snapshot = write_snapshot(first.session.state(), first.session.text_hash());
    assert!(snapshot.contains(r#"{"v":1,"#));
}

#[test]
fn texts_in_which_nothing_counts_are_forgotten() {
    let mut tab = tagged_one();
    for text in ["a", "b", TWO] {
        tab.session.retext(document(text));
    }
    let hash = |text: &str| crate::session::text_hash(&document(text));
    let knows = |text: &str| tab.session.state().versions().knows(&hash(text));
    assert_eq!([ONE, "a", "b", TWO].map(knows), [true, false, false, true]);
}

#[test]
fn a_host_that_restores_replaces_what_is_not_found_too() {
    let mut tab = tagged_one();
    tab.session.retext(document(TWO));
    tab.session.restore(Vec::new(), Writer(5), now());
    assert_eq!((tab.tagged().len(), tab.lost().len()), (0, 0));
}
