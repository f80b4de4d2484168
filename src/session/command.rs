//! Everything that a key can ask for.

/// What a movement goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A grapheme: what people see as one character.
    Character,
    /// A word.
    Word,
    /// A sentence, or a heading, caption or line without a full stop.
    Sentence,
    /// A quotation with its marks, one block's part at a time, the outermost of nested ones.
    Speech,
    /// A block.
    Block,
    /// The whole document: its last block forward, its first one back.
    Document,
    /// A block that no annotation touches.
    Untagged,
    /// An annotation.
    Mark,
    /// A suggestion.
    Ghost,
}

/// One step by a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Movement {
    /// What to go by.
    pub unit: Unit,
    /// On in the text; for words, which have the arrows, to the right on screen.
    pub forward: bool,
}

impl Movement {
    /// On by `unit`.
    pub const fn on(unit: Unit) -> Movement {
        Movement {
            unit,
            forward: true,
        }
    }

    /// Back by `unit`.
    pub const fn back(unit: Unit) -> Movement {
        Movement {
            unit,
            forward: false,
        }
    }
}

/// What a key press asks for. What it does depends on what is active; the session knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// The label at this index of the label set.
    Label(usize),
    /// The same, then the last movement again.
    TagAndGoOn(usize),
    /// The next label key changes the active annotation's label.
    Relabel,
    /// Select the unit that a step reaches.
    Move(Movement),
    /// Move the active end by a unit.
    Extend(Movement),
    /// Make the other end the active one.
    OtherEnd,
    /// To the next larger unit.
    Widen,
    /// To the next smaller unit.
    Narrow,
    /// Move the ends of the active annotation.
    EditEnds,
    /// Leave the innermost thing that is open.
    Escape,
    /// Accept the suggestion, open the annotation's card, open the label menu.
    Enter,
    /// Accept all suggestions of this label that are at least as sure.
    AcceptAll,
    /// Refuse the suggestion, delete the annotation.
    Delete,
    /// Write a note.
    Note,
    /// Say what lies here, and why.
    Inspect,
    /// Tag all occurrences of the active text.
    AllOccurrences,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Hide or show suggestions.
    Hide,
    /// The document is done; on to the next open one.
    Done,
    /// Leave the document for a reason; on to the next open one.
    Skip,
    /// The next document.
    NextDocument,
    /// The previous document.
    PreviousDocument,
    /// Show all keys.
    Help,
}

impl Command {
    /// Whether a held key asks again and again. A held label key tags once.
    pub fn repeats(self) -> bool {
        matches!(self, Command::Move(_) | Command::Extend(_))
    }
}
