//! The readers and writers of all formats, by the formats' ids.

use super::exchange::{Options, Reader, Writer};
use super::{hf_jsonl, native};

/// What writes a dataset in the format of that id.
pub fn writer(id: &str, options: &Options) -> Option<Box<dyn Writer>> {
    Some(match id {
        "json" => Box::new(native::exchange::NativeWriter::new(options)),
        "hf-jsonl" => Box::new(hf_jsonl::HfWriter::new(options)),
        _ => return None,
    })
}

/// What reads a dataset in the format of that id.
pub fn reader(id: &str, options: &Options) -> Option<Box<dyn Reader>> {
    Some(match id {
        "json" => Box::new(native::exchange::NativeReader),
        "hf-jsonl" => Box::new(hf_jsonl::HfReader::new(options)),
        _ => return None,
    })
}
