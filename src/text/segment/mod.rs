//! Units of movement: graphemes, words and sentences by UAX #29, with what news text needs besides.
//!
//! Every question about a place looks at a bounded piece of the text around it (see `pieces`), so
//! it costs the same in a line of ten megabytes as in a headline.

mod abbreviation;
mod grapheme;
mod pieces;
mod sentence;
mod word;

pub use grapheme::{
    is_grapheme_boundary, next_grapheme, previous_grapheme, snap_to_graphemes, trim,
};
pub use sentence::{next_sentence, previous_sentence, sentence_at, sentences};
pub use word::{next_word, parts, previous_word, snap_to_words, word_at, words};

#[cfg(test)]
mod tests;
