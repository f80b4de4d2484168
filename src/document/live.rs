//! A part of a page that is on screen → `Document`, and the way between the page's text nodes and
//! the text.
//!
//! What counts as text is decided by the rules of [`html`](super::html) and, where they speak of the
//! same, by the computed style in their place: `display` says what is a block, a row or a cell and
//! what isn't seen, `visibility` what isn't seen, `white-space` which white space counts. So
//! - a class that hides something leaves it out, and one that shows something takes it in;
//! - what floats, or is positioned, stands in its block nevertheless, if its element is an inline one
//!   (an initial that a style enlarges is a part of its word);
//! - a closed `details` is kept, and ruby text is kept where `rp` parts it from its base;
//! - pictures have no text: they are on the page themselves.
//!
//! The page is read in one pass, by an event for each element and text node in it.

mod display;
mod runs;

#[cfg(test)]
mod tests;

pub use display::may_leave_the_line;
pub use runs::{Runs, Side};

use super::flow::{Flow, Style, utf16_length};
use super::role::Role;
use super::{BlockKind, Document, DocumentMeta, LoadError};
use crate::text::{Text, Utf16};
use display::Display;
use runs::Run;

/// An element's computed style, as far as it decides on text.
#[derive(Clone, Copy, Debug)]
pub struct ElementStyle<'a> {
    /// `display`, as the browser serialises it.
    pub display: &'a str,
    /// Whether it floats or is positioned, which makes a block of any element.
    pub out_of_flow: bool,
}

/// The computed style of an element whose child a text is.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle<'a> {
    /// Whether `visibility` is `visible`.
    pub visible: bool,
    /// `white-space`, as the browser serialises it: `pre-wrap`, `preserve nowrap` …
    pub white_space: &'a str,
}

#[derive(Debug)]
struct Open {
    style: Style,
    ends_block: bool,
    is_ruby: bool,
    // A ruby in which an `rp` has stood.
    has_parentheses: bool,
    // In MathML only the tokens have text.
    is_math: bool,
    has_text: bool,
}

/// Takes the page's elements and text nodes in their order.
#[derive(Debug, Default)]
pub struct Reader {
    flow: Flow,
    open: Vec<Open>,
    runs: Vec<Run>,
}

impl Reader {
    /// An element begins. `false` if nothing in it is read; then it doesn't end either.
    ///
    /// `name` is its local name, in lower case for HTML.
    pub fn enter(&mut self, name: &str, style: ElementStyle<'_>) -> bool {
        let role = Role::of(name.as_bytes());
        let outer = self.open.last();
        let (outer_style, in_math) =
            outer.map_or((Style::OUTERMOST, false), |o| (o.style, o.is_math));
        let display = Display::of(style, role);
        match role {
            Role::RubyParenthesis | Role::RubyText => {
                // Where browsers set ruby text above its base, they hide its parentheses.
                let ruby = self.open.iter_mut().rev().find(|open| open.is_ruby);
                let has_parentheses = ruby.is_some_and(|ruby| {
                    ruby.has_parentheses |= role == Role::RubyParenthesis;
                    ruby.has_parentheses
                });
                if !has_parentheses {
                    return false;
                }
            }
            _ if display == Display::None => return false,
            Role::LineBreak => {
                self.flow.line_break(outer_style);
                return false;
            }
            Role::Rule => {
                self.flow.boundary();
                return false;
            }
            Role::Image | Role::UnrenderedVoid => return false,
            _ if role.hides_content() || role == Role::ReplacedVoid => {
                if role.takes_room() {
                    self.flow.space();
                }
                return false;
            }
            _ => {}
        }
        match display {
            Display::Block | Display::Row => self.flow.boundary(),
            Display::Cell => self.flow.cell(),
            Display::Inline | Display::None => {}
        }
        let mut inner = outer_style.within(role);
        inner.row = display == Display::Row || outer_style.row && display != Display::Block;
        let is_math = in_math || role == Role::Math;
        self.open.push(Open {
            style: inner,
            ends_block: matches!(display, Display::Block | Display::Row),
            is_ruby: role == Role::Ruby,
            has_parentheses: false,
            is_math,
            has_text: !is_math || matches!(name, "mi" | "mn" | "mo" | "ms" | "mtext"),
        });
        true
    }

    /// The element that began last, and hasn't ended, ends.
    pub fn leave(&mut self) {
        if self.open.pop().is_some_and(|element| element.ends_block) {
            self.flow.boundary();
        }
    }

    /// A text node. `node` numbers the text nodes in the order of the page.
    pub fn text(&mut self, node: u32, content: &str, style: TextStyle<'_>) {
        let open = self.open.last();
        if !style.visible || open.is_some_and(|open| !open.has_text) {
            return;
        }
        let outer = open.map_or(Style::OUTERMOST, |open| open.style);
        match WhiteSpace::of(style.white_space) {
            WhiteSpace::Collapsed => self.lay(node, content, Utf16(0), outer, false),
            WhiteSpace::Preserved => self.lay(node, content, Utf16(0), outer, true),
            WhiteSpace::LinesPreserved => {
                let mut at = 0;
                for (number, line) in content.split('\n').enumerate() {
                    if number > 0 {
                        self.flow.line_break(Style {
                            preserved: false,
                            ..outer
                        });
                    }
                    self.lay(node, line, Utf16(at), outer, false);
                    at += utf16_length(line) as u32 + 1;
                }
            }
        }
    }

    /// Lays down a part of a text node that begins at `from` in it.
    fn lay(&mut self, node: u32, part: &str, from: Utf16, outer: Style, preserved: bool) {
        let style = Style { preserved, ..outer };
        let (mut passed, mut at) = (0, from.0);
        let runs = &mut self.runs;
        self.flow.text_placed(part, style, |words, place| {
            let byte = words.as_ptr() as usize - part.as_ptr() as usize;
            at += utf16_length(part.get(passed..byte).unwrap_or_default()) as u32;
            let length = utf16_length(words) as u32;
            runs::push(
                runs,
                Run {
                    node,
                    from: at,
                    at: place.0,
                    length,
                },
            );
            (passed, at) = (byte + words.len(), at + length);
        });
    }

    /// The document, and where its text stands on the page. The title is the first `h1`, if `meta`
    /// has none.
    ///
    /// # Errors
    /// [`LoadError::NoText`] if nothing is there to be seen, [`LoadError::TooLarge`] beyond 4 GiB.
    pub fn finish(self, meta: DocumentMeta) -> Result<(Document, Runs), LoadError> {
        let (content, blocks) = self.flow.finish();
        if blocks.is_empty() {
            return Err(LoadError::NoText);
        }
        let bytes = content.len();
        let text = Text::new(content).map_err(|_| LoadError::too_large(bytes))?;
        let heading = blocks.iter().find(|b| b.kind == BlockKind::Heading(1));
        let title = heading
            .and_then(|heading| text.slice(heading.span))
            .map(|title| title.replace('\n', " "));
        let document = meta.document(text, blocks, "text/html", title, None);
        Ok((document, Runs::new(self.runs)))
    }
}

/// What becomes of white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WhiteSpace {
    Collapsed,
    LinesPreserved,
    Preserved,
}

impl WhiteSpace {
    /// The property's value, in its older keywords or in those of its two parts.
    fn of(value: &str) -> WhiteSpace {
        match value.split(' ').next().unwrap_or_default() {
            "pre" | "pre-wrap" | "break-spaces" | "preserve" => WhiteSpace::Preserved,
            "pre-line" | "preserve-breaks" => WhiteSpace::LinesPreserved,
            _ => WhiteSpace::Collapsed,
        }
    }
}
