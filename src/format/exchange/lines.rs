//! Lines of a file of any length, one at a time; and small files as a whole.

use super::{At, Finding, Input, ROW, Receive, Records, Refusal, Why, is_row};
use crate::format::mend::mend;
use crate::format::whole::read_json;
use crate::json::{Fields, Read};
use serde_json::Value;
use std::io::{BufRead, Read as _};

/// The longest line and the largest file read as a whole, in bytes.
pub const LONGEST_LINE: usize = 200_000_000;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its bytes without the line feed; `None` if there are more than [`LONGEST_LINE`].
    pub content: Option<Vec<u8>>,
    /// Whether a line feed ends it.
    pub ended: bool,
}

/// The lines of a file, which end with a line feed alone. A byte order mark at the start is left out.
pub struct Lines<'a> {
    input: &'a mut dyn BufRead,
    number: usize,
    longest: usize,
}

impl<'a> Lines<'a> {
    /// The lines of `input`.
    pub fn of(input: &'a mut dyn BufRead) -> Lines<'a> {
        Lines {
            input,
            number: 0,
            longest: LONGEST_LINE,
        }
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// The input can't be read.
    pub fn read(&mut self) -> std::io::Result<Option<Line>> {
        let mut content = Vec::new();
        let mut too_long = false;
        let mut any = false;
        let mut ended = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = buffer
                .get(..end.unwrap_or(buffer.len()))
                .unwrap_or_default();
            too_long |= content.len() + part.len() > self.longest;
            if too_long {
                content = Vec::new();
            } else {
                content.extend_from_slice(part);
            }
            let read = part.len() + usize::from(end.is_some());
            self.input.consume(read);
            ended = end.is_some();
            if ended {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if self.number == 1 && content.starts_with(b"\xef\xbb\xbf") {
            content.drain(..3);
        }
        Ok(Some(Line {
            number: self.number,
            content: (!too_long).then_some(content),
            ended,
        }))
    }
}

/// Reads a file that has a JSON object on each line, and hands each to `each` with its place.
///
/// A line that can't be read is left out and told; so is one of which `each` says why it can't be
/// used. A file that breaks off in its last line is refused, and so is one without a line that can
/// be used. A file that is one JSON array of objects, or one object over several lines, is read as a whole.
pub fn read_json_lines(
    input: Input<'_>,
    into: &mut dyn Receive,
    mut each: impl FnMut(Fields, At, &mut dyn Receive) -> Result<Result<(), String>, Why>,
) -> Result<(), Refusal> {
    let Input { name, content, .. } = input;
    let mut records = Records::of(name);
    let mut empty = true;
    if is_whole(content).map_err(|error| Why::Unreadable(error.to_string()).at(name, At::File))? {
        empty = false;
        let objects = match read_json(content, name, into)? {
            Value::Array(objects) => objects,
            object => vec![object],
        };
        for (number, value) in (1..).zip(objects) {
            let at = At::Record(number);
            let outcome = match Fields::read(value) {
                Some(fields) if is_row(&fields) => Err(ROW.to_owned()),
                Some(fields) => each(fields, at, into).map_err(|why| why.at(name, at))?,
                None => Err(no_object().to_string()),
            };
            records.count(at, outcome, into);
        }
    }
    let mut lines = Lines::of(content);
    loop {
        let line = lines
            .read()
            .map_err(|error| Why::Unreadable(error.to_string()).at(name, At::File))?;
        let Some(line) = line else { break };
        let at = At::Line(line.number);
        if line
            .content
            .as_ref()
            .is_some_and(|c| c.trim_ascii().is_empty())
        {
            continue;
        }
        empty = false;
        let (object, surrogates) = match object_of(&line) {
            Err(Why::Truncated) if !line.ended => return Err(Why::Truncated.at(name, at)),
            Err(why) => (Err(why.to_string()), 0),
            Ok((fields, surrogates)) => (Ok(fields), surrogates),
        };
        if surrogates > 0 {
            into.find(Finding {
                file: name.to_owned(),
                at,
                id: None,
                left_out: false,
                why: format!("Halves of surrogate pairs became U+FFFD, the replacement character: {surrogates}."),
            });
        }
        let outcome = match object {
            Ok(fields) if is_row(&fields) => Err(ROW.to_owned()),
            Ok(fields) => each(fields, at, into).map_err(|why| why.at(name, at))?,
            Err(why) => Err(why),
        };
        records.count(at, outcome, into);
    }
    match empty {
        true => Err(Why::Empty.at(name, At::File)),
        false => records.end(),
    }
}

/// The JSON object on a line, and how many lone surrogates were replaced in it.
fn object_of(line: &Line) -> Result<(Fields, usize), Why> {
    let Some(bytes) = &line.content else {
        return Err(Why::TooLarge(LONGEST_LINE));
    };
    let text = std::str::from_utf8(bytes).map_err(|_| Why::NotUtf8)?;
    let mended = mend(text);
    let value: Value = serde_json::from_str(&mended.json).map_err(|error| Why::of_json(&error))?;
    let fields = Fields::read(value).ok_or_else(no_object)?;
    Ok((fields, mended.surrogates))
}

fn no_object() -> Why {
    Why::Malformed("it is no JSON object".into())
}

/// Whether a file begins as one array, or as an object that is laid out over several lines.
fn is_whole(content: &mut dyn BufRead) -> std::io::Result<bool> {
    let beginning = content.fill_buf()?;
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    Ok(match beginning.trim_ascii_start().split_first() {
        Some((b'[', _)) => true,
        Some((b'{', rest)) => {
            let line = rest.split(|byte| *byte == b'\n').next();
            line.is_some_and(|line| line.len() < rest.len() && line.trim_ascii().is_empty())
        }
        _ => false,
    })
}

/// Reads a file as a whole, as text in UTF-8, with a byte order mark if it has one; or in UTF-16, if that mark says
/// so, in which spreadsheets save what they call Unicode text.
pub fn read_text(content: &mut dyn BufRead, name: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    content
        .take(LONGEST_LINE as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Why::Unreadable(error.to_string()).at(name, At::File))?;
    if bytes.len() > LONGEST_LINE {
        return Err(Why::TooLarge(LONGEST_LINE).at(name, At::File));
    }
    let utf16 = |to_unit: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let whole = units.remainder().is_empty();
        let units = units.filter_map(|pair| pair.try_into().ok()).map(to_unit);
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .ok()
            .filter(|_| whole)
    };
    let text = match bytes.get(..2) {
        Some(b"\xff\xfe") => utf16(u16::from_le_bytes),
        Some(b"\xfe\xff") => utf16(u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| Why::NotUtf8.at(name, At::File))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &[u8], longest: usize) -> Vec<(usize, Option<String>, bool)> {
        let mut content = content;
        let mut lines = Lines::of(&mut content);
        lines.longest = longest;
        let mut all = Vec::new();
        while let Some(line) = lines.read().unwrap() {
            let text = line.content.map(|c| String::from_utf8(c).unwrap());
            all.push((line.number, text, line.ended));
        }
        all
    }

    #[test]
    fn lines_end_with_a_line_feed_alone() {
        let read = lines("\u{feff}a\r\n\n\u{2028}b".as_bytes(), 100);
        let expected = [
            (1, Some("a\r".to_owned()), true),
            (2, Some(String::new()), true),
            (3, Some("\u{2028}b".to_owned()), false),
        ];
        assert_eq!(read, expected);
        assert_eq!(lines(b"", 100), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let read = lines(b"aaaa\nbb\n", 3);
        assert_eq!(read, [(1, None, true), (2, Some("bb".to_owned()), true)]);
    }
}
