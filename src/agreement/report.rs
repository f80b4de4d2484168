//! All measures for all documents, labels and pairs of annotators.

use super::differences::sweep;
use super::{Alpha, Alpha1995, Contingency, Matches, Parallel, Tally};
use crate::order::sorted;
use crate::text::{Cover, Span};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Whose agreement a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Two annotators: the first stands for the truth in precision and recall.
    Pair(String, String),
    /// All annotators, of whom there are more than two.
    All,
}

/// The measures of one label, or of all, in one document, or in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The document's id; `None` for all documents.
    pub document: Option<String>,
    /// The label's id; `None` for all labels.
    pub label: Option<Arc<str>>,
    /// Whose agreement.
    pub who: Who,
    /// Spans with the same ends and label; for all annotators the sum of all pairs.
    pub exact: Matches,
    /// Spans that share a code point with one of the same label; likewise.
    pub overlapping: Matches,
    /// Cohen's kappa; for all annotators the mean of all pairs.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha for unitizing, in its later form.
    pub alpha: Option<f64>,
    /// The same in its first form, for pairs alone.
    pub alpha_1995: Option<f64>,
}

/// The agreement between annotators.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Their names, in the order in which they were met.
    pub annotators: Vec<String>,
    /// How many documents two or more of them worked on.
    pub documents: usize,
    /// For each pair, then for all of them: all labels, then each label by its id.
    pub lines: Vec<Line>,
    /// The same for each document; where it was asked for.
    pub by_document: Vec<Line>,
}

/// The agreement in `documents`; with lines for each document if `by_document`. Documents that fewer
/// than two annotators worked on say nothing and are left out.
pub fn report(documents: &[Parallel], by_document: bool) -> Report {
    let documents: Vec<&Parallel> = documents.iter().filter(|d| d.codings.len() > 1).collect();
    let mut report = Report {
        documents: documents.len(),
        ..Report::default()
    };
    let mut known = HashSet::new();
    for coding in documents.iter().flat_map(|document| &document.codings) {
        if known.insert(&coding.annotator) {
            report.annotators.push(coding.annotator.clone());
        }
    }
    report.lines = lines(&report.annotators, &documents, None);
    if by_document {
        for document in documents {
            let annotators: Vec<String> = document
                .codings
                .iter()
                .map(|c| c.annotator.clone())
                .collect();
            let name = Some(document.document.as_str());
            report
                .by_document
                .extend(lines(&annotators, &[document], name));
        }
    }
    report
}

/// The lines of some documents together.
fn lines(annotators: &[String], documents: &[&Parallel], name: Option<&str>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut pairs = Vec::new();
    for (at, first) in annotators.iter().enumerate() {
        for second in annotators.iter().skip(at + 1) {
            let pair = Pair::of(first, second, documents);
            if pair.documents > 0 {
                lines.extend(pair.lines(name));
                pairs.push(pair);
            }
        }
    }
    if annotators.len() > 2 {
        lines.extend(of_all(&pairs, documents, name));
    }
    lines
}

/// The spans of one annotator in one document, by label.
fn by_label(document: &Parallel, who: usize) -> BTreeMap<Arc<str>, Vec<Span>> {
    let mut spans: BTreeMap<Arc<str>, Vec<Span>> = BTreeMap::new();
    for mark in document
        .codings
        .get(who)
        .iter()
        .flat_map(|coding| &coding.marks)
    {
        spans.entry(mark.label.clone()).or_default().push(mark.span);
    }
    spans
}

/// The labels in use in some documents, in alphabetical order.
fn labels(documents: &[&Parallel]) -> Vec<Arc<str>> {
    let codings = documents.iter().flat_map(|document| &document.codings);
    let mut known = HashSet::new();
    let mut labels = Vec::new();
    for mark in codings.flat_map(|coding| &coding.marks) {
        if known.insert(mark.label.clone()) {
            labels.push(mark.label.clone());
        }
    }
    sorted(labels, |a, b| a < b)
}

/// What two annotators have in common.
struct Pair {
    first: String,
    second: String,
    documents: usize,
    labels: BTreeMap<Arc<str>, Tally>,
    /// By the set of labels that cover a code point.
    sets: Contingency<Vec<Arc<str>>>,
}

