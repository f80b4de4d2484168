//! What holds after any keys in any text.

use super::*;
use crate::text::segment::{is_grapheme_boundary, words};
use proptest::prelude::*;

const KEYS: &[&str] = &[
    "↓",
    "↑",
    "→",
    "←",
    "J",
    "K",
    "S",
    "Shift+S",
    ".",
    ",",
    "Home",
    "End",
    "U",
    "Shift+U",
    "M",
    "Shift+M",
    "G",
    "Shift+→",
    "Shift+←",
    "Shift+↓",
    "Shift+↑",
    "Shift+J",
    "Shift+K",
    "O",
    "W",
    "Shift+W",
    "E",
    "Enter",
    "Esc",
    "C",
    "Q",
    "Shift+C",
    "Shift+B",
];

const PIECES: &[&str] = &[
    "word",
    " ",
    "  ",
    "\n",
    "\n\n",
    ". ",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "’s",
    "e\u{301}",
    "\u{301}",
    "👨‍👩‍👧",
    "🇩🇪🇫",
    "שלום",
    " עולם",
    "漢字。",
    "「",
    "」",
    "?",
    "—",
    "\u{200b}",
    "\t",
    "Mr. X",
    "12.5 ",
    "\r\n",
    "\u{2028}",
    "ا",
    "A",
];

fn texts() -> impl Strategy<Value = String> {
    let known = proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
        .prop_map(|pieces| pieces.concat());
    prop_oneof![4 => known, 1 => any::<String>()]
}

#[derive(Clone, Debug)]
enum Act {
    Key(&'static str),
    Drag(u32, u32, Snap),
    Tap(u32),
    Click(u32),
    Scroll(u32, u32),
}

fn acts() -> impl Strategy<Value = Act> {
    let snap = prop_oneof![Just(Snap::Words), Just(Snap::Exact)];
    prop_oneof![
        12 => proptest::sample::select(KEYS).prop_map(Act::Key),
        1 => (0..200u32, 0..200u32, snap).prop_map(|(a, f, how)| Act::Drag(a, f, how)),
        1 => (0..200u32).prop_map(Act::Tap),
        1 => (0..200u32).prop_map(Act::Click),
        1 => (0..200u32, 0..200u32).prop_map(|(a, b)| Act::Scroll(a, b)),
    ]
}

fn perform(desk: &mut Desk, act: &Act) {
    match *act {
        Act::Key(key) => desk.press(key),
        Act::Drag(anchor, focus, how) => {
            desk.act(|cursor, around| cursor.select(around, anchor, focus, how));
        }
        Act::Tap(at) => {
            desk.act(|cursor, around| cursor.tap_at(around, at));
        }
        Act::Click(at) => desk.act(|cursor, around| cursor.select_word_at(around, at)),
        Act::Scroll(a, b) => desk.visible = Span::new(a.min(b), a.max(b)),
    }
}

fn assert_sound(desk: &mut Desk) {
    let text = desk.document.text.clone();
    let is_boundary = |at| is_grapheme_boundary(&text, at);
    match desk.cursor.active() {
        Active::Caret(at) => assert!(is_boundary(*at), "caret at {at}"),
        Active::Piece { span, .. } => {
            assert!(
                is_boundary(span.start()) && is_boundary(span.end()),
                "{span:?}"
            );
            assert_eq!(trim(&text, *span), Some(*span), "{:?}", text.slice(*span));
        }
        Active::Annotation { span, .. } | Active::Suggestion { span, .. } => {
            assert!(text.slice(*span).is_some());
        }
    }
    for span in desk.act(|cursor, around| cursor.spans_to_tag(around)) {
        let mut blocks = desk.document.blocks.iter();
        assert!(
            blocks.any(|block| block.span.covers(span)),
            "{span:?} leaves its block"
        );
    }
}

/// Presses the arrow that goes on (or back) in the text, whichever way the block is written.
fn press_by_word(desk: &mut Desk, on: bool) {
    let start = desk.act(|cursor, around| cursor.span(around).map_or(0, Span::start));
    let mut blocks = desk.document.blocks.iter();
    let block = blocks.find(|block| block.span.contains(start));
    let is_rtl = block.is_some_and(|block| block_is_rtl(&desk.document.text, block.span));
    desk.press(if on == is_rtl { "←" } else { "→" });
}

proptest! {
    #[test]
    fn the_active_thing_is_always_whole(
        text in texts(),
        acts in proptest::collection::vec(acts(), 0..30),
    ) {
        let mut desk = Desk::new(&text);
        assert_sound(&mut desk);
        for act in &acts {
            perform(&mut desk, act);
            assert_sound(&mut desk);
        }
    }

    #[test]
    fn a_word_on_and_back_is_where_it_was(text in texts(), steps in 1..20usize) {
        let mut desk = Desk::new(&text);
        let mut words = desk.document.blocks.iter()
            .flat_map(|block| words(&desk.document.text, block.span));
        prop_assume!(words.all(|word| trim(&desk.document.text, word) == Some(word)));
        for _ in 0..steps {
            press_by_word(&mut desk, true);
        }
        let before = desk.shown();
        press_by_word(&mut desk, true);
        if desk.moved == Some(Moved::Reached) {
            press_by_word(&mut desk, false);
            prop_assert_eq!(desk.shown(), before);
        }
    }

    #[test]
    fn blocks_forward_and_back_are_where_they_were(text in texts(), steps in 1..5usize) {
        let mut desk = Desk::new(&text);
        for _ in 0..steps {
            desk.press("J");
        }
        let before = desk.shown();
        desk.press("J");
        if desk.moved == Some(Moved::Reached) && steps > 1 {
            desk.press("K");
            prop_assert_eq!(desk.shown(), before);
        }
    }

    #[test]
    fn narrowing_goes_the_way_back_of_widening(text in texts(), steps in 0..20usize) {
        let mut desk = Desk::new(&text);
        for _ in 0..steps {
            desk.press("→");
        }
        let mut way = Vec::new();
        loop {
            way.push(desk.shown());
            desk.press("W");
            if desk.moved != Some(Moved::Reached) {
                break;
            }
        }
        for rung in way.iter().rev() {
            prop_assert_eq!(&desk.shown(), rung);
            desk.press("Shift+W");
        }
    }
}
