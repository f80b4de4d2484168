//! What other pages take: an npm package, which is a folder of plain files as well, with a variant
//! of the element in one file and the hashes of all of them.

mod manifest;
mod one_file;

use super::bundle;
use super::failure::Failure;
use super::glue::Glue;
use super::integrity::sri;
use super::project::Project;
use one_file::Modules;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The module that a page loads.
const ENTRY: &str = "rubricate.js";

/// The same in one classic script.
pub const ONE_FILE: &str = "rubricate.iife.js";

/// The types of the public contract.
const TYPES: &str = "rubricate.d.ts";

/// Files by name, in the order of the package's list.
pub type Files = Vec<(String, Vec<u8>)>;

/// Makes the package in `out`, by default `dist` in the project, and gives its path. A package that
/// is there already is replaced; a directory with anything else in it is left alone.
pub fn make(project: &Project, out: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let out = out.unwrap_or_else(|| project.root.join("dist"));
    if !may_be_replaced(&out) {
        return Err(Failure::new(format!(
            "{} holds other files; name an empty directory, or one that isn't there.",
            out.display()
        )));
    }
    let files = package(project)?;
    let write = || -> io::Result<()> {
        bundle::remove(&out)?;
        fs::create_dir_all(&out)?;
        files
            .iter()
            .try_for_each(|(name, content)| fs::write(out.join(name), content))
    };
    bundle::written(&out, write())?;
    Ok(out)
}

/// The hashes of a package's scripts and modules, one a line.
pub fn hashes(package: &Path) -> Result<String, Failure> {
    let path = package.join("integrity.json");
    fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("{} can't be read: {error}.", path.display())))
}

fn may_be_replaced(out: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(out) else {
        return !out.exists();
    };
    let is_ours = || {
        let manifest = fs::read(out.join("package.json")).unwrap_or_default();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap_or_default();
        manifest.get("name").and_then(serde_json::Value::as_str) == Some(manifest::NAME)
            && out.join(ONE_FILE).is_file()
    };
    entries.next().is_none() || is_ours()
}

fn package(project: &Project) -> Result<Files, Failure> {
    let modules = bundle::modules(project)?;
    let read = |path: &str| {
        fs::read(project.root.join(path))
            .map_err(|error| Failure::new(format!("{path} can't be read: {error}.")))
    };
    let shell = shell(&project.root.join("www"))?;

    let mut files = element(&shell, &modules)?;
    let hashed: Vec<(String, String)> = files
        .iter()
        .map(|(name, content)| (name.clone(), sri(content)))
        .collect();
    files.push((TYPES.to_owned(), read("www/rubricate.d.ts")?));
    files.push(("integrity.json".to_owned(), manifest::integrity(&hashed)));
    files.push(("README.md".to_owned(), manifest::readme(&hashed)));
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        files.push((name.to_owned(), read(name)?));
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    files.push(("package.json".to_owned(), manifest::package(&names)));
    Ok(files)
}

/// The scripts and modules of the element: what the entry needs, and all of it in one file.
fn element(shell: &Modules, modules: &[Glue]) -> Result<Files, Failure> {
    let beside = with_glue(shell, modules, |module| Ok(module.script()))?;
    let inside = with_glue(shell, modules, |module| {
        module
            .script_with_module()
            .map_err(|error| Failure::new(format!("{} can't be compressed: {error}.", module.name)))
    })?;
    let unjoined = |error: one_file::Unjoined| Failure::new(format!("{error}."));

    let mut files = Files::new();
    for name in one_file::needed(&beside, ENTRY).map_err(unjoined)? {
        let content = beside.get(&name).cloned().unwrap_or_default();
        files.push((name, content.into_bytes()));
    }
    for module in modules {
        files.push((module.wasm_name(), module.wasm.clone()));
    }
    let joined = one_file::join(&inside, ENTRY).map_err(unjoined)?;
    files.push((ONE_FILE.to_owned(), joined.into_bytes()));
    files.sort();
    Ok(files)
}

fn with_glue(
    shell: &Modules,
    modules: &[Glue],
    script: impl Fn(&Glue) -> Result<String, Failure>,
) -> Result<Modules, Failure> {
    let mut all = shell.clone();
    for module in modules {
        all.insert(module.script_name(), script(module)?);
    }
    Ok(all)
}

/// The scripts that stand beside each other in `www`.
fn shell(www: &Path) -> Result<Modules, Failure> {
    let read = || -> io::Result<Modules> {
        let mut scripts = Modules::new();
        for entry in fs::read_dir(www)? {
            let path = entry?.path();
            if path.extension() == Some(OsStr::new("js"))
                && let Some(name) = path.file_name().and_then(OsStr::to_str)
            {
                scripts.insert(name.to_owned(), fs::read_to_string(&path)?);
            }
        }
        Ok(scripts)
    };
    read().map_err(|error| Failure::new(format!("{} can't be read: {error}.", www.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_package_of_ours_or_an_empty_directory_is_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        assert!(may_be_replaced(&path("absent")));
        for name in ["empty", "ours", "other"] {
            fs::create_dir(path(name)).unwrap();
        }
        fs::write(path("ours").join("package.json"), r#"{"name":"rubricate"}"#).unwrap();
        fs::write(path("ours").join(ONE_FILE), "").unwrap();
        fs::write(path("other").join("package.json"), r#"{"name":"theirs"}"#).unwrap();
        fs::write(path("other").join(ONE_FILE), "").unwrap();
        fs::write(path("file"), "").unwrap();
        assert!(may_be_replaced(&path("empty")));
        assert!(may_be_replaced(&path("ours")));
        assert!(!may_be_replaced(&path("other")));
        assert!(!may_be_replaced(&path("file")));
    }

    #[test]
    fn the_elements_own_scripts_can_be_joined() {
        let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("www");
        let mut all = shell(&www).unwrap();
        for name in bundle::names() {
            all.insert(
                format!("{name}.js"),
                format!("export default async function {name}() {{}}\n"),
            );
        }
        let names = one_file::needed(&all, ENTRY).unwrap();
        for name in bundle::names() {
            assert!(
                names.contains(&format!("{name}.js")),
                "{name} is never loaded"
            );
        }
        assert!(!names.contains(&"page.js".to_owned()));
        let joined = one_file::join(&all, ENTRY).unwrap();
        assert!(joined.contains("customElements.define"));
    }
}
