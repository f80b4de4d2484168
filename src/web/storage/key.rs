//! How records are named: by writer and sequence, and as one flat string in local storage.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A document's name is spelled out in a local storage key up to this many bytes. Every record
/// pays for it there, so a longer one is hashed.
const SPELLED_OUT: usize = 64;

/// What names a record within its document: who wrote it, and the how manieth it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The random id of the page load that wrote it.
    pub writer: String,
    /// Counts that writer's records.
    pub sequence: u32,
}

/// How every local storage key of `document`'s journal begins:
/// `<namespace>:j:<document>:`, the document escaped, or hashed if it is long.
///
/// No two documents share a prefix, and no prefix begins another.
pub(super) fn prefix(namespace: &str, document: &str) -> String {
    format!("{namespace}:j:{}:", name(document))
}

/// The document's part of a local storage key.
pub(super) fn name(document: &str) -> String {
    let escaped = escape(document);
    if escaped.len() <= SPELLED_OUT {
        escaped
    } else {
        hashed(document)
    }
}

/// The rest of a local storage key, behind its document's prefix: `<writer>:<sequence>`.
pub(super) fn suffix(key: &RecordKey) -> String {
    format!("{}:{}", escape(&key.writer), key.sequence)
}

/// Reads what [`suffix`] wrote; `None` for anything that it would not have written.
pub(super) fn parse_suffix(text: &str) -> Option<RecordKey> {
    let (writer, sequence) = text.split_once(':')?;
    let key = RecordKey {
        writer: unescape(writer)?,
        sequence: sequence.parse().ok()?,
    };
    (suffix(&key) == text).then_some(key)
}

/// Escapes the separator, the escape itself and the mark of a hash.
fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace(':', "%3A")
        .replace('~', "%7E")
}

fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        plain.push(match code {
            "25" => '%',
            "3A" => ':',
            "7E" => '~',
            _ => return None,
        });
        plain.push_str(rest);
    }
    Some(plain)
}

fn hashed(document: &str) -> String {
    let mut name = "~".to_owned();
    for byte in Sha256::digest(document) {
        // Writing to a String cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}
