//! A CAS, whichever way it was written, and the documents that it stands for.

use super::{DOCUMENT, ENTITY, NO_LANGUAGE, SENTENCE, SOFA, TOKEN, VIEW, is_flag};
use crate::format::attributes::as_extra;
use crate::format::exchange::{At, RawDocument, RawSpan};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A feature structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// Its type, with its package.
    pub kind: String,
    /// The id of the text that it is of.
    pub sofa: Option<u64>,
    /// Its id.
    pub id: Option<u64>,
    /// Where it begins, in UTF-16 code units; `None` if that is no whole number.
    pub begin: Option<u64>,
    /// Where it ends, in UTF-16 code units; `None` if that is no whole number.
    pub end: Option<u64>,
    /// Its features that are texts, numbers, flags, or lists of these, in the order of the file.
    pub features: Vec<(String, String)>,
    /// Whether it joins two others.
    pub is_relation: bool,
    /// Its place in the file.
    pub at: Option<At>,
}

impl Structure {
    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.features.iter().position(|(of, _)| of == name)?;
        Some(self.features.remove(at).1)
    }

    /// Adds a value to a feature that has several.
    pub fn say(&mut self, name: &str, value: &str) {
        match self.features.iter_mut().find(|(of, _)| of == name) {
            Some((_, values)) => {
                values.push_str(", ");
                values.push_str(value);
            }
            None => self.features.push((name.to_owned(), value.to_owned())),
        }
    }

    /// What its type is called, without the package.
    fn layer(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or_default()
    }

    /// Whether a person may have labelled the text with it: it is no part of UIMA, and none of what
    /// tools make (tokens, parts of speech, and so on), except named entities.
    fn is_label(&self) -> bool {
        let kind = self.kind.as_str();
        let is_of = |package: &&str| kind.starts_with(*package);
        let others = [
            "uima.",
            "de.tudarmstadt.ukp.dkpro.core.",
            "de.tudarmstadt.ukp.clarin.webanno.api.type.",
            "de.tudarmstadt.ukp.inception.",
            "org.dkpro.core.",
        ];
        let places = self.begin.is_some() || self.end.is_some();
        kind == ENTITY || places && !self.is_relation && !others.iter().any(is_of)
    }

    /// Whether it says something about the file as a whole, or is a part of every text.
    fn is_of_all(&self) -> bool {
        let kind = self.kind.as_str();
        [TOKEN, SENTENCE].contains(&kind)
            || kind.contains(".metadata.type.")
            || kind.ends_with(".CASMetadata")
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Cas {
    /// Its feature structures.
    pub structures: Vec<Structure>,
}

/// The documents of a file, and what belongs to none of them.
pub struct Documents {
    /// One for each text, the main one first.
    pub found: Vec<Found>,
    /// Annotations of texts that are not in the file.
    pub lost: Vec<Structure>,
}

/// A document, and how many annotations were left out of it since they label nothing.
pub struct Found {
    /// The document.
    pub raw: RawDocument,
    /// How many annotations of other kinds there are.
    pub others: usize,
}

/// Which feature of each type is the label: the same for all its annotations.
struct Layers {
    labels: HashMap<String, Option<String>>,
}

impl Layers {
    /// Features that are likely to be labels, the likeliest first.
    const LIKELY: [&str; 7] = ["value", "label", "category", "class", "type", "kind", "tag"];
    /// Features that say something about a label.
    const BESIDE: [&str; 6] = ["identifier", "note", "notes", "comment", "speaker", "text"];

    /// Of these annotations: a likely feature that any of a type has, or the only one if all have it.
    fn of(structures: &[Structure]) -> Layers {
        let mut of_kind: HashMap<&str, Vec<&Structure>> = HashMap::new();
        for structure in structures.iter().filter(|structure| structure.is_label()) {
            of_kind.entry(&structure.kind).or_default().push(structure);
        }
        let labels = of_kind.into_iter().map(|(kind, all)| {
            let features = || {
                all.iter()
                    .flat_map(|one| &one.features)
                    .map(|(name, _)| name)
            };
            let likely = Layers::LIKELY.iter().find_map(|name| {
                let mut features = features();
                features.find(|of| of.eq_ignore_ascii_case(name)).cloned()
            });
            let first = features().next();
            let is_only = |name: &&String| {
                let is_beside = Layers::BESIDE
                    .iter()
                    .any(|of| name.eq_ignore_ascii_case(of));
                !is_beside && features().all(|of| of == *name) && features().count() == all.len()
            };
            let only = first.filter(is_only).cloned();
            (kind.to_owned(), likely.or(only))
        });
        Layers {
            labels: labels.collect(),
        }
    }

    /// Takes the label out of an annotation: what its feature says, or what its type is called. Where types are
    /// several, the type stays, as an attribute.
    fn label(&self, structure: &mut Structure) -> String {
        let name = self.labels.get(&structure.kind).cloned().flatten();
        let label = name.and_then(|name| structure.take(&name));
        let layer = structure.layer().to_owned();
        match label {
            None => layer,
            Some(label) => {
                if self.labels.len() > 1 && structure.kind != ENTITY {
                    structure.say("layer", &layer);
                }
                label
            }
        }
    }
}

impl Cas {
    /// What it holds, with `stem` for the name of the first document.
    pub fn documents(self, stem: &str) -> Documents {
        let (sofas, rest): (Vec<Structure>, Vec<Structure>) =
            self.structures.into_iter().partition(|s| s.kind == SOFA);
        let mut texts: Vec<(Option<u64>, String, String)> = Vec::new();
        for mut sofa in sofas {
            let view = sofa.take("sofaID").unwrap_or_default();
            let Some(text) = sofa.take("sofaString") else {
                continue;
            };
            let at = if view == VIEW { 0 } else { texts.len() };
            texts.insert(at, (sofa.id, view, text));
        }
        // What names no text is of the only one.
        let only = match texts.as_slice() {
            [(id, ..)] => *id,
            _ => None,
        };
        let layers = Layers::of(&rest);
        let mut of_sofa: HashMap<Option<u64>, Vec<Structure>> = HashMap::new();
        for structure in rest {
            let sofa = structure.sofa.or(only);
            of_sofa.entry(sofa).or_default().push(structure);
        }
        let mut found: Vec<Found> = Vec::new();
        for (id, view, text) in texts {
            let raw = RawDocument {
                id: Some(match found.is_empty() {
                    true => stem.to_owned(),
                    false => format!("{stem}-{view}"),
                }),
                text,
                ..RawDocument::default()
            };
            let mut document = Found { raw, others: 0 };
            for structure in of_sofa.remove(&id).unwrap_or_default() {
                document.add(structure, &layers);
            }
            found.push(document);
        }
        let lost = of_sofa.into_values().flatten();
        let mut lost: Vec<Structure> = lost.filter(Structure::is_label).collect();
        lost.sort_by_key(|structure| structure.at);
        Documents { found, lost }
    }
}

impl Found {
    fn add(&mut self, mut structure: Structure, layers: &Layers) {
        if structure.kind == DOCUMENT || structure.kind.ends_with(".DocumentMetaData") {
            let language = structure.take("language");
            let language = language.filter(|language| language != NO_LANGUAGE);
            self.raw.language = self.raw.language.take().or(language);
            self.raw.title = self.raw.title.take().or(structure.take("documentTitle"));
        } else if structure.is_label() {
            let label = layers.label(&mut structure);
            let features = structure.features.into_iter();
            let attributes: Map<String, Value> = features
                .map(|(name, value)| match is_flag(&value) {
                    true => (name, Value::Bool(value == "true")),
                    false => (name, value.into()),
                })
                .collect();
            self.raw.spans.push(RawSpan {
                at: structure.at,
                start: structure.begin,
                end: structure.end,
                label: Some(label),
                extra: as_extra(attributes),
                ..RawSpan::default()
            });
        } else if structure.begin.is_some() && !structure.is_of_all() {
            self.others += 1;
        }
    }
}
