//! What a person does, and what comes of it.

use super::*;
use crate::annotation::Id;
use crate::document::{DocumentMeta, plain};
use std::cell::Cell;

const ARTICLE: &str = "Flood wall delayed | The Post\n\
    The wall will cost £8 million. It was promised in 2012.\n\
    “We had no warning,” Ms Adeyemi said. “No warning at all.”\n\
    Reuters View of the wall\n";

const CLAIM: usize = 0;
const QUOTE: usize = 1;
const BOILERPLATE: usize = 3;

fn random() -> [u8; 16] {
    thread_local!(static NEXT: Cell<u8> = const { Cell::new(0) });
    NEXT.set(NEXT.get().wrapping_add(1));
    [NEXT.get(); 16]
}

/// A person at work on the article.
struct Desk {
    session: Session,
}

impl Desk {
    fn new() -> Desk {
        let document = plain(ARTICLE.into(), DocumentMeta::default()).unwrap();
        let overrides = Overrides::default();
        Desk {
            session: Session::new(document, LabelSet::default(), &overrides, Writer(1)),
        }
    }

    fn act(&mut self, action: Action) -> Effect {
        let context = Context {
            moment: Moment {
                now: "2026-11-24T00:00:00Z".into(),
                random,
            },
            visible: None,
            selected: None,
            platform: Platform::Other,
        };
        self.session.act(action, &context)
    }

    /// Acts, carries out what changes, and gives what is said.
    fn does(&mut self, action: Action) -> String {
        match self.act(action) {
            Effect::Change { writes, says, then } => {
                let (_, change) =
                    self.session
                        .commit(Kind::Edit, writes, "2026-11-24T00:00:01Z".into());
                self.session.settle(&change, &then);
                says
            }
            Effect::Undo => {
                let draft = self.session.draft_undo().unwrap();
                let (_, change) =
                    self.session
                        .commit(draft.kind, draft.writes, "2026-11-24T00:00:02Z".into());
                self.session.came_back(&change, false)
            }
            Effect::Say(sentence) => sentence,
            Effect::Moved(sentence) => sentence.unwrap_or_default().into(),
            other => format!("{other:?}"),
        }
    }

    fn keys(&mut self, commands: &[Command]) -> String {
        commands
            .iter()
            .map(|command| self.does(Action::Command(*command)))
            .last()
            .unwrap()
    }

    /// Each annotation as `label: text`.
    fn tagged(&self) -> Vec<String> {
        let text = &self.session.document().text;
        self.session
            .state()
            .annotations()
            .map(|a| format!("{}: {}", a.label, text.slice(a.span).unwrap()))
            .collect()
    }

    fn offset(&self, of: &str) -> u32 {
        ARTICLE.split(of).next().unwrap().chars().count() as u32
    }
}

const NEXT_BLOCK: Command = Command::Move(Movement::on(Unit::Block));
const NEXT_SENTENCE: Command = Command::Move(Movement::on(Unit::Sentence));
const NEXT_SPEECH: Command = Command::Move(Movement::on(Unit::Speech));

#[test]
fn a_letter_names_what_the_arrows_chose() {
    let mut desk = Desk::new();
    let said = desk.keys(&[NEXT_SENTENCE, Command::Label(CLAIM)]);
    assert_eq!(said, "Claim: “The wall will cost £8 million.”");
    assert_eq!(desk.tagged(), ["claim: The wall will cost £8 million."]);
}

#[test]
fn with_shift_it_goes_on() {
    let mut desk = Desk::new();
    desk.keys(&[
        NEXT_SPEECH,
        Command::TagAndGoOn(QUOTE),
        Command::Label(QUOTE),
    ]);
    assert_eq!(
        desk.tagged(),
        ["quote: “We had no warning,”", "quote: “No warning at all.”"]
    );
}

#[test]
fn the_same_key_again_changes_nothing_and_says_what_removes_it() {
    let mut desk = Desk::new();
    let said = desk.keys(&[Command::Label(BOILERPLATE), Command::Label(BOILERPLATE)]);
    assert_eq!(said, "Already tagged as boilerplate. Backspace removes it.");
    assert_eq!(desk.tagged().len(), 1);
    assert_eq!(
        desk.keys(&[Command::Delete]),
        "Deleted: boilerplate “Flood wall delayed | The Post”, block 1."
    );
    assert!(desk.tagged().is_empty());
}

