//! The last look at a file before anybody gets it: read back as a stranger would.

use super::ExportError;
use crate::document::Document;
use crate::json::{self, Fields, Malformed, Read};
use serde_json::Value;
use std::collections::HashMap;

struct FileDocument {
    id: String,
    text: String,
}

impl Read for FileDocument {
    fn read(value: Value) -> Option<FileDocument> {
        let mut fields = Fields::read(value)?;
        Some(FileDocument {
            id: fields.need("id").ok()?,
            text: fields.need("text").ok()?,
        })
    }
}

struct FileAnnotation {
    id: String,
    document: String,
    start: usize,
    end: usize,
    exact: String,
}

impl Read for FileAnnotation {
    fn read(value: Value) -> Option<FileAnnotation> {
        let mut fields = Fields::read(value)?;
        let mut position: Fields = fields.need("position").ok()?;
        let mut quote: Fields = fields.need("quote").ok()?;
        Some(FileAnnotation {
            id: fields.need("id").ok()?,
            document: fields.need("document").ok()?,
            start: position.need("start").ok()?,
            end: position.need("end").ok()?,
            exact: quote.need("exact").ok()?,
        })
    }
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
    let unreadable = |Malformed(why)| ExportError::Unreadable(why);
    let mut file = json::parse(json)
        .map(|value| Fields::read(value).unwrap_or_default())
        .map_err(unreadable)?;
    let read: Vec<FileDocument> = file.need("documents").map_err(unreadable)?;
    let annotations: Vec<FileAnnotation> = file.need("annotations").map_err(unreadable)?;
    let mut cursors: HashMap<&str, Cursor> = HashMap::new();
    for (i, document) in documents.iter().enumerate() {
        let same =
            |read: &&FileDocument| read.id == document.id && read.text == document.text.as_str();
        match read.get(i).filter(same) {
            None => return Err(ExportError::TextDiffers(document.id.clone())),
            Some(read) => cursors.insert(&read.id, Cursor::at(&read.text)),
        };
    }
    if annotations.len() != count {
        return Err(ExportError::Incomplete {
            written: count,
            read: annotations.len(),
        });
    }
    for annotation in &annotations {
        let FileAnnotation {
            start,
            end,
            ref exact,
            ..
        } = *annotation;
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
