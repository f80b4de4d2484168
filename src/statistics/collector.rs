//! Counting, one document at a time.

use super::overlap::Spans;
use super::{
    Corpus, Counted, CountedDocument, Day, DocumentFigures, LabelFigures, Lengths, Overlap,
    Statistics,
};
use crate::edit::DocumentState;
use crate::order::sorted;
use crate::text::{Cover, Span};
use std::collections::{BTreeMap, HashMap};

/// Counts what documents hold. What it keeps grows with the number of labels, days, creators and
/// different lengths, and with that of documents only where each is to have its figures.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    corpus: Corpus,
    /// In the order in which labels were met or named.
    labels: Vec<OfLabel>,
    places: HashMap<String, usize>,
    /// How many labels were named and keep their order.
    named: usize,
    /// Pairs and code points, by the places of two labels, the smaller first.
    overlaps: HashMap<(usize, usize), (u64, u64)>,
    days: BTreeMap<Option<String>, BTreeMap<String, u64>>,
    creators: BTreeMap<Option<String>, u64>,
    documents: Option<Vec<DocumentFigures>>,
}

#[derive(Clone, Debug, Default)]
struct OfLabel {
    id: String,
    documents: u64,
    annotations: u64,
    covered: u64,
    lengths: Lengths,
}

impl Collector {
    /// Counts; keeps the figures of each document if `by_document`.
    pub fn new(by_document: bool) -> Collector {
        Collector {
            documents: by_document.then(Vec::new),
            ..Collector::default()
        }
    }

    /// Names a label, so that it stands before those that are only met, also if it is never met.
    pub fn name(&mut self, label: &str) {
        if !self.places.contains_key(label) && self.named == self.labels.len() {
            self.place(label);
            self.named = self.labels.len();
        }
    }

    /// Counts a document and its annotations, in any order. Time is that of sorting them, for each
    /// pair of labels in the document.
    pub fn add<'a>(
        &mut self,
        document: &CountedDocument,
        annotations: impl IntoIterator<Item = Counted<'a>>,
    ) {
        let mut spans: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        let mut all = Vec::new();
        for annotation in annotations {
            let place = self.place(annotation.label);
            spans.entry(place).or_default().push(annotation.span);
            all.push(annotation.span);
            self.count(place, &annotation);
        }
        let annotations = all.len() as u64;
        let covered = Cover::of(all).code_points();
        let code_points = u64::from(document.length);
        let corpus = &mut self.corpus;
        corpus.documents += 1;
        corpus.done += u64::from(*document.state == DocumentState::Done);
        corpus.skipped += u64::from(matches!(document.state, DocumentState::Skipped(_)));
        corpus.annotated += u64::from(annotations > 0);
        corpus.code_points += code_points;
        corpus.covered += covered;
        corpus.annotations += annotations;
        if let Some(documents) = &mut self.documents {
            let labels = spans.iter().filter_map(|(place, spans)| {
                let id = self.labels.get(*place)?.id.clone();
                Some((id, spans.len() as u64))
            });
            documents.push(DocumentFigures {
                id: document.id.to_owned(),
                title: document.title.map(str::to_owned),
                site: document.site.map(str::to_owned),
                state: document.state.clone(),
                code_points,
                covered,
                annotations,
                labels: labels.collect(),
            });
        }
        self.count_overlaps(spans);
    }

    /// The figures of all documents so far.
    pub fn finish(self) -> Statistics {
        let order = self.order();
        let labels = order.iter().filter_map(|place| self.labels.get(*place));
        let labels = labels.map(|label| LabelFigures {
            label: label.id.clone(),
            annotations: label.annotations,
            documents: label.documents,
            lengths: label.lengths.summary(),
            histogram: label.lengths.histogram(),
            covered: label.covered,
        });
        let mut overlaps = Vec::new();
        for (at, first) in order.iter().enumerate() {
            for second in order.iter().skip(at) {
                let key = (*first.min(second), *first.max(second));
                if let Some((pairs, code_points)) = self.overlaps.get(&key) {
                    let id = |place: &usize| self.labels.get(*place).map(|l| l.id.clone());
                    overlaps.push(Overlap {
                        first: id(first).unwrap_or_default(),
                        second: id(second).unwrap_or_default(),
                        pairs: *pairs,
                        code_points: *code_points,
                    });
                }
            }
        }
        Statistics {
            corpus: self.corpus,
            labels: labels.collect(),
            overlaps,
            days: days(self.days),
            creators: self.creators.into_iter().collect(),
            documents: self.documents.unwrap_or_default(),
        }
    }

    fn place(&mut self, label: &str) -> usize {
        if let Some(place) = self.places.get(label) {
            return *place;
        }
        let place = self.labels.len();
        self.places.insert(label.to_owned(), place);
        self.labels.push(OfLabel {
            id: label.to_owned(),
            ..OfLabel::default()
        });
        place
    }

    /// The places of the labels: those that were named, then the others by their ids.
    fn order(&self) -> Vec<usize> {
        let met: Vec<usize> = (self.named..self.labels.len()).collect();
        let id = |place: &usize| self.labels.get(*place).map(|label| &label.id);
        (0..self.named)
            .chain(sorted(met, |a, b| id(a) < id(b)))
            .collect()
    }

    fn count(&mut self, place: usize, annotation: &Counted) {
        if let Some(label) = self.labels.get_mut(place) {
            label.annotations += 1;
            label.lengths.add(annotation.span.len());
        }
        let day = annotation.created.and_then(|time| time.get(..10));
        let labels = self.days.entry(day.map(str::to_owned)).or_default();
        *labels.entry(annotation.label.to_owned()).or_default() += 1;
        let creator = annotation.creator.map(str::to_owned);
        *self.creators.entry(creator).or_default() += 1;
    }

    fn count_overlaps(&mut self, spans: BTreeMap<usize, Vec<Span>>) {
        let spans: Vec<(usize, Spans)> = spans
            .into_iter()
            .map(|(place, spans)| (place, Spans::new(spans)))
            .collect();
        for (at, (place, own)) in spans.iter().enumerate() {
            if let Some(label) = self.labels.get_mut(*place) {
                label.documents += 1;
                label.covered += own.cover.code_points();
            }
            self.overlap((*place, *place), own.own_pairs(), own.own_code_points());
            for (other, theirs) in spans.iter().skip(at + 1) {
                let (pairs, common) = (own.pairs(theirs), own.cover.common(&theirs.cover));
                self.overlap((*place, *other), pairs, common);
            }
        }
    }

    fn overlap(&mut self, labels: (usize, usize), pairs: u64, code_points: u64) {
        if pairs > 0 {
            let counts = self.overlaps.entry(labels).or_default();
            counts.0 += pairs;
            counts.1 += code_points;
        }
    }
}

