//! What a pointer means: pressing, dragging and tapping, and the pen that tags each selection.

use super::{Active, Context, Effect, Pointed, Refusal, Session, Snap};
use crate::annotation::Id;
use crate::text::Span;

impl Session {
    pub(super) fn take_pen(&mut self, pen: Option<usize>) -> Effect {
        self.pen = pen.filter(|&index| index < self.labels.as_slice().len());
        Effect::Say(
            match self.pen.and_then(|index| self.labels.as_slice().get(index)) {
                Some(label) => format!(
                    "{} pen: each selection is tagged at once. Esc puts it away.",
                    label.name
                ),
                None => "Pen put away.".into(),
            },
        )
    }

    pub(super) fn activate(&mut self, id: &Id) -> Result<Effect, Refusal> {
        let annotation = self.existing(id.as_str())?;
        self.cursor.activate(Active::Annotation {
            id: id.to_string(),
            span: annotation.span,
        });
        Ok(Effect::Pointed {
            card: Some(id.clone()),
            into_view: true,
        })
    }

    pub(super) fn point(&mut self, pointed: Pointed, context: &Context) -> Result<Effect, Refusal> {
        self.pending = None;
        match pointed {
            Pointed::Caret(offset) => {
                return Ok(self.point_between(offset));
            }
            Pointed::Range { start, end, exact } => {
                let snap = if exact { Snap::Exact } else { Snap::Words };
                self.step(|cursor, around| cursor.select(around, start, end, snap));
            }
            Pointed::Word(offset) => {
                self.step(|cursor, around| cursor.select_word_at(around, offset))
            }
            Pointed::Block(offset) => {
                self.step(|cursor, around| cursor.select_block_at(around, offset))
            }
            Pointed::Tap(offset) => {
                // The first tap on an annotation is about it; further ones choose text in it.
                let is_active = self.active_annotation().is_some()
                    && self.active_span().is_some_and(|span| span.contains(offset));
                if self.pen.is_none()
                    && !is_active
                    && let annotation @ Effect::Pointed { card: Some(_), .. } =
                        self.point_between(offset)
                {
                    return Ok(annotation);
                }
                self.step(|cursor, around| cursor.tap_at(around, offset));
            }
        }
        match self.pen {
            Some(index) => self.label_key(index, false, context),
            None => Ok(Effect::Pointed {
                card: None,
                into_view: false,
            }),
        }
    }

    /// A press without a drag: the annotations there in turn, the innermost first, else a caret.
    pub(super) fn point_between(&mut self, offset: u32) -> Effect {
        let here = Span::new(offset, offset.saturating_add(1))
            .map(|here| self.state.intersecting(here))
            .unwrap_or_default();
        let active = self.active_annotation();
        let next = match here.iter().position(|a| Some(&a.id) == active.as_ref()) {
            Some(0) | None => here.last(),
            Some(at) => here.get(at - 1),
        };
        self.cursor.activate(match next {
            Some(annotation) => Active::Annotation {
                id: annotation.id.to_string(),
                span: annotation.span,
            },
            None => Active::Caret(offset),
        });
        Effect::Pointed {
            card: next.map(|annotation| annotation.id.clone()),
            into_view: false,
        }
    }
}
