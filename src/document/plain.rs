//! Plain text → `Document`.

use super::{Block, BlockKind, Document, DocumentMeta, LoadError};
use crate::text::{Span, Text};

/// A plain text, kept to the character, NULs included.
///
/// Its blocks are its lines, all of them paragraphs, without what ends a line: LF, CR LF, a lone
/// CR, and the other mandatory breaks of Unicode (VT, FF, U+0085, U+2028, U+2029). A line of white
/// space alone is no block.
///
/// # Errors
/// [`LoadError::Empty`] if there is not one character, [`LoadError::TooLarge`] beyond 4 GiB.
pub fn plain(content: String, meta: DocumentMeta) -> Result<Document, LoadError> {
    if content.is_empty() {
        return Err(LoadError::Empty);
    }
    let blocks = lines(&content);
    let bytes = content.len();
    let text = Text::new(content).map_err(|_| LoadError::too_large(bytes))?;
    Ok(meta.document(text, blocks, "text/plain", None, None))
}

/// The blocks of a text that says nothing of its own: its lines, as [`plain`] has them.
pub fn lines(content: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut blank = true;
    let mut offset = 0;
    let mut end_line = |start: u32, end: u32, blank: bool| {
        if let (false, Some(span)) = (blank, Span::new(start, end)) {
            blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
            });
        }
    };
    for c in content.chars() {
        if ends_line(c) {
            end_line(start, offset, blank);
            start = offset + 1;
            blank = true;
        } else if !c.is_whitespace() {
            blank = false;
        }
        offset += 1;
    }
    end_line(start, offset, blank);
    blocks
}

/// The class BK of [UAX #14](https://www.unicode.org/reports/tr14/), CR, LF and NL. Between CR and
/// LF stands an empty line, which is no block, so the pair needs no rule of its own.
pub(super) fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(content: &str, lines: &[&str]) {
        let document = plain(content.to_owned(), DocumentMeta::default()).unwrap();
        assert_eq!(document.text.as_str(), content);
        let blocks: Vec<&str> = document
            .blocks
            .iter()
            .filter_map(|block| document.text.slice(block.span))
            .collect();
        assert_eq!(blocks, lines);
    }

    #[test]
    fn every_mandatory_break_ends_a_line() {
        check(
            "a\r\nb\rc\nd\u{2028}e\u{2029}f\u{85}g\u{b}h\u{c}i",
            &["a", "b", "c", "d", "e", "f", "g", "h", "i"],
        );
    }

    #[test]
    fn lines_of_white_space_are_no_blocks() {
        check("\n\n  a \n \t\n\u{a0}\n\nb", &["  a ", "b"]);
        check("\n \n", &[]);
    }

    #[test]
    fn nothing_is_changed() {
        check(
            "a\0b\0\0c \u{feff}<b>&amp;\u{fdd0}",
            &["a\0b\0\0c \u{feff}<b>&amp;\u{fdd0}"],
        );
    }

    #[test]
    fn offsets_count_code_points() {
        let document = plain("😀é\nx".to_owned(), DocumentMeta::default()).unwrap();
        let spans: Vec<_> = document.blocks.iter().map(|block| block.span).collect();
        assert_eq!(format!("{spans:?}"), "[0..2, 3..4]");
    }

    #[test]
    fn what_the_caller_knows_is_kept_and_the_rest_is_filled_in() {
        let meta = DocumentMeta {
            source: crate::document::Source {
                file_name: Some("a.txt".to_owned()),
                ..Default::default()
            },
            ..Default::default()
        };
        let document = plain("abc".to_owned(), meta).unwrap();
        assert_eq!(document.id, "sha256-ba7816bf8f01cfea414140de5dae2223");
        assert_eq!(document.title.as_deref(), Some("a.txt"));
        assert_eq!(document.media_type, "text/plain");
        assert_eq!(document.language, None);
    }

    #[test]
    fn no_text_is_no_document() {
        assert_eq!(
            plain(String::new(), DocumentMeta::default()).map(|_| ()),
            Err(LoadError::Empty)
        );
    }

    proptest! {
        #[test]
        fn blocks_are_in_order_disjoint_and_hold_all_that_can_be_seen(content in "(?s)[ \r\n\t\u{2028}\u{85}a-c😀\0]{1,60}") {
            let document = plain(content, DocumentMeta::default()).unwrap();
            let mut end = 0;
            let mut covered = 0;
            for block in &document.blocks {
                prop_assert!(block.span.start() >= end);
                end = block.span.end();
                let line = document.text.slice(block.span).unwrap();
                prop_assert!(!line.contains(ends_line));
                covered += line.chars().filter(|c| !c.is_whitespace()).count();
            }
            let visible = document.text.as_str().chars().filter(|c| !c.is_whitespace()).count();
            prop_assert_eq!(covered, visible);
        }
    }
}
