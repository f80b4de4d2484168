//! Which encoding a file's bytes are in, and how that was found out.

mod labels;
mod prescan;

pub use labels::encoding_of;

/// An encoding, and the reason for taking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset {
    /// Its name in the WHATWG Encoding Standard, in lower case: what `TextDecoder` takes.
    pub label: &'static str,
    /// The rule that decided.
    pub by: By,
}

/// The rule that decided on an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A byte order mark.
    Bom,
    /// The `Content-Type` that the file was sent with.
    Header,
    /// The file declares it: `<meta>` or an XML declaration.
    Declared,
    /// Nothing said so, but the bytes are valid UTF-8.
    Utf8,
    /// Nothing said anything, and the bytes are not UTF-8.
    Fallback,
}

/// What is said of a text whose encoding is [`By::Fallback`].
pub const GUESSED: &str = "This file does not say how its characters are encoded; it was read as windows-1252, the most frequent old encoding.";

/// Decides on the encoding of `bytes`.
///
/// In this order: a byte order mark (UTF-8, UTF-16), the `charset` of `content_type` (the value of
/// an HTTP `Content-Type`), a declaration in the first 1,024 bytes, valid UTF-8, else
/// windows-1252. Labels that are unknown, UTF-7 among them, count as absent. With a `content_type`
/// of `text/plain` nothing is looked for in the text. An encoding that was sent or declared stands
/// even if bytes turn out to be invalid in it; those become U+FFFD.
///
/// After the HTML Standard, 13.2.3.2 "Determining the character encoding"; the step there that
/// guesses by frequency is replaced by the test for UTF-8, so that the same bytes give the same text
/// everywhere.
pub fn sniff(bytes: &[u8], content_type: Option<&str>) -> Charset {
    let (label, by) = if let Some(label) = byte_order_mark(bytes) {
        (label, By::Bom)
    } else if let Some(label) = content_type.and_then(header) {
        (label, By::Header)
    } else if let Some(label) = declaration(bytes, content_type) {
        (label, By::Declared)
    } else if std::str::from_utf8(bytes).is_ok() {
        ("utf-8", By::Utf8)
    } else {
        ("windows-1252", By::Fallback)
    };
    Charset { label, by }
}

fn byte_order_mark(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        Some("utf-8")
    } else if bytes.starts_with(b"\xFF\xFE") {
        Some("utf-16le")
    } else if bytes.starts_with(b"\xFE\xFF") {
        Some("utf-16be")
    } else {
        None
    }
}

fn header(content_type: &str) -> Option<&'static str> {
    let parameters = content_type.split(';').skip(1);
    let (_, label) = parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    encoding_of(label.trim().trim_matches(['"', '\'']))
}

fn declaration(bytes: &[u8], content_type: Option<&str>) -> Option<&'static str> {
    let essence = content_type.and_then(|value| value.split(';').next());
    if essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("text/plain")) {
        return None;
    }
    prescan::declared(bytes.get(..1024).unwrap_or(bytes))
}

/// `bytes` as text, by the encoding that [`sniff`] finds.
///
/// As `TextDecoder` does by default, a byte order mark is dropped, from HTML and from plain text,
/// and what is invalid becomes U+FFFD.
#[cfg(not(target_arch = "wasm32"))]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> (String, Charset) {
    let charset = sniff(bytes, content_type);
    let encoding =
        encoding_rs::Encoding::for_label(charset.label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (text.into_owned(), charset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, label: &str, by: By, text: &str) {
        let (decoded, charset) = decode(bytes, content_type);
        assert_eq!((charset.label, charset.by), (label, by));
        assert_eq!(decoded, text);
    }

    #[test]
    fn a_byte_order_mark_outranks_all_and_is_dropped() {
        let latin1 = Some("text/html; charset=iso-8859-1");
        check(b"\xEF\xBB\xBFh\xC3\xA9", latin1, "utf-8", By::Bom, "hé");
        check(b"\xFF\xFEh\0\xE9\0", latin1, "utf-16le", By::Bom, "hé");
        check(b"\xFE\xFF\0h\0\xE9", None, "utf-16be", By::Bom, "hé");
        check(b"\xEF\xBB\xBFa", Some("text/plain"), "utf-8", By::Bom, "a");
    }

    #[test]
    fn the_header_outranks_the_declaration() {
        let page = b"<meta charset=utf-8>\xE9";
        for content_type in [
            "text/html; charset=iso-8859-1",
            "text/html;Charset=\"latin1\"",
            "text/html; boundary=x; charset = 'ISO-8859-1' ; q",
        ] {
            let expected = "<meta charset=utf-8>é";
            check(
                page,
                Some(content_type),
                "windows-1252",
                By::Header,
                expected,
            );
        }
    }

    #[test]
    fn an_unknown_label_counts_as_absent() {
        let unknown = Some("text/html; charset=utf-7");
        check(
            b"<meta charset=koi8-r>\xC1",
            unknown,
            "koi8-r",
            By::Declared,
            "<meta charset=koi8-r>а",
        );
        check(
            b"<meta charset=utf-7>+ADw-",
            None,
            "utf-8",
            By::Utf8,
            "<meta charset=utf-7>+ADw-",
        );
    }

    #[test]
    fn undeclared_bytes_are_utf_8_if_they_can_be() {
        check("naïve".as_bytes(), None, "utf-8", By::Utf8, "naïve");
        check(
            b"na\xEFve \x93x\x94",
            None,
            "windows-1252",
            By::Fallback,
            "naïve “x”",
        );
        check(b"", None, "utf-8", By::Utf8, "");
    }

    #[test]
    fn what_was_declared_stands_and_invalid_bytes_are_replaced() {
        let page = b"<meta charset=utf-8>caf\xE9";
        check(
            page,
            None,
            "utf-8",
            By::Declared,
            "<meta charset=utf-8>caf\u{fffd}",
        );
        check(
            b"caf\xE9",
            Some("text/plain;charset=utf8"),
            "utf-8",
            By::Header,
            "caf\u{fffd}",
        );
    }

    #[test]
    fn plain_text_declares_nothing() {
        let text = b"<meta charset=koi8-r> is how a page says it";
        let expected = "<meta charset=koi8-r> is how a page says it";
        check(text, Some("text/plain"), "utf-8", By::Utf8, expected);
    }

    proptest! {
        #[test]
        fn any_bytes_decode_by_a_label_that_encoding_rs_knows(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            content_type in proptest::option::of(".{0,40}"),
        ) {
            let (_, charset) = decode(&bytes, content_type.as_deref());
            prop_assert!(encoding_rs::Encoding::for_label(charset.label.as_bytes()).is_some());
        }

        #[test]
        fn any_text_in_utf_8_comes_back_as_it_was(text in "\\PC{0,60}") {
            prop_assume!(!text.starts_with('\u{feff}'));
            let (decoded, _) = decode(text.as_bytes(), Some("text/plain"));
            prop_assert_eq!(decoded, text);
        }
    }
}
