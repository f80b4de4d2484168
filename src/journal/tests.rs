//! What is stored comes back, and what is damaged is recognised.

use super::*;
use crate::annotation::{Id, Method, Origin};
use crate::edit::{
    DocumentState, Kind, Stamp, State, Subject, TextSpan, Transaction, Value, Write, Writer,
};
use crate::text::Span;
use proptest::prelude::*;
use std::sync::Arc;

fn stamp(time: u32) -> Stamp {
    Stamp {
        time,
        writer: Writer(0xabc),
    }
}

fn example() -> Transaction {
    let id = Id::from("a");
    let origin = Origin {
        created: Some("2026-11-24T02:16:00Z".into()),
        creator: Some("Ada".into()),
        method: Method::Manual,
        ..Origin::default()
    };
    Transaction {
        stamp: stamp(7),
        at: "2026-11-24T02:16:00Z".into(),
        text: "0123456789abcdef".into(),
        kind: Kind::Edit,
        writes: vec![
            Write::annotation(&id, Value::Exists(true)),
            Write::annotation(&id, Value::Span(Span::new(2, 8).unwrap())),
            Write::annotation(&id, Value::Label("claim".into())),
            Write::annotation(&id, Value::Note(None)),
            Write::annotation(&id, Value::Origin(Arc::new(origin))),
        ],
    }
}

const EXAMPLE: &str = r#"{"v":1,"stamp":"7.0000000000000abc","at":"2026-11-24T02:16:00Z","text":"0123456789abcdef","kind":"edit","writes":[{"id":"a","exists":true,"span":[2,8],"label":"claim","note":null,"origin":{"created":"2026-11-24T02:16:00Z","creator":"Ada","method":"manual"}}]}"#;

/// The stored form is frozen: browsers out there hold records in it.
#[test]
fn a_record_is_its_check_sum_and_one_line_of_json() {
    let line = write_record(&example());
    assert_eq!(
        line,
        format!("{:08x} {EXAMPLE}", crc32fast::hash(EXAMPLE.as_bytes()))
    );
    assert_eq!(read_record(&line), Ok(example()));
}

#[test]
fn undo_and_the_documents_state_are_stored_too() {
    let transaction = Transaction {
        kind: Kind::Undo(stamp(7)),
        writes: vec![
            Write {
                subject: Subject::Annotation("a".into()),
                value: Value::Exists(false),
                restores: Some(Stamp::ZERO),
            },
            Write {
                subject: Subject::Document,
                value: Value::State(DocumentState::Skipped("a duplicate".into())),
                restores: None,
            },
        ],
        ..example()
    };
    assert_eq!(read_record(&write_record(&transaction)), Ok(transaction));
}

