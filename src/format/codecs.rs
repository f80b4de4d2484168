//! The readers and writers of all formats, by the formats' ids.

use super::conll::{ConllReader, ConllWriter, Scheme};
use super::csv::{CsvReader, CsvWriter, Dialect};
use super::doccano::{DoccanoReader, DoccanoWriter};
use super::exchange::{Options, Reader, Unit, Writer};
use super::hf_jsonl::{HfReader, HfWriter};
use super::native::exchange::{NativeReader, NativeWriter};
use super::prodigy::{ProdigyReader, ProdigyWriter};
use super::pubannotation::{PubReader, PubWriter};
use super::spacy_json::{SpacyReader, SpacyWriter};
use super::w3c::{W3cReader, W3cWriter};
use super::{brat, docbin, gate_bdoc, label_studio, uima};

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
        "conll2003" => Box::new(ConllWriter::new(Scheme::Conll2003, options)),
        "bio" => Box::new(ConllWriter::new(Scheme::Bio, options)),
        "bilou" => Box::new(ConllWriter::new(Scheme::Bilou, options)),
        "brat" => Box::new(brat::BratWriter::new(options)),
        "label-studio" => Box::new(label_studio::LabelStudioWriter::new(options)),
        "uima-xmi" => Box::new(uima::XmiWriter::new(options)),
        "uima-json" => Box::new(uima::UimaJsonWriter::new(options)),
        "gate-bdoc" => Box::new(gate_bdoc::GateWriter::new(options)),
        "spacy-docbin" => Box::new(docbin::DocBinWriter::new(options)),
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
        "conll2003" | "bio" | "bilou" => Box::new(ConllReader::new(options)),
        "brat" => Box::new(brat::BratReader::new(options)),
        "label-studio" => Box::new(label_studio::LabelStudioReader::new(options)),
        "uima-xmi" => Box::new(uima::XmiReader::new(options)),
        "uima-json" => Box::new(uima::UimaJsonReader::new(options)),
        "gate-bdoc" => Box::new(gate_bdoc::GateReader::new(options)),
        "spacy-docbin" => Box::new(docbin::DocBinReader::new(options)),
        _ => return None,
    })
}
