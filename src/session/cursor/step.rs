//! Movement: each step selects the unit that it reaches.

use super::super::command::{Movement, Unit};
use super::direction::block_is_rtl;
use super::sentences::{
    BLOCK_SENTENCES, GHOST_SENTENCES, MARK_SENTENCES, Sentences, sentences_for,
};
use super::surroundings::{Mark, Marks, Stretch, Surroundings};
use super::{Active, Cursor};
use crate::text::Span;
use crate::text::segment::{next_grapheme, previous_grapheme};

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Something else is active now.
    Reached,
    /// The same, after going round; the sentence says so.
    Wrapped(&'static str),
    /// Nothing changed: there is nothing further; the sentence says so.
    AtEnd(&'static str),
    /// Nothing changed: the document has nothing of the kind; the sentence says so.
    Nothing(&'static str),
}

impl Moved {
    /// What to announce besides the active thing.
    pub fn sentence(self) -> Option<&'static str> {
        match self {
            Moved::Reached => None,
            Moved::Wrapped(sentence) | Moved::AtEnd(sentence) | Moved::Nothing(sentence) => {
                Some(sentence)
            }
        }
    }
}

/// From where a step looks for the next unit.
#[derive(Clone, Copy)]
enum Origin {
    Thing(Span),
    Place(u32),
}

impl Origin {
    fn start(self) -> u32 {
        match self {
            Origin::Thing(span) => span.start(),
            Origin::Place(offset) => offset,
        }
    }

    fn end(self) -> u32 {
        match self {
            Origin::Thing(span) => span.end(),
            Origin::Place(offset) => offset,
        }
    }

    /// Whether `unit` is the thing itself or what it lies in.
    fn lies_in(self, unit: Span) -> bool {
        matches!(self, Origin::Thing(thing) if unit.covers(thing))
    }
}

impl Cursor {
    /// Moves by one unit and selects what it reaches.
    ///
    /// `visible` is what is on screen, in code points: if the active thing lies outside, the step
    /// goes to the first whole unit on screen.
    pub fn step(
        &mut self,
        around: &Surroundings<'_>,
        movement: Movement,
        visible: Option<Span>,
    ) -> Moved {
        self.go(around, movement, visible, true)
    }

    /// Repeats the last movement: what follows tagging with a label key and Shift. Words and
    /// sentences inside of what was tagged are passed over.
    pub fn go_on(&mut self, around: &Surroundings<'_>, visible: Option<Span>) -> Moved {
        let movement = self.last_movement(around);
        self.go(around, movement, visible, false)
    }

    fn go(
        &mut self,
        around: &Surroundings<'_>,
        movement: Movement,
        visible: Option<Span>,
        steps_in: bool,
    ) -> Moved {
        let Movement { unit, forward } = movement;
        if self.edited.is_some() {
            return match unit {
                Unit::Character | Unit::Word | Unit::Sentence | Unit::Block => {
                    self.extend(around, movement)
                }
                _ => Moved::Nothing("Enter keeps the new ends, Esc puts them back."),
            };
        }
        if unit == Unit::Character && self.span(around).is_some() {
            return self.extend(around, movement);
        }
        if !matches!(unit, Unit::Character | Unit::Document) {
            self.last_movement = Some(movement);
        }
        let scrolled_to = visible.filter(|screen| !self.is_within(around, *screen));
        let origin = match (scrolled_to, self.span(around)) {
            (Some(screen), _) => Origin::Place(screen.start()),
            (None, Some(span)) => Origin::Thing(span),
            (None, None) => Origin::Place(self.active_end(around)),
        };
        match unit {
            Unit::Character => self.move_caret(around, origin, forward),
            Unit::Word => {
                let forward = forward != is_rtl_at(around, origin.start());
                self.go_to(
                    around,
                    Stretch::Word,
                    forward,
                    origin,
                    scrolled_to,
                    steps_in,
                )
            }
            Unit::Sentence => self.go_to(
                around,
                Stretch::Sentence,
                forward,
                origin,
                scrolled_to,
                steps_in,
            ),
            Unit::Speech => self.go_to(around, Stretch::Speech, forward, origin, scrolled_to, true),
            Unit::Block => self.go_to(around, Stretch::Block, forward, origin, scrolled_to, false),
            Unit::Document => self.go_to_border(around, forward),
            Unit::Untagged => self.go_to_untagged(around, forward, origin, scrolled_to.is_some()),
            Unit::Mark => {
                let id = match &self.active {
                    Active::Annotation { id, .. } if scrolled_to.is_none() => id.clone(),
                    _ => String::new(),
                };
                let found = find_mark(around.marks, forward, origin, &id, scrolled_to);
                self.go_to_mark(found, forward, &MARK_SENTENCES, around.marks, |id, span| {
                    Active::Annotation { id, span }
                })
            }
            Unit::Ghost => {
                let id = match &self.active {
                    Active::Suggestion { id, .. } if scrolled_to.is_none() => id.clone(),
                    _ => String::new(),
                };
                let found = find_mark(around.ghosts, forward, origin, &id, scrolled_to);
                self.go_to_mark(
                    found,
                    forward,
                    &GHOST_SENTENCES,
                    around.ghosts,
                    |id, span| Active::Suggestion { id, span },
                )
            }
        }
    }

    fn is_within(&self, around: &Surroundings<'_>, screen: Span) -> bool {
        match self.span(around) {
            Some(span) => screen.intersects(span),
            None => {
                let caret = self.active_end(around);
                screen.start() <= caret && caret <= screen.end()
            }
        }
    }

    fn move_caret(&mut self, around: &Surroundings<'_>, from: Origin, forward: bool) -> Moved {
        let text = around.text();
        let to = if forward {
            next_grapheme(text, from.end())
        } else {
            previous_grapheme(text, from.start())
        };
        if self.active == Active::Caret(to) {
            return Moved::AtEnd(if forward {
                "This is the end of the text."
            } else {
                "This is the start of the text."
            });
        }
        self.active = Active::Caret(to);
        Moved::Reached
    }

    fn go_to(
        &mut self,
        around: &Surroundings<'_>,
        stretch: Stretch,
        forward: bool,
        origin: Origin,
        scrolled_to: Option<Span>,
        steps_in: bool,
    ) -> Moved {
        let on_screen = scrolled_to.and_then(|screen| first_on_screen(around, stretch, screen));
        let found = on_screen.or_else(|| match (forward, steps_in) {
            (true, true) => following(around, stretch, origin),
            (true, false) => around.following(stretch, origin.end()),
            (false, true) => preceding(around, stretch, origin),
            (false, false) => around.preceding(stretch, origin.start()),
        });
        match found {
            Some(span) => {
                self.reach(around, span);
                Moved::Reached
            }
            None => sentences_for(stretch).none(forward, around.following(stretch, 0).is_some()),
        }
    }

    fn go_to_border(&mut self, around: &Surroundings<'_>, last: bool) -> Moved {
        let found = if last {
            around.preceding(Stretch::Block, around.text_end())
        } else {
            around.following(Stretch::Block, 0)
        };
        match found {
            Some(span) => {
                self.reach(around, span);
                Moved::Reached
            }
            None => BLOCK_SENTENCES.none(last, false),
        }
    }

    fn go_to_untagged(
        &mut self,
        around: &Surroundings<'_>,
        forward: bool,
        origin: Origin,
        scrolled: bool,
    ) -> Moved {
        let untagged = |span: &Span| !around.marks.touches(*span);
        let forward_from = |offset| {
            let next = |block: &Span| around.following(Stretch::Block, block.end());
            let blocks = std::iter::successors(around.following(Stretch::Block, offset), next);
            blocks.into_iter().find(untagged)
        };
        let back_from = |offset| {
            let next = |block: &Span| around.preceding(Stretch::Block, block.start());
            let blocks = std::iter::successors(around.preceding(Stretch::Block, offset), next);
            blocks.into_iter().find(untagged)
        };
        let found = if forward || scrolled {
            forward_from(origin.end())
        } else {
            back_from(origin.start())
        };
        if let Some(span) = found {
            self.reach(around, span);
            return Moved::Reached;
        }
        let (round, sentence) = if forward || scrolled {
            (forward_from(0), "From the first block again.")
        } else {
            (back_from(around.text_end()), "From the last block again.")
        };
        match round {
            Some(span) => {
                self.reach(around, span);
                Moved::Wrapped(sentence)
            }
            None => Moved::Nothing("All blocks have a tag."),
        }
    }

    fn go_to_mark(
        &mut self,
        found: Option<Mark<'_>>,
        forward: bool,
        sentences: &Sentences,
        marks: &dyn Marks,
        active: fn(String, Span) -> Active,
    ) -> Moved {
        match found {
            Some(mark) => {
                self.active = active(mark.id.to_owned(), mark.span);
                self.base = None;
                Moved::Reached
            }
            None => sentences.none(forward, first_mark(marks, 0).is_some()),
        }
    }
}

fn following(around: &Surroundings<'_>, stretch: Stretch, origin: Origin) -> Option<Span> {
    let found = around.following(stretch, origin.start())?;
    if origin.lies_in(found) {
        around.following(stretch, found.end())
    } else {
        Some(found)
    }
}

fn preceding(around: &Surroundings<'_>, stretch: Stretch, origin: Origin) -> Option<Span> {
    let found = around.preceding(stretch, origin.end())?;
    if origin.lies_in(found) {
        around.preceding(stretch, found.start())
    } else {
        Some(found)
    }
}

/// The first unit that starts on screen, or else the one that fills it.
fn first_on_screen(around: &Surroundings<'_>, stretch: Stretch, screen: Span) -> Option<Span> {
    around
        .following(stretch, screen.start())
        .filter(|unit| unit.start() < screen.end())
        .or_else(|| around.at(stretch, screen.start()))
}

fn find_mark<'a>(
    marks: &'a dyn Marks,
    forward: bool,
    origin: Origin,
    id: &str,
    scrolled_to: Option<Span>,
) -> Option<Mark<'a>> {
    let on_screen = scrolled_to.and_then(|screen| {
        first_mark(marks, screen.start()).filter(|mark| mark.span.start() < screen.end())
    });
    on_screen.or_else(|| match (origin, forward) {
        (Origin::Thing(span), true) => marks.after(span, id),
        (Origin::Thing(span), false) => marks.before(span, id),
        (Origin::Place(offset), true) => first_mark(marks, offset),
        (Origin::Place(offset), false) => marks.before(Span::new(offset, u32::MAX)?, ""),
    })
}

/// The first mark that starts at `offset` or behind.
fn first_mark(marks: &dyn Marks, offset: u32) -> Option<Mark<'_>> {
    marks.after(Span::new(offset, u32::MAX)?, "")
}

pub(super) fn is_rtl_at(around: &Surroundings<'_>, offset: u32) -> bool {
    if let Some(is_rtl) = around.is_rtl {
        return is_rtl;
    }
    let block = around.block_at(offset).or_else(|| {
        // An end of a piece lies behind the block's last character.
        around.block_at(offset.checked_sub(1)?)
    });
    block.is_some_and(|block| block_is_rtl(around.text(), block))
}
