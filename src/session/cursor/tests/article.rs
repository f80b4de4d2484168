//! The keys that the specification counts for a whole article, replayed.

use super::*;

/// An invented article with the shapes of the seed article, line by line.
const ARTICLE: &str = "\
Ferries to help Britain’s worst-linked towns | The Daily Post

Monday, 3 March 2025

Ferries to help Britain’s worst-linked towns

The Harbour Board (HB) will join forces with rail firms on the ‘night line’, Ann Cole will announce today

Anna Roe Jo Lind
Quay: Jo Lind gave a stark warning
A new ‘ferry squad’ of sea-going planners will serve Britain’s worst-linked towns after the board admitted it is swamped with complaints.
Planners at the Harbour Board (HB) will join forces with rail firms on the ‘night line’, Ann Cole will announce today.
HB boss Jo Lind gave a stark warning that complaints to her planners have soared almost 25% in just three years.
She said her team are now dealing with 400 letters a week and that it is “a plain truth” that many of Britain’s towns will never have a boat.
She said waiting passengers should be offered “support” by the line before they give up.
“This is not about the board’s appetite to sail to these towns,” Ms Lind said.
“It is about serving the remotest first, and it’s about the sheer number of quays and the cost of mending them.”
PA A general view of the quay in Hull, Yorkshire
Base: The quay in Hull, Yorkshire
The HB says passengers are increasingly patient and use the so-called ‘slow boat’ to save money.
But planners say they can still be won back and the new squad will serve the most distant towns.
Two big firms have also agreed a package of measures to stop the old boats from sailing in storms.
Speaking on the second day of a conference on harbours in Hull, Ms Cole will describe the deal as a “turning point”.
The minister will say: “The so-called ‘slow-boat’ is increasingly used by families to cross the bay.
“I want them to hear loud and clear - we are building on the bay’s last quay.
“If you are thinking of staying, there will be no boat for you to miss.”
But speaking at the same conference yesterday Ms Lind admitted it is “not realistic” to serve every one of Britain’s 500 harbours.
She said many towns should be offered buses but insisted that was “no answer to the winter storms”.
And she begged waiting passengers to come forward and write before they give up.
“We do need a more rational debate about those towns that have had a boat once, but have not yet lost it,” the captain said.
“For (them) the right boat at the right time would prevent harm from being done.
“It should not be wrong for us to talk about helping those towns and their families.”

Should ferries be free for all?



No comments :
";

/// The keys of the specification's table, row by row.
const KEYS: &[&str] = &[
    "Shift+B Shift+B",
    "J Shift+C",
    "Shift+P Shift+P",
    "Shift+C Shift+C Shift+C",
    "C S Shift+Q Shift+Q Q",
    "J Shift+Q",
    "Shift+P Shift+P Shift+C Shift+C C",
    "S Shift+Q Q → Shift+↓ C S Shift+Q Shift+Q",
    "W Shift+C Shift+Q Shift+Q",
    "Q J Shift+Q Shift+Q",
    "Shift+B B",
];

/// Which part of a line a span covers.
#[derive(Clone, Copy)]
enum Part {
    Line,
    /// From the first opening mark to the first closing mark.
    Quotation,
    /// From the first opening mark to the end of the line.
    Open,
    /// The same without the mark.
    Spoken,
}

/// Line (from 1), label, part.
const EXPECTED: &[(usize, &str, Part)] = &[
    (1, "boilerplate", Part::Line),
    (3, "boilerplate", Part::Line),
    (7, "claim", Part::Line),
    (9, "caption", Part::Line),
    (10, "caption", Part::Line),
    (11, "claim", Part::Line),
    (12, "claim", Part::Line),
    (13, "claim", Part::Line),
    (14, "claim", Part::Line),
    (14, "quote", Part::Quotation),
    (15, "quote", Part::Quotation),
    (16, "quote", Part::Quotation),
    (17, "quote", Part::Line),
    (18, "caption", Part::Line),
    (19, "caption", Part::Line),
    (20, "claim", Part::Line),
    (21, "claim", Part::Line),
    (22, "claim", Part::Line),
    (23, "quote", Part::Quotation),
    (24, "quote", Part::Open),
    (24, "claim", Part::Spoken),
    (25, "quote", Part::Line),
    (26, "quote", Part::Line),
    (27, "claim", Part::Line),
    (27, "quote", Part::Quotation),
    (28, "quote", Part::Quotation),
    (30, "quote", Part::Quotation),
    (31, "quote", Part::Line),
    (32, "quote", Part::Line),
    (34, "boilerplate", Part::Line),
    (38, "boilerplate", Part::Line),
];

fn expected(article: &str) -> Vec<(&'static str, String)> {
    let lines: Vec<&str> = article.lines().collect();
    let part_of = |line: &str, part| match part {
        Part::Line => line.to_owned(),
        Part::Quotation => line[line.find('“').unwrap()..=line.find('”').unwrap() + 2].to_owned(),
        Part::Open => line[line.find('“').unwrap()..].to_owned(),
        Part::Spoken => line[line.find('“').unwrap() + '“'.len_utf8()..].to_owned(),
    };
    let parts = EXPECTED.iter();
    parts
        .map(|(line, label, part)| (*label, part_of(lines[line - 1], *part)))
        .collect()
}

fn replay(article: &str) {
    let mut desk = Desk::new(article);
    for row in KEYS {
        desk.press(row);
    }
    let tagged: Vec<_> = desk
        .marks
        .marks()
        .map(|mark| {
            (
                mark.label,
                desk.document.text.slice(mark.span).unwrap().to_owned(),
            )
        })
        .collect();
    assert_eq!(tagged, expected(article));
}

#[test]
fn the_counted_keys_give_the_spans_of_an_article() {
    replay(ARTICLE);
}

#[test]
fn the_counted_keys_give_the_spans_of_the_seed_article() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seed/article.txt");
    match std::fs::read_to_string(path) {
        Ok(article) => replay(&article),
        Err(_) => println!("skipped: {path} is not there"),
    }
}

#[test]
fn the_table_has_forty_keys_for_31_spans() {
    let keys = KEYS.iter().flat_map(|row| row.split(' ')).count();
    assert_eq!((keys, EXPECTED.len()), (40, 31));
}
