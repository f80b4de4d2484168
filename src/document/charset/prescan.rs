//! The encoding that the beginning of a page declares.

use super::labels::encoding_of;

/// The encoding declared in `head`, the first 1,024 bytes of a file.
///
/// After the HTML Standard, 13.2.3.2, "prescan a byte stream to determine its encoding", which
/// begins with the XML declaration. A declared UTF-16 can't be true where a declaration could be
/// read as ASCII, and means UTF-8.
pub(super) fn declared(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"<\0?\0x\0") {
        return Some("utf-16le");
    }
    if head.starts_with(b"\0<\0?\0x") {
        return Some("utf-16be");
    }
    xml_declaration(head).or_else(|| meta(head))
}

fn xml_declaration(head: &[u8]) -> Option<&'static str> {
    let inside = head.strip_prefix(b"<?xml")?;
    let end = inside.iter().position(|byte| *byte == b'>')?;
    let (_, after) = split_at(inside.get(..end)?, b"encoding")?;
    let value = trim_start(after).strip_prefix(b"=")?;
    let (quote, value) = trim_start(value).split_first()?;
    let end = value.iter().position(|byte| byte == quote)?;
    (matches!(quote, b'"' | b'\'')).then_some(())?;
    readable(value.get(..end)?)
}

fn meta(head: &[u8]) -> Option<&'static str> {
    let mut rest = head;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        let tag = rest.get(start..)?;
        if tag.starts_with(b"<!--") {
            // `<!-->` is a whole comment: its dashes may serve twice.
            rest = split_at(tag.get(2..)?, b"-->")?.1;
        } else if let Some(attributes) = meta_attributes(tag) {
            let (found, after) = declared_by(attributes);
            if found.is_some() {
                return found;
            }
            rest = after;
        } else if is_tag(tag) {
            let space = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
            rest = tag.get(tag.iter().position(space)?..)?;
            while let (Some(_), after) = attribute(rest) {
                rest = after;
            }
        } else if matches!(tag.get(1), Some(b'!' | b'/' | b'?')) {
            rest = split_at(tag, b">")?.1;
        } else {
            rest = tag.get(1..)?;
        }
    }
    None
}

fn meta_attributes(tag: &[u8]) -> Option<&[u8]> {
    let name = tag.get(1..5)?;
    let rest = tag.get(5..)?;
    let parted = matches!(rest.first(), Some(byte) if byte.is_ascii_whitespace() || *byte == b'/');
    (name.eq_ignore_ascii_case(b"meta") && parted).then_some(rest)
}

fn is_tag(tag: &[u8]) -> bool {
    let name = match tag.get(1) {
        Some(b'/') => tag.get(2),
        other => other,
    };
    name.is_some_and(u8::is_ascii_alphabetic)
}

/// What a `<meta>` with these attributes declares, and what stands behind them.
fn declared_by(attributes: &[u8]) -> (Option<&'static str>, &[u8]) {
    let mut seen: Vec<Vec<u8>> = Vec::new();
    let mut pragma = false;
    let mut charset = None;
    let mut content = None;
    let mut rest = attributes;
    while let (Some((name, value)), after) = attribute(rest) {
        rest = after;
        if seen.contains(&name) {
            continue;
        }
        match name.as_slice() {
            b"http-equiv" => pragma = value.eq_ignore_ascii_case(b"content-type"),
            b"charset" => charset = Some(readable(&value)),
            b"content" => content = charset_in(&value).and_then(|label| readable(&label)),
            _ => {}
        }
        seen.push(name);
    }
    let found = match charset {
        Some(encoding) => encoding,
        None if pragma => content,
        None => None,
    };
    (found, rest)
}

type Attribute = (Vec<u8>, Vec<u8>);

/// The next attribute, its name in lower case, and what stands behind it. `None` at the end of the
/// tag. ("Get an attribute" of the standard.)
fn attribute(bytes: &[u8]) -> (Option<Attribute>, &[u8]) {
    let space = |byte: &u8| byte.is_ascii_whitespace();
    let rest = skip_while(bytes, |byte| space(byte) || *byte == b'/');
    if matches!(rest.first(), None | Some(b'>')) {
        return (None, rest);
    }
    let ends_name = |at: usize, byte: &u8| {
        (*byte == b'=' && at > 0) || space(byte) || matches!(byte, b'/' | b'>')
    };
    let end = rest
        .iter()
        .enumerate()
        .position(|(at, byte)| ends_name(at, byte))
        .unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let name = name.to_ascii_lowercase();
    let Some(rest) = trim_start(rest).strip_prefix(b"=") else {
        return (Some((name, Vec::new())), rest);
    };
    let rest = trim_start(rest);
    let (value, rest) = match rest.split_first() {
        Some((quote @ (b'"' | b'\''), rest)) => match rest.iter().position(|byte| byte == quote) {
            Some(end) => {
                let (value, from_quote) = rest.split_at(end);
                (value, from_quote.get(1..).unwrap_or_default())
            }
            None => return (None, &[]),
        },
        _ => {
            let end = rest.iter().position(|byte| space(byte) || *byte == b'>');
            rest.split_at(end.unwrap_or(rest.len()))
        }
    };
    (Some((name, value.to_vec())), rest)
}

