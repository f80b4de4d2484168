//! What the bundle weighs, raw and as servers send it.

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

/// A table of the scripts, modules and styles at the top of `bundle`, in bytes.
pub fn table(bundle: &Path) -> Result<String, Failure> {
    rows(bundle)
        .map_err(|error| Failure::new(format!("{} can't be read: {error}.", bundle.display())))
}

fn rows(bundle: &Path) -> io::Result<String> {
    let mut table = format!(
        "{:<6}{:>10}{:>10}{:>10}\n",
        "bytes", "raw", "gzip", "brotli"
    );
    let mut total = Sizes::default();
    for (name, extension) in [("JS", "js"), ("WASM", "wasm"), ("CSS", "css")] {
        let sizes = of_kind(bundle, extension)?;
        table.push_str(&row(name, sizes));
        table.push('\n');
        total = total.plus(sizes);
    }
    Ok(table + &row("total", total))
}

fn of_kind(bundle: &Path, extension: &str) -> io::Result<Sizes> {
    let mut sum = Sizes::default();
    for entry in fs::read_dir(bundle)? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new(extension)) {
            sum = sum.plus(measure(&fs::read(path)?)?);
        }
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
    format!("{name:<6}{raw:>10}{gzip:>10}{brotli:>10}")
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
