//! Many documents as one corpus: parted for training and testing, handed out to annotators, put
//! together again from what comes back, and compared.
//!
//! Whatever is drawn by lot is drawn by a hash of a seed and a name, so the same seed gives the same
//! outcome everywhere.

mod assignment;
mod deal;
mod lot;
mod merge;
mod notes;
mod parallel;
mod split;

pub use assignment::{Assignment, Dataset, Guidelines, assignments};
pub use deal::{DealError, Dealing, Dealt, deal};
pub use merge::{Merged, Merger};
pub use notes::Note;
pub use parallel::{by_creator, by_file};
pub use split::{By, Part, Shares, site_of};
