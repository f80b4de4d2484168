//! A span in lines: what brat keeps of one that a line break parts.

use crate::text::{Span, Text};

/// Whether brat, which splits lines as Python's `str.splitlines` does, ends a line at `c`.
pub fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The parts of `span` that lie on one line each, in order; none if it covers line breaks alone, or
/// reaches beyond the text.
pub fn fragments(text: &Text, span: Span) -> Vec<Span> {
    let mut fragments = Vec::new();
    let mut start = span.start();
    let content = text.slice(span).unwrap_or_default();
    for line in content.split(is_break) {
        let end = start + line.chars().count() as u32;
        fragments.extend(Span::new(start, end));
        start = end + 1;
    }
    fragments
}

/// The spans that fragments stand for: those that line breaks alone part belong together.
pub fn joined(text: &Text, fragments: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for fragment in fragments {
        let gap = |last: &Span| match Span::new(last.end(), fragment.start()) {
            Some(gap) => text.slice(gap),
            None => (last.end() == fragment.start()).then_some(""),
        };
        match spans.last_mut() {
            Some(last) if gap(last).is_some_and(|gap| gap.chars().all(is_break)) => {
                *last = last.hull(*fragment);
            }
            _ => spans.push(*fragment),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::testing::span;
    use proptest::prelude::*;

    fn text(content: &str) -> Text {
        Text::new(content.to_owned()).unwrap()
    }

    #[test]
    fn a_line_break_parts_a_span() {
        let text = text("😀a\r\nb\u{2028}\u{85}\u{c}c  \n");
        let parts = |start, end| fragments(&text, span(start, end));
        assert_eq!(parts(0, 12), [span(0, 2), span(4, 5), span(8, 11)]);
        assert_eq!(parts(1, 2), [span(1, 2)]);
        assert_eq!(parts(2, 4), []);
        assert_eq!(parts(5, 99), []);
    }

    #[test]
    fn only_what_line_breaks_part_is_joined() {
        let text = text("a\r\nb c\n\nd");
        let parts = [span(0, 1), span(3, 4), span(5, 6), span(8, 9)];
        assert_eq!(joined(&text, &parts), [span(0, 4), span(5, 9)]);
        assert_eq!(joined(&text, &[span(0, 1), span(1, 2)]), [span(0, 2)]);
        assert_eq!(
            joined(&text, &[span(5, 6), span(0, 1)]),
            [span(5, 6), span(0, 1)]
        );
    }

    proptest! {
        #[test]
        fn a_span_comes_back_without_breaks_at_its_ends(content in "[ab \r\n\u{85}]{1,20}", start in 0_u32..20, count in 1_u32..20) {
            let text = text(&content);
            let length = text.length().code_points;
            let Some(span) = Span::new(start, (start + count).min(length)) else {
                return Ok(());
            };
            let inner = content.chars().collect::<Vec<_>>();
            let inner = &inner[span.start() as usize..span.end() as usize];
            let first = inner.iter().position(|c| !is_break(*c));
            let last = inner.iter().rposition(|c| !is_break(*c));
            let expected = first.zip(last).map(|(first, last)| {
                Span::new(span.start() + first as u32, span.start() + last as u32 + 1).unwrap()
            });
            let parts = fragments(&text, span);
            prop_assert_eq!(joined(&text, &parts), Vec::from_iter(expected));
        }
    }
}
