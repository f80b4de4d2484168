//! Who takes what a reader reads.

use super::{Entry, Finding, Header, Stopped};

/// Takes what a reader reads, piece by piece.
pub trait Receive {
    /// What is known of the dataset as a whole. It may come several times, before and after
    /// documents; what came before stands, see [`Header::merge`].
    fn header(&mut self, header: Header);

    /// The next document with its annotations.
    ///
    /// # Errors
    /// No more is wanted; the sentence says why.
    fn entry(&mut self, entry: Entry) -> Result<(), Stopped>;

    /// Something to say of the file.
    fn find(&mut self, finding: Finding);
}

/// A whole dataset in memory.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// What is said of it as a whole.
    pub header: Header,
    /// Its documents.
    pub entries: Vec<Entry>,
    /// What there is to say of the files.
    pub findings: Vec<Finding>,
}

impl Receive for Collected {
    fn header(&mut self, header: Header) {
        self.header.merge(header);
    }

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        self.entries.push(entry);
        Ok(())
    }

    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
