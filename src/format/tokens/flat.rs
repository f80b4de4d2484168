//! One label a token: which spans stay where they overlap.

use super::is_space;
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// Labelled spans of which no two overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    /// What stays, in the order of the text: where, and its place in the list that was given.
    pub kept: Vec<(Span, usize)>,
    /// The places of those that were left out since they overlap one that stays.
    pub overlapping: Vec<usize>,
    /// The places of those that lost white space at an end, left out or not.
    pub trimmed: Vec<usize>,
    /// The places of those that cover nothing but white space, and were left out.
    pub blank: Vec<usize>,
}

/// `span` without white space at its ends; `None` if nothing else is there, or it reaches beyond the
/// text.
pub fn trim(text: &Text, span: Span, is_blank: impl Fn(char) -> bool) -> Option<Span> {
    let content = text.slice(span)?;
    let behind = content.trim_start_matches(&is_blank);
    let inner = behind.trim_end_matches(&is_blank);
    let count = |part: &str| part.chars().count() as u32;
    let before = count(&content[..content.len() - behind.len()]);
    let after = count(&behind[inner.len()..]);
    Span::new(span.start() + before, span.end() - after)
}

/// Trims white space, then takes the longest spans first (of equally long ones the earlier, of those the
/// one whose label comes first), and leaves out what overlaps one that was taken.
pub fn flatten<L: Ord>(text: &Text, spans: impl IntoIterator<Item = (Span, L)>) -> Flat {
    let mut flat = Flat::default();
    let mut sorted = Vec::new();
    for (place, (span, label)) in spans.into_iter().enumerate() {
        match trim(text, span, is_space) {
            Some(inner) => {
                if inner != span {
                    flat.trimmed.push(place);
                }
                sorted.push((inner, label, place));
            }
            None => flat.blank.push(place),
        }
    }
    let key = |(span, ..): &(Span, L, usize)| (std::cmp::Reverse(span.len()), span.start());
    sorted.sort_by(|a, b| (key(a), &a.1, a.2).cmp(&(key(b), &b.1, b.2)));
    let mut taken: BTreeMap<u32, (Span, usize)> = BTreeMap::new();
    for (span, _, place) in sorted {
        let before = taken.range(..span.end()).next_back();
        if before.is_some_and(|(_, (other, _))| other.end() > span.start()) {
            flat.overlapping.push(place);
        } else {
            taken.insert(span.start(), (span, place));
        }
    }
    flat.kept = taken.into_values().collect();
    flat.overlapping.sort_unstable();
    flat
}