#[test]
fn another_label_goes_on_the_same_span() {
    let mut desk = Desk::new();
    desk.keys(&[NEXT_SPEECH, Command::Label(QUOTE), Command::Label(CLAIM)]);
    let mut tagged = desk.tagged();
    tagged.sort();
    assert_eq!(
        tagged,
        ["claim: “We had no warning,”", "quote: “We had no warning,”"]
    );
}

#[test]
fn r_and_a_label_change_the_label() {
    let mut desk = Desk::new();
    let said = desk.keys(&[
        Command::Label(CLAIM),
        Command::Relabel,
        Command::Label(BOILERPLATE),
    ]);
    assert_eq!(said, "Claim is now boilerplate.");
    assert_eq!(
        desk.tagged(),
        ["boilerplate: Flood wall delayed | The Post"]
    );
    assert_eq!(
        Desk::new().keys(&[Command::Relabel]),
        "No annotation is active to relabel. M goes to the next one."
    );
}

#[test]
fn e_moves_the_ends_and_enter_keeps_them() {
    let mut desk = Desk::new();
    let shrink = Command::Move(Movement::back(Unit::Word));
    let said = desk.keys(&[
        NEXT_SENTENCE,
        Command::Label(CLAIM),
        Command::EditEnds,
        shrink,
        Command::Enter,
    ]);
    assert_eq!(said, "New ends: “The wall will cost £8 million”");
    assert_eq!(desk.tagged(), ["claim: The wall will cost £8 million"]);
    assert_eq!(
        desk.keys(&[Command::EditEnds, shrink, Command::Escape]),
        "The ends are as they were."
    );
    assert_eq!(desk.tagged(), ["claim: The wall will cost £8 million"]);
}

#[test]
fn everything_can_be_undone_and_is_named() {
    let mut desk = Desk::new();
    desk.keys(&[NEXT_SENTENCE, Command::Label(CLAIM)]);
    let id = desk.session.active_annotation().unwrap();
    desk.does(Action::Note(id.clone(), "unsure".into()));
    desk.does(Action::Relabel(id.clone(), QUOTE));
    desk.does(Action::Remove(id));
    for (said, tagged) in [
        (
            "Undone: quote “The wall will cost £8 million.”, block 2.",
            1,
        ),
        (
            "Undone: label of claim “The wall will cost £8 million.”, block 2.",
            1,
        ),
        (
            "Undone: note of claim “The wall will cost £8 million.”, block 2.",
            1,
        ),
        (
            "Undone: claim “The wall will cost £8 million.”, block 2.",
            0,
        ),
    ] {
        assert_eq!(desk.keys(&[Command::Undo]), said);
        assert_eq!(desk.tagged().len(), tagged);
    }
    assert!(!desk.session.can_undo());
}

#[test]
fn a_selection_over_several_blocks_is_tagged_block_by_block() {
    let mut desk = Desk::new();
    let range = Pointed::Range {
        start: 0,
        end: desk.offset(" It was"),
        exact: false,
    };
    desk.does(Action::Point(range));
    assert_eq!(desk.does(Action::Tag(CLAIM)), "2 × claim.");
    assert_eq!(
        desk.tagged(),
        [
            "claim: Flood wall delayed | The Post",
            "claim: The wall will cost £8 million."
        ]
    );
    desk.keys(&[Command::Undo]);
    assert!(desk.tagged().is_empty());
}

#[test]
fn a_drag_snaps_to_words_unless_it_is_to_be_exact() {
    let mut desk = Desk::new();
    let (start, end) = (desk.offset("omised"), desk.offset(" 2012") + 3);
    for (exact, expected) in [
        (false, "claim: promised in 2012"),
        (true, "claim: omised in 20"),
    ] {
        desk.does(Action::Point(Pointed::Range { start, end, exact }));
        desk.does(Action::Tag(CLAIM));
        assert!(
            desk.tagged().contains(&expected.to_owned()),
            "{:?}",
            desk.tagged()
        );
    }
}

