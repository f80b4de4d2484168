//! The text on screen: its DOM, and the way between DOM positions and offsets.

mod brackets;
mod painter;
mod selection;

pub use brackets::{Brackets, rect};
pub use painter::{Painter, label_rules};
pub use selection::{Selected, begin_selection, clear_selection, offset_at, selected};

use super::dom;
use crate::document::{BlockKind, Document};
use crate::paint::Sections;
use crate::session::block_is_rtl;
use crate::text::{Span, Utf16};
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, StaticRange, StaticRangeInit};

/// The whole text of a document in the DOM: a section for some sixteen pieces, an element with one
/// text node for each piece.
pub struct Article {
    /// What holds the sections.
    pub text: HtmlElement,
    layout: Sections,
    sections: Vec<HtmlElement>,
    /// Which way the text runs, if the host says so.
    pub is_rtl: Option<bool>,
    // Which way it runs, but for blocks that say otherwise.
    runs_rtl: bool,
    templates: Templates,
}

/// Elements to clone, which is quicker than making them with their classes and attributes.
struct Templates {
    section: HtmlElement,
    headings: [Template; 6],
    paragraph: Template,
    list_item: Template,
    quotation: Template,
    caption: Template,
    preformatted: Template,
}

/// One for a text whose only white space is single spaces, and one for any other.
struct Template {
    simple: HtmlElement,
    other: HtmlElement,
}

impl Template {
    fn new(tag: &str, class: &str) -> Template {
        let simple = dom::element(tag, class);
        dom::set(&simple, "data-simple", "");
        Template {
            simple,
            other: dom::element(tag, class),
        }
    }
}

impl Templates {
    fn new() -> Templates {
        Templates {
            section: dom::element("section", "section"),
            headings: ["h1", "h2", "h3", "h4", "h5", "h6"]
                .map(|tag| Template::new(tag, "block heading")),
            paragraph: Template::new("p", "block paragraph"),
            list_item: Template::new("p", "block list-item"),
            quotation: Template::new("blockquote", "block block-quotation"),
            caption: Template::new("p", "block caption"),
            preformatted: Template::new("pre", "block preformatted"),
        }
    }

    fn of(&self, kind: BlockKind, is_simple: bool) -> &HtmlElement {
        let template = match kind {
            BlockKind::Paragraph => &self.paragraph,
            BlockKind::Heading(level) => &self.headings[usize::from(level.clamp(1, 6)) - 1],
            BlockKind::ListItem => &self.list_item,
            BlockKind::BlockQuotation => &self.quotation,
            BlockKind::Caption => &self.caption,
            BlockKind::Preformatted => &self.preformatted,
        };
        match is_simple {
            true => &template.simple,
            false => &template.other,
        }
    }
}

impl Article {
    /// An article with nothing mounted yet.
    pub fn new(text: HtmlElement) -> Article {
        Article {
            text,
            layout: Sections::default(),
            sections: Vec::new(),
            is_rtl: None,
            runs_rtl: false,
            templates: Templates::new(),
        }
    }

    /// Takes the former document's DOM away and plans the new one's.
    pub fn clear(&mut self, document: &Document) {
        self.text.set_text_content(None);
        self.sections.clear();
        self.layout = Sections::of(document);
        self.say_language(document);
        self.say_direction(document);
    }

    /// Says in the DOM what language the text is in.
    pub fn say_language(&self, document: &Document) {
        match &document.language {
            Some(language) => dom::set(&self.text, "lang", language),
            None => drop(self.text.remove_attribute("lang")),
        }
    }

    /// Says in the DOM which way the text runs: as the host says, or as `dir="auto"` would, which the
    /// browser works out for each block at each insertion: that takes as long as building them.
    pub fn say_direction(&mut self, document: &Document) {
        let whole = document.text.whole();
        self.runs_rtl = self
            .is_rtl
            .unwrap_or_else(|| whole.is_some_and(|whole| block_is_rtl(&document.text, whole)));
        dom::set(&self.text, "dir", direction(self.runs_rtl));
        for (number, piece) in self.layout.pieces().iter().enumerate() {
            let Some(element) = self.piece(number) else {
                return;
            };
            self.direct(document, &element, piece.block);
        }
    }

    /// Says which way a block runs where that isn't the text's own way.
    fn direct(&self, document: &Document, element: &HtmlElement, block: u32) {
        let Some(block) = document.blocks.get(block as usize) else {
            return;
        };
        let is_rtl = self.is_rtl.unwrap_or_else(|| {
            block.kind != BlockKind::Preformatted && block_is_rtl(&document.text, block.span)
        });
        if is_rtl != self.runs_rtl {
            dom::set(element, "dir", direction(is_rtl));
        } else if element.has_attribute("dir") {
            let _ = element.remove_attribute("dir");
        }
    }

    /// Builds the next sections, up to `length` code points of them; false when all are built.
    pub fn mount(&mut self, document: &Document, length: u32) -> bool {
        let fragment = dom::document().create_document_fragment();
        let mut built = 0;
        while let Some(section) = self.layout.sections().get(self.sections.len()) {
            if built >= length {
                break;
            }
            built += section.span.len();
            let element = self.section(document, section.pieces.clone());
            let _ = fragment.append_child(&element);
            self.sections.push(element);
        }
        let _ = self.text.append_child(&fragment);
        self.sections.len() < self.layout.sections().len()
    }

