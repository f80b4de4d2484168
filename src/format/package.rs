//! What a page gets of an export, and gives for an import: one file, of which an archive has several.

use super::detect::detect;
use super::exchange::{Converted, Files, MemoryFiles, Options, convert, main_files};
use super::zip::{Limits, unzip, zip};
use super::{Format, format};
use serde_json::{Value, json};

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
    let (written, converted) = convert((from, files), to, options)?;
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

/// What was read of files in any format, as our JSON.
pub struct Unpacked {
    /// The format that they were in.
    pub format: &'static Format,
    /// The dataset.
    pub json: String,
    /// What came of reading it.
    pub converted: Converted,
}

/// Reads files of the format of that id, or of the one that names and content tell, as our JSON. A zip
/// archive counts as the files in it.
///
/// # Errors
/// Why they are refused, as a sentence. Nothing was read then.
pub fn unpack(files: MemoryFiles, id: Option<&str>, options: &Options) -> Result<Unpacked, String> {
    let files = open_archive(files)?;
    let found = match id {
        Some(id) => format(id),
        None => {
            let names = files.names();
            let tells = |name: &String| detect(name, &files, options);
            let is_text = |name: &&String| !name.ends_with(".txt") && !name.ends_with(".md");
            let first = names.iter().find(is_text).or(names.first());
            first.and_then(tells)
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
    let (written, converted) = convert((format.id, &files), "json", options)?;
    let json = written.files.into_iter().next().map(|(_, bytes)| bytes);
    Ok(Unpacked {
        format,
        json: String::from_utf8(json.unwrap_or_default()).unwrap_or_default(),
        converted,
    })
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
    use crate::format::FORMATS;
    use crate::format::exchange::{Header, dataset, write_entries};
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
            let back = back.unwrap_or_else(|error| panic!("{}: {error}", format.id));
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
    fn what_can_t_be_read_is_refused_with_a_sentence() {
        let refused = |name: &str, bytes: &[u8], id| {
            unpack(file(name, bytes), id, &Options::default())
                .err()
                .unwrap()
        };
        assert_eq!(
            refused("a.zip", b"PK\x03\x04 and no more", None),
            "a.zip: This is no zip archive, or it is damaged or not complete."
        );
        assert_eq!(
            refused("a", b"{}", Some("xml")),
            "The file is in no format that can be read here."
        );
    }
}
