//! The stack of open elements, with the questions about it that must not cost its depth.

use super::super::flow::Style;
use std::collections::HashMap;

/// Elements nested more deeply than this are read as if their tags were absent. Browsers do so
/// too, from some hundreds on.
const MAX_DEPTH: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    Html,
    Svg,
    Math,
}

/// The name of an element, or the one name of its family; see [`OpenElements::key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(usize);

macro_rules! keys {
    ($($key:ident = $name:literal),+ $(,)?) => {
        const NAMES: &[&[u8]] = &[$($name),+];
        keys!(@ 0usize; $($key)+);
    };
    (@ $at:expr; $key:ident $($rest:ident)*) => {
        pub(super) const $key: Key = Key($at);
        keys!(@ $at + 1; $($rest)*);
    };
    (@ $at:expr;) => {};
}

keys!(
    PARAGRAPH = b"p",
    HEADING = b"h1",
    LIST_ITEM = b"li",
    TERM = b"dd",
    UL = b"ul",
    OL = b"ol",
    TABLE = b"table",
    TABLE_CAPTION = b"caption",
    TABLE_SECTION = b"tbody",
    ROW = b"tr",
    CELL = b"td",
    BUTTON = b"button",
    TEMPLATE = b"template",
    TITLE = b"title",
    RUBY = b"ruby",
    RUBY_TEXT = b"rt",
    RUBY_PARENTHESIS = b"rp",
);

#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// `None` once its end tag has come while elements in it stay open.
    pub(super) key: Option<Key>,
    pub(super) style: Style,
    pub(super) namespace: Namespace,
    /// HTML may stand in it, though it is SVG or MathML.
    pub(super) integrates_html: bool,
    pub(super) is_special: bool,
    pub(super) bounds_scope: bool,
    pub(super) hides: bool,
    /// Its end is the end of a block.
    pub(super) ends_block: bool,
    /// A `ruby` in which an `rp` has stood.
    pub(super) has_parentheses: bool,
}

/// The open elements, from the root down. A place in it is an index from 0.
#[derive(Debug)]
pub(super) struct OpenElements {
    stack: Vec<Element>,
    keys: HashMap<Box<[u8]>, Key>,
    /// By key, the places of the open elements with that name, in order. So an end tag without an
    /// open element costs nothing, however deep the stack is.
    places: Vec<Vec<usize>>,
    specials: Vec<usize>,
    scopes: Vec<usize>,
    hiding: usize,
}

impl Default for OpenElements {
    fn default() -> OpenElements {
        OpenElements {
            stack: Vec::new(),
            keys: NAMES
                .iter()
                .enumerate()
                .map(|(at, name)| (Box::from(*name), Key(at)))
                .collect(),
            places: vec![Vec::new(); NAMES.len()],
            specials: Vec::new(),
            scopes: Vec::new(),
            hiding: 0,
        }
    }
}

impl OpenElements {
    /// The key of a name.
    pub(super) fn key(&mut self, name: &[u8]) -> Key {
        if let Some(key) = self.keys.get(name) {
            return *key;
        }
        let key = Key(self.places.len());
        self.places.push(Vec::new());
        self.keys.insert(name.into(), key);
        key
    }

    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn innermost(&self) -> Option<&Element> {
        self.stack.last()
    }

    pub(super) fn get(&self, place: usize) -> Option<&Element> {
        self.stack.get(place)
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Element> {
        self.stack.get_mut(place)
    }

    /// Whether text is hidden here.
    pub(super) fn is_hidden(&self) -> bool {
        self.hiding > 0
    }

    /// The place of the innermost element of that name.
    pub(super) fn last(&self, key: Key) -> Option<usize> {
        self.places.get(key.0)?.last().copied()
    }

    /// The place of the innermost element of that name, if it lies deeper than `floor`.
    pub(super) fn last_above(&self, key: Key, floor: Option<usize>) -> Option<usize> {
        self.last(key).filter(|place| Some(*place) > floor)
    }

    /// The place of the innermost element of that name, if it is in scope.
    pub(super) fn last_in_scope(&self, key: Key) -> Option<usize> {
        self.last(key).filter(|place| Some(*place) >= self.scope())
    }

    /// The place of the innermost element that bounds the scope of end tags.
    pub(super) fn scope(&self) -> Option<usize> {
        self.scopes.last().copied()
    }

    /// The place of the innermost special element.
    pub(super) fn special(&self) -> Option<usize> {
        self.specials.last().copied()
    }

    /// Opens an element. At the greatest depth only one that begins to hide text is opened.
    pub(super) fn push(&mut self, element: Element) {
        let begins_to_hide = element.hides && !self.is_hidden();
        if self.depth() >= MAX_DEPTH && !begins_to_hide {
            return;
        }
        let place = self.depth();
        if let Some(places) = element.key.and_then(|key| self.places.get_mut(key.0)) {
            places.push(place);
        }
        if element.is_special {
            self.specials.push(place);
        }
        if element.bounds_scope {
            self.scopes.push(place);
        }
        self.hiding += usize::from(element.hides);
        self.stack.push(element);
    }

    /// Closes the innermost element.
    pub(super) fn pop(&mut self) -> Option<Element> {
        let element = self.stack.pop()?;
        if let Some(places) = element.key.and_then(|key| self.places.get_mut(key.0)) {
            places.pop();
        }
        if element.is_special {
            self.specials.pop();
        }
        if element.bounds_scope {
            self.scopes.pop();
        }
        self.hiding -= usize::from(element.hides);
        Some(element)
    }

    /// Takes the effect from the innermost element of that name, and leaves open what is in it.
    pub(super) fn disarm(&mut self, key: Key) {
        let Some(place) = self.places.get_mut(key.0).and_then(Vec::pop) else {
            return;
        };
        if let Some(element) = self.stack.get_mut(place) {
            self.hiding -= usize::from(element.hides);
            element.hides = false;
            element.key = None;
        }
    }
}
