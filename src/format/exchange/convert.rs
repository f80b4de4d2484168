//! From a reader to a writer, with what both have to say.

use super::{
    Collected, Entry, Files, Finding, Header, Held, Input, Loss, Losses, MemoryFiles, Names,
    Options, Out, Receive, Refusal, Sink, Stopped, Why, WriteError, Writer, read_back,
};
use crate::annotation::is_label_id;
use crate::format::native::shown;
use crate::format::{Format, codecs, format};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// A dataset on its way into files. It is handed to a reader, or anything between the two.
pub struct Conversion<'a> {
    writer: Box<dyn Writer>,
    out: Out<'a>,
    header: Header,
    begun: bool,
    names: Names,
    findings: Vec<Finding>,
    left_out: usize,
    documents: usize,
}

/// What came of a conversion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Converted {
    /// What the files don't hold.
    pub losses: Losses,
    /// What there is to say of what was read, the first thousand.
    pub findings: Vec<Finding>,
    /// How many documents or annotations of what was read were left out.
    pub left_out: usize,
    /// How many documents were written.
    pub documents: usize,
    /// What the files hold, to be compared with what is read back.
    pub held: Held,
}

impl<'a> Conversion<'a> {
    /// How many findings are kept.
    const FINDINGS: usize = 1000;

    /// Into files of `format` in `sink`.
    ///
    /// # Errors
    /// The format can't be written.
    pub fn new(
        format: &str,
        options: &Options,
        sink: &'a mut dyn Sink,
    ) -> Result<Conversion<'a>, WriteError> {
        Conversion::into_out(format, options, Out::new(sink, options.lossless))
    }

    /// As [`Conversion::new`], into files from which others take what was written.
    ///
    /// # Errors
    /// The format can't be written.
    pub fn shared(
        format: &str,
        options: &Options,
        files: Rc<RefCell<MemoryFiles>>,
    ) -> Result<Conversion<'a>, WriteError> {
        Conversion::into_out(format, options, Out::shared(files, options.lossless))
    }

    fn into_out(
        format: &str,
        options: &Options,
        out: Out<'a>,
    ) -> Result<Conversion<'a>, WriteError> {
        let writer = codecs::writer(format, options);
        Ok(Conversion {
            writer: writer.ok_or_else(|| WriteError::UnknownFormat(format.to_owned()))?,
            out,
            header: Header::default(),
            begun: false,
            names: Names::default(),
            findings: Vec::new(),
            left_out: 0,
            documents: 0,
        })
    }

    /// Writes what has to stand at the end, and says what came of it. The files have still to be
    /// read back: [`read_back`].
    pub fn end(mut self) -> Result<Converted, WriteError> {
        if self.documents == 0 {
            return Err(WriteError::NoDocuments);
        }
        self.writer.end(&self.header, &mut self.out)?;
        Ok(Converted {
            losses: self.out.losses,
            findings: self.findings,
            left_out: self.left_out,
            documents: self.documents,
            held: self.out.held,
        })
    }

    fn write(&mut self, mut entry: Entry) -> Result<(), WriteError> {
        if !self.begun {
            self.begun = true;
            self.writer.begin(&self.header, &mut self.out)?;
        }
        let name = self.names.give(&entry.document.id);
        if name != entry.document.id {
            self.find(Finding {
                file: format!("Document {}", shown(&entry.document.id)),
                at: super::At::File,
                id: None,
                left_out: false,
                why: format!("Another document has this id; this one is called {name} now."),
            });
            entry.document.id = name;
        }
        let end = entry.document.text.length().code_points;
        let annotations = std::mem::take(&mut entry.annotations);
        let mut sound = Vec::new();
        for annotation in annotations {
            let loss = match annotation.span.end() > end {
                true => Loss::BeyondText,
                false if !is_label_id(&annotation.label) => Loss::BadLabel,
                false => {
                    self.header.use_label(&annotation.label);
                    sound.push(annotation);
                    continue;
                }
            };
            self.out.lose(loss, &entry, Some(&annotation))?;
        }
        entry.annotations = sound;
        entry.sort();
        self.documents += 1;
        self.writer.entry(&entry, &mut self.out)
    }
}

impl Receive for Conversion<'_> {
    fn header(&mut self, header: Header) {
        self.header.merge(header);
    }

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        Ok(self.write(entry)?)
    }

    fn find(&mut self, finding: Finding) {
        self.left_out += usize::from(finding.left_out);
        if self.findings.len() < Conversion::FINDINGS {
            self.findings.push(finding);
        }
    }
}

