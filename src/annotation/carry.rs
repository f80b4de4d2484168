//! Carrying a span from one version of a text to another.
//!
//! First by position: where the passage around it went, verified by its words. Where the passage
//! itself has changed, by its words between the same neighbours, exactly or nearly. What isn't found
//! so is not found: a wrong place would be worse than none.

use super::alignment::{LONG, Run, SHORT, align};
use super::alike::{distance, least_different};
use super::selector::{Quote, describe};
use crate::text::{Span, Text};

/// One in so many code points of the words may differ. Sentences that have nothing to do with each
/// other differ in more than every second one.
const ERRORS: usize = 4;
/// How many bytes of the words and of what stands around them have to be the same where words are
/// looked for between their former neighbours. Where these have moved apart, a [`LONG`] run has to.
const IN_PLACE: usize = 24;
/// The longest words that are compared letter by letter, in code points.
const LONGEST: usize = 4_096;
/// How far words are looked for beyond eight times their length, in bytes.
const REACH: usize = 4_096;

/// Two versions of a text, compared.
#[derive(Clone, Debug)]
pub struct Carrier {
    runs: Vec<Run>,
}

/// Where a span went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Where it is now.
    pub span: Span,
    /// Whether its words are the very same.
    pub exact: bool,
}

/// What was looked for: the words and their surroundings, and the bytes that they were.
struct Sought {
    quote: Quote,
    start: usize,
    end: usize,
}

/// Where it may be, in bytes of the new text.
#[derive(Clone, Copy)]
struct Candidate {
    start: usize,
    end: usize,
    errors: usize,
}

/// A part of the new text to look in, and how many bytes have to agree with what is found there.
struct Window {
    start: usize,
    end: usize,
    needs: usize,
}

impl Carrier {
    /// Compares two versions. Takes time in proportion to their lengths.
    pub fn new(old: &Text, new: &Text) -> Carrier {
        Carrier {
            runs: align(old.as_str(), new.as_str()),
        }
    }

    /// Where `span` of `old` is in `new`, which are the versions that were compared.
    pub fn carry(&self, old: &Text, new: &Text, span: Span) -> Option<Carried> {
        let sought = Sought {
            quote: describe(old, span)?,
            start: old.byte_of(span.start())?,
            end: old.byte_of(span.end())?,
        };
        let content = new.as_str();
        let found = match self.within_a_run(&sought) {
            Some(found) => found,
            None => {
                let there = self.between_its_ends(content, &sought);
                let alike = self.by_its_words(content, &sought);
                match (there, alike) {
                    (Some(there), Some(alike)) if alike.errors < there.errors => alike,
                    (there, alike) => there.or(alike)?,
                }
            }
        };
        let span = Span::new(
            new.offset_of_byte(found.start)?,
            new.offset_of_byte(found.end)?,
        );
        Some(Carried {
            span: span?,
            exact: found.errors == 0,
        })
    }

    /// The last run that starts at or before the words, and the first that ends at or behind them.
    fn neighbours(&self, sought: &Sought) -> (Option<Run>, Option<Run>) {
        let before = self.runs.partition_point(|run| run.old <= sought.start);
        let behind = self.runs.partition_point(|run| run.old_end() < sought.end);
        let before = before.checked_sub(1).and_then(|at| self.runs.get(at));
        (before.copied(), self.runs.get(behind).copied())
    }

    fn within_a_run(&self, sought: &Sought) -> Option<Candidate> {
        let (before, _) = self.neighbours(sought);
        let run = before.filter(|run| sought.end <= run.old_end())?;
        let start = run.new + (sought.start - run.old);
        (run.length >= SHORT.min(sought.length())).then_some(Candidate {
            start,
            end: start + sought.quote.exact.len(),
            errors: 0,
        })
    }

    /// Where both ends of the words are known: what stands between them now, if that is alike.
    fn between_its_ends(&self, new: &str, sought: &Sought) -> Option<Candidate> {
        let (before, behind) = self.neighbours(sought);
        let before = before.filter(|run| sought.start < run.old_end())?;
        let behind = behind.filter(|run| run.old < sought.end)?;
        let start = before.new + (sought.start - before.old);
        let end = behind.new + (sought.end - behind.old);
        let words = new.get(start..end)?;
        let longest = sought.quote.exact.len().max(words.len());
        let differing = longest - self.kept(sought, start, end).min(longest);
        let errors = if differing * ERRORS <= longest {
            differing
        } else {
            let old: Vec<char> = sought.quote.exact.chars().collect();
            let now: Vec<char> = words.chars().collect();
            let longest = old.len().max(now.len());
            let errors = (longest <= LONGEST).then(|| distance(&old, &now))?;
            (errors * ERRORS <= longest).then_some(errors)?
        };
        let candidate = Candidate { start, end, errors };
        sought.agrees(new, candidate, IN_PLACE).then_some(candidate)
    }

