//! The cursor: the one active thing, and how keys and pointer move it.

mod direction;
mod extend;
mod ladder;
mod pointer;
mod sentences;
mod step;
mod surroundings;

pub use direction::block_is_rtl;
pub use pointer::Snap;
pub use step::Moved;
pub use surroundings::{Mark, Marks, NoMarks, Surroundings, mark_order};

use super::command::{Movement, Unit};
use crate::text::Span;
use crate::text::segment::trim;
pub(in crate::session) use surroundings::Stretch;

/// An end of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// The active thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Active {
    /// A piece of text: whole graphemes, without white space at its ends.
    Piece {
        /// What it covers.
        span: Span,
        /// The end that moves when it is extended.
        end: End,
    },
    /// A place between two graphemes, in code points: nothing is selected.
    Caret(u32),
    /// An annotation.
    Annotation {
        /// Its id.
        id: String,
        /// Where it stood when the cursor reached it.
        span: Span,
    },
    /// A suggestion.
    Suggestion {
        /// Its id.
        id: String,
        /// Where it stood when the cursor reached it.
        span: Span,
    },
}

/// What `Esc` did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escaped {
    /// The annotation has its former ends again.
    EndsPutBack,
    /// A caret is left at the active end.
    Narrowed,
    /// There was nothing to leave.
    Nothing,
}

/// The annotation whose ends are being moved.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edited {
    id: String,
    original: Span,
    // Its blocks: what is tagged by hand stays within a block.
    limit: Span,
}

/// The cursor of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    active: Active,
    edited: Option<Edited>,
    last_movement: Option<Movement>,
    // What `widen` started from, so that `narrow` finds the way back.
    base: Option<Span>,
}

impl Cursor {
    /// On the first sentence of the first block.
    pub fn new(around: &Surroundings<'_>) -> Cursor {
        let mut cursor = Cursor {
            active: Active::Caret(0),
            edited: None,
            last_movement: None,
            base: None,
        };
        let first = around.following(Stretch::Block, 0).map(|block| {
            let sentence = around.at(Stretch::Sentence, block.start());
            sentence.unwrap_or(block)
        });
        if let Some(first) = first {
            cursor.reach(around, first);
        }
        cursor
    }

    /// The active thing.
    pub fn active(&self) -> &Active {
        &self.active
    }

    /// What the active thing covers: nothing for a caret. An annotation counts where it stands now.
    pub fn span(&self, around: &Surroundings<'_>) -> Option<Span> {
        match &self.active {
            Active::Piece { span, .. } => Some(*span),
            Active::Caret(_) => None,
            Active::Annotation { id, span } => Some(around.marks.span_of(id).unwrap_or(*span)),
            Active::Suggestion { id, span } => Some(around.ghosts.span_of(id).unwrap_or(*span)),
        }
    }

    /// Where the active end is, in code points.
    pub fn active_end(&self, around: &Surroundings<'_>) -> u32 {
        match (&self.active, self.span(around)) {
            (
                Active::Piece {
                    end: End::Start, ..
                },
                Some(span),
            ) => span.start(),
            (_, Some(span)) => span.end(),
            (Active::Caret(offset), None) => *offset,
            (_, None) => 0,
        }
    }

    /// The id of the annotation whose ends are being moved.
    pub fn edits_ends_of(&self) -> Option<&str> {
        self.edited.as_ref().map(|edited| edited.id.as_str())
    }

    /// Stands where `carry` says, in another version of the text: on the same annotation, else on
    /// what the active piece has become, else at the same place or at the end. The moving of an
    /// annotation's ends is over; what was not kept is as it was.
    pub fn carry(&mut self, around: &Surroundings<'_>, carry: impl Fn(Span) -> Option<Span>) {
        self.edited = None;
        self.base = self.base.and_then(&carry);
        let length = around.text().length().code_points;
        let spot = |offset: u32| {
            // A caret goes with the letter before it, else with the one behind.
            let before = offset
                .checked_sub(1)
                .and_then(|start| Span::new(start, offset));
            let behind = offset.checked_add(1).and_then(|end| Span::new(offset, end));
            let before = before.and_then(&carry).map(Span::end);
            let here = before.or_else(|| behind.and_then(&carry).map(Span::start));
            here.unwrap_or(offset.min(length))
        };
        let piece = |span: Span, end: End| {
            let there = carry(span).and_then(|span| trim(around.text(), span));
            match there {
                Some(span) => Active::Piece { span, end },
                None => Active::Caret(spot(span.end())),
            }
        };
        self.active = match &self.active {
            Active::Annotation { id, span } => match around.marks.span_of(id) {
                Some(now) => Active::Annotation {
                    id: id.clone(),
                    span: now,
                },
                None => piece(*span, End::End),
            },
            Active::Suggestion { span, .. } => piece(*span, End::End),
            Active::Piece { span, end } => piece(*span, *end),
            Active::Caret(offset) => Active::Caret(spot(*offset)),
        };
    }

