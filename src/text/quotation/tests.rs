//! What counts as a quotation, by example.

use super::*;
use proptest::prelude::*;

/// Blocks are the lines.
fn lines(content: &str) -> (Text, Vec<Span>) {
    let text = Text::new(content.to_owned()).unwrap();
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in content.split('\n') {
        let end = at + line.chars().count() as u32;
        blocks.extend(Span::new(at, end));
        at = end + 1;
    }
    (text, blocks)
}

/// The quotations of `content`, written as one line each: `+` for one that continues, `>` for each
/// level of depth, then its text.
fn shown(content: &str) -> Vec<String> {
    let (text, blocks) = lines(content);
    quotations(&text, &blocks)
        .into_iter()
        .map(|q| {
            let plus = if q.continues { "+" } else { "" };
            let depth = ">".repeat(q.depth as usize);
            format!("{plus}{depth}{}", text.slice(q.span).unwrap())
        })
        .collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (content, expected) in cases {
        assert_eq!(shown(content), *expected, "in {content:?}");
    }
}

#[test]
fn marks_of_many_languages_pair() {
    check(&[
        ("He said “no” twice, “never” once.", &["“no”", "“never”"]),
        (
            "\"We rang,\" she said. \"Twice.\"",
            &["\"We rang,\"", "\"Twice.\""],
        ),
        ("''We rang,'' she said.", &["''We rang,''"]),
        ("``We rang,'' she said.", &["``We rang,''"]),
        ("Er sagte: „Es reicht.“ Dann ging er.", &["„Es reicht.“"]),
        (
            "Er sagte: „Es ‚reicht‘ jetzt.“",
            &["„Es ‚reicht‘ jetzt.“", ">‚reicht‘"],
        ),
        ("Er sagte: »Es reicht.« Dann ging er.", &["»Es reicht.«"]),
        (
            "Il dit : «\u{A0}C’est fini\u{A0}», puis sort.",
            &["«\u{A0}C’est fini\u{A0}»"],
        ),
        (
            "Il dit : « C’est “fini” ».",
            &["« C’est “fini” »", ">“fini”"],
        ),
        (
            "Hon sade: ”Det räcker.” Sedan gick hon.",
            &["”Det räcker.”"],
        ),
        ("Hän sanoi: »Riittää.» Sitten hän lähti.", &["»Riittää.»"]),
        ("Powiedział: „Dość” i wyszedł.", &["„Dość”"]),
        ("彼は「終わった。」と言った。", &["「終わった。」"]),
        (
            "彼は「『終わり』だ」と言った。",
            &["「『終わり』だ」", ">『終わり』"],
        ),
        ("他说：“我读过‘红楼’。”", &["“我读过‘红楼’。”", ">‘红楼’"]),
        ("他说\"你好\"然后走了", &["\"你好\""]),
        ("قال: «انتهى الأمر».", &["«انتهى الأمر»"]),
        ("הוא אמר: \"צה\"ל כאן\".", &["\"צה\"ל כאן\""]),
    ]);
}

#[test]
fn an_apostrophe_is_no_quotation_mark() {
    check(&[
        (
            "Britain’s ‘flood squad’ of the council’s best",
            &["‘flood squad’"],
        ),
        (
            "Britain's 'flood squad' of the council's best",
            &["'flood squad'"],
        ),
        (
            "‘It’s the workers’ rights we want,’ he said.",
            &["‘It’s the workers’ rights we want,’"],
        ),
        ("The workers’ rights of the ’90s", &[]),
        ("The workers' rights of the '90s and the '60s'", &[]),
        (
            "‘We love rock ’n’ roll,’ they said.",
            &["‘We love rock ’n’ roll,’"],
        ),
        ("Get 'em while they're hot, the sellers' cry", &[]),
        ("‘Tis the season to be jolly", &[]),
        (
            "‘Crews had no warning’: residents",
            &["‘Crews had no warning’"],
        ),
        ("A 5\"x7\" frame, 6'2\" tall", &[]),
    ]);
}

