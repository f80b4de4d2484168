//! Adjudication: what is to be decided, and decisions as annotations that say how they came about.

use super::Parallel;
use crate::annotation::{Annotation, Id, Method, Origin};
use crate::order::sorted;
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::sync::Arc;

/// The field of an annotation that says how it was decided on.
pub const ADJUDICATION: &str = "adjudication";

/// What some annotator says, and who says exactly that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The code points.
    pub span: Span,
    /// The id of the label.
    pub label: Arc<str>,
    /// The places of those who say it among the codings, in order.
    pub by: Vec<usize>,
    /// The ids of their annotations, in that order.
    pub ids: Vec<Id>,
}

/// Something to decide: what annotators say of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The code points that it is about.
    pub span: Span,
    /// What there is to choose from: by start, the longer first, then by label.
    pub candidates: Vec<Candidate>,
    /// Whether everybody says the same, so that nothing need be decided.
    pub agreed: bool,
}

/// What is to be decided in a document, by place.
///
/// Marks belong to one case if they share code points and have the same label, or if what they share
/// is at least half of the longer. So a boundary or a label that is disputed is one question, and a
/// claim within a long piece of boilerplate is a question of its own.
pub fn cases(parallel: &Parallel) -> Vec<Case> {
    let candidates = candidates(parallel);
    let mut group: Vec<usize> = (0..candidates.len()).collect();
    let mut near: Vec<usize> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        near.retain(|&other| candidates[other].span.end() > candidate.span.start());
        for &other in &near {
            if belong(&candidates[other], candidate) {
                let (a, b) = (root(&mut group, other), root(&mut group, at));
                group[a.max(b)] = a.min(b);
            }
        }
        near.push(at);
    }
    let mut cases: Vec<Case> = Vec::new();
    let mut case_of: Vec<Option<usize>> = vec![None; candidates.len()];
    for (at, candidate) in candidates.into_iter().enumerate() {
        let root = root(&mut group, at);
        match case_of[root] {
            Some(case) => {
                let case: &mut Case = &mut cases[case];
                case.span = case.span.hull(candidate.span);
                case.candidates.push(candidate);
            }
            None => {
                case_of[root] = Some(cases.len());
                cases.push(Case {
                    span: candidate.span,
                    candidates: vec![candidate],
                    agreed: false,
                });
            }
        }
    }
    for case in &mut cases {
        let everybody = |candidate: &Candidate| candidate.by.len() == parallel.codings.len();
        case.agreed = case.candidates.iter().all(everybody);
    }
    cases
}

/// Everything that is said, once each.
fn candidates(parallel: &Parallel) -> Vec<Candidate> {
    let mut said = Vec::new();
    for (who, coding) in parallel.codings.iter().enumerate() {
        said.extend(coding.marks.iter().map(|mark| (who, mark)));
    }
    let said = sorted(said, |(_, a), (_, b)| {
        let place = |span: Span| (span.start(), u32::MAX - span.end());
        (place(a.span), &a.label) < (place(b.span), &b.label)
    });
    let mut candidates: Vec<Candidate> = Vec::new();
    for (who, mark) in said {
        match candidates.last_mut() {
            Some(last) if (last.span, &last.label) == (mark.span, &mark.label) => {
                // The same twice by one annotator is said once.
                if last.by.last() != Some(&who) {
                    last.by.push(who);
                    last.ids.push(mark.id.clone());
                }
            }
            _ => candidates.push(Candidate {
                span: mark.span,
                label: mark.label.clone(),
                by: vec![who],
                ids: vec![mark.id.clone()],
            }),
        }
    }
    candidates
}

fn belong(a: &Candidate, b: &Candidate) -> bool {
    let Some(common) = a.span.intersection(b.span) else {
        return false;
    };
    let longer = a.span.len().max(b.span.len());
    a.label == b.label || u64::from(common.len()) * 2 >= u64::from(longer)
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// What was chosen in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The candidates at these places of the case's list; several may stand. None: nothing stands.
    Take(Vec<usize>),
    /// Something that nobody said.
    Instead(Span, Arc<str>),
}

/// A decision: what was chosen, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// What was chosen.
    pub choice: Choice,
    /// Who decided.
    pub by: &'a str,
    /// When: RFC 3339 in UTC.
    pub at: &'a str,
}

