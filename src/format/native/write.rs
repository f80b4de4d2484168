//! Writing a file: ASCII alone, a line for each annotation, and checked before it is handed out.

use super::layout::lay_out;
use super::parts::is_label;
use super::verify::verify;
use super::{ExportError, Kept, Problem};
use crate::annotation::{Annotation, Label, LabelSet, Quote, describe};
use crate::document::Document;
use crate::edit::{DocumentState, State};
use std::collections::HashSet;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Export<'a> {
    /// The documents with what is kept of each, in the order of the file.
    pub documents: Vec<(&'a Document, &'a State)>,
    /// The labels, in the order of the file; labels in use beyond them come behind.
    pub labels: &'a LabelSet,
    /// Who exports.
    pub creator: Option<&'a str>,
    /// The time: RFC 3339 in UTC.
    pub now: &'a str,
    /// What imported files said besides.
    pub kept: &'a Kept,
}

/// A file, and what to say of it before it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Its content, in ASCII.
    pub json: String,
    /// Annotations that could not be written as they are.
    pub problems: Vec<Problem>,
}

/// Writes our JSON.
///
/// The same content gives the same bytes: documents in the order given, their annotations in
/// document order. Before the file is returned it is read back, and each annotation's words are
/// compared with the text at its position, counted in code points. Linear in the length of the file.
///
/// # Errors
/// No document, two documents of one id, or a file that doesn't check out.
pub fn write(export: &Export) -> Result<Exported, ExportError> {
    let parts = export.documents.iter().map(|(document, state)| Part {
        document,
        state: state.document_state(),
        annotations: state.annotations().collect(),
    });
    write_contents(&Contents {
        parts: parts.collect(),
        labels: export.labels.as_slice(),
        creator: export.creator,
        created: export.kept.created.as_deref().or(Some(export.now)),
        modified: Some(export.now),
        kept: export.kept,
    })
}

/// A document that is to be written.
pub struct Part<'a> {
    pub document: &'a Document,
    pub state: DocumentState,
    /// In document order.
    pub annotations: Vec<Annotation>,
}

/// A file as it is to be written.
pub struct Contents<'a> {
    pub parts: Vec<Part<'a>>,
    pub labels: &'a [Label],
    pub creator: Option<&'a str>,
    pub created: Option<&'a str>,
    pub modified: Option<&'a str>,
    pub kept: &'a Kept,
}

/// As [`write`], whatever the content comes from.
pub fn write_contents(contents: &Contents) -> Result<Exported, ExportError> {
    if contents.parts.is_empty() {
        return Err(ExportError::NoDocuments);
    }
    let mut ids = HashSet::new();
    for part in &contents.parts {
        if !ids.insert(&part.document.id) {
            return Err(ExportError::DocumentTwice(part.document.id.clone()));
        }
    }
    let (records, problems) = records(contents);
    let written =
        lay_out(contents, &records).map_err(|e| ExportError::Unreadable(e.to_string()))?;
    let json = String::from_utf8(written).map_err(|e| ExportError::Unreadable(e.to_string()))?;
    let documents: Vec<&Document> = contents.parts.iter().map(|part| part.document).collect();
    verify(&json, &documents, records.len())?;
    Ok(Exported { json, problems })
}

/// An annotation that will be in the file.
pub struct Record<'a> {
    /// Its id in the file.
    pub id: String,
    /// The id of its document.
    pub document: &'a str,
    /// The words that it covers.
    pub quote: Quote,
    /// The rest of it.
    pub annotation: Annotation,
}

fn records<'a>(contents: &Contents<'a>) -> (Vec<Record<'a>>, Vec<Problem>) {
    let mut records = Vec::new();
    let mut problems = Vec::new();
    let mut ids: HashSet<String> = HashSet::new();
    for Part {
        document,
        annotations,
        ..
    } in &contents.parts
    {
        for annotation in annotations.iter().cloned() {
            let name = || document.id.clone();
            let mut id = annotation.id.to_string();
            let Some(quote) = describe(&document.text, annotation.span) else {
                problems.push(Problem::BeyondText {
                    document: name(),
                    id,
                    span: annotation.span,
                });
                continue;
            };
            if !is_label(&annotation.label) {
                problems.push(Problem::BadLabel {
                    document: name(),
                    id,
                    label: annotation.label.to_string(),
                });
                continue;
            }
            if ids.contains(&id) {
                let written = free(&id, &ids);
                problems.push(Problem::IdTaken {
                    document: name(),
                    id,
                    written: written.clone(),
                });
                id = written;
            }
            ids.insert(id.clone());
            records.push(Record {
                id,
                document: &document.id,
                quote,
                annotation,
            });
        }
    }
    (records, problems)
}

fn free(id: &str, taken: &HashSet<String>) -> String {
    let mut count = 2;
    loop {
        let name = format!("{id}-{count}");
        if !taken.contains(&name) {
            return name;
        }
        count += 1;
    }
}
