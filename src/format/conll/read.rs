//! Reading tokens with their tags.

use super::alignment::{Alignment, solid};
use super::tags::{Spans, Tag, Tagged};
use super::{DOCUMENT, Rebuilt};
use crate::format::exchange::{
    At, Builder, Files, Finding, Input, Lines, Options, RawDocument, RawSpan, Reader, Receive,
    Refusal, Unit, Why, read_text,
};
use crate::format::native::shown;

/// Some programs begin a text with it.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Reads files whose lines begin with a token and end with its tag, divided by blanks or tabs. An empty
/// line ends a sentence, `-DOCSTART-` begins a document.
///
/// The text is what lies beside under the document's name, or what the options say that files are about,
/// if it has the same characters but for white space.
pub struct ConllReader {
    builder: Builder,
    about: Option<(String, String)>,
}

impl ConllReader {
    /// A reader of all the schemes.
    pub fn new(options: &Options) -> ConllReader {
        let mut builder = Builder::new(Unit::CodePoint, options);
        builder.state_unit(Unit::CodePoint);
        ConllReader {
            builder,
            about: options.about.clone(),
        }
    }
}

impl Reader for ConllReader {
    fn read(&mut self, input: Input<'_>, into: &mut dyn Receive) -> Result<(), Refusal> {
        let Input {
            name,
            content,
            beside,
        } = input;
        let mut lines = Lines::of(content);
        let mut file = File {
            builder: &mut self.builder,
            about: self.about.as_ref().map(Given::of),
            beside,
            name,
            documents: 0,
            rebuilt: 0,
            differing: 0,
            numbers: 0,
            words: 0,
            open: None,
            into,
        };
        let mut any = false;
        loop {
            let unreadable = |e: std::io::Error| Why::Unreadable(e.to_string()).at(name, At::File);
            let Some(line) = lines.read().map_err(unreadable)? else {
                break;
            };
            any = true;
            let at = At::Line(line.number);
            let too_large = || Why::TooLarge(crate::format::exchange::LONGEST_LINE).at(name, at);
            let bytes = line.content.ok_or_else(too_large)?;
            let text = std::str::from_utf8(&bytes).map_err(|_| Why::NotUtf8.at(name, at))?;
            let text = text.strip_suffix('\r').unwrap_or(text);
            file.line(text, line.number)
                .map_err(|why| why.at(name, at))?;
        }
        if !any {
            return Err(Why::Empty.at(name, At::File));
        }
        // A file of empty lines is a text without tokens.
        if file.documents == 0 {
            file.open.get_or_insert_default();
        }
        file.end().map_err(|why| why.at(name, At::File))?;
        if file.words == 0 && file.numbers > 2 {
            let why = "its lines begin with the numbers of words, and a word has to stand first";
            return Err(Why::Malformed(why.into()).at(name, At::File));
        }
        if file.documents == 0 {
            return Err(Why::NoDocuments(None).at(name, At::File));
        }
        let (rebuilt, differing) = (file.rebuilt, file.differing);
        let made = "the text is made of them, with a blank between two tokens and a line break between sentences";
        for (count, why) in [
            (
                rebuilt - differing,
                format!("The file has tokens and no text: {made}."),
            ),
            (
                differing,
                format!(
                    "The tokens are not the words of the text that was given or lies beside: {made}."
                ),
            ),
        ] {
            if count > 0 {
                into.find(Finding {
                    file: name.to_owned(),
                    at: At::File,
                    id: None,
                    left_out: false,
                    why,
                });
            }
        }
        Ok(())
    }
}

/// A document while it is read.
#[derive(Default)]
struct Open {
    rebuilt: Rebuilt,
    spans: Spans,
    /// Whether the next token begins a sentence.
    begins: bool,
    /// How many tokens the sentence has so far.
    tokens: usize,
    /// Its first line.
    line: usize,
}

struct File<'a> {
    builder: &'a mut Builder,
    /// What the options say that files are about, until a document is it.
    about: Option<Given<'a>>,
    beside: &'a dyn Files,
    name: &'a str,
    documents: usize,
    /// How many of them have a text that is made of tokens.
    rebuilt: usize,
    /// How many of these had a text that has other words.
    differing: usize,
    /// How many tokens are their own number in the sentence, and how many are not.
    numbers: usize,
    words: usize,
    open: Option<Open>,
    into: &'a mut dyn Receive,
}

