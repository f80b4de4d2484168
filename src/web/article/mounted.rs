//! A text whose DOM is ours: an element with one text node for each piece, some sixteen of them in a
//! section.

use super::gutter;
use crate::annotation::LabelSet;
use crate::document::{BlockKind, Document};
use crate::paint::Sections;
use crate::session::block_is_rtl;
use crate::text::Utf16;
use crate::web::dom;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// The sections that are built so far.
pub struct Mounted {
    sections: Vec<HtmlElement>,
    // Which way the text runs if the host says so, and which way it does, but for blocks that say
    // otherwise.
    told: Option<bool>,
    is_rtl: bool,
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

impl Mounted {
    /// Nothing yet.
    pub fn new() -> Mounted {
        Mounted {
            sections: Vec::new(),
            told: None,
            is_rtl: false,
            templates: Templates::new(),
        }
    }

    /// Takes the former document's DOM away, and says of `text` what holds for the whole new one.
    pub fn clear(&mut self, text: &HtmlElement, document: &Document, told: Option<bool>) {
        text.set_text_content(None);
        self.sections.clear();
        say_language(text, document);
        self.say_direction(text, &Sections::default(), document, told);
    }

    /// Says in the DOM which way the text runs: as the host has `told`, or as `dir="auto"` would, which
    /// the browser works out for each block at each insertion: that takes as long as building them.
    pub fn say_direction(
        &mut self,
        text: &HtmlElement,
        layout: &Sections,
        document: &Document,
        told: Option<bool>,
    ) {
        let whole = document.text.whole();
        self.told = told;
        self.is_rtl =
            told.unwrap_or_else(|| whole.is_some_and(|whole| block_is_rtl(&document.text, whole)));
        dom::set(text, "dir", direction(self.is_rtl));
        for (number, piece) in layout.pieces().iter().enumerate() {
            let Some(element) = self.piece(layout, number) else {
                return;
            };
            match self.other_direction(document, piece.block) {
                Some(other) => dom::set(&element, "dir", other),
                None => drop(element.remove_attribute("dir")),
            }
        }
    }

    /// Which way a block runs, if that isn't the text's own way.
    fn other_direction(&self, document: &Document, block: u32) -> Option<&'static str> {
        let block = document.blocks.get(block as usize)?;
        let is_rtl = self.told.unwrap_or_else(|| {
            block.kind != BlockKind::Preformatted && block_is_rtl(&document.text, block.span)
        });
        (is_rtl != self.is_rtl).then(|| direction(is_rtl))
    }

    /// Builds the next sections, up to `length` code points of them; false when all are built.
    pub fn mount(
        &mut self,
        text: &HtmlElement,
        layout: &Sections,
        document: &Document,
        length: u32,
    ) -> bool {
        let fragment = dom::document().create_document_fragment();
        let mut built = 0;
        while let Some(section) = layout.sections().get(self.sections.len()) {
            if built >= length {
                break;
            }
            built += section.span.len();
            let element = self.section(layout, document, section.pieces.clone());
            let _ = fragment.append_child(&element);
            self.sections.push(element);
        }
        let _ = text.append_child(&fragment);
        self.sections.len() < layout.sections().len()
    }

