//! The lines under the text, by CSS Custom Highlights: only near the screen.
//!
//! The registry of highlights belongs to the page, so names carry our prefix, every element adds
//! and removes its own ranges alone, and labels go by their place in the set: what a place looks
//! like is said by the style sheet of the tree that the text is in.

use super::{Article, gutter};
use crate::annotation::LabelSet;
use crate::document::Document;
use crate::edit::State;
use crate::paint::{recedes, strokes};
use crate::web::js::{HIGHLIGHTS, Highlight};
use std::cell::Cell;
use web_sys::StaticRange;

/// How many labels have a line of their own; further ones share the last.
pub const LANES: usize = 12;

/// The label that is page furniture: a block that it covers recedes.
const FURNITURE: &str = "boilerplate";

/// The priority of what is active, above all lanes.
const ACTIVE: i32 = 30;

/// Where tints overlap the quote's is on top, then the claim's, the caption's, the boilerplate's;
/// further labels go under them.
fn priority(lane: usize) -> i32 {
    match lane {
        1 => 20,
        0 => 19,
        lane => 18 - lane as i32,
    }
}

/// The page's highlight of that name, made if it isn't there.
fn highlight(name: &str, priority: i32) -> Option<Highlight> {
    HIGHLIGHTS.with(|registry| {
        let registry = registry.as_ref()?;
        Some(registry.get(name).unwrap_or_else(|| {
            let highlight = Highlight::new();
            highlight.set_priority(priority);
            registry.set(name, &highlight);
            highlight
        }))
    })
}

/// The page's highlights of all lanes: of odd spans, of even ones.
fn lanes(names: &Names) -> Vec<[Option<Highlight>; 2]> {
    let both = |lane| [false, true].map(|even| highlight(&names.lane(lane, even), priority(lane)));
    (0..LANES).map(both).collect()
}

/// What an element's highlights are called in the page's registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// Those of all texts in shadow trees, each of which has rules of its own.
    Shared,
    /// Those of one element whose text is in the host's tree, where other elements' rules count, too.
    Own(u32),
}

impl Names {
    /// Names that no other element has.
    pub fn own() -> Names {
        thread_local! {
            static NEXT: Cell<u32> = const { Cell::new(0) };
        }
        NEXT.with(|next| {
            next.set(next.get() + 1);
            Names::Own(next.get())
        })
    }

    /// The highlight of a lane's odd or even spans.
    pub fn lane(&self, lane: usize, even: bool) -> String {
        self.name(&format!("{lane}-{}", if even { "even" } else { "odd" }))
    }

    /// The highlight of what is active.
    pub fn active(&self) -> String {
        self.name("active")
    }

    fn name(&self, of: &str) -> String {
        match self {
            Names::Shared => format!("rubricate-{of}"),
            Names::Own(number) => format!("rubricate-in-place-{number}-{of}"),
        }
    }
}

/// What is painted of one element's annotations.
pub struct Painter {
    names: Names,
    // By lane: odd, even.
    lanes: Vec<[Option<Highlight>; 2]>,
    active: Option<Highlight>,
    active_range: Option<StaticRange>,
    sections: Vec<(usize, Vec<(usize, StaticRange)>)>,
}

impl Painter {
    /// A painter with nothing painted.
    pub fn new(names: Names) -> Painter {
        Painter {
            lanes: lanes(&names),
            active: highlight(&names.active(), ACTIVE),
            active_range: None,
            sections: Vec::new(),
            names,
        }
    }

    /// What its highlights are called.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Whether a section is painted.
    pub fn is_painted(&self, section: usize) -> bool {
        self.sections.iter().any(|(number, _)| *number == section)
    }

    /// The painted sections.
    pub fn painted(&self) -> Vec<usize> {
        self.sections.iter().map(|(number, _)| *number).collect()
    }

    /// Paints a section's annotations, letters in the gutter included, in place of what was there.
    pub fn paint(
        &mut self,
        article: &Article,
        document: &Document,
        state: &State,
        labels: &LabelSet,
        section: usize,
    ) {
        self.register();
        self.unpaint(section);
        let Some(part) = article.layout().sections().get(section) else {
            return;
        };
        let annotations = state.intersecting(part.span);
        let mut ranges = Vec::with_capacity(annotations.len());
        for stroke in strokes(&annotations, part.span) {
            let lane = labels
                .position(&stroke.label)
                .unwrap_or(LANES)
                .min(LANES - 1);
            let slot = lane * 2 + usize::from(stroke.even);
            if let (Some(highlight), Some(range)) =
                (self.highlight(slot), article.range(document, stroke.span))
            {
                highlight.add(&range);
                ranges.push((slot, range));
            }
        }
        self.sections.push((section, ranges));
        for piece in part.pieces.clone() {
            let Some(at) = article.layout().pieces().get(piece) else {
                continue;
            };
            let block = document
                .blocks
                .get(at.block as usize)
                .map_or(at.span, |b| b.span);
            let shown = if at.continued {
                &[][..]
            } else {
                &annotations[..]
            };
            article.show_letters(piece, &gutter::wanted(shown, block, labels), labels);
            article.recede(piece, recedes(&annotations, block, FURNITURE));
        }
    }

    /// Puts the highlights back where the page has emptied its registry, as a search that clears its own
    /// hits may do; and takes those that another element has put there since.
    fn register(&mut self) {
        let name = self.names.active();
        let registered = HIGHLIGHTS.with(|registry| registry.as_ref()?.get(&name));
        if self.active.is_none() || registered == self.active {
            return;
        }
        self.lanes = lanes(&self.names);
        self.active = highlight(&name, ACTIVE);
        for (slot, range) in self.sections.iter().flat_map(|(_, ranges)| ranges) {
            if let Some(highlight) = self.highlight(*slot) {
                highlight.add(range);
            }
        }
        if let (Some(active), Some(range)) = (&self.active, &self.active_range) {
            active.add(range);
        }
    }

    fn highlight(&self, slot: usize) -> Option<&Highlight> {
        self.lanes.get(slot / 2)?[slot % 2].as_ref()
    }

    /// Takes a section's lines away, and what stood beside it.
    pub fn forget(&mut self, article: &Article, section: usize) {
        article.forget(section);
        self.unpaint(section);
    }

    fn unpaint(&mut self, section: usize) {
        let Some(at) = self
            .sections
            .iter()
            .position(|(number, _)| *number == section)
        else {
            return;
        };
        for (slot, range) in self.sections.swap_remove(at).1 {
            if let Some(highlight) = self.highlight(slot) {
                highlight.delete(&range);
            }
        }
    }

    /// Takes all lines away.
    pub fn clear(&mut self) {
        for section in self.painted() {
            self.unpaint(section);
        }
        self.activate(None);
    }

    /// Paints the background of what is active.
    pub fn activate(&mut self, range: Option<StaticRange>) {
        if range.is_some() {
            self.register();
        }
        let Some(active) = &self.active else { return };
        if let Some(former) = self.active_range.take() {
            active.delete(&former);
        }
        if let Some(range) = &range {
            active.add(range);
        }
        self.active_range = range;
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.clear();
        if self.names == Names::Shared {
            return;
        }
        HIGHLIGHTS.with(|registry| {
            if let Some(registry) = registry {
                for lane in 0..LANES {
                    registry.delete(&self.names.lane(lane, false));
                    registry.delete(&self.names.lane(lane, true));
                }
                registry.delete(&self.names.active());
            }
        });
    }
}
