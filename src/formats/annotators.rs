//! Several annotators, for the page: documents handed out, and what comes back compared and decided on.

use super::{failure, named, put};
use crate::corpus::{self, Dealing, Guidelines};
use crate::format::exchange::{Collected, MemoryFiles, Options, write_entries};
use crate::format::package::read_all;
use crate::panics::point;
use js_sys::{Array, Object, Uint8Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// A file for each annotator with documents of our JSON: an array of `{name, bytes, documents, shared}`.
/// `wishes` is JSON: `{annotators: [name], shared, seed, guidelines?: {name?, version?, text?}}`. Throws
/// an `Error` with a sentence.
#[wasm_bindgen(js_name = handOut)]
pub fn hand_out(json: String, wishes: &str) -> Result<Array, JsValue> {
    point();
    let files = MemoryFiles {
        files: vec![("dataset.annotations.json".to_owned(), json.into_bytes())],
    };
    let dataset = read_all(files, &Options::default()).map_err(failure)?;
    let wishes: Value = serde_json::from_str(wishes).unwrap_or_default();
    let annotators = wishes.get("annotators").and_then(Value::as_array);
    let annotators = annotators.into_iter().flatten().filter_map(Value::as_str);
    let annotators: Vec<String> = annotators.map(str::to_owned).collect();
    let shared = wishes.get("shared").and_then(Value::as_u64);
    let dealing = Dealing {
        annotators: &annotators,
        shared: shared.map_or(0, |shared| u32::try_from(shared).unwrap_or(u32::MAX)),
        copies: 2,
        seed: wishes.get("seed").and_then(Value::as_str).unwrap_or("1"),
    };
    let text = |field: &str| {
        let text = wishes.get("guidelines")?.get(field)?.as_str()?;
        Some(text.to_owned()).filter(|text| !text.is_empty())
    };
    let guidelines = Guidelines {
        name: text("name"),
        version: text("version"),
        text: text("text"),
    };
    let out = corpus::hand_out(&dataset, &dealing, &guidelines).map_err(failure)?;
    let out = out.into_iter().map(|one| {
        let object = Object::new();
        put(&object, "name", &one.file.into());
        put(&object, "bytes", &Uint8Array::from(one.bytes.as_slice()));
        put(&object, "documents", &(one.documents as f64).into());
        put(&object, "shared", &(one.shared as f64).into());
        object
    });
    Ok(out.collect())
}

/// Datasets of several annotators, compared.
#[wasm_bindgen]
pub struct Comparison {
    comparison: corpus::Comparison,
}

#[wasm_bindgen]
impl Comparison {
    /// Of files, an array of `[name, Uint8Array]`, each a dataset in a format that can be read. Throws
    /// an `Error` with a sentence.
    #[wasm_bindgen(constructor)]
    pub fn new(files: &Array) -> Result<Comparison, JsValue> {
        point();
        let read = named(files).into_iter().map(|(name, bytes)| {
            let of_one = MemoryFiles {
                files: vec![(name.clone(), bytes)],
            };
            let dataset = read_all(of_one, &Options::default());
            // Some sentences name the file, others don't.
            let dataset = dataset.map_err(|why| match why.starts_with(&name) {
                true => why,
                false => format!("{name}: {why}"),
            });
            Ok((name, dataset?))
        });
        let read: Result<Vec<(String, Collected)>, String> = read.collect();
        let comparison = read.and_then(corpus::Comparison::of).map_err(failure)?;
        Ok(Comparison { comparison })
    }

    /// JSON, see [`corpus::Comparison::summary`].
    pub fn summary(&self) -> String {
        point();
        self.comparison.summary().to_string()
    }

    /// JSON, see [`corpus::Comparison::document`].
    pub fn document(&self, at: usize) -> Option<String> {
        point();
        Some(self.comparison.document(at)?.to_string())
    }

    /// All figures as CSV.
    #[wasm_bindgen(js_name = figuresAsCsv)]
    pub fn figures_as_csv(&self) -> String {
        point();
        self.comparison.figures().to_csv()
    }

    /// All figures as JSON.
    #[wasm_bindgen(js_name = figuresAsJson)]
    pub fn figures_as_json(&self) -> String {
        point();
        crate::table::to_json(&[self.comparison.figures()])
    }

    /// Our JSON of what decisions come to, see [`corpus::Comparison::outcome`]. It has been checked.
    /// Throws an `Error` with a sentence.
    pub fn outcome(&self, decisions: &str, by: &str, at: &str) -> Result<Uint8Array, JsValue> {
        point();
        let decisions: Value = serde_json::from_str(decisions).unwrap_or_default();
        let (header, entries) = self.comparison.outcome(&decisions, by, at);
        let written = write_entries("json", header, entries, &Options::default());
        let (written, _) = written.map_err(|error| failure(error.to_string()))?;
        let file = written.files.into_iter().next();
        let bytes = file.map(|(_, bytes)| bytes).unwrap_or_default();
        Ok(Uint8Array::from(bytes.as_slice()))
    }
}
