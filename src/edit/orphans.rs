//! Other versions of the text: what is found again in the open one, and what isn't.

use super::state::{Change, Changed, State};
use super::transaction::TextSpan;
use super::versions::Versions;
use crate::annotation::{ATTRIBUTES, Annotation, FORMER_QUOTE, Id, Later, Origin, Quote, overlaid};
use crate::document::Document;
use crate::json::Read;
use crate::order::sorted;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// An annotation that is kept, but whose words are not in the open text.
#[derive(Clone, Debug, PartialEq)]
pub struct Orphan {
    /// Its name, for ever.
    pub id: Id,
    /// The id of its label.
    pub label: Arc<str>,
    /// What a person wrote about it.
    pub note: Option<Arc<str>>,
    /// Attributes that were set after it was made; [`Orphan::attributes`] has all.
    pub later: Later,
    /// Who made it, when and how.
    pub origin: Arc<Origin>,
    /// When it was last changed: RFC 3339 in UTC.
    pub modified: Option<Arc<str>>,
    /// What it covers, in the version of the text that it was made in.
    pub at: TextSpan,
    /// The words that it covers there; `None` if that text is not stored and no file said them.
    pub quote: Option<Quote>,
}

impl Orphan {
    /// What is said of it by attributes, by their ids.
    pub fn attributes(&self) -> Map<String, Value> {
        let made = self.origin.extra.get(ATTRIBUTES).and_then(Value::as_object);
        overlaid(made, self.later.as_deref())
    }
}

/// What became of the annotations of other versions of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carriage {
    /// How many were found with their very words.
    pub exact: usize,
    /// How many were found on words that differ a little.
    pub alike: usize,
    /// How many were not found.
    pub orphans: usize,
    /// How many of these have words that nobody knows, since their text is not stored.
    pub unknown: usize,
}

impl State {
    /// Opens a text, in the place of the version that was open: what differs then. `before` counts
    /// in the former text, `after` in this one.
    pub fn open_text(&mut self, hash: Arc<str>, document: Rc<Document>) -> Change {
        self.reread(|state| Rc::make_mut(&mut state.versions).open(hash, document))
    }

    /// Remembers another version of the open text, so that what counts in it can be found: what
    /// differs then.
    pub fn recall_text(&mut self, hash: Arc<str>, document: Rc<Document>) -> Change {
        self.reread(|state| Rc::make_mut(&mut state.versions).recall(hash, document))
    }

    /// Forgets the versions of the text in which nothing counts.
    pub fn forget_texts(&mut self) {
        let in_use = self.texts();
        Rc::make_mut(&mut self.versions).retain(|hash| in_use.iter().any(|of| **of == *hash));
    }

    fn reread(&mut self, change: impl FnOnce(&mut State)) -> Change {
        let annotations = self.annotations();
        let mut before: HashMap<Id, Annotation> = annotations.map(|a| (a.id.clone(), a)).collect();
        let orphans = self.orphans.clone();
        change(self);
        self.rebuild_index();
        let mut changed = Vec::new();
        for after in self.annotations() {
            let before = before.remove(&after.id);
            if before.as_ref() != Some(&after) {
                let after = Some(after);
                changed.push(Changed { before, after });
            }
        }
        let lost = sorted(before.into_values().collect(), |a: &Annotation, b| {
            a.place() < b.place()
        });
        changed.extend(lost.into_iter().map(|annotation| Changed {
            before: Some(annotation),
            after: None,
        }));
        Change {
            annotations: changed,
            document: false,
            orphans: self.orphans != orphans,
        }
    }

    /// The open text and its other versions.
    pub fn versions(&self) -> &Rc<Versions> {
        &self.versions
    }

    /// How many annotations are not found in the open text.
    pub fn orphan_count(&self) -> usize {
        self.orphans.len()
    }

    /// The annotations that are not found in the open text: by version, then in document order.
    pub fn orphans(&self) -> Vec<Orphan> {
        let all = self
            .orphans
            .iter()
            .filter_map(|id| self.orphan(id.as_str()));
        sorted(all.collect(), |a: &Orphan, b: &Orphan| {
            let place = |o: &Orphan| (o.at.text.clone(), o.at.span.start(), o.id.clone());
            place(a) < place(b)
        })
    }

    /// The annotation of that id, if it is there but not found in the open text.
    pub fn orphan(&self, id: &str) -> Option<Orphan> {
        let (id, registers) = self.annotations.get_key_value(id)?;
        self.orphans.binary_search(id).ok()?;
        let (annotation, text) = registers.whole(id)?;
        let at = TextSpan {
            span: annotation.span,
            text: text.clone(),
        };
        let quote = self.versions.words(&at).or_else(|| {
            let said = annotation.origin.extra.get(FORMER_QUOTE)?;
            Quote::read(said.clone())
        });
        Some(Orphan {
            id: annotation.id,
            label: annotation.label,
            note: annotation.note,
            later: annotation.later,
            origin: annotation.origin,
            modified: annotation.modified,
            quote,
            at,
        })
    }

    /// What became of the annotations that were made in other versions of the text.
    pub fn carriage(&self) -> Carriage {
        let mut carriage = Carriage::default();
        for (id, registers) in &self.annotations {
            let Some((annotation, text)) = registers.whole(id) else {
                continue;
            };
            if self.versions.is_here(text) {
                continue;
            }
            let at = TextSpan {
                span: annotation.span,
                text: text.clone(),
            };
            if self.versions.locate(at.span, text).is_none() {
                carriage.orphans += 1;
                carriage.unknown += usize::from(!self.versions.knows(text));
            } else if self.versions.differs(&at) {
                carriage.alike += 1;
            } else {
                carriage.exact += 1;
            }
        }
        carriage
    }

    /// The hashes of the texts that annotations count in and that are not here.
    pub fn unknown_texts(&self) -> Vec<Arc<str>> {
        let mut unknown: Vec<Arc<str>> = Vec::new();
        for id in &self.orphans {
            let span = self.annotations.get(id).and_then(|r| r.span.as_ref());
            if let Some(text) = span.map(|span| &span.winner().value.text)
                && !self.versions.knows(text)
                && !unknown.contains(text)
            {
                unknown.push(text.clone());
            }
        }
        unknown
    }

    /// The hashes of all texts that something counts in, also what an undo would bring back.
    pub fn texts(&self) -> Vec<Arc<str>> {
        let mut texts: Vec<Arc<str>> = Vec::new();
        for register in self.annotations.values().filter_map(|r| r.span.as_ref()) {
            for entry in register.latest_first() {
                if !texts.contains(&entry.value.text) {
                    texts.push(entry.value.text.clone());
                }
            }
        }
        texts
    }
}
