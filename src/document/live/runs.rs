//! Which part of the text is which part of which text node.

use crate::text::Utf16;

/// A part of a text node that stands in the text as it is. In UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The number of the text node.
    pub(super) node: u32,
    /// Where it begins in the node.
    pub(super) from: u32,
    /// Where it begins in the text.
    pub(super) at: u32,
    pub(super) length: u32,
}

/// Adds a run; one that goes on where the last one ended, a space between them or not, makes it
/// longer, so that a paragraph with single spaces is one.
pub(super) fn push(runs: &mut Vec<Run>, run: Run) {
    if let Some(last) = runs.last_mut()
        && last.node == run.node
        && run.from - last.from == run.at - last.at
        && run.from - last.from - last.length <= 1
    {
        last.length = run.from - last.from + run.length;
        return;
    }
    runs.push(run);
}

/// Which of the two places an offset between two text nodes stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The end of what is before.
    Before,
    /// The start of what is behind.
    Behind,
}

/// The way between a text and the text nodes that it was read from.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Runs(Vec<Run>);

impl Runs {
    /// Of runs in the order of the page, which is the order of the text.
    pub(super) fn new(runs: Vec<Run>) -> Runs {
        Runs(runs)
    }

    /// Where an offset of the text stands: the number of the text node, and the UTF-16 offset in it.
    /// What is in no node (the line breaks between blocks) stands at the nearest place on `side`.
    pub fn place(&self, offset: Utf16, side: Side) -> Option<(u32, Utf16)> {
        let Utf16(offset) = offset;
        let behind = match side {
            Side::Behind => self.0.partition_point(|run| run.at <= offset),
            Side::Before => self.0.partition_point(|run| run.at < offset),
        };
        let within = behind.checked_sub(1).and_then(|at| self.0.get(at));
        let is_behind = |run: &&Run| match side {
            Side::Behind => offset < run.at + run.length,
            Side::Before => true,
        };
        match (within.filter(is_behind), self.0.get(behind)) {
            (Some(run), _) => Some((
                run.node,
                Utf16(run.from + (offset - run.at).min(run.length)),
            )),
            (None, Some(next)) => Some((next.node, Utf16(next.from))),
            // Behind everything there is only the end.
            (None, None) => within.map(|run| (run.node, Utf16(run.from + run.length))),
        }
    }

    /// The offset in the text of a place in a text node. White space that the page doesn't show
    /// counts as the end of what is before it; before all that is shown it is the start.
    pub fn offset(&self, node: u32, at: Utf16) -> Option<Utf16> {
        let Utf16(at) = at;
        let behind = self
            .0
            .partition_point(|run| (run.node, run.from) <= (node, at));
        let before = behind.checked_sub(1).and_then(|at| self.0.get(at));
        let offset = match (before, self.0.get(behind)) {
            (Some(run), _) if run.node == node => run.at + (at - run.from).min(run.length),
            // In a node, before what it shows.
            (_, Some(next)) => next.at,
            (Some(run), None) => run.at + run.length,
            (None, None) => return None,
        };
        Some(Utf16(offset))
    }

    /// The number of the text node that holds what stands at an offset.
    pub fn node_at(&self, offset: Utf16) -> Option<u32> {
        self.place(offset, Side::Behind).map(|(node, _)| node)
    }
}
