//! Which blocks of a document lie where.

use super::Document;
use crate::text::Span;
use std::ops::Range;

/// Indices into [`Document::blocks`]; offsets and spans in code points. All in logarithmic time.
impl Document {
    /// The block that `offset` lies in, or otherwise the one that ends there.
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        let behind = self.blocks.partition_point(|b| b.span.start() <= offset);
        let last = behind.checked_sub(1)?;
        (offset <= self.blocks.get(last)?.span.end()).then_some(last)
    }

    /// The first block of which something stands at or behind `offset`.
    pub fn first_block_from(&self, offset: u32) -> Option<usize> {
        let first = self.blocks.partition_point(|b| b.span.end() <= offset);
        (first < self.blocks.len()).then_some(first)
    }

    /// The blocks that have a code point in common with `span`; empty, at the place where they
    /// would stand, if there is none.
    pub fn blocks_in(&self, span: Span) -> Range<usize> {
        let first = self
            .blocks
            .partition_point(|b| b.span.end() <= span.start());
        let behind = self.blocks.partition_point(|b| b.span.start() < span.end());
        first..behind.max(first)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{DocumentMeta, plain};
    use crate::text::Span;

    // Blocks 2..4 and 6..8.
    const TEXT: &str = "\n\nab\n\ncd\n";

    #[test]
    fn a_block_is_found_from_inside_and_from_its_end() {
        let document = plain(TEXT.to_owned(), DocumentMeta::default()).unwrap();
        let found: Vec<_> = (0..10).map(|offset| document.block_at(offset)).collect();
        let (a, b) = (Some(0), Some(1));
        assert_eq!(found, [None, None, a, a, a, None, b, b, b, None]);
    }

    #[test]
    fn where_two_blocks_touch_the_one_that_begins_there_is_meant() {
        let mut document = plain("ab\ncd".to_owned(), DocumentMeta::default()).unwrap();
        document.blocks[0].span = Span::new(0, 3).unwrap();
        assert_eq!(document.block_at(3), Some(1));
    }

    #[test]
    fn the_next_block_is_the_first_with_text_from_there_on() {
        let document = plain(TEXT.to_owned(), DocumentMeta::default()).unwrap();
        let found: Vec<_> = [0, 2, 3, 4, 7, 8]
            .map(|offset| document.first_block_from(offset))
            .into();
        let (a, b) = (Some(0), Some(1));
        assert_eq!(found, [a, a, a, b, b, None]);
    }

    #[test]
    fn a_span_meets_the_blocks_that_it_shares_text_with() {
        let document = plain(TEXT.to_owned(), DocumentMeta::default()).unwrap();
        for (start, end, blocks) in [
            (0, 2, 0..0),
            (0, 3, 0..1),
            (3, 7, 0..2),
            (4, 6, 1..1),
            (4, 7, 1..2),
            (8, 9, 2..2),
        ] {
            let span = Span::new(start, end).unwrap();
            assert_eq!(document.blocks_in(span), blocks, "{span:?}");
        }
    }
}
