//! What adjudication comes to: a dataset in which decisions stand for what several annotators said.

use super::Comparison;
use super::comparison::Compared;
use super::merge::take_workers;
use crate::agreement::{ADJUDICATION, Candidate, Case, Choice, Decision, alternative, decide};
use crate::annotation::Annotation;
use crate::edit::DocumentState;
use crate::format::exchange::{Entry, Header, derived_id};
use crate::format::native::Creator;
use serde_json::{Map, Value, json};

/// What a person chose in a case.
struct Chosen {
    take: Vec<usize>,
    by: String,
    at: String,
}

impl Chosen {
    fn read(value: &Value, case: &Case) -> Option<Chosen> {
        let text = |field: &str| Some(value.get(field)?.as_str()?.to_owned());
        let take = value.get("take")?.as_array()?.iter();
        let take = take.map(|place| usize::try_from(place.as_u64()?).ok());
        let take: Vec<usize> = take.collect::<Option<_>>()?;
        let known = take.iter().all(|&place| place < case.candidates.len());
        known.then_some(Chosen {
            take,
            by: text("by")?,
            at: text("at")?,
        })
    }
}

impl Comparison {
    /// The outcome of `decisions`: `{document's key: {case's place: {take: [candidate's place], by,
    /// at}}}`. Where all annotators say the same, it stands, as agreed with by `by` at `at` (RFC 3339
    /// in UTC). What is not decided is left out, and its document is open. Documents that one annotator
    /// alone worked on are as they came.
    ///
    /// What was chosen from is in the annotations' field `adjudication`; what nothing came of, in the
    /// field of that name of a document's metadata: `{annotators, cases, decided, rejected}`.
    pub fn outcome(&self, decisions: &Value, by: &str, at: &str) -> (Header, Vec<Entry>) {
        let mut header = self.merged.header.clone();
        let mut entries = self.merged.entries.clone();
        let mut people: Vec<String> = Vec::new();
        for document in &self.documents {
            if let Some(entry) = entries.get_mut(document.place) {
                let of_document = decisions.get(&document.text).unwrap_or(&Value::Null);
                settle(entry, document, of_document, (by, at), &mut people);
            }
        }
        for person in people {
            if !header.creators.iter().any(|known| known.id == person) {
                header.creators.push(Creator {
                    id: person.clone(),
                    kind: "person".to_owned(),
                    name: Some(person),
                    extra: Map::new(),
                });
            }
        }
        (header, entries)
    }
}

fn settle(
    entry: &mut Entry,
    document: &Compared,
    decisions: &Value,
    (by, at): (&str, &str),
    people: &mut Vec<String>,
) {
    let parallel = &document.parallel;
    let mut annotations: Vec<Annotation> = Vec::new();
    let mut rejected: Vec<Value> = Vec::new();
    let mut decided = 0;
    for (place, case) in document.cases.iter().enumerate() {
        let said = decisions.get(place.to_string());
        let said = said.and_then(|said| Chosen::read(said, case));
        let agreed = || Chosen {
            take: (0..case.candidates.len()).collect(),
            by: by.to_owned(),
            at: at.to_owned(),
        };
        let Some(chosen) = said.or(case.agreed.then(agreed)) else {
            continue;
        };
        decided += 1;
        if !people.contains(&chosen.by) {
            people.push(chosen.by.clone());
        }
        if chosen.take.is_empty() {
            let of = |candidate: &Candidate| alternative(parallel, candidate);
            rejected.extend(case.candidates.iter().map(of));
        }
        let decision = Decision {
            choice: Choice::Take(chosen.take),
            by: &chosen.by,
            at: &chosen.at,
        };
        let of_case = format!("{ADJUDICATION}\n{}\n{place}", document.text);
        let mut nth = 0;
        annotations.extend(decide(parallel, case, &decision, || {
            nth += 1;
            derived_id(&of_case, case.span, "", nth)
        }));
    }
    entry.annotations = annotations;
    entry.sort();
    entry.state = match decided == document.cases.len() {
        true => DocumentState::Done,
        false => DocumentState::Open,
    };
    // Who is named there would count as somebody who worked on it and found nothing.
    take_workers(&mut entry.extra);
    let names: Vec<&str> = parallel
        .codings
        .iter()
        .map(|coding| coding.annotator.as_str())
        .collect();
    let metadata = entry.extra.entry("metadata").or_insert_with(|| json!({}));
    if let Value::Object(metadata) = metadata {
        metadata.insert(
            ADJUDICATION.to_owned(),
            json!({
                "annotators": names,
                "cases": document.cases.len(),
                "decided": decided,
                "rejected": rejected,
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::tests::two;
    use super::*;

    const AT: &str = "2026-11-26T10:00:00Z";

    fn outcome(take: Option<Value>) -> Entry {
        let comparison = Comparison::of(two()).unwrap();
        let key = comparison.document(0).unwrap()["key"].clone();
        let case = take.map(|take| json!({"take": take, "by": "Cleo", "at": AT}));
        let decisions = json!({key.as_str().unwrap(): {"0": case}});
        let (header, entries) = comparison.outcome(&decisions, "Cleo", AT);
        assert!(header.creators.iter().any(|creator| creator.id == "Cleo"));
        assert_eq!(entries.len(), 2);
        assert_eq!(
            entries[1].annotations[0].origin.creator.as_deref(),
            Some("Ben")
        );
        entries[0].clone()
    }

    fn tags(entry: &Entry) -> Vec<String> {
        let tag = |a: &Annotation| {
            let kind = &a.origin.extra["adjudication"]["decision"];
            format!("{:?} {} {kind}", a.span, a.label)
        };
        entry.annotations.iter().map(tag).collect()
    }

    #[test]
    fn what_is_decided_stands_with_what_all_agreed_on() {
        let entry = outcome(Some(json!([1])));
        assert_eq!(
            tags(&entry),
            ["0..7 claim \"chosen\"", "15..19 quote \"agreed\""]
        );
        assert_eq!(entry.state, DocumentState::Done);
        let record = &entry.extra["metadata"]["adjudication"];
        assert_eq!(
            record,
            &json!({"annotators": ["Ada", "Ben"], "cases": 2, "decided": 2, "rejected": []})
        );
        assert_eq!(entry.extra["metadata"].get("annotators"), None);
    }

    #[test]
    fn several_may_stand_each_with_an_id_of_its_own() {
        let entry = outcome(Some(json!([0, 1])));
        assert_eq!(entry.annotations.len(), 3);
        assert_ne!(entry.annotations[0].id, entry.annotations[1].id);
        assert_eq!(outcome(Some(json!([0, 1]))).annotations, entry.annotations);
    }

    #[test]
    fn what_nothing_came_of_is_recorded_with_the_document() {
        let entry = outcome(Some(json!([])));
        assert_eq!(tags(&entry), ["15..19 quote \"agreed\""]);
        let rejected = &entry.extra["metadata"]["adjudication"]["rejected"];
        assert_eq!(rejected.as_array().unwrap().len(), 2);
        assert_eq!(rejected[0]["by"], json!(["Ben"]));
    }

    #[test]
    fn what_is_not_decided_or_makes_no_sense_is_left_out_and_its_document_is_open() {
        for nothing in [None, Some(json!([2])), Some(json!("all"))] {
            let entry = outcome(nothing);
            assert_eq!(tags(&entry), ["15..19 quote \"agreed\""]);
            assert_eq!(entry.state, DocumentState::Open);
            assert_eq!(entry.extra["metadata"]["adjudication"]["decided"], 1);
        }
    }
}
