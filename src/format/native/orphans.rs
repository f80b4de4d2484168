//! Annotations that are not found in a document's text: out with its metadata, and back.
//!
//! The list of annotations has none of them, since they have no position in this text. They stand in
//! `metadata.orphans` of their document, each with the place and the words that it had in a former
//! text, which is named by the beginning of its hash.

use super::parts::{is_label, object};
use crate::annotation::{ATTRIBUTES, FORMER_QUOTE, Id, Method, Origin, Quote};
use crate::edit::{Orphan, State, TextSpan, Value as Field, Write};
use crate::json::{Fields, Read};
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The field of a document's metadata.
pub const FIELD: &str = "orphans";

/// Those of a state, and the ones of `kept`, an imported file's metadata, that it doesn't know.
pub fn write(state: &State, kept: Option<&Value>) -> Vec<Value> {
    let foreign = kept.and_then(Value::as_array).into_iter().flatten();
    let foreign = foreign.filter(|value| {
        let id = value.get("id").and_then(Value::as_str);
        id.is_none_or(|id| !state.knows(id))
    });
    let ours = state.orphans();
    ours.iter().map(write_one).chain(foreign.cloned()).collect()
}

fn write_one(orphan: &Orphan) -> Value {
    let origin = &orphan.origin;
    let mut fields = origin.extra.clone();
    fields.shift_remove(FORMER_QUOTE);
    if orphan.later.is_some() {
        let attributes = orphan.attributes();
        fields.insert(ATTRIBUTES.to_owned(), Value::Object(attributes));
    }
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    set("id", Some(orphan.id.as_str().into()));
    set("label", Some((*orphan.label).into()));
    let (start, end) = (orphan.at.span.start(), orphan.at.span.end());
    set(
        "former_position",
        Some(json!({ "text": &*orphan.at.text, "start": start, "end": end })),
    );
    let quote = orphan.quote.as_ref().map(Quote::to_json);
    set("former_quote", quote);
    set("note", orphan.note.as_deref().map(Value::from));
    set("created", text(&origin.created));
    set("modified", orphan.modified.as_deref().map(Value::from));
    set("creator", text(&origin.creator));
    set(
        "provenance",
        Some(json!({ "method": origin.method.name() })),
    );
    Value::Object(fields)
}

/// Takes the orphans out of what a file says of a document besides, and gives the writes that bring
/// those in whose ids the state doesn't know. They count in their former text, so that they are
/// found where that is known.
pub fn take(extra: &mut Map<String, Value>, state: &State) -> Vec<Write> {
    let metadata = extra.get_mut("metadata").and_then(Value::as_object_mut);
    let list = metadata.and_then(|metadata| metadata.shift_remove(FIELD));
    let Some(Value::Array(list)) = list else {
        return Vec::new();
    };
    let mut writes = Vec::new();
    let mut met: Vec<Id> = Vec::new();
    for (id, values) in list.into_iter().filter_map(read_one) {
        if !state.knows(id.as_str()) && !met.contains(&id) {
            writes.extend(values.map(|value| Write::annotation(&id, value)));
            met.push(id);
        }
    }
    writes
}

