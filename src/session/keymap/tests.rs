//! Keyboard layouts as data: what a browser reports, and what it should ask for.

use super::*;
use crate::session::command::{Movement, Unit};
use Command::*;

fn label(name: &str, shortcut: &str) -> LabelKey {
    LabelKey {
        id: name.to_lowercase(),
        name: name.to_owned(),
        shortcut: Some(shortcut.to_owned()),
    }
}

fn four() -> Vec<LabelKey> {
    vec![
        label("Claim", "c"),
        label("Quote", "q"),
        label("Caption", "p"),
        label("Boilerplate", "b"),
    ]
}

fn default_keymap() -> Keymap {
    let (keymap, refused) = Keymap::new(&four(), &Overrides::new());
    assert_eq!(refused, []);
    keymap
}

/// A press from `Ctrl+Shift+key`; `key` is what the browser reports, whatever Shift did to it.
fn press(key: &str, code: &str, modifiers: &str) -> KeyPress {
    let has = |name: &str| modifiers.split('+').any(|modifier| modifier == name);
    KeyPress {
        key: key.to_owned(),
        code: code.to_owned(),
        shift: has("Shift"),
        ctrl: has("Ctrl"),
        alt: has("Alt"),
        meta: has("Meta"),
        alt_graph: has("AltGraph"),
        composing: has("composing"),
        repeat: has("repeat"),
        default_prevented: has("prevented"),
        in_field: has("field"),
    }
}

