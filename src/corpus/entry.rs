//! What a list says of a document, kept beside it so that a list reads neither texts nor journals.

use crate::document::{Document, sha256_hex};
use crate::edit::{DocumentState, State};
use crate::json::{Fields, Read};
use crate::order::sorted;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a person says of a document besides its annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Its text is not the article, or not all of it.
    BadScrape,
    /// Its text stands in another document as well.
    Duplicate,
    /// Somebody else should look at it.
    Unsure,
}

impl Flag {
    /// All of them.
    pub const ALL: [Flag; 3] = [Flag::BadScrape, Flag::Duplicate, Flag::Unsure];

    /// What programs call it.
    pub fn id(self) -> &'static str {
        match self {
            Flag::BadScrape => "bad-scrape",
            Flag::Duplicate => "duplicate",
            Flag::Unsure => "unsure",
        }
    }

    /// The flag of that id.
    pub fn of(id: &str) -> Option<Flag> {
        Flag::ALL.into_iter().find(|flag| flag.id() == id)
    }
}

/// Names a set of journal records, in any order, with any repetition of the same one taken once by
/// the caller. What was counted of a journal holds as long as its fingerprint is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    count: u32,
    mixed: u64,
}

impl Fingerprint {
    /// Takes a record in, by its writer and sequence.
    pub fn add(&mut self, writer: &str, sequence: u32) {
        // FNV-1a, whose sum doesn't depend on the order of the records.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in writer.bytes().chain(sequence.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.count = self.count.wrapping_add(1);
        self.mixed = self.mixed.wrapping_add(hash);
    }

    /// As it is stored.
    pub fn to_text(self) -> String {
        format!("{}.{:016x}", self.count, self.mixed)
    }
}

/// What a document's journal comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// The [`Fingerprint`] of the records that it was counted from.
    pub journal: String,
    /// How far the work has come.
    pub state: DocumentState,
    /// How many annotations there are of each label in use, by its id.
    pub counts: Vec<(String, u32)>,
}

impl Work {
    /// What `state` comes to.
    pub fn of(state: &State, journal: Fingerprint) -> Work {
        let labels: Vec<&str> = state.labels().collect();
        let counts = sorted(labels, |a, b| a < b)
            .into_iter()
            .filter_map(|label| {
                let count = state.places(Some(label)).len() as u32;
                (count > 0).then(|| (label.to_owned(), count))
            });
        Work {
            journal: journal.to_text(),
            state: state.document_state(),
            counts: counts.collect(),
        }
    }

    /// How many annotations there are.
    pub fn annotations(&self) -> u32 {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}

/// What is kept of a document for lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// When it came: milliseconds since 1970.
    pub added: u64,
    /// Its place among those that came together.
    pub place: u32,
    /// Where it is from.
    pub site: Option<String>,
    /// The first 16 hexadecimal digits of the SHA-256 of its text; empty if not known yet.
    pub hash: String,
    /// How many code points its text has.
    pub length: u32,
    /// What a person said of it.
    pub flags: Vec<Flag>,
    /// When it was put into the trash: milliseconds since 1970.
    pub deleted: Option<u64>,
    /// What its journal came to when it was last read.
    pub work: Option<Work>,
}

/// How many hexadecimal digits of a text's hash are kept, as in the journal.
const DIGITS: usize = 16;

impl Entry {
    /// Takes over what follows from the document's text and source, and from what else is said of it.
    pub fn describe(&mut self, document: &Document, extra: Option<&Map<String, Value>>) {
        let mut hash = sha256_hex(document.text.as_str());
        hash.truncate(DIGITS);
        self.hash = hash;
        self.site = super::site_of(document, extra.unwrap_or(&Map::new()));
        self.length = document.text.length().code_points;
    }

