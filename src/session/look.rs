//! What there is to see: the cursor among the text, its quotations and annotations, in words too.

use super::marks::AnnotationMarks;
use super::{Active, Cursor, NoMarks, Session, Surroundings, describe};
use crate::annotation::Id;
use crate::document::BlockKind;
use crate::order::sorted;
use crate::paint::excerpt;
use crate::text::{Quotation, Span, quotations};

impl Session {
    /// Finds the quotations of the text. Captions and headings are left out, since a quotation that
    /// runs over several paragraphs goes on behind them.
    pub fn quotations(&self) -> &[Quotation] {
        self.quotations.get_or_init(|| {
            let (aside, running): (Vec<_>, Vec<_>) = self
                .document
                .blocks
                .iter()
                .partition(|b| matches!(b.kind, BlockKind::Caption | BlockKind::Heading(_)));
            let find = |blocks: Vec<&crate::document::Block>| {
                let spans: Vec<Span> = blocks.iter().map(|b| b.span).collect();
                quotations(&self.document.text, &spans)
            };
            let mut found = find(running);
            for block in aside {
                found.extend(find(vec![block]));
            }
            sorted(found, |a, b| {
                (a.span.start(), b.span.end()) < (b.span.start(), a.span.end())
            })
        })
    }

    /// Lets `look` see what the cursor moves in.
    pub(super) fn around<T>(&self, look: impl FnOnce(&Cursor, &Surroundings<'_>) -> T) -> T {
        self.among(self.quotations(), look)
    }

    /// The same with the quotations that are known by now: what only says where the cursor is need
    /// not wait for them.
    pub(super) fn here<T>(&self, look: impl FnOnce(&Cursor, &Surroundings<'_>) -> T) -> T {
        self.among(self.quotations.get().map_or(&[], Vec::as_slice), look)
    }

    fn among<T>(
        &self,
        quotations: &[Quotation],
        look: impl FnOnce(&Cursor, &Surroundings<'_>) -> T,
    ) -> T {
        let marks = AnnotationMarks::of(&self.state, &self.labels);
        let around = Surroundings {
            document: &self.document,
            quotations,
            marks: &marks,
            ghosts: &NoMarks,
            is_rtl: self.is_rtl,
        };
        look(&self.cursor, &around)
    }

    /// Lets `step` move the cursor.
    pub(super) fn step<T>(&mut self, step: impl FnOnce(&mut Cursor, &Surroundings<'_>) -> T) -> T {
        let mut moved = self.cursor.clone();
        let result = self.around(|_, around| step(&mut moved, around));
        self.cursor = moved;
        result
    }

    /// The annotation that is the active thing.
    pub fn active_annotation(&self) -> Option<Id> {
        match self.cursor.active() {
            Active::Annotation { id, .. } => Some(Id::from(id.as_str())),
            _ => None,
        }
    }

    /// What is active, in code points; `None` for a caret.
    pub fn active_span(&self) -> Option<Span> {
        self.here(|cursor, around| cursor.span(around))
    }

    /// Where the active end is, in code points.
    pub fn active_end(&self) -> u32 {
        self.here(|cursor, around| cursor.active_end(around))
    }

    /// What is active in words, for the status line and for screen readers.
    pub fn describe(&self) -> String {
        let said = self.here(|cursor, around| describe(around, cursor));
        let active = self.active_annotation();
        let active = active.and_then(|id| self.state.annotation(id.as_str()));
        match active.map(|annotation| self.attributes_in_words(&annotation)) {
            Some(attributes) if !attributes.is_empty() => {
                format!("{said}, {}", attributes.join(", "))
            }
            _ => said,
        }
    }

    /// The same for who can't see the text: with the beginning of the text first.
    pub fn describe_aloud(&self) -> String {
        let text = self
            .active_span()
            .and_then(|span| self.document.text.slice(span));
        match text {
            Some(text) => format!("{}. {}", excerpt(text, 200), self.describe()),
            None => self.describe(),
        }
    }

    /// The labels at an offset in code points, in words: `Claim, Quote`. `None` where there is none.
    pub fn labels_at(&self, offset: u32) -> Option<String> {
        let here = Span::new(offset, offset.checked_add(1)?)?;
        let names: Vec<&str> = self
            .state
            .places_in(here)
            .into_iter()
            .filter_map(|place| self.state.label_of(place.id.as_str()))
            .map(|label| self.labels.name_of(label))
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The share of the blocks' text that carries a label, in percent.
    pub fn coverage(&self) -> u32 {
        let mut covered = 0u64;
        let mut end = 0;
        for place in self.state.places(None) {
            let from = place.span.start().max(end);
            if place.span.end() > from {
                covered += u64::from(place.span.end() - from);
                end = place.span.end();
            }
        }
        (covered * 100 / self.block_length.max(1)).min(100) as u32
    }
}
