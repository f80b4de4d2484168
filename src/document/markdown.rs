//! Markdown → `Document`: the source as it stands, with the structure that it has.

use super::plain::ends_line;
use super::{Block, BlockKind, Document, DocumentMeta, LoadError};
use crate::text::{Span, Text};

/// A Markdown text, kept to the character: marks such as `#` and `>` stay where they are, since
/// offsets have to be those of the file.
///
/// Its blocks follow the block structure of [CommonMark](https://spec.commonmark.org/0.31.2/), flat:
/// headings of both forms, quotations, list items at any depth, code and front matter, each with its
/// marks; and paragraphs over several lines. A table or HTML is a paragraph. What is within a block is
/// not looked at.
///
/// # Errors
/// [`LoadError::Empty`] if there is not one character, [`LoadError::TooLarge`] beyond 4 GiB.
pub fn markdown(content: String, meta: DocumentMeta) -> Result<Document, LoadError> {
    if content.is_empty() {
        return Err(LoadError::Empty);
    }
    let blocks = blocks(&content);
    let bytes = content.len();
    let text = Text::new(content).map_err(|_| LoadError::too_large(bytes))?;
    Ok(meta.document(text, blocks, "text/markdown", None, None))
}

/// What further lines may join.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    Quotation,
    Item,
    Indented,
    /// Up to a line of as many of that character.
    Fence(u8, usize),
    /// Up to a line of three hyphens.
    FrontMatter,
}

impl Open {
    fn kind(self) -> BlockKind {
        match self {
            Open::Paragraph => BlockKind::Paragraph,
            Open::Quotation => BlockKind::BlockQuotation,
            Open::Item => BlockKind::ListItem,
            Open::Indented | Open::Fence(..) | Open::FrontMatter => BlockKind::Preformatted,
        }
    }
}

struct Blocks {
    done: Vec<Block>,
    open: Option<(Open, Span)>,
    // Whether the last line that wasn't blank belonged to a list, so that deep indentation is an item's.
    in_list: bool,
}

/// All lines that have something to see are in a block.
fn blocks(content: &str) -> Vec<Block> {
    let mut blocks = Blocks {
        done: Vec::new(),
        open: None,
        in_list: false,
    };
    let (mut rest, mut start) = (content, 0);
    while !rest.is_empty() {
        let line = &rest[..rest.find(ends_line).unwrap_or(rest.len())];
        let end = start + line.chars().count() as u32;
        // An empty one has no span.
        match Span::new(start, end).filter(|_| !line.trim().is_empty()) {
            Some(span) => blocks.line(line, span, start == 0),
            None => blocks.blank(),
        }
        rest = &rest[line.len()..];
        let mark = match rest.chars().next() {
            Some('\r') if rest.starts_with("\r\n") => "\r\n",
            Some(c) => {
                // In a block, only a line feed is seen as a break.
                if c != '\n' {
                    blocks.blank();
                }
                &rest[..c.len_utf8()]
            }
            None => "",
        };
        rest = &rest[mark.len()..];
        start = end + mark.chars().count() as u32;
    }
    blocks.close();
    blocks.done
}

