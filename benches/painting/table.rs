//! The budget and what was measured, side by side.

use serde_json::Value;

const MB: f64 = 1_048_576.0;

/// One frame at 60 Hz, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// How much more than its floor a figure may be.
enum Limit {
    Times(f64),
    Plus(f64),
    /// Whatever the floor is.
    AtMost(f64),
}
use Limit::{AtMost, Plus, Times};

/// A line of the table: where its figure and its floor are found in what was measured.
struct Row {
    what: &'static str,
    budget: &'static str,
    figure: &'static str,
    floor: &'static str,
    /// By what the measured numbers are divided.
    unit: f64,
    /// The limits, by the sizes that they are set for; none if the figure only informs.
    limits: &'static [(&'static str, Limit)],
}

const MILLION: &str = "1 MB × 10,000";
const FIVE: &str = "5 MB × 50,000";
const TEN: &str = "10 MB × 100,000";

const ROWS: [Row; 18] = [
    Row {
        what: "put on the page with everything open: to painted with the whole text in the DOM, ms",
        budget: "≤ 0.2 × plain paragraphs (1 MB), ≤ 0.15 × (5 MB)",
        figure: "/loading/mount",
        floor: "/loading/plain",
        unit: 1.0,
        limits: &[(MILLION, Times(0.2)), (FIVE, Times(0.15))],
    },
    information(
        "the same, to the first screen painted, ms",
        "/loading/first",
        "/loading/plain",
    ),
    information(
        "`load({text})`: to painted, ms",
        "/loading/text",
        "/loading/plain",
    ),
    Row {
        what: "`load({file})` of a dataset: to painted, ms",
        budget: "≤ 2,000 (10 MB)",
        figure: "/loading/whole",
        floor: "/loading/plain",
        unit: 1.0,
        limits: &[(TEN, AtMost(2_000.0))],
    },
    Row {
        what: "in place, on the host's own DOM: ready with all annotations, beyond what its content took to paint, ms",
        budget: "≤ 0.5 × the host's content alone",
        figure: "/inPlace/more",
        floor: "/inPlace/plain",
        unit: 1.0,
        limits: &[(MILLION, Times(0.5))],
    },
    edit("in place: `annotate`, p95 to painted, ms", "/inPlace/add"),
    edit("`annotate`, p95 to painted, ms", "/editing/painted/add/p95"),
    edit(
        "`update` of the label, p95 to painted, ms",
        "/editing/painted/relabel/p95",
    ),
    edit(
        "`remove`, p95 to painted, ms",
        "/editing/painted/remove/p95",
    ),
    edit(
        "a key that moves, p95 to painted, ms",
        "/editing/keys/move/p95",
    ),
    edit(
        "a key that tags, p95 to painted, ms",
        "/editing/keys/tag/p95",
    ),
    information(
        "`annotate`, the call alone, p50, ms",
        "/editing/calls/add/p50",
        "",
    ),
    Row {
        what: "`export()`, to a file, ms",
        budget: "≤ 2,000 (10 MB)",
        figure: "/editing/export",
        floor: "",
        unit: 1.0,
        limits: &[(TEN, AtMost(2_000.0))],
    },
    Row {
        what: "scrolling, p95 frame, ms",
        budget: "≤ 1.7 × plain paragraphs",
        figure: "/scrolling/element",
        floor: "/scrolling/plain",
        unit: 1.0,
        limits: &[(MILLION, Times(1.7)), (FIVE, Times(1.7))],
    },
    Row {
        what: "scrolling, long tasks",
        budget: "none",
        figure: "/scrolling/elementLongTasks",
        floor: "",
        unit: 1.0,
        limits: &[(MILLION, Plus(0.0)), (FIVE, Plus(0.0))],
    },
    Row {
        what: "selection → its two offsets, ms",
        budget: "≤ 0.1 each",
        figure: "/editing/selection",
        floor: "",
        unit: 1.0,
        limits: &[(MILLION, Plus(0.2))],
    },
    Row {
        what: "memory of the renderer, MB",
        budget: "≤ plain paragraphs + 15 (1 MB)",
        figure: "/memory/private",
        floor: "/plainMemory/private",
        unit: MB,
        limits: &[(MILLION, Plus(15.0))],
    },
    Row {
        what: "of which the module's own, MB",
        budget: "",
        figure: "/memory/module",
        floor: "",
        unit: MB,
        limits: &[],
    },
];

