//! Commands for datasets, for people with a pipeline: files in, files and figures out.
//!
//! What is asked for goes to standard output or into files, what there is to say of it to standard
//! error. Files are written aside and take their names when all is well, so that nothing half made is
//! ever found under the name that was asked for.

mod agreement;
mod args;
mod article;
mod assign;
mod convert;
mod detect;
pub mod failure;
mod help;
mod input;
mod merge;
mod output;
mod parts;
mod report;
mod say;
mod split;
mod staging;
mod stats;
mod validate;

use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// What a command does with the words behind its name. `false` where it has found something wrong.
type Command = fn(Vec<OsString>) -> Result<bool, Failure>;

/// The commands, by their names.
const COMMANDS: [(&str, Command, &str); 7] = [
    ("convert", convert::run, help::CONVERT),
    ("validate", validate::run, help::VALIDATE),
    ("stats", stats::run, help::STATS),
    ("merge", merge::run, help::MERGE),
    ("agreement", agreement::run, help::AGREEMENT),
    ("split", split::run, help::SPLIT),
    ("assign", assign::run, help::ASSIGN),
];

/// Runs the command line, if its first word names one of the commands: the exit code is 0 if all is
/// well, 1 if something is wrong with what was read or could not be written, 2 for arguments that mean
/// nothing.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut words = arguments.into_iter().skip(1);
    let name = words.next()?;
    let (_, command, help) = COMMANDS.iter().find(|(known, ..)| name == *known)?;
    let words: Vec<OsString> = words.collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        return Some(code(say::print(&help::complete(help)).map(|()| true)));
    }
    Some(code(command(words)))
}

/// What is done where no command is named and there is nothing to host.
#[cfg(not(feature = "host"))]
pub fn unknown(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let word = arguments.into_iter().nth(1);
    match word.as_ref().map(|word| word.to_string_lossy()) {
        None => code(say::print(help::ALL).map(|()| true)),
        Some(word) if word == "--help" || word == "-h" => {
            code(say::print(help::ALL).map(|()| true))
        }
        Some(word) => code(Err(args::unknown(&word))),
    }
}

fn code(outcome: Result<bool, Failure>) -> ExitCode {
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            let code = failure.exit_code();
            let sentence = failure.to_string();
            if !sentence.is_empty() {
                say::note(&sentence);
            }
            ExitCode::from(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_the_list_and_has_its_help() {
        for (name, _, help) in COMMANDS {
            assert!(help::ALL.contains(&format!("\n  {name} ")), "{name}");
            assert!(help.starts_with(&format!("rubricate {name} ")), "{name}");
        }
    }

    #[test]
    fn other_words_are_left_to_others() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        for line in ["rubricate", "rubricate --open", "rubricate build"] {
            assert!(main(words(line)).is_none(), "{line}");
        }
    }
}
