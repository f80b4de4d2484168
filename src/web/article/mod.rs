//! The text on screen: its DOM, and the way between DOM positions and offsets.
//!
//! A text that was loaded is built here (`mounted.rs`). A host's own content stays as it is, and is
//! found where it stands (`in_place.rs`).

mod brackets;
mod gutter;
mod in_place;
mod mounted;
mod painter;
mod reading;
mod rules;
mod selection;

pub use brackets::{Brackets, rect};
pub use in_place::{InPlace, is_control, target};
pub use painter::{Names, Painter};
pub use reading::{Read, has_content, read};
pub use rules::{in_place_rules, label_rules, learn_inheritance};
pub use selection::{Selected, begin_selection, clear_selection, offset_at, selected};

use crate::annotation::LabelSet;
use crate::document::Document;
use crate::paint::Sections;
use crate::text::{Span, Utf16};
use crate::web::dom;
use mounted::{Mounted, section_number};
use web_sys::{Element, HtmlElement, Node, StaticRange, StaticRangeInit};

/// The whole text of a document on the page.
pub struct Article {
    /// What holds the text and takes the focus.
    pub text: HtmlElement,
    layout: Sections,
    /// Which way the text runs, if the host says so.
    pub is_rtl: Option<bool>,
    body: Body,
}

/// Whose DOM the text is in.
enum Body {
    Mounted(Mounted),
    InPlace(InPlace),
}

impl Article {
    /// An article with nothing on the page yet.
    pub fn new(text: HtmlElement) -> Article {
        Article {
            text,
            layout: Sections::default(),
            is_rtl: None,
            body: Body::Mounted(Mounted::new()),
        }
    }

    /// Takes the former document's DOM away and plans the new one's.
    pub fn clear(&mut self, document: &Document) {
        self.layout = Sections::of(document);
        if let Body::InPlace(_) = self.body {
            self.body = Body::Mounted(Mounted::new());
        }
        if let Body::Mounted(mounted) = &mut self.body {
            mounted.clear(&self.text, document, self.is_rtl);
        }
    }

    /// Says in the DOM what language the text is in, where that is ours.
    pub fn say_language(&self, document: &Document) {
        if let Body::Mounted(_) = self.body {
            mounted::say_language(&self.text, document);
        }
    }

    /// Says in the DOM which way the text runs, where that is ours.
    pub fn say_direction(&mut self, document: &Document) {
        if let Body::Mounted(mounted) = &mut self.body {
            mounted.say_direction(&self.text, &self.layout, document, self.is_rtl);
        }
    }

    /// Shows a document where the host has it.
    pub fn settle(&mut self, document: &Document, in_place: InPlace) {
        self.layout = Sections::of(document);
        self.body = Body::InPlace(in_place.laid_out(&self.layout, document));
    }

    /// Builds the next sections, up to `length` code points of them; false when all are built.
    pub fn mount(&mut self, document: &Document, length: u32) -> bool {
        match &mut self.body {
            Body::Mounted(mounted) => mounted.mount(&self.text, &self.layout, document, length),
            Body::InPlace(_) => false,
        }
    }

    /// The plan of pieces and sections.
    pub fn layout(&self) -> &Sections {
        &self.layout
    }

    /// How many sections are on the page.
    pub fn built(&self) -> usize {
        match &self.body {
            Body::Mounted(mounted) => mounted.sections().len(),
            Body::InPlace(_) => self.layout.sections().len(),
        }
    }

    /// The host's own content, if that is what is shown.
    pub fn in_place(&self) -> Option<&InPlace> {
        match &self.body {
            Body::Mounted(_) => None,
            Body::InPlace(in_place) => Some(in_place),
        }
    }

    /// The elements that tell which sections are near the screen, from section `from` on.
    pub fn watched(&self, from: usize) -> Vec<Element> {
        match &self.body {
            Body::Mounted(mounted) => {
                let sections = mounted.sections().iter().skip(from);
                sections
                    .map(|section| Element::from(section.clone()))
                    .collect()
            }
            Body::InPlace(in_place) => in_place.watched(),
        }
    }

