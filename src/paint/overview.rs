//! The whole document at a glance: where beside the scroll bar a span shows.

use crate::text::Span;
use std::ops::Range;

/// A band reaches this far beyond its span's own rows, since it has two rows at least.
const REACH: u32 = 2;

/// A run of rows of the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first row.
    pub top: u32,
    /// How many rows; at least 2, so that a word in a long text can still be seen.
    pub height: u32,
}

impl Band {
    /// The part of it in `rows`.
    pub fn within(self, rows: Range<u32>) -> Option<Band> {
        let top = self.top.max(rows.start);
        let end = (self.top + self.height).min(rows.end);
        (top < end).then(|| Band {
            top,
            height: end - top,
        })
    }
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

/// Bands in the order of their tops, united where they touch: there are never more than half as many
/// as rows, however many spans there are.
pub fn runs(bands: impl Iterator<Item = Band>) -> impl Iterator<Item = Band> {
    let mut bands = bands.peekable();
    std::iter::from_fn(move || {
        let mut run = bands.next()?;
        while let Some(next) = bands.next_if(|next| next.top <= run.top + run.height) {
            run.height = run.height.max(next.top + next.height - run.top);
        }
        Some(run)
    })
}

/// The code points of which some may show in `shown`, in an overview of `rows` rows over `length`
/// code points; `None` if there are none.
pub fn shown_in(shown: Range<u32>, length: u32, rows: u32) -> Option<Span> {
    let at = |row: u32| u64::from(row) * u64::from(length) / u64::from(rows.max(1));
    let start = at(shown.start.saturating_sub(REACH));
    let end = at(shown.end.saturating_add(REACH).min(rows)) + 1;
    let end = end.min(u64::from(length));
    Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?)
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

    #[test]
    fn bands_that_touch_become_one() {
        let bands = |of: &[(u32, u32)]| -> Vec<Band> {
            let band = |&(top, height)| Band { top, height };
            of.iter().map(band).collect()
        };
        for (of, united) in [
            (&[(0, 2), (2, 2), (5, 2)][..], &[(0, 4), (5, 2)][..]),
            (&[(0, 9), (1, 2), (8, 4)], &[(0, 12)]),
            (&[(3, 2), (3, 2)], &[(3, 2)]),
            (&[], &[]),
        ] {
            assert_eq!(
                runs(bands(of).into_iter()).collect::<Vec<_>>(),
                bands(united)
            );
        }
    }

    #[test]
    fn whatever_shows_in_a_row_is_found_by_its_code_points() {
        for (length, rows) in [
            (1, 700),
            (10, 700),
            (999, 700),
            (70_001, 700),
            (5, 3),
            (3, 1),
        ] {
            for start in (0..length).step_by(1 + length as usize / 900) {
                let span = Span::new(start, start + 1).unwrap();
                let Band { top, height } = band(span, length, rows);
                for row in top..(top + height).min(rows) {
                    let near = shown_in(row..row + 1, length, rows).unwrap();
                    assert!(near.intersects(span), "{span:?} in row {row} of {rows}");
                }
            }
        }
    }

    #[test]
    fn a_band_is_cut_to_the_rows_that_are_drawn() {
        let band = Band { top: 10, height: 5 };
        let within = |rows| band.within(rows).map(|band| (band.top, band.height));
        assert_eq!(within(0..20), Some((10, 5)));
        assert_eq!(within(12..13), Some((12, 1)));
        assert_eq!(within(0..10), None);
        assert_eq!(within(15..20), None);
    }
}
