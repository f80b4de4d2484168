//! Which text stands in which element: the rules of the HTML Standard's tree construction that
//! decide it, without the tree.

mod foreign;

use super::super::Block;
use super::super::flow::{Flow, Style};
use super::super::role::Role;
use super::attributes::{Hiding, collapsed};
use super::elements::{bounds_scope, content_state, family};
use super::open::{self, Element, Key, Namespace, OpenElements};
use super::tokens::StartTag;
use html5gum::State;

/// What a page was read as.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
}

/// Takes tags and texts in the order of the page, and lays down what is seen.
#[derive(Debug, Default)]
pub(super) struct Tree {
    flow: Flow,
    open: OpenElements,
    title: Option<String>,
    language: Option<String>,
    // A line feed right behind `<pre>` is not part of the text.
    after_pre: bool,
}

impl Tree {
    pub(super) fn text(&mut self, text: &str) {
        let text = match text.strip_prefix('\n') {
            Some(rest) if self.after_pre => rest,
            _ => text,
        };
        self.after_pre = false;
        let innermost = self.open.innermost();
        if innermost.is_some_and(is_page_title) {
            self.title.get_or_insert_with(|| collapsed(text));
        }
        // In MathML only the tokens (`mi`, `mo` …) have text.
        let no_text =
            innermost.is_some_and(|e| e.namespace != Namespace::Html && !e.integrates_html);
        if self.open.is_hidden() || no_text {
            return;
        }
        let style = self.style();
        if text.contains('\0') {
            self.flow.text(&text.replace('\0', ""), style);
        } else {
            self.flow.text(text, style);
        }
    }

    /// Returns how the tokenizer has to read on, if not as markup.
    pub(super) fn start(&mut self, tag: &StartTag) -> Option<State> {
        self.after_pre = false;
        if self.start_foreign(tag) {
            return None;
        }
        self.start_html(tag);
        content_state(&tag.name)
    }

    pub(super) fn end(&mut self, name: &[u8]) {
        self.after_pre = false;
        let key = self.open.key(family(name));
        if self.is_in_foreign_content() {
            let place = self.open.last(key);
            let is_foreign = |e: &Element| e.namespace != Namespace::Html;
            match place.filter(|place| self.open.get(*place).is_some_and(is_foreign)) {
                Some(place) => return self.close_from(place),
                None if matches!(name, b"p" | b"br") => self.leave_foreign_content(),
                None => {}
            }
        }
        self.end_html(name, key);
    }

    pub(super) fn finish(mut self) -> Page {
        self.close_from(0);
        let (text, blocks) = self.flow.finish();
        Page {
            text,
            blocks,
            title: self.title.filter(|title| !title.is_empty()),
            language: self.language,
        }
    }

    fn style(&self) -> Style {
        self.open.innermost().map_or(Style::OUTERMOST, |e| e.style)
    }

    fn boundary(&mut self) {
        if !self.open.is_hidden() {
            self.flow.boundary();
        }
    }

    fn close_from(&mut self, place: usize) {
        while self.open.depth() > place {
            let closed = self.open.pop();
            if closed.is_some_and(|element| element.ends_block) {
                self.boundary();
            }
        }
    }

    fn start_html(&mut self, tag: &StartTag) {
        let role = Role::of(&tag.name);
        if role.ends_paragraph() {
            self.close_paragraph();
        }
        match role {
            Role::Root => {
                if tag.name == b"html" && self.language.is_none() {
                    self.language.clone_from(&tag.attributes.language);
                }
            }
            Role::UnrenderedVoid => {}
            Role::LineBreak | Role::Rule | Role::Image | Role::ReplacedVoid => {
                if !self.open.is_hidden() && tag.attributes.hiding() == Hiding::Shown {
                    self.void(role, tag);
                }
            }
            _ => {
                if self.make_room(role) {
                    self.open_html(role, tag);
                }
            }
        }
    }

