//! A table of figures, printed for people, as CSV or as JSON.

use crate::format::csv::defuse;

/// What stands in a table at one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
    /// A figure that is no count: a mean, a share, a coefficient.
    Number(f64),
    /// Nothing: the figure is not defined there.
    Nothing,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Cell {
        Cell::Count(count)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Cell {
        number
            .filter(|number| number.is_finite())
            .map_or(Cell::Nothing, Cell::Number)
    }
}

/// A table: a name, the names of its columns, and rows as long as those.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What programs call it.
    pub name: &'static str,
    /// What its columns are called, by programs and people.
    pub columns: Vec<String>,
    /// A cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub fn new(name: &'static str, columns: &[&str]) -> Table {
        Table {
            name,
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// The table in columns of equal width, figures to the right and rounded to three decimals.
    pub fn to_text(&self) -> String {
        let shown: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| row.iter().map(shown).collect())
            .collect();
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let cells = shown.iter().filter_map(|row| row.get(at));
                let widest = cells.map(|cell| cell.chars().count()).max();
                widest.unwrap_or(0).max(column.chars().count())
            })
            .collect();
        let mut out = String::new();
        let of_figures = |at: usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.any(|cell| matches!(cell, Cell::Count(_) | Cell::Number(_)))
        };
        line(&mut out, &widths, self.columns.iter(), of_figures);
        for (row, cells) in self.rows.iter().zip(&shown) {
            let is_figure = |at: usize| !matches!(row.get(at), Some(Cell::Text(_)));
            line(&mut out, &widths, cells.iter(), is_figure);
        }
        out
    }

    /// The table as CSV (RFC 4180): a row of names, then the rows, in UTF-8, each ended by CR LF.
    /// Words are quoted and exact; figures have six decimals at most.
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        let names: Vec<Cell> = self.columns.iter().map(|c| Cell::Text(c.clone())).collect();
        for row in std::iter::once(&names).chain(&self.rows) {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                match cell {
                    Cell::Text(text) => {
                        out.push('"');
                        out.push_str(&text.replace('"', "\"\""));
                        out.push('"');
                    }
                    figure => out.push_str(&plain(figure)),
                }
            }
            out.push_str("\r\n");
        }
        out
    }

    /// The table for a spreadsheet: words that it could run are defused, as in the format for it.
    pub fn defused(&self) -> Table {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => Cell::Text(defuse(text).into_owned()),
            figure => figure.clone(),
        };
        let rows = self.rows.iter();
        Table {
            name: self.name,
            columns: self
                .columns
                .iter()
                .map(|column| defuse(column).into_owned())
                .collect(),
            rows: rows.map(|row| row.iter().map(cell).collect()).collect(),
        }
    }

    /// The table as a JSON array with an object for each row.
    pub fn to_json(&self) -> String {
        let mut out = String::from("[");
        for (at, row) in self.rows.iter().enumerate() {
            out.push_str(if at == 0 { "\n  {" } else { ",\n  {" });
            for (at, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(column));
                out.push(':');
                match cell {
                    Cell::Text(text) => out.push_str(&quoted(text)),
                    Cell::Nothing => out.push_str("null"),
                    figure => out.push_str(&plain(figure)),
                }
            }
            out.push('}');
        }
        out.push_str(if self.rows.is_empty() { "]" } else { "\n ]" });
        out
    }
}

/// Several tables as one JSON object, by their names.
pub fn to_json(tables: &[Table]) -> String {
    let fields: Vec<String> = tables
        .iter()
        .map(|table| format!(" {}: {}", quoted(table.name), table.to_json()))
        .collect();
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

fn line<'a>(
    out: &mut String,
    widths: &[usize],
    cells: impl Iterator<Item = &'a String>,
    to_the_right: impl Fn(usize) -> bool,
) {
    let start = out.len();
    for (at, (cell, width)) in cells.zip(widths).enumerate() {
        if at > 0 {
            out.push_str("  ");
        }
        let padding = width.saturating_sub(cell.chars().count());
        let padding = std::iter::repeat_n(' ', padding);
        if to_the_right(at) {
            out.extend(padding);
            out.push_str(cell);
        } else {
            out.push_str(cell);
            out.extend(padding);
        }
    }
    out.truncate(start + out[start..].trim_end().len());
    out.push('\n');
}

/// A cell as people read it, on one line.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => decimal(*number, 3),
        Cell::Nothing => "–".to_owned(),
    }
}

/// A figure as programs read it.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => {
            let digits = decimal(*number, 6);
            digits
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        }
        Cell::Text(_) | Cell::Nothing => String::new(),
    }
}

/// A number of that many decimals, rounded half away from zero. The standard library's way of
/// writing floats is avoided for its size.
fn decimal(number: f64, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals);
    let scaled = (number.abs() * scale as f64).round() as u64;
    let sign = if number < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / scale, scaled % scale);
    let rest = rest.to_string();
    let zeros = "0".repeat((decimals as usize).saturating_sub(rest.len()));
    format!("{sign}{whole}.{zeros}{rest}")
}

/// A string of JSON, in ASCII.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'"') => out.push_str("\\\""),
            Ok(b'\\') => out.push_str("\\\\"),
            Ok(byte @ b' '..=b'~') => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("labels", &["label", "spans", "mean"]);
        table
            .rows
            .push(vec!["a \"b\"\n😀".into(), 12.into(), Some(2.5).into()]);
        table.rows.push(vec!["=x".into(), 3.into(), None.into()]);
        table
    }

    #[test]
    fn people_read_columns() {
        let expected = "\
label    spans   mean
a \"b\" 😀     12  2.500
=x           3      –
";
        assert_eq!(table().to_text(), expected);
    }

    #[test]
    fn csv_is_quoted_and_exact() {
        assert_eq!(
            table().to_csv(),
            "\"label\",\"spans\",\"mean\"\r\n\"a \"\"b\"\"\n😀\",12,2.5\r\n\"=x\",3,\r\n"
        );
    }

    #[test]
    fn a_spreadsheet_finds_no_formula() {
        let mut table = table();
        table.columns[2] = "-mean".to_owned();
        assert_eq!(
            table.defused().to_csv(),
            "\"label\",\"spans\",\"'-mean\"\r\n\"a \"\"b\"\"\n😀\",12,2.5\r\n\"'=x\",3,\r\n"
        );
    }

    #[test]
    fn json_says_the_same() {
        let json: serde_json::Value = serde_json::from_str(&to_json(&[table()])).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"labels": [
                {"label": "a \"b\"\n😀", "spans": 12, "mean": 2.5},
                {"label": "=x", "spans": 3, "mean": null},
            ]})
        );
    }

    #[test]
    fn decimals_are_rounded() {
        for (number, decimals, expected) in [
            (0.0, 3, "0.000"),
            (0.0005, 3, "0.001"),
            (-0.70034, 3, "-0.700"),
            (-0.0001, 3, "0.000"),
            (12.0625, 2, "12.06"),
            (1.999_999_9, 6, "2.000000"),
        ] {
            assert_eq!(decimal(number, decimals), expected, "{number}");
        }
    }
}
