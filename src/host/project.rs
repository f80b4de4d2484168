//! Where the project and its build directory are, and how to call Cargo from within Cargo.

use super::failure::Failure;
use serde_json::Value;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The crate that this program belongs to.
pub struct Project {
    /// Where `Cargo.toml` is.
    pub root: PathBuf,
    /// Cargo's build directory.
    pub target: PathBuf,
}

/// Variables that Cargo or the user set for this native build, and that would be wrong for another:
/// flags for the native processor, a default target, and the wrapper that `cargo clippy` sets.
const OF_THE_OUTER_BUILD: [&str; 5] = [
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTFLAGS",
    "CARGO_MANIFEST_DIR",
];

impl Project {
    /// Asks Cargo where things are.
    pub fn find() -> Result<Project, Failure> {
        // Cargo names the directory as it is today; a checkout may have moved since the build.
        let root = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let mut project = Project {
            target: root.join("target"),
            root,
        };
        let output = project
            .cargo()
            .args(["metadata", "--no-deps", "--format-version=1"])
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| Failure::new(format!("Cargo can't be started: {error}.")))?;
        let directory = serde_json::from_slice::<Value>(&output.stdout)
            .ok()
            .and_then(|metadata| {
                metadata
                    .get("target_directory")?
                    .as_str()
                    .map(PathBuf::from)
            });
        project.target = directory.ok_or_else(|| {
            Failure::new("Cargo doesn't say where it builds; is this the project's directory?")
        })?;
        Ok(project)
    }

    /// A call of the same Cargo, in the project, for a build of its own.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).stdin(Stdio::null());
        for name in OF_THE_OUTER_BUILD {
            cargo.env_remove(name);
        }
        cargo
    }
}
