//! Reading tasks: Label Studio's JSON, and its shorter form JSON-MIN.

use super::CONFIGURATION;
use super::config::Config;
use super::result::{ELSEWHERE, Maker, Results};
use super::text::take_texts;
use crate::annotation::Method;
use crate::document::{Source, content_id};
use crate::edit::DocumentState;
use crate::format::exchange::{
    At, Builder, Files, Finding, Input, Options, ROW, RawDocument, Reader, Receive, Records,
    Refusal, Unit, Why, is_row, read_text,
};
use crate::format::native::shown;
use crate::format::whole::{read_json, sibling};
use crate::json::{Fields, Read};
use crate::text::Text;
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
        let mut records = Records::of(name);
        for (number, task) in (1..).zip(tasks) {
            let at = At::Record(number);
            let documents = match self.task(task, name, at, into) {
                Ok(documents) => documents,
                Err(why) => {
                    records.count(at, Err(why), into);
                    continue;
                }
            };
            for raw in documents {
                let added = self.builder.add(raw, name, at, into);
                records.count(at, added.map_err(|why| why.at(name, at))?, into);
            }
        }
        records.end()
    }
}

impl LabelStudioReader {
    /// A document for each text of a task.
    fn task(
        &self,
        task: Value,
        file: &str,
        at: At,
        into: &mut dyn Receive,
    ) -> Result<Vec<RawDocument>, String> {
        let mut task: Fields =
            Read::read(task).ok_or_else(|| "A task must be an object.".to_owned())?;
        if is_row(&task) {
            return Err(ROW.to_owned());
        }
        let data = |task: &mut Fields| -> Result<Option<Map<String, Value>>, String> {
            let data = task.want("data");
            data.map_err(|_| "Its \"data\" must be an object.".to_owned())
        };
        let (mut data, work) = match data(&mut task)? {
            Some(mut data) => {
                let work = of_task(&mut task, &data)?;
                if let Some(id) = task.want("id").ok().flatten() {
                    data.entry("id").or_insert(id);
                }
                (data, work)
            }
            // An annotation that has its task in it, as exports to a storage do.
            None => match task.want::<Fields>("task").ok().flatten() {
                Some(mut inner) => {
                    let data = data(&mut inner)?.ok_or("Its task has no \"data\".")?;
                    let work = of_annotations(vec![task], &data)?;
                    (data, work)
                }
                None => {
                    let mut data = task.rest();
                    let work = of_short(&mut data);
                    (data, work)
                }
            },
        };
        let mut results = Results::default();
        for (maker, list) in work.lists {
            results.extend(Results::read(list, &maker, at));
        }
        for (kind, place) in ELSEWHERE {
            if results.spans.is_empty() && results.others.contains_key(kind) {
                return Err(format!(
                    "Its labels are in a {place}, where their places count something else; tasks of plain text alone can be read."
                ));
            }
        }
        let mut say = |left_out: bool, why: String| {
            into.find(Finding {
                file: file.to_owned(),
                at,
                id: None,
                left_out,
                why,
            });
        };
        for why in work.remarks {
            say(false, why);
        }
        if !results.others.is_empty() {
            let kinds = results.others.iter();
            let kinds: Vec<String> = kinds.map(|(kind, n)| format!("{kind}: {n}")).collect();
            say(
                false,
                format!("What labels no text is left out ({}).", kinds.join(", ")),
            );
        }
        let texts = take_texts(&mut data, results, self.config.as_ref())?;
        if texts.left_out > 0 {
            let why = format!(
                "Labels of no text that is known are left out: {}.",
                texts.left_out
            );
            say(true, why);
        }
        for other in &texts.others {
            let field = shown(&other.field);
            let why = format!("Its text {field} has labels too; it is a document of its own now.");
            say(false, why);
        }
        let mut string = |name: &str| match data.get(name) {
            Some(Value::String(_)) => data.shift_remove(name).and_then(String::read),
            _ => None,
        };
        let state = match (string("state").as_deref(), work.stage) {
            (Some("open"), _) => DocumentState::Open,
            (Some("skipped"), _) | (_, Stage::Skipped) => DocumentState::Skipped("".into()),
            (Some("done"), _) | (_, Stage::Done) => DocumentState::Done,
            (_, Stage::Open) => DocumentState::Open,
        };
        let id = string("doc_id");
        let id = match id {
            // The same headline may stand over many texts.
            None if !texts.others.is_empty() => {
                let text = Text::new(texts.main.text.clone());
                text.ok().map(|text| content_id(&text))
            }
            id => id,
        };
        let others = texts.others.into_iter().map(|other| RawDocument {
            id: id.as_ref().map(|id| format!("{id}-{}", other.field)),
            text: other.text,
            spans: other.spans,
            state: state.clone(),
            ..RawDocument::default()
        });
        let others: Vec<RawDocument> = others.collect();
        let main = RawDocument {
            text: texts.main.text,
            id,
            title: string("title"),
            language: string("language"),
            source: Source {
                uri: string("url"),
                file_name: None,
            },
            state,
            spans: texts.main.spans,
            extra: data,
            ..RawDocument::default()
        };
        Ok([vec![main], others].concat())
    }
}

