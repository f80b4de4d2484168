//! Where written files go.

use super::failure::Failure;
use super::say;
use super::staging::Staging;
use rubricate::format::exchange::{
    Conversion, Converted, Files, Options, WriteError, check, file_stem,
};
use rubricate::format::{FileSet, Format};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Where a dataset goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Standard output: its main file alone.
    Stdout,
    /// Its main file there, the others beside it.
    File(PathBuf),
    /// All its files in there.
    Folder(PathBuf),
}

impl Place {
    /// What `-o` says, or its absence, for a dataset of that format.
    pub fn of(out: Option<&Path>, format: &Format) -> Result<Place, Failure> {
        let many = format.files == FileSet::PerDocument;
        let Some(out) = out.filter(|out| *out != Path::new("-")) else {
            return match many {
                true => Err(Failure::usage(format!(
                    "{} has files for each document; -o says in which folder they go.",
                    format.id
                ))),
                false => Ok(Place::Stdout),
            };
        };
        let ends_as_folder = out
            .to_string_lossy()
            .ends_with(['/', std::path::MAIN_SEPARATOR]);
        match many || ends_as_folder || out.is_dir() {
            true => Ok(Place::Folder(out.to_owned())),
            false => Ok(Place::File(out.to_owned())),
        }
    }

    /// What the files are called: as the file is, without the format's ending; `name` otherwise.
    pub fn stem(&self, format: &Format, name: &str) -> String {
        let Place::File(path) = self else {
            return file_stem(name);
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(format.extension);
        let stem = stem.or(name.rsplit_once('.').map(|(stem, _)| stem));
        file_stem(stem.filter(|stem| !stem.is_empty()).unwrap_or(&name))
    }

    /// The folder that the files will be in; it is made if need be.
    fn folder(&self) -> Result<PathBuf, Failure> {
        let folder = match self {
            Place::Stdout => std::env::temp_dir(),
            Place::Folder(folder) => folder.clone(),
            Place::File(path) => match path.parent() {
                Some(parent) if parent != Path::new("") => parent.to_owned(),
                _ => PathBuf::from("."),
            },
        };
        fs::create_dir_all(&folder).map_err(|error| {
            Failure::new(format!("{} can't be made: {error}.", folder.display()))
        })?;
        Ok(folder)
    }
}

/// A dataset that is being written.
pub struct Output {
    format: &'static Format,
    place: Place,
    options: Options,
    staging: Staging,
    force: bool,
}

impl Output {
    /// To `place`; `force` replaces files beside the main one too.
    pub fn new(
        format: &'static Format,
        place: Place,
        options: Options,
        force: bool,
    ) -> Result<Output, Failure> {
        let staging = Staging::new(&place.folder()?)?;
        Ok(Output {
            format,
            place,
            options,
            staging,
            force,
        })
    }

    /// What takes the dataset.
    pub fn conversion(&mut self) -> Result<Conversion<'_>, Failure> {
        Conversion::new(self.format.id, &self.options, &mut self.staging).map_err(failure)
    }

    /// Compares what was written with what was meant, and gives the files their names. Returns what
    /// they are called, as people read it.
    pub fn keep(mut self, converted: &Converted) -> Result<String, Failure> {
        self.staging.end()?;
        check(self.format.id, &self.staging, converted, &self.options).map_err(failure)?;
        let names = self.staging.names();
        match &self.place {
            Place::Stdout => self.to_stdout(&names),
            Place::Folder(folder) => {
                let targets = names.iter().map(|name| (name.clone(), folder.join(name)));
                self.rename(
                    &targets.collect::<Vec<_>>(),
                    self.main(&names).ok().as_deref(),
                )
            }
            Place::File(path) => {
                let main = self.main(&names)?;
                let beside = |name: &String| match *name == main {
                    true => path.clone(),
                    false => path.with_file_name(name),
                };
                let targets = names.iter().map(|name| (name.clone(), beside(name)));
                self.rename(&targets.collect::<Vec<_>>(), Some(&main))
            }
        }
    }

    /// The name of the one file that holds the dataset.
    fn main(&self, names: &[String]) -> Result<String, Failure> {
        let whole = format!("{}{}", self.options.stem, self.format.extension);
        if names.contains(&whole) {
            return Ok(whole);
        }
        let ends = |name: &&String| name.ends_with(self.format.extension);
        let mut main = names.iter().filter(ends);
        match (main.next(), main.next()) {
            (Some(only), None) => Ok(only.clone()),
            _ if names.len() == 1 => Ok(names.first().cloned().unwrap_or_default()),
            _ => Err(Failure::usage(
                "These are several files; -o says in which folder they go, with / at its end.",
            )),
        }
    }

    fn to_stdout(&self, names: &[String]) -> Result<String, Failure> {
        let main = self.main(names)?;
        for other in names.iter().filter(|name| **name != main) {
            say::note(&format!(
                "{other} belongs to it and is left out; with -o it is written too."
            ));
        }
        let failed = |error| Failure::new(format!("{main} can't be read: {error}."));
        let mut file = File::open(self.staging.path(&main)).map_err(failed)?;
        let mut out = io::stdout().lock();
        say::finished(io::copy(&mut file, &mut out).map(|_| ()))?;
        Ok(String::new())
    }

    /// Gives the files their names. Unless forced, those other than `main` replace none that begins
    /// otherwise: it might be somebody's own.
    fn rename(&self, targets: &[(String, PathBuf)], main: Option<&str>) -> Result<String, Failure> {
        for (name, target) in targets {
            let replaces = self.force || main == Some(name) || !target.exists();
            if !replaces && beginning(target) != beginning(&self.staging.path(name)) {
                return Err(Failure::new(format!(
                    "{} is there already and belongs to the dataset too; --force replaces it, and with -o a folder can be named for all files.",
                    target.display()
                )));
            }
        }
        for (name, target) in targets {
            let failed =
                |error| Failure::new(format!("{} can't be written: {error}.", target.display()));
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(failed)?;
            }
            fs::rename(self.staging.path(name), target).map_err(failed)?;
        }
        let shown = |target: &PathBuf| target.display().to_string();
        Ok(match targets {
            [(_, only)] => shown(only),
            [(_, first), ..] => format!("{} and {} more", shown(first), targets.len() - 1),
            [] => String::new(),
        })
    }
}

/// The first bytes of a file, which tell one kind of file from another.
fn beginning(path: &Path) -> Option<Vec<u8>> {
    let mut beginning = Vec::new();
    let file = File::open(path).ok()?;
    file.take(16).read_to_end(&mut beginning).ok()?;
    Some(beginning)
}

/// Why nothing was written.
pub fn failure(error: WriteError) -> Failure {
    Failure::new(error.to_string())
}
