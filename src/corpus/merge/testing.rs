//! Datasets for the tests of corpora.

use crate::annotation::{Annotation, Id, Origin};
use crate::document::{Document, Source};
use crate::edit::DocumentState;
use crate::format::exchange::{Entry, Header};
use crate::text::{Span, Text};
use serde_json::Map;
use std::sync::Arc;

/// Id, start, end, label, creator.
pub type Tag = (&'static str, u32, u32, &'static str, Option<&'static str>);

/// A document that is done.
pub fn entry(id: &str, text: &str, tags: &[Tag]) -> Entry {
    let annotations = tags
        .iter()
        .map(|&(id, start, end, label, creator)| Annotation {
            id: Id::from(id),
            span: Span::new(start, end).unwrap(),
            label: label.into(),
            note: None,
            later: None,
            origin: Arc::new(Origin {
                creator: creator.map(str::to_owned),
                ..Origin::default()
            }),
            modified: None,
        });
    Entry {
        document: Document {
            id: id.to_owned(),
            title: None,
            source: Source::default(),
            media_type: "text/plain".to_owned(),
            language: None,
            text: Text::new(text.to_owned()).unwrap(),
            blocks: Vec::new(),
        },
        state: DocumentState::Done,
        annotations: annotations.collect(),
        extra: Map::new(),
    }
}

/// A header with those labels.
pub fn header(labels: &[&str]) -> Header {
    let mut header = Header::default();
    labels.iter().for_each(|label| header.use_label(label));
    header
}
