//! Running the program in a folder of its own.

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder, and the program run in it.
pub struct Folder {
    folder: TempDir,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new() -> Folder {
        Folder {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// The names of all that lies in the folder, also what is hidden, in order.
    pub fn names(&self) -> Vec<String> {
        names_in(self.folder.path())
    }

    /// Runs the program with those words, divided by blanks.
    pub fn run(&self, words: &str) -> Outcome {
        self.run_with(words, "")
    }

    /// The same, with that on standard input.
    pub fn run_with(&self, words: &str, input: &str) -> Outcome {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rubricate"))
            .args(words.split_whitespace())
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // A program that doesn't read to the end closes the pipe; that is its own affair.
        let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        let _ = writing.join().unwrap();
        Outcome {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program, which must succeed.
    pub fn succeed(&self, words: &str) -> Outcome {
        let outcome = self.run(words);
        assert_eq!(outcome.code, Some(0), "{words}: {outcome:?}");
        outcome
    }
}

pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Label, start, end, and whose it is.
pub type Tag<'a> = (&'a str, usize, usize, Option<&'a str>);

/// A document of our JSON: id, text, tags.
pub type Text<'a> = (&'a str, &'a str, &'a [Tag<'a>]);

/// A file of our JSON whose documents are done.
pub fn dataset(documents: &[Text]) -> String {
    let mut annotations = Vec::new();
    let mut listed = Vec::new();
    for (id, text, tags) in documents {
        listed.push(json!({"id": id, "text": text, "metadata": {"state": "done"}}));
        for (at, (label, start, end, creator)) in tags.iter().enumerate() {
            let exact: String = text.chars().skip(*start).take(end - start).collect();
            let mut annotation = json!({
                "id": format!("{id}-{}-{at}", creator.unwrap_or("x")),
                "document": id,
                "label": label,
                "position": {"start": start, "end": end},
                "quote": {"exact": exact},
                "created": "2026-11-24T10:00:00Z",
            });
            if let Some(creator) = creator {
                annotation["creator"] = json!(creator);
            }
            annotations.push(annotation);
        }
    }
    json!({
        "format": "span-annotations",
        "version": "1.0.0",
        "offset_unit": "unicode_code_point",
        "labels": [{"id": "claim", "name": "Claim"}, {"id": "quote", "name": "Quote"}],
        "documents": listed,
        "annotations": annotations,
    })
    .to_string()
}

/// Which spans a file of our JSON has on which texts: document, start, end, label, in order.
pub fn spans(file: &Value) -> Vec<(String, u64, u64, String)> {
    let annotations = file["annotations"].as_array().unwrap();
    let mut spans: Vec<_> = annotations
        .iter()
        .map(|a| {
            (
                a["document"].as_str().unwrap().to_owned(),
                a["position"]["start"].as_u64().unwrap(),
                a["position"]["end"].as_u64().unwrap(),
                a["label"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    spans.sort();
    spans
}

/// A folder of samples: the hostile files, the gold cases.
pub fn samples(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder)
}
