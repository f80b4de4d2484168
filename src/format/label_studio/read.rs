//! Reading tasks: Label Studio's JSON, and its shorter form JSON-MIN.

use super::CONFIGURATION;
use super::config::Config;
use super::result::{Maker, Results};
use crate::annotation::Method;
use crate::document::Source;
use crate::edit::DocumentState;
use crate::format::exchange::{
    At, Builder, Files, Finding, Input, Options, RawDocument, Reader, Receive, Refusal, Unit, Why,
    read_text,
};
use crate::format::whole::{read_json, sibling};
use crate::json::{Fields, Read};
use serde_json::{Map, Value};

/// Reads lists of tasks.
pub struct LabelStudioReader {
    builder: Builder,
    config: Option<Config>,
}

impl LabelStudioReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> LabelStudioReader {
        LabelStudioReader {
            builder: Builder::new(Unit::CodePoint, options),
            config: None,
        }
    }

    fn configure(&mut self, name: &str, beside: &dyn Files) -> Result<(), Refusal> {
        if self.config.is_some() {
            return Ok(());
        }
        let config = match beside.open(name) {
            None => Config::default(),
            Some(mut file) => Config::read(&read_text(&mut file, name)?)
                .map_err(|error| crate::format::whole::refusal(&error, name))?,
        };
        for (name, color) in &config.labels {
            self.builder.labels().id(name);
            if let Some(color) = color {
                self.builder.labels().color(name, color);
            }
        }
        self.config = Some(config);
        Ok(())
    }
}

impl Reader for LabelStudioReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input {
            name,
            content,
            beside,
        } = input;
        self.configure(&sibling(name, CONFIGURATION), beside)?;
        let tasks = match read_json(content, name, into)? {
            Value::Array(tasks) => tasks,
            // One task alone, as its page hands it out.
            task @ Value::Object(_) => vec![task],
            _ => {
                return Err(Why::Malformed("it is no list of tasks".into()).at(name, At::File));
            }
        };
        let mut read = 0;
        let mut first_wrong = None;
        for (number, task) in (1..).zip(tasks) {
            let at = At::Record(number);
            let outcome = match self.task(task, name, at, into) {
                Ok(raw) => self
                    .builder
                    .add(raw, name, at, into)
                    .map_err(|why| why.at(name, at))?,
                Err(why) => Err(why),
            };
            match outcome {
                Ok(()) => read += 1,
                Err(why) => {
                    first_wrong.get_or_insert(why.clone());
                    into.find(Finding {
                        file: name.to_owned(),
                        at,
                        id: None,
                        left_out: true,
                        why,
                    });
                }
            }
        }
        match read {
            0 => Err(Why::NoDocuments(first_wrong).at(name, At::File)),
            _ => Ok(()),
        }
    }
}

impl LabelStudioReader {
    fn task(
        &self,
        task: Value,
        file: &str,
        at: At,
        into: &mut dyn Receive,
    ) -> Result<RawDocument, String> {
        let mut task: Fields =
            Read::read(task).ok_or_else(|| "A task must be an object.".to_owned())?;
        let data: Option<Map<String, Value>> = task
            .want("data")
            .map_err(|_| "Its \"data\" must be an object.".to_owned())?;
        let (mut data, lists, cancelled) = match data {
            Some(data) => {
                let (lists, cancelled) = of_task(&mut task)?;
                (data, lists, cancelled)
            }
            None => {
                let mut data = task.rest();
                let lists = of_short(&mut data);
                (data, lists, false)
            }
        };
        let worked_on = !lists.is_empty() || cancelled;
        let mut results = Results::default();
        for (maker, list) in lists {
            let read = Results::read(list, &maker, at);
            results.others += read.others;
            results.spans.extend(read.spans);
            results.to = results.to.or(read.to);
        }
        if results.others > 0 {
            into.find(Finding {
                file: file.to_owned(),
                at,
                id: None,
                left_out: true,
                why: format!(
                    "Choices, relations and other results that label no text are left out: {}.",
                    results.others
                ),
            });
        }
        let text = self.text(&mut data, results.to.as_deref())?;
        let mut string = |name: &str| data.shift_remove(name).and_then(String::read);
        let state = match (string("state").as_deref(), worked_on) {
            (Some("open"), _) => DocumentState::Open,
            (Some("skipped"), _) => DocumentState::Skipped("".into()),
            (Some("done"), _) => DocumentState::Done,
            _ if cancelled => DocumentState::Skipped("".into()),
            (_, true) => DocumentState::Done,
            _ => DocumentState::Open,
        };
        Ok(RawDocument {
            text,
            id: string("doc_id"),
            title: string("title"),
            language: string("language"),
            source: Source {
                uri: string("url"),
                file_name: None,
            },
            state,
            spans: results.spans,
            extra: data,
            ..RawDocument::default()
        })
    }

