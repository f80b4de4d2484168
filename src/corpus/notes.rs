//! What there is to say of datasets that were put together.

use std::fmt;

/// Something to say of datasets that were put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A label that two files define in different ways: the file whose definition doesn't count, and
    /// the label's id.
    LabelDiffers(String, String),
    /// A document whose id stands for another text: the file, the id, and the one that it has now.
    DocumentRenamed(String, String, String),
    /// A text that is there under another id: the file, its id there, and the one that stays.
    SameText(String, String, String),
    /// An annotation whose id stands for another one: the file, the id, and the one that it has now.
    AnnotationRenamed(String, String, String),
    /// An annotation that was changed since another file was made, by the annotator who made it: the
    /// file, and its id.
    Changed(String, String),
    /// How many annotations of a file were there already.
    Repeated(String, usize),
    /// A document that somebody was given and that didn't come back: the file, the annotator, and
    /// the document's id.
    Missing(String, String, String),
    /// A file whose annotator went by another version of the guidelines than the first one's: the
    /// file, its version, and the first one's.
    Guidelines(String, String, String),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::LabelDiffers(file, label) => {
                write!(
                    f,
                    "{file}: The label {label} is defined otherwise here; the first definition stays."
                )
            }
            Note::DocumentRenamed(file, id, now) => write!(
                f,
                "{file}: The document {id} has another text than the one of that id; it is called {now} now."
            ),
            Note::SameText(file, id, stays) => {
                write!(
                    f,
                    "{file}: The document {id} has the text of {stays} and is put together with it."
                )
            }
            Note::AnnotationRenamed(file, id, now) => write!(
                f,
                "{file}: The annotation {id} says something else than the one of that id; it is called {now} now."
            ),
            Note::Changed(file, id) => {
                write!(
                    f,
                    "{file}: The annotation {id} differs between two files of its maker; the later one stays."
                )
            }
            Note::Repeated(file, count) => {
                write!(f, "{file}: Annotations that were there already: {count}.")
            }
            Note::Missing(file, annotator, document) => {
                write!(
                    f,
                    "{file}: The document {document}, which {annotator} was given, is missing."
                )
            }
            Note::Guidelines(file, version, first) => write!(
                f,
                "{file}: This was made by version {version} of the guidelines, the first file by version {first}."
            ),
        }
    }
}
