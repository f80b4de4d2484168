//! Assignments as files.

use super::{Dealing, Guidelines, assignments, file_names};
use crate::format::exchange::{Collected, Options, write_entries};

/// What goes to an annotator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// The name of the file.
    pub file: String,
    /// Its bytes: our JSON.
    pub bytes: Vec<u8>,
    /// How many documents are in it.
    pub documents: usize,
    /// How many of these somebody else gets too.
    pub shared: usize,
}

/// A file for each annotator who gets a document, in their order. Documents go out as nobody has
/// touched them.
///
/// # Errors
/// What is asked for makes no sense, or a file can't be made, as a sentence.
pub fn hand_out(
    dataset: &Collected,
    dealing: &Dealing,
    guidelines: &Guidelines,
) -> Result<Vec<HandedOut>, String> {
    let (header, entries) = (&dataset.header, dataset.entries.as_slice());
    let (datasets, dealt) = assignments(header, entries, dealing, guidelines, false)
        .map_err(|error| error.to_string())?;
    let stems = file_names(dealing.annotators);
    let mut out = Vec::new();
    for (((header, entries), stem), hand) in datasets.into_iter().zip(stems).zip(&dealt.documents) {
        if entries.is_empty() {
            continue;
        }
        let options = Options {
            stem,
            ..Options::default()
        };
        let (written, _) =
            write_entries("json", header, entries, &options).map_err(|error| error.to_string())?;
        let shared = hand.iter().filter(|place| dealt.shared.contains(place));
        for (file, bytes) in written.files {
            out.push(HandedOut {
                file,
                bytes,
                documents: hand.len(),
                shared: shared.clone().count(),
            });
        }
    }
    match out.is_empty() {
        true => Err("There is no document to hand out.".to_owned()),
        false => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Assignment;
    use crate::corpus::merge::testing::{entry, header};
    use crate::format::exchange::{MemoryFiles, dataset};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn of(annotators: &[String]) -> Dealing<'_> {
        Dealing {
            annotators,
            shared: 20,
            copies: 2,
            seed: "1",
        }
    }

    #[test]
    fn each_annotator_gets_a_file_with_guidelines_labels_and_bare_documents() {
        let texts = ["one", "two", "three", "four", "five"];
        let corpus = Collected {
            header: header(&["claim"]),
            entries: texts
                .map(|text| entry(text, text, &[("a", 0, 2, "claim", None)]))
                .into(),
            findings: Vec::new(),
        };
        let guidelines = Guidelines {
            name: None,
            version: Some("2".to_owned()),
            text: Some("A claim can be checked.".to_owned()),
        };
        let (both, alone) = (names(&["Ada", "Ben"]), names(&["Ada", "Ada"]));
        let out = hand_out(&corpus, &of(&both), &guidelines).unwrap();
        assert_eq!(out.iter().map(|one| one.documents).sum::<usize>(), 6);
        assert_eq!(out.iter().map(|one| one.shared).collect::<Vec<_>>(), [1, 1]);
        let files = MemoryFiles {
            files: vec![(out[1].file.clone(), out[1].bytes.clone())],
        };
        let mut read = dataset("json", &files, &Options::default()).unwrap();
        assert!(
            read.entries
                .iter()
                .all(|entry| entry.annotations.is_empty())
        );
        assert_eq!(read.header.labels.len(), 1);
        let assignment = Assignment::take(&mut read.header).unwrap();
        assert_eq!(assignment.annotator, "Ben");
        assert_eq!(assignment.guidelines, guidelines);
        assert_eq!(
            hand_out(&corpus, &of(&alone), &guidelines).unwrap_err(),
            "The annotator 'Ada' is named twice."
        );
        assert_eq!(
            hand_out(&Collected::default(), &of(&both), &guidelines).unwrap_err(),
            "There is no document to hand out."
        );
    }
}