#[test]
fn a_pen_tags_each_selection_until_it_is_put_away() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.does(Action::Pen(Some(QUOTE))),
        "Quote pen: each selection is tagged at once. Esc puts it away."
    );
    desk.does(Action::Point(Pointed::Word(desk.offset("promised"))));
    assert_eq!(desk.tagged(), ["quote: promised"]);
    assert_eq!(desk.keys(&[Command::Escape]), "Pen put away.");
    desk.does(Action::Point(Pointed::Word(desk.offset("million"))));
    assert_eq!(desk.tagged().len(), 1);
}

#[test]
fn a_press_on_text_takes_the_annotations_there_in_turn() {
    let mut desk = Desk::new();
    desk.keys(&[NEXT_BLOCK, Command::Label(BOILERPLATE)]);
    desk.does(Action::Point(Pointed::Word(desk.offset("promised"))));
    desk.does(Action::Tag(QUOTE));
    let at = desk.offset("omised");
    let active = |desk: &mut Desk| {
        desk.does(Action::Point(Pointed::Caret(at)));
        let id = desk.session.active_annotation().unwrap();
        desk.session
            .state()
            .annotation(id.as_str())
            .unwrap()
            .label
            .to_string()
    };
    desk.does(Action::Point(Pointed::Caret(0)));
    assert_eq!(
        [active(&mut desk), active(&mut desk), active(&mut desk)],
        ["quote", "boilerplate", "quote"]
    );
}

#[test]
fn all_occurrences_are_counted_before_they_are_tagged() {
    let mut desk = Desk::new();
    desk.does(Action::Point(Pointed::Word(desk.offset("wall delayed"))));
    assert_eq!(
        desk.keys(&[Command::AllOccurrences]),
        "3 places. A label’s key tags them all, Esc leaves them."
    );
    assert!(desk.tagged().is_empty());
    assert_eq!(desk.keys(&[Command::Label(CLAIM)]), "3 × claim.");
    assert_eq!(desk.tagged(), ["claim: wall"; 3]);
}

#[test]
fn with_nothing_selected_a_label_says_what_to_do() {
    let mut desk = Desk::new();
    desk.does(Action::Point(Pointed::Caret(2)));
    assert_eq!(
        desk.keys(&[Command::Label(CLAIM)]),
        "Nothing is selected. Arrows choose a piece of text, a letter names it."
    );
}

#[test]
fn where_no_time_is_left_for_further_edits_none_are_made() {
    let mut desk = Desk::new();
    let last = Transaction {
        stamp: Stamp {
            time: Stamp::LATEST_TIME,
            writer: Writer(2),
        },
        at: "2026-11-24T00:00:00Z".into(),
        text: desk.session.text_hash().clone(),
        kind: Kind::Edit,
        writes: Vec::new(),
    };
    assert!(!desk.session.read_only());
    desk.session.receive(&last);
    assert!(desk.session.read_only());
}

#[test]
fn a_read_only_document_is_not_tagged() {
    let mut desk = Desk::new();
    desk.session.set_read_only(true);
    assert_eq!(
        desk.keys(&[Command::Label(CLAIM)]),
        "This document is read-only."
    );
}

#[test]
fn another_tabs_edits_are_not_undone_here() {
    let (mut here, mut there) = (Desk::new(), Desk::new());
    there.session = Session::new(
        plain(ARTICLE.into(), DocumentMeta::default()).unwrap(),
        LabelSet::default(),
        &Overrides::default(),
        Writer(2),
    );
    let Effect::Change { writes, .. } = there.act(Action::Command(Command::Label(CLAIM))) else {
        panic!()
    };
    let (transaction, _) = there
        .session
        .commit(Kind::Edit, writes, "2026-11-24T00:00:00Z".into());
    here.session.meet(Writer(2));
    here.session.receive(&transaction);
    assert_eq!(here.tagged().len(), 1);
    assert!(!here.session.can_undo());
    assert!(there.session.can_undo());
}

