//! Where tokens stand in a text that they were made of.

use crate::format::tokens::is_space;

/// The places of one text in another that has the same characters, but for white space.
pub struct Alignment {
    /// For each offset in the first text, its end too: how many characters before it are no white space.
    before: Vec<u32>,
    /// Where in the second text each of these characters stands.
    places: Vec<u32>,
}

impl Alignment {
    /// Of `tokens` in `text`; `None` if these differ in more than white space.
    pub fn of(tokens: &str, text: &str) -> Option<Alignment> {
        if !solid(tokens).eq(solid(text)) {
            return None;
        }
        let mut before = vec![0];
        let mut count = 0;
        for c in tokens.chars() {
            count += u32::from(!is_space(c));
            before.push(count);
        }
        let chars = (0..).zip(text.chars());
        let places = chars.filter(|(_, c)| !is_space(*c)).map(|(at, _)| at);
        Some(Alignment {
            before,
            places: places.collect(),
        })
    }

    /// Where in the second text stands what is at these offsets in the first, in code points, without
    /// white space at its edges; `None` if that is all it is.
    pub fn find(&self, start: u32, end: u32) -> Option<(u32, u32)> {
        let before = |offset: u32| self.before.get(offset as usize).copied();
        let (first, last) = (before(start)?, before(end)?.checked_sub(1)?);
        if first > last {
            return None;
        }
        let place = |nth: u32| self.places.get(nth as usize).copied();
        Some((place(first)?, place(last)? + 1))
    }
}

/// The characters that are no white space.
pub fn solid(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_space(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_whatever_white_space_parts_them() {
        let alignment = Alignment::of("😀 don ’t\nstop .", " 😀  don’t\r\n\r\nstop.\n").unwrap();
        assert_eq!(alignment.find(0, 1), Some((1, 2)));
        assert_eq!(alignment.find(2, 8), Some((4, 9)));
        assert_eq!(alignment.find(9, 15), Some((13, 18)));
        assert_eq!(alignment.find(1, 2), None);
        assert_eq!(alignment.find(9, 99), None);
    }

    #[test]
    fn other_words_are_not_aligned() {
        assert!(Alignment::of("one two", "one too").is_none());
        assert!(Alignment::of("one two", "one two three").is_none());
    }
}
