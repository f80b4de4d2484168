//! Keys and the mouse, as the W3C's actions: what the browser gets is what a user's hand would do.

use super::page::Page;
use serde_json::{Value, json};

/// A place in the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    fn moved(self, right: f64, down: f64) -> Point {
        Point {
            x: self.x + right,
            y: self.y + down,
        }
    }
}

/// How many moves a drag consists of.
const STEPS: u32 = 8;

impl Page {
    /// Presses and releases keys, each a chord such as `"a"`, `"Enter"` or `"Control+Shift+z"`.
    pub fn press(&self, chords: &[&str]) {
        let actions = chords.iter().flat_map(|chord| {
            let keys = keys_of(chord);
            let down: Vec<_> = keys.iter().map(|key| key_action("keyDown", key)).collect();
            let up: Vec<_> = keys
                .iter()
                .rev()
                .map(|key| key_action("keyUp", key))
                .collect();
            down.into_iter().chain(up)
        });
        self.keyboard(actions.collect());
    }

    /// Types `text` as keys, one by one.
    pub fn type_text(&self, text: &str) {
        let actions = text.chars().flat_map(|c| {
            let key = c.to_string();
            [key_action("keyDown", &key), key_action("keyUp", &key)]
        });
        self.keyboard(actions.collect());
    }

    /// Does something while a key (`"Shift"`) is held.
    pub fn holding<T>(&self, key: &str, during: impl FnOnce() -> T) -> T {
        let key = key_value(key);
        self.keyboard(vec![key_action("keyDown", &key)]);
        let result = during();
        self.keyboard(vec![key_action("keyUp", &key)]);
        result
    }

    /// Clicks `count` times: 2 is a double click, 3 a triple click.
    pub fn click_at(&self, point: Point, count: u32) {
        let clicks = (0..count).flat_map(|_| [button("pointerDown"), button("pointerUp")]);
        self.mouse(std::iter::once(move_to(point)).chain(clicks).collect());
    }

    /// Moves the mouse without a button.
    pub fn hover_at(&self, point: Point) {
        self.mouse(vec![move_to(point)]);
    }

    /// Drags with the first button, through points on the straight line.
    pub fn drag(&self, from: Point, to: Point) {
        let moves = (1..=STEPS).map(|step| {
            let part = f64::from(step) / f64::from(STEPS);
            move_to(from.moved((to.x - from.x) * part, (to.y - from.y) * part))
        });
        let mut actions = vec![move_to(from), button("pointerDown")];
        actions.extend(moves);
        actions.push(button("pointerUp"));
        self.mouse(actions);
    }

    fn keyboard(&self, actions: Vec<Value>) {
        self.perform(json!({ "type": "key", "id": "keyboard", "actions": actions }));
    }

    fn mouse(&self, actions: Vec<Value>) {
        let parameters = json!({ "pointerType": "mouse" });
        self.perform(json!({
            "type": "pointer", "id": "mouse", "parameters": parameters, "actions": actions,
        }));
    }

    fn perform(&self, source: Value) {
        let actions = json!({ "actions": [source] });
        self.session.post("/actions", &actions).unwrap();
    }
}

fn key_action(kind: &str, key: &str) -> Value {
    json!({ "type": kind, "value": key })
}

fn button(kind: &str) -> Value {
    json!({ "type": kind, "button": 0 })
}

fn move_to(point: Point) -> Value {
    json!({
        "type": "pointerMove", "duration": 10, "origin": "viewport",
        "x": point.x.round(), "y": point.y.round(),
    })
}

fn keys_of(chord: &str) -> Vec<String> {
    // The plus sign parts the keys of a chord, and is a key itself at its end.
    let (held, last) = match chord.strip_suffix('+') {
        Some(rest) => (rest.strip_suffix('+'), "+"),
        None => match chord.rsplit_once('+') {
            Some((held, last)) => (Some(held), last),
            None => (None, chord),
        },
    };
    let held = held.iter().flat_map(|held| held.split('+'));
    held.chain([last]).map(key_value).collect()
}

/// The code point that WebDriver gives a key, by its name in the DOM; other keys stand for themselves.
fn key_value(name: &str) -> String {
    let code = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "F2" => '\u{E032}',
        "Meta" => '\u{E03D}',
        _ => {
            assert_eq!(name.chars().count(), 1, "no such key: {name}");
            return name.to_owned();
        }
    };
    code.to_string()
}

#[test]
fn a_chord_is_its_keys_in_order() {
    for (chord, keys) in [
        ("a", vec!["a"]),
        ("Shift+b", vec!["\u{E008}", "b"]),
        ("Control+Shift+z", vec!["\u{E009}", "\u{E008}", "z"]),
        ("+", vec!["+"]),
        ("Shift++", vec!["\u{E008}", "+"]),
    ] {
        assert_eq!(keys_of(chord), keys, "{chord}");
    }
}
