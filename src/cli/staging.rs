//! Files that are written aside until all is well.

use super::failure::Failure;
use rubricate::format::exchange::{Files, Sink, Stopped};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

/// How many files are held open at once.
const OPEN: usize = 16;

/// A folder of files that are being written. It goes when it is dropped.
pub struct Staging {
    folder: PathBuf,
    /// In the order in which they were begun.
    names: Vec<String>,
    known: std::collections::HashSet<String>,
    /// The latest last.
    open: Vec<(String, BufWriter<File>)>,
}

impl Staging {
    /// An empty one in `parent`, which must be on the same file system as where the files will go.
    pub fn new(parent: &Path) -> Result<Staging, Failure> {
        let failed = |error| {
            Failure::new(format!(
                "{} can't be written to: {error}.",
                parent.display()
            ))
        };
        let mut number = 0;
        loop {
            let name = format!(".rubricate-{}-{number}", std::process::id());
            let folder = parent.join(name);
            match fs::create_dir(&folder) {
                Ok(()) => {
                    return Ok(Staging {
                        folder,
                        names: Vec::new(),
                        known: std::collections::HashSet::new(),
                        open: Vec::new(),
                    });
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(failed(error)),
            }
        }
    }

    /// Ends writing: all bytes are in the files.
    pub fn end(&mut self) -> Result<(), Failure> {
        for (name, mut file) in self.open.drain(..) {
            file.flush()
                .map_err(|error| Failure::new(format!("{name} can't be written: {error}.")))?;
        }
        Ok(())
    }

    /// Where a file lies for now.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        if let Some((_, file)) = self.open.iter_mut().rev().find(|(open, _)| open == name) {
            return file.write_all(bytes);
        }
        if self.open.len() >= OPEN {
            let (_, mut oldest) = self.open.remove(0);
            oldest.flush()?;
        }
        let plain = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !plain {
            return Err(std::io::Error::other("its name is none for a file"));
        }
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = BufWriter::new(OpenOptions::new().create(true).append(true).open(path)?);
        file.write_all(bytes)?;
        self.open.push((name.to_owned(), file));
        if self.known.insert(name.to_owned()) {
            self.names.push(name.to_owned());
        }
        Ok(())
    }
}

impl Sink for Staging {
    fn append(&mut self, file: &str, bytes: &[u8]) -> Result<(), Stopped> {
        self.write(file, bytes)
            .map_err(|error| Stopped(format!("{file} can't be written: {error}.")))
    }
}

impl Files for Staging {
    fn open(&self, name: &str) -> Option<Box<dyn BufRead + '_>> {
        let file = File::open(self.path(name)).ok()?;
        Some(Box::new(BufReader::new(file)))
    }

    fn names(&self) -> Vec<String> {
        self.names.clone()
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.open.clear();
        // What can't be removed stays; there is nobody left to tell.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_files_are_written_by_turns_and_read_back() {
        let parent = tempfile::tempdir().unwrap();
        let mut staging = Staging::new(parent.path()).unwrap();
        for round in 0..3 {
            for file in 0..40 {
                let line = format!("{round} {file}\n");
                staging
                    .append(&format!("f/{file}.txt"), line.as_bytes())
                    .unwrap();
            }
        }
        staging.end().unwrap();
        assert_eq!(staging.names().len(), 40);
        let mut content = String::new();
        std::io::Read::read_to_string(&mut staging.open("f/7.txt").unwrap(), &mut content).unwrap();
        assert_eq!(content, "0 7\n1 7\n2 7\n");
        drop(staging);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[test]
    fn names_lead_nowhere_else() {
        let parent = tempfile::tempdir().unwrap();
        let mut staging = Staging::new(parent.path()).unwrap();
        for name in ["../x", "/x", "a/../../x"] {
            assert!(staging.append(name, b"x").is_err(), "{name}");
        }
    }
}
