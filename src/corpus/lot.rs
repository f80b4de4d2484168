//! Drawing lots without randomness.

use crate::document::sha256_hex;

/// A number from 0 to 2⁶⁴ − 1 for a name, evenly spread and always the same for the same seed: the
/// first 16 hexadecimal digits of the SHA-256 of the seed, a line feed and the name.
pub fn lot(seed: &str, name: &str) -> u64 {
    let digest = sha256_hex(&format!("{seed}\n{name}"));
    let digits = digest.get(..16).unwrap_or_default();
    u64::from_str_radix(digits, 16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_is_for_ever() {
        // printf '1\na' | sha256sum
        assert_eq!(lot("1", "a"), LOT);
        assert_ne!(lot("1", "a"), lot("2", "a"));
        assert_ne!(lot("1", "a"), lot("1", "b"));
    }

    const LOT: u64 = 0x87a4_add6_7054_4dbb;
}
