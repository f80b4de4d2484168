//! What there is to say of files that were written, and figures as they are printed.

use super::args::Words;
use super::failure::Failure;
use super::say;
use rubricate::format::Format;
use rubricate::format::exchange::Converted;
use rubricate::table::{Table, to_json};

/// How figures are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// For people.
    Text,
    /// One table, for programs and spreadsheets.
    Csv,
    /// All tables in an object.
    Json,
}

impl As {
    /// As `--as` says.
    pub fn of(words: &Words) -> Result<As, Failure> {
        let named = words.parsed("--as", "text, csv or json", |name| match name {
            "text" => Some(As::Text),
            "csv" => Some(As::Csv),
            "json" => Some(As::Json),
            _ => None,
        })?;
        Ok(named.unwrap_or(As::Text))
    }
}

/// Prints tables: as CSV the one of that name.
pub fn tables(how: As, tables: &[Table], csv: &str) -> Result<(), Failure> {
    match how {
        As::Text => {
            let shown: Vec<String> = tables
                .iter()
                .map(|table| format!("{}\n{}", table.name, table.to_text()))
                .collect();
            say::print(&shown.join("\n"))
        }
        As::Csv => match tables.iter().find(|table| table.name == csv) {
            Some(table) => say::print(&table.to_csv()),
            None => Ok(()),
        },
        As::Json => say::print(&to_json(tables)),
    }
}

/// Says what files don't hold, and what they are called; `name` is empty for standard output.
pub fn written(converted: &Converted, format: &Format, name: &str, quiet: bool) {
    for finding in &converted.findings {
        say::note(&finding.to_string());
    }
    if quiet {
        return;
    }
    for lost in converted.losses.iter() {
        say::note(&format!("{}: {lost}", format.id));
    }
    if !name.is_empty() {
        let held = converted.held;
        let annotations = match held.annotations {
            0 => String::new(),
            count => format!(", annotations: {count}"),
        };
        say::note(&format!(
            "Written: {name}. Documents: {}{annotations}.",
            converted.documents
        ));
    }
}
