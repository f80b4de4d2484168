//! Where annotations stand: document order, and which ones a range of the text meets.

use crate::annotation::{Annotation, Place};
use crate::order::sorted;
use crate::text::Span;
use std::sync::Arc;

/// Annotations by place. Keeps one list in document order, one for each label, and one for each
/// magnitude of length: a span of length 2^k to 2^(k+1) that meets a range must start less than
/// 2^(k+1) before it, so a query looks at a bounded part of each.
#[derive(Clone, Debug, Default)]
pub struct Index {
    order: Vec<Place>,
    // By label id.
    by_label: Vec<(Arc<str>, Vec<Place>)>,
    by_magnitude: [Vec<Place>; 32],
}

fn magnitude(span: Span) -> usize {
    span.len().ilog2() as usize
}

fn insert(places: &mut Vec<Place>, place: Place) {
    // Loading appends; searching first for that case keeps it linear.
    if places.last().is_none_or(|last| *last < place) {
        places.push(place);
    } else if let Err(at) = places.binary_search(&place) {
        places.insert(at, place);
    }
}

fn remove(places: &mut Vec<Place>, place: &Place) {
    if let Ok(at) = places.binary_search(place) {
        places.remove(at);
    }
}

impl Index {
    /// The index of `annotations`, in any order.
    pub fn of(annotations: impl Iterator<Item = Annotation>) -> Index {
        let all = annotations.map(|a| (a.place(), a.label)).collect();
        let mut index = Index::default();
        for (place, label) in sorted(all, |a, b| a.0 < b.0) {
            index.insert(place, &label);
        }
        index
    }

    /// Adds an annotation.
    pub fn insert(&mut self, place: Place, label: &Arc<str>) {
        insert(&mut self.by_magnitude[magnitude(place.span)], place.clone());
        let at = self.find_label(label).unwrap_or_else(|at| {
            self.by_label.insert(at, (label.clone(), Vec::new()));
            at
        });
        insert(&mut self.by_label[at].1, place.clone());
        insert(&mut self.order, place);
    }

    /// Takes an annotation out.
    pub fn remove(&mut self, place: &Place, label: &str) {
        remove(&mut self.by_magnitude[magnitude(place.span)], place);
        if let Ok(at) = self.find_label(label) {
            let places = &mut self.by_label[at].1;
            remove(places, place);
            if places.is_empty() {
                self.by_label.remove(at);
            }
        }
        remove(&mut self.order, place);
    }

    /// All places in document order.
    pub fn order(&self) -> &[Place] {
        &self.order
    }

    /// The places of one label in document order.
    pub fn of_label(&self, label: &str) -> &[Place] {
        match self.find_label(label) {
            Ok(at) => &self.by_label[at].1,
            Err(_) => &[],
        }
    }

    /// The labels in use.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.by_label.iter().map(|(label, _)| &**label)
    }

    fn find_label(&self, label: &str) -> Result<usize, usize> {
        self.by_label.binary_search_by(|(of, _)| (**of).cmp(label))
    }

    /// The places that have a code point in `range`, in document order.
    pub fn intersecting(&self, range: Span) -> Vec<&Place> {
        let mut met: Vec<&Place> = Vec::new();
        for (k, places) in self.by_magnitude.iter().enumerate() {
            let reach = (2u64 << k).min(u64::from(u32::MAX)) as u32;
            let earliest = range.start().saturating_sub(reach);
            let from = places.partition_point(|place| place.span.start() < earliest);
            met.extend(
                places[from..]
                    .iter()
                    .take_while(|place| place.span.start() < range.end())
                    .filter(|place| place.span.intersects(range)),
            );
        }
        sorted(met, |a, b| a < b)
    }
}
