//! Files that are read as a whole: what is said when one is no JSON or no XML.

use super::exchange::{At, Finding, LONGEST_LINE, Receive, Refusal, Why, read_text};
use super::mend::mend;
use super::xml::XmlError;
use serde_json::Value;
use std::io::{BufRead, Read};

/// Reads a file that is one JSON value. Of lone surrogates, which become U+FFFD, it tells `into`.
pub fn read_json(
    content: &mut dyn BufRead,
    name: &str,
    into: &mut dyn Receive,
) -> Result<Value, Refusal> {
    let text = read_text(content, name)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    if text.trim().is_empty() {
        return Err(Why::Empty.at(name, At::File));
    }
    let mended = mend(text);
    if mended.surrogates > 0 {
        into.find(Finding {
            file: name.to_owned(),
            at: At::File,
            id: None,
            left_out: false,
            why: format!(
                "Halves of surrogate pairs became U+FFFD, the replacement character: {}.",
                mended.surrogates
            ),
        });
    }
    serde_json::from_str(&mended.json)
        .map_err(|error| Why::of_json(&error).at(name, At::Line(error.line().max(1))))
}

/// The refusal of a file that is no XML.
pub fn refusal(error: &XmlError, name: &str) -> Refusal {
    match error {
        XmlError::Truncated { line } => Why::Truncated.at(name, At::Line(*line)),
        XmlError::Malformed { line, why } => {
            Why::Malformed(format!("it is not XML: {why}")).at(name, At::Line(*line))
        }
        XmlError::DocumentType { line } => {
            let why = "it has a document type, which could name other files";
            Why::Malformed(why.into()).at(name, At::Line(*line))
        }
        XmlError::TooDeep { line } => {
            let why = "it is nested more than 127 deep";
            Why::Malformed(why.into()).at(name, At::Line(*line))
        }
    }
}

/// Reads the bytes of a file.
pub fn read_bytes(content: &mut dyn BufRead, name: &str) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    content
        .take(LONGEST_LINE as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Why::Unreadable(error.to_string()).at(name, At::File))?;
    match bytes.len() > LONGEST_LINE {
        true => Err(Why::TooLarge(LONGEST_LINE).at(name, At::File)),
        false => Ok(bytes),
    }
}

/// The name of a file in the same folder as `name`.
pub fn sibling(name: &str, file: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{file}"),
        None => file.to_owned(),
    }
}
