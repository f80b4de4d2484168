//! The keys that hold for one label set and one host's wishes, and the help that shows them.

use super::bindings::{BINDINGS, Binding, Group, NOT_ON_MAC};
use super::command::Command;
use super::keys::{Key, KeyPress, Platform, Stroke};
use std::collections::BTreeMap;
use std::fmt;

/// A label, as far as keys go. Its digit is its place in the label set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelKey {
    /// The label's id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// The letter that tags with it, in either case.
    pub shortcut: Option<String>,
}

/// The wishes of a host or user: the name of a command (as [`HelpRow::name`]) and the single key
/// that it should have, as `x`, `Shift+X` or `>`, or `None` to switch its single keys off. Arrows,
/// Enter and the like, and strokes with Control or Command stay.
pub type Overrides = BTreeMap<String, Option<String>>;

/// Which stroke asks for which command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bound: Vec<(Stroke, Command)>,
    labels: Vec<LabelKey>,
}

impl Keymap {
    /// The keys for `labels` in their order, changed by `overrides`, and what could not be granted:
    /// a label whose letter is refused keeps its digit, a command keeps the key that it had.
    pub fn new(labels: &[LabelKey], overrides: &Overrides) -> (Keymap, Vec<RefusedKey>) {
        let mut keymap = Keymap {
            bound: Vec::new(),
            labels: labels.to_vec(),
        };
        let mut refused = keymap.bind_commands(overrides);
        refused.extend(keymap.bind_labels());
        let free = keymap.free_letters();
        let refused = refused
            .into_iter()
            .map(|why| RefusedKey {
                why,
                free: free.clone(),
            })
            .collect();
        (keymap, refused)
    }

    /// The same without single letters and signs, for people who switch them off.
    pub fn without_single_keys(mut self) -> Keymap {
        self.bound.retain(|(stroke, _)| !stroke.is_single());
        self
    }

    /// What `press` asks for, or `None` if it should be left to the browser and the page.
    pub fn command(&self, press: &KeyPress, platform: Platform) -> Option<Command> {
        let stroke = press.stroke(platform)?;
        if platform == Platform::Mac && stroke == NOT_ON_MAC {
            return None;
        }
        self.bound_to(stroke)
            .filter(|command| !press.repeat || command.repeats())
    }

    /// The letters that a label could still have.
    pub fn free_letters(&self) -> Vec<char> {
        ('a'..='z')
            .filter(|letter| self.taken_by(*letter).is_none())
            .collect()
    }

    /// All keys with what they do, in groups, for people to read and to search.
    pub fn help(&self, platform: Platform) -> Vec<HelpGroup> {
        Group::ALL
            .into_iter()
            .map(|group| HelpGroup {
                title: group.title(),
                rows: self.help_rows(group, platform),
            })
            .collect()
    }

    fn help_rows(&self, group: Group, platform: Platform) -> Vec<HelpRow> {
        let mut rows = Vec::new();
        if group == Group::Labels {
            for (index, label) in self.labels.iter().enumerate() {
                let name = &label.name;
                let tag = [Command::Label(index), Command::TagAndGoOn(index)];
                let does = [
                    format!("tags as “{name}”"),
                    format!("tags as “{name}” and repeats the last movement"),
                ];
                rows.extend(tag.into_iter().zip(does).map(|(command, does)| HelpRow {
                    name: label.id.clone(),
                    keys: self.shown(command, platform),
                    does,
                }));
            }
        }
        let of_group = BINDINGS.iter().filter(|binding| binding.group == group);
        rows.extend(of_group.map(|binding| HelpRow {
            name: binding.name.to_owned(),
            keys: self.shown(binding.command, platform),
            does: binding.does.to_owned(),
        }));
        rows
    }

    fn shown(&self, command: Command, platform: Platform) -> Vec<String> {
        self.bound
            .iter()
            .filter(|(_, of)| *of == command)
            .filter(|(stroke, _)| platform != Platform::Mac || *stroke != NOT_ON_MAC)
            .map(|(stroke, _)| stroke.shown(platform))
            .collect()
    }

    fn bound_to(&self, stroke: Stroke) -> Option<Command> {
        self.bound
            .iter()
            .find(|(other, _)| *other == stroke)
            .map(|(_, command)| *command)
    }

    fn bind_commands(&mut self, overrides: &Overrides) -> Vec<WhyRefused> {
        for binding in BINDINGS {
            let changed = overrides.keys().any(|name| name == binding.name);
            let strokes = binding.strokes.iter();
            self.bound.extend(
                strokes
                    .filter(|stroke| !(changed && stroke.is_single()))
                    .map(|stroke| (*stroke, binding.command)),
            );
        }
        let mut refused = Vec::new();
        for (name, key) in overrides {
            let Some(binding) = BINDINGS.iter().find(|binding| binding.name == *name) else {
                refused.push(WhyRefused::NoSuchCommand(name.clone()));
                continue;
            };
            if let Err(why) = self.override_binding(binding, key.as_deref()) {
                refused.push(why);
                self.restore(binding);
            }
        }
        refused
    }

