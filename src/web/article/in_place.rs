//! A host's own content, with the way between its nodes and the text. Nothing of it is changed: what
//! stands beside the text is drawn in an overlay of ours.

use super::gutter;
use crate::annotation::LabelSet;
use crate::document::Document;
use crate::document::live::{Runs, Side};
use crate::paint::Sections;
use crate::text::Utf16;
use crate::web::dom;
use js_sys::Map;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node, Range};

/// Up to so many pieces have their blocks watched each, wherever these stand.
const WATCH_ALL: usize = 2_000;

/// So many code points of blocks behind a watched one are near when it is: less than the three
/// screens that are painted.
const REACH: u32 = 1_500;

/// The text nodes of a host's content.
pub struct InPlace {
    overlay: HtmlElement,
    runs: Runs,
    // By number: the text node, and the number of the block that it stands in.
    nodes: Vec<(Node, u32)>,
    // From a text node to its number.
    numbers: Map,
    blocks: Vec<Element>,
    // By piece: the number of its first text node.
    pieces: Vec<u32>,
    watched: Vec<Watched>,
    // From a watched element to its place in the list.
    watch_numbers: Map,
    near: RefCell<Near>,
    // The columns of letters on the page, by piece.
    letters: RefCell<HashMap<usize, Letters>>,
}

/// An element, and the sections that have text in it.
struct Watched {
    element: Element,
    sections: Vec<usize>,
}

#[derive(Default)]
struct Near {
    elements: Vec<bool>,
    // How many of a section's elements are near.
    sections: Vec<u32>,
}

struct Letters {
    column: HtmlElement,
    // Whether it stands where its block is.
    is_placed: bool,
}

impl InPlace {
    /// Of what was read: the text nodes by their numbers, each with the number of its block.
    pub fn new(
        overlay: HtmlElement,
        runs: Runs,
        nodes: Vec<(Node, u32)>,
        blocks: Vec<Element>,
    ) -> InPlace {
        let numbers = Map::new();
        for (number, (node, _)) in nodes.iter().enumerate() {
            numbers.set(node, &JsValue::from(number as u32));
        }
        InPlace {
            overlay,
            runs,
            nodes,
            numbers,
            blocks,
            pieces: Vec::new(),
            watched: Vec::new(),
            watch_numbers: Map::new(),
            near: RefCell::default(),
            letters: RefCell::default(),
        }
    }

    /// Of content without any text.
    pub fn empty(host: &HtmlElement, overlay: HtmlElement) -> InPlace {
        InPlace::new(
            overlay,
            Runs::default(),
            Vec::new(),
            vec![host.clone().into()],
        )
    }

    /// Whether the same nodes have the text, so that all stands where it stood.
    pub fn is_at(&self, other: &InPlace) -> bool {
        let same = |(a, b): (&(Node, u32), &(Node, u32))| a.0 == b.0;
        self.nodes.len() == other.nodes.len()
            && self.nodes.iter().zip(&other.nodes).all(same)
            && self.runs == other.runs
    }

    /// Knows which piece and which section stand where.
    pub(super) fn laid_out(mut self, layout: &Sections, document: &Document) -> InPlace {
        self.overlay.set_text_content(None);
        let node_of = |offset| {
            let at = document.text.utf16_of(offset)?;
            self.runs.node_at(at)
        };
        self.pieces = layout
            .pieces()
            .iter()
            .map(|piece| node_of(piece.span.start()).unwrap_or_default())
            .collect();
        self.watch_blocks(layout);
        self.near.replace(Near {
            elements: vec![false; self.watched.len()],
            sections: vec![0; layout.sections().len()],
        });
        self
    }

