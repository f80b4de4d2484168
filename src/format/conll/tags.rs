//! Tags: how they say where a span begins and ends.

/// Which columns there are, and how tags are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Four columns divided by blanks, with the tags of [`Scheme::Bio`].
    Conll2003,
    /// Two columns divided by a tab; `B-` begins a span, `I-` goes on.
    Bio,
    /// The same with `L-` for a span's last token, and `U-` for its only one.
    Bilou,
}

impl Scheme {
    /// The letter for a token that is the first of its span, the last, both or neither.
    pub fn letter(self, is_first: bool, is_last: bool) -> char {
        match (self, is_first, is_last) {
            (Scheme::Bilou, true, true) => 'U',
            (Scheme::Bilou, false, true) => 'L',
            (_, true, _) => 'B',
            (_, false, _) => 'I',
        }
    }

    /// A line for a token, and for its tag.
    pub fn line(self, token: &str, tag: &str) -> String {
        match self {
            Scheme::Conll2003 => format!("{token} -X- O {tag}\n"),
            Scheme::Bio | Scheme::Bilou => format!("{token}\t{tag}\n"),
        }
    }
}

/// What a tag says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag<'a> {
    /// It is in no span.
    Outside,
    /// It begins a span.
    Begin(&'a str),
    /// It goes on with a span of that label, or begins one if there is none to go on with.
    Inside(&'a str),
    /// The same, and ends it.
    Last(&'a str),
    /// It is a span alone.
    Only(&'a str),
}

impl<'a> Tag<'a> {
    /// Reads a tag of BIO (its older form IOB, too), BILOU, BIOES or BMES.
    pub fn read(tag: &'a str) -> Option<Tag<'a>> {
        if matches!(tag, "O" | "-" | "_") {
            return Some(Tag::Outside);
        }
        let (letter, label) = tag.split_once('-').or_else(|| tag.split_once('_'))?;
        if label.is_empty() {
            return None;
        }
        Some(match letter {
            "B" => Tag::Begin(label),
            "I" | "M" => Tag::Inside(label),
            "L" | "E" => Tag::Last(label),
            "U" | "S" | "W" => Tag::Only(label),
            _ => return None,
        })
    }
}

/// Joins tags to spans.
#[derive(Debug, Default)]
pub struct Spans {
    open: Option<Tagged>,
    /// The spans that have ended, in order.
    pub ended: Vec<Tagged>,
}

/// A span and its label, as the file calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Where it starts, in code points.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Its label.
    pub label: String,
    /// The line of its first token, from 1.
    pub line: usize,
}

impl Spans {
    /// Takes the tag of the token from `start` to `end`, which stands on `line`.
    pub fn take(&mut self, tag: Tag, start: u32, end: u32, line: usize) {
        let goes_on = match (tag, &self.open) {
            (Tag::Inside(label) | Tag::Last(label), Some(open)) => open.label == label,
            _ => false,
        };
        if !goes_on {
            self.end();
        }
        let (Tag::Begin(label) | Tag::Inside(label) | Tag::Last(label) | Tag::Only(label)) = tag
        else {
            return;
        };
        match &mut self.open {
            Some(open) => open.end = end,
            None => {
                self.open = Some(Tagged {
                    start,
                    end,
                    label: label.to_owned(),
                    line,
                });
            }
        }
        if matches!(tag, Tag::Last(_) | Tag::Only(_)) {
            self.end();
        }
    }

    /// Ends the span that is open, as the end of a sentence does.
    pub fn end(&mut self) {
        self.ended.extend(self.open.take());
    }
}
