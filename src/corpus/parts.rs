//! A corpus that leaves in parts, train, dev and test, in files of any format.

use super::split::{By, Part, Shares};
use crate::format::exchange::{
    Converted, Entry, MemoryFiles, Options, WriteError, dataset, write_entries,
};
use crate::format::package::{self, Stream};
use crate::format::{FileSet, Format, format};
use crate::json::Fields;

/// How a corpus is parted.
#[derive(Clone, Debug)]
pub struct Parting {
    /// How much each part gets.
    pub shares: Shares,
    /// What is kept together.
    pub by: By,
    /// What lots are drawn with.
    pub seed: String,
}

impl Parting {
    /// Of a JSON object `{shares?: "80/10/10", by?: "document" | "site", seed?}`; what it doesn't say is
    /// as in the command `split`.
    ///
    /// # Errors
    /// What it says in another way, as a sentence.
    pub fn of(mut fields: Fields) -> Result<Parting, String> {
        let mut said = |name| {
            fields
                .want::<String>(name)
                .map_err(|error| error.to_string())
        };
        let shares = match said("shares")? {
            None => Shares::default(),
            Some(written) => written.parse().map_err(|()| {
                format!("The shares must be whole numbers like 80/10/10, not {written}.")
            })?,
        };
        let by = match said("by")?.as_deref() {
            None | Some("document") => By::Document,
            Some("site") => By::Site,
            Some(other) => {
                return Err(format!(
                    "A corpus is parted by document or by site, not by {other}."
                ));
            }
        };
        let seed = said("seed")?.unwrap_or_else(|| "1".to_owned());
        Ok(Parting { shares, by, seed })
    }

    /// The part of a document.
    pub fn part(&self, entry: &Entry) -> Part {
        let key = self.by.key(&entry.document, &entry.extra);
        self.shares.part(&self.seed, &key)
    }
}

/// What the files of a part are called in front: files beside the main one have the same names in each
/// part, so they have a folder of their own.
pub fn folder(format: &Format, part: Part) -> String {
    match format.files {
        FileSet::One => String::new(),
        FileSet::OneWithOthers | FileSet::PerDocument => format!("{}/", part.name()),
    }
}

/// An export in parts to which documents come piece by piece; see [`Stream`].
pub struct PartedStream {
    parting: Parting,
    format: &'static Format,
    // What of it has begun: a part without a document has no file.
    streams: Vec<(Part, Option<Stream>)>,
    options: Options,
}

impl PartedStream {
    /// Into files of that format.
    ///
    /// # Errors
    /// There is no such format, as a sentence.
    pub fn new(id: &str, options: Options, parting: Parting) -> Result<PartedStream, String> {
        let known = format(id).filter(|format| format.writes);
        let format = known.ok_or_else(|| format!("There is no format {id:?} to write."))?;
        Ok(PartedStream {
            parting,
            format,
            streams: Part::ALL.map(|part| (part, None)).into(),
            options,
        })
    }

    /// Adds the documents of a file of our JSON; the parts of files that this adds.
    ///
    /// # Errors
    /// Why there will be no files, as a sentence.
    pub fn add(&mut self, json: String) -> Result<package::Parts, String> {
        let piece = MemoryFiles {
            files: vec![("dataset.annotations.json".to_owned(), json.into_bytes())],
        };
        let read = dataset("json", &piece, &self.options).map_err(|error| error.to_string())?;
        let mut entries: [Vec<Entry>; 3] = Default::default();
        for entry in read.entries {
            if let Some(of_part) = entries.get_mut(self.parting.part(&entry) as usize) {
                of_part.push(entry);
            }
        }
        let mut added = package::Parts::new();
        for ((part, stream), entries) in self.streams.iter_mut().zip(entries) {
            if entries.is_empty() {
                continue;
            }
            let options = Options {
                stem: part.name().to_owned(),
                ..self.options.clone()
            };
            let stream = match stream {
                Some(stream) => stream,
                None => stream.insert(Stream::new(self.format.id, options.clone())?),
            };
            let written = write_entries("json", read.header.clone(), entries, &options);
            let written = written.map_err(|error: WriteError| error.to_string())?;
            for (_, json) in written.0.files {
                let json = String::from_utf8(json).map_err(|error| error.to_string())?;
                added.extend(in_folder(self.format, *part, stream.add(json)?));
            }
        }
        Ok(added)
    }

