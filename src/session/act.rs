//! From what a person means to what is to happen.

use super::{
    Action, Active, Command, Escaped, Moment, Moved, Platform, Refusal, Session, Snap, Update,
};
use crate::annotation::Id;
use crate::edit::{DocumentState, Subject, Value, Write};
use crate::text::Span;

/// What surrounds an action.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time, and a source of randomness.
    pub moment: Moment,
    /// The code points that are on screen, if that is known.
    pub visible: Option<Span>,
    /// What the browser has selected in the text, in code points: it becomes the active piece.
    pub selected: Option<(u32, u32)>,
    /// Whose keys are shown.
    pub platform: Platform,
}

/// What an action comes to. The caller carries it out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Nothing here: the key is somebody else's.
    Pass,
    /// Say this; what is active may have changed a little.
    Say(String),
    /// Something else is active: show it and, if there is something to say besides, say it.
    Moved(Option<&'static str>),
    /// Something was pointed at: show it, and the card of this annotation, or none.
    Pointed {
        /// Whose card.
        card: Option<Id>,
        /// Whether it may be off the screen.
        into_view: bool,
    },
    /// Change this, say that, and then set the cursor.
    Change {
        /// The writes.
        writes: Vec<Write>,
        /// What to say once it is done.
        says: String,
        /// What is active then.
        then: Then,
    },
    /// Undo the latest edit.
    Undo,
    /// Do the latest undone edit again.
    Redo,
    /// Open this annotation's card, at its note if so asked.
    Card {
        /// Whose.
        id: Id,
        /// Whether to write a note.
        note: bool,
    },
    /// Offer the labels.
    Labels,
    /// Show all keys.
    Help,
    /// Show the text at this offset in code points.
    Show(u32),
    /// Go to the next or the previous document, if there are several.
    Document {
        /// Which of the two.
        forward: bool,
    },
}

/// What is active after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// The annotation that was made or changed last; what a removed one covered.
    Follow,
    /// The same, and then the last movement again.
    GoOn(Option<Span>),
    /// What was active before.
    Stay,
}

/// What waits for another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// A label, for the active annotation.
    Relabel,
    /// A label or the same key again, for all these spans.
    All(Vec<Span>),
}

impl Session {
    /// What `action` comes to.
    pub fn act(&mut self, action: Action, context: &Context) -> Effect {
        if let Some((start, end)) = context.selected {
            self.step(|cursor, around| cursor.select(around, start, end, Snap::Words));
        }
        let outcome = match action {
            Action::Command(command) => self.command(command, context),
            Action::Tag(index) => self.command(Command::Label(index), context),
            Action::Pen(pen) => Ok(self.take_pen(pen)),
            Action::Point(pointed) => self.point(pointed, context),
            Action::Activate(id) => self.activate(&id),
            Action::Relabel(id, index) => self.relabel(&id, index),
            Action::Note(id, note) => self.note(&id, note),
            Action::Attribute(id, attribute, value) => self.set_attribute(&id, attribute, value),
            Action::Remove(id) => self.remove(&id),
            Action::Attach(id) => self.attach(&id),
            Action::GoTo(offset) => Ok(Effect::Show(offset)),
        };
        outcome.unwrap_or_else(|refusal| Effect::Say(refusal.to_string()))
    }