/// So is this form, which has another version, so that programs that don't know it leave it alone.
#[test]
fn a_span_of_another_text_names_it() {
    let at = |text: &str| {
        Value::SpanIn(TextSpan {
            span: Span::new(2, 8).unwrap(),
            text: text.into(),
        })
    };
    let transaction = |value| Transaction {
        writes: vec![Write::annotation(&Id::from("a"), value)],
        ..example()
    };
    let json = r#"{"v":2,"stamp":"7.0000000000000abc","at":"2026-11-24T02:16:00Z","text":"0123456789abcdef","kind":"edit","writes":[{"id":"a","span":[2,8,"fedcba9876543210"]}]}"#;
    let other = transaction(at("fedcba9876543210"));
    let line = write_record(&other);
    assert_eq!(
        line,
        format!("{:08x} {json}", crc32fast::hash(json.as_bytes()))
    );
    assert_eq!(read_record(&line), Ok(other));
    // The text of the record itself is not said again.
    let own = write_record(&transaction(at("0123456789abcdef")));
    assert_eq!(
        read_record(&own),
        Ok(transaction(Value::Span(Span::new(2, 8).unwrap())))
    );
    assert!(own.contains(r#"{"v":1,"#));
}

/// So is this one: what attributes say after an annotation was made.
#[test]
fn attributes_that_were_set_stand_by_their_names() {
    let set = |id: &str, value: serde_json::Value| Write {
        subject: Subject::Annotation("a".into()),
        value: Value::Attribute(id.into(), value),
        restores: None,
    };
    let transaction = Transaction {
        kind: Kind::Undo(stamp(7)),
        writes: vec![
            set("speaker", "Ada".into()),
            Write {
                restores: Some(stamp(3)),
                ..set("sure", serde_json::Value::Null)
            },
        ],
        ..example()
    };
    let json = r#"{"v":3,"stamp":"7.0000000000000abc","at":"2026-11-24T02:16:00Z","text":"0123456789abcdef","kind":{"undo":"7.0000000000000abc"},"writes":[{"id":"a","attributes":{"speaker":"Ada","sure":null},"restores":[["sure","3.0000000000000abc"]]}]}"#;
    let line = write_record(&transaction);
    assert_eq!(
        line,
        format!("{:08x} {json}", crc32fast::hash(json.as_bytes()))
    );
    assert_eq!(read_record(&line), Ok(transaction));
}

#[test]
fn a_snapshot_keeps_what_attributes_say_and_its_undo() {
    let mut state = State::default();
    state.apply(&example());
    let without = write_snapshot(&state, "0123456789abcdef");
    assert!(without.contains(r#"{"v":1,"#));
    let set = Transaction {
        stamp: stamp(8),
        writes: vec![Write::annotation(
            &Id::from("a"),
            Value::Attribute("speaker".into(), "Ada".into()),
        )],
        ..example()
    };
    state.apply(&set);
    let line = write_snapshot(&state, "0123456789abcdef");
    for part in [
        r#"{"v":3,"#,
        r#""attributes":[["speaker",[["8.0000000000000abc","8.0000000000000abc","Ada"]]]]"#,
        r#""fields":[["a",["speaker"]]]"#,
    ] {
        assert!(line.contains(part), "{line}");
    }
    let mut again = State::default();
    again.merge(read_snapshot(&line).unwrap().1);
    let said = |state: &State| state.annotation("a").unwrap().attributes();
    assert_eq!(said(&again).get("speaker").unwrap(), "Ada");
    assert_eq!(again.undo(stamp(8)), state.undo(stamp(8)));
    assert_eq!(again.undo(stamp(8)).len(), 1);
}

#[test]
fn a_newer_record_is_recognised_and_not_read() {
    let json = r#"{"v":4,"something":"else"}"#;
    let line = format!("{:08x} {json}", crc32fast::hash(json.as_bytes()));
    assert_eq!(read_record(&line), Err(Unreadable::Newer(4)));
    assert_eq!(
        Unreadable::Newer(4).to_string(),
        "A stored record is of version 4, which a newer Rubricate wrote; this one reads version 3."
    );
}

#[test]
fn what_is_no_record_is_damaged() {
    for line in [
        "",
        "x",
        "00000000 {}",
        "null",
        "ffffffff",
        "0000000g {}",
        "é",
    ] {
        assert!(
            matches!(read_record(line), Err(Unreadable::Damaged(_))),
            "{line}"
        );
    }
    let inverted = EXAMPLE.replace("[2,8]", "[8,2]");
    let line = format!("{:08x} {inverted}", crc32fast::hash(inverted.as_bytes()));
    assert!(matches!(read_record(&line), Err(Unreadable::Damaged(_))));
}

#[test]
fn a_sum_is_written_in_one_way_alone() {
    let sealed = |json: &str| format!("{:08x} {json}", crc32fast::hash(json.as_bytes()));
    // Of a hundred sums some begin with a zero, and nearly all have a letter.
    for time in 1..100 {
        let line = sealed(&EXAMPLE.replace("\"7.", &format!("\"{time}.")));
        assert!(read_record(&line).is_ok());
        for same_number in [
            line.replacen('0', "+", 1),
            line[..8].to_uppercase() + &line[8..],
        ] {
            assert!(
                same_number == line || read_record(&same_number).is_err(),
                "{same_number}"
            );
        }
    }
}

#[test]
fn a_time_that_would_leave_none_for_later_edits_is_damage() {
    let at = |time: u32| {
        let transaction = Transaction {
            stamp: stamp(time),
            ..example()
        };
        let mut state = State::default();
        state.apply(&transaction);
        let snapshot = write_snapshot(&state, "0123456789abcdef");
        (
            read_record(&write_record(&transaction)).is_ok(),
            read_snapshot(&snapshot).is_ok(),
        )
    };
    assert_eq!(at(Stamp::LATEST_TIME), (true, true));
    assert_eq!(at(Stamp::LATEST_TIME + 1), (false, false));
    assert_eq!(at(u32::MAX), (false, false));
}

#[test]
fn a_snapshot_gives_the_state_back_with_its_history() {
    let mut state = State::default();
    state.apply(&example());
    let relabel = Transaction {
        stamp: stamp(8),
        writes: vec![Write::annotation(
            &Id::from("a"),
            Value::Label("quote".into()),
        )],
        ..example()
    };
    state.apply(&relabel);
    let (text, folded) = read_snapshot(&write_snapshot(&state, "0123456789abcdef")).unwrap();
    let mut again = State::default();
    again.merge(folded);
    assert_eq!(&*text, "0123456789abcdef");
    assert_eq!(
        again.annotations().collect::<Vec<_>>(),
        state.annotations().collect::<Vec<_>>()
    );
    assert_eq!(again.undo(stamp(8)), state.undo(stamp(8)));
    assert_eq!(again.next_stamp(Writer(1)), state.next_stamp(Writer(1)));
    // A record that was folded may turn up again.
    again.apply(&relabel);
    assert_eq!(write_snapshot(&again, "x"), write_snapshot(&state, "x"));
}

proptest! {
    #[test]
    fn no_mutation_of_a_record_goes_unnoticed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let line = write_record(&example());
        let mut bytes = line.clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let Ok(mutated) = String::from_utf8(bytes) else { return Ok(()) };
        prop_assert!(read_record(&mutated).is_err());
    }

    #[test]
    fn no_text_makes_the_reader_panic(line in any::<String>()) {
        let _ = read_record(&line);
        let _ = read_snapshot(&line);
        let sealed = format!("{:08x} {line}", crc32fast::hash(line.as_bytes()));
        let _ = read_record(&sealed);
        let _ = read_snapshot(&sealed);
    }
}

#[test]
fn a_document_comes_back_with_its_structure() {
    let html = "<html lang=en><title>T</title><h1>Head 😀</h1><p>One<p>Two</html>";
    let document = crate::document::html(html, crate::document::DocumentMeta::default()).unwrap();
    let beside = serde_json::json!({"extra": {"project": "floods"}});
    let (again, kept) = read_document(&write_document(&document, beside.clone())).unwrap();
    assert_eq!(again.text.as_str(), document.text.as_str());
    assert_eq!(
        (again.id, again.title, again.language, again.blocks, kept),
        (
            document.id,
            document.title,
            document.language,
            document.blocks,
            beside
        )
    );
}
