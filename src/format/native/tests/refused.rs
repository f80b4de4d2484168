//! Files that are damaged or foreign, and refused whole.

use super::{file, record};
use crate::format::native::read;
use serde_json::json;

#[test]
fn a_malformed_file_is_refused_whole() {
    let truncated = file(&record(json!({})));
    let truncated = &truncated[..truncated.len() - 40];
    let breaks_off = format!(
        "The file breaks off at line 1, column {}; it is not complete.",
        truncated.len()
    );
    let head =
        r#""format":"span-annotations","version":"1.0.0","offset_unit":"unicode_code_point""#;
    for (file, sentence) in [
        ("", "The file is empty."),
        (" \n", "The file is empty."),
        (
            "[".repeat(100_000).as_str(),
            "The file is nested more than 127 deep at line 1, column 128.",
        ),
        (
            r#"{"a":"#.repeat(100_000).as_str(),
            "The file is nested more than 127 deep at line 1, column 636.",
        ),
        (truncated, &breaks_off),
        (
            "{'format':'annotations',/*x*/\"version\":NaN}",
            "The file is not JSON: key must be a string at line 1, column 2.",
        ),
        (
            "{\n\"a\": NaN}",
            "The file is not JSON: expected value at line 2, column 6.",
        ),
        (
            "null",
            "The file is JSON, but not annotations: its \"format\" is not \"span-annotations\".",
        ),
        (
            "1e5",
            "The file is JSON, but not annotations: its \"format\" is not \"span-annotations\".",
        ),
        (
            r#"{"format":"annotations","text":"Hello"}"#,
            "The file is JSON, but not annotations: its \"format\" is not \"span-annotations\".",
        ),
        (
            r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":{"selector":[{"type":"TextPositionSelector","start":null,"end":null}]}}"#,
            "The file looks like a W3C Web Annotation, not like annotations in our JSON.",
        ),
        (
            r#"[{"data":{"text":"a"},"annotations":[]}]"#,
            "The file looks like an export of Label Studio, not like annotations in our JSON.",
        ),
        (
            r#"{"text":"a","denotations":[]}"#,
            "The file looks like PubAnnotation JSON, not like annotations in our JSON.",
        ),
        (
            r#"{"%TYPES":{}}"#,
            "The file looks like a UIMA CAS, not like annotations in our JSON.",
        ),
        (
            r#"{"annotation_sets":{},"text":"a"}"#,
            "The file looks like a GATE document, not like annotations in our JSON.",
        ),
        (
            r#"{"text":"a","ents":[]}"#,
            "The file looks like JSON of spaCy or Prodigy, not like annotations in our JSON.",
        ),
        (
            "{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
            "The file looks like JSON Lines, not like annotations in our JSON.",
        ),
        (
            "<!doctype html>",
            "The file looks like HTML or XML, not like annotations in our JSON.",
        ),
        (
            "PK\u{3}\u{4}\0\0",
            "The file looks like a zip archive, not like annotations in our JSON.",
        ),
        (
            r#"{"format":"span-annotations","version":"999.0.0"}"#,
            "The file is of version 999.0.0, which a newer program wrote; this one reads versions 1.x.",
        ),
        (
            r#"{"format":"span-annotations","version":"0.9.0"}"#,
            "The file is of version 0.9.0; this program reads versions 1.x.",
        ),
        (
            r#"{"format":"span-annotations","version":1}"#,
            "The file's \"version\" must be of the form 1.0.0, and is \"1\".",
        ),
        (
            r#"{"format":"span-annotations","version":"1.0.0","offset_unit":"utf16"}"#,
            "The file's \"offset_unit\" must be \"unicode_code_point\", and is \"utf16\".",
        ),
        (
            &format!(r#"{{{head},"documents":[]}}"#),
            "The file's \"annotations\" must be a list.",
        ),
        (
            &format!(r#"{{{head},"annotations":[],"documents":{{}}}}"#),
            "The file's \"documents\" must be a list.",
        ),
        (
            &format!(r#"{{{head},"annotations":[],"documents":[{{"id":"d"}}]}}"#),
            "The file holds no document that can be used.",
        ),
    ] {
        let error = read(file).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(sentence), "{file:.300}");
    }
}
