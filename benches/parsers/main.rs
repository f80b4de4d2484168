//! How long each reader takes for the worst that 100 KB can hold: nothing may take over a second, on
//! code that is not optimised. `cargo bench --bench parsers --no-default-features`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../tests/fire/readers.rs"]
mod readers;

use readers::{READERS, corpus};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long each input is, in bytes.
const LENGTH: usize = 100_000;

/// How long any may take.
const LIMIT: Duration = Duration::from_secs(1);

/// What is known to make parsers slow when there is much of it: what nests, what must be looked for
/// ahead or behind, what is repaired, what is compared with all others.
const PIECES: &[&str] = &[
    "<b>",
    "<div>",
    "<p>",
    "<a>",
    "<table>",
    "<table><tr><td>",
    "<li>",
    "<select>",
    "<svg>",
    "<math><mi>",
    "<b><p>",
    "<a><div>",
    "<nobr>",
    "<form>",
    "<font>",
    "<h1>",
    "<button>",
    "<template>",
    "<i></b>",
    "</p>",
    "<!--",
    "<!",
    "<![CDATA[",
    "</",
    "<",
    "&",
    "&#",
    "&notit;",
    "<a b=c ",
    "<a b='",
    "<pre>\n",
    "<rt>",
    "<!--><b>",
    "[",
    "{\"a\":",
    "\"",
    "\\",
    "[1,",
    "{\"\":[",
    "1e9,",
    "\\ud800",
    "“",
    "\"a ",
    "' ",
    "'a'",
    "«",
    "“a” ",
    "(",
    "a.",
    "a. ",
    "Mr. ",
    "!?",
    "\n",
    "\r",
    "\u{2028}",
    "\t",
    " ",
    "a",
    "é",
    "😀",
    "\u{301}",
    "\u{200d}",
    "👩\u{200d}",
    "\u{202e}",
    "\0",
    "ก",
    "漢",
    "ア",
    "\u{1100}",
    "# ",
    "* ",
    "> ",
    "![",
    "](",
    "|",
    "|-|",
    "`",
    "_",
];

fn main() -> ExitCode {
    let mut is_slow = false;
    println!("100 KB each, unoptimised: the slowest input of each reader");
    for reader in READERS {
        let corpus = corpus(reader.corpus).into_iter().map(|(_, input)| input);
        let pieces = PIECES.iter().map(|piece| piece.as_bytes().to_vec());
        let mut slowest = (Duration::ZERO, String::new());
        for piece in pieces.chain(corpus) {
            let times = LENGTH / piece.len() + 1;
            let mut input = piece.repeat(times);
            input.truncate(LENGTH);
            let start = Instant::now();
            (reader.read)(&input);
            let taken = start.elapsed();
            if taken > slowest.0 {
                let name: String = String::from_utf8_lossy(&piece).chars().take(24).collect();
                slowest = (taken, format!("{name:?} × {times}"));
            }
        }
        println!(
            "{:10} {:>6} ms  {}",
            reader.corpus,
            slowest.0.as_millis(),
            slowest.1
        );
        is_slow |= slowest.0 > LIMIT;
    }
    if is_slow {
        println!("An input of 100 KB takes over a second.");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
