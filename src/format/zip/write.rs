//! Writing an archive.

use super::{CENTRAL, DEFLATED, END, LOCAL, STORED, UTF8};
use crate::journal::crc::Crc32;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};

/// The version of the format that is needed to read it: 2.0, for deflate.
const VERSION: u16 = 20;
/// 1 January 1980, the first day that an archive can name.
const DAY: u16 = 0x21;
/// How hard the compressor tries, of 10.
const LEVEL: i32 = 6;
/// What comes out of the compressor at once, in bytes.
const ROOM: usize = 1 << 15;

/// An archive of these files, by their names; `None` if it would be larger than the format allows
/// without its extensions: 4 GB or 65,535 files.
pub fn zip(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut archive = Archive::default();
    let mut bytes = Vec::new();
    for (name, content) in files {
        let mut packing = Packing::default();
        let mut packed = packing.push(content);
        let (rest, packed_file) = packing.end();
        packed.extend(rest);
        bytes.extend(archive.add(name, &packed_file)?);
        bytes.extend_from_slice(match packed_file.is_smaller() {
            true => &packed,
            false => content,
        });
    }
    bytes.extend(archive.end()?);
    Some(bytes)
}

/// A file's content on its way through the compressor, piece by piece.
pub struct Packing {
    compressor: Box<CompressorOxide>,
    sum: Crc32,
    packed: u64,
    length: u64,
}

/// What an archive has to say of a file.
pub struct Packed {
    sum: u32,
    packed: u64,
    length: u64,
}

impl Default for Packing {
    /// Of a file that is empty yet.
    fn default() -> Packing {
        let flags = create_comp_flags_from_zip_params(LEVEL, 0, 0);
        Packing {
            compressor: Box::new(CompressorOxide::new(flags)),
            sum: Crc32::default(),
            packed: 0,
            length: 0,
        }
    }
}

impl Packing {
    /// Takes the next piece; the bytes that leave the compressor for it, which may be none.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        self.sum.add(piece);
        self.length += piece.len() as u64;
        self.run(piece, TDEFLFlush::None)
    }

    /// The last bytes, and what there is to say of the file.
    pub fn end(mut self) -> (Vec<u8>, Packed) {
        let rest = self.run(&[], TDEFLFlush::Finish);
        let packed = Packed {
            sum: self.sum.sum(),
            packed: self.packed,
            length: self.length,
        };
        (rest, packed)
    }

    fn run(&mut self, mut piece: &[u8], flush: TDEFLFlush) -> Vec<u8> {
        let mut out = Vec::new();
        loop {
            let begin = out.len();
            out.resize(begin + ROOM, 0);
            let (status, taken, made) =
                compress(&mut self.compressor, piece, &mut out[begin..], flush);
            out.truncate(begin + made);
            piece = &piece[taken..];
            let goes_on = status == TDEFLStatus::Okay
                && (!piece.is_empty() || made == ROOM || flush == TDEFLFlush::Finish);
            if !goes_on {
                self.packed += out.len() as u64;
                return out;
            }
        }
    }
}

impl Packed {
    /// Whether the file has become smaller. Otherwise its content stands in the archive as it is.
    pub fn is_smaller(&self) -> bool {
        self.packed < self.length
    }
}

/// An archive of which nothing is kept but its directory: whoever makes it puts the files' bytes between
/// the parts that this gives.
#[derive(Default)]
pub struct Archive {
    length: u64,
    directory: Vec<u8>,
    count: u16,
}

impl Archive {
    /// What stands before a file's bytes, packed or as they are; `None` beyond what the format allows.
    pub fn add(&mut self, name: &str, file: &Packed) -> Option<Vec<u8>> {
        let offset = u32::try_from(self.length).ok()?;
        let (method, stored) = match file.is_smaller() {
            true => (DEFLATED, file.packed),
            false => (STORED, file.length),
        };
        let mut shared = Vec::new();
        put16(&mut shared, VERSION);
        put16(&mut shared, UTF8);
        put16(&mut shared, method);
        put16(&mut shared, 0);
        put16(&mut shared, DAY);
        put32(&mut shared, file.sum);
        put32(&mut shared, u32::try_from(stored).ok()?);
        put32(&mut shared, u32::try_from(file.length).ok()?);
        put16(&mut shared, u16::try_from(name.len()).ok()?);
        put16(&mut shared, 0);

        let mut before = Vec::new();
        put32(&mut before, LOCAL);
        before.extend_from_slice(&shared);
        before.extend_from_slice(name.as_bytes());

        put32(&mut self.directory, CENTRAL);
        put16(&mut self.directory, VERSION);
        self.directory.extend_from_slice(&shared);
        // No comment, disk 0, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        put32(&mut self.directory, offset);
        self.directory.extend_from_slice(name.as_bytes());
        self.count = self.count.checked_add(1)?;
        self.length += before.len() as u64 + stored;
        Some(before)
    }

    /// What stands behind the last file; `None` beyond what the format allows.
    pub fn end(self) -> Option<Vec<u8>> {
        let begins = u32::try_from(self.length).ok()?;
        let length = u32::try_from(self.directory.len()).ok()?;
        let mut end = self.directory;
        put32(&mut end, END);
        end.extend_from_slice(&[0; 4]);
        put16(&mut end, self.count);
        put16(&mut end, self.count);
        put32(&mut end, length);
        put32(&mut end, begins);
        put16(&mut end, 0);
        Some(end)
    }
}

fn put16(out: &mut Vec<u8>, number: u16) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}
