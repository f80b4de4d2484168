//! What an import adds, leaves alone and reports.

use super::*;
use crate::annotation::LabelSet;
use crate::format::native::{Dataset, read};
use crate::format::testing::*;

const TEXT: &str = "One two three two.";

fn file(text: &str, annotations: &[(&str, u32, u32, &str, &str)]) -> Dataset {
    let characters: Vec<char> = text.chars().collect();
    let annotations: Vec<_> = annotations
        .iter()
        .map(|(id, start, end, label, extra)| {
            let exact: String = characters[*start as usize..*end as usize].iter().collect();
            let mut record = serde_json::json!({
                "document": "d", "label": label, "position": { "start": start, "end": end },
                "quote": { "exact": exact, "prefix": "", "suffix": "" }, "provenance": { "method": "manual" },
            });
            if !id.is_empty() {
                record["id"] = (*id).into();
            }
            if !extra.is_empty() {
                record["extra"] = (*extra).into();
            }
            record
        })
        .collect();
    let file = serde_json::json!({
        "format": "span-annotations", "version": "1.0.0", "offset_unit": "unicode_code_point",
        "documents": [{ "id": "d", "text": text, "metadata": { "state": "done" } }], "annotations": annotations,
    });
    read(&file.to_string()).unwrap()
}

/// Plans the import of `file`, applies it, and checks that a second import adds nothing.
fn import(state: &mut State, text: &str, file: &Dataset) -> Plan {
    let text = Text::new(text.into()).unwrap();
    let labels = LabelSet::default();
    let read = &file.documents[0];
    let done = plan(&text, state, &labels, read, new_ids());
    apply(state, LATER, done.writes.clone());
    let again = plan(&text, state, &labels, read, new_ids());
    assert_eq!(again.writes, [], "a second import adds nothing");
    done
}

fn seen(state: &State) -> Vec<(String, u32, u32, String)> {
    state
        .annotations()
        .map(|a| {
            (
                a.id.to_string(),
                a.span.start(),
                a.span.end(),
                a.label.to_string(),
            )
        })
        .collect()
}

fn list(tags: &[(&str, u32, u32, &str)]) -> Vec<(String, u32, u32, String)> {
    tags.iter()
        .map(|(id, start, end, label)| (id.to_string(), *start, *end, label.to_string()))
        .collect()
}

#[test]
fn unknown_ids_come_in_under_their_names() {
    let mut state = state(&[("here", 0, 3, "claim")]);
    let file = file(
        TEXT,
        &[("a", 4, 7, "quote", ""), ("b", 8, 13, "opinion", "")],
    );
    let plan = import(&mut state, TEXT, &file);
    assert_eq!(plan.added, [Id::from("a"), Id::from("b")]);
    assert_eq!(plan.unknown_labels, ["opinion".into()]);
    assert_eq!(
        seen(&state),
        list(&[
            ("here", 0, 3, "claim"),
            ("a", 4, 7, "quote"),
            ("b", 8, 13, "opinion")
        ])
    );
    assert_eq!(state.document_state(), DocumentState::Done);
}

#[test]
fn what_is_here_already_is_left_alone() {
    let mut state = state(&[("a", 4, 7, "quote")]);
    let before = seen(&state);
    let plan = import(&mut state, TEXT, &file(TEXT, &[("a", 4, 7, "quote", "")]));
    assert_eq!((plan.added.len(), plan.unchanged), (0, 1));
    assert_eq!(seen(&state), before);
}

#[test]
fn an_id_that_stands_for_something_else_here_is_kept_and_the_imported_one_gets_another() {
    let mut state = state(&[("a", 4, 7, "quote")]);
    let plan = import(&mut state, TEXT, &file(TEXT, &[("a", 4, 7, "claim", "")]));
    assert_eq!(
        plan.conflicting,
        [Conflict {
            id: "a".into(),
            added_as: "new-1".into()
        }]
    );
    assert_eq!(
        seen(&state),
        list(&[("a", 4, 7, "quote"), ("new-1", 4, 7, "claim")])
    );
}

#[test]
fn records_without_an_id_get_one_each() {
    let mut state = State::default();
    let file = file(TEXT, &[("", 0, 3, "claim", ""), ("", 0, 3, "claim", "")]);
    let plan = import(&mut state, TEXT, &file);
    assert_eq!(plan.added, [Id::from("new-1"), Id::from("new-2")]);
    assert_eq!(state.len(), 2);
}

#[test]
fn an_annotation_that_was_removed_comes_back() {
    let mut state = state(&[("a", 0, 3, "claim")]);
    let id = Id::from("a");
    apply(
        &mut state,
        NOW,
        vec![
            Write::annotation(&id, Value::Note(Some("old".into()))),
            Write::annotation(&id, Value::Exists(false)),
        ],
    );
    let plan = import(&mut state, TEXT, &file(TEXT, &[("a", 4, 7, "quote", "")]));
    assert_eq!(plan.added, [id]);
    assert_eq!(seen(&state), list(&[("a", 4, 7, "quote")]));
    assert_eq!(state.annotation("a").unwrap().note, None);
}

#[test]
fn unknown_fields_are_added_to_what_is_here() {
    let mut state = state(&[("a", 0, 3, "claim")]);
    let before = state.annotation("a").unwrap();
    let plan = import(&mut state, TEXT, &file(TEXT, &[("a", 0, 3, "claim", "x")]));
    assert_eq!((plan.added.len(), plan.unchanged), (0, 1));
    let after = state.annotation("a").unwrap();
    assert_eq!(after.origin.extra["extra"], "x");
    assert_eq!(after.origin.creator, before.origin.creator);
    assert_eq!(after.modified, before.modified);
}

