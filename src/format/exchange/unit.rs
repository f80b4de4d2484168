//! The unit that a file's offsets count in: stated, or found by the words that they should select.

use crate::text::{Span, Text, Utf16};
use std::fmt;

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points, as in Python.
    CodePoint,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
    /// Bytes of UTF-8, as in Rust and Go.
    Byte,
    /// Code points, where CR with LF counts as one, as if the text had been read with LF alone.
    CrlfAsOne,
    /// UTF-16 code units, where CR with LF counts as one, as in a text field of a web page.
    Utf16CrlfAsOne,
}

impl Unit {
    /// All of them, the likeliest first.
    pub const ALL: [Unit; 5] = [
        Unit::CodePoint,
        Unit::Utf16,
        Unit::Byte,
        Unit::CrlfAsOne,
        Unit::Utf16CrlfAsOne,
    ];

    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Unit::CodePoint => "code-points",
            Unit::Utf16 => "utf-16",
            Unit::Byte => "bytes",
            Unit::CrlfAsOne => "crlf-as-one",
            Unit::Utf16CrlfAsOne => "utf-16-crlf-as-one",
        }
    }

    /// The unit of that name.
    pub fn of_id(id: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.id() == id)
    }

    fn joins_crlf(self) -> bool {
        matches!(self, Unit::CrlfAsOne | Unit::Utf16CrlfAsOne)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::CodePoint => "code points",
            Unit::Utf16 => "UTF-16 code units",
            Unit::Byte => "bytes of UTF-8",
            Unit::CrlfAsOne => "code points, with CR and LF together as one",
            Unit::Utf16CrlfAsOne => "UTF-16 code units, with CR and LF together as one",
        })
    }
}

/// Converts offsets of one text.
pub struct Counter<'a> {
    text: &'a Text,
    unit: Unit,
    /// Where the pairs of CR and LF begin, in code points; for the units that join them.
    pairs: Vec<u32>,
}

impl<'a> Counter<'a> {
    /// Counts `text` in `unit`.
    pub fn new(text: &'a Text, unit: Unit) -> Counter<'a> {
        let pairs = match unit.joins_crlf() {
            false => Vec::new(),
            true => {
                let starts = text.as_str().match_indices("\r\n");
                starts
                    .filter_map(|(byte, _)| text.offset_of_byte(byte))
                    .collect()
            }
        };
        Counter { text, unit, pairs }
    }

    /// An offset of the file in code points; `None` beyond the end or inside a character.
    pub fn code_point(&self, offset: u64) -> Option<u32> {
        let offset = u32::try_from(offset).ok()?;
        match self.unit {
            Unit::CodePoint => (offset <= self.text.length().code_points).then_some(offset),
            Unit::Utf16 => self.text.offset_of_utf16(Utf16(offset)),
            Unit::Byte => self.text.offset_of_byte(offset as usize),
            Unit::CrlfAsOne | Unit::Utf16CrlfAsOne => {
                // The `n`th pair begins, as the file counts, `n` before where it does.
                let plain = |pair: u32| match self.unit {
                    Unit::Utf16CrlfAsOne => self.text.utf16_of(pair).map_or(pair, |at| at.0),
                    _ => pair,
                };
                let (mut low, mut high) = (0, self.pairs.len());
                while low < high {
                    let middle = (low + high) / 2;
                    let begins = self.pairs.get(middle).map_or(u32::MAX, |at| plain(*at));
                    match begins.saturating_sub(middle as u32) < offset {
                        true => low = middle + 1,
                        false => high = middle,
                    }
                }
                let offset = offset.checked_add(low as u32)?;
                match self.unit {
                    Unit::Utf16CrlfAsOne => self.text.offset_of_utf16(Utf16(offset)),
                    _ => (offset <= self.text.length().code_points).then_some(offset),
                }
            }
        }
    }

    /// An offset in code points as the file counts; `None` beyond the end.
    pub fn offset(&self, code_points: u32) -> Option<u32> {
        let before = || self.pairs.partition_point(|pair| *pair < code_points) as u32;
        match self.unit {
            Unit::CodePoint => {
                (code_points <= self.text.length().code_points).then_some(code_points)
            }
            Unit::Utf16 => Some(self.text.utf16_of(code_points)?.0),
            Unit::Byte => u32::try_from(self.text.byte_of(code_points)?).ok(),
            Unit::CrlfAsOne => {
                (code_points <= self.text.length().code_points).then(|| code_points - before())
            }
            Unit::Utf16CrlfAsOne => Some(self.text.utf16_of(code_points)?.0 - before()),
        }
    }

    /// A span of the file in code points.
    pub fn span(&self, start: u64, end: u64) -> Option<Span> {
        Span::new(self.code_point(start)?, self.code_point(end)?)
    }
}

/// What a file says of one annotation: where it is, and which words are there, if it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Where it starts, in the file's unit.
    pub start: u64,
    /// Where it ends, in the file's unit.
    pub end: u64,
    /// The words that are there.
    pub exact: Option<&'a str>,
}

