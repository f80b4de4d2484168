//! Many documents as one corpus: parted for training and testing, handed out to annotators, and put
//! together again from what comes back.
//!
//! Whatever is drawn by lot is drawn by a hash of a seed and a name, so the same seed gives the same
//! outcome everywhere.

mod deal;
mod lot;
mod split;

pub use deal::{DealError, Dealing, Dealt, deal};
pub use split::{By, Part, Shares, site_of};
