//! The W3C's two descriptions of a span, made and found again.
//!
//! A position (`TextPositionSelector`) is exact as long as the text is the same; a quotation with
//! its context (`TextQuoteSelector`) proves that, and finds the place when the text has changed.
//! Source: <https://www.w3.org/TR/annotation-model/#selectors>.

use crate::json::{Fields, Read};
use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How many code points of context stand on each side of the quoted words.
const CONTEXT: u32 = 32;

/// A `TextQuoteSelector`: the covered text with what stands before and behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The covered text.
    pub exact: String,
    /// Up to 32 code points before it.
    #[serde(default)]
    pub prefix: String,
    /// Up to 32 code points behind it.
    #[serde(default)]
    pub suffix: String,
}

impl Quote {
    /// As JSON.
    pub fn to_json(&self) -> Value {
        json!({ "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix })
    }
}

impl Read for Quote {
    fn read(value: Value) -> Option<Quote> {
        let mut fields = Fields::read(value)?;
        Some(Quote {
            exact: fields.need("exact").ok()?,
            prefix: fields.want("prefix").ok()?.unwrap_or_default(),
            suffix: fields.want("suffix").ok()?.unwrap_or_default(),
        })
    }
}

/// Where a described span is in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// At its position, and the words there are the quoted ones.
    Here(Span),
    /// The quoted words stand elsewhere.
    Moved(Span),
    /// The quoted words are not in the text.
    Orphan,
}

/// Describes what `span` covers; `None` if it reaches beyond the text.
pub fn describe(text: &Text, span: Span) -> Option<Quote> {
    let end_of_text = text.length().code_points;
    let part = |start: u32, end: u32| match Span::new(start, end) {
        Some(span) => text.slice(span).map(str::to_owned),
        None => Some(String::new()),
    };
    Some(Quote {
        exact: part(span.start(), span.end())?,
        prefix: part(span.start().saturating_sub(CONTEXT), span.start())?,
        suffix: part(
            span.end(),
            span.end().saturating_add(CONTEXT).min(end_of_text),
        )?,
    })
}

/// Finds the quoted words: at `position` if they are there, else the occurrence whose context
/// agrees best, and of several such the one nearest to `position`.
pub fn find(text: &Text, position: Span, quote: &Quote) -> Found {
    if text.slice(position) == Some(quote.exact.as_str()) {
        return Found::Here(position);
    }
    if quote.exact.is_empty() {
        return Found::Orphan;
    }
    let content = text.as_str();
    let length = quote.exact.chars().count() as u32;
    let mut best: Option<((usize, std::cmp::Reverse<u32>), Span)> = None;
    for (byte, _) in content.match_indices(&quote.exact) {
        let Some(span) = text
            .offset_of_byte(byte)
            .and_then(|start| Span::new(start, start + length))
        else {
            continue;
        };
        let before = content.get(..byte).unwrap_or_default();
        let behind = content.get(byte + quote.exact.len()..).unwrap_or_default();
        let agreement = same(before.chars().rev(), quote.prefix.chars().rev())
            + same(behind.chars(), quote.suffix.chars());
        let distance = span.start().abs_diff(position.start());
        let score = (agreement, std::cmp::Reverse(distance));
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, span));
        }
    }
    best.map_or(Found::Orphan, |(_, span)| Found::Moved(span))
}

fn same(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str) -> Text {
        Text::new(content.into()).unwrap()
    }

    fn span(start: u32, end: u32) -> Span {
        Span::new(start, end).unwrap()
    }

    #[test]
    fn words_are_found_where_they_were() {
        let text = text("😀 one two one");
        let quote = describe(&text, span(2, 5)).unwrap();
        assert_eq!(
            (
                quote.prefix.as_str(),
                quote.exact.as_str(),
                quote.suffix.as_str()
            ),
            ("😀 ", "one", " two one")
        );
        assert_eq!(find(&text, span(2, 5), &quote), Found::Here(span(2, 5)));
    }

    #[test]
    fn in_a_changed_text_the_context_decides() {
        let old = text("red apple, green apple");
        let quote = describe(&old, span(17, 22)).unwrap();
        let new = text("A red apple, a green apple");
        assert_eq!(find(&new, span(17, 22), &quote), Found::Moved(span(21, 26)));
    }

    #[test]
    fn of_equal_contexts_the_nearest_is_taken() {
        let quote = Quote {
            exact: "x".into(),
            prefix: String::new(),
            suffix: String::new(),
        };
        assert_eq!(
            find(&text("x....x.x"), span(4, 5), &quote),
            Found::Moved(span(5, 6))
        );
    }

    #[test]
    fn words_that_are_gone_leave_an_orphan() {
        let quote = Quote {
            exact: "gone".into(),
            prefix: String::new(),
            suffix: String::new(),
        };
        assert_eq!(find(&text("here"), span(0, 4), &quote), Found::Orphan);
    }
}
