//! The one place that converts between code points, UTF-16 code units and bytes of UTF-8.
//!
//! A table holds the counts at every 512th byte; what lies between is counted when asked for.

use super::{Length, Span, Text, TooLong, Utf16};
use std::fmt;
use str_indices::{chars, utf16};

/// Bytes between two checkpoints: a scan of this length costs less than a microsecond.
const STRIDE: usize = 512;

/// The counts at the last character boundary at or before a multiple of [`STRIDE`] bytes.
#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    code_points: u32,
    utf16: u32,
}

/// The lengths of a text, and its checkpoints.
#[derive(Clone, Debug)]
pub(super) struct Index {
    length: Length,
    // Empty for ASCII, where all units are the same.
    checkpoints: Vec<Checkpoint>,
}

impl Index {
    pub(super) fn new(content: &str) -> Result<Index, TooLong> {
        // No unit counts more than the bytes do, so this bounds them all.
        let utf8_bytes = u32::try_from(content.len()).map_err(|_| TooLong)?;
        let mut here = Checkpoint {
            code_points: 0,
            utf16: 0,
        };
        let mut checkpoints = Vec::new();
        if !content.is_ascii() {
            checkpoints.reserve_exact(content.len() / STRIDE + 1);
            for i in 0..=content.len() / STRIDE {
                checkpoints.push(here);
                here = here.behind(between(content, i, i + 1));
            }
        } else {
            here.code_points = utf8_bytes;
            here.utf16 = utf8_bytes;
        }
        let length = Length {
            code_points: here.code_points,
            utf16_code_units: here.utf16,
            utf8_bytes,
        };
        Ok(Index {
            length,
            checkpoints,
        })
    }

    fn is_ascii(&self) -> bool {
        self.checkpoints.is_empty()
    }

    /// The number of the last checkpoint whose count, as `count` reads it, is at most `offset`.
    fn last_at_or_before(&self, offset: u32, count: fn(&Checkpoint) -> u32) -> usize {
        self.checkpoints
            .partition_point(|c| count(c) <= offset)
            .saturating_sub(1)
    }

    fn checkpoint(&self, number: usize) -> Option<Checkpoint> {
        self.checkpoints.get(number).copied()
    }
}

impl Checkpoint {
    fn behind(self, passed: &str) -> Checkpoint {
        let code_points = chars::count(passed) as u32;
        Checkpoint {
            code_points: self.code_points + code_points,
            utf16: self.utf16 + code_points + utf16::count_surrogates(passed) as u32,
        }
    }
}

/// The byte at which the checkpoint of this number stands.
fn byte_of_checkpoint(content: &str, number: usize) -> usize {
    content.floor_char_boundary(number.saturating_mul(STRIDE))
}

/// The text between two checkpoints.
fn between(content: &str, from: usize, to: usize) -> &str {
    content
        .get(byte_of_checkpoint(content, from)..byte_of_checkpoint(content, to))
        .unwrap_or_default()
}

/// Why two offsets are not a span of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetError {
    /// Start and end are the same.
    Empty {
        /// Where both stand, in the unit that was asked in.
        at: u32,
    },
    /// The end lies before the start.
    Inverted {
        /// The start, in the unit that was asked in.
        start: u32,
        /// The end, in the unit that was asked in.
        end: u32,
    },
    /// The end lies beyond the end of the text, counted in code points.
    BeyondEnd {
        /// The end that was asked for, in code points.
        end: u32,
        /// The text's length in code points.
        length: u32,
    },
    /// The end lies beyond the end of the text, counted in UTF-16 code units.
    BeyondEndUtf16 {
        /// The end that was asked for, in UTF-16 code units.
        end: u32,
        /// The text's length in UTF-16 code units.
        length: u32,
    },
    /// An offset stands between the two halves of a surrogate pair.
    InsidePair {
        /// The offset, in UTF-16 code units.
        at: u32,
    },
}

impl fmt::Display for OffsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OffsetError::Empty { at } => {
                write!(
                    f,
                    "The span is empty: it starts and ends at {at}. A span covers at least one character."
                )
            }
            OffsetError::Inverted { start, end } => {
                write!(f, "The span ends at {end}, before its start at {start}.")
            }
            OffsetError::BeyondEnd { end, length } => write!(
                f,
                "The span ends at {end}, but the text has only {length} code points."
            ),
            OffsetError::BeyondEndUtf16 { end, length } => write!(
                f,
                "The span ends at {end}, but the text has only {length} UTF-16 code units."
            ),
            OffsetError::InsidePair { at } => write!(
                f,
                "The offset {at} stands inside a character: between the two UTF-16 code units of a surrogate pair."
            ),
        }
    }
}

