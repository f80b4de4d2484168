//! Which format a file is in, by its name and its content.

use rubricate::format::exchange::{
    Entry, Files, Finding, Header, Input, NoFiles, Options, Receive, Stopped,
};
use rubricate::format::{FORMATS, Format, codecs};
use std::io::{self, BufRead, Read};

/// How much of what has no name is looked at, in bytes.
pub const HEAD: usize = 1 << 20;
/// How many documents are tried.
const TRIED: usize = 20;

/// The format of a file among others: of those whose files are called so, the one whose reader makes
/// the most of it.
pub fn by_name(name: &str, files: &dyn Files, options: &Options) -> Option<&'static Format> {
    let longest = |format: &&Format| match name.ends_with(format.extension) {
        true => format.extension.len(),
        false => 0,
    };
    let readable = || FORMATS.iter().filter(|format| format.reads);
    let best = readable().map(|format| longest(&format)).max()?;
    let last = name.rfind('.').and_then(|dot| name.get(dot..));
    let fits = |format: &&Format| match best {
        0 => last.is_some_and(|last| format.extension.ends_with(last)),
        _ => longest(format) == best || last.is_some_and(|last| format.extension.ends_with(last)),
    };
    let candidates: Vec<&'static Format> = readable().filter(fits).collect();
    if let [only] = candidates.as_slice() {
        return Some(only);
    }
    best_of(&candidates, |format, into| {
        let mut content = files.open(name)?;
        try_one(format, name, &mut content, files, options, into)
    })
}

/// The format of something without a name, of which this is the beginning, or all.
pub fn by_content(head: &[u8], all: bool, options: &Options) -> Option<&'static Format> {
    // A line that is cut off tells nothing, unless there is no other.
    let end = head
        .iter()
        .rposition(|byte| *byte == b'\n')
        .filter(|_| !all);
    let head = head.get(..end.unwrap_or(head.len()))?;
    let candidates: Vec<&'static Format> = FORMATS.iter().filter(|format| format.reads).collect();
    best_of(&candidates, |format, into| {
        try_one(format, "-", &mut &*head, &NoFiles, options, into)
    })
}

/// The beginning of what is to be read, and whether that is all.
pub fn head(content: &mut impl Read) -> io::Result<(Vec<u8>, bool)> {
    let mut head = Vec::new();
    content.take(HEAD as u64).read_to_end(&mut head)?;
    let all = head.len() < HEAD;
    Ok((head, all))
}

fn try_one(
    format: &Format,
    name: &str,
    content: &mut dyn BufRead,
    beside: &dyn Files,
    options: &Options,
    into: &mut Trial,
) -> Option<()> {
    let mut reader = codecs::reader(format.id, options)?;
    let input = Input {
        name,
        content,
        beside,
    };
    into.refused = reader.read(input, into).is_err() && into.documents < TRIED;
    Some(())
}

/// The format that makes the most of it: the most annotations, then the fewest things wrong, then the
/// first in the table.
fn best_of(
    candidates: &[&'static Format],
    mut attempt: impl FnMut(&Format, &mut Trial) -> Option<()>,
) -> Option<&'static Format> {
    let mut best: Option<(&'static Format, Trial)> = None;
    for &format in candidates {
        let mut trial = Trial::default();
        if attempt(format, &mut trial).is_none() || trial.refused || trial.documents == 0 {
            continue;
        }
        let rank = |trial: &Trial| (trial.annotations, usize::MAX - trial.wrong);
        if best
            .as_ref()
            .is_none_or(|(_, best)| rank(&trial) > rank(best))
        {
            best = Some((format, trial));
        }
    }
    // Where all refuse, the first will say why.
    best.map(|(format, _)| format)
        .or(candidates.first().copied())
}

/// What a reader makes of the first documents.
#[derive(Default)]
struct Trial {
    documents: usize,
    annotations: usize,
    wrong: usize,
    refused: bool,
}

impl Receive for Trial {
    fn header(&mut self, _: Header) {}

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        self.documents += 1;
        self.annotations += entry.annotations.len();
        match self.documents < TRIED {
            true => Ok(()),
            false => Err(Stopped(String::new())),
        }
    }

    fn find(&mut self, finding: Finding) {
        self.wrong += usize::from(finding.left_out);
    }
}
