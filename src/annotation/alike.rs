//! How far words differ, and where in a text those stand that differ least.
//!
//! Distances are Levenshtein's, in code points: how many have to be put in, left out or replaced.
//! Source: G. Myers, “A fast bit-vector algorithm for approximate string matching based on dynamic
//! programming”, 1999, with the blocks of H. Hyyrö, “A bit-vector algorithm for computing Levenshtein
//! and Damerau edit distances”, 2003.

use std::collections::HashMap;

/// How many equally good places are told apart; in a text that has more, they are all alike.
const PLACES: usize = 32;

/// A place whose words differ least from those that were looked for; offsets in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it starts in the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How far its words differ.
    pub errors: usize,
}

/// How far `a` and `b` differ.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut last = a.len();
    Column::new(a).walk(b.iter(), true, |_, score| last = score);
    last
}

/// The places of `text` whose words differ least from `words`, if that is by `limit` at most.
pub fn least_different(words: &[char], text: &[char], limit: usize) -> Vec<Place> {
    let mut least = limit;
    let mut ends: Vec<usize> = Vec::new();
    Column::new(words).walk(text.iter(), false, |end, score| {
        if score < least {
            ends.clear();
            least = score;
        }
        if score == least && ends.len() < PLACES {
            ends.push(end);
        }
    });
    if ends.is_empty() {
        return Vec::new();
    }
    // From the end backward, the start is where the distance is the least again; where that is so
    // for several, nothing of the words is left out.
    let backward: Vec<char> = words.iter().rev().copied().collect();
    let column = Column::new(&backward);
    let place = |end: usize| {
        let reach = end.saturating_sub(words.len() + least);
        let mut start = None;
        column
            .clone()
            .walk(text[reach..end].iter().rev(), true, |length, score| {
                if score == least {
                    start = Some(end - length);
                }
            });
        start.map(|start| Place {
            start,
            end,
            errors: least,
        })
    };
    ends.into_iter().filter_map(place).collect()
}

/// A column of the table of distances, 64 rows to a word: only how each row differs from the one
/// above.
#[derive(Clone)]
struct Column {
    rows: usize,
    // For each character, the rows that it stands in.
    rows_of: HashMap<char, Vec<u64>>,
    more: Vec<u64>,
    less: Vec<u64>,
}

impl Column {
    fn new(words: &[char]) -> Column {
        let blocks = words.len().div_ceil(64);
        let mut rows_of: HashMap<char, Vec<u64>> = HashMap::new();
        for (row, c) in words.iter().enumerate() {
            let rows = rows_of.entry(*c).or_insert_with(|| vec![0; blocks]);
            rows[row / 64] |= 1 << (row % 64);
        }
        Column {
            rows: words.len(),
            rows_of,
            more: vec![u64::MAX; blocks],
            less: vec![0; blocks],
        }
    }

    /// Tells the distance in the last row after each character. `whole` has the text count from its
    /// start; otherwise the words may start anywhere in it.
    fn walk<'a>(
        mut self,
        text: impl Iterator<Item = &'a char>,
        whole: bool,
        mut tell: impl FnMut(usize, usize),
    ) {
        let Some(last) = self.rows.checked_sub(1) else {
            return;
        };
        let nowhere = vec![0; self.more.len()];
        let mut score = self.rows;
        for (at, c) in text.enumerate() {
            let mut carry = i8::from(whole);
            let rows = self.rows_of.get(c).unwrap_or(&nowhere);
            for (block, same) in rows.iter().enumerate() {
                let lowest = match block == last / 64 {
                    true => last % 64,
                    false => 63,
                };
                let (more, less) = (&mut self.more[block], &mut self.less[block]);
                carry = step(more, less, *same, carry, lowest);
            }
            score = score.saturating_add_signed(isize::from(carry));
            tell(at + 1, score);
        }
    }
}

/// Brings 64 rows to the next column. `carry` is by how much the row above differs between the two
/// columns; the answer is by how much the row `lowest` does.
fn step(more: &mut u64, less: &mut u64, same: u64, carry: i8, lowest: usize) -> i8 {
    let vertical = same | *less;
    let same = same | u64::from(carry < 0);
    let horizontal = (((same & *more).wrapping_add(*more)) ^ *more) | same;
    let up = *less | !(horizontal | *more);
    let down = *more & horizontal;
    let out = ((up >> lowest) & 1) as i8 - ((down >> lowest) & 1) as i8;
    let up = (up << 1) | u64::from(carry > 0);
    let down = (down << 1) | u64::from(carry < 0);
    *more = down | !(vertical | up);
    *less = up & vertical;
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The table itself.
    fn table(a: &[char], b: &[char], whole: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=a.len()).collect();
        let mut lasts = Vec::new();
        for (at, y) in b.iter().enumerate() {
            let mut above = column[0];
            column[0] = if whole { at + 1 } else { 0 };
            for (row, x) in a.iter().enumerate() {
                let replaced = above + usize::from(x != y);
                above = column[row + 1];
                column[row + 1] = replaced.min(above + 1).min(column[row] + 1);
            }
            lasts.push(column[a.len()]);
        }
        lasts
    }

    #[test]
    fn words_are_found_where_they_differ_least() {
        let text = chars("Die Fluten stigen in der Nacht. Die Fluten fielen.");
        assert_eq!(
            least_different(&chars("Fluten stiegen"), &text, 3),
            [Place {
                start: 4,
                end: 17,
                errors: 1
            }]
        );
        assert_eq!(least_different(&chars("Fluten"), &text, 1).len(), 2);
        assert_eq!(least_different(&chars("Trockenheit"), &text, 2), []);
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_table(
            a in prop::collection::vec(prop::sample::select(chars("abc")), 1..200),
            b in prop::collection::vec(prop::sample::select(chars("abcd")), 0..200),
        ) {
            for whole in [true, false] {
                let mut told = Vec::new();
                Column::new(&a).walk(b.iter(), whole, |_, score| told.push(score));
                prop_assert_eq!(told, table(&a, &b, whole));
            }
        }

        #[test]
        fn a_place_differs_by_what_it_says(
            words in prop::collection::vec(prop::sample::select(chars("ab")), 1..80),
            text in prop::collection::vec(prop::sample::select(chars("abc")), 0..300),
        ) {
            let least = table(&words, &text, false).into_iter().min().unwrap_or(usize::MAX);
            for place in least_different(&words, &text, words.len()) {
                prop_assert_eq!(place.errors, least);
                prop_assert_eq!(distance(&words, &text[place.start..place.end]), least);
            }
        }
    }
}