impl Pair {
    fn of(first: &str, second: &str, documents: &[&Parallel]) -> Pair {
        let mut pair = Pair {
            first: first.to_owned(),
            second: second.to_owned(),
            documents: 0,
            labels: BTreeMap::new(),
            sets: Contingency::default(),
        };
        let place = |document: &Parallel, name: &str| {
            document
                .codings
                .iter()
                .position(|coding| coding.annotator == name)
        };
        let shared: Vec<(&Parallel, usize, usize)> = documents
            .iter()
            .filter_map(|d| Some((*d, place(d, first)?, place(d, second)?)))
            .collect();
        pair.documents = shared.len();
        // A label counts in every document: where nobody used it, both agree that it isn't there.
        let of_pair: Vec<&Parallel> = shared.iter().map(|(document, ..)| *document).collect();
        let labels = labels(&of_pair);
        for (document, a, b) in shared {
            let (ours, theirs) = (by_label(document, a), by_label(document, b));
            let spans = |of: &BTreeMap<Arc<str>, Vec<Span>>, label| {
                of.get(label).cloned().unwrap_or_default()
            };
            for label in &labels {
                let tally = Tally::of(
                    document.length,
                    &spans(&ours, label),
                    &spans(&theirs, label),
                );
                pair.labels.entry(label.clone()).or_default().add(&tally);
            }
            sweep(document, |span, said| {
                let set = |who: usize| {
                    let labels = said.get(who).into_iter().flat_map(|labels| labels.keys());
                    labels.cloned().collect::<Vec<Arc<str>>>()
                };
                pair.sets.count(set(a), set(b), u64::from(span.len()));
            });
        }
        pair
    }

    fn lines(&self, document: Option<&str>) -> Vec<Line> {
        let line = |label: Option<&Arc<str>>, exact, overlapping| Line {
            document: document.map(str::to_owned),
            label: label.cloned(),
            who: Who::Pair(self.first.clone(), self.second.clone()),
            exact,
            overlapping,
            kappa: None,
            alpha: None,
            alpha_1995: None,
        };
        let mut all = line(None, Matches::default(), Matches::default());
        let mut lines = Vec::new();
        for (label, tally) in &self.labels {
            all.exact.add(tally.exact);
            all.overlapping.add(tally.overlapping);
            lines.push(Line {
                kappa: tally.kappa(),
                alpha: tally.alpha.value(),
                alpha_1995: tally.alpha_1995.value(),
                ..line(Some(label), tally.exact, tally.overlapping)
            });
        }
        all.kappa = self.sets.kappa();
        all.alpha = Alpha::over(self.labels.values().map(|tally| &tally.alpha));
        all.alpha_1995 = Alpha1995::over(self.labels.values().map(|tally| &tally.alpha_1995));
        lines.insert(0, all);
        lines
    }
}

/// The lines for more than two annotators.
fn of_all(pairs: &[Pair], documents: &[&Parallel], name: Option<&str>) -> Vec<Line> {
    let labels = labels(documents);
    let mut alphas: BTreeMap<Arc<str>, Alpha> = BTreeMap::new();
    for document in documents {
        let annotators: Vec<BTreeMap<Arc<str>, Vec<Span>>> = (0..document.codings.len())
            .map(|who| by_label(document, who))
            .collect();
        for label in &labels {
            let covers: Vec<Cover> = annotators
                .iter()
                .map(|spans| Cover::of(spans.get(label).into_iter().flatten().copied()))
                .collect();
            let covers: Vec<&Cover> = covers.iter().collect();
            let alpha = Alpha::of(document.length, &covers);
            alphas.entry(label.clone()).or_default().add(&alpha);
        }
    }
    let line = |label: Option<&Arc<str>>, kappas: Vec<Option<f64>>, alpha| {
        let mut line = Line {
            document: name.map(str::to_owned),
            label: label.cloned(),
            who: Who::All,
            exact: Matches::default(),
            overlapping: Matches::default(),
            kappa: mean(kappas),
            alpha,
            alpha_1995: None,
        };
        let tallies = pairs.iter().flat_map(|pair| &pair.labels);
        for (_, tally) in tallies.filter(|(id, _)| label.is_none_or(|label| label == *id)) {
            line.exact.add(tally.exact);
            line.overlapping.add(tally.overlapping);
        }
        line
    };
    let of_sets = pairs.iter().map(|pair| pair.sets.kappa()).collect();
    let mut lines = vec![line(None, of_sets, Alpha::over(alphas.values()))];
    for label in &labels {
        let of_label = |pair: &Pair| pair.labels.get(label).and_then(Tally::kappa);
        let alpha = alphas.get(label).and_then(Alpha::value);
        lines.push(line(
            Some(label),
            pairs.iter().map(of_label).collect(),
            alpha,
        ));
    }
    lines
}

