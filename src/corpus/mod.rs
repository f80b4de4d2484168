//! The documents that a user has here, as a whole: what a list says of each, and a backup of all.

mod backup;
mod entry;
mod site;
mod title;

pub use backup::{Backup, BackupError, Copy, Header, read_backup, write_end, write_header};
pub use entry::{Entry, Fingerprint, Flag, Work};
pub use site::site;
pub use title::first_words;
