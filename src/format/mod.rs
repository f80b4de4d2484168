//! Files: a module per format, reading and writing side by side, and taking what was read into a
//! state.
//!
//! [`exchange`] has what the formats have in common, [`registry`](FORMATS) lists them, [`codecs`] finds
//! their readers and writers. Only our own JSON is used by the first module of the page; all else is
//! in one that is loaded for the first export or import of another format.

mod anchor;
mod ascii;
mod attributes;
pub mod brat;
pub mod codecs;
pub mod conll;
pub mod csv;
pub mod detect;
pub mod docbin;
pub mod doccano;
pub mod exchange;
pub mod gate_bdoc;
pub mod hf_jsonl;
pub mod import;
pub mod label_studio;
mod losses;
mod mend;
pub mod native;
pub mod package;
pub mod prodigy;
pub mod pubannotation;
mod ranks;
mod registry;
pub mod spacy_json;
mod time;
pub mod tokens;
pub mod uima;
pub mod w3c;
mod whole;
pub mod xml;
pub mod zip;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use detect::detect;
pub use registry::{FORMATS, FileSet, Format, format};
pub use time::is_utc_time;
