//! Writing an archive.

use super::{CENTRAL, DEFLATED, END, LOCAL, STORED, UTF8};
use crate::journal::crc::crc32;
use miniz_oxide::deflate::compress_to_vec;

/// The version of the format that is needed to read it: 2.0, for deflate.
const VERSION: u16 = 20;
/// 1 January 1980, the first day that an archive can name.
const DAY: u16 = 0x21;
/// How hard the compressor tries, of 10.
const LEVEL: u8 = 6;

/// An archive of these files, by their names; `None` if it would be larger than the format allows
/// without its extensions: 4 GB or 65,535 files.
pub fn zip(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let offset = u32::try_from(archive.len()).ok()?;
        let compressed = compress_to_vec(content, LEVEL);
        let (method, data) = match compressed.len() < content.len() {
            true => (DEFLATED, compressed.as_slice()),
            false => (STORED, content.as_slice()),
        };
        let mut shared = Vec::new();
        put16(&mut shared, VERSION);
        put16(&mut shared, UTF8);
        put16(&mut shared, method);
        put16(&mut shared, 0);
        put16(&mut shared, DAY);
        put32(&mut shared, crc32(content));
        put32(&mut shared, u32::try_from(data.len()).ok()?);
        put32(&mut shared, u32::try_from(content.len()).ok()?);
        put16(&mut shared, u16::try_from(name.len()).ok()?);
        put16(&mut shared, 0);

        put32(&mut archive, LOCAL);
        archive.extend_from_slice(&shared);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(data);

        put32(&mut directory, CENTRAL);
        put16(&mut directory, VERSION);
        directory.extend_from_slice(&shared);
        // No comment, disk 0, no attributes.
        directory.extend_from_slice(&[0; 10]);
        put32(&mut directory, offset);
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len()).ok()?;
    let begins = u32::try_from(archive.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    archive.append(&mut directory);
    put32(&mut archive, END);
    archive.extend_from_slice(&[0; 4]);
    put16(&mut archive, count);
    put16(&mut archive, count);
    put32(&mut archive, length);
    put32(&mut archive, begins);
    put16(&mut archive, 0);
    Some(archive)
}

fn put16(out: &mut Vec<u8>, number: u16) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}
