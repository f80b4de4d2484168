//! Runs the in-browser tests: as what Cargo starts for them, and as what starts Cargo.

use super::browser::Browser;
use super::failure::Failure;
use super::project::Project;
use super::setup;
use std::env;
use std::ffi::OsString;
use std::fs;

/// What the test runner takes its driver from; it must see one of them alone.
const DRIVER_VARIABLES: [&str; 4] = [
    "GECKODRIVER",
    "SAFARIDRIVER",
    "CHROMEDRIVER",
    "MSEDGEDRIVER",
];

/// Acts as `wasm-bindgen-test-runner`; `arguments` begin with a program name.
pub fn run(arguments: Vec<OsString>) -> Result<(), Failure> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments)
        .map_err(|error| Failure::new(format!("{error:#}")))
}

/// Runs the tests of `tests/browser.rs` whose names contain `filter`, in `browser`.
pub fn test_in(project: &Project, browser: Browser, filter: Option<&str>) -> Result<(), Failure> {
    setup::ensure_wasm_target(project)?;
    let tools = setup::ensure(project, browser)?;
    let (driver, driver_arguments) = tools
        .driver
        .split_first()
        .ok_or_else(|| Failure::new("The browser has no driver."))?;

    let capabilities = project.target.join(format!("{}.json", browser.name()));
    fs::write(&capabilities, tools.capabilities.to_string()).map_err(|error| {
        Failure::new(format!(
            "{} can't be written: {error}.",
            capabilities.display()
        ))
    })?;

    let mut cargo = project.cargo();
    for name in DRIVER_VARIABLES {
        cargo.env_remove(name).env_remove(format!("{name}_REMOTE"));
    }
    let status = cargo
        .env(browser.driver_variable(), driver)
        .env(
            format!("{}_ARGS", browser.driver_variable()),
            driver_arguments.join(" "),
        )
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        // Seconds; a busy machine starts a browser slowly.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .args(["test", "--no-default-features", "--test=browser"])
        .args(["--target", setup::WASM_TARGET, "--config", &this_runner()?])
        .args(filter.iter().flat_map(|filter| ["--", filter]))
        .status()
        .map_err(|error| Failure::new(format!("Cargo can't be started: {error}.")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("The tests fail in {browser}.")))
    }
}

/// Cargo's setting that makes this program the runner, as a list, since its path may hold blanks.
fn this_runner() -> Result<String, Failure> {
    let program = env::current_exe()
        .map_err(|error| Failure::new(format!("This program can't find itself: {error}.")))?;
    let command = serde_json::json!([program.to_string_lossy(), "test-runner"]);
    Ok(format!("target.{}.runner={command}", setup::WASM_TARGET))
}