    fn void(&mut self, role: Role, tag: &StartTag) {
        match (role, &tag.attributes.alt) {
            (Role::LineBreak, _) => self.flow.line_break(self.style()),
            (Role::Rule, _) => self.flow.boundary(),
            (Role::ReplacedVoid, _) => self.flow.space(),
            (_, Some(alt)) => self.flow.image(alt, self.style()),
            (_, None) => {}
        }
    }

    /// Closes what the element can't stand in. `false` if the tag counts for nothing.
    fn make_room(&mut self, role: Role) -> bool {
        match role {
            Role::Heading(_) if self.open.innermost().is_some_and(is_heading) => {
                self.close_from(self.open.depth() - 1);
            }
            Role::ListItem => {
                let lists = self.open.last(open::UL).max(self.open.last(open::OL));
                self.close_item(open::LIST_ITEM, lists);
            }
            Role::Term => self.close_item(open::TERM, None),
            Role::Button => {
                if let Some(place) = self.open.last_in_scope(open::BUTTON) {
                    self.close_from(place);
                }
            }
            Role::RubyText | Role::RubyParenthesis => {
                let ruby = self.open.last(open::RUBY);
                for key in [open::RUBY_TEXT, open::RUBY_PARENTHESIS] {
                    if let Some(place) = self.open.last_above(key, ruby) {
                        self.close_from(place);
                    }
                }
            }
            Role::Table | Role::TableCaption | Role::TableSection | Role::Row | Role::Cell => {
                return self.make_room_in_table(role);
            }
            _ => {}
        }
        true
    }

    fn make_room_in_table(&mut self, role: Role) -> bool {
        let Some(table) = self.table() else {
            // Outside of a table its parts count for nothing; in a template they aren't seen.
            return role == Role::Table || self.open.last(open::TEMPLATE).is_some();
        };
        let within = |key| self.open.last_above(key, Some(table));
        let section = within(open::TABLE_SECTION).unwrap_or(table);
        match role {
            Role::Table => {
                if within(open::CELL)
                    .max(within(open::TABLE_CAPTION))
                    .is_none()
                {
                    self.close_from(table);
                }
            }
            Role::Row => self.close_from(section + 1),
            Role::Cell => match within(open::ROW) {
                Some(row) => self.close_from(row + 1),
                None => {
                    self.close_from(section + 1);
                    let row = StartTag {
                        name: b"tr".to_vec(),
                        ..StartTag::default()
                    };
                    self.open_html(Role::Row, &row);
                }
            },
            _ => self.close_from(table + 1),
        }
        true
    }

    /// The innermost table, if it isn't outside of a template that we are in.
    fn table(&self) -> Option<usize> {
        self.open
            .last_above(open::TABLE, self.open.last(open::TEMPLATE))
    }

    fn close_item(&mut self, key: Key, lists: Option<usize>) {
        if let Some(place) = self.open.last_above(key, self.open.scope().max(lists)) {
            self.close_from(place);
        }
        self.close_paragraph();
    }

    fn close_paragraph(&mut self) -> bool {
        let floor = self.open.scope().max(self.open.last(open::BUTTON));
        let place = self.open.last_above(open::PARAGRAPH, floor);
        if let Some(place) = place {
            self.close_from(place);
        }
        place.is_some()
    }

    fn open_html(&mut self, role: Role, tag: &StartTag) {
        let hiding = match tag.attributes.hiding() {
            Hiding::Shown if role == Role::Dialog && !tag.attributes.open => Hiding::NotDisplayed,
            Hiding::Shown if self.is_left_out(role) => Hiding::NotDisplayed,
            hiding => hiding,
        };
        let is_block = role.is_block_level() || role == Role::Math && tag.attributes.display_block;
        let ends_block = is_block && hiding != Hiding::NotDisplayed;
        if ends_block {
            self.boundary();
        }
        if !self.open.is_hidden() {
            if role == Role::Cell {
                self.flow.cell();
            } else if role.takes_room() && hiding != Hiding::NotDisplayed {
                self.flow.space();
            }
        }
        let element = Element {
            key: Some(self.open.key(family(&tag.name))),
            style: self.style().within(role),
            namespace: match role {
                Role::Svg => Namespace::Svg,
                Role::Math => Namespace::Math,
                _ => Namespace::Html,
            },
            integrates_html: false,
            is_special: role.is_special(),
            bounds_scope: bounds_scope(&tag.name),
            hides: hiding != Hiding::Shown || role.hides_content(),
            ends_block,
            has_parentheses: false,
        };
        let foreign = element.namespace != Namespace::Html;
        if !(foreign && tag.self_closing) {
            self.open.push(element);
        }
        self.after_pre = matches!(tag.name.as_slice(), b"pre" | b"listing");
    }

