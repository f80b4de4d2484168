//! A report as a table.

use super::{Line, Who};
use crate::table::{Cell, Table};

/// What stands in a table for all documents, labels or annotators.
pub const OVER_ALL: &str = "*";

/// The lines as a table of that name, a row each. `first` stands for the truth in `precision` and
/// `recall`; where a figure is not defined there is none.
pub fn table(name: &'static str, lines: &[Line]) -> Table {
    let mut table = Table::new(
        name,
        &[
            "document",
            "label",
            "first",
            "second",
            "spans_first",
            "spans_second",
            "exact",
            "exact_precision",
            "exact_recall",
            "exact_f1",
            "overlap_precision",
            "overlap_recall",
            "overlap_f1",
            "kappa",
            "alpha",
            "alpha_1995",
        ],
    );
    table.rows = lines.iter().map(row).collect();
    table
}

fn row(line: &Line) -> Vec<Cell> {
    let (first, second) = match &line.who {
        Who::Pair(first, second) => (first.as_str(), second.as_str()),
        Who::All => (OVER_ALL, OVER_ALL),
    };
    vec![
        line.document.as_deref().unwrap_or(OVER_ALL).into(),
        line.label.as_deref().unwrap_or(OVER_ALL).into(),
        first.into(),
        second.into(),
        line.exact.first.into(),
        line.exact.second.into(),
        line.exact.found_of_first.into(),
        line.exact.precision().into(),
        line.exact.recall().into(),
        line.exact.f1().into(),
        line.overlapping.precision().into(),
        line.overlapping.recall().into(),
        line.overlapping.f1().into(),
        line.kappa.into(),
        line.alpha.into(),
        line.alpha_1995.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::report;
    use crate::agreement::testing::parallel;

    #[test]
    fn a_line_is_a_row() {
        let documents = [parallel(
            20,
            &[("Ada", &[("claim", 0, 5)]), ("Ben", &[("claim", 0, 5)])],
        )];
        let report = report(&documents, true);
        let table = table("agreement", &report.by_document);
        assert_eq!(
            table.to_csv().lines().nth(2),
            Some("\"d\",\"claim\",\"Ada\",\"Ben\",1,1,1,1,1,1,1,1,1,1,1,1")
        );
    }
}
