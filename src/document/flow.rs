//! The text as it is laid down: white space, line breaks, and where blocks begin and end.

use super::role::Role;
use super::{Block, BlockKind};
use crate::text::{Span, Utf16};

/// How text is set, handed down from an element to those in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Of the block that text begins.
    pub(super) kind: BlockKind,
    /// White space counts.
    pub(super) preserved: bool,
    /// A table's row, outside of block-level elements in it.
    pub(super) row: bool,
}

impl Style {
    /// Outside of all elements.
    pub(super) const OUTERMOST: Style = Style {
        kind: BlockKind::Paragraph,
        preserved: false,
        row: false,
    };

    /// How text is set in an element of this role that stands in text set like this.
    pub(super) fn within(self, role: Role) -> Style {
        let kind = match role {
            Role::Heading(level) => BlockKind::Heading(level),
            Role::ListItem | Role::Term => BlockKind::ListItem,
            Role::BlockQuotation => BlockKind::BlockQuotation,
            Role::Caption | Role::TableCaption => BlockKind::Caption,
            Role::Preformatted => BlockKind::Preformatted,
            _ => self.kind,
        };
        Style {
            kind,
            preserved: self.preserved || role == Role::Preformatted,
            row: role == Role::Row || self.row && !role.is_block_level(),
        }
    }
}

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    // Of `text`, in code points and in UTF-16 code units.
    length: u32,
    utf16: u32,
    blocks: Vec<Block>,
    open: Option<OpenBlock>,
    last_series: Option<Series>,
    gap: Gap,
}

#[derive(Debug)]
struct OpenBlock {
    start: u32,
    kind: BlockKind,
    // Whether there is more in it than images.
    has_words: bool,
    series: Option<Series>,
}

/// Blocks of which neighbours stand on neighbouring lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Series {
    ListItems,
    Rows,
}

/// What stands between the text so far and the next word of the same block.
#[derive(Debug, Default)]
struct Gap {
    space: bool,
    lines: usize,
    tabs: usize,
    /// White space that counts.
    preserved: String,
}

impl Gap {
    fn clear(&mut self) {
        self.space = false;
        self.lines = 0;
        self.tabs = 0;
        self.preserved.clear();
    }
}

/// White space that CSS collapses, and CR, which only a character reference can bring.
pub(super) fn is_collapsible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// How many bytes of a text that begins with a word are words with single spaces between them, which
/// stay as they are.
fn single_spaced(text: &str) -> usize {
    let bytes = text.as_bytes();
    let collapses = |at: usize| bytes.get(at).is_none_or(|b| is_collapsible(char::from(*b)));
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if collapses(at) && (*byte != b' ' || collapses(at + 1)) {
            break;
        }
        at += 1;
    }
    at
}

impl Flow {
    pub(super) fn text(&mut self, text: &str, style: Style) {
        self.text_placed(text, style, |_, _| {});
    }

    /// As [`Flow::text`]; tells for each part that is laid down as it is the part, and where it
    /// begins in the whole text.
    pub(super) fn text_placed<'t>(
        &mut self,
        text: &'t str,
        style: Style,
        mut placed: impl FnMut(&'t str, Utf16),
    ) {
        if style.preserved {
            self.preserved(text, style, placed);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let from_words = rest.trim_start_matches(is_collapsible);
            if from_words.len() < rest.len() {
                self.space();
            }
            let (words, behind) = from_words.split_at(single_spaced(from_words));
            if !words.is_empty() {
                placed(words, self.words(words, style));
            }
            rest = behind;
        }
    }

    fn preserved<'t>(
        &mut self,
        text: &'t str,
        style: Style,
        mut placed: impl FnMut(&'t str, Utf16),
    ) {
        let from_words = text.trim_start_matches(is_collapsible);
        let words = from_words.trim_end_matches(is_collapsible);
        let (before, _) = text.split_at(text.len() - from_words.len());
        let (_, after) = from_words.split_at(words.len());
        self.gap.preserved.push_str(before);
        if !words.is_empty() {
            placed(words, self.words(words, style));
        }
        self.gap.preserved.push_str(after);
    }

