//! What web-sys lacks, or keeps behind an unstable flag: declared by hand.

use wasm_bindgen::prelude::*;
use web_sys::{Node, StaticRange};

#[wasm_bindgen]
extern "C" {
    /// A set of ranges that one `::highlight()` rule paints (CSS Custom Highlight API).
    #[derive(PartialEq)]
    pub type Highlight;

    #[wasm_bindgen(constructor)]
    pub fn new() -> Highlight;

    #[wasm_bindgen(method)]
    pub fn add(this: &Highlight, range: &StaticRange);

    #[wasm_bindgen(method)]
    pub fn delete(this: &Highlight, range: &StaticRange) -> bool;

    #[wasm_bindgen(method, setter)]
    pub fn set_priority(this: &Highlight, priority: i32);

    /// The page's one map of highlights by name. Others use it too: it is never cleared.
    pub type HighlightRegistry;

    #[wasm_bindgen(method)]
    pub fn get(this: &HighlightRegistry, name: &str) -> Option<Highlight>;

    #[wasm_bindgen(method)]
    pub fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);

    #[wasm_bindgen(method)]
    pub fn delete(this: &HighlightRegistry, name: &str) -> bool;

    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    pub static HIGHLIGHTS: Option<HighlightRegistry>;

    /// `Document`, for a method whose options web-sys doesn't have.
    pub type PointedDocument;

    /// Absent in WebKit.
    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    pub fn caret_position_from_point(
        this: &PointedDocument,
        x: f32,
        y: f32,
        options: &JsValue,
    ) -> Result<Option<CaretPosition>, JsValue>;

    /// A place between two characters.
    pub type CaretPosition;

    #[wasm_bindgen(method, getter, js_name = offsetNode)]
    pub fn offset_node(this: &CaretPosition) -> Option<Node>;

    #[wasm_bindgen(method, getter)]
    pub fn offset(this: &CaretPosition) -> u32;

    /// `CSSStyleDeclaration` as `getComputedStyle` gives it: its properties by name, without a string
    /// handed over for each.
    pub type ComputedStyle;

    #[wasm_bindgen(method, getter, structural)]
    pub fn display(this: &ComputedStyle) -> String;

    #[wasm_bindgen(method, getter, structural, js_name = cssFloat)]
    pub fn float(this: &ComputedStyle) -> String;

    #[wasm_bindgen(method, getter, structural)]
    pub fn position(this: &ComputedStyle) -> String;

    #[wasm_bindgen(method, getter, structural)]
    pub fn visibility(this: &ComputedStyle) -> String;

    #[wasm_bindgen(method, getter, structural, js_name = whiteSpace)]
    pub fn white_space(this: &ComputedStyle) -> String;

    /// `Selection`, for the one method that sees into shadow roots in every engine.
    pub type ComposedSelection;

    #[wasm_bindgen(method, catch, js_name = getComposedRanges)]
    pub fn get_composed_ranges(
        this: &ComposedSelection,
        options: &JsValue,
    ) -> Result<js_sys::Array, JsValue>;
}