/// Reads the dataset of `format` that `files` hold: each file whose name ends as the format's do, or
/// the only one.
pub fn read_files(
    format_id: &str,
    files: &dyn Files,
    options: &Options,
    into: &mut dyn Receive,
) -> Result<(), Refusal> {
    let unknown = || Why::UnknownFormat(format_id.to_owned()).at("", super::At::File);
    let format = format(format_id).ok_or_else(unknown)?;
    let mut reader = codecs::reader(format_id, options).ok_or_else(unknown)?;
    let names = main_files(format, files);
    let several = names.len() > 1;
    let mut empty = None;
    let mut read = 0;
    for name in names {
        let Some(mut content) = files.open(&name) else {
            continue;
        };
        let input = Input {
            name: &name,
            content: &mut content,
            beside: files,
        };
        match reader.read(input, into) {
            Ok(()) => read += 1,
            // As of an annotator who has done nothing.
            Err(refusal) if several && refusal.why == Why::Empty => {
                into.find(refusal.as_finding());
                empty.get_or_insert(refusal);
            }
            Err(refusal) => return Err(refusal),
        }
    }
    match empty {
        Some(refusal) if read == 0 => Err(refusal),
        _ => Ok(()),
    }
}

/// The files that a reader of `format` is to be given; the others lie beside them.
pub fn main_files(format: &Format, files: &dyn Files) -> Vec<String> {
    let names = files.names();
    if names.len() == 1 {
        return names;
    }
    let ending_in = |end: &str| -> Vec<String> {
        let of_format = names.iter().filter(|name| name.ends_with(end));
        of_format.cloned().collect()
    };
    let last = format.extension.rfind('.');
    let last = last.and_then(|last| format.extension.get(last..));
    // Many programs call whatever is JSON so.
    let json = [".jsonl", ".jsonld", ".bdocjs"].contains(&last.unwrap_or_default());
    let ends = [Some(format.extension), last, json.then_some(".json")];
    let mut mains = ends.into_iter().flatten().map(ending_in);
    mains.find(|main| !main.is_empty()).unwrap_or_default()
}

/// Why files were not converted.
#[derive(Debug)]
pub enum NotConverted {
    /// They can't be read, or what they hold can't be written.
    Refused(Refusal),
    /// The files can't be written.
    Unwritable(WriteError),
}

impl fmt::Display for NotConverted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotConverted::Refused(Refusal {
                why: Why::Stopped(why),
                ..
            }) => f.write_str(why),
            NotConverted::Refused(refusal) => refusal.fmt(f),
            NotConverted::Unwritable(error) => error.fmt(f),
        }
    }
}

/// Converts `files` of the one format into files of the other, and reads them back.
pub fn convert(
    (from, files): (&str, &dyn Files),
    to: &str,
    options: &Options,
) -> Result<(MemoryFiles, Converted), NotConverted> {
    let mut sink = MemoryFiles::default();
    let unwritable = NotConverted::Unwritable;
    let mut conversion = Conversion::new(to, options, &mut sink).map_err(unwritable)?;
    read_files(from, files, options, &mut conversion).map_err(NotConverted::Refused)?;
    let converted = conversion.end().map_err(unwritable)?;
    check(to, &sink, &converted, options).map_err(unwritable)?;
    Ok((sink, converted))
}

/// Writes a dataset that is in memory as files, and reads them back.
pub fn write_entries(
    to: &str,
    header: Header,
    entries: impl IntoIterator<Item = Entry>,
    options: &Options,
) -> Result<(MemoryFiles, Converted), WriteError> {
    let mut sink = MemoryFiles::default();
    let mut conversion = Conversion::new(to, options, &mut sink)?;
    conversion.header(header);
    for entry in entries {
        conversion.write(entry)?;
    }
    let converted = conversion.end()?;
    check(to, &sink, &converted, options)?;
    Ok((sink, converted))
}

/// Reads written files back, if their format is one that can be read back alone.
pub fn check(
    id: &str,
    files: &dyn Files,
    converted: &Converted,
    options: &Options,
) -> Result<(), WriteError> {
    match format(id) {
        Some(format) if format.reads_back => read_back(format, files, &converted.held, options),
        _ => Ok(()),
    }
}

/// The dataset of `format` that `files` hold, in memory.
pub fn dataset(format: &str, files: &dyn Files, options: &Options) -> Result<Collected, Refusal> {
    let mut collected = Collected::default();
    read_files(format, files, options, &mut collected)?;
    Ok(collected)
}
