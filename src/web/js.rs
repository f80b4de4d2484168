//! What web-sys lacks, or keeps behind an unstable flag: declared by hand.

use wasm_bindgen::prelude::*;
use web_sys::StaticRange;

#[wasm_bindgen]
extern "C" {
    /// A set of ranges that one `::highlight()` rule paints (CSS Custom Highlight API).
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

    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    pub static HIGHLIGHTS: Option<HighlightRegistry>;

    /// `Document`, for finding a text position within shadow roots.
    pub type PointedDocument;

    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    pub fn caret_position_from_point(
        this: &PointedDocument,
        x: i32,
        y: i32,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;

    /// `Selection`, for the one method that sees into shadow roots in every engine.
    pub type ComposedSelection;

    #[wasm_bindgen(method, catch, js_name = getComposedRanges)]
    pub fn get_composed_ranges(
        this: &ComposedSelection,
        options: &JsValue,
    ) -> Result<js_sys::Array, JsValue>;
}
