//! `Span`: a range of a text.

use std::fmt;

/// A half-open range of code points, never empty.
///
/// `start` and `end` count Unicode scalar values (what Python's `str` counts) from the start of the
/// document's text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    // Invariant: start < end.
    end: u32,
}

impl Span {
    /// The range `start..end` in code points, or `None` if it would be empty or inverted.
    pub const fn new(start: u32, end: u32) -> Option<Span> {
        if start < end {
            Some(Span { start, end })
        } else {
            None
        }
    }

    /// The first code point's offset.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The offset behind the last code point.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// How many code points it covers; at least 1, so there is no `is_empty`.
    #[allow(clippy::len_without_is_empty)]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the code point at `offset` lies inside.
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside (equal extents included).
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have a code point in common.
    pub const fn intersects(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The code points that both cover.
    pub fn intersection(self, other: Span) -> Option<Span> {
        Span::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The smallest span that covers both.
    pub fn hull(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
