//! Rubricate: label spans of a news article, in the browser.
//!
//! The modules stand in reading order, which is the order of the layers: a module uses only those
//! above it. A test (`tests/it/layers.rs`) holds that order.

pub mod json;

pub mod order;

pub mod text;

pub mod document;

pub mod annotation;

pub mod edit;

pub mod journal;

pub mod format;

pub mod table;

pub mod agreement;

pub mod corpus;

pub mod statistics;

pub mod paint;

pub mod session;

#[cfg(target_arch = "wasm32")]
// The first module has points only in the build for tests, which has all modules of the page in one.
#[allow(dead_code)]
mod panics;

#[cfg(all(
    target_arch = "wasm32",
    any(
        feature = "test-panics",
        not(any(feature = "pages", feature = "formats"))
    )
))]
// What one of the two modules has no use for, the other one uses.
#[cfg_attr(feature = "corpus", allow(dead_code))]
pub mod web;

#[cfg(all(
    target_arch = "wasm32",
    any(feature = "test-panics", feature = "pages")
))]
pub mod pages;

#[cfg(all(
    target_arch = "wasm32",
    any(feature = "test-panics", feature = "formats")
))]
pub mod formats;
