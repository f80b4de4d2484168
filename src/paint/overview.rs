//! The whole document at a glance: where beside the scroll bar a span shows.

use crate::text::Span;

/// A run of rows of the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first row.
    pub top: u32,
    /// How many rows; at least 2, so that a word in a long text can still be seen.
    pub height: u32,
}

/// Where `span` shows in an overview of `rows` rows over `length` code points.
pub fn band(span: Span, length: u32, rows: u32) -> Band {
    let row = |offset: u32| {
        (u64::from(offset) * u64::from(rows) / u64::from(length.max(1))).min(u64::from(rows)) as u32
    };
    let top = row(span.start()).min(rows.saturating_sub(2));
    Band {
        top,
        height: row(span.end()).saturating_sub(top).max(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_shows_in_proportion_and_never_too_small() {
        let at = |start, end| {
            let Band { top, height } = super::band(Span::new(start, end).unwrap(), 1000, 100);
            (top, height)
        };
        assert_eq!(at(0, 1000), (0, 100));
        assert_eq!(at(500, 600), (50, 10));
        assert_eq!(at(500, 501), (50, 2));
        assert_eq!(at(999, 1000), (98, 2));
    }
}
