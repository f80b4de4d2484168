//! Putting together what several people made of the same documents.

use super::{Assignment, Note};
use crate::annotation::{Annotation, Id, Label, Origin, said_in_order};
use crate::document::sha256_hex;
use crate::edit::DocumentState;
use crate::format::exchange::{Entry, Header, derived_id};
use crate::order::sorted;
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The field of a document's metadata that says who worked on it: `[{name, state}, …]`.
pub const ANNOTATORS: &str = "annotators";

/// Puts datasets together, one after the other: documents by their text, annotations by who made
/// them. What came first stands, so the order of the files decides on names.
#[derive(Clone, Debug, Default)]
pub struct Merger {
    merged: Merged,
    by_text: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    /// Document and place of each annotation's id.
    annotations: HashMap<Id, (usize, usize)>,
    /// What annotations say, and of which document.
    contents: HashSet<Content>,
    /// For each document, who worked on it and how far they came.
    workers: Vec<Vec<(Option<String>, DocumentState)>>,
    guidelines: Option<String>,
}

/// The place of the document, and span, label, note, attributes and creator.
type Content = (
    usize,
    Span,
    Arc<str>,
    Option<Arc<str>>,
    String,
    Option<String>,
);

/// Datasets that were put together.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// What is said of them as a whole: labels and creators of all. The assignments that the files
    /// state are in its field `assignments`, in the order of the files.
    pub header: Header,
    /// Their documents, each text once, in the order in which they came. The field `annotators` of a
    /// document's metadata says who worked on it. It is done or skipped if it is so for everybody.
    pub entries: Vec<Entry>,
    /// What there is to say.
    pub notes: Vec<Note>,
}

impl Merger {
    /// Takes in a dataset. `file` is what it is called; whatever it holds without a creator is the
    /// work of the annotator whom its assignment names, otherwise of `annotator`, if one is given.
    pub fn add(
        &mut self,
        file: &str,
        annotator: Option<&str>,
        mut header: Header,
        entries: Vec<Entry>,
    ) {
        let assignment = Assignment::take(&mut header);
        let given = assignment.as_ref().map(|a| a.annotator.as_str());
        let annotator = annotator_of(&header, given.or(annotator)).map(str::to_owned);
        if let Some(assignment) = &assignment {
            self.note_assignment(file, assignment, &entries);
        }
        for label in &header.labels {
            let known = self
                .merged
                .header
                .labels
                .iter()
                .find(|known| known.id == label.id);
            if known.is_some_and(|known| {
                let said = |label: &Label| (label.name.clone(), label.description.clone());
                said(known) != said(label) || known.attributes != label.attributes
            }) {
                let note = Note::LabelDiffers(file.to_owned(), label.id.clone());
                self.merged.notes.push(note);
            }
        }
        self.merged.header.merge(header);
        let mut repeated = 0;
        for entry in entries {
            repeated += self.add_entry(file, annotator.as_deref(), entry);
        }
        if repeated > 0 {
            let note = Note::Repeated(file.to_owned(), repeated);
            self.merged.notes.push(note);
        }
    }

    /// All that came.
    pub fn finish(mut self) -> Merged {
        for (entry, workers) in self.merged.entries.iter_mut().zip(self.workers) {
            entry.state = state_of(&workers);
            note_workers(&mut entry.extra, workers);
            entry.sort();
        }
        self.merged
    }

