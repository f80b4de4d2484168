//! Rows of `datasets`, by example.

use super::*;
use crate::format::detect::detect;
use crate::format::exchange::{Options, ROW, dataset, write_entries};
use crate::format::testing::{check_round_trip, content, entry, file, read_as, refusal, span};

#[test]
fn what_is_written_comes_back() {
    let files = check_round_trip("hf-jsonl");
    let names: Vec<&str> = files.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["dataset.jsonl", "README.md"]);
}

#[test]
fn a_row_has_every_column_in_ascii() {
    let entries = [entry("d", "😀 one", &[("a", 2, 5, "claim")])];
    let options = Options::default();
    let (files, converted) =
        write_entries("hf-jsonl", Header::default(), entries, &options).unwrap();
    let sha = sha256_hex("😀 one");
    assert_eq!(
        String::from_utf8_lossy(&files.files[0].1),
        format!(
            r#"{{"id":"d","text":"\ud83d\ude00 one","sha256":"{sha}","spans":[{{"start":2,"end":5,"label":"claim","text":"one","id":"a","note":"","creator":"Ada","created":"2026-11-24T02:16:00Z"}}],"title":"","url":"","language":"","file_name":"","media_type":"text/plain","state":"open","reason":""}}"#
        ) + "\n"
    );
    assert_eq!(converted.losses.count(Loss::Note), 0);
}

#[test]
fn the_unit_is_found_by_the_words() {
    let file = r#"{"text":"😀 one","spans":[{"start":3,"end":6,"label":"x","text":"one"}]}"#;
    let (read, said) = read_as("hf-jsonl", file);
    assert_eq!(read.entries[0].annotations[0].span, span(2, 5));
    assert_eq!(
        said,
        [(
            false,
            "f, line 1: The offsets count UTF-16 code units: only so do they select the words that the file quotes.".to_owned()
        )]
    );
}

