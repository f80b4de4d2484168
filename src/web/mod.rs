//! The one part that knows a browser.

pub mod storage;
