//! Writing a text and its annotations side by side.

use super::CONFIGURATION;
use super::fragments::{fragments, is_break, joined};
use crate::annotation::{AttributeKind, is_label_id};
use crate::format::attributes::{InUse, writable};
use crate::format::exchange::{
    Entry, Header, Loss, Names, Options, Out, WriteError, Writer, file_stem,
};
use crate::format::losses::{lose_labels, lose_rest};
use crate::text::Span;
use serde_json::Value;

/// Writes two files for each document, and one that names the labels.
pub struct BratWriter {
    names: Names,
    attributes: InUse,
}

impl BratWriter {
    /// Names the files by the ids of the documents.
    pub fn new(_: &Options) -> BratWriter {
        BratWriter {
            names: Names::default(),
            attributes: InUse::default(),
        }
    }
}

impl Writer for BratWriter {
    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = &entry.document.text;
        let name = self.names.give(&file_stem(&entry.document.id));
        let mut lines = String::new();
        let mut held: Vec<(Span, &str)> = Vec::new();
        let mut attributes = 0;
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
            let said = writable(entry, annotation, out, holds)?;
            for (id, value) in &said {
                attributes += 1;
                lines.push_str(&format!("A{attributes}\t{id} T{number}"));
                if let Value::String(words) = value {
                    lines.push(' ');
                    lines.push_str(words);
                }
                lines.push('\n');
            }
            self.attributes.add(&said);
        }
        out.append(&format!("{name}.ann"), lines.as_bytes())?;
        out.append(&format!("{name}.txt"), text.as_str().as_bytes())?;
        out.hold(text.as_str(), held.into_iter());
        lose_rest(entry, &[Loss::Note, Loss::Attributes], out)
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
        for attribute in self.attributes.with_declared(&header.labels) {
            configuration.push_str(&format!("{}\tArg:<ENTITY>", attribute.id));
            if let AttributeKind::Choice(options) = &attribute.kind {
                // What parts the options can't be in one.
                let options: Vec<String> = (options.iter())
                    .map(|option| option.replace(['|', ',', '\t', '\n', '\r'], " "))
                    .collect();
                configuration.push_str(&format!(", Value:{}", options.join("|")));
            }
            configuration.push('\n');
        }
        out.append(CONFIGURATION, configuration.as_bytes())?;
        lose_labels(header, out)
    }
}

/// Whether a line can say it: yes, or words without a break.
fn holds(id: &str, value: &Value) -> bool {
    is_label_id(id)
        && match value {
            Value::Bool(yes) => *yes,
            Value::String(words) => {
                !words.trim().is_empty() && !words.contains(|c| c == '\t' || is_break(c))
            }
            _ => false,
        }
}