    fn note_assignment(&mut self, file: &str, assignment: &Assignment, entries: &[Entry]) {
        let here = |id: &String| entries.iter().any(|entry| entry.document.id == *id);
        for document in assignment.documents.iter().filter(|id| !here(id)) {
            self.merged.notes.push(Note::Missing(
                file.to_owned(),
                assignment.annotator.clone(),
                document.clone(),
            ));
        }
        if let Some(version) = &assignment.guidelines.version {
            let first = self.guidelines.get_or_insert_with(|| version.clone());
            if first != version {
                let note = Note::Guidelines(file.to_owned(), version.clone(), first.clone());
                self.merged.notes.push(note);
            }
        }
        let extra = &mut self.merged.header.extra;
        let all = extra.entry("assignments").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.push(assignment.to_json());
        }
    }

    /// Takes in a document; returns how many of its annotations were there already.
    fn add_entry(&mut self, file: &str, annotator: Option<&str>, mut entry: Entry) -> usize {
        let annotations = std::mem::take(&mut entry.annotations);
        let earlier = take_workers(&mut entry.extra);
        let workers = match earlier.is_empty() {
            false => earlier,
            true => workers(annotator, &annotations, &entry.state),
        };
        let place = self.place(file, entry);
        if let Some(known) = self.workers.get_mut(place) {
            for (name, state) in workers {
                match known.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) if *known == DocumentState::Open => *known = state,
                    Some(_) => {}
                    None => known.push((name, state)),
                }
            }
        }
        let add = |annotation| usize::from(self.add_annotation(file, annotator, place, annotation));
        annotations.into_iter().map(add).sum()
    }

    /// The place of the document of that text, which is added if it isn't there.
    fn place(&mut self, file: &str, mut entry: Entry) -> usize {
        let text = sha256_hex(entry.document.text.as_str());
        let id = entry.document.id.clone();
        if let Some(place) = self.by_text.get(&text) {
            if let Some(known) = self.merged.entries.get_mut(*place) {
                let stays = &known.document.id;
                if *stays != id {
                    let note = Note::SameText(file.to_owned(), id, stays.clone());
                    self.merged.notes.push(note);
                }
                complete(known, entry);
            }
            return *place;
        }
        if self.by_id.contains_key(&id) {
            // As the page calls a text whose id another text has.
            let now = format!("{id}#text-{}", text.get(..8).unwrap_or_default());
            let note = Note::DocumentRenamed(file.to_owned(), id, now.clone());
            self.merged.notes.push(note);
            entry.document.id = now;
        }
        let place = self.merged.entries.len();
        self.by_text.insert(text, place);
        self.by_id.insert(entry.document.id.clone(), place);
        self.merged.entries.push(entry);
        self.workers.push(Vec::new());
        place
    }

    /// Adds an annotation, unless it is there already; then `true`.
    fn add_annotation(
        &mut self,
        file: &str,
        annotator: Option<&str>,
        place: usize,
        mut annotation: Annotation,
    ) -> bool {
        if let (None, Some(annotator)) = (&annotation.origin.creator, annotator) {
            annotation.origin = Arc::new(Origin {
                creator: Some(annotator.to_owned()),
                ..Origin::clone(&annotation.origin)
            });
        }
        let Some(entry) = self.merged.entries.get_mut(place) else {
            return false;
        };
        let met = self.annotations.get(&annotation.id).copied();
        let same = met.filter(|(document, _)| *document == place);
        if let Some(known) = same.and_then(|(_, at)| entry.annotations.get_mut(at)) {
            if says(known) == says(&annotation) {
                return true;
            }
            if known.origin.creator == annotation.origin.creator {
                let id = annotation.id.to_string();
                if when(known) < when(&annotation) {
                    *known = annotation;
                }
                self.merged.notes.push(Note::Changed(file.to_owned(), id));
                return true;
            }
        }
        // Where files leave ids out, what an annotation says has to tell.
        let content = (
            place,
            annotation.span,
            annotation.label.clone(),
            annotation.note.clone(),
            said_in_order(&annotation.attributes()),
            annotation.origin.creator.clone(),
        );
        if !self.contents.insert(content) {
            return true;
        }
        if met.is_some() {
            let id = annotation.id.to_string();
            let creator = annotation.origin.creator.as_deref().unwrap_or_default();
            let of = format!("{}\n{creator}\n{id}", entry.document.id);
            let mut nth = 0;
            while self.annotations.contains_key(&annotation.id) {
                annotation.id = derived_id(&of, annotation.span, &annotation.label, nth);
                nth += 1;
            }
            let now = annotation.id.to_string();
            self.merged
                .notes
                .push(Note::AnnotationRenamed(file.to_owned(), id, now));
        }
        let at = (place, entry.annotations.len());
        self.annotations.insert(annotation.id.clone(), at);
        entry.annotations.push(annotation);
        false
    }
}

/// Who made a dataset as a whole: who it is said to be of, otherwise the only person that it names.
fn annotator_of<'a>(header: &'a Header, said: Option<&'a str>) -> Option<&'a str> {
    said.or(match header.creators.as_slice() {
        [only] => Some(&only.id),
        _ => None,
    })
}

