//! From what a format says of a document to an entry: units, labels, ids and order, in one place.

use super::{
    At, Claim, Counter, Detector, Entry, Finding, Header, LabelNames, Misfit, Options, Receive,
    Unit, Why, derived_id,
};
use crate::annotation::{Annotation, Id, Method, Origin};
use crate::document::{Document, MAX_BYTES, Source, content_id};
use crate::edit::DocumentState;
use crate::format::native::shown;
use crate::format::time::in_utc;
use crate::text::{Span, Text};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What a file says of one annotation. Only `start`, `end` and `label` have to be there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawSpan {
    /// Its place in the file, if it is another than that of its document.
    pub at: Option<At>,
    /// Its id.
    pub id: Option<String>,
    /// Where it starts, in the file's unit; `None` if that is no whole number.
    pub start: Option<u64>,
    /// Where it ends, in the file's unit; `None` if that is no whole number.
    pub end: Option<u64>,
    /// The words that it says it covers.
    pub exact: Option<String>,
    /// Its label, as the file calls it.
    pub label: Option<String>,
    /// What a person wrote about it.
    pub note: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// When it was made; left out if it is no time of RFC 3339.
    pub created: Option<String>,
    /// When it was changed; left out if it is no time of RFC 3339.
    pub modified: Option<String>,
    /// How it was made; imported, if the file doesn't say.
    pub method: Option<Method>,
    /// Further fields, to be kept in our JSON.
    pub extra: Map<String, Value>,
}

/// What a file says of one document. Only the text has to be there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawDocument {
    /// Its id; made of the text if the file has none.
    pub id: Option<String>,
    /// Its text.
    pub text: String,
    /// What to call it.
    pub title: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// Its media type; plain text if the file doesn't say.
    pub media_type: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// How far the work on it has come.
    pub state: DocumentState,
    /// Further fields, to be kept in our JSON.
    pub extra: Map<String, Value>,
    /// Its annotations.
    pub spans: Vec<RawSpan>,
}

/// The fields that our JSON has of a document.
const OF_DOCUMENT: &[&str] = &[
    "id",
    "name",
    "media_type",
    "language",
    "text",
    "sha256",
    "length",
    "source",
    "blocks",
    "metadata",
];
/// The fields that our JSON has of an annotation.
const OF_ANNOTATION: &[&str] = &[
    "id",
    "document",
    "label",
    "position",
    "quote",
    "note",
    "created",
    "modified",
    "creator",
    "provenance",
];
/// The field that holds another program's fields whose names mean something else in our JSON.
const IMPORTED: &str = "imported";

/// Another program's fields, none of which can be taken for one of ours.
fn as_foreign(fields: Map<String, Value>, ours: &[&str]) -> Map<String, Value> {
    let is_ours = |(name, _): &(String, Value)| ours.contains(&name.as_str()) || name == IMPORTED;
    let (taken, mut free): (Map<_, _>, Map<_, _>) = fields.into_iter().partition(is_ours);
    if !taken.is_empty() {
        free.insert(IMPORTED.to_owned(), taken.into());
    }
    free
}

/// Makes entries of what the files of one dataset say.
pub struct Builder {
    expected: Unit,
    detector: Detector,
    labels: LabelNames,
    /// How many labels were handed on.
    told: usize,
    surprised: bool,
    /// What else the offsets could count in a file that proves nothing, until that is said.
    other: Option<Unit>,
    /// Whether it was said that labels are numbers.
    numbered: bool,
}

impl Builder {
    /// For a format that counts in `expected`, unless the options say otherwise.
    pub fn new(expected: Unit, options: &Options) -> Builder {
        Builder {
            expected,
            detector: Detector::new(expected, options.unit),
            labels: LabelNames::default(),
            told: 0,
            surprised: false,
            other: None,
            numbered: false,
        }
    }