    /// A space, unless there is one already or a line begins or ends here.
    pub(super) fn space(&mut self) {
        self.gap.space = true;
    }

    /// `<br>`.
    pub(super) fn line_break(&mut self, style: Style) {
        if style.preserved {
            self.gap.preserved.push('\n');
        } else if self.open.is_some() && self.gap.tabs == 0 {
            self.gap.lines += 1;
        }
    }

    /// An image with a text alternative.
    pub(super) fn image(&mut self, alt: &str, style: Style) {
        // An emoji that was replaced by an image, as several publishing systems do.
        if alt.chars().all(|c| !c.is_ascii() && !c.is_alphanumeric()) {
            self.words(alt, style);
            return;
        }
        self.space();
        self.write_in_block(&format!("[image: {alt}]"), style);
        self.space();
    }

    /// The start of a table's cell.
    pub(super) fn cell(&mut self) {
        let in_row = |open: &OpenBlock| open.series == Some(Series::Rows);
        if self.open.as_ref().is_some_and(in_row) {
            self.gap.lines = 0;
            self.gap.tabs += 1;
        }
    }

    /// The start or end of something block-level.
    pub(super) fn boundary(&mut self) {
        self.gap.clear();
        let Some(open) = self.open.take() else {
            return;
        };
        let kind = if open.has_words {
            open.kind
        } else {
            BlockKind::Caption
        };
        if let Some(span) = Span::new(open.start, self.length) {
            self.blocks.push(Block { span, kind });
            self.last_series = open.series;
        }
    }

    pub(super) fn finish(mut self) -> (String, Vec<Block>) {
        self.boundary();
        (self.text, self.blocks)
    }

    /// Lays words down, and returns where they begin.
    fn words(&mut self, words: &str, style: Style) -> Utf16 {
        let at = self.write_in_block(words, style);
        if let Some(open) = &mut self.open {
            open.has_words = true;
        }
        at
    }

    fn write_in_block(&mut self, words: &str, style: Style) -> Utf16 {
        if self.gap.lines > 1 {
            self.boundary();
        }
        if self.open.is_some() {
            self.close_gap();
        } else {
            self.begin(style);
        }
        let at = Utf16(self.utf16);
        self.write(words);
        at
    }

    fn begin(&mut self, style: Style) {
        let series = if style.row {
            Some(Series::Rows)
        } else if style.kind == BlockKind::ListItem {
            Some(Series::ListItems)
        } else {
            None
        };
        if !self.blocks.is_empty() {
            let follows = series.is_some() && series == self.last_series;
            self.write(if follows { "\n" } else { "\n\n" });
        }
        self.open = Some(OpenBlock {
            start: self.length,
            kind: style.kind,
            has_words: false,
            series,
        });
        let gap = std::mem::take(&mut self.gap);
        if style.kind == BlockKind::Preformatted {
            // Blank lines go, the first line's indentation stays.
            let indentation = gap.preserved.rsplit('\n').next().unwrap_or_default();
            self.write(indentation);
        }
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !gap.preserved.is_empty() {
            self.write(&gap.preserved);
        } else if gap.tabs > 0 {
            self.write(&"\t".repeat(gap.tabs));
        } else if gap.lines > 0 {
            self.write("\n");
        } else if gap.space {
            self.write(" ");
        }
    }

    fn write(&mut self, part: &str) {
        self.text.push_str(part);
        // Beyond `u32` the whole text is refused when it becomes a `Text`.
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        self.length = self
            .length
            .saturating_add(count(str_indices::chars::count(part)));
        self.utf16 = self.utf16.saturating_add(count(utf16_length(part)));
    }
}

/// How many UTF-16 code units the part takes.
pub(super) fn utf16_length(part: &str) -> usize {
    str_indices::utf16::count_surrogates(part) + str_indices::chars::count(part)
}