/// What an annotation says, whoever made it.
fn says(annotation: &Annotation) -> (Span, &str, Option<&str>, Map<String, Value>) {
    (
        annotation.span,
        &annotation.label,
        annotation.note.as_deref(),
        annotation.attributes(),
    )
}

/// When an annotation was last changed, as far as it says so.
fn when(annotation: &Annotation) -> Option<&str> {
    annotation
        .modified
        .as_deref()
        .or(annotation.origin.created.as_deref())
}

/// Adds to a document what another file knows of it besides.
fn complete(known: &mut Entry, other: Entry) {
    let document = &mut known.document;
    document.title = document.title.take().or(other.document.title);
    document.language = document.language.take().or(other.document.language);
    let source = &mut document.source;
    source.uri = source.uri.take().or(other.document.source.uri);
    source.file_name = source.file_name.take().or(other.document.source.file_name);
    if document.blocks.is_empty() {
        document.blocks = other.document.blocks;
    }
    for (field, value) in other.extra {
        known.extra.entry(field).or_insert(value);
    }
}

/// Who worked on a document, if it doesn't say: who its annotations are by, and who it is of.
fn workers(
    annotator: Option<&str>,
    annotations: &[Annotation],
    state: &DocumentState,
) -> Vec<(Option<String>, DocumentState)> {
    let mut names: Vec<Option<String>> = vec![annotator.map(str::to_owned)];
    for annotation in annotations {
        let creator = annotation
            .origin
            .creator
            .clone()
            .or(annotator.map(str::to_owned));
        if !names.contains(&creator) {
            names.push(creator);
        }
    }
    if names.len() > 1 {
        names.retain(Option::is_some);
    }
    names
        .into_iter()
        .map(|name| (name, state.clone()))
        .collect()
}

fn state_of(workers: &[(Option<String>, DocumentState)]) -> DocumentState {
    let mut states = workers.iter().map(|(_, state)| state);
    let first = states.next().cloned().unwrap_or_default();
    let same_kind =
        |state: &DocumentState| std::mem::discriminant(state) == std::mem::discriminant(&first);
    match states.all(same_kind) {
        true => first,
        false => DocumentState::Open,
    }
}

fn note_workers(extra: &mut Map<String, Value>, workers: Vec<(Option<String>, DocumentState)>) {
    let workers = sorted(workers, |a, b| a.0 < b.0);
    let said: Vec<Value> = workers
        .into_iter()
        .filter_map(|(name, state)| {
            let name = name?;
            Some(match state {
                DocumentState::Open => json!({"name": name, "state": "open"}),
                DocumentState::Done => json!({"name": name, "state": "done"}),
                DocumentState::Skipped(reason) => {
                    json!({"name": name, "state": "skipped", "reason": &*reason})
                }
            })
        })
        .collect();
    if said.is_empty() {
        return;
    }
    let metadata = extra.entry("metadata").or_insert_with(|| json!({}));
    if let Value::Object(metadata) = metadata {
        metadata.insert(ANNOTATORS.to_owned(), Value::Array(said));
    }
}

/// Takes out who worked on a document, as [`note_workers`] wrote it.
pub fn take_workers(extra: &mut Map<String, Value>) -> Vec<(Option<String>, DocumentState)> {
    let workers = said_workers(extra);
    if !workers.is_empty()
        && let Some(Value::Object(metadata)) = extra.get_mut("metadata")
    {
        metadata.shift_remove(ANNOTATORS);
        if metadata.is_empty() {
            extra.shift_remove("metadata");
        }
    }
    workers
}

/// Who worked on a document and how far they came, as datasets that were put together say it.
pub fn said_workers(extra: &Map<String, Value>) -> Vec<(Option<String>, DocumentState)> {
    let said = extra
        .get("metadata")
        .and_then(|metadata| metadata.get(ANNOTATORS));
    let said = said.and_then(Value::as_array).into_iter().flatten();
    said.filter_map(|worker| {
        let name = worker.get("name")?.as_str()?;
        let state = match worker.get("state").and_then(Value::as_str) {
            Some("done") => DocumentState::Done,
            Some("skipped") => {
                let reason = worker.get("reason").and_then(Value::as_str);
                DocumentState::Skipped(reason.unwrap_or_default().into())
            }
            _ => DocumentState::Open,
        };
        Some((Some(name.to_owned()), state))
    })
    .collect()
}

#[cfg(test)]
pub mod testing;

#[cfg(test)]
mod tests;
