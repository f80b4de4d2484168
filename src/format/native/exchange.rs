//! Our JSON as one of the formats: what it says of a whole dataset stands before and behind the
//! documents, so it is read and written as a whole.

use super::write::{Contents, Part, write_contents};
use super::{Kept, Problem, ReadAnnotation, ReadDocument};
use crate::annotation::Annotation;
use crate::format::exchange::{
    At, Entry, Finding, Header, Input, Loss, Options, Out, Reader, Receive, Refusal, Why,
    WriteError, Writer, derived_id, read_text,
};
use std::collections::HashMap;
use std::sync::Arc;

/// Writes our JSON.
pub struct NativeWriter {
    file: String,
    entries: Vec<Entry>,
}

impl NativeWriter {
    /// Into the file that the options name.
    pub fn new(options: &Options) -> NativeWriter {
        NativeWriter {
            file: format!("{}.annotations.json", options.stem),
            entries: Vec::new(),
        }
    }
}

impl Writer for NativeWriter {
    fn entry(&mut self, entry: &Entry, _: &mut Out) -> Result<(), WriteError> {
        self.entries.push(entry.clone());
        Ok(())
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        let mut kept = Kept {
            created: header.created.clone(),
            creators: header.creators.clone(),
            extra: header.extra.clone(),
            ..Kept::default()
        };
        for entry in &self.entries {
            if !entry.extra.is_empty() {
                let id = entry.document.id.clone();
                kept.documents.insert(id, entry.extra.clone());
            }
        }
        let parts = self.entries.iter().map(|entry| Part {
            document: &entry.document,
            state: entry.state.clone(),
            annotations: entry.annotations.clone(),
            lost: None,
        });
        let exported = write_contents(&Contents {
            parts: parts.collect(),
            labels: &header.labels,
            creator: None,
            created: header.created.as_deref(),
            modified: header.modified.as_deref(),
            kept: &kept,
        })
        .map_err(WriteError::Native)?;
        for entry in &self.entries {
            out.hold_all(entry);
        }
        for problem in &exported.problems {
            if let Problem::IdTaken { document, .. } = problem {
                out.lose_many(Loss::IdChanged, 1, document, None)?;
            }
        }
        out.append(&self.file, exported.json.as_bytes())
    }
}

/// Reads our JSON.
pub struct NativeReader;

impl Reader for NativeReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let json = read_text(input.content, input.name)?;
        let file = input.name;
        let dataset = super::read(&json).map_err(|e| Why::Native(e).at(file, At::File))?;
        let mut kept = dataset.kept;
        into.header(Header {
            labels: dataset.labels,
            creators: std::mem::take(&mut kept.creators),
            created: kept.created.take(),
            modified: dataset.modified,
            extra: std::mem::take(&mut kept.extra),
        });
        let mut find = |at: At, id: Option<String>, left_out: bool, why: String| {
            into.find(Finding {
                file: file.to_owned(),
                at,
                id,
                left_out,
                why,
            });
        };
        for warning in &dataset.warnings {
            find(At::File, None, false, warning.to_string());
        }
        for remark in dataset.remarks {
            let at = At::Record(remark.index + 1);
            find(at, remark.id, false, remark.what.to_string());
        }
        for rejected in dataset.rejected {
            let at = At::Record(rejected.index + 1);
            find(at, rejected.id, true, rejected.why.to_string());
        }
        for read in dataset.documents {
            let extra = kept.documents.remove(&read.document.id);
            let entry = entry_of(read, extra.unwrap_or_default());
            into.entry(entry)
                .map_err(|e| Why::from(e).at(file, At::File))?;
        }
        Ok(())
    }
}

/// A document of a file of ours as an entry; annotations without an id get one.
pub fn entry_of(read: ReadDocument, extra: serde_json::Map<String, serde_json::Value>) -> Entry {
    let mut alike: HashMap<_, usize> = HashMap::new();
    let document = read.document.id.clone();
    let annotations = read.annotations.into_iter().map(|annotation| {
        let ReadAnnotation {
            id,
            span,
            label,
            note,
            origin,
            ..
        } = annotation;
        let nth = alike.entry(span).or_default();
        let id = id.unwrap_or_else(|| derived_id(&document, span, &label, *nth));
        *nth += 1;
        Annotation {
            id,
            span,
            label,
            note,
            later: None,
            modified: origin.modified.as_deref().map(Arc::from),
            origin,
        }
    });
    let annotations = annotations.collect();
    let mut entry = Entry {
        document: read.document,
        state: read.state,
        annotations,
        extra,
    };
    entry.sort();
    entry
}
