//! Label Studio's tasks, by example.

use crate::annotation::Method;
use crate::edit::DocumentState;
use crate::format::exchange::{Header, Loss, MemoryFiles, Options, dataset, write_entries};
use crate::format::testing::{check_round_trip, content, entry, read_as, refusal, span};
use std::sync::Arc;

#[test]
fn what_is_written_comes_back() {
    check_round_trip("label-studio");
}

#[test]
fn a_task_is_laid_out_as_label_studio_imports_it() {
    let mut noted = entry("d", "😀 One", &[("a", 2, 5, "claim")]);
    noted.annotations[0].note = Some(Arc::from("why"));
    noted.document.title = Some("Title".to_owned());
    let mut skipped = entry("e", "", &[]);
    skipped.state = DocumentState::Skipped("bad".into());
    let entries = [noted, entry("f", "x", &[]), skipped];
    let options = Options::default();
    let header = Header {
        labels: crate::annotation::default_labels()[..1].to_vec(),
        ..Header::default()
    };
    let (files, converted) = write_entries("label-studio", header, entries, &options).unwrap();
    let shown = |at: usize| String::from_utf8(files.files[at].1.clone()).unwrap();
    assert_eq!(
        shown(0),
        concat!(
            "[\n",
            r#"{"data":{"text":"\ud83d\ude00 One","doc_id":"d","title":"Title","state":"open"},"annotations":[{"result":[{"id":"a","from_name":"label","to_name":"text","type":"labels","origin":"manual","value":{"start":2,"end":5,"text":"One","labels":["claim"]},"meta":{"text":["why"]}}],"was_cancelled":false,"ground_truth":false}],"predictions":[]}"#,
            ",\n",
            r#"{"data":{"text":"x","doc_id":"f","state":"open"},"annotations":[],"predictions":[]}"#,
            ",\n",
            r#"{"data":{"text":"","doc_id":"e","state":"skipped"},"annotations":[{"result":[],"was_cancelled":true,"ground_truth":false}],"predictions":[]}"#,
            "\n]\n",
        )
    );
    assert!(
        shown(1).contains(r#"<Label value="claim" background="#),
        "{}",
        shown(1)
    );
    assert_eq!(converted.losses.count(Loss::State), 1);
    assert_eq!(converted.losses.count(Loss::Note), 0);

    let read = dataset("label-studio", &files, &options).unwrap();
    let states: Vec<_> = read.entries.iter().map(|e| e.state.clone()).collect();
    assert_eq!(
        states,
        [
            DocumentState::Open,
            DocumentState::Open,
            DocumentState::Skipped("".into())
        ]
    );
    let annotation = &read.entries[0].annotations[0];
    assert_eq!(annotation.note.as_deref(), Some("why"));
    assert_eq!(annotation.id.as_str(), "a");
    assert_eq!(
        read.header.labels[0].color,
        crate::annotation::default_labels()[0].color
    );
}

/// As version 1.23 exports it, with a result of another kind and the note that stands at a place.
const EXPORT: &str = r#"[{"id":7,"annotations":[{"id":3,"completed_by":{"id":1,"email":"ada@example.org"},"result":[
 {"value":{"start":3,"end":6,"text":"One","labels":["Claim of fact","quote"]},"id":"aB3","from_name":"l","to_name":"t","type":"labels","origin":"manual"},
 {"value":{"start":3,"end":6,"text":["because"]},"id":"aB3","from_name":"c","to_name":"t","type":"textarea"},
 {"value":{"choices":["x"]},"id":"q","from_name":"k","to_name":"t","type":"choices"}],
 "was_cancelled":false,"ground_truth":false,"created_at":"2026-11-24T02:16:00.123456Z","lead_time":4.2}],
 "file_upload":"x.json","drafts":[],"predictions":[{"result":[],"model_version":"m"}],
 "data":{"body":"😀 One.","site":"example.org"},"meta":{},"created_at":"2026-11-24T02:16:00Z"}]"#;

