//! A token and its tag on each line: CoNLL-2003, BIO (IOB2) and BILOU.
//!
//! Tokens are cut at the edges of spans, so what is tagged is exact. A token has one tag, so of spans
//! that overlap the longest stays. The text itself isn't in such a file: it lies beside, is given, or is made
//! of the tokens.

mod alignment;
mod read;
pub mod tags;
mod write;

pub use read::ConllReader;
pub use tags::Scheme;
pub use write::ConllWriter;

/// The first token of a document.
const DOCUMENT: &str = "-DOCSTART-";

/// The text that is made of tokens, and where they are in it.
#[derive(Debug, Default)]
struct Rebuilt {
    text: String,
    /// Its length in code points.
    length: u32,
}

impl Rebuilt {
    /// Adds a token behind a blank, or a line break if a sentence begins; gives where it starts.
    fn add(&mut self, token: &str, begins: bool) -> u32 {
        if !self.text.is_empty() {
            self.text.push(if begins { '\n' } else { ' ' });
            self.length += 1;
        }
        let start = self.length;
        self.text.push_str(token);
        self.length += token.chars().count() as u32;
        start
    }
}

#[cfg(test)]
mod tests;
