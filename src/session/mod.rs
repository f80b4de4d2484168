//! What is open, and what a person does with it: keys, the cursor, and what is said about it.

mod bindings;
mod command;
mod cursor;
mod describe;
mod keymap;
mod keys;

pub use bindings::Group;
pub use command::{Command, Movement, Unit};
pub use cursor::{
    Active, Cursor, End, Escaped, Mark, Marks, Moved, NoMarks, Snap, Surroundings, block_is_rtl,
    mark_order,
};
pub use describe::describe;
pub use keymap::{HelpGroup, HelpRow, Keymap, LabelKey, Overrides, RefusedKey};
pub use keys::{Key, KeyPress, NamedKey, Platform, Stroke};
