//! Content of the host's own as a document.

use crate::document::{DocumentMeta, Source};
use crate::web::controller::Controller;
use crate::web::view::View;
use crate::web::{article, dom};
use js_sys::Function;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    // Who has the first, the second … text of this page in place.
    static ORDINALS: RefCell<Vec<Weak<Controller>>> = const { RefCell::new(Vec::new()) };
}

/// Calls `annotate` once there are children to annotate and no `src`, when the page has been read.
pub(super) fn when_there_is_content(
    controller: &Rc<Controller>,
    view: &Rc<View>,
    annotate: Function,
) {
    if view.host().has_attribute("src") {
        return;
    }
    let is_complete = dom::document().ready_state() != "loading";
    if article::has_content(view.host()) {
        // Seen at once, whatever comes of it.
        view.show_in_place(controller);
        if is_complete {
            let _ = annotate.call0(&JsValue::UNDEFINED);
            return;
        }
    }
    let (shown, weak) = (view.clone(), controller.weak());
    let view = Rc::downgrade(view);
    let again = move || {
        if let (Some(view), Some(controller)) = (view.upgrade(), weak.upgrade())
            && controller.loads.get() == 0
            && controller
                .view()
                .is_some_and(|shown| Rc::ptr_eq(&shown, &view))
        {
            when_there_is_content(&controller, &view, annotate);
        }
    };
    if !is_complete {
        dom::once_complete(again);
        return;
    }
    let changed = shown.content_change(controller);
    wasm_bindgen_futures::spawn_local(async move {
        if JsFuture::from(changed).await.is_ok() && !dom::is_dead() {
            again();
        }
    });
}

/// What is known of a text in place besides itself: it goes by the page's URL, and by its ordinal
/// among the page's texts in place, unless the host says otherwise.
pub(super) fn meta(controller: &Rc<Controller>, view: &View) -> DocumentMeta {
    let location = gloo::utils::window().location();
    let url = location.href().unwrap_or_default();
    let url = url.split('#').next().unwrap_or_default();
    let title = dom::document().title();
    DocumentMeta {
        id: Some(match ordinal(controller) {
            1 => url.to_owned(),
            further => format!("{url}#{further}"),
        }),
        title: Some(title).filter(|title| !title.is_empty()),
        source: Source {
            uri: Some(url.to_owned()),
            file_name: None,
        },
        media_type: None,
        language: dom::language(view.host()),
    }
}

/// Which of the page's texts in place this is, counted from 1 in the order in which they came.
fn ordinal(controller: &Rc<Controller>) -> usize {
    ORDINALS.with_borrow_mut(|ordinals| {
        let is_me = |of: &Weak<Controller>| std::ptr::eq(of.as_ptr(), Rc::as_ptr(controller));
        let mine = ordinals.iter().position(is_me);
        let free = || ordinals.iter().position(|of| of.strong_count() == 0);
        match mine.or_else(free) {
            Some(place) => {
                ordinals[place] = controller.weak();
                place + 1
            }
            None => {
                ordinals.push(controller.weak());
                ordinals.len()
            }
        }
    })
}
