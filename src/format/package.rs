//! What a page gets of an export, and gives for an import: one file, of which an archive has several.

use super::detect::{detect, told};
use super::exchange::{
    Collected, Conversion, Converted, Files, MemoryFiles, NotConverted, Options, Why, convert,
    dataset, main_files, read_files,
};
use super::zip::{Limits, unzip, zip};
use super::{FORMATS, Format, format};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;

/// A file to be saved, and what to say of it before.
pub struct Package {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What came of the conversion.
    pub converted: Converted,
}

/// Writes the datasets of `files` in the format `from` as one file of the format `to`: the file itself,
/// or an archive if there are several. It has been read back.
///
/// # Errors
/// Why no file was made, as a sentence.
pub fn package(
    (from, files): (&str, &dyn Files),
    to: &str,
    options: &Options,
) -> Result<Package, String> {
    let converted = convert((from, files), to, options);
    let (written, converted) = converted.map_err(|error| error.to_string())?;
    let media_type = format(to).map_or("application/octet-stream", |format| format.media_type);
    let mut files = written.files;
    if files.len() == 1
        && let Some((name, bytes)) = files.pop()
    {
        return Ok(Package {
            name,
            media_type,
            bytes,
            converted,
        });
    }
    let bytes = zip(&files).ok_or("The files are too many, or too large, for a zip archive.")?;
    Ok(Package {
        name: format!("{}.{to}.zip", options.stem),
        media_type: "application/zip",
        bytes,
        converted,
    })
}

/// An export to which documents come piece by piece, and whose files leave piece by piece, so that no
/// more of a corpus is in memory than a piece.
pub struct Stream {
    conversion: Conversion<'static>,
    written: Rc<RefCell<MemoryFiles>>,
    format: String,
    options: Options,
}

/// Bytes of files by their names, to be put behind what was given before.
pub type Parts = Vec<(String, Vec<u8>)>;

impl Stream {
    /// Into files of that format.
    ///
    /// # Errors
    /// The format can't be written.
    pub fn new(format: &str, options: Options) -> Result<Stream, String> {
        let written = Rc::<RefCell<MemoryFiles>>::default();
        let conversion = Conversion::shared(format, &options, written.clone());
        let conversion = conversion.map_err(|error| error.to_string())?;
        Ok(Stream {
            conversion,
            written,
            format: format.to_owned(),
            options,
        })
    }

    /// Adds the documents of a file of our JSON; the parts that this adds to the files. Each piece is
    /// written by itself as well and read back.
    ///
    /// # Errors
    /// Why there will be no files, as a sentence.
    pub fn add(&mut self, json: String) -> Result<Parts, String> {
        let piece = MemoryFiles {
            files: vec![("dataset.annotations.json".to_owned(), json.into_bytes())],
        };
        convert(("json", &piece), &self.format, &self.options)
            .map_err(|error| error.to_string())?;
        read_files("json", &piece, &self.options, &mut self.conversion)
            .map_err(|refusal| refusal.to_string())?;
        Ok(std::mem::take(&mut self.written.borrow_mut().files))
    }

    /// The last parts, and what came of it all.
    ///
    /// # Errors
    /// Why there will be no files, as a sentence.
    pub fn end(self) -> Result<(Parts, Converted), String> {
        let converted = self.conversion.end().map_err(|error| error.to_string())?;
        Ok((
            std::mem::take(&mut self.written.borrow_mut().files),
            converted,
        ))
    }
}

/// What was read of files in any format, as our JSON.
pub struct Unpacked {
    /// The format that they were in.
    pub format: &'static Format,
    /// The dataset.
    pub json: String,
    /// What came of reading it.
    pub converted: Converted,
}

/// Why files are refused.
#[derive(Debug)]
pub struct Refused {
    /// The reason, as a sentence.
    pub sentence: String,
    /// The format that they are in beyond doubt: it was named, a field of theirs tells it, or words that
    /// they quote don't stand in their text.
    pub format: Option<&'static Format>,
}

impl From<String> for Refused {
    fn from(sentence: String) -> Refused {
        Refused {
            sentence,
            format: None,
        }
    }
}

