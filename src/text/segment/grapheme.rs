//! Graphemes: what a reader takes for one character (UAX #29, extended grapheme clusters).

use super::pieces::{Ruler, Unit, first_boundary};
use crate::text::{Span, Text};
use unicode_segmentation::UnicodeSegmentation;

/// Clusters and runs of flags that go on for more than a stride (a heap of combining marks, not a
/// character of any script) are cut at its multiples. UAX #15 allows 30 marks in a row.
const GRAPHEMES: Unit = Unit {
    stride: 128,
    sure: |text, reach| first_boundary(text, reach, is_sure_boundary),
    forced: |_, reach| reach.start(),
    divide: graphemes,
};

/// The end of the grapheme that holds the code point at `offset`; the text's end, at the end.
pub fn next_grapheme(text: &Text, offset: u32) -> u32 {
    grapheme_at(text, offset).map_or(text.length().code_points, Span::end)
}

/// The start of the grapheme that ends at `offset` (or holds it); 0 at the start.
pub fn previous_grapheme(text: &Text, offset: u32) -> u32 {
    let offset = offset.min(text.length().code_points);
    offset
        .checked_sub(1)
        .and_then(|before| grapheme_at(text, before))
        .map_or(0, Span::start)
}

/// Whether `offset` lies between two graphemes, or at an end of the text.
pub fn is_grapheme_boundary(text: &Text, offset: u32) -> bool {
    match grapheme_at(text, offset) {
        Some(grapheme) => grapheme.start() == offset,
        None => offset == text.length().code_points,
    }
}

/// Moves each end of `span` that cuts a grapheme outwards.
pub fn snap_to_graphemes(text: &Text, span: Span) -> Span {
    let start = grapheme_at(text, span.start());
    let end = grapheme_at(text, span.end() - 1);
    [start, end].into_iter().flatten().fold(span, Span::hull)
}

/// Drops white space and invisible characters at both ends; `None` if nothing else is there.
///
/// Where dropping them, or `span` itself, would cut a grapheme, that end moves outwards again.
pub fn trim(text: &Text, span: Span) -> Option<Span> {
    Some(snap_to_graphemes(text, visible_part(text, span)?))
}

/// What [`trim`] gives, but never more than `span`.
pub(super) fn trim_within(text: &Text, span: Span) -> Option<Span> {
    trim(text, span)?.intersection(span)
}

fn visible_part(text: &Text, span: Span) -> Option<Span> {
    // Counts what is dropped and not what is left, which may be long.
    let count = |part: &str| str_indices::chars::count(part) as u32;
    let content = text.slice(span)?;
    let behind = content.trim_start_matches(is_blank);
    let visible = behind.trim_end_matches(is_blank);
    let dropped_before = count(&content[..content.len() - behind.len()]);
    let dropped_behind = count(&behind[visible.len()..]);
    Span::new(span.start() + dropped_before, span.end() - dropped_behind)
}

/// White space, and characters that show nothing where a span ends: zero-width spaces and joiners,
/// the byte order mark, marks of direction.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The grapheme that holds the code point at `offset`; `None` at the end of the text and beyond.
pub(super) fn grapheme_at(text: &Text, offset: u32) -> Option<Span> {
    let near = Span::new(offset.saturating_sub(1), offset.checked_add(2)?)?;
    let near = near.intersection(text.whole()?)?;
    if text.slice(near)?.chars().all(stands_alone) {
        return Span::new(offset, near.end().min(offset + 1));
    }
    GRAPHEMES.at(text, text.whole()?, offset)
}

/// Whether a character is a grapheme by itself among its like: a shortcut past the tables for
/// Latin text and its punctuation. (A carriage return is not, since a line feed may join it.)
fn stands_alone(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}')
}

fn graphemes(text: &Text, piece: Span) -> Vec<Span> {
    let mut ruler = Ruler::new(piece.start());
    text.slice(piece)
        .unwrap_or_default()
        .graphemes(true)
        .filter_map(|grapheme| ruler.pass(grapheme))
        .collect()
}

/// Whether there is a boundary whatever stands further back: the pair alone has one, and `before`
/// is no mark or joiner through which an emoji or a conjunct might reach.
fn is_sure_boundary(before: char, behind: char) -> bool {
    let parts = |a: char, b: char| String::from_iter([a, b]).graphemes(true).count() == 2;
    parts(before, behind) && parts('a', before)
}
