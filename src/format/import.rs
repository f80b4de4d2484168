//! From a file's document into a state: what would change, as writes of one transaction.

use super::anchor::Anchor;
use super::native::{ReadAnnotation, ReadDocument, Reason, Rejected, Remark, What};
use crate::annotation::{
    ATTRIBUTES, Annotation, Carrier, Found, Id, LabelSet, Origin, said_in_order,
};
use crate::edit::{DocumentState, State, Subject, Value, Write};
use crate::text::{Span, Text};
use serde_json::{Map, Value as Json};
use std::collections::HashSet;
use std::sync::Arc;

/// What importing a document would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The annotations that come in, by the ids that they will have.
    pub added: Vec<Id>,
    /// How many are there already, with the same span, label and note.
    pub unchanged: usize,
    /// The annotations whose ids stand for something else here.
    pub conflicting: Vec<Conflict>,
    /// The annotations whose words are not in the text here.
    pub rejected: Vec<Rejected>,
    /// The annotations whose words stand elsewhere in the text here.
    pub remarks: Vec<Remark>,
    /// The ids of labels that come in and that the label set doesn't have.
    pub unknown_labels: Vec<Arc<str>>,
    /// What does all that, for one transaction.
    pub writes: Vec<Write>,
}

/// An imported annotation that has the id of another one. Both are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The id, which stays with the annotation that was here.
    pub id: Id,
    /// The new id of the imported one.
    pub added_as: Id,
}

/// What it takes to import `read` into `state`, whose offsets count in `text`.
///
/// If `text` is not the file's, each annotation is looked for by its words. Importing a second
/// time adds nothing. What is here already is never changed or removed, but for fields that mean
/// nothing to us, which are added to it, and for an open document, which takes over that the file
/// calls it done or skipped. `new_id` makes ids that were never used.
pub fn plan(
    text: &Text,
    state: &State,
    labels: &LabelSet,
    read: &ReadDocument,
    new_id: impl FnMut() -> Id,
) -> Plan {
    let mut planner = Planner {
        state,
        labels,
        new_id,
        contents: None,
        plan: Plan::default(),
    };
    let theirs = &read.document.text;
    let mut texts = (text.as_str() != theirs.as_str()).then(|| Texts {
        ours: text,
        theirs,
        carrier: Carrier::new(theirs, text),
        anchor: Anchor::default(),
    });
    for annotation in &read.annotations {
        let span = match &mut texts {
            None => Some(annotation.span),
            Some(texts) => planner.look_for(texts, annotation),
        };
        if let Some(span) = span {
            planner.take_in(annotation, span);
        }
    }
    if read.state != DocumentState::Open && state.document_state() == DocumentState::Open {
        planner.plan.writes.push(Write {
            subject: Subject::Document,
            value: Value::State(read.state.clone()),
            restores: None,
        });
    }
    planner.plan
}

/// What an annotation says, whatever its name is: span, label, note, and attributes in JSON.
type Content = (Span, Arc<str>, Option<Arc<str>>, String);

/// Two texts of which one is a version of the other.
struct Texts<'a> {
    ours: &'a Text,
    theirs: &'a Text,
    carrier: Carrier,
    anchor: Anchor,
}

impl Texts<'_> {
    /// Where an annotation is in our text, and whether its words are the very same: as the whole text
    /// has it, else wherever the words are, else where they are nearly.
    fn find(&mut self, annotation: &ReadAnnotation) -> Result<(Span, bool), Reason> {
        let (span, quote) = (annotation.span, &annotation.quote);
        let carried = self.carrier.carry(self.theirs, self.ours, span);
        if let Some(carried) = carried.filter(|carried| carried.exact) {
            return Ok((carried.span, true));
        }
        let found = self.anchor.find(self.ours, span, quote);
        match (found, carried) {
            (Some(Found::Here(span) | Found::Moved(span)), _) => Ok((span, true)),
            (_, Some(carried)) => Ok((carried.span, false)),
            (Some(Found::Orphan), None) => Err(Reason::Orphan(quote.exact.clone())),
            (None, None) => Err(Reason::TooManyMoved),
        }
    }
}

struct Planner<'a, F> {
    state: &'a State,
    labels: &'a LabelSet,
    new_id: F,
    /// What all annotations here say; made when it is first needed.
    contents: Option<HashSet<Content>>,
    plan: Plan,
}

