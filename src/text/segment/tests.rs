//! Units of movement, by example and by law.

use super::*;
use crate::text::{Span, Text};
use proptest::prelude::*;
use std::time::Instant;

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

fn shown<'t>(text: &'t Text, spans: &[Span]) -> Vec<&'t str> {
    spans
        .iter()
        .map(|span| text.slice(*span).unwrap())
        .collect()
}

/// `|` parts the sentences of a case; it is no part of its text.
fn check_sentences(cases: &[&str]) {
    for case in cases {
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let text = text(&case.replace('|', ""));
        let found = sentences(&text, text.whole().unwrap());
        assert_eq!(shown(&text, &found), expected);
    }
}

#[test]
fn abbreviations_and_initials_end_no_sentence() {
    check_sentences(&[
        "Mr. Bristow met Dr. J. A. Smith of St. Ives. |Then he left.",
        "Gov. Lind and Sen. Okoro spoke. |Lt. Col. Hart did not.",
        "U.S. officials and the U.S. Senate agreed. |He lives in the U.S. |The others do not.",
        "It began at 7 a.m. Friday and ended at 9 p.m. |The crowd left.",
        "See No. 10 and Sept. 11. |He said no. |Then he left.",
        "Smith v. Jones is over. |Acme Inc. Chairman Lee left. |Acme Inc. |The end.",
        "Es war am 3. Oktober, z. B. Dienstag. |Dr. Weber kam.",
        "M. Dupont est parti. |Mme. Petit reste.",
    ]);
}

#[test]
fn closing_marks_belong_to_the_sentence() {
    check_sentences(&[
        "“It is late.” |The crews left.",
        "“It is late,” she said. |“It is not about us.”",
        "“Why?” he asked. |“No!” she cried.",
        "(He left.) |She stayed.",
        "He left. |\"We stay,\" she said.",
        "「終わった。」|次の文だ。|『はい！』|終わり。",
        "「終わった。」と言った。|彼は帰った。",
        "他说好。|“我要走。”|他走了。",
    ]);
}

#[test]
fn a_sentence_may_begin_with_a_number() {
    check_sentences(&["Nobody was hurt. |25 people fled to Mt. 3 and to approx. 5 schools."]);
}

#[test]
fn a_line_without_a_full_stop_is_a_sentence() {
    check_sentences(&["Crews to help flooded towns", "One\n|Two\n|Three"]);
}

#[test]
fn words_hold_a_letter_digit_or_ideograph() {
    for (content, expected) in [
        (
            "Britain’s 25% – well\nsaid!",
            &["Britain’s", "25", "well", "said"][..],
        ),
        ("永和 é 😀 ...", &["永", "和", "é"]),
        ("e\u{301}a", &["e\u{301}a"]),
    ] {
        let text = text(content);
        assert_eq!(shown(&text, &words(&text, text.whole().unwrap())), expected);
    }
}

#[test]
fn steps_go_to_the_next_and_the_previous_unit() {
    let text = text("One two. Three.");
    let block = text.whole().unwrap();
    let at = |span: Option<Span>| span.and_then(|span| text.slice(span));
    assert_eq!(at(word_at(&text, block, 4)), Some("two"));
    assert_eq!(at(word_at(&text, block, 3)), None);
    assert_eq!(at(next_word(&text, block, 1)), Some("two"));
    assert_eq!(at(next_word(&text, block, 15)), None);
    assert_eq!(at(previous_word(&text, block, 7)), Some("two"));
    assert_eq!(at(previous_word(&text, block, 2)), None);
    assert_eq!(at(sentence_at(&text, block, 7)), Some("One two."));
    assert_eq!(at(sentence_at(&text, block, 8)), None);
    assert_eq!(at(next_sentence(&text, block, 1)), Some("Three."));
    assert_eq!(at(previous_sentence(&text, block, 8)), Some("One two."));
    assert_eq!(at(previous_sentence(&text, block, 7)), None);
}

#[test]
fn ends_snap_outwards_to_words_and_graphemes() {
    let text = text("One two, e\u{301}x 👨‍👩‍👧 🇫🇷🇩🇪");
    let whole = text.whole().unwrap();
    let words = |start, end| snap_to_words(&text, whole, Span::new(start, end).unwrap());
    let graphemes = |start, end| snap_to_graphemes(&text, Span::new(start, end).unwrap());
    assert_eq!(words(1, 5), Span::new(0, 7).unwrap());
    assert_eq!(words(3, 8), Span::new(3, 8).unwrap());
    assert_eq!(graphemes(10, 11), Span::new(9, 11).unwrap());
    assert_eq!(graphemes(14, 15), Span::new(13, 18).unwrap());
    assert_eq!(graphemes(20, 22), Span::new(19, 23).unwrap());
    assert_eq!(next_grapheme(&text, 13), 18);
    assert_eq!(previous_grapheme(&text, 18), 13);
    assert!(!is_grapheme_boundary(&text, 20) && is_grapheme_boundary(&text, 21));
}

#[test]
fn trimming_drops_what_shows_nothing() {
    for (content, expected) in [
        (
            " \u{A0}\u{2028}\u{200B}\u{FEFF}a b\u{200F}\u{2069}\n",
            Some("a b"),
        ),
        (" \u{200B} ", None),
        (" \u{301}a", Some(" \u{301}a")),
        ("a\u{200D} ", Some("a\u{200D}")),
    ] {
        let text = text(content);
        let trimmed = trim(&text, text.whole().unwrap());
        assert_eq!(trimmed.and_then(|span| text.slice(span)), expected);
    }
}

