//! XML 1.0, as far as formats need it: characters and references written, elements and attributes
//! read.

mod read;

pub use read::{Attributes, Event, Reader, XmlError};

use std::borrow::Cow;

/// Whether XML 1.0 has a place for `c`, be it as a reference.
pub fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// A text in which each character that XML can't hold is U+FFFD, so that code points and UTF-16 units
/// stay where they are; and how many there were.
pub fn replaced(text: &str) -> (Cow<'_, str>, usize) {
    let count = text.chars().filter(|c| !is_allowed(*c)).count();
    if count == 0 {
        return (Cow::Borrowed(text), 0);
    }
    let safe = text.chars().map(|c| match is_allowed(c) {
        true => c,
        false => '\u{FFFD}',
    });
    (Cow::Owned(safe.collect()), count)
}

/// `text` as it stands between the quotation marks of an attribute, in ASCII. White space other than a
/// space is written as references, since a reader makes blanks of it otherwise; what XML can't hold is
/// left out as U+FFFD.
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            ' '..='~' => out.push(c),
            _ if is_allowed(c) => reference(&mut out, c),
            _ => reference(&mut out, '\u{FFFD}'),
        }
    }
    out
}

fn reference(out: &mut String, c: char) {
    out.push_str("&#");
    out.push_str(&u32::from(c).to_string());
    out.push(';');
}

#[cfg(test)]
mod tests;
