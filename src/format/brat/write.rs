//! Writing a text and its annotations side by side.

use super::CONFIGURATION;
use super::fragments::{fragments, is_break, joined};
use crate::format::exchange::{
    Entry, Header, Loss, Names, Options, Out, WriteError, Writer, file_stem,
};
use crate::format::losses::{lose_labels, lose_rest};
use crate::text::Span;

/// Writes two files for each document, and one that names the labels.
pub struct BratWriter {
    names: Names,
}

impl BratWriter {
    /// Names the files by the ids of the documents.
    pub fn new(_: &Options) -> BratWriter {
        BratWriter {
            names: Names::default(),
        }
    }
}

impl Writer for BratWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = &entry.document.text;
        let name = self.names.give(&file_stem(&entry.document.id));
        let mut lines = String::new();
        let mut held: Vec<(Span, &str)> = Vec::new();
        for annotation in &entry.annotations {
            let parts = fragments(text, annotation.span);
            let Some(span) = joined(text, &parts).first().copied() else {
                out.lose(Loss::Blank, entry, Some(annotation))?;
                continue;
            };
            if span != annotation.span {
                out.lose(Loss::Trimmed, entry, Some(annotation))?;
            } else if parts.len() > 1 {
                out.lose(Loss::Cut, entry, Some(annotation))?;
            }
            held.push((span, &annotation.label));
            let number = held.len();
            let places = parts.iter().map(|p| format!("{} {}", p.start(), p.end()));
            let words = parts.iter().filter_map(|part| text.slice(*part));
            let (places, words): (Vec<String>, Vec<&str>) = (places.collect(), words.collect());
            lines.push_str(&format!(
                "T{number}\t{} {}\t{}\n",
                annotation.label,
                places.join(";"),
                words.join(" ")
            ));
            if let Some(note) = &annotation.note {
                let is_cut = |c: char| c == '\t' || is_break(c);
                if note.contains(is_cut) {
                    out.lose(Loss::Note, entry, Some(annotation))?;
                }
                let note = note.replace(is_cut, " ");
                lines.push_str(&format!("#{number}\tAnnotatorNotes T{number}\t{note}\n"));
            }
        }
        out.append(&format!("{name}.ann"), lines.as_bytes())?;
        out.append(&format!("{name}.txt"), text.as_str().as_bytes())?;
        out.hold(text.as_str(), held.into_iter());
        lose_rest(entry, &[Loss::Note], out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        let mut configuration = "[entities]\n".to_owned();
        for label in &header.labels {
            configuration.push_str(&label.id);
            configuration.push('\n');
        }
        // brat refuses entities that overlap, unless it is told that they may.
        configuration.push_str(
            "[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n[events]\n[attributes]\n",
        );
        out.append(CONFIGURATION, configuration.as_bytes())?;
        lose_labels(header, out)
    }
}
