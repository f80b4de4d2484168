//! Drags, clicks and taps.

use super::*;

const TEXT: &str = "One two three.\nHe said “four five” so. Six.";

fn offset(part: &str) -> u32 {
    Desk::new(TEXT).span_of(part).start()
}

#[test]
fn a_drag_is_snapped_to_words_unless_it_is_exact() {
    for (anchor, focus, how, expected) in [
        (1, 5, Snap::Words, "One two"),
        (5, 1, Snap::Words, "One two"),
        (1, 5, Snap::Exact, "ne t"),
        (3, 8, Snap::Words, "two"),
        (3, 8, Snap::Exact, "two"),
        (3, 4, Snap::Exact, "ne |two"),
        (6, 6, Snap::Words, " tw|o t"),
        (10, 17, Snap::Words, "three.\nHe"),
        (9000, 9001, Snap::Words, "ix.|"),
    ] {
        let mut desk = Desk::new(TEXT);
        desk.act(|cursor, around| cursor.select(around, anchor, focus, how));
        assert_eq!(desk.shown(), expected, "{anchor}..{focus} {how:?}");
    }
}

#[test]
fn the_end_at_the_pointer_is_the_active_one() {
    let mut desk = Desk::new(TEXT);
    desk.act(|cursor, around| cursor.select(around, 7, 4, Snap::Words));
    desk.press("Shift+←");
    assert_eq!(desk.shown(), "One two");
}

#[test]
fn a_drag_never_cuts_a_grapheme() {
    let mut desk = Desk::new("xe\u{301}y");
    desk.act(|cursor, around| cursor.select(around, 0, 2, Snap::Exact));
    assert_eq!(desk.shown(), "xe\u{301}");
    desk.act(|cursor, around| cursor.select(around, 2, 2, Snap::Exact));
    assert_eq!(desk.shown(), "x|e\u{301}y");
}

#[test]
fn a_double_click_takes_the_word_and_a_triple_click_the_block() {
    let mut desk = Desk::new(TEXT);
    desk.act(|cursor, around| cursor.select_word_at(around, offset("wo")));
    assert_eq!(desk.shown(), "two");
    desk.act(|cursor, around| cursor.select_block_at(around, offset("wo")));
    assert_eq!(desk.shown(), "One two three.");
    desk.act(|cursor, around| cursor.select_word_at(around, offset("“")));
    assert_eq!(desk.shown(), "“");
}

#[test]
fn tapping_the_same_again_narrows_and_begins_anew() {
    let sentence = "He said “four five” so.";
    for (part, steps) in [
        ("five", &[sentence, "“four five”", "five", sentence][..]),
        ("said", &[sentence, "said", sentence]),
        ("Six", &["Six.", "Six", "Six."]),
    ] {
        let mut desk = Desk::new(TEXT);
        for expected in steps {
            desk.act(|cursor, around| cursor.tap_at(around, offset(part) + 1));
            assert_eq!(desk.shown(), *expected, "{part}");
        }
    }
}

#[test]
fn tapping_a_sentence_just_tagged_narrows_too() {
    let mut desk = Desk::new(TEXT);
    desk.press("↓ C M");
    desk.act(|cursor, around| cursor.tap_at(around, offset("five")));
    assert_eq!(desk.shown(), "“four five”");
}

#[test]
fn a_tap_elsewhere_takes_the_sentence_there() {
    let mut desk = Desk::new(TEXT);
    desk.act(|cursor, around| cursor.tap_at(around, offset("five")));
    desk.act(|cursor, around| cursor.tap_at(around, offset("five")));
    desk.act(|cursor, around| cursor.tap_at(around, offset("Six")));
    assert_eq!(desk.shown(), "Six.");
}

#[test]
fn a_handle_moves_the_ends_of_the_annotation_that_is_edited() {
    let mut desk = Desk::new(TEXT);
    desk.press("→ C M E");
    let (from, to) = (offset("two"), offset("He"));
    desk.act(|cursor, around| cursor.select(around, from, to + 1, Snap::Words));
    assert_eq!(desk.shown(), "two three.");
    assert_eq!(desk.cursor.edits_ends_of(), Some("a0"));
}
