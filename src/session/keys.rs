//! Which key was pressed: from what a browser reports to one stroke, whatever the keyboard layout.

/// A key press as a browser's `keydown` event reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// `KeyboardEvent.key`: what the key writes, or its name.
    pub key: String,
    /// `KeyboardEvent.code`: where the key lies, named as on a US keyboard.
    pub code: String,
    /// Whether Shift is down.
    pub shift: bool,
    /// Whether Control is down.
    pub ctrl: bool,
    /// Whether Alt (Option on a Mac) is down.
    pub alt: bool,
    /// Whether Meta (Command on a Mac) is down.
    pub meta: bool,
    /// Whether `getModifierState("AltGraph")` holds.
    pub alt_graph: bool,
    /// `isComposing`: an input method is at work.
    pub composing: bool,
    /// Whether the key is being held down.
    pub repeat: bool,
    /// Whether somebody has handled the event already.
    pub default_prevented: bool,
    /// Whether the event's target takes text itself.
    pub in_field: bool,
}

/// What decides whether Control or Command is the key for shortcuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// macOS, iPadOS, iOS: Command.
    Mac,
    /// Everything else: Control.
    Other,
}

/// A key with a name in place of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedKey {
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// The key that goes to the start.
    Home,
    /// The key that goes to the end.
    End,
    /// Enter or Return.
    Enter,
    /// The key that deletes backwards.
    Backspace,
    /// The key that deletes forwards.
    Delete,
    /// Escape.
    Escape,
}

impl NamedKey {
    fn of(key: &str) -> Option<NamedKey> {
        Some(match key {
            "ArrowUp" => NamedKey::Up,
            "ArrowDown" => NamedKey::Down,
            "ArrowLeft" => NamedKey::Left,
            "ArrowRight" => NamedKey::Right,
            "Home" => NamedKey::Home,
            "End" => NamedKey::End,
            "Enter" => NamedKey::Enter,
            "Backspace" => NamedKey::Backspace,
            "Delete" => NamedKey::Delete,
            "Escape" => NamedKey::Escape,
            _ => return None,
        })
    }

    fn shown(self) -> &'static str {
        match self {
            NamedKey::Up => "↑",
            NamedKey::Down => "↓",
            NamedKey::Left => "←",
            NamedKey::Right => "→",
            NamedKey::Home => "Home",
            NamedKey::End => "End",
            NamedKey::Enter => "Enter",
            NamedKey::Backspace => "Backspace",
            NamedKey::Delete => "Delete",
            NamedKey::Escape => "Esc",
        }
    }
}

/// The key of a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `a` to `z`, `0` to `9`, or one of `.` `,` `<` `>` `?`.
    Sign(char),
    /// A key without a character.
    Named(NamedKey),
}

/// A key with the modifiers that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stroke {
    /// The key itself.
    pub key: Key,
    /// Whether Shift counts as down; never for digits and signs, which need it on some layouts only.
    pub shift: bool,
    /// Whether the platform's key for shortcuts is down.
    pub primary: bool,
}

impl Stroke {
    /// `key` alone.
    pub const fn plain(key: Key) -> Stroke {
        Stroke {
            key,
            shift: false,
            primary: false,
        }
    }

    /// The same with Shift.
    pub const fn with_shift(self) -> Stroke {
        Stroke {
            shift: true,
            ..self
        }
    }

    /// The same with Control, or Command on a Mac.
    pub const fn with_primary(self) -> Stroke {
        Stroke {
            primary: true,
            ..self
        }
    }

    /// Whether it is a single letter or sign: what people may switch off, since speech input and
    /// slips type such keys by accident (WCAG 2.1.4). Digits stay.
    pub fn is_single(self) -> bool {
        match self.key {
            Key::Sign(c) => !self.primary && !c.is_ascii_digit(),
            Key::Named(_) => false,
        }
    }

    /// How to write it for people, as `Shift+S`, `→`, `Ctrl+Enter` or `⌘+Enter`.
    pub fn shown(self, platform: Platform) -> String {
        let mut shown = String::new();
        if self.primary {
            shown.push_str(match platform {
                Platform::Mac => "⌘+",
                Platform::Other => "Ctrl+",
            });
        }
        if self.shift {
            shown.push_str("Shift+");
        }
        match self.key {
            Key::Sign(c) => shown.push(c.to_ascii_uppercase()),
            Key::Named(named) => shown.push_str(named.shown()),
        }
        shown
    }
}

