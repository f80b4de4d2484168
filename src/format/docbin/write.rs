//! Writing DocBins.

use super::pack::Packer;
use super::strings::Strings;
use super::{GROUP, attribute};
use crate::annotation::Annotation;
use crate::format::exchange::{Entry, Header, Options, Out, WriteError, Writer};
use crate::format::losses::{lose_labels, lose_rest};
use crate::format::ranks::Ranks;
use crate::format::tokens::{Kind, Piece, flatten, pieces};
use crate::text::{Span, Text};
use std::collections::{BTreeSet, HashSet};

/// A file is ended when the texts in it have more bytes than this. What a file holds is kept until it
/// ends, and takes some ten times as much.
const LONG: usize = 8_000_000;
/// How hard zlib tries, as in spaCy.
const LEVEL: u8 = 6;

/// Writes a file for all documents, or several if it would be long; spaCy reads a folder of them.
pub struct DocBinWriter {
    pub(super) longest: usize,
    stem: String,
    strings: Strings,
    /// Files that were ended.
    files: usize,
    ranks: Ranks,
    open: Open,
}

/// What a file will hold.
#[derive(Default)]
struct Open {
    bytes: usize,
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    strings: BTreeSet<String>,
    groups: Vec<Vec<u8>>,
    ids: Vec<String>,
}

impl DocBinWriter {
    /// Into the files that the options name.
    pub fn new(options: &Options) -> DocBinWriter {
        DocBinWriter {
            longest: LONG,
            stem: options.stem.clone(),
            strings: Strings::new(),
            files: 0,
            ranks: Ranks::default(),
            open: Open::default(),
        }
    }

    fn end_file(&mut self, out: &mut Out) -> Result<(), WriteError> {
        let open = std::mem::take(&mut self.open);
        if open.ids.is_empty() {
            return Ok(());
        }
        self.files += 1;
        let file = match self.files {
            1 => format!("{}.spacy", self.stem),
            n => format!("{}-{n}.spacy", self.stem),
        };
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&open.pack(), LEVEL);
        out.append(&file, &packed)
    }

    /// The labels of the entities, by the token: of spans that overlap the longest stays.
    fn entities(&self, text: &Text, annotations: &[Annotation]) -> Vec<(Span, u64)> {
        let ranked = annotations.iter();
        let ranked = ranked.map(|a| (a.span, self.ranks.rank(&a.label)));
        let kept = flatten(text, ranked).kept.into_iter();
        let labelled = kept.filter_map(|(span, at)| {
            let label = annotations.get(at)?;
            Some((span, self.strings.id(&label.label)))
        });
        labelled.collect()
    }
}

/// A token, and whether a space follows it that belongs to no other.
struct Token {
    span: Span,
    spaced: bool,
}

/// The tokens of a text: spaCy holds no white space but one space behind a token, so any other is a
/// token by itself, and so is a space that a span begins or ends with.
fn tokens(pieces: Vec<Piece>, annotations: &[Annotation]) -> Vec<Token> {
    let starts: HashSet<u32> = annotations.iter().map(|a| a.span.start()).collect();
    let ends: HashSet<u32> = annotations.iter().map(|a| a.span.end()).collect();
    let mut tokens: Vec<Token> = Vec::new();
    for Piece { span, kind } in pieces {
        let is_edge = starts.contains(&span.start()) || ends.contains(&span.end());
        match tokens.last_mut() {
            Some(last) if kind == Kind::Blank && !last.spaced && !is_edge => last.spaced = true,
            _ => tokens.push(Token {
                span,
                spaced: false,
            }),
        }
    }
    tokens
}