#[test]
fn an_export_of_label_studio_is_read_in_the_unit_that_its_words_prove() {
    let files = MemoryFiles {
        files: vec![
            ("p.json".to_owned(), EXPORT.as_bytes().to_vec()),
            (
                "label_config.xml".to_owned(),
                br##"<View><Text name="t" value="$body"/><Labels name="l" toName="t"><Label value="quote" background="#123456"/></Labels></View>"##.to_vec(),
            ),
        ],
    };
    let read = dataset("label-studio", &files, &Options::default()).unwrap();
    let entry = &read.entries[0];
    assert_eq!(entry.document.text.as_str(), "😀 One.");
    assert_eq!(entry.state, DocumentState::Done);
    assert_eq!(entry.extra.get("site").unwrap(), "example.org");
    let found: Vec<_> = entry
        .annotations
        .iter()
        .map(|a| (a.span, &*a.label))
        .collect();
    assert_eq!(
        found,
        [(span(2, 5), "quote"), (span(2, 5), "Claim_of_fact")]
    );
    assert!(
        entry
            .annotations
            .iter()
            .any(|a| a.note.as_deref() == Some("because"))
    );
    assert_eq!(
        entry.annotations[0].origin.creator.as_deref(),
        Some("ada@example.org")
    );
    let labels: Vec<_> = read.header.labels.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(labels, ["quote", "Claim of fact"]);
    let said: Vec<_> = read.findings.iter().map(|f| f.why.as_str()).collect();
    assert_eq!(
        said,
        [
            "What labels no text is left out (choices: 1).",
            "The offsets count UTF-16 code units: only so do they select the words that the file quotes.",
        ]
    );
}

#[test]
fn the_short_form_and_predictions_are_read() {
    let (read, _) = read_as(
        "label-studio",
        r#"[{"text":"One two","id":1,"label":[{"start":0,"end":3,"text":"One","labels":["x"]}],"annotator":2,"annotation_id":5}]"#,
    );
    let annotation = &read.entries[0].annotations[0];
    assert_eq!((annotation.span, &*annotation.label), (span(0, 3), "x"));
    assert_eq!(annotation.origin.creator.as_deref(), Some("annotator 2"));
    let (read, _) = read_as(
        "label-studio",
        r#"[{"data":{"text":"One"},"predictions":[{"model_version":"m1","result":[{"type":"labels","value":{"start":0,"end":3,"labels":["x"]}}]}]}]"#,
    );
    let annotation = &read.entries[0].annotations[0];
    assert_eq!(annotation.origin.method, Method::Model);
    assert_eq!(annotation.origin.creator.as_deref(), Some("m1"));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let (read, said) = read_as(
        "label-studio",
        r#"[{"data":{"text":"One"},"annotations":[{"result":[
            {"type":"labels","value":{"start":"/p[1]","end":3,"labels":["x"]}},
            {"type":"labels","value":{"start":2,"end":2,"labels":["x"]}},
            {"type":"labels","value":{"start":1,"end":9,"labels":["x"]}},
            {"type":"labels","value":{"start":0,"end":3,"text":"One","labels":[]}}]}]},
           {"data":{"n":1}},7]"#,
    );
    assert_eq!(read.entries.len(), 1);
    assert!(read.entries[0].annotations.is_empty());
    assert!(said.iter().skip(1).all(|(left_out, _)| *left_out));
    let said: Vec<&str> = said.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(
        said,
        [
            "f, record 1: What labels no text is left out (places without a label: 1).",
            "f, record 1: An annotation is left out. Its start and end must be two whole numbers.",
            "f, record 1: An annotation is left out. Its end, 2, must be greater than its start, 2.",
            "f, record 1: An annotation is left out. It covers 1 to 9, which is not in the text of 3 code points.",
            "f, record 2: Its \"data\" needs a field \"text\" with the text. If the project calls it otherwise, put its configuration beside the file, as label_config.xml.",
            "f, record 3: A task must be an object.",
        ]
    );
    for (file, sentence) in [
        ("", "f: The file is empty."),
        (
            "[{\"data\":",
            "f, line 1: The file breaks off here; it is not complete.",
        ),
        ("7", "f: This can't be read: it is no list of tasks."),
        ("[]", "f: The file holds no document that can be used."),
        (
            "[{\"data\":{\"text\":\"a\"},\"annotations\":7}]",
            "f, record 1: The file holds no document that can be used. The first reason: Its \"annotations\" must be a list of objects.",
        ),
        (
            r#"[{"data":{"text":"One two"},"annotations":[{"result":[{"type":"labels","value":{"start":0,"end":3,"text":"two","labels":["x"]}}]}]}]"#,
            "f, record 1: The words \"two\" do not stand at 0 to 3, whether that counts code points, UTF-16 code units or bytes.",
        ),
    ] {
        assert_eq!(refusal("label-studio", file), sentence);
    }
}

