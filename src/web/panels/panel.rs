//! The panel at the side: its tabs, with the list of annotations and the guide.

use super::{Act, Guide, List, Look, done, plain_key, set_state, target};
use crate::session::Session;
use crate::web::dom;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The aside with its tabs.
pub struct Panel {
    /// The annotations.
    pub list: List,
    /// The labels' definitions.
    pub guide: Guide,
    element: HtmlElement,
    // Kept, since dropping one ends it.
    _listeners: Vec<EventListener>,
}

/// The tabs and, at the same index, what each shows.
struct Tabs {
    tabs: [HtmlElement; 2],
    bodies: [HtmlElement; 2],
}

impl Panel {
    /// A panel that shows nothing yet.
    pub fn new(act: Act, look: Look) -> Panel {
        let (list, guide) = (List::new(act, look), Guide::new());
        let element = dom::element("aside", "panel");
        dom::set(&element, "part", "panel");
        dom::set(&element, "aria-label", "Annotations and guide");
        let row = dom::element("div", "tabs");
        dom::set(&row, "role", "tablist");
        let bodies = [list.element().clone(), guide.element().clone()];
        let tabs = Rc::new(Tabs {
            tabs: ["Annotations", "Guide"].map(|name| dom::button("", name, "")),
            bodies,
        });
        dom::append(&element, &[&row]);
        let names = ["annotations", "guide"];
        for ((tab, body), name) in tabs.tabs.iter().zip(&tabs.bodies).zip(names) {
            let (tab_id, body_id) = (format!("tab-{name}"), format!("body-{name}"));
            tab.set_id(&tab_id);
            body.set_id(&body_id);
            dom::set(tab, "role", "tab");
            dom::set(tab, "aria-controls", &body_id);
            dom::set(body, "role", "tabpanel");
            dom::set(body, "aria-labelledby", &tab_id);
            dom::append(&row, &[tab]);
            dom::append(&element, &[body]);
        }
        tabs.choose(0);
        let (clicked, pressed) = (tabs.clone(), tabs);
        let listeners = vec![
            dom::on(&row, "click", move |event| {
                if let Some(tab) = target(event, "[role=tab]") {
                    clicked.choose(usize::from(clicked.tabs[1] == tab));
                }
            }),
            dom::on(&row, "keydown", move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    pressed.key(event);
                }
            }),
        ];
        Panel {
            list,
            guide,
            element,
            _listeners: listeners,
        }
    }

    /// `aside.panel`.
    pub fn element(&self) -> &HtmlElement {
        &self.element
    }

    /// Shows another document, or other labels.
    pub fn set_labels(&self, session: &Session) {
        self.list.set_labels(session);
        self.guide.set_labels(session);
    }

    /// Brings the panel up to date after a change of annotations.
    pub fn changed(&self, session: &Session) {
        self.list.changed(session);
    }

    /// Brings the panel up to date after something else became active.
    pub fn activate(&self, session: &Session) {
        self.list.activate(session);
    }
}

impl Tabs {
    fn choose(&self, chosen: usize) {
        for (index, (tab, body)) in self.tabs.iter().zip(&self.bodies).enumerate() {
            let is_chosen = index == chosen;
            set_state(tab, "aria-selected", is_chosen);
            tab.set_tab_index(if is_chosen { 0 } else { -1 });
            dom::show(body, is_chosen);
        }
    }

    fn key(&self, event: &KeyboardEvent) {
        let chosen = match plain_key(event).as_deref() {
            Some("Home") => 0,
            Some("End") => 1,
            // With two tabs, the next is the other one on either side.
            Some("ArrowLeft" | "ArrowRight") => usize::from(self.bodies[1].hidden()),
            _ => return,
        };
        done(event);
        self.choose(chosen);
        let _ = self.tabs[chosen].focus();
    }
}
