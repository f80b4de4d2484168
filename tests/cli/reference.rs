//! The measures of agreement, compared with libraries that others made.

use std::path::Path;
use std::process::Command;

/// Needs Python and a package index, so it runs only when asked for:
/// `cargo test --test cli reference -- --ignored`.
#[test]
#[ignore = "installs packages from a package index"]
fn the_measures_are_those_of_the_reference_libraries() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement");
    let python = venv.join("bin/python");
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv));
    let requirements = project.join("tests/python/requirements.txt");
    let install = ["-m", "pip", "install", "--quiet", "--requirement"];
    run(Command::new(&python).args(install).arg(requirements));
    let check = project.join("tests/python/agreement.py");
    run(Command::new(&python)
        .arg(check)
        .arg(env!("CARGO_BIN_EXE_rubricate")));
}

fn run(command: &mut Command) {
    let status = command
        .status()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}");
}
