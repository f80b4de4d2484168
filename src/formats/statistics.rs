//! The figures of a corpus, for the page, counted piece by piece.

use super::failure;
use crate::format::exchange::{MemoryFiles, Options, read_files};
use crate::panics::point;
use crate::statistics::{self, Collector};
use crate::table::{self, Cell, Table};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Counts documents of our JSON, of which no more than one piece is in memory.
#[wasm_bindgen]
pub struct Counting {
    collector: Collector,
}

#[wasm_bindgen]
impl Counting {
    /// Nothing is counted yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Counting {
        point();
        Counting {
            collector: Collector::new(true),
        }
    }

    /// Counts the documents of a file of our JSON. Throws an `Error` with a sentence.
    pub fn add(&mut self, json: String) -> Result<(), JsValue> {
        point();
        let files = MemoryFiles {
            files: vec![("dataset.annotations.json".to_owned(), json.into_bytes())],
        };
        read_files("json", &files, &Options::default(), &mut self.collector)
            .map_err(|error| failure(error.to_string()))
    }

    /// The tables of [`statistics::tables`] as JSON, by their names: an array of rows each.
    pub fn tables(&self) -> String {
        point();
        table::to_json(&self.all())
    }

    /// The same tables for spreadsheets, as JSON by their names: `{columns, rows, csv}`: rows as long
    /// as the columns, whose names may be the same twice where a label is called like a figure; `csv` is
    /// what the command `stats` prints, with dangerous cells defused.
    pub fn sheets(&self) -> String {
        point();
        let sheet = |table: &Table| {
            let rows: Vec<Vec<Value>> = table
                .rows
                .iter()
                .map(|row| row.iter().map(value).collect())
                .collect();
            json!({ "columns": table.columns, "rows": rows, "csv": table.defused().to_csv() })
        };
        let all = self.all();
        let named = all
            .iter()
            .map(|table| (table.name.to_owned(), sheet(table)));
        Value::Object(named.collect()).to_string()
    }

    fn all(&self) -> Vec<Table> {
        statistics::tables(&self.collector.clone().finish())
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => text.as_str().into(),
        Cell::Count(count) => (*count).into(),
        Cell::Number(number) => (*number).into(),
        Cell::Nothing => Value::Null,
    }
}