const fn information(what: &'static str, figure: &'static str, floor: &'static str) -> Row {
    Row {
        what,
        budget: "",
        figure,
        floor,
        unit: 1.0,
        limits: &[],
    }
}

const fn edit(what: &'static str, figure: &'static str) -> Row {
    Row {
        what,
        budget: "≤ an empty change + a frame",
        figure,
        floor: "/editing/painted/nothing/p95",
        unit: 1.0,
        limits: &[
            (MILLION, Plus(FRAME)),
            (FIVE, Plus(FRAME)),
            (TEN, Plus(FRAME)),
        ],
    }
}

/// What was measured, by the names of sizes.
#[derive(Default)]
pub struct Table {
    columns: Vec<(&'static str, Value)>,
}

impl Table {
    /// Adds a size.
    pub fn add(&mut self, size: &'static str, measured: Value) {
        self.columns.push((size, measured));
    }

    /// Everything in Markdown; `shipped` is the embed's weight in bytes.
    pub fn markdown(&self, shipped: usize) -> String {
        let sizes: Vec<&str> = self.columns.iter().map(|(size, _)| *size).collect();
        let mut lines = vec![
            "Figure (floor of the same run; figure ÷ floor).\n".to_owned(),
            line(
                "what",
                "budget",
                sizes.iter().map(|size| (*size).to_owned()),
                "met",
            ),
            line("---", "---", sizes.iter().map(|_| "--:".to_owned()), "---"),
        ];
        lines.extend(ROWS.iter().map(|row| self.line(row)));
        let kb = shipped as f64 / 1024.0;
        let weight = sizes.iter().enumerate().map(|(column, _)| match column {
            0 => number(kb),
            _ => String::new(),
        });
        let met = verdict(Some(kb <= 150.0));
        lines.push(line(
            "shipped for an embed, brotli, KB",
            "≤ 150",
            weight,
            met,
        ));
        lines.join("\n")
    }

    fn line(&self, row: &Row) -> String {
        let cells = self.columns.iter().map(|(_, measured)| row.cell(measured));
        let verdicts: Vec<bool> = self
            .columns
            .iter()
            .filter_map(|(size, measured)| row.is_met(size, measured))
            .collect();
        let met = (!verdicts.is_empty()).then(|| verdicts.iter().all(|met| *met));
        line(row.what, row.budget, cells, verdict(met))
    }
}

impl Row {
    fn figure(&self, measured: &Value) -> Option<f64> {
        Some(measured.pointer(self.figure)?.as_f64()? / self.unit)
    }

    fn floor(&self, measured: &Value) -> Option<f64> {
        match self.floor {
            "" => None,
            floor => Some(measured.pointer(floor)?.as_f64()? / self.unit),
        }
    }

    fn cell(&self, measured: &Value) -> String {
        match (self.figure(measured), self.floor(measured)) {
            (None, _) => "–".to_owned(),
            (Some(figure), None) => number(figure),
            (Some(figure), Some(floor)) => {
                let ratio = figure / floor;
                format!("{} ({}; {ratio:.2})", number(figure), number(floor))
            }
        }
    }

    /// Whether the limit for that size is kept; `None` if there is none, or no figure.
    fn is_met(&self, size: &str, measured: &Value) -> Option<bool> {
        let (_, limit) = self.limits.iter().find(|(limited, _)| *limited == size)?;
        let figure = self.figure(measured)?;
        let floor = self.floor(measured).unwrap_or(0.0);
        Some(match limit {
            Times(times) => figure <= floor * times,
            Plus(more) => figure <= floor + more,
            AtMost(most) => figure <= *most,
        })
    }
}

fn line(what: &str, budget: &str, cells: impl Iterator<Item = String>, met: &str) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {what} | {budget} | {} | {met} |", cells.join(" | "))
}

fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "",
    }
}

/// Three digits, or as many as stand before the point.
fn number(figure: f64) -> String {
    match figure.abs() {
        100.0.. => format!("{figure:.0}"),
        10.0.. => format!("{figure:.1}"),
        _ if figure == figure.round() => format!("{figure:.0}"),
        _ => format!("{figure:.2}"),
    }
}
