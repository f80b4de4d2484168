//! Style sheets of ours in trees that may not be ours.

use super::dom;
use js_sys::{Array, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, HtmlElement, Node};

/// A sheet that a document or a shadow tree has adopted, until it is dropped.
pub struct AdoptedSheet {
    tree: Node,
    sheet: CssStyleSheet,
    rules: RefCell<String>,
}

const SHEETS: &str = "adoptedStyleSheets";

impl AdoptedSheet {
    /// Adds an empty sheet to the tree with this root, behind those that it has.
    pub fn new(tree: &Node) -> Option<AdoptedSheet> {
        let sheet = CssStyleSheet::new().ok()?;
        let adopted = AdoptedSheet {
            tree: tree.clone(),
            sheet,
            rules: RefCell::default(),
        };
        let sheets = adopted.others();
        sheets.push(&adopted.sheet);
        adopted.adopt(&sheets);
        Some(adopted)
    }

    /// Sets its rules. Those that it has already stay: the browser would compute all styles of the
    /// tree anew.
    pub fn replace(&self, rules: String) {
        if *self.rules.borrow() != rules {
            let _ = self.sheet.replace_sync(&rules);
            self.rules.replace(rules);
        }
    }

    /// The tree's other sheets, in their order.
    fn others(&self) -> Array {
        let ours: &JsValue = self.sheet.as_ref();
        let all = Reflect::get(&self.tree, &SHEETS.into()).unwrap_or_default();
        Array::from(&all).iter().filter(|s| s != ours).collect()
    }

    fn adopt(&self, sheets: &Array) {
        // Refused where the element has moved to another window's document.
        let _ = Reflect::set(&self.tree, &SHEETS.into(), sheets);
    }
}

impl Drop for AdoptedSheet {
    fn drop(&mut self) {
        self.adopt(&self.others());
    }
}

/// Whether the element is in the document that the program runs in, and not adopted by another.
pub fn is_at_home(host: &HtmlElement) -> bool {
    host.owner_document().as_ref() == Some(&dom::document())
}

/// A new style sheet for the element's tree: it has to be of the element's own window.
pub fn sheet_for(host: &HtmlElement) -> CssStyleSheet {
    let there = || {
        let window = host.owner_document()?.default_view()?;
        let class = Reflect::get(&window, &"CSSStyleSheet".into()).ok()?;
        let class: js_sys::Function = class.dyn_into().ok()?;
        Some(
            Reflect::construct(&class, &Array::new())
                .ok()?
                .unchecked_into(),
        )
    };
    let elsewhere = (!is_at_home(host)).then(there).flatten();
    elsewhere.unwrap_or_else(|| CssStyleSheet::new().unwrap_throw())
}
