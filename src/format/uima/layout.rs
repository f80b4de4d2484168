//! Sentences, tokens and annotations of a document, as UIMA's tools want them.

use crate::annotation::Annotation;
use crate::format::exchange::{Entry, Loss, Out, WriteError};
use crate::format::tokens::{Kind, is_space, pieces, sentence_starts, trim};
use crate::text::{Span, Text};

/// What is annotated in a document. In UTF-16 code units: start, end.
pub struct Layout<'a> {
    /// Sentences in order; each character that is not blank is in one.
    pub sentences: Vec<(u32, u32)>,
    /// Tokens in order; each annotation begins and ends with one.
    pub tokens: Vec<(u32, u32)>,
    /// Annotations in order.
    pub annotations: Vec<(u32, u32, &'a Annotation)>,
}

/// What INCEpTION takes for blank at the ends of annotations: white space, and characters that show
/// nothing.
pub(super) fn is_blank(c: char) -> bool {
    is_space(c)
        || matches!(c, '\u{A0}' | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}')
}

impl<'a> Layout<'a> {
    /// Lays out a document, and tells of the annotations that lose something by it. The file holds
    /// `held`, which has as many code points and UTF-16 units as the document's text.
    pub fn of(entry: &'a Entry, held: &str, out: &mut Out) -> Result<Layout<'a>, WriteError> {
        let text = &entry.document.text;
        let mut annotations = Vec::new();
        for annotation in &entry.annotations {
            match trim(text, annotation.span, is_blank) {
                None => out.lose(Loss::Blank, entry, Some(annotation))?,
                Some(span) => {
                    if span != annotation.span {
                        out.lose(Loss::Trimmed, entry, Some(annotation))?;
                    }
                    annotations.push((span, annotation));
                }
            }
        }
        out.hold(held, annotations.iter().map(|(span, a)| (*span, &*a.label)));

        let starts = sentence_starts(&entry.document);
        let ends = starts.iter().skip(1).copied();
        let ends = ends.chain([text.length().code_points]);
        let sentences = starts.iter().zip(ends);
        let sentences = sentences.filter_map(|(start, end)| Span::new(*start, end));
        let edges = annotations.iter().flat_map(|(s, _)| [s.start(), s.end()]);
        let tokens = pieces(text, edges).into_iter();
        let tokens = tokens
            .filter(|piece| piece.kind == Kind::Word)
            .map(|piece| piece.span);
        let trimmed = |span: Span| utf16(text, trim(text, span, is_blank)?);
        Ok(Layout {
            sentences: sentences.filter_map(trimmed).collect(),
            tokens: tokens.filter_map(trimmed).collect(),
            annotations: annotations
                .into_iter()
                .filter_map(|(span, annotation)| {
                    let (start, end) = utf16(text, span)?;
                    Some((start, end, annotation))
                })
                .collect(),
        })
    }
}

fn utf16(text: &Text, span: Span) -> Option<(u32, u32)> {
    Some((text.utf16_of(span.start())?.0, text.utf16_of(span.end())?.0))
}
