//! What is open, and what a person does with it: keys, the cursor, and what is said about it.

mod action;
mod bindings;
mod command;
mod keymap;
mod keys;
#[allow(clippy::module_inception)]
mod session;

pub use action::Action;
pub use bindings::Group;
pub use command::{Command, Movement, Unit};
pub use keymap::{HelpGroup, HelpRow, Keymap, LabelKey, Overrides, RefusedKey};
pub use keys::{Key, KeyPress, NamedKey, Platform, Stroke};
pub use session::Session;
