//! What the bundle weighs, raw and as servers send it, by when it is loaded.

use super::failure::Failure;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Bytes of one kind of file: each file compressed by itself, as a server would.
#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What is loaded together: the name of its row, and how the names of its files begin.
const PARTS: [(&str, &[&str]); 5] = [
    (
        "element",
        &[
            "rubricate.js",
            "rubricate_form.js",
            "rubricate_module.js",
            "rubricate_program.js",
            "rubricate_stopped.js",
            "rubricate_wasm",
        ],
    ),
    ("web pages", &["rubricate_pages"]),
    (
        "formats",
        &[
            "formats.js",
            "annotators.js",
            "exporting.js",
            "rubricate_formats",
        ],
    ),
    ("corpus", &["corpus.js", "rubricate_corpus"]),
    ("this page", &["page"]),
];

/// A table of what is loaded for an element, for reading web pages, for other formats, for
/// many documents, and for the page of our own, in bytes. The element's styles are within its module.
pub fn table(bundle: &Path) -> Result<String, Failure> {
    rows(bundle)
        .map_err(|error| Failure::new(format!("{} can't be read: {error}.", bundle.display())))
}

fn rows(bundle: &Path) -> io::Result<String> {
    let mut table = format!(
        "{:<10}{:>10}{:>10}{:>10}\n",
        "bytes", "raw", "gzip", "brotli"
    );
    for (name, beginnings) in PARTS {
        table.push_str(&row(name, of_part(bundle, beginnings)?));
        table.push('\n');
    }
    Ok(table.trim_end().to_owned())
}

/// The sum over the files of `directory`, and of the directories in it, that begin so.
fn of_part(directory: &Path, beginnings: &[&str]) -> io::Result<Sizes> {
    let mut sum = Sizes::default();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if !beginnings
            .iter()
            .any(|beginning| name.starts_with(beginning))
        {
            continue;
        }
        sum = sum.plus(match path.is_dir() {
            true => of_part(&path, &[""])?,
            false => measure(&fs::read(path)?)?,
        });
    }
    Ok(sum)
}

fn measure(content: &[u8]) -> io::Result<Sizes> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content)?;
    let mut brotli = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut brotli, &best)?;
    Ok(Sizes {
        raw: content.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli.len(),
    })
}

fn row(name: &str, sizes: Sizes) -> String {
    let Sizes { raw, gzip, brotli } = sizes;
    format!("{name:<10}{raw:>10}{gzip:>10}{brotli:>10}")
}

impl Sizes {
    fn plus(self, other: Sizes) -> Sizes {
        Sizes {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}
