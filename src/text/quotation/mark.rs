//! Quotation marks: which characters are, and what each can be where it stands.

/// Marks that pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Family(u8);

impl Family {
    /// “ ” „ ‟ " ＂ and '' ``: every language pairs them in its own way, and scrapes mix them.
    const DOUBLE: Family = Family(0);
    /// ‘ ’ ‚ ‛ '
    pub const SINGLE: Family = Family(1);
    const ANGLE: Family = Family(2);
    const SINGLE_ANGLE: Family = Family(3);
    /// How many there are, with those that have one opening and one closing mark.
    pub const COUNT: usize = 4 + ONE_WAY.len();

    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Marks that look one way only; those of East Asia, upright and vertical.
const ONE_WAY: [(char, &[char]); 7] = [
    ('「', &['」']),
    ('『', &['』']),
    ('﹁', &['﹂']),
    ('﹃', &['﹄']),
    ('《', &['》']),
    ('〈', &['〉']),
    ('〝', &['〞', '〟']),
];

/// A quotation mark in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The character; the first of two for '' and ``.
    pub character: char,
    pub family: Family,
    /// Its first code point, in the document.
    pub start: u32,
    /// Behind its last code point.
    pub end: u32,
    place: Place,
}

/// What stands around a mark.
#[derive(Clone, Copy, Debug)]
struct Place {
    is_behind_space: bool,
    is_before_space: bool,
    may_open: bool,
    may_close: bool,
    // An apostrophe for certain.
    is_apostrophe: bool,
    // Could be a plural's genitive (workers’ rights) or a dropped g (goin’ home).
    is_weak: bool,
    // Weak, and a better close follows before anything opens.
    is_outdone: bool,
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Opens,
    Closes,
    /// No quotation mark, or one without sense.
    Nothing,
}

impl Mark {
    /// What the mark does, where `open` is the mark of its family that was opened last.
    pub fn role(&self, open: Option<char>) -> Role {
        let Place {
            is_behind_space,
            is_before_space,
            may_open,
            may_close,
            is_apostrophe,
            is_outdone,
            ..
        } = self.place;
        let opens_only = may_open && !may_close;
        let closes_only = may_close && !may_open;
        let when = |condition: bool, role: Role| if condition { role } else { Role::Nothing };
        if is_apostrophe || is_outdone {
            return Role::Nothing;
        }
        match self.character {
            '“' | '‘' => {
                let is_german = matches!(open, Some('„' | '‚')) && !is_behind_space;
                if is_german || (closes_only && is_before_space) {
                    Role::Closes
                } else {
                    when(is_behind_space || !is_before_space, Role::Opens)
                }
            }
            '„' | '‚' | '‛' | '`' => Role::Opens,
            '”' | '‟' | '»' | '›' => match open {
                Some('»' | '›') if is_behind_space => when(opens_only, Role::Opens),
                None if opens_only => Role::Opens,
                _ => Role::Closes,
            },
            '«' | '‹' => match open {
                Some('»' | '›') if !is_behind_space => Role::Closes,
                _ => Role::Opens,
            },
            '’' => when(may_close, Role::Closes),
            '"' | '＂' | '\'' => match open {
                _ if opens_only => Role::Opens,
                _ if closes_only => Role::Closes,
                Some(_) => when(may_close || self.family != Family::SINGLE, Role::Closes),
                None => when(
                    may_open || (self.family != Family::SINGLE && !is_before_space),
                    Role::Opens,
                ),
            },
            one_way if ONE_WAY.iter().any(|(opener, _)| *opener == one_way) => Role::Opens,
            _ => Role::Closes,
        }
    }

    /// Whether it shows by itself that a quotation begins, so that the close may be missing.
    pub fn is_plain_opener(&self) -> bool {
        !matches!(self.character, '\'' | '’' | '”' | '»' | '›')
    }
}

/// The marks in `content`, whose first code point has the offset `start`.
pub(super) fn marks(content: &str, start: u32) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let mut offset = start;
    let mut chars = content.char_indices().peekable();
    while let Some((byte, c)) = chars.next() {
        let from = offset;
        offset += 1;
        let mut family = family_of(c);
        if matches!(c, '\'' | '`') && chars.next_if(|(_, next)| *next == c).is_some() {
            offset += 1;
            family = Some(Family::DOUBLE);
        }
        let width = c.len_utf8() * (offset - from) as usize;
        if let Some(family) = family {
            let place = place(content, byte, byte + width, before, family);
            marks.push(Mark {
                // '' is the typewriter's ": it may open or close.
                character: if c == '\'' && family == Family::DOUBLE {
                    '"'
                } else {
                    c
                },
                family,
                start: from,
                end: offset,
                place,
            });
        }
        before = Some(c);
    }
    settle_weak_closes(&mut marks);
    marks
}

