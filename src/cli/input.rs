//! Datasets that are read: files, folders, standard input.

use super::args::Words;
use super::failure::Failure;
use super::{article, detect, say};
use rubricate::document::charset::GUESSED;
use rubricate::format::exchange::{
    At, Entry, Files, Finding, Header, Input, MemoryFiles, NoFiles, Options, Reader, Receive,
    Refusal, Stopped, Why, main_files,
};
use rubricate::format::zip::{Limits, unzip};
use rubricate::format::{Format, codecs};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What standard input is called.
const STDIN: &str = "standard input";
/// How many things there are to say of files before it is enough.
const FINDINGS: usize = 200;

/// A folder's files, by their names with `/` between folders.
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
}

impl Files for Folder {
    fn open(&self, name: &str) -> Option<Box<dyn BufRead + '_>> {
        let outside = name.split('/').any(|part| part == ".." || part.is_empty());
        let path = Some(self.path.join(name)).filter(|path| !outside && path.is_file())?;
        let file = File::open(path).ok()?;
        Some(Box::new(BufReader::with_capacity(1 << 16, file)))
    }

    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        collect(&self.path, "", &mut names);
        names.sort_unstable();
        names
    }
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), &format!("{name}/"), names),
            Ok(_) => names.push(name),
            Err(_) => {}
        }
    }
}

/// Reads datasets, and says on standard error what there is to say of them.
pub struct Reading<'a> {
    from: Option<&'static Format>,
    options: Options,
    into: &'a mut dyn Receive,
    /// What stands before a file's name when something is said of it.
    prefix: String,
    /// A reader for each format: the files of one format are one dataset.
    readers: HashMap<&'static str, Box<dyn Reader>>,
    said: usize,
    /// Whether files of plain text, HTML and Markdown are documents, rather than what lies beside others.
    articles: bool,
    /// How many documents or annotations were left out.
    pub left_out: usize,
    /// How many things were said.
    pub findings: usize,
}

impl<'a> Reading<'a> {
    /// As the words of the command line say; what is read goes to `into`.
    pub fn new(words: &Words, into: &'a mut dyn Receive) -> Result<Reading<'a>, Failure> {
        Ok(Reading {
            from: words.from()?,
            options: words.options()?,
            into,
            prefix: String::new(),
            readers: HashMap::new(),
            said: 0,
            articles: false,
            left_out: 0,
            findings: 0,
        })
    }

    /// Reads a file, a folder, or standard input, and returns its format.
    pub fn read(&mut self, path: &Path) -> Result<&'static Format, Failure> {
        let outcome = match path {
            path if path == Path::new("-") => self.stdin(),
            path if path.is_dir() => self.folder(path),
            path if path.extension().is_some_and(|end| end == "zip") => self.archive(path),
            path => self.file(path),
        };
        if self.findings > self.said {
            say::note(&format!("… and {} more.", self.findings - self.said));
            self.said = self.findings;
        }
        outcome
    }

    /// Reads them all. Where all are called like plain text, HTML or Markdown, each is a document that
    /// nobody has touched.
    pub fn read_all(&mut self, paths: &[PathBuf]) -> Result<(), Failure> {
        let name = |path: &PathBuf| article::is_named_so(&path.to_string_lossy());
        self.articles = self.from.is_none() && paths.iter().all(name);
        paths
            .iter()
            .try_for_each(|path| self.read(path).map(|_| ()))
    }

    /// Fails if something was left out, unless that was allowed. What was written must be thrown away.
    pub fn all_or_nothing(&self, words: &Words) -> Result<(), Failure> {
        match self.left_out {
            0 => Ok(()),
            _ if words.has("--skip-bad") => Ok(()),
            count => Err(Failure::new(format!(
                "Nothing was written, since not all can be used: {count} left out. With --skip-bad the rest is written."
            ))),
        }
    }