/// Why claims can't be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The claim of that number agrees with the text in none of the units that the others leave.
    NoUnit(usize),
    /// What came first was understood in one unit, and this can only be in another.
    Units(Unit, Unit),
}

/// Finds the unit of a file: the one in which all words that it quotes stand where it says.
///
/// Documents come one after the other, and each leaves fewer units. What was understood in one unit
/// and would have been other words in another binds what follows.
pub struct Detector {
    /// The units that agree with all so far, the preferred one first.
    left: Vec<Unit>,
    /// The unit that something was understood in which would be other words in another one.
    bound: Option<Unit>,
    /// Whether a person or the format says which unit it is.
    stated: bool,
}

impl Detector {
    /// For a format that should count in `preferred`; `stated` is what a person says, or the file.
    pub fn new(preferred: Unit, stated: Option<Unit>) -> Detector {
        let mut left = vec![stated.unwrap_or(preferred)];
        if stated.is_none() {
            left.extend(Unit::ALL.into_iter().filter(|unit| *unit != preferred));
        }
        Detector {
            left,
            bound: None,
            stated: stated.is_some(),
        }
    }

    /// The unit in which all so far is understood.
    pub fn unit(&self) -> Unit {
        self.left.first().copied().unwrap_or(Unit::CodePoint)
    }

    /// Whether a person or the format says which unit it is.
    pub fn is_stated(&self) -> bool {
        self.stated
    }

    /// Whether the unit was found rather than stated, and is another than `expected`.
    pub fn surprises(&self, expected: Unit) -> bool {
        !self.stated && self.unit() != expected
    }

    /// The spans of the claims, each in order; `None` for one that is empty, inverted, inside a
    /// character or beyond the text in the file's unit.
    pub fn understand(
        &mut self,
        text: &Text,
        claims: &[Claim],
    ) -> Result<Vec<Option<Span>>, Misfit> {
        let proven = claims.iter().any(|claim| claim.exact.is_some());
        let length = text.length();
        let all_same = length.utf8_bytes == length.code_points && !text.as_str().contains("\r\n");
        if !proven || all_same || self.left.len() == 1 {
            let counter = Counter::new(text, self.unit());
            let spans = claims.iter().map(|c| counter.span(c.start, c.end));
            let spans: Vec<Option<Span>> = spans.collect();
            return match self.first_wrong(text, claims, &spans) {
                Some(at) => Err(Misfit::NoUnit(at)),
                None => Ok(spans),
            };
        }
        let units = self.left.clone();
        let read = |unit: &Unit| -> Vec<Option<Span>> {
            let counter = Counter::new(text, *unit);
            claims
                .iter()
                .map(|c| counter.span(c.start, c.end))
                .collect()
        };
        let readings: Vec<Vec<Option<Span>>> = units.iter().map(read).collect();
        let mut left: Vec<usize> = (0..units.len()).collect();
        for (at, claim) in claims.iter().enumerate() {
            let Some(exact) = claim.exact else { continue };
            let span_of = |unit: &usize| readings.get(*unit)?.get(at).copied().flatten();
            let agrees =
                |unit: &usize| span_of(unit).and_then(|span| text.slice(span)) == Some(exact);
            // What lies nowhere in the text in any unit says nothing about the unit.
            if !(0..units.len()).any(|unit| span_of(&unit).is_some()) {
                continue;
            }
            left.retain(agrees);
            if left.is_empty() {
                return Err(Misfit::NoUnit(at));
            }
        }
        let chosen = left.first().copied().unwrap_or(0);
        let unit = units.get(chosen).copied().unwrap_or(Unit::CodePoint);
        if let Some(bound) = self.bound
            && bound != unit
        {
            return Err(Misfit::Units(bound, unit));
        }
        let differs =
            |other: &Vec<Option<Span>>| readings.get(chosen).is_some_and(|of| of != other);
        if left
            .iter()
            .filter_map(|unit| readings.get(*unit))
            .any(differs)
        {
            self.bound = Some(unit);
        }
        self.left = left
            .iter()
            .filter_map(|at| units.get(*at).copied())
            .collect();
        Ok(readings.into_iter().nth(chosen).unwrap_or_default())
    }