    /// As it is stored.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        let mut put = |name: &str, value: Value| map.insert(name.to_owned(), value);
        put("added", self.added.into());
        put("place", self.place.into());
        if let Some(site) = &self.site {
            put("site", site.as_str().into());
        }
        put("hash", self.hash.as_str().into());
        put("length", self.length.into());
        if !self.flags.is_empty() {
            put("flags", self.flags.iter().map(|flag| flag.id()).collect());
        }
        if let Some(deleted) = self.deleted {
            put("deleted", deleted.into());
        }
        if let Some(work) = &self.work {
            let (state, reason) = match &work.state {
                DocumentState::Open => ("open", None),
                DocumentState::Done => ("done", None),
                DocumentState::Skipped(reason) => ("skipped", Some(&**reason)),
            };
            let counts: Map<String, Value> = work
                .counts
                .iter()
                .map(|(label, count)| (label.clone(), (*count).into()))
                .collect();
            put(
                "work",
                json!({"journal": work.journal, "state": state, "reason": reason, "counts": counts}),
            );
        }
        Value::Object(map)
    }

    /// Of what was stored; what isn't there or can't be read is as in a new one.
    pub fn read(value: Value) -> Entry {
        let Some(mut fields) = Fields::read(value) else {
            return Entry::default();
        };
        let flags: Vec<String> = fields.list("flags").unwrap_or_default();
        Entry {
            added: take(&mut fields, "added").unwrap_or_default(),
            place: take(&mut fields, "place").unwrap_or_default(),
            site: take(&mut fields, "site"),
            hash: take(&mut fields, "hash").unwrap_or_default(),
            length: take(&mut fields, "length").unwrap_or_default(),
            flags: flags.iter().filter_map(|id| Flag::of(id)).collect(),
            deleted: take(&mut fields, "deleted"),
            work: take(&mut fields, "work").and_then(read_work),
        }
    }
}

fn take<T: Read>(fields: &mut Fields, name: &str) -> Option<T> {
    fields.want(name).ok().flatten()
}

fn read_work(mut fields: Fields) -> Option<Work> {
    let reason: Option<String> = take(&mut fields, "reason");
    let state = match take::<String>(&mut fields, "state")?.as_str() {
        "open" => DocumentState::Open,
        "done" => DocumentState::Done,
        "skipped" => DocumentState::Skipped(reason.unwrap_or_default().into()),
        _ => return None,
    };
    let counts: BTreeMap<String, u32> = take(&mut fields, "counts")?;
    Some(Work {
        journal: take(&mut fields, "journal")?,
        state,
        counts: counts.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_the_same_after_storing() {
        let entry = Entry {
            added: 1_795_000_000_000,
            place: 3,
            site: Some("example.org".into()),
            hash: "0123456789abcdef".into(),
            length: 12,
            flags: vec![Flag::Unsure, Flag::BadScrape],
            deleted: Some(7),
            work: Some(Work {
                journal: "1.ff".into(),
                state: DocumentState::Skipped("paywall".into()),
                counts: vec![("claim".into(), 2), ("quote".into(), 1)],
            }),
        };
        assert_eq!(Entry::read(entry.to_json()), entry);
        assert_eq!(Entry::read(Entry::default().to_json()), Entry::default());
    }

    #[test]
    fn a_site_that_is_stated_counts_before_the_titles() {
        let document = crate::format::testing::entry("d", "News | The Post", &[]).document;
        let extra = json!({"metadata": {"site": "The Daily"}});
        let mut entry = Entry::default();
        entry.describe(&document, None);
        assert_eq!(entry.site.as_deref(), Some("The Post"));
        entry.describe(&document, extra.as_object());
        assert_eq!(entry.site.as_deref(), Some("The Daily"));
    }

    #[test]
    fn what_cannot_be_read_is_counted_anew() {
        for stored in [
            json!(null),
            json!({"work": 1}),
            json!({"work": {"state": "new"}}),
            json!({"flags": ["odd"], "added": -1}),
        ] {
            assert_eq!(Entry::read(stored), Entry::default());
        }
    }

    #[test]
    fn a_fingerprint_tells_sets_of_records_apart_whatever_their_order() {
        let of = |records: &[(&str, u32)]| {
            let mut fingerprint = Fingerprint::default();
            for (writer, sequence) in records {
                fingerprint.add(writer, *sequence);
            }
            fingerprint.to_text()
        };
        assert_eq!(of(&[("a", 0), ("b", 1)]), of(&[("b", 1), ("a", 0)]));
        let all = [
            of(&[]),
            of(&[("a", 0)]),
            of(&[("a", 1)]),
            of(&[("b", 0)]),
            of(&[("a", 0), ("a", 1)]),
            of(&[("a", 1), ("b", 0)]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert!(!all[i + 1..].contains(one), "{one}");
        }
    }
}
