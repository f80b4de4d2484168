//! The versions of a text that spans count in, and where these are in the open one.

use super::transaction::TextSpan;
use crate::annotation::{Carried, Carrier, Quote, describe};
use crate::document::Document;
use crate::text::Span;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A text by its hash.
#[derive(Clone, Debug)]
struct Version {
    hash: Arc<str>,
    document: Rc<Document>,
    // From this text to the open one; made when the first span is looked for.
    carrier: OnceCell<Carrier>,
}

/// The open text, and what is known of its other versions. With no text open, every span counts as
/// if it were in it.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    here: Option<Version>,
    others: Vec<Version>,
    // Where the spans of other versions went. It follows from the texts, so it is only remembered.
    carried: RefCell<HashMap<TextSpan, Option<Carried>>>,
}

impl Versions {
    /// Opens a text. The one that was open is remembered as another version.
    pub fn open(&mut self, hash: Arc<str>, document: Rc<Document>) {
        if let Some(former) = self.here.take() {
            self.recall(former.hash, former.document);
        }
        self.others.retain(|other| other.hash != hash);
        self.here = Some(Version {
            hash,
            document,
            carrier: OnceCell::new(),
        });
        for other in &mut self.others {
            other.carrier = OnceCell::new();
        }
        self.carried.take();
    }

    /// Remembers another version of the text, so that what counts in it can be found.
    pub fn recall(&mut self, hash: Arc<str>, document: Rc<Document>) {
        if !self.knows(&hash) {
            self.others.push(Version {
                hash,
                document,
                carrier: OnceCell::new(),
            });
            self.carried.take();
        }
    }

    /// Forgets the other versions that aren't wanted.
    pub(super) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.others.retain(|other| wanted(&other.hash));
    }

    /// Whether the text of that hash is here.
    pub fn knows(&self, hash: &str) -> bool {
        self.version(hash).is_some()
    }

    /// Whether that is the open text; whatever it is, if none is open.
    pub fn is_here(&self, hash: &str) -> bool {
        self.here.as_ref().is_none_or(|here| *here.hash == *hash)
    }

    /// The hash in the form that all spans of its text share.
    pub(super) fn shared(&self, hash: &Arc<str>) -> Arc<str> {
        let version = self.version(hash);
        version.map_or_else(|| hash.clone(), |version| version.hash.clone())
    }

    fn version(&self, hash: &str) -> Option<&Version> {
        let mut all = self.here.iter().chain(&self.others);
        all.find(|version| *version.hash == *hash)
    }

    /// Where a span that counts in the text of that hash is in the open one.
    pub fn locate(&self, span: Span, hash: &Arc<str>) -> Option<Span> {
        match &self.here {
            Some(here) if !Arc::ptr_eq(&here.hash, hash) && here.hash != *hash => {
                self.carry(here, span, hash).map(|carried| carried.span)
            }
            _ => Some(span),
        }
    }

    /// Whether that is a span whose words are here, but not the very same.
    pub(super) fn differs(&self, at: &TextSpan) -> bool {
        self.here.as_ref().is_some_and(|here| {
            let carried = (here.hash != at.text).then(|| self.carry(here, at.span, &at.text));
            carried.flatten().is_some_and(|carried| !carried.exact)
        })
    }

    fn carry(&self, here: &Version, span: Span, hash: &Arc<str>) -> Option<Carried> {
        let other = self.others.iter().find(|other| other.hash == *hash)?;
        let text = other.hash.clone();
        let mut carried = self.carried.borrow_mut();
        *carried.entry(TextSpan { span, text }).or_insert_with(|| {
            let (old, new) = (&other.document.text, &here.document.text);
            let carrier = other.carrier.get_or_init(|| Carrier::new(old, new));
            carrier.carry(old, new, span)
        })
    }

    /// The words that a span covers in its own text, if that is known.
    pub fn words(&self, at: &TextSpan) -> Option<Quote> {
        describe(&self.version(&at.text)?.document.text, at.span)
    }
}
