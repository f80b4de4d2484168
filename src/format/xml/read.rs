//! A reader of XML 1.0 without document types, so that nothing in a file can name another file or grow
//! beyond its own length.

use super::is_allowed;
use std::borrow::Cow;
use std::fmt;

/// How deep elements may lie in each other.
const DEEPEST: usize = 127;
/// How many attributes an element may have: each is compared with those before it.
const MOST: usize = 1000;

/// What stands in a file, one after the other. An element without content has an end too.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// An element begins.
    Start {
        /// Its name, with its prefix.
        name: &'a str,
        /// Its attributes.
        attributes: Attributes<'a>,
    },
    /// The innermost element ends.
    End {
        /// Its name, with its prefix.
        name: &'a str,
    },
    /// Characters between tags.
    Text(Cow<'a, str>),
}

/// The attributes of an element, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes<'a>(pub Vec<(&'a str, Cow<'a, str>)>);

impl Attributes<'_> {
    /// The value of the attribute of that name (with its prefix).
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(key, _)| *key == name).map(|(_, value)| &**value)
    }
}

/// Why a file isn't read any further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// It ends within an element, or has none.
    Truncated {
        /// The line on which it ends, from 1.
        line: usize,
    },
    /// It is no XML.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong, as a clause.
        why: &'static str,
    },
    /// It has a document type, which could name other files.
    DocumentType {
        /// The line, from 1.
        line: usize,
    },
    /// Elements within elements, more than 127 deep.
    TooDeep {
        /// The line, from 1.
        line: usize,
    },
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            XmlError::Truncated { line } => {
                write!(f, "The file breaks off at line {line}; it is not complete.")
            }
            XmlError::Malformed { line, why } => {
                write!(f, "The file is not XML: {why} at line {line}.")
            }
            XmlError::DocumentType { line } => write!(
                f,
                "The file has a document type at line {line}; such files are not read."
            ),
            XmlError::TooDeep { line } => write!(
                f,
                "The file is nested more than {DEEPEST} deep at line {line}."
            ),
        }
    }
}

impl std::error::Error for XmlError {}

/// Goes through a file once, in time linear in its length.
#[derive(Debug)]
pub struct Reader<'a> {
    file: &'a str,
    at: usize,
    open: Vec<&'a str>,
    /// Whether the element that just began has no content.
    closes: bool,
    done: bool,
}

