//! The table of the formats.

use super::exchange::Unit;

/// A format that annotations are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// What programs call it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What its files' names end in, with the first dot.
    pub extension: &'static str,
    /// The media type of these files.
    pub media_type: &'static str,
    /// Whether it can be read.
    pub reads: bool,
    /// Whether it can be written.
    pub writes: bool,
    /// What its offsets count; `None` if it has none.
    pub unit: Option<Unit>,
    /// Which files it consists of.
    pub files: FileSet,
    /// Whether its files alone give the texts and spans back, so that what was written can be
    /// compared by reading it. The writer of any other compares by itself.
    pub reads_back: bool,
}

/// Which files a format consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSet {
    /// One for the whole dataset.
    One,
    /// One for the whole dataset, and others beside it, such as a configuration.
    OneWithOthers,
    /// One or more for each document.
    PerDocument,
}

const BASE: Format = Format {
    id: "",
    name: "",
    extension: "",
    media_type: "",
    reads: true,
    writes: true,
    unit: Some(Unit::CodePoint),
    files: FileSet::One,
    reads_back: true,
};

/// The formats, the default first.
pub const FORMATS: &[Format] = &[
    Format {
        id: "json",
        name: "Annotations with their text (JSON)",
        extension: ".annotations.json",
        media_type: "application/json",
        ..BASE
    },
    Format {
        id: "hf-jsonl",
        name: "Hugging Face datasets (JSON Lines with a dataset card)",
        extension: ".jsonl",
        media_type: "application/jsonl",
        files: FileSet::OneWithOthers,
        ..BASE
    },
    Format {
        id: "w3c",
        name: "W3C Web Annotation (JSON-LD) with texts",
        extension: ".jsonld",
        media_type: "application/ld+json",
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "spacy-json",
        name: "spaCy JSON (Doc.to_json, a document a line)",
        extension: ".jsonl",
        media_type: "application/jsonl",
        ..BASE
    },
    Format {
        id: "prodigy",
        name: "Prodigy (JSON Lines, spans.manual)",
        extension: ".jsonl",
        media_type: "application/jsonl",
        ..BASE
    },
    Format {
        id: "doccano",
        name: "doccano, for its page (JSON Lines, UTF-16 offsets)",
        extension: ".jsonl",
        media_type: "application/jsonl",
        unit: Some(Unit::Utf16),
        ..BASE
    },
    Format {
        id: "doccano-py",
        name: "doccano, for Python scripts (JSON Lines, code point offsets)",
        extension: ".jsonl",
        media_type: "application/jsonl",
        ..BASE
    },
    Format {
        id: "pubannotation",
        name: "PubAnnotation (JSON)",
        extension: ".json",
        media_type: "application/json",
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "csv",
        name: "Table of annotations, exact (CSV)",
        extension: ".csv",
        media_type: "text/csv",
        reads_back: false,
        ..BASE
    },
    Format {
        id: "tsv",
        name: "Table of annotations, exact (TSV)",
        extension: ".tsv",
        media_type: "text/tab-separated-values",
        reads_back: false,
        ..BASE
    },
    Format {
        id: "csv-spreadsheet",
        name: "Table of annotations, safe for spreadsheets (CSV)",
        extension: ".spreadsheet.csv",
        media_type: "text/csv",
        reads_back: false,
        ..BASE
    },
    Format {
        id: "spacy-docbin",
        name: "spaCy training file (DocBin)",
        extension: ".spacy",
        media_type: "application/octet-stream",
        ..BASE
    },
    Format {
        id: "conll2003",
        name: "CoNLL-2003 (tokens with tags, in four columns)",
        extension: ".conll",
        media_type: "text/plain",
        unit: None,
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "bio",
        name: "BIO (tokens with IOB2 tags, in two columns)",
        extension: ".tsv",
        media_type: "text/tab-separated-values",
        unit: None,
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "bilou",
        name: "BILOU (tokens with tags, in two columns)",
        extension: ".tsv",
        media_type: "text/tab-separated-values",
        unit: None,
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "brat",
        name: "brat standoff (.ann beside .txt)",
        extension: ".ann",
        media_type: "text/plain",
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "label-studio",
        name: "Label Studio (JSON with its configuration)",
        extension: ".json",
        media_type: "application/json",
        files: FileSet::OneWithOthers,
        ..BASE
    },
    Format {
        id: "uima-json",
        name: "INCEpTION and other UIMA tools (CAS JSON 0.4)",
        extension: ".json",
        media_type: "application/json",
        unit: Some(Unit::Utf16),
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "uima-xmi",
        name: "INCEpTION and other UIMA tools (CAS XMI)",
        extension: ".xmi",
        media_type: "application/vnd.xmi+xml",
        unit: Some(Unit::Utf16),
        files: FileSet::PerDocument,
        ..BASE
    },
    Format {
        id: "gate-bdoc",
        name: "GATE (bdocjs)",
        extension: ".bdocjs",
        media_type: "application/json",
        files: FileSet::PerDocument,
        ..BASE
    },
];

/// The format of that id.
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::codecs;
    use crate::format::exchange::Options;

    #[test]
    fn a_format_is_found_by_its_id() {
        assert_eq!(format("json").unwrap().extension, ".annotations.json");
        assert_eq!(format("xml"), None);
    }

    #[test]
    fn every_format_has_the_reader_and_the_writer_that_it_says() {
        let options = Options::default();
        for (at, format) in FORMATS.iter().enumerate() {
            let same = |other: &&Format| other.id == format.id;
            assert_eq!(
                FORMATS.iter().position(|f| same(&f)),
                Some(at),
                "{}",
                format.id
            );
            let reads = codecs::reader(format.id, &options).is_some();
            assert_eq!(reads, format.reads, "{}", format.id);
            let writes = codecs::writer(format.id, &options).is_some();
            assert_eq!(writes, format.writes, "{}", format.id);
            assert!(format.reads || !format.reads_back, "{}", format.id);
        }
    }
}