#[test]
fn a_step_costs_the_same_in_a_huge_line() {
    let units = [
        "Word and word. ",
        "a",
        "永",
        "\u{301}",
        "🇫",
        "😀\u{200D}",
        " ",
        ".",
        "? ",
        "क\u{94D}",
    ];
    for unit in units {
        let text = text(&unit.repeat(1_000_000 / unit.len()));
        let block = text.whole().unwrap();
        let middle = block.len() / 2;
        let start = Instant::now();
        next_grapheme(&text, middle);
        previous_grapheme(&text, middle);
        snap_to_graphemes(&text, Span::new(middle, middle + 1).unwrap());
        snap_to_words(&text, block, Span::new(middle, middle + 1).unwrap());
        word_at(&text, block, middle);
        sentence_at(&text, block, middle);
        // Loose, since tests are built without optimisation and share the machine.
        assert!(
            start.elapsed().as_millis() < 2000,
            "{unit:?}: {:?}",
            start.elapsed()
        );
    }
}

/// Texts in which boundaries are unusual, some longer than the pieces.
fn any_content() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,200}",
        "[a .\n“”'!?1\u{301}\u{200D}😀🇫🇷永क\u{94D}\r\u{600}]{1,300}",
        ("[a .\u{301}永🇫]{1,9}", 1..900_usize).prop_map(|(unit, n)| unit.repeat(n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn units_ascend_within_their_block(content in any_content(), a: u32, b: u32) {
        let text = text(&content);
        let length = text.length().code_points;
        let (a, b) = (a % length, b % length);
        let block = Span::new(a.min(b), a.max(b) + 1).unwrap();
        for units in [words(&text, block), sentences(&text, block)] {
            let mut at = block.start();
            for unit in units {
                prop_assert!(at <= unit.start() && unit.end() <= block.end());
                at = unit.end();
            }
        }
        let first = words(&text, block).first().copied();
        prop_assert_eq!(next_word(&text, block, block.start()), first);
        let last = sentences(&text, block).last().copied();
        prop_assert_eq!(previous_sentence(&text, block, block.end()), last);
    }

    #[test]
    fn words_are_those_of_the_standard_in_any_length(
        content in "[a.’1,永ア\u{301}\u{200D}🇫 \n]{1,3000}",
    ) {
        use unicode_segmentation::UnicodeSegmentation;
        let text = text(&content);
        let found = words(&text, text.whole().unwrap());
        let expected: Vec<&str> = content
            .split_word_bounds()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .collect();
        prop_assert_eq!(shown(&text, &found), expected);
    }

    #[test]
    fn sentences_stay_whole_in_any_length(n in 1..900_usize, lead in 0..40_usize) {
        let one = "Mr. Lind’s crew left at 7 p.m. Friday, “late”.";
        let text = text(&format!("{} {}", "x".repeat(lead), format!("{one} ").repeat(n)));
        let found = sentences(&text, text.whole().unwrap());
        prop_assert_eq!(found.len(), n);
        for sentence in found.into_iter().skip(1) {
            prop_assert_eq!(text.slice(sentence), Some(one));
        }
    }

    #[test]
    fn every_word_and_sentence_is_found_from_inside(content in any_content()) {
        let text = text(&content);
        let block = text.whole().unwrap();
        for word in words(&text, block).into_iter().step_by(97) {
            prop_assert_eq!(word_at(&text, block, word.end() - 1), Some(word));
            prop_assert_eq!(snap_to_words(&text, block, word), word);
        }
        for sentence in sentences(&text, block).into_iter().step_by(41) {
            prop_assert_eq!(sentence_at(&text, block, sentence.end() - 1), Some(sentence));
        }
    }

    #[test]
    fn trimming_twice_is_trimming_once(content in any_content(), a: u32, b: u32) {
        let text = text(&content);
        let length = text.length().code_points;
        let (a, b) = (a % length, b % length);
        if let Some(once) = trim(&text, Span::new(a.min(b), a.max(b) + 1).unwrap()) {
            prop_assert_eq!(trim(&text, once), Some(once));
            prop_assert!(is_grapheme_boundary(&text, once.start()));
            prop_assert!(is_grapheme_boundary(&text, once.end()));
        }
    }

    #[test]
    fn a_grapheme_on_and_one_back_is_where_one_was(content in any_content(), at: u32) {
        let text = text(&content);
        let length = text.length().code_points;
        let here = previous_grapheme(&text, at % (length + 1));
        prop_assert!(is_grapheme_boundary(&text, here));
        if here < length {
            let next = next_grapheme(&text, here);
            prop_assert!(next > here && is_grapheme_boundary(&text, next));
            prop_assert_eq!(previous_grapheme(&text, next), here);
        }
    }

    #[test]
    fn graphemes_are_those_of_the_standard(content in "\\PC{1,900}|[a\u{301}\u{200D}😀🇫🇷क\u{94D}\r\n]{1,900}") {
        use unicode_segmentation::UnicodeSegmentation;
        let text = text(&content);
        let mut at = 0;
        for grapheme in content.graphemes(true) {
            let end = at + grapheme.chars().count() as u32;
            prop_assert_eq!(next_grapheme(&text, at), end);
            at = end;
        }
    }
}
