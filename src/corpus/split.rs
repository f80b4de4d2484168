//! Parting a corpus for training, tuning and testing.
//!
//! A document's part follows from the seed and its key alone: it is the same whatever other documents
//! there are, so documents that are added later don't move the others. Shares are met on average, as
//! by throwing dice; a small corpus, or one of few sites, may be some way off.

use super::lot::lot;
use super::site::site_of;
use crate::document::{Document, sha256_hex};
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// A part of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What a model learns from.
    Train,
    /// What its settings are chosen with.
    Dev,
    /// What it is judged by.
    Test,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 3] = [Part::Train, Part::Dev, Part::Test];

    /// What files call it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Train => "train",
            Part::Dev => "dev",
            Part::Test => "test",
        }
    }
}

/// How much each part is to get, in relation to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    shares: [u32; 3],
}

impl Default for Shares {
    fn default() -> Shares {
        Shares {
            shares: [80, 10, 10],
        }
    }
}

impl FromStr for Shares {
    type Err = ();

    /// `80/10/10`: train, dev and test, whole numbers, not all of them 0. Without the third, test has
    /// none.
    fn from_str(written: &str) -> Result<Shares, ()> {
        let mut shares = [0; 3];
        let parts: Vec<&str> = written.split('/').collect();
        if !(2..=3).contains(&parts.len()) {
            return Err(());
        }
        for (share, part) in shares.iter_mut().zip(parts) {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            *share = part.parse().ok().filter(|_| digits).ok_or(())?;
        }
        match shares.iter().any(|share| *share > 0) {
            true => Ok(Shares { shares }),
            false => Err(()),
        }
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [train, dev, test] = self.shares;
        write!(f, "{train}/{dev}/{test}")
    }
}

impl Shares {
    /// The part of what has that key.
    pub fn part(self, seed: &str, key: &str) -> Part {
        let sum: u128 = self.shares.iter().map(|share| u128::from(*share)).sum();
        // Where the lot stands between 0 and the sum of the shares.
        let mut place = (u128::from(lot(seed, key)) * sum) >> 64;
        for (part, share) in Part::ALL.into_iter().zip(self.shares) {
            let share = u128::from(share);
            if place < share {
                return part;
            }
            place -= share;
        }
        Part::Train
    }
}

/// What is kept together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Documents of the same text.
    #[default]
    Document,
    /// Documents of the same site ([`site_of`]), in whatever case its name is written; a document
    /// without one by itself.
    Site,
}

impl By {
    /// The key of a document, of which `extra` is what our JSON says of it besides.
    pub fn key(self, document: &Document, extra: &Map<String, Value>) -> String {
        let text = || format!("text {}", sha256_hex(document.text.as_str()));
        match self {
            By::Document => text(),
            By::Site => site_of(document, extra)
                .map_or_else(text, |site| format!("site {}", site.to_lowercase())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::text::Text;
    use proptest::prelude::*;

    fn document(text: &str, uri: Option<&str>) -> Document {
        Document {
            id: "d".to_owned(),
            title: None,
            source: Source {
                uri: uri.map(str::to_owned),
                file_name: None,
            },
            media_type: "text/plain".to_owned(),
            language: None,
            text: Text::new(text.to_owned()).unwrap(),
            blocks: Vec::new(),
        }
    }

    #[test]
    fn shares_are_numbers_with_strokes_between() {
        for (written, shown) in [
            ("80/10/10", Some("80/10/10")),
            ("8/1/1", Some("8/1/1")),
            ("1/1", Some("1/1/0")),
            ("0/0/1", Some("0/0/1")),
            ("0/0/0", None),
            ("80", None),
            ("80/10/10/0", None),
            ("80/-10/30", None),
            ("+8/1/1", None),
            ("80%/20%", None),
            ("", None),
        ] {
            let shares = Shares::from_str(written)
                .ok()
                .map(|shares| shares.to_string());
            assert_eq!(shares.as_deref(), shown, "{written}");
        }
    }

    #[test]
    fn shares_are_met_on_average() {
        let shares = Shares::default();
        let mut counts = [0; 3];
        for number in 0..10_000 {
            counts[shares.part("seed", &number.to_string()) as usize] += 1;
        }
        for (count, expected) in counts.into_iter().zip([8_000_i32, 1_000, 1_000]) {
            assert!((count - expected).abs() < 150, "{counts:?}");
        }
    }

    #[test]
    fn a_part_is_for_ever() {
        let parts: Vec<&str> = ["a", "b", "c", "d", "e", "f", "g", "h"]
            .map(|key| Shares::from_str("1/1/1").unwrap().part("1", key).name())
            .into();
        assert_eq!(parts, PARTS);
        assert_eq!(
            Shares::from_str("0/0/5").unwrap().part("1", "a"),
            Part::Test
        );
    }

    const PARTS: [&str; 8] = [
        "dev", "train", "dev", "train", "train", "test", "dev", "train",
    ];

    #[test]
    fn the_same_text_and_the_same_site_stay_together() {
        let nothing = Map::new();
        let first = document("a", Some("https://example.org/1"));
        let second = document("b", Some("https://www.example.org/2"));
        assert_eq!(
            By::Site.key(&first, &nothing),
            By::Site.key(&second, &nothing)
        );
        assert_ne!(
            By::Document.key(&first, &nothing),
            By::Document.key(&second, &nothing)
        );
        let elsewhere = document("a", Some("https://example.com/"));
        assert_eq!(
            By::Document.key(&first, &nothing),
            By::Document.key(&elsewhere, &nothing)
        );
        let alone = document("a", None);
        assert_eq!(
            By::Site.key(&alone, &nothing),
            By::Document.key(&alone, &nothing)
        );
    }

    proptest! {
        #[test]
        fn a_part_with_no_share_gets_nothing(seed in ".*", key in ".*") {
            prop_assert_ne!(Shares::from_str("3/0/1").unwrap().part(&seed, &key), Part::Dev);
            prop_assert_eq!(Shares::from_str("0/7").unwrap().part(&seed, &key), Part::Dev);
        }
    }
}