    /// Whether ruby text has nothing to part it from its base. An `rp` tells that there is.
    fn is_left_out(&mut self, role: Role) -> bool {
        let ruby = self.open.last(open::RUBY);
        let Some(ruby) = ruby.and_then(|place| self.open.get_mut(place)) else {
            return false;
        };
        ruby.has_parentheses |= role == Role::RubyParenthesis;
        role == Role::RubyText && !ruby.has_parentheses
    }

    fn end_html(&mut self, name: &[u8], key: Key) {
        match Role::of(name) {
            Role::LineBreak => {
                if !self.open.is_hidden() {
                    self.flow.line_break(self.style());
                }
            }
            Role::Paragraph => {
                if !self.close_paragraph() {
                    self.boundary();
                }
            }
            Role::Root | Role::Rule | Role::Image | Role::ReplacedVoid | Role::UnrenderedVoid => {}
            Role::Formatting => self.end_around(key),
            Role::Form => self.end_form(key),
            Role::Unrendered => {
                // A template's end reaches through whatever was left open in it.
                if let Some(place) = self.open.last(key) {
                    self.close_from(place);
                }
            }
            Role::Table | Role::TableCaption | Role::TableSection | Role::Row | Role::Cell => {
                let floor = match key {
                    open::TABLE => self.open.last(open::TEMPLATE),
                    _ => self
                        .open
                        .last(open::TABLE)
                        .max(self.open.last(open::TEMPLATE)),
                };
                if let Some(place) = self.open.last_above(key, floor) {
                    self.close_from(place);
                }
            }
            role => {
                let reached = self.open.last_in_scope(key);
                let blocked =
                    |place: &usize| !role.is_special() && Some(*place) < self.open.special();
                if let Some(place) = reached.filter(|place| !blocked(place)) {
                    self.close_from(place);
                }
            }
        }
    }

    /// A form's end tag ends only what may end without a tag of its own; else the form just goes
    /// from the stack.
    fn end_form(&mut self, key: Key) {
        const ENDS_ITSELF: [Key; 3] = [open::PARAGRAPH, open::LIST_ITEM, open::TERM];
        let Some(place) = self.open.last_in_scope(key) else {
            return;
        };
        let ends_itself = |e: &Element| e.key.is_some_and(|key| ENDS_ITSELF.contains(&key));
        while self.open.innermost().is_some_and(ends_itself) {
            self.close_from(self.open.depth() - 1);
        }
        if self.open.depth() == place + 1 {
            self.close_from(place);
        } else {
            self.open.disarm(key);
        }
    }

    /// The end tag of an element that may end before the blocks in it do. The standard's adoption
    /// agency moves the blocks out; of that, only the hiding is of consequence here.
    fn end_around(&mut self, key: Key) {
        match self.open.last_in_scope(key) {
            Some(place) if Some(place) < self.open.special() => self.open.disarm(key),
            Some(place) => self.close_from(place),
            None => {}
        }
    }
}

fn is_heading(element: &Element) -> bool {
    element.key == Some(open::HEADING)
}

/// Whether the element is HTML's `title`, not SVG's.
fn is_page_title(element: &Element) -> bool {
    element.key == Some(open::TITLE) && element.namespace == Namespace::Html
}
