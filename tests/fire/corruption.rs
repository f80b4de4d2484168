//! Stores that something has damaged: whatever it did, it is noticed, nothing panics, and all that
//! is intact comes back.

use crate::journals::{TEXT_HASH, journal_of, seen, state_of};
use crate::mutation::mutate;
use crate::random::{Random, rounds};
use rubricate::document::{DocumentMeta, html};
use rubricate::edit::{Stamp, State, Transaction, Writer};
use rubricate::journal::{
    Unreadable, read_document, read_record, read_snapshot, write_document, write_record,
    write_snapshot,
};
use serde_json::json;

/// How many times one stored value is damaged on every change.
const MUTATIONS: usize = 10_000;

/// A snapshot of older work, records since then, and the text.
fn store(random: &mut Random) -> Vec<String> {
    let journal = journal_of(3, 40, random);
    let (old, new) = journal.split_at(20);
    let page = "<html lang=en><title>T</title><h1>Head 😀</h1><p>One<p>Two</html>";
    let document = html(page, DocumentMeta::default()).unwrap();
    let mut lines = vec![
        write_document(&document, json!({"extra": {"project": "floods"}})),
        write_snapshot(&state_of(old), TEXT_HASH),
    ];
    lines.extend(new.iter().map(write_record));
    lines
}

/// Reads a store as the program does: each line for itself, in the place that it was found in.
fn read(lines: &[String]) -> (State, usize, bool) {
    let mut state = State::default();
    let mut damaged = 0;
    match read_snapshot(&lines[1]) {
        Ok((_, folded)) => state.merge(folded),
        Err(_) => damaged += 1,
    }
    for line in &lines[2..] {
        match read_record(line) {
            Ok(transaction) => drop(state.apply(&transaction)),
            Err(_) => damaged += 1,
        }
    }
    (state, damaged, read_document(&lines[0]).is_ok())
}

#[test]
fn of_ten_thousand_mutations_none_panics_none_goes_unnoticed_and_the_rest_comes_back() {
    let mut random = Random::new(4);
    let lines = store(&mut random);
    let others: Vec<Vec<u8>> = lines.iter().map(|line| line.clone().into_bytes()).collect();
    let (whole, none, _) = read(&lines);
    assert_eq!(none, 0);
    let without: Vec<_> = (0..lines.len())
        .map(|at| {
            let intact = [&lines[..at], &[String::new()], &lines[at + 1..]].concat();
            seen(&read(&intact).0)
        })
        .collect();
    let mut unchanged = 0;
    for round in 0..MUTATIONS * rounds() {
        let at = random.below(lines.len());
        let mutated = mutate(&others[at], &others, &mut random);
        // A store holds strings; what is no text is replaced on the way.
        let mutated = String::from_utf8_lossy(&mutated).into_owned();
        let mut damaged_lines = lines.clone();
        damaged_lines[at].clone_from(&mutated);
        let (state, damaged, text) = read(&damaged_lines);
        if mutated == lines[at] {
            unchanged += 1;
            assert_eq!((seen(&state), damaged, text), (seen(&whole), 0, true));
            continue;
        }
        // It says so of exactly this one, and gives what the others alone give.
        assert_eq!(
            (damaged, text),
            (usize::from(at != 0), at != 0),
            "mutation {round}: {mutated:.300}"
        );
        assert_eq!(
            seen(&state),
            without[at],
            "mutation {round}: {mutated:.300}"
        );
    }
    assert!(
        unchanged < MUTATIONS * rounds() / 20,
        "{unchanged} mutations changed nothing"
    );
}

/// Whoever writes into the stores can make the check sum fit; then the form has to.
#[test]
fn a_line_with_a_fitting_sum_and_any_content_is_read_or_refused_without_a_panic() {
    let mut random = Random::new(5);
    let lines = store(&mut random);
    let others: Vec<Vec<u8>> = lines
        .iter()
        .map(|line| line.as_bytes()[9..].to_vec())
        .collect();
    let (mut read, mut newer) = (0, 0);
    for _ in 0..MUTATIONS * rounds() {
        let at = random.below(others.len());
        let mutated = mutate(&others[at], &others, &mut random);
        let json = String::from_utf8_lossy(&mutated);
        let line = format!("{:08x} {json}", crc32fast::hash(json.as_bytes()));
        let mut state = State::default();
        if let Ok((text, folded)) = read_snapshot(&line) {
            state.merge(folded);
            use_up(state.clone(), &text);
        }
        match read_record(&line) {
            Ok(transaction) => {
                read += 1;
                state.apply(&transaction);
                use_up(state, &transaction.text);
            }
            Err(Unreadable::Newer(_)) => newer += 1,
            Err(Unreadable::Damaged(_)) => {}
        }
        if let Ok((document, beside)) = read_document(&line) {
            assert!(read_document(&write_document(&document, beside)).is_ok());
        }
    }
    assert!(read > 0 && newer > 0, "{read} read, {newer} newer");
}

/// What was read can be worked with: written again, folded, undone to the start.
fn use_up(mut state: State, text: &str) {
    let snapshot = write_snapshot(&state, text);
    let (_, folded) = read_snapshot(&snapshot).unwrap();
    let mut again = State::default();
    again.merge(folded);
    assert_eq!(seen(&again), seen(&state));
    let writer = Writer(9);
    while state.clock() < Stamp::LATEST_TIME
        && let Some(draft) = state.undo_latest(writer, |_| true)
    {
        let transaction = Transaction {
            stamp: draft.stamp,
            at: "".into(),
            text: text.into(),
            kind: draft.kind,
            writes: draft.writes,
        };
        state.apply(&transaction);
        // A span of the record's own text may be said in two ways, and is written in one.
        let line = write_record(&transaction);
        assert_eq!(write_record(&read_record(&line).unwrap()), line);
    }
}
