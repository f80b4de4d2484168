//! Which parts of a text stand in another version of it, and where.
//!
//! Both versions are compared once, whatever stands in them: what they begin and end with, then the
//! long runs of the rest, wherever they went, then shorter ones between two that kept their order.
//! All offsets are bytes of UTF-8.

use std::ops::Range;

/// A run of as many bytes is taken for the same passage wherever it stands: some eight words.
pub const LONG: usize = 48;
/// Between the same neighbours, a run of as many is: two or three words.
pub const SHORT: usize = 16;
/// How many places that begin alike are compared; the nearest one always is.
const PLACES: usize = 16;
/// No place.
const NONE: u32 = u32::MAX;

/// A part that both versions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it starts in the old version.
    pub old: usize,
    /// Where it starts in the new one.
    pub new: usize,
    /// How long it is.
    pub length: usize,
}

impl Run {
    /// Where it ends in the old version.
    pub fn old_end(&self) -> usize {
        self.old + self.length
    }

    /// Where it ends in the new one.
    pub fn new_end(&self) -> usize {
        self.new + self.length
    }
}

/// The runs of two versions, in the order of the old one; none overlap there.
pub fn align(old: &str, new: &str) -> Vec<Run> {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let start = same(old.iter(), new.iter());
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = same(old_rest.iter().rev(), new_rest.iter().rev());
    let (old_end, new_end) = (old.len() - end, new.len() - end);

    let mut long = vec![Run {
        old: 0,
        new: 0,
        length: start,
    }];
    add_runs(old, start..old_end, new, start..new_end, LONG, &mut long);
    long.push(Run {
        old: old_end,
        new: new_end,
        length: end,
    });

    let mut runs = Vec::new();
    for pair in long.windows(2) {
        let (before, behind) = (pair[0], pair[1]);
        runs.push(before);
        if before.new_end() <= behind.new {
            let (from, to) = (before.old_end()..behind.old, before.new_end()..behind.new);
            add_runs(old, from, new, to, SHORT, &mut runs);
        }
    }
    runs.extend(long.last());
    runs.retain(|run| run.length > 0);
    runs
}

fn same<'a>(a: impl Iterator<Item = &'a u8>, b: impl Iterator<Item = &'a u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// Adds what of `old[from]` stands in `new[to]`, in runs of `least` bytes at least: from left to
/// right always the longest, and of such the one that moved as far as the run before it.
fn add_runs(
    old: &[u8],
    from: Range<usize>,
    new: &[u8],
    to: Range<usize>,
    least: usize,
    runs: &mut Vec<Run>,
) {
    if from.len() < least || to.len() < least {
        return;
    }
    let (floor, shift) = match runs.last() {
        Some(last) => (to.start, last.new as isize - last.old as isize),
        None => (to.start, 0),
    };
    let (mut shift, mut done) = (shift, from.start);
    let chains = Chains::of(&new[to.clone()], least / 2);
    let (old, new) = (&old[..from.end], &new[..to.end]);
    let mut at = from.start;
    while at + least <= from.end {
        let expected = at.checked_add_signed(shift);
        let expected = expected.filter(|expected| to.contains(expected));
        let places = chains.places(&old[at..]).map(|place| to.start + place);
        let mut best = (0, 0);
        for place in expected.into_iter().chain(places.take(PLACES)) {
            // What differs where it would become longer can't be longer.
            if old.get(at + best.0) == new.get(place + best.0) {
                let length = same(old[at..].iter(), new[place..].iter());
                if length > best.0 {
                    best = (length, place);
                }
            }
        }
        let (length, place) = best;
        if length < least {
            at += 1;
            continue;
        }
        let (before, there) = (&old[done..at], &new[floor..place]);
        let back = same(before.iter().rev(), there.iter().rev());
        runs.push(Run {
            old: at - back,
            new: place - back,
            length: length + back,
        });
        shift = place as isize - at as isize;
        at += length;
        done = at;
    }
}

/// Where each short piece of a text stands: one list for each hash of a piece.
struct Chains {
    piece: usize,
    heads: Vec<u32>,
    next: Vec<u32>,
}

impl Chains {
    fn of(text: &[u8], piece: usize) -> Chains {
        let size = text.len().next_power_of_two().clamp(1 << 8, 1 << 20);
        let mut chains = Chains {
            piece,
            heads: vec![NONE; size],
            next: vec![NONE; text.len()],
        };
        let windows = text.windows(piece).enumerate();
        for (at, window) in windows.rev() {
            let head = chains.slot(window);
            chains.next[at] = std::mem::replace(&mut chains.heads[head], at as u32);
        }
        chains
    }

    fn slot(&self, piece: &[u8]) -> usize {
        let mut hash = 0u32;
        for byte in piece {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
        (hash ^ (hash >> 15)) as usize & (self.heads.len() - 1)
    }

    /// Where the piece that `text` begins with may stand, from left to right.
    fn places(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let first = text.get(..self.piece).map(|piece| self.slot(piece));
        let mut next = first.map_or(NONE, |slot| self.heads[slot]);
        std::iter::from_fn(move || {
            let place = (next != NONE).then_some(next as usize)?;
            next = self.next[place];
            Some(place)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_moved_is_found_where_it_went() {
        let one = "The river rose two metres above its banks in a single night. ";
        let two = "Nobody was hurt, and most of the bridges were open by the morning. ";
        let old = format!("Monday. {one}{two}End.");
        let new = format!("Tuesday! {two}Then. {one}End.");
        let long: Vec<_> = align(&old, &new)
            .into_iter()
            .filter(|run| run.length >= LONG)
            .map(|run| old[run.old..run.old_end()].to_owned())
            .collect();
        assert_eq!(long.len(), 2);
        for (run, sentence) in long.iter().zip([one, two]) {
            let sentence = sentence.trim_end_matches(['.', ' ']);
            assert!(run.contains(sentence), "{run:?}");
        }
    }

    #[test]
    fn equal_versions_are_one_run() {
        let run = Run {
            old: 0,
            new: 0,
            length: 3,
        };
        assert_eq!(align("abc", "abc"), [run]);
        assert_eq!(align("", ""), []);
    }

    proptest! {
        #[test]
        fn runs_are_in_order_and_say_the_same_in_both(old in "[ab]{0,400}", new in "[ab]{0,400}") {
            let mut end = 0;
            for run in align(&old, &new) {
                prop_assert!(run.old >= end);
                end = run.old_end();
                prop_assert_eq!(
                    &old.as_bytes()[run.old..end],
                    &new.as_bytes()[run.new..run.new_end()]
                );
            }
        }
    }
}
