//! The active thing in words: for the status line and for screen readers.

use super::command::Unit;
use super::cursor::{Active, Cursor, Mark, Marks, Stretch, Surroundings};
use crate::text::Span;
use crate::text::segment::words;

/// Words are counted to here, in code points, so that describing a megabyte costs no more than
/// describing a page.
const COUNTED: u32 = 50_000;

/// What is active, how long it is, and which labels lie there: “Quote, 6 words, inside a claim”.
pub fn describe(around: &Surroundings<'_>, cursor: &Cursor) -> String {
    let Some(span) = cursor.span(around) else {
        return describe_caret(around, cursor.active_end(around));
    };
    let (what, own_id) = match cursor.active() {
        Active::Annotation { id, .. } => (
            capitalised(&label_of(around.marks, id, span, "annotation")),
            id.as_str(),
        ),
        Active::Suggestion { id, .. } => {
            let label = label_of(around.ghosts, id, span, "annotation");
            (format!("Suggestion: {label}"), "")
        }
        Active::Piece { .. } | Active::Caret(_) => (kind(around, cursor, span), ""),
    };
    let mut parts = vec![what];
    if !matches!(parts.first().map(String::as_str), Some("Word")) {
        parts.push(length(around, span));
    }
    parts.extend(labels_there(around, span, own_id));
    parts.join(", ")
}

fn describe_caret(around: &Surroundings<'_>, caret: u32) -> String {
    let mut parts = vec!["Caret".to_owned()];
    if let Some(behind) = Span::new(caret, caret.saturating_add(1)) {
        let marks = around.marks.touching(behind);
        let around_it = marks.iter().filter(|mark| mark.span.start() < caret);
        parts.extend(listed("inside", &Counted::of(around_it)));
    }
    parts.join(", ")
}

/// What a piece is: of equal extents, the unit that the last movement went by, else the largest.
fn kind(around: &Surroundings<'_>, cursor: &Cursor, span: Span) -> String {
    let moved_by = match cursor.last_movement(around).unit {
        Unit::Word => Some(Stretch::Word),
        Unit::Sentence => Some(Stretch::Sentence),
        Unit::Speech => Some(Stretch::Speech),
        _ => None,
    };
    let by_size = [
        Stretch::Block,
        Stretch::Speech,
        Stretch::Sentence,
        Stretch::Word,
    ];
    let stretch = moved_by
        .into_iter()
        .chain(by_size)
        .find(|stretch| around.is_whole(*stretch, span));
    let blocks = around.blocks().len();
    let first = around.blocks_starting_until(span.start());
    match stretch {
        Some(Stretch::Block) => format!("Block {first} of {blocks}"),
        Some(Stretch::Speech) => "Quote".to_owned(),
        Some(Stretch::Sentence) => "Sentence".to_owned(),
        Some(Stretch::Word) => "Word".to_owned(),
        None => match around.blocks_touching(span).len() {
            touched @ 2.. => format!("Piece of blocks {first} to {}", first + touched - 1),
            _ => quoted_piece(around, span).to_owned(),
        },
    }
}

fn quoted_piece(around: &Surroundings<'_>, span: Span) -> &'static str {
    let quotations = around.quotations;
    let from = quotations.partition_point(|quotation| quotation.span.end() <= span.start());
    let mut near = quotations
        .iter()
        .skip(from)
        .take_while(|quotation| quotation.span.start() <= span.start());
    match near.find(|quotation| quotation.span == span || quotation.inner == span) {
        Some(quotation) if quotation.span == span => "Quote within a quote",
        Some(_) => "Inside of a quote",
        None => "Piece",
    }
}

fn length(around: &Surroundings<'_>, span: Span) -> String {
    let end = span.end().min(span.start().saturating_add(COUNTED));
    let counted = Span::new(span.start(), end).map_or(0, |part| words(around.text(), part).len());
    if end < span.end() {
        format!("more than {} words", counted / 100 * 100)
    } else {
        numbered(counted, "word")
    }
}

fn labels_there(around: &Surroundings<'_>, span: Span, own_id: &str) -> Vec<String> {
    let marks = around.marks.touching(span);
    let others = || marks.iter().filter(|mark| mark.id != own_id);
    let same = Counted::of(others().filter(|mark| mark.span == span));
    let outer = Counted::of(others().filter(|mark| mark.span != span && mark.span.covers(span)));
    let inner = Counted::of(others().filter(|mark| mark.span != span && span.covers(mark.span)));
    let crossing =
        Counted::of(others().filter(|mark| !mark.span.covers(span) && !span.covers(mark.span)));
    let same_word = if own_id.is_empty() {
        "tagged as"
    } else {
        "also"
    };
    [
        listed(same_word, &same),
        listed("inside", &outer),
        listed("with", &inner),
        listed("crossing", &crossing),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many marks each label has, in the order in which labels first come.
struct Counted(Vec<(String, usize)>);

impl Counted {
    fn of<'a>(marks: impl Iterator<Item = &'a Mark<'a>>) -> Counted {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for mark in marks {
            let label = within_sentence(mark.label);
            match counts.iter_mut().find(|(name, _)| *name == label) {
                Some((_, count)) => *count += 1,
                None => counts.push((label, 1)),
            }
        }
        Counted(counts)
    }
}

fn listed(relation: &str, labels: &Counted) -> Option<String> {
    let names: Vec<String> = labels
        .0
        .iter()
        .map(|(name, count)| some(*count, name))
        .collect();
    let (last, before) = names.split_last()?;
    Some(match before {
        [] => format!("{relation} {last}"),
        before => format!("{relation} {} and {last}", before.join(", ")),
    })
}

fn some(count: usize, noun: &str) -> String {
    match count {
        1 if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) => {
            format!("an {noun}")
        }
        1 => format!("a {noun}"),
        _ => numbered(count, noun),
    }
}

