//! The union of what is stored is one state: in any order, with repetitions, however it was split
//! over tabs, and whatever was folded into snapshots meanwhile.

use crate::journals::{TEXT_HASH, journal_of, seen, state_of};
use crate::random::{Random, with_seeds};
use rubricate::edit::{Folded, State, Transaction};
use rubricate::journal::{read_snapshot, write_snapshot};

/// A part of a journal as it may be found in the stores.
enum Part {
    Record(Transaction),
    Snapshot(Folded),
}

/// What one tab had in hand, folded as it opened the document; it keeps `kept` steps to undo.
fn fold(transactions: &[Transaction], kept: usize) -> Folded {
    let mut state = state_of(transactions);
    state.compact(kept);
    let (text, folded) = read_snapshot(&write_snapshot(&state, TEXT_HASH)).unwrap();
    assert_eq!(&*text, TEXT_HASH);
    folded
}

/// Some of `journal`, each transaction with one chance in two.
fn some(journal: &[Transaction], random: &mut Random) -> Vec<Transaction> {
    let mut some = journal.to_vec();
    some.retain(|_| random.below(2) == 0);
    random.shuffle(&mut some);
    some
}

fn union(parts: &[Part]) -> State {
    let mut state = State::default();
    for part in parts {
        match part {
            Part::Record(transaction) => drop(state.apply(transaction)),
            Part::Snapshot(folded) => state.merge(folded.clone()),
        }
    }
    state
}

#[test]
fn any_order_repetition_split_and_folding_of_the_journals_gives_the_same_state() {
    with_seeds(300, |random| {
        let (tabs, steps) = (1 + random.below(5), random.below(120));
        let journal = journal_of(tabs, steps, random);
        let expected = seen(&state_of(&journal));
        // Nothing is missing, much is there twice, as record and folded, in snapshots of any depth.
        let mut parts: Vec<Part> = journal.iter().cloned().map(Part::Record).collect();
        parts.extend(some(&journal, random).into_iter().map(Part::Record));
        for _ in 0..random.below(4) {
            let kept = *random.pick(&[0, 1, 5, 1000]);
            parts.push(Part::Snapshot(fold(&some(&journal, random), kept)));
        }
        for _ in 0..3 {
            random.shuffle(&mut parts);
            assert_eq!(seen(&union(&parts)), expected);
        }
    });
}

#[test]
fn folding_takes_the_place_of_the_records_that_it_folds() {
    with_seeds(300, |random| {
        let (tabs, steps) = (1 + random.below(3), random.below(120));
        let journal = journal_of(tabs, steps, random);
        let expected = state_of(&journal);
        let mut stored: Option<Folded> = None;
        let mut records = journal.clone();
        random.shuffle(&mut records);
        // As the program does it: read all that is there, fold it, remove exactly that.
        while !records.is_empty() {
            let rest = records.split_off(random.below(records.len()) + 1);
            let mut state = state_of(&records);
            if let Some(former) = stored.take() {
                state.merge(former);
            }
            let (_, folded) = read_snapshot(&write_snapshot(&state, TEXT_HASH)).unwrap();
            stored = Some(folded);
            records = rest;
        }
        let mut state = State::default();
        if let Some(folded) = stored {
            state.merge(folded);
        }
        assert_eq!(seen(&state), seen(&expected));
        // The steps that can be undone are the same, too.
        assert_eq!(
            write_snapshot(&state, TEXT_HASH),
            write_snapshot(&expected, TEXT_HASH)
        );
    });
}

#[test]
fn a_thousand_operations_of_five_tabs_end_in_one_state_everywhere() {
    with_seeds(10, |random| {
        let journal = journal_of(5, 1000, random);
        let expected = state_of(&journal);
        for _ in 0..5 {
            let mut heard = journal.clone();
            random.shuffle(&mut heard);
            let state = state_of(&heard);
            assert_eq!(seen(&state), seen(&expected));
            assert_eq!(
                write_snapshot(&state, TEXT_HASH),
                write_snapshot(&expected, TEXT_HASH)
            );
        }
    });
}
