//! Merging, as what comes of given files.

use super::testing::{entry, header};
use super::*;
use crate::corpus::{Dealing, Guidelines, assignments};

/// The annotations of a document as `id label creator`.
fn shown(entry: &Entry) -> Vec<String> {
    let shown = |a: &Annotation| {
        let creator = a.origin.creator.as_deref().unwrap_or("-");
        format!("{} {} {creator}", a.id, a.label)
    };
    entry.annotations.iter().map(shown).collect()
}

fn said(merged: &Merged) -> Vec<String> {
    merged.notes.iter().map(Note::to_string).collect()
}

#[test]
fn documents_are_put_together_by_their_text_and_annotations_by_their_makers() {
    let mut merger = Merger::default();
    let ada = vec![
        entry("d1", "One text.", &[("a1", 0, 3, "claim", None)]),
        entry("d2", "Another.", &[]),
    ];
    let ben = vec![
        entry(
            "x",
            "One text.",
            &[("b1", 0, 3, "claim", None), ("b2", 4, 8, "quote", None)],
        ),
        entry("d2", "Another one.", &[]),
    ];
    merger.add("ada.json", Some("Ada"), header(&["claim"]), ada);
    merger.add("ben.json", Some("Ben"), header(&["quote"]), ben);
    let merged = merger.finish();
    let ids: Vec<&str> = merged
        .entries
        .iter()
        .map(|e| e.document.id.as_str())
        .collect();
    assert_eq!(ids, ["d1", "d2", "d2#text-39307ba0"]);
    assert_eq!(
        shown(&merged.entries[0]),
        ["a1 claim Ada", "b1 claim Ben", "b2 quote Ben"]
    );
    let labels: Vec<&str> = merged.header.labels.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(labels, ["claim", "quote"]);
    assert_eq!(
        said(&merged),
        [
            "ben.json: The document x has the text of d1 and is put together with it.",
            "ben.json: The document d2 has another text than the one of that id; it is called d2#text-39307ba0 now.",
        ]
    );
    assert_eq!(
        merged.entries[0].extra["metadata"]["annotators"],
        json!([{"name": "Ada", "state": "done"}, {"name": "Ben", "state": "done"}])
    );
}

#[test]
fn what_is_there_already_is_not_added_again() {
    let tags = [("a1", 0, 3, "claim", Some("Ada"))];
    let mut merger = Merger::default();
    merger.add(
        "1.json",
        None,
        header(&[]),
        vec![entry("d", "One text.", &tags)],
    );
    merger.add(
        "2.json",
        None,
        header(&[]),
        vec![entry("d", "One text.", &tags)],
    );
    let renamed = [("other", 0, 3, "claim", Some("Ada"))];
    merger.add(
        "3.json",
        None,
        header(&[]),
        vec![entry("d", "One text.", &renamed)],
    );
    let merged = merger.finish();
    assert_eq!(shown(&merged.entries[0]), ["a1 claim Ada"]);
    assert_eq!(
        said(&merged),
        [
            "2.json: Annotations that were there already: 1.",
            "3.json: Annotations that were there already: 1.",
        ]
    );
}

#[test]
fn an_id_that_two_people_use_stays_with_the_first() {
    let mut merger = Merger::default();
    let by = |who| [("a1", 0, 3, "claim", Some(who))];
    merger.add(
        "1.json",
        None,
        header(&[]),
        vec![entry("d", "One text.", &by("Ada"))],
    );
    let other = [("a1", 4, 8, "claim", Some("Ben"))];
    merger.add(
        "2.json",
        None,
        header(&[]),
        vec![entry("d", "One text.", &other)],
    );
    let merged = merger.finish();
    let ids: Vec<String> = merged.entries[0]
        .annotations
        .iter()
        .map(|a| a.id.to_string())
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], "a1");
    assert_eq!(
        said(&merged),
        [format!(
            "2.json: The annotation a1 says something else than the one of that id; it is called {} now.",
            ids[1]
        )]
    );
}

#[test]
fn what_two_people_say_by_attributes_stays_apart() {
    let saying = |id: &'static str, who, speaker: &str| {
        let mut entry = entry("d", "One text.", &[(id, 0, 3, "quote", Some(who))]);
        let said = serde_json::Map::from_iter([("speaker".to_owned(), speaker.into())]);
        entry.annotations[0].later = Some(said.into());
        vec![entry]
    };
    let mut merger = Merger::default();
    for (file, id, who, speaker) in [
        ("1.json", "a1", "Ada", "Ms Adeyemi"),
        ("2.json", "a1", "Ada", "Ms Adeyemi"),
        ("3.json", "a1", "Ben", "the mayor"),
        ("4.json", "a2", "Ada", "the mayor"),
    ] {
        merger.add(file, None, header(&[]), saying(id, who, speaker));
    }
    let merged = merger.finish();
    let said = merged.entries[0].annotations.iter();
    let mut said: Vec<_> = said
        .map(|a| a.attributes()["speaker"].to_string())
        .collect();
    said.sort();
    assert_eq!(said, ["\"Ms Adeyemi\"", "\"the mayor\"", "\"the mayor\""]);
}

