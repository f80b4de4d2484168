//! A message over the text that stays until somebody answers it.

use super::{Leave, has_focus, keep_selection, later};
use crate::web::dom;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlElement;

/// What a message's button does.
pub type Answer = Rc<dyn Fn()>;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something failed.
    Error,
    /// Something may be lost.
    Warning,
    /// Good to know.
    Info,
}

/// The place for one message at a time.
pub struct Notice {
    inner: Rc<Inner>,
    // Kept, since dropping one ends it.
    _listeners: [EventListener; 3],
}

struct Inner {
    on_close: Leave,
    element: HtmlElement,
    message: HtmlElement,
    button: HtmlElement,
    action: RefCell<Option<Answer>>,
}

impl Notice {
    /// No message. `on_close` is called when one goes away with the focus inside.
    pub fn new(on_close: Leave) -> Notice {
        let element = dom::element("div", "notice");
        dom::set(&element, "part", "notice");
        dom::set(&element, "role", "alert");
        dom::show(&element, false);
        let dismiss = dom::button("dismiss", "×", "Dismiss");
        let inner = Rc::new(Inner {
            on_close,
            element,
            message: dom::element("span", "message"),
            button: dom::button("act", "", ""),
            action: RefCell::default(),
        });
        dom::append(&inner.element, &[&inner.message, &inner.button, &dismiss]);
        let (acted, dismissed) = (inner.clone(), inner.clone());
        let listeners = [
            keep_selection(&inner.element),
            dom::on(&inner.button, "click", move |_| {
                let action = acted.action.borrow().clone();
                acted.hide();
                if let Some(action) = action {
                    action();
                }
            }),
            dom::on(&dismiss, "click", move |_| dismissed.hide()),
        ];
        Notice {
            inner,
            _listeners: listeners,
        }
    }

    /// `div.notice`.
    pub fn element(&self) -> &HtmlElement {
        &self.inner.element
    }

    /// Shows a message in place of the former one, with what can be done about it: the name of a
    /// button, and what it does after the message has gone away.
    pub fn show(&self, kind: Kind, message: &str, action: Option<(&str, Answer)>) {
        let inner = &self.inner;
        let kind = match kind {
            Kind::Error => "error",
            Kind::Warning => "warning",
            Kind::Info => "info",
        };
        dom::set(&inner.element, "data-kind", kind);
        dom::show(&inner.button, action.is_some());
        if let Some((name, _)) = &action {
            dom::say(&inner.button, name);
        }
        inner.action.replace(action.map(|(_, action)| action));
        dom::show(&inner.element, true);
        // An alert is announced when its text changes while it is shown.
        inner.message.set_text_content(Some(message));
    }

    /// Takes the message away.
    pub fn hide(&self) {
        self.inner.hide();
    }
}

impl Inner {
    fn hide(&self) {
        let had_focus = has_focus(&self.element);
        self.action.take();
        dom::show(&self.element, false);
        self.message.set_text_content(None);
        if had_focus {
            let on_close = self.on_close.clone();
            later(move || on_close());
        }
    }
}
