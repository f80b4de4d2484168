//! Quotations: what stands between quotation marks, of any script, paired as newspapers set them.

mod mark;

use super::segment::trim;
use super::{Span, Text};
use crate::order::sorted;
use mark::{Family, Mark, Role, marks};

/// The part of a quotation that lies within one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without its marks and the white space beside them; `span` itself if nothing else is there.
    pub inner: Span,
    /// Whether it goes on with a quotation that a block before it left open.
    pub continues: bool,
    /// In how many other quotations it lies: 0 is outermost. Stops at 255.
    pub depth: u8,
}

/// The quotations in `blocks` (disjoint, ascending, without captions, since a caption between two
/// paragraphs does not part a quotation), in document order, an outer one before those inside it.
///
/// A quotation of several paragraphs opens anew with each and closes with the last: each block's
/// part is a quotation, running to the end of its block, and those after the first `continue`. A
/// quotation that opens a block and is never closed runs to the block's end as well. Costs time in
/// proportion to the text.
pub fn quotations(text: &Text, blocks: &[Span]) -> Vec<Quotation> {
    let readings: Vec<Reading> = blocks
        .iter()
        .map(|block| Reading::of(text, *block))
        .collect();
    let mut found = Vec::new();
    let mut carried = None;
    for (i, reading) in readings.iter().enumerate() {
        let next = readings.get(i + 1);
        let continuing = carried.and_then(|family| reading.continuing(family));
        let is_continued =
            |part: &Part| next.is_some_and(|next| next.continuing(part.family).is_some());
        let open = reading
            .unclosed
            .iter()
            .find(|part| (is_continued(part) || part.opens_block) && !reading.reopens(part));
        carried = open
            .filter(|part| is_continued(part))
            .map(|part| part.family);

        let mut parts = reading.closed.clone();
        parts.extend(open);
        // A part without an opening mark is found by looking back from its close alone.
        parts.extend(continuing.filter(|part| part.opening_end == part.start));
        let parts = sorted(parts, |a, b| (a.start, b.end) < (b.start, a.end));
        let continuing = continuing.map(|part| part.start);
        append(text, &parts, continuing, &mut found);
    }
    found
}

/// A quotation, or a part of one, in offsets of the document.
#[derive(Clone, Copy, Debug)]
struct Part {
    family: Family,
    start: u32,
    /// Behind the opening mark; `start` if there is none.
    opening_end: u32,
    /// Before the closing mark; `end` if there is none.
    closing_start: u32,
    end: u32,
    /// Whether it begins its block with a mark that opens by its very shape.
    opens_block: bool,
}

/// What one block's marks tell by themselves.
struct Reading {
    closed: Vec<Part>,
    /// Parts to the end of the block: the outermost of each family that was not closed.
    unclosed: Vec<Part>,
    /// The part up to a close that nothing in the block opened, of each family.
    unopened: Vec<Part>,
    /// The family of the mark that opens the block.
    first: Option<(Family, u32)>,
}

impl Reading {
    fn of(text: &Text, block: Span) -> Reading {
        let marks = text
            .slice(block)
            .map(|content| marks(content, block.start()))
            .unwrap_or_default();
        let visible = trim(text, block).and_then(|part| part.intersection(block));
        let mut pairing = Pairing::new(visible.unwrap_or(block));
        for mark in &marks {
            pairing.take(mark);
        }
        pairing.finish()
    }

    /// Whether its kind of mark opens and closes again behind it, so that where it ended is unknown.
    fn reopens(&self, part: &Part) -> bool {
        let mut closed = self.closed.iter();
        closed.any(|other| other.family == part.family && other.start > part.start)
    }

