//! What the cursor moves in: the text's units across blocks, quotations, annotations.

use crate::document::{Block, Document};
use crate::text::segment::{
    next_sentence, next_word, previous_sentence, previous_word, sentence_at, trim, word_at,
};
use crate::text::{Quotation, Span, Text};
use std::cmp::Reverse;

/// An annotation or suggestion as the cursor sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// Its id, never empty.
    pub id: &'a str,
    /// Where it stands.
    pub span: Span,
    /// The name of its label, as people read it.
    pub label: &'a str,
}

/// The order in which marks are visited: by start, the longer one first, then by id.
pub fn mark_order(span: Span, id: &str) -> (u32, Reverse<u32>, &str) {
    (span.start(), Reverse(span.end()), id)
}

/// Annotations (or suggestions) of the document, in [`mark_order`].
pub trait Marks {
    /// Where the mark with this id stands; `None` once it is gone.
    fn span_of(&self, id: &str) -> Option<Span>;

    /// The first mark behind `mark_order(span, id)`. With an empty id, one that stands on `span`
    /// itself counts as behind.
    fn after(&self, span: Span, id: &str) -> Option<Mark<'_>>;

    /// The last mark before `mark_order(span, id)`.
    fn before(&self, span: Span, id: &str) -> Option<Mark<'_>>;

    /// The marks that have a code point in common with `span`, in order.
    fn touching(&self, span: Span) -> Vec<Mark<'_>>;

    /// Whether there is any.
    fn touches(&self, span: Span) -> bool {
        !self.touching(span).is_empty()
    }
}

/// No marks: what stands for suggestions while they are hidden or there are none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMarks;

impl Marks for NoMarks {
    fn span_of(&self, _id: &str) -> Option<Span> {
        None
    }

    fn after(&self, _span: Span, _id: &str) -> Option<Mark<'_>> {
        None
    }

    fn before(&self, _span: Span, _id: &str) -> Option<Mark<'_>> {
        None
    }

    fn touching(&self, _span: Span) -> Vec<Mark<'_>> {
        Vec::new()
    }
}

/// What the cursor moves in.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The text and its blocks.
    pub document: &'a Document,
    /// Its quotations, in document order, an outer one before those inside it.
    pub quotations: &'a [Quotation],
    /// Its annotations.
    pub marks: &'a dyn Marks,
    /// The suggestions that are shown.
    pub ghosts: &'a dyn Marks,
    /// Which way the text runs, where that doesn't go by the first letter of each block.
    pub is_rtl: Option<bool>,
}

/// A unit that the text has by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) enum Stretch {
    Word,
    Sentence,
    Speech,
    Block,
}

