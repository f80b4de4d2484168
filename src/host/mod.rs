//! What the host program does with its arguments, and how it ends.

mod args;
mod browser;
mod bundle;
mod dist;
mod examples;
mod glue;
mod integrity;
mod project;
mod runner;
mod serve;
mod setup;
mod site;
mod sizes;

use crate::cli::failure::{self, Failure};
use args::{Command, Serve};
use project::Project;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::thread;

/// Runs the command line. The exit code is 0, 1 for a failure, 2 for arguments that mean nothing.
pub fn main() -> ExitCode {
    match args::parse(std::env::args_os()).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Help => say(args::HELP),
        Command::Build => {
            let bundle = bundle::build(&Project::find()?)?;
            say(&sizes::table(&bundle)?)
        }
        Command::Serve(options) => build_and_serve(&options),
        Command::Dist { out } => {
            let package = dist::make(&Project::find()?, out)?;
            say(dist::hashes(&package)?.trim_end())?;
            say(&format!("The package is in {}", package.display()))
        }
        Command::Examples => {
            let project = Project::find()?;
            examples::build(&project)?;
            say("cargo run serves them at /examples/")
        }
        Command::BuildPanicking => {
            let built = bundle::build_panicking(&Project::find()?)?;
            say(&built.display().to_string())
        }
        Command::Setup => setup::report(&Project::find()?),
        Command::TestIn { browser, filter } => {
            runner::test_in(&Project::find()?, browser, filter.as_deref())
        }
        Command::TestRunner(arguments) => runner::run(arguments),
    }
}

fn build_and_serve(options: &Serve) -> Result<(), Failure> {
    // The port is taken first, so that a wrong one is known before a minute of building.
    let server = serve::bind(options.port)?;
    let project = Project::find()?;
    let bundle = bundle::build(&project)?;
    if options.until_stdin_closes {
        end_with_stdin();
    } else {
        say(&sizes::table(&bundle)?)?;
    }
    let url = serve::url(&server);
    say(&format!("Rubricate is at {url}"))?;
    if options.open {
        browser::open_url(&url);
    }
    serve::run(server, vec![examples::site(&project), bundle])
}

/// Whoever started this program holds its standard input open; however they end, it ends too.
fn end_with_stdin() {
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
}

/// Prints a line at once, also where standard output is a pipe.
fn say(line: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|error| Failure::new(format!("Standard output can't be written to: {error}.")))
}
