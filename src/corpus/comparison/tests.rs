//! Comparing, as what is shown of given files.

use super::*;
use crate::corpus::merge::testing::{entry, header};

fn file(name: &str, entries: Vec<Entry>) -> (String, Collected) {
    let dataset = Collected {
        header: header(&["claim", "quote"]),
        entries,
        findings: Vec::new(),
    };
    (name.to_owned(), dataset)
}

/// Two files of one text, of which Ben knows it by another id.
pub fn two() -> Vec<(String, Collected)> {
    let text = "One two three. Four five six.";
    vec![
        file(
            "back/Ada.annotations.json",
            vec![entry(
                "d1",
                text,
                &[("a1", 0, 7, "claim", None), ("a2", 15, 19, "quote", None)],
            )],
        ),
        file(
            "Ben.json",
            vec![
                entry("other", "Of Ben alone.", &[("b9", 0, 2, "claim", None)]),
                entry(
                    "d1b",
                    text,
                    &[("b1", 0, 13, "claim", None), ("b2", 15, 19, "quote", None)],
                ),
            ],
        ),
    ]
}

#[test]
fn files_are_named_by_assignment_or_by_themselves_and_never_alike() {
    let plain = header(&[]);
    let mut given = header(&[]);
    let assignment = json!({"annotator": "Ada", "documents": []});
    given.extra.insert("assignment".to_owned(), assignment);
    let files = [
        ("a/x.annotations.json", &given),
        ("a/Ada.json", &plain),
        ("x.json", &plain),
        ("x.json", &plain),
        ("x.json", &plain),
    ];
    assert_eq!(
        annotators(files.map(|(name, header)| (name.to_owned(), header))),
        ["Ada", "a/Ada.json", "x", "x.json", "x.json (2)"]
    );
}

#[test]
fn documents_of_the_same_text_are_compared() {
    let comparison = Comparison::of(two()).unwrap();
    let summary = comparison.summary();
    assert_eq!(summary["annotators"], json!(["Ada", "Ben"]));
    assert_eq!(summary["others"], 1);
    assert_eq!(summary["documents"][0]["cases"], 2);
    assert_eq!(summary["documents"][0]["disputed"], 1);
    assert_eq!(summary["figures"][0]["exact_f1"], 0.5);
    let document = comparison.document(0).unwrap();
    let case = &document["cases"][0];
    assert_eq!(
        case["sides"],
        json!([
            {"pieces": [["One two", ["claim"]], [" three", []]], "take": [1]},
            {"pieces": [["One two three", ["claim"]]], "take": [0]},
        ])
    );
    assert_eq!(case["before"], "");
    assert_eq!(case["after"], ". Four five six.");
    assert_eq!(document["differences"], json!([[7, 13]]));
    assert_eq!(comparison.document(1), None);
}

#[test]
fn the_key_is_that_of_the_work_and_not_of_the_order_of_the_files() {
    let key = |files| Comparison::of(files).unwrap().key();
    let mut turned = two();
    turned.reverse();
    assert_eq!(key(two()), key(turned));
    let mut changed = two();
    changed[0].1.entries[0].annotations.pop();
    assert_ne!(key(two()), key(changed));
}

#[test]
fn one_file_is_compared_by_who_made_the_annotations() {
    let marks = [
        ("a", 0, 3, "claim", Some("Ada")),
        ("b", 0, 3, "claim", Some("Ben")),
    ];
    let one = vec![file("all.json", vec![entry("d", "One two.", &marks)])];
    let summary = Comparison::of(one).unwrap().summary();
    assert_eq!(summary["annotators"], json!(["Ada", "Ben"]));
}

#[test]
fn where_nothing_is_shared_a_sentence_says_so() {
    let mut apart = two();
    apart[1].1.entries.pop();
    let Err(sentence) = Comparison::of(apart) else {
        panic!("there is nothing to compare");
    };
    assert!(sentence.starts_with("No document was worked on by two annotators"));
}
