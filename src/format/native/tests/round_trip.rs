//! What is exported comes back, to the byte.

use crate::annotation::{ATTRIBUTES, Annotation, Id, Label, LabelSet, Method, Origin};
use crate::document::{Block, BlockKind, Document};
use crate::edit::{DocumentState, State, Subject, Value, Write};
use crate::format::import::plan;
use crate::format::native::*;
use crate::format::testing::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::Arc;

const GOLDEN: &str = include_str!("../../../../tests/golden/small.annotations.json");

fn export(documents: &[(Document, State)], kept: &Kept) -> Exported {
    write(&Export {
        documents: documents.iter().map(|(d, s)| (d, s)).collect(),
        labels: &labels(),
        creator: Some("Ada"),
        now: LATER,
        kept,
    })
    .unwrap()
}

/// The label set of the golden file, whatever the words of the default set are now.
fn labels() -> LabelSet {
    let mut labels = read(GOLDEN).unwrap().labels;
    labels.retain(|label| label.id != "out-of-set");
    LabelSet::new(labels).unwrap()
}

/// Reads a file and takes it into empty states.
fn import(json: &str) -> (Vec<(Document, State)>, Kept) {
    let dataset = read(json).unwrap();
    assert_eq!((&dataset.rejected, &dataset.remarks), (&vec![], &vec![]));
    assert_eq!(dataset.warnings, []);
    LabelSet::new(dataset.labels).unwrap();
    let documents = dataset.documents.into_iter().map(|read| {
        let mut state = State::default();
        let labels = LabelSet::default();
        let plan = plan(&read.document.text, &state, &labels, &read, new_ids());
        assert_eq!(plan.added.len(), read.annotations.len());
        apply(&mut state, "2027-01-01T00:00:00Z", plan.writes);
        (read.document, state)
    });
    (documents.collect(), dataset.kept)
}

/// The annotations, with the last change and the attributes as they say them now, not as they were
/// made with them.
fn all((_, state): &(Document, State)) -> Vec<Annotation> {
    let mut annotations: Vec<_> = state.annotations().collect();
    for annotation in &mut annotations {
        let said = annotation.attributes();
        annotation.later = None;
        let origin = Arc::make_mut(&mut annotation.origin);
        origin.modified = None;
        if origin.extra.get(ATTRIBUTES).is_some_and(Json::is_object) {
            origin.extra.shift_remove(ATTRIBUTES);
        }
        if !said.is_empty() {
            origin.extra.insert(ATTRIBUTES.to_owned(), said.into());
        }
    }
    annotations
}

/// Checks that a file of `documents` gives the same annotations and the same file again.
fn check(documents: &[(Document, State)], kept: &Kept) -> String {
    let Exported { json, problems } = export(documents, kept);
    assert_eq!(problems, []);
    assert!(json.is_ascii());
    let (back, kept) = import(&json);
    assert_eq!(
        back.iter().map(all).collect::<Vec<_>>(),
        documents.iter().map(all).collect::<Vec<_>>()
    );
    assert_eq!(export(&back, &kept).json, json);
    json
}

/// Two documents with everything that a file can say.
fn small() -> (Vec<(Document, State)>, Kept) {
    let mut first = document(
        "https://example.org/a",
        "😀 Start.\r\ncafe\u{301} \u{2028}“Yes”",
    );
    first.title = Some("Über \"alles\"".into());
    first.source.uri = Some("https://example.org/a".into());
    first.source.file_name = Some("a.html".into());
    first.media_type = "text/html".into();
    first.language = Some("en".into());
    let block = |start, end, kind| Block {
        span: span(start, end),
        kind,
    };
    first.blocks = vec![
        block(0, 8, BlockKind::Heading(1)),
        block(10, 15, BlockKind::ListItem),
        block(17, 22, BlockKind::BlockQuotation),
    ];
    let mut state_of_first = state(&[
        ("b", 17, 22, "quote"),
        ("a", 2, 8, "claim"),
        ("whole", 0, 22, "caption"),
        ("c", 10, 15, "out-of-set"),
    ]);
    let model = Origin {
        created: Some("2026-11-01T00:00:00Z".into()),
        creator: Some("m1".into()),
        modified: Some("2026-11-02T00:00:00.5Z".into()),
        method: Method::Model,
        extra: json!({ "provenance": { "model": "m1", "confidence": 0.1 }, "big": 9007199254740993u64 })
            .as_object()
            .unwrap()
            .clone(),
    };
    let id = Id::from("d");
    apply(
        &mut state_of_first,
        NOW,
        vec![
            Write::annotation(&id, Value::Exists(true)),
            Write::annotation(&id, Value::Span(span(2, 8))),
            Write::annotation(&id, Value::Label("claim".into())),
            Write::annotation(&id, Value::Origin(Arc::new(model))),
        ],
    );
    let note = Value::Note(Some("Look:\n\t“here”".into()));
    apply(
        &mut state_of_first,
        LATER,
        vec![Write::annotation(&Id::from("a"), note)],
    );
    let second = document("empty", "");
    let mut state_of_second = State::default();
    apply(
        &mut state_of_second,
        NOW,
        vec![Write {
            subject: Subject::Document,
            value: Value::State(DocumentState::Skipped("No article".into())),
            restores: None,
        }],
    );
    let kept = Kept {
        created: Some("2026-10-01T00:00:00Z".into()),
        creators: vec![Creator {
            id: "m1".into(),
            kind: "software".into(),
            name: Some("Model One".into()),
            extra: Map::new(),
        }],
        extra: json!({ "licence": "CC0" }).as_object().unwrap().clone(),
        documents: [(
            "https://example.org/a".to_owned(),
            json!({ "source": { "retrieved": NOW }, "metadata": { "topic": "test" }, "rank": 1.5 })
                .as_object()
                .unwrap()
                .clone(),
        )]
        .into(),
    };
    (
        vec![(first, state_of_first), (second, state_of_second)],
        kept,
    )
}

