//! Where annotators differ: ranges of a text, each with who says what.

use super::Parallel;
use crate::order::sorted;
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A range for which annotators say different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its code points.
    pub span: Span,
    /// For each annotator, in the order of the codings, the labels that cover the whole range, in
    /// alphabetical order.
    pub said: Vec<Vec<Arc<str>>>,
}

/// The ranges for which not all annotators have the same labels, in order and disjoint. Within each,
/// everybody says one thing throughout; neighbours differ.
///
/// Time is that of sorting the marks' ends, and for each end what covers its place.
pub fn differences(parallel: &Parallel) -> Vec<Difference> {
    let mut ranges: Vec<Difference> = Vec::new();
    sweep(parallel, |span, said| {
        let alike = said.windows(2).all(|pair| match pair {
            [a, b] => a.keys().eq(b.keys()),
            _ => true,
        });
        if alike {
            return;
        }
        let said: Vec<Vec<Arc<str>>> = said
            .iter()
            .map(|labels| labels.keys().cloned().collect())
            .collect();
        match ranges.last_mut() {
            Some(last) if last.span.end() == span.start() && last.said == said => {
                last.span = last.span.hull(span);
            }
            _ => ranges.push(Difference { span, said }),
        }
    });
    ranges
}

/// The labels of one annotator at one place, each with the number of spans that lie there.
pub type Said = BTreeMap<Arc<str>, u32>;

/// Calls `visit` with each range between two ends of marks, in order, and what each annotator says
/// there. The ranges cover the text.
pub fn sweep(parallel: &Parallel, mut visit: impl FnMut(Span, &[Said])) {
    let mut ends = Vec::new();
    for (who, coding) in parallel.codings.iter().enumerate() {
        for mark in &coding.marks {
            let end = mark.span.end().min(parallel.length);
            if mark.span.start() < end {
                ends.push((mark.span.start(), true, who, &mark.label));
                ends.push((end, false, who, &mark.label));
            }
        }
    }
    let ends = sorted(ends, |a, b| a.0 < b.0);
    let mut said = vec![Said::new(); parallel.codings.len()];
    let mut at = 0;
    for (place, begins, who, label) in ends {
        if let Some(span) = Span::new(at, place) {
            visit(span, &said);
            at = place;
        }
        let Some(labels) = said.get_mut(who) else {
            continue;
        };
        if begins {
            *labels.entry(label.clone()).or_default() += 1;
        } else if let Some(count) = labels.get_mut(label) {
            *count -= 1;
            if *count == 0 {
                labels.remove(label);
            }
        }
    }
    if let Some(span) = Span::new(at, parallel.length) {
        visit(span, &said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::testing::parallel;

    /// The differences as `start-end first | second`.
    fn shown(parallel: &Parallel) -> Vec<String> {
        let all = differences(parallel);
        all.iter()
            .map(|difference| {
                let said: Vec<String> = difference.said.iter().map(|l| l.join("+")).collect();
                let (start, end) = (difference.span.start(), difference.span.end());
                format!("{start}-{end} {}", said.join(" | "))
            })
            .collect()
    }

    #[test]
    fn ranges_say_who_says_what() {
        let both = parallel(
            30,
            &[
                (
                    "Ada",
                    &[("claim", 2, 10), ("quote", 4, 6), ("claim", 20, 25)],
                ),
                (
                    "Ben",
                    &[("claim", 2, 8), ("caption", 12, 14), ("claim", 20, 25)],
                ),
            ],
        );
        assert_eq!(
            shown(&both),
            [
                "4-6 claim+quote | claim",
                "8-10 claim | ",
                "12-14  | caption"
            ]
        );
    }

    #[test]
    fn spans_of_one_label_over_each_other_are_one_as_to_what_is_said() {
        let both = parallel(
            20,
            &[
                ("Ada", &[("claim", 0, 6), ("claim", 4, 10)]),
                ("Ben", &[("claim", 0, 10)]),
            ],
        );
        assert_eq!(shown(&both), Vec::<String>::new());
    }

    #[test]
    fn a_cut_that_changes_nothing_that_is_said_makes_no_new_range() {
        let both = parallel(
            20,
            &[("Ada", &[("claim", 0, 5), ("claim", 5, 9)]), ("Ben", &[])],
        );
        assert_eq!(shown(&both), ["0-9 claim | "]);
    }

    #[test]
    fn three_annotators_differ_where_one_does() {
        let three = parallel(
            9,
            &[
                ("Ada", &[("a", 0, 3)]),
                ("Ben", &[("a", 0, 3)]),
                ("Cleo", &[("a", 1, 3)]),
            ],
        );
        assert_eq!(shown(&three), ["0-1 a | a | "]);
    }
}
