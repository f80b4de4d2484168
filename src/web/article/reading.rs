//! A host's own content, read where it stands.

use super::in_place::InPlace;
use crate::document::live::{ElementStyle, Reader, TextStyle, may_leave_the_line};
use crate::document::{Document, DocumentMeta, LoadError};
use crate::web::js::ComputedStyle;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node, Window};

/// What was read.
pub struct Read {
    /// The text, as a reader of the page sees it.
    pub document: Document,
    /// Where it stands on the page.
    pub in_place: InPlace,
}

/// Whether an element has content of its own: an element, or text that can be seen.
pub fn has_content(host: &HtmlElement) -> bool {
    let mut child = host.first_child();
    while let Some(node) = child {
        let is_blank = || {
            let text = node.text_content().unwrap_or_default();
            text.trim().is_empty()
        };
        match node.node_type() {
            Node::ELEMENT_NODE => return true,
            Node::TEXT_NODE if !is_blank() => return true,
            _ => {}
        }
        child = node.next_sibling();
    }
    false
}

/// Reads what stands in `host`, which has to be slotted already: what isn't rendered has no style.
/// What is drawn beside the text will stand in `overlay`.
///
/// # Errors
/// As of [`Reader::finish`].
pub fn read(
    host: &HtmlElement,
    overlay: HtmlElement,
    meta: DocumentMeta,
) -> Result<Read, LoadError> {
    let mut walk = Walk {
        window: gloo::utils::window(),
        reader: Reader::default(),
        nodes: Vec::new(),
        blocks: Vec::new(),
    };
    walk.children(host);
    let (document, runs) = walk.reader.finish(meta)?;
    let in_place = InPlace::new(overlay, runs, walk.nodes, walk.blocks);
    Ok(Read { document, in_place })
}

/// One pass over the nodes, without recursion: a page may nest as deep as it likes.
struct Walk {
    window: Window,
    reader: Reader,
    // The text nodes, and for each the number of the block that it stands in.
    nodes: Vec<(Node, u32)>,
    blocks: Vec<Element>,
}

/// An element that is being read.
struct Open {
    style: Option<ComputedStyle>,
    // Asked for with the first text in it: whether it is visible, and `white-space`.
    text: Option<(bool, String)>,
    block: u32,
    next: Option<Node>,
}

impl Walk {
    fn children(&mut self, host: &HtmlElement) {
        self.blocks.push(host.clone().into());
        let mut open = vec![Open {
            style: self.computed(host),
            text: None,
            block: 0,
            next: host.first_child(),
        }];
        while let Some(innermost) = open.last_mut() {
            let Some(node) = innermost.next.take() else {
                open.pop();
                if !open.is_empty() {
                    self.reader.leave();
                }
                continue;
            };
            innermost.next = node.next_sibling();
            match node.node_type() {
                Node::TEXT_NODE | Node::CDATA_SECTION_NODE => self.text(node, innermost),
                Node::ELEMENT_NODE => {
                    let block = innermost.block;
                    if let Some(entered) = self.element(node.unchecked_into(), block) {
                        open.push(entered);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: Element, outer: u32) -> Option<Open> {
        let name = element.local_name();
        // Another article's text is its own.
        if name == "rubricate-article" {
            return None;
        }
        let style = self.computed(&element);
        let display = style.as_ref().map_or(String::new(), ComputedStyle::display);
        let out_of_flow = may_leave_the_line(&name, &display)
            && style.as_ref().is_some_and(|style| {
                style.float() != "none" || matches!(style.position().as_str(), "absolute" | "fixed")
            });
        let seen = ElementStyle {
            display: &display,
            out_of_flow,
        };
        if !self.reader.enter(&name, seen) {
            return None;
        }
        let is_inline = out_of_flow || display.starts_with("inline") || display == "contents";
        let block = if is_inline {
            outer
        } else {
            self.blocks.push(element.clone());
            (self.blocks.len() - 1) as u32
        };
        Some(Open {
            next: element.first_child(),
            style,
            text: None,
            block,
        })
    }

    fn text(&mut self, node: Node, parent: &mut Open) {
        let content = node.node_value().unwrap_or_default();
        let style = parent.style.as_ref();
        let (visible, white_space) = parent.text.get_or_insert_with(|| {
            style.map_or((false, String::new()), |style| {
                (style.visibility() == "visible", style.white_space())
            })
        });
        let style = TextStyle {
            visible: *visible,
            white_space,
        };
        self.reader.text(self.nodes.len() as u32, &content, style);
        self.nodes.push((node, parent.block));
    }

    fn computed(&self, element: &Element) -> Option<ComputedStyle> {
        let style = self.window.get_computed_style(element).ok()??;
        Some(JsValue::from(style).unchecked_into())
    }
}
