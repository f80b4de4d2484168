//! Cuts a text of any length into pieces that can be segmented one at a time.
//!
//! A grid line stands at every `stride` code points. Each is moved on to the first place behind it
//! where a unit is sure to begin, which is found without looking further back; pieces lie between
//! the moved lines. So the pieces, and the units in them, are the same from wherever one asks.

use crate::text::{Span, Text};

/// A kind of unit: how to find a sure beginning, and how to divide a piece.
pub(super) struct Unit {
    /// Code points between grid lines. A piece is shorter than twice this.
    pub stride: u32,
    /// The first sure beginning of a unit in a span.
    pub sure: fn(&Text, Span) -> Option<u32>,
    /// Where to cut a span that has none, but lies amid a unit; from its start to its end.
    pub forced: fn(&Text, Span) -> u32,
    /// The units of a piece, in order.
    pub divide: fn(&Text, Span) -> Vec<Span>,
}

impl Unit {
    /// The piece that holds the code point at `offset`; `None` outside of `within`.
    pub fn piece(&self, text: &Text, within: Span, offset: u32) -> Option<Span> {
        if !within.contains(offset) {
            return None;
        }
        let number = (offset - within.start()) / self.stride;
        let line = self.line(text, within, number);
        if line > offset {
            Span::new(self.line(text, within, number.saturating_sub(1)), line)
        } else {
            Span::new(line, self.line(text, within, number.saturating_add(1)))
        }
    }

    /// Where the grid line of this number stands once it is moved.
    fn line(&self, text: &Text, within: Span, number: u32) -> u32 {
        let from = within
            .start()
            .saturating_add(number.saturating_mul(self.stride));
        let to = from.saturating_add(self.stride).min(within.end());
        let Some(reach) = Span::new(from, to).filter(|_| number > 0) else {
            return from.min(within.end());
        };
        (self.sure)(text, reach).unwrap_or_else(|| {
            if to == within.end() {
                to
            } else {
                (self.forced)(text, reach)
            }
        })
    }

    /// All units in `within`, in order.
    pub fn all(&self, text: &Text, within: Span) -> Vec<Span> {
        let mut units = Vec::new();
        let mut at = within.start();
        while let Some(piece) = self.piece(text, within, at) {
            units.extend((self.divide)(text, piece));
            at = piece.end();
        }
        units
    }

    /// The unit that holds the code point at `offset`.
    pub fn at(&self, text: &Text, within: Span, offset: u32) -> Option<Span> {
        let piece = self.piece(text, within, offset)?;
        (self.divide)(text, piece)
            .into_iter()
            .find(|unit| unit.contains(offset))
    }

    /// The first unit that starts at `offset` or behind.
    pub fn next(&self, text: &Text, within: Span, offset: u32) -> Option<Span> {
        let mut at = offset.max(within.start());
        loop {
            let piece = self.piece(text, within, at)?;
            let mut units = (self.divide)(text, piece).into_iter();
            if let Some(unit) = units.find(|unit| unit.start() >= offset) {
                return Some(unit);
            }
            at = piece.end();
        }
    }

    /// The last unit that ends at `offset` or before.
    pub fn previous(&self, text: &Text, within: Span, offset: u32) -> Option<Span> {
        let mut at = offset.min(within.end());
        loop {
            let piece = self.piece(text, within, at.checked_sub(1)?)?;
            let mut units = (self.divide)(text, piece).into_iter().rev();
            if let Some(unit) = units.find(|unit| unit.end() <= offset) {
                return Some(unit);
            }
            at = piece.start();
        }
    }
}

/// The first place in `reach` between two characters of which `is_boundary` says that it is one.
pub(super) fn first_boundary(
    text: &Text,
    reach: Span,
    is_boundary: fn(char, char) -> bool,
) -> Option<u32> {
    let from = reach.start().saturating_sub(1);
    let content = Span::new(from, reach.end()).and_then(|near| text.slice(near));
    let chars = content.unwrap_or_default().chars();
    let pairs = chars.clone().zip(chars.skip(1));
    (reach.start()..)
        .zip(pairs)
        .find(|(_, (before, behind))| is_boundary(*before, *behind))
        .map(|(offset, _)| offset)
}

/// The spans of consecutive parts of a piece, from their lengths in code points.
pub(super) struct Ruler {
    at: u32,
}

impl Ruler {
    pub fn new(start: u32) -> Ruler {
        Ruler { at: start }
    }

    /// Goes on by `part` and gives what it covers; `None` if `part` is empty.
    pub fn pass(&mut self, part: &str) -> Option<Span> {
        let start = self.at;
        self.at += str_indices::chars::count(part) as u32;
        Span::new(start, self.at)
    }
}
