//! The cursor as people use it: keys in, the active text out.

mod article;
mod laws;
mod movement;
mod pointer;
mod resizing;

use super::super::command::Command;
use super::super::keymap::{Keymap, LabelKey, Overrides};
use super::super::keys::{KeyPress, Platform};
use super::*;
use crate::document::{Block, BlockKind, Document, Source};
use crate::text::{Quotation, Text, quotations};

/// A document with a block for each line that isn't blank.
pub(in crate::session) fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.chars().count() as u32;
        if let Some(span) = Span::new(start, end).filter(|_| !line.trim().is_empty()) {
            let kind = BlockKind::Paragraph;
            blocks.push(Block { span, kind });
        }
        start = end + 1;
    }
    Document {
        id: "test".to_owned(),
        title: None,
        source: Source::default(),
        media_type: "text/plain".to_owned(),
        language: None,
        text: Text::new(text.to_owned()).unwrap(),
        blocks,
    }
}

/// Marks in a list: what a test tags.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct ListedMarks(Vec<(Span, String, &'static str)>);

impl ListedMarks {
    pub(in crate::session) fn add(&mut self, span: Span, label: &'static str) {
        let id = format!("a{}", self.0.len());
        self.0.push((span, id, label));
        self.0
            .sort_by(|a, b| mark_order(a.0, &a.1).cmp(&mark_order(b.0, &b.1)));
    }

    fn marks(&self) -> impl DoubleEndedIterator<Item = Mark<'_>> {
        self.0.iter().map(|(span, id, label)| Mark {
            id,
            span: *span,
            label,
        })
    }
}

impl Marks for ListedMarks {
    fn span_of(&self, id: &str) -> Option<Span> {
        let mark = self.marks().find(|mark| mark.id == id);
        mark.map(|mark| mark.span)
    }

    fn after(&self, span: Span, id: &str) -> Option<Mark<'_>> {
        self.marks()
            .find(|mark| mark_order(mark.span, mark.id) > mark_order(span, id))
    }

    fn before(&self, span: Span, id: &str) -> Option<Mark<'_>> {
        self.marks()
            .rev()
            .find(|mark| mark_order(mark.span, mark.id) < mark_order(span, id))
    }

    fn touching(&self, span: Span) -> Vec<Mark<'_>> {
        self.marks()
            .filter(|mark| mark.span.intersects(span))
            .collect()
    }
}

const LABELS: [(&str, &str); 4] = [
    ("claim", "c"),
    ("quote", "q"),
    ("caption", "p"),
    ("boilerplate", "b"),
];

/// A document, a cursor in it, and a tagger as small as can be.
pub(in crate::session) struct Desk {
    pub(in crate::session) document: Document,
    pub(in crate::session) quotations: Vec<Quotation>,
    pub(in crate::session) marks: ListedMarks,
    pub(in crate::session) ghosts: ListedMarks,
    pub(in crate::session) cursor: Cursor,
    pub(in crate::session) visible: Option<Span>,
    pub(in crate::session) moved: Option<Moved>,
    keymap: Keymap,
}

impl Desk {
    pub(in crate::session) fn new(text: &str) -> Desk {
        let document = document(text);
        let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
        let quotations = quotations(&document.text, &blocks);
        let cursor = Cursor::new(&Surroundings {
            document: &document,
            quotations: &quotations,
            marks: &NoMarks,
            ghosts: &NoMarks,
            is_rtl: None,
        });
        let labels = LABELS.map(|(id, shortcut)| LabelKey {
            id: id.to_owned(),
            name: id.to_owned(),
            shortcut: Some(shortcut.to_owned()),
        });
        Desk {
            document,
            quotations,
            marks: ListedMarks::default(),
            ghosts: ListedMarks::default(),
            cursor,
            visible: None,
            moved: None,
            keymap: Keymap::new(&labels, &Overrides::new()).0,
        }
    }