/// The annotations that a decision comes to, in the order of the case. Each has the field
/// `adjudication`, which says what was chosen from what: `decision` (`agreed`, `chosen` or `instead`),
/// `supported_by` (names of the annotators who said just that) and `alternatives` (what else was said:
/// `start`, `end` in code points, `label`, `by`, `annotations`). `new_id` makes ids that were never used.
pub fn decide(
    parallel: &Parallel,
    case: &Case,
    decision: &Decision,
    mut new_id: impl FnMut() -> Id,
) -> Vec<Annotation> {
    let mut annotation = |span, label: &Arc<str>, kind: &str, supported: &[usize], alternatives| {
        let mut extra = Map::new();
        extra.insert(
            ADJUDICATION.to_owned(),
            json!({
                "decision": kind,
                "supported_by": names(parallel, supported),
                "alternatives": Value::Array(alternatives),
            }),
        );
        Annotation {
            id: new_id(),
            span,
            label: label.clone(),
            note: None,
            later: None,
            origin: Arc::new(Origin {
                created: Some(decision.at.to_owned()),
                creator: Some(decision.by.to_owned()),
                modified: None,
                method: Method::Manual,
                extra,
            }),
            modified: None,
        }
    };
    match &decision.choice {
        Choice::Instead(span, label) => {
            let others = case.candidates.iter().map(|c| alternative(parallel, c));
            vec![annotation(*span, label, "instead", &[], others.collect())]
        }
        Choice::Take(places) => {
            let taken: HashSet<usize> = places.iter().copied().collect();
            let chosen = case.candidates.iter().enumerate();
            let chosen = chosen.filter(|(at, _)| taken.contains(at));
            let kind = if case.agreed { "agreed" } else { "chosen" };
            chosen
                .map(|(_, candidate)| {
                    let others = case.candidates.iter().enumerate();
                    let others = others.filter(|(at, _)| !taken.contains(at));
                    let others = others.map(|(_, other)| alternative(parallel, other));
                    let (span, label) = (candidate.span, &candidate.label);
                    annotation(span, label, kind, &candidate.by, others.collect())
                })
                .collect()
        }
    }
}

fn names(parallel: &Parallel, places: &[usize]) -> Vec<String> {
    let codings = places.iter().filter_map(|&at| parallel.codings.get(at));
    codings.map(|coding| coding.annotator.clone()).collect()
}

/// What somebody says, as JSON: `start`, `end` in code points, `label`, `by`, `annotations`.
pub fn alternative(parallel: &Parallel, candidate: &Candidate) -> Value {
    let ids: Vec<&str> = candidate.ids.iter().map(Id::as_str).collect();
    json!({
        "start": candidate.span.start(),
        "end": candidate.span.end(),
        "label": &*candidate.label,
        "by": names(parallel, &candidate.by),
        "annotations": ids,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::testing::parallel;

    fn both() -> Parallel {
        parallel(
            100,
            &[
                (
                    "Ada",
                    &[
                        ("claim", 10, 30),
                        ("boilerplate", 40, 90),
                        ("claim", 50, 55),
                    ],
                ),
                (
                    "Ben",
                    &[
                        ("quote", 12, 30),
                        ("boilerplate", 40, 90),
                        ("claim", 50, 54),
                        ("claim", 54, 56),
                    ],
                ),
            ],
        )
    }

    /// Cases as `start-end: label start-end by+by, …`, with `=` where all agree.
    fn shown(parallel: &Parallel) -> Vec<String> {
        let shown = |case: &Case| {
            let candidates: Vec<String> = case
                .candidates
                .iter()
                .map(|c| {
                    format!(
                        "{} {:?} {}",
                        c.label,
                        c.span,
                        names(parallel, &c.by).join("+")
                    )
                })
                .collect();
            let sign = if case.agreed { "=" } else { "?" };
            format!("{:?} {sign} {}", case.span, candidates.join(", "))
        };
        cases(parallel).iter().map(shown).collect()
    }

    #[test]
    fn a_dispute_on_a_label_or_a_boundary_is_one_case() {
        assert_eq!(
            shown(&both()),
            [
                "10..30 ? claim 10..30 Ada, quote 12..30 Ben",
                "40..90 = boilerplate 40..90 Ada+Ben",
                "50..56 ? claim 50..55 Ada, claim 50..54 Ben, claim 54..56 Ben",
            ]
        );
    }

    #[test]
    fn a_decision_is_recorded_with_what_it_was_chosen_from() {
        let parallel = both();
        let cases = cases(&parallel);
        let mut count = 0;
        let mut decided = |case: usize, choice| {
            let decision = Decision {
                choice,
                by: "Cleo",
                at: "2026-11-25T10:00:00Z",
            };
            decide(&parallel, &cases[case], &decision, || {
                count += 1;
                Id::from(format!("c{count}").as_str())
            })
        };
        let chosen = decided(0, Choice::Take(vec![1]));
        assert_eq!(chosen.len(), 1);
        assert_eq!(
            (&*chosen[0].label, chosen[0].span),
            ("quote", Span::new(12, 30).unwrap())
        );
        assert_eq!(chosen[0].origin.creator.as_deref(), Some("Cleo"));
        assert_eq!(
            chosen[0].origin.extra["adjudication"],
            json!({
                "decision": "chosen",
                "supported_by": ["Ben"],
                "alternatives": [
                    {"start": 10, "end": 30, "label": "claim", "by": ["Ada"], "annotations": ["Ada1"]}
                ],
            })
        );
        let agreed = decided(1, Choice::Take(vec![0]));
        assert_eq!(agreed[0].origin.extra["adjudication"]["decision"], "agreed");
        assert_eq!(
            agreed[0].origin.extra["adjudication"]["supported_by"],
            json!(["Ada", "Ben"])
        );
        assert_eq!(decided(2, Choice::Take(vec![])), []);
        let instead = decided(
            2,
            Choice::Instead(Span::new(50, 56).unwrap(), "claim".into()),
        );
        assert_eq!(
            instead[0].origin.extra["adjudication"]["decision"],
            "instead"
        );
        let alternatives = &instead[0].origin.extra["adjudication"]["alternatives"];
        assert_eq!(alternatives.as_array().unwrap().len(), 3);
    }
}
