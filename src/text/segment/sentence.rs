//! Sentences: UAX #29 with tailoring for news text.

use super::abbreviation::ends_sentence;
use super::grapheme::trim_within;
use super::pieces::{Ruler, Unit};
use super::word::grapheme_end;
use crate::text::{Span, Text};
use unicode_segmentation::UnicodeSegmentation;

/// A "sentence" of more than a stride may be cut at white space.
const SENTENCES: Unit = Unit {
    stride: 4096,
    sure: first_sure_boundary,
    forced: white_space_or_grapheme_end,
    divide: sentences_of_piece,
};

/// The sentences of one block, in order, without white space at their ends.
///
/// A line break ends a sentence; a line without a full stop is one.
pub fn sentences(text: &Text, block: Span) -> Vec<Span> {
    SENTENCES.all(text, block)
}

/// The sentence of `block` that holds the code point at `offset`; `None` on the white space between
/// two.
pub fn sentence_at(text: &Text, block: Span, offset: u32) -> Option<Span> {
    SENTENCES.at(text, block, offset)
}

/// The first sentence of `block` that starts at `offset` or behind.
pub fn next_sentence(text: &Text, block: Span, offset: u32) -> Option<Span> {
    SENTENCES.next(text, block, offset)
}

/// The last sentence of `block` that ends at `offset` or before.
pub fn previous_sentence(text: &Text, block: Span, offset: u32) -> Option<Span> {
    SENTENCES.previous(text, block, offset)
}

fn sentences_of_piece(text: &Text, piece: Span) -> Vec<Span> {
    let content = text.slice(piece).unwrap_or_default();
    let mut ruler = Ruler::new(piece.start());
    let mut from = 0;
    breaks(content)
        .into_iter()
        .chain([content.len()])
        .filter_map(|to| {
            let sentence = ruler.pass(&content[from..to]);
            from = to;
            trim_within(text, sentence?)
        })
        .collect()
}

/// The first break behind a word's end: rules that look back do not pass that.
fn first_sure_boundary(text: &Text, reach: Span) -> Option<u32> {
    let content = text.slice(reach)?;
    let space = first_white_space(content)?;
    let first = breaks(&content[space..]).first().copied()?;
    let passed = str_indices::chars::count(&content[..space + first]);
    Some(reach.start() + passed as u32)
}

fn white_space_or_grapheme_end(text: &Text, reach: Span) -> u32 {
    let content = text.slice(reach).unwrap_or_default();
    match first_white_space(content) {
        Some(byte) => reach.start() + str_indices::chars::count(&content[..byte]) as u32,
        None => grapheme_end(text, reach),
    }
}

/// The byte of the first white space that follows a letter or digit.
fn first_white_space(content: &str) -> Option<usize> {
    let chars = content.char_indices();
    chars
        .clone()
        .zip(chars.skip(1))
        .find(|((_, before), (_, behind))| before.is_alphanumeric() && behind.is_whitespace())
        .map(|(_, (byte, _))| byte)
}

/// The bytes at which one sentence of `content` ends and another begins.
fn breaks(content: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut last = 0;
    for (start, part) in content.split_sentence_bound_indices() {
        let end = start + part.len();
        let inner = breaks_before_numbers(part).map(|byte| start + byte);
        for byte in inner.chain([end]) {
            let byte = before_openers(content, last, byte);
            let (sentence, rest) = (&content[last..byte], &content[byte..]);
            if !rest.is_empty() && !sentence.is_empty() && is_break(sentence, rest) {
                found.push(byte);
                last = byte;
            }
        }
    }
    found
}

/// Places where UAX #29 sees none, since it takes what follows a number for what follows the full
/// stop: "Nobody was hurt. 25 people fled."
fn breaks_before_numbers(part: &str) -> impl Iterator<Item = usize> {
    part.match_indices(". ").filter_map(move |(byte, stop)| {
        let before = part[..byte].rsplit(|c: char| !c.is_alphabetic()).next()?;
        let behind = byte + stop.len();
        let is_number = part[behind..].starts_with(|c: char| c.is_ascii_digit());
        (is_number && before.chars().nth(2).is_some()).then_some(behind)
    })
}

/// UAX #29 puts any mark that follows a full stop at once to the sentence; one that opens belongs
/// to the next (他说。“我…).
fn before_openers(content: &str, from: usize, to: usize) -> usize {
    let sentence = &content[from..to];
    if to == content.len() {
        return to;
    }
    from + sentence.trim_end_matches(is_opener).len()
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '“' | '‘' | '«' | '(' | '[' | '{' | '「' | '『' | '《' | '〈' | '【' | '〔' | '（' | '［'
    )
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '»'
            | '›'
            | '“'
            | '‘'
            | '"'
            | '\''
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '）'
            | '］'
    )
}

/// Whether a sentence really ends where the general rules say so.
fn is_break(sentence: &str, rest: &str) -> bool {
    let words = sentence.trim_end();
    if sentence[words.len()..].contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return true;
    }
    let body = words.trim_end_matches(is_closer);
    let is_quoted = body.len() < words.len();
    match body.chars().next_back() {
        Some('.') if !is_quoted => ends_sentence(body, rest),
        // “Why?” he asked: the sentence goes on.
        Some('?' | '!' | '‽' | '⁉' | '⁈') => !rest.starts_with(char::is_lowercase),
        // 「終わった。」と言った: the particle of quotation.
        Some('。' | '！' | '？') if is_quoted => {
            !(rest.starts_with('と') || rest.starts_with("って"))
        }
        _ => true,
    }
}
