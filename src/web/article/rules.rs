//! The style rules that say what a label's line looks like.
//!
//! A `::highlight()` rule counts in the tree that the text is in. For a text of ours that is the
//! element's shadow tree; for a host's own content it is the host's, where one sheet of these rules
//! is all that is added.

use super::painter::{LANES, Names};
use crate::annotation::LabelSet;
use std::cell::Cell;
use std::fmt::Write as _;
use web_sys::Element;

/// How far under the base line each lane lies, in CSS pixels.
const LANE_OFFSETS: [u32; 4] = [3, 6, 10, 13];

/// The rules of the shadow tree: colours for what the four default labels don't cover, and a rule
/// for each lane in use. For each of these rules the browser computes a style for each element that it
/// matches, so it matches none but the blocks, which have one when they are near the screen.
pub fn label_rules(labels: &LabelSet) -> String {
    let mut css = String::new();
    let defaults = LabelSet::default();
    for label in labels.iter() {
        let known = defaults
            .get(&label.id)
            .is_some_and(|d| d.color == label.color);
        let line = match (&label.color, known) {
            (_, true) => continue,
            (Some(color), false) => color.as_str(),
            (None, false) => "#5c554b",
        };
        // On dark paper the same hue, lightened until it can be read.
        let _ = write!(
            css,
            ":host{{--rubricate-line-{id}:var(--rubricate-{id},light-dark({line},color-mix(in oklab,{line} 45%,white)));\
             --rubricate-tint-{id}:var(--rubricate-{id}-tint,light-dark(color-mix(in oklab,{line} 14%,white),color-mix(in oklab,{line} 35%,#17181b)))}}\
             [data-label=\"{id}\"]{{--line:var(--rubricate-line-{id});--tint:var(--rubricate-tint-{id});--stroke:{style} 2px}}",
            id = label.id,
            style = label.line.css(),
        );
    }
    lanes(&mut css, labels, &Names::Shared, ".block");
    css.push_str(
        ".block::highlight(rubricate-active){background-color:var(--selection);color:var(--ink)}",
    );
    css
}

thread_local! {
    // Whether they do; `None` as long as nobody knows.
    static INHERITS: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Finds out whether elements inherit what a `::highlight()` rule says of those around them, as CSS
/// Pseudo-Elements 4 has it. `probe` is an element on the page within one that `element.css` has such
/// a rule for. True if rules made before are other ones now.
///
/// Where they inherit, rules match the host alone. In Firefox they have to match every element.
pub fn learn_inheritance(probe: &Element) -> bool {
    // Asking has the browser compute styles.
    if INHERITS.get() == Some(true) {
        return false;
    }
    let style = gloo::utils::window()
        .get_computed_style_with_pseudo_elt(probe, "::highlight(rubricate-inherited)");
    let color = style.ok().flatten();
    let color = color.and_then(|style| style.get_property_value("background-color").ok());
    let inherits = color.as_deref() == Some("rgb(1, 2, 3)");
    INHERITS.replace(Some(inherits)).unwrap_or(true) != inherits
}

/// The rules of a host's tree, for the content of one element.
pub fn in_place_rules(labels: &LabelSet, names: &Names) -> String {
    let mut css = String::new();
    // For each of these rules the browser computes a style for each element that it matches: with
    // six thousand paragraphs a third of a second.
    let elements = match INHERITS.get() {
        None | Some(true) => "rubricate-article",
        Some(false) => ":is(rubricate-article,rubricate-article *)",
    };
    lanes(&mut css, labels, names, elements);
    let _ = write!(
        css,
        "{elements}::highlight({active}){{\
         background-color:var(--rubricate-selection,light-dark(#fbd5ce,#5c2a24));\
         color:var(--rubricate-ink,light-dark(#1d1a16,#ece8e0))}}",
        active = names.active(),
    );
    css
}

fn lanes(css: &mut String, labels: &LabelSet, names: &Names, elements: &str) {
    // The last lane is there for labels that the set doesn't have.
    let last = LANES - 1;
    for lane in (0..labels.as_slice().len().min(last)).chain([last]) {
        let offset = LANE_OFFSETS[lane % 4];
        let (line, tint, style) = match labels.as_slice().get(lane) {
            Some(label) => (
                format!("var(--rubricate-line-{})", label.id),
                format!("var(--rubricate-tint-{})", label.id),
                label.line.css(),
            ),
            None => (
                "var(--rubricate-muted,light-dark(#5c554b,#aea79b))".into(),
                "transparent".into(),
                "dotted",
            ),
        };
        let width = match style {
            "double" => 1,
            "dotted" => 3,
            _ => 2,
        };
        for even in [false, true] {
            // The tint of every second neighbour is off and its line a pixel lower, so that two
            // spans that touch stay two.
            let background = if even { "transparent" } else { tint.as_str() };
            let _ = write!(
                css,
                "{elements}::highlight({name}){{background-color:{background};text-decoration:underline {style} {line};\
                 text-decoration-thickness:{width}px;text-underline-offset:calc({offset}*var(--lane,1px));text-decoration-skip-ink:none}}",
                name = names.lane(lane, even),
                offset = offset + u32::from(even),
            );
        }
    }
}
