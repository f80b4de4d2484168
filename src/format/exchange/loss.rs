//! What a format can't hold: counted by kind, with the first examples.

use crate::format::native::shown;
use std::fmt;

/// A kind of thing that a file doesn't hold, or not as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// An annotation is left out, since it overlaps one that is written.
    Overlap,
    /// An annotation is written without the white space at its edges.
    Trimmed,
    /// An annotation is left out, since it covers nothing but white space.
    Blank,
    /// A line break within an annotation cuts it into fragments, without the break.
    Cut,
    /// An annotation is left out, since it reaches beyond the text.
    BeyondText,
    /// An annotation is left out, since its label is no identifier.
    BadLabel,
    /// An annotation has another id in the file.
    IdChanged,
    /// Characters of a text became U+FFFD, since the format has no way to write them.
    Replaced,
    /// The text can't be rebuilt from the file to the character.
    Text,
    /// A document without annotations is not in the file.
    EmptyDocument,
    /// A cell begins with an apostrophe, so that no spreadsheet runs it.
    Defused,
    /// The id of an annotation.
    Id,
    /// The note of an annotation.
    Note,
    /// Who made an annotation, and when.
    Maker,
    /// How an annotation was made, and when it was changed.
    History,
    /// What the attributes of an annotation say.
    Attributes,
    /// Further fields of an annotation, which mean nothing to us.
    Fields,
    /// The title, source, language, media type or id of a document.
    About,
    /// Headings, paragraphs and other blocks of a document.
    Blocks,
    /// How far the work on a document has come.
    State,
    /// Fields of a document that mean nothing to us.
    DocumentFields,
    /// Names, colours, shortcuts, definitions and attributes of the labels.
    Labels,
    /// The creators, the time and other fields of the dataset.
    Dataset,
}

impl Loss {
    /// Whether a labelled text, a label or a span is not as it was: what asking for a file without
    /// loss refuses. The rest is said beside those.
    pub fn is_of_content(self) -> bool {
        matches!(
            self,
            Loss::Overlap
                | Loss::Trimmed
                | Loss::Blank
                | Loss::BeyondText
                | Loss::BadLabel
                | Loss::Replaced
                | Loss::Text
                | Loss::EmptyDocument
                | Loss::Defused
        )
    }

    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Loss::Overlap => "overlap",
            Loss::Trimmed => "trimmed",
            Loss::Blank => "blank",
            Loss::Cut => "cut",
            Loss::BeyondText => "beyond-text",
            Loss::BadLabel => "bad-label",
            Loss::IdChanged => "id-changed",
            Loss::Replaced => "replaced",
            Loss::Text => "text",
            Loss::EmptyDocument => "empty-document",
            Loss::Defused => "defused",
            Loss::Id => "id",
            Loss::Note => "note",
            Loss::Maker => "maker",
            Loss::History => "history",
            Loss::Attributes => "attributes",
            Loss::Fields => "fields",
            Loss::About => "about",
            Loss::Blocks => "blocks",
            Loss::State => "state",
            Loss::DocumentFields => "document-fields",
            Loss::Labels => "labels",
            Loss::Dataset => "dataset",
        }
    }

    /// What is lost, to be followed by how often.
    fn sentence(self) -> &'static str {
        match self {
            Loss::Overlap => "Annotations left out, since each overlaps a longer one",
            Loss::Trimmed => "Annotations written without the white space at their edges",
            Loss::Blank => "Annotations left out, since they cover nothing but white space",
            Loss::Cut => "Annotations cut into fragments at line breaks",
            Loss::BeyondText => "Annotations left out, since they reach beyond the text",
            Loss::BadLabel => "Annotations left out, since their label is no identifier",
            Loss::IdChanged => "Annotations that have another id in the file",
            Loss::Replaced => "Characters that the format can't hold, now U+FFFD",
            Loss::Text => "Documents whose text can't be rebuilt to the character",
            Loss::EmptyDocument => "Documents without annotations, which are not in the file",
            Loss::Defused => {
                "Cells that begin with an apostrophe now, so that no spreadsheet runs them"
            }
            Loss::Id => "Annotations whose id is not in the file",
            Loss::Note => "Notes that are not in the file",
            Loss::Maker => "Annotations without who made them and when",
            Loss::History => "Annotations without how they were made or when they were changed",
            Loss::Attributes => "Annotations whose attributes are not all in the file",
            Loss::Fields => "Annotations whose further fields are not in the file",
            Loss::About => "Documents whose title, source, language or kind is not in the file",
            Loss::Blocks => "Documents whose headings and paragraphs are not marked in the file",
            Loss::State => "Documents whose state (done, skipped) is not in the file",
            Loss::DocumentFields => "Documents whose further fields are not in the file",
            Loss::Labels => {
                "Labels whose name, colour, shortcut, definition or attributes are not in the file"
            }
            Loss::Dataset => "What is said of the dataset as a whole that is not in the file",
        }
    }
}