    fn command(&mut self, command: Command, context: &Context) -> Result<Effect, Refusal> {
        let pending = self.pending.take();
        let visible = context.visible;
        Ok(match command {
            Command::Label(index) => match pending {
                Some(Pending::Relabel) => return self.relabel_active(index),
                Some(Pending::All(spans)) => return self.tag(&spans, index, Then::Stay, context),
                None => return self.label_key(index, false, context),
            },
            Command::TagAndGoOn(index) => return self.label_key(index, true, context),
            Command::Relabel => match self.active_annotation() {
                Some(_) => {
                    self.pending = Some(Pending::Relabel);
                    Effect::Say("Press the key of the new label, or Esc.".into())
                }
                None => no_annotation("relabel"),
            },
            Command::Move(movement) => {
                moved(self.step(|cursor, around| cursor.step(around, movement, visible)))
            }
            Command::Extend(movement) => {
                moved(self.step(|cursor, around| cursor.extend(around, movement)))
            }
            Command::Widen => moved(self.step(|cursor, around| cursor.widen(around))),
            Command::Narrow => moved(self.step(|cursor, around| cursor.narrow(around))),
            Command::OtherEnd => match self.step(|cursor, around| cursor.other_end(around)) {
                true => Effect::Moved(None),
                false => nothing_selected(),
            },
            Command::EditEnds => match self.step(|cursor, around| cursor.edit_ends(around)) {
                true => Effect::Say("Arrows move the ends; O takes the other end. Enter keeps them, Esc puts them back.".into()),
                false => no_annotation("change the ends of"),
            },
            Command::Escape => return Ok(self.escape(pending.is_some())),
            Command::Enter => return self.enter(),
            Command::Delete => match self.active_annotation() {
                Some(id) => return self.remove(&id),
                None => no_annotation("delete"),
            },
            Command::Note => match self.active_annotation() {
                Some(id) => Effect::Card { id, note: true },
                None => no_annotation("note something on"),
            },
            Command::Inspect => Effect::Say(self.inspect()),
            Command::AllOccurrences => return self.all_occurrences(pending, context),
            Command::Undo => Effect::Undo,
            Command::Redo => Effect::Redo,
            Command::Hide | Command::AcceptAll => Effect::Say("There are no suggestions.".into()),
            Command::Done => self.mark(DocumentState::Done),
            Command::Skip => self.mark(DocumentState::Skipped("".into())),
            Command::NextDocument => Effect::Document { forward: true },
            Command::PreviousDocument => Effect::Document { forward: false },
            Command::Help => Effect::Help,
        })
    }

    pub(super) fn label_key(
        &mut self,
        index: usize,
        go_on: bool,
        context: &Context,
    ) -> Result<Effect, Refusal> {
        let spans = self.around(|cursor, around| cursor.spans_to_tag(around));
        let then = match go_on {
            true => Then::GoOn(context.visible),
            false => Then::Follow,
        };
        self.tag(&spans, index, then, context)
    }

    /// Tags `spans` with the label at `index`. Spans that carry it already are left alone.
    pub(super) fn tag(
        &mut self,
        spans: &[Span],
        index: usize,
        then: Then,
        context: &Context,
    ) -> Result<Effect, Refusal> {
        if self.read_only() {
            return Err(Refusal::ReadOnly);
        }
        let Some(label) = self.labels().as_slice().get(index).cloned() else {
            return Ok(Effect::Pass);
        };
        if spans.is_empty() {
            return Ok(nothing_selected());
        }
        let mut writes = Vec::new();
        let mut tagged = 0;
        let mut refused = None;
        for span in spans {
            match self.draft_annotation(*span, &label.id, None, &context.moment) {
                Ok((_, drafted)) => {
                    tagged += 1;
                    writes.extend(drafted);
                }
                Err(refusal) => refused = Some((*span, refusal)),
            }
        }
        match (refused, tagged) {
            (Some((span, refusal)), 0) => {
                if let Refusal::Already { id, .. } = &refusal {
                    let id = id.to_string();
                    self.cursor.activate(Active::Annotation { id, span });
                }
                if let Then::GoOn(visible) = then {
                    self.step(|cursor, around| cursor.go_on(around, visible));
                }
                Err(refusal)
            }
            (_, 1) => Ok(Effect::Change {
                says: format!("{}: {}", label.name, self.excerpt(spans[0])),
                writes,
                then,
            }),
            _ => Ok(Effect::Change {
                says: format!("{tagged} × {}.", label.name.to_ascii_lowercase()),
                writes,
                then,
            }),
        }
    }

