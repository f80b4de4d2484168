//! Opening a document: reading it, finding what is kept of it, showing it.

use super::in_place;
use crate::document::{Document, LoadError, charset};
use crate::edit::Writer;
use crate::format::native::Kept;
use crate::session::Session;
use crate::web::contract;
use crate::web::controller::{Controller, random};
use crate::web::datasets;
use crate::web::keeping::{self, Keeping};
use crate::web::load::{self, Content, Failure, Input};
use crate::web::panels::NoticeKind;
use crate::web::world::is_framed_by_another_origin;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// A new load begins: the number that tells whether it was overtaken.
pub(super) fn begin(controller: &Controller) -> u32 {
    let number = controller.begin_load();
    if let Some(view) = controller.view() {
        view.keep_note();
        view.set_state("loading");
    }
    number
}

/// A load has ended: what the promise gives, and what is said if it failed.
pub(super) fn finish(
    controller: &Controller,
    number: u32,
    loaded: Result<JsValue, Failure>,
) -> Result<JsValue, JsValue> {
    if controller.loads.get() == number {
        controller.loading.set(false);
        if let Some(view) = controller.view() {
            view.set_state(if controller.session.borrow().is_some() {
                "ready"
            } else {
                "empty"
            });
        }
    }
    loaded.map_err(|failure| {
        if !matches!(failure, Failure::Overtaken) {
            controller.fail(failure.code(), &failure.to_string());
        }
        failure.to_js()
    })
}

pub(super) async fn load_input(
    controller: &Rc<Controller>,
    charset: &RefCell<Option<&'static str>>,
    input: &JsValue,
    ordinal: u32,
    (number, overtaken): (u32, Option<AbortSignal>),
) -> Result<JsValue, Failure> {
    let Input {
        content,
        charset: of,
        guessed,
        is_named,
    } = load::read(input, overtaken).await?;
    let (mut document, beside) = match content {
        Content::Document(document) => (*document, Beside::default()),
        Content::Dataset(json) => {
            let (document, opened) = datasets::open(&json).map_err(Failure::Dataset)?;
            (document, Beside::Dataset(Box::new(opened)))
        }
    };
    if ordinal > 1 {
        document.id = format!("{}#{ordinal}", document.id);
    }
    let own = document.id.clone();
    if !is_named && let Some(id) = &controller.settings.borrow().document_id {
        document.id.clone_from(id);
    }
    let opened = open_document(controller, document, own, beside, number, false).await?;
    charset.replace(of);
    if guessed && let Some(view) = controller.view() {
        view.notice(NoticeKind::Info, charset::GUESSED);
    }
    Ok(opened)
}

/// Opens the host's own content, when there is a text in it.
pub(super) async fn open_in_place(
    controller: &Rc<Controller>,
    number: u32,
) -> Result<JsValue, Failure> {
    loop {
        let Some(view) = controller.view() else {
            // It begins anew when the element is back.
            controller.interrupted.set(controller.loads.get() == number);
            return Err(Failure::Overtaken);
        };
        view.show_in_place(controller);
        let meta = in_place::meta(controller, &view);
        match view.read_in_place(meta) {
            Ok(mut document) => {
                let own = document.id.clone();
                if let Some(id) = &controller.settings.borrow().document_id {
                    document.id.clone_from(id);
                }
                return open_document(controller, document, own, Beside::Fresh, number, true).await;
            }
            Err(LoadError::NoText) => {
                let changed = view.content_change(controller);
                drop(view);
                JsFuture::from(changed).await?;
            }
            Err(error) => return Err(error.into()),
        }
        if controller.loads.get() != number {
            return Err(Failure::Overtaken);
        }
    }
}

/// What comes with a document besides what is kept of it.
#[derive(Default)]
pub(super) enum Beside {
    /// Nothing: what was stored with the same text before, if it was.
    #[default]
    Fresh,
    /// What was stored with its text.
    Stored(serde_json::Value),
    /// The file that it was read from.
    Dataset(Box<datasets::Opened>),
}

/// Opens a document with what is kept of it, and shows it. `own` is the name that it has where the
/// host sets none.
pub(super) async fn open_document(
    controller: &Rc<Controller>,
    mut document: Document,
    own: String,
    beside: Beside,
    number: u32,
    in_place: bool,
) -> Result<JsValue, Failure> {
    let own = (own, document.language.clone());
    let (mut session, store) = {
        let settings = controller.settings.borrow();
        if settings.language.is_some() {
            document.language.clone_from(&settings.language);
        }
        let writer = Writer(u64::from_le_bytes(random()));
        let mut session = Session::new(
            document,
            settings.labels.clone(),
            &settings.overrides,
            writer,
        );
        session.set_creator(settings.creator.as_deref());
        session.set_read_only(settings.read_only);
        session.set_direction(settings.is_rtl);
        (session, !settings.store_nothing)
    };
    let kept = match store {
        true => Some(Keeping::open(&mut session).await),
        false => None,
    };
    if controller.loads.get() != number {
        return Err(Failure::Overtaken);
    }
    let (made, kept_beside, says) = match beside {
        Beside::Fresh => {
            let stored = match &kept {
                Some((keeping, _)) => keeping.beside(session.document()).await,
                None => serde_json::Value::Null,
            };
            (None, Kept::from_json(stored), None)
        }
        Beside::Stored(stored) => (None, Kept::from_json(stored), None),
        Beside::Dataset(opened) => {
            let (made, kept, says) = opened.take_into(&mut session);
            (made, kept, Some(says))
        }
    };
    if controller.loads.get() != number {
        return Err(Failure::Overtaken);
    }
    let loaded = contract::loaded(session.document());

    controller.leave();
    controller.in_place.set(in_place);
    controller.unkept.set(false);
    controller.own.replace(own);
    let mut trouble = None;
    let mut said = Vec::new();
    if let Some((keeping, findings)) = kept {
        keeping.keep_document(&session, kept_beside.to_json());
        if let Some(made) = made {
            keeping.append(&made);
        }
        controller.keeping.replace(Some(keeping.clone()));
        said.extend(findings.sentence());
        said.extend(session.carriage_sentence());
        trouble = keeping.trouble();
    }
    let is_empty = session.state().is_empty();
    controller.replace_session(session);
    controller.kept.replace(kept_beside);
    let keeping = controller.keeping.borrow().clone();
    if let Some(view) = controller.view() {
        view.open(controller).await;
        if let Some(says) = says {
            view.notice(NoticeKind::Info, &says);
        }
        // Who finds work of theirs here knows.
        if is_empty && trouble.is_none() && keeping.is_some() && is_framed_by_another_origin() {
            view.notice(NoticeKind::Info, keeping::APART);
        }
        if !said.is_empty() {
            view.notice(NoticeKind::Warning, &said.join(" "));
        }
    }
    if let Some(trouble) = trouble {
        controller.fail("storage", &trouble);
    }
    if controller.loads.get() == number {
        controller.loading.set(false);
    }
    controller.dispatch("rubricate-load", &loaded, false);
    // What other tabs have made meanwhile comes after the document is there.
    if let Some(keeping) = keeping.filter(|keeping| controller.is_kept_by(keeping)) {
        keeping.listen(controller);
    }
    Ok(loaded)
}