#[test]
fn a_quotation_within_a_quotation_lies_deeper() {
    check(&[
        ("“She said ‘no’,” he said.", &["“She said ‘no’,”", ">‘no’"]),
        (
            "\"'No' was all,\" he said.",
            &["\"'No' was all,\"", ">'No'"],
        ),
        ("‘She said “no”,’ he said.", &["‘She said “no”,’", ">“no”"]),
        (
            "“a ‘b “c” d’ e”",
            &["“a ‘b “c” d’ e”", ">‘b “c” d’", ">>“c”"],
        ),
    ]);
}

#[test]
fn a_quotation_of_several_paragraphs_has_a_part_in_each() {
    check(&[
        (
            "The mayor will say: “The ‘wet-zone’ is growing.\n“I want them to hear it.\n“There is nowhere to go.”\nBut “no” was heard.",
            &[
                "“The ‘wet-zone’ is growing.",
                ">‘wet-zone’",
                "+“I want them to hear it.",
                "+“There is nowhere to go.”",
                "“no”",
            ],
        ),
        (
            "“For (them) it is late. \n“It is not for us.”",
            &["“For (them) it is late.", "+“It is not for us.”"],
        ),
        (
            "\"One.\n\"Two,\" he said. \"Three.\"",
            &["\"One.", "+\"Two,\"", "\"Three.\""],
        ),
        ("‘One.\n‘Two,’ he said.", &["‘One.", "+‘Two,’"]),
        ("« Un.\n« Deux », dit-il.", &["« Un.", "+« Deux »"]),
        ("He said: “One.\nTwo.” Then he left.", &["“One.", "+Two.”"]),
        ("“One.”\n“Two.”", &["“One.”", "“Two.”"]),
    ]);
}

#[test]
fn without_a_close_only_a_block_that_opens_with_the_mark_is_a_quotation() {
    check(&[
        ("“One is lost\nHe left.", &["“One is lost"]),
        ("He said “one is lost\nHe left.", &[]),
        ("“One, he said. “Two,” he added.\nHe left.", &["“Two,”"]),
        (
            "“One, he said. “Two,” he added.\n“Three.”",
            &["“Two,”", "“Three.”"],
        ),
        ("lost” and gone", &[]),
        ("“\n\"\n''\n“”", &[]),
        ("", &[]),
    ]);
}

#[test]
fn the_inner_span_leaves_out_marks_and_the_space_beside_them() {
    for (content, inner) in [
        ("“no” he", "no"),
        ("« C'est fini » !", "C'est fini"),
        ("``no'' he", "no"),
        ("“One is lost", "One is lost"),
    ] {
        let (text, blocks) = lines(content);
        let found = quotations(&text, &blocks)[0];
        assert_eq!(text.slice(found.inner), Some(inner));
    }
}

#[test]
fn a_megabyte_of_marks_takes_no_time() {
    for unit in ["“", "'", "\"", "‘", "’", "« ", "x’ ", "“‘"] {
        let (text, blocks) = lines(&unit.repeat(100_000));
        quotations(&text, &blocks);
    }
    let half = 100_000;
    let (text, blocks) = lines(&format!("‘{}{}", "“".repeat(half), " x’".repeat(half)));
    let start = std::time::Instant::now();
    quotations(&text, &blocks);
    assert!(start.elapsed().as_secs() < 5);
}

proptest! {
    #[test]
    fn quotations_lie_in_a_block_and_come_in_order(
        content in "[ab ,.\n“”‘’'\"„«»「」\u{301}😀s]{0,80}|\\PC{0,60}",
    ) {
        let (text, blocks) = lines(&content);
        let found = quotations(&text, &blocks);
        for q in &found {
            prop_assert!(blocks.iter().any(|block| block.covers(q.span)));
            prop_assert!(q.span.covers(q.inner));
            prop_assert!(text.slice(q.span).is_some());
        }
        for pair in found.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            prop_assert!(a.span.start() <= b.span.start());
            prop_assert!(!a.span.intersects(b.span) || a.span.covers(b.span));
            prop_assert!(b.depth <= a.depth + 1);
        }
    }
}
