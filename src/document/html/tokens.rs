//! From the tokenizer's calls to the tags and texts that the tree is made of.

use super::attributes::Attributes;
use super::tree::Tree;
use html5gum::{Emitter, Error, State};
use std::convert::Infallible;

/// A start tag, as far as the tree looks at it.
#[derive(Debug, Default)]
pub(super) struct StartTag {
    /// In lower case.
    pub(super) name: Vec<u8>,
    pub(super) self_closing: bool,
    pub(super) attributes: Attributes,
}

/// Gathers what belongs together and hands it to the tree. Comments and doctypes are not kept.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    tree: &'t mut Tree,
    // UTF-8, but perhaps handed over in the middle of a character.
    text: Vec<u8>,
    tag: StartTag,
    is_end_tag: bool,
    last_start_tag: Vec<u8>,
    attribute_name: Vec<u8>,
    attribute_value: Vec<u8>,
    seen: Vec<Vec<u8>>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(tree: &'t mut Tree) -> Tokens<'t> {
        Tokens {
            tree,
            text: Vec::new(),
            tag: StartTag::default(),
            is_end_tag: false,
            last_start_tag: Vec::new(),
            attribute_name: Vec::new(),
            attribute_value: Vec::new(),
            seen: Vec::new(),
        }
    }

    fn init_tag(&mut self, is_end_tag: bool) {
        self.is_end_tag = is_end_tag;
        self.tag.name.clear();
        self.tag.self_closing = false;
        self.tag.attributes = Attributes::default();
        self.attribute_name.clear();
        self.attribute_value.clear();
        self.seen.clear();
    }

    fn end_attribute(&mut self) {
        // Of several attributes with one name the first counts. Only those with a value that
        // matters are remembered, so a tag with very many attributes costs no more than its length.
        let repeated = self.seen.contains(&self.attribute_name);
        if !self.attribute_name.is_empty() && !repeated {
            self.tag
                .attributes
                .add(&self.attribute_name, &self.attribute_value);
            if Attributes::wants(&self.attribute_name) {
                self.seen.push(self.attribute_name.clone());
            }
        }
        self.attribute_name.clear();
        self.attribute_value.clear();
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.tree.text(&String::from_utf8_lossy(&self.text));
            self.text.clear();
        }
    }
}

impl Emitter for Tokens<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, part: &[u8]) {
        self.text.extend_from_slice(part);
    }

    fn init_start_tag(&mut self) {
        self.init_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.init_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.end_text();
        if self.is_end_tag {
            self.tree.end(&self.tag.name);
            return None;
        }
        self.last_start_tag.clone_from(&self.tag.name);
        self.tree.start(&self.tag)
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, part: &[u8]) {
        self.tag.name.extend_from_slice(part);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute_name.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        if Attributes::wants(&self.attribute_name) {
            self.attribute_value.extend_from_slice(part);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && !self.last_start_tag.is_empty() && self.last_start_tag == self.tag.name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.tree.is_in_foreign_content()
    }
}
