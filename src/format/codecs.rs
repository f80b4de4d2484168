//! The readers and writers of all formats, by the formats' ids.

use super::conll::{ConllReader, ConllWriter, Scheme};
use super::exchange::{Options, Reader, Writer};
use super::{brat, docbin, gate_bdoc, label_studio, uima};
use super::{hf_jsonl, native};

/// What writes a dataset in the format of that id.
pub fn writer(id: &str, options: &Options) -> Option<Box<dyn Writer>> {
    Some(match id {
        "conll2003" => Box::new(ConllWriter::new(Scheme::Conll2003, options)),
        "bio" => Box::new(ConllWriter::new(Scheme::Bio, options)),
        "bilou" => Box::new(ConllWriter::new(Scheme::Bilou, options)),
        "brat" => Box::new(brat::BratWriter::new(options)),
        "label-studio" => Box::new(label_studio::LabelStudioWriter::new(options)),
        "uima-xmi" => Box::new(uima::XmiWriter::new(options)),
        "uima-json" => Box::new(uima::UimaJsonWriter::new(options)),
        "gate-bdoc" => Box::new(gate_bdoc::GateWriter::new(options)),
        "spacy-docbin" => Box::new(docbin::DocBinWriter::new(options)),
        "json" => Box::new(native::exchange::NativeWriter::new(options)),
        "hf-jsonl" => Box::new(hf_jsonl::HfWriter::new(options)),
        _ => return None,
    })
}

/// What reads a dataset in the format of that id.
pub fn reader(id: &str, options: &Options) -> Option<Box<dyn Reader>> {
    Some(match id {
        "conll2003" | "bio" | "bilou" => Box::new(ConllReader::new(options)),
        "brat" => Box::new(brat::BratReader::new(options)),
        "label-studio" => Box::new(label_studio::LabelStudioReader::new(options)),
        "uima-xmi" => Box::new(uima::XmiReader::new(options)),
        "uima-json" => Box::new(uima::UimaJsonReader::new(options)),
        "gate-bdoc" => Box::new(gate_bdoc::GateReader::new(options)),
        "spacy-docbin" => Box::new(docbin::DocBinReader::new(options)),
        "json" => Box::new(native::exchange::NativeReader),
        "hf-jsonl" => Box::new(hf_jsonl::HfReader::new(options)),
        _ => return None,
    })
}