/// In order, those without a day last.
fn days(mut days: BTreeMap<Option<String>, BTreeMap<String, u64>>) -> Vec<Day> {
    let without = days.remove(&None).map(|labels| (None, labels));
    let mut so_far = 0;
    days.into_iter()
        .chain(without)
        .map(|(day, labels)| {
            let annotations = labels.values().sum();
            so_far += annotations;
            Day {
                day,
                annotations,
                so_far,
                labels,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(label: &str, start: u32, end: u32, day: u32) -> Counted<'_> {
        const DAYS: [Option<&str>; 3] = [
            None,
            Some("2026-11-24T23:59:59Z"),
            Some("2026-11-25T00:00:00Z"),
        ];
        Counted {
            span: Span::new(start, end).unwrap(),
            label,
            created: DAYS[day as usize],
            creator: (day > 0).then_some("Ada"),
        }
    }

    fn statistics() -> Statistics {
        let mut collector = Collector::new(true);
        collector.name("claim");
        collector.name("quote");
        let mut add = |id, state: &DocumentState, annotations: &[Counted]| {
            let document = CountedDocument {
                id,
                title: None,
                site: None,
                length: 100,
                state,
            };
            collector.add(&document, annotations.iter().copied());
        };
        add(
            "one",
            &DocumentState::Done,
            &[
                counted("claim", 0, 10, 2),
                counted("claim", 5, 20, 1),
                counted("aside", 8, 12, 0),
                counted("boilerplate", 50, 90, 1),
            ],
        );
        add("two", &DocumentState::Skipped("a list".into()), &[]);
        add("three", &DocumentState::Open, &[counted("claim", 0, 1, 2)]);
        collector.finish()
    }

    #[test]
    fn a_corpus_is_counted() {
        let expected = Corpus {
            documents: 3,
            done: 1,
            skipped: 1,
            annotated: 2,
            code_points: 300,
            covered: 61,
            annotations: 5,
        };
        assert_eq!(statistics().corpus, expected);
    }

    #[test]
    fn labels_stand_as_named_then_by_their_ids() {
        let statistics = statistics();
        let labels: Vec<(&str, u64, u64, u64)> = statistics
            .labels
            .iter()
            .map(|l| (l.label.as_str(), l.annotations, l.documents, l.covered))
            .collect();
        assert_eq!(
            labels,
            [
                ("claim", 3, 2, 21),
                ("quote", 0, 0, 0),
                ("aside", 1, 1, 4),
                ("boilerplate", 1, 1, 40)
            ]
        );
        assert_eq!(
            statistics.labels[0]
                .lengths
                .map(|l| (l.shortest, l.median, l.longest)),
            Some((1, 10.0, 15))
        );
        assert_eq!(statistics.labels[1].lengths, None);
    }

    #[test]
    fn overlaps_are_pairs_and_code_points() {
        let overlaps: Vec<(String, u64, u64)> = statistics()
            .overlaps
            .into_iter()
            .map(|o| (format!("{}/{}", o.first, o.second), o.pairs, o.code_points))
            .collect();
        assert_eq!(
            overlaps,
            [
                ("claim/claim".to_owned(), 1, 5),
                ("claim/aside".to_owned(), 2, 4)
            ]
        );
    }

    #[test]
    fn days_add_up() {
        let days: Vec<(Option<String>, u64, u64)> = statistics()
            .days
            .into_iter()
            .map(|day| (day.day, day.annotations, day.so_far))
            .collect();
        let day = |day: &str| Some(day.to_owned());
        assert_eq!(
            days,
            [
                (day("2026-11-24"), 2, 2),
                (day("2026-11-25"), 2, 4),
                (None, 1, 5)
            ]
        );
        assert_eq!(
            statistics().creators,
            [(None, 1), (Some("Ada".to_owned()), 4)]
        );
    }

    #[test]
    fn each_document_has_its_figures_where_asked_for() {
        let documents = statistics().documents;
        assert_eq!(documents.len(), 3);
        assert_eq!((documents[0].covered, documents[0].annotations), (60, 4));
        assert_eq!(documents[0].labels["claim"], 2);
        let collector = Collector::new(false);
        assert_eq!(collector.finish(), Statistics::default());
    }
}
