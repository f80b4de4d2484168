//! What is kept where at the moment, said so that people can act on it.

use std::fmt;

/// Why local storage does not keep what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalError {
    /// The browser gives none to this page.
    Refused,
    /// All the room of this origin is taken.
    Full,
    /// Anything else, in the browser's words.
    Failed(String),
}

impl fmt::Display for LocalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocalError::Refused => f.write_str("local storage is not available to this page"),
            LocalError::Full => f.write_str("local storage is full"),
            LocalError::Failed(why) => write!(f, "local storage failed ({why})"),
        }
    }
}

/// Why IndexedDB did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseError {
    /// The browser gives none to this page.
    Refused,
    /// A newer version of the program has changed the form of the data.
    Newer,
    /// It did not open in time; it may still open later.
    Blocked,
    /// All the room of this origin is taken.
    Full,
    /// Anything else, in the browser's words.
    Failed(String),
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseError::Refused => f.write_str("IndexedDB is not available to this page"),
            DatabaseError::Newer => {
                f.write_str("the data here belongs to a newer version of this program")
            }
            DatabaseError::Blocked => {
                f.write_str("IndexedDB does not open, perhaps because another tab holds it")
            }
            DatabaseError::Full => f.write_str("IndexedDB has no room left"),
            DatabaseError::Failed(why) => write!(f, "IndexedDB failed ({why})"),
        }
    }
}

/// What is kept where at the moment. Its `Display` is a sentence or two for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// All that was appended is complete in IndexedDB, with strict durability.
    Saved,
    /// Some records are on their way to IndexedDB; local storage has them already.
    Saving,
    /// IndexedDB alone keeps the records.
    WithoutLocalStorage {
        /// What is wrong with local storage.
        why: LocalError,
        /// Whether some records are still on their way to IndexedDB.
        saving: bool,
    },
    /// Local storage alone keeps the records. Browsers write it to disk up to minutes later, and
    /// all lose some of it when they are killed.
    LocalStorageOnly {
        /// What is wrong with IndexedDB.
        why: DatabaseError,
    },
    /// Some records are in neither store, or would be.
    MemoryOnly {
        /// What is wrong with IndexedDB.
        database: DatabaseError,
        /// What is wrong with local storage.
        local: LocalError,
    },
    /// A newer version of the program owns the data; nothing is written from here.
    ReadOnly,
}

impl State {
    /// The state that follows from what is wrong with either store and whether records wait.
    pub(super) fn of(
        database: Option<DatabaseError>,
        local: Option<LocalError>,
        saving: bool,
    ) -> State {
        match (database, local) {
            (Some(DatabaseError::Newer), _) => State::ReadOnly,
            (Some(database), Some(local)) => State::MemoryOnly { database, local },
            (Some(why), None) => State::LocalStorageOnly { why },
            (None, Some(why)) => State::WithoutLocalStorage { why, saving },
            (None, None) if saving => State::Saving,
            (None, None) => State::Saved,
        }
    }

    /// Whether everything appended is durably stored.
    pub fn is_saved(&self) -> bool {
        matches!(
            self,
            State::Saved | State::WithoutLocalStorage { saving: false, .. }
        )
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            State::Saved => f.write_str("Saved."),
            State::Saving => f.write_str("Saving…"),
            State::WithoutLocalStorage { why, saving } => write!(
                f,
                "{} IndexedDB alone keeps your work, since {why}.",
                if *saving { "Saving…" } else { "Saved." }
            ),
            State::LocalStorageOnly { why } => write!(
                f,
                "Kept in local storage only, since {why}. A crash of the browser can lose the \
                 last minutes: download your work before you leave."
            ),
            State::MemoryOnly { database, local } => write!(
                f,
                "Not saved: {database}, and {local}. Download your work before you close this tab."
            ),
            State::ReadOnly => f.write_str(
                "Not saved: a newer version of this program keeps its data here, and this tab \
                 leaves it alone. Download your work, then reload the page.",
            ),
        }
    }
}
