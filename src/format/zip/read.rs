//! Reading an archive, within bounds.

use super::{CENTRAL, DEFLATED, END, LOCAL, STORED};
use crate::format::native::shown;
use crate::journal::crc::crc32;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use std::fmt;

/// What an archive may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many files.
    pub files: usize,
    /// How many bytes one file may have.
    pub file: usize,
    /// How many bytes all files together may have.
    pub all: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            files: 10_000,
            file: 200_000_000,
            all: 500_000_000,
        }
    }
}

/// Why an archive is refused whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZipError {
    /// It is no archive, or its directory is damaged.
    Damaged,
    /// It uses extensions for more than 4 GB or 65,535 files.
    Zip64,
    /// A file of that name is encrypted.
    Encrypted(String),
    /// A file of that name is compressed by something else than deflate.
    Method(String, u16),
    /// The data of the file of that name are damaged.
    BadFile(String),
    /// It holds more files than allowed.
    TooMany(usize),
    /// The file of that name is larger than allowed, in bytes.
    FileTooLarge(String, usize),
    /// All files together are larger than allowed, in bytes.
    TooLarge(usize),
}

impl fmt::Display for ZipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ZipError::Damaged => {
                f.write_str("This is no zip archive, or it is damaged or not complete.")
            }
            ZipError::Zip64 => f.write_str(
                "The archive is of the kind for more than 4 GB (Zip64), which is not read. Pack fewer files.",
            ),
            ZipError::Encrypted(name) => write!(
                f,
                "The file {} in the archive is encrypted. Pack it without a password.",
                shown(name)
            ),
            ZipError::Method(name, method) => write!(
                f,
                "The file {} in the archive is compressed by method {method}, and only deflate is read. Pack it as an ordinary zip.",
                shown(name)
            ),
            ZipError::BadFile(name) => {
                write!(f, "The file {} in the archive is damaged.", shown(name))
            }
            ZipError::TooMany(limit) => write!(
                f,
                "The archive holds more than {limit} files, which is the most that is read."
            ),
            ZipError::FileTooLarge(name, limit) => write!(
                f,
                "The file {} in the archive has more than {} MB unpacked, which is the most that is read.",
                shown(name),
                limit / 1_000_000
            ),
            ZipError::TooLarge(limit) => write!(
                f,
                "The archive has more than {} MB unpacked, which is the most that is read.",
                limit / 1_000_000
            ),
        }
    }
}

impl std::error::Error for ZipError {}

/// Takes numbers from the start of bytes.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], ZipError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ZipError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn two(&mut self) -> Result<u16, ZipError> {
        match self.bytes(2)? {
            [a, b] => Ok(u16::from_le_bytes([*a, *b])),
            _ => Err(ZipError::Damaged),
        }
    }

    fn four(&mut self) -> Result<u32, ZipError> {
        match self.bytes(4)? {
            [a, b, c, d] => Ok(u32::from_le_bytes([*a, *b, *c, *d])),
            _ => Err(ZipError::Damaged),
        }
    }
}

/// The files of an archive by their names, in its order. Folders are left out, and so is what macOS
/// adds of its own. Names are as the archive has them: they name nothing but what is in it.
pub fn unzip(archive: &[u8], limits: Limits) -> Result<Vec<(String, Vec<u8>)>, ZipError> {
    let (count, mut directory) = directory(archive)?;
    let mut files = Vec::new();
    let mut total = 0;
    for _ in 0..count {
        let entry = Entry::read(&mut directory)?;
        let name = &entry.name;
        if name.ends_with('/') || name.starts_with("__MACOSX/") {
            continue;
        }
        if files.len() == limits.files {
            return Err(ZipError::TooMany(limits.files));
        }
        if entry.flags & 1 == 1 {
            return Err(ZipError::Encrypted(entry.name));
        }
        let data = entry.data(archive)?;
        let stated = entry.size as usize;
        if stated > limits.file {
            return Err(ZipError::FileTooLarge(entry.name, limits.file));
        }
        total += stated;
        if total > limits.all {
            return Err(ZipError::TooLarge(limits.all));
        }
        let content = match entry.method {
            STORED => data.to_vec(),
            // No more is unpacked than the archive says, and it was checked what it says.
            DEFLATED => decompress_to_vec_with_limit(data, stated)
                .map_err(|_| ZipError::BadFile(name.clone()))?,
            method => return Err(ZipError::Method(entry.name, method)),
        };
        if content.len() != stated || crc32(&content) != entry.crc {
            return Err(ZipError::BadFile(entry.name));
        }
        files.push((entry.name, content));
    }
    Ok(files)
}

/// How many entries the directory has, and where it begins: told by the end of the archive, behind
/// which only a comment may stand.
fn directory(archive: &[u8]) -> Result<(u16, Numbers<'_>), ZipError> {
    const LENGTH: usize = 22;
    let last = archive.len().checked_sub(LENGTH).ok_or(ZipError::Damaged)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    for at in (first..=last).rev() {
        let mut end = Numbers(archive.get(at..).unwrap_or_default());
        if end.four()? != END {
            continue;
        }
        end.bytes(6)?;
        let (count, length, begins) = (end.two()?, end.four()?, end.four()?);
        let comment = usize::from(end.two()?);
        if end.0.len() != comment {
            continue;
        }
        if count == u16::MAX || length == u32::MAX || begins == u32::MAX {
            return Err(ZipError::Zip64);
        }
        let from = begins as usize;
        let to = from.checked_add(length as usize).ok_or(ZipError::Damaged)?;
        return Ok((
            count,
            Numbers(archive.get(from..to).ok_or(ZipError::Damaged)?),
        ));
    }
    Err(ZipError::Damaged)
}

/// A file's entry in the directory.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u32,
    size: u32,
    offset: u32,
}

impl Entry {
    fn read(directory: &mut Numbers) -> Result<Entry, ZipError> {
        if directory.four()? != CENTRAL {
            return Err(ZipError::Damaged);
        }
        directory.bytes(4)?;
        let (flags, method) = (directory.two()?, directory.two()?);
        directory.bytes(4)?;
        let (crc, packed, size) = (directory.four()?, directory.four()?, directory.four()?);
        let (name, extra, comment) = (directory.two()?, directory.two()?, directory.two()?);
        directory.bytes(8)?;
        let offset = directory.four()?;
        let name = directory.bytes(usize::from(name))?;
        directory.bytes(usize::from(extra) + usize::from(comment))?;
        if [packed, size, offset].contains(&u32::MAX) {
            return Err(ZipError::Zip64);
        }
        Ok(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            flags,
            method,
            crc,
            packed,
            size,
            offset,
        })
    }

    /// The file's data as they are packed.
    fn data<'a>(&self, archive: &'a [u8]) -> Result<&'a [u8], ZipError> {
        let from = archive.get(self.offset as usize..);
        let mut local = Numbers(from.ok_or(ZipError::Damaged)?);
        if local.four()? != LOCAL {
            return Err(ZipError::Damaged);
        }
        local.bytes(22)?;
        let (name, extra) = (local.two()?, local.two()?);
        local.bytes(usize::from(name) + usize::from(extra))?;
        local.bytes(self.packed as usize)
    }
}
