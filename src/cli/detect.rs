//! Which format a file is in, by its name and its content.

use rubricate::format::exchange::{
    Entry, Files, Finding, Header, Input, NoFiles, Options, Receive, Stopped,
};
use rubricate::format::{FORMATS, Format, codecs, format};
use std::io::{self, BufRead, Read};

/// How much of what has no name is looked at, in bytes.
pub const HEAD: usize = 1 << 20;
/// How much tells whether it is our JSON, in bytes.
const BEGINNING: u64 = 1000;
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
    let mut beginning = Vec::new();
    let content = files.open(name)?;
    content.take(BEGINNING).read_to_end(&mut beginning).ok()?;
    if let Some(ours) = ours(&beginning).filter(|ours| candidates.contains(ours)) {
        return Some(ours);
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
    if let Some(ours) = ours(head) {
        return Some(ours);
    }
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

/// Our JSON, if the beginning says which format it is in: then no other is tried, since some would take
/// the texts and leave the annotations.
fn ours(beginning: &[u8]) -> Option<&'static Format> {
    let beginning = String::from_utf8_lossy(beginning);
    let beginning = beginning.trim_start_matches('\u{feff}').trim_start();
    let field = beginning
        .strip_prefix('{')?
        .trim_start()
        .strip_prefix("\"format\"")?;
    field
        .trim_start()
        .starts_with(':')
        .then(|| format("json"))?
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

/// The format that makes the most of it: the most annotations, usable or not, then the most that are
/// usable, then the first in the table.
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
        // What is wrong with a record is known to the one alone who looks for it.
        let rank = |trial: &Trial| (trial.annotations + trial.wrong, trial.annotations);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(content: &str) -> Option<&'static str> {
        by_content(content.as_bytes(), true, &Options::default()).map(|format| format.id)
    }

    #[test]
    fn the_content_tells_the_format() {
        for (content, id) in [
            (r#"{"format":"span-annotations","version":"1.0.0"}"#, "json"),
            (r#" { "format" : "annotations","text":"a"}"#, "json"),
            (
                r#"{"text":"ab","spans":[{"start":0,"end":1,"label":"x","text":"a"}]}"#,
                "hf-jsonl",
            ),
            (r#"{"text":"ab","label":[[0,99,"x"],[0,1]]}"#, "doccano"),
            (r#"{"text":"ab","label":[[0,1,"x"]]}"#, "doccano"),
            (
                r#"{"text":"ab","denotations":[{"span":{"begin":0,"end":1},"obj":"x"}]}"#,
                "pubannotation",
            ),
        ] {
            assert_eq!(detected(content), Some(id), "{content}");
        }
    }

    #[test]
    fn a_line_that_is_cut_off_counts_for_nothing() {
        let lines = "{\"text\":\"ab\",\"label\":[[0,1,\"x\"]]}\n{\"text\":\"a";
        let format = by_content(lines.as_bytes(), false, &Options::default());
        assert_eq!(format.map(|format| format.id), Some("doccano"));
    }
}
