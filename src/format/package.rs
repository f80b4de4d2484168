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
mod tests {
    use super::*;
    use crate::format::exchange::{Header, Sink, write_entries};
    use crate::format::testing::{content, file, hard_entries};

    fn ours() -> MemoryFiles {
        let options = Options::default();
        write_entries("json", Header::default(), hard_entries(), &options)
            .unwrap()
            .0
    }

    #[test]
    fn every_format_goes_out_as_one_file_and_comes_back() {
        for format in FORMATS.iter().filter(|format| format.reads_back) {
            let options = Options::default();
            let package = package(("json", &ours()), format.id, &options);
            let package = package.unwrap_or_else(|error| panic!("{}: {error}", format.id));
            let packed = file(&package.name, &package.bytes);
            let back = unpack(packed, Some(format.id), &options);
            let back = back.unwrap_or_else(|error| panic!("{}: {}", format.id, error.sentence));
            assert_eq!(back.converted.documents, package.converted.documents);
            assert_eq!(
                back.converted.held.annotations, package.converted.held.annotations,
                "{}",
                format.id
            );
        }
    }

    #[test]
    fn several_files_are_an_archive_and_its_format_is_found() {
        let options = Options::default();
        let package = package(("json", &ours()), "w3c", &options).unwrap();
        assert_eq!(package.name, "dataset.w3c.zip");
        let back = unpack(file("x.zip", &package.bytes), None, &options).unwrap();
        assert_eq!(back.format.id, "w3c");
        let read = dataset("json", &file("f", &back.json), &options);
        assert_eq!(content(&read.unwrap().entries).len(), 6);
        let report = report(&package.converted);
        assert_eq!(report["documents"], 6);
        assert_eq!(report["leftOut"], 0);
    }

    #[test]
    fn piece_by_piece_the_files_are_the_same() {
        for format in FORMATS.iter().filter(|format| format.writes) {
            let options = Options::default();
            let labels = crate::annotation::default_labels();
            let entries = hard_entries();
            let header = || Header {
                labels: labels.clone(),
                ..Header::default()
            };
            let (whole, _) = write_entries(format.id, header(), entries.clone(), &options).unwrap();
            let mut stream = Stream::new(format.id, options.clone()).unwrap();
            let mut pieces = MemoryFiles::default();
            for entry in entries {
                let (piece, _) = write_entries("json", header(), [entry], &options).unwrap();
                let json = String::from_utf8(piece.files[0].1.clone()).unwrap();
                for (name, bytes) in stream.add(json).unwrap() {
                    pieces.append(&name, &bytes).unwrap();
                }
            }
            let (last, converted) = stream.end().unwrap();
            for (name, bytes) in last {
                pieces.append(&name, &bytes).unwrap();
            }
            assert_eq!(converted.documents, 6);
            assert!(pieces == whole, "{}", format.id);
        }
    }

    #[test]
    fn what_can_t_be_read_is_refused_with_a_sentence() {
        let refused = |name: &str, bytes: &[u8], id| {
            let refused = unpack(file(name, bytes), id, &Options::default()).err();
            let refused = refused.unwrap();
            (refused.sentence, refused.format.map(|format| format.id))
        };
        let unknown = "The file is in no format that can be read here.";
        let misfit = br#"{"text":"Hello","spans":[{"start":0,"end":2,"label":"x","text":"lo"}]}"#;
        for (name, bytes, id, said, format) in [
            (
                "a.zip",
                b"PK\x03\x04 and no more".as_slice(),
                None,
                "a.zip: This is no zip archive, or it is damaged or not complete.",
                None,
            ),
            ("a", b"{}", Some("xml"), unknown, None),
            (
                "a.jsonl",
                misfit,
                None,
                "a.jsonl, line 1: The words \"lo\" do not stand at 0 to 2, whether that counts code points, UTF-16 code units or bytes.",
                Some("hf-jsonl"),
            ),
            (
                "a.json",
                br#"[{"data":{"text":"a"},"annotations":[{"result":[{"from_name":"#,
                None,
                "a.json, line 1: The file breaks off here; it is not complete.",
                Some("label-studio"),
            ),
            (
                "a.jsonl",
                b"[]",
                None,
                "a.jsonl, line 1: The file holds no document that can be used. The first reason: This can't be read: it is no JSON object.",
                None,
            ),
        ] {
            assert_eq!(
                refused(name, bytes, id),
                (said.to_owned(), format),
                "{name}"
            );
        }
    }
}
