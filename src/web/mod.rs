//! The one part that knows a browser.

mod argument;
#[cfg(not(feature = "corpus"))]
mod article;
mod contract;
#[cfg(not(feature = "corpus"))]
mod controller;
#[cfg(any(feature = "corpus", feature = "test-panics"))]
mod corpus;
#[cfg(not(feature = "corpus"))]
mod datasets;
mod dom;
#[cfg(not(feature = "corpus"))]
mod element;
mod fault;
#[cfg(not(feature = "corpus"))]
mod findings;
#[cfg(not(feature = "corpus"))]
mod js;
#[cfg(not(feature = "corpus"))]
mod keeping;
#[cfg(not(feature = "corpus"))]
mod keyboard;
mod load;
mod page;
#[cfg(not(feature = "corpus"))]
mod panels;
#[cfg(not(feature = "corpus"))]
mod pointer;
#[cfg(not(feature = "corpus"))]
mod sheet;
pub mod storage;
mod texts;
mod versions;
#[cfg(not(feature = "corpus"))]
mod view;
mod world;

#[cfg(not(feature = "corpus"))]
pub use element::Handle;
pub use fault::on_panic;
pub use page::read_pages_with;
