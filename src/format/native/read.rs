//! Reading a file: refused whole if malformed, otherwise taken record by record.

use super::parts::{creators, document, labels, string, take};
use super::record::{Documents, Fields, ReadAnnotation};
use super::{
    FORMAT, Kept, Kind, MAJOR, OFFSET_UNIT, ReadError, Reason, Rejected, Remark, Warning, What,
};
use crate::annotation::{Id, Label};
use crate::document::Document;
use crate::edit::DocumentState;
use crate::format::anchor::Anchor;
use crate::format::exchange::Names;
use crate::format::is_utc_time;
use crate::format::mend::mend;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Its documents, with their annotations.
    pub documents: Vec<ReadDocument>,
    /// Its labels. If there is any, a label set can be made of them.
    pub labels: Vec<Label>,
    /// What the next export has to say again.
    pub kept: Kept,
    /// When the file was written: RFC 3339 in UTC.
    pub modified: Option<String>,
    /// The records that were left out.
    pub rejected: Vec<Rejected>,
    /// What there is to say of records that were taken in.
    pub remarks: Vec<Remark>,
    /// What there is to say of the file as a whole.
    pub warnings: Vec<Warning>,
}

/// A document of a file.
#[derive(Clone, Debug)]
pub struct ReadDocument {
    /// The document. It has no blocks if the file states none.
    pub document: Document,
    /// How far the work on it has come.
    pub state: DocumentState,
    /// Its annotations, in the order of the file.
    pub annotations: Vec<ReadAnnotation>,
}

/// Reads our JSON.
///
/// Each annotation that is returned covers, in its document's text, the words that it quotes.
///
/// # Errors
/// A file that is malformed, of another kind, of another major version, or without a document.
pub fn read(json: &str) -> Result<Dataset, ReadError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if json.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mended = mend(json);
    let value: Value =
        serde_json::from_str(&mended.json).map_err(|error| match Kind::of_text(json) {
            Some(kind) => ReadError::NotOurs(kind),
            None => ReadError::from(&error),
        })?;
    let mut file = head(value)?;
    let mut warnings = Vec::new();
    if mended.surrogates > 0 {
        warnings.push(Warning::Surrogates(mended.surrogates));
    }
    if mended.numbers > 0 {
        warnings.push(Warning::Numbers(mended.numbers));
    }

    let records = list(&mut file, "annotations")?.ok_or(ReadError::NoList("annotations"))?;
    let documents = list(&mut file, "documents")?.ok_or(ReadError::NoList("documents"))?;
    let labels = labels(
        list(&mut file, "labels")?.unwrap_or_default(),
        &mut warnings,
    );
    let creators = creators(
        list(&mut file, "creators")?.unwrap_or_default(),
        &mut warnings,
    );
    let time = |value| string(value).filter(|time| is_utc_time(time));
    let created = take(&mut file, "created", time, |_| {
        warnings.push(Warning::BadCreated);
    });
    let modified = file.shift_remove("modified").and_then(time);
    file.shift_remove("generator");

    let documents = read_documents(documents, &mut warnings)?;
    let records = Records::new(documents).read(records);
    let mut dataset = Dataset {
        documents: Vec::new(),
        labels,
        kept: Kept {
            created,
            creators,
            extra: file,
            ..Kept::default()
        },
        modified,
        rejected: records.rejected,
        remarks: records.remarks,
        warnings,
    };
    let parts = records.documents.parts.into_iter();
    for (part, annotations) in parts.zip(records.annotations) {
        if !part.extra.is_empty() {
            let id = part.document.id.clone();
            dataset.kept.documents.insert(id, part.extra);
        }
        dataset.documents.push(ReadDocument {
            document: part.document,
            state: part.state,
            annotations,
        });
    }
    Ok(dataset)
}

