//! Attributes from key press to state, by example.

use crate::annotation::LabelSet;
use crate::document::{DocumentMeta, plain};
use crate::edit::{Kind, Value, Writer};
use crate::session::{Moment, Overrides, Refusal, Session, Update};
use crate::text::Span;
use serde_json::{Map, Value as Json, json};

const LABELS: &str = r#"[
    {"id": "quote", "attributes": [
        {"id": "speaker", "name": "Speaker", "type": "text"},
        {"id": "continues", "name": "Continues", "type": "flag"}]},
    {"id": "claim", "attributes": [
        {"id": "worth", "name": "Check-worthiness", "type": "choice", "options": ["high", "low"]}]}]"#;

fn moment() -> Moment {
    Moment {
        now: "2026-11-24T02:16:00Z".into(),
        random: || [7; 16],
    }
}

fn session(writer: u64) -> Session {
    let document = plain("One two three.".into(), DocumentMeta::default()).unwrap();
    let labels = LabelSet::from_json(LABELS).unwrap();
    Session::new(document, labels, &Overrides::default(), Writer(writer))
}

fn map(json: Json) -> Map<String, Json> {
    json.as_object().cloned().unwrap()
}

/// A session with one quote, and its id.
fn quoted(attributes: Json) -> (Session, String) {
    let mut session = session(1);
    let span = Span::new(0, 3).unwrap();
    let drafted = session.draft_with_attributes(span, "quote", None, &map(attributes), &moment());
    let (id, writes) = drafted.unwrap();
    session.commit(Kind::Edit, writes, moment().now);
    (session, id.to_string())
}

fn said(session: &Session, id: &str) -> Json {
    session.state().annotation(id).unwrap().attributes().into()
}

fn update(attributes: Json) -> Update {
    Update {
        attributes: map(attributes),
        ..Update::default()
    }
}

fn set(session: &mut Session, id: &str, attributes: Json) -> Result<usize, Refusal> {
    let writes = session.draft_update(id, &update(attributes))?;
    let count = writes.len();
    if count > 0 {
        session.commit(Kind::Edit, writes, moment().now);
    }
    Ok(count)
}

#[test]
fn they_are_said_changed_and_taken_away() {
    let (mut session, id) = quoted(json!({"speaker": "Ada", "continues": false}));
    assert_eq!(said(&session, &id), json!({"speaker": "Ada"}));
    assert_eq!(set(&mut session, &id, json!({"continues": true})), Ok(1));
    assert_eq!(
        said(&session, &id),
        json!({"speaker": "Ada", "continues": true})
    );
    let annotation = session.state().annotation(&id).unwrap();
    assert_eq!(
        session.attributes_in_words(&annotation),
        ["Speaker: Ada", "Continues"]
    );
    assert_eq!(
        set(
            &mut session,
            &id,
            json!({"speaker": " ", "continues": null})
        ),
        Ok(2)
    );
    assert_eq!(said(&session, &id), json!({}));
    assert_eq!(set(&mut session, &id, json!({"speaker": ""})), Ok(0));
}

#[test]
fn undo_gives_back_what_it_was_made_with() {
    let (mut session, id) = quoted(json!({"speaker": "Ada"}));
    let made = session.state().annotation(&id).unwrap();
    set(&mut session, &id, json!({"speaker": "Ben"})).unwrap();
    set(&mut session, &id, json!({"speaker": null})).unwrap();
    for (expected, times) in [
        (json!({"speaker": "Ben"}), 1),
        (json!({"speaker": "Ada"}), 1),
    ] {
        for _ in 0..times {
            let draft = session.draft_undo().unwrap();
            session.commit(draft.kind, draft.writes, moment().now);
        }
        assert_eq!(said(&session, &id), expected);
    }
    assert_eq!(session.state().annotation(&id).unwrap().later, made.later);
    let draft = session.draft_redo().unwrap();
    session.commit(draft.kind, draft.writes, moment().now);
    assert_eq!(said(&session, &id), json!({"speaker": "Ben"}));
}

#[test]
fn two_tabs_that_set_different_ones_both_count() {
    let (mut here, id) = quoted(json!({}));
    let span = Span::new(0, 3).unwrap();
    let (_, writes) = here
        .draft_with_attributes(
            Span::new(4, 7).unwrap(),
            "quote",
            None,
            &Map::new(),
            &moment(),
        )
        .unwrap();
    drop(writes);
    let mut there = session(2);
    let drafted = there.draft_with_attributes(span, "quote", None, &Map::new(), &moment());
    let (_, writes) = drafted.unwrap();
    there.commit_as(Writer(1), writes, moment().now);
    let edit = |session: &mut Session, attributes: Json| {
        let writes = session.draft_update(&id, &update(attributes)).unwrap();
        session.commit(Kind::Edit, writes, moment().now).0
    };
    let ours = edit(&mut here, json!({"speaker": "Ada"}));
    let theirs = edit(&mut there, json!({"continues": true}));
    here.receive(&theirs);
    there.receive(&ours);
    let both = json!({"speaker": "Ada", "continues": true});
    assert_eq!((said(&here, &id), said(&there, &id)), (both.clone(), both));
}

#[test]
fn another_label_keeps_them_without_showing_them() {
    let (mut session, id) = quoted(json!({"speaker": "Ada"}));
    let relabel = |label: &str| Update {
        label: Some(label.into()),
        ..Update::default()
    };
    let writes = session.draft_update(&id, &relabel("claim")).unwrap();
    session.commit(Kind::Edit, writes, moment().now);
    let annotation = session.state().annotation(&id).unwrap();
    assert_eq!(session.attributes_in_words(&annotation).len(), 0);
    assert_eq!(said(&session, &id), json!({"speaker": "Ada"}));
    // What the label lacks can be taken away, and nothing else.
    assert!(set(&mut session, &id, json!({"speaker": "Ben"})).is_err());
    assert_eq!(set(&mut session, &id, json!({"speaker": null})), Ok(1));
}

#[test]
fn what_can_not_be_said_is_refused_with_what_can() {
    let (mut session, id) = quoted(json!({}));
    for (attributes, sentence) in [
        (
            json!({"mood": "sad"}),
            "attributes.mood: the label \"quote\" has no such attribute; it has speaker, continues.",
        ),
        (
            json!({"speaker": true}),
            "attributes.speaker must be a string.",
        ),
        (
            json!({"speaker": "Ada", "continues": "yes"}),
            "attributes.continues must be true or false.",
        ),
    ] {
        let refusal = set(&mut session, &id, attributes).unwrap_err();
        assert_eq!(refusal.to_string(), sentence);
        assert_eq!(said(&session, &id), json!({}));
    }
    let both = Update {
        label: Some("claim".into()),
        ..update(json!({"worth": "huge"}))
    };
    assert_eq!(
        session.draft_update(&id, &both).unwrap_err().to_string(),
        "attributes.worth: \"huge\" is none of its options, which are high, low."
    );
    let writes = session.draft_update(
        &id,
        &Update {
            label: Some("claim".into()),
            ..update(json!({"worth": "high"}))
        },
    );
    assert!(matches!(
        writes.unwrap().as_slice(),
        [a, b] if matches!(a.value, Value::Label(_)) && matches!(b.value, Value::Attribute(..))
    ));
}
