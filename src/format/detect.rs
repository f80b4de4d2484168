//! Which format a file is in, by its name and its content: what several formats could be is read as
//! each of them, and the one that makes the most of it is taken.

use super::exchange::{Entry, Files, Finding, Header, Input, Options, ROW, Receive, Stopped, Why};
use super::{FORMATS, Format, codecs, format};
use std::cmp::Reverse;
use std::io::Read;

/// How much is looked through for fields that tell the format, in bytes.
const BEGINNING: u64 = 1_000_000;
/// Fields of JSON that one format alone has.
const MARKS: [(&str, &str); 9] = [
    ("\"denotations\"", "pubannotation"),
    ("\"annotation_sets\"", "gate-bdoc"),
    ("\"%FEATURE_STRUCTURES\"", "uima-json"),
    ("\"from_name\"", "label-studio"),
    ("\"lead_time\"", "label-studio"),
    ("\"hypertextlabels\"", "label-studio"),
    ("\"_input_hash\"", "prodigy"),
    ("\"start_offset\"", "doccano"),
    ("\"token_start\"", "prodigy"),
];
/// What Prodigy writes in a task's field `answer`.
const ANSWERS: [&str; 3] = ["\"accept\"", "\"reject\"", "\"ignore\""];
/// The context that Web Annotations name. Within a string its quotation marks would be escaped.
const CONTEXT: &str = "\"http://www.w3.org/ns/anno.jsonld\"";
/// How many documents are tried.
const TRIED: usize = 20;

/// The format of a file among others: the one that a field of it tells; else of those whose files are
/// called so, or of all if none are, the one whose reader makes the most of it.
pub fn detect(name: &str, files: &dyn Files, options: &Options) -> Option<&'static Format> {
    let beginning = beginning(name, files)?;
    if let Some(format) = told_by(&beginning) {
        return Some(format);
    }
    let last = name.rfind('.').and_then(|dot| name.get(dot..));
    let readable = || FORMATS.iter().filter(|format| format.reads);
    let called_so = |format: &&Format| last.is_some_and(|last| format.extension.ends_with(last));
    let mut candidates: Vec<&'static Format> = readable().filter(called_so).collect();
    let holds_lines = |format: &&Format| format.extension.ends_with(".jsonl");
    if is_json(&beginning) && !candidates.iter().any(holds_lines) {
        // Lines of JSON, or an array of what would stand on them, are often called `.json`.
        candidates.extend(readable().filter(holds_lines));
    }
    if candidates.is_empty() {
        candidates = readable().collect();
    }
    if let [only] = candidates.as_slice() {
        return Some(only);
    }
    let mut best: Option<(&'static Format, Trial)> = None;
    for format in &candidates {
        let trial = match attempt(format, name, files, options) {
            Some(Ok(trial)) => trial,
            // Who finds that the words which JSON quotes don't stand in its text has understood it; another
            // one would not look at them.
            Some(Err(Why::NoUnit { .. } | Why::Units(..))) if is_json(&beginning) => {
                return Some(format);
            }
            // So has who finds that its records are no documents.
            Some(Err(Why::NoDocuments(Some(why)))) if why == ROW => return Some(format),
            _ => continue,
        };
        // What is wrong with a record is known to the one alone who looks for it, and so is what its
        // fields mean.
        let rank = |trial: &Trial| {
            let unknown = Reverse(trial.unknown);
            (trial.annotations + trial.wrong, trial.annotations, unknown)
        };
        let before = best.as_ref().map(|(_, best)| rank(best));
        if before.is_none_or(|before| rank(&trial) > before) {
            best = Some((format, trial));
        }
    }
    // Where all refuse, the first will say why.
    best.map(|(format, _)| format)
        .or(candidates.first().copied())
}

/// The format that a field of the file tells beyond doubt.
pub fn told(name: &str, files: &dyn Files) -> Option<&'static Format> {
    told_by(&beginning(name, files)?)
}

fn beginning(name: &str, files: &dyn Files) -> Option<String> {
    let mut beginning = Vec::new();
    let content = files.open(name)?;
    content.take(BEGINNING).read_to_end(&mut beginning).ok()?;
    let beginning = String::from_utf8_lossy(&beginning);
    Some(
        beginning
            .trim_start_matches('\u{feff}')
            .trim_start()
            .to_owned(),
    )
}

