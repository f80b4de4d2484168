//! What a machine lacks for building and testing, and how it gets it: from rustup, Cargo and apt.

use super::browser::Browser;
use super::failure::Failure;
use super::project::Project;
use serde_json::{Value, json};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the library is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Debian has no package of it. The version is pinned, since a newer one may want a newer Rust.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// What a test needs to drive a browser.
pub struct Tools {
    /// The driver's program and its first arguments.
    pub driver: Vec<String>,
    /// WebDriver capabilities for a new session.
    pub capabilities: Value,
}

/// Installs what is missing, and prints a JSON object per browser on standard output: `browser`,
/// then either `driver` (an array) and `capabilities`, or `missing`, a sentence.
pub fn report(project: &Project) -> Result<(), Failure> {
    ensure_wasm_target(project)?;
    for browser in Browser::ALL {
        let line = match ensure(project, browser) {
            Ok(tools) => json!({
                "browser": browser.name(),
                "driver": tools.driver,
                "capabilities": tools.capabilities,
            }),
            Err(failure) => json!({
                "browser": browser.name(),
                "missing": failure.to_string(),
            }),
        };
        super::say(&line.to_string())?;
    }
    Ok(())
}

/// Adds the WebAssembly target to the toolchain, unless it is there.
pub fn ensure_wasm_target(project: &Project) -> Result<(), Failure> {
    if has_wasm_target(project) {
        return Ok(());
    }
    eprintln!("Adding the target {WASM_TARGET} to the Rust toolchain.");
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&project.root);
    if succeeds(rustup.args(["target", "add", WASM_TARGET])) && has_wasm_target(project) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Rust can't compile for WebAssembly yet; install the target: rustup target add {WASM_TARGET}"
    )))
}

fn has_wasm_target(project: &Project) -> bool {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .current_dir(&project.root)
        .args(["--print=target-libdir", "--target", WASM_TARGET])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

/// Finds `browser` and its driver, and installs what is missing of them.
pub fn ensure(project: &Project, browser: Browser) -> Result<Tools, Failure> {
    let lacking = lacking_packages(project, browser);
    if !lacking.is_empty() && browser != Browser::WebKit {
        apt_install(&lacking);
    }
    let has_program = find_program(browser).is_some();
    if browser == Browser::Firefox && has_program && find_driver(project, browser).is_none() {
        install_geckodriver(project);
    }
    find_tools(project, browser).ok_or_else(|| Failure::new(advice(project, browser)))
}

fn find_tools(project: &Project, browser: Browser) -> Option<Tools> {
    let program = find_program(browser)?;
    let driver = find_driver(project, browser)?;
    Some(Tools {
        capabilities: browser.capabilities(&program),
        driver: match browser {
            Browser::WebKit => vec![program, "-a".into(), driver],
            _ => vec![driver],
        },
    })
}

/// The Debian packages that would complete `browser`.
fn lacking_packages(project: &Project, browser: Browser) -> Vec<&'static str> {
    let (package, driver_package) = browser.packages();
    let program = find_program(browser).is_none().then_some(package);
    let driver = driver_package.filter(|_| find_driver(project, browser).is_none());
    program.into_iter().chain(driver).collect()
}

/// One line that says what to install.
fn advice(project: &Project, browser: Browser) -> String {
    let mut commands = Vec::new();
    let lacking = lacking_packages(project, browser);
    if !lacking.is_empty() {
        commands.push(format!("apt-get install {}", lacking.join(" ")));
    }
    if browser == Browser::Firefox && find_driver(project, browser).is_none() {
        commands.push(format!(
            "cargo install geckodriver --version {GECKODRIVER_VERSION} --locked"
        ));
    }
    format!(
        "{browser} can't be driven yet; install it: {}",
        commands.join(" && ")
    )
}

fn find_program(browser: Browser) -> Option<String> {
    browser.programs().iter().find_map(|name| on_path(name))
}

fn find_driver(project: &Project, browser: Browser) -> Option<String> {
    let named = env::var(browser.driver_variable())
        .ok()
        .filter(|path| Path::new(path).is_file());
    named
        .or_else(|| on_path(browser.driver()))
        .or_else(|| file(tools_directory(project).join("bin").join(browser.driver())))
}

fn on_path(name: &str) -> Option<String> {
    let directories = env::var_os("PATH")?;
    env::split_paths(&directories).find_map(|directory| file(directory.join(name)))
}

fn file(path: PathBuf) -> Option<String> {
    path.is_file().then(|| path.to_string_lossy().into_owned())
}

/// Where tools are installed that no package manager keeps.
fn tools_directory(project: &Project) -> PathBuf {
    project.target.join("tools")
}

fn install_geckodriver(project: &Project) {
    eprintln!(
        "Building geckodriver {GECKODRIVER_VERSION}, which drives Firefox (a minute or two)."
    );
    let mut cargo = project.cargo();
    cargo
        .args(["install", "--quiet", "--debug", "--locked", "geckodriver"])
        .args(["--version", GECKODRIVER_VERSION, "--root"])
        .arg(tools_directory(project))
        // Its hundred crates are built in a temporary directory, not left in the project's.
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_PROFILE_DEV_DEBUG", "false");
    succeeds(&mut cargo);
}

/// Installs Debian packages if this user may do so without being asked for a password.
fn apt_install(packages: &[&str]) {
    if on_path("apt-get").is_none() {
        return;
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if succeeds(
        Command::new("sudo")
            .args(["-n", "true"])
            .stderr(Stdio::null()),
    ) {
        &["sudo", "-n"]
    } else {
        return;
    };
    eprintln!("Installing {} with apt-get.", packages.join(", "));
    let apt_get = |arguments: &[&str]| {
        let words = [
            prefix,
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"],
        ]
        .concat();
        let (program, rest) = words.split_first().unwrap_or((&"apt-get", &[]));
        succeeds(Command::new(program).args(rest).args(arguments))
    };
    // The lists may be too old to find anything, or absent; an install may still succeed.
    apt_get(&["update"]);
    apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat());
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Runs a command of which only the complaints are shown, and tells whether it ended well.
fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
