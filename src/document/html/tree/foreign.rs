//! SVG and MathML in a page (13.2.6.5 of the HTML Standard).

use super::super::attributes::Hiding;
use super::super::elements::ends_foreign_content;
use super::super::open::{Element, Namespace};
use super::super::tokens::StartTag;
use super::Tree;

impl Tree {
    /// Whether the innermost element is not one of HTML.
    pub(in super::super) fn is_in_foreign_content(&self) -> bool {
        let innermost = self.open.innermost();
        innermost.is_some_and(|element| element.namespace != Namespace::Html)
    }

    /// Opens an element of SVG or MathML, if the tag stands for one here. `false` if it is one of
    /// HTML, which then may have ended the SVG or MathML around it.
    pub(super) fn start_foreign(&mut self, tag: &StartTag) -> bool {
        if !self.takes_as_foreign(&tag.name) {
            return false;
        }
        if ends_foreign_content(&tag.name) || tag.name == b"font" && tag.attributes.font {
            self.leave_foreign_content();
            return false;
        }
        self.open_foreign(tag);
        true
    }

    fn takes_as_foreign(&self, name: &[u8]) -> bool {
        match self.open.innermost() {
            Some(e) if e.namespace != Namespace::Html => {
                let in_math_token = e.namespace == Namespace::Math && e.integrates_html;
                !e.integrates_html || in_math_token && matches!(name, b"mglyph" | b"malignmark")
            }
            _ => false,
        }
    }

    /// Closes SVG and MathML up to what HTML may stand in.
    pub(super) fn leave_foreign_content(&mut self) {
        let is_foreign = |e: &Element| e.namespace != Namespace::Html && !e.integrates_html;
        while self.open.innermost().is_some_and(is_foreign) {
            self.close_from(self.open.depth() - 1);
        }
    }

    fn open_foreign(&mut self, tag: &StartTag) {
        let Some(parent) = self.open.innermost().copied() else {
            return;
        };
        if tag.self_closing {
            return;
        }
        let name = tag.name.as_slice();
        let namespace = match name {
            b"svg" => Namespace::Svg,
            _ => parent.namespace,
        };
        let integrates_html = match namespace {
            Namespace::Math => {
                matches!(name, b"mi" | b"mo" | b"mn" | b"ms" | b"mtext")
                    || name == b"annotation-xml" && tag.attributes.encoding_html
            }
            _ => matches!(name, b"foreignobject" | b"desc" | b"title"),
        };
        let key = self.open.key(name);
        self.open.push(Element {
            key: Some(key),
            namespace,
            integrates_html,
            is_special: integrates_html,
            bounds_scope: integrates_html,
            hides: matches!(name, b"svg" | b"annotation" | b"annotation-xml")
                || tag.attributes.hiding() != Hiding::Shown,
            ends_block: false,
            has_parentheses: false,
            style: parent.style,
        });
    }
}
