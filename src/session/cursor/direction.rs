//! Which way a block is written.

use crate::text::{Span, Text};

/// How far to look for the first strong character, in code points.
const REACH: u32 = 4096;

/// Whether `block` is set from right to left: its first strong character decides (UAX #9, P2), as
/// for `dir="auto"`.
pub fn block_is_rtl(text: &Text, block: Span) -> bool {
    let end = block.end().min(block.start().saturating_add(REACH));
    let start = Span::new(block.start(), end).and_then(|near| text.slice(near));
    start
        .unwrap_or_default()
        .chars()
        .find_map(strong_direction_is_rtl)
        .unwrap_or(false)
}

fn strong_direction_is_rtl(c: char) -> Option<bool> {
    match c {
        '\u{200E}' => Some(false),
        '\u{200F}' | '\u{61C}' => Some(true),
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => c.is_alphabetic().then_some(true),
        _ => c.is_alphabetic().then_some(false),
    }
}
