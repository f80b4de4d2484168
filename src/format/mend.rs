//! What JSON allows and Unicode or numbers don't: made readable before the parser sees it.

use std::borrow::Cow;
use std::ops::Range;

/// A file whose unreadable parts were replaced, and how many there were.
#[derive(Debug, PartialEq)]
pub struct Mended<'a> {
    /// The file, borrowed if nothing was replaced.
    pub json: Cow<'a, str>,
    /// Escapes of lone surrogates, each now U+FFFD.
    pub surrogates: usize,
    /// Numbers too large for a double, each now `null` (as `JSON.stringify` writes infinity).
    pub numbers: usize,
}

/// Replaces the escapes of lone surrogates, which no UTF-8 string can hold, and numbers such as
/// `1e400`. Everything else stays, malformed JSON too. Takes time linear in the length.
pub fn mend(json: &str) -> Mended<'_> {
    let bytes = json.as_bytes();
    let mut replaced: Vec<(Range<usize>, &str)> = Vec::new();
    let mut in_string = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => match (unit(bytes, start), unit(bytes, start + 6)) {
                (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => at = start + 12,
                (Some(0xd800..0xe000), _) => {
                    at = start + 6;
                    replaced.push((start..at, REPLACEMENT));
                }
                _ => at = start + 2,
            },
            b'-' | b'0'..=b'9' if !in_string => {
                while bytes.get(at).is_some_and(|b| is_numeric(*b)) {
                    at += 1;
                }
                if json.get(start..at).is_some_and(is_infinite) {
                    replaced.push((start..at, "null"));
                }
            }
            _ => {}
        }
    }
    let numbers = replaced.iter().filter(|(_, by)| *by == "null").count();
    Mended {
        surrogates: replaced.len() - numbers,
        numbers,
        json: substitute(json, &replaced),
    }
}

const REPLACEMENT: &str = "\\ufffd";

/// The code unit of the `\uXXXX` that begins at `at`.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
}

fn is_numeric(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
}

/// Whether a JSON number is so far beyond the largest double that it would be read as infinite. Its
/// digits are compared, since a conversion would need tables of 10 KB.
fn is_infinite(number: &str) -> bool {
    let number = number.strip_prefix('-').unwrap_or(number);
    let (digits, exponent) = match number.split_once(['e', 'E']) {
        None => (number, Some(0)),
        Some((digits, exponent)) => (digits, power(exponent)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let Some(exponent) = exponent.filter(|_| are_digits(whole) && are_digits(fraction)) else {
        return false;
    };
    let all = whole.bytes().chain(fraction.bytes());
    let zeros = all.clone().take_while(|digit| *digit == b'0').count();
    let first: Vec<u8> = all.skip(zeros).take(LARGEST.len()).collect();
    let magnitude = exponent.saturating_add(whole.len() as i64 - zeros as i64);
    !first.is_empty() && (magnitude > 309 || magnitude == 309 && first.as_slice() > LARGEST)
}

/// The first digits of the largest number that is rounded to a double; it has 309 before its point.
const LARGEST: &[u8] = b"179769313486231580";

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An exponent; one of very many digits counts as the largest that can be. `None` if it is none.
fn power(exponent: &str) -> Option<i64> {
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits.is_empty() || !are_digits(digits) {
        return None;
    }
    let size = digits.parse().unwrap_or(i64::MAX);
    Some(if exponent.starts_with('-') {
        -size
    } else {
        size
    })
}

fn substitute<'a>(json: &'a str, replaced: &[(Range<usize>, &str)]) -> Cow<'a, str> {
    if replaced.is_empty() {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    let mut from = 0;
    for (range, by) in replaced {
        out.push_str(json.get(from..range.start).unwrap_or_default());
        out.push_str(by);
        from = range.end;
    }
    out.push_str(json.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lone_surrogates_and_endless_numbers_are_replaced_one_for_one() {
        for (json, mended, surrogates, numbers) in [
            (r#"["\ud83d\ude00"]"#, r#"["\ud83d\ude00"]"#, 0, 0),
            (r#"["\ud800"]"#, r#"["\ufffd"]"#, 1, 0),
            (r#"["\uDC00x"]"#, r#"["\ufffdx"]"#, 1, 0),
            (
                r#"["\ud83d\ud83d\ude00"]"#,
                r#"["\ufffd\ud83d\ude00"]"#,
                1,
                0,
            ),
            (r#"["\ude00\ud83d"]"#, r#"["\ufffd\ufffd"]"#, 2, 0),
            (r#"["\\ud800 \" 1e400"]"#, r#"["\\ud800 \" 1e400"]"#, 0, 0),
            ("[1e400, -1E999, 1e4]", "[null, null, 1e4]", 0, 2),
            ("[1e", "[1e", 0, 0),
            ("[1e400e5, 1-e400]", "[1e400e5, 1-e400]", 0, 0),
            (
                "[1.7976931348623158e308, 17976931348623159e292, 0.0001e313, 0e999]",
                "[1.7976931348623158e308, null, null, 0e999]",
                0,
                2,
            ),
            (
                "[1e-99999999999999999999, 1e99999999999999999999]",
                "[1e-99999999999999999999, null]",
                0,
                1,
            ),
            ("\"\\", "\"\\", 0, 0),
            ("\"\\ud8", "\"\\ud8", 0, 0),
        ] {
            assert_eq!(
                mend(json),
                Mended {
                    json: mended.into(),
                    surrogates,
                    numbers
                },
                "{json}"
            );
        }
        assert_eq!(mend(&"9".repeat(400)).numbers, 1);
    }

    proptest! {
        #[test]
        fn what_a_parser_takes_is_left_alone(text in any::<String>(), number in any::<f64>()) {
            let json = serde_json::json!({ "text": text, "number": number }).to_string();
            prop_assert!(matches!(mend(&json).json, Cow::Borrowed(_)));
        }
    }
}
