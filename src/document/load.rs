//! Why a file can't become a document, and the checks made before it is decoded.

use std::fmt;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 25_000_000;
/// The largest dataset that is read as a whole, in bytes: it is in the memory several times.
pub const MAX_DATASET_BYTES: usize = 100_000_000;

/// Why a file can't become a document. Its `Display` is what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// There is nothing in it.
    Empty,
    /// It has more bytes than may be read.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// How many there may be: [`MAX_BYTES`], or [`MAX_DATASET_BYTES`].
        most: usize,
    },
    /// It isn't text.
    Binary(Binary),
    /// It is a page on which a reader would see no text.
    NoText,
}

/// What a file that isn't text was recognised as, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// PDF.
    Pdf,
    /// A document of Word, Excel, PowerPoint, LibreOffice or an EPUB book.
    Office,
    /// Another ZIP archive.
    Zip,
    /// gzip.
    Gzip,
    /// PNG, JPEG, GIF or WebP.
    Image,
    /// Something else: much of its beginning is NUL bytes.
    Other,
}

impl LoadError {
    /// Of an article with so many bytes.
    pub fn too_large(bytes: usize) -> LoadError {
        let most = MAX_BYTES;
        LoadError::TooLarge { bytes, most }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Empty => {
                f.write_str("The file is empty. Choose a file that has text in it.")
            }
            LoadError::TooLarge { bytes, most } => write!(
                f,
                "The file has {} MB, and at most {} MB can be opened. Split it into smaller files.",
                bytes.div_ceil(1_000_000),
                most / 1_000_000
            ),
            LoadError::Binary(binary) => write!(f, "{binary}"),
            LoadError::NoText => f.write_str(
                "The page has no text that a reader would see; perhaps a script puts it there. \
                 Open the page in a browser, select its text and paste it here.",
            ),
        }
    }
}

impl fmt::Display for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Binary::Pdf => {
                "This is a PDF file, not text. \
                 Copy its text and paste it here, or save it as plain text."
            }
            Binary::Office => {
                "This is a word processor's file, not text. \
                 Save it as HTML or plain text and open that."
            }
            Binary::Zip => "This is a ZIP archive, not text. Unpack it and open the files in it.",
            Binary::Gzip => "This file is compressed by gzip. Unpack it and open what was in it.",
            Binary::Image => {
                "This is an image, not text. Open a file of HTML, Markdown or plain text."
            }
            Binary::Other => {
                "The file is not text: it is full of bytes that no text has. \
                 If it is text in UTF-16, save it as UTF-8 and open that."
            }
        })
    }
}

impl std::error::Error for LoadError {}

/// Whether a file may be decoded as text: it isn't empty, not larger than [`MAX_BYTES`], and not
/// of a kind known to be binary, whatever its name says.
pub fn check(bytes: &[u8]) -> Result<(), LoadError> {
    check_up_to(bytes, MAX_BYTES)
}

/// The same for a file that may have so many bytes.
pub fn check_up_to(bytes: &[u8], most: usize) -> Result<(), LoadError> {
    if bytes.is_empty() {
        return Err(LoadError::Empty);
    }
    if bytes.len() > most {
        return Err(LoadError::TooLarge {
            bytes: bytes.len(),
            most,
        });
    }
    binary(bytes).map_or(Ok(()), |binary| Err(LoadError::Binary(binary)))
}

/// Signatures from the [MIME Sniffing Standard](https://mimesniff.spec.whatwg.org/), and that of
/// the Compound File Binary Format, in which Office files were kept before 2007.
fn binary(bytes: &[u8]) -> Option<Binary> {
    const SIGNATURES: &[(&[u8], Binary)] = &[
        (b"%PDF-", Binary::Pdf),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Binary::Office),
        (b"PK\x05\x06", Binary::Zip),
        (b"\x1F\x8B\x08", Binary::Gzip),
        (b"\x89PNG\r\n\x1A\n", Binary::Image),
        (b"\xFF\xD8\xFF", Binary::Image),
        (b"GIF87a", Binary::Image),
        (b"GIF89a", Binary::Image),
    ];
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(archive(bytes));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Binary::Image);
    }
    SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature))
        .map(|(_, binary)| *binary)
        .or_else(|| full_of_controls(bytes).then_some(Binary::Other))
}

