//! Builds what a browser loads: the library as WebAssembly, its glue, and the files of `www/`.

use super::failure::Failure;
use super::glue::Glue;
use super::project::Project;
use super::setup;
use std::fs;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// A WebAssembly module of the bundle.
struct Module {
    /// The stem of the generated files: `rubricate_wasm.js` and `rubricate_wasm_bg.wasm`.
    name: &'static str,
    /// How Cargo is asked for it: its profile, which no other module has and after which Cargo names the
    /// directory, and its feature.
    profile: &'static str,
    features: &'static [&'static str],
}

/// The element, what is loaded when a web page is opened, what is loaded when a file of another
/// format is written or read, and what is loaded for many documents at once.
const MODULES: [Module; 4] = [
    Module {
        name: "rubricate_wasm",
        profile: "web",
        features: &[],
    },
    Module {
        name: "rubricate_pages",
        profile: "web-pages",
        features: &["--features=pages"],
    },
    Module {
        name: "rubricate_formats",
        profile: "web-formats",
        features: &["--features=formats"],
    },
    Module {
        name: "rubricate_corpus",
        profile: "web-corpus",
        features: &["--features=corpus"],
    },
];

/// All modules in one, as no bundle has them: tests make it panic. Nobody downloads it, so it is compiled
/// as the in-browser tests are anyway.
const PANICKING: Module = Module {
    name: "rubricate_wasm",
    profile: "dev",
    features: &["--features=test-panics"],
};

/// Builds the module for tests of panics, with its script, into `panicking` in the build directory, and
/// returns that path.
pub fn build_panicking(project: &Project) -> Result<PathBuf, Failure> {
    setup::ensure_wasm_target(project)?;
    let module = make(project, &PANICKING)?;
    let into = project.target.join("panicking");
    written(&into, fs::create_dir_all(&into))?;
    written(&into, write(&module, &into))?;
    Ok(into)
}

/// Builds the bundle into `site` in the build directory, and returns that path. (`web` is where
/// Cargo keeps the build scripts of the profile of that name.)
///
/// The former bundle stays in place until the new one is complete.
pub fn build(project: &Project) -> Result<PathBuf, Failure> {
    let modules = modules(project)?;
    let bundle = project.target.join("site");
    let next = project.target.join("site.next");
    written(&next, start(&project.root.join("www"), &next))?;
    for module in &modules {
        written(&next, write(module, &next))?;
    }
    written(&bundle, replace(&bundle, &next))?;
    Ok(bundle)
}

/// Compiles all modules and makes their glue; the element's comes first.
///
/// Side by side: the end of each build runs on one core alone, and no build waits for another, since each
/// profile has a directory of its own.
pub fn modules(project: &Project) -> Result<Vec<Glue>, Failure> {
    setup::ensure_wasm_target(project)?;
    thread::scope(|scope| {
        let made = MODULES.each_ref();
        let made = made.map(|module| scope.spawn(|| make(project, module)));
        let made = made.map(|module| module.join().unwrap_or_else(|panic| resume_unwind(panic)));
        made.into_iter().collect()
    })
}

/// Compiles a module and makes its glue.
fn make(project: &Project, module: &Module) -> Result<Glue, Failure> {
    Glue::make(module.name, &compile(project, module)?)
        .map_err(|error| Failure::new(format!("The JavaScript glue can't be made: {error}.")))
}

/// The names of all modules; the element's comes first.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|module| module.name)
}

/// Writes a module and its script into a directory.
pub fn write(module: &Glue, into: &Path) -> io::Result<()> {
    fs::write(into.join(module.script_name()), module.script())?;
    fs::write(into.join(module.wasm_name()), &module.wasm)
}

/// The failure to write `path`, as a sentence.
pub fn written(path: &Path, result: io::Result<()>) -> Result<(), Failure> {
    result.map_err(|error| Failure::new(format!("{} can't be written: {error}.", path.display())))
}

/// Compiles the library for size, and returns the path of what came out.
fn compile(project: &Project, module: &Module) -> Result<PathBuf, Failure> {
    let output = project
        .cargo()
        .args(["build", "--quiet", "--lib", "--no-default-features"])
        .args(["--profile", module.profile])
        .args(["--target", setup::WASM_TARGET])
        .args(module.features)
        .output()
        .map_err(|error| Failure::new(format!("Cargo can't be started: {error}.")))?;
    if !output.status.success() {
        // Several builds run at once, and most mistakes are in all of them: the first failure is shown.
        let printed = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "{printed}The library doesn't compile for WebAssembly."
        )));
    }
    // Cargo's own profile has a directory of another name.
    let directory = match module.profile {
        "dev" => "debug",
        other => other,
    };
    Ok(project
        .target
        .join(setup::WASM_TARGET)
        .join(directory)
        .join("rubricate.wasm"))
}

/// Begins a bundle with the files that need no building.
fn start(www: &Path, into: &Path) -> io::Result<()> {
    remove(into)?;
    copy_tree(www, into)
}

/// Removes a directory, if it is there.
pub fn remove(directory: &Path) -> io::Result<()> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts a complete directory in the place of a former one.
pub fn replace(bundle: &Path, next: &Path) -> io::Result<()> {
    let former = bundle.with_extension("former");
    remove(&former)?;
    if bundle.exists() {
        fs::rename(bundle, &former)?;
    }
    fs::rename(next, bundle)?;
    remove(&former)
}

/// Copies a directory with all that is in it.
pub fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_modules_are_compiled_into_one_place() {
        let profiles: HashSet<&str> = MODULES.iter().map(|module| module.profile).collect();
        assert_eq!(profiles.len(), MODULES.len());
    }
}
