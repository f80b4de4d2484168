//! The check sum of a stored line.

/// What a half byte does to the sum.
const STEPS: [u32; 16] = steps();

const fn steps() -> [u32; 16] {
    // The polynomial of IEEE 802.3, reversed.
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let mut steps = [0; 16];
    let mut index = 0;
    while index < steps.len() {
        let mut step = index as u32;
        let mut bit = 0;
        while bit < 4 {
            step = (step >> 1) ^ (POLYNOMIAL * (step & 1));
            bit += 1;
        }
        steps[index] = step;
        index += 1;
    }
    steps
}

/// The CRC-32 of `bytes`, as in gzip and PNG.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = Crc32::default();
    sum.add(bytes);
    sum.sum()
}

/// The CRC-32 of what comes in pieces. Quicker ones have tables of 16 KB, which no compression makes
/// smaller and every page would have to download.
pub struct Crc32(u32);

impl Default for Crc32 {
    fn default() -> Crc32 {
        Crc32(!0)
    }
}

impl Crc32 {
    /// Takes the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        let step = |sum: u32| (sum >> 4) ^ STEPS[(sum & 15) as usize];
        self.0 = bytes
            .iter()
            .fold(self.0, |sum, byte| step(step(sum ^ u32::from(*byte))));
    }

    /// Of all pieces so far.
    pub fn sum(&self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::crc32;
    use proptest::prelude::*;

    #[test]
    fn the_sum_of_nine_digits_is_the_one_that_everybody_publishes() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    proptest! {
        #[test]
        fn any_bytes_have_the_sum_of_another_implementation(bytes: Vec<u8>) {
            prop_assert_eq!(crc32(&bytes), crc32fast::hash(&bytes));
        }
    }
}
