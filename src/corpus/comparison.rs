//! What several annotators made of the same documents, side by side, for a screen.

use super::parallel::by_text;
use super::{Assignment, Merged, Merger, by_creator};
use crate::agreement::{Case, DEFINITIONS, Parallel, cases, differences, report, table};
use crate::document::sha256_hex;
use crate::format::exchange::{Collected, Entry, Header};
use crate::order::sorted;
use crate::table::Table;
use crate::text::{Span, Text};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// How many code points of the text stand before and after a case.
const CONTEXT: u32 = 240;
/// How many code points of a piece of a case are shown at each of its ends.
const PIECE: u32 = 200;

/// Datasets that are compared.
pub struct Comparison {
    pub(super) merged: Merged,
    pub(super) documents: Vec<Compared>,
}

/// A document that two or more annotators worked on.
pub(super) struct Compared {
    /// The SHA-256 of its text.
    pub text: String,
    /// The place of the document among those put together.
    pub place: usize,
    pub parallel: Parallel,
    pub cases: Vec<Case>,
}

/// Whose work files are, given with their names and headers: whom they were given to, otherwise what
/// they are called, without folder and ending. All of them are different.
pub fn annotators<'a>(files: impl IntoIterator<Item = (String, &'a Header)>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (file, header) in files {
        let mut name = annotator(&file, &mut header.clone());
        if names.contains(&name) {
            name.clone_from(&file);
        }
        let mut count = 2;
        while names.contains(&name) {
            name = format!("{file} ({count})");
            count += 1;
        }
        names.push(name);
    }
    names
}

fn annotator(file: &str, header: &mut Header) -> String {
    if let Some(assignment) = Assignment::take(header) {
        return assignment.annotator;
    }
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.split('.').next().filter(|stem| !stem.is_empty());
    stem.unwrap_or(name).to_owned()
}

impl Comparison {
    /// Of files with their names: several are of one annotator each, in one the annotations say who
    /// made them.
    ///
    /// # Errors
    /// A sentence, if no document was worked on by two annotators.
    pub fn of(files: Vec<(String, Collected)>) -> Result<Comparison, String> {
        let headers = files
            .iter()
            .map(|(name, file)| (name.clone(), &file.header));
        let names = annotators(headers);
        let mut keyed = match files.len() {
            1 => Vec::new(),
            _ => {
                let each = names.iter().zip(&files);
                let each = each.map(|(name, (_, file))| (name.as_str(), file.entries.as_slice()));
                by_text(each, false)
            }
        };
        let one = files.len() == 1;
        let mut merger = Merger::default();
        for (name, (file, dataset)) in names.iter().zip(files) {
            let annotator = Some(name.as_str()).filter(|_| !one);
            merger.add(&file, annotator, dataset.header, dataset.entries);
        }
        let merged = merger.finish();
        let text = |entry: &Entry| sha256_hex(entry.document.text.as_str());
        let texts: Vec<String> = merged.entries.iter().map(text).collect();
        if one {
            let parallels = by_creator(&merged.entries, false);
            keyed = texts.iter().cloned().zip(parallels).collect();
        }
        let places: HashMap<&str, usize> = texts.iter().map(String::as_str).zip(0..).collect();
        let of_several = keyed
            .into_iter()
            .filter(|(_, parallel)| parallel.codings.len() > 1);
        let documents = of_several.filter_map(|(text, parallel)| {
            Some(Compared {
                place: *places.get(text.as_str())?,
                cases: cases(&parallel),
                text,
                parallel,
            })
        });
        let documents: Vec<Compared> = documents.collect();
        match documents.is_empty() {
            true => Err(
                "No document was worked on by two annotators, so there is nothing to compare."
                    .to_owned(),
            ),
            false => Ok(Comparison { merged, documents }),
        }
    }

    /// What tells this comparison from others: the same for the same work, in whichever order the
    /// files came.
    pub fn key(&self) -> String {
        let of_document = |document: &Compared| {
            let codings = document.parallel.codings.iter().map(|coding| {
                let marks = coding.marks.iter();
                let marks = marks.map(|m| (m.span.start(), m.span.end(), m.label.to_string()));
                (
                    coding.annotator.clone(),
                    sorted(marks.collect(), |a, b| a < b),
                )
            });
            let codings = sorted(codings.collect(), |a, b| a < b);
            format!("{} {codings:?}\n", document.text)
        };
        let documents = self.documents.iter().map(of_document).collect();
        sha256_hex(&sorted(documents, |a: &String, b| a < b).concat())
    }

    /// All figures: overall, by label and by document, as the command `agreement` gives them.
    pub fn figures(&self) -> Table {
        let parallels: Vec<Parallel> = self
            .documents
            .iter()
            .map(|document| document.parallel.clone())
            .collect();
        let report = report(&parallels, true);
        let mut lines = report.lines;
        lines.extend(report.by_document);
        table("agreement", &lines)
    }

