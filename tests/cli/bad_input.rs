//! Files that are wrong: a message with file, place and reason, exit code 1, and nothing written.

use crate::harness::{Folder, dataset, names_in, samples};
use serde_json::Value;
use std::fs;

/// A file of our JSON with one good annotation, and one whose position is that.
fn with_position(position: &str) -> String {
    let file = dataset(&[(
        "d",
        "One text.",
        &[("claim", 0, 3, None), ("quote", 4, 8, None)],
    )]);
    let wrong = file.replace("{\"start\":4,\"end\":8}", position);
    let wrong = wrong.replace("{\"end\":8,\"start\":4}", position);
    assert_ne!(wrong, file);
    wrong
}

#[test]
fn a_record_that_cannot_be_used_stops_all_unless_it_may_be_left_out() {
    for position in [
        "{\"start\":8,\"end\":4}",
        "{\"start\":4,\"end\":4}",
        "{\"start\":4,\"end\":1e400}",
        "{\"start\":4,\"end\":4294967304}",
        "{\"start\":9007199254740993,\"end\":9007199254740999}",
        "{\"start\":-4,\"end\":8}",
        "{\"start\":\"4\",\"end\":8}",
        "null",
    ] {
        let folder = Folder::new();
        // Without the words, nothing else says where it could be.
        let file = with_position(position).replace("\"exact\":\"text\"", "\"exact\":\"elsewhere\"");
        folder.write("in.annotations.json", file);
        let outcome = folder.run("convert in.annotations.json --to hf-jsonl -o out/");
        assert_eq!(outcome.code, Some(1), "{position}: {outcome:?}");
        assert!(
            outcome.err.contains("in.annotations.json, record 2: "),
            "{position}: {}",
            outcome.err
        );
        assert!(
            outcome.err.contains("Nothing was written"),
            "{position}: {}",
            outcome.err
        );
        assert_eq!(
            names_in(&folder.path("out")),
            Vec::<String>::new(),
            "{position}"
        );
        folder.succeed("convert in.annotations.json --to hf-jsonl --skip-bad -o out/");
        let row: Value = serde_json::from_str(folder.read("out/in.jsonl").trim()).unwrap();
        assert_eq!(row["spans"].as_array().unwrap().len(), 1, "{position}");
        assert_eq!(
            folder.run("validate in.annotations.json").code,
            Some(1),
            "{position}"
        );
    }
}

#[test]
fn of_several_files_an_empty_one_is_told_and_the_others_are_read() {
    let folder = Folder::new();
    folder.write(
        "in/ann.jsonl",
        r#"{"text":"One text.","label":[[0,3,"claim"]]}"#,
    );
    // As of an annotator who has confirmed nothing.
    folder.write("in/bob.jsonl", "\n");
    let done = folder.run("convert in --to json -o out.json");
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert!(
        done.err.contains("in/bob.jsonl: The file is empty."),
        "{}",
        done.err
    );
    folder.write("in/ann.jsonl", "\n");
    assert_eq!(
        folder.run("convert in --to json -o none.json").code,
        Some(1)
    );
}

#[test]
fn a_malformed_file_is_refused_with_its_place_and_reason() {
    let good = dataset(&[("d", "One text.", &[])]);
    let deep = "[".repeat(100_000);
    for (name, content, said) in [
        (
            "truncated.json",
            &good[..good.len() - 9],
            "truncated.json: The file breaks off at line 1",
        ),
        ("empty.json", "", "empty.json: The file is empty."),
        (
            "deep.json",
            deep.as_str(),
            "deep.json: The file is nested more than 127 deep",
        ),
        (
            "null.json",
            "null",
            "null.json: The file is JSON, but not annotations",
        ),
        (
            "nan.json",
            "{\"format\":\"span-annotations\",\"a\":Nothing}",
            "nan.json: The file is not JSON",
        ),
        (
            "newer.json",
            &good.replace("1.0.0", "2.0.0"),
            "newer.json: ",
        ),
        (
            "broken.jsonl",
            "{\"text\":\"a\",\"spans\":[]}\n{\"text\": \"b\"\n{\"text\":\"c\",\"spans\":[]}\n",
            "broken.jsonl, line 2: ",
        ),
        (
            "one.jsonl",
            "{\"text\":\"a\"}{\"text\":\"b\"}\n",
            "one.jsonl, line 1: ",
        ),
        (
            "data.xyz",
            "what is this",
            "data.xyz: It is in no format that is known here",
        ),
        ("no/such.json", "", "no/such.json can't be read"),
    ] {
        let folder = Folder::new();
        if !name.starts_with("no/") {
            folder.write(name, content);
        }
        for command in ["convert", "validate", "stats", "merge"] {
            let to = match command {
                "convert" => "--to json -o out.json",
                "merge" => "-o out.json",
                _ => "",
            };
            let outcome = folder.run(&format!("{command} {name} {to}"));
            assert_eq!(outcome.code, Some(1), "{command} {name}: {outcome:?}");
            assert!(
                outcome.err.contains(said),
                "{command} {name}: {}",
                outcome.err
            );
            assert!(!folder.path("out.json").exists(), "{command} {name}");
            assert!(
                folder.names().len() <= 1,
                "{command} {name}: {:?}",
                folder.names()
            );
        }
    }
}

