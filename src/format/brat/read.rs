//! Reading annotations and the text beside them.

use super::CONFIGURATION;
use super::fragments::joined;
use super::line::{Entity, Line};
use crate::format::attributes::say;
use crate::format::exchange::{
    At, Builder, Claim, Detector, Files, Finding, Input, Misfit, Options, RawDocument, RawSpan,
    Reader, Receive, Refusal, Unit, Why, read_text,
};
use crate::format::whole::sibling;
use crate::text::{Span, Text};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// Reads files of annotations, whose texts lie beside them.
pub struct BratReader {
    builder: Builder,
    detector: Detector,
    /// Whether it was said that offsets count another unit.
    surprised: bool,
    /// The configuration that was looked for last.
    configuration: Option<String>,
    about: Option<(String, String)>,
}

impl BratReader {
    /// With the unit and the text that the options state, if they do.
    pub fn new(options: &Options) -> BratReader {
        // Spans are understood here, fragment by fragment, and handed on in code points.
        let mut builder = Builder::new(Unit::CodePoint, options);
        builder.state_unit(Unit::CodePoint);
        BratReader {
            builder,
            detector: Detector::new(Unit::CodePoint, options.unit),
            surprised: false,
            configuration: None,
            about: options.about.clone(),
        }
    }

    /// Takes over the order of the labels.
    fn configure(&mut self, name: &str, beside: &dyn Files) {
        if self.configuration.as_deref() == Some(name) {
            return;
        }
        self.configuration = Some(name.to_owned());
        let Some(mut file) = beside.open(name) else {
            return;
        };
        let Ok(configuration) = read_text(&mut file, name) else {
            return;
        };
        let mut in_entities = false;
        for line in configuration.lines().map(str::trim) {
            if line.starts_with('[') {
                in_entities = line == "[entities]";
            } else if in_entities && !line.is_empty() && !line.starts_with(['#', '!', '<']) {
                let name = line.split(['\t', ' ']).next().unwrap_or_default();
                self.builder.labels().id(name);
            }
        }
    }
}

impl Reader for BratReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input {
            name,
            content,
            beside,
        } = input;
        self.configure(&sibling(name, CONFIGURATION), beside);
        let file = read_text(content, name)?;
        let stem = name.strip_suffix(".ann").unwrap_or(name);
        let (id, content) = self.text(stem, beside)?;
        let refuse = |why: Why| why.at(name, At::File);
        let text = Text::new(content).map_err(|_| refuse(Why::TooLarge(u32::MAX as usize)))?;
        let lines = Annotations::read(&file, name)?;
        let spans = self.spans(&text, &lines, name, into)?;
        if lines.others > 0 {
            into.find(Finding {
                file: name.to_owned(),
                at: At::File,
                id: None,
                left_out: false,
                why: format!(
                    "Relations, events and other lines that label no text are left out: {}.",
                    lines.others
                ),
            });
        }
        let raw = RawDocument {
            id: Some(id),
            text: text.as_str().to_owned(),
            spans,
            ..RawDocument::default()
        };
        let outcome = self
            .builder
            .add(raw, name, At::File, into)
            .map_err(refuse)?;
        outcome.map_err(|why| refuse(Why::NoDocuments(Some(why))))
    }
}

impl BratReader {
    /// The id and the text of a document.
    fn text(&self, stem: &str, beside: &dyn Files) -> Result<(String, String), Refusal> {
        let name = format!("{stem}.txt");
        match (beside.open(&name), &self.about) {
            (Some(mut file), _) => Ok((
                stem.rsplit('/').next().unwrap_or_default().to_owned(),
                read_text(&mut file, &name)?,
            )),
            (None, Some(about)) => Ok(about.clone()),
            (None, None) => Err(Why::NoText(name.clone()).at(&format!("{stem}.ann"), At::File)),
        }
    }

