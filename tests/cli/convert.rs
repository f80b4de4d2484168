//! From one format into another, and back.

use crate::harness::{Folder, dataset, names_in, samples, spans};
use rubricate::format::{FORMATS, FileSet};
use serde_json::{Value, json};
use std::fs;

fn two_documents() -> String {
    dataset(&[
        (
            "d1",
            "😀 Start. It “says” so.",
            &[("claim", 2, 8, Some("Ada")), ("quote", 12, 18, None)],
        ),
        ("d2", "Nothing here.", &[]),
    ])
}

/// Writes `in.annotations.json` in that format into the folder `out`. `false` where the format says that
/// it can't hold all of it (texts that are cut into tokens, white space at a span's edges); it is
/// written all the same.
fn holds(folder: &Folder, id: &str, out: &str) -> bool {
    let words = format!("convert in.annotations.json --to {id} --lossless -o {out}/");
    let outcome = folder.run(&words);
    let holds = outcome.code == Some(0);
    if !holds {
        assert!(
            outcome.err.contains("can't hold all of it"),
            "{id}: {outcome:?}"
        );
        folder.succeed(&words.replace("--lossless", "--quiet"));
    }
    holds
}

#[test]
fn every_format_that_holds_a_dataset_gives_it_back() {
    for format in FORMATS
        .iter()
        .filter(|format| format.writes && format.reads_back)
    {
        let folder = Folder::new();
        folder.write("in.annotations.json", two_documents());
        if !holds(&folder, format.id, "out") {
            continue;
        }
        let from = match format.files {
            FileSet::PerDocument => "out".to_owned(),
            _ => format!("out/in{}", format.extension),
        };
        let back = format!("convert {from} --from {} --to json -o back.json", format.id);
        folder.succeed(&back);
        let texts = |file: &Value| {
            let documents = file["documents"].as_array().unwrap().iter();
            let mut texts: Vec<String> = documents.map(|d| d["text"].to_string()).collect();
            texts.sort();
            texts
        };
        let (before, after) = (folder.json("in.annotations.json"), folder.json("back.json"));
        assert_eq!(texts(&after), texts(&before), "{}", format.id);
        let labelled = |file: &Value| -> Vec<(u64, u64, String)> {
            spans(file)
                .into_iter()
                .map(|(_, start, end, label)| (start, end, label))
                .collect()
        };
        assert_eq!(labelled(&after), labelled(&before), "{}", format.id);
    }
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    for format in FORMATS.iter().filter(|format| format.writes) {
        let folder = Folder::new();
        folder.write("in.annotations.json", two_documents());
        for out in ["first", "second"] {
            folder.succeed(&format!(
                "convert in.annotations.json --to {} -o {out}/",
                format.id
            ));
        }
        let names = names_in(&folder.path("first"));
        assert_eq!(names, names_in(&folder.path("second")), "{}", format.id);
        for name in names
            .iter()
            .filter(|name| folder.path(&format!("first/{name}")).is_file())
        {
            let bytes = |of: &str| fs::read(folder.path(&format!("{of}/{name}"))).unwrap();
            assert_eq!(bytes("first"), bytes("second"), "{} {name}", format.id);
        }
    }
}

#[test]
fn gold_cases_go_through_every_format_that_can_hold_them() {
    let gold = samples("gold");
    for name in names_in(&gold) {
        let case: Value = serde_json::from_slice(&fs::read(gold.join(&name)).unwrap()).unwrap();
        let text = case["text"].as_str().unwrap();
        let letters: Vec<char> = text.chars().collect();
        let annotations: Vec<Value> = case["spans"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| {
                let offset = |field: &str| span[field].as_u64().unwrap() as usize;
                let exact: String = letters[offset("start")..offset("end")].iter().collect();
                json!({
                    "document": case["id"], "label": span["label"],
                    "position": {"start": span["start"], "end": span["end"]},
                    "quote": {"exact": exact},
                })
            })
            .collect();
        let native = json!({
            "format": "span-annotations", "version": "1.0.0", "offset_unit": "unicode_code_point",
            "documents": [{"id": case["id"], "text": text}], "annotations": annotations,
        });
        let folder = Folder::new();
        folder.write("in.annotations.json", native.to_string());
        for format in FORMATS
            .iter()
            .filter(|format| format.writes && format.reads_back)
        {
            let id = format.id;
            if !holds(&folder, id, id) {
                continue;
            }
            let from = match format.files {
                FileSet::PerDocument => id.to_owned(),
                _ => format!("{id}/in{}", format.extension),
            };
            folder.succeed(&format!(
                "convert {from} --from {id} --to json --quiet -o {id}.json"
            ));
            let back = folder.json(&format!("{id}.json"));
            assert_eq!(back["documents"][0]["text"], case["text"], "{name} {id}");
            let without_document = |file: &Value| -> Vec<(u64, u64, String)> {
                spans(file)
                    .into_iter()
                    .map(|(_, start, end, label)| (start, end, label))
                    .collect()
            };
            assert_eq!(
                without_document(&back),
                without_document(&native),
                "{name} {id}"
            );
        }
    }
}