fn read_one(value: Value) -> Option<(Id, [Field; 5])> {
    let mut map = object(value)?;
    let mut text = |name: &str| map.shift_remove(name).and_then(String::read);
    let (id, label, note) = (text("id")?, text("label")?, text("note"));
    let (created, modified, creator) = (text("created"), text("modified"), text("creator"));
    if id.is_empty() || !is_label(&label) {
        return None;
    }
    let mut position = Fields::read(map.shift_remove("former_position")?)?;
    let (start, end) = (position.need("start").ok()?, position.need("end").ok()?);
    let at = TextSpan {
        span: Span::new(start, end)?,
        text: position.need("text").ok()?,
    };
    let provenance = map.shift_remove("provenance").and_then(object);
    let method = provenance.and_then(|mut fields| fields.shift_remove("method"));
    let origin = Origin {
        created,
        creator,
        modified,
        method: method.and_then(Method::read).unwrap_or(Method::Imported),
        // The words stay with it, for who doesn't have the former text.
        extra: map,
    };
    Some((
        Id::from(id.as_str()),
        [
            Field::Exists(true),
            Field::SpanIn(at),
            Field::Label(label.into()),
            Field::Note(note.map(Arc::from)),
            Field::Origin(Arc::new(origin)),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::LabelSet;
    use crate::document::sha256_hex;
    use crate::edit::{Kind, Transaction, Writer};
    use crate::format::native::{Export, Kept, read, write as export};
    use crate::format::testing::{NOW, document, span, tag};
    use std::rc::Rc;

    const FORMER: &str = "The wall stands by spring, the council said on Monday.";
    const LATER: &str = "Nothing of what was said on Monday is true.";

    fn hash(text: &str) -> Arc<str> {
        sha256_hex(text)[..16].into()
    }

    fn open(text: &str) -> State {
        let mut state = State::default();
        retext(&mut state, text);
        state
    }

    fn retext(state: &mut State, text: &str) {
        state.open_text(hash(text), Rc::new(document("d", text)));
    }

    fn commit(state: &mut State, text: &str, writes: Vec<Write>) {
        state.apply(&Transaction {
            stamp: state.next_stamp(Writer(1)),
            at: NOW.into(),
            text: hash(text),
            kind: Kind::Edit,
            writes,
        });
    }

    fn exported(state: &State, kept: &Kept) -> Value {
        let written = export(&Export {
            documents: vec![(&document("d", LATER), state)],
            labels: &LabelSet::default(),
            creator: None,
            now: NOW,
            kept,
        });
        let json = written.unwrap().json;
        read(&json).expect("it is read");
        serde_json::from_str(&json).unwrap()
    }

    fn with_an_orphan() -> State {
        let mut state = open(FORMER);
        let mut writes = tag("a", span(0, 25), "claim");
        let note = Field::Note(Some("who?".into()));
        writes.push(Write::annotation(&"a".into(), note));
        commit(&mut state, FORMER, writes);
        retext(&mut state, LATER);
        state
    }

    /// Takes a file's orphans into a state.
    fn taken(file: &Value) -> (State, Kept) {
        let mut kept = read(&file.to_string()).unwrap().kept;
        let mut state = open(LATER);
        let writes = take(kept.documents.get_mut("d").unwrap(), &state);
        commit(&mut state, LATER, writes);
        (state, kept)
    }

    #[test]
    fn they_stand_with_the_documents_metadata_and_come_back() {
        let file = exported(&with_an_orphan(), &Kept::default());
        assert_eq!(file["annotations"], json!([]));
        assert_eq!(
            file["documents"][0]["metadata"]["orphans"],
            json!([{
                "id": "a",
                "label": "claim",
                "former_position": { "text": "fa4ebf7963ed65d3", "start": 0, "end": 25 },
                "former_quote": {
                    "exact": "The wall stands by spring",
                    "prefix": "",
                    "suffix": ", the council said on Monday.",
                },
                "note": "who?",
                "created": NOW,
                "creator": "Ada",
                "provenance": { "method": "manual" },
            }])
        );
        let (state, kept) = taken(&file);
        let orphan = state.orphan("a").unwrap();
        let words = orphan.quote.as_ref().map(|quote| quote.exact.as_str());
        assert_eq!(words, Some("The wall stands by spring"));
        assert_eq!(orphan.note.as_deref(), Some("who?"));
        assert_eq!(exported(&state, &kept)["documents"], file["documents"]);
    }

    #[test]
    fn with_the_former_text_they_are_annotations_again() {
        let file = exported(&with_an_orphan(), &Kept::default());
        let (mut state, _) = taken(&file);
        retext(&mut state, FORMER);
        let found: Vec<Span> = state.annotations().map(|a| a.span).collect();
        assert_eq!(found, [span(0, 25)]);
    }

    #[test]
    fn a_second_time_adds_nothing_and_what_nobody_took_in_is_written_again() {
        let file = exported(&with_an_orphan(), &Kept::default());
        let kept = read(&file.to_string()).unwrap().kept;
        let mut extra = kept.documents["d"].clone();
        assert_eq!(take(&mut extra, &with_an_orphan()), []);
        assert_eq!(
            exported(&open(LATER), &kept)["documents"],
            file["documents"]
        );
    }

    #[test]
    fn what_is_no_orphan_is_left_out() {
        let position = |start, end| json!({ "text": "0", "start": start, "end": end });
        for value in [
            json!({}),
            json!("orphans"),
            json!({ "id": "a", "label": "no label", "former_position": position(0, 1) }),
            json!({ "id": "a", "label": "claim", "former_position": position(1, 1) }),
            json!({ "id": "", "label": "claim", "former_position": position(0, 1) }),
            json!({ "id": "a", "label": "claim" }),
        ] {
            let mut extra = Map::new();
            extra.insert("metadata".into(), json!({ "orphans": [value] }));
            assert_eq!(take(&mut extra, &State::default()), []);
        }
    }
}