    /// For a format that quotes no words and whose files count in `other` as well: where that would be other
    /// words, it is said which unit was taken.
    pub fn warn_of(mut self, other: Unit) -> Builder {
        self.other = Some(other).filter(|_| !self.detector.is_stated());
        self
    }

    /// For a file that says which unit it counts in.
    pub fn state_unit(&mut self, unit: Unit) {
        self.detector = Detector::new(unit, Some(unit));
    }

    /// The labels of the dataset, to be told of those that a configuration declares.
    pub fn labels(&mut self) -> &mut LabelNames {
        &mut self.labels
    }

    /// Hands on an entry made of `raw`, and what there is to say of it. The inner error is why the
    /// document can't be used, as a sentence.
    pub fn add(
        &mut self,
        raw: RawDocument,
        file: &str,
        at: At,
        into: &mut dyn Receive,
    ) -> Result<Result<(), String>, Why> {
        if raw.text.len() > MAX_BYTES {
            return Ok(Err(format!(
                "The text has {} MB, and at most {} MB can be opened.",
                raw.text.len().div_ceil(1_000_000),
                MAX_BYTES / 1_000_000
            )));
        }
        let Ok(text) = Text::new(raw.text) else {
            return Ok(Err("The text is too long.".into()));
        };
        let usable = |id: &String| !id.trim().is_empty() && id.chars().nth(1000).is_none();
        let id = raw.id.filter(usable).unwrap_or_else(|| content_id(&text));
        let mut findings = Findings { file, at, into };
        let annotations = self.annotations(&id, &text, raw.spans, &mut findings)?;
        self.tell_labels(findings.into);
        let mut entry = Entry {
            document: Document {
                id,
                title: raw.title.filter(|title| !title.is_empty()),
                source: raw.source,
                media_type: raw.media_type.unwrap_or_else(|| "text/plain".to_owned()),
                language: raw.language.filter(|language| !language.is_empty()),
                text,
                blocks: Vec::new(),
            },
            state: raw.state,
            annotations,
            extra: as_foreign(raw.extra, OF_DOCUMENT),
        };
        entry.sort();
        findings.into.entry(entry)?;
        Ok(Ok(()))
    }

