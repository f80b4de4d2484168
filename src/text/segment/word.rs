//! Words (UAX #29) that hold a letter, a digit or an ideograph.

use super::grapheme::grapheme_at;
use super::pieces::{Ruler, Unit, first_boundary};
use crate::text::{Span, Text};
use unicode_segmentation::UnicodeSegmentation;

/// A "word" of more than a stride is cut at its multiples.
const WORDS: Unit = Unit {
    stride: 1024,
    sure: |text, reach| first_boundary(text, reach, is_sure_boundary),
    forced: grapheme_end,
    divide: words_of_piece,
};

/// What lies between two boundaries, words or not; cut like words.
const PARTS: Unit = Unit {
    divide: parts_of_piece,
    ..WORDS
};

/// All that lies between two word boundaries of `within`, in order and without a gap: words,
/// punctuation, white space.
pub fn parts(text: &Text, within: Span) -> Vec<Span> {
    PARTS.all(text, within)
}

/// All words in `within`, in order. Line breaks part words like other white space.
pub fn words(text: &Text, within: Span) -> Vec<Span> {
    WORDS.all(text, within)
}

/// The word of `block` that holds the code point at `offset`.
pub fn word_at(text: &Text, block: Span, offset: u32) -> Option<Span> {
    WORDS.at(text, block, offset)
}

/// The first word of `block` that starts at `offset` or behind.
pub fn next_word(text: &Text, block: Span, offset: u32) -> Option<Span> {
    WORDS.next(text, block, offset)
}

/// The last word of `block` that ends at `offset` or before.
pub fn previous_word(text: &Text, block: Span, offset: u32) -> Option<Span> {
    WORDS.previous(text, block, offset)
}

/// Moves each end of `span` that cuts a word of `within` outwards. Ends on white space or
/// punctuation, and ends outside of `within`, stay.
pub fn snap_to_words(text: &Text, within: Span, span: Span) -> Span {
    let start = word_at(text, within, span.start());
    let end = word_at(text, within, span.end() - 1);
    [start, end].into_iter().flatten().fold(span, Span::hull)
}

fn words_of_piece(text: &Text, piece: Span) -> Vec<Span> {
    let mut ruler = Ruler::new(piece.start());
    text.slice(piece)
        .unwrap_or_default()
        .split_word_bounds()
        .filter_map(|part| {
            let span = ruler.pass(part)?;
            part.chars().any(char::is_alphanumeric).then_some(span)
        })
        .collect()
}

fn parts_of_piece(text: &Text, piece: Span) -> Vec<Span> {
    let mut ruler = Ruler::new(piece.start());
    let content = text.slice(piece).unwrap_or_default();
    let parts = content.split_word_bounds();
    parts.filter_map(|part| ruler.pass(part)).collect()
}

/// Whether there is a boundary whatever stands further back: no rule reaches across white space or
/// an ideograph (Han, Hiragana and the punctuation between them).
fn is_sure_boundary(before: char, behind: char) -> bool {
    let reaches_no_further = before.is_whitespace()
        || matches!(before, '\u{3001}'..='\u{3003}' | '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}');
    reaches_no_further
        && String::from_iter([before, behind])
            .split_word_bounds()
            .count()
            == 2
}

/// Where the grapheme before the start of `reach` ends: a place to cut if there is no better one.
pub(super) fn grapheme_end(text: &Text, reach: Span) -> u32 {
    grapheme_at(text, reach.start().saturating_sub(1))
        .map_or(reach.start(), Span::end)
        .clamp(reach.start(), reach.end())
}
