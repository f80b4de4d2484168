//! MessagePack, as far as a DocBin needs it. Specification:
//! <https://github.com/msgpack/msgpack/blob/master/spec.md>.

/// Values of MessagePack one after the other.
#[derive(Clone, Debug, Default)]
pub struct Packer {
    /// What was written.
    pub out: Vec<u8>,
}

impl Packer {
    /// The start of a map with so many entries, each a key and a value.
    pub fn map(&mut self, entries: usize) {
        self.sized(&[(0xDE, 2), (0xDF, 4)], (0x80, 16), entries);
    }

    /// The start of a list with so many items.
    pub fn list(&mut self, items: usize) {
        self.sized(&[(0xDC, 2), (0xDD, 4)], (0x90, 16), items);
    }

    /// A text.
    pub fn string(&mut self, text: &str) {
        self.sized(&[(0xD9, 1), (0xDA, 2), (0xDB, 4)], (0xA0, 32), text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.start_bytes(bytes.len());
        self.out.extend_from_slice(bytes);
    }

    /// The start of so many bytes, which the caller appends.
    pub fn start_bytes(&mut self, length: usize) {
        self.sized(&[(0xC4, 1), (0xC5, 2), (0xC6, 4)], (0, 0), length);
    }

    /// A number.
    pub fn number(&mut self, number: u64) {
        match u8::try_from(number) {
            Ok(small @ 0..=0x7F) => self.out.push(small),
            _ => {
                self.out.push(0xCF);
                self.out.extend_from_slice(&number.to_be_bytes());
            }
        }
    }

    /// `false`.
    pub fn no(&mut self) {
        self.out.push(0xC2);
    }

    /// A head with a size: within one byte, if it is below the limit of `small`, otherwise by the
    /// first of `forms` (a byte, and how many bytes the size takes) that has room for it.
    fn sized(&mut self, forms: &[(u8, u32)], small: (u8, usize), size: usize) {
        if size < small.1 {
            self.out.push(small.0 | size as u8);
            return;
        }
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        let form = forms
            .iter()
            .find(|(_, bytes)| u64::from(size) < 1 << (8 * bytes));
        if let Some((head, bytes)) = form {
            self.out.push(*head);
            let digits = size.to_be_bytes();
            let unused = digits.len() - *bytes as usize;
            self.out
                .extend_from_slice(digits.get(unused..).unwrap_or_default());
        }
    }
}
