//! The readers and writers of all formats, by the formats' ids.

use super::csv::{CsvReader, CsvWriter, Dialect};
use super::doccano::{DoccanoReader, DoccanoWriter};
use super::exchange::{Options, Reader, Unit, Writer};
use super::hf_jsonl::{HfReader, HfWriter};
use super::native::exchange::{NativeReader, NativeWriter};
use super::prodigy::{ProdigyReader, ProdigyWriter};
use super::pubannotation::{PubReader, PubWriter};
use super::spacy_json::{SpacyReader, SpacyWriter};
use super::w3c::{W3cReader, W3cWriter};

/// What writes a dataset in the format of that id.
pub fn writer(id: &str, options: &Options) -> Option<Box<dyn Writer>> {
    Some(match id {
        "json" => Box::new(NativeWriter::new(options)),
        "hf-jsonl" => Box::new(HfWriter::new(options)),
        "w3c" => Box::<W3cWriter>::default(),
        "spacy-json" => Box::new(SpacyWriter::new(options)),
        "prodigy" => Box::new(ProdigyWriter::new(options)),
        "doccano" => Box::new(DoccanoWriter::new(Unit::Utf16, options)),
        "doccano-py" => Box::new(DoccanoWriter::new(Unit::CodePoint, options)),
        "pubannotation" => Box::<PubWriter>::default(),
        "csv" => Box::new(CsvWriter::new(Dialect::Comma, options)),
        "tsv" => Box::new(CsvWriter::new(Dialect::Tab, options)),
        "csv-spreadsheet" => Box::new(CsvWriter::new(Dialect::Spreadsheet, options)),
        _ => return None,
    })
}

/// What reads a dataset in the format of that id.
pub fn reader(id: &str, options: &Options) -> Option<Box<dyn Reader>> {
    Some(match id {
        "json" => Box::new(NativeReader),
        "hf-jsonl" => Box::new(HfReader::new(options)),
        "w3c" => Box::new(W3cReader::new(options)),
        "spacy-json" => Box::new(SpacyReader::new(options)),
        "prodigy" => Box::new(ProdigyReader::new(options)),
        "doccano" => Box::new(DoccanoReader::new(Unit::Utf16, options)),
        "doccano-py" => Box::new(DoccanoReader::new(Unit::CodePoint, options)),
        "pubannotation" => Box::new(PubReader::new(options)),
        "csv" => Box::new(CsvReader::new(Dialect::Comma, options)),
        "tsv" => Box::new(CsvReader::new(Dialect::Tab, options)),
        "csv-spreadsheet" => Box::new(CsvReader::new(Dialect::Spreadsheet, options)),
        _ => return None,
    })
}
