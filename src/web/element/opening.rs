//! Opening a document: reading it, finding what is kept of it, showing it.

use crate::document::Document;
use crate::edit::Writer;
use crate::format::native::Kept;
use crate::session::Session;
use crate::web::contract;
use crate::web::controller::{Controller, random};
use crate::web::datasets;
use crate::web::keeping::Keeping;
use crate::web::load::{self, Content, Failure, Input};
use crate::web::panels::NoticeKind;
use js_sys::Object;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

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
    number: u32,
) -> Result<JsValue, Failure> {
    let Input {
        content,
        charset: of,
        guessed,
        is_named,
    } = load::read(input).await?;
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
    let opened = open_document(controller, document, own, beside, number).await?;
    charset.replace(of);
    if guessed && let Some(view) = controller.view() {
        view.notice(
            NoticeKind::Info,
            "This file does not say how its characters are encoded; it was read as windows-1252, the most frequent old encoding.",
        );
    }
    Ok(opened)
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
    let detail = Object::new();
    contract::put(&detail, "id", &session.document().id.as_str().into());
    let length = session.document().text.length().utf16_code_units;
    contract::put(&detail, "length", &length.into());

    let former = controller.keeping.take();
    if let Some(former) = former {
        former.leave();
    }
    let document = session.document().clone();
    controller.replace_session(session);
    controller.own.replace(own);
    let mut trouble = None;
    let mut said = None;
    if let Some((keeping, findings)) = kept {
        keeping.keep_document(&document, kept_beside.to_json());
        if let Some(made) = made {
            keeping.append(&made);
        }
        controller.keeping.replace(Some(keeping.clone()));
        said = findings.sentence();
        trouble = keeping.trouble();
    }
    controller.kept.replace(kept_beside);
    let keeping = controller.keeping.borrow().clone();
    if let Some(view) = controller.view() {
        view.open(controller).await;
        if let Some(says) = says {
            view.notice(NoticeKind::Info, &says);
        }
        if let Some(said) = said {
            view.notice(NoticeKind::Warning, &said);
        }
    }
    if let Some(trouble) = trouble {
        controller.fail("storage", &trouble);
    }
    if controller.loads.get() == number {
        controller.loading.set(false);
    }
    controller.dispatch("rubricate-load", &Object::freeze(&detail), false);
    // What other tabs have made meanwhile comes after the document is there.
    if let Some(keeping) = keeping {
        keeping.listen(controller);
    }
    Ok(detail.into())
}