#[test]
fn standard_input_and_output_serve_as_files() {
    let folder = Folder::new();
    let lines = "{\"text\":\"ab\",\"label\":[[0,1,\"x\"]]}\n";
    let outcome = folder.run_with("convert - --to json", lines);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let file: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(file["annotations"][0]["quote"]["exact"], "a");
    let outcome = folder.run_with("convert - --to hf-jsonl", lines);
    assert_eq!(outcome.out.lines().count(), 1);
    assert!(
        outcome
            .err
            .contains("README.md belongs to it and is left out"),
        "{}",
        outcome.err
    );
    assert_eq!(folder.names(), Vec::<String>::new());
}

#[test]
fn several_files_become_one_dataset() {
    let folder = Folder::new();
    folder.write("a.annotations.json", dataset(&[("d", "One.", &[])]));
    folder.write("b.jsonl", "{\"text\":\"Two.\",\"label\":[[0,3,\"x\"]]}\n");
    folder.succeed("convert a.annotations.json b.jsonl --to json -o all.json");
    let all = folder.json("all.json");
    assert_eq!(all["documents"].as_array().unwrap().len(), 2);
    assert_eq!(all["annotations"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_is_somebodys_own_is_not_replaced() {
    let folder = Folder::new();
    folder.write("in.annotations.json", two_documents());
    folder.write("README.md", "# My project\n");
    let words = "convert in.annotations.json --to hf-jsonl -o out.jsonl";
    let outcome = folder.run(words);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.err.contains("README.md is there already"),
        "{}",
        outcome.err
    );
    assert_eq!(folder.read("README.md"), "# My project\n");
    assert_eq!(folder.names(), ["README.md", "in.annotations.json"]);
    folder.succeed(&format!("{words} --force"));
    assert_ne!(folder.read("README.md"), "# My project\n");
    // What the program wrote itself it replaces.
    folder.succeed(words);
}

#[test]
fn a_stated_unit_is_believed() {
    let folder = Folder::new();
    folder.write("in.jsonl", "{\"text\":\"😀ab\",\"label\":[[2,3,\"x\"]]}\n");
    for (unit, exact) in [("utf-16", "a"), ("code-points", "b")] {
        folder.succeed(&format!(
            "convert in.jsonl --unit {unit} --to json -o out.json"
        ));
        assert_eq!(
            folder.json("out.json")["annotations"][0]["quote"]["exact"],
            exact,
            "{unit}"
        );
    }
}

#[test]
fn articles_become_documents_that_nobody_has_touched() {
    let folder = Folder::new();
    folder.write("texts/a.txt", "One text.\r\nTwo.");
    folder.write("texts/b.html", "<p>One <b>page</b>.");
    for from in ["texts", "texts/a.txt texts/b.html"] {
        folder.succeed(&format!("convert {from} --to json -o out.json"));
        let out = folder.json("out.json");
        let documents = out["documents"].as_array().unwrap();
        let texts: Vec<&str> = documents
            .iter()
            .map(|d| d["text"].as_str().unwrap())
            .collect();
        assert_eq!(texts, ["One text.\r\nTwo.", "One page."], "{from}");
        assert_eq!(documents[0]["metadata"]["state"], "open");
    }
    // Beside a dataset, a text is no document of its own.
    folder.write("texts/c.annotations.json", two_documents());
    folder.succeed("convert texts --to json -o out.json");
    assert_eq!(
        folder.json("out.json")["documents"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}