    /// The text of a task: the field that the configuration names, or `text`, or the only string.
    fn text(&self, data: &mut Map<String, Value>, to: Option<&str>) -> Result<String, String> {
        let config = self.config.as_ref();
        let named = config.and_then(|config| match to {
            Some(to) => config.fields.get(to),
            None => config.fields.values().next(),
        });
        let mut strings = data.iter().filter(|(_, value)| value.is_string());
        let only = match (strings.next(), strings.next()) {
            (Some((name, _)), None) => Some(name.clone()),
            _ => None,
        };
        let named = named.filter(|name| data.contains_key(*name)).cloned();
        let field = named.or_else(|| data.contains_key("text").then(|| "text".to_owned()));
        let text = field.or(only).and_then(|field| data.shift_remove(&field));
        text.and_then(String::read)
            .ok_or_else(|| "Its \"data\" needs a field \"text\" with the text.".to_owned())
    }
}

/// The lists of results, and who made each.
type Lists = Vec<(Maker, Vec<Value>)>;

/// Those of a task, and whether somebody skipped it. Predictions count if nobody has worked on it.
fn of_task(task: &mut Fields) -> Result<(Lists, bool), String> {
    let mut list = |name: &str| {
        let list: Result<Vec<Fields>, _> = task.list(name);
        list.map_err(|_| format!("Its \"{name}\" must be a list of objects."))
    };
    // Older exports have `completions`.
    let mut annotations = list("annotations")?;
    annotations.extend(list("completions")?);
    let predictions = list("predictions")?;
    let mut lists = Lists::new();
    let mut cancelled = false;
    for mut annotation in annotations {
        if annotation.want("was_cancelled") == Ok(Some(true)) {
            cancelled = true;
        }
        let maker = Maker {
            creator: person(annotation.want("completed_by").ok().flatten()),
            created: annotation.want("created_at").ok().flatten(),
            modified: annotation.want("updated_at").ok().flatten(),
            method: None,
        };
        let results = annotation.list("result");
        lists.push((
            maker,
            results.map_err(|_| "Its \"result\" must be a list.")?,
        ));
    }
    if lists.is_empty() {
        for mut prediction in predictions {
            let maker = Maker {
                creator: prediction.want("model_version").ok().flatten(),
                method: Some(Method::Model),
                ..Maker::default()
            };
            let results = prediction.list("result");
            lists.push((
                maker,
                results.map_err(|_| "Its \"result\" must be a list.")?,
            ));
        }
    }
    Ok((lists, cancelled))
}

/// Those of JSON-MIN, where they are fields beside the text.
fn of_short(data: &mut Map<String, Value>) -> Lists {
    let is_list = |value: &Value| {
        let list = value.as_array();
        list.is_some_and(|list| {
            !list.is_empty() && list.iter().all(|item| item.get("start").is_some())
        })
    };
    let names: Vec<String> = data
        .iter()
        .filter(|(_, value)| is_list(value))
        .map(|(name, _)| name.clone())
        .collect();
    let maker = Maker {
        creator: person(data.shift_remove("annotator")),
        created: data.shift_remove("created_at").and_then(String::read),
        modified: data.shift_remove("updated_at").and_then(String::read),
        method: None,
    };
    let lists = names.into_iter().filter_map(|name| {
        let list: Vec<Value> = Vec::read(data.shift_remove(&name)?)?;
        let results = list
            .into_iter()
            .map(|value| serde_json::json!({ "value": value }));
        Some((maker.clone(), results.collect()))
    });
    lists.collect()
}

/// An annotator, who may be a number, a name or an object.
fn person(value: Option<Value>) -> Option<String> {
    match value? {
        Value::String(name) => Some(name),
        Value::Number(number) => Some(format!("annotator {number}")),
        Value::Object(mut person) => {
            let email = person.shift_remove("email");
            email
                .or_else(|| person.shift_remove("username"))
                .and_then(String::read)
        }
        _ => None,
    }
}