    /// What there is to see at once: `{key, annotators, documents: [{key, id, title, cases, disputed}],
    /// others, labels: [{id, name, color, line, letter}], notes, figures, definitions: [{name,
    /// definition, source}]}`, where `figures` are the rows of [`Comparison::figures`].
    pub fn summary(&self) -> Value {
        let mut known = HashSet::new();
        let codings = self.documents.iter().flat_map(|d| &d.parallel.codings);
        let names = codings.clone().map(|coding| &coding.annotator);
        let annotators: Vec<&String> = names.filter(|name| known.insert(*name)).collect();
        let header = &self.merged.header;
        let mut labels: Vec<Value> = Vec::new();
        for label in &header.labels {
            labels.push(json!({
                "id": label.id,
                "name": label.name,
                "color": label.color,
                "line": label.line.css(),
                "letter": label.letter(),
            }));
        }
        let mut defined: HashSet<&str> = header.labels.iter().map(|l| l.id.as_str()).collect();
        for mark in codings.flat_map(|coding| &coding.marks) {
            if defined.insert(&mark.label) {
                let letter: String = mark.label.chars().take(1).collect();
                labels.push(json!({
                    "id": &*mark.label,
                    "name": &*mark.label,
                    "color": null,
                    "line": "solid",
                    "letter": letter.to_uppercase(),
                }));
            }
        }
        let documents = self.documents.iter().map(|document| {
            let disputed = document.cases.iter().filter(|case| !case.agreed).count();
            json!({
                "key": document.text,
                "id": document.parallel.document,
                "title": self.title(document),
                "cases": document.cases.len(),
                "disputed": disputed,
            })
        });
        let notes = self.merged.notes.iter().map(ToString::to_string);
        let definitions = DEFINITIONS
            .iter()
            .map(|of| json!({"name": of.name, "definition": of.definition, "source": of.source}));
        let figures: Option<Value> = serde_json::from_str(&self.figures().to_json()).ok();
        json!({
            "key": self.key(),
            "annotators": annotators,
            "documents": documents.collect::<Vec<Value>>(),
            "others": self.merged.entries.len() - self.documents.len(),
            "labels": labels,
            "notes": notes.collect::<Vec<String>>(),
            "figures": figures,
            "definitions": definitions.collect::<Vec<Value>>(),
        })
    }

    /// The compared document at that place: `{key, id, title, length, codings: [{annotator, marks:
    /// [[start, end, label]]}], differences: [[start, end]], cases: [{start, end, agreed, before,
    /// after, sides: [{pieces: [[text, [label]]], take}], all}]}`. A side is an annotator's; `take`
    /// and `all` are places of the case's candidates. Offsets are code points.
    pub fn document(&self, at: usize) -> Option<Value> {
        let document = self.documents.get(at)?;
        let parallel = &document.parallel;
        let text = &self.merged.entries.get(document.place)?.document.text;
        let codings = parallel.codings.iter().map(|coding| {
            let marks = coding.marks.iter();
            let marks = marks.map(|m| json!([m.span.start(), m.span.end(), &*m.label]));
            json!({"annotator": coding.annotator, "marks": marks.collect::<Vec<Value>>()})
        });
        let differ = differences(parallel);
        let differ = differ.iter().map(|d| json!([d.span.start(), d.span.end()]));
        let cases = document
            .cases
            .iter()
            .map(|case| shown(parallel, case, text));
        Some(json!({
            "key": document.text,
            "id": parallel.document,
            "title": self.title(document),
            "length": parallel.length,
            "codings": codings.collect::<Vec<Value>>(),
            "differences": differ.collect::<Vec<Value>>(),
            "cases": cases.collect::<Vec<Value>>(),
        }))
    }

    fn title<'a>(&'a self, document: &'a Compared) -> &'a str {
        let entry = self.merged.entries.get(document.place);
        let title = entry.and_then(|entry| entry.document.title.as_deref());
        title.unwrap_or(&document.parallel.document)
    }
}

fn shown(parallel: &Parallel, case: &Case, text: &Text) -> Value {
    let part = |start, end| {
        let span = Span::new(start, end);
        span.and_then(|span| text.slice(span)).unwrap_or_default()
    };
    let (start, end) = (case.span.start(), case.span.end());
    let sides = (0..parallel.codings.len()).map(|who| {
        let take: Vec<usize> = (0..case.candidates.len())
            .filter(|&at| case.candidates[at].by.contains(&who))
            .collect();
        let pieces = pieces(case, &take)
            .into_iter()
            .map(|(span, labels)| json!([shortened(text, span), labels]));
        json!({"pieces": pieces.collect::<Vec<Value>>(), "take": take})
    });
    json!({
        "start": start,
        "end": end,
        "agreed": case.agreed,
        "before": part(start.saturating_sub(CONTEXT), start),
        "after": part(end, end.saturating_add(CONTEXT).min(parallel.length)),
        "sides": sides.collect::<Vec<Value>>(),
        "all": (0..case.candidates.len()).collect::<Vec<usize>>(),
    })
}

/// The case's span, cut where the candidates at these places begin and end, with the labels of each
/// piece.
fn pieces<'a>(case: &'a Case, taken: &[usize]) -> Vec<(Span, Vec<&'a str>)> {
    let mut ends = vec![case.span.start(), case.span.end()];
    for candidate in taken.iter().filter_map(|&at| case.candidates.get(at)) {
        ends.extend([candidate.span.start(), candidate.span.end()]);
    }
    ends.sort_unstable();
    let spans = ends.windows(2).filter_map(|pair| match pair {
        [start, end] => Span::new(*start, *end),
        _ => None,
    });
    let labelled = spans.map(|span| {
        let over = taken.iter().filter_map(|&at| case.candidates.get(at));
        let over = over.filter(|candidate| candidate.span.intersection(span).is_some());
        (span, over.map(|candidate| &*candidate.label).collect())
    });
    labelled.collect()
}

/// The words of a span; of a long one its beginning and its end.
fn shortened(text: &Text, span: Span) -> String {
    let part = |start, end| {
        let span = Span::new(start, end);
        span.and_then(|span| text.slice(span)).unwrap_or_default()
    };
    match span.len() > 2 * PIECE + 20 {
        true => format!(
            "{} … {}",
            part(span.start(), span.start() + PIECE),
            part(span.end() - PIECE, span.end())
        ),
        false => part(span.start(), span.end()).to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests;