impl std::error::Error for OffsetError {}

/// The errors that need no look at the text.
fn check_order(start: u32, end: u32) -> Result<(), OffsetError> {
    match start.cmp(&end) {
        std::cmp::Ordering::Less => Ok(()),
        std::cmp::Ordering::Equal => Err(OffsetError::Empty { at: start }),
        std::cmp::Ordering::Greater => Err(OffsetError::Inverted { start, end }),
    }
}

/// Lengths, conversions and pieces. Each costs at most the logarithm of the text's length.
impl Text {
    /// Its length in every unit.
    pub fn length(&self) -> Length {
        self.index.length
    }

    /// The span of all of it, or `None` for an empty text.
    pub fn whole(&self) -> Option<Span> {
        Span::new(0, self.length().code_points)
    }

    /// The span `start..end` in code points.
    pub fn span(&self, start: u32, end: u32) -> Result<Span, OffsetError> {
        check_order(start, end)?;
        let length = self.length().code_points;
        match Span::new(start, end) {
            Some(span) if end <= length => Ok(span),
            _ => Err(OffsetError::BeyondEnd { end, length }),
        }
    }

    /// The span (in code points, like all spans) that covers `start..end` in UTF-16 code units.
    pub fn span_of_utf16(&self, start: Utf16, end: Utf16) -> Result<Span, OffsetError> {
        check_order(start.0, end.0)?;
        let length = self.length().utf16_code_units;
        if end.0 > length {
            return Err(OffsetError::BeyondEndUtf16 { end: end.0, length });
        }
        let convert = |at: Utf16| {
            self.offset_of_utf16(at)
                .ok_or(OffsetError::InsidePair { at: at.0 })
        };
        self.span(convert(start)?, convert(end)?)
    }

    /// The text that `span` covers, or `None` if it reaches beyond the end.
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.content
            .get(self.byte_of(span.start())?..self.byte_of(span.end())?)
    }

    /// The character that starts at `offset` code points, or `None` at the end and beyond.
    pub fn char_at(&self, offset: u32) -> Option<char> {
        self.content.get(self.byte_of(offset)?..)?.chars().next()
    }

    /// Code points → bytes of UTF-8; `None` beyond the end.
    pub fn byte_of(&self, offset: u32) -> Option<usize> {
        if offset > self.length().code_points {
            return None;
        }
        if self.index.is_ascii() {
            return Some(offset as usize);
        }
        let number = self.index.last_at_or_before(offset, |c| c.code_points);
        let further = offset - self.index.checkpoint(number)?.code_points;
        let near = between(&self.content, number, number + 1);
        Some(byte_of_checkpoint(&self.content, number) + chars::to_byte_idx(near, further as usize))
    }

    /// Bytes of UTF-8 → code points; `None` inside a character or beyond the end.
    pub fn offset_of_byte(&self, byte: usize) -> Option<u32> {
        Some(self.counts_at_byte(byte)?.code_points)
    }

    /// Code points → UTF-16 code units; `None` beyond the end.
    pub fn utf16_of(&self, offset: u32) -> Option<Utf16> {
        Some(Utf16(self.counts_at_byte(self.byte_of(offset)?)?.utf16))
    }

    /// UTF-16 code units → code points; `None` inside a surrogate pair or beyond the end.
    pub fn offset_of_utf16(&self, at: Utf16) -> Option<u32> {
        if at.0 > self.length().utf16_code_units {
            return None;
        }
        if self.index.is_ascii() {
            return Some(at.0);
        }
        let number = self.index.last_at_or_before(at.0, |c| c.utf16);
        let further = at.0 - self.index.checkpoint(number)?.utf16;
        let near = between(&self.content, number, number + 1);
        // Inside a pair this gives the start of the character, which counts fewer units than asked.
        let byte =
            byte_of_checkpoint(&self.content, number) + utf16::to_byte_idx(near, further as usize);
        let found = self.counts_at_byte(byte)?;
        (found.utf16 == at.0).then_some(found.code_points)
    }

    fn counts_at_byte(&self, byte: usize) -> Option<Checkpoint> {
        if !self.content.is_char_boundary(byte) {
            return None;
        }
        if self.index.is_ascii() {
            let count = u32::try_from(byte).ok()?;
            return Some(Checkpoint {
                code_points: count,
                utf16: count,
            });
        }
        let number = byte / STRIDE;
        let from = byte_of_checkpoint(&self.content, number);
        let checkpoint = self.index.checkpoint(number)?;
        Some(checkpoint.behind(self.content.get(from..byte)?))
    }
}

#[cfg(test)]
mod tests;