    fn stdin(&mut self) -> Result<&'static Format, Failure> {
        let mut content = io::stdin().lock();
        let (head, all) = match self.from {
            Some(_) => (Vec::new(), false),
            None => detect::head(&mut content)
                .map_err(|error| Failure::new(format!("{STDIN} can't be read: {error}.")))?,
        };
        let format = match self.from {
            Some(format) => format,
            None => detect::by_content(&head, all, &self.options).ok_or_else(|| {
                Failure::new(format!(
                    "{STDIN}: It is in no format that is known here; --from names one."
                ))
            })?,
        };
        let mut content = io::Cursor::new(head).chain(content);
        self.prefix.clear();
        let read = self.one(format, STDIN, &mut content, &NoFiles);
        read.map_err(|refusal| self.failure(refusal))?;
        Ok(format)
    }

    fn file(&mut self, path: &Path) -> Result<&'static Format, Failure> {
        let unreadable =
            |error| Failure::new(format!("{} can't be read: {error}.", path.display()));
        let file = File::open(path).map_err(unreadable)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let parent = path.parent().filter(|parent| *parent != Path::new(""));
        self.prefix = parent.map_or_else(String::new, |parent| format!("{}/", parent.display()));
        let beside = Folder {
            path: parent.unwrap_or(Path::new(".")).to_owned(),
        };
        let mut content = BufReader::with_capacity(1 << 16, file);
        if self.articles {
            self.article(&name, &mut content)?;
            return Ok(article::format());
        }
        let format = match self.from {
            Some(format) => format,
            None => detect::by_name(&name, &beside, &self.options).ok_or_else(|| {
                Failure::new(format!(
                    "{}: It is in no format that is known here; --from names one.",
                    path.display()
                ))
            })?,
        };
        let read = self.one(format, &name, &mut content, &beside);
        read.map_err(|refusal| self.failure(refusal))?;
        Ok(format)
    }

    fn folder(&mut self, path: &Path) -> Result<&'static Format, Failure> {
        let shown = path.display().to_string();
        let folder = Folder {
            path: path.to_owned(),
        };
        self.files(shown.trim_end_matches('/'), &folder)
    }

    fn archive(&mut self, path: &Path) -> Result<&'static Format, Failure> {
        let shown = path.display().to_string();
        let failed = |why: String| Failure::new(format!("{shown}: {why}"));
        let archive =
            fs::read(path).map_err(|error| failed(format!("It can't be read: {error}.")))?;
        let files =
            unzip(&archive, Limits::default()).map_err(|error| failed(error.to_string()))?;
        self.files(&shown, &MemoryFiles { files })
    }

    /// Reads the dataset that a folder or an archive holds, or the articles in it.
    fn files(&mut self, shown: &str, files: &dyn Files) -> Result<&'static Format, Failure> {
        self.prefix = format!("{shown}/");
        let names = files.names();
        let is_article = |name: &&String| article::is_named_so(name);
        let mut format = self.from;
        for name in names.iter().filter(|name| !is_article(name)) {
            format = format.or_else(|| detect::by_name(name, files, &self.options));
        }
        let Some(format) = format else {
            let articles: Vec<&String> = names.iter().filter(is_article).collect();
            for name in &articles {
                if let Some(mut content) = files.open(name) {
                    self.article(name, &mut content)?;
                }
            }
            return match articles.is_empty() {
                true => Err(Failure::new(format!(
                    "{shown}: No file in it is in a format that is known here; --from names one."
                ))),
                false => Ok(article::format()),
            };
        };
        let main = main_files(format, files);
        if main.is_empty() {
            return Err(Failure::new(format!(
                "{shown}: There is no file of {} in it.",
                format.id
            )));
        }
        let several = main.len() > 1;
        let (mut read, mut empty) = (0, None);
        for name in main {
            let Some(mut content) = files.open(&name) else {
                continue;
            };
            match self.one(format, &name, &mut content, files) {
                Ok(()) => read += 1,
                // As of an annotator who has done nothing.
                Err(refusal) if several && refusal.why == Why::Empty => {
                    self.find(refusal.as_finding());
                    empty.get_or_insert(refusal);
                }
                Err(refusal) => return Err(self.failure(refusal)),
            }
        }
        match empty {
            Some(refusal) if read == 0 => Err(self.failure(refusal)),
            _ => Ok(format),
        }
    }

    fn article(&mut self, name: &str, content: &mut dyn BufRead) -> Result<(), Failure> {
        let failed = |why: String| Failure::new(format!("{}{name}: {why}", self.prefix));
        let (entry, guessed) = article::read(name, content).map_err(failed)?;
        if guessed {
            self.find(Finding {
                file: name.to_owned(),
                at: At::File,
                id: None,
                left_out: false,
                why: GUESSED.to_owned(),
            });
        }
        self.into
            .entry(entry)
            .map_err(|Stopped(why)| Failure::new(why))
    }

    /// The options, and whether the files told their format.
    fn telling(&self) -> Options {
        Options {
            is_detected: self.from.is_none(),
            ..self.options.clone()
        }
    }

    fn one(
        &mut self,
        format: &'static Format,
        name: &str,
        content: &mut dyn BufRead,
        beside: &dyn Files,
    ) -> Result<(), Refusal> {
        let unknown = || Why::UnknownFormat(format.id.to_owned()).at(name, At::File);
        let mut reader = match self.readers.remove(format.id) {
            Some(reader) => reader,
            None => codecs::reader(format.id, &self.telling()).ok_or_else(unknown)?,
        };
        let input = Input {
            name,
            content,
            beside,
        };
        let read = reader.read(input, self);
        self.readers.insert(format.id, reader);
        read
    }

    fn failure(&self, refusal: Refusal) -> Failure {
        match refusal.why {
            Why::Stopped(why) => Failure::new(why),
            _ => Failure::new(format!("{}{refusal}", self.prefix)),
        }
    }
}

impl Receive for Reading<'_> {
    fn header(&mut self, header: Header) {
        self.into.header(header);
    }

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        self.into.entry(entry)
    }

    fn find(&mut self, finding: Finding) {
        self.findings += 1;
        self.left_out += usize::from(finding.left_out);
        if self.said < FINDINGS {
            self.said += 1;
            say::note(&format!("{}{finding}", self.prefix));
        }
    }
}
