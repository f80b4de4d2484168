//! Reading MessagePack.

use std::fmt;

/// How deep lists and maps may lie in each other.
const DEEPEST: usize = 32;
/// How many values are read; each takes far more memory than bytes.
const MOST: usize = 8_000_000;

/// A value of MessagePack, borrowed from its bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Nil,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i128),
    /// Bytes of UTF-8.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Values.
    List(Vec<Value<'a>>),
    /// Keys and values.
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// A number with a point, or of a kind that is not of the standard.
    Other,
}

impl<'a> Value<'a> {
    /// The value of that key of a map.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        let Value::Map(entries) = self else {
            return None;
        };
        let mut entries = entries.iter();
        entries
            .find(|(of, _)| *of == Value::Text(key))
            .map(|(_, value)| value)
    }

    /// Its items, if it is a list.
    pub fn list(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Its text.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its number, if that is not negative and small enough.
    pub fn number(&self) -> Option<u64> {
        match self {
            Value::Number(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }
}

/// Why bytes can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpackable {
    /// They end in the middle of a value.
    Truncated,
    /// Values lie too deep in each other.
    TooDeep,
    /// There are too many values.
    TooMany,
    /// A text is not UTF-8, or a value of no known kind.
    Malformed,
}

impl fmt::Display for Unpackable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unpackable::Truncated => "it breaks off",
            Unpackable::TooDeep => "it is nested too deep",
            Unpackable::TooMany => "it has too many values",
            Unpackable::Malformed => "it is not MessagePack",
        })
    }
}

/// Reads the value that `bytes` begin with. Takes no more memory for sizes that they state and don't
/// have.
pub fn unpack(bytes: &[u8]) -> Result<Value<'_>, Unpackable> {
    let mut unpacker = Unpacker {
        rest: bytes,
        left: MOST,
    };
    unpacker.value(DEEPEST)
}

struct Unpacker<'a> {
    rest: &'a [u8],
    /// How many values may still come.
    left: usize,
}

