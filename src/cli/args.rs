//! Words of a command line, told apart into operands and options.

use super::failure::Failure;
use rubricate::format::exchange::{Options, Overlaps, Unit};
use rubricate::format::{FORMATS, Format, format};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The options that say how to read datasets.
pub const READING: [&str; 3] = ["--from", "--unit", "--text"];

/// The words behind a command's name.
#[derive(Debug, Default)]
pub struct Words {
    /// What stands for itself: files.
    pub operands: Vec<PathBuf>,
    values: Vec<(&'static str, OsString)>,
    flags: Vec<&'static str>,
}

impl Words {
    /// Tells words apart. `with_value` are the options that take a value, as `--name value` or
    /// `--name=value`, `flags` those that don't; `-o` stands for `--out`. Behind `--` all words are
    /// operands, and `-` always is.
    pub fn read(
        words: Vec<OsString>,
        with_value: &[&'static str],
        flags: &[&'static str],
    ) -> Result<Words, Failure> {
        let mut read = Words::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let text = word.to_string_lossy().into_owned();
            if text == "--" {
                read.operands.extend(words.by_ref().map(PathBuf::from));
            } else if text == "-" || !text.starts_with('-') {
                read.operands.push(word.into());
            } else {
                read.option(&text, &mut words, with_value, flags)?;
            }
        }
        Ok(read)
    }

    fn option(
        &mut self,
        word: &str,
        words: &mut impl Iterator<Item = OsString>,
        with_value: &[&'static str],
        flags: &[&'static str],
    ) -> Result<(), Failure> {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(OsString::from(value))),
            None => (word, None),
        };
        let name = if name == "-o" { "--out" } else { name };
        if let Some(flag) = flags.iter().find(|flag| **flag == name)
            && value.is_none()
        {
            self.flags.push(flag);
            return Ok(());
        }
        let Some(option) = with_value.iter().find(|option| **option == name) else {
            return Err(unknown(word));
        };
        let value = value.or_else(|| words.next());
        let value = value.ok_or_else(|| Failure::usage(format!("{option} takes a value.")))?;
        self.values.push((option, value));
        Ok(())
    }

    /// Whether the flag is there.
    pub fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// The value of an option; the last one, if it is there several times.
    pub fn value(&self, option: &str) -> Option<&OsStr> {
        let mut values = self.values.iter().rev();
        let found = values.find(|(name, _)| *name == option);
        found.map(|(_, value)| value.as_os_str())
    }

    /// The values of an option that may be there several times.
    pub fn values(&self, option: &str) -> impl Iterator<Item = &OsStr> {
        let of = self.values.iter().filter(move |(name, _)| *name == option);
        of.map(|(_, value)| value.as_os_str())
    }

    /// The value of an option as text.
    pub fn text(&self, option: &str) -> Option<String> {
        self.value(option)
            .map(|value| value.to_string_lossy().into_owned())
    }

    /// The value of an option, made something of; `wanted` says what it takes.
    pub fn parsed<T>(
        &self,
        option: &str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        let Some(value) = self.text(option) else {
            return Ok(None);
        };
        let parsed = parse(&value);
        parsed
            .map(Some)
            .ok_or_else(|| Failure::usage(format!("{option} takes {wanted}, not '{value}'.")))
    }

    /// The files to read; there must be one.
    pub fn inputs(&self) -> Result<&[PathBuf], Failure> {
        match self.operands.is_empty() {
            true => Err(Failure::usage(
                "There is no file to read; - stands for standard input.",
            )),
            false => Ok(&self.operands),
        }
    }

    /// Where to write.
    pub fn out(&self) -> Option<&Path> {
        self.value("--out").map(Path::new)
    }

    /// The format to write, which `--to` names; the one of that id if it doesn't.
    pub fn to(&self, otherwise: &str) -> Result<&'static Format, Failure> {
        let id = self.text("--to").unwrap_or_else(|| otherwise.to_owned());
        match format(&id).filter(|format| format.writes) {
            Some(format) => Ok(format),
            None if id.is_empty() => Err(Failure::usage(format!(
                "--to is missing: the format to write, one of {}.",
                ids(|format| format.writes)
            ))),
            None => Err(Failure::usage(format!(
                "--to takes one of {}, not '{id}'.",
                ids(|format| format.writes)
            ))),
        }
    }