impl File<'_> {
    fn line(&mut self, line: &str, number: usize) -> Result<(), Why> {
        let mut columns: Vec<&str> = match line.contains('\t') {
            true => line.split('\t').collect(),
            false => line
                .split(' ')
                .filter(|column| !column.is_empty())
                .collect(),
        };
        if columns.iter().all(|column| column.trim().is_empty()) {
            if let Some(open) = &mut self.open {
                open.spans.end();
                open.begins = true;
            }
            return Ok(());
        }
        // At the start of a file the token was taken for a byte order mark.
        if number == 1 && columns.len() > 1 && columns.first() == Some(&"") {
            columns
                .first_mut()
                .into_iter()
                .for_each(|token| *token = "\u{FEFF}");
        }
        let token = columns.first().copied().unwrap_or_default();
        if token == DOCUMENT {
            self.end()?;
            self.open = Some(Open {
                line: number,
                ..Open::default()
            });
            return Ok(());
        }
        while columns.len() > 2 && columns.last().is_some_and(|last| last.is_empty()) {
            columns.pop();
        }
        let tag = columns.last().and_then(|tag| Tag::read(tag.trim()));
        let Some(tag) = tag.filter(|_| columns.len() > 1 && !token.is_empty()) else {
            // Some programs write comments between sentences.
            if line.starts_with("# ") && self.open.as_ref().is_none_or(|open| open.begins) {
                return Ok(());
            }
            let last = columns.last().copied().unwrap_or_default();
            return Err(Why::Malformed(match columns.len() {
                0 | 1 => "a line must have a token and a tag".to_owned(),
                _ if token.is_empty() => "a line must begin with a token".to_owned(),
                _ => format!("{} is no tag of BIO or BILOU", shown(last)),
            }));
        };
        let open = self.open.get_or_insert_with(|| Open {
            line: number,
            ..Open::default()
        });
        let begins = std::mem::take(&mut open.begins);
        if begins {
            open.tokens = 0;
        }
        open.tokens += 1;
        match columns.len() > 2 && token.parse() == Ok(open.tokens) {
            true => self.numbers += 1,
            false => self.words += 1,
        }
        let start = open.rebuilt.add(token, begins);
        open.spans.take(tag, start, open.rebuilt.length, number);
        Ok(())
    }

    /// Hands on the document that was read.
    fn end(&mut self) -> Result<(), Why> {
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        self.documents += 1;
        open.spans.end();
        let at = At::Line(open.line.max(1));
        let (id, text, spans) = self.in_its_text(open.rebuilt.text, open.spans.ended);
        let raw = RawDocument {
            id: Some(id),
            text,
            spans: spans.into_iter().map(raw_span).collect(),
            ..RawDocument::default()
        };
        let outcome = self.builder.add(raw, self.name, at, self.into)?;
        if let Err(why) = outcome {
            self.into.find(Finding {
                file: self.name.to_owned(),
                at,
                id: None,
                left_out: true,
                why,
            });
        }
        Ok(())
    }

    /// The id and the text of the document that has these tokens, and where its spans are in it.
    fn in_its_text(&mut self, tokens: String, spans: Vec<Tagged>) -> (String, String, Vec<Tagged>) {
        let id = self.id();
        let beside = self.text_beside(&id);
        let unmarked = beside
            .as_deref()
            .map(|text| match tokens.starts_with(BYTE_ORDER_MARK) {
                true => text,
                false => text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text),
            });
        if let Some(text) = unmarked
            && let Some((text, spans)) = aligned(&tokens, text, &spans)
        {
            return (id, text, spans);
        }
        // A file is about it once.
        if let Some(given) = self.about.take_if(|given| given.has(&tokens))
            && let Some((text, spans)) = aligned(&tokens, given.text, &spans)
        {
            return (given.id.to_owned(), text, spans);
        }
        self.rebuilt += 1;
        self.differing += usize::from(beside.is_some() || self.about.is_some());
        (id, tokens, spans)
    }

    /// The text that lies beside the file under the name of a document of it. One that can't be read is told.
    fn text_beside(&mut self, id: &str) -> Option<String> {
        let folder = self.name.rfind('/').map_or(0, |slash| slash + 1);
        let folder = self.name.get(..folder).unwrap_or_default();
        let name = format!("{folder}{id}.txt");
        let read = read_text(&mut self.beside.open(&name)?, &name);
        read.map_err(|refusal| self.into.find(refusal.as_finding()))
            .ok()
    }

    /// The name of the file, and behind it the number of the document if it isn't the first.
    fn id(&self) -> String {
        let name = self.name.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        match self.documents {
            1 => stem.to_owned(),
            n => format!("{stem}-{n}"),
        }
    }
}

/// A text that files may be about.
struct Given<'a> {
    id: &'a str,
    text: &'a str,
    /// Its characters that are no white space: a file may have many documents to compare with them.
    solid: String,
}

impl<'a> Given<'a> {
    fn of((id, text): &'a (String, String)) -> Given<'a> {
        Given {
            id,
            text,
            solid: solid(text).collect(),
        }
    }

    fn has(&self, tokens: &str) -> bool {
        solid(tokens).eq(self.solid.chars())
    }
}

/// The text and where spans of the tokens are in it, if it has these tokens.
fn aligned(tokens: &str, text: &str, spans: &[Tagged]) -> Option<(String, Vec<Tagged>)> {
    let alignment = Alignment::of(tokens, text)?;
    let place = |span: &Tagged| {
        let (start, end) = alignment.find(span.start, span.end)?;
        let label = span.label.clone();
        let line = span.line;
        Some(Tagged {
            start,
            end,
            label,
            line,
        })
    };
    let spans: Option<Vec<Tagged>> = spans.iter().map(place).collect();
    Some((text.to_owned(), spans?))
}

fn raw_span(span: Tagged) -> RawSpan {
    RawSpan {
        at: Some(At::Line(span.line)),
        start: Some(span.start.into()),
        end: Some(span.end.into()),
        label: Some(span.label),
        ..RawSpan::default()
    }
}
