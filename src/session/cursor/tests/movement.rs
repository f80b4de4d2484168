//! Where each movement key goes.

use super::*;

const TEXT: &str = "\
One two. Three four.
He said: “Five six,” and “seven ‘eight’ nine.” Ten.

Eleven";

#[test]
fn movements_select_the_unit_that_they_reach() {
    check(
        TEXT,
        &[
            ("", "One two."),
            ("↓", "Three four."),
            ("↓ ↓", "He said: “Five six,” and “seven ‘eight’ nine.”"),
            ("↓ ↓ ↑", "Three four."),
            ("→", "One"),
            ("→ →", "two"),
            ("→ → →", "Three"),
            ("→ → ←", "One"),
            ("J", "He said: “Five six,” and “seven ‘eight’ nine.” Ten."),
            ("J J", "Eleven"),
            (
                "J J K",
                "He said: “Five six,” and “seven ‘eight’ nine.” Ten.",
            ),
            ("J J K K", "One two. Three four."),
            ("End", "Eleven"),
            ("End Home", "One two. Three four."),
        ],
    );
}

#[test]
fn a_step_from_a_larger_piece_goes_into_it() {
    check(
        TEXT,
        &[
            ("J →", "He"),
            ("J ←", "Ten"),
            ("J ↓", "He said: “Five six,” and “seven ‘eight’ nine.”"),
            ("J ↑", "Ten."),
            ("J S", "“Five six,”"),
            ("J Shift+S", "“seven ‘eight’ nine.”"),
            ("J S →", "Five"),
        ],
    );
}

#[test]
fn speech_goes_from_one_outermost_quotation_to_the_next() {
    check(
        TEXT,
        &[
            ("S", "“Five six,”"),
            ("S S", "“seven ‘eight’ nine.”"),
            ("S S S", "“seven ‘eight’ nine.”"),
            ("S S Shift+S", "“Five six,”"),
            ("End Shift+S", "“seven ‘eight’ nine.”"),
            ("S S ↓", "Ten."),
        ],
    );
}

#[test]
fn a_block_step_from_within_a_block_leaves_it() {
    check(
        TEXT,
        &[
            ("S J", "Eleven"),
            ("S K", "One two. Three four."),
            ("Home Shift+J J", "Eleven"),
        ],
    );
}

#[test]
fn right_to_left_arrows_go_by_the_screen() {
    check(
        "אחת שתיים שלוש.\nOne two.",
        &[
            ("→", "שלוש"),
            ("←", "אחת"),
            ("← ←", "שתיים"),
            ("← ← →", "אחת"),
            ("← Shift+←", "אחת שתיים"),
            ("← Shift+← Shift+→", "אחת"),
            ("↓ →", "One"),
        ],
    );
    check("مرحبا بالعالم", &[("←", "مرحبا"), ("→", "بالعالم")]);
    check("2025: אחת שתיים", &[("→", "שתיים")]);
    check("One אחת שתיים", &[("→", "One")]);
}

#[test]
fn scripts_without_spaces_have_sentences_and_quotations_too() {
    check(
        "彼は「終わった。」と言った。次の文。",
        &[
            ("", "彼は「終わった。」と言った。"),
            ("S", "「終わった。」"),
            ("↓", "次の文。"),
        ],
    );
}

#[test]
fn a_caret_goes_by_graphemes() {
    check(
        "e\u{301}👨‍👩‍👧x",
        &[
            ("Esc , ,", "e\u{301}|👨\u{200d}👩"),
            ("Esc , , ,", "|e\u{301}👨"),
            ("Esc , , , .", "e\u{301}|👨\u{200d}👩"),
        ],
    );
    check(
        "One two.",
        &[
            ("→ Esc", "One| tw"),
            ("→ Esc .", "ne |two"),
            ("→ Esc ,", "On|e t"),
            ("→ Esc →", "two"),
            ("→ Esc ←", "One"),
        ],
    );
}

#[test]
fn what_cannot_be_reached_is_said() {
    for (keys, moved) in [
        ("K", Moved::AtEnd("This is the first block.")),
        ("End J", Moved::AtEnd("This is the last block.")),
        ("M", Moved::Nothing("Nothing is tagged yet.")),
        ("C M M", Moved::AtEnd("There is no further annotation.")),
        ("G", Moved::Nothing("There are no suggestions.")),
        ("End S", Moved::AtEnd("There is no further quotation.")),
        ("J", Moved::Reached),
    ] {
        let mut desk = Desk::new(TEXT);
        desk.press(keys);
        assert_eq!(desk.moved, Some(moved), "{keys}");
    }
    let mut empty = Desk::new("");
    empty.press("J");
    assert_eq!(empty.moved, Some(Moved::Nothing("There is no text.")));
    let mut silent = Desk::new("No one speaks.");
    silent.press("S");
    assert_eq!(
        silent.moved,
        Some(Moved::Nothing("There are no quotations."))
    );
}