    /// Chooses the blocks that tell which sections are near. The browser looks at each of them in
    /// every frame, so of very many, some stand for those that follow right behind them.
    fn watch_blocks(&mut self, layout: &Sections) {
        let all = layout.pieces().len() <= WATCH_ALL;
        let mut places: HashMap<u32, usize> = HashMap::new();
        let mut former: Option<(u32, usize)> = None;
        let mut reached = 0;
        for (number, section) in layout.sections().iter().enumerate() {
            for piece in section.pieces.clone() {
                let node = self.pieces.get(piece).and_then(|node| self.node(*node));
                let (Some(&(_, block)), Some(piece)) = (node, layout.pieces().get(piece)) else {
                    continue;
                };
                let place = *places.entry(block).or_insert_with(|| {
                    let end = piece.span.end();
                    let is_stood_for = |(before, section)| {
                        section == number
                            && end.saturating_sub(reached) <= REACH
                            && self.is_right_behind(block, before)
                    };
                    if all || !former.is_some_and(is_stood_for) {
                        // With it comes near what follows the watched block before it.
                        let behind = former.filter(|_| !all).map(|(_, section)| section);
                        self.watch(block, behind);
                        reached = end;
                    }
                    self.watched.len().saturating_sub(1)
                });
                if let Some(watched) = self.watched.get_mut(place)
                    && watched.sections.last() != Some(&number)
                {
                    watched.sections.push(number);
                }
                former = Some((block, number));
            }
        }
    }

    fn watch(&mut self, block: u32, section: Option<usize>) {
        if let Some(element) = self.blocks.get(block as usize) {
            let place = JsValue::from(self.watched.len() as u32);
            self.watch_numbers.set(element, &place);
            self.watched.push(Watched {
                element: element.clone(),
                sections: section.into_iter().collect(),
            });
        }
    }

    /// Whether nothing stands between two blocks, so that one is near the screen if the other is.
    fn is_right_behind(&self, block: u32, before: u32) -> bool {
        let (block, before) = (
            self.blocks.get(block as usize),
            self.blocks.get(before as usize),
        );
        block.and_then(Element::previous_element_sibling).as_ref() == before
    }

    fn node(&self, number: u32) -> Option<&(Node, u32)> {
        self.nodes.get(number as usize)
    }

    /// What is drawn beside the text stands in here.
    pub fn overlay(&self) -> &HtmlElement {
        &self.overlay
    }

    /// The elements that tell which sections are near the screen.
    pub(super) fn watched(&self) -> Vec<Element> {
        let elements = self.watched.iter().map(|watched| watched.element.clone());
        elements.collect()
    }

    /// The sections that have come near with an element, or have left with it.
    pub(super) fn came(&self, element: &Element, near: bool) -> Vec<usize> {
        let number = self.watch_numbers.get(element).as_f64();
        let Some((number, watched)) = number
            .map(|number| number as usize)
            .and_then(|number| Some((number, self.watched.get(number)?)))
        else {
            return Vec::new();
        };
        let state = &mut *self.near.borrow_mut();
        match state.elements.get_mut(number) {
            Some(was) if *was != near => *was = near,
            _ => return Vec::new(),
        }
        let changed = watched.sections.iter().copied().filter(|&section| {
            let Some(count) = state.sections.get_mut(section) else {
                return false;
            };
            let was_near = *count > 0;
            *count = match near {
                true => *count + 1,
                false => count.saturating_sub(1),
            };
            was_near != (*count > 0)
        });
        changed.collect()
    }

    /// The block that a piece begins in.
    pub(super) fn piece(&self, piece: usize) -> Option<Element> {
        let (_, block) = self.node(*self.pieces.get(piece)?)?;
        self.blocks.get(*block as usize).cloned()
    }

    /// The DOM position of an offset in code points.
    pub(super) fn position(
        &self,
        document: &Document,
        offset: u32,
        ending: bool,
    ) -> Option<(Node, u32)> {
        let side = if ending { Side::Before } else { Side::Behind };
        let (number, Utf16(at)) = self.runs.place(document.text.utf16_of(offset)?, side)?;
        let (node, _) = self.node(number)?;
        Some((node.clone(), at))
    }