fn told_by(beginning: &str) -> Option<&'static Format> {
    match is_ours(beginning) {
        true => format("json"),
        false if is_json(beginning) && beginning.contains(CONTEXT) => format("w3c"),
        false => marked(beginning),
    }
}

/// What follows each `"name":` in JSON. Within a string the quotation marks would be escaped.
fn values_of<'a>(name: &'a str, json: &'a str) -> impl Iterator<Item = &'a str> {
    json.match_indices(name).filter_map(move |(at, _)| {
        let rest = json.get(at + name.len()..)?.trim_start();
        rest.strip_prefix(':').map(str::trim_start)
    })
}

fn is_json(beginning: &str) -> bool {
    beginning.starts_with(['{', '['])
}

/// The format of JSON that has a field of one format alone, or an answer as in Prodigy.
fn marked(beginning: &str) -> Option<&'static Format> {
    if !is_json(beginning) {
        return None;
    }
    let is_answer = |value: &str| ANSWERS.iter().any(|answer| value.starts_with(answer));
    let mut marks = MARKS.iter();
    match marks.find(|(name, _)| values_of(name, beginning).next().is_some()) {
        Some((_, id)) => format(id),
        None if values_of("\"answer\"", beginning).any(is_answer) => format("prodigy"),
        None => None,
    }
}

