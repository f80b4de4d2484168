//! A table of annotations: exact (`csv`, `tsv`), and a variant for spreadsheets (`csv-spreadsheet`).
//!
//! Every cell is quoted and rows end with CR and LF (RFC 4180), in UTF-8. Offsets are code points. A
//! table holds no texts: to read it, the texts have to lie beside it, `<doc_id>.txt` each. A
//! spreadsheet runs a cell that begins with `=`, `+`, `-`, `@` and such; the variant for spreadsheets
//! puts an apostrophe before those, and a byte order mark before all, by which Excel knows UTF-8.

mod cells;
mod read;
mod write;

pub use cells::{Dialect, defuse, rows};
pub use read::CsvReader;
pub use write::CsvWriter;

/// The columns, in this order.
const COLUMNS: [&str; 9] = [
    "doc_id",
    "annotation_id",
    "label",
    "start",
    "end",
    "text",
    "note",
    "creator",
    "created",
];

/// The column behind them, where annotations say something by attributes: a JSON object.
const ATTRIBUTES: &str = "attributes";

#[cfg(test)]
mod tests;