    /// The part at the start of the block with which a quotation of `family` goes on: one that
    /// opens with the same kind of mark, or else one that only closes.
    fn continuing(&self, family: Family) -> Option<Part> {
        if let Some((_, start)) = self.first.filter(|(first, _)| *first == family) {
            let mut parts = self.closed.iter().chain(&self.unclosed);
            return parts.find(|part| part.start == start).copied();
        }
        let mut parts = self.unopened.iter();
        parts.find(|part| part.family == family).copied()
    }
}

/// Pairs the marks of a block, read from its start to its end.
struct Pairing {
    block: Span,
    open: Vec<Mark>,
    /// The same, by family: the characters alone.
    open_by_family: [Vec<char>; Family::COUNT],
    /// Which families were opened or closed so far.
    seen: [bool; Family::COUNT],
    reading: Reading,
}

impl Pairing {
    fn new(block: Span) -> Pairing {
        Pairing {
            block,
            open: Vec::new(),
            open_by_family: [const { Vec::new() }; Family::COUNT],
            seen: [false; Family::COUNT],
            reading: Reading {
                closed: Vec::new(),
                unclosed: Vec::new(),
                unopened: Vec::new(),
                first: None,
            },
        }
    }

    fn take(&mut self, mark: &Mark) {
        let family = mark.family.index();
        let last_open = self.open_by_family[family].last().copied();
        let role = mark.role(last_open);
        if role == Role::Nothing {
            return;
        }
        let is_first = !std::mem::replace(&mut self.seen[family], true);
        if role == Role::Opens {
            if mark.start == self.block.start() {
                self.reading.first = Some((mark.family, mark.start));
            }
            self.open.push(*mark);
            self.open_by_family[family].push(mark.character);
        } else if last_open.is_some() {
            self.close(mark);
        } else if is_first && self.open.is_empty() {
            self.reading.unopened.push(Part {
                family: mark.family,
                start: self.block.start(),
                opening_end: self.block.start(),
                closing_start: mark.start,
                end: mark.end,
                opens_block: false,
            });
        }
    }

    /// Closes the last open mark of the same family, and gives up what was opened inside. A single
    /// mark gives up nothing: across another mark, it is an apostrophe more often.
    fn close(&mut self, mark: &Mark) {
        let last = self.open.last();
        if mark.family == Family::SINGLE && last.is_some_and(|last| last.family != mark.family) {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.open_by_family[open.family.index()].pop();
            if open.family == mark.family {
                let part = self.part(&open, mark.start, mark.end);
                self.reading.closed.push(part);
                return;
            }
        }
    }

    fn part(&self, open: &Mark, closing_start: u32, end: u32) -> Part {
        Part {
            family: open.family,
            start: open.start,
            opening_end: open.end,
            closing_start,
            end,
            opens_block: open.start == self.block.start() && open.is_plain_opener(),
        }
    }

    fn finish(mut self) -> Reading {
        let mut seen = [false; Family::COUNT];
        let end = self.block.end();
        for open in std::mem::take(&mut self.open) {
            if !std::mem::replace(&mut seen[open.family.index()], true) {
                let part = self.part(&open, end, end);
                self.reading.unclosed.push(part);
            }
        }
        self.reading
    }
}

/// Adds a block's parts, which are sorted, with what their nesting and their marks tell.
fn append(text: &Text, parts: &[Part], continuing: Option<u32>, found: &mut Vec<Quotation>) {
    let mut around: Vec<u32> = Vec::new();
    for part in parts {
        let within = Span::new(part.opening_end, part.closing_start);
        let (Some(span), Some(inner)) = (
            Span::new(part.start, part.end),
            within.and_then(|within| trim(text, within)),
        ) else {
            continue;
        };
        while around.last().is_some_and(|end| *end <= part.start) {
            around.pop();
        }
        found.push(Quotation {
            span,
            inner: inner.intersection(span).unwrap_or(span),
            continues: around.is_empty() && continuing == Some(part.start),
            depth: u8::try_from(around.len()).unwrap_or(u8::MAX),
        });
        around.push(part.end);
    }
}

#[cfg(test)]
mod tests;
