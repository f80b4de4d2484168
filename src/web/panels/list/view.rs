//! The window onto the list: which rows exist, and where.

use super::row::{Row, Shown};
use crate::annotation::Id;
use crate::session::Session;
use crate::web::dom;
use web_sys::HtmlElement;

/// Rows kept ready above and below those in view, so that a frame of scrolling finds them there.
const SPARE: usize = 4;

/// What a row is taken to be high until one was measured, in CSS pixels.
const ROW_HEIGHT: u32 = 36;

/// The listbox and what of it is in view. Pixels are CSS pixels, remembered, since asking the
/// browser for them after each change would lay out the page.
pub struct View {
    /// `div.list`.
    pub list: HtmlElement,
    /// The label that is listed; all, if none.
    pub filter: Option<String>,
    /// How many annotations are listed.
    pub total: usize,
    /// The index that the active annotation has or had, where the keys go on from.
    pub at: usize,
    spacer: HtmlElement,
    active: Option<Id>,
    row_height: u32,
    height: u32,
    scrolled: u32,
    rows: Vec<Row>,
}

impl View {
    /// An empty list.
    pub fn new() -> View {
        let list = dom::element("div", "list");
        for (name, value) in [
            ("role", "listbox"),
            ("tabindex", "0"),
            ("aria-label", "Annotations"),
        ] {
            dom::set(&list, name, value);
        }
        let spacer = dom::element("div", "spacer");
        dom::set(&spacer, "role", "presentation");
        dom::append(&list, &[&spacer]);
        View {
            list,
            spacer,
            filter: None,
            active: None,
            at: 0,
            total: 0,
            row_height: ROW_HEIGHT,
            height: 0,
            scrolled: 0,
            rows: Vec::new(),
        }
    }

    /// Has every row show what it shows anew.
    pub fn forget_rows(&mut self) {
        for row in &mut self.rows {
            row.forget();
        }
    }

    /// Goes to the beginning; the next activation brings what is active into view.
    pub fn rewind(&mut self) {
        self.at = 0;
        self.active = None;
        self.scrolled = 0;
        self.list.set_scroll_top(0);
    }

    /// Takes a new number of annotations.
    pub fn set_total(&mut self, total: usize) {
        if self.total != total {
            self.total = total;
            self.stretch();
        }
    }

    fn stretch(&self) {
        let height = self.total as u64 * u64::from(self.row_height);
        dom::style(&self.spacer, "height", &format!("{height}px"));
    }

    /// Selects the annotation that is active, if it is listed, and scrolls to it if it wasn't
    /// active before.
    pub fn activate(&mut self, session: &Session) {
        let active = session.active_annotation();
        let annotation = active
            .as_ref()
            .and_then(|id| session.state().annotation(id.as_str()));
        let places = session.state().places(self.filter.as_deref());
        let at = annotation.and_then(|a| places.binary_search(&a.place()).ok());
        self.at = at.unwrap_or(self.at).min(self.total.saturating_sub(1));
        if active != self.active {
            self.active = active;
            if at.is_some() {
                self.reveal();
            }
        }
        self.fill(session);
    }

    /// Scrolls as little as it takes to have the row that the keys are at in view.
    fn reveal(&mut self) {
        if self.height == 0 {
            return;
        }
        let top = self.at as u64 * u64::from(self.row_height);
        let top = u32::try_from(top).unwrap_or(u32::MAX);
        let least = top
            .saturating_add(self.row_height)
            .saturating_sub(self.height);
        let scrolled = self.scrolled.clamp(least.min(top), top);
        if scrolled != self.scrolled {
            self.scrolled = scrolled;
            self.list
                .set_scroll_top(i32::try_from(scrolled).unwrap_or(i32::MAX));
        }
    }

    /// Gives the rows in view what they show. A row that stays in view keeps its element.
    pub fn fill(&mut self, session: &Session) {
        let in_view = self.height.div_ceil(self.row_height) as usize + 1;
        let count = (in_view + 2 * SPARE).min(self.total);
        let first = (self.scrolled / self.row_height) as usize;
        let first = first.saturating_sub(SPARE).min(self.total - count);
        for row in self.rows.drain(count.min(self.rows.len())..) {
            row.element.remove();
        }
        while self.rows.len() < count {
            let row = Row::new(self.rows.len());
            dom::append(&self.list, &[&row.element]);
            self.rows.push(row);
        }
        let mut selected_row = None;
        let places = session.state().places(self.filter.as_deref());
        for (index, place) in places.iter().enumerate().skip(first).take(count) {
            let Some(annotation) = session.state().annotation(place.id.as_str()) else {
                continue;
            };
            let Some(row) = self.rows.get_mut(index % count) else {
                continue;
            };
            let selected = self.active.as_ref() == Some(&place.id);
            if selected {
                selected_row = Some(row.element.id());
            }
            let now = Shown {
                annotation,
                index,
                total: self.total,
                selected,
            };
            row.show(now, self.row_height, session);
        }
        match selected_row {
            Some(id) => dom::set(&self.list, "aria-activedescendant", &id),
            None => drop(self.list.remove_attribute("aria-activedescendant")),
        }
    }

    /// Takes note of how far the list is scrolled; false if that is as it was.
    pub fn scrolled(&mut self) -> bool {
        let scrolled = u32::try_from(self.list.scroll_top()).unwrap_or(0);
        std::mem::replace(&mut self.scrolled, scrolled) != scrolled
    }

    /// Takes measures: of the list, and of a row, whose height the style sheet sets.
    pub fn measure(&mut self, session: &Session) {
        self.height = u32::try_from(self.list.client_height()).unwrap_or(0);
        if self.height == 0 {
            return;
        }
        self.scrolled();
        self.fill(session);
        let row = self.rows.first().map(|row| row.element.offset_height());
        let row = row.and_then(|height| u32::try_from(height).ok());
        if let Some(height) = row.filter(|height| *height > 0 && *height != self.row_height) {
            self.row_height = height;
            self.stretch();
            self.forget_rows();
        }
        if self.active.is_some() {
            self.reveal();
        }
        self.fill(session);
    }

    /// How many rows a page has, at least 1.
    pub fn page(&self) -> usize {
        (self.height / self.row_height).saturating_sub(1).max(1) as usize
    }

    /// Whether a row in view shows the active annotation.
    pub fn shows_active(&self) -> bool {
        self.rows.iter().any(Row::is_selected)
    }

    /// Whose row that is.
    pub fn id_of(&self, element: &HtmlElement) -> Option<Id> {
        let row = self.rows.iter().find(|row| &row.element == element)?;
        row.id().cloned()
    }
}
