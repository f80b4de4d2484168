//! How a document is cut into parts that the browser may lay out, or leave out, one by one.

use crate::document::Document;
use crate::text::{Span, Text};
use std::ops::Range;

/// Blocks longer than this many code points are set as several pieces: a browser lays out a piece
/// as a whole, and one of ten million characters takes it seconds.
const PIECE: u32 = 8_192;

/// A section ends when it holds this many pieces or code points.
const SECTION_PIECES: usize = 16;
const SECTION_LENGTH: u32 = 8_192;

/// What is set as one element with one text node: a block, or a part of a very long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The code points it shows.
    pub span: Span,
    /// The block it is of, by its place in the document.
    pub block: u32,
    /// Whether the block began in a piece before.
    pub continued: bool,
}

/// Neighbouring pieces that are laid out together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its pieces, by their place in the list of all.
    pub pieces: Range<usize>,
    /// From its first piece's start to its last piece's end.
    pub span: Span,
}

/// All pieces and sections of a document, in order.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    pieces: Vec<Piece>,
    sections: Vec<Section>,
}

impl Sections {
    /// Cuts a document up. Every code point of every block is in exactly one piece.
    pub fn of(document: &Document) -> Sections {
        let mut pieces = Vec::with_capacity(document.blocks.len());
        for (block, at) in document.blocks.iter().enumerate() {
            let mut start = at.span.start();
            while let Some(rest) = Span::new(start, at.span.end()) {
                let end = cut(&document.text, rest);
                if let Some(span) = Span::new(start, end) {
                    pieces.push(Piece {
                        span,
                        block: block as u32,
                        continued: start > at.span.start(),
                    });
                }
                start = end;
            }
        }
        let sections = group(&pieces);
        Sections { pieces, sections }
    }

    /// The pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The sections in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The piece that holds `offset`, or that it stands at the end of; between two pieces, the one
    /// behind.
    pub fn piece_at(&self, offset: u32) -> Option<usize> {
        let at = self.pieces.partition_point(|p| p.span.end() <= offset);
        match self.pieces.get(at) {
            Some(piece) if piece.span.start() <= offset => Some(at),
            _ => at
                .checked_sub(1)
                .filter(|&before| self.pieces[before].span.end() == offset)
                .or((at < self.pieces.len()).then_some(at)),
        }
    }

    /// The section that a piece is in.
    pub fn section_of(&self, piece: usize) -> usize {
        self.sections
            .partition_point(|section| section.pieces.end <= piece)
    }

    /// The sections that have a code point in `span`.
    pub fn meeting(&self, span: Span) -> Range<usize> {
        let from = self
            .sections
            .partition_point(|section| section.span.end() <= span.start());
        let to = self
            .sections
            .partition_point(|section| section.span.start() < span.end());
        from..to.max(from)
    }
}

/// Where the next piece of `rest` ends: behind white space if there is any near the limit.
fn cut(text: &Text, rest: Span) -> u32 {
    if rest.len() <= PIECE {
        return rest.end();
    }
    let limit = rest.start() + PIECE;
    let window = Span::new(limit - PIECE / 4, limit).and_then(|window| text.slice(window));
    let from_end = window.and_then(|w| w.chars().rev().position(char::is_whitespace));
    let end = from_end.map_or(limit, |behind| limit - behind as u32);
    // A grapheme stays whole, unless it is absurdly long.
    match crate::text::segment::is_grapheme_boundary(text, end) {
        true => end,
        false => crate::text::segment::previous_grapheme(text, end).max(rest.start() + PIECE / 2),
    }
}

fn group(pieces: &[Piece]) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut from = 0;
    let mut length = 0;
    for (i, piece) in pieces.iter().enumerate() {
        length += piece.span.len();
        let full = i + 1 - from == SECTION_PIECES || length >= SECTION_LENGTH;
        if full || i + 1 == pieces.len() {
            sections.push(Section {
                pieces: from..i + 1,
                span: pieces[from].span.hull(piece.span),
            });
            from = i + 1;
            length = 0;
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentMeta, plain};
    use proptest::prelude::*;

    fn document(content: &str) -> Document {
        plain(content.into(), DocumentMeta::default()).unwrap()
    }

    #[test]
    fn a_block_is_a_piece_and_sixteen_are_a_section() {
        let layout = Sections::of(&document(&"line\n".repeat(40)));
        assert_eq!(layout.pieces().len(), 40);
        let sizes: Vec<_> = layout.sections().iter().map(|s| s.pieces.len()).collect();
        assert_eq!(sizes, [16, 16, 8]);
    }

    #[test]
    fn a_long_line_is_several_pieces_that_end_behind_white_space() {
        let layout = Sections::of(&document(&"word ".repeat(10_000)));
        assert!(
            layout
                .pieces()
                .iter()
                .all(|piece| piece.span.len() <= PIECE)
        );
        assert!(
            layout.pieces()[..6]
                .iter()
                .all(|piece| piece.span.end() % 5 == 0)
        );
        assert!(!layout.pieces()[0].continued && layout.pieces()[1].continued);
    }

    proptest! {
        #[test]
        fn every_code_point_of_a_block_is_in_one_piece_and_is_found_there(
            lines in prop::collection::vec((0..4u8, 0..9_000usize), 1..12),
        ) {
            let fill = ["a", "é", "e\u{301}", "x "];
            let content: String = lines.iter()
                .map(|(kind, length)| fill[usize::from(*kind)].repeat(*length) + "\n")
                .collect();
            let document = document(&content);
            let layout = Sections::of(&document);
            for (i, block) in document.blocks.iter().enumerate() {
                let of_block: Vec<_> = layout.pieces().iter().filter(|p| p.block as usize == i).collect();
                prop_assert_eq!(of_block.first().map(|p| p.span.start()), Some(block.span.start()));
                prop_assert_eq!(of_block.last().map(|p| p.span.end()), Some(block.span.end()));
                prop_assert!(of_block.windows(2).all(|two| two[0].span.end() == two[1].span.start()));
            }
            for (i, piece) in layout.pieces().iter().enumerate() {
                prop_assert_eq!(layout.piece_at(piece.span.start()), Some(i));
                prop_assert!(layout.sections()[layout.section_of(i)].pieces.contains(&i));
            }
        }
    }
}