/// The fields of a file that is ours, of a version that we read.
fn head(value: Value) -> Result<Map<String, Value>, ReadError> {
    let kind = Kind::of_json(&value);
    let mut file = match value {
        Value::Object(file) if file.get("format").is_some_and(|format| format == FORMAT) => file,
        _ => return Err(ReadError::NotOurs(kind)),
    };
    file.shift_remove("format");
    let version = written(file.shift_remove("version"));
    let mut numbers = version.split('.').map(str::parse::<u32>);
    match (
        numbers.next(),
        numbers.next(),
        numbers.next(),
        numbers.next(),
    ) {
        (Some(Ok(MAJOR)), Some(Ok(_)), Some(Ok(_)), None) => {}
        (Some(Ok(major)), _, _, _) if major > MAJOR => return Err(ReadError::Newer(version)),
        (Some(Ok(major)), Some(Ok(_)), Some(Ok(_)), None) if major < MAJOR => {
            return Err(ReadError::Older(version));
        }
        _ => return Err(ReadError::BadVersion(version)),
    }
    let unit = written(file.shift_remove("offset_unit"));
    if unit != OFFSET_UNIT {
        return Err(ReadError::OffsetUnit(unit));
    }
    Ok(file)
}

/// A string's content, or the JSON of whatever stands in its place.
fn written(value: Option<Value>) -> String {
    match value {
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// Takes a list out; `null` counts as absent.
fn list(
    file: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<Vec<Value>>, ReadError> {
    match file.shift_remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list)),
        Some(_) => Err(ReadError::NoList(field)),
    }
}

fn read_documents(list: Vec<Value>, warnings: &mut Vec<Warning>) -> Result<Documents, ReadError> {
    let mut documents = Documents {
        parts: Vec::new(),
        by_id: HashMap::new(),
    };
    let mut names = Names::default();
    for (index, value) in list.into_iter().enumerate() {
        let Some(mut part) = document(value, index, warnings) else {
            continue;
        };
        let id = part.document.id.clone();
        if let Some(first) = documents.by_id.get(&id) {
            let first = documents.parts.get(*first);
            if first
                .is_some_and(|first| first.document.text.as_str() == part.document.text.as_str())
            {
                warnings.push(Warning::DocumentTwice(id));
                continue;
            }
        }
        let name = names.give(&id);
        if name != id {
            warnings.push(Warning::DocumentRenamed(index, id, name.clone()));
            part.document.id.clone_from(&name);
        }
        let id = name;
        documents.by_id.insert(id, documents.parts.len());
        documents.parts.push(part);
    }
    match documents.parts.is_empty() {
        true => Err(ReadError::NoDocuments),
        false => Ok(documents),
    }
}

/// The annotations of a file while they are read.
struct Records {
    documents: Documents,
    anchor: Anchor,
    /// For each document.
    annotations: Vec<Vec<ReadAnnotation>>,
    /// Document and place of each id that was met.
    met: HashMap<Id, (usize, usize)>,
    rejected: Vec<Rejected>,
    remarks: Vec<Remark>,
}

impl Records {
    fn new(documents: Documents) -> Records {
        Records {
            annotations: documents.parts.iter().map(|_| Vec::new()).collect(),
            documents,
            anchor: Anchor::default(),
            met: HashMap::new(),
            rejected: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn read(mut self, list: Vec<Value>) -> Records {
        for (index, value) in list.into_iter().enumerate() {
            let Some(fields) = Fields::of(value) else {
                self.rejected.push(Rejected {
                    index,
                    id: None,
                    why: Reason::NotAnObject,
                });
                continue;
            };
            let id = fields.id.clone();
            let mut said = Vec::new();
            match fields.read(index, &self.documents, &mut self.anchor, |what| {
                said.push(what)
            }) {
                Err(why) => self.rejected.push(Rejected { index, id, why }),
                Ok((document, annotation)) => {
                    said.extend(self.add(document, annotation));
                    self.remarks.extend(said.into_iter().map(|what| Remark {
                        index,
                        id: id.clone(),
                        what,
                    }));
                }
            }
        }
        self
    }

    /// Adds an annotation, unless it repeats another one.
    fn add(&mut self, document: usize, mut annotation: ReadAnnotation) -> Option<What> {
        let of_document = self.annotations.get_mut(document)?;
        let mut remark = None;
        if let Some(id) = &annotation.id {
            match self.met.get(id) {
                Some((other, at)) => {
                    let first = (*other == document).then(|| of_document.get(*at)).flatten();
                    if first.is_some_and(|first| first.agrees(&annotation)) {
                        return Some(What::Repeated);
                    }
                    annotation.id = None;
                    remark = Some(What::IdTaken);
                }
                None => {
                    self.met.insert(id.clone(), (document, of_document.len()));
                }
            }
        }
        of_document.push(annotation);
        remark
    }
}