/// A task of these fields beside its data, which is a text of nine letters.
fn task(rest: &str) -> String {
    format!(r#"[{{"id":7,"data":{{"text":"Ada (Bo)."}},{rest}}}]"#)
}

const ADA: &str =
    r#"{"id":"a","type":"labels","value":{"start":0,"end":3,"text":"Ada","labels":["x"]}}"#;

#[test]
fn what_nobody_submitted_does_not_count_as_work() {
    let cancelled = format!(
        r#""annotations":[{{"result":[{ADA}]}},{{"result":[{ADA},{ADA}],"was_cancelled":true}}]"#
    );
    for (rest, state, count, sentence) in [
        (
            cancelled.clone(),
            DocumentState::Done,
            1,
            "f, record 1: What was labelled before the task was skipped is left out: 2.",
        ),
        (
            format!(r#""annotations":[],"drafts":[{{"result":[{ADA}]}}]"#),
            DocumentState::Open,
            0,
            "f, record 1: Drafts, which nobody has submitted, are left out: 1.",
        ),
        (
            format!(r#""annotations":[{{"result":[{ADA}]}}],"predictions":[{{"result":[{ADA}]}}]"#),
            DocumentState::Done,
            1,
            "f, record 1: Predictions are left out, since somebody has worked on it: 1.",
        ),
    ] {
        let (read, said) = read_as("label-studio", task(&rest));
        assert_eq!(read.entries[0].state, state, "{rest}");
        assert_eq!(read.entries[0].annotations.len(), count, "{rest}");
        assert_eq!(said, [(false, sentence.to_owned())]);
    }
    let by_number =
        format!(r#""annotations":[{{"result":[{ADA}]}}],"predictions":[2,3],"drafts":[]"#);
    let (read, said) = read_as("label-studio", task(&by_number));
    assert_eq!(read.entries[0].annotations.len(), 1);
    let sentence =
        "f, record 1: What the file names by its number alone is left out (predictions: 2).";
    assert_eq!(said, [(false, sentence.to_owned())]);
    let predicted = format!(r#""annotations":[],"predictions":[{{"result":[{ADA}]}}]"#);
    let (read, said) = read_as("label-studio", task(&predicted));
    assert_eq!(read.entries[0].state, DocumentState::Open);
    assert_eq!((read.entries[0].annotations.len(), said), (1, vec![]));
}

#[test]
fn whatever_is_written_about_a_place_is_its_note() {
    let area = |words: &str| {
        format!(
            r#"{{"id":"a","from_name":"why","type":"textarea","value":{{"text":["{words}"]}}}}"#
        )
    };
    let noted = ADA.replace(r#""value""#, r#""meta":{"text":["meta"]},"value""#);
    let results = [noted, area("one"), area("two")].join(",");
    let (read, said) = read_as(
        "label-studio",
        task(&format!(r#""annotations":[{{"result":[{results}]}}]"#)),
    );
    assert_eq!(said, []);
    assert_eq!(
        read.entries[0].annotations[0].note.as_deref(),
        Some("meta\none\ntwo")
    );
}

#[test]
fn labels_of_web_pages_and_dialogues_are_refused() {
    let short = r#"[{"id":7,"html":"<p>Ada","label":[{"start":"/p[1]/text()[1]","end":"/p[1]/text()[1]","startOffset":0,"endOffset":3,"hypertextlabels":["x"]}]}]"#;
    assert!(refusal("label-studio", short).contains("Its labels are in a web page"));
    let dialogue = task(
        r#""annotations":[{"result":[{"id":"a","type":"paragraphlabels","value":{"start":"0","end":"0","startOffset":0,"endOffset":3,"paragraphlabels":["x"]}}]}]"#,
    );
    assert!(refusal("label-studio", dialogue).contains("Its labels are in a dialogue"));
}

#[test]
fn a_dataset_without_labels_gets_those_of_the_program() {
    let entries = [entry("d", "One", &[])];
    let (files, _) = write_entries(
        "label-studio",
        Header::default(),
        entries,
        &Options::default(),
    )
    .unwrap();
    let configuration = String::from_utf8_lossy(&files.files[1].1).into_owned();
    assert_eq!(
        configuration.matches("<Label ").count(),
        4,
        "{configuration}"
    );
}

#[test]
fn line_breaks_in_quoted_words_are_written_as_the_page_does() {
    for (text, exact, end) in [
        ("One.\\n\\nTwo.", "One.\\\\n\\\\nTwo.", 10),
        ("One.\\r\\nTwo.", "One.\\\\nTwo.", 10),
        ("One.\\r\\nTwo.", "One.\\\\n\\\\nTwo.", 10),
        ("One\\\\nTwo.", "One\\\\nTwo.", 9),
    ] {
        let json = format!(
            r#"[{{"data":{{"text":"{text}"}},"annotations":[{{"result":[{{"type":"labels","value":{{"start":0,"end":{end},"text":"{exact}","labels":["x"]}}}}]}}]}}]"#
        );
        let (read, said) = read_as("label-studio", &json);
        assert_eq!(said, [], "{json}");
        assert_eq!(read.entries[0].annotations[0].span, span(0, end));
    }
}

#[test]
fn of_several_texts_the_words_tell_which_one_was_labelled() {
    let json = r#"[{"data":{"title":"Ada","body":"Ada met Bo."},"annotations":[{"result":[
        {"id":"a","to_name":"t","type":"labels","value":{"start":8,"end":10,"text":"Bo","labels":["x"]}}]}]}]"#;
    let (read, said) = read_as("label-studio", json);
    assert_eq!(read.entries[0].document.text.as_str(), "Ada met Bo.");
    assert_eq!(said, []);
    let two = json.replace(
        r#"{"id":"a""#,
        r#"{"id":"b","to_name":"u","type":"labels","value":{"start":0,"end":3,"labels":["x"]}},{"id":"a""#,
    );
    let files = MemoryFiles {
        files: vec![
            ("p.json".to_owned(), two.into_bytes()),
            (
                "label_config.xml".to_owned(),
                br##"<View><Text name="u" value="$title"/><Text name="t" value="$body"/></View>"##
                    .to_vec(),
            ),
        ],
    };
    let read = dataset("label-studio", &files, &Options::default()).unwrap();
    let texts = [("Ada met Bo.", span(8, 10)), ("Ada", span(0, 3))];
    let expected = texts.map(|(text, at)| (text.to_owned(), vec![(at, "x".to_owned())]));
    assert_eq!(content(&read.entries), expected);
    assert_eq!(read.entries[0].document.title.as_deref(), Some("Ada"));
    assert_eq!(
        read.findings[0].why,
        "Its text \"title\" has labels too; it is a document of its own now."
    );
}

#[test]
fn fields_that_are_called_as_ours_are_kept_beside_them() {
    for json in [
        r#"[{"text":"One two","id":1,"source":"BBC","metadata":{"state":"skipped"},"label":[{"start":0,"end":3,"text":"One","labels":["x"]}],"annotation_id":5}]"#,
        r#"[{"id":9,"data":{"text":"One two","id":1,"source":"BBC","metadata":{"state":"skipped"}},"annotations":[{"result":[{"value":{"start":0,"end":3,"labels":["x"]}}]}]}]"#,
        r#"{"id":4,"result":[{"value":{"start":0,"end":3,"labels":["x"]}}],"task":{"data":{"text":"One two","id":1,"source":"BBC","metadata":{"state":"skipped"}}}}"#,
    ] {
        let (read, said) = read_as("label-studio", json);
        assert_eq!(said, []);
        let options = Options::default();
        let (files, _) = write_entries("json", read.header, read.entries, &options).unwrap();
        let back = dataset("json", &files, &options).unwrap();
        let entry = &back.entries[0];
        assert_eq!(
            (entry.annotations.len(), &entry.state),
            (1, &DocumentState::Done)
        );
        assert_eq!(
            entry.extra["imported"],
            serde_json::json!({"id": 1, "source": "BBC", "metadata": {"state": "skipped"}}),
            "{json}"
        );
    }
}
