//! Figures of datasets.

use crate::harness::{Folder, dataset};
use serde_json::Value;

#[test]
fn a_dataset_is_counted() {
    let folder = Folder::new();
    let text = "One text with some words.";
    let tags: &[_] = &[("claim", 0, 8, Some("Ada")), ("quote", 4, 8, None)];
    folder.write(
        "in.json",
        dataset(&[("d1", text, tags), ("d2", "Nothing.", &[])]),
    );
    let json: Value = serde_json::from_str(&folder.succeed("stats in.json --as json").out).unwrap();
    assert_eq!(json["labels"][0]["label"], "claim");
    assert_eq!(json["labels"][0]["median"], 8);
    assert_eq!(json["lengths"][0]["from"], 5);
    assert_eq!(json["overlaps"][0]["code_points"], 4);
    assert_eq!(json["days"][0]["day"], "2026-11-24");
    let text = folder.succeed("stats in.json").out;
    assert!(text.contains("documents_done"), "{text}");
    let csv = folder
        .succeed("stats in.json --as csv --table documents")
        .out;
    assert_eq!(csv.lines().nth(1), Some("\"d1\",,,\"done\",2,25,0.32,1,1"));
    assert!(
        folder
            .succeed("stats in.json --as csv")
            .out
            .starts_with("\"label\",")
    );
}

#[test]
fn a_sound_file_is_listed_with_its_counts() {
    let folder = Folder::new();
    folder.write(
        "in.json",
        dataset(&[("d1", "One text.", &[("claim", 0, 3, None)])]),
    );
    let outcome = folder.succeed("validate in.json");
    assert_eq!(outcome.out, "in.json: json, documents: 1, annotations: 1\n");
    assert_eq!(outcome.err, "");
}

#[test]
fn one_bad_file_among_others_is_found() {
    let folder = Folder::new();
    folder.write("good.json", dataset(&[("d1", "One text.", &[])]));
    folder.write("bad.json", "{\"format\":");
    let outcome = folder.run("validate bad.json good.json");
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.out,
        "good.json: json, documents: 1, annotations: 0\n"
    );
    assert!(outcome.err.starts_with("bad.json: "), "{}", outcome.err);
}