#[test]
fn what_a_host_restores_is_no_undo_step() {
    let mut desk = Desk::new();
    desk.keys(&[Command::Label(CLAIM)]);
    let kept: Vec<Annotation> = desk.session.state().annotations().collect();
    let mut fresh = Desk::new();
    fresh
        .session
        .restore(kept, Writer(9), "2026-11-24T00:00:00Z".into());
    assert_eq!(fresh.tagged(), desk.tagged());
    assert!(!fresh.session.can_undo());
}

#[test]
fn a_damaged_span_beyond_the_text_is_not_taken_in() {
    let mut desk = Desk::new();
    let far = Span::new(5_000, 5_001).unwrap();
    let id = Id::from("far");
    let writes = vec![
        Write::annotation(&id, Value::Exists(true)),
        Write::annotation(&id, Value::Span(far)),
        Write::annotation(&id, Value::Label("claim".into())),
    ];
    desk.session
        .commit(Kind::Edit, writes, "2026-11-24T00:00:00Z".into());
    assert!(desk.tagged().is_empty());
}

#[test]
fn a_tap_on_an_annotation_is_about_it_and_the_next_chooses_text() {
    let mut desk = Desk::new();
    desk.keys(&[NEXT_SENTENCE, Command::Label(CLAIM)]);
    let id = desk.session.active_annotation();
    let tap = Pointed::Tap(desk.offset("million"));
    desk.does(Action::Point(Pointed::Caret(0)));
    let about = |card| Effect::Pointed {
        card,
        into_view: false,
    };
    assert_eq!(desk.act(Action::Point(tap)), about(id));
    assert_eq!(desk.act(Action::Point(tap)), about(None));
    assert_eq!(desk.session.active_annotation(), None);
}

#[test]
fn a_name_given_late_goes_on_what_was_tagged_by_hand() {
    let mut desk = Desk::new();
    desk.keys(&[Command::Label(CLAIM)]);
    desk.session.set_creator(Some("Ada"));
    let writes = desk.session.draft_signature();
    desk.session
        .commit_as(Writer(9), writes, "2026-11-24T00:00:05Z".into());
    let signed: Vec<_> = desk.session.state().annotations().collect();
    assert_eq!(signed[0].origin.creator.as_deref(), Some("Ada"));
    assert_eq!(signed[0].modified, None);
    assert_eq!(desk.session.draft_signature(), []);
    desk.keys(&[Command::Undo]);
    assert!(desk.tagged().is_empty());
}

#[test]
fn relabelling_with_the_label_that_it_has_says_so() {
    let mut desk = Desk::new();
    let said = desk.keys(&[
        Command::Label(CLAIM),
        Command::Relabel,
        Command::Label(CLAIM),
    ]);
    assert_eq!(said, "Already tagged as claim. Backspace removes it.");
}

#[test]
fn a_name_that_was_put_on_later_is_no_step_of_undo_after_a_reload_either() {
    let mut desk = Desk::new();
    let Effect::Change { writes, .. } = desk.act(Action::Command(Command::Label(CLAIM))) else {
        panic!()
    };
    let now: Arc<str> = "2026-11-24T00:00:00Z".into();
    let (tagged, _) = desk.session.commit(Kind::Edit, writes, now.clone());
    desk.session.set_creator(Some("Ada"));
    let writes = desk.session.draft_signature();
    let (signed, _) = desk.session.commit_as(Writer(9), writes, now);
    let mut reloaded = Desk::new();
    reloaded.session.receive(&tagged);
    reloaded.session.receive(&signed);
    assert_eq!(
        reloaded.keys(&[Command::Undo]),
        "Undone: claim “Flood wall delayed | The Post”, block 1."
    );
    assert!(reloaded.tagged().is_empty());
}

#[test]
fn a_label_button_after_r_relabels_as_its_key_does() {
    let mut desk = Desk::new();
    desk.keys(&[Command::Label(CLAIM), Command::Relabel]);
    assert_eq!(desk.does(Action::Tag(QUOTE)), "Claim is now quote.");
    assert_eq!(desk.tagged().len(), 1);
}
