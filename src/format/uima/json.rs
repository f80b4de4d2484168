//! Writing a CAS as JSON: what XML can't hold is no trouble here.

use super::layout::Layout;
use super::{ANNOTATION, DOCUMENT, ENTITY, NO_LANGUAGE, SENTENCE, SOFA, TOKEN, VIEW, holds};
use crate::annotation::in_words;
use crate::format::ascii::append;
use crate::format::attributes::writable;
use crate::format::exchange::{
    Entry, Header, Loss, Names, Options, Out, WriteError, Writer, file_stem,
};
use crate::format::losses::{lose_labels, lose_rest};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Writes a file for each document.
pub struct UimaJsonWriter {
    names: Names,
}

impl UimaJsonWriter {
    /// Names the files by the ids of the documents.
    pub fn new(_: &Options) -> UimaJsonWriter {
        UimaJsonWriter {
            names: Names::default(),
        }
    }
}

/// The feature structures of a file, a line each.
struct Structures {
    out: Vec<u8>,
    count: u32,
}

impl Structures {
    fn add(&mut self, kind: &str, fields: Value) -> Result<(), WriteError> {
        self.count += 1;
        let mut all = Map::new();
        all.insert("%ID".into(), self.count.into());
        all.insert("%TYPE".into(), kind.into());
        if let Value::Object(fields) = fields {
            all.extend(fields);
        }
        let before: &[u8] = if self.count == 1 { b"\n  " } else { b",\n  " };
        self.out.extend_from_slice(before);
        Ok(append(&mut self.out, &all)?)
    }

    fn place(&mut self, kind: &str, (begin, end): (u32, u32)) -> Result<(), WriteError> {
        self.add(kind, json!({ "@sofa": 1, "begin": begin, "end": end }))
    }
}

impl Writer for UimaJsonWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let document = &entry.document;
        let text = document.text.as_str();
        let layout = Layout::of(entry, text, out)?;
        let name = self.names.give(&file_stem(&document.id));

        let mut structures = Structures {
            out: b"{\n \"%TYPES\": ".to_vec(),
            count: 0,
        };
        let mut features = BTreeSet::new();
        let mut annotations = Vec::new();
        for (begin, end, annotation) in layout.annotations {
            let said = writable(entry, annotation, out, holds)?;
            features.extend(said.keys().cloned());
            annotations.push((begin, end, annotation, said));
        }
        append(&mut structures.out, &types(&features))?;
        structures
            .out
            .extend_from_slice(b",\n \"%FEATURE_STRUCTURES\": [");
        structures.add(
            SOFA,
            json!({ "sofaNum": 1, "sofaID": VIEW, "mimeType": "text", "sofaString": text }),
        )?;
        structures.add(
            DOCUMENT,
            json!({
                "@sofa": 1,
                "begin": 0,
                "end": document.text.length().utf16_code_units,
                "language": document.language.as_deref().unwrap_or(NO_LANGUAGE),
            }),
        )?;
        for place in layout.sentences {
            structures.place(SENTENCE, place)?;
        }
        for place in layout.tokens {
            structures.place(TOKEN, place)?;
        }
        for (begin, end, annotation, said) in annotations {
            let mut fields =
                json!({ "@sofa": 1, "begin": begin, "end": end, "value": &*annotation.label });
            if let Some(fields) = fields.as_object_mut() {
                let said = said.into_iter();
                fields.extend(said.map(|(id, value)| (id, in_words(&value).into())));
            }
            structures.add(ENTITY, fields)?;
        }
        let members: Vec<u32> = (2..=structures.count).collect();
        let views = json!({ VIEW: { "%SOFA": 1, "%MEMBERS": members } });
        let mut file = structures.out;
        file.extend_from_slice(b"\n ],\n \"%VIEWS\": ");
        append(&mut file, &views)?;
        file.extend_from_slice(b"\n}\n");
        out.append(&format!("{name}.json"), &file)?;
        lose_rest(entry, &[Loss::Attributes, Loss::About], out)?;
        lose_about(entry, out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

/// Of what is said about a document, only its language is in a CAS.
pub fn lose_about(entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
    let document = &entry.document;
    match document.title.is_some() || document.source.uri.is_some() {
        true => out.lose(Loss::About, entry, None),
        false => Ok(()),
    }
}

fn types(features: &BTreeSet<String>) -> Value {
    let string = |name: &str| json!({ "%NAME": name, "%RANGE": "uima.cas.String" });
    let mut types = json!({
        SENTENCE: { "%NAME": SENTENCE, "%SUPER_TYPE": ANNOTATION },
        TOKEN: { "%NAME": TOKEN, "%SUPER_TYPE": ANNOTATION },
        ENTITY: {
            "%NAME": ENTITY,
            "%SUPER_TYPE": ANNOTATION,
            "value": string("value"),
            "identifier": string("identifier"),
        },
    });
    if let Some(entity) = types.get_mut(ENTITY).and_then(Value::as_object_mut) {
        entity.extend(features.iter().map(|name| (name.clone(), string(name))));
    }
    types
}
