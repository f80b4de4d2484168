//! What is open, and how another text takes its place.

use super::Controller;
use crate::document::Document;
use crate::edit::Writer;
use crate::format::native::Kept;
use crate::session::Session;
use web_sys::{AbortController, AbortSignal};

impl Controller {
    /// A load begins: the number that tells whether it was overtaken.
    pub fn begin_load(&self) -> u32 {
        let number = self.loads.get() + 1;
        self.loads.set(number);
        self.loading.set(true);
        self.interrupted.set(false);
        self.meanwhile.take();
        let fetching = AbortController::new().ok();
        if let Some(overtaken) = self.fetching.replace(fetching) {
            overtaken.abort();
        }
        number
    }

    /// What tells the latest load's fetch that another load has overtaken it.
    pub fn overtaken(&self) -> Option<AbortSignal> {
        self.fetching.borrow().as_ref().map(AbortController::signal)
    }

    /// Whether the host's own content is open.
    pub fn is_in_place(&self) -> bool {
        self.in_place.get() && self.session.borrow().is_some()
    }

    /// Puts another session in the place of the open one. If that has the same text under the same
    /// name, what was made while the other was being read comes along.
    pub fn replace_session(&self, mut session: Session) {
        let meanwhile = self.meanwhile.take();
        let is_same = self.read(|former| {
            former.document().id == session.document().id && session.counts_in(former.text_hash())
        });
        if is_same == Some(true) {
            for transaction in &meanwhile {
                session.receive(transaction);
            }
        }
        self.writers.borrow_mut().push(session.writer());
        self.annotations.replace(None);
        self.orphans.replace(None);
        self.session.replace(Some(session));
    }

    /// Another writer is at work on the open document, unless it was this very element's.
    pub fn meet(&self, writer: Writer) {
        if !self.writers.borrow().contains(&writer) {
            self.write(|session| session.meet(writer));
        }
    }

    /// The name under which the open document is to be stored.
    pub fn name(&self) -> String {
        let set = self.settings.borrow().document_id.clone();
        set.unwrap_or_else(|| self.own.borrow().0.clone())
    }

    /// The open document has another text now: what is annotated is found again in it.
    pub fn retext(&self, document: Document) {
        let said = self.write(|session| {
            let before = session.state().orphan_count();
            session.retext(document);
            let is_more = session.state().orphan_count() > before;
            is_more.then(|| session.carriage_sentence()).flatten()
        });
        self.annotations.replace(None);
        self.orphans.replace(None);
        if let (Some(Some(said)), Some(view)) = (said, self.view()) {
            view.say(&said, false);
        }
        let beside = self.kept.borrow().to_json();
        let keeping = self.keeping.borrow().clone();
        if let Some(keeping) = keeping {
            self.read(|session| keeping.keep_document(session, beside));
        }
    }

    /// Remembers what an imported file said besides its annotations, also for the next visit.
    pub fn keep(&self, kept: Kept) {
        let kept = self.kept.take().merged(kept);
        let beside = kept.to_json();
        self.kept.replace(kept);
        let keeping = self.keeping.borrow().clone();
        if let Some(keeping) = keeping {
            self.read(|session| keeping.keep_document(session, beside));
        }
    }
}
