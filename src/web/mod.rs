//! The one part that knows a browser.

pub mod dom;
pub mod panels;