/// `(key, code, modifiers, command)`.
type Row = (&'static str, &'static str, &'static str, Option<Command>);

fn check_on(platform: Platform, layout: &str, rows: &[Row]) {
    let keymap = default_keymap();
    for (key, code, modifiers, expected) in rows {
        let command = keymap.command(&press(key, code, modifiers), platform);
        assert_eq!(command, *expected, "{layout}: {key:?} {code} {modifiers}");
    }
}

fn check(layout: &str, rows: &[Row]) {
    check_on(Platform::Other, layout, rows);
    check_on(Platform::Mac, layout, rows);
}

const fn go(unit: Unit) -> Option<Command> {
    Some(Move(Movement::on(unit)))
}

const fn back(unit: Unit) -> Option<Command> {
    Some(Move(Movement::back(unit)))
}

#[test]
fn every_key_of_the_tables_on_a_us_keyboard() {
    check(
        "US",
        &[
            ("c", "KeyC", "", Some(Label(0))),
            ("q", "KeyQ", "", Some(Label(1))),
            ("p", "KeyP", "", Some(Label(2))),
            ("b", "KeyB", "", Some(Label(3))),
            ("1", "Digit1", "", Some(Label(0))),
            ("4", "Digit4", "", Some(Label(3))),
            ("5", "Digit5", "", None),
            ("0", "Digit0", "", None),
            ("2", "Numpad2", "", Some(Label(1))),
            ("!", "Digit1", "Shift", None),
            ("C", "KeyC", "Shift", Some(TagAndGoOn(0))),
            ("B", "KeyB", "Shift", Some(TagAndGoOn(3))),
            ("r", "KeyR", "", Some(Relabel)),
            ("R", "KeyR", "Shift", None),
            ("ArrowDown", "ArrowDown", "", go(Unit::Sentence)),
            ("ArrowUp", "ArrowUp", "", back(Unit::Sentence)),
            ("ArrowRight", "ArrowRight", "", go(Unit::Word)),
            ("ArrowLeft", "ArrowLeft", "", back(Unit::Word)),
            ("j", "KeyJ", "", go(Unit::Block)),
            ("k", "KeyK", "", back(Unit::Block)),
            ("s", "KeyS", "", go(Unit::Speech)),
            ("S", "KeyS", "Shift", back(Unit::Speech)),
            (".", "Period", "", go(Unit::Character)),
            (",", "Comma", "", back(Unit::Character)),
            ("Home", "Home", "", back(Unit::Document)),
            ("End", "End", "", go(Unit::Document)),
            ("u", "KeyU", "", go(Unit::Untagged)),
            ("U", "KeyU", "Shift", back(Unit::Untagged)),
            ("m", "KeyM", "", go(Unit::Mark)),
            ("M", "KeyM", "Shift", back(Unit::Mark)),
            ("g", "KeyG", "", go(Unit::Ghost)),
            ("G", "KeyG", "Shift", back(Unit::Ghost)),
            (
                "ArrowRight",
                "ArrowRight",
                "Shift",
                Some(Extend(Movement::on(Unit::Word))),
            ),
            (
                "ArrowLeft",
                "ArrowLeft",
                "Shift",
                Some(Extend(Movement::back(Unit::Word))),
            ),
            (
                "ArrowDown",
                "ArrowDown",
                "Shift",
                Some(Extend(Movement::on(Unit::Sentence))),
            ),
            (
                "ArrowUp",
                "ArrowUp",
                "Shift",
                Some(Extend(Movement::back(Unit::Sentence))),
            ),
            (
                "J",
                "KeyJ",
                "Shift",
                Some(Extend(Movement::on(Unit::Block))),
            ),
            (
                "K",
                "KeyK",
                "Shift",
                Some(Extend(Movement::back(Unit::Block))),
            ),
            ("o", "KeyO", "", Some(OtherEnd)),
            ("w", "KeyW", "", Some(Widen)),
            ("W", "KeyW", "Shift", Some(Narrow)),
            ("e", "KeyE", "", Some(EditEnds)),
            ("Escape", "Escape", "", Some(Escape)),
            ("Enter", "Enter", "", Some(Enter)),
            ("Enter", "Enter", "Shift", Some(AcceptAll)),
            ("Enter", "NumpadEnter", "", Some(Enter)),
            ("Backspace", "Backspace", "", Some(Delete)),
            ("Delete", "Delete", "", Some(Delete)),
            ("n", "KeyN", "", Some(Note)),
            ("i", "KeyI", "", Some(Inspect)),
            ("a", "KeyA", "", Some(AllOccurrences)),
            ("z", "KeyZ", "", Some(Undo)),
            ("Z", "KeyZ", "Shift", Some(Redo)),
            ("h", "KeyH", "", Some(Hide)),
            (">", "Period", "Shift", Some(NextDocument)),
            ("<", "Comma", "Shift", Some(PreviousDocument)),
            ("?", "Slash", "Shift", Some(Help)),
            (" ", "Space", "", None),
            ("PageDown", "PageDown", "", None),
            ("PageUp", "PageUp", "", None),
            ("F1", "F1", "", None),
            ("ñ", "KeyN", "", None),
        ],
    );
}

#[test]
fn caps_lock_changes_the_case_and_nothing_else() {
    check(
        "US with Caps Lock",
        &[
            ("C", "KeyC", "", Some(Label(0))),
            ("c", "KeyC", "Shift", Some(TagAndGoOn(0))),
            ("s", "KeyS", "Shift", back(Unit::Speech)),
        ],
    );
}

#[test]
fn latin_layouts_go_by_the_letter_that_the_key_shows() {
    check(
        "DE",
        &[
            ("z", "KeyY", "", Some(Undo)),
            ("y", "KeyZ", "", None),
            ("ö", "Semicolon", "", None),
            ("ß", "Minus", "", None),
            ("<", "IntlBackslash", "", Some(PreviousDocument)),
            (">", "IntlBackslash", "Shift", Some(NextDocument)),
            (":", "Period", "Shift", None),
            ("?", "Minus", "Shift", Some(Help)),
            ("@", "KeyQ", "AltGraph", None),
            ("@", "KeyQ", "Ctrl+Alt", None),
        ],
    );
    check(
        "FR",
        &[
            ("q", "KeyA", "", Some(Label(1))),
            ("a", "KeyQ", "", Some(AllOccurrences)),
            ("w", "KeyZ", "", Some(Widen)),
            ("m", "Semicolon", "", go(Unit::Mark)),
            ("&", "Digit1", "", Some(Label(0))),
            ("é", "Digit2", "", Some(Label(1))),
            ("\"", "Digit3", "", Some(Label(2))),
            ("'", "Digit4", "", None),
            ("4", "Digit4", "Shift", Some(Label(3))),
            ("1", "Digit1", "Shift", Some(Label(0))),
            (",", "KeyM", "", back(Unit::Character)),
            ("?", "KeyM", "Shift", Some(Help)),
            (".", "Comma", "Shift", go(Unit::Character)),
            (";", "Comma", "", None),
            ("/", "Period", "Shift", None),
            ("ù", "Quote", "", None),
        ],
    );
    check(
        "CZ",
        &[
            ("+", "Digit1", "", Some(Label(0))),
            ("ě", "Digit2", "", Some(Label(1))),
            ("2", "Digit2", "Shift", Some(Label(1))),
            ("š", "Digit3", "", Some(Label(2))),
            ("z", "KeyY", "", Some(Undo)),
            ("ů", "Semicolon", "", None),
            ("?", "Comma", "Shift", Some(Help)),
            ("Dead", "Equal", "", None),
        ],
    );
    check(
        "TR",
        &[
            ("ı", "KeyI", "", Some(Inspect)),
            ("İ", "Quote", "Shift", None),
            ("i", "Quote", "", Some(Inspect)),
            ("İ", "Quote", "", Some(Inspect)),
            ("ç", "Period", "", None),
            ("ö", "Comma", "", None),
            (".", "Slash", "", go(Unit::Character)),
            ("ş", "Semicolon", "", None),
        ],
    );
    check(
        "Dvorak",
        &[
            ("c", "KeyI", "", Some(Label(0))),
            ("j", "KeyC", "", go(Unit::Block)),
            ("q", "KeyX", "", Some(Label(1))),
            ("'", "KeyQ", "", None),
            (",", "KeyW", "", back(Unit::Character)),
            (".", "KeyE", "", go(Unit::Character)),
            ("<", "KeyW", "Shift", Some(PreviousDocument)),
            ("/", "BracketLeft", "", None),
            ("?", "BracketLeft", "Shift", Some(Help)),
        ],
    );
}

#[test]
fn other_scripts_go_by_the_place_of_the_key() {
    check(
        "RU",
        &[
            ("с", "KeyC", "", Some(Label(0))),
            ("С", "KeyC", "Shift", Some(TagAndGoOn(0))),
            ("й", "KeyQ", "", Some(Label(1))),
            ("ю", "Period", "", go(Unit::Character)),
            ("Ю", "Period", "Shift", Some(NextDocument)),
            ("б", "Comma", "", back(Unit::Character)),
            ("Б", "Comma", "Shift", Some(PreviousDocument)),
            (".", "Slash", "", go(Unit::Character)),
            (",", "Slash", "Shift", back(Unit::Character)),
            ("ж", "Semicolon", "", None),
            ("э", "Quote", "", None),
            ("?", "Digit7", "Shift", Some(Help)),
            ("3", "Digit3", "", Some(Label(2))),
        ],
    );
    check(
        "GR",
        &[
            ("ψ", "KeyC", "", Some(Label(0))),
            ("Π", "KeyP", "Shift", Some(TagAndGoOn(2))),
            ("ς", "KeyW", "", Some(Widen)),
            (";", "KeyQ", "", None),
            ("Dead", "Semicolon", "", None),
        ],
    );
    check(
        "HE",
        &[
            ("ב", "KeyC", "", Some(Label(0))),
            ("/", "KeyQ", "", None),
            ("'", "KeyW", "", None),
            ("פ", "KeyP", "", Some(Label(2))),
            ("ץ", "Period", "", go(Unit::Character)),
            ("ת", "Comma", "", back(Unit::Character)),
            (">", "Period", "Shift", Some(NextDocument)),
            (".", "Slash", "", go(Unit::Character)),
            (",", "Quote", "", back(Unit::Character)),
            ("ף", "Semicolon", "", None),
            ("2", "Digit2", "", Some(Label(1))),
        ],
    );
    check(
        "AR",
        &[
            ("ؤ", "KeyC", "", Some(Label(0))),
            ("ض", "KeyQ", "", Some(Label(1))),
            ("لا", "KeyB", "", Some(Label(3))),
            ("ز", "Period", "", go(Unit::Character)),
            ("و", "Comma", "", back(Unit::Character)),
            ("ظ", "Slash", "", None),
            ("؟", "Slash", "Shift", Some(Help)),
            ("٣", "Digit3", "", Some(Label(2))),
            ("۲", "Digit2", "", Some(Label(1))),
        ],
    );
}

#[test]
fn an_input_method_at_work_gets_its_keys() {
    check(
        "JP",
        &[
            ("Process", "KeyC", "", None),
            ("c", "KeyC", "composing", None),
            ("Enter", "Enter", "composing", None),
            ("c", "KeyC", "", Some(Label(0))),
            ("2", "Digit2", "", Some(Label(1))),
            ("３", "Digit3", "", Some(Label(2))),
        ],
    );
}

#[test]
fn what_belongs_to_others_is_left_to_them() {
    check(
        "any",
        &[
            ("Tab", "Tab", "", None),
            ("Tab", "Tab", "Shift", None),
            ("c", "KeyC", "prevented", None),
            ("c", "KeyC", "field", None),
            ("c", "KeyC", "Alt", None),
            ("c", "KeyC", "AltGraph", None),
            ("ArrowLeft", "ArrowLeft", "Alt", None),
            ("ArrowLeft", "ArrowLeft", "Meta", None),
            ("ArrowLeft", "ArrowLeft", "Ctrl", None),
            ("c", "KeyC", "Ctrl+Meta", None),
            ("z", "KeyZ", "Ctrl+Alt", None),
            ("/", "Slash", "", None),
            ("/", "KeyC", "", None),
            ("'", "Quote", "", None),
            ("", "", "", None),
            ("Unidentified", "KeyC", "", None),
            ("Backspace", "Backspace", "Shift", None),
            ("End", "End", "Shift", None),
        ],
    );
    for modifier in ["Ctrl", "Meta", "Ctrl+Shift", "Meta+Shift"] {
        for letter in ('a'..='x').chain(['1', '2', '.', '?']) {
            let code = format!("Key{}", letter.to_ascii_uppercase());
            let press = press(&letter.to_string(), &code, modifier);
            for platform in [Platform::Mac, Platform::Other] {
                assert_eq!(
                    default_keymap().command(&press, platform),
                    None,
                    "{modifier}+{letter}"
                );
            }
        }
    }
}

#[test]
fn control_or_command_goes_with_z_y_and_enter() {
    let rows = |modifier: &'static str, shifted: &'static str| {
        [
            ("z", "KeyZ", modifier, Some(Undo)),
            ("Z", "KeyZ", shifted, Some(Redo)),
            ("я", "KeyZ", modifier, Some(Undo)),
            ("Enter", "Enter", modifier, Some(Done)),
            ("Enter", "Enter", shifted, Some(Skip)),
            ("Y", "KeyY", shifted, None),
        ]
    };
    check_on(Platform::Other, "Ctrl", &rows("Ctrl", "Ctrl+Shift"));
    check_on(Platform::Mac, "Command", &rows("Meta", "Meta+Shift"));
    check_on(
        Platform::Other,
        "Ctrl",
        &[
            ("y", "KeyY", "Ctrl", Some(Redo)),
            ("z", "KeyZ", "Meta", None),
        ],
    );
    check_on(
        Platform::Mac,
        "Command",
        &[
            ("y", "KeyY", "Meta", None),
            ("y", "KeyY", "Ctrl", None),
            ("z", "KeyZ", "Ctrl", None),
        ],
    );
}

#[test]
fn a_held_key_moves_on_and_on_but_tags_once() {
    check(
        "US",
        &[
            ("c", "KeyC", "repeat", None),
            ("C", "KeyC", "Shift+repeat", None),
            ("Backspace", "Backspace", "repeat", None),
            ("z", "KeyZ", "repeat", None),
            ("w", "KeyW", "repeat", None),
            ("j", "KeyJ", "repeat", go(Unit::Block)),
            (".", "Period", "repeat", go(Unit::Character)),
            (
                "ArrowRight",
                "ArrowRight",
                "Shift+repeat",
                Some(Extend(Movement::on(Unit::Word))),
            ),
        ],
    );
}

#[test]
fn the_free_letters_are_those_that_no_command_has() {
    let (keymap, _) = Keymap::new(&[], &Overrides::new());
    assert_eq!(String::from_iter(keymap.free_letters()), "bcdflpqtvxy");
}

fn refusals(labels: &[LabelKey], overrides: &[(&str, Option<&str>)]) -> (Keymap, Vec<String>) {
    let overrides = overrides
        .iter()
        .map(|(name, key)| ((*name).to_owned(), key.map(str::to_owned)))
        .collect();
    let (keymap, refused) = Keymap::new(labels, &overrides);
    (keymap, refused.iter().map(RefusedKey::to_string).collect())
}

#[test]
fn a_label_with_a_reserved_letter_is_refused_by_name_and_keeps_its_digit() {
    let labels = [
        label("Claim", "C"),
        label("Name", "n"),
        label("City", "c"),
        label("Año", "ñ"),
    ];
    let (keymap, refused) = refusals(&labels, &[]);
    assert_eq!(
        refused,
        [
            "`n` opens the note; free letters are B D F L P Q T V X Y.",
            "`c` tags as “Claim”; free letters are B D F L P Q T V X Y.",
            "`ñ` is no letter from A to Z; free letters are B D F L P Q T V X Y.",
        ]
    );
    let digit = |key| keymap.command(&press(key, "", ""), Platform::Other);
    assert_eq!(
        [digit("2"), digit("3"), digit("n")],
        [Some(Label(1)), Some(Label(2)), Some(Note)]
    );
}

#[test]
fn single_keys_can_be_changed_and_switched_off() {
    let (keymap, refused) = refusals(
        &four(),
        &[
            ("note", Some("x")),
            ("undo", None),
            ("hide", Some("Shift+N")),
            ("next-block", Some("k")),
            ("previous-block", Some("j")),
        ],
    );
    assert_eq!(refused, [""; 0]);
    let command = |key, modifiers| keymap.command(&press(key, "", modifiers), Platform::Other);
    assert_eq!(command("x", ""), Some(Note));
    assert_eq!(command("n", ""), None);
    assert_eq!(command("n", "Shift"), Some(Hide));
    assert_eq!(command("z", ""), None);
    assert_eq!(command("z", "Ctrl"), Some(Undo));
    assert_eq!(command("k", ""), go(Unit::Block));
    assert_eq!(command("j", ""), back(Unit::Block));
}

#[test]
fn an_override_that_cannot_be_is_refused_and_the_command_keeps_its_key() {
    let (keymap, refused) = refusals(
        &four(),
        &[
            ("note", Some("i")),
            ("inspect", Some("/")),
            ("fly", None),
            ("enter", None),
        ],
    );
    assert_eq!(
        refused,
        [
            "`enter` has no single key that could be switched off.",
            "There is no command named `fly`.",
            "`/` is no single key, as a letter, Shift+letter or one of . , < > ?; \
             free letters are D F L T V X Y.",
            "`i` says what lies here, or why it is suggested; free letters are D F L T V X Y.",
        ]
    );
    assert_eq!(
        keymap.command(&press("n", "", ""), Platform::Other),
        Some(Note)
    );
    assert_eq!(
        keymap.command(&press("i", "", ""), Platform::Other),
        Some(Inspect)
    );
}

#[test]
fn without_single_keys_digits_arrows_and_shortcuts_still_work() {
    let keymap = default_keymap().without_single_keys();
    let command = |key, modifiers| keymap.command(&press(key, "", modifiers), Platform::Other);
    for key in ["c", "j", ".", "?", "z"] {
        assert_eq!(command(key, ""), None, "{key}");
    }
    assert_eq!(command("1", ""), Some(Label(0)));
    assert_eq!(command("z", "Ctrl"), Some(Undo));
    assert_eq!(command("ArrowDown", ""), go(Unit::Sentence));
}

#[test]
fn the_help_shows_each_command_once_with_its_keys() {
    let help = default_keymap().help(Platform::Mac);
    let titles: Vec<_> = help.iter().map(|group| group.title).collect();
    assert_eq!(
        titles,
        [
            "Labels",
            "Move",
            "Extend, shrink, resize",
            "Act",
            "Undo, documents, help"
        ]
    );
    let rows: Vec<_> = help.iter().flat_map(|group| &group.rows).collect();
    assert_eq!(rows.len(), BINDINGS.len() + 2 * four().len());
    let keys = |name: &str| -> Vec<String> {
        let row = rows.iter().find(|row| row.name == name);
        row.map(|row| row.keys.clone()).unwrap_or_default()
    };
    assert_eq!(keys("claim"), ["C", "1"]);
    assert_eq!(keys("redo"), ["Shift+Z", "⌘+Shift+Z"]);
    assert_eq!(keys("delete"), ["Backspace", "Delete"]);
    assert_eq!(keys("help"), ["?"]);
    assert_eq!(
        rows.iter()
            .find(|row| row.name == "note")
            .map(|row| row.does.as_str()),
        Some("opens the note")
    );
}

#[test]
fn no_two_commands_share_a_stroke_or_a_name() {
    let mut strokes: Vec<_> = BINDINGS
        .iter()
        .flat_map(|binding| binding.strokes)
        .collect();
    let mut names: Vec<_> = BINDINGS.iter().map(|binding| binding.name).collect();
    let (all_strokes, all_names) = (strokes.len(), names.len());
    strokes.sort_by_key(|stroke| format!("{stroke:?}"));
    strokes.dedup();
    names.sort_unstable();
    names.dedup();
    assert_eq!((strokes.len(), names.len()), (all_strokes, all_names));
}
