//! The lines under the text, by CSS Custom Highlights: only near the screen.
//!
//! The registry of highlights belongs to the page, so names carry our prefix, every element adds
//! and removes its own ranges alone, and labels go by their place in the set: what a place looks
//! like is said by the style sheet of the tree that the text is in.

use super::Article;
use crate::annotation::{Annotation, Label, LabelSet};
use crate::document::Document;
use crate::edit::State;
use crate::paint::{letters, recedes, strokes};
use crate::text::Span;
use crate::web::dom;
use crate::web::js::{HIGHLIGHTS, Highlight};
use std::fmt::Write as _;
use web_sys::{Element, StaticRange};

/// How many labels have a line of their own; further ones share the last.
const LANES: usize = 12;

/// How far under the base line each lane lies, in CSS pixels.
const LANE_OFFSETS: [u32; 4] = [3, 6, 10, 13];

/// The label that is page furniture: a block that it covers recedes.
const FURNITURE: &str = "boilerplate";

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

fn lane_name(lane: usize, even: bool) -> String {
    format!("rubricate-{lane}-{}", if even { "even" } else { "odd" })
}

/// What is painted of one element's annotations.
pub struct Painter {
    // By lane: odd, even.
    lanes: Vec<[Option<Highlight>; 2]>,
    active: Option<Highlight>,
    active_range: Option<StaticRange>,
    sections: Vec<(usize, Vec<(usize, StaticRange)>)>,
}

impl Painter {
    /// A painter with nothing painted.
    pub fn new() -> Painter {
        // Where tints overlap the quote's is on top, then the claim's, the caption's, the
        // boilerplate's; further labels go under them.
        let priority = |lane: usize| match lane {
            1 => 20,
            0 => 19,
            lane => 18 - lane as i32,
        };
        Painter {
            lanes: (0..LANES)
                .map(|lane| {
                    [false, true].map(|even| highlight(&lane_name(lane, even), priority(lane)))
                })
                .collect(),
            active: highlight("rubricate-active", 30),
            active_range: None,
            sections: Vec::new(),
        }
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
        self.forget(section);
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
            if let (Some(at), Some(element)) =
                (article.layout().pieces().get(piece), article.piece(piece))
            {
                let block = document
                    .blocks
                    .get(at.block as usize)
                    .map_or(at.span, |b| b.span);
                let shown = if at.continued {
                    &[][..]
                } else {
                    &annotations[..]
                };
                gutter(&element, shown, block, labels);
                let covered = recedes(&annotations, block, FURNITURE);
                if covered != element.has_attribute("data-furniture") {
                    dom::toggle(&element, "data-furniture", covered);
                }
            }
        }
    }

    fn highlight(&self, slot: usize) -> Option<&Highlight> {
        self.lanes.get(slot / 2)?[slot % 2].as_ref()
    }

    /// Takes a section's lines away.
    pub fn forget(&mut self, section: usize) {
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
            self.forget(section);
        }
        self.activate(None);
    }

    /// Paints the background of what is active.
    pub fn activate(&mut self, range: Option<StaticRange>) {
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
    }
}

/// One letter for each label that the block carries. They are generated content without a text
/// node, so that neither a copy nor a search finds them in the text.
fn gutter(piece: &Element, annotations: &[Annotation], block: Span, labels: &LabelSet) {
    let order: Vec<&str> = labels.iter().map(|label| label.id.as_str()).collect();
    let wanted = letters(annotations, block, &order);
    let former = piece.first_element_child();
    let Some(former) = former else {
        if !wanted.is_empty() {
            let column = dom::element("span", "letters");
            dom::set(&column, "aria-hidden", "true");
            fill(&column, &wanted, labels);
            let _ = piece.insert_before(&column, piece.first_child().as_ref());
        }
        return;
    };
    if wanted.is_empty() {
        former.remove();
    } else if !shows(&former, &wanted, labels) {
        former.set_text_content(None);
        fill(&former, &wanted, labels);
    }
}

fn fill(column: &Element, wanted: &[&str], labels: &LabelSet) {
    for id in wanted {
        let letter = dom::element("i", "letter");
        dom::set(&letter, "data-label", id);
        dom::set(&letter, "data-letter", &letter_of(labels, id));
        let _ = column.append_child(&letter);
    }
}

/// Whether the column has these letters already; new ones would have the block laid out anew.
fn shows(column: &Element, wanted: &[&str], labels: &LabelSet) -> bool {
    let shown = column.children();
    let is = |letter: &Element, name: &str, value: &str| {
        letter.get_attribute(name).as_deref() == Some(value)
    };
    shown.length() as usize == wanted.len()
        && wanted.iter().zip(0..).all(|(id, at)| {
            shown.item(at).is_some_and(|letter| {
                is(&letter, "data-label", id) && is(&letter, "data-letter", &letter_of(labels, id))
            })
        })
}

fn letter_of(labels: &LabelSet, id: &str) -> String {
    labels.get(id).map_or("?".into(), Label::letter)
}

/// The style rules of the label set: colours for what the four default labels don't cover, and a
/// `::highlight()` rule for each lane in use. For each of these rules the browser computes a style for
/// each element that it matches, so it matches none but the blocks, which have one when they are near
/// the screen.
pub fn label_rules(labels: &LabelSet) -> String {
    let mut css = String::new();
    let defaults = LabelSet::default();
    for label in labels.iter() {
        let known = defaults
            .get(&label.id)
            .is_some_and(|d| d.color == label.color);
        let line = match (&label.color, known) {
            (_, true) => continue,
            (Some(color), false) => color.as_str(),
            (None, false) => "#5c554b",
        };
        // On dark paper the same hue, lightened until it can be read.
        let _ = write!(
            css,
            ".interface{{--line-{id}:var(--rubricate-{id},light-dark({line},color-mix(in oklab,{line} 45%,white)));\
             --tint-{id}:var(--rubricate-{id}-tint,light-dark(color-mix(in oklab,{line} 14%,white),color-mix(in oklab,{line} 35%,#17181b)))}}\
             [data-label=\"{id}\"]{{--line:var(--line-{id});--tint:var(--tint-{id});--stroke:{style} 2px}}",
            id = label.id,
            style = label.line.css(),
        );
    }
    // The last lane is there for labels that the set doesn't have.
    let last = LANES - 1;
    for lane in (0..labels.as_slice().len().min(last)).chain([last]) {
        let offset = LANE_OFFSETS[lane % 4];
        let (line, tint, style) = match labels.as_slice().get(lane) {
            Some(label) => (
                format!("var(--line-{})", label.id),
                format!("var(--tint-{})", label.id),
                label.line.css(),
            ),
            None => ("var(--muted)".into(), "transparent".into(), "dotted"),
        };
        let width = match style {
            "double" => 1,
            "dotted" => 3,
            _ => 2,
        };
        for even in [false, true] {
            // The tint of every second neighbour is off and its line a pixel lower, so that two
            // spans that touch stay two.
            let background = if even { "transparent" } else { tint.as_str() };
            let _ = write!(
                css,
                ".block::highlight({name}){{background-color:{background};text-decoration:underline {style} {line};\
                 text-decoration-thickness:{width}px;text-underline-offset:calc({offset}*var(--lane,1px));text-decoration-skip-ink:none}}",
                name = lane_name(lane, even),
                offset = offset + u32::from(even),
            );
        }
    }
    css.push_str(
        ".block::highlight(rubricate-active){background-color:var(--selection);color:var(--ink)}",
    );
    css
}
