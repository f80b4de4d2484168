//! Where the cursor goes after a change, and what is said of it.

use super::{Active, Session, Then, piece};
use crate::annotation::Annotation;
use crate::edit::{Change, Changed};
use crate::paint::excerpt;
use crate::text::Span;

impl Session {
    /// Sets the cursor after a change was made.
    pub fn settle(&mut self, change: &Change, then: &Then) -> Option<&'static str> {
        if *then == Then::Stay {
            return None;
        }
        self.follow(change);
        let Then::GoOn(visible) = then else {
            return None;
        };
        let moved = self.step(|cursor, around| cursor.go_on(around, *visible));
        moved.sentence()
    }

    fn follow(&mut self, change: &Change) {
        if let Some(last) = change.annotations.last() {
            match (&last.after, &last.before) {
                (Some(after), _) => self.cursor.activate(Active::Annotation {
                    id: after.id.to_string(),
                    span: after.span,
                }),
                (None, Some(before)) => self.cursor.activate(piece(before.span)),
                (None, None) => {}
            }
        }
    }

    /// Sets the cursor on what an undo or redo brought back or took away, and says what it was.
    pub fn came_back(&mut self, change: &Change, redo: bool) -> String {
        let done = if redo { "Redone" } else { "Undone" };
        self.follow(change);
        match change.annotations.as_slice() {
            [] if change.orphans => {
                format!("{done}, for an annotation that is not found in this text.")
            }
            [] if change.document => format!("{done}: the document’s state."),
            [] => format!("{done}, but another tab has changed all of it since."),
            [only] => match only.after.as_ref().or(only.before.as_ref()) {
                Some(annotation) => format!("{done}: {}{}.", what(only), self.named(annotation)),
                None => format!("{done}."),
            },
            several => format!("{done}: {} annotations.", several.len()),
        }
    }

    /// An annotation in words: `quote “…”, block 14`.
    pub(super) fn named(&self, annotation: &Annotation) -> String {
        let block = self.document.blocks_in(annotation.span).start + 1;
        format!(
            "{} {}, block {block}",
            self.labels.name_of(&annotation.label).to_ascii_lowercase(),
            self.excerpt(annotation.span)
        )
    }

    /// The beginning of the text of `span` in quotation marks. Its own marks are left out, since
    /// marks around marks would be hard to read.
    pub(super) fn excerpt(&self, span: Span) -> String {
        let text = self.document.text.slice(span).unwrap_or_default();
        let bare = text.trim_matches(['“', '”', '"', '‘', '’', '«', '»']);
        format!("“{}”", excerpt(bare, 40))
    }

    /// All that is known of what lies here: of the active annotation, or of those at the active end.
    pub(super) fn inspect(&self) -> String {
        let Some(id) = self.active_annotation() else {
            return format!("{}.", self.describe());
        };
        let Some(annotation) = self.state.annotation(id.as_str()) else {
            return self.describe();
        };
        let mut parts = vec![self.describe()];
        if let Some(creator) = &annotation.origin.creator {
            parts.push(format!("by {creator}"));
        }
        if let Some(created) = &annotation.origin.created {
            parts.push(format!(
                "made {}",
                created.replace('T', " ").replace('Z', " UTC")
            ));
        }
        if let Some(note) = &annotation.note {
            parts.push(format!("note: {note}"));
        }
        format!("{}.", parts.join(", "))
    }
}

/// What it was about an annotation that changed; nothing if all of it came or went.
fn what(changed: &Changed) -> &'static str {
    match (&changed.before, &changed.after) {
        (Some(before), Some(after)) if before.label != after.label => "label of ",
        (Some(before), Some(after)) if before.span != after.span => "ends of ",
        (Some(before), Some(after)) if before.note != after.note => "note of ",
        (Some(before), Some(after)) if before.later != after.later => "attributes of ",
        _ => "",
    }
}