#[test]
fn the_published_form_is_frozen() {
    let (documents, kept) = small();
    let json = check(&documents, &kept);
    let version = |version| format!("\"rubricate\",\"version\":{version:?}");
    let golden = GOLDEN.replace(&version("0.1.0"), &version(env!("CARGO_PKG_VERSION")));
    assert_eq!(json, golden);
}

#[test]
fn attributes_stand_with_their_annotation_and_their_label() {
    let mut state = state(&[("a", 0, 4, "quote"), ("b", 0, 4, "claim")]);
    let say = |id: &str, of: &str, value: Json| {
        Write::annotation(&Id::from(id), Value::Attribute(of.into(), value))
    };
    apply(
        &mut state,
        LATER,
        vec![
            say("a", "speaker", "Ada".into()),
            say("a", "continues", true.into()),
            say("b", "worth", Json::Null),
        ],
    );
    let labels = LabelSet::from_json(
        r#"[{"id": "quote", "attributes": [
            {"id": "speaker"}, {"id": "tone", "options": ["calm", "loud"]}, {"id": "continues", "type": "flag"}]}]"#,
    )
    .unwrap();
    let documents = [(document("d", "text"), state)];
    let Exported { json, .. } = write(&Export {
        documents: documents.iter().map(|(d, s)| (d, s)).collect(),
        labels: &labels,
        creator: None,
        now: LATER,
        kept: &Kept::default(),
    })
    .unwrap();
    for part in [
        r#""attributes":[{"id":"speaker","name":"speaker","type":"text"},{"id":"tone","name":"tone","type":"choice","options":["calm","loud"]},{"id":"continues","name":"continues","type":"flag"}]}"#,
        r#""provenance":{"method":"manual"},"attributes":{"continues":true,"speaker":"Ada"}}"#,
    ] {
        assert!(json.contains(part), "{json}");
    }
    assert_eq!(json.matches("attributes").count(), 2);
    let dataset = read(&json).unwrap();
    assert_eq!(
        dataset.labels[0].attributes,
        labels.as_slice()[0].attributes
    );
    check(&documents, &Kept::default());
}

#[test]
fn a_file_without_annotations_is_a_file() {
    let json = check(
        &[(document("d", "text"), State::default())],
        &Kept::default(),
    );
    assert!(json.contains("\"annotations\": []"));
}

#[test]
fn what_cannot_be_written_as_it_is_is_listed() {
    let documents = [
        (
            document("d", "text"),
            state(&[
                ("beyond", 2, 5, "claim"),
                ("label", 0, 1, "two words"),
                ("a", 0, 4, "claim"),
            ]),
        ),
        (document("e", "text"), state(&[("a", 0, 4, "claim")])),
    ];
    let Exported { json, problems } = export(&documents, &Kept::default());
    let said: Vec<_> = problems.iter().map(Problem::to_string).collect();
    assert_eq!(
        said,
        [
            "Annotation \"label\" of document \"d\" is not in the file: its label \"two words\" is no identifier of 200 characters at most.",
            "Annotation \"beyond\" of document \"d\" is not in the file: it covers 2 to 5, beyond the end of the text.",
            "Annotation \"a\" of document \"e\" is in the file as \"a-2\", since another document has one of that id.",
        ]
    );
    let (back, _) = import(&json);
    assert_eq!((back[0].1.len(), back[1].1.len()), (1, 1));
    assert!(back[1].1.annotation("a-2").is_some());
}

#[test]
fn no_file_is_made_of_no_document_or_of_two_with_one_id() {
    let (document, state) = (document("d", "text"), State::default());
    let check = |documents: Vec<(&Document, &State)>, sentence: &str| {
        let error = write(&Export {
            documents,
            labels: &LabelSet::default(),
            creator: None,
            now: NOW,
            kept: &Kept::default(),
        });
        assert_eq!(error.unwrap_err().to_string(), sentence);
    };
    check(vec![], "There is no document to export.");
    check(
        vec![(&document, &state), (&document, &state)],
        "Two documents have the id \"d\"; no file was made.",
    );
}

