//! Several annotators: handing out, putting together, comparing.

use crate::harness::{Folder, dataset, names_in};
use serde_json::{Value, json};
use std::collections::HashSet;

const BERTHA: &[(&str, usize, usize, Option<&str>)] =
    &[("claim", 2, 10, None), ("claim", 14, 20, None)];
const BILL: &[(&str, usize, usize, Option<&str>)] =
    &[("claim", 4, 8, None), ("claim", 15, 17, None)];

/// Krippendorff (1995), page 57, example A.
fn bertha_and_bill(folder: &Folder) {
    let text = "x".repeat(24);
    folder.write("bertha.json", dataset(&[("d", &text, BERTHA)]));
    folder.write("bill.json", dataset(&[("d", &text, BILL)]));
}

fn row(folder: &Folder, words: &str, label: &str) -> Value {
    let out = folder.succeed(words).out;
    let json: Value = serde_json::from_str(&out).unwrap();
    let rows = json["agreement"].as_array().unwrap();
    rows.iter()
        .find(|row| row["label"] == label)
        .unwrap()
        .clone()
}

#[test]
fn files_are_compared_with_the_published_figures() {
    let folder = Folder::new();
    bertha_and_bill(&folder);
    let row = row(
        &folder,
        "agreement bertha.json bill.json --as json",
        "claim",
    );
    assert_eq!(
        (&row["first"], &row["second"]),
        (&json!("bertha"), &json!("bill"))
    );
    assert_eq!(
        (&row["exact_f1"], &row["overlap_f1"]),
        (&json!(0), &json!(1))
    );
    let near = |figure: &str, expected: f64| {
        let got = row[figure].as_f64().unwrap();
        assert!((got - expected).abs() < 0.0005, "{figure}: {got}");
    };
    near("kappa", 0.385);
    near("alpha", 0.35833);
}

#[test]
fn merged_files_compare_as_the_files_did() {
    let folder = Folder::new();
    bertha_and_bill(&folder);
    folder.succeed(
        "merge bertha.json bill.json --annotator Bertha=bertha.json --annotator Bill=bill.json -o both.json",
    );
    let merged = folder.json("both.json");
    assert_eq!(merged["documents"].as_array().unwrap().len(), 1);
    let creators: HashSet<&str> = merged["annotations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["creator"].as_str().unwrap())
        .collect();
    assert_eq!(creators, HashSet::from(["Bertha", "Bill"]));
    let row = row(&folder, "agreement both.json --as json", "*");
    assert_eq!(
        (&row["first"], &row["second"]),
        (&json!("Bertha"), &json!("Bill"))
    );
    assert!((row["kappa"].as_f64().unwrap() - 0.385).abs() < 0.0005);
}

#[test]
fn differences_are_listed_with_who_says_what() {
    let folder = Folder::new();
    bertha_and_bill(&folder);
    let csv = folder
        .succeed("agreement bertha.json bill.json --differences --as csv")
        .out;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "\"document\",\"start\",\"end\",\"bertha\",\"bill\",\"text\""
    );
    assert_eq!(lines[1], "\"d\",2,4,\"claim\",\"–\",\"xx\"");
    assert_eq!(lines.len(), 5);
}

#[test]
fn nothing_to_compare_is_said() {
    let folder = Folder::new();
    folder.write("a.json", dataset(&[("d", "One.", &[])]));
    folder.write("b.json", dataset(&[("e", "Two.", &[])]));
    let outcome = folder.run("agreement a.json b.json");
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .err
            .contains("No document was worked on by two annotators"),
        "{}",
        outcome.err
    );
}

#[test]
fn what_is_handed_out_comes_back_and_is_compared() {
    let folder = Folder::new();
    let documents: Vec<(String, String)> = (0..20)
        .map(|n| (format!("d{n}"), format!("Text number {n}.")))
        .collect();
    let listed: Vec<crate::harness::Text> = documents
        .iter()
        .map(|(id, text)| (id.as_str(), text.as_str(), &[] as &[_]))
        .collect();
    folder.write("corpus.json", dataset(&listed));
    folder.write("news.md", "# Claims\nA claim can be checked.\n");
    let words = "assign corpus.json --annotators Ada,Ben --shared 20 --guidelines news.md --guidelines-version 3 -o out";
    let outcome = folder.succeed(words);
    assert!(
        outcome.out.contains("Ada\tAda\tdocuments: 12, shared: 4"),
        "{}",
        outcome.out
    );
    assert_eq!(
        outcome
            .out
            .lines()
            .filter(|line| line.starts_with("shared\t"))
            .count(),
        4
    );
    assert_eq!(
        names_in(&folder.path("out")),
        ["Ada.annotations.json", "Ben.annotations.json"]
    );
    assert_eq!(
        folder.run(words).code,
        Some(1),
        "an assignment was replaced"
    );
    for (name, label) in [("Ada", "claim"), ("Ben", "quote")] {
        let file = format!("out/{name}.annotations.json");
        let mut work = folder.json(&file);
        assert_eq!(work["assignment"]["annotator"], name);
        assert_eq!(
            work["assignment"]["guidelines"],
            json!({"name": "news.md", "version": "3", "text": "# Claims\nA claim can be checked.\n"})
        );
        let ids: Vec<String> = work["documents"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .map(|document| {
                document["metadata"]["state"] = json!("done");
                document["id"].as_str().unwrap().to_owned()
            })
            .collect();
        let annotations = ids.iter().map(|id| {
            json!({"document": id, "label": label, "position": {"start": 0, "end": 4}, "quote": {"exact": "Text"}})
        });
        work["annotations"] = annotations.collect();
        folder.write(&file, work.to_string());
    }
    let files = "out/Ada.annotations.json out/Ben.annotations.json";
    folder.succeed(&format!("merge {files} -o merged.json"));
    let merged = folder.json("merged.json");
    assert_eq!(merged["documents"].as_array().unwrap().len(), 20);
    assert_eq!(merged["annotations"].as_array().unwrap().len(), 24);
    assert_eq!(merged["assignments"].as_array().unwrap().len(), 2);
    let outcome = folder.succeed("agreement merged.json --as json");
    assert!(
        outcome.err.contains("worked on: 4. Annotators: Ada, Ben."),
        "{}",
        outcome.err
    );
}