impl KeyPress {
    /// The stroke that the press stands for, or `None` if it isn't the annotator's business.
    pub fn stroke(&self, platform: Platform) -> Option<Stroke> {
        if self.is_someone_elses() {
            return None;
        }
        let primary = match (platform, self.ctrl, self.meta) {
            (_, false, false) => false,
            (Platform::Mac, false, true) | (Platform::Other, true, false) => true,
            _ => return None,
        };
        let key = self.read()?;
        let shift_counts = match key {
            Key::Sign(c) => c.is_ascii_alphabetic(),
            Key::Named(_) => true,
        };
        Some(Stroke {
            key,
            shift: self.shift && shift_counts,
            primary,
        })
    }

    fn is_someone_elses(&self) -> bool {
        self.default_prevented
            || self.composing
            || self.alt
            || self.alt_graph
            || self.in_field
            || matches!(self.key.as_str(), "Process" | "Dead" | "/" | "'")
    }

    fn read(&self) -> Option<Key> {
        if let Some(named) = NamedKey::of(&self.key) {
            return Some(Key::Named(named));
        }
        letter_shown(&self.key)
            .or_else(|| sign_shown(&self.key))
            .or_else(|| self.digit_by_place())
            .or_else(|| self.by_place_under_another_script())
            .map(Key::Sign)
    }

    fn digit_by_place(&self) -> Option<char> {
        if self.shift {
            return None;
        }
        only_char(self.code.strip_prefix("Digit")?).filter(|c| ('1'..='9').contains(c))
    }

    fn by_place_under_another_script(&self) -> Option<char> {
        // One key can write two letters at once, as the Arabic `لا`.
        if self.key.is_empty() || !self.key.chars().all(is_letter_of_another_script) {
            return None;
        }
        if let Some(letter) = self.code.strip_prefix("Key") {
            return only_char(letter)
                .map(|c| c.to_ascii_lowercase())
                .filter(char::is_ascii_lowercase);
        }
        match (self.code.as_str(), self.shift) {
            ("Period", false) => Some('.'),
            ("Period", true) => Some('>'),
            ("Comma", false) => Some(','),
            ("Comma", true) => Some('<'),
            ("Slash", true) => Some('?'),
            _ => None,
        }
    }
}

fn only_char(s: &str) -> Option<char> {
    let mut chars = s.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn letter_shown(key: &str) -> Option<char> {
    // With some browsers the Turkish capital comes as `i` and a combining dot above.
    if matches!(key, "İ" | "ı" | "i\u{307}") {
        return Some('i');
    }
    only_char(key)
        .map(|c| c.to_ascii_lowercase())
        .filter(char::is_ascii_lowercase)
}

fn sign_shown(key: &str) -> Option<char> {
    match only_char(key)? {
        c @ ('.' | ',' | '<' | '>' | '?') => Some(c),
        // The Arabic layouts have no other question mark.
        '؟' => Some('?'),
        c => decimal_digit(c),
    }
}

/// The digits zero of the basic plane (Unicode, general category Nd); nine more follow each.
const ZEROS: [char; 37] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}',
    '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}', '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}',
    '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}', '\u{a620}', '\u{a8d0}', '\u{a900}', '\u{a9d0}',
    '\u{a9f0}', '\u{aa50}', '\u{abf0}', '\u{ff10}',
];

fn decimal_digit(c: char) -> Option<char> {
    let value = ZEROS
        .iter()
        .filter_map(|zero| u32::from(c).checked_sub(u32::from(*zero)))
        .find(|distance| *distance < 10)?;
    char::from_digit(value, 10)
}

fn is_letter_of_another_script(c: char) -> bool {
    c.is_alphabetic() && !is_latin(c)
}

/// Whether a letter belongs to the Latin script (Unicode, Scripts.txt, by block).
fn is_latin(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{2af}'
            | '\u{1d00}'..='\u{1eff}'
            | '\u{2c60}'..='\u{2c7f}'
            | '\u{a720}'..='\u{a7ff}'
            | '\u{ab30}'..='\u{ab6f}'
            | '\u{fb00}'..='\u{fb06}'
            | '\u{ff21}'..='\u{ff5a}'
    )
}