    /// The format to read, if `--from` names one.
    pub fn from(&self) -> Result<Option<&'static Format>, Failure> {
        let readable = |format: &&'static Format| format.reads;
        let named = |id: &str| {
            FORMATS
                .iter()
                .filter(readable)
                .find(|format| format.id == id)
        };
        self.parsed("--from", &format!("one of {}", ids(|f| f.reads)), named)
    }

    /// What is chosen for reading and writing, but for the name of the files.
    pub fn options(&self) -> Result<Options, Failure> {
        let units: Vec<&str> = Unit::ALL.iter().map(|unit| unit.id()).collect();
        let unit = self.parsed(
            "--unit",
            &format!("one of {}", units.join(", ")),
            Unit::of_id,
        )?;
        let overlaps = self.parsed("--overlaps", "longest or file-per-label", |how| match how {
            "longest" => Some(Overlaps::Longest),
            "file-per-label" => Some(Overlaps::FilePerLabel),
            _ => None,
        })?;
        Ok(Options {
            unit,
            overlaps: overlaps.unwrap_or_default(),
            lossless: self.has("--lossless"),
            about: self.value("--text").map(about).transpose()?,
            ..Options::default()
        })
    }
}

/// The id and the text of the document of a file with nothing but a text.
fn about(path: &OsStr) -> Result<(String, String), Failure> {
    let shown = Path::new(path).display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{shown} can't be read: {error}.")))?;
    let stem = Path::new(path).file_stem().unwrap_or_default();
    Ok((stem.to_string_lossy().into_owned(), text))
}

fn ids(which: impl Fn(&Format) -> bool) -> String {
    let ids: Vec<&str> = FORMATS.iter().filter(|f| which(f)).map(|f| f.id).collect();
    ids.join(", ")
}

/// A word that means nothing.
pub fn unknown(word: &str) -> Failure {
    Failure::usage(format!(
        "'{word}' means nothing here; --help lists what does."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Words, String> {
        let words = line.split_whitespace().map(OsString::from).collect();
        let with_value = ["--out", "--from", "--to", "--unit", "--overlaps"];
        Words::read(words, &with_value, &["--quiet"]).map_err(|failure| {
            assert_eq!(failure.exit_code(), 2, "{line}");
            failure.to_string()
        })
    }

    #[test]
    fn operands_and_options_stand_in_any_order() {
        let words = words("a --to=json - -o out --quiet b --to hf-jsonl -- --c").unwrap();
        assert_eq!(words.operands, ["a", "-", "b", "--c"].map(PathBuf::from));
        assert_eq!(words.out(), Some(Path::new("out")));
        assert_eq!(words.to("").unwrap().id, "hf-jsonl");
        assert!(words.has("--quiet"));
    }

    #[test]
    fn what_means_nothing_is_refused_in_a_sentence() {
        for (line, sentence) in [
            (
                "--fast",
                "'--fast' means nothing here; --help lists what does.",
            ),
            (
                "--quiet=1",
                "'--quiet=1' means nothing here; --help lists what does.",
            ),
            ("a --to", "--to takes a value."),
        ] {
            assert_eq!(words(line).err().as_deref(), Some(sentence), "{line}");
        }
        let failure = |line: &str| words(line).unwrap().options().unwrap_err().to_string();
        assert_eq!(
            failure("--unit yards"),
            "--unit takes one of code-points, utf-16, bytes, crlf-as-one, utf-16-crlf-as-one, not 'yards'."
        );
        let failure = words("--to xml").unwrap().to("").unwrap_err().to_string();
        assert!(failure.starts_with("--to takes one of json,"), "{failure}");
        let failure = words("").unwrap().inputs().unwrap_err().to_string();
        assert_eq!(
            failure,
            "There is no file to read; - stands for standard input."
        );
    }
}
