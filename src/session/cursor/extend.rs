//! Extending and shrinking: the active end goes from one unit's end to the next.

use super::super::command::{Movement, Unit};
use super::step::{Moved, is_rtl_at};
use super::surroundings::{Stretch, Surroundings};
use super::{Active, Cursor, End};
use crate::text::Span;
use crate::text::segment::{next_grapheme, previous_grapheme, trim};

impl Cursor {
    /// Moves the active end by a character, word, sentence or block.
    ///
    /// A piece never gets empty: where the active end would pass the other one, the other one
    /// becomes active and goes on in that direction.
    pub fn extend(&mut self, around: &Surroundings<'_>, movement: Movement) -> Moved {
        let Some(step) = EndStep::of(movement.unit) else {
            return Moved::Nothing(
                "A piece is extended by characters, words, sentences or blocks.",
            );
        };
        let turns_round = movement.unit == Unit::Word && is_rtl_at(around, self.active_end(around));
        let forward = movement.forward != turns_round;
        let moved = match self.span(around) {
            Some(span) => self.extend_piece(around, span, step, forward),
            None => self.extend_caret(around, step, forward),
        };
        match (moved, forward) {
            (true, _) => {
                self.base = None;
                Moved::Reached
            }
            (false, true) => Moved::AtEnd("The piece reaches the end."),
            (false, false) => Moved::AtEnd("The piece reaches the start."),
        }
    }

    fn extend_piece(
        &mut self,
        around: &Surroundings<'_>,
        span: Span,
        step: EndStep,
        forward: bool,
    ) -> bool {
        let at_start = matches!(
            self.active,
            Active::Piece {
                end: End::Start,
                ..
            }
        );
        let (start, end) = (span.start(), span.end());
        let shrunk = match (at_start, forward) {
            (false, false) => step
                .end_before(around, end)
                .and_then(|end| Some((Span::new(start, end)?, End::End))),
            (true, true) => step
                .start_after(around, start)
                .and_then(|start| Some((Span::new(start, end)?, End::Start))),
            _ => None,
        };
        let changed = shrunk.or_else(|| {
            if forward {
                let end = step.end_after(around, end)?;
                Some((Span::new(start, end)?, End::End))
            } else {
                let start = step.start_before(around, start)?;
                Some((Span::new(start, end)?, End::Start))
            }
        });
        changed.is_some_and(|(span, end)| self.set_piece(around, span, end))
    }

    fn extend_caret(&mut self, around: &Surroundings<'_>, step: EndStep, forward: bool) -> bool {
        let caret = self.active_end(around);
        let piece = if forward {
            step.end_after(around, caret)
                .and_then(|end| Some((Span::new(caret, end)?, End::End)))
        } else {
            step.start_before(around, caret)
                .and_then(|start| Some((Span::new(start, caret)?, End::Start)))
        };
        piece.is_some_and(|(span, end)| {
            let span = match step {
                EndStep::Character => span,
                EndStep::By(_) => around.hull(Stretch::Word, span),
            };
            self.set_piece(around, span, end)
        })
    }
}

/// What an end of a piece goes by.
#[derive(Clone, Copy)]
enum EndStep {
    Character,
    By(Stretch),
}

impl EndStep {
    fn of(unit: Unit) -> Option<EndStep> {
        match unit {
            Unit::Character => Some(EndStep::Character),
            Unit::Word => Some(EndStep::By(Stretch::Word)),
            Unit::Sentence => Some(EndStep::By(Stretch::Sentence)),
            Unit::Block => Some(EndStep::By(Stretch::Block)),
            _ => None,
        }
    }

    /// The first end of a unit behind `offset`.
    fn end_after(self, around: &Surroundings<'_>, offset: u32) -> Option<u32> {
        match self {
            EndStep::Character => {
                let visible = trim(around.text(), Span::new(offset, around.text_end())?)?;
                Some(next_grapheme(around.text(), visible.start().max(offset)))
            }
            EndStep::By(stretch) => around
                .at(stretch, offset)
                .filter(|unit| unit.end() > offset)
                .or_else(|| around.following(stretch, offset))
                .map(Span::end),
        }
    }

    /// The last end of a unit before `offset`.
    fn end_before(self, around: &Surroundings<'_>, offset: u32) -> Option<u32> {
        match self {
            EndStep::Character => {
                let shorter = previous_grapheme(around.text(), offset);
                Some(trim(around.text(), Span::new(0, shorter)?)?.end())
            }
            EndStep::By(stretch) => around
                .preceding(stretch, offset.checked_sub(1)?)
                .map(Span::end),
        }
    }

    /// The first start of a unit behind `offset`.
    fn start_after(self, around: &Surroundings<'_>, offset: u32) -> Option<u32> {
        match self {
            EndStep::Character => {
                let shorter = next_grapheme(around.text(), offset);
                Some(trim(around.text(), Span::new(shorter, around.text_end())?)?.start())
            }
            EndStep::By(stretch) => around
                .following(stretch, offset.saturating_add(1))
                .map(Span::start),
        }
    }

    /// The last start of a unit before `offset`.
    fn start_before(self, around: &Surroundings<'_>, offset: u32) -> Option<u32> {
        match self {
            EndStep::Character => {
                let visible = trim(around.text(), Span::new(0, offset)?)?;
                Some(previous_grapheme(around.text(), visible.end().min(offset)))
            }
            EndStep::By(stretch) => around
                .at(stretch, offset.checked_sub(1)?)
                .filter(|unit| unit.start() < offset)
                .or_else(|| around.preceding(stretch, offset))
                .map(Span::start),
        }
    }
}
