//! What kind of file a text came from.

/// How a file's content is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Every character as it stands.
    PlainText,
    /// A page, or a part of one.
    Html,
    /// Markdown.
    Markdown,
    /// One JSON value: annotations to import.
    Json,
    /// One JSON value a line.
    JsonLines,
}

/// Decides by the extension of the file's name, then by the media type (parameters are ignored),
/// then by `head`, the beginning of the content.
///
/// A caller that has loaded a URL gives no name, since a path says nothing about what a server
/// sends. A name or type that is unknown or says nothing decides nothing; what stays undecided is
/// plain text.
pub fn detect(name: Option<&str>, media_type: Option<&str>, head: &str) -> Kind {
    name.and_then(by_name)
        .or_else(|| media_type.and_then(by_media_type))
        .unwrap_or_else(|| by_content(head))
}

fn by_name(name: &str) -> Option<Kind> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => Kind::PlainText,
        "html" | "htm" | "xhtml" | "xht" => Kind::Html,
        "md" | "markdown" | "mdown" => Kind::Markdown,
        "json" | "jsonld" => Kind::Json,
        "jsonl" | "ndjson" => Kind::JsonLines,
        _ => return None,
    })
}

fn by_media_type(media_type: &str) -> Option<Kind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    Some(match essence.to_ascii_lowercase().as_str() {
        "text/plain" => Kind::PlainText,
        "text/html" | "application/xhtml+xml" => Kind::Html,
        "text/markdown" | "text/x-markdown" => Kind::Markdown,
        "application/json" | "text/json" | "application/ld+json" => Kind::Json,
        "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => Kind::JsonLines,
        _ => return None,
    })
}

fn by_content(head: &str) -> Kind {
    let head = head.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{feff}');
    if looks_like_html(head) {
        Kind::Html
    } else if looks_like_json(head) {
        Kind::Json
    } else {
        Kind::PlainText
    }
}

/// The patterns of the [MIME Sniffing Standard](https://mimesniff.spec.whatwg.org/), 7.1, and the
/// other tags that an article's fragment begins with.
fn looks_like_html(head: &str) -> bool {
    const TAGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "script",
        "iframe",
        "h1",
        "div",
        "font",
        "table",
        "a",
        "style",
        "title",
        "b",
        "br",
        "p",
        "h2",
        "h3",
        "article",
        "section",
        "main",
        "header",
        "meta",
        "link",
        "ul",
        "ol",
        "blockquote",
        "figure",
        "span",
        "em",
        "strong",
        "i",
        "img",
    ];
    if head.starts_with("<!--") {
        return true;
    }
    let Some(tag) = head.strip_prefix('<') else {
        return false;
    };
    if tag.starts_with("?xml") {
        return tag
            .get(..tag.len().min(1024))
            .unwrap_or(tag)
            .to_ascii_lowercase()
            .contains("<html");
    }
    TAGS.iter().any(|name| {
        let (Some(start), Some(next)) = (tag.get(..name.len()), tag.as_bytes().get(name.len()))
        else {
            return false;
        };
        start.eq_ignore_ascii_case(name) && (*next == b'>' || next.is_ascii_whitespace())
    })
}

/// An object with a name in it. A bracket alone begins many a plain text.
fn looks_like_json(head: &str) -> bool {
    head.strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_then_the_media_type_then_the_content() {
        let html = "<!DOCTYPE html><p>x";
        #[rustfmt::skip]
        let cases: &[(Option<&str>, Option<&str>, &str, Kind)] = &[
            (Some("a.txt"), Some("text/html"), html, Kind::PlainText),
            (Some("a.HTM"), Some("text/plain"), "x", Kind::Html),
            (Some("notes.md"), Some("text/plain"), "# x", Kind::Markdown),
            (Some("export.jsonl"), None, "{\"text\": 1}", Kind::JsonLines),
            (Some("a.php"), Some("text/html; charset=utf-8"), "x", Kind::Html),
            (Some("page"), None, html, Kind::Html),
            (None, Some("text/plain"), html, Kind::PlainText),
            (None, Some("application/octet-stream"), html, Kind::Html),
            (None, Some("Text/Markdown"), "x", Kind::Markdown),
            (None, None, " \n\u{feff}<P>x", Kind::Html),
            (None, None, "<!-- saved --><html>", Kind::Html),
            (None, None, "<?xml version='1.0'?>\n<html lang='en'>", Kind::Html),
            (None, None, "<?xml version='1.0'?>\n<rss>", Kind::PlainText),
            (None, None, "<pre-election news>", Kind::PlainText),
            (None, None, "{ \"format\": 1 }", Kind::Json),
            (None, None, "{sic} he said", Kind::PlainText),
            (None, None, "[1] A footnote", Kind::PlainText),
            (None, None, "", Kind::PlainText),
        ];
        for (name, media_type, head, kind) in cases {
            assert_eq!(
                detect(*name, *media_type, head),
                *kind,
                "{name:?} {media_type:?} {head:?}"
            );
        }
    }
}
