//! Why a command failed, as people read it.

use std::fmt;

/// A sentence, and the exit code that goes with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    sentence: String,
    exit_code: u8,
}

impl Failure {
    /// Something that went wrong while doing what was asked.
    pub fn new(sentence: impl Into<String>) -> Failure {
        Failure {
            sentence: sentence.into(),
            exit_code: 1,
        }
    }

    /// Arguments that mean nothing.
    pub fn usage(sentence: impl Into<String>) -> Failure {
        Failure {
            sentence: sentence.into(),
            exit_code: 2,
        }
    }

    /// What the process ends with.
    pub fn exit_code(&self) -> u8 {
        self.exit_code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}