fn archive(bytes: &[u8]) -> Binary {
    const INSIDE: &[&[u8]] = &[
        b"[Content_Types].xml",
        b"mimetypeapplication/vnd.oasis.opendocument",
        b"mimetypeapplication/epub+zip",
    ];
    let head = bytes.get(..4096).unwrap_or(bytes);
    let has = |needle: &&[u8]| head.windows(needle.len()).any(|window| window == *needle);
    if INSIDE.iter().any(has) {
        Binary::Office
    } else {
        Binary::Zip
    }
}

/// Whether the beginning holds more NULs or other control characters than may stray into a text.
/// UTF-16 with a byte order mark is text, of which half may be NULs.
fn full_of_controls(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return false;
    }
    let head = bytes.get(..8192).unwrap_or(bytes);
    let nuls = head.iter().filter(|byte| **byte == 0).count();
    if nuls >= 16 && nuls * 10 > head.len() {
        return true;
    }
    // What is compressed or compiled has every byte equally often, so one in nine is a control
    // character that no text has, and it is not UTF-8.
    let stray = |byte: &&u8| matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127);
    let controls = head.iter().filter(stray).count();
    controls >= 16 && controls * 50 > head.len() && std::str::from_utf8(bytes).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8], message: &str) {
        match check(bytes) {
            Ok(()) => panic!("accepted"),
            Err(error) => assert_eq!(error.to_string(), message),
        }
    }

    #[test]
    fn compressed_or_compiled_bytes_are_no_text_even_without_nuls() {
        // A linear congruential generator gives every byte equally often, as compression does.
        let mut x = 1u32;
        let mut next = || {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (x >> 24) as u8 | 1
        };
        let bytes: Vec<u8> = (0..20_000).map(|_| next()).collect();
        assert_eq!(check(&bytes), Err(LoadError::Binary(Binary::Other)));
        // A text in an old encoding with a stray control character or two is one.
        let mut text = b"caf\xe9 ".repeat(400);
        text.extend([1, 2, 3]);
        assert_eq!(check(&text), Ok(()));
    }

    #[test]
    fn an_empty_file_is_refused() {
        refused(b"", "The file is empty. Choose a file that has text in it.");
    }

    #[test]
    fn a_file_beyond_25_mb_is_refused_with_its_size() {
        assert_eq!(check(&vec![b'a'; MAX_BYTES]), Ok(()));
        refused(
            &vec![b'a'; MAX_BYTES + 1],
            "The file has 26 MB, and at most 25 MB can be opened. Split it into smaller files.",
        );
    }

    #[test]
    fn a_binary_file_is_refused_and_told_what_it_is() {
        refused(
            b"%PDF-1.7\n",
            "This is a PDF file, not text. Copy its text and paste it here, or save it as plain text.",
        );
        refused(
            b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml",
            "This is a word processor's file, not text. Save it as HTML or plain text and open that.",
        );
        refused(
            b"PK\x03\x04\x14\0\0\0\0\0notes.txt",
            "This is a ZIP archive, not text. Unpack it and open the files in it.",
        );
        refused(
            b"\x1F\x8B\x08\0",
            "This file is compressed by gzip. Unpack it and open what was in it.",
        );
        refused(
            &[1, 0, 2, 0].repeat(100),
            "The file is not text: it is full of bytes that no text has. If it is text in UTF-16, save it as UTF-8 and open that.",
        );
        for image in [
            b"\x89PNG\r\n\x1A\n".as_slice(),
            b"\xFF\xD8\xFF\xE0",
            b"GIF89a",
            b"RIFF\x10\0\0\0WEBP",
        ] {
            refused(
                image,
                "This is an image, not text. Open a file of HTML, Markdown or plain text.",
            );
        }
    }

    #[test]
    fn nuls_alone_do_not_make_a_text_binary() {
        let utf16: Vec<u8> = "\u{feff}plain text, at length"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(check(&utf16), Ok(()));
        assert_eq!(check(b"a\0b\0\0c"), Ok(()));
    }

    #[test]
    fn a_page_without_text_says_what_to_do() {
        assert_eq!(
            LoadError::NoText.to_string(),
            "The page has no text that a reader would see; perhaps a script puts it there. \
             Open the page in a browser, select its text and paste it here."
        );
    }
}
