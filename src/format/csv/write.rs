//! Writing a table.

use super::{ATTRIBUTES, COLUMNS, Dialect, rows};
use crate::annotation::Annotation;
use crate::format::attributes::writable;
use crate::format::exchange::{Entry, Header, Loss, Options, Out, WriteError, Writer};
use crate::format::losses::{lose_labels, lose_rest};
use serde_json::Value;

/// Writes a table, a row for each annotation.
pub struct CsvWriter {
    file: String,
    dialect: Dialect,
    /// Whether there is a column for attributes; `None` until the head is written.
    has_attributes: Option<bool>,
    declares: bool,
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
            has_attributes: None,
            declares: false,
        }
    }
}

impl Writer for CsvWriter {
    fn begin(&mut self, header: &Header, _: &mut Out) -> Result<(), WriteError> {
        self.declares = header.labels.iter().any(|l| !l.attributes.is_empty());
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let document = &entry.document;
        let mut table = String::new();
        let has_attributes = match self.has_attributes {
            Some(known) => known,
            None => self.head(entry, &mut table),
        };
        let head = table.len();
        for annotation in &entry.annotations {
            let (span, origin) = (annotation.span, &annotation.origin);
            let said = writable(entry, annotation, out, |_, _| has_attributes)?;
            let said = match said.is_empty() {
                true => String::new(),
                false => Value::Object(said).to_string(),
            };
            let (start, end) = (span.start().to_string(), span.end().to_string());
            let mut cells: Vec<&str> = vec![
                &document.id,
                annotation.id.as_str(),
                &annotation.label,
                &start,
                &end,
                document.text.slice(span).unwrap_or_default(),
                annotation.note.as_deref().unwrap_or_default(),
                origin.creator.as_deref().unwrap_or_default(),
                origin.created.as_deref().unwrap_or_default(),
            ];
            if has_attributes {
                cells.push(&said);
            }
            let defused = self.dialect.write(&cells, &mut table);
            out.lose_many(Loss::Defused, defused, &document.id, Some(annotation))?;
        }
        self.check(table.get(head..).unwrap_or_default(), entry)?;
        out.append(&self.file, table.as_bytes())?;
        match entry.annotations.is_empty() {
            true => out.lose(Loss::EmptyDocument, entry, None)?,
            false => out.lose(Loss::Text, entry, None)?,
        }
        lose_rest(
            entry,
            &[Loss::Id, Loss::Note, Loss::Maker, Loss::Attributes],
            out,
        )
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}

impl CsvWriter {
    /// Writes the first row; whether it has a column for attributes. That is so where a label declares
    /// some, or an annotation of the first document says something by one.
    fn head(&mut self, first: &Entry, table: &mut String) -> bool {
        if self.dialect == Dialect::Spreadsheet {
            table.push('\u{feff}');
        }
        let says = first.annotations.iter().any(Annotation::has_attributes);
        let has_attributes = self.declares || says;
        let mut columns = COLUMNS.to_vec();
        if has_attributes {
            columns.push(ATTRIBUTES);
        }
        self.dialect.write(&columns, table);
        self.has_attributes = Some(has_attributes);
        has_attributes
    }

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