/// The cases that all formats share.
#[test]
fn the_gold_cases_come_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    for file in std::fs::read_dir(&folder).unwrap() {
        let case = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let case: Json = serde_json::from_str(&case).unwrap();
        check(&[documents_of(&case)], &Kept::default());
    }
}

fn documents_of(case: &Json) -> (Document, State) {
    let number = |value: &Json| u32::try_from(value.as_u64().unwrap()).unwrap();
    let ids: Vec<String> = (0..).map(|i| format!("a{i}")).take(100).collect();
    let tags: Vec<_> = case["spans"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&ids)
        .map(|(span, id)| {
            let label = span["label"].as_str().unwrap();
            (
                id.as_str(),
                number(&span["start"]),
                number(&span["end"]),
                label,
            )
        })
        .collect();
    let text = case["text"].as_str().unwrap();
    (document(case["id"].as_str().unwrap(), text), state(&tags))
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::hash_map(any::<String>(), inner, 0..3)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

fn any_origin() -> impl Strategy<Value = Origin> {
    let time = prop::option::of(Just(NOW.to_owned()));
    let method = prop::sample::select(vec![
        Method::Manual,
        Method::Imported,
        Method::Model,
        Method::Rule,
    ]);
    let extra = prop::option::of((
        prop::sample::select(vec!["x-extra", ATTRIBUTES]),
        any_json(),
    ));
    (
        time.clone(),
        time,
        prop::option::of("[^\0]{1,8}"),
        method,
        extra,
    )
        .prop_map(|(created, modified, creator, method, extra)| Origin {
            created,
            modified,
            creator,
            method,
            extra: extra
                .map(|(name, value)| (name.to_owned(), value))
                .into_iter()
                .collect(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_dataset_comes_back(
        text in "\\PC{1,60}|(?s:.{1,60})",
        tags in prop::collection::vec(
            (any::<(prop::sample::Index, prop::sample::Index)>(), "[A-Za-z_][A-Za-z0-9_-]{0,9}",
             prop::option::of(any::<String>()), any_origin(), prop::option::of(any_json())),
            0..12,
        ),
        id in "(?s:.{1,20})",
        title in prop::option::of(any::<String>()),
    ) {
        let mut document = document(&id, &text);
        document.title = title;
        let length = document.text.length().code_points as usize;
        let mut state = State::default();
        for (i, ((a, b), label, note, origin, said)) in tags.into_iter().enumerate() {
            let (a, b) = (a.index(length) as u32, b.index(length) as u32);
            let id = Id::from(format!("id {i}").as_str());
            apply(&mut state, NOW, [
                Value::Exists(true),
                Value::Span(span(a.min(b), a.max(b) + 1)),
                Value::Label(label.as_str().into()),
                Value::Note(note.as_deref().map(Arc::from)),
                Value::Origin(Arc::new(origin)),
            ].map(|value| Write::annotation(&id, value)).into());
            if let Some(said) = said.filter(|said| !said.is_null()) {
                let value = Value::Attribute("said".into(), said);
                apply(&mut state, LATER, vec![Write::annotation(&id, value)]);
            }
        }
        check(&[(document, state)], &Kept::default());
    }

    #[test]
    fn labels_that_were_read_make_a_set(labels in prop::collection::vec(any_json(), 1..4)) {
        let mut named: Vec<_> = labels.iter().map(|extra| json!({ "id": "a", "name": extra, "shortcut": "x" })).collect();
        named.push(json!({ "id": "b", "shortcut": "X", "color": "#12345g", "line": labels[0] }));
        let file = json!({
            "format": "span-annotations", "version": "1.0.0", "offset_unit": "unicode_code_point",
            "labels": named, "documents": [{ "id": "d", "text": "" }], "annotations": [],
        });
        let labels: Vec<Label> = read(&file.to_string()).unwrap().labels;
        prop_assert!(LabelSet::new(labels).is_ok());
    }
}

#[test]
fn what_is_written_as_one_of_the_formats_comes_back() {
    crate::format::testing::check_round_trip("json");
}

#[test]
fn a_file_that_is_converted_into_our_json_is_the_same_file() {
    use crate::format::exchange::{Options, convert};
    let json = std::fs::read("tests/golden/small.annotations.json").unwrap();
    let files = crate::format::testing::file("small.annotations.json", &json);
    let options = Options {
        stem: "small".into(),
        ..Options::default()
    };
    let (written, converted) = convert(("json", &files), "json", &options).unwrap();
    assert_eq!(
        String::from_utf8(written.files[0].1.clone()).unwrap(),
        String::from_utf8(json).unwrap()
    );
    assert_eq!(written.files[0].0, "small.annotations.json");
    assert_eq!(
        (converted.documents, converted.losses.is_empty()),
        (2, true)
    );
}