fn family_of(c: char) -> Option<Family> {
    match c {
        '“' | '”' | '„' | '‟' | '"' | '＂' => Some(Family::DOUBLE),
        '‘' | '’' | '‚' | '‛' | '\'' => Some(Family::SINGLE),
        '«' | '»' => Some(Family::ANGLE),
        '‹' | '›' => Some(Family::SINGLE_ANGLE),
        '\0'..='\u{3000}' => None,
        _ => {
            let number = ONE_WAY
                .iter()
                .position(|(opener, closers)| *opener == c || closers.contains(&c))?;
            u8::try_from(4 + number).ok().map(Family)
        }
    }
}

fn place(content: &str, from: usize, to: usize, before: Option<char>, family: Family) -> Place {
    let behind = &content[to..];
    let after = behind.chars().next();
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_in_word = before.is_some_and(is_spelt) && after.is_some_and(is_spelt);
    let is_hebrew = |c: Option<char>| matches!(c, Some('\u{5D0}'..='\u{5EA}'));
    let follows_digit = before.is_some_and(|c| c.is_ascii_digit());
    let is_sign = match family {
        Family::SINGLE => is_in_word || is_elision(&content[..from], behind),
        // Gershayim (צה"ל) and sizes (5"x7").
        _ => {
            is_in_word
                && content[from..].starts_with('"')
                && (is_hebrew(before) && is_hebrew(after) || follows_digit)
        }
    };
    let word_behind = behind.trim_start().chars().next();
    Place {
        is_behind_space: is_space(before),
        is_before_space: is_space(after),
        may_open: before.is_none_or(lets_open)
            && !is_space(after)
            && !after.is_some_and(ends_clause),
        may_close: !is_space(before) && after.is_none_or(lets_close),
        is_apostrophe: is_sign,
        is_weak: family == Family::SINGLE
            && is_before_space_and_word(after, word_behind)
            && (content[..from].ends_with(['s', 'S']) || content[..from].ends_with("in")),
        is_outdone: false,
    }
}

fn is_before_space_and_word(after: Option<char>, word: Option<char>) -> bool {
    after.is_some_and(char::is_whitespace) && word.is_some_and(char::is_alphabetic)
}

/// A letter or digit of a script that parts words by spaces, where a mark between two is none.
fn is_spelt(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

/// Han, Kana and Hangul, which stand beside marks without a space.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{20000}'..='\u{323AF}')
}

fn lets_open(c: char) -> bool {
    c.is_whitespace()
        || is_unspaced(c)
        || is_mark(c)
        || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '…' | ':' | '|' | '>' | '*' | '¿' | '¡' | '（' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn lets_close(c: char) -> bool {
    !is_spelt(c) && !matches!(c, '(' | '[' | '{' | '$' | '£' | '€' | '¿' | '¡')
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}')
}

fn is_mark(c: char) -> bool {
    family_of(c).is_some() || c == '`'
}

/// ’tis, ’90s, rock ’n’ roll: a mark that stands for letters left out.
fn is_elision(before: &str, behind: &str) -> bool {
    let end = behind
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(behind.len());
    let word = &behind[..end];
    let is_first_of_word = !before.ends_with(char::is_alphanumeric);
    let is_decade = word.len() >= 2
        && word.bytes().take(2).all(|b| b.is_ascii_digit())
        && matches!(&word[2..], "" | "s");
    let is_n = |word: &str| matches!(word, "n" | "N");
    let closes_n = before
        .strip_suffix(['n', 'N'])
        .is_some_and(|before| before.ends_with(['’', '\'', '‘']));
    (is_first_of_word && (is_decade || ELISIONS.iter().any(|e| e.eq_ignore_ascii_case(word))))
        || (is_n(word) && behind[end..].starts_with(['’', '\'', '‘']))
        || closes_n
}

const ELISIONS: &[&str] = &[
    "tis", "twas", "twere", "til", "till", "cause", "em", "bout", "round", "neath", "cos", "tween",
];

/// A weak close loses to a better one that follows before anything else happens:
/// ‘It’s the workers’ rights we want,’ he said.
fn settle_weak_closes(marks: &mut [Mark]) {
    let mut is_better_ahead = false;
    for mark in marks.iter_mut().rev() {
        let place = &mut mark.place;
        if place.is_apostrophe {
            continue;
        }
        let closes = mark.family == Family::SINGLE && place.may_close && !place.may_open;
        if closes && place.is_weak {
            place.is_outdone = is_better_ahead;
        } else {
            is_better_ahead = closes;
        }
    }
}