/// All losses of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The kind.
    pub loss: Loss,
    /// How many there are.
    pub count: usize,
    /// The first ones: the ids of the document and of the annotation, as far as it is of one.
    pub first: Vec<(String, Option<String>)>,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}.", self.loss.sentence(), self.count)?;
        match self.first.first() {
            // What is said of the dataset is of no document.
            Some((document, None)) if document.is_empty() => Ok(()),
            None => Ok(()),
            Some((document, None)) => write!(f, " The first: document {}.", shown(document)),
            Some((document, Some(annotation))) => write!(
                f,
                " The first: {} of document {}.",
                shown(annotation),
                shown(document)
            ),
        }
    }
}

/// What a file doesn't hold of a dataset, by kind, in the order in which it was met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    list: Vec<Lost>,
}

impl Losses {
    /// How many examples of a kind are kept.
    const EXAMPLES: usize = 3;

    /// Counts a loss of `document`, and of one of its annotations if it is of one.
    pub fn add(&mut self, loss: Loss, document: &str, annotation: Option<&str>) {
        self.add_many(loss, 1, document, annotation);
    }

    /// Counts `count` losses of one place, for instance characters of a text.
    pub fn add_many(&mut self, loss: Loss, count: usize, document: &str, of: Option<&str>) {
        let at = match self.list.iter().position(|lost| lost.loss == loss) {
            Some(at) => at,
            None => {
                self.list.push(Lost {
                    loss,
                    count: 0,
                    first: Vec::new(),
                });
                self.list.len() - 1
            }
        };
        if let Some(lost) = self.list.get_mut(at) {
            lost.count += count;
            // What is of the dataset as a whole is of no document.
            if !document.is_empty() && lost.first.len() < Losses::EXAMPLES {
                lost.first
                    .push((document.to_owned(), of.map(str::to_owned)));
            }
        }
    }

    /// The kinds that there are.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Lost> {
        self.list.iter()
    }

    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of that kind there are.
    pub fn count(&self, loss: Loss) -> usize {
        let of = |lost: &&Lost| lost.loss == loss;
        self.list.iter().find(of).map_or(0, |lost| lost.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_counted_by_kind_with_the_first_of_each() {
        let mut losses = Losses::default();
        losses.add(Loss::Note, "d", Some("a"));
        losses.add(Loss::Blocks, "d", None);
        for id in ["b", "c", "d", "e"] {
            losses.add(Loss::Note, "d", Some(id));
        }
        let said: Vec<String> = losses.iter().map(Lost::to_string).collect();
        assert_eq!(
            said,
            [
                "Notes that are not in the file: 5. The first: \"a\" of document \"d\".",
                "Documents whose headings and paragraphs are not marked in the file: 1. The first: document \"d\"."
            ]
        );
        assert_eq!(losses.iter().next().unwrap().first.len(), 3);
        assert_eq!((losses.count(Loss::Note), losses.count(Loss::Cut)), (5, 0));
    }
}
