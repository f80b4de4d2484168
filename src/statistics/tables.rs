//! The figures as tables.

use super::{DocumentFigures, Statistics};
use crate::edit::DocumentState;
use crate::table::{Cell, Table};

/// The figures as tables: `corpus`, `labels`, `lengths`, `overlaps`, `days`, `creators`, and `documents`
/// where these were asked for. Shares are from 0 to 1, lengths in code points.
pub fn tables(statistics: &Statistics) -> Vec<Table> {
    let mut tables = vec![
        corpus(statistics),
        labels(statistics),
        lengths(statistics),
        overlaps(statistics),
        days(statistics),
        creators(statistics),
    ];
    if !statistics.documents.is_empty() {
        tables.push(documents(statistics));
    }
    tables
}

fn corpus(statistics: &Statistics) -> Table {
    let mut table = Table::new("corpus", &["figure", "value"]);
    let corpus = &statistics.corpus;
    for (figure, value) in [
        ("documents", corpus.documents),
        ("documents_done", corpus.done),
        ("documents_skipped", corpus.skipped),
        ("documents_with_annotations", corpus.annotated),
        ("annotations", corpus.annotations),
        ("code_points", corpus.code_points),
        ("covered_code_points", corpus.covered),
    ] {
        table.rows.push(vec![figure.into(), value.into()]);
    }
    let coverage = share(corpus.covered, corpus.code_points);
    table.rows.push(vec!["coverage".into(), coverage.into()]);
    table
}

fn labels(statistics: &Statistics) -> Table {
    let mut table = Table::new(
        "labels",
        &[
            "label",
            "annotations",
            "documents",
            "shortest",
            "median",
            "mean",
            "longest",
            "covered_code_points",
            "coverage",
        ],
    );
    for label in &statistics.labels {
        let lengths = label.lengths;
        let end = |of: Option<u32>| of.map_or(Cell::Nothing, |length| u64::from(length).into());
        table.rows.push(vec![
            label.label.as_str().into(),
            label.annotations.into(),
            label.documents.into(),
            end(lengths.map(|l| l.shortest)),
            lengths.map(|l| l.median).into(),
            lengths.map(|l| l.mean).into(),
            end(lengths.map(|l| l.longest)),
            label.covered.into(),
            share(label.covered, statistics.corpus.code_points).into(),
        ]);
    }
    table
}

fn lengths(statistics: &Statistics) -> Table {
    let mut table = Table::new("lengths", &["label", "from", "to", "annotations"]);
    for label in &statistics.labels {
        for range in &label.histogram {
            table.rows.push(vec![
                label.label.as_str().into(),
                u64::from(range.from).into(),
                u64::from(range.to).into(),
                range.count.into(),
            ]);
        }
    }
    table
}

fn overlaps(statistics: &Statistics) -> Table {
    let mut table = Table::new("overlaps", &["first", "second", "pairs", "code_points"]);
    for overlap in &statistics.overlaps {
        table.rows.push(vec![
            overlap.first.as_str().into(),
            overlap.second.as_str().into(),
            overlap.pairs.into(),
            overlap.code_points.into(),
        ]);
    }
    table
}

fn days(statistics: &Statistics) -> Table {
    let mut table = Table::new("days", &["day", "annotations", "so_far"]);
    let ids: Vec<&String> = statistics.labels.iter().map(|label| &label.label).collect();
    table.columns.extend(ids.iter().map(|id| (*id).clone()));
    for day in &statistics.days {
        let mut row = vec![
            day.day.as_deref().map_or(Cell::Nothing, Cell::from),
            day.annotations.into(),
            day.so_far.into(),
        ];
        let counts = ids
            .iter()
            .map(|id| day.labels.get(*id).copied().unwrap_or(0));
        row.extend(counts.map(Cell::from));
        table.rows.push(row);
    }
    table
}

fn creators(statistics: &Statistics) -> Table {
    let mut table = Table::new("creators", &["creator", "annotations"]);
    for (creator, count) in &statistics.creators {
        let name = creator.as_deref().map_or(Cell::Nothing, Cell::from);
        table.rows.push(vec![name, (*count).into()]);
    }
    table
}

fn documents(statistics: &Statistics) -> Table {
    let mut table = Table::new(
        "documents",
        &[
            "document",
            "title",
            "site",
            "state",
            "annotations",
            "code_points",
            "coverage",
        ],
    );
    let ids: Vec<&String> = statistics.labels.iter().map(|label| &label.label).collect();
    table.columns.extend(ids.iter().map(|id| (*id).clone()));
    for document in &statistics.documents {
        let counts = ids
            .iter()
            .map(|id| document.labels.get(*id).copied().unwrap_or(0));
        let mut row = head(document);
        row.extend(counts.map(Cell::from));
        table.rows.push(row);
    }
    table
}

fn head(document: &DocumentFigures) -> Vec<Cell> {
    let state = match document.state {
        DocumentState::Open => "open",
        DocumentState::Done => "done",
        DocumentState::Skipped(_) => "skipped",
    };
    vec![
        document.id.as_str().into(),
        document.title.as_deref().map_or(Cell::Nothing, Cell::from),
        document.site.as_deref().map_or(Cell::Nothing, Cell::from),
        state.into(),
        document.annotations.into(),
        document.code_points.into(),
        share(document.covered, document.code_points).into(),
    ]
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Collector, Counted, CountedDocument};
    use crate::text::Span;

    #[test]
    fn the_figures_are_in_tables_by_their_names() {
        let mut collector = Collector::new(true);
        let document = CountedDocument {
            id: "d1",
            title: Some("One"),
            site: Some("The Post"),
            length: 40,
            state: &DocumentState::Done,
        };
        let annotation = Counted {
            span: Span::new(0, 10).unwrap(),
            label: "claim",
            created: Some("2026-11-24T10:00:00Z"),
            creator: Some("Ada"),
        };
        collector.add(&document, [annotation]);
        let tables = tables(&collector.finish());
        let csv = |name: &str| {
            let table = tables.iter().find(|table| table.name == name).unwrap();
            table.to_csv().lines().skip(1).collect::<Vec<_>>().join(";")
        };
        for (name, rows) in [
            ("labels", "\"claim\",1,1,10,10,10,10,10,0.25"),
            ("lengths", "\"claim\",10,19,1"),
            ("overlaps", ""),
            ("days", "\"2026-11-24\",1,1,1"),
            ("creators", "\"Ada\",1"),
            (
                "documents",
                "\"d1\",\"One\",\"The Post\",\"done\",1,40,0.25,1",
            ),
        ] {
            assert_eq!(csv(name), rows, "{name}");
        }
    }
}