/// "Extracting a character encoding from a meta element" of the standard, 2.5.
fn charset_in(content: &[u8]) -> Option<Vec<u8>> {
    let content = content.to_ascii_lowercase();
    let mut rest = content.as_slice();
    loop {
        rest = trim_start(split_at(rest, b"charset")?.1);
        if let Some(value) = rest.strip_prefix(b"=") {
            let value = trim_start(value);
            let (start, end): (usize, fn(&u8) -> bool) = match value.first()? {
                b'"' => (1, |byte| *byte == b'"'),
                b'\'' => (1, |byte| *byte == b'\''),
                _ => (0, |byte| byte.is_ascii_whitespace() || *byte == b';'),
            };
            let value = value.get(start..)?;
            let end = match value.iter().position(end) {
                Some(end) => end,
                None if start == 0 => value.len(),
                None => return None,
            };
            return value.get(..end).map(<[u8]>::to_vec);
        }
    }
}

fn readable(label: &[u8]) -> Option<&'static str> {
    match encoding_of(std::str::from_utf8(label).ok()?)? {
        "utf-16le" | "utf-16be" => Some("utf-8"),
        encoding => Some(encoding),
    }
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    skip_while(bytes, |byte| byte.is_ascii_whitespace())
}

fn skip_while(bytes: &[u8], skipped: impl Fn(&u8) -> bool) -> &[u8] {
    let start = bytes.iter().position(|byte| !skipped(byte));
    bytes
        .get(start.unwrap_or(bytes.len())..)
        .unwrap_or_default()
}

/// What stands before and behind the first `needle`.
fn split_at<'b>(bytes: &'b [u8], needle: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let start = bytes
        .windows(needle.len())
        .position(|window| window == needle)?;
    Some((bytes.get(..start)?, bytes.get(start + needle.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_declares_its_encoding_in_any_of_these_ways() {
        #[rustfmt::skip]
        let cases: &[(&str, Option<&str>)] = &[
            ("<meta charset=koi8-r>", Some("koi8-r")),
            ("<META\tCHARSET = 'Shift_JIS' >", Some("shift_jis")),
            ("<meta/charset=\"gbk\"/>", Some("gbk")),
            ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'>", Some("iso-8859-15")),
            ("<meta content='text/html; charset = \"big5\"' http-equiv=content-type>", Some("big5")),
            ("<meta content='text/html;charset=euc-kr;x' http-equiv=content-type>", Some("euc-kr")),
            ("<meta content='charset=gbk'>", None),
            ("<meta name=x content='charset=gbk'><meta charset=big5>", Some("big5")),
            ("<meta charset=x-unknown><meta charset=gbk>", Some("gbk")),
            ("<meta charset=gbk charset=big5>", Some("gbk")),
            ("<!-- <meta charset=gbk> --><meta charset=big5>", Some("big5")),
            ("<!--><meta charset=big5>", Some("big5")),
            ("<p title='<meta charset=gbk>'><meta charset=big5>", Some("big5")),
            ("<a title=\"> <meta charset=gbk>\" x><meta charset=big5>", Some("big5")),
            ("</p title='<meta charset=gbk>'><meta charset=big5>", Some("big5")),
            ("<!doctype html><?pi?><meta charset=big5>", Some("big5")),
            ("< meta charset=gbk>", None),
            ("<metal charset=gbk>", None),
            ("<meta charset=utf-16>", Some("utf-8")),
            ("<meta charset=utf-16be>", Some("utf-8")),
            ("<meta charset=utf-7>", None),
            ("<meta charset='gbk", None),
            ("<?xml version='1.0' encoding='windows-1251'?><p>", Some("windows-1251")),
            ("<?xml version=\"1.0\" encoding = \"UTF-16\"?>", Some("utf-8")),
            ("<?xml version=\"1.0\"?><meta charset=gbk>", Some("gbk")),
            ("<?xml encoding=gbk?>", None),
            ("", None),
            ("<", None),
        ];
        for (head, encoding) in cases {
            assert_eq!(declared(head.as_bytes()), *encoding, "{head}");
        }
    }

    #[test]
    fn utf_16_without_a_byte_order_mark_is_known_by_its_xml_declaration() {
        let little: Vec<u8> = "<?xml".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "<?xml".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(declared(&little), Some("utf-16le"));
        assert_eq!(declared(&big), Some("utf-16be"));
    }

    proptest! {
        #[test]
        fn any_beginning_is_read_to_its_end(head in "[<>!/?=\"' a-d\\-]{0,80}|(<meta |charset=|'|\"|<!--|-->|=| |gbk|>|content=|http-equiv=){0,12}") {
            let _ = declared(head.as_bytes());
        }
    }
}
