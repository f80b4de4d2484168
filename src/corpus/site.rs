//! Which site an article is of.

use crate::document::Document;

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

fn host(uri: &str) -> Option<String> {
    let rest = uri
        .strip_prefix("https://")
        .or_else(|| uri.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
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
        ] {
            check(Some(uri), None, text, Some(expected));
        }
        check(Some("file:///a"), None, text, Some("The Post"));
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
