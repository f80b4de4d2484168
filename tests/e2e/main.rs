//! End-to-end tests: the built page in real browsers, driven through WebDriver.
//!
//! `in_each_browser!` makes `chromium::…`, `firefox::…` and `webkit::…` of each test. What a machine
//! lacks for the first two is installed; where that can't be done, the tests fail with the line that
//! says what to install. WebKitGTK's tests run with `--include-ignored`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod article;
mod attributes;
mod dialogs;
mod harness;
#[allow(dead_code)] // Natively more of it is needed.
#[path = "../fire/random.rs"]
mod random;

mod access;
mod assignments;
mod bad_input;
mod comparing;
mod contract;
mod corpus;
mod corpus_formats;
mod corpus_labels;
mod corruption;
mod crashing;
mod crowds;
mod download;
mod editing;
mod examples;
mod exhaustion;
mod formats;
mod harness_works;
mod hostile;
mod hostile_urls;
mod hosts;
mod in_browser;
mod in_place;
mod keeping;
mod keyboard;
mod killing;
mod large;
mod leaks;
mod lifecycle;
mod loading;
mod migrating;
mod overlap;
mod packages;
mod panics;
mod pointing;
mod quota;
mod safety;
mod smoke;
mod stopping;
mod tabs;
mod theming;
mod upgrading;
mod versions;