impl<'a> Surroundings<'a> {
    pub(in crate::session) fn text(&self) -> &'a Text {
        &self.document.text
    }

    pub(in crate::session) fn blocks(&self) -> &'a [Block] {
        &self.document.blocks
    }

    pub(super) fn text_end(&self) -> u32 {
        self.text().length().code_points
    }

    /// The block that holds the code point at `offset`.
    pub(super) fn block_at(&self, offset: u32) -> Option<Span> {
        let index = self.blocks_starting_until(offset).checked_sub(1)?;
        let block = self.blocks().get(index)?.span;
        block.contains(offset).then_some(block)
    }

    /// How many blocks start at `offset` or before.
    pub(in crate::session) fn blocks_starting_until(&self, offset: u32) -> usize {
        self.blocks()
            .partition_point(|block| block.span.start() <= offset)
    }

    /// The blocks that `span` touches.
    pub(in crate::session) fn blocks_touching(&self, span: Span) -> &'a [Block] {
        let from = self
            .blocks()
            .partition_point(|block| block.span.end() <= span.start());
        let to = self
            .blocks()
            .partition_point(|block| block.span.start() < span.end());
        self.blocks().get(from..to).unwrap_or_default()
    }

    /// The unit that holds the code point at `offset`; for speech, the outermost.
    pub(in crate::session) fn at(&self, stretch: Stretch, offset: u32) -> Option<Span> {
        match stretch {
            Stretch::Word => word_at(self.text(), self.block_at(offset)?, offset),
            Stretch::Sentence => sentence_at(self.text(), self.block_at(offset)?, offset),
            Stretch::Block => trim(self.text(), self.block_at(offset)?),
            Stretch::Speech => self
                .quotation(self.last_outermost_quotation(offset)?)
                .filter(|span| span.contains(offset)),
        }
    }

    /// Whether `span` is just one such unit.
    pub(in crate::session) fn is_whole(&self, stretch: Stretch, span: Span) -> bool {
        self.at(stretch, span.start()) == Some(span)
    }

    /// The first unit that starts at `offset` or behind.
    pub(super) fn following(&self, stretch: Stretch, offset: u32) -> Option<Span> {
        match stretch {
            Stretch::Word => self.first_in_blocks(offset, next_word),
            Stretch::Sentence => self.first_in_blocks(offset, next_sentence),
            Stretch::Block => {
                let from = self
                    .blocks()
                    .partition_point(|block| block.span.start() < offset);
                let mut blocks = self.blocks().iter().skip(from);
                blocks.find_map(|block| trim(self.text(), block.span))
            }
            Stretch::Speech => self.quotation(self.first_outermost_quotation(offset)?),
        }
    }

    /// The last unit that ends at `offset` or before.
    pub(super) fn preceding(&self, stretch: Stretch, offset: u32) -> Option<Span> {
        match stretch {
            Stretch::Word => self.last_in_blocks(offset, previous_word),
            Stretch::Sentence => self.last_in_blocks(offset, previous_sentence),
            Stretch::Block => {
                let to = self
                    .blocks()
                    .partition_point(|block| block.span.end() <= offset);
                let mut blocks = self.blocks().iter().take(to).rev();
                blocks.find_map(|block| trim(self.text(), block.span))
            }
            Stretch::Speech => {
                let near = self.last_outermost_quotation(offset)?;
                let ends_until = |span: &Span| span.end() <= offset;
                self.quotation(near).filter(ends_until).or_else(|| {
                    let start = self.quotation(near)?.start();
                    self.quotation(self.last_outermost_quotation(start.checked_sub(1)?)?)
                })
            }
        }
    }

    /// The index of the last outermost quotation that starts at `offset` or before.
    pub(super) fn last_outermost_quotation(&self, offset: u32) -> Option<usize> {
        let to = self
            .quotations
            .partition_point(|quotation| quotation.span.start() <= offset);
        let until = self.quotations.get(..to).unwrap_or_default();
        until.iter().rposition(|quotation| quotation.depth == 0)
    }

    /// The index of the first outermost quotation that starts at `offset` or behind.
    pub(super) fn first_outermost_quotation(&self, offset: u32) -> Option<usize> {
        let from = self
            .quotations
            .partition_point(|quotation| quotation.span.start() < offset);
        let behind = self.quotations.get(from..).unwrap_or_default();
        let found = behind.iter().position(|quotation| quotation.depth == 0);
        found.map(|index| from + index)
    }

    fn quotation(&self, index: usize) -> Option<Span> {
        self.quotations.get(index).map(|quotation| quotation.span)
    }

    /// `span` with the whole of the units that hold its ends.
    pub(super) fn hull(&self, stretch: Stretch, span: Span) -> Span {
        let units = [span.start(), span.end() - 1].map(|offset| self.at(stretch, offset));
        units.into_iter().flatten().fold(span, Span::hull)
    }

    fn first_in_blocks(
        &self,
        offset: u32,
        next: fn(&Text, Span, u32) -> Option<Span>,
    ) -> Option<Span> {
        let from = self
            .blocks()
            .partition_point(|block| block.span.end() <= offset);
        let mut blocks = self.blocks().iter().skip(from);
        blocks.find_map(|block| next(self.text(), block.span, offset.max(block.span.start())))
    }

    fn last_in_blocks(
        &self,
        offset: u32,
        previous: fn(&Text, Span, u32) -> Option<Span>,
    ) -> Option<Span> {
        let to = self
            .blocks()
            .partition_point(|block| block.span.start() < offset);
        let mut blocks = self.blocks().iter().take(to).rev();
        blocks.find_map(|block| previous(self.text(), block.span, offset.min(block.span.end())))
    }
}
