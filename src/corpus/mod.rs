//! Many documents as one corpus: parted for training and testing, handed out to annotators, put
//! together again from what comes back, and compared; and, for the browser, what a list says of
//! each, and a backup of all.
//!
//! Whatever is drawn by lot is drawn by a hash of a seed and a name, so the same seed gives the same
//! outcome everywhere.

mod assignment;
mod backup;
mod comparison;
mod deal;
mod entry;
mod hand_out;
mod lot;
mod merge;
mod notes;
mod outcome;
mod parallel;
mod parts;
mod site;
mod split;
mod title;

pub use assignment::{Assignment, Dataset, Guidelines, assignments, file_names};
pub use backup::{Backup, BackupError, Copy, Header, read_backup, write_end, write_header};
pub use comparison::{Comparison, annotators};
pub use deal::{DealError, Dealing, Dealt, deal};
pub use entry::{Entry, Fingerprint, Flag, Work};
pub use hand_out::{HandedOut, hand_out};
pub use merge::{Merged, Merger};
pub use notes::Note;
pub use parallel::{by_creator, by_file};
pub use parts::{PartedStream, Parting, folder};
pub use site::{site, site_of};
pub use split::{By, Part, Shares};
pub use title::first_words;
