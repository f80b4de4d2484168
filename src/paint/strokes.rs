//! Which line is drawn under which code points.

use crate::annotation::Annotation;
use crate::order::sorted;
use crate::text::Span;
use std::collections::HashMap;

/// One annotation's line within a range of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// The code points it runs under.
    pub span: Span,
    /// The label's id.
    pub label: std::sync::Arc<str>,
    /// Which of the label's two lines: of two annotations that touch or overlap and carry the same
    /// label, each has another one, so that they stay two to the eye.
    pub even: bool,
}

/// The strokes of `annotations` (in document order) within `range`.
///
/// The alternation begins anew with each annotation that none of its label touches, so what stands
/// outside of a paragraph does not change what is drawn inside.
pub fn strokes(annotations: &[Annotation], range: Span) -> Vec<Stroke> {
    let mut latest: HashMap<&str, (u32, bool)> = HashMap::new();
    let mut strokes = Vec::with_capacity(annotations.len());
    for annotation in annotations {
        let (end, even) = match latest.get(&*annotation.label) {
            Some(&(end, even)) if end >= annotation.span.start() => (end, !even),
            _ => (0, false),
        };
        latest.insert(&annotation.label, (end.max(annotation.span.end()), even));
        if let Some(span) = annotation.span.intersection(range) {
            strokes.push(Stroke {
                span,
                label: annotation.label.clone(),
                even,
            });
        }
    }
    strokes
}

/// The labels that have a code point in `block`, each once, in the order of `order`; those that
/// `order` lacks come last.
pub fn letters<'a>(annotations: &'a [Annotation], block: Span, order: &[&str]) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for annotation in annotations {
        if annotation.span.intersects(block) && !found.contains(&&*annotation.label) {
            found.push(&annotation.label);
        }
    }
    let place = |label: &str| {
        let place = order.iter().position(|id| *id == label);
        place.unwrap_or(order.len())
    };
    sorted(found, |a, b| place(a) < place(b))
}

/// Whether one annotation of `label` covers all of `block`, so that the block may recede.
pub fn recedes(annotations: &[Annotation], block: Span, label: &str) -> bool {
    annotations
        .iter()
        .any(|annotation| &*annotation.label == label && annotation.span.covers(block))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Id, Origin};
    use std::sync::Arc;

    fn annotation(start: u32, end: u32, label: &str) -> Annotation {
        Annotation {
            id: Id::from(format!("{start}-{end}-{label}").as_str()),
            span: Span::new(start, end).unwrap(),
            label: label.into(),
            note: None,
            later: None,
            origin: Arc::new(Origin::default()),
            modified: None,
        }
    }

    fn even(annotations: &[Annotation]) -> Vec<bool> {
        let range = Span::new(0, 1000).unwrap();
        strokes(annotations, range)
            .iter()
            .map(|stroke| stroke.even)
            .collect()
    }

    #[test]
    fn neighbours_of_one_label_alternate() {
        assert_eq!(
            even(&[
                annotation(0, 3, "a"),
                annotation(3, 6, "a"),
                annotation(6, 9, "a"),
                annotation(10, 12, "a")
            ]),
            [false, true, false, false]
        );
    }

    #[test]
    fn neighbours_of_different_labels_do_not() {
        assert_eq!(
            even(&[annotation(0, 3, "a"), annotation(3, 6, "b")]),
            [false, false]
        );
    }

    #[test]
    fn a_stroke_is_cut_to_the_range() {
        let range = Span::new(2, 4).unwrap();
        let cut = strokes(&[annotation(0, 9, "a"), annotation(5, 6, "a")], range);
        assert_eq!(cut.iter().map(|s| s.span).collect::<Vec<_>>(), [range]);
    }

    #[test]
    fn a_block_shows_each_of_its_labels_once_in_the_order_of_the_set() {
        let list = [
            annotation(0, 3, "b"),
            annotation(1, 2, "x"),
            annotation(2, 9, "a"),
            annotation(5, 6, "b"),
        ];
        let block = Span::new(0, 9).unwrap();
        assert_eq!(letters(&list, block, &["a", "b"]), ["a", "b", "x"]);
        assert!(recedes(&[annotation(0, 9, "b")], block, "b"));
        assert!(!recedes(&list, block, "b"));
    }
}
