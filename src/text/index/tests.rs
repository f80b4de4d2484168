//! What the conversions between units have to fulfil.

use super::*;
use proptest::prelude::*;

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

/// Every conversion, at every offset of every unit, against counting from the start.
fn check(content: &str) {
    let text = text(content);
    let length = Length {
        code_points: content.chars().count() as u32,
        utf16_code_units: content.encode_utf16().count() as u32,
        utf8_bytes: content.len() as u32,
    };
    assert_eq!(text.length(), length);

    let mut utf16_boundaries = vec![None; length.utf16_code_units as usize + 1];
    let mut byte_boundaries = vec![None; content.len() + 1];
    let ends = content
        .char_indices()
        .map(|(byte, c)| (byte, Some(c)))
        .chain([(content.len(), None)]);
    let mut units = 0;
    for (offset, (byte, c)) in ends.enumerate() {
        let offset = offset as u32;
        assert_eq!(text.byte_of(offset), Some(byte));
        assert_eq!(text.utf16_of(offset), Some(Utf16(units)));
        assert_eq!(text.char_at(offset), c);
        byte_boundaries[byte] = Some(offset);
        utf16_boundaries[units as usize] = Some(offset);
        units += c.map_or(0, |c| c.len_utf16() as u32);
    }
    for (at, offset) in utf16_boundaries.into_iter().enumerate() {
        assert_eq!(text.offset_of_utf16(Utf16(at as u32)), offset);
    }
    for (byte, offset) in byte_boundaries.into_iter().enumerate() {
        assert_eq!(text.offset_of_byte(byte), offset);
    }
    assert_eq!(text.byte_of(length.code_points + 1), None);
    assert_eq!(text.utf16_of(length.code_points + 1), None);
    assert_eq!(
        text.offset_of_utf16(Utf16(length.utf16_code_units + 1)),
        None
    );
    assert_eq!(text.offset_of_byte(content.len() + 1), None);
}

#[test]
fn conversions_agree_with_counting_across_checkpoints() {
    for unit in ["a", "é", "永", "😀", "a😀é", "e\u{301}\u{200D}永 "] {
        for bytes in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE + 2] {
            check(&unit.repeat(bytes.div_ceil(unit.len())));
            check(&format!("x{}", unit.repeat(bytes.div_ceil(unit.len()))));
        }
    }
}

#[test]
fn an_offset_inside_a_surrogate_pair_is_none() {
    let text = text("a😀b");
    assert_eq!(text.offset_of_utf16(Utf16(2)), None);
    assert_eq!(text.offset_of_utf16(Utf16(3)), Some(2));
}

#[test]
fn a_span_is_made_or_the_reason_is_told() {
    let text = text("a😀b");
    let cases = [
        (
            text.span(1, 1),
            "The span is empty: it starts and ends at 1. A span covers at least one character.",
        ),
        (
            text.span(2, 1),
            "The span ends at 1, before its start at 2.",
        ),
        (
            text.span(1, 4),
            "The span ends at 4, but the text has only 3 code points.",
        ),
        (
            text.span_of_utf16(Utf16(1), Utf16(5)),
            "The span ends at 5, but the text has only 4 UTF-16 code units.",
        ),
        (
            text.span_of_utf16(Utf16(1), Utf16(2)),
            "The offset 2 stands inside a character: between the two UTF-16 code units of a surrogate pair.",
        ),
    ];
    for (result, message) in cases {
        assert_eq!(result.unwrap_err().to_string(), message);
    }
    let smile = text.span_of_utf16(Utf16(1), Utf16(3)).unwrap();
    assert_eq!(text.slice(smile), Some("😀"));
    assert_eq!(Ok(smile), text.span(1, 2));
}

#[test]
fn the_whole_of_an_empty_text_is_no_span() {
    assert_eq!(text("").whole(), None);
    assert_eq!(text("ab").whole(), Span::new(0, 2));
}

proptest! {
    #[test]
    fn conversions_agree_with_counting_in_any_text(content in "\\PC{0,400}|[a😀é]{300,900}") {
        check(&content);
    }

    #[test]
    fn a_span_comes_back_from_utf16(content in "[a😀é永\u{301}]{1,700}", a: u32, b: u32) {
        let text = text(&content);
        let length = text.length().code_points;
        let (a, b) = (a % length, b % length);
        let span = text.span(a.min(b), a.max(b) + 1).unwrap();
        let start = text.utf16_of(span.start()).unwrap();
        let end = text.utf16_of(span.end()).unwrap();
        prop_assert_eq!(text.span_of_utf16(start, end), Ok(span));
    }
}
