//! The annotations as the cursor sees them.

use super::{Mark, Marks};
use crate::annotation::{LabelSet, Place};
use crate::edit::State;
use crate::text::Span;

/// A state's annotations, with their labels' names.
pub struct AnnotationMarks<'a> {
    state: &'a State,
    labels: &'a LabelSet,
}

impl<'a> AnnotationMarks<'a> {
    /// The annotations of `state`.
    pub fn of(state: &'a State, labels: &'a LabelSet) -> AnnotationMarks<'a> {
        AnnotationMarks { state, labels }
    }

    fn mark(&self, place: &'a Place) -> Mark<'a> {
        let label = self.state.label_of(place.id.as_str()).unwrap_or_default();
        Mark {
            id: place.id.as_str(),
            span: place.span,
            label: self.labels.name_of(label),
        }
    }
}

impl Marks for AnnotationMarks<'_> {
    fn span_of(&self, id: &str) -> Option<Span> {
        self.state.annotation(id).map(|annotation| annotation.span)
    }

    fn after(&self, span: Span, id: &str) -> Option<Mark<'_>> {
        // An empty id is before every other, so what stands on `span` itself is behind it.
        let place = Place::new(span, id.into());
        let places = self.state.places(None);
        let at = places.partition_point(|other| *other <= place);
        places.get(at).map(|place| self.mark(place))
    }

    fn before(&self, span: Span, id: &str) -> Option<Mark<'_>> {
        let place = Place::new(span, id.into());
        let places = self.state.places(None);
        let at = places.partition_point(|other| *other < place);
        places.get(at.checked_sub(1)?).map(|place| self.mark(place))
    }

    fn touching(&self, span: Span) -> Vec<Mark<'_>> {
        self.state
            .places_in(span)
            .into_iter()
            .map(|place| self.mark(place))
            .collect()
    }

    fn touches(&self, span: Span) -> bool {
        !self.state.places_in(span).is_empty()
    }
}
