//! Writing a table.

use super::{COLUMNS, Dialect, rows};
use crate::format::exchange::{Entry, Header, Loss, Options, Out, WriteError, Writer};
use crate::format::losses::{lose_labels, lose_rest};

/// Writes a table, a row for each annotation.
pub struct CsvWriter {
    file: String,
    dialect: Dialect,
}

impl CsvWriter {
    /// Into the file that the options name.
    pub fn new(dialect: Dialect, options: &Options) -> CsvWriter {
        let extension = match dialect {
            Dialect::Comma => "csv",
            Dialect::Tab => "tsv",
            Dialect::Spreadsheet => "spreadsheet.csv",
        };
        CsvWriter {
            file: format!("{}.{extension}", options.stem),
            dialect,
        }
    }
}

impl Writer for CsvWriter {
    fn begin(&mut self, _: &Header, out: &mut Out) -> Result<(), WriteError> {
        let mut head = String::new();
        if self.dialect == Dialect::Spreadsheet {
            head.push('\u{feff}');
        }
        self.dialect.write(&COLUMNS, &mut head);
        out.append(&self.file, head.as_bytes())
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let document = &entry.document;
        let mut table = String::new();
        for annotation in &entry.annotations {
            let (span, origin) = (annotation.span, &annotation.origin);
            let defused = self.dialect.write(
                &[
                    &document.id,
                    annotation.id.as_str(),
                    &annotation.label,
                    &span.start().to_string(),
                    &span.end().to_string(),
                    document.text.slice(span).unwrap_or_default(),
                    annotation.note.as_deref().unwrap_or_default(),
                    origin.creator.as_deref().unwrap_or_default(),
                    origin.created.as_deref().unwrap_or_default(),
                ],
                &mut table,
            );
            out.lose_many(Loss::Defused, defused, &document.id, Some(annotation))?;
        }
        self.check(&table, entry)?;
        out.append(&self.file, table.as_bytes())?;
        match entry.annotations.is_empty() {
            true => out.lose(Loss::EmptyDocument, entry, None)?,
            false => out.lose(Loss::Text, entry, None)?,
        }
        lose_rest(entry, &[Loss::Id, Loss::Note, Loss::Maker], out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

impl CsvWriter {
    /// Reads the rows of a document back, and compares their words with the text, by counting its
    /// characters.
    fn check(&self, table: &str, entry: &Entry) -> Result<(), WriteError> {
        let unreadable = |_| WriteError::Unreadable("a quotation never ends".into());
        let rows = rows(table, self.dialect.separator()).map_err(unreadable)?;
        let text = entry.document.text.as_str();
        let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        let byte = |offset: &str| {
            let offset: usize = offset.parse().ok()?;
            match offset == bytes.len() {
                true => Some(text.len()),
                false => bytes.get(offset).copied(),
            }
        };
        let mut annotations = entry.annotations.iter();
        for (_, cells) in &rows {
            let cell = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
            let selected = byte(cell(3)).zip(byte(cell(4)));
            let selected = selected.and_then(|(from, to)| text.get(from..to));
            let written = self.dialect.read(cell(5).to_owned());
            let annotation = annotations.next();
            if annotation.is_none() || selected != Some(&written) {
                let id = annotation.map(|a| a.id.to_string()).unwrap_or_default();
                return Err(WriteError::Wrong(id, entry.document.id.clone()));
            }
        }
        match annotations.next() {
            None => Ok(()),
            Some(_) => Err(WriteError::Differs {
                written: (1, entry.annotations.len()),
                read: (1, rows.len()),
            }),
        }
    }
}
