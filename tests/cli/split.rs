//! Parts of a corpus.

use crate::harness::{Folder, names_in};
use rubricate::format::{FORMATS, FileSet};
use std::collections::{HashMap, HashSet};

/// Documents from ten sites, a line each.
fn corpus(documents: std::ops::Range<usize>) -> String {
    documents
        .map(|n| {
            format!(
                "{{\"id\":\"d{n}\",\"text\":\"Text {n}.\",\"spans\":[],\"url\":\"https://www.site{}.example/{n}\"}}\n",
                n % 10
            )
        })
        .collect()
}

/// Which document is in which part.
fn listed(folder: &Folder, words: &str) -> HashMap<String, String> {
    let lines = folder.succeed(words).out;
    lines
        .lines()
        .map(|line| {
            let (part, id) = line.split_once('\t').unwrap();
            (id.to_owned(), part.to_owned())
        })
        .collect()
}

#[test]
fn a_document_stays_in_its_part_when_others_are_added() {
    let folder = Folder::new();
    folder.write("few.jsonl", corpus(0..50));
    folder.write("many.jsonl", corpus(0..300));
    let few = listed(&folder, "split few.jsonl --seed 7");
    let many = listed(&folder, "split many.jsonl --seed 7");
    assert_eq!((few.len(), many.len()), (50, 300));
    assert!(few.iter().all(|(id, part)| many[id] == *part));
    assert_ne!(many, listed(&folder, "split many.jsonl --seed 8"));
    let train = many.values().filter(|part| *part == "train").count();
    assert!((210..=270).contains(&train), "{train}");
}

#[test]
fn a_site_is_in_one_part() {
    let folder = Folder::new();
    folder.write("in.jsonl", corpus(0..100));
    let parts = listed(&folder, "split in.jsonl --by site --shares 1/1/1");
    let mut sites: HashMap<usize, HashSet<&String>> = HashMap::new();
    for (id, part) in &parts {
        let number: usize = id[1..].parse().unwrap();
        sites.entry(number % 10).or_default().insert(part);
    }
    assert!(sites.values().all(|parts| parts.len() == 1), "{sites:?}");
    assert_eq!(sites.values().flatten().collect::<HashSet<_>>().len(), 3);
}

#[test]
fn every_format_can_be_written_in_parts_which_together_are_all() {
    for format in FORMATS
        .iter()
        .filter(|format| format.writes && format.reads_back)
    {
        let folder = Folder::new();
        folder.write("in.jsonl", corpus(0..40));
        folder.succeed(&format!(
            "convert in.jsonl --to {} --split 2/1/1 -o out",
            format.id
        ));
        let from = |part: &str| match format.files {
            FileSet::One => format!("out/{part}{}", format.extension),
            FileSet::OneWithOthers => format!("out/{part}/{part}{}", format.extension),
            FileSet::PerDocument => format!("out/{part}"),
        };
        let mut texts = HashSet::new();
        for part in ["train", "dev", "test"] {
            let from = from(part);
            folder.succeed(&format!(
                "convert {from} --from {} --to json -o {part}.json",
                format.id
            ));
            for document in folder.json(&format!("{part}.json"))["documents"]
                .as_array()
                .unwrap()
            {
                assert!(
                    texts.insert(document["text"].to_string()),
                    "{} {part}",
                    format.id
                );
            }
        }
        assert_eq!(texts.len(), 40, "{}", format.id);
    }
}

#[test]
fn a_part_without_documents_is_said_and_not_written() {
    let folder = Folder::new();
    folder.write("in.jsonl", corpus(0..5));
    let outcome = folder.succeed("split in.jsonl --shares 1/0/0 -o out");
    assert_eq!(names_in(&folder.path("out")), ["train.annotations.json"]);
    assert!(
        outcome
            .err
            .contains("dev: There is no document in this part."),
        "{}",
        outcome.err
    );
}
