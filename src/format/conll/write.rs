//! Writing tokens with their tags.

use super::{DOCUMENT, Rebuilt, Scheme};
use crate::format::exchange::{
    Entry, Header, Loss, Names, Options, Out, Overlaps, WriteError, Writer, file_stem,
};
use crate::format::losses::{lose_labels, lose_rest};
use crate::format::ranks::Ranks;
use crate::format::tokens::{Kind, flatten, pieces, sentence_starts};
use crate::text::Span;
use std::collections::BTreeSet;

/// Writes a file for each document, or, if no annotation of another label is to be left out, one for
/// each document and label.
pub struct ConllWriter {
    scheme: Scheme,
    overlaps: Overlaps,
    /// The labels that are known before the first document.
    labels: Vec<String>,
    ranks: Ranks,
    names: Names,
}

impl ConllWriter {
    /// With the tags of `scheme`.
    pub fn new(scheme: Scheme, options: &Options) -> ConllWriter {
        ConllWriter {
            scheme,
            overlaps: options.overlaps,
            labels: Vec::new(),
            ranks: Ranks::default(),
            names: Names::default(),
        }
    }

    fn extension(&self) -> &'static str {
        match self.scheme {
            Scheme::Conll2003 => "conll",
            Scheme::Bio | Scheme::Bilou => "tsv",
        }
    }

    /// The labels that have a file of their own for this document.
    fn parts(&self, entry: &Entry) -> Vec<String> {
        let in_use: BTreeSet<&str> = entry.annotations.iter().map(|a| &*a.label).collect();
        let mut parts = self.labels.clone();
        let others = in_use.into_iter().map(str::to_owned);
        parts.extend(others.filter(|label| !self.labels.contains(label)));
        parts
    }

    /// Writes one file: of all annotations, or of those of `only`. Gives whether the text can be made of it.
    fn file(
        &self,
        file: &str,
        entry: &Entry,
        only: Option<&str>,
        out: &mut Out,
    ) -> Result<bool, WriteError> {
        let annotations = entry.annotations.iter();
        let annotations: Vec<_> = annotations
            .filter(|a| only.is_none_or(|label| *a.label == *label))
            .collect();
        let ranked = annotations
            .iter()
            .map(|a| (a.span, self.ranks.rank(&a.label)));
        let flat = flatten(&entry.document.text, ranked);
        for (places, loss) in [
            (&flat.overlapping, Loss::Overlap),
            (&flat.trimmed, Loss::Trimmed),
            (&flat.blank, Loss::Blank),
        ] {
            for place in places {
                out.lose(loss, entry, annotations.get(*place).copied())?;
            }
        }
        let label = |place: usize| annotations.get(place).map_or("", |a| &*a.label);
        let spans = flat.kept.iter();
        let spans: Vec<(Span, &str)> = spans.map(|(span, at)| (*span, label(*at))).collect();

        let mut lines = String::new();
        if self.scheme == Scheme::Conll2003 {
            lines.push_str(&self.scheme.line(DOCUMENT, "O"));
            lines.push('\n');
        }
        let (rebuilt, tagged) = self.sentences(entry, &spans, &mut lines);
        lines.push('\n');
        out.append(file, lines.as_bytes())?;
        out.hold(&rebuilt.text, tagged.into_iter());
        Ok(rebuilt.text == entry.document.text.as_str())
    }

    /// Appends a line for each token and one between sentences. Gives the text that can be made of
    /// them, and where the spans are in it.
    fn sentences<'s>(
        &self,
        entry: &Entry,
        spans: &[(Span, &'s str)],
        lines: &mut String,
    ) -> (Rebuilt, Vec<(Span, &'s str)>) {
        let text = &entry.document.text;
        let edges = spans.iter().flat_map(|(s, _)| [s.start(), s.end()]);
        let mut starts = sentence_starts(&entry.document).into_iter().peekable();
        let mut spans = spans.iter().peekable();
        let mut rebuilt = Rebuilt::default();
        let mut tagged = Vec::new();
        let mut first = 0;
        for piece in pieces(text, edges) {
            if piece.kind != Kind::Word {
                continue;
            }
            let (start, end) = (piece.span.start(), piece.span.end());
            let mut begins = false;
            while starts.next_if(|at| *at <= start).is_some() {
                begins = true;
            }
            while spans.next_if(|(span, _)| span.end() <= start).is_some() {}
            let inside = spans.peek().filter(|(span, _)| span.start() <= start);
            let tag = match inside {
                None => "O".to_owned(),
                Some((span, label)) => {
                    let letter = self.scheme.letter(span.start() == start, span.end() == end);
                    format!("{letter}-{label}")
                }
            };
            // A span goes on over the end of a sentence, which then is none.
            begins &= inside.is_none_or(|(span, _)| span.start() == start);
            let token = text.slice(piece.span).unwrap_or_default();
            let is_first = rebuilt.text.is_empty();
            if begins && !is_first {
                lines.push('\n');
            } else if is_first && lines.is_empty() && token.starts_with('\u{FEFF}') {
                // At the start of a file it would be taken for a byte order mark.
                lines.push('\n');
            }
            let at = rebuilt.add(token, begins);
            if let Some((span, label)) = inside {
                if span.start() == start {
                    first = at;
                }
                if span.end() == end {
                    tagged.extend(Span::new(first, rebuilt.length).map(|span| (span, *label)));
                }
            }
            lines.push_str(&self.scheme.line(token, &tag));
        }
        (rebuilt, tagged)
    }
}

impl Writer for ConllWriter {
    fn begin(&mut self, header: &Header, _: &mut Out) -> Result<(), WriteError> {
        self.labels = header.labels.iter().map(|l| l.id.clone()).collect();
        self.ranks = Ranks::of(header);
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let name = self.names.give(&file_stem(&entry.document.id));
        let extension = self.extension();
        let parts = match self.overlaps {
            Overlaps::Longest => Vec::new(),
            Overlaps::FilePerLabel => self.parts(entry),
        };
        let mut has_text = true;
        if parts.is_empty() {
            has_text = self.file(&format!("{name}.{extension}"), entry, None, out)?;
        }
        for label in parts {
            let file = format!("{label}/{name}.{extension}");
            has_text &= self.file(&file, entry, Some(&label), out)?;
        }
        if !has_text {
            out.lose(Loss::Text, entry, None)?;
        }
        lose_rest(entry, &[], out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        lose_labels(header, out)
    }
}
