//! Which format a file is in, by its name and its content.

use rubricate::format::detect::detect;
use rubricate::format::exchange::{Files, MemoryFiles, Options};
use rubricate::format::{FORMATS, Format};
use std::io::{self, Read};

/// How much of what has no name is looked at, in bytes.
const HEAD: usize = 1 << 20;

/// The format of a file among others; none if no format's files are called so.
pub fn by_name(name: &str, files: &dyn Files, options: &Options) -> Option<&'static Format> {
    let last = name.rfind('.').and_then(|dot| name.get(dot..))?;
    let called_so = |format: &Format| format.reads && format.extension.ends_with(last);
    match FORMATS.iter().any(called_so) {
        true => detect(name, files, options),
        false => None,
    }
}

/// The format of something without a name, of which this is the beginning, or all.
pub fn by_content(head: &[u8], all: bool, options: &Options) -> Option<&'static Format> {
    // A line that is cut off tells nothing, unless there is no other.
    let end = head
        .iter()
        .rposition(|byte| *byte == b'\n')
        .filter(|_| !all);
    let head = head.get(..end.unwrap_or(head.len()))?.to_vec();
    let name = "content";
    let files = MemoryFiles {
        files: vec![(name.to_owned(), head)],
    };
    detect(name, &files, options)
}

/// The beginning of what is to be read, and whether that is all.
pub fn head(content: &mut impl Read) -> io::Result<(Vec<u8>, bool)> {
    let mut head = Vec::new();
    content.take(HEAD as u64).read_to_end(&mut head)?;
    let all = head.len() < HEAD;
    Ok((head, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_off_counts_for_nothing() {
        let lines = "{\"text\":\"ab\",\"label\":[[0,1,\"x\"]]}\n{\"text\":\"a";
        let format = by_content(lines.as_bytes(), false, &Options::default());
        assert_eq!(format.map(|format| format.id), Some("doccano"));
    }

    #[test]
    fn a_name_that_no_format_has_says_nothing() {
        let files = MemoryFiles {
            files: vec![("notes.xyz".to_owned(), b"what is this".to_vec())],
        };
        assert_eq!(by_name("notes.xyz", &files, &Options::default()), None);
    }
}
