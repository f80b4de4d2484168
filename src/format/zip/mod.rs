//! Zip archives: several files as one download, and archives that people hand in.
//!
//! The same files give the same bytes: no times, and one compressor. What is read is bounded, so that
//! no archive fills the memory, however small it is.

mod read;
mod write;

pub use read::{Limits, ZipError, unzip};
pub use write::{Archive, Packed, Packing, zip};

/// Begins each file's data.
const LOCAL: u32 = 0x0403_4b50;
/// Begins each file's entry in the directory.
const CENTRAL: u32 = 0x0201_4b50;
/// Begins the end of the directory.
const END: u32 = 0x0605_4b50;
/// Stored as it is.
const STORED: u16 = 0;
/// Compressed by deflate.
const DEFLATED: u16 = 8;
/// The name is in UTF-8.
const UTF8: u16 = 1 << 11;

#[cfg(test)]
mod tests;
