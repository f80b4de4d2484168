//! Widening and narrowing by meaning: word, inside of the quotation, quotation, sentence, block,
//! running quotation.

use super::step::Moved;
use super::surroundings::{Stretch, Surroundings};
use super::{Cursor, End};
use crate::text::segment::{next_grapheme, previous_grapheme, trim};
use crate::text::{Quotation, Span};

const NOTHING_WIDER: Moved = Moved::AtEnd("There is nothing wider here.");
const NOTHING_NARROWER: Moved = Moved::AtEnd("There is nothing narrower here.");

impl Cursor {
    /// Goes to the next larger unit around the active thing; from a caret, to the word there.
    pub fn widen(&mut self, around: &Surroundings<'_>) -> Moved {
        let Some(active) = self.span(around) else {
            return match thing_at(around, self.active_end(around)) {
                Some(span) => self.climb_to(around, span, span),
                None => NOTHING_WIDER,
            };
        };
        let (base, rungs) = self
            .climbed(around, active)
            .unwrap_or_else(|| (active, ladder(around, active)));
        let behind = rungs.iter().skip_while(|rung| **rung != active).nth(1);
        match behind {
            Some(rung) => self.climb_to(around, *rung, base),
            None => NOTHING_WIDER,
        }
    }

    /// Goes back to the next smaller unit: the way that `widen` came, or else to the first sentence,
    /// quotation or word within.
    pub fn narrow(&mut self, around: &Surroundings<'_>) -> Moved {
        let Some(active) = self.span(around) else {
            return NOTHING_NARROWER;
        };
        let way_back = self.climbed(around, active).and_then(|(base, rungs)| {
            let before = rungs.iter().take_while(|rung| **rung != active).last();
            before.map(|rung| (*rung, base))
        });
        let found = way_back.or_else(|| {
            let base = smallest_within(around, active)?;
            Some((largest_below(&ladder(around, base), active)?, base))
        });
        match found {
            Some((rung, base)) => self.climb_to(around, rung, base),
            None => NOTHING_NARROWER,
        }
    }

    fn climb_to(&mut self, around: &Surroundings<'_>, rung: Span, base: Span) -> Moved {
        let before = self.active.clone();
        if !self.set_piece(around, rung, End::End) {
            self.active = before;
            return NOTHING_WIDER;
        }
        self.base = Some(base);
        Moved::Reached
    }

    /// The ladder that the active thing is a rung of.
    fn climbed(&self, around: &Surroundings<'_>, active: Span) -> Option<(Span, Vec<Span>)> {
        let base = self.base?;
        let rungs = ladder(around, base);
        rungs.contains(&active).then_some((base, rungs))
    }

    /// Goes to the sentence at a place; if that is active already, to what is smaller there, and
    /// from the smallest back to the sentence.
    pub(super) fn narrow_towards(&mut self, around: &Surroundings<'_>, offset: u32) -> Moved {
        let Some(base) = thing_at(around, offset) else {
            return NOTHING_NARROWER;
        };
        let sentence = around
            .at(Stretch::Sentence, base.start())
            .map_or(base, |sentence| sentence.hull(base));
        let rungs = [base].into_iter().chain(
            quotations_around(around, base)
                .map(|quotation| quotation.span)
                .chain([sentence]),
        );
        let rungs: Vec<Span> = rungs.filter(|rung| sentence.covers(*rung)).collect();
        let active = self.span(around).filter(|span| rungs.contains(span));
        let narrower = active.and_then(|active| largest_below(&rungs, active));
        self.climb_to(around, narrower.unwrap_or(sentence), base)
    }
}

/// The units around `base`, from itself upwards, each covering the one before; only a running
/// quotation may leave out what its first block says before it.
fn ladder(around: &Surroundings<'_>, base: Span) -> Vec<Span> {
    let mut rungs = vec![base];
    let mut top = base;
    let mut add = |span| {
        let rung = trim(around.text(), span).filter(|rung| rung.covers(top) && *rung != top);
        rungs.extend(rung);
        top = rung.unwrap_or(top);
        top
    };
    add(around.hull(Stretch::Word, base));
    for quotation in quotations_around(around, base) {
        add(quotation.inner);
        add(quotation.span);
    }
    let quoted = add(base);
    add(around.hull(Stretch::Sentence, quoted));
    let blocks = add(around.hull(Stretch::Block, quoted));
    let running = running_quotation(around, base).and_then(|span| trim(around.text(), span));
    rungs.extend(running.filter(|running| !blocks.covers(*running)));
    rungs
}