#[test]
fn untagged_blocks_are_visited_in_turn_with_one_wrap() {
    let mut desk = Desk::new("One.\nTwo.\nThree.");
    desk.press("J C U");
    assert_eq!(
        (desk.shown(), desk.moved),
        ("Three.".into(), Some(Moved::Reached))
    );
    desk.press("U");
    let round = Moved::Wrapped("From the first block again.");
    assert_eq!((desk.shown(), desk.moved), ("One.".into(), Some(round)));
    desk.press("Shift+U");
    let round = Moved::Wrapped("From the last block again.");
    assert_eq!((desk.shown(), desk.moved), ("Three.".into(), Some(round)));
    desk.press("C U C U");
    assert_eq!(desk.moved, Some(Moved::Nothing("All blocks have a tag.")));
}

#[test]
fn tagging_untagged_blocks_goes_on_to_the_next_one() {
    let mut desk = Desk::new("One.\nTwo.\nThree.");
    desk.press("U Shift+B Shift+B Shift+B");
    assert_eq!(desk.marks.0.len(), 3);
    assert_eq!(desk.moved, Some(Moved::Nothing("All blocks have a tag.")));
}

#[test]
fn marks_are_visited_in_turn_nested_and_identical_ones_too() {
    let mut desk = Desk::new("One “two” three. Four.");
    desk.press("C Q S Q ↓ C Home");
    let mut visited = Vec::new();
    for _ in 0..5 {
        desk.press("M");
        visited.push(desk.shown());
    }
    let all = [
        "#a0 One “two” three.",
        "#a1 One “two” three.",
        "#a2 “two”",
        "#a3 Four.",
        "#a3 Four.",
    ];
    assert_eq!(visited, all);
    for expected in ["#a2 “two”", "#a1 One “two” three.", "#a0 One “two” three."] {
        desk.press("Shift+M");
        assert_eq!(desk.shown(), expected);
    }
}

#[test]
fn from_an_annotation_the_other_movements_start_where_it_stands_now() {
    let mut desk = Desk::new("One two three. Four.");
    desk.press("→ C M");
    assert_eq!(desk.shown(), "#a0 One");
    desk.marks.0[0].0 = desk.span_of("two");
    desk.press("→");
    assert_eq!(desk.shown(), "three");
}

#[test]
fn suggestions_are_visited_like_annotations() {
    let mut desk = Desk::new("One. Two. Three.");
    for part in ["Two.", "Three."] {
        let span = desk.span_of(part);
        desk.ghosts.add(span, "claim");
    }
    desk.press("G G");
    assert_eq!(desk.shown(), "~a1 Three.");
    desk.press("Shift+G");
    assert_eq!(desk.shown(), "~a0 Two.");
}

#[test]
fn after_scrolling_a_step_goes_to_the_first_whole_unit_on_screen() {
    let rows = [
        ("J", "Six."),
        ("K", "Six."),
        ("↓", "Four five."),
        ("→", "three"),
        ("S", "“seven”"),
        ("M", "Six."),
    ];
    for (key, expected) in rows {
        let mut desk = Desk::new("One. Two three. Four five.\nSix.\n“seven”\nEight.");
        let (six, from) = (desk.span_of("Six."), desk.span_of("three").start());
        desk.marks.add(six, "claim");
        desk.visible = Span::new(from, desk.span_of("”").end());
        desk.press(key);
        assert!(desk.shown().ends_with(expected), "{key}: {}", desk.shown());
        desk.press("→");
        assert!(desk.moved == Some(Moved::Reached), "{key}");
    }
}

#[test]
fn a_unit_that_fills_the_screen_is_taken_as_it_is() {
    let mut desk = Desk::new("One.\nTwo three four five six.\nSeven.");
    desk.visible = Some(desk.span_of("three four"));
    desk.press("J");
    assert_eq!(desk.shown(), "Two three four five six.");
}

#[test]
fn tag_and_go_on_passes_over_what_it_tagged() {
    let mut desk = Desk::new("One two. Three four. Five. Six.");
    desk.press("↓ Shift+↓ Shift+C");
    assert_eq!(desk.shown(), "Six.");
    let mut desk = Desk::new("One.\nTwo.\nThree.");
    desk.press("Home Shift+J Shift+B");
    assert_eq!(desk.shown(), "Three.");
    assert_eq!(desk.marks.0.len(), 2);
}

#[test]
fn before_any_movement_the_active_thing_says_what_to_repeat() {
    for (part, unit) in [
        ("One two. Three “four five” six.", Unit::Block),
        ("One two.", Unit::Sentence),
        ("“four five”", Unit::Speech),
        ("five", Unit::Word),
        ("two. Three", Unit::Sentence),
    ] {
        let mut desk = Desk::new("One two. Three “four five” six.\nSeven.");
        let span = desk.span_of(part);
        let end = End::End;
        desk.cursor.activate(Active::Piece { span, end });
        let movement = desk.act(|cursor, around| cursor.last_movement(around));
        assert_eq!(movement, Movement::on(unit), "{part}");
    }
}
