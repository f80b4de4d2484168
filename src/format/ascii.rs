//! JSON in ASCII alone: no reader can guess its encoding wrongly, or take U+2028 for a line's end.

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io;

/// Compact JSON, with every character beyond ASCII as the `\uXXXX` of its UTF-16 code units.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c: char| !c.is_ascii()) {
            let (plain, other) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let behind = other.find(|c: char| c.is_ascii()).unwrap_or(other.len());
            let (escaped, next) = other.split_at(behind);
            for unit in escaped.encode_utf16() {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = next;
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Appends `value` to `out`.
pub fn append(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), serde_json::Error> {
    value.serialize(&mut Serializer::with_formatter(out, Ascii))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(value: &str) -> String {
        let mut out = Vec::new();
        append(&mut out, &value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_not_ascii_is_escaped_in_utf16() {
        for (text, written) in [
            ("plain \"q\" \\ /", r#""plain \"q\" \\ /""#),
            ("caf\u{e9}", r#""caf\u00e9""#),
            ("\u{1f600} 1", r#""\ud83d\ude00 1""#),
            ("a\u{2028}b\u{85}", r#""a\u2028b\u0085""#),
            ("\r\n\t\0", r#""\r\n\t\u0000""#),
        ] {
            assert_eq!(json(text), written);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_ascii(text in any::<String>()) {
            let written = json(&text);
            prop_assert!(written.is_ascii());
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
