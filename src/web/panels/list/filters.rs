//! The buttons over the list of annotations that choose a label, with their counts, and what is said
//! where there is nothing to list.

use crate::annotation::LabelSet;
use crate::session::Session;
use crate::web::dom;
use crate::web::panels::keys::Keys;
use crate::web::panels::{annotations, focus_later, letter, letter_of, set_state};
use std::cell::RefCell;
use web_sys::HtmlElement;

/// `div.filters`: All, one button per label of the set, one per unknown label in use.
pub struct Filters {
    /// The group of buttons. A button's `data-label` is its label's id; that of All has none.
    pub element: HtmlElement,
    buttons: RefCell<Vec<Filter>>,
}

struct Filter {
    /// `None` for All.
    label: Option<String>,
    button: HtmlElement,
    count: HtmlElement,
}

impl Filters {
    /// A group without buttons.
    pub fn new() -> Filters {
        let element = dom::element("div", "filters");
        dom::set(&element, "role", "group");
        dom::set(&element, "aria-label", "Show");
        Filters {
            element,
            buttons: RefCell::default(),
        }
    }

    /// Makes the buttons anew at the next update, since what labels are called may have changed.
    pub fn clear(&self) {
        self.buttons.borrow_mut().clear();
        self.element.set_text_content(None);
    }

    /// Moves the focus to All, since what had it goes.
    pub fn focus_first(&self) {
        if let Some(first) = self.buttons.borrow().first() {
            focus_later(&first.button);
        }
    }

    /// Shows the counts and which filter is `chosen`.
    pub fn update(&self, session: &Session, chosen: Option<&str>) {
        let wanted = wanted(session);
        let mut buttons = self.buttons.borrow_mut();
        buttons.retain(|filter| {
            let stays = wanted.contains(&filter.label.as_deref());
            if !stays {
                filter.button.remove();
            }
            stays
        });
        for label in wanted {
            if !buttons
                .iter()
                .any(|filter| filter.label.as_deref() == label)
            {
                let filter = Filter::new(session.labels(), label);
                dom::append(&self.element, &[&filter.button]);
                buttons.push(filter);
            }
        }
        for filter in buttons.iter() {
            filter.update(session, chosen);
        }
    }
}

impl Filter {
    fn new(labels: &LabelSet, label: Option<&str>) -> Filter {
        let button = dom::button("filter", "", "");
        let count = dom::element("span", "count");
        match label {
            None => dom::append(&button, &[&dom::labelled("span", "all", "All"), &count]),
            Some(id) => {
                dom::set(&button, "data-label", id);
                dom::set(&button, "title", labels.name_of(id));
                dom::append(&button, &[&letter(id, &letter_of(labels, id)), &count]);
            }
        }
        Filter {
            label: label.map(str::to_owned),
            button,
            count,
        }
    }

    fn update(&self, session: &Session, chosen: Option<&str>) {
        let label = self.label.as_deref();
        let count = session.state().places(label).len();
        let shown = count.to_string();
        if self.count.text_content().as_deref() != Some(&shown) {
            self.count.set_text_content(Some(&shown));
            let name = match label {
                None => "All".to_owned(),
                Some(id) if session.labels().get(id).is_none() => format!("Unknown label {id}"),
                Some(id) => session.labels().name_of(id).to_owned(),
            };
            let name = format!("{name} {}", annotations(count));
            dom::set(&self.button, "aria-label", &name);
        }
        set_state(&self.button, "aria-pressed", label == chosen);
    }
}

fn wanted(session: &Session) -> Vec<Option<&str>> {
    let labels = session.labels();
    let known = labels.iter().map(|label| Some(label.id.as_str()));
    let in_use = session.state().labels().map(Some);
    let unknown = in_use.filter(|id| id.is_none_or(|id| labels.get(id).is_none()));
    std::iter::once(None).chain(known).chain(unknown).collect()
}

/// Whether a label can be filtered by.
pub fn can_filter(session: &Session, label: &str) -> bool {
    wanted(session).contains(&Some(label))
}

/// Says in `place` that there is nothing to list, and which key makes or finds something.
pub fn say_nothing_to_list(place: &HtmlElement, session: &Session, chosen: Option<&str>) {
    let keys = Keys::of(session);
    let nothing = match chosen {
        None if session.state().orphan_count() > 0 => {
            "None of the annotations was found in this text.".to_owned()
        }
        None => "No annotations yet.".to_owned(),
        Some(id @ ("claim" | "quote" | "caption")) => format!("No {id}s yet."),
        Some("boilerplate") => "No boilerplate yet.".to_owned(),
        Some(id) => format!("Nothing is tagged as {} yet.", session.labels().name_of(id)),
    };
    let (key, does) = match chosen {
        Some("quote") => (
            keys.of_command("next-speech").first(),
            "goes to the next quotation.",
        ),
        Some(id) => (keys.of_label(id).first(), "tags what is active with it."),
        None => (
            keys.of_command("next-sentence").first(),
            "goes to the next sentence; a label’s letter tags it.",
        ),
    };
    place.set_text_content(Some(&nothing));
    if let Some(key) = key.filter(|_| !session.read_only()) {
        let space = dom::labelled("span", "", " ");
        let does = dom::labelled("span", "", &format!(" {does}"));
        dom::append(place, &[&space, &dom::labelled("kbd", "", key), &does]);
    }
}
