//! The project's own source files, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of Rust.
pub struct Source {
    /// Below the directory that was asked for, with `/`: `text/span.rs`.
    pub path: String,
    pub content: String,
}

/// All files of Rust below a directory of the project (`"src"`), in the order of their paths.
pub fn rust_files(directory: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(!files.is_empty(), "no files below {}", root.display());
    files
        .iter()
        .map(|file| Source {
            path: file
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/"),
            content: fs::read_to_string(file).unwrap(),
        })
        .collect()
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// A file of the project that isn't Rust.
pub fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}