impl<'a> Unpacker<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Unpackable> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(Unpackable::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// A number of so many bytes, the most significant first.
    fn size(&mut self, bytes: usize) -> Result<u64, Unpackable> {
        let digits = self.take(bytes)?.iter();
        Ok(digits.fold(0, |number, digit| number << 8 | u64::from(*digit)))
    }

    fn length(&mut self, bytes: usize) -> Result<usize, Unpackable> {
        usize::try_from(self.size(bytes)?).map_err(|_| Unpackable::Truncated)
    }

    fn text(&mut self, length: usize) -> Result<Value<'a>, Unpackable> {
        let text = std::str::from_utf8(self.take(length)?);
        text.map(Value::Text).map_err(|_| Unpackable::Malformed)
    }

    fn bytes(&mut self, length: usize) -> Result<Value<'a>, Unpackable> {
        self.take(length).map(Value::Bytes)
    }

    /// A number of so many bytes that may be negative.
    fn signed(&mut self, bytes: u32) -> Result<Value<'a>, Unpackable> {
        let unused = 64 - 8 * bytes;
        let number = (self.size(bytes as usize)? << unused) as i64 >> unused;
        Ok(Value::Number(number.into()))
    }

    fn list(&mut self, count: usize, depth: usize) -> Result<Value<'a>, Unpackable> {
        let depth = depth.checked_sub(1).ok_or(Unpackable::TooDeep)?;
        // An item takes a byte at least.
        let mut items = Vec::with_capacity(count.min(self.rest.len()).min(1024));
        for _ in 0..count {
            items.push(self.value(depth)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, count: usize, depth: usize) -> Result<Value<'a>, Unpackable> {
        let depth = depth.checked_sub(1).ok_or(Unpackable::TooDeep)?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push((self.value(depth)?, self.value(depth)?));
        }
        Ok(Value::Map(entries))
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Unpackable> {
        self.left = self.left.checked_sub(1).ok_or(Unpackable::TooMany)?;
        let head = self.take(1)?.first().copied().unwrap_or_default();
        let small = |mask: u8| usize::from(head & mask);
        match head {
            0x00..=0x7F => Ok(Value::Number(head.into())),
            0xE0..=0xFF => Ok(Value::Number((head as i8).into())),
            0x80..=0x8F => self.map(small(0x0F), depth),
            0x90..=0x9F => self.list(small(0x0F), depth),
            0xA0..=0xBF => self.text(small(0x1F)),
            0xC0 => Ok(Value::Nil),
            0xC1 => Err(Unpackable::Malformed),
            0xC2 | 0xC3 => Ok(Value::Bool(head == 0xC3)),
            0xC4..=0xC6 => {
                let length = self.length(1 << (head - 0xC4))?;
                self.bytes(length)
            }
            0xC7..=0xC9 => {
                let length = self.length(1 << (head - 0xC7))?;
                self.take(1)?;
                self.take(length).map(|_| Value::Other)
            }
            0xCA | 0xCB => self.take(4 << (head - 0xCA)).map(|_| Value::Other),
            0xCC..=0xCF => {
                let number = self.size(1 << (head - 0xCC))?;
                Ok(Value::Number(number.into()))
            }
            0xD0..=0xD3 => self.signed(1 << (head - 0xD0)),
            0xD4..=0xD8 => self.take(1 + (1 << (head - 0xD4))).map(|_| Value::Other),
            0xD9..=0xDB => {
                let length = self.length(1 << (head - 0xD9))?;
                self.text(length)
            }
            0xDC | 0xDD => {
                let count = self.length(2 << (head - 0xDC))?;
                self.list(count, depth)
            }
            0xDE | 0xDF => {
                let count = self.length(2 << (head - 0xDE))?;
                self.map(count, depth)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pack::Packer;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_packed_is_read_back() {
        let long = "é".repeat(300);
        let huge = vec![7; 70_000];
        let mut packer = Packer::default();
        packer.map(3);
        packer.string("a");
        packer.list(5);
        for number in [0, 127, 128, 1 << 40, u64::MAX] {
            packer.number(number);
        }
        packer.string(&long);
        packer.bytes(&huge);
        packer.bytes(b"");
        packer.no();
        let numbers = [0, 127, 128, 1 << 40, u64::MAX].map(|n| Value::Number(n.into()));
        assert_eq!(
            unpack(&packer.out),
            Ok(Value::Map(vec![
                (Value::Text("a"), Value::List(numbers.into())),
                (Value::Text(&long), Value::Bytes(&huge)),
                (Value::Bytes(b""), Value::Bool(false)),
            ]))
        );
        for end in 0..packer.out.len().min(700) {
            assert_eq!(unpack(&packer.out[..end]), Err(Unpackable::Truncated));
        }
    }

    #[test]
    fn each_form_of_the_specification_is_known() {
        for (bytes, value) in [
            (&b"\xc0"[..], Value::Nil),
            (b"\xff", Value::Number(-1)),
            (b"\xd0\x80", Value::Number(-128)),
            (b"\xd1\xff\xfe", Value::Number(-2)),
            (b"\xd3\xff\xff\xff\xff\xff\xff\xff\xfd", Value::Number(-3)),
            (b"\xcd\x01\x00", Value::Number(256)),
            (b"\xca\0\0\0\0", Value::Other),
            (b"\xcb\0\0\0\0\0\0\0\0", Value::Other),
            (b"\xd4\0\0", Value::Other),
            (b"\xc7\x01\0\0", Value::Other),
            (b"\xa1x", Value::Text("x")),
            (b"\xda\0\x01x", Value::Text("x")),
            (b"\xdc\0\x01\xc3", Value::List(vec![Value::Bool(true)])),
            (b"\xdf\0\0\0\0", Value::Map(Vec::new())),
        ] {
            assert_eq!(unpack(bytes), Ok(value), "{bytes:?}");
        }
    }

    #[test]
    fn lies_about_sizes_and_depths_are_noticed() {
        assert_eq!(unpack(b"\xdd\xff\xff\xff\xff"), Err(Unpackable::Truncated));
        assert_eq!(unpack(b"\xc6\xff\xff\xff\xff"), Err(Unpackable::Truncated));
        assert_eq!(unpack(&[0x91; 500]), Err(Unpackable::TooDeep));
        let mut many = b"\xdd\xff\xff\xff\xff".to_vec();
        many.resize(MOST + 100, 0xC0);
        assert_eq!(unpack(&many), Err(Unpackable::TooMany));
        assert_eq!(unpack(b"\xa1\xff"), Err(Unpackable::Malformed));
        assert_eq!(unpack(b"\xc1"), Err(Unpackable::Malformed));
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_unpacked(bytes in any::<Vec<u8>>()) {
            let _ = unpack(&bytes);
        }
    }
}