/// Reads files of the format of that id, or of the one that names and content tell, as our JSON. A zip
/// archive counts as the files in it.
///
/// # Errors
/// Why they are refused. Nothing was read then.
pub fn unpack(
    files: MemoryFiles,
    id: Option<&str>,
    options: &Options,
) -> Result<Unpacked, Refused> {
    let (files, format) = recognised(files, id, options)?;
    let options = Options {
        is_detected: id.is_none(),
        ..options.clone()
    };
    let converted = convert((format.id, &files), "json", &options);
    let (written, converted) = converted.map_err(|error| {
        let mains = main_files(format, &files);
        let is_told = || mains.iter().any(|name| told(name, &files) == Some(format));
        let is_certain = id.is_some() || is_misfit(&error) || is_told();
        Refused {
            sentence: error.to_string(),
            format: is_certain.then_some(format),
        }
    })?;
    let json = written.files.into_iter().next().map(|(_, bytes)| bytes);
    Ok(Unpacked {
        format,
        json: String::from_utf8(json.unwrap_or_default()).unwrap_or_default(),
        converted,
    })
}

/// Whether words that a file quotes don't stand where it says.
fn is_misfit(error: &NotConverted) -> bool {
    let NotConverted::Refused(refusal) = error else {
        return false;
    };
    matches!(refusal.why, Why::NoUnit { .. } | Why::Units(..))
}

/// Reads files of a dataset in whichever format names and content tell. A zip archive counts as the
/// files in it.
///
/// # Errors
/// Why they are refused, as a sentence; also if only a part of them can be used.
pub fn read_all(files: MemoryFiles, options: &Options) -> Result<Collected, String> {
    let (files, format) = recognised(files, None, options)?;
    let options = Options {
        is_detected: true,
        ..options.clone()
    };
    let collected = dataset(format.id, &files, &options).map_err(|refusal| refusal.to_string())?;
    let mut bad = collected.findings.iter().filter(|found| found.left_out);
    match bad.next() {
        Some(first) => Err(first.to_string()),
        None => Ok(collected),
    }
}

/// The files, those of an archive as such, and their format.
fn recognised(
    files: MemoryFiles,
    id: Option<&str>,
    options: &Options,
) -> Result<(MemoryFiles, &'static Format), String> {
    let files = open_archive(files)?;
    let found = match id {
        Some(id) => format(id),
        None => {
            // Texts, configurations and cards lie beside.
            let is_main = |name: &&String| {
                let last = name.rfind('.').and_then(|dot| name.get(dot..));
                last.is_some_and(|last| FORMATS.iter().any(|f| f.extension.ends_with(last)))
            };
            let names = files.names();
            let first = names.iter().find(is_main).or(names.first());
            first.and_then(|name| detect(name, &files, options))
        }
    };
    let known = found.filter(|format| format.reads);
    let format = known.ok_or("The file is in no format that can be read here.")?;
    if main_files(format, &files).is_empty() {
        return Err(format!(
            "None of the files is called *{}.",
            format.extension
        ));
    }
    Ok((files, format))
}

/// The files in the archive, if the only file is one.
fn open_archive(files: MemoryFiles) -> Result<MemoryFiles, String> {
    match files.files.as_slice() {
        [(name, bytes)] if bytes.starts_with(b"PK\x03\x04") => {
            let files = unzip(bytes, Limits::default());
            let files = files.map_err(|error| format!("{name}: {error}"))?;
            Ok(MemoryFiles { files })
        }
        _ => Ok(files),
    }
}

/// What there is to say of a conversion, for programs: `{documents, annotations, losses, leftOut,
/// findings}`.
pub fn report(converted: &Converted) -> Value {
    let losses: Vec<Value> = converted
        .losses
        .iter()
        .map(|lost| {
            let first: Vec<Value> = lost
                .first
                .iter()
                .map(|(document, annotation)| {
                    json!({ "document": document, "annotation": annotation })
                })
                .collect();
            json!({
                "kind": lost.loss.id(),
                "ofContent": lost.loss.is_of_content(),
                "count": lost.count,
                "sentence": lost.to_string(),
                "first": first,
            })
        })
        .collect();
    let findings = converted
        .findings
        .iter()
        .map(|finding| json!({ "sentence": finding.to_string(), "leftOut": finding.left_out }));
    json!({
        "documents": converted.documents,
        "annotations": converted.held.annotations,
        "losses": losses,
        "leftOut": converted.left_out,
        "findings": findings.collect::<Vec<Value>>(),
    })
}

#[cfg(test)]
mod tests;
