//! Other versions of the open text: another one in its place, and what isn't found in it.

use super::act::nothing_selected;
use super::{Effect, Refusal, Session, Then, Update, block_length, text_hash};
use crate::annotation::Id;
use crate::document::Document;
use crate::edit::{Change, Orphan, Value, Write};
use crate::paint::excerpt;
use crate::text::Span;
use std::rc::Rc;

impl Session {
    /// Puts another version of the document in the place of the open one. Annotations are found
    /// again by their words; those that aren't are kept as orphans. Nothing is written: with the
    /// former version, all are where they were. In what comes back, `before` counts in the former
    /// text and `after` in this one.
    ///
    /// The cursor stays on its annotation or piece of text, if that is here. What was being done by
    /// several keys, or to an annotation's ends, is over.
    pub fn retext(&mut self, document: Document) -> Change {
        let former = self.text_hash.clone();
        let document = Rc::new(document);
        self.text_hash = text_hash(&document);
        self.block_length = block_length(&document);
        let change = self
            .state
            .open_text(self.text_hash.clone(), document.clone());
        self.document = document;
        self.quotations.take();
        self.pending = None;
        let versions = self.state.versions().clone();
        let mut cursor = self.cursor.clone();
        self.here(|_, around| cursor.carry(around, |span| versions.locate(span, &former)));
        self.cursor = cursor;
        self.state.forget_texts();
        change
    }

    /// Remembers another version of the text, so that what counts in it can be found: what differs
    /// then.
    pub fn recall(&mut self, version: Document) -> Change {
        let hash = text_hash(&version);
        self.state.recall_text(hash, Rc::new(version))
    }

    /// The annotations that are kept but not found in this text: by version, then in document order.
    pub fn orphans(&self) -> Vec<Orphan> {
        self.state.orphans()
    }

    /// What to say of annotations that were made in other versions of the text; `None` if there is
    /// nothing.
    pub fn carriage_sentence(&self) -> Option<String> {
        let carriage = self.state.carriage();
        let count = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 annotation {one}"),
            n => format!("{n} annotations {many}"),
        };
        let mut sentences = Vec::new();
        if carriage.orphans > 0 {
            sentences.push(count(
                carriage.orphans,
                "could not be found in the changed text; it is kept in the list.",
                "could not be found in the changed text; they are kept in the list.",
            ));
        }
        if carriage.alike > 0 {
            sentences.push(count(
                carriage.alike,
                "stands on words that have changed a little.",
                "stand on words that have changed a little.",
            ));
        }
        if carriage.unknown > 0 {
            sentences.push(
                "The text that some were made in is not stored here, so their words are unknown."
                    .into(),
            );
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// The writes that set an orphan on a span of this text.
    pub fn draft_attachment(&self, id: &str, span: Span) -> Result<Vec<Write>, Refusal> {
        let orphan = self.lost(id)?;
        if let Some(twin) = self.twin(span, &orphan.label) {
            return Err(Refusal::Already {
                label: self.labels().name_of(&twin.label).to_owned(),
                id: twin.id,
            });
        }
        Ok(vec![Write::annotation(&orphan.id, Value::Span(span))])
    }

    /// The writes that change an orphan's label or note, or set it on a span; none if nothing would
    /// differ.
    pub(super) fn draft_orphan_update(
        &self,
        orphan: &Orphan,
        update: &Update,
    ) -> Result<Vec<Write>, Refusal> {
        let mut writes = match update.span {
            Some(span) => self.draft_attachment(orphan.id.as_str(), span)?,
            None => Vec::new(),
        };
        let mut set = |value| writes.push(Write::annotation(&orphan.id, value));
        if let Some(label) = &update.label {
            let label = self.label_id(label)?;
            if label != orphan.label {
                set(Value::Label(label));
            }
        }
        if let Some(note) = &update.note {
            let note = (!note.trim().is_empty()).then(|| note.as_str().into());
            if note != orphan.note {
                set(Value::Note(note));
            }
        }
        let label = update.label.as_deref().unwrap_or(&orphan.label);
        let said = orphan.attributes();
        self.changed_attributes(label, &update.attributes, &said)?
            .into_iter()
            .for_each(set);
        Ok(writes)
    }

    fn lost(&self, id: &str) -> Result<Orphan, Refusal> {
        let orphan = self.state.orphan(id);
        orphan.ok_or_else(|| Refusal::UnknownAnnotation(id.to_owned()))
    }

    /// Sets an orphan on what is active.
    pub(super) fn attach(&mut self, id: &Id) -> Result<Effect, Refusal> {
        let spans = self.around(|cursor, around| cursor.spans_to_tag(around));
        let Some(span) = spans.first().copied() else {
            return Ok(nothing_selected());
        };
        Ok(Effect::Change {
            writes: self.draft_attachment(id.as_str(), span)?,
            says: format!("Attached to {}.", self.excerpt(span)),
            then: Then::Follow,
        })
    }

    /// Deletes an orphan.
    pub(super) fn remove_orphan(&self, id: &Id) -> Result<Effect, Refusal> {
        let orphan = self.lost(id.as_str())?;
        Ok(Effect::Change {
            says: format!("Deleted: {}.", self.named_orphan(&orphan)),
            writes: self.draft_removal([id.clone()]),
            then: Then::Stay,
        })
    }

    /// An orphan in words: `quote “…”, not found in this text`.
    pub(super) fn named_orphan(&self, orphan: &Orphan) -> String {
        let label = self.labels().name_of(&orphan.label).to_ascii_lowercase();
        match &orphan.quote {
            Some(quote) => format!(
                "{label} “{}”, not found in this text",
                excerpt(&quote.exact, 40)
            ),
            None => format!("{label}, not found in this text"),
        }
    }
}

#[cfg(test)]
mod tests;
