//! Storage in a real browser: what is kept, what is said when it cannot be, what is left alone.
#![allow(clippy::unwrap_used)]

mod failing;
mod keeping;
mod space;
mod tabs;
