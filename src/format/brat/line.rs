//! A line of brat's.

use crate::format::exchange::Unit;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// A labelled text.
    Entity(Entity<'a>),
    /// A note on the annotation of that id.
    Note(&'a str, &'a str),
    /// An attribute of the annotation of that id, and its value.
    Attribute(&'a str, &'a str, Option<&'a str>),
    /// A relation, an event, or something else that isn't of a place in the text.
    Other,
    /// Nothing.
    Empty,
}

/// A labelled text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its label.
    pub label: &'a str,
    /// Where its fragments start and end.
    pub fragments: Vec<(u64, u64)>,
    /// The words that it covers, those of fragments joined by a blank; `None` if the file doesn't say.
    pub words: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// Reads a line without its end. The error says what is wrong, as a clause.
    pub fn read(line: &'a str) -> Result<Line<'a>, &'static str> {
        if line.trim().is_empty() {
            return Ok(Line::Empty);
        }
        let (id, rest) = line.split_once('\t').ok_or("a line must have tabs")?;
        let (body, words) = match rest.split_once('\t') {
            Some((body, words)) => (body, Some(words)),
            None => (rest, None),
        };
        let mut parts = body.split(' ').filter(|part| !part.is_empty());
        let mut next = || parts.next().ok_or("a line breaks off");
        match id.chars().next() {
            Some('T') => {
                let label = next()?;
                let places = body.trim_start().strip_prefix(label).unwrap_or_default();
                Ok(Line::Entity(Entity {
                    id,
                    label,
                    fragments: places_of(places)
                        .ok_or("an annotation must have a start and an end")?,
                    words,
                }))
            }
            Some('#') => {
                next()?;
                Ok(match words {
                    Some(note) => Line::Note(next()?, note),
                    None => Line::Empty,
                })
            }
            Some('A' | 'M') => {
                let (name, of) = (next()?, next()?);
                // The value is all that follows, blanks and all.
                let rest = body.trim_start().strip_prefix(name).unwrap_or_default();
                let rest = rest.trim_start().strip_prefix(of).unwrap_or_default();
                let value = rest.strip_prefix(' ').filter(|value| !value.is_empty());
                Ok(Line::Attribute(of, name, value))
            }
            Some('R' | 'E' | 'N' | '*') => Ok(Line::Other),
            _ => Err("a line must begin with T, R, E, A, M, N, # or *"),
        }
    }
}

/// Reads `0 4;6 9`.
fn places_of(places: &str) -> Option<Vec<(u64, u64)>> {
    let place = |place: &str| {
        let (start, end) = place.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    places.split(';').map(place).collect()
}

impl<'a> Entity<'a> {
    /// The words of each fragment; all `None` if they can't be told apart.
    ///
    /// The file joins them by a blank, which the words may hold as well, so their lengths have to tell;
    /// in which unit, is what the sum tells.
    pub fn words_of_fragments(&self) -> Vec<Option<&'a str>> {
        if let ([_], words) = (self.fragments.as_slice(), self.words) {
            return vec![words];
        }
        let parts = [Unit::CodePoint, Unit::Utf16, Unit::Byte]
            .iter()
            .find_map(|unit| self.parts(*unit));
        match parts {
            Some(parts) => parts.into_iter().map(Some).collect(),
            None => vec![None; self.fragments.len()],
        }
    }

    fn parts(&self, unit: Unit) -> Option<Vec<&'a str>> {
        let width = |c: char| match unit {
            Unit::Utf16 => c.len_utf16() as u64,
            Unit::Byte => c.len_utf8() as u64,
            _ => 1,
        };
        let mut rest = self.words?;
        let mut parts = Vec::new();
        for (number, (start, end)) in self.fragments.iter().enumerate() {
            if number > 0 {
                rest = rest.strip_prefix(' ')?;
            }
            let length = end.checked_sub(*start)?;
            let mut passed = 0;
            let mut byte = 0;
            for c in rest.chars() {
                if passed >= length {
                    break;
                }
                passed += width(c);
                byte += c.len_utf8();
            }
            if passed != length {
                return None;
            }
            let (part, behind) = rest.split_at_checked(byte)?;
            parts.push(part);
            rest = behind;
        }
        rest.is_empty().then_some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_kind_are_read() {
        let entity = |fragments, words| {
            Ok(Line::Entity(Entity {
                id: "T1",
                label: "claim",
                fragments,
                words,
            }))
        };
        for (line, read) in [
            (
                "T1\tclaim 2 8\tStart.",
                entity(vec![(2, 8)], Some("Start.")),
            ),
            ("T1\tclaim 2 8", entity(vec![(2, 8)], None)),
            (
                "T1\tclaim 5 9;12 16\tone  two",
                entity(vec![(5, 9), (12, 16)], Some("one  two")),
            ),
            (
                "#1\tAnnotatorNotes T1\twhy? ",
                Ok(Line::Note("T1", "why? ")),
            ),
            (
                "A1\tNegation E1",
                Ok(Line::Attribute("E1", "Negation", None)),
            ),
            (
                "M2\tConfidence T1 high",
                Ok(Line::Attribute("T1", "Confidence", Some("high"))),
            ),
            (
                "A3\tspeaker T1 Ms  Adeyemi, MP ",
                Ok(Line::Attribute("T1", "speaker", Some("Ms  Adeyemi, MP "))),
            ),
            ("R1\tPart Arg1:T1 Arg2:T2", Ok(Line::Other)),
            ("*\tEquiv T1 T2", Ok(Line::Other)),
            ("  ", Ok(Line::Empty)),
            ("T1 claim 2 8", Err("a line must have tabs")),
            (
                "T1\tclaim",
                Err("an annotation must have a start and an end"),
            ),
            (
                "T1\tclaim 2 x\ty",
                Err("an annotation must have a start and an end"),
            ),
            (
                "T1\tclaim -2 4\ty",
                Err("an annotation must have a start and an end"),
            ),
            ("T1\t\ty", Err("a line breaks off")),
            (
                "x\ty",
                Err("a line must begin with T, R, E, A, M, N, # or *"),
            ),
        ] {
            assert_eq!(Line::read(line), read, "{line}");
        }
    }

    #[test]
    fn the_words_of_fragments_are_told_apart_by_their_lengths() {
        let words = |fragments: &[(u64, u64)], words| {
            let entity = Entity {
                id: "T1",
                label: "claim",
                fragments: fragments.into(),
                words,
            };
            entity.words_of_fragments()
        };
        assert_eq!(
            words(&[(0, 3), (4, 7)], Some("a b c d")),
            [Some("a b"), Some("c d")]
        );
        assert_eq!(
            words(&[(0, 2), (4, 6)], Some("😀 é!")),
            [Some("😀"), Some("é!")]
        );
        assert_eq!(
            words(&[(0, 1), (4, 6)], Some("😀 é!")),
            [Some("😀"), Some("é!")]
        );
        assert_eq!(
            words(&[(0, 2), (4, 6)], Some("😀 ab")),
            [Some("😀"), Some("ab")]
        );
        assert_eq!(
            words(&[(0, 4), (4, 7)], Some("😀 é!")),
            [Some("😀"), Some("é!")]
        );
        assert_eq!(words(&[(0, 3), (4, 7)], Some("a b c d e")), [None, None]);
        assert_eq!(words(&[(3, 0), (4, 7)], Some("a b")), [None, None]);
        assert_eq!(words(&[(0, 9)], Some("any")), [Some("any")]);
        assert_eq!(words(&[(0, 9), (10, 11)], None), [None, None]);
    }
}
