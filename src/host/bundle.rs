//! Builds what a browser loads: the library as WebAssembly, its glue, and the files of `www/`.

use super::failure::Failure;
use super::project::Project;
use super::setup;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// A WebAssembly module of the bundle.
struct Module {
    /// The stem of the generated files: `rubricate_wasm.js` and `rubricate_wasm_bg.wasm`.
    name: &'static str,
    /// How Cargo is asked for it: its profile, after which Cargo names the directory, and its feature.
    profile: &'static str,
    features: &'static [&'static str],
}

/// The element, what is loaded when a web page is opened, and what is loaded when a file of another
/// format is written or read.
const MODULES: [Module; 3] = [
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
        profile: "web-pages",
        features: &["--features=formats"],
    },
];

/// Builds the bundle into `site` in the build directory, and returns that path. (`web` is where
/// Cargo keeps the build scripts of the profile of that name.)
///
/// The former bundle stays in place until the new one is complete.
pub fn build(project: &Project) -> Result<PathBuf, Failure> {
    setup::ensure_wasm_target(project)?;
    let bundle = project.target.join("site");
    let next = project.target.join("site.next");
    start(&project.root.join("www"), &next)?;
    for module in &MODULES {
        let compiled = compile(project, module)?;
        bind(&compiled, module.name, &next).map_err(|error| {
            Failure::new(format!("The JavaScript glue can't be made: {error}."))
        })?;
    }
    replace(&bundle, &next).map_err(|error| {
        Failure::new(format!("{} can't be written: {error}.", bundle.display()))
    })?;
    Ok(bundle)
}

/// Compiles the library for size, and returns the path of what came out.
fn compile(project: &Project, module: &Module) -> Result<PathBuf, Failure> {
    let status = project
        .cargo()
        .args(["build", "--quiet", "--lib", "--no-default-features"])
        .args(["--profile", module.profile])
        .args(["--target", setup::WASM_TARGET])
        .args(module.features)
        .status()
        .map_err(|error| Failure::new(format!("Cargo can't be started: {error}.")))?;
    if !status.success() {
        return Err(Failure::new("The library doesn't compile for WebAssembly."));
    }
    Ok(project
        .target
        .join(setup::WASM_TARGET)
        .join(module.profile)
        .join("rubricate.wasm"))
}

/// Begins a bundle with the files that need no building.
fn start(www: &Path, into: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(into) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Failure::new(format!(
                "{} can't be removed: {error}.",
                into.display()
            )));
        }
        _ => {}
    }
    copy_tree(www, into)
        .map_err(|error| Failure::new(format!("{} can't be copied: {error}.", www.display())))
}

fn bind(module: &Path, name: &str, into: &Path) -> Result<(), Box<dyn Error>> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(name)
        .web(true)?
        // So that `init()` finds the module beside the glue, without an argument.
        .omit_default_module_path(false)
        // The contract's types are written by hand, for the element.
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(into)?;
    Ok(())
}

fn replace(bundle: &Path, next: &Path) -> io::Result<()> {
    let former = bundle.with_extension("former");
    if bundle.exists() {
        fs::rename(bundle, &former)?;
    }
    fs::rename(next, bundle)?;
    if former.exists() {
        fs::remove_dir_all(&former)?;
    }
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
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
