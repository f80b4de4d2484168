//! Two tabs in versions of their own: whatever they do, there is one state.

use super::*;
use crate::edit::State;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Tag(usize),
    Remove(usize),
    Move(usize, usize),
    Undo,
    Redo,
    Retext(usize),
    Hear,
}

fn steps() -> impl Strategy<Value = Vec<(bool, Step)>> {
    let step = prop_oneof![
        4 => (0..WORDS.len()).prop_map(Step::Tag),
        1 => (0..9usize).prop_map(Step::Remove),
        2 => (0..9usize, 0..WORDS.len()).prop_map(|(a, b)| Step::Move(a, b)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        2 => (0..TEXTS.len()).prop_map(Step::Retext),
        1 => Just(Step::Hear),
    ];
    prop::collection::vec((any::<bool>(), step), 0..40)
}

const TEXTS: [&str; 3] = [ONE, TWO, "Something else altogether stands here now."];
const WORDS: [&str; 6] = [
    "Flood",
    "warning",
    "Ms Adeyemi said",
    "the wall",
    "£",
    "else",
];

/// Two tabs that work side by side, in versions of their own.
fn two_tabs(steps: &[(bool, Step)]) -> [Tab; 2] {
    let mut tabs = [Tab::open(ONE, 1), Tab::open(TWO, 2)];
    for (there, step) in steps {
        let [first, second] = &mut tabs;
        let (tab, other) = if *there {
            (second, first)
        } else {
            (first, second)
        };
        let words = |index: usize| {
            let text = tab.session.document().text.as_str();
            text.contains(WORDS[index]).then(|| tab.span(WORDS[index]))
        };
        let ids = |index: usize| {
            let here = tab.session.state().annotations().map(|a| a.id);
            let lost = tab.session.orphans().into_iter().map(|o| o.id);
            let mut all: Vec<Id> = here.chain(lost).collect();
            all.sort();
            all.get(index).cloned()
        };
        match step {
            Step::Tag(index) => {
                if let Some(span) = words(*index)
                    && let Ok((_, writes)) =
                        tab.session.draft_annotation(span, "claim", None, &moment())
                {
                    tab.commit(Kind::Edit, writes);
                }
            }
            Step::Remove(index) => {
                if let Some(id) = ids(*index) {
                    let writes = tab.session.draft_removal([id]);
                    tab.commit(Kind::Edit, writes);
                }
            }
            Step::Move(index, word) => {
                if let (Some(id), Some(span)) = (ids(*index), words(*word)) {
                    let span = Some(span);
                    let update = Update {
                        span,
                        ..Update::default()
                    };
                    let writes = tab.session.draft_update(id.as_str(), &update);
                    tab.commit(Kind::Edit, writes.unwrap_or_default());
                }
            }
            Step::Undo => drop(tab.undo()),
            Step::Redo => drop(tab.redo()),
            Step::Retext(index) => drop(tab.session.retext(document(TEXTS[*index]))),
            Step::Hear => {
                for transaction in &other.journal {
                    tab.session.meet(transaction.stamp.writer);
                    tab.session.receive(transaction);
                }
            }
        }
    }
    tabs
}

fn everything(state: &State) -> (Vec<Annotation>, Vec<Orphan>, usize, u32) {
    let annotations: Vec<Annotation> = state.annotations().collect();
    assert_eq!(annotations.len(), state.places(None).len());
    (
        annotations,
        state.orphans(),
        state.orphan_count(),
        state.clock(),
    )
}

proptest! {
    #[test]
    fn the_union_of_journals_of_several_versions_is_one_state(
        steps in steps(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..100),
        text in 0..TEXTS.len(),
    ) {
        let [mut here, mut there] = two_tabs(&steps);
        for transaction in there.journal.clone() {
            here.session.receive(&transaction);
        }
        for transaction in here.journal.clone() {
            there.session.receive(&transaction);
        }
        for tab in [&mut here, &mut there] {
            for version in TEXTS {
                tab.session.recall(document(version));
            }
            tab.session.retext(document(TEXTS[text]));
            for version in TEXTS {
                tab.session.recall(document(version));
            }
        }
        prop_assert_eq!(everything(here.session.state()), everything(there.session.state()));

        let all: Vec<Transaction> = here.journal.iter().chain(&there.journal).cloned().collect();
        let mut shuffled: Vec<Transaction> = all.clone();
        for (at, index) in order.into_iter().enumerate().take(all.len()) {
            shuffled.swap(at, index.index(all.len()));
        }
        shuffled.extend(all);
        let opened = Tab::reopen(TEXTS[text], &shuffled, &TEXTS);
        prop_assert_eq!(everything(opened.session.state()), everything(here.session.state()));

        // A snapshot in the middle makes no difference.
        let mut folded = Tab::open(TEXTS[text], 7);
        let snapshot = write_snapshot(there.session.state(), there.session.text_hash());
        folded.session.merge(read_snapshot(&snapshot).unwrap().1);
        for version in TEXTS {
            folded.session.recall(document(version));
        }
        prop_assert_eq!(everything(folded.session.state()), everything(here.session.state()));
    }

    #[test]
    fn another_text_and_back_is_no_change(steps in steps(), text in 0..TEXTS.len()) {
        let [mut tab, _] = two_tabs(&steps);
        for version in TEXTS {
            tab.session.recall(document(version));
        }
        let before = everything(tab.session.state());
        let here = Document::clone(tab.session.document());
        tab.session.retext(document(TEXTS[text]));
        let journal = tab.journal.len();
        tab.session.retext(here);
        prop_assert_eq!(everything(tab.session.state()), before);
        prop_assert_eq!(tab.journal.len(), journal);
    }
}
