//! Which site an article is of.

use crate::document::Document;
use serde_json::{Map, Value};

/// A longer name than this, in code points, is a sentence.
const LONGEST: usize = 60;

/// The host of the document's URL without `www.`; without a URL, what stands behind the last ` | `
/// of its title, or else of its first line, where sites put their names.
pub fn site(document: &Document) -> Option<String> {
    let host = document.source.uri.as_deref().and_then(host);
    let title = document.title.as_deref().and_then(behind_bar);
    let line = || {
        let first = document.text.as_str().trim_start().lines().next()?;
        behind_bar(first)
    };
    host.or(title).or_else(line)
}

/// The site that is stated in the field `site` of the document's `metadata`, of what our JSON says of
/// it besides; if it is empty, that of [`site`].
pub fn site_of(document: &Document, extra: &Map<String, Value>) -> Option<String> {
    let metadata = extra.get("metadata");
    let stated = metadata.and_then(|metadata| metadata.get("site")?.as_str());
    stated
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map_or_else(|| site(document), |name| Some(name.to_owned()))
}

fn host(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once("://")?;
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.starts_with('[') {
        true => host.split_inclusive(']').next()?,
        false => host.split(':').next()?,
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (is_web && !host.is_empty()).then(|| host.to_owned())
}

fn behind_bar(line: &str) -> Option<String> {
    let (_, name) = line.rsplit_once(" | ")?;
    let name = name.trim();
    let is_name = name.chars().any(char::is_alphabetic) && name.chars().count() <= LONGEST;
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentMeta, Source, plain};
    use serde_json::json;

    #[track_caller]
    fn check(uri: Option<&str>, title: Option<&str>, text: &str, expected: Option<&str>) {
        let meta = DocumentMeta {
            title: title.map(str::to_owned),
            source: Source {
                uri: uri.map(str::to_owned),
                file_name: Some("a.txt".into()),
            },
            ..DocumentMeta::default()
        };
        let document = plain(text.to_owned(), meta).unwrap();
        assert_eq!(site(&document).as_deref(), expected);
    }

    #[test]
    fn the_address_says_it_first() {
        let text = "Flood | The Post\n";
        for (uri, expected) in [
            ("https://www.example.org/a/b?c", "example.org"),
            ("http://News.Example.org:8080", "news.example.org"),
            ("https://me@example.org/#x", "example.org"),
            ("HTTPS://example.org.", "example.org"),
            ("https://[2001:db8::1]:80/", "[2001:db8::1]"),
            ("https://example.org?a@b", "example.org"),
        ] {
            check(Some(uri), None, text, Some(expected));
        }
        for uri in ["file:///a", "javascript:alert(1)", "https:///"] {
            check(Some(uri), None, text, Some("The Post"));
        }
    }

    #[test]
    fn what_is_stated_stands_before_what_is_found() {
        let document = plain("Flood | The Post\n".to_owned(), DocumentMeta::default()).unwrap();
        let site_with = |extra: Value| site_of(&document, extra.as_object().unwrap());
        for (extra, expected) in [
            (json!({"metadata": {"site": " The Daily "}}), "The Daily"),
            (json!({"metadata": {"site": " "}}), "The Post"),
            (json!({"metadata": {"site": 1}}), "The Post"),
            (json!({}), "The Post"),
        ] {
            assert_eq!(
                site_with(extra.clone()).as_deref(),
                Some(expected),
                "{extra}"
            );
        }
    }

    #[test]
    fn a_title_or_the_first_line_names_it_behind_a_bar() {
        check(None, Some("A | B | The Post"), "Text", Some("The Post"));
        check(
            None,
            None,
            "\n Flood warning | UK | The Post \nx | y",
            Some("The Post"),
        );
        check(None, None, "Flood warning\nx | y", None);
        check(None, None, "Flood | 24", None);
        check(None, None, &format!("Flood | {}", "word ".repeat(30)), None);
    }
}
