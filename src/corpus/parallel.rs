//! What several annotators made of the same documents, for agreement.

use super::merge::said_workers;
use crate::agreement::{Coding, Mark, Parallel};
use crate::document::sha256_hex;
use crate::edit::DocumentState;
use crate::format::exchange::Entry;
use std::collections::HashMap;

/// Of datasets of one annotator each, with their names: documents of the same text are one. A document
/// that is skipped, or open without an annotation, was not worked on; with `untouched`, an open one
/// counts as one in which nothing was found.
pub fn by_file<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [Entry])>,
    untouched: bool,
) -> Vec<Parallel> {
    let by_text = by_text(files, untouched);
    by_text.into_iter().map(|(_, parallel)| parallel).collect()
}

/// As [`by_file`], each with the SHA-256 of its text in hexadecimal.
pub fn by_text<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [Entry])>,
    untouched: bool,
) -> Vec<(String, Parallel)> {
    let mut parallels: Vec<(String, Parallel)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (annotator, entries) in files {
        for entry in entries {
            if !worked_on(&entry.state, !entry.annotations.is_empty(), untouched) {
                continue;
            }
            let text = sha256_hex(entry.document.text.as_str());
            let place = *places.entry(text.clone()).or_insert(parallels.len());
            if place == parallels.len() {
                parallels.push((text, parallel(entry)));
            }
            let coding = Coding {
                annotator: annotator.to_owned(),
                marks: marks(entry, |_| true),
            };
            if let Some((_, parallel)) = parallels.get_mut(place) {
                add(parallel, coding);
            }
        }
    }
    parallels
}

/// Of one dataset whose annotations say who made them. Who worked on a document and found nothing is
/// in the field `annotators` of its metadata, where datasets were put together.
pub fn by_creator(entries: &[Entry], untouched: bool) -> Vec<Parallel> {
    let of_entry = |entry: &Entry| {
        let mut parallel = parallel(entry);
        let creators = entry
            .annotations
            .iter()
            .map(|a| a.origin.creator.as_deref());
        let mut names: Vec<String> = Vec::new();
        for name in creators.flatten() {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        for (name, state) in said_workers(&entry.extra) {
            if let Some(name) = name
                && !names.contains(&name)
                && worked_on(&state, false, untouched)
            {
                names.push(name);
            }
        }
        names.sort_unstable();
        for name in names {
            let marks = marks(entry, |creator| creator == Some(name.as_str()));
            add(
                &mut parallel,
                Coding {
                    annotator: name,
                    marks,
                },
            );
        }
        parallel
    };
    entries.iter().map(of_entry).collect()
}

fn worked_on(state: &DocumentState, any: bool, untouched: bool) -> bool {
    match state {
        DocumentState::Done => true,
        DocumentState::Open => any || untouched,
        DocumentState::Skipped(_) => false,
    }
}

fn parallel(entry: &Entry) -> Parallel {
    Parallel {
        document: entry.document.id.clone(),
        length: entry.document.text.length().code_points,
        codings: Vec::new(),
    }
}

/// Adds what an annotator made; the same document twice in one file is one.
fn add(parallel: &mut Parallel, coding: Coding) {
    let mut codings = parallel.codings.iter_mut();
    match codings.find(|known| known.annotator == coding.annotator) {
        Some(known) => known.marks.extend(coding.marks),
        None => parallel.codings.push(coding),
    }
}

fn marks(entry: &Entry, by: impl Fn(Option<&str>) -> bool) -> Vec<Mark> {
    let made = entry.annotations.iter();
    let made = made.filter(|annotation| by(annotation.origin.creator.as_deref()));
    made.map(|annotation| Mark {
        id: annotation.id.clone(),
        span: annotation.span,
        label: annotation.label.clone(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Merger;
    use crate::corpus::merge::testing::{entry, header};

    /// Documents as `id: annotator×marks, …`.
    fn shown(parallels: &[Parallel]) -> Vec<String> {
        let shown = |parallel: &Parallel| {
            let codings = parallel.codings.iter();
            let codings = codings.map(|c| format!("{}×{}", c.annotator, c.marks.len()));
            format!(
                "{}: {}",
                parallel.document,
                codings.collect::<Vec<_>>().join(", ")
            )
        };
        parallels.iter().map(shown).collect()
    }

    fn open(mut entry: Entry) -> Entry {
        entry.state = DocumentState::Open;
        entry
    }

    #[test]
    fn each_file_is_an_annotator() {
        let ada = [
            entry("d1", "One text.", &[("a", 0, 3, "claim", None)]),
            entry("d2", "Another.", &[]),
            open(entry("d3", "Open.", &[])),
        ];
        let ben = [
            entry("x", "One text.", &[]),
            open(entry("d2", "Another.", &[("b", 0, 2, "claim", None)])),
            open(entry("d3", "Open.", &[("c", 0, 2, "claim", None)])),
        ];
        let files = || [("Ada", ada.as_slice()), ("Ben", ben.as_slice())];
        assert_eq!(
            shown(&by_file(files(), false)),
            ["d1: Ada×1, Ben×0", "d2: Ada×0, Ben×1", "d3: Ben×1"]
        );
        assert_eq!(shown(&by_file(files(), true))[2], "d3: Ada×0, Ben×1");
    }

    #[test]
    fn in_one_file_the_creators_are_the_annotators() {
        let mut merger = Merger::default();
        let tagged = entry("d1", "One text.", &[("a", 0, 3, "claim", None)]);
        merger.add(
            "1",
            Some("Ada"),
            header(&[]),
            vec![tagged, entry("d2", "Another.", &[])],
        );
        merger.add(
            "2",
            Some("Ben"),
            header(&[]),
            vec![entry("d1", "One text.", &[])],
        );
        let merged = merger.finish();
        assert_eq!(
            shown(&by_creator(&merged.entries, false)),
            ["d1: Ada×1, Ben×0", "d2: Ada×0"]
        );
    }
}
