//! What the tests of the formats are made with.

use crate::annotation::{Id, Method, Origin};
use crate::document::{Document, Source};
use crate::edit::{DocumentState, Kind, State, Transaction, Value, Write, Writer};
use crate::format::exchange::{
    Collected, Entry, Header, MemoryFiles, Options, dataset, write_entries,
};
use crate::text::{Span, Text};
use std::sync::Arc;

pub const NOW: &str = "2026-11-24T02:16:00Z";
pub const LATER: &str = "2026-11-25T08:00:00Z";

pub fn document(id: &str, text: &str) -> Document {
    Document {
        id: id.into(),
        title: None,
        source: Source::default(),
        media_type: "text/plain".into(),
        language: None,
        text: Text::new(text.into()).unwrap(),
        blocks: Vec::new(),
    }
}

pub fn span(start: u32, end: u32) -> Span {
    Span::new(start, end).unwrap()
}

/// Applies `writes` as one edit at the time `at`.
pub fn apply(state: &mut State, at: &str, writes: Vec<Write>) {
    let transaction = Transaction {
        stamp: state.next_stamp(Writer(1)),
        at: at.into(),
        text: "0".into(),
        kind: Kind::Edit,
        writes,
    };
    state.apply(&transaction);
}

/// The writes that tag by hand.
pub fn tag(id: &str, at: Span, label: &str) -> Vec<Write> {
    let origin = Origin {
        created: Some(NOW.into()),
        creator: Some("Ada".into()),
        method: Method::Manual,
        ..Origin::default()
    };
    [
        Value::Exists(true),
        Value::Span(at),
        Value::Label(label.into()),
        Value::Origin(Arc::new(origin)),
    ]
    .map(|value| Write::annotation(&Id::from(id), value))
    .into()
}

/// A state with annotations made by hand.
pub fn state(tags: &[(&str, u32, u32, &str)]) -> State {
    let mut state = State::default();
    let writes = tags
        .iter()
        .flat_map(|(id, s, e, label)| tag(id, span(*s, *e), label));
    apply(&mut state, NOW, writes.collect());
    state
}

/// Ids that count up.
pub fn new_ids() -> impl FnMut() -> Id {
    let mut count = 0;
    move || {
        count += 1;
        Id::from(format!("new-{count}").as_str())
    }
}

/// A dataset of one document, with annotations by hand of `(id, start, end, label)`.
pub fn entry(id: &str, text: &str, tags: &[(&str, u32, u32, &str)]) -> Entry {
    Entry {
        document: document(id, text),
        state: DocumentState::Open,
        annotations: state(tags).annotations().collect(),
        extra: serde_json::Map::new(),
    }
}

/// Texts that are hard on formats, each with annotations on whatever is hard about it: astral and
/// combining characters, line breaks of every kind, control characters, syntax, overlaps, nothing.
pub fn hard_entries() -> Vec<Entry> {
    vec![
        entry(
            "unicode",
            "😀 Start. 👨\u{200d}👩\u{200d}👧 says “cafe\u{301} 👍🏽 wins”. 🇫🇷 \u{20bb7}野家",
            &[
                ("u1", 2, 8, "claim"),
                ("u2", 9, 14, "caption"),
                ("u3", 20, 34, "quote"),
                ("u4", 39, 42, "claim"),
            ],
        ),
        entry(
            "breaks",
            "One.  \r\nTwo\ttwo \u{a0}nbsp\r\n\r\nCR\rLF\nLS\u{2028}PS\u{2029} NEL\u{85}x  \n  last  ",
            &[
                ("b1", 0, 4, "claim"),
                ("b2", 0, 11, "quote"),
                ("b3", 24, 32, "caption"),
                ("b4", 45, 52, "claim"),
            ],
        ),
        entry(
            "controls",
            "\u{feff}Bom. vt\u{b}tab ff\u{c}feed fs\u{1c}sep esc\u{1b}ape nul\u{1}one end.",
            &[
                ("c1", 1, 5, "claim"),
                ("c2", 6, 12, "quote"),
                ("c3", 31, 38, "caption"),
            ],
        ),
        entry(
            "syntax",
            "a\tb \"q\" \\n <b>&amp;</b> #Text=x ,\"\",\n-DOCSTART- -X- O O\n\n=1+1 {\"a\":1} 'x' end",
            &[
                ("s1", 4, 10, "quote"),
                ("s2", 11, 23, "claim"),
                ("s3", 33, 37, "caption"),
                ("s4", 58, 62, "claim"),
            ],
        ),
        entry(
            "overlap",
            "Officials \"claimed that 🌍 warming stopped\". AB words.",
            &[
                ("o1", 11, 33, "claim"),
                ("o2", 10, 42, "quote"),
                ("o3", 24, 25, "claim"),
                ("o4", 24, 25, "quote"),
                ("o5", 24, 25, "claim"),
                ("o6", 44, 45, "claim"),
                ("o7", 45, 46, "quote"),
            ],
        ),
        entry("nothing", "Nothing is tagged here 😶.", &[]),
    ]
}

/// What is on what: text, and spans with their labels.
pub fn content(entries: &[Entry]) -> Vec<(String, Vec<(Span, String)>)> {
    let spans = |entry: &Entry| {
        let spans = entry
            .annotations
            .iter()
            .map(|a| (a.span, a.label.to_string()));
        let mut spans: Vec<_> = spans.collect();
        spans.sort();
        spans
    };
    entries
        .iter()
        .map(|entry| (entry.document.text.as_str().to_owned(), spans(entry)))
        .collect()
}

/// Files of one name and content.
pub fn file(name: &str, content: impl AsRef<[u8]>) -> MemoryFiles {
    MemoryFiles {
        files: vec![(name.to_owned(), content.as_ref().to_vec())],
    }
}

/// Reads a file, and gives it with what was said of it: `(left out, sentence)`.
pub fn read_as(format: &str, content: impl AsRef<[u8]>) -> (Collected, Vec<(bool, String)>) {
    let read = dataset(format, &file("f", content), &Options::default()).unwrap();
    let said = read.findings.iter().map(|f| (f.left_out, f.to_string()));
    let said = said.collect();
    (read, said)
}

/// What is said of a file that is refused.
pub fn refusal(format: &str, content: impl AsRef<[u8]>) -> String {
    let files = file("f", content);
    dataset(format, &files, &Options::default())
        .unwrap_err()
        .to_string()
}

/// Writes the hard texts in `format`, reads them back, and checks that texts, spans and labels are
/// the same; and that what was read is written as the same bytes.
pub fn check_round_trip(format: &str) -> MemoryFiles {
    let entries = hard_entries();
    let options = Options::default();
    let (files, _) = write_entries(format, Header::default(), entries.clone(), &options).unwrap();
    let read = dataset(format, &files, &options).unwrap();
    assert_eq!(read.findings, [], "{format}");
    assert_eq!(content(&read.entries), content(&entries), "{format}");
    let (again, _) = write_entries(format, read.header, read.entries, &options).unwrap();
    for (a, b) in files.files.iter().zip(&again.files) {
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!((&a.0, shown(&a.1)), (&b.0, shown(&b.1)), "{format}");
    }
    assert_eq!(files.files.len(), again.files.len(), "{format}");
    files
}
