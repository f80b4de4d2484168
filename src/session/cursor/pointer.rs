//! Selecting with a mouse, a pen or a finger.

use super::ladder::thing_at;
use super::step::Moved;
use super::surroundings::{Stretch, Surroundings};
use super::{Active, Cursor, End};
use crate::text::Span;
use crate::text::segment::{is_grapheme_boundary, previous_grapheme, snap_to_graphemes, trim};

/// How exactly a drag is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snap {
    /// Whole words.
    Words,
    /// To the grapheme: what a drag with Shift asks for.
    Exact,
}

impl Cursor {
    /// Selects what a drag from `anchor` to `focus` (code points, either first) covers, without white
    /// space at its ends; a drag over nothing visible leaves a caret at `focus`. While an
    /// annotation's ends are being moved, these become its ends.
    pub fn select(&mut self, around: &Surroundings<'_>, anchor: u32, focus: u32, how: Snap) {
        let anchor = anchor.min(around.text_end());
        let focus = focus.min(around.text_end());
        let dragged = Span::new(anchor.min(focus), anchor.max(focus))
            .and_then(|span| trim(around.text(), snap_to_graphemes(around.text(), span)))
            .map(|span| match how {
                Snap::Words => around.hull(Stretch::Word, span),
                Snap::Exact => span,
            });
        self.base = None;
        match dragged {
            Some(span) => {
                let end = if focus < anchor { End::Start } else { End::End };
                self.set_piece(around, span, end);
            }
            None if self.edited.is_none() => self.place_caret(around, focus),
            None => {}
        }
    }

    /// A double click: the word at `offset`, or the sign there.
    pub fn select_word_at(&mut self, around: &Surroundings<'_>, offset: u32) {
        match thing_at(around, offset) {
            Some(span) => self.reach(around, span),
            None => self.place_caret(around, offset),
        }
    }

    /// A triple click: the block at `offset`.
    pub fn select_block_at(&mut self, around: &Surroundings<'_>, offset: u32) {
        match around.at(Stretch::Block, offset) {
            Some(span) => self.reach(around, span),
            None => self.place_caret(around, offset),
        }
    }

    /// A tap: the sentence at `offset`; again at the same, the quotation there, then the word, then
    /// the sentence again.
    pub fn tap_at(&mut self, around: &Surroundings<'_>, offset: u32) -> Moved {
        self.narrow_towards(around, offset)
    }

    fn place_caret(&mut self, around: &Surroundings<'_>, offset: u32) {
        let offset = offset.min(around.text_end());
        let between = if is_grapheme_boundary(around.text(), offset) {
            offset
        } else {
            previous_grapheme(around.text(), offset)
        };
        self.activate(Active::Caret(between));
    }
}
