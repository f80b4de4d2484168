//! A style sheet of ours in a tree that is not ours.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, Node};

/// A sheet that a document or a shadow tree has adopted, until it is dropped.
pub struct AdoptedSheet {
    tree: Node,
    sheet: CssStyleSheet,
}

const SHEETS: &str = "adoptedStyleSheets";

impl AdoptedSheet {
    /// Adds an empty sheet to the tree with this root, behind those that it has.
    pub fn new(tree: &Node) -> Option<AdoptedSheet> {
        let sheet = CssStyleSheet::new().ok()?;
        let adopted = AdoptedSheet {
            tree: tree.clone(),
            sheet,
        };
        let sheets = adopted.others();
        sheets.push(&adopted.sheet);
        adopted.adopt(&sheets);
        Some(adopted)
    }

    /// Sets its rules.
    pub fn replace(&self, css: &str) {
        let _ = self.sheet.replace_sync(css);
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