#[test]
fn of_two_states_of_one_makers_annotation_the_later_stays() {
    let at = |time: &str, label: &'static str| {
        let mut entry = entry("d", "One text.", &[("a1", 0, 3, label, Some("Ada"))]);
        entry.annotations[0].modified = Some(time.into());
        vec![entry]
    };
    for (first, second) in [
        (
            ("2026-11-24T10:00:00Z", "claim"),
            ("2026-11-25T10:00:00Z", "quote"),
        ),
        (
            ("2026-11-25T10:00:00Z", "quote"),
            ("2026-11-24T10:00:00Z", "claim"),
        ),
    ] {
        let mut merger = Merger::default();
        merger.add("1.json", None, header(&[]), at(first.0, first.1));
        merger.add("2.json", None, header(&[]), at(second.0, second.1));
        let merged = merger.finish();
        assert_eq!(shown(&merged.entries[0]), ["a1 quote Ada"]);
        assert!(matches!(merged.notes[0], Note::Changed(..)));
    }
}

#[test]
fn a_document_is_done_when_all_are_done_with_it() {
    let in_state = |state: DocumentState| {
        let mut entry = entry("d", "One text.", &[]);
        entry.state = state;
        vec![entry]
    };
    let skipped = || DocumentState::Skipped("a list".into());
    for (states, expected) in [
        (
            vec![DocumentState::Done, DocumentState::Done],
            DocumentState::Done,
        ),
        (
            vec![DocumentState::Done, DocumentState::Open],
            DocumentState::Open,
        ),
        (vec![skipped(), skipped()], skipped()),
        (vec![DocumentState::Done, skipped()], DocumentState::Open),
    ] {
        let mut merger = Merger::default();
        for (at, state) in states.iter().enumerate() {
            let name = format!("annotator {at}");
            merger.add("f.json", Some(&name), header(&[]), in_state(state.clone()));
        }
        assert_eq!(merger.finish().entries[0].state, expected, "{states:?}");
    }
}

#[test]
fn what_was_merged_merges_again_and_keeps_who_worked_on_it() {
    let mut merger = Merger::default();
    for name in ["Ada", "Ben"] {
        merger.add(
            "f.json",
            Some(name),
            header(&[]),
            vec![entry("d", "One text.", &[])],
        );
    }
    let first = merger.finish();
    let mut merger = Merger::default();
    merger.add(
        "both.json",
        None,
        first.header.clone(),
        first.entries.clone(),
    );
    merger.add(
        "c.json",
        Some("Cleo"),
        header(&[]),
        vec![entry("d", "One text.", &[])],
    );
    let names: Vec<Option<String>> = said_workers(&merger.finish().entries[0].extra)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        ["Ada", "Ben", "Cleo"].map(|name| Some(name.to_owned()))
    );
}

#[test]
fn assignments_come_back_as_the_work_of_those_who_got_them() {
    let entries: Vec<Entry> = ["one", "two", "three", "four"]
        .map(|t| entry(t, t, &[]))
        .into();
    let names = ["Ada".to_owned(), "Ben".to_owned()];
    let dealing = Dealing {
        annotators: &names,
        shared: 50,
        copies: 2,
        seed: "s",
    };
    let guidelines = |version: &str| Guidelines {
        name: None,
        version: Some(version.to_owned()),
        text: None,
    };
    let hand_out = |version: &str| {
        assignments(
            &header(&["claim"]),
            &entries,
            &dealing,
            &guidelines(version),
            false,
        )
        .unwrap()
        .0
    };
    let (ada, ben) = (hand_out("1").remove(0), hand_out("2").remove(1));
    let mut merger = Merger::default();
    let mut marked = ada.1.clone();
    for entry in &mut marked {
        entry.annotations =
            super::testing::entry("d", "one", &[("new", 0, 2, "claim", None)]).annotations;
        entry.annotations[0].id = Id::from(entry.document.id.as_str());
    }
    merger.add("ada.json", None, ada.0, marked);
    let lacking: Vec<Entry> = ben.1.iter().skip(1).cloned().collect();
    merger.add("ben.json", None, ben.0, lacking);
    let merged = merger.finish();
    let creators = merged.entries.iter().flat_map(|e| &e.annotations);
    assert!(creators.clone().count() > 0);
    assert!(
        creators
            .into_iter()
            .all(|a| a.origin.creator.as_deref() == Some("Ada"))
    );
    assert_eq!(
        merged.header.extra["assignments"].as_array().unwrap().len(),
        2
    );
    assert_eq!(merged.header.extra.get("assignment"), None);
    let missing = &ben.1[0].document.id;
    assert_eq!(
        said(&merged),
        [
            format!("ben.json: The document {missing}, which Ben was given, is missing."),
            "ben.json: This was made by version 2 of the guidelines, the first file by version 1."
                .to_owned(),
        ]
    );
}
