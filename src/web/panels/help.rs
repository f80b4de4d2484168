//! All keys with what they do, with the user's own labels, to read and to search.

use super::keys::platform;
use super::target;
use crate::session::{HelpGroup, HelpRow, Session};
use crate::web::dom;
use gloo::events::EventListener;
use js_sys::JsString;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

/// The modal dialog with the table of keys.
pub struct Help {
    inner: Rc<Inner>,
    // Kept, since dropping one ends it.
    _listeners: Vec<EventListener>,
}

struct Inner {
    dialog: HtmlDialogElement,
    search: HtmlInputElement,
    table: HtmlElement,
    found: HtmlElement,
    groups: RefCell<Vec<Group>>,
}

struct Group {
    element: HtmlElement,
    rows: Vec<Row>,
}

struct Row {
    element: HtmlElement,
    /// What a search looks in, in lower case.
    text: String,
}

impl Help {
    /// A closed dialog.
    pub fn new() -> Help {
        let dialog: HtmlDialogElement = dom::element("dialog", "help").unchecked_into();
        dom::set(&dialog, "part", "help");
        let header = dom::element("header", "");
        let title = dom::labelled("h2", "", "Keys");
        title.set_id("help-title");
        dom::set(&dialog, "aria-labelledby", "help-title");
        dom::append(&header, &[&title, &dom::button("close", "×", "Close")]);
        let search: HtmlInputElement = dom::element("input", "help-search").unchecked_into();
        for (name, value) in [
            ("type", "search"),
            ("aria-label", "Search the keys"),
            ("placeholder", "Search, as “note” or “next”"),
            ("autocomplete", "off"),
        ] {
            dom::set(&search, name, value);
        }
        let table = dom::element("table", "keys");
        let found = dom::element("p", "visually-hidden");
        dom::set(&found, "aria-live", "polite");
        dom::append(&dialog, &[&header, &search, &found, &table]);
        let inner = Rc::new(Inner {
            dialog,
            search,
            table,
            found,
            groups: RefCell::default(),
        });
        let (clicked, typed, pressed) = (inner.clone(), inner.clone(), inner.clone());
        let listeners = vec![
            dom::on(&inner.dialog, "click", move |event| {
                // A click on the backdrop has the dialog itself as its target.
                let outside = event.target().as_ref() == Some(clicked.dialog.as_ref());
                if outside || target(event, ".close").is_some() {
                    clicked.dialog.close();
                }
            }),
            dom::on(&inner.search, "input", move |_| typed.search()),
            // The page's and the text's keys have a rest while it is open.
            dom::on(&inner.dialog, "keydown", move |event| {
                event.stop_propagation();
                // WebKit's search fields keep Escape to themselves, also when there is nothing to clear.
                let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
                if key.as_deref() == Some("Escape") && pressed.search.value().is_empty() {
                    event.prevent_default();
                    pressed.dialog.close();
                }
            }),
        ];
        Help {
            inner,
            _listeners: listeners,
        }
    }

    /// `dialog.help`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.dialog
    }

    /// Shows the keys of the session. The browser gives the focus back when it is closed.
    pub fn open(&self, session: &Session) {
        let inner = &self.inner;
        if inner.dialog.open() {
            return;
        }
        inner.table.set_text_content(None);
        let groups = session.keymap().help(platform());
        let groups: Vec<Group> = groups.iter().map(Group::new).collect();
        for group in &groups {
            dom::append(&inner.table, &[&group.element]);
        }
        inner.groups.replace(groups);
        inner.search.set_value("");
        inner.found.set_text_content(None);
        let dialog = inner.dialog.clone();
        // Opening moves the focus, and fails only where the dialog isn't in the page.
        super::later(move || drop(dialog.show_modal()));
    }
}

impl Default for Help {
    fn default() -> Help {
        Help::new()
    }
}

impl Inner {
    fn search(&self) {
        let wanted = lower_case(&self.search.value());
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let mut found = 0;
        for group in self.groups.borrow().iter() {
            let mut of_group = 0;
            for row in &group.rows {
                let is_found = words.iter().all(|word| row.text.contains(word));
                dom::show(&row.element, is_found);
                of_group += usize::from(is_found);
            }
            dom::show(&group.element, of_group > 0);
            found += of_group;
        }
        dom::say(
            &self.found,
            &match found {
                0 => "Nothing found.".to_owned(),
                1 => "1 command found.".to_owned(),
                _ => format!("{found} commands found."),
            },
        );
    }
}

impl Group {
    fn new(group: &HelpGroup) -> Group {
        let element = dom::element("tbody", "");
        let heading = dom::element("tr", "");
        let title = dom::labelled("th", "", group.title);
        dom::set(&title, "colspan", "2");
        dom::set(&title, "scope", "rowgroup");
        dom::append(&heading, &[&title]);
        dom::append(&element, &[&heading]);
        let rows: Vec<Row> = group
            .rows
            .iter()
            .map(|row| Row::new(row, group.title))
            .collect();
        for row in &rows {
            dom::append(&element, &[&row.element]);
        }
        Group { element, rows }
    }
}

/// By the browser, whose tables of all letters need not be downloaded.
fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

impl Row {
    fn new(row: &HelpRow, group: &str) -> Row {
        let element = dom::element("tr", "");
        let keys = dom::element("td", "");
        for (index, key) in row.keys.iter().enumerate() {
            if index > 0 {
                let _ = keys.append_child(&dom::document().create_text_node(" "));
            }
            dom::append(&keys, &[&dom::labelled("kbd", "", key) as &Element]);
        }
        if row.keys.is_empty() {
            dom::say(&keys, "no key");
        }
        let does = dom::labelled("td", "", &row.does);
        dom::append(&element, &[&keys, &does]);
        let text = format!("{} {} {} {group}", row.keys.join(" "), row.does, row.name);
        Row {
            element,
            text: lower_case(&text),
        }
    }
}
