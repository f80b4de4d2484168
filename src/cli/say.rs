//! Standard output and standard error.

use super::failure::Failure;
use std::io::{self, Write};

/// Prints what was asked for.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    finished(write!(out, "{text}{end}").and_then(|()| out.flush()))
}

/// What became of writing to standard output. Whoever reads it may stop doing so: that is no failure
/// to tell of, but nothing more can be done.
pub fn finished(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::new("")),
        Err(error) => Err(Failure::new(format!(
            "Standard output can't be written to: {error}."
        ))),
        Ok(()) => Ok(()),
    }
}

/// Says something about it, on a line of its own. If nobody can hear it, so be it.
pub fn note(line: &str) {
    let shown = line.replace(|c: char| c.is_control(), " ");
    let _ = writeln!(io::stderr().lock(), "{shown}");
}
