//! Extending, shrinking, widening, narrowing, moving the ends of an annotation.

use super::*;

#[test]
fn the_active_end_goes_by_units() {
    check(
        "One two. Three four five.\nSix seven.",
        &[
            ("→ Shift+→", "One two"),
            ("→ Shift+→ Shift+→", "One two. Three"),
            ("→ Shift+→ Shift+←", "One"),
            ("→ → Shift+↓", "two."),
            ("→ → Shift+↓ Shift+↓", "two. Three four five."),
            (
                "→ → Shift+↓ Shift+↓ Shift+↓",
                "two. Three four five.\nSix seven.",
            ),
            ("→ → Shift+↓ Shift+↓ Shift+↑", "two."),
            ("→ Shift+J", "One two. Three four five."),
            ("→ Shift+J Shift+J", "One two. Three four five.\nSix seven."),
            ("End Shift+K", "One two. Three four five.\nSix seven."),
            ("→ .", "One t"),
            ("→ . .", "One tw"),
            ("→ . ,", "One"),
            ("→ , ,", "O"),
        ],
    );
}

#[test]
fn an_end_that_would_pass_the_other_one_hands_over_to_it() {
    check(
        "One two three four.",
        &[
            ("→ → Shift+←", "One two"),
            ("→ → Shift+← Shift+→", "two"),
            ("→ → Shift+← Shift+→ Shift+→", "two three"),
            ("→ , , ,", "O"),
        ],
    );
}

#[test]
fn the_other_end_becomes_active() {
    check(
        "One two three four.",
        &[
            ("→ → → O Shift+←", "two three"),
            ("→ → Shift+→ O Shift+→", "three"),
            ("→ → O ,", "e two"),
            ("→ → O .", "wo"),
            ("→ → O O Shift+→", "two three"),
        ],
    );
}

#[test]
fn a_caret_extends_to_whole_words() {
    check(
        "One two three.",
        &[
            ("→ → Esc , Shift+→", "two"),
            ("→ → Esc , Shift+←", "two"),
            ("→ → Esc Shift+→", "three"),
            ("→ → Esc Shift+↓", "three."),
        ],
    );
}

#[test]
fn widening_goes_by_meaning_and_narrowing_goes_back() {
    let text = "Intro.\nIt is so: “Five ‘six seven’ eight,” he said. Then.";
    let rungs = [
        "six",
        "six seven",
        "‘six seven’",
        "Five ‘six seven’ eight,",
        "“Five ‘six seven’ eight,”",
        "It is so: “Five ‘six seven’ eight,” he said.",
        "It is so: “Five ‘six seven’ eight,” he said. Then.",
    ];
    let mut desk = Desk::new(text);
    desk.press("S → →");
    for rung in rungs {
        assert_eq!(desk.shown(), rung);
        desk.press("W");
    }
    assert_eq!(
        desk.moved,
        Some(Moved::AtEnd("There is nothing wider here."))
    );
    for rung in rungs.iter().rev() {
        assert_eq!(desk.shown(), *rung);
        desk.press("Shift+W");
    }
    assert_eq!(
        desk.moved,
        Some(Moved::AtEnd("There is nothing narrower here."))
    );
}

#[test]
fn a_running_quotation_is_the_widest_rung() {
    let text = "He says: “One two.\n“Three four.\n“Five six.”\nEnd.";
    let running = "“One two.\n“Three four.\n“Five six.”";
    check(
        text,
        &[
            ("J → W", "Three four."),
            ("J → W W", "“Three four."),
            ("J → W W W", running),
            ("J → W W W Shift+W", "“Three four."),
            ("S → W W W", "He says: “One two."),
            ("S → W W W W", running),
            ("S → W W W W Shift+W", "He says: “One two."),
            ("End W", "End."),
        ],
    );
}

#[test]
fn narrowing_without_a_way_back_goes_to_what_is_said() {
    let text = "One two. He said “three four,” so.";
    check(
        text,
        &[
            ("Home Shift+W", "One two."),
            ("Home Shift+W Shift+W", "One"),
            ("↓ Shift+W", "“three four,”"),
            ("↓ Shift+W Shift+W", "three four,"),
            ("↓ Shift+W Shift+W Shift+W", "three"),
            ("↓ Shift+W W", "He said “three four,” so."),
            ("→ Shift+→ W", "One two."),
            ("→ Shift+→ W Shift+W", "One two"),
        ],
    );
}

#[test]
fn widening_a_caret_takes_the_word_there() {
    check(
        "One two.",
        &[("→ Esc W", "One"), ("→ Esc . W", "two"), ("Esc W", ".")],
    );
}

fn tagged_two() -> Desk {
    let mut desk = Desk::new("One two three. Four.\nFive.");
    desk.press("→ → C M");
    assert_eq!(desk.shown(), "#a0 two");
    desk
}

#[test]
fn the_ends_of_an_annotation_move_and_are_kept_or_put_back() {
    let mut desk = tagged_two();
    desk.press("E Shift+→ O ← .");
    assert_eq!(desk.cursor.edits_ends_of(), Some("a0"));
    assert_eq!(desk.shown(), "ne two three");
    let span = desk.span_of("ne two three");
    let mut kept = Desk {
        cursor: desk.cursor.clone(),
        ..tagged_two()
    };
    assert_eq!(kept.cursor.keep_ends(), Some(("a0".to_owned(), span)));
    assert_eq!(kept.shown(), "#a0 ne two three");
    desk.press("Esc");
    assert_eq!(
        (desk.shown().as_str(), desk.cursor.edits_ends_of()),
        ("#a0 two", None)
    );
    desk.press("Esc");
    assert_eq!(desk.shown(), "two| th");
    assert_eq!(
        desk.act(|cursor, around| cursor.escape(around)),
        Escaped::Nothing
    );
}

#[test]
fn moved_ends_stay_in_their_block() {
    let mut desk = tagged_two();
    desk.press("E Shift+J Shift+J Shift+→");
    assert_eq!(desk.shown(), "two three. Four.");
    assert_eq!(desk.moved, Some(Moved::AtEnd("The piece reaches the end.")));
    desk.press("S");
    let message = "Enter keeps the new ends, Esc puts them back.";
    assert_eq!(desk.moved, Some(Moved::Nothing(message)));
}

#[test]
fn only_an_annotation_has_ends_to_move() {
    let mut desk = Desk::new("One two.");
    assert!(!desk.act(|cursor, around| cursor.edit_ends(around)));
    assert_eq!(desk.cursor.keep_ends(), None);
}

#[test]
fn a_piece_over_several_blocks_is_tagged_block_by_block() {
    let mut desk = Desk::new("One two.\n  \nThree.\nFour five.");
    desk.press("→ → Shift+J Shift+J Shift+→ Q");
    let tagged: Vec<_> = desk
        .marks
        .marks()
        .map(|mark| desk.document.text.slice(mark.span).unwrap())
        .collect();
    assert_eq!(tagged, ["two.", "Three.", "Four"]);
}

#[test]
fn a_caret_tags_nothing_and_an_annotation_lends_its_span() {
    let mut desk = tagged_two();
    desk.press("Q");
    assert_eq!(desk.marks.0[1].0, desk.span_of("two"));
    desk.press("Esc Q");
    assert_eq!(desk.marks.0.len(), 2);
}