    fn spans(
        &mut self,
        text: &Text,
        annotations: &Annotations,
        file: &str,
        into: &mut dyn Receive,
    ) -> Result<Vec<RawSpan>, Refusal> {
        let mut claims = Vec::new();
        let mut lines = Vec::new();
        for (line, entity) in &annotations.entities {
            for ((start, end), exact) in entity.fragments.iter().zip(entity.words_of_fragments()) {
                lines.push(*line);
                claims.push(Claim {
                    start: *start,
                    end: *end,
                    exact: exact.filter(|exact| !exact.is_empty()),
                });
            }
        }
        let understood = self.detector.understand(text, &claims).map_err(|misfit| {
            let (why, at) = match misfit {
                Misfit::Units(first, now) => (Why::Units(first, now), None),
                Misfit::NoUnit(at) => {
                    let wrong = claims.get(at);
                    let why = Why::NoUnit {
                        exact: wrong.and_then(|c| c.exact).unwrap_or_default().to_owned(),
                        start: wrong.map_or(0, |c| c.start),
                        end: wrong.map_or(0, |c| c.end),
                    };
                    (why, lines.get(at).copied())
                }
            };
            why.at(file, at.map_or(At::File, At::Line))
        })?;
        if !self.surprised && self.detector.surprises(Unit::CodePoint) {
            self.surprised = true;
            into.find(Finding {
                file: file.to_owned(),
                at: At::File,
                id: None,
                left_out: false,
                why: format!(
                    "The offsets count {}: only so do they select the words that the file quotes.",
                    self.detector.unit()
                ),
            });
        }
        let mut understood = understood.into_iter();
        let mut raw = Vec::new();
        for (line, entity) in &annotations.entities {
            let fragments: Vec<Option<Span>> =
                understood.by_ref().take(entity.fragments.len()).collect();
            let whole: Option<Vec<Span>> = fragments.into_iter().collect();
            let parts = whole.map(|whole| joined(text, &whole)).unwrap_or_default();
            let why = match parts.len() {
                1 => None,
                0 => Some(format!(
                    "Annotation {} is left out. It is empty or not in the text of {} code points.",
                    entity.id,
                    text.length().code_points
                )),
                n => Some(format!(
                    "Annotation {} is in {n} parts; each is one now.",
                    entity.id
                )),
            };
            if let Some(why) = why {
                into.find(Finding {
                    file: file.to_owned(),
                    at: At::Line(*line),
                    id: Some(entity.id.to_owned()),
                    left_out: parts.is_empty(),
                    why,
                });
            }
            raw.extend(
                parts
                    .into_iter()
                    .map(|span| annotations.raw(*line, entity, span)),
            );
        }
        Ok(raw)
    }
}

/// The lines of a file.
#[derive(Default)]
struct Annotations<'a> {
    /// With their lines, from 1.
    entities: Vec<(usize, Entity<'a>)>,
    notes: HashMap<&'a str, String>,
    attributes: HashMap<&'a str, Map<String, Value>>,
    others: usize,
}

impl<'a> Annotations<'a> {
    fn read(file: &'a str, name: &str) -> Result<Annotations<'a>, Refusal> {
        let file = file.strip_prefix('\u{FEFF}').unwrap_or(file);
        let mut annotations = Annotations::default();
        for (number, line) in (1..).zip(file.split('\n')) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let line = Line::read(line)
                .map_err(|why| Why::Malformed(why.to_owned()).at(name, At::Line(number)))?;
            match line {
                Line::Empty => {}
                Line::Other => annotations.others += 1,
                Line::Entity(entity) => annotations.entities.push((number, entity)),
                Line::Note(id, note) => {
                    let notes = annotations.notes.entry(id).or_default();
                    if !notes.is_empty() {
                        notes.push('\n');
                    }
                    notes.push_str(note);
                }
                Line::Attribute(id, attribute, value) => {
                    let value = value.map_or(Value::Bool(true), Value::from);
                    let of = annotations.attributes.entry(id).or_default();
                    say(of, attribute, value);
                }
            }
        }
        let ids = annotations.entities.iter().map(|(_, entity)| entity.id);
        let ids: HashSet<&str> = ids.collect();
        let said = annotations
            .attributes
            .iter()
            .map(|(id, said)| (id, said.len()));
        let noted = annotations.notes.keys().map(|id| (id, 1));
        let of_others = said.chain(noted).filter(|(id, _)| !ids.contains(**id));
        annotations.others += of_others.map(|(_, count)| count).sum::<usize>();
        Ok(annotations)
    }

    fn raw(&self, line: usize, entity: &Entity, span: Span) -> RawSpan {
        let attributes = self.attributes.get(entity.id).cloned().map(Value::Object);
        RawSpan {
            at: Some(At::Line(line)),
            start: Some(span.start().into()),
            end: Some(span.end().into()),
            label: Some(entity.label.to_owned()),
            note: self.notes.get(entity.id).cloned(),
            extra: attributes
                .map(|attributes| ("attributes".to_owned(), attributes))
                .into_iter()
                .collect(),
            ..RawSpan::default()
        }
    }
}