    /// A watched element has come near the screen or has left it: which sections have so, too.
    pub fn came(&self, element: &Element, near: bool) -> Vec<usize> {
        match &self.body {
            Body::Mounted(_) => section_number(element).into_iter().collect(),
            Body::InPlace(in_place) => in_place.came(element, near),
        }
    }

    /// The sections as elements one below the other; none in a host's content.
    pub fn sections(&self) -> &[HtmlElement] {
        match &self.body {
            Body::Mounted(mounted) => mounted.sections(),
            Body::InPlace(_) => &[],
        }
    }

    /// What is drawn beside a piece stands in this element, and moves with it.
    pub fn canvas(&self, piece: usize) -> Option<&HtmlElement> {
        match &self.body {
            Body::Mounted(mounted) => mounted.sections().get(self.layout.section_of(piece)),
            Body::InPlace(in_place) => Some(in_place.overlay()),
        }
    }

    /// The element of a piece, if it is on the page; in a host's content it may hold more than that.
    pub fn piece(&self, piece: usize) -> Option<Element> {
        match &self.body {
            Body::Mounted(mounted) => mounted.piece(&self.layout, piece).map(Element::from),
            Body::InPlace(in_place) => in_place.piece(piece),
        }
    }

    /// The DOM position of an offset in code points. Between two pieces, `ending` chooses the end
    /// of the first.
    pub fn position(&self, document: &Document, offset: u32, ending: bool) -> Option<(Node, u32)> {
        match &self.body {
            Body::Mounted(mounted) => {
                let look = if ending {
                    offset.saturating_sub(1)
                } else {
                    offset
                };
                let piece = self.layout.piece_at(look)?;
                mounted.position(&self.layout, document, piece, offset)
            }
            Body::InPlace(in_place) => in_place.position(document, offset, ending),
        }
    }

    /// Shows the letters of labels beside a piece.
    fn show_letters(&self, piece: usize, wanted: &[&str], labels: &LabelSet) {
        match &self.body {
            Body::Mounted(mounted) => {
                if let Some(element) = mounted.piece(&self.layout, piece) {
                    mounted::show_letters(&element, wanted, labels);
                }
            }
            Body::InPlace(in_place) => in_place.show_letters(piece, wanted, labels),
        }
    }

    /// Puts letters that stand in an overlay in their places; those that have one already, too, if
    /// the page was laid out `anew`.
    pub fn place_letters(&self, document: &Document, anew: bool) {
        if let Body::InPlace(in_place) = &self.body {
            in_place.place_letters(anew, |piece| {
                let start = self.layout.pieces().get(piece)?.span.start();
                rect(self, document, Span::new(start, start + 1)?)
            });
        }
    }

    /// A section is no longer painted: what stood beside it in an overlay goes.
    fn forget(&self, section: usize) {
        if let (Body::InPlace(in_place), Some(section)) =
            (&self.body, self.layout.sections().get(section))
        {
            in_place.hide_letters(section.pieces.clone());
        }
    }

    /// Whether a piece is page furniture, which recedes where the text is ours.
    fn recede(&self, piece: usize, recedes: bool) {
        if let Body::Mounted(mounted) = &self.body
            && let Some(element) = mounted.piece(&self.layout, piece)
            && recedes != element.has_attribute("data-furniture")
        {
            dom::toggle(&element, "data-furniture", recedes);
        }
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
        let at = match &self.body {
            Body::Mounted(mounted) if self.text.contains(Some(node)) => {
                mounted.offset(&self.layout, document, node, at)?.0
            }
            Body::Mounted(_) => return None,
            Body::InPlace(in_place) => in_place.offset(node, at)?,
        };
        // Inside of a surrogate pair no user can point; one code unit back there is a character.
        let text = &document.text;
        text.offset_of_utf16(Utf16(at))
            .or_else(|| text.offset_of_utf16(Utf16(at.checked_sub(1)?)))
    }
}
