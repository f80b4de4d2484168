//! The keys and what they do: the one table that presses are resolved by and that the help shows.

use super::command::{Command, Movement, Unit};
use super::keys::{Key, NamedKey, Stroke};

/// A part of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The keys of labels.
    Labels,
    /// Movements.
    Move,
    /// Changes to the active piece.
    Extend,
    /// Acts on what is active.
    Act,
    /// Documents and the annotator itself.
    Document,
}

impl Group {
    /// All, in the order of the help.
    pub const ALL: [Group; 5] = [
        Group::Labels,
        Group::Move,
        Group::Extend,
        Group::Act,
        Group::Document,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Labels => "Labels",
            Group::Move => "Move",
            Group::Extend => "Extend, shrink, resize",
            Group::Act => "Act",
            Group::Document => "Undo, documents, help",
        }
    }
}

/// A command with its keys.
pub(super) struct Binding {
    /// What settings and the `keys` attribute call it.
    pub name: &'static str,
    pub command: Command,
    pub group: Group,
    pub strokes: &'static [Stroke],
    /// A predicate in the third person: the key “opens the note”.
    pub does: &'static str,
}

const fn sign(c: char) -> Stroke {
    Stroke::plain(Key::Sign(c))
}

const fn shift(c: char) -> Stroke {
    sign(c).with_shift()
}

const fn primary(c: char) -> Stroke {
    sign(c).with_primary()
}

const fn named(key: NamedKey) -> Stroke {
    Stroke::plain(Key::Named(key))
}

const fn go(unit: Unit) -> Command {
    Command::Move(Movement::on(unit))
}

const fn go_back(unit: Unit) -> Command {
    Command::Move(Movement::back(unit))
}

const fn extend(unit: Unit) -> Command {
    Command::Extend(Movement::on(unit))
}

const fn extend_back(unit: Unit) -> Command {
    Command::Extend(Movement::back(unit))
}

/// `Ctrl+Y`, which is no redo on a Mac.
pub(super) const NOT_ON_MAC: Stroke = primary('y');

macro_rules! bindings {
    ($($group:ident: $name:literal, $command:expr, [$($stroke:expr),*], $does:literal;)*) => {
        &[$(Binding {
            name: $name,
            command: $command,
            group: Group::$group,
            strokes: &[$($stroke),*],
            does: $does,
        }),*]
    };
}

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = bindings![
    Labels: "relabel", Command::Relabel, [sign('r')], "gives the active annotation another label, with the label key that follows";

    Move: "next-sentence", go(Unit::Sentence), [named(NamedKey::Down)], "goes to the next sentence";
    Move: "previous-sentence", go_back(Unit::Sentence), [named(NamedKey::Up)], "goes to the previous sentence";
    Move: "right-word", go(Unit::Word), [named(NamedKey::Right)], "goes to the word on the right, or into a larger piece";
    Move: "left-word", go_back(Unit::Word), [named(NamedKey::Left)], "goes to the word on the left, or into a larger piece";
    Move: "next-block", go(Unit::Block), [sign('j')], "goes to the next block";
    Move: "previous-block", go_back(Unit::Block), [sign('k')], "goes to the previous block";
    Move: "next-speech", go(Unit::Speech), [sign('s')], "goes to the next quotation";
    Move: "previous-speech", go_back(Unit::Speech), [shift('s')], "goes to the previous quotation";
    Move: "next-character", go(Unit::Character), [sign('.')], "moves the active end one character on";
    Move: "previous-character", go_back(Unit::Character), [sign(',')], "moves the active end one character back";
    Move: "first-block", go_back(Unit::Document), [named(NamedKey::Home)], "goes to the first block";
    Move: "last-block", go(Unit::Document), [named(NamedKey::End)], "goes to the last block";
    Move: "next-untagged", go(Unit::Untagged), [sign('u')], "goes to the next block without a tag";
    Move: "previous-untagged", go_back(Unit::Untagged), [shift('u')], "goes to the previous block without a tag";
    Move: "next-mark", go(Unit::Mark), [sign('m')], "goes to the next annotation";
    Move: "previous-mark", go_back(Unit::Mark), [shift('m')], "goes to the previous annotation";
    Move: "next-ghost", go(Unit::Ghost), [sign('g')], "goes to the next suggestion";
    Move: "previous-ghost", go_back(Unit::Ghost), [shift('g')], "goes to the previous suggestion";

    Extend: "extend-right-word", extend(Unit::Word), [named(NamedKey::Right).with_shift()], "moves the active end one word to the right";
    Extend: "extend-left-word", extend_back(Unit::Word), [named(NamedKey::Left).with_shift()], "moves the active end one word to the left";
    Extend: "extend-next-sentence", extend(Unit::Sentence), [named(NamedKey::Down).with_shift()], "moves the active end on to the end of the sentence";
    Extend: "extend-previous-sentence", extend_back(Unit::Sentence), [named(NamedKey::Up).with_shift()], "moves the active end back by a sentence";
    Extend: "extend-next-block", extend(Unit::Block), [shift('j')], "moves the active end on to the end of the block";
    Extend: "extend-previous-block", extend_back(Unit::Block), [shift('k')], "moves the active end back by a block";
    Extend: "other-end", Command::OtherEnd, [sign('o')], "makes the other end the active one";
    Extend: "widen", Command::Widen, [sign('w')], "widens: word, quotation, sentence, block";
    Extend: "narrow", Command::Narrow, [shift('w')], "narrows: block, sentence, quotation, word";
    Extend: "edit-ends", Command::EditEnds, [sign('e')], "moves the ends of the active annotation; Enter keeps, Esc puts back";
    Extend: "escape", Command::Escape, [named(NamedKey::Escape)], "closes what is open, or leaves a caret";

    Act: "enter", Command::Enter, [named(NamedKey::Enter)], "accepts a suggestion, opens an annotation’s card or the label menu";
    Act: "accept-all", Command::AcceptAll, [named(NamedKey::Enter).with_shift()], "accepts all suggestions of this label that are at least as sure";
    Act: "delete", Command::Delete, [named(NamedKey::Backspace), named(NamedKey::Delete)], "deletes the annotation or refuses the suggestion";
    Act: "note", Command::Note, [sign('n')], "opens the note";
    Act: "inspect", Command::Inspect, [sign('i')], "says what lies here, or why it is suggested";
    Act: "all-occurrences", Command::AllOccurrences, [sign('a')], "tags all occurrences of this text";

    Document: "undo", Command::Undo, [sign('z'), primary('z')], "undoes";
    Document: "redo", Command::Redo, [shift('z'), primary('z').with_shift(), NOT_ON_MAC], "redoes";
    Document: "hide", Command::Hide, [sign('h')], "hides or shows suggestions";
    Document: "done", Command::Done, [named(NamedKey::Enter).with_primary()], "marks the document as done, or as open again";
    Document: "skip", Command::Skip, [named(NamedKey::Enter).with_primary().with_shift()], "marks the document as skipped, or as open again";
    Document: "next-document", Command::NextDocument, [sign('>')], "goes to the next document";
    Document: "previous-document", Command::PreviousDocument, [sign('<')], "goes to the previous document";
    Document: "help", Command::Help, [sign('?')], "shows all keys";
];
