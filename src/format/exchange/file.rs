//! Files by their names: those that are written, and those that are read.

use super::Stopped;
use std::io::BufRead;

/// Where written files go.
pub trait Sink {
    /// Goes on with the file of that name, which begins empty. Names may have folders, divided by
    /// `/`, and are of ASCII without what a file system could take for something else.
    ///
    /// # Errors
    /// The bytes couldn't be kept; the sentence says why.
    fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), Stopped>;
}

/// Files that can be read, for instance those of a folder or an archive.
pub trait Files {
    /// The file of that name.
    fn open(&self, name: &str) -> Option<Box<dyn BufRead + '_>>;
    /// The names of all files, in order.
    fn names(&self) -> Vec<String>;
}

/// No files at all.
pub struct NoFiles;

impl Files for NoFiles {
    fn open(&self, _: &str) -> Option<Box<dyn BufRead + '_>> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Files in memory, in the order in which they were begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles {
    /// Names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Sink for MemoryFiles {
    fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), Stopped> {
        // The file that was written to last is the likeliest.
        match self.files.iter_mut().rev().find(|(name, _)| name == file) {
            Some((_, content)) => content.extend_from_slice(bytes),
            None => self.files.push((file.to_owned(), bytes.to_vec())),
        }
        Ok(())
    }
}

impl Files for MemoryFiles {
    fn open(&self, name: &str) -> Option<Box<dyn BufRead + '_>> {
        let (_, bytes) = self.files.iter().find(|(of, _)| of == name)?;
        Some(Box::new(bytes.as_slice()))
    }

    fn names(&self) -> Vec<String> {
        self.files.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// A part of a file's name that every file system takes, made of `words`: ASCII letters, digits, `.`,
/// `_` and `-`, at most 80 of them; `document` if nothing is left.
pub fn file_stem(words: &str) -> String {
    const LONGEST: usize = 80;
    let mut stem = String::new();
    for c in words.chars() {
        if stem.len() == LONGEST {
            break;
        }
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => stem.push(c),
            _ if stem.is_empty() || stem.ends_with(['-', '.']) => {}
            '.' | '-' => stem.push(c),
            _ => stem.push('-'),
        }
    }
    stem.truncate(stem.trim_end_matches(['-', '.']).len());
    match stem.is_empty() || is_device(&stem) {
        true => format!("document{}{stem}", if stem.is_empty() { "" } else { "-" }),
        false => stem,
    }
}

/// Whether Windows takes the name for a device.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default();
    let upper = first.to_ascii_uppercase();
    let numbered = |name: &str| {
        upper
            .strip_prefix(name)
            .is_some_and(|n| n.len() == 1 && n.starts_with(|c: char| c.is_ascii_digit()))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&upper.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_words_become_a_name_that_file_systems_take() {
        for (words, stem) in [
            ("01_ascii", "01_ascii"),
            ("note.txt", "note.txt"),
            ("../../etc/passwd", "etc-passwd"),
            ("C:\\x", "C-x"),
            ("a  b\u{2028}c", "a-b-c"),
            ("Überschrift", "berschrift"),
            ("...", "document"),
            ("", "document"),
            ("nul.txt", "document-nul.txt"),
            ("com1", "document-com1"),
            ("Community", "Community"),
        ] {
            assert_eq!(file_stem(words), stem, "{words}");
        }
        assert_eq!(file_stem(&"x".repeat(500)).len(), 80);
    }
}