#[test]
fn the_time_of_the_last_change_is_the_files_until_somebody_changes_it_here() {
    let mut state = State::default();
    let mut file = file(TEXT, &[("a", 0, 3, "claim", "")]);
    let origin = Arc::make_mut(&mut file.documents[0].annotations[0].origin);
    origin.modified = Some(NOW.into());
    import(&mut state, TEXT, &file);
    let modified = |state: &State| state.annotation("a").unwrap().modified;
    assert_eq!(modified(&state).as_deref(), Some(NOW));
    let label = Value::Label("quote".into());
    let write = Write::annotation(&Id::from("a"), label);
    apply(&mut state, LATER, vec![write]);
    assert_eq!(modified(&state).as_deref(), Some(LATER));
}

#[test]
fn in_another_text_the_words_decide() {
    let mut state = State::default();
    let file = file(
        TEXT,
        &[
            ("a", 0, 3, "claim", ""),
            ("b", 8, 13, "quote", ""),
            ("c", 4, 7, "quote", ""),
        ],
    );
    let plan = import(&mut state, "One and two, two.", &file);
    assert_eq!(
        seen(&state),
        list(&[("a", 0, 3, "claim"), ("c", 8, 11, "quote")])
    );
    let said: Vec<_> = plan.rejected.iter().map(|r| r.why.to_string()).collect();
    assert_eq!(said, ["The words \"three\" are not in the text."]);
    let said: Vec<_> = plan.remarks.iter().map(|r| r.what.to_string()).collect();
    assert_eq!(
        said,
        ["The words that it quotes are not at 4 to 7, but at 8 to 11; it was moved there."]
    );
}

#[test]
fn in_a_corrected_text_words_that_are_nearly_the_same_are_taken() {
    let mut state = State::default();
    let theirs = "The wall will cost £8 million and stand by spring.";
    let ours = "Corrected. The wall will cost £9 million and stand by spring.";
    let file = file(theirs, &[("a", 4, 49, "claim", "")]);
    let plan = import(&mut state, ours, &file);
    assert_eq!(seen(&state), list(&[("a", 15, 60, "claim")]));
    let said: Vec<_> = plan.remarks.iter().map(|r| r.what.to_string()).collect();
    assert_eq!(
        said,
        ["The words that it quotes have changed a little; it was set on those at 15 to 60."]
    );
}

#[test]
fn an_import_is_undone_as_one() {
    let mut state = state(&[("here", 0, 3, "claim")]);
    let before = seen(&state);
    import(
        &mut state,
        TEXT,
        &file(
            TEXT,
            &[("a", 4, 7, "quote", ""), ("here", 8, 13, "quote", "")],
        ),
    );
    let draft = state.undo_latest(crate::edit::Writer(1), |_| true).unwrap();
    apply(&mut state, LATER, draft.writes);
    assert_eq!(seen(&state), before);
    assert_eq!(state.document_state(), DocumentState::Open);
}

/// A file of one annotation that says something by attributes.
fn saying(id: Option<&str>, attributes: serde_json::Value) -> Dataset {
    let mut record = serde_json::json!({
        "document": "d", "label": "quote", "position": { "start": 4, "end": 7 },
        "quote": { "exact": "two", "prefix": "", "suffix": "" },
        "provenance": { "method": "manual" }, "attributes": attributes,
    });
    if let Some(id) = id {
        record["id"] = id.into();
    }
    let file = serde_json::json!({
        "format": "span-annotations", "version": "1.0.0", "offset_unit": "unicode_code_point",
        "documents": [{ "id": "d", "text": TEXT }], "annotations": [record],
    });
    read(&file.to_string()).unwrap()
}

fn said(state: &State, id: &str) -> serde_json::Value {
    state.annotation(id).unwrap().attributes().into()
}

#[test]
fn attributes_come_in_and_those_that_are_missing_here_are_added() {
    let mut state = State::default();
    let speaker = serde_json::json!({"speaker": "Ada"});
    let plan = import(&mut state, TEXT, &saying(Some("a"), speaker.clone()));
    assert_eq!(plan.added.len(), 1);
    assert_eq!(said(&state, "a"), speaker);
    let both = serde_json::json!({"speaker": "Ada", "sure": true});
    let plan = import(&mut state, TEXT, &saying(Some("a"), both.clone()));
    assert_eq!((plan.added.len(), plan.unchanged), (0, 1));
    assert_eq!(said(&state, "a"), both);
    assert_eq!(state.annotations().count(), 1);
}

#[test]
fn of_two_that_say_different_things_by_attributes_both_are_kept() {
    for id in [Some("a"), None] {
        let mut state = State::default();
        let ada = serde_json::json!({"speaker": "Ada"});
        import(&mut state, TEXT, &saying(Some("a"), ada.clone()));
        let ben = serde_json::json!({"speaker": "Ben"});
        let plan = import(&mut state, TEXT, &saying(id, ben.clone()));
        assert_eq!(plan.conflicting.len(), usize::from(id.is_some()));
        assert_eq!((said(&state, "a"), said(&state, "new-1")), (ada, ben));
    }
}

#[test]
fn one_that_was_deleted_comes_back_saying_what_the_file_says() {
    let mut state = State::default();
    let ada = serde_json::json!({"speaker": "Ada"});
    import(&mut state, TEXT, &saying(Some("a"), ada.clone()));
    for value in [
        Value::Attribute("speaker".into(), "Ben".into()),
        Value::Attribute("sure".into(), true.into()),
        Value::Exists(false),
    ] {
        apply(
            &mut state,
            LATER,
            vec![Write::annotation(&"a".into(), value)],
        );
    }
    import(&mut state, TEXT, &saying(Some("a"), ada.clone()));
    assert_eq!(said(&state, "a"), ada);
}
