//! The examples that need npm's packages: each is a project of Vite, bundled with the package that
//! `dist` makes, as a project of anybody else would be.

use super::bundle;
use super::dist;
use super::failure::Failure;
use super::project::Project;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The projects below `www/examples`.
const PROJECTS: [&str; 2] = ["react", "vue"];

/// What says which packages there have to be, beside the projects.
const LISTS: [&str; 2] = ["package.json", "package-lock.json"];

/// Where the bundled examples are: a site of its own, whose files come before those of the bundle.
pub fn site(project: &Project) -> PathBuf {
    project.target.join("npm").join("site")
}

/// Bundles them all. Node is asked for here alone.
pub fn build(project: &Project) -> Result<(), Failure> {
    let npm = find_npm()?;
    let workshop = project.target.join("npm");
    let sources = project.root.join("www").join("examples");
    install(&npm, &sources, &workshop)?;
    let package = dist::make(project, Some(workshop.join("rubricate")))?;
    add(&npm, &workshop, &package)?;
    for name in PROJECTS {
        let copy = workshop.join(name);
        let copied =
            bundle::remove(&copy).and_then(|()| bundle::copy_tree(&sources.join(name), &copy));
        bundle::written(&copy, copied)?;
        let out = site(project).join("examples").join(name);
        let mut vite = Command::new("node");
        vite.arg(workshop.join("node_modules/vite/bin/vite.js"))
            .args([
                "build",
                name,
                "--base=./",
                "--emptyOutDir",
                "--logLevel=warn",
                "--outDir",
            ])
            .arg(&out);
        run(vite, &workshop)?;
    }
    Ok(())
}

/// Installs the packages of the lists, unless those very ones are there.
fn install(npm: &Path, lists: &Path, into: &Path) -> Result<(), Failure> {
    let list =
        |directory: &Path| LISTS.map(|name| fs::read(directory.join(name)).unwrap_or_default());
    if into.join("node_modules/.package-lock.json").is_file() && list(lists) == list(into) {
        return Ok(());
    }
    let copied = fs::create_dir_all(into).and_then(|()| {
        LISTS
            .iter()
            .try_for_each(|name| fs::copy(lists.join(name), into.join(name)).map(|_| ()))
    });
    bundle::written(into, copied)?;
    let mut ci = Command::new(npm);
    ci.args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    run(ci, into)
}

/// Packs the package, and puts what came out where npm would put it.
fn add(npm: &Path, workshop: &Path, package: &Path) -> Result<(), Failure> {
    let mut pack = Command::new(npm);
    pack.args(["pack", "--silent", "--pack-destination"])
        .arg(workshop)
        .arg(package);
    run(pack, workshop)?;
    let packed = format!("./rubricate-{}.tgz", env!("CARGO_PKG_VERSION"));
    let mut install = Command::new(npm);
    install
        .args([
            "install",
            "--no-save",
            "--no-package-lock",
            "--ignore-scripts",
        ])
        .args([
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefer-offline",
        ])
        .arg(packed);
    run(install, workshop)
}

fn find_npm() -> Result<PathBuf, Failure> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|directory| directory.join("npm"))
        .find(|npm| npm.is_file())
        .ok_or_else(|| {
            Failure::new(
                "The examples with React and Vue are bundled with npm's packages; install Node.js 20.19 or newer.",
            )
        })
}

fn run(mut command: Command, directory: &Path) -> Result<(), Failure> {
    let status = command
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure::new(format!(
            "This fails in {}: {command:?}",
            directory.display()
        ))),
    }
}