/// The quotations that cover `base`, the innermost first.
fn quotations_around<'a>(
    around: &Surroundings<'a>,
    base: Span,
) -> impl Iterator<Item = &'a Quotation> {
    let quotations = around.quotations;
    let to = quotations.partition_point(|quotation| quotation.span.start() <= base.start());
    let until = quotations.get(..to).unwrap_or_default();
    let outermost = until.iter().rposition(|quotation| quotation.depth == 0);
    let nested = until.get(outermost.unwrap_or(0)..).unwrap_or_default();
    let nested = nested.iter().rev();
    nested.filter(move |quotation| quotation.span.covers(base))
}

/// The whole of a quotation over several blocks of which a part touches `base`.
///
/// A run that reaches beyond `base` holds the first or the last quotation there.
fn running_quotation(around: &Surroundings<'_>, base: Span) -> Option<Span> {
    let touches = |index: &usize| {
        let quotation = around.quotations.get(*index);
        quotation.is_some_and(|quotation| quotation.span.intersects(base))
    };
    let at_start = around.last_outermost_quotation(base.start());
    let first = at_start
        .filter(touches)
        .or_else(|| around.first_outermost_quotation(base.start()))
        .filter(touches);
    let last = around
        .last_outermost_quotation(base.end() - 1)
        .filter(touches);
    [last, first].into_iter().flatten().find_map(|index| {
        let whole = whole_run(around.quotations, index)?;
        let part = around.quotations.get(index)?;
        (whole != part.span).then_some(whole)
    })
}

/// From the part that opens the quotation of which `quotations[index]` is a part to its last one.
fn whole_run(quotations: &[Quotation], index: usize) -> Option<Span> {
    let (until, behind) = quotations.split_at_checked(index + 1)?;
    let is_outermost = |quotation: &&Quotation| quotation.depth == 0;
    let mut earlier = until.iter().rev().filter(is_outermost);
    let first = earlier.find(|quotation| !quotation.continues)?;
    let later = behind.iter().filter(is_outermost);
    let last = later.take_while(|quotation| quotation.continues).last();
    let last = last.or_else(|| until.last())?;
    Some(first.span.hull(last.span))
}

/// What narrowing aims at without a way back: the first word of the first quotation in a sentence,
/// or else the first word.
fn smallest_within(around: &Surroundings<'_>, active: Span) -> Option<Span> {
    let in_one_sentence = around
        .at(Stretch::Sentence, active.start())
        .is_some_and(|sentence| sentence.covers(active));
    let quotation = around
        .following(Stretch::Speech, active.start())
        .filter(|quotation| in_one_sentence && active.covers(*quotation) && active != *quotation);
    let within = quotation.unwrap_or(active);
    around
        .following(Stretch::Word, within.start())
        .filter(|word| within.covers(*word))
        .or_else(|| thing_at(around, within.start()))
}

fn largest_below(rungs: &[Span], active: Span) -> Option<Span> {
    let mut below = rungs.iter().rev().copied();
    below.find(|rung| active.covers(*rung) && active != *rung)
}

/// The word at a place or ending there, or else the grapheme that starts or ends there.
pub(super) fn thing_at(around: &Surroundings<'_>, offset: u32) -> Option<Span> {
    let text = around.text();
    let before = offset.checked_sub(1);
    let grapheme = |start| Span::new(start, next_grapheme(text, start));
    around
        .at(Stretch::Word, offset)
        .or_else(|| around.at(Stretch::Word, before?))
        .or_else(|| trim(text, grapheme(offset)?))
        .or_else(|| {
            let before = grapheme(previous_grapheme(text, offset))?;
            trim(text, before)
        })
}
