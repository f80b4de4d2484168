//! A backup of everything: one file with a line for each document, as it is stored.
//!
//! The first line says what the file is and how many documents follow, the last one that it is
//! complete. A document's line holds the stored lines of its text, snapshot and records, each with
//! its own check sum, so restoring one is taking the union with what is there.

use crate::json::{self, Fields, Malformed, Read};
use serde_json::{Value, json};
use std::fmt;

const FORMAT: &str = "rubricate-backup";
/// The version that is written, and the newest that is read.
const VERSION: u32 = 1;

/// What the first line says.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// When the backup was made: RFC 3339 in UTC.
    pub created: String,
    /// How many documents follow.
    pub documents: usize,
    /// What the page keeps besides: its settings, the labels.
    pub beside: Value,
}

/// A document as it is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copy {
    /// Its id.
    pub id: String,
    /// What to call it.
    pub title: Option<String>,
    /// When it was last opened: milliseconds since 1970.
    pub opened: u64,
    /// What lists say of it.
    pub entry: Value,
    /// The stored line of its text; `None` if there is none.
    pub text: Option<String>,
    /// The stored line of its snapshot.
    pub snapshot: Option<String>,
    /// Writer, sequence and stored line of each record.
    pub records: Vec<(String, u32, String)>,
}

/// The first line, without a line feed.
pub fn write_header(header: &Header) -> String {
    json!({
        "format": FORMAT,
        "version": VERSION,
        "created": header.created,
        "documents": header.documents,
        "beside": header.beside,
    })
    .to_string()
}

/// The last line, without a line feed.
pub fn write_end(documents: usize) -> String {
    json!({ "end": documents }).to_string()
}

impl Copy {
    /// Its line, without a line feed.
    pub fn write(&self) -> String {
        json!({
            "id": self.id,
            "title": self.title,
            "opened": self.opened,
            "entry": self.entry,
            "text": self.text,
            "snapshot": self.snapshot,
            "records": self.records,
        })
        .to_string()
    }

    fn read(line: &str) -> Result<Copy, Malformed> {
        let mut fields = fields(line)?;
        Ok(Copy {
            id: fields.need("id")?,
            title: fields.want("title")?,
            opened: fields.need("opened")?,
            entry: fields.want("entry")?.unwrap_or_default(),
            text: fields.want("text")?,
            snapshot: fields.want("snapshot")?,
            records: fields.list("records")?,
        })
    }
}

fn fields(line: &str) -> Result<Fields, Malformed> {
    Fields::read(json::parse(line)?).ok_or_else(|| Malformed("it is no object".into()))
}

/// Why a file is no backup that can be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// It is something else.
    NotOurs,
    /// A newer version of the program made it.
    Newer(u32),
    /// A line can't be read: which one, counted from 1, and why.
    Line(usize, String),
    /// It ends too early: how many documents it has, and should have.
    Incomplete(usize, usize),
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupError::NotOurs => f.write_str("This file is no backup of Rubricate’s."),
            BackupError::Newer(version) => write!(
                f,
                "A newer Rubricate made this backup (version {version}; this one reads {VERSION}). Reload the page to get that version."
            ),
            BackupError::Line(line, why) => {
                write!(
                    f,
                    "Line {line} of the backup can’t be read: {why}. Nothing was restored."
                )
            }
            BackupError::Incomplete(there, stated) => write!(
                f,
                "The backup is cut off: it has {there} of its {stated} documents. Nothing was restored; try another copy of the file."
            ),
        }
    }
}

impl std::error::Error for BackupError {}

/// A backup that was read to its end and found complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup<'a> {
    /// What its first line says.
    pub header: Header,
    lines: Vec<&'a str>,
}

impl Backup<'_> {
    /// The documents, read one by one.
    pub fn documents(&self) -> impl Iterator<Item = Copy> {
        self.lines.iter().filter_map(|line| Copy::read(line).ok())
    }
}

