//! A text, ranges of it, and the units in which it is counted and moved through.

mod span;

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
    length: Length,
}

/// A text beyond 4 GiB, which `u32` offsets could not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Text {
    /// Keeps `content` to the character: nothing is normalised or trimmed.
    pub fn new(content: String) -> Result<Text, TooLong> {
        let length = Length {
            code_points: u32::try_from(content.chars().count()).map_err(|_| TooLong)?,
            utf16_code_units: u32::try_from(content.encode_utf16().count()).map_err(|_| TooLong)?,
            utf8_bytes: u32::try_from(content.len()).map_err(|_| TooLong)?,
        };
        Ok(Text { content, length })
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Its length in every unit.
    pub fn length(&self) -> Length {
        self.length
    }

    /// The text that `span` covers, or `None` if it reaches beyond the end.
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.content
            .get(self.byte_of(span.start())?..self.byte_of(span.end())?)
    }

    /// Code points → bytes of UTF-8; `None` beyond the end.
    pub fn byte_of(&self, offset: u32) -> Option<usize> {
        let offset = offset as usize;
        match self.content.char_indices().nth(offset) {
            Some((byte, _)) => Some(byte),
            None if offset == self.length.code_points as usize => Some(self.content.len()),
            None => None,
        }
    }

    /// Bytes of UTF-8 → code points; `None` inside a character or beyond the end.
    pub fn offset_of_byte(&self, byte: usize) -> Option<u32> {
        let before = self.content.get(..byte)?;
        u32::try_from(before.chars().count()).ok()
    }

    /// Code points → UTF-16 code units; `None` beyond the end.
    pub fn utf16_of(&self, offset: u32) -> Option<Utf16> {
        let before = self.content.get(..self.byte_of(offset)?)?;
        u32::try_from(before.encode_utf16().count()).ok().map(Utf16)
    }

    /// UTF-16 code units → code points; `None` inside a surrogate pair or beyond the end.
    pub fn offset_of_utf16(&self, at: Utf16) -> Option<u32> {
        let mut units = 0;
        for (offset, c) in self.content.chars().enumerate() {
            if units == at.0 {
                return u32::try_from(offset).ok();
            }
            units += c.len_utf16() as u32;
        }
        (units == at.0).then_some(self.length.code_points)
    }
}
