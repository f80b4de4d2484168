//! Bringing what is stored into a session, and what else was found there.

use super::storage::{Loaded, RecordKey};
use crate::journal::{Unreadable, read_record, read_snapshot};
use crate::session::Session;
use std::collections::HashSet;

/// What opening found besides annotations.
#[derive(Default)]
pub struct Findings {
    /// Records that could not be read. They are left where they are.
    pub damaged: usize,
    /// Whether the snapshot, which many older edits were folded into, could not be read.
    pub lost_snapshot: bool,
    /// Records of a newer version of the program.
    pub newer: usize,
}

impl Findings {
    /// So many records of a newer version of the program, and nothing else.
    pub fn newer(count: usize) -> Findings {
        Findings {
            newer: count,
            ..Findings::default()
        }
    }

    /// What to say of them; `None` if there is nothing.
    pub fn sentence(&self) -> Option<String> {
        let count = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 stored record {one}"),
            n => format!("{n} stored records {many}"),
        };
        if self.newer > 0 {
            return Some(format!(
                "{} from a newer version of Rubricate, so this document is read-only here. Reload the page to get that version; nothing was changed.",
                count(self.newer, "comes", "come")
            ));
        }
        let records = (self.damaged > 0).then(|| {
            format!(
                "{}; everything else is here.",
                count(
                    self.damaged,
                    "could not be read and was left as it is",
                    "could not be read and were left as they are",
                )
            )
        });
        let snapshot = self.lost_snapshot.then(|| {
            "The stored snapshot of this document’s older edits is damaged and was left as it is; the later edits are here. Import your last download to bring the older ones back.".to_owned()
        });
        match (snapshot, records) {
            (Some(snapshot), Some(records)) => Some(format!("{snapshot} {records}")),
            (one, other) => one.or(other),
        }
    }
}

/// Brings what is stored into the session, whatever version of the text it counts in: what else was
/// found, and which records came in.
pub fn take_in(session: &mut Session, loaded: &Loaded) -> (Findings, Vec<RecordKey>) {
    let mut findings = Findings::default();
    if let Some(snapshot) = &loaded.snapshot {
        match read_snapshot(snapshot) {
            Ok((_, folded)) => session.merge(folded),
            Err(Unreadable::Damaged(_)) => findings.lost_snapshot = true,
            Err(Unreadable::Newer(_)) => findings.newer += 1,
        }
    }
    let mut folded = Vec::new();
    let mut seen = HashSet::new();
    let mut bad = Vec::new();
    for record in &loaded.records {
        match read_record(&record.content) {
            Ok(transaction) => {
                session.receive(&transaction);
                seen.insert(record.key.clone());
                folded.push(record.key.clone());
            }
            Err(unreadable) => bad.push((&record.key, unreadable)),
        }
    }
    // Where the stores differ on a record, one good copy is enough, and two bad ones are one record.
    for (key, unreadable) in &bad {
        if seen.insert((*key).clone()) {
            findings.note(unreadable);
        }
    }
    (findings, folded)
}

impl Findings {
    fn note(&mut self, unreadable: &Unreadable) {
        match unreadable {
            Unreadable::Damaged(_) => self.damaged += 1,
            Unreadable::Newer(_) => self.newer += 1,
        }
    }
}
