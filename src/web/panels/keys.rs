//! The keys that hold, for buttons and hints to name.

use crate::session::{HelpGroup, Platform, Session};

/// The platform that decides between Control and Command.
pub fn platform() -> Platform {
    let name = gloo::utils::window()
        .navigator()
        .platform()
        .unwrap_or_default();
    let is_mac = ["Mac", "iPhone", "iPad"]
        .iter()
        .any(|mac| name.starts_with(mac));
    if is_mac {
        Platform::Mac
    } else {
        Platform::Other
    }
}

/// The keys of one session as people write them.
pub struct Keys {
    groups: Vec<HelpGroup>,
}

impl Keys {
    /// The keys of `session` on this platform.
    pub fn of(session: &Session) -> Keys {
        Keys {
            groups: session.keymap().help(platform()),
        }
    }

    /// The keys that tag with a label, by its id.
    pub fn of_label(&self, id: &str) -> &[String] {
        // The group of labels stands first, and a label's tagging row before its other one.
        Keys::find(self.groups.iter().take(1), id)
    }

    /// The keys of a command that isn't about labels, by its name in settings.
    pub fn of_command(&self, name: &str) -> &[String] {
        Keys::find(self.groups.iter().skip(1), name)
    }

    fn find<'a>(groups: impl Iterator<Item = &'a HelpGroup>, name: &str) -> &'a [String] {
        groups
            .flat_map(|group| &group.rows)
            .find(|row| row.name == name)
            .map_or(&[], |row| &row.keys)
    }
}

/// The value of `aria-keyshortcuts` for `keys`.
pub fn keyshortcuts(keys: &[String]) -> String {
    keys.join(" ")
        .replace("Ctrl+", "Control+")
        .replace("⌘+", "Meta+")
}

/// What a button does and by which keys: `Undo (Z or Ctrl+Z)`.
pub fn hint(does: &str, keys: &[String]) -> String {
    match keys {
        [] => does.to_owned(),
        keys => format!("{does} ({})", keys.join(" or ")),
    }
}
