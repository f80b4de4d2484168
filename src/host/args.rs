//! The command line of the host program.

use super::browser::Browser;
use super::failure::Failure;
use super::serve::Port;
use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` prints.
pub const HELP: &str = "\
Label claims, quotes, captions and boilerplate in news articles, in the browser.

cargo run                      build the page and serve it on the loopback
cargo run -- build             build the page into target/site and print its sizes
cargo run -- dist              make the npm package and the variant in one file in dist/;
                               --out DIR puts them elsewhere
cargo run -- examples          bundle the examples with React and Vue; needs Node.js
cargo run -- setup             install what the tests need and say where it is
cargo run -- test-in BROWSER   run the in-browser tests in chromium, firefox or webkit;
                               a further word picks tests by name

  --port N                     serve on port N alone (0: any free one);
                               without it, 8080 or the next free port
  --open                       open the page in a browser
  --until-stdin-closes         serve until standard input ends, without the table of sizes
  --help                       print this

cargo run -- COMMAND --help    the commands for datasets: convert, validate, stats, merge, agreement,
                               split, assign";

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Help,
    Build,
    Serve(Serve),
    /// Makes what other pages take, in `out` or in `dist`.
    Dist {
        out: Option<PathBuf>,
    },
    /// Bundles the examples that need npm's packages.
    Examples,
    Setup,
    /// Builds what the tests of panics load.
    BuildPanicking,
    /// Runs the in-browser tests whose names contain `filter`.
    TestIn {
        browser: Browser,
        filter: Option<String>,
    },
    /// What Cargo starts for a test binary of WebAssembly; the first argument is a program name.
    TestRunner(Vec<OsString>),
}

/// How to serve the page.
#[derive(Debug, PartialEq, Eq)]
pub struct Serve {
    pub port: Port,
    pub open: bool,
    pub until_stdin_closes: bool,
}

/// Reads a command line whose first argument is the program's name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Failure> {
    let mut arguments = arguments.into_iter();
    let program = arguments.next().unwrap_or_default();
    let mut rest = arguments.peekable();
    if rest.next_if(|first| first == "test-runner").is_some() {
        return Ok(Command::TestRunner(
            std::iter::once(program).chain(rest).collect(),
        ));
    }
    let mut words: Vec<String> = rest
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Command::Help);
    }
    if words.first().is_none_or(|word| word.starts_with('-')) {
        return serve(words).map(Command::Serve);
    }
    let command = words.remove(0);
    let mut operands = words.into_iter();
    let parsed = match command.as_str() {
        "build" => Command::Build,
        "dist" => Command::Dist {
            out: out(&mut operands)?,
        },
        "examples" => Command::Examples,
        "setup" => Command::Setup,
        "build-panicking" => Command::BuildPanicking,
        "test-in" => Command::TestIn {
            browser: browser(operands.next())?,
            filter: operands.next(),
        },
        _ => return Err(unknown(&command)),
    };
    match operands.next() {
        Some(extra) => Err(unknown(&extra)),
        None => Ok(parsed),
    }
}

fn serve(words: Vec<String>) -> Result<Serve, Failure> {
    let mut options = Serve {
        port: Port::FIRST,
        open: false,
        until_stdin_closes: false,
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--open" => options.open = true,
            "--until-stdin-closes" => options.until_stdin_closes = true,
            "--port" => options.port = port(&words.next().unwrap_or_default())?,
            _ => match word.strip_prefix("--port=") {
                Some(number) => options.port = port(number)?,
                None => return Err(unknown(&word)),
            },
        }
    }
    Ok(options)
}

fn out(words: &mut impl Iterator<Item = String>) -> Result<Option<PathBuf>, Failure> {
    let Some(word) = words.next() else {
        return Ok(None);
    };
    let directory = match word.strip_prefix("--out=") {
        Some(directory) => directory.to_owned(),
        None if word == "--out" => words.next().unwrap_or_default(),
        None => return Err(unknown(&word)),
    };
    match directory.as_str() {
        "" => Err(Failure::usage("--out takes a directory.")),
        _ => Ok(Some(directory.into())),
    }
}

fn port(number: &str) -> Result<Port, Failure> {
    number.parse().map(Port::Exactly).map_err(|_| {
        Failure::usage(format!(
            "--port takes a number from 0 to 65535, not '{number}'."
        ))
    })
}

fn browser(name: Option<String>) -> Result<Browser, Failure> {
    let name = name.unwrap_or_default();
    Browser::named(&name).ok_or_else(|| {
        Failure::usage(format!(
            "test-in takes chromium, firefox or webkit, not '{name}'."
        ))
    })
}

fn unknown(word: &str) -> Failure {
    Failure::usage(format!(
        "'{word}' means nothing here; --help lists what does."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        let words = std::iter::once("rubricate").chain(line.split_whitespace());
        parse(words.map(OsString::from)).map_err(|failure| {
            assert_eq!(failure.exit_code(), 2, "{line}");
            failure.to_string()
        })
    }

    fn serving(port: Port, open: bool, until_stdin_closes: bool) -> Result<Command, String> {
        Ok(Command::Serve(Serve {
            port,
            open,
            until_stdin_closes,
        }))
    }

    #[test]
    fn without_a_command_it_serves() {
        let exactly = |port| serving(Port::Exactly(port), false, false);
        for (line, expected) in [
            ("", serving(Port::FIRST, false, false)),
            ("--open", serving(Port::FIRST, true, false)),
            ("--port 9000", exactly(9000)),
            ("--port=0", exactly(0)),
            (
                "--until-stdin-closes --port 1 --open",
                serving(Port::Exactly(1), true, true),
            ),
        ] {
            assert_eq!(parsed(line), expected, "{line}");
        }
    }

    #[test]
    fn commands_are_known_by_their_names() {
        let test_in = |browser, filter: Option<&str>| Command::TestIn {
            browser,
            filter: filter.map(str::to_owned),
        };
        let to = |path: &str| Command::Dist {
            out: Some(path.into()),
        };
        for (line, expected) in [
            ("build", Command::Build),
            ("dist", Command::Dist { out: None }),
            ("dist --out a/b", to("a/b")),
            ("dist --out=c", to("c")),
            ("examples", Command::Examples),
            ("setup", Command::Setup),
            ("test-in chromium", test_in(Browser::Chromium, None)),
            (
                "test-in firefox caret",
                test_in(Browser::Firefox, Some("caret")),
            ),
            ("--help", Command::Help),
            ("build --help", Command::Help),
        ] {
            assert_eq!(parsed(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn a_test_runner_gets_its_arguments_as_they_are() {
        let arguments = ["rubricate", "module.wasm", "--help"].map(OsString::from);
        assert_eq!(
            parsed("test-runner module.wasm --help"),
            Ok(Command::TestRunner(arguments.to_vec()))
        );
    }

    #[test]
    fn what_means_nothing_is_refused_in_a_sentence() {
        for (line, sentence) in [
            ("fly", "'fly' means nothing here; --help lists what does."),
            (
                "--fast",
                "'--fast' means nothing here; --help lists what does.",
            ),
            (
                "build now",
                "'now' means nothing here; --help lists what does.",
            ),
            ("dist --out", "--out takes a directory."),
            (
                "dist here",
                "'here' means nothing here; --help lists what does.",
            ),
            ("--port", "--port takes a number from 0 to 65535, not ''."),
            (
                "--port=99999",
                "--port takes a number from 0 to 65535, not '99999'.",
            ),
            (
                "test-in lynx",
                "test-in takes chromium, firefox or webkit, not 'lynx'.",
            ),
        ] {
            assert_eq!(parsed(line), Err(sentence.to_owned()), "{line}");
        }
    }
}