/// The mean of those that are defined.
fn mean(figures: Vec<Option<f64>>) -> Option<f64> {
    let defined: Vec<f64> = figures.into_iter().flatten().collect();
    (!defined.is_empty()).then(|| defined.iter().sum::<f64>() / defined.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::testing::parallel;

    fn find<'a>(report: &'a Report, label: Option<&str>, who: &Who) -> &'a Line {
        let mut lines = report.lines.iter();
        lines
            .find(|l| l.label.as_deref() == label && l.who == *who)
            .unwrap()
    }

    #[test]
    fn a_pair_has_a_line_for_all_labels_and_for_each() {
        let documents = [
            parallel(
                24,
                &[
                    ("Bertha", &[("x", 2, 10), ("x", 14, 20)]),
                    ("Bill", &[("x", 4, 8), ("x", 15, 17)]),
                ],
            ),
            parallel(9, &[("Bertha", &[("y", 0, 3)])]),
        ];
        let report = report(&documents, true);
        assert_eq!((report.annotators.len(), report.documents), (2, 1));
        let pair = Who::Pair("Bertha".to_owned(), "Bill".to_owned());
        let x = find(&report, Some("x"), &pair);
        assert!((x.kappa.unwrap() - 0.385).abs() < 0.0005);
        assert!((x.alpha.unwrap() - 0.358_333_3).abs() < 1e-6);
        assert_eq!((x.exact.f1(), x.overlapping.f1()), (Some(0.0), Some(1.0)));
        let all = find(&report, None, &pair);
        assert_eq!(
            (all.kappa, all.alpha, all.alpha_1995),
            (x.kappa, x.alpha, x.alpha_1995)
        );
        assert_eq!(report.lines.len(), 2);
        assert_eq!(report.by_document.len(), 2);
    }

    #[test]
    fn kappa_over_all_labels_is_of_the_sets_that_cover_a_code_point() {
        let documents = [parallel(
            10,
            &[("A", &[("x", 0, 5), ("y", 3, 5)]), ("B", &[("x", 0, 5)])],
        )];
        let report = report(&documents, false);
        let all = find(&report, None, &Who::Pair("A".to_owned(), "B".to_owned()));
        // 3 × {x}, 2 × {x, y} against {x}, 5 × {}: p_o = 0.8, p_e = 0.3·0.5 + 0.5·0.5 = 0.4.
        assert!((all.kappa.unwrap() - 0.4 / 0.6).abs() < 1e-12);
    }

    #[test]
    fn more_than_two_have_a_line_for_all_of_them() {
        let documents = [parallel(
            100,
            &[
                ("A", &[("x", 5, 20), ("x", 40, 60)]),
                ("B", &[("x", 7, 20), ("x", 38, 52), ("x", 70, 75)]),
                ("C", &[("x", 5, 18)]),
            ],
        )];
        let report = report(&documents, false);
        let all = find(&report, Some("x"), &Who::All);
        // As in the tests of alpha, from the reference library.
        assert!((all.alpha.unwrap() - 0.479_834_1).abs() < 1e-6);
        let pairs: Vec<&Line> = report
            .lines
            .iter()
            .filter(|l| l.who != Who::All && l.label.is_some())
            .collect();
        assert_eq!(pairs.len(), 3);
        let mean: f64 = pairs.iter().filter_map(|l| l.kappa).sum::<f64>() / 3.0;
        assert!((all.kappa.unwrap() - mean).abs() < 1e-12);
    }

    #[test]
    fn pairs_without_a_common_document_have_no_line() {
        let documents = [
            parallel(9, &[("A", &[("x", 0, 2)]), ("B", &[("x", 0, 2)])]),
            parallel(9, &[("B", &[("x", 0, 2)]), ("C", &[("x", 0, 2)])]),
        ];
        let report = report(&documents, false);
        let pairs: HashSet<String> = report
            .lines
            .iter()
            .map(|l| format!("{:?}", l.who))
            .collect();
        assert_eq!(pairs.len(), 3, "{pairs:?}");
    }
}
