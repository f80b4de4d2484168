//! What a person means to do. An action is transient; what it changes becomes edits.

use super::Command;
use crate::annotation::Id;
use serde_json::Value as Json;

/// Anything that the screen, the keyboard or the pointer can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A key's command.
    Command(Command),
    /// Tag what is active with the label at this place of the set.
    Tag(usize),
    /// Take the pen of the label at this place, or put it away.
    Pen(Option<usize>),
    /// Make an annotation the active thing and bring it into view.
    Activate(Id),
    /// Give an annotation the label at this place.
    Relabel(Id, usize),
    /// Write a note, or take it away if it is empty.
    Note(Id, String),
    /// Have the attribute of that id say something of an annotation; `null` for nothing.
    Attribute(Id, String, Json),
    /// Delete an annotation.
    Remove(Id),
    /// Set an annotation that was not found in this text on what is active.
    Attach(Id),
    /// Something was pointed at.
    Point(Pointed),
    /// Bring the text at this offset, in code points, into view.
    GoTo(u32),
}

/// Where a pointer pressed, dragged or tapped. All offsets count code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// A press between two characters.
    Caret(u32),
    /// A drag; snapped to words unless `exact`.
    Range {
        /// Where the selection starts.
        start: u32,
        /// Where it ends.
        end: u32,
        /// Whether it is taken to the character.
        exact: bool,
    },
    /// A double press in a word.
    Word(u32),
    /// A triple press in a block.
    Block(u32),
    /// A finger's tap.
    Tap(u32),
}
