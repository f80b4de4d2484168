//! What an embedding page downloads, compressed as servers send it.

use crate::harness::get;

/// The files that `<script type="module" src="rubricate.js">` brings. The style sheet is inside of
/// the module.
const EMBED: [&str; 7] = [
    "rubricate.js",
    "rubricate_form.js",
    "rubricate_module.js",
    "rubricate_program.js",
    "rubricate_stopped.js",
    "rubricate_wasm.js",
    "rubricate_wasm_bg.wasm",
];

/// Their bytes, each compressed by itself with brotli at its best.
pub fn shipped() -> usize {
    EMBED.iter().map(|path| compressed(path)).sum()
}

fn compressed(path: &str) -> usize {
    let mut response = get(path);
    let content = response
        .body_mut()
        .with_config()
        .limit(100 << 20)
        .read_to_vec()
        .unwrap();
    let mut brotli = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut content.as_slice(), &mut brotli, &best).unwrap();
    brotli.len()
}