/// Our JSON, if the beginning says which format it is in: then no other is tried, since some would take
/// the texts and leave the annotations.
fn is_ours(beginning: &str) -> bool {
    let field = beginning
        .strip_prefix('{')
        .and_then(|rest| rest.trim_start().strip_prefix("\"format\""));
    field.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// What the reader of a format makes of the first documents, or why it refuses the file; `None` if
/// there is none of either.
fn attempt(
    format: &Format,
    name: &str,
    files: &dyn Files,
    options: &Options,
) -> Option<Result<Trial, Why>> {
    let mut reader = codecs::reader(format.id, options)?;
    let mut content = files.open(name)?;
    let input = Input {
        name,
        content: &mut content,
        beside: files,
    };
    let mut trial = Trial::default();
    match reader.read(input, &mut trial) {
        Err(refusal) if trial.documents < TRIED => Some(Err(refusal.why)),
        _ => (trial.documents > 0).then_some(Ok(trial)),
    }
}

/// What a reader makes of the first documents.
#[derive(Default)]
struct Trial {
    documents: usize,
    annotations: usize,
    wrong: usize,
    /// Fields that mean nothing to the reader.
    unknown: usize,
}

impl Receive for Trial {
    fn header(&mut self, _: Header) {}

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        self.documents += 1;
        self.annotations += entry.annotations.len();
        let of_annotations = entry.annotations.iter().map(|a| {
            let said = usize::from(a.made_with().is_some());
            a.origin.extra.len() - said
        });
        self.unknown += entry.extra.len() + of_annotations.sum::<usize>();
        match self.documents < TRIED {
            true => Ok(()),
            false => Err(Stopped(String::new())),
        }
    }

    fn find(&mut self, finding: Finding) {
        self.wrong += usize::from(finding.left_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::write_entries;
    use crate::format::testing::{file, hard_entries};

    #[test]
    fn every_format_that_can_be_told_from_the_others_is() {
        let options = Options::default();
        for format in FORMATS.iter().filter(|format| format.reads) {
            let entries = hard_entries().into_iter().take(1);
            let (mut files, _) =
                write_entries(format.id, Header::default(), entries, &options).unwrap();
            // A table has its text beside it.
            if !format.reads_back {
                let text = hard_entries()[0].document.text.as_str().to_owned();
                files.files.push(("unicode.txt".into(), text.into_bytes()));
            }
            let main = super::super::exchange::main_files(format, &files);
            let found = detect(&main[0], &files, &options).unwrap();
            // These differ in what they mean, not in what they look like. (doccano's two are told apart
            // where one of them would put an end inside a character.)
            let same = match format.id {
                "bilou" => "bio",
                "csv-spreadsheet" => "csv",
                id => id,
            };
            assert_eq!(found.id, same, "{}", format.id);
        }
    }

    #[test]
    fn a_file_whose_words_do_not_stand_there_is_not_taken_for_another_format() {
        let spans = |text: &str| {
            format!(
                r#"{{"id":"a","text":"Hello world","spans":[{{"start":0,"end":5,"label":"x","text":"{text}"}}]}}"#
            )
        };
        let wrong = spans("world");
        let later = format!("{}\n{wrong}", spans("Hello").replace("\"a\"", "\"b\""));
        let task = r#"{"text":"One","spans":[{"start":0,"end":3,"token_start":0,"token_end":0,"label":"x"}],"tokens":[{"text":"Two","start":0,"end":3,"id":0}]}"#;
        for (name, content, id) in [
            ("f.jsonl", wrong.as_str(), "hf-jsonl"),
            ("f.jsonl", &later, "hf-jsonl"),
            ("f.jsonl", task, "prodigy"),
            (
                "f.json",
                r#"{"text":"Hello","denotations":"x"}"#,
                "pubannotation",
            ),
            (
                "f.json",
                r#"{"text":"Hello","annotation_sets":{"":{"annotations":[]}}}"#,
                "gate-bdoc",
            ),
            (
                "f.json",
                r#"[{"data":{"text":"Hello"},"annotations":[{"result":[{"from_name":"label"}]}]}]"#,
                "label-studio",
            ),
            ("f.json", r#"{ "%FEATURE_STRUCTURES" : null}"#, "uima-json"),
            (
                "f.json",
                r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":{}}"#,
                "w3c",
            ),
        ] {
            let found = detect(name, &file(name, content), &Options::default()).unwrap();
            assert_eq!(found.id, id, "{content}");
        }
    }

    #[test]
    fn json_lines_are_told_by_what_their_fields_mean() {
        let entities = r#"{"text":"One two","entities":[{"start":4,"end":7,"label":"x"}]}"#;
        let columns = r#"{"text":"One two","spans":{"start":[4],"end":[7],"label":["x"]}}"#;
        let hf = r#"{"id":"a","text":"😀 Ada met Bo","published":"2024","spans":[{"start":3,"end":6,"label":"PER","text":"Ada"}]}"#;
        let doccano = r#"{"id":1,"text":"One two","label":[[0,3,"A"]]}"#;
        let array = format!("[{hf}]");
        for (name, content, id) in [
            ("f.jsonl", hf, "hf-jsonl"),
            ("f.jsonl", entities, "hf-jsonl"),
            ("f.jsonl", columns, "hf-jsonl"),
            ("f.json", hf, "hf-jsonl"),
            ("f.json", &array, "hf-jsonl"),
            ("f.json", doccano, "doccano"),
            (
                "f.jsonl",
                r#"{"id":7,"text":"One","labels":[[0,3,"A"]]}"#,
                "doccano",
            ),
            (
                "f.jsonl",
                r#"{"id":7,"text":"One","annotations":[{"label":2,"start_offset":0,"end_offset":3}]}"#,
                "doccano",
            ),
            (
                "f.jsonl",
                r#"{"text":"One","spans":[{"start":0,"end":3,"label":"x"}],"answer": "reject"}"#,
                "prodigy",
            ),
            (
                "f.json",
                r#"[{"text":"One","id":1,"annotation_id":3,"lead_time":4.5}]"#,
                "label-studio",
            ),
        ] {
            let found = detect(name, &file(name, content), &Options::default()).unwrap();
            assert_eq!(found.id, id, "{content}");
        }
    }

    #[test]
    fn without_a_name_the_content_tells() {
        for (content, id) in [
            (r#"{"format":"span-annotations","version":"1.0.0"}"#, "json"),
            (r#" { "format" : "annotations","text":"a"}"#, "json"),
            (r#"{"text":"ab","label":[[0,99,"x"],[0,1]]}"#, "doccano"),
        ] {
            let found = detect("f", &file("f", content), &Options::default()).unwrap();
            assert_eq!(found.id, id, "{content}");
        }
    }
}
