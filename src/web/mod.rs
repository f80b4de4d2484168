//! The one part that knows a browser.

mod argument;
mod article;
mod contract;
mod controller;
mod corpus;
mod datasets;
mod dom;
mod element;
mod findings;
mod js;
mod keeping;
mod keyboard;
mod load;
mod page;
mod panels;
mod pointer;
mod sheet;
pub mod storage;
mod texts;
mod versions;
mod view;

pub use element::{Handle, on_panic};
pub use page::read_pages_with;