    fn override_binding(&mut self, binding: &Binding, key: Option<&str>) -> Result<(), WhyRefused> {
        let Some(key) = key else {
            let has_single = binding.strokes.iter().any(|stroke| stroke.is_single());
            return if has_single {
                Ok(())
            } else {
                Err(WhyRefused::NothingToSwitchOff(binding.name.to_owned()))
            };
        };
        let stroke = parse_single(key).ok_or_else(|| WhyRefused::NoSingleKey(key.to_owned()))?;
        match self.bound_to(stroke) {
            Some(command) => Err(self.taken(key, command)),
            None => {
                self.bound.push((stroke, binding.command));
                Ok(())
            }
        }
    }

    fn restore(&mut self, binding: &Binding) {
        for stroke in binding.strokes {
            if self.bound_to(*stroke).is_none() {
                self.bound.push((*stroke, binding.command));
            }
        }
    }

    fn bind_labels(&mut self) -> Vec<WhyRefused> {
        let mut refused = Vec::new();
        for (index, label) in self.labels.clone().iter().enumerate() {
            if let Some(shortcut) = &label.shortcut {
                match self.letter_for_label(shortcut) {
                    Ok(letter) => {
                        let stroke = Stroke::plain(Key::Sign(letter));
                        self.bound.push((stroke, Command::Label(index)));
                        self.bound
                            .push((stroke.with_shift(), Command::TagAndGoOn(index)));
                    }
                    Err(why) => refused.push(why),
                }
            }
            if let Some(digit) = char::from_digit(index as u32 + 1, 10) {
                self.bound
                    .push((Stroke::plain(Key::Sign(digit)), Command::Label(index)));
            }
        }
        refused
    }

    fn letter_for_label(&self, shortcut: &str) -> Result<char, WhyRefused> {
        let letter = parse_single(shortcut)
            .filter(|stroke| !stroke.shift)
            .and_then(|stroke| match stroke.key {
                Key::Sign(c) if c.is_ascii_lowercase() => Some(c),
                _ => None,
            })
            .ok_or_else(|| WhyRefused::NoLetter(shortcut.to_owned()))?;
        match self.taken_by(letter) {
            Some(command) => Err(self.taken(shortcut, command)),
            None => Ok(letter),
        }
    }

    /// What holds a letter, alone or with Shift: a label needs both.
    fn taken_by(&self, letter: char) -> Option<Command> {
        let stroke = Stroke::plain(Key::Sign(letter));
        self.bound_to(stroke)
            .or_else(|| self.bound_to(stroke.with_shift()))
    }

    fn taken(&self, key: &str, command: Command) -> WhyRefused {
        let by_label = match command {
            Command::Label(index) | Command::TagAndGoOn(index) => self.labels.get(index),
            _ => None,
        };
        let does = match by_label {
            Some(label) => format!("tags as “{}”", label.name),
            None => BINDINGS
                .iter()
                .find(|binding| binding.command == command)
                .map_or_else(String::new, |binding| binding.does.to_owned()),
        };
        WhyRefused::Taken {
            key: key.to_owned(),
            does,
        }
    }
}

fn parse_single(key: &str) -> Option<Stroke> {
    let (shift, key) = match key.strip_prefix("Shift+") {
        Some(key) => (true, key),
        None => (false, key),
    };
    let mut chars = key.chars();
    let c = chars.next()?.to_ascii_lowercase();
    let is_letter = c.is_ascii_lowercase();
    let is_sign = matches!(c, '.' | ',' | '<' | '>' | '?') && !shift;
    if chars.next().is_some() || !(is_letter || is_sign) {
        return None;
    }
    let stroke = Stroke::plain(Key::Sign(c));
    Some(if shift { stroke.with_shift() } else { stroke })
}

/// A part of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpGroup {
    /// Its heading.
    pub title: &'static str,
    /// Its commands.
    pub rows: Vec<HelpRow>,
}

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// The name of the command in settings, or a label's id.
    pub name: String,
    /// Its keys as people write them; empty if they are switched off.
    pub keys: Vec<String>,
    /// What the keys do, as “opens the note”.
    pub does: String,
}

/// A key that a label or an override asked for and could not have. Its `Display` says why, and which
/// letters are free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedKey {
    why: WhyRefused,
    free: Vec<char>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum WhyRefused {
    Taken { key: String, does: String },
    NoLetter(String),
    NoSingleKey(String),
    NoSuchCommand(String),
    NothingToSwitchOff(String),
}

impl fmt::Display for RefusedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            WhyRefused::Taken { key, does } => write!(f, "`{key}` {does}")?,
            WhyRefused::NoLetter(key) => write!(f, "`{key}` is no letter from A to Z")?,
            WhyRefused::NoSingleKey(key) => write!(
                f,
                "`{key}` is no single key, as a letter, Shift+letter or one of . , < > ?"
            )?,
            WhyRefused::NoSuchCommand(name) => {
                return write!(f, "There is no command named `{name}`.");
            }
            WhyRefused::NothingToSwitchOff(name) => {
                return write!(f, "`{name}` has no single key that could be switched off.");
            }
        }
        match self.free.as_slice() {
            [] => write!(f, "; no letter is free."),
            free => {
                let free: Vec<String> =
                    free.iter().map(|c| c.to_ascii_uppercase().into()).collect();
                write!(f, "; free letters are {}.", free.join(" "))
            }
        }
    }
}

impl std::error::Error for RefusedKey {}

#[cfg(test)]
mod tests;
