//! Which field of a task is its text, and what stands there.

use super::config::Config;
use super::result::Results;
use crate::format::exchange::RawSpan;
use serde_json::{Map, Value};

/// What is said where it can't be told which field is the text.
const WHICH: &str = "Its \"data\" needs a field \"text\" with the text. If the project calls it otherwise, put its configuration beside the file, as label_config.xml.";

/// A text of a task, with its spans.
#[derive(Debug, Default)]
pub struct Labelled {
    /// The field of the task's data that it stood in.
    pub field: String,
    /// The text.
    pub text: String,
    /// Its spans.
    pub spans: Vec<RawSpan>,
}

/// The texts of a task that are labelled, or the only one there is.
pub struct Texts {
    /// The longest; it is no longer among the data.
    pub main: Labelled,
    /// The others.
    pub others: Vec<Labelled>,
    /// How many spans are of none of them.
    pub left_out: usize,
}

/// Takes the text out of a task's data: the field that the configuration names, or `text`, or the only string, or
/// the only one that has the words of the results.
pub fn take_texts(
    data: &mut Map<String, Value>,
    results: Results,
    config: Option<&Config>,
) -> Result<Texts, String> {
    let mut controls: Vec<Option<&str>> = Vec::new();
    for (control, _) in &results.spans {
        if !controls.contains(&control.as_deref()) {
            controls.push(control.as_deref());
        }
    }
    if controls.is_empty() {
        controls.push(None);
    }
    let is_only = controls.len() == 1;
    let fields = controls.into_iter().filter_map(|control| {
        let field = field_of(data, &results, control, config, is_only)?;
        Some((control.map(str::to_owned), field.to_owned()))
    });
    let fields: Vec<(Option<String>, String)> = fields.collect();
    let length = |field: &str| data.get(field).and_then(Value::as_str).map(str::len);
    let longest = fields.iter().max_by_key(|(_, field)| length(field));
    let field = longest.map(|(_, field)| field.clone()).ok_or(WHICH)?;
    let Some(Value::String(text)) = data.shift_remove(&field) else {
        return Err(WHICH.into());
    };
    let mut all = vec![Labelled {
        field,
        text,
        spans: Vec::new(),
    }];
    for (_, field) in &fields {
        let text = data.get(field).and_then(Value::as_str);
        if let Some(text) = text.filter(|_| all.iter().all(|one| one.field != *field)) {
            all.push(Labelled {
                field: field.clone(),
                text: text.to_owned(),
                spans: Vec::new(),
            });
        }
    }
    let mut left_out = 0;
    for (control, mut span) in results.spans {
        let field = fields.iter().find(|(of, _)| *of == control);
        let of = field.and_then(|(_, field)| all.iter_mut().find(|one| one.field == *field));
        match of {
            Some(of) => {
                span.exact = span.exact.map(|exact| as_it_stands(exact, &of.text));
                of.spans.push(span);
            }
            None => left_out += 1,
        }
    }
    let mut all = all.into_iter();
    Ok(Texts {
        main: all.next().unwrap_or_default(),
        others: all.collect(),
        left_out,
    })
}

fn field_of<'a>(
    data: &'a Map<String, Value>,
    results: &Results,
    control: Option<&str>,
    config: Option<&'a Config>,
    is_only: bool,
) -> Option<&'a str> {
    let named = config.and_then(|config| match control {
        Some(control) => config.fields.get(control),
        None => config.fields.values().next(),
    });
    if let Some(named) = named.filter(|name| data.contains_key(*name)) {
        return Some(named);
    }
    let strings = data
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
    let strings: Vec<(&str, &str)> = strings.collect();
    if is_only {
        match strings.as_slice() {
            [(only, _)] => return Some(only),
            all => {
                if let Some((text, _)) = all.iter().find(|(name, _)| *name == "text") {
                    return Some(text);
                }
            }
        }
    }
    let spans = results.spans.iter();
    let words = spans.filter(|(of, _)| of.as_deref() == control);
    let words = words.filter_map(|(_, span)| span.exact.as_deref());
    let words: Vec<&str> = words.collect();
    let fits = |text: &str| {
        let mut words = words.iter();
        words.all(|exact| text.contains(&as_it_stands((*exact).to_owned(), text)))
    };
    let mut fitting = strings.iter().filter(|(_, text)| fits(text));
    match (fitting.next(), fitting.next()) {
        (Some((name, _)), None) if !words.is_empty() => Some(name),
        _ => None,
    }
}

/// The words that a result quotes, as they stand in the text: the page writes each line break in them as a
/// backslash and an n (Label Studio, `web/libs/editor/src/utils/selection-tools.js`).
fn as_it_stands(exact: String, text: &str) -> String {
    if !exact.contains("\\n") || text.contains(&exact) {
        return exact;
    }
    let breaks = [("\\n", "\n"), ("\\n\\n", "\r\n"), ("\\n", "\r\n")];
    let mut readings = breaks
        .iter()
        .map(|(written, meant)| exact.replace(written, meant));
    readings
        .find(|reading| text.contains(reading))
        .unwrap_or(exact)
}
