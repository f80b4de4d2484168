//! Assignments: what is sent to an annotator, as one dataset of our JSON with a field of its own.
//!
//! The field is `assignment`: `{annotator, guidelines: {name, version, text}, documents: [id, …]}`. Nothing
//! in it tells which documents others get too.

use super::{DealError, Dealing, Dealt, deal};
use crate::document::sha256_hex;
use crate::format::exchange::{Entry, Header, file_stem};
use crate::format::native::Creator;
use crate::json::{Fields, Read};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// The field of a dataset that says who it was given to.
const FIELD: &str = "assignment";

/// A dataset in memory.
pub type Dataset = (Header, Vec<Entry>);

/// What annotators are to go by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guidelines {
    /// What they are called: a title, a file's name, a URL.
    pub name: Option<String>,
    /// Which version of them.
    pub version: Option<String>,
    /// Their words, if they are to go along.
    pub text: Option<String>,
}

/// What a dataset says of whom it was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Who got it.
    pub annotator: String,
    /// What they were to go by.
    pub guidelines: Guidelines,
    /// The ids of the documents that they got.
    pub documents: Vec<String>,
}

impl Assignment {
    /// The assignment that a dataset states, taken out of its header.
    pub fn take(header: &mut Header) -> Option<Assignment> {
        Assignment::of(header.extra.shift_remove(FIELD)?)
    }

    /// The assignment that a dataset with such further fields states.
    pub fn stated(extra: &Map<String, Value>) -> Option<Assignment> {
        Assignment::of(extra.get(FIELD)?.clone())
    }

    /// Has a dataset with such further fields state this assignment.
    pub fn put(&self, extra: &mut Map<String, Value>) {
        extra.insert(FIELD.to_owned(), self.to_json());
    }

    /// The assignment that a value says; `None` if it names no annotator.
    pub fn of(value: Value) -> Option<Assignment> {
        let mut fields = Fields::read(value)?;
        let annotator: String = fields.want("annotator").ok()??;
        let guidelines: Option<Fields> = fields.want("guidelines").ok().flatten();
        let mut guidelines = guidelines.unwrap_or(Fields::read(Value::Object(Map::new()))?);
        Some(Assignment {
            annotator,
            guidelines: Guidelines {
                name: guidelines.want("name").ok().flatten(),
                version: guidelines.want("version").ok().flatten(),
                text: guidelines.want("text").ok().flatten(),
            },
            documents: fields.list("documents").unwrap_or_default(),
        })
    }

    /// As JSON, as it stands in a dataset.
    pub fn to_json(&self) -> Value {
        let mut guidelines = Map::new();
        let named = [
            ("name", &self.guidelines.name),
            ("version", &self.guidelines.version),
            ("text", &self.guidelines.text),
        ];
        for (field, value) in named {
            if let Some(value) = value {
                guidelines.insert(field.to_owned(), value.as_str().into());
            }
        }
        json!({
            "annotator": self.annotator,
            "guidelines": guidelines,
            "documents": self.documents,
        })
    }
}

/// The datasets to send, in the order of the annotators, and who gets what. Documents go out as
/// nobody has touched them: open, without annotations, unless `with_annotations`.
///
/// # Errors
/// As [`deal`].
pub fn assignments(
    header: &Header,
    entries: &[Entry],
    dealing: &Dealing,
    guidelines: &Guidelines,
    with_annotations: bool,
) -> Result<(Vec<Dataset>, Dealt), DealError> {
    let text = |entry: &Entry| sha256_hex(entry.document.text.as_str());
    let keys: Vec<String> = entries.iter().map(text).collect();
    let dealt = deal(&keys, dealing)?;
    let hands = dealing.annotators.iter().zip(&dealt.documents);
    let datasets = hands.map(|(annotator, places)| {
        let given: Vec<Entry> = places
            .iter()
            .filter_map(|place| entries.get(*place))
            .map(|entry| match with_annotations {
                true => entry.clone(),
                false => untouched(entry),
            })
            .collect();
        let assignment = Assignment {
            annotator: annotator.clone(),
            guidelines: guidelines.clone(),
            documents: given
                .iter()
                .map(|entry| entry.document.id.clone())
                .collect(),
        };
        let mut header = header.clone();
        assignment.put(&mut header.extra);
        header
            .creators
            .retain(|creator| with_annotations && creator.id != *annotator);
        header.creators.push(Creator {
            id: annotator.clone(),
            kind: "person".to_owned(),
            name: Some(annotator.clone()),
            extra: Map::new(),
        });
        (header, given)
    });
    Ok((datasets.collect(), dealt))
}

/// A file's name for each annotator, without an ending, all of them different.
pub fn file_names(annotators: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let free = |name: &String| {
        let stem = file_stem(name);
        let mut free = stem.clone();
        let mut count = 2;
        while !taken.insert(free.to_lowercase()) {
            free = format!("{stem}-{count}");
            count += 1;
        }
        free
    };
    annotators.iter().map(free).collect()
}

fn untouched(entry: &Entry) -> Entry {
    Entry {
        annotations: Vec::new(),
        state: crate::edit::DocumentState::Open,
        ..entry.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::merge::testing::{entry, header};
    use crate::edit::DocumentState;

    #[test]
    fn an_assignment_is_a_dataset_that_says_whom_it_was_given_to() {
        let entries: Vec<Entry> = ["one", "two", "three"]
            .map(|text| entry(text, text, &[("a", 0, 2, "claim", Some("Eve"))]))
            .into();
        let names = ["Ada".to_owned(), "Ben".to_owned()];
        let dealing = Dealing {
            annotators: &names,
            shared: 34,
            copies: 2,
            seed: "s",
        };
        let guidelines = Guidelines {
            name: Some("news.md".to_owned()),
            version: Some("1.2".to_owned()),
            text: Some("A claim is …".to_owned()),
        };
        let (datasets, dealt) =
            assignments(&header(&["claim"]), &entries, &dealing, &guidelines, false).unwrap();
        assert_eq!(dealt.shared.len(), 2);
        assert_eq!(
            datasets
                .iter()
                .map(|(_, entries)| entries.len())
                .sum::<usize>(),
            5
        );
        let (mut header, given) = datasets[1].clone();
        assert_eq!(header.creators.len(), 1);
        assert!(given.iter().all(|entry| entry.annotations.is_empty()));
        assert!(given.iter().all(|entry| entry.state == DocumentState::Open));
        let assignment = Assignment::take(&mut header).unwrap();
        assert_eq!(
            (assignment.annotator.as_str(), &assignment.guidelines),
            ("Ben", &guidelines)
        );
        assert_eq!(assignment.documents.len(), given.len());
        assert_eq!(Assignment::take(&mut header), None);
    }

    #[test]
    fn every_annotator_has_a_file_of_their_own() {
        let names = ["Ada", "ada", "Jürgen", "J rgen", "李"].map(str::to_owned);
        assert_eq!(
            file_names(&names),
            ["Ada", "ada-2", "J-rgen", "J-rgen-2", "document"]
        );
    }

    #[test]
    fn annotations_go_along_if_asked_for() {
        let entries = [entry("one", "one", &[("a", 0, 2, "claim", Some("Eve"))])];
        let names = ["Ada".to_owned()];
        let dealing = Dealing {
            annotators: &names,
            shared: 0,
            copies: 2,
            seed: "s",
        };
        let guidelines = Guidelines::default();
        let (datasets, _) =
            assignments(&header(&[]), &entries, &dealing, &guidelines, true).unwrap();
        assert_eq!(datasets[0].1[0].annotations.len(), 1);
    }
}
