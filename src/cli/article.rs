//! Articles that nobody has tagged: files of plain text, HTML and Markdown.

use rubricate::document::{
    DocumentMeta, Kind, MAX_BYTES, Source, charset, check, detect, html, markdown, plain,
};
use rubricate::edit::DocumentState;
use rubricate::format::exchange::Entry;
use rubricate::format::{FORMATS, Format};
use std::io::{BufRead, Read};

/// Whether a file is called like an article.
pub fn is_named_so(name: &str) -> bool {
    let end = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase());
    let ends = [
        "txt", "text", "html", "htm", "xhtml", "xht", "md", "markdown",
    ];
    end.is_some_and(|end| ends.contains(&end.as_str()))
}

/// What articles are listed as: they become documents of our JSON.
pub fn format() -> &'static Format {
    // The default format, which the table begins with.
    &FORMATS[0]
}

/// The document that a file becomes, as the page makes it, and whether its encoding was guessed; or why
/// it can't become one, as a sentence.
pub fn read(name: &str, content: &mut dyn BufRead) -> Result<(Entry, bool), String> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    let read = content.take(most).read_to_end(&mut bytes);
    read.map_err(|error| format!("It can't be read: {error}."))?;
    check(&bytes).map_err(|error| error.to_string())?;
    let (text, charset) = charset::decode(&bytes, None);
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let kind = detect(Some(file_name), None, &text);
    let meta = DocumentMeta {
        source: Source {
            file_name: Some(file_name.to_owned()),
            uri: None,
        },
        ..DocumentMeta::default()
    };
    let document = match kind {
        Kind::Html => html(&text, meta),
        Kind::Markdown => markdown(text, meta),
        _ => plain(text, meta),
    };
    let entry = Entry {
        document: document.map_err(|error| error.to_string())?,
        state: DocumentState::Open,
        annotations: Vec::new(),
        extra: serde_json::Map::new(),
    };
    Ok((entry, charset.by == charset::By::Fallback))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_becomes_a_document_as_on_the_page() {
        let page = "<title>News</title><h1>Head</h1><p>One  text.</p>";
        let (entry, guessed) = read("a/news.html", &mut page.as_bytes()).unwrap();
        assert_eq!(entry.document.text.as_str(), "Head\n\nOne text.");
        assert!(!guessed);
        assert_eq!(entry.document.title.as_deref(), Some("News"));
        assert_eq!(
            entry.document.source.file_name.as_deref(),
            Some("news.html")
        );
        let (latin, guessed) = read("a.txt", &mut b"caf\xe9".as_slice()).unwrap();
        assert_eq!(latin.document.text.as_str(), "café");
        assert!(guessed);
    }

    #[test]
    fn what_is_no_text_is_refused_in_a_sentence() {
        for (content, said) in [
            (b"".as_slice(), "The file is empty."),
            (b"%PDF-1.7", "This is a PDF file, not text."),
            (b"PK\x03\x04 and more", "This is a ZIP archive, not text."),
        ] {
            let why = read("a.html", &mut &*content).unwrap_err();
            assert!(why.starts_with(said), "{why}");
        }
    }
}