impl Writer for DocBinWriter {
    fn begin(&mut self, header: &Header, _: &mut Out) -> Result<(), WriteError> {
        self.ranks = Ranks::of(header);
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let text = &entry.document.text;
        let annotations = &entry.annotations;
        let entities = self.entities(text, annotations);
        // Entities have no white space at their ends, so their edges may be others.
        let edges = annotations.iter().map(|a| a.span);
        let edges = edges.chain(entities.iter().map(|(span, _)| *span));
        let edges = edges.flat_map(|span| [span.start(), span.end()]);
        let tokens = tokens(pieces(text, edges), annotations);

        let mut entities = entities.into_iter().peekable();
        for token in &tokens {
            let word = text.slice(token.span).unwrap_or_default();
            let start = token.span.start();
            while entities.next_if(|(span, _)| span.end() <= start).is_some() {}
            let (iob, label) = match entities.peek() {
                Some((span, label)) if span.start() == start => (3, *label),
                Some((span, label)) if span.start() < start => (1, *label),
                _ => (2, 0),
            };
            for number in [self.strings.id(word), iob, label] {
                self.open.tokens.extend_from_slice(&number.to_le_bytes());
            }
            self.open.spaces.push(u8::from(token.spaced));
            if !self.open.strings.contains(word) {
                self.open.strings.insert(word.to_owned());
            }
        }
        let length = i32::try_from(tokens.len()).unwrap_or(i32::MAX);
        self.open.lengths.extend_from_slice(&length.to_le_bytes());

        let mut spans = Vec::new();
        for annotation in annotations {
            let (from, to) = (annotation.span.start(), annotation.span.end());
            let first = tokens.partition_point(|token| token.span.start() < from);
            let behind = tokens.partition_point(|token| token.span.end() <= to);
            let mut packed = Vec::with_capacity(40);
            for number in [0, 0, self.strings.id(&annotation.label)] {
                packed.extend_from_slice(&u64::to_be_bytes(number));
            }
            for number in [first as u32, behind as u32, from, to] {
                packed.extend_from_slice(&number.to_be_bytes());
            }
            spans.push(packed);
            self.open.strings.insert((*annotation.label).to_owned());
        }
        self.open.groups.push(group(&spans));
        self.open.ids.push(entry.document.id.clone());
        self.open.bytes += text.as_str().len();
        out.hold_all(entry);
        lose_rest(entry, &[], out)?;
        match self.open.bytes > self.longest {
            true => self.end_file(out),
            false => Ok(()),
        }
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        self.end_file(out)?;
        lose_labels(header, out)
    }
}

/// The groups of spans of a document: one.
fn group(spans: &[Vec<u8>]) -> Vec<u8> {
    let mut group = Packer::default();
    group.map(3);
    group.string("name");
    group.string(GROUP);
    group.string("attrs");
    group.map(0);
    group.string("spans");
    group.list(spans.len());
    for span in spans {
        group.bytes(span);
    }
    let mut groups = Packer::default();
    groups.map(1);
    groups.bytes(&group.out);
    groups.list(1);
    groups.string(GROUP);
    groups.out
}

impl Open {
    fn pack(self) -> Vec<u8> {
        let mut packer = Packer::default();
        packer.map(10);
        packer.string("version");
        packer.string("0.1");
        packer.string("attrs");
        packer.list(3);
        for number in [attribute::ORTH, attribute::ENT_IOB, attribute::ENT_TYPE] {
            packer.number(number);
        }
        for (name, bytes) in [
            ("tokens", &self.tokens),
            ("spaces", &self.spaces),
            ("lengths", &self.lengths),
        ] {
            packer.string(name);
            packer.bytes(bytes);
        }
        packer.string("strings");
        packer.list(self.strings.len() + 1);
        packer.string("");
        for string in &self.strings {
            packer.string(string);
        }
        packer.string("cats");
        packer.list(self.ids.len());
        for _ in &self.ids {
            packer.map(0);
        }
        packer.string("flags");
        packer.list(self.ids.len());
        for _ in &self.ids {
            packer.map(1);
            packer.string("has_unknown_spaces");
            packer.no();
        }
        packer.string("span_groups");
        packer.list(self.groups.len());
        for group in &self.groups {
            packer.bytes(group);
        }
        packer.string("user_data");
        packer.list(self.ids.len());
        for id in &self.ids {
            let mut data = Packer::default();
            data.map(1);
            data.string("doc_id");
            data.string(id);
            packer.bytes(&data.out);
        }
        packer.out
    }
}