    fn section(&self, document: &Document, pieces: Range<usize>) -> HtmlElement {
        let section = clone(&self.templates.section);
        let number = self.sections.len();
        dom::set(&section, "data-section", &number.to_string());
        let mut lines = 0;
        for piece in &self.layout.pieces()[pieces.clone()] {
            let Some(block) = document.blocks.get(piece.block as usize) else {
                continue;
            };
            let text = document.text.slice(piece.span);
            let element = clone(self.templates.of(block.kind, text.is_some_and(is_simple)));
            if piece.continued {
                element.set_class_name("block continued");
            }
            self.direct(document, &element, piece.block);
            // A text node even where the slice should fail, since positions count on it.
            element.set_text_content(text.or(Some(" ")));
            let _ = section.append_child(&element);
            lines += piece.span.len() / 66 + 1;
        }
        // What the browser takes the section to be high while it has not been on screen.
        let height = lines * 36 + pieces.len() as u32 * 10;
        dom::style(&section, "--height", &format!("{height}px"));
        section
    }

    /// The plan of pieces and sections.
    pub fn layout(&self) -> &Sections {
        &self.layout
    }

    /// The sections that are built.
    pub fn sections(&self) -> &[HtmlElement] {
        &self.sections
    }

    /// The element of a piece, if it is built.
    pub fn piece(&self, piece: usize) -> Option<HtmlElement> {
        let number = self.layout.section_of(piece);
        let first = self.layout.sections().get(number)?.pieces.start;
        let children = self.sections.get(number)?.children();
        children.item((piece - first) as u32)?.dyn_into().ok()
    }

    /// The DOM position of an offset in code points. Between two pieces, `ending` chooses the end
    /// of the first.
    pub fn position(&self, document: &Document, offset: u32, ending: bool) -> Option<(Node, u32)> {
        let look = if ending {
            offset.saturating_sub(1)
        } else {
            offset
        };
        let number = self.layout.piece_at(look)?;
        let span = self.layout.pieces().get(number)?.span;
        let node = self.piece(number)?.last_child()?;
        let offset = offset.clamp(span.start(), span.end());
        let (Utf16(at), Utf16(start)) = (
            document.text.utf16_of(offset)?,
            document.text.utf16_of(span.start())?,
        );
        Some((node, at - start))
    }

    /// A range of the DOM that covers `span`.
    pub fn range(&self, document: &Document, span: Span) -> Option<StaticRange> {
        let (start, start_offset) = self.position(document, span.start(), false)?;
        let (end, end_offset) = self.position(document, span.end(), true)?;
        StaticRange::new(&StaticRangeInit::new(
            &end,
            end_offset,
            &start,
            start_offset,
        ))
        .ok()
    }

    /// The offset in code points of a DOM position inside of the text; `None` outside.
    pub fn offset(&self, document: &Document, node: &Node, at: u32) -> Option<u32> {
        if !self.text.contains(Some(node)) {
            return None;
        }
        let element: Element = match node.dyn_ref::<Element>() {
            Some(element) => element.clone(),
            None => node.parent_element()?,
        };
        let Some(piece) = element.closest(".block").ok()? else {
            return self.offset_between(&element, at);
        };
        let section = piece.parent_element()?;
        let number: usize = section.get_attribute("data-section")?.parse().ok()?;
        let pieces = self.layout.sections().get(number)?.pieces.clone();
        let mut index = pieces.start;
        let mut before = piece.previous_element_sibling();
        while let Some(sibling) = before {
            index += 1;
            before = sibling.previous_element_sibling();
        }
        let span = self.layout.pieces().get(index)?.span;
        if node.node_type() != Node::TEXT_NODE {
            // Between an element's children there is only before and behind the one text.
            let letters = piece.first_element_child();
            let before = letters
                .as_ref()
                .is_some_and(|letters| letters.contains(Some(node)))
                || at <= u32::from(letters.is_some());
            return Some(if before { span.start() } else { span.end() });
        }
        let Utf16(start) = document.text.utf16_of(span.start())?;
        // Inside of a surrogate pair no user can point; one code unit back there is a character.
        document
            .text
            .offset_of_utf16(Utf16(start + at))
            .or_else(|| {
                document
                    .text
                    .offset_of_utf16(Utf16((start + at).checked_sub(1)?))
            })
    }

    /// A position between sections or between pieces, as a triple click or select-all gives it.
    fn offset_between(&self, element: &Element, at: u32) -> Option<u32> {
        let pieces = self.layout.pieces();
        let piece = match element.get_attribute("data-section") {
            Some(number) => {
                let section = self.layout.sections().get(number.parse::<usize>().ok()?)?;
                (section.pieces.start + at as usize).min(section.pieces.end)
            }
            None => match self.layout.sections().get(at as usize) {
                Some(section) => section.pieces.start,
                None => pieces.len(),
            },
        };
        match pieces.get(piece) {
            Some(piece) => Some(piece.span.start()),
            None => pieces.last().map(|last| last.span.end()),
        }
    }
}

/// Whether single spaces within are the only white space: then the browser may break lines as it
/// likes, and no space hangs at the end of one.
fn is_simple(text: &str) -> bool {
    !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !text.contains(['\t', '\n', '\r', '\u{2028}', '\u{2029}'])
}

fn direction(is_rtl: bool) -> &'static str {
    match is_rtl {
        true => "rtl",
        false => "ltr",
    }
}

fn clone(template: &HtmlElement) -> HtmlElement {
    // Cloning an element can't fail.
    template
        .clone_node()
        .map_or_else(|_| dom::element("p", "block"), |node| node.unchecked_into())
}
