//! Reading a table, with the texts that lie beside it.

use super::{ATTRIBUTES, Dialect, rows};
use crate::format::attributes::as_extra;
use crate::format::exchange::{
    At, Builder, Files, Finding, Input, Options, RawDocument, RawSpan, Reader, Receive, Refusal,
    Unit, Why, file_stem, read_text,
};
use crate::format::native::shown;
use crate::json;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Reads a table with the columns `doc_id`, `label`, `start`, `end` and, to prove these, `text`.
pub struct CsvReader {
    dialect: Dialect,
    builder: Builder,
    about: Option<(String, String)>,
}

impl CsvReader {
    /// With the unit that the options state, and the text that they say the table is about.
    pub fn new(dialect: Dialect, options: &Options) -> CsvReader {
        CsvReader {
            dialect,
            builder: Builder::new(Unit::CodePoint, options),
            about: options.about.clone(),
        }
    }
}

impl Reader for CsvReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let name = input.name;
        let content = read_text(input.content, name)?;
        let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
        if content.trim().is_empty() {
            return Err(Why::Empty.at(name, At::File));
        }
        let never_ends = |line| {
            Why::Malformed("a quotation begins here and never ends".into()).at(name, At::Line(line))
        };
        let mut rows = rows(content, self.separator(content))
            .map_err(never_ends)?
            .into_iter();
        let head = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        let column = |wanted: &str| {
            let mut names = head.iter().map(|name| name.trim());
            names.position(|name| name.eq_ignore_ascii_case(wanted))
        };
        for needed in ["label", "start", "end"] {
            if column(needed).is_none() {
                let why = match column("annotation_id").and(column("annotator")) {
                    Some(_) => "it is a table of Label Studio, whose cells hold the labels as JSON; export the project as JSON".to_owned(),
                    None => format!("its first line names no column {needed:?}"),
                };
                return Err(Why::Malformed(why).at(name, At::Line(1)));
            }
        }
        // Documents in the order in which they are met.
        let mut documents: Vec<(String, Vec<RawSpan>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        // Spreadsheets may leave rows without anything at the end.
        for (line, mut cells) in rows.filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())) {
            let mut cell = |name: &str| {
                let cell = cells.get_mut(column(name)?).map(std::mem::take)?;
                Some(self.dialect.read(cell))
            };
            let id = cell("doc_id").unwrap_or_default();
            let mut full = |name: &str| cell(name).filter(|cell| !cell.is_empty());
            let span = RawSpan {
                at: Some(At::Line(line)),
                id: full("annotation_id"),
                start: full("start").and_then(number),
                end: full("end").and_then(number),
                exact: full("text"),
                label: full("label"),
                note: full("note"),
                creator: full("creator"),
                created: full("created"),
                extra: full(ATTRIBUTES).map(said).unwrap_or_default(),
                ..RawSpan::default()
            };
            let place = *places.entry(id.clone()).or_insert(documents.len());
            match documents.get_mut(place) {
                Some((_, spans)) => spans.push(span),
                None => documents.push((id, vec![span])),
            }
        }
        let several = documents.len() > 1;
        for (id, spans) in documents {
            let about = self.about.as_ref();
            let (id, text) = match (text_of(&id, input.beside)?, about) {
                (Some(text), _) => (id, text),
                (None, Some((about, text))) if !several || *about == id => {
                    (about.clone(), text.clone())
                }
                (None, Some(_)) => {
                    let first = spans.first().and_then(|span| span.at);
                    into.find(Finding {
                        file: name.to_owned(),
                        at: first.unwrap_or(At::File),
                        id: None,
                        left_out: true,
                        why: format!(
                            "The annotations of document {} are left out: its text is not beside the file.",
                            shown(&id)
                        ),
                    });
                    continue;
                }
                (None, None) => {
                    let wanted = format!("{}.txt", file_stem(&id));
                    return Err(Why::NoText(wanted).at(name, At::File));
                }
            };
            let raw = RawDocument {
                id: Some(id).filter(|id| !id.is_empty()),
                text,
                spans,
                ..RawDocument::default()
            };
            let added = self.builder.add(raw, name, At::File, into);
            let added = added.map_err(|why| why.at(name, At::File))?;
            added.map_err(|why| Why::NoDocuments(Some(why)).at(name, At::File))?;
        }
        Ok(())
    }
}

impl CsvReader {
    /// What stands between the cells: where a comma is part of numbers, spreadsheets write semicolons.
    fn separator(&self, content: &str) -> char {
        let head = content.lines().next().unwrap_or_default();
        let others = [self.dialect.separator(), ',', ';', '\t'].into_iter();
        let most = others
            .rev()
            .max_by_key(|separator| head.matches(*separator).count());
        most.unwrap_or_else(|| self.dialect.separator())
    }
}

/// An offset, which tables with gaps in a column write with a point (`5.0`).
fn number(cell: String) -> Option<u64> {
    cell.parse().ok().or_else(|| json::whole(&cell))
}

/// What a cell of JSON says by attributes. One that is no JSON object, as other programs write such
/// a column, is kept as it is.
fn said(cell: String) -> Map<String, Value> {
    match json::parse(&cell) {
        Ok(Value::Object(said)) => as_extra(said),
        _ => Map::from_iter([(ATTRIBUTES.to_owned(), cell.into())]),
    }
}

/// The text of a document that lies beside the table.
fn text_of(id: &str, beside: &dyn Files) -> Result<Option<String>, Refusal> {
    for name in [format!("{id}.txt"), format!("{}.txt", file_stem(id))] {
        if let Some(mut content) = beside.open(&name) {
            return read_text(&mut content, &name).map(Some);
        }
    }
    Ok(None)
}