    fn section(&self, layout: &Sections, document: &Document, pieces: Range<usize>) -> HtmlElement {
        let section = clone(&self.templates.section);
        let number = self.sections.len();
        dom::set(&section, "data-section", &number.to_string());
        let mut lines = 0;
        for piece in &layout.pieces()[pieces.clone()] {
            let Some(block) = document.blocks.get(piece.block as usize) else {
                continue;
            };
            let text = document.text.slice(piece.span);
            let element = clone(self.templates.of(block.kind, text.is_some_and(is_simple)));
            if piece.continued {
                element.set_class_name("block continued");
            }
            if let Some(other) = self.other_direction(document, piece.block) {
                dom::set(&element, "dir", other);
            }
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

    /// The sections that are built.
    pub fn sections(&self) -> &[HtmlElement] {
        &self.sections
    }

    /// The element of a piece, if it is built.
    pub fn piece(&self, layout: &Sections, piece: usize) -> Option<HtmlElement> {
        let number = layout.section_of(piece);
        let first = layout.sections().get(number)?.pieces.start;
        let children = self.sections.get(number)?.children();
        children.item((piece - first) as u32)?.dyn_into().ok()
    }

    /// The DOM position of an offset in code points within a piece or at one of its ends.
    pub fn position(
        &self,
        layout: &Sections,
        document: &Document,
        piece: usize,
        offset: u32,
    ) -> Option<(Node, u32)> {
        let span = layout.pieces().get(piece)?.span;
        let node = self.piece(layout, piece)?.last_child()?;
        let offset = offset.clamp(span.start(), span.end());
        let (Utf16(at), Utf16(start)) = (
            document.text.utf16_of(offset)?,
            document.text.utf16_of(span.start())?,
        );
        Some((node, at - start))
    }

    /// The UTF-16 offset of a DOM position inside of the text.
    pub fn offset(
        &self,
        layout: &Sections,
        document: &Document,
        node: &Node,
        at: u32,
    ) -> Option<Utf16> {
        let start_of = |offset: u32| document.text.utf16_of(offset);
        let element: Element = match node.dyn_ref::<Element>() {
            Some(element) => element.clone(),
            None => node.parent_element()?,
        };
        let Some(piece) = element.closest(".block").ok()? else {
            return start_of(offset_between(layout, &element, at)?);
        };
        let section = piece.parent_element()?;
        let mut index = layout
            .sections()
            .get(section_number(&section)?)?
            .pieces
            .start;
        let mut before = piece.previous_element_sibling();
        while let Some(sibling) = before {
            index += 1;
            before = sibling.previous_element_sibling();
        }
        let span = layout.pieces().get(index)?.span;
        if node.node_type() != Node::TEXT_NODE {
            // Between an element's children there is only before and behind the one text.
            let letters = piece.first_element_child();
            let before = letters
                .as_ref()
                .is_some_and(|letters| letters.contains(Some(node)))
                || at <= u32::from(letters.is_some());
            return start_of(if before { span.start() } else { span.end() });
        }
        let Utf16(start) = start_of(span.start())?;
        Some(Utf16(start + at))
    }
}

/// Shows letters beside a block, in it.
pub fn show_letters(block: &Element, wanted: &[&str], labels: &LabelSet) {
    match block.first_element_child() {
        Some(former) if wanted.is_empty() => former.remove(),
        Some(former) => gutter::update(&former, wanted, labels),
        None if wanted.is_empty() => {}
        None => {
            let column = gutter::column(wanted, labels);
            let _ = block.insert_before(&column, block.first_child().as_ref());
        }
    }
}

/// Says in the DOM what language the text is in.
pub fn say_language(text: &HtmlElement, document: &Document) {
    match &document.language {
        Some(language) => dom::set(text, "lang", language),
        None => drop(text.remove_attribute("lang")),
    }
}

/// Which section an element is.
pub fn section_number(section: &Element) -> Option<usize> {
    section.get_attribute("data-section")?.parse().ok()
}

/// A position between sections or between pieces, as a triple click or select-all gives it.
fn offset_between(layout: &Sections, element: &Element, at: u32) -> Option<u32> {
    let pieces = layout.pieces();
    let piece = match element.get_attribute("data-section") {
        Some(number) => {
            let section = layout.sections().get(number.parse::<usize>().ok()?)?;
            (section.pieces.start + at as usize).min(section.pieces.end)
        }
        None => match layout.sections().get(at as usize) {
            Some(section) => section.pieces.start,
            None => pieces.len(),
        },
    };
    match pieces.get(piece) {
        Some(piece) => Some(piece.span.start()),
        None => pieces.last().map(|last| last.span.end()),
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