    fn annotations(
        &mut self,
        document: &str,
        text: &Text,
        raw: Vec<RawSpan>,
        findings: &mut Findings,
    ) -> Result<Vec<Annotation>, Why> {
        let mut placed = Vec::new();
        for span in raw {
            match (span.start, span.end) {
                (Some(start), Some(end)) => placed.push((start, end, span)),
                _ => {
                    findings.leave_out(&span, "Its start and end must be two whole numbers.".into())
                }
            }
        }
        let claims = placed.iter().map(|(start, end, span)| Claim {
            start: *start,
            end: *end,
            exact: span.exact.as_deref().filter(|exact| !exact.is_empty()),
        });
        let claims: Vec<Claim> = claims.collect();
        let spans = match self.detector.understand(text, &claims) {
            Ok(spans) => spans,
            Err(Misfit::Units(first, now)) => return Err(Why::Units(first, now)),
            Err(Misfit::NoUnit(at)) => {
                let wrong = claims.get(at);
                return Err(Why::NoUnit {
                    exact: wrong.and_then(|c| c.exact).unwrap_or_default().to_owned(),
                    start: wrong.map_or(0, |c| c.start),
                    end: wrong.map_or(0, |c| c.end),
                });
            }
        };
        if !self.surprised && self.detector.surprises(self.expected) {
            self.surprised = true;
            findings.say(format!(
                "The offsets count {}: only so do they select the words that the file quotes.",
                self.detector.unit()
            ));
        }
        if let Some(other) = self.other {
            let counter = Counter::new(text, other);
            let differs = |(claim, span): (&Claim, &Option<Span>)| {
                let in_other = counter.span(claim.start, claim.end);
                matches!((span, in_other), (Some(span), Some(in_other)) if *span != in_other)
            };
            if claims.iter().zip(&spans).any(differs) {
                self.other = None;
                findings.say(format!(
                    "The offsets are taken as {}; the file quotes no words that would tell them from {other}.",
                    self.detector.unit()
                ));
            }
        }
        let mut taken = HashSet::new();
        let mut alike: HashMap<Span, usize> = HashMap::new();
        let mut annotations = Vec::new();
        for ((start, end, raw), span) in placed.into_iter().zip(spans) {
            let Some(span) = span else {
                let length = text.length().code_points;
                let why = match start < end {
                    true => format!(
                        "It covers {start} to {end}, which is not in the text of {length} code points."
                    ),
                    false => format!("Its end, {end}, must be greater than its start, {start}."),
                };
                findings.leave_out(&raw, why);
                continue;
            };
            let Some(label) = raw.label.as_deref().and_then(|name| self.labels.id(name)) else {
                findings.leave_out(&raw, "It needs a label, of 1 to 200 characters.".to_owned());
                continue;
            };
            let name = raw.label.as_deref().unwrap_or_default();
            if !self.numbered && name.bytes().all(|byte| byte.is_ascii_digit()) {
                self.numbered = true;
                findings.say(format!(
                    "A label is a number, and what it is called is not in the file; {name} is {label} now."
                ));
            }
            let nth = alike.entry(span).or_default();
            let derived = derived_id(document, span, &label, *nth);
            *nth += 1;
            let usable = |id: &&str| {
                !id.trim().is_empty()
                    && !id.contains(char::is_control)
                    && id.chars().nth(200).is_none()
            };
            let id = raw
                .id
                .as_deref()
                .filter(usable)
                .map_or(derived.clone(), Id::from);
            let id = match taken.insert(id.clone()) {
                true => id,
                false => {
                    findings.remark(
                        &raw,
                        "Another annotation has its id; it gets a new one.".into(),
                    );
                    taken.insert(derived.clone());
                    derived
                }
            };
            let time = |time: Option<String>| in_utc(&time?);
            let modified = time(raw.modified);
            annotations.push(Annotation {
                id,
                span,
                label,
                later: None,
                note: raw.note.filter(|note| !note.is_empty()).map(Arc::from),
                modified: modified.as_deref().map(Arc::from),
                origin: Arc::new(Origin {
                    created: time(raw.created),
                    creator: raw.creator.filter(|creator| !creator.is_empty()),
                    modified,
                    method: raw.method.unwrap_or(Method::Imported),
                    extra: as_foreign(raw.extra, OF_ANNOTATION),
                }),
            });
        }
        Ok(annotations)
    }

    /// Hands on the labels that were not known before.
    pub fn tell_labels(&mut self, into: &mut dyn Receive) {
        let labels = self.labels.labels();
        if labels.len() > self.told {
            into.header(Header {
                labels: labels.get(self.told..).unwrap_or_default().to_vec(),
                ..Header::default()
            });
            self.told = labels.len();
        }
    }
}

/// What is found in one document.
struct Findings<'a> {
    file: &'a str,
    at: At,
    into: &'a mut dyn Receive,
}

impl Findings<'_> {
    fn find(&mut self, at: Option<At>, id: Option<String>, left_out: bool, why: String) {
        self.into.find(Finding {
            file: self.file.to_owned(),
            at: at.unwrap_or(self.at),
            id,
            left_out,
            why,
        });
    }

    fn say(&mut self, why: String) {
        self.find(None, None, false, why);
    }

    fn remark(&mut self, span: &RawSpan, why: String) {
        self.find(span.at, span.id.clone(), false, why);
    }

    fn leave_out(&mut self, span: &RawSpan, why: String) {
        let why = match &span.id {
            Some(id) => format!("Annotation {} is left out. {why}", shown(id)),
            None => format!("An annotation is left out. {why}"),
        };
        self.find(span.at, span.id.clone(), true, why);
    }
}

#[cfg(test)]
mod tests;
