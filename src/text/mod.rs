//! A text, ranges of it, and the units in which it is counted and moved through.

mod cover;
mod index;
pub mod quotation;
pub mod segment;
mod span;

pub use cover::Cover;
pub use index::OffsetError;
pub use quotation::{Quotation, quotations};
pub use span::Span;

/// An offset in UTF-16 code units: what JavaScript's strings and the DOM count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16(pub u32);

/// How long a text is, in each unit that a consumer may count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Unicode scalar values.
    pub code_points: u32,
    /// UTF-16 code units.
    pub utf16_code_units: u32,
    /// Bytes of its UTF-8.
    pub utf8_bytes: u32,
}

/// An immutable text with an index that converts between its units.
///
/// A plain `u32` offset is in code points, in all of the core.
#[derive(Clone, Debug)]
pub struct Text {
    content: String,
    index: index::Index,
}

/// A text beyond 4 GiB, which `u32` offsets could not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Text {
    /// Keeps `content` to the character: nothing is normalised or trimmed.
    pub fn new(content: String) -> Result<Text, TooLong> {
        let index = index::Index::new(&content)?;
        Ok(Text { content, index })
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }
}