    /// Makes something the active thing: an annotation just made, clicked on or chosen in a list.
    pub fn activate(&mut self, active: Active) {
        self.active = active;
        self.edited = None;
    }

    /// What tag-and-go-on repeats; before any movement, what fits the active thing.
    pub fn last_movement(&self, around: &Surroundings<'_>) -> Movement {
        self.last_movement
            .unwrap_or_else(|| Movement::on(self.unit_of_active(around)))
    }

    /// The spans that a label key tags: the piece, cut where blocks end. An annotation's span is
    /// taken as it is, so that a second label stands on the same one. Empty for a caret.
    pub fn spans_to_tag(&self, around: &Surroundings<'_>) -> Vec<Span> {
        let Some(span) = self.span(around) else {
            return Vec::new();
        };
        if !matches!(self.active, Active::Piece { .. }) {
            return vec![span];
        }
        let blocks = around.blocks_touching(span).iter();
        blocks
            .filter_map(|block| trim(around.text(), block.span.intersection(span)?))
            .collect()
    }

    /// Makes the other end of the piece the active one. False if there is no piece.
    pub fn other_end(&mut self, around: &Surroundings<'_>) -> bool {
        let Some(span) = self.span(around) else {
            return false;
        };
        let end = match self.active {
            Active::Piece { end: End::End, .. } => End::Start,
            Active::Piece {
                end: End::Start, ..
            } => End::End,
            _ => End::Start,
        };
        self.active = Active::Piece { span, end };
        true
    }

    /// Begins to move the ends of the active annotation. False if none is active.
    pub fn edit_ends(&mut self, around: &Surroundings<'_>) -> bool {
        let (Active::Annotation { id, .. }, Some(span)) = (&self.active, self.span(around)) else {
            return false;
        };
        let blocks = around.blocks_touching(span).iter();
        self.edited = Some(Edited {
            id: id.clone(),
            original: span,
            limit: blocks.map(|block| block.span).fold(span, Span::hull),
        });
        self.active = Active::Piece {
            span,
            end: End::End,
        };
        true
    }

    /// Ends the moving of ends: which annotation, and its new span. It is the active thing again.
    pub fn keep_ends(&mut self) -> Option<(String, Span)> {
        let edited = self.edited.take()?;
        let span = match self.active {
            Active::Piece { span, .. } => span,
            _ => edited.original,
        };
        self.active = Active::Annotation {
            id: edited.id.clone(),
            span,
        };
        Some((edited.id, span))
    }

    /// Leaves the innermost thing: the moving of ends, then the selection.
    pub fn escape(&mut self, around: &Surroundings<'_>) -> Escaped {
        if let Some(Edited { id, original, .. }) = self.edited.take() {
            self.active = Active::Annotation { id, span: original };
            return Escaped::EndsPutBack;
        }
        if matches!(self.active, Active::Caret(_)) {
            return Escaped::Nothing;
        }
        self.active = Active::Caret(self.active_end(around));
        Escaped::Narrowed
    }

    fn unit_of_active(&self, around: &Surroundings<'_>) -> Unit {
        let Some(span) = self.span(around) else {
            return Unit::Sentence;
        };
        let is = |stretch| around.is_whole(stretch, span);
        if is(Stretch::Block) || around.blocks_touching(span).len() > 1 {
            Unit::Block
        } else if is(Stretch::Speech) {
            Unit::Speech
        } else if is(Stretch::Word) {
            Unit::Word
        } else {
            Unit::Sentence
        }
    }

    /// Makes `span`, without white space at its ends, the active piece.
    fn reach(&mut self, around: &Surroundings<'_>, span: Span) {
        self.set_piece(around, span, End::End);
        self.base = None;
    }

    /// False if that would change nothing, or leave the blocks of an annotation being edited.
    fn set_piece(&mut self, around: &Surroundings<'_>, span: Span, end: End) -> bool {
        let allowed = match &self.edited {
            Some(edited) => span.intersection(edited.limit),
            None => Some(span),
        };
        let Some(span) = allowed.and_then(|span| trim(around.text(), span)) else {
            return false;
        };
        let changes = self.span(around) != Some(span);
        self.active = Active::Piece { span, end };
        changes
    }
}

#[cfg(test)]
pub(in crate::session) mod tests;
