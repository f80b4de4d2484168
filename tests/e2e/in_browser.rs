//! The in-browser tests (`tests/browser.rs`), once in every browser.

use crate::harness::Browser;
use std::process::Command;

fn check(browser: Browser) {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricate"))
        .args(["test-in", browser.name()])
        .output()
        .expect("the host program starts");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    assert!(output.status.success(), "{printed}");
    // A run that found no test proves nothing.
    assert!(printed.contains("test result: ok. "), "{printed}");
    assert!(!printed.contains("running 0 tests"), "{printed}");
}

#[test]
fn the_tests_in_the_browser_pass_in_chromium() {
    check(Browser::Chromium);
}

#[test]
fn the_tests_in_the_browser_pass_in_firefox() {
    check(Browser::Firefox);
}

#[test]
#[ignore = "runs with --include-ignored, given webkit2gtk-driver and xvfb"]
fn the_tests_in_the_browser_pass_in_webkit() {
    check(Browser::WebKit);
}