impl<F: FnMut() -> Id> Planner<'_, F> {
    fn look_for(&mut self, texts: &mut Texts, annotation: &ReadAnnotation) -> Option<Span> {
        let (index, id) = (annotation.index, annotation.id.as_ref());
        let id = id.map(Id::to_string);
        let from = annotation.span;
        let (span, what) = match texts.find(annotation) {
            Ok((span, true)) if span == from => return Some(span),
            Ok((to, true)) => {
                let from = (u64::from(from.start()), u64::from(from.end()));
                (to, What::Moved { from, to })
            }
            Ok((to, false)) => (to, What::Alike(to)),
            Err(why) => {
                self.plan.rejected.push(Rejected { index, id, why });
                return None;
            }
        };
        self.plan.remarks.push(Remark { index, id, what });
        Some(span)
    }

    fn take_in(&mut self, annotation: &ReadAnnotation, span: Span) {
        let theirs = annotation.origin.extra.get(ATTRIBUTES);
        let theirs = theirs.and_then(Json::as_object);
        let content = (
            span,
            annotation.label.clone(),
            annotation.note.clone(),
            theirs.map(said_in_order).unwrap_or_default(),
        );
        let here = annotation
            .id
            .as_ref()
            .and_then(|id| self.state.annotation(id.as_str()));
        match (&annotation.id, here) {
            (Some(_), Some(here)) if allows(&here, &content, theirs) => {
                self.plan.unchanged += 1;
                self.extend(here, annotation);
            }
            (Some(id), None) => {
                self.plan.added.push(id.clone());
                self.write(id, content, &annotation.origin);
            }
            // The id can't be told from an earlier import's, so the content has to tell.
            _ if self.says(&content) => self.plan.unchanged += 1,
            (taken, _) => {
                let id = (self.new_id)();
                match taken {
                    Some(taken) => self.plan.conflicting.push(Conflict {
                        id: taken.clone(),
                        added_as: id.clone(),
                    }),
                    None => self.plan.added.push(id.clone()),
                }
                self.write(&id, content, &annotation.origin);
            }
        }
    }

    fn says(&mut self, content: &Content) -> bool {
        let state = self.state;
        self.contents
            .get_or_insert_with(|| state.annotations().map(|a| content_of(&a)).collect())
            .contains(content)
    }

    fn write(&mut self, id: &Id, (span, label, note, _): Content, origin: &Arc<Origin>) {
        let made = origin.extra.get(ATTRIBUTES).and_then(Json::as_object);
        let stale = self.state.with_attributes(id, made);
        self.plan.writes.extend(stale);
        let unknown = &mut self.plan.unknown_labels;
        if self.labels.get(&label).is_none() && !unknown.contains(&label) {
            unknown.push(label.clone());
        }
        self.plan.writes.extend(
            [
                Value::Exists(true),
                Value::Span(span),
                Value::Label(label),
                Value::Note(note),
                Value::Origin(origin.clone()),
            ]
            .map(|value| Write::annotation(id, value)),
        );
    }

    /// Adds the fields of the file that mean nothing to us to an annotation that is here.
    fn extend(&mut self, here: Annotation, annotation: &ReadAnnotation) {
        let mut theirs = annotation.origin.extra.clone();
        if let Some(attributes) = theirs.get(ATTRIBUTES).and_then(Json::as_object) {
            let said = here.attributes();
            let new = attributes.iter().filter(|(id, _)| !said.contains_key(*id));
            self.plan.writes.extend(new.map(|(id, value)| {
                let value = Value::Attribute(id.as_str().into(), value.clone());
                Write::annotation(&here.id, value)
            }));
            theirs.shift_remove(ATTRIBUTES);
        }
        let ours = &here.origin.extra;
        if theirs
            .iter()
            .all(|(key, value)| ours.get(key) == Some(value))
        {
            return;
        }
        let mut origin = Origin::clone(&here.origin);
        origin.extra.extend(theirs);
        origin.modified = here.modified.as_deref().map(str::to_owned);
        self.plan
            .writes
            .push(Write::annotation(&here.id, Value::Origin(Arc::new(origin))));
    }
}

fn content_of(annotation: &Annotation) -> Content {
    (
        annotation.span,
        annotation.label.clone(),
        annotation.note.clone(),
        said_in_order(&annotation.attributes()),
    )
}

/// Whether what is here may say what the file says too: the same, but for attributes that are missing
/// here.
fn allows(here: &Annotation, theirs: &Content, attributes: Option<&Map<String, Json>>) -> bool {
    let said = here.attributes();
    (here.span, &here.label, &here.note) == (theirs.0, &theirs.1, &theirs.2)
        && attributes.into_iter().flatten().all(|(id, value)| {
            let ours = said.get(id);
            ours.is_none_or(|ours| ours == value)
        })
}

#[cfg(test)]
mod tests;