fn numbered(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ if noun.ends_with('s') => format!("{count} {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn label_of(marks: &dyn Marks, id: &str, span: Span, otherwise: &str) -> String {
    let there = marks.touching(span);
    let mark = there.iter().find(|mark| mark.id == id);
    mark.map_or_else(|| otherwise.to_owned(), |mark| within_sentence(mark.label))
}

/// “Claim” as it stands within a sentence; names in capitals stay.
fn within_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) if !chars.as_str().contains(char::is_uppercase) => [first.to_ascii_lowercase()]
            .into_iter()
            .chain(chars)
            .collect(),
        _ => name.to_owned(),
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cursor::tests::Desk;
    use super::*;

    const TEXT: &str = "\
One.
He said: “Two three ‘four’ five,” and so on. Then he left.
“Six.”
Seven.";

    fn check(rows: &[(&str, &str)]) {
        for (keys, expected) in rows {
            let mut desk = Desk::new(TEXT);
            desk.press(keys);
            let described = desk.act(|cursor, around| describe(around, cursor));
            assert_eq!(described, *expected, "{keys}");
        }
    }

    #[test]
    fn a_piece_is_called_by_its_unit_and_length() {
        check(&[
            ("", "Block 1 of 4, 1 word"),
            ("J", "Block 2 of 4, 12 words"),
            ("↓", "Sentence, 9 words"),
            ("↓ ↓", "Sentence, 3 words"),
            ("S", "Quote, 4 words"),
            ("S →", "Word"),
            ("S Shift+W", "Inside of a quote, 4 words"),
            ("S → → → W", "Quote within a quote, 1 word"),
            ("→ Shift+↓ Shift+↓", "Piece of blocks 1 to 2, 10 words"),
            ("→ Esc", "Caret"),
            ("End .", "Block 4 of 4, 1 word"),
        ]);
    }

    #[test]
    fn of_equal_extents_the_last_movement_names_one() {
        check(&[
            ("J J", "Block 3 of 4, 1 word"),
            ("J ↓ ↓ ↓", "Sentence, 1 word"),
            ("S S", "Quote, 1 word"),
        ]);
    }

    #[test]
    fn the_labels_there_follow() {
        check(&[
            ("C", "Block 1 of 4, 1 word, tagged as a claim"),
            ("C Q", "Block 1 of 4, 1 word, tagged as a claim and a quote"),
            ("↓ C S", "Quote, 4 words, inside a claim"),
            (
                "S Q Q ↑ ↓ C",
                "Sentence, 9 words, tagged as a claim, with 2 quotes",
            ),
            (
                "↓ Shift+↓ C ↓ ↓ Shift+J",
                "Piece of blocks 2 to 3, 4 words, crossing a claim",
            ),
            ("↓ C → Esc", "Caret, inside a claim"),
            ("↓ C M", "Claim, 9 words"),
            ("↓ C B M", "Claim, 9 words, also a boilerplate"),
            ("↓ C S Q M M", "Quote, 4 words, inside a claim"),
        ]);
    }

    #[test]
    fn a_suggestion_says_that_it_is_one() {
        let mut desk = Desk::new(TEXT);
        let seven = desk.span_of("Seven.");
        desk.ghosts.add(seven, "caption");
        desk.press("G");
        let described = desk.act(|cursor, around| describe(around, cursor));
        assert_eq!(described, "Suggestion: caption, 1 word");
    }

    #[test]
    fn a_long_piece_is_counted_in_part() {
        let desk = &mut Desk::new(&"word ".repeat(20_000));
        desk.press("Home");
        let described = desk.act(|cursor, around| describe(around, cursor));
        assert_eq!(described, "Block 1 of 1, more than 10000 words");
    }

    #[test]
    fn names_keep_their_capitals_and_get_the_right_article() {
        for (count, name, expected) in [
            (1, "Event", "an event"),
            (2, "NGO", "2 NGOs"),
            (3, "Ethics", "3 ethics"),
            (1, "Ruling", "a ruling"),
        ] {
            assert_eq!(some(count, &within_sentence(name)), expected);
        }
    }
}
