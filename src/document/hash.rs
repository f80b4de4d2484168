//! Names for texts by their content.

use crate::text::Text;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 (FIPS 180-4) of the UTF-8 of `content`, as 64 lower-case hexadecimal digits.
pub fn sha256_hex(content: &str) -> String {
    Sha256::digest(content.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a `String` can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// A document id made from its text: `sha256-` and the first 32 hexadecimal digits (128 bits) of
/// [`sha256_hex`].
pub fn content_id(text: &Text) -> String {
    let mut hex = sha256_hex(text.as_str());
    hex.truncate(32);
    format!("sha256-{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_standards_own_example() {
        assert_eq!(
            sha256_hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn an_id_carries_half_of_the_digest() {
        let text = Text::new("abc".to_owned()).unwrap();
        assert_eq!(content_id(&text), "sha256-ba7816bf8f01cfea414140de5dae2223");
    }
}
