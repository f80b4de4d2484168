//! Reading a CAS from XMI and from JSON.

use super::SOFA;
use super::cas::{Cas, Documents, Structure};
use crate::annotation::in_words;
use crate::format::exchange::{
    At, Builder, Finding, Input, Options, Reader, Receive, Refusal, Unit, Why, read_text,
};
use crate::format::whole::{read_json, refusal};
use crate::format::xml::{Attributes, Event, Reader as XmlReader, XmlError};
use crate::json::{Fields, Read};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Reads XMI.
pub struct XmiReader {
    builder: Builder,
}

/// Reads JSON.
pub struct UimaJsonReader {
    builder: Builder,
}

impl XmiReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> XmiReader {
        XmiReader {
            builder: Builder::new(Unit::Utf16, options),
        }
    }
}

impl UimaJsonReader {
    /// With the unit that the options state, if they do.
    pub fn new(options: &Options) -> UimaJsonReader {
        UimaJsonReader {
            builder: Builder::new(Unit::Utf16, options),
        }
    }
}

impl Reader for XmiReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input { name, content, .. } = input;
        let file = read_text(content, name)?;
        if file.trim().is_empty() {
            return Err(Why::Empty.at(name, At::File));
        }
        let cas = of_xmi(&file).map_err(|error| refusal(&error, name))?;
        let cas =
            cas.ok_or_else(|| Why::Malformed("it is XML, but no XMI".into()).at(name, At::File));
        hand_on(cas?, name, &mut self.builder, into)
    }
}

impl Reader for UimaJsonReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input { name, content, .. } = input;
        let value = read_json(content, name, into)?;
        let cas = of_json(value).map_err(|why| Why::Malformed(why.into()).at(name, At::File))?;
        hand_on(cas, name, &mut self.builder, into)
    }
}

fn hand_on(
    cas: Cas,
    name: &str,
    builder: &mut Builder,
    into: &mut dyn Receive,
) -> Result<(), Refusal> {
    let last = name.rsplit('/').next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let Documents { found, lost } = cas.documents(stem);
    if found.is_empty() {
        let why = "It has no text (no Sofa with a sofaString).".to_owned();
        return Err(Why::NoDocuments(Some(why)).at(name, At::File));
    }
    for found in found {
        if found.others > 0 {
            into.find(Finding {
                file: name.to_owned(),
                at: At::File,
                id: None,
                left_out: false,
                why: format!(
                    "Parts of speech, relations and other annotations that are no labels are left out: {}.",
                    found.others
                ),
            });
        }
        let refuse = |why: Why| why.at(name, At::File);
        let outcome = builder
            .add(found.raw, name, At::File, into)
            .map_err(refuse)?;
        outcome.map_err(|why| refuse(Why::NoDocuments(Some(why))))?;
    }
    for structure in lost {
        into.find(Finding {
            file: name.to_owned(),
            at: structure.at.unwrap_or(At::File),
            id: None,
            left_out: true,
            why: "An annotation is left out. The text that it names (its sofa) is not in the file."
                .to_owned(),
        });
    }
    Ok(())
}

/// `None` if the outermost element is none of XMI.
fn of_xmi(file: &str) -> Result<Option<Cas>, XmlError> {
    let mut cas = Cas::default();
    let mut reader = XmlReader::new(file);
    let mut depth = 0;
    let mut packages: HashMap<String, String> = HashMap::new();
    let mut is_xmi = false;
    let mut child = String::new();
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start { name, attributes } => {
                depth += 1;
                match depth {
                    1 => {
                        is_xmi = name.ends_with(":XMI");
                        packages = packages_of(&attributes);
                    }
                    2 => {
                        let at = At::Record(cas.structures.len() + 1);
                        cas.structures
                            .push(structure(name, &attributes, &packages, at));
                    }
                    _ => child.clear(),
                }
            }
            // One of the values of a feature that has several.
            Event::End { name } => {
                if depth == 3
                    && let Some(structure) = cas.structures.last_mut()
                {
                    structure.say(name, &child);
                }
                child.clear();
                depth -= 1;
            }
            Event::Text(text) => child.push_str(&text),
        }
    }
    Ok(is_xmi.then_some(cas))
}

