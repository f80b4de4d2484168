//! brat's standoff: a text, and beside it a file with a line for each annotation. Offsets are code
//! points.
//!
//! brat reads line by line, so the words that it quotes must not hold a line break: a span is written
//! as one fragment for each line, and on the way back fragments that line breaks alone part are joined.

mod fragments;
mod line;
mod read;
mod write;

pub use read::BratReader;
pub use write::BratWriter;

/// What the configuration is called.
const CONFIGURATION: &str = "annotation.conf";

#[cfg(test)]
mod tests;