impl Blocks {
    fn close(&mut self) {
        if let Some((open, span)) = self.open.take() {
            self.push(open.kind(), span);
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        self.done.push(Block { span, kind });
    }

    /// A block of this line alone.
    fn single(&mut self, kind: BlockKind, span: Span) {
        self.close();
        self.in_list = false;
        self.push(kind, span);
    }

    fn begin(&mut self, open: Open, span: Span) {
        self.close();
        self.in_list = open == Open::Item;
        self.open = Some((open, span));
    }

    /// The line belongs to what is open.
    fn join(&mut self, line: Span) {
        if let Some((_, span)) = &mut self.open {
            *span = span.hull(line);
        }
    }

    fn blank(&mut self) {
        if !matches!(self.open, Some((Open::Fence(..) | Open::FrontMatter, _))) {
            self.close();
        }
    }

    fn line(&mut self, line: &str, span: Span, first: bool) {
        let (indent, rest) = indented(line);
        let open = self.open.map(|(open, _)| open);
        match open {
            Some(Open::Fence(mark, least)) => {
                self.join(span);
                let run = run_of(rest, mark);
                if indent < 4 && run >= least && rest[run..].trim().is_empty() {
                    self.close();
                }
                return;
            }
            Some(Open::FrontMatter) => {
                self.join(span);
                if line.trim_end() == "---" {
                    self.close();
                }
                return;
            }
            _ => {}
        }
        if first && line.trim_end() == "---" {
            return self.begin(Open::FrontMatter, span);
        }
        let nested = self.in_list || open == Some(Open::Item);
        if indent >= 4 && !nested {
            return match open {
                Some(_) => self.join(span),
                None => self.begin(Open::Indented, span),
            };
        }
        if let Some((mark, length)) = fence(rest) {
            return self.begin(Open::Fence(mark, length), span);
        }
        if let Some(level) = heading(rest) {
            return self.single(BlockKind::Heading(level), span);
        }
        if let (Some((Open::Paragraph, former)), Some(level)) = (self.open, underline(rest)) {
            self.open = None;
            return self.single(BlockKind::Heading(level), former.hull(span));
        }
        if is_break(rest) {
            return self.single(BlockKind::Paragraph, span);
        }
        if let Some(words) = rest.strip_prefix('>') {
            match open {
                Some(Open::Quotation) => self.join(span),
                _ => self.begin(Open::Quotation, span),
            }
            // A quotation's next paragraph is a block of its own.
            if words.trim().is_empty() {
                self.close();
            }
            return;
        }
        if begins_item(rest, open == Some(Open::Paragraph)) {
            return self.begin(Open::Item, span);
        }
        match open {
            Some(Open::Indented) | None => {
                // Behind a blank line, what is indented belongs to the list as a part of its own.
                let still = nested && indent > 0;
                self.begin(Open::Paragraph, span);
                self.in_list = still;
            }
            Some(_) => self.join(span),
        }
    }
}

/// How far a line is indented, a tab reaching to the next multiple of four; and the rest.
fn indented(line: &str) -> (usize, &str) {
    let mut columns = 0;
    for (at, c) in line.char_indices() {
        match c {
            ' ' => columns += 1,
            '\t' => columns += 4 - columns % 4,
            _ => return (columns, &line[at..]),
        }
    }
    (columns, "")
}

fn run_of(text: &str, mark: u8) -> usize {
    text.bytes().take_while(|byte| *byte == mark).count()
}

fn fence(rest: &str) -> Option<(u8, usize)> {
    let mark = *rest.as_bytes().first()?;
    let length = run_of(rest, mark);
    let is_one = match mark {
        b'`' => !rest[length..].contains('`'),
        b'~' => true,
        _ => false,
    };
    (is_one && length >= 3).then_some((mark, length))
}

fn heading(rest: &str) -> Option<u8> {
    let level = run_of(rest, b'#');
    let is_one = matches!(level, 1..=6) && !rest[level..].starts_with(|c| c != ' ' && c != '\t');
    is_one.then_some(level as u8)
}

/// The level of heading that a line makes of the paragraph above it.
fn underline(rest: &str) -> Option<u8> {
    let rest = rest.trim_end();
    let all = |mark| !rest.is_empty() && run_of(rest, mark) == rest.len();
    match (all(b'='), all(b'-')) {
        (true, _) => Some(1),
        (_, true) => Some(2),
        _ => None,
    }
}

fn is_break(rest: &str) -> bool {
    let marks = || rest.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    match marks().next() {
        Some(mark @ (b'-' | b'*' | b'_')) => {
            marks().all(|byte| byte == mark) && marks().count() >= 3
        }
        _ => false,
    }
}

/// Within a paragraph, a number that isn't 1 and a mark with nothing behind it are text.
fn begins_item(rest: &str, in_paragraph: bool) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = match digits {
        0 => rest.strip_prefix(['-', '+', '*']),
        1..=9 => rest[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    let Some(behind) = behind else { return false };
    match behind.chars().next() {
        None => !in_paragraph,
        Some(' ' | '\t') => {
            !in_paragraph || (!behind.trim().is_empty() && matches!(&rest[..digits], "" | "1"))
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests;
