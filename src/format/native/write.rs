//! Writing a file: ASCII alone, a line for each annotation, and checked before it is handed out.

use super::layout::lay_out;
use super::parts::is_label;
use super::verify::verify;
use super::{ExportError, Kept, Problem};
use crate::annotation::{Annotation, LabelSet, Quote, describe};
use crate::document::Document;
use crate::edit::State;
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
    if export.documents.is_empty() {
        return Err(ExportError::NoDocuments);
    }
    let mut ids = HashSet::new();
    for (document, _) in &export.documents {
        if !ids.insert(&document.id) {
            return Err(ExportError::DocumentTwice(document.id.clone()));
        }
    }
    let (records, problems) = records(export);
    let written = lay_out(export, &records).map_err(|e| ExportError::Unreadable(e.to_string()))?;
    let json = String::from_utf8(written).map_err(|e| ExportError::Unreadable(e.to_string()))?;
    let documents: Vec<&Document> = export.documents.iter().map(|(d, _)| *d).collect();
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

fn records<'a>(export: &Export<'a>) -> (Vec<Record<'a>>, Vec<Problem>) {
    let mut records = Vec::new();
    let mut problems = Vec::new();
    let mut ids: HashSet<String> = HashSet::new();
    for (document, state) in &export.documents {
        for annotation in state.annotations() {
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