/// The packages of types that prefixes stand for.
fn packages_of(attributes: &Attributes) -> HashMap<String, String> {
    let declared = attributes.0.iter().filter_map(|(name, value)| {
        let prefix = name.strip_prefix("xmlns:")?;
        let path = value.strip_prefix("http:///")?.strip_suffix(".ecore")?;
        Some((prefix.to_owned(), path.replace('/', ".")))
    });
    declared.collect()
}

fn structure(
    name: &str,
    attributes: &Attributes,
    packages: &HashMap<String, String>,
    at: At,
) -> Structure {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let package = packages.get(prefix).map_or(prefix, String::as_str);
    let number = |name: &str| attributes.get(name).and_then(|digits| digits.parse().ok());
    let ours = ["xmi:id", "sofa", "begin", "end"];
    let features = attributes.0.iter().filter(|(name, _)| !ours.contains(name));
    Structure {
        kind: match package {
            // Types without a package.
            "" | "noNamespace" => local.to_owned(),
            package => format!("{package}.{local}"),
        },
        sofa: number("sofa"),
        id: number("xmi:id"),
        begin: number("begin"),
        end: number("end"),
        features: features
            .map(|(name, value)| ((*name).to_owned(), value.clone().into_owned()))
            .collect(),
        is_relation: ["Governor", "Dependent"]
            .iter()
            .all(|name| attributes.get(name).is_some()),
        at: Some(at),
    }
}

fn of_json(value: Value) -> Result<Cas, &'static str> {
    let mut file: Fields = Read::read(value).ok_or("it is no JSON object")?;
    let structures: Vec<Map<String, Value>> = file
        .need("%FEATURE_STRUCTURES")
        .map_err(|_| "a CAS needs \"%FEATURE_STRUCTURES\", a list of objects")?;
    // Lists are structures of their own, by their ids.
    let lists = structures.iter().filter_map(|fields| {
        let elements = fields.get("%ELEMENTS")?.as_array()?;
        Some((fields.get("%ID")?.as_u64()?, elements.clone()))
    });
    let lists: HashMap<u64, Vec<Value>> = lists.collect();
    let mut cas = Cas::default();
    for (number, mut fields) in (1..).zip(structures) {
        let mut number_of = |name: &str| fields.shift_remove(name).and_then(u64::read);
        let (id, sofa) = (number_of("%ID"), number_of("@sofa"));
        let (begin, end) = (number_of("begin"), number_of("end"));
        let kind = fields.shift_remove("%TYPE").and_then(String::read);
        let is_relation = fields.contains_key("@Governor") && fields.contains_key("@Dependent");
        let mut features = Vec::new();
        for (name, value) in fields {
            let value = match (name.strip_prefix('@'), &value) {
                (Some(_), id) => {
                    let list = id.as_u64().and_then(|id| lists.get(&id));
                    list.map(|list| list.iter().map(in_words).collect::<Vec<_>>().join(", "))
                }
                (None, Value::String(_)) => Some(in_words(&value)),
                (None, Value::Bool(_) | Value::Number(_)) if kind.as_deref() != Some(SOFA) => {
                    Some(in_words(&value))
                }
                _ => None,
            };
            let name = name.trim_start_matches('@').to_owned();
            if let Some(value) = value.filter(|_| !name.starts_with(['%', '^'])) {
                features.push((name, value));
            }
        }
        cas.structures.push(Structure {
            kind: kind.unwrap_or_default(),
            sofa,
            id,
            begin,
            end,
            features,
            is_relation,
            at: Some(At::Record(number)),
        });
    }
    Ok(cas)
}
