//! spaCy's binary training files (DocBin, `.spacy`): zlib around MessagePack. `spacy train` reads them
//! without a script. Offsets are code points, and tokens.
//!
//! The spans are in the group `sc`, where spancat looks for them and where they may overlap. Entities
//! (`doc.ents`) can't, so of them the longest are there.

mod pack;
mod read;
mod strings;
mod unpack;
mod write;

pub use read::DocBinReader;
pub use write::DocBinWriter;

/// The group of spans that spaCy's components read by default.
const GROUP: &str = "sc";

/// The numbers of the attributes of a token.
mod attribute {
    /// Its characters.
    pub const ORTH: u64 = 65;
    /// Whether it begins an entity (3), goes on with one (1), or is in none (2).
    pub const ENT_IOB: u64 = 77;
    /// The label of its entity.
    pub const ENT_TYPE: u64 = 78;
}

#[cfg(test)]
mod tests;
