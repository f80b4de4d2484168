//! The last look at a file before anybody gets it: read back as a stranger would.

use super::ExportError;
use crate::document::Document;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct File {
    documents: Vec<FileDocument>,
    annotations: Vec<FileAnnotation>,
}

#[derive(Deserialize)]
struct FileDocument {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct FileAnnotation {
    id: String,
    document: String,
    position: Position,
    quote: Exact,
}

#[derive(Deserialize)]
struct Position {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Exact {
    exact: String,
}

/// A place in a text that goes on by counting code points, without the index that the writer used.
struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    byte: usize,
}

impl<'a> Cursor<'a> {
    fn at(text: &'a str) -> Cursor<'a> {
        Cursor {
            text,
            offset: 0,
            byte: 0,
        }
    }

    /// The text from `offset` on.
    fn seek(&mut self, offset: usize) -> Option<&'a str> {
        if offset < self.offset {
            *self = Cursor::at(self.text);
        }
        let mut rest = self.text.get(self.byte..)?.chars();
        for _ in self.offset..offset {
            rest.next()?;
        }
        let rest = rest.as_str();
        (self.offset, self.byte) = (offset, self.text.len() - rest.len());
        Some(rest)
    }
}

/// Checks that `json` holds the texts of `documents` in their order and `count` annotations, and that each covers
/// the words that it quotes. Linear where annotations are in document order.
pub fn verify(json: &str, documents: &[&Document], count: usize) -> Result<(), ExportError> {
    let file: File =
        serde_json::from_str(json).map_err(|e| ExportError::Unreadable(e.to_string()))?;
    let mut cursors: HashMap<&str, Cursor> = HashMap::new();
    for (i, document) in documents.iter().enumerate() {
        let same =
            |read: &&FileDocument| read.id == document.id && read.text == document.text.as_str();
        match file.documents.get(i).filter(same) {
            None => return Err(ExportError::TextDiffers(document.id.clone())),
            Some(read) => cursors.insert(&read.id, Cursor::at(&read.text)),
        };
    }
    if file.annotations.len() != count {
        return Err(ExportError::Incomplete {
            written: count,
            read: file.annotations.len(),
        });
    }
    for annotation in &file.annotations {
        let Position { start, end } = annotation.position;
        let exact = &annotation.quote.exact;
        let fits = cursors
            .get_mut(annotation.document.as_str())
            .and_then(|cursor| cursor.seek(start))
            .is_some_and(|text| text.starts_with(exact.as_str()))
            && start < end
            && exact.chars().count() == end - start;
        if !fits {
            return Err(ExportError::Wrong {
                id: annotation.id.clone(),
                document: annotation.document.clone(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::text::Text;

    fn check(text: &str, annotation: &str, sentence: &str) {
        let document = Document {
            id: "d".into(),
            title: None,
            source: Source::default(),
            media_type: "text/plain".into(),
            language: None,
            text: Text::new("😀 one".into()).unwrap(),
            blocks: Vec::new(),
        };
        let json = format!(
            r#"{{"documents":[{{"id":"d","text":{text:?}}}],"annotations":[{annotation}]}}"#
        );
        let said = match verify(&json, &[&document], 1) {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        };
        assert_eq!(said, sentence);
    }

    #[test]
    fn a_file_whose_offsets_are_wrong_is_not_handed_out() {
        let at = |start: u32, end: u32, exact: &str| {
            format!(
                r#"{{"id":"a","document":"d","position":{{"start":{start},"end":{end}}},"quote":{{"exact":"{exact}"}}}}"#
            )
        };
        check("😀 one", &at(2, 5, "one"), "");
        let wrong = "Annotation \"a\" of document \"d\" covers other words than it quotes; no file was made.";
        check("😀 one", &at(3, 6, "one"), wrong);
        check("😀 one", &at(2, 4, "one"), wrong);
        check("😀 one", &at(9, 12, "one"), wrong);
        check("😀 one", &at(2, 2, ""), wrong);
        check(
            "😀 two",
            &at(2, 5, "two"),
            "The text of document \"d\" did not come back as it was; no file was made.",
        );
        check(
            "😀 one",
            "",
            "Of 1 annotations, 0 came back; no file was made.",
        );
    }
}