#[test]
fn an_id_of_two_texts_is_no_sound_dataset() {
    let folder = Folder::new();
    let line = |text: &str| format!("{{\"id\":\"d\",\"text\":\"{text}\",\"spans\":[]}}\n");
    folder.write("same.jsonl", [line("One."), line("One.")].concat());
    assert_eq!(folder.run("validate same.jsonl").code, Some(0));
    folder.write(
        "other.jsonl",
        [line("One."), line("Two."), line("Three.")].concat(),
    );
    let outcome = folder.run("validate other.jsonl");
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.err,
        "other.jsonl: Documents whose id another one of another text has too: 2. The first is \"d\".\n"
    );
}

#[test]
fn hostile_files_are_refused_or_taken_in_without_harm() {
    for kind in ["import", "jsonl"] {
        let hostile = samples(&format!("hostile/{kind}"));
        for name in names_in(&hostile) {
            let folder = Folder::new();
            folder.write(&name, fs::read(hostile.join(&name)).unwrap());
            let outcome = folder.run(&format!("convert {name} --to json -o out.json"));
            let written = folder.path("out.json").exists();
            match outcome.code {
                Some(0) => assert!(written, "{name}: {outcome:?}"),
                Some(1) => {
                    assert!(!written, "{name}: {outcome:?}");
                    assert!(outcome.err.contains(&name), "{name}: {}", outcome.err);
                }
                _ => panic!("{name}: {outcome:?}"),
            }
            // Neither is anything left of what was written aside.
            assert_eq!(folder.names().len(), 1 + usize::from(written), "{name}");
            // These files call themselves by a format that is not ours.
            if kind == "import" {
                assert_eq!(outcome.code, Some(1), "{name}");
            }
        }
    }
}

#[test]
fn what_the_manifest_says_of_lines_holds() {
    let hostile = samples("hostile/jsonl");
    for (name, documents, said) in [
        ("j01_blank_crlf.jsonl", 2, ""),
        ("j02_broken_middle.jsonl", 2, "line 2"),
        ("j04_dup_keys.jsonl", 1, ""),
        ("j05_proto.jsonl", 1, ""),
        ("j06_bom.jsonl", 1, ""),
        ("j08_lone_surrogate.jsonl", 1, "U+FFFD"),
        ("j12_doccano_spans.jsonl", 1, "line 1"),
    ] {
        let folder = Folder::new();
        folder.write(name, fs::read(hostile.join(name)).unwrap());
        let outcome = folder.succeed(&format!("convert {name} --to json --skip-bad -o out.json"));
        let out = folder.json("out.json");
        assert_eq!(
            out["documents"].as_array().unwrap().len(),
            documents,
            "{name}"
        );
        assert_eq!(out["annotations"].as_array().unwrap().len(), 0, "{name}");
        assert!(outcome.err.contains(said), "{name}: {}", outcome.err);
        if name.starts_with("j04") {
            assert_eq!(out["documents"][0]["text"], "second");
        }
        if name.starts_with("j12") {
            assert_eq!(
                outcome.err.matches(", line 1: ").count(),
                5,
                "{}",
                outcome.err
            );
        }
    }
}
