//! Why a whole file is refused.

use super::remarks::shown;
use super::{FORMAT, MAJOR, OFFSET_UNIT, VERSION};
use serde_json::{Map, Value};
use std::fmt;

/// Why a file is refused whole. What is open stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It has no content.
    Empty,
    /// It is not JSON: line and column (both from 1, the column in bytes), and what is wrong there.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What the parser says.
        why: String,
    },
    /// It ends in the middle.
    Truncated {
        /// The line on which it ends, from 1.
        line: usize,
        /// The column in bytes at which it ends.
        column: usize,
    },
    /// Brackets within brackets, more than 127 deep.
    TooDeep {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// It is of another kind.
    NotOurs(Kind),
    /// `version` is not of the form 1.0.0.
    BadVersion(String),
    /// A newer program wrote it.
    Newer(String),
    /// It is of a major version that never was published.
    Older(String),
    /// Its offsets count something else.
    OffsetUnit(String),
    /// A part that must be a list is none, or is absent.
    NoList(&'static str),
    /// None of its documents can be used.
    NoDocuments,
}

/// What a file that isn't ours looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// W3C Web Annotation.
    WebAnnotation,
    /// Label Studio's export.
    LabelStudio,
    /// PubAnnotation.
    PubAnnotation,
    /// A CAS of UIMA.
    Cas,
    /// GATE's bdocjs.
    Gate,
    /// spaCy or Prodigy.
    Spacy,
    /// A JSON value on each line.
    JsonLines,
    /// HTML or XML.
    Markup,
    /// A zip archive.
    Zip,
    /// Some other JSON.
    OtherJson,
}

impl Kind {
    /// What a JSON value that isn't ours looks like.
    pub(super) fn of_json(value: &Value) -> Kind {
        match value {
            Value::Object(map) => Kind::of_object(map),
            Value::Array(list) => match list.first() {
                Some(Value::Object(map)) => Kind::of_object(map),
                _ => Kind::OtherJson,
            },
            _ => Kind::OtherJson,
        }
    }

    fn of_object(map: &Map<String, Value>) -> Kind {
        let has = |key: &str| map.contains_key(key);
        if has("@context") {
            Kind::WebAnnotation
        } else if has("data") && (has("annotations") || has("predictions")) {
            Kind::LabelStudio
        } else if has("denotations") {
            Kind::PubAnnotation
        } else if has("%TYPES") || has("%FEATURE_STRUCTURES") {
            Kind::Cas
        } else if has("annotation_sets") {
            Kind::Gate
        } else if has("text") && (has("ents") || has("spans") || has("tokens")) {
            Kind::Spacy
        } else {
            Kind::OtherJson
        }
    }

    /// What a file that isn't JSON looks like, if that is plain.
    pub(super) fn of_text(file: &str) -> Option<Kind> {
        let start = file.trim_start();
        if start.starts_with("PK\u{3}\u{4}") {
            return Some(Kind::Zip);
        }
        if start.starts_with('<') {
            return Some(Kind::Markup);
        }
        let mut lines = start.lines();
        let (first, second) = (lines.next()?, lines.next()?);
        let is_object = |line: &str| line.starts_with('{') && crate::json::parse(line).is_ok();
        (is_object(first) && is_object(second)).then_some(Kind::JsonLines)
    }

    fn name(self) -> Option<&'static str> {
        Some(match self {
            Kind::WebAnnotation => "a W3C Web Annotation",
            Kind::LabelStudio => "an export of Label Studio",
            Kind::PubAnnotation => "PubAnnotation JSON",
            Kind::Cas => "a UIMA CAS",
            Kind::Gate => "a GATE document",
            Kind::Spacy => "JSON of spaCy or Prodigy",
            Kind::JsonLines => "JSON Lines",
            Kind::Markup => "HTML or XML",
            Kind::Zip => "a zip archive",
            Kind::OtherJson => return None,
        })
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Empty => f.write_str("The file is empty."),
            ReadError::Syntax { line, column, why } => write!(
                f,
                "The file is not JSON: {why} at line {line}, column {column}."
            ),
            ReadError::Truncated { line, column } => write!(
                f,
                "The file breaks off at line {line}, column {column}; it is not complete."
            ),
            ReadError::TooDeep { line, column } => write!(
                f,
                "The file is nested more than 127 deep at line {line}, column {column}."
            ),
            ReadError::NotOurs(kind) => match kind.name() {
                Some(name) => write!(
                    f,
                    "The file looks like {name}, not like annotations in our JSON."
                ),
                None => write!(
                    f,
                    "The file is JSON, but not annotations: its \"format\" is not {FORMAT:?}."
                ),
            },
            ReadError::BadVersion(version) => write!(
                f,
                "The file's \"version\" must be of the form {VERSION}, and is {}.",
                shown(version)
            ),
            ReadError::Newer(version) => write!(
                f,
                "The file is of version {version}, which a newer program wrote; this one reads versions {MAJOR}.x."
            ),
            ReadError::Older(version) => write!(
                f,
                "The file is of version {version}; this program reads versions {MAJOR}.x."
            ),
            ReadError::OffsetUnit(unit) => write!(
                f,
                "The file's \"offset_unit\" must be {OFFSET_UNIT:?}, and is {}.",
                shown(unit)
            ),
            ReadError::NoList(field) => {
                write!(f, "The file's {field:?} must be a list.")
            }
            ReadError::NoDocuments => f.write_str("The file holds no document that can be used."),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<&serde_json::Error> for ReadError {
    fn from(error: &serde_json::Error) -> ReadError {
        let (line, column) = (error.line(), error.column());
        if error.is_eof() {
            return ReadError::Truncated { line, column };
        }
        let message = error.to_string();
        let why = message.split(" at line ").next().unwrap_or_default();
        if why == "recursion limit exceeded" {
            return ReadError::TooDeep { line, column };
        }
        ReadError::Syntax {
            line,
            column,
            why: why.to_owned(),
        }
    }
}
