//! The browser's selection, as offsets.

use super::Article;
use crate::document::Document;
use crate::web::js::{ComposedSelection, PointedDocument};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbstractRange, Node, ShadowRoot};

/// What is selected in an article, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selected {
    /// Where it starts in the text.
    pub start: u32,
    /// Where it ends; the same as `start` for a caret.
    pub end: u32,
}

/// The part of the browser's selection that lies in the article; `None` if neither end does.
pub fn selected(article: &Article, document: &Document, root: &ShadowRoot) -> Option<Selected> {
    let range = composed_range(root)?;
    let end = |node: Node, at: u32| article.offset(document, &node, at);
    let start = end(range.start_container(), range.start_offset());
    let stop = end(range.end_container(), range.end_offset());
    // One end may have left the text; then the selection runs to the text's own end there.
    let whole = document.text.whole()?;
    match (start, stop) {
        (None, None) => None,
        (start, stop) => {
            let start = start.unwrap_or(whole.start());
            let end = stop.unwrap_or(whole.end());
            Some(Selected {
                start: start.min(end),
                end: end.max(start),
            })
        }
    }
}

/// The offset in code points of what is drawn at a point of the window, in CSS pixels; `None` beside
/// the text, and where the browser can't tell.
pub fn offset_at(
    article: &Article,
    document: &Document,
    root: &ShadowRoot,
    (x, y): (f32, f32),
) -> Option<u32> {
    let (node, at) = position_at(root, (x, y))?;
    article.offset(document, &node, at)
}

/// Sets the browser's caret at a point of the window, in CSS pixels, if nothing is selected: a press
/// with Shift extends what is selected, and Firefox has nothing begin where there is nothing.
pub fn begin_selection(root: &ShadowRoot, at: (f32, f32)) {
    if let Ok(Some(selection)) = gloo::utils::window().get_selection()
        && selection.range_count() == 0
        && let Some((node, offset)) = position_at(root, at)
    {
        let _ = selection.collapse_with_offset(Some(&node), offset);
    }
}

fn position_at(root: &ShadowRoot, (x, y): (f32, f32)) -> Option<(Node, u32)> {
    let page = gloo::utils::document();
    let page: &PointedDocument = page.unchecked_ref();
    let position = page
        .caret_position_from_point(x, y, &shadow_roots(root))
        .ok()??;
    Some((position.offset_node()?, position.offset()))
}

fn shadow_roots(root: &ShadowRoot) -> JsValue {
    let options = Object::new();
    let _ = Reflect::set(&options, &"shadowRoots".into(), &trees(root));
    options.into()
}

/// The element's own tree, and each shadow tree that it stands in: a host's content is in those.
fn trees(root: &ShadowRoot) -> Array {
    let all = Array::of1(root);
    let mut outer = root.host().get_root_node();
    while let Some(root) = outer.dyn_ref::<ShadowRoot>() {
        all.push(root);
        outer = root.host().get_root_node();
    }
    all
}

/// Deselects everything on the page.
pub fn clear_selection() {
    if let Ok(Some(selection)) = gloo::utils::window().get_selection() {
        let _ = selection.remove_all_ranges();
    }
}

fn composed_range(root: &ShadowRoot) -> Option<AbstractRange> {
    let selection = gloo::utils::window().get_selection().ok()??;
    if selection.range_count() == 0 {
        return None;
    }
    let selection: &ComposedSelection = selection.unchecked_ref();
    // WebKit's first form of this method took the roots themselves.
    let ranges = selection
        .get_composed_ranges(&shadow_roots(root))
        .or_else(|_| selection.get_composed_ranges(root))
        .ok()?;
    ranges.get(0).dyn_into().ok()
}
