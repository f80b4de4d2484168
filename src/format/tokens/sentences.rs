//! Where the sentences of a document begin.

use crate::document::Document;
use crate::text::{Span, segment};

/// Where sentences begin, in order; the first is 0. Blocks begin sentences too. What lies from one to
/// the next is a sentence and the white space behind it, so no character is outside of all.
pub fn sentence_starts(document: &Document) -> Vec<u32> {
    let text = &document.text;
    let mut starts = vec![0];
    let mut from = 0;
    for block in &document.blocks {
        starts.extend(between(document, from, block.span.start()));
        starts.push(block.span.start());
        let inside = segment::sentences(text, block.span);
        starts.extend(inside.iter().skip(1).map(|sentence| sentence.start()));
        from = block.span.end();
    }
    starts.extend(between(document, from, text.length().code_points));
    starts.dedup();
    starts
}

/// Where sentences begin outside of blocks.
fn between(document: &Document, from: u32, to: u32) -> Vec<u32> {
    let sentences = Span::new(from, to).map(|gap| segment::sentences(&document.text, gap));
    let sentences = sentences.unwrap_or_default();
    let starts = sentences.iter().map(|sentence| sentence.start());
    // What stands before the first sentence of a text belongs to it.
    starts.skip(usize::from(from == 0)).collect()
}
