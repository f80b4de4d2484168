//! The commands for datasets, run as people run them: natively, without a browser.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod annotators;
mod bad_input;
mod convert;
mod figures;
mod harness;
mod reference;
mod split;
mod usage;