    /// How many bytes of the words stand between `start` and `end` of the new text.
    fn kept(&self, sought: &Sought, start: usize, end: usize) -> usize {
        let first = self
            .runs
            .partition_point(|run| run.old_end() <= sought.start);
        let runs = self.runs.get(first..).unwrap_or_default().iter();
        runs.take_while(|run| run.old < sought.end)
            .filter(|run| run.new < end && start < run.new_end())
            .map(|run| run.old_end().min(sought.end) - run.old.max(sought.start))
            .sum()
    }

    /// The words themselves, near where their neighbours are.
    fn by_its_words(&self, new: &str, sought: &Sought) -> Option<Candidate> {
        let words: Vec<char> = sought.quote.exact.chars().collect();
        if words.len() > LONGEST {
            return None;
        }
        let (before, behind) = self.neighbours(sought);
        let from = before.map_or(0, |run| match sought.start.checked_sub(run.old_end()) {
            Some(_) => run.new_end(),
            None => run.new + (sought.start - run.old),
        });
        let to = behind.map_or(new.len(), |run| match run.old.checked_sub(sought.end) {
            Some(_) => run.new,
            None => run.new_end() - (run.old_end() - sought.end),
        });
        let gap = before.map_or(0, |run| run.old_end()).min(sought.start);
        let expected = from + (sought.start - gap);
        let mut best: Option<(_, Candidate)> = None;
        let margin = sought.quote.exact.len();
        for window in windows(from, to, new.len(), 8 * margin + REACH) {
            for candidate in window.look_for(&words, margin, new) {
                if sought.agrees(new, candidate, window.needs) {
                    let agreement = sought.agreement(new, candidate);
                    let distance = candidate.start.abs_diff(expected);
                    // The least of these is the best.
                    let score = (candidate.errors, usize::MAX - agreement, distance);
                    if best.is_none_or(|(least, _)| score < least) {
                        best = Some((score, candidate));
                    }
                }
            }
        }
        best.map(|(_, candidate)| candidate)
    }
}

impl Sought {
    /// How many bytes the words and their surroundings have.
    fn length(&self) -> usize {
        self.quote.exact.len() + self.quote.prefix.len() + self.quote.suffix.len()
    }

    /// How many bytes agree there: of the words, less what differs, and of what adjoins them.
    fn agreement(&self, new: &str, there: Candidate) -> usize {
        let same =
            |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
                let pairs = a.zip(b).take_while(|(a, b)| a == b);
                pairs.map(|(a, _)| a.len_utf8()).sum()
            };
        let before = new.get(..there.start).unwrap_or_default();
        let behind = new.get(there.end..).unwrap_or_default();
        self.quote.exact.len().saturating_sub(4 * there.errors)
            + same(
                &mut before.chars().rev(),
                &mut self.quote.prefix.chars().rev(),
            )
            + same(&mut behind.chars(), &mut self.quote.suffix.chars())
    }

    fn agrees(&self, new: &str, there: Candidate, needs: usize) -> bool {
        self.agreement(new, there) >= needs.min(self.length())
    }
}

/// Where to look for words that stood between what is at `from` and at `to` now.
fn windows(from: usize, to: usize, end: usize, reach: usize) -> Vec<Window> {
    let needs = if from <= to { IN_PLACE } else { LONG };
    if from <= to && to - from <= 2 * reach {
        let (start, end) = (from, to);
        return vec![Window { start, end, needs }];
    }
    let limit = |at: usize| if from <= to { at.clamp(from, to) } else { at };
    vec![
        Window {
            start: from,
            end: limit(from.saturating_add(reach).min(end)),
            needs,
        },
        Window {
            start: limit(to.saturating_sub(reach)),
            end: to,
            needs,
        },
    ]
}

impl Window {
    /// The places where the words are, or what is most alike. A neighbour may have taken a part of
    /// them that only looks like its own, so `margin` bytes around the window count as well.
    fn look_for(&self, words: &[char], margin: usize, new: &str) -> Vec<Candidate> {
        let start = new.floor_char_boundary(self.start.saturating_sub(margin));
        let end = new.ceil_char_boundary(self.end.saturating_add(margin));
        let part = new.get(start..end).unwrap_or_default();
        let text: Vec<char> = part.chars().collect();
        // Where each code point starts.
        let mut bytes: Vec<usize> = part.char_indices().map(|(byte, _)| start + byte).collect();
        bytes.push(start + part.len());
        least_different(words, &text, words.len() / ERRORS)
            .into_iter()
            .filter(|place| place.start < place.end)
            .filter_map(|place| {
                Some(Candidate {
                    start: *bytes.get(place.start)?,
                    end: *bytes.get(place.end)?,
                    errors: place.errors,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
