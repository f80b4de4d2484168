//! Tokens, flat spans and sentences, by example and by law.

use super::flat::trim;
use super::*;
use crate::document::{DocumentMeta, plain};
use crate::format::testing::{document, span};
use proptest::prelude::*;

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

/// The pieces, parted by `|`.
fn cut(content: &str, edges: &[u32]) -> String {
    let text = text(content);
    let pieces = pieces(&text, edges.iter().copied());
    let parts = pieces.iter().map(|piece| text.slice(piece.span).unwrap());
    parts.collect::<Vec<_>>().join("|")
}

#[test]
fn words_punctuation_and_white_space_are_pieces() {
    for (content, pieces) in [
        ("One, two.", "One|,| |two|."),
        (
            "can't  stop\r\n now\t \u{a0}x",
            "can't| | |stop|\r\n| |now|\t| |\u{a0}|x",
        ),
        ("-DOCSTART- -X-", "-|DOCSTART|-| |-|X|-"),
        ("cafe\u{301} \u{301}x", "cafe\u{301}| |\u{301}|x"),
        ("👨‍👩‍👧‍👦 family 🇫🇷🇩🇪", "👨‍👩‍👧‍👦| |family| |🇫🇷|🇩🇪"),
        ("ff\u{c}fs\u{1c}sep", "ff|\u{c}|fs|\u{1c}|sep"),
        ("", ""),
    ] {
        assert_eq!(cut(content, &[]), pieces);
    }
}

#[test]
fn every_edge_is_a_cut() {
    assert_eq!(
        cut("caption 🌍, AB", &[7, 3, 12, 99, 0]),
        "cap|tion| |🌍|,| |A|B"
    );
    assert_eq!(cut("a\n\n\nb", &[2]), "a|\n|\n\n|b");
    assert_eq!(cut("words", &[2, 2, 5]), "wo|rds");
}

#[test]
fn the_longest_span_stays() {
    let text = text("one two  three");
    for (spans, kept, overlapping, trimmed, blank) in [
        (vec![(0, 7), (4, 14)], vec![(4, 14)], 1, 0, 0),
        (
            vec![(0, 3), (3, 8), (9, 14)],
            vec![(0, 3), (4, 7), (9, 14)],
            0,
            1,
            0,
        ),
        (vec![(0, 3), (0, 3)], vec![(0, 3)], 1, 0, 0),
        (vec![(7, 9)], vec![], 0, 0, 1),
        (
            vec![(0, 14), (0, 3), (4, 7), (9, 14)],
            vec![(0, 14)],
            3,
            0,
            0,
        ),
    ] {
        let flat = flatten(&text, spans.iter().map(|(s, e)| (span(*s, *e), 0)));
        let found: Vec<_> = flat
            .kept
            .iter()
            .map(|(s, _)| (s.start(), s.end()))
            .collect();
        assert_eq!(found, kept);
        assert_eq!(
            (flat.overlapping.len(), flat.trimmed.len(), flat.blank.len()),
            (overlapping, trimmed, blank)
        );
    }
}

#[test]
fn of_equal_spans_the_label_that_comes_first_stays() {
    let text = text("one");
    let flat = flatten(&text, [(span(0, 3), 2), (span(0, 3), 1)]);
    assert_eq!(flat.kept, [(span(0, 3), 1)]);
}

#[test]
fn sentences_and_blocks_begin_sentences() {
    let starts = |content: &str| sentence_starts(&document("d", content));
    assert_eq!(starts("One. Two.\n\nThree"), [0, 5, 11]);
    assert_eq!(starts(""), [0]);
    let read = plain("  One\nTwo".to_owned(), DocumentMeta::default()).unwrap();
    assert_eq!(sentence_starts(&read), [0, 6]);
}

proptest! {
    #[test]
    fn pieces_cover_a_text_and_never_mix_white_space_with_words(
        content in "(\\PC|[ \t\r\n\u{1c}\u{2028}\u{300}a-c.🇫🇷‍])*",
        edges in prop::collection::vec(0_u32..40, 0..9),
    ) {
        let text = text(&content);
        let pieces = pieces(&text, edges.iter().copied());
        let mut at = 0;
        for piece in &pieces {
            prop_assert_eq!(piece.span.start(), at);
            at = piece.span.end();
            let content = text.slice(piece.span).unwrap();
            match piece.kind {
                Kind::Word => prop_assert!(!content.contains(is_space)),
                Kind::Blank => prop_assert_eq!(content, " "),
                Kind::Space => prop_assert!(content.chars().all(|c| is_space(c) && c != ' ')),
            }
        }
        prop_assert_eq!(at, text.length().code_points);
        let inside = |edge: &&u32| **edge < at;
        for edge in edges.iter().filter(inside) {
            prop_assert!(pieces.iter().any(|piece| piece.span.start() == *edge));
        }
    }

    #[test]
    fn what_stays_is_trimmed_and_does_not_overlap(
        content in "[ \u{1f}ab\n]{1,30}",
        spans in prop::collection::vec((0_u32..30, 1_u32..30), 0..20),
    ) {
        let text = text(&content);
        let length = text.length().code_points;
        let spans: Vec<Span> = spans
            .into_iter()
            .filter_map(|(start, count)| Span::new(start, (start + count).min(length)))
            .collect();
        let flat = flatten(&text, spans.iter().map(|span| (*span, 0)));
        for pair in flat.kept.windows(2) {
            prop_assert!(pair[0].0.end() <= pair[1].0.start());
        }
        for (span, place) in &flat.kept {
            prop_assert_eq!(trim(&text, spans[*place], is_space), Some(*span));
        }
        prop_assert_eq!(flat.kept.len() + flat.overlapping.len() + flat.blank.len(), spans.len());
    }
}