    /// The first claim whose words don't stand where it says.
    fn first_wrong(&self, text: &Text, claims: &[Claim], spans: &[Option<Span>]) -> Option<usize> {
        let wrong = |(claim, span): (&Claim, &Option<Span>)| match (claim.exact, span) {
            (Some(exact), Some(span)) => text.slice(*span) != Some(exact),
            _ => false,
        };
        claims.iter().zip(spans).position(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(content: &str) -> Text {
        Text::new(content.into()).unwrap()
    }

    fn claim(start: u64, end: u64, exact: &'static str) -> Claim<'static> {
        Claim {
            start,
            end,
            exact: Some(exact),
        }
    }

    /// U+1F600, then `Start.`, CR with LF, and `café` in five code points.
    const TEXT: &str = "😀 Start.\r\ncafe\u{301}";

    #[test]
    fn the_unit_is_the_one_in_which_all_words_stand_where_the_file_says() {
        let text = text(TEXT);
        for (start, end, unit) in [
            (2, 8, Unit::CodePoint),
            (3, 9, Unit::Utf16),
            (5, 11, Unit::Byte),
        ] {
            let mut detector = Detector::new(Unit::CodePoint, None);
            let spans = detector.understand(&text, &[claim(start, end, "Start.")]);
            assert_eq!(spans, Ok(vec![Span::new(2, 8)]));
            assert_eq!(detector.unit(), unit);
        }
        for (start, end, unit) in [
            (9, 14, Unit::CrlfAsOne),
            (10, 15, Unit::Utf16CrlfAsOne),
            (10, 15, Unit::CodePoint),
        ] {
            let mut detector = Detector::new(Unit::CodePoint, Some(unit));
            let spans = detector.understand(&text, &[claim(start, end, "cafe\u{301}")]);
            assert_eq!(spans, Ok(vec![Span::new(10, 15)]), "{unit}");
        }
    }

    #[test]
    fn one_wrong_span_refuses_all() {
        let text = text(TEXT);
        let mut detector = Detector::new(Unit::CodePoint, None);
        let claims = [claim(3, 9, "Start."), claim(0, 1, "😀")];
        assert_eq!(detector.understand(&text, &claims), Err(Misfit::NoUnit(1)));
        let mut detector = Detector::new(Unit::CodePoint, Some(Unit::CodePoint));
        let claims = [claim(3, 9, "Start.")];
        assert_eq!(detector.understand(&text, &claims), Err(Misfit::NoUnit(0)));
    }

    #[test]
    fn a_span_outside_the_text_in_every_unit_is_left_out_alone() {
        let text = text(TEXT);
        let mut detector = Detector::new(Unit::CodePoint, None);
        let claims = [claim(900, 999, "x"), claim(3, 9, "Start."), claim(5, 5, "")];
        let spans = detector.understand(&text, &claims);
        assert_eq!(spans, Ok(vec![None, Span::new(2, 8), None]));
    }

    #[test]
    fn what_was_understood_binds_what_follows() {
        let mut detector = Detector::new(Unit::CodePoint, None);
        // Both readings select an `a`.
        let doubtful = text("😀 aaa");
        let spans = detector.understand(&doubtful, &[claim(3, 4, "a")]);
        assert_eq!(spans, Ok(vec![Span::new(3, 4)]));
        let plain = text("ab");
        assert!(detector.understand(&plain, &[claim(0, 1, "a")]).is_ok());
        let certain = text("😀 b");
        assert_eq!(
            detector.understand(&certain, &[claim(3, 4, "b")]),
            Err(Misfit::Units(Unit::CodePoint, Unit::Utf16))
        );
    }

    #[test]
    fn without_words_the_preferred_unit_counts() {
        let mut detector = Detector::new(Unit::Utf16, None);
        let claims = [Claim {
            start: 3,
            end: 9,
            exact: None,
        }];
        assert_eq!(
            detector.understand(&text(TEXT), &claims),
            Ok(vec![Span::new(2, 8)])
        );
    }

    proptest! {
        #[test]
        fn offsets_come_back_in_every_unit(content in "(a|😀|\u{e9}|\r\n|\r|\n){0,40}", at in 0_u32..60) {
            let text = text(&content);
            for unit in Unit::ALL {
                let counter = Counter::new(&text, unit);
                let Some(offset) = counter.offset(at) else {
                    prop_assert!(at > text.length().code_points);
                    continue;
                };
                let back = counter.code_point(u64::from(offset));
                // Between CR and LF there is no offset in the units that join them.
                let inside = unit.joins_crlf() && at > 0
                    && text.char_at(at - 1) == Some('\r') && text.char_at(at) == Some('\n');
                prop_assert!(inside || back == Some(at), "{unit}: {at} is {offset} is {back:?}");
            }
        }
    }
}
