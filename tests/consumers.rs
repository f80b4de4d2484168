//! The files of every format, loaded by the programs that people load them with, and files that such
//! programs have written, read here.
//!
//! Each program in `tests/consumers/` is given the files and `tests/golden/consumers.json`, and fails
//! if anything came back as something else. Their libraries are installed from PyPI into environments
//! below the build directory: the small ones in every run, the others with `--include-ignored`. Where
//! there is no Python 3.11 or newer with `venv`, or no PyPI, the tests say that they were skipped.
//! `RUBRICATE_CONSUMERS` names the Python of an environment that has all of them already.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use rubricate::annotation::{Annotation, Id, LabelSet, Origin};
use rubricate::document::{Document, Source};
use rubricate::edit::DocumentState;
use rubricate::format::exchange::{Entry, Header, MemoryFiles, Options, write_entries};
use rubricate::format::package::read_all;
use rubricate::format::{FORMATS, format};
use rubricate::text::{Span, Text};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

/// A program, what stands before its files on the command line, and whether its libraries are small.
struct Consumer {
    format: &'static str,
    program: &'static str,
    argument: Option<&'static str>,
    light: bool,
}

const fn consumer(format: &'static str, program: &'static str, light: bool) -> Consumer {
    Consumer {
        format,
        program,
        argument: None,
        light,
    }
}

const fn tokens(format: &'static str) -> Consumer {
    Consumer {
        format,
        program: "load_tokens.py",
        argument: Some(format),
        light: false,
    }
}

const CONSUMERS: &[Consumer] = &[
    consumer("json", "load_json.py", true),
    consumer("w3c", "load_w3c.py", true),
    consumer("doccano", "load_doccano.py", true),
    consumer("doccano-py", "load_doccano_py.py", true),
    consumer("pubannotation", "load_pubannotation.py", true),
    consumer("uima-xmi", "load_uima_xmi.py", true),
    consumer("uima-json", "load_uima_json.py", true),
    consumer("hf-jsonl", "load_hf_jsonl.py", false),
    consumer("spacy-docbin", "load_spacy_docbin.py", false),
    consumer("spacy-json", "load_spacy_json.py", false),
    consumer("prodigy", "load_prodigy.py", false),
    consumer("label-studio", "load_label_studio.py", false),
    consumer("brat", "load_brat.py", false),
    consumer("gate-bdoc", "load_gate_bdoc.py", false),
    consumer("csv", "load_csv.py", false),
    consumer("tsv", "load_csv.py", false),
    tokens("conll2003"),
    tokens("bio"),
    tokens("bilou"),
];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

fn gold() -> Value {
    let gold = fs::read_to_string(here("golden/consumers.json")).unwrap();
    serde_json::from_str(&gold).unwrap()
}

fn entries(gold: &Value) -> Vec<Entry> {
    let documents = gold["documents"].as_array().unwrap().iter();
    let string = |value: &Value| value.as_str().unwrap().to_owned();
    let offset = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
    documents
        .map(|document| {
            let spans = document["spans"].as_array().unwrap().iter().enumerate();
            let annotations = spans.map(|(at, span)| Annotation {
                id: Id::from(format!("{}-{at}", string(&document["id"])).as_str()),
                span: Span::new(offset(&span[0]), offset(&span[1])).unwrap(),
                label: string(&span[2]).into(),
                note: (at == 0).then(|| Arc::from("a \"note\"")),
                later: (at == 0).then(|| {
                    let said = json!({ "speaker": "Ms “Adeyemi”, MP", "continues": true });
                    Arc::new(said.as_object().cloned().unwrap())
                }),
                origin: Arc::new(Origin {
                    creator: Some("Ada".into()),
                    created: Some("2026-11-24T02:16:00Z".into()),
                    ..Origin::default()
                }),
                modified: None,
            });
            Entry {
                annotations: annotations.collect(),
                document: Document {
                    id: string(&document["id"]),
                    title: Some("A title".into()),
                    source: Source::default(),
                    media_type: "text/plain".into(),
                    language: Some("en".into()),
                    text: Text::new(string(&document["text"])).unwrap(),
                    blocks: Vec::new(),
                },
                state: DocumentState::Done,
                extra: Map::new(),
            }
        })
        .collect()
}

/// Writes the gold in that format into a folder; the files' paths, the main ones first.
fn export(id: &str, into: &Path) -> Vec<PathBuf> {
    let header = Header {
        labels: LabelSet::default().as_slice().to_vec(),
        ..Header::default()
    };
    let options = Options::default();
    let (files, _) = write_entries(id, header, entries(&gold()), &options).unwrap();
    let extension = format(id).unwrap().extension;
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files.files {
        let path = into.join(name);
        fs::write(&path, bytes).unwrap();
        paths.push(path);
    }
    let is_main = |path: &PathBuf| path.to_str().unwrap().ends_with(extension);
    let (mut main, others): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(is_main);
    // Of one main file, what lies beside it is found by the program, but for a configuration.
    if id == "label-studio" {
        main.extend(others);
    }
    main
}

/// One environment is made at a time.
static MAKING: Mutex<()> = Mutex::new(());

