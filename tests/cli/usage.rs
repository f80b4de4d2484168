//! Help, and arguments that mean nothing.

use crate::harness::Folder;

const COMMANDS: [&str; 7] = [
    "convert",
    "validate",
    "stats",
    "merge",
    "agreement",
    "split",
    "assign",
];

#[test]
fn every_command_has_its_help() {
    let folder = Folder::new();
    for command in COMMANDS {
        let outcome = folder.succeed(&format!("{command} --help"));
        assert!(
            outcome.out.starts_with(&format!("rubricate {command} ")),
            "{}",
            outcome.out
        );
        assert!(outcome.out.contains("exit code"), "{command}");
        let all = folder.succeed("--help").out;
        assert!(all.contains(command), "{all}");
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused_with_code_2() {
    let folder = Folder::new();
    for (words, said) in [
        ("convert", "--to is missing"),
        (
            "convert --to json",
            "There is no file to read; - stands for standard input.",
        ),
        ("convert a --to nothing", "--to takes one of json"),
        (
            "convert a --to json --from nothing",
            "--from takes one of json",
        ),
        (
            "convert a --to json --unit yards",
            "--unit takes one of code-points",
        ),
        (
            "convert a --to json --fly",
            "'--fly' means nothing here; --help lists what does.",
        ),
        (
            "convert a --to json --split 80",
            "--split takes whole numbers like 80/10/10, not '80'.",
        ),
        (
            "convert a --to json --split 80/10/10",
            "--split makes three datasets; -o says in which folder they go.",
        ),
        (
            "stats a --as xml",
            "--as takes text, csv or json, not 'xml'.",
        ),
        (
            "merge a --annotator Ada",
            "--annotator takes NAME=FILE, not 'Ada'.",
        ),
        (
            "agreement a --by hand",
            "--by takes file or creator, not 'hand'.",
        ),
        (
            "split a --by hand",
            "--by takes document or site, not 'hand'.",
        ),
        (
            "assign a -o out",
            "--annotators takes names, with commas between.",
        ),
    ] {
        let outcome = folder.run(words);
        assert_eq!(outcome.code, Some(2), "{words}: {outcome:?}");
        assert!(outcome.err.contains(said), "{words}: {}", outcome.err);
        assert_eq!(outcome.out, "", "{words}");
    }
}