/// What people and programs did with a task.
struct Work {
    /// The lists of results, and who made each.
    lists: Vec<(Maker, Vec<Value>)>,
    stage: Stage,
    /// What there is to say of what isn't among them.
    remarks: Vec<String>,
}

/// How far the work on a task has come.
#[derive(Clone, Copy)]
enum Stage {
    Open,
    Done,
    Skipped,
}

/// That of a task. Predictions count if nobody has worked on it, drafts never.
fn of_task(task: &mut Fields, data: &Map<String, Value>) -> Result<Work, String> {
    let mut named = Vec::new();
    let mut list = |name: &str| {
        let (numbers, list) = objects(task, name)?;
        if numbers > 0 {
            named.push(format!("{name}: {numbers}"));
        }
        Ok::<_, String>(list)
    };
    // Older exports have `completions`.
    let mut annotations = list("annotations")?;
    annotations.extend(list("completions")?);
    let predictions = list("predictions")?;
    let drafts = list("drafts")?;
    let mut work = of_annotations(annotations, data)?;
    if !named.is_empty() {
        let named = named.join(", ");
        let why = format!("What the file names by its number alone is left out ({named}).");
        work.remarks.push(why);
    }
    let is_used = matches!(work.stage, Stage::Open);
    let mut unused = 0;
    for mut prediction in predictions {
        let maker = Maker {
            creator: prediction.want("model_version").ok().flatten(),
            method: Some(Method::Model),
            ..Maker::default()
        };
        let results = results_of(&mut prediction)?;
        match is_used {
            true => work.lists.push((maker, results)),
            false => unused += results.len(),
        }
    }
    if unused > 0 {
        let why = format!("Predictions are left out, since somebody has worked on it: {unused}.");
        work.remarks.push(why);
    }
    let mut of_drafts = 0;
    for mut draft in drafts {
        of_drafts += results_of(&mut draft)?.len();
    }
    if of_drafts > 0 {
        let why = format!("Drafts, which nobody has submitted, are left out: {of_drafts}.");
        work.remarks.push(why);
    }
    Ok(work)
}

/// The objects of a list, and how many numbers stand there for others: an export that is asked for at once has
/// those of predictions (Label Studio, `tasks/serializers.py`).
fn objects(task: &mut Fields, name: &str) -> Result<(usize, Vec<Fields>), String> {
    let wrong = || format!("Its \"{name}\" must be a list of objects.");
    let list: Vec<Value> = task.list(name).map_err(|_| wrong())?;
    let (numbers, list): (Vec<_>, Vec<_>) = list.into_iter().partition(Value::is_number);
    let list: Option<Vec<Fields>> = list.into_iter().map(Fields::read).collect();
    Ok((numbers.len(), list.ok_or_else(wrong)?))
}

fn results_of(annotation: &mut Fields) -> Result<Vec<Value>, String> {
    let results = annotation.list("result");
    results.map_err(|_| "Its \"result\" must be a list.".to_owned())
}

/// That of annotators. What somebody labelled before skipping the task doesn't count, as in Label Studio's own
/// converter. A file of ours keeps the annotations of a skipped document.
fn of_annotations(annotations: Vec<Fields>, data: &Map<String, Value>) -> Result<Work, String> {
    let is_ours = data.get("state").is_some_and(|state| state == "skipped");
    let mut work = Work {
        lists: Vec::new(),
        stage: Stage::Open,
        remarks: Vec::new(),
    };
    let mut skipped = 0;
    for mut annotation in annotations {
        let was_cancelled = annotation.want("was_cancelled") == Ok(Some(true));
        let maker = Maker {
            creator: person(annotation.want("completed_by").ok().flatten()),
            created: annotation.want("created_at").ok().flatten(),
            modified: annotation.want("updated_at").ok().flatten(),
            method: None,
        };
        let results = results_of(&mut annotation)?;
        work.stage = match (work.stage, was_cancelled) {
            (Stage::Done, _) | (_, false) => Stage::Done,
            _ => Stage::Skipped,
        };
        match was_cancelled && !is_ours {
            true => skipped += results.len(),
            false => work.lists.push((maker, results)),
        }
    }
    if skipped > 0 {
        let why = format!("What was labelled before the task was skipped is left out: {skipped}.");
        work.remarks.push(why);
    }
    Ok(work)
}

/// That of JSON-MIN, where results are fields beside the text.
fn of_short(data: &mut Map<String, Value>) -> Work {
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
    // It has a line for each annotation that was submitted.
    let stage = match data.contains_key("annotation_id") || !names.is_empty() {
        true => Stage::Done,
        false => Stage::Open,
    };
    let lists = names.into_iter().filter_map(|name| {
        let list: Vec<Value> = Vec::read(data.shift_remove(&name)?)?;
        let results = list
            .into_iter()
            .map(|value| serde_json::json!({ "value": value }));
        Some((maker.clone(), results.collect()))
    });
    Work {
        lists: lists.collect(),
        stage,
        remarks: Vec::new(),
    }
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