/// Whether a file begins as a backup does.
fn head(line: &str) -> Result<Header, BackupError> {
    let mut fields = fields(line).map_err(|_| BackupError::NotOurs)?;
    if fields.want::<String>("format").ok().flatten().as_deref() != Some(FORMAT) {
        return Err(BackupError::NotOurs);
    }
    let malformed = |Malformed(why)| BackupError::Line(1, why);
    let version = fields.need("version").map_err(malformed)?;
    if version > VERSION {
        return Err(BackupError::Newer(version));
    }
    Ok(Header {
        created: fields.need("created").map_err(malformed)?,
        documents: fields.need("documents").map_err(malformed)?,
        beside: fields
            .want("beside")
            .map_err(malformed)?
            .unwrap_or_default(),
    })
}

/// Reads a backup. Every line is read once before anything is returned, so nothing is restored of
/// a file that is damaged or cut off.
pub fn read_backup(content: &str) -> Result<Backup<'_>, BackupError> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut lines = content.lines();
    let header = head(lines.next().unwrap_or_default())?;
    let mut documents = Vec::new();
    let mut is_complete = false;
    for (at, line) in lines.enumerate() {
        if line.is_empty() {
            continue;
        }
        if documents.len() == header.documents {
            let end = fields(line).and_then(|mut end| end.need::<usize>("end"));
            is_complete = end == Ok(documents.len());
            break;
        }
        match Copy::read(line) {
            Ok(_) => documents.push(line),
            // The last line of a file that was cut off.
            Err(_) if !content.ends_with('\n') => break,
            Err(Malformed(why)) => return Err(BackupError::Line(at + 2, why)),
        }
    }
    match is_complete {
        true => Ok(Backup {
            header,
            lines: documents,
        }),
        false => Err(BackupError::Incomplete(documents.len(), header.documents)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Vec<Copy>, String) {
        let copies = vec![
            Copy {
                id: "a\nb".into(),
                title: Some("Ä “title”".into()),
                opened: 5,
                entry: json!({"added": 4}),
                text: Some("00000000 {}".into()),
                snapshot: None,
                records: vec![("0f".into(), 2, "line\n".into())],
            },
            Copy {
                id: "c".into(),
                snapshot: Some("x".into()),
                ..Copy::default()
            },
        ];
        let header = Header {
            created: "2026-11-25T10:00:00Z".into(),
            documents: copies.len(),
            beside: json!({"creator": "Ada"}),
        };
        let mut lines = vec![write_header(&header)];
        lines.extend(copies.iter().map(Copy::write));
        lines.push(write_end(copies.len()));
        (copies, lines.join("\n") + "\n")
    }

    #[test]
    fn a_backup_reads_back_as_it_was_made() {
        let (copies, file) = sample();
        let backup = read_backup(&file).unwrap();
        assert_eq!(backup.header.beside, json!({"creator": "Ada"}));
        assert_eq!(backup.documents().collect::<Vec<_>>(), copies);
        assert!(read_backup(&file.replace('\n', "\r\n")).is_ok());
    }

    #[test]
    fn a_file_cut_off_anywhere_is_refused_whole() {
        let (_, file) = sample();
        let whole = file.trim_end().len();
        for end in (0..whole).filter(|end| file.is_char_boundary(*end)) {
            assert!(read_backup(&file[..end]).is_err(), "{end}");
        }
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(
            read_backup(&(lines[..2].join("\n") + "\n"))
                .unwrap_err()
                .to_string(),
            "The backup is cut off: it has 1 of its 2 documents. Nothing was restored; try another copy of the file."
        );
    }

    #[test]
    fn what_is_no_backup_is_refused_with_the_reason() {
        let (_, file) = sample();
        for (file, reason) in [
            (String::new(), "This file is no backup of Rubricate’s."),
            ("{}".into(), "This file is no backup of Rubricate’s."),
            (
                file.replacen("\"version\":1", "\"version\":9", 1),
                "A newer Rubricate made this backup (version 9; this one reads 1). Reload the page to get that version.",
            ),
            (
                file.replacen("\"opened\":5", "\"opened\":\"x\"", 1),
                "Line 2 of the backup can’t be read: the field opened is not of the kind that it has to be. Nothing was restored.",
            ),
        ] {
            assert_eq!(read_backup(&file).unwrap_err().to_string(), reason);
        }
    }
}