    pub(in crate::session) fn act<T>(
        &mut self,
        act: impl FnOnce(&mut Cursor, &Surroundings<'_>) -> T,
    ) -> T {
        let around = Surroundings {
            document: &self.document,
            quotations: &self.quotations,
            marks: &self.marks,
            ghosts: &self.ghosts,
            is_rtl: None,
        };
        act(&mut self.cursor, &around)
    }

    /// Presses keys, as `J Shift+C ↓`.
    pub(in crate::session) fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let command = self.keymap.command(&key_press(key), Platform::Other);
            self.run(command.unwrap_or_else(|| panic!("{key} is bound to nothing")));
        }
    }

    pub(in crate::session) fn run(&mut self, command: Command) {
        let visible = self.visible;
        self.moved = match command {
            Command::Label(label) => {
                self.tag(label);
                None
            }
            Command::TagAndGoOn(label) => {
                self.tag(label);
                Some(self.act(|cursor, around| cursor.go_on(around, visible)))
            }
            Command::Move(movement) => {
                Some(self.act(|cursor, around| cursor.step(around, movement, visible)))
            }
            Command::Extend(movement) => {
                Some(self.act(|cursor, around| cursor.extend(around, movement)))
            }
            Command::Widen => Some(self.act(Cursor::widen)),
            Command::Narrow => Some(self.act(Cursor::narrow)),
            Command::OtherEnd => {
                self.act(|cursor, around| cursor.other_end(around));
                None
            }
            Command::EditEnds => {
                self.act(|cursor, around| cursor.edit_ends(around));
                None
            }
            Command::Enter => {
                self.cursor.keep_ends();
                None
            }
            Command::Escape => {
                self.act(|cursor, around| cursor.escape(around));
                None
            }
            _ => None,
        };
    }

    fn tag(&mut self, label: usize) {
        for span in self.act(|cursor, around| cursor.spans_to_tag(around)) {
            self.marks.add(span, LABELS[label].0);
        }
    }

    /// The active text, `#id text` for an annotation, `~id text` for a suggestion, `before|behind`
    /// for a caret.
    pub(in crate::session) fn shown(&mut self) -> String {
        let slice = |start, end| match Span::new(start, end) {
            Some(span) => self.document.text.slice(span).unwrap().to_owned(),
            None => String::new(),
        };
        let of = |span: Span| slice(span.start(), span.end());
        match self.cursor.active().clone() {
            Active::Piece { span, .. } => of(span),
            Active::Annotation { id, span } => format!("#{id} {}", of(span)),
            Active::Suggestion { id, span } => format!("~{id} {}", of(span)),
            Active::Caret(at) => {
                let end = self.document.text.length().code_points;
                format!(
                    "{}|{}",
                    slice(at.saturating_sub(3), at),
                    slice(at, end.min(at + 3))
                )
            }
        }
    }

    pub(in crate::session) fn span_of(&self, part: &str) -> Span {
        let text = self.document.text.as_str();
        let byte = text
            .find(part)
            .unwrap_or_else(|| panic!("{part:?} is not there"));
        let start = text[..byte].chars().count() as u32;
        Span::new(start, start + part.chars().count() as u32).unwrap()
    }
}

fn key_press(key: &str) -> KeyPress {
    let (shift, key) = match key.strip_prefix("Shift+") {
        Some(key) => (true, key),
        None => (false, key),
    };
    let key = match key {
        "↓" => "ArrowDown",
        "↑" => "ArrowUp",
        "→" => "ArrowRight",
        "←" => "ArrowLeft",
        "Esc" => "Escape",
        key => key,
    };
    KeyPress {
        key: key.to_owned(),
        shift,
        ..KeyPress::default()
    }
}

/// Each row: keys pressed from the start of `text`, and what is active then.
fn check(text: &str, rows: &[(&str, &str)]) {
    for (keys, expected) in rows {
        let mut desk = Desk::new(text);
        desk.press(keys);
        assert_eq!(desk.shown(), *expected, "after {keys:?} in {text:?}");
    }
}
