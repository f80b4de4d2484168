//! Tagging every place where a text stands.

use super::act::{Pending, nothing_selected};
use super::{Context, Effect, Refusal, Session, Then};
use crate::annotation::Annotation;
use crate::text::Span;

/// How many spans one key may tag before it asks too much of a person to check them.
const OCCURRENCES: usize = 1_000;

impl Session {
    pub(super) fn all_occurrences(
        &mut self,
        pending: Option<Pending>,
        context: &Context,
    ) -> Result<Effect, Refusal> {
        let active = match self.active_annotation() {
            Some(id) => Some(self.existing(id.as_str())?),
            None => None,
        };
        if let (Some(Pending::All(spans)), Some(active)) = (pending, &active)
            && let Some(index) = self.labels.position(&active.label)
        {
            return self.tag(&spans, index, Then::Stay, context);
        }
        let Some(span) = self.active_span() else {
            return Ok(nothing_selected());
        };
        let spans = self.occurrences(span, active.as_ref());
        let more = match spans.len() {
            0 => {
                return Ok(Effect::Say(format!(
                    "{} stands nowhere else.",
                    self.excerpt(span)
                )));
            }
            OCCURRENCES.. => {
                return Ok(Effect::Say(format!(
                    "{} stands in {OCCURRENCES} places and more: too many to tag at once.",
                    self.excerpt(span)
                )));
            }
            1 => "1 place".to_owned(),
            n => format!("{n} places"),
        };
        self.pending = Some(Pending::All(spans));
        Ok(Effect::Say(match active {
            Some(active) => format!(
                "{more} more. A again tags them as {}, Esc leaves them.",
                self.labels.name_of(&active.label).to_ascii_lowercase()
            ),
            None => format!("{more}. A label’s key tags them all, Esc leaves them."),
        }))
    }

    /// Where the text of `span` stands as whole words within a block, without a twin of `active`.
    fn occurrences(&self, span: Span, active: Option<&Annotation>) -> Vec<Span> {
        let text = &self.document.text;
        let Some(wanted) = text.slice(span) else {
            return Vec::new();
        };
        let length = span.len();
        let whole = |at: Span| {
            self.document.blocks_in(at).len() == 1
                && self
                    .document
                    .blocks
                    .get(self.document.blocks_in(at).start)
                    .is_some_and(|block| {
                        block.span.covers(at)
                            && crate::text::segment::snap_to_words(text, block.span, at) == at
                    })
        };
        text.as_str()
            .match_indices(wanted)
            // A single letter may stand in a long text millions of times, hardly ever as a word.
            .take(100 * OCCURRENCES)
            .filter_map(|(byte, _)| {
                Span::new(
                    text.offset_of_byte(byte)?,
                    text.offset_of_byte(byte)? + length,
                )
            })
            .filter(|at| whole(*at))
            .filter(|at| active.is_none_or(|a| self.twin(*at, &a.label).is_none()))
            .take(OCCURRENCES)
            .collect()
    }
}