impl<'a> Reader<'a> {
    /// At the start of a file; a byte order mark is passed over.
    pub fn new(file: &'a str) -> Reader<'a> {
        Reader {
            file,
            at: if file.starts_with('\u{FEFF}') { 3 } else { 0 },
            open: Vec::new(),
            closes: false,
            done: false,
        }
    }

    /// The line on which the reader stands, from 1.
    pub fn line(&self) -> usize {
        let read = self.file.as_bytes().get(..self.at).unwrap_or_default();
        1 + read.iter().filter(|byte| **byte == b'\n').count()
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// The file is no XML, breaks off, is too deep, or has a document type.
    pub fn next_event(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        if std::mem::take(&mut self.closes) {
            return self.end();
        }
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return match self.open.is_empty() && self.done {
                    true => Ok(None),
                    false => Err(XmlError::Truncated { line: self.line() }),
                };
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.pass(rest, comment, "-->")?;
            } else if let Some(instruction) = rest.strip_prefix("<?") {
                self.pass(rest, instruction, "?>")?;
            } else if let Some(data) = rest.strip_prefix("<![CDATA[") {
                if self.open.is_empty() {
                    return Err(self.malformed("there is text outside of all elements"));
                }
                let text = self.pass(rest, data, "]]>")?;
                if text.contains(|c| !is_allowed(c)) {
                    return Err(self.malformed("there is a character that XML does not allow"));
                }
                return Ok(Some(Event::Text(lines(text))));
            } else if rest.starts_with("<!") {
                return Err(XmlError::DocumentType { line: self.line() });
            } else if let Some(tag) = rest.strip_prefix("</") {
                return self.end_tag(tag);
            } else if let Some(tag) = rest.strip_prefix('<') {
                return self.start_tag(tag).map(Some);
            } else if let Some(text) = self.text(rest)? {
                return Ok(Some(text));
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.file.get(self.at..).unwrap_or_default()
    }

    fn malformed(&self, why: &'static str) -> XmlError {
        XmlError::Malformed {
            line: self.line(),
            why,
        }
    }

    fn truncated(&mut self) -> XmlError {
        self.at = self.file.len();
        XmlError::Truncated { line: self.line() }
    }

    /// Goes behind `close`, and gives what stands before it.
    fn pass(&mut self, rest: &str, inner: &'a str, close: &str) -> Result<&'a str, XmlError> {
        let Some(length) = inner.find(close) else {
            return Err(self.truncated());
        };
        self.at += rest.len() - inner.len() + length + close.len();
        Ok(inner.get(..length).unwrap_or_default())
    }

    fn text(&mut self, rest: &'a str) -> Result<Option<Event<'a>>, XmlError> {
        let length = rest.find('<').unwrap_or(rest.len());
        let text = rest.get(..length).unwrap_or_default();
        let value = if self.open.is_empty() {
            match text.contains(|c| !is_white(c)) {
                true => return Err(self.malformed("there is text outside of all elements")),
                false => None,
            }
        } else {
            let text = unescape(text).map_err(|why| self.malformed(why))?;
            Some(Event::Text(text))
        };
        self.at += length;
        Ok(value)
    }

    fn end_tag(&mut self, tag: &'a str) -> Result<Option<Event<'a>>, XmlError> {
        let Some(close) = tag.find('>') else {
            return Err(self.truncated());
        };
        let name = tag
            .get(..close)
            .unwrap_or_default()
            .trim_end_matches(is_white);
        if self.open.last() != Some(&name) {
            return Err(self.malformed("an element ends that is not open"));
        }
        self.at += "</".len() + close + 1;
        self.end()
    }

    fn end(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        let name = self.open.pop();
        self.done |= self.open.is_empty();
        Ok(name.map(|name| Event::End { name }))
    }

    fn start_tag(&mut self, tag: &'a str) -> Result<Event<'a>, XmlError> {
        if self.open.is_empty() && self.done {
            return Err(self.malformed("there is a second outermost element"));
        }
        if self.open.len() >= DEEPEST {
            return Err(XmlError::TooDeep { line: self.line() });
        }
        let (name, mut rest) = name(tag).ok_or_else(|| self.malformed("a tag has no name"))?;
        let mut attributes: Vec<(&str, Cow<str>)> = Vec::new();
        loop {
            let inner = rest.trim_start_matches(is_white);
            if inner.is_empty() || inner == "/" {
                return Err(self.truncated());
            }
            let end = inner.strip_prefix("/>").or(inner.strip_prefix('>'));
            if let Some(behind) = end {
                self.closes = inner.starts_with('/');
                self.at = self.file.len() - behind.len();
                self.open.push(name);
                return Ok(Event::Start {
                    name,
                    attributes: Attributes(attributes),
                });
            }
            if inner.len() == rest.len() {
                return Err(self.malformed("a tag is not closed"));
            }
            let (key, value, behind) = match attribute(inner) {
                Ok(found) => found,
                Err(None) => return Err(self.truncated()),
                Err(Some(why)) => return Err(self.malformed(why)),
            };
            if attributes.iter().any(|(known, _)| *known == key) {
                return Err(self.malformed("an attribute is there twice"));
            }
            if attributes.len() == MOST {
                return Err(self.malformed("an element has more than 1,000 attributes"));
            }
            attributes.push((key, value));
            rest = behind;
        }
    }
}

/// White space of XML.
fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// A name at the start of `text`, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let end =
        text.find(|c: char| is_white(c) || matches!(c, '=' | '/' | '>' | '<' | '"' | '\'' | '&'));
    let (name, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let first = name.chars().next()?;
    (first.is_alphabetic() || matches!(first, '_' | ':')).then_some((name, rest))
}

/// What an attribute is called, what it says, and what follows it.
type Parsed<'a> = (&'a str, Cow<'a, str>, &'a str);

/// Reads `name="value"`. `Err(None)` if the file ends in it.
fn attribute(text: &str) -> Result<Parsed<'_>, Option<&'static str>> {
    let (key, rest) = name(text).ok_or(Some("an attribute has no name"))?;
    let rest = rest.trim_start_matches(is_white);
    let rest = match rest.strip_prefix('=') {
        Some(rest) => rest.trim_start_matches(is_white),
        None if rest.is_empty() => return Err(None),
        None => return Err(Some("an attribute has no value")),
    };
    let quote = rest.chars().next().ok_or(None)?;
    if !matches!(quote, '"' | '\'') {
        return Err(Some("an attribute has no quotation marks"));
    }
    let (value, behind) = rest
        .get(1..)
        .and_then(|inner| inner.split_once(quote))
        .ok_or(None)?;
    if value.contains('<') {
        return Err(Some("there is a < in an attribute"));
    }
    let value = match value.contains(['\t', '\n', '\r']) {
        // A line end is one blank, whatever it is written with.
        true => Cow::Owned(value.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ")),
        false => Cow::Borrowed(value),
    };
    let value = match value {
        Cow::Borrowed(value) => unescape(value),
        Cow::Owned(value) => unescape(&value).map(|value| Cow::Owned(value.into_owned())),
    };
    Ok((key, value.map_err(Some)?, behind))
}

/// A text whose line ends are all line feeds.
fn lines(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// A text with its references put in. Only those of characters and the five of XML itself are known.
fn unescape(text: &str) -> Result<Cow<'_, str>, &'static str> {
    if text.contains(|c| !is_allowed(c)) {
        return Err("there is a character that XML does not allow");
    }
    if !text.contains('&') {
        return Ok(lines(text));
    }
    let text = lines(text);
    let mut parts = text.split('&');
    let mut out = String::with_capacity(text.len());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part
            .split_once(';')
            .ok_or("there is a & that begins no reference")?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => number(name).ok_or("there is an unknown reference")?,
        });
        out.push_str(rest);
    }
    Ok(Cow::Owned(out))
}

/// The character of `#10` or `#xA`.
fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let (digits, radix) = match digits.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    let code = u32::from_str_radix(digits, radix)
        .ok()
        .filter(|_| is_number);
    code.and_then(char::from_u32).filter(|c| is_allowed(*c))
}
