//! Files written, read, taken in and written again; and files that mean harm.

mod hostile;
mod refused;
mod round_trip;

use crate::document::sha256_hex;
use serde_json::{Value, json};

/// 13 code points.
const TEXT: &str = "Hello 😀 world";

/// A file of one document, `d`, whose annotations are `annotations` as JSON.
fn file(annotations: &str) -> String {
    format!(
        r#"{{"format":"span-annotations","version":"1.0.0","offset_unit":"unicode_code_point","labels":[],"documents":[{{"id":"d","text":"{TEXT}","sha256":"{}","length":{{"code_points":13}}}}],"annotations":[{annotations}]}}"#,
        sha256_hex(TEXT)
    )
}

/// A record with `Hello` at 0 to 5, and `fields` in place of its own.
fn record(fields: Value) -> String {
    let mut record = json!({
        "id": "a", "document": "d", "label": "claim",
        "position": { "start": 0, "end": 5 }, "quote": { "exact": "Hello", "prefix": "", "suffix": "" },
    });
    for (key, value) in fields.as_object().unwrap() {
        record[key] = value.clone();
    }
    record.to_string()
}