#[test]
fn spans_may_be_called_entities_or_be_written_by_columns() {
    for spans in [
        r#""spans":[],"entities":[{"start":4,"end":7,"label":"x"}]"#,
        r#""spans":{"start":[4],"end":[7],"label":["x"]}"#,
        r#""entities":{"start":[4],"end":[7],"label":["x"]}"#,
    ] {
        let file = format!(r#"{{"text":"One two",{spans}}}"#);
        let (read, said) = read_as("hf-jsonl", &file);
        assert_eq!(said, []);
        let expected = ("One two".to_owned(), vec![(span(4, 7), "x".to_owned())]);
        assert_eq!(content(&read.entries), [expected], "{file}");
    }
    for others in [
        r#"["One"]"#,
        r#"[{"start":"4","end":"7","label":"x"}]"#,
        r#"[{"start":1,"end":2,"label":"x"}],"tokens":["One","two"]"#,
    ] {
        let file = format!(r#"{{"text":"One two","spans":[],"entities":{others}}}"#);
        let (read, said) = read_as("hf-jsonl", &file);
        assert!(read.entries[0].extra["entities"].is_array(), "{file}");
        assert_eq!((read.entries[0].annotations.len(), said), (0, vec![]));
    }
}

#[test]
fn rows_of_a_table_are_no_documents() {
    let part = r#"{"text":"Ada met","label":"news","start":0,"end":11,"spans":[{"start":0,"end":3,"label":"PER"}]}"#;
    let (read, _) = read_as("hf-jsonl", part);
    assert_eq!(read.entries[0].annotations.len(), 1);
    let row = r#"{"doc_id":"a","label":"claim","start":0,"end":2,"text":"Hi"}"#;
    for (name, content) in [("f.json", format!("[{row}]")), ("f.jsonl", row.to_owned())] {
        let files = file(name, content);
        let found = detect(name, &files, &Options::default()).unwrap();
        let refused = dataset(found.id, &files, &Options::default()).unwrap_err();
        assert!(refused.to_string().ends_with(ROW), "{refused}");
    }
}

#[test]
fn columns_of_other_names_and_kinds_are_kept() {
    let file = r#"{"id":7,"text":"One","title":3,"source":"BBC","sha256":"","spans":[{"start":0,"end":3,"label":1,"id":2,"score":0.5,"position":4}]}"#;
    let (read, said) = read_as("hf-jsonl", file);
    let sentence =
        "f, line 1: A label is a number, and what it is called is not in the file; 1 is _1 now.";
    assert_eq!(said, [(false, sentence.to_owned())]);
    let entry = &read.entries[0];
    assert_eq!(entry.document.id, "7");
    assert_eq!(
        Value::from(entry.extra.clone()),
        json!({"title": 3, "imported": {"source": "BBC"}})
    );
    let annotation = &entry.annotations[0];
    assert_eq!((&*annotation.label, annotation.id.as_str()), ("_1", "2"));
    assert_eq!(
        Value::from(annotation.origin.extra.clone()),
        json!({"score": 0.5, "imported": {"position": 4}})
    );
}

#[test]
fn an_array_is_read_like_lines() {
    let (read, said) = read_as(
        "hf-jsonl",
        "\u{feff}[{\"text\":\"One\"},\n{\"text\":\"Two\"}, 7]",
    );
    assert_eq!(read.entries.len(), 2);
    let sentence = "f, record 3: This can't be read: it is no JSON object.";
    assert_eq!(said, [(true, sentence.to_owned())]);
    let (read, _) = read_as("hf-jsonl", "{\n  \"text\": \"One\"\n}\n");
    assert_eq!(read.entries.len(), 1);
    assert_eq!(
        refusal("hf-jsonl", "[{\"text\":\"One\"},"),
        "f, line 1: The file breaks off here; it is not complete."
    );
}

#[test]
fn words_that_stand_nowhere_refuse_the_file_and_are_named() {
    let file = "{\"text\":\"a\"}\n{\"text\":\"one two\",\"spans\":[{\"start\":0,\"end\":3,\"label\":\"x\",\"text\":\"two\"}]}";
    assert_eq!(
        refusal("hf-jsonl", file),
        "f, line 2: The words \"two\" do not stand at 0 to 3, whether that counts code points, UTF-16 code units or bytes."
    );
}

#[test]
fn bad_lines_and_bad_spans_are_left_out_and_named() {
    let file = "\u{feff}{\"text\":\"a\"}\r\n\r\n  \n{\"text\": \"b\"\n{\"text\":\"c\",\"spans\":[{\"start\":1,\"end\":0,\"label\":\"x\"},{\"id\":\"i\",\"start\":-1,\"end\":1,\"label\":\"x\"},{\"start\":0,\"end\":9,\"label\":\"x\"},{\"start\":0,\"end\":1},{\"start\":0,\"end\":1,\"label\":\"Big One\"}]}\n{\"x\":1}\n[]\n";
    let (read, said) = read_as("hf-jsonl", file);
    let said: Vec<&str> = said.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!(
        said,
        [
            "f, line 4: The file breaks off here; it is not complete.",
            "f, line 5: Annotation \"i\" is left out. Its start and end must be two whole numbers.",
            "f, line 5: An annotation is left out. Its end, 0, must be greater than its start, 1.",
            "f, line 5: An annotation is left out. It covers 0 to 9, which is not in the text of 1 code points.",
            "f, line 5: An annotation is left out. It needs a label, of 1 to 200 characters.",
            "f, line 6: It needs a field \"text\" with the text of a document.",
            "f, line 7: This can't be read: it is no JSON object.",
        ]
    );
    let texts: Vec<_> = content(&read.entries);
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[1].1, [(span(0, 1), "Big_One".to_owned())]);
    assert_eq!(read.header.labels[0].name, "Big One");
}

#[test]
fn a_file_that_breaks_off_is_refused() {
    assert_eq!(
        refusal("hf-jsonl", "{\"text\":\"a\"}\n{\"text\":\"b"),
        "f, line 2: The file breaks off here; it is not complete."
    );
    assert_eq!(refusal("hf-jsonl", " \n"), "f: The file is empty.");
    assert_eq!(
        refusal("hf-jsonl", r#"{"text":"a"}{"text":"b"}"#),
        "f, line 1: The file holds no document that can be used. The first reason: This can't be read: it is not JSON: trailing characters at column 13."
    );
}
