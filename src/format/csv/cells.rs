//! Cells and rows.

use std::borrow::Cow;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, exact.
    Comma,
    /// Tabs, exact.
    Tab,
    /// Commas, for spreadsheets: what they would run is defused.
    Spreadsheet,
}

impl Dialect {
    /// What stands between cells.
    pub fn separator(self) -> char {
        match self {
            Dialect::Tab => '\t',
            Dialect::Comma | Dialect::Spreadsheet => ',',
        }
    }

    /// Adds a row; how many cells were defused.
    pub fn write(self, row: &[&str], out: &mut String) -> usize {
        let mut defused = 0;
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(self.separator());
            }
            out.push('"');
            let cell = match self {
                Dialect::Spreadsheet => defuse(cell),
                Dialect::Comma | Dialect::Tab => Cow::Borrowed(*cell),
            };
            defused += usize::from(matches!(cell, Cow::Owned(_)));
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
        out.push_str("\r\n");
        defused
    }

    /// The content of a cell as it is in a file.
    pub fn read(self, cell: String) -> String {
        match cell.strip_prefix('\'') {
            Some(content) if self == Dialect::Spreadsheet && is_run(content) => content.to_owned(),
            _ => cell,
        }
    }
}

/// The words of a cell behind an apostrophe if a spreadsheet could run them, else as they are.
pub fn defuse(cell: &str) -> Cow<'_, str> {
    match is_run(cell) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

/// Whether a spreadsheet could run the cell, or a part of it where its quotation is not understood.
fn is_run(cell: &str) -> bool {
    // What begins with an apostrophe of its own gets one more, so that it comes back.
    let cell = cell.trim_start_matches('\'');
    let mut before = None;
    for c in cell.chars() {
        let begins = before.is_none_or(|b| matches!(b, ',' | ';' | '\t' | '\r' | '\n' | '"'));
        if begins && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            return true;
        }
        if before.is_none() && matches!(c, '\t' | '\r' | '\n') {
            return true;
        }
        before = Some(c);
    }
    false
}

/// The rows of a table, each with the line on which it begins, from 1. Cells may be quoted or not;
/// empty lines are left out. The error is the line of a quotation that never ends.
pub fn rows(content: &str, separator: char) -> Result<Vec<(usize, Vec<String>)>, usize> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut line, mut begins, mut quoted_from) = (1, 1, None);
    // Whether the cell was quoted, so that an empty one counts.
    let mut quoted = false;
    let mut chars = content.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        if quoted_from.is_some() {
            match c {
                '"' if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted_from = None,
                c => cell.push(c),
            }
            continue;
        }
        match c {
            '"' if cell.is_empty() && !quoted => {
                quoted = true;
                quoted_from = Some(line);
            }
            c if c == separator => {
                row.push(std::mem::take(&mut cell));
                quoted = false;
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                if !row.is_empty() || !cell.is_empty() || quoted {
                    row.push(std::mem::take(&mut cell));
                    rows.push((begins, std::mem::take(&mut row)));
                }
                quoted = false;
                begins = line;
            }
            c => cell.push(c),
        }
    }
    if let Some(line) = quoted_from {
        return Err(line);
    }
    if !row.is_empty() || !cell.is_empty() || quoted {
        row.push(cell);
        rows.push((begins, row));
    }
    Ok(rows)
}