    fn relabel_active(&mut self, index: usize) -> Result<Effect, Refusal> {
        match self.active_annotation() {
            Some(id) => self.relabel(&id, index),
            None => Ok(no_annotation("relabel")),
        }
    }

    fn relabel(&mut self, id: &Id, index: usize) -> Result<Effect, Refusal> {
        let former = self.existing(id.as_str())?;
        let Some(label) = self.labels().as_slice().get(index) else {
            return Ok(Effect::Pass);
        };
        if *former.label == *label.id {
            return Err(Refusal::Already {
                label: label.name.clone(),
                id: id.clone(),
            });
        }
        let says = format!(
            "{} is now {}.",
            self.labels().name_of(&former.label),
            label.name.to_ascii_lowercase()
        );
        let update = Update {
            label: Some(label.id.clone()),
            ..Update::default()
        };
        self.update(id, &update, says)
    }

    fn note(&mut self, id: &Id, note: String) -> Result<Effect, Refusal> {
        let says = if note.trim().is_empty() {
            "Note removed."
        } else {
            "Note kept."
        };
        let update = Update {
            note: Some(note),
            ..Update::default()
        };
        self.update(id, &update, says.into())
    }

    pub(super) fn update(
        &mut self,
        id: &Id,
        update: &Update,
        says: String,
    ) -> Result<Effect, Refusal> {
        let writes = self.draft_update(id.as_str(), update)?;
        Ok(match writes.is_empty() {
            true => Effect::Moved(None),
            false => Effect::Change {
                writes,
                says,
                then: Then::Follow,
            },
        })
    }

    fn remove(&mut self, id: &Id) -> Result<Effect, Refusal> {
        let Ok(annotation) = self.existing(id.as_str()) else {
            return self.remove_orphan(id);
        };
        Ok(Effect::Change {
            says: format!("Deleted: {}.", self.named(&annotation)),
            writes: self.draft_removal([id.clone()]),
            then: Then::Follow,
        })
    }

    fn escape(&mut self, was_pending: bool) -> Effect {
        if was_pending {
            return Effect::Say("Nothing is changed.".into());
        }
        if self.pen.is_some() {
            return self.take_pen(None);
        }
        match self.step(|cursor, around| cursor.escape(around)) {
            Escaped::EndsPutBack => Effect::Say("The ends are as they were.".into()),
            Escaped::Narrowed => Effect::Moved(None),
            Escaped::Nothing => Effect::Pass,
        }
    }

    fn enter(&mut self) -> Result<Effect, Refusal> {
        if let Some((id, span)) = self.cursor.keep_ends() {
            let update = Update {
                span: Some(span),
                ..Update::default()
            };
            let says = format!("New ends: {}", self.excerpt(span));
            return self.update(&Id::from(id.as_str()), &update, says);
        }
        Ok(match (self.active_annotation(), self.active_span()) {
            (Some(id), _) => Effect::Card { id, note: false },
            (None, Some(_)) => Effect::Labels,
            (None, None) => nothing_selected(),
        })
    }

    fn mark(&self, state: DocumentState) -> Effect {
        let former = self.state.document_state();
        let (state, says) = match (&state, former == state) {
            (_, true) => (DocumentState::Open, "Open again."),
            (DocumentState::Done, _) => (state, "Done."),
            _ => (state, "Skipped."),
        };
        Effect::Change {
            writes: vec![Write {
                subject: Subject::Document,
                value: Value::State(state),
                restores: None,
            }],
            says: says.into(),
            then: Then::Stay,
        }
    }
}

fn moved(moved: Moved) -> Effect {
    Effect::Moved(moved.sentence())
}

pub(super) fn nothing_selected() -> Effect {
    Effect::Say("Nothing is selected. Arrows choose a piece of text, a letter names it.".into())
}

fn no_annotation(what: &str) -> Effect {
    Effect::Say(format!(
        "No annotation is active to {what}. M goes to the next one."
    ))
}