/// A Python with the libraries of `requirements`; `None`, having said why, if there can be none here.
fn python(requirements: &str) -> Option<PathBuf> {
    if let Some(python) = std::env::var_os("RUBRICATE_CONSUMERS") {
        return Some(python.into());
    }
    let _making = MAKING.lock().unwrap_or_else(|broken| broken.into_inner());
    let wanted = fs::read_to_string(here("consumers").join(requirements)).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(requirements.replace(".txt", ""));
    let (python, made) = (folder.join("bin/python"), folder.join("made-of.txt"));
    if fs::read_to_string(&made).is_ok_and(|of| of == wanted) {
        return Some(python);
    }
    let done = |command: &mut Command| {
        let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    };
    let _ = fs::remove_dir_all(&folder);
    if !done(Command::new("python3").args(["-m", "venv"]).arg(&folder)) {
        println!("skipped: there is no python3 with venv");
        return None;
    }
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--timeout",
        "20",
        "--retries",
        "1",
    ];
    let list = here("consumers").join(requirements);
    if !done(Command::new(&python).args(pip).arg("-r").arg(list)) {
        println!("skipped: PyPI can't be reached, or Python is too old");
        return None;
    }
    fs::write(made, wanted).unwrap();
    Some(python)
}

fn check(light: bool, requirements: &str) {
    let Some(python) = python(requirements) else {
        return;
    };
    let mut wrong = Vec::new();
    for consumer in CONSUMERS.iter().filter(|consumer| consumer.light == light) {
        let folder = tempfile::tempdir().unwrap();
        let output = program(&python, consumer.program)
            .args(consumer.argument)
            .args(export(consumer.format, folder.path()))
            .arg(here("golden/consumers.json"))
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8_lossy(&printed).into_owned();
        println!("{}: {}", consumer.format, printed.trim());
        // A program that compared nothing proves nothing.
        if !output.status.success() || !printed.contains("documents came back") {
            wrong.push(consumer.format);
        }
    }
    assert_eq!(wrong, Vec::<&str>::new());
}

/// A program of `tests/consumers/`, to be given its arguments.
fn program(python: &Path, name: &str) -> Command {
    let mut command = Command::new(python);
    command
        .arg(here("consumers").join(name))
        .env("PYTHONUTF8", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// A text, and start, end and label of each span in it.
type Spans = (String, Vec<(u32, u32, String)>);

/// Has the format's own library write the gold, and reads that as a file of a format that it tells itself.
fn read_foreign(format: &str, python: &Path) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    let output = program(python, "make.py")
        .arg(format)
        .arg(folder.path())
        .arg(here("golden/consumers.json"))
        .output()
        .unwrap();
    let made: Vec<Spans> = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    let read = read_all(MemoryFiles { files }, &Options::default())?;
    let read: Vec<Spans> = read
        .entries
        .iter()
        .map(|entry| {
            let span = |a: &Annotation| (a.span.start(), a.span.end(), a.label.to_string());
            let mut spans: Vec<_> = entry.annotations.iter().map(span).collect();
            spans.sort();
            (entry.document.text.as_str().to_owned(), spans)
        })
        .collect();
    let spans = made.iter().map(|(_, spans)| spans.len()).sum();
    let made: Vec<Spans> = made
        .into_iter()
        .map(|(text, mut spans)| {
            spans.sort();
            (text, spans)
        })
        .collect();
    match read == made && spans > 0 {
        true => Ok(spans),
        false => Err(format!("made {made:?}, read {read:?}")),
    }
}

fn check_makers(formats: &[&str], requirements: &str) {
    let Some(python) = python(requirements) else {
        return;
    };
    for format in formats {
        match read_foreign(format, &python) {
            Ok(spans) => println!("{format}: {spans} spans"),
            Err(why) => panic!("{format}: {why}"),
        }
    }
}

#[test]
fn what_the_small_libraries_write_is_read() {
    check_makers(&["uima-xmi", "uima-json"], "requirements-light.txt");
}

#[test]
#[ignore = "runs with --include-ignored: it installs gigabytes of libraries"]
fn what_all_other_libraries_write_is_read() {
    let formats = ["spacy-docbin", "spacy-json", "gate-bdoc", "hf-jsonl"];
    check_makers(&formats, "requirements.txt");
}

#[test]
fn small_consumers_read_every_span_where_it_was() {
    check(true, "requirements-light.txt");
}

#[test]
#[ignore = "runs with --include-ignored: it installs gigabytes of libraries"]
fn all_other_consumers_read_every_span_where_it_was() {
    check(false, "requirements.txt");
}

#[test]
fn every_format_has_a_consumer() {
    for format in FORMATS.iter().filter(|format| format.writes) {
        // What is meant for spreadsheets is the table with an apostrophe before some cells.
        let has = CONSUMERS.iter().any(|c| c.format == format.id);
        assert!(has || format.id == "csv-spreadsheet", "{}", format.id);
    }
}

#[test]
fn a_consumer_notices_what_is_wrong() {
    let Ok(output) = Command::new("python3").arg("--version").output() else {
        println!("skipped: there is no python3");
        return;
    };
    assert!(output.status.success());
    let folder = tempfile::tempdir().unwrap();
    let [file] = export("doccano", folder.path()).try_into().unwrap();
    // UTF-16 offsets, read as code points.
    let status = Command::new("python3")
        .arg(here("consumers/load_doccano_py.py"))
        .arg(file)
        .arg(here("golden/consumers.json"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
}
