//! Texts as formats see them that count tokens: cut at word boundaries (UAX #29), at white space and
//! at the edges of spans, so that what is tagged is exact.

mod flat;
mod sentences;

pub use flat::{Flat, flatten, trim};
pub use sentences::sentence_starts;

use crate::text::{Span, Text, segment};

/// Whether Python's `str.isspace` and `str.split` take `c` for white space: Unicode's white space, and
/// the four separators of ASCII.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// What a piece of a text is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No white space.
    Word,
    /// One space (U+0020).
    Blank,
    /// White space of any other kind or number, but no space that follows a line break or a tab.
    Space,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, in code points.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
}

/// Cuts all of a text into pieces, in order and without a gap. There is a cut at each of `edges`
/// (offsets in code points, in any order) that lies inside of the text. Linear in the length of the
/// text, but for sorting the edges.
pub fn pieces(text: &Text, edges: impl IntoIterator<Item = u32>) -> Vec<Piece> {
    let mut edges: Vec<u32> = edges.into_iter().collect();
    edges.sort_unstable();
    edges.dedup();
    let mut edges = edges.into_iter().peekable();
    let Some(whole) = text.whole() else {
        return Vec::new();
    };
    let mut pieces = Vec::new();
    // Parts follow on each other, so their characters are those of the text.
    let mut chars = text.as_str().chars();
    let mut start = 0;
    let mut at = 0;
    let mut kind = None;
    let mut close = |start: u32, end: u32, kind: Option<Kind>| {
        if let (Some(span), Some(kind)) = (Span::new(start, end), kind) {
            pieces.push(Piece { span, kind });
        }
    };
    for part in segment::parts(text, whole) {
        for _ in part.start()..part.end() {
            let Some(c) = chars.next() else { break };
            let next = match (is_space(c), c, kind) {
                (false, ..) => Kind::Word,
                // Blanks stand alone, whatever stands before them.
                (true, ' ', _) => Kind::Blank,
                (true, ..) => Kind::Space,
            };
            while edges.next_if(|edge| *edge < at).is_some() {}
            let is_edge = edges.next_if_eq(&at).is_some();
            let goes_on = kind == Some(next)
                && match next {
                    Kind::Word => part.start() != at,
                    Kind::Blank => false,
                    Kind::Space => true,
                };
            if is_edge || !goes_on {
                close(start, at, kind);
                start = at;
            }
            kind = Some(next);
            at += 1;
        }
    }
    close(start, at, kind);
    pieces
}

#[cfg(test)]
mod tests;