    /// The last parts of files, and what came of each part that has a document.
    ///
    /// # Errors
    /// Why there will be no files, as a sentence.
    pub fn end(self) -> Result<(package::Parts, Vec<(Part, Converted)>), String> {
        let (mut last, mut came) = (package::Parts::new(), Vec::new());
        for (part, stream) in self.streams {
            if let Some(stream) = stream {
                let (parts, converted) = stream.end()?;
                last.extend(in_folder(self.format, part, parts));
                came.push((part, converted));
            }
        }
        Ok((last, came))
    }
}

fn in_folder(
    format: &Format,
    part: Part,
    parts: package::Parts,
) -> impl Iterator<Item = (String, Vec<u8>)> {
    let folder = folder(format, part);
    parts
        .into_iter()
        .map(move |(name, bytes)| (format!("{folder}{name}"), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::FORMATS;
    use crate::format::exchange::{Files, Header};
    use crate::format::testing::hard_entries;
    use serde_json::json;

    fn parting(json: serde_json::Value) -> Result<Parting, String> {
        Parting::of(crate::json::Read::read(json).unwrap())
    }

    #[test]
    fn what_is_not_said_is_as_in_the_command() {
        let of_nothing = parting(json!({})).unwrap();
        assert_eq!(of_nothing.shares, Shares::default());
        assert_eq!(
            (of_nothing.by, of_nothing.seed.as_str()),
            (By::Document, "1")
        );
    }

    #[test]
    fn what_can_t_be_understood_is_named() {
        for (said, sentence) in [
            (
                json!({"shares": "many"}),
                "The shares must be whole numbers like 80/10/10, not many.",
            ),
            (
                json!({"by": "colour"}),
                "A corpus is parted by document or by site, not by colour.",
            ),
            (
                json!({"seed": 1}),
                "the field seed is not of the kind that it has to be",
            ),
        ] {
            assert_eq!(parting(said).unwrap_err(), sentence);
        }
    }

    #[test]
    fn each_part_is_what_its_documents_alone_would_be() {
        let parting = parting(json!({"shares": "1/1/1", "seed": "b"})).unwrap();
        for format in FORMATS.iter().filter(|format| format.writes) {
            let options = Options::default();
            let header = || Header {
                labels: crate::annotation::default_labels(),
                ..Header::default()
            };
            let mut expected = MemoryFiles::default();
            for part in Part::ALL {
                let of_part = hard_entries()
                    .into_iter()
                    .filter(|e| parting.part(e) == part);
                let options = Options {
                    stem: part.name().to_owned(),
                    ..options.clone()
                };
                let of_part: Vec<Entry> = of_part.collect();
                if !of_part.is_empty() {
                    let (files, _) = write_entries(format.id, header(), of_part, &options).unwrap();
                    expected.files.extend(in_folder(format, part, files.files));
                }
            }
            assert!(
                expected.names().len() > 1,
                "the lots are drawn for several parts"
            );
            let mut stream =
                PartedStream::new(format.id, options.clone(), parting.clone()).unwrap();
            let mut made = MemoryFiles::default();
            let mut keep = |parts: package::Parts| {
                use crate::format::exchange::Sink;
                for (name, bytes) in parts {
                    made.append(&name, &bytes).unwrap();
                }
            };
            for entry in hard_entries() {
                let (piece, _) = write_entries("json", header(), [entry], &options).unwrap();
                keep(
                    stream
                        .add(String::from_utf8(piece.files[0].1.clone()).unwrap())
                        .unwrap(),
                );
            }
            let (last, came) = stream.end().unwrap();
            keep(last);
            assert_eq!(came.iter().map(|(_, one)| one.documents).sum::<usize>(), 6);
            let sorted = |mut files: MemoryFiles| {
                files.files.sort();
                files.files
            };
            assert!(sorted(made) == sorted(expected), "{}", format.id);
        }
    }
}