    /// The UTF-16 offset of a DOM position; `None` outside of the content.
    pub(super) fn offset(&self, node: &Node, at: u32) -> Option<u32> {
        if let Some(number) = self.numbers.get(node).as_f64() {
            return Some(self.runs.offset(number as u32, Utf16(at))?.0);
        }
        // An element, or a text that isn't read: what is read next counts.
        let host = self.blocks.first()?;
        if !host.contains(Some(node)) {
            return None;
        }
        let place = Range::new().ok()?;
        place.set_start(node, at).ok()?;
        place.collapse_with_to_start(true);
        let is_before = |node: &Node| place.compare_point(node, 0).is_ok_and(|side| side < 0);
        let behind = self.nodes.partition_point(|(node, _)| is_before(node));
        match self.node(behind as u32) {
            Some(_) => Some(self.runs.offset(behind as u32, Utf16(0))?.0),
            None => Some(self.runs.offset(u32::MAX, Utf16(0))?.0),
        }
    }

    /// Shows letters beside a piece; they are put in their places by [`InPlace::place_letters`].
    pub(super) fn show_letters(&self, piece: usize, wanted: &[&str], labels: &LabelSet) {
        let mut letters = self.letters.borrow_mut();
        if wanted.is_empty() {
            if let Some(former) = letters.remove(&piece) {
                former.column.remove();
            }
            return;
        }
        if let Some(former) = letters.get(&piece) {
            gutter::update(&former.column, wanted, labels);
            return;
        }
        let column = gutter::column(wanted, labels);
        letters.insert(
            piece,
            Letters {
                column,
                is_placed: false,
            },
        );
    }

    /// Takes the letters of pieces away that are not near any more.
    pub(super) fn hide_letters(&self, pieces: std::ops::Range<usize>) {
        let mut letters = self.letters.borrow_mut();
        for piece in pieces {
            if let Some(former) = letters.remove(&piece) {
                former.column.remove();
            }
        }
    }

    /// Puts the letters that have no place yet beside their blocks; all of them, if `anew`. `first`
    /// gives the first line of a piece, in CSS pixels from the window's corner.
    pub(super) fn place_letters(
        &self,
        anew: bool,
        first: impl Fn(usize) -> Option<web_sys::DomRect>,
    ) {
        let mut letters = self.letters.borrow_mut();
        // All are measured before any is moved, since measuring behind a move has the browser lay
        // the page out once more.
        let waiting = letters.iter().filter(|(_, l)| anew || !l.is_placed);
        let places: Vec<_> = waiting
            .filter_map(|(piece, _)| {
                let block = self.piece(*piece)?.get_bounding_client_rect();
                Some((*piece, block, first(*piece)?))
            })
            .collect();
        if places.is_empty() {
            return;
        }
        let origin = self.overlay.get_bounding_client_rect();
        for (piece, block, line) in places {
            let Some(letters) = letters.get_mut(&piece) else {
                continue;
            };
            let left = block.left().min(line.left()) - origin.left();
            dom::style(&letters.column, "left", &format!("{left:.1}px"));
            dom::style(
                &letters.column,
                "top",
                &format!("{:.1}px", line.top() - origin.top()),
            );
            dom::style(
                &letters.column,
                "height",
                &format!("{:.1}px", line.height()),
            );
            if !letters.column.is_connected() {
                let _ = self.overlay.append_child(&letters.column);
            }
            letters.is_placed = true;
        }
    }
}

/// Whether a press at this element is for the host's own control: a link, a button, a field.
pub fn is_control(target: &Element) -> bool {
    const CONTROLS: &str = "a[href],area,button,input,select,textarea,label,summary,video[controls],\
        audio[controls],iframe,[contenteditable]:not([contenteditable=\"false\"]),[role=\"button\"],\
        [role=\"link\"],[role=\"checkbox\"],[role=\"tab\"]";
    target.closest(CONTROLS).ok().flatten().is_some()
}

/// The element that an event is for.
pub fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
