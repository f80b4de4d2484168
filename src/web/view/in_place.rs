//! A host's own content as the text: it stays where it is, and the interface stands below it.

use super::View;
use crate::annotation::LabelSet;
use crate::document::{Document, DocumentMeta, LoadError};
use crate::text::Text;
use crate::web::article::{InPlace, Names, Painter, Read, in_place_rules, learn_inheritance, read};
use crate::web::controller::Controller;
use crate::web::dom;
use crate::web::panels::Resized;
use crate::web::sheet::AdoptedSheet;
use std::cell::Cell;
use std::rc::Rc;

impl View {
    /// Whether a host's own content is shown.
    pub fn is_in_place(&self) -> bool {
        self.sheet.borrow().is_some()
    }

    /// Shows the host's own content. Besides a style sheet in its tree nothing of the host changes.
    pub fn show_in_place(self: &Rc<Self>, controller: &Rc<Controller>) {
        if self.is_in_place() {
            return;
        }
        self.close_document();
        let names = Names::own();
        self.sheet
            .replace(AdoptedSheet::new(&self.host.get_root_node()));
        self.painter.replace(Painter::new(names));
        let text = self.text();
        text.set_text_content(None);
        text.set_class_name("in-place");
        for attribute in ["lang", "dir"] {
            let _ = text.remove_attribute(attribute);
        }
        let way_in = dom::element("div", "way-in");
        dom::append(&way_in, &[&self.by_keyboard]);
        dom::append(&text, &[&dom::element("slot", "")]);
        dom::set(&self.interface, "data-in-place", "");
        self.root
            .replace_children_with_node_4(&way_in, &text, &self.overlay, &self.interface);
        self.watch_content(controller);
        self.watch_size(controller, &text);
        let labels = &controller.settings.borrow().labels;
        self.follow_labels(labels);
        if learn_inheritance(&self.by_keyboard) {
            self.follow_labels(labels);
        }
    }

    /// Shows a text of ours again.
    pub(super) fn show_mounted(self: &Rc<Self>, controller: &Rc<Controller>) {
        self.content.take();
        self.wake_who_waits();
        if !self.is_in_place() {
            return;
        }
        self.sheet.take();
        self.painter.replace(Painter::new(Names::Shared));
        let text = self.text();
        text.set_text_content(None);
        text.set_class_name("text");
        self.overlay.set_text_content(None);
        let _ = self.interface.remove_attribute("data-in-place");
        dom::append(&self.scroller, &[&self.by_keyboard, &text]);
        self.root.replace_children_with_node_1(&self.interface);
        self.watch_size(controller, &self.scroller);
    }

    /// What drawn elements stand beside may have another place after a change of `element`'s size.
    pub(super) fn watch_size(
        self: &Rc<Self>,
        controller: &Rc<Controller>,
        element: &web_sys::Element,
    ) {
        let (view, weak) = (Rc::downgrade(self), controller.weak());
        let is_first = Cell::new(true);
        let resized = Resized::new(element, move || {
            if let (Some(view), Some(controller)) = (view.upgrade(), weak.upgrade()) {
                // A style sheet or a breakpoint may have shown or hidden something.
                if !is_first.replace(false) {
                    view.style_changed(&controller);
                }
                view.place_brackets(&controller);
                view.overview.resize();
                controller.read(|session| {
                    let article = view.article.borrow();
                    article.place_letters(session.document(), true);
                    view.overview.draw_all(session);
                });
            }
        });
        self.resized.replace(Some(resized));
    }

    /// The rules of the host's tree follow the label set.
    pub(super) fn follow_labels(&self, labels: &LabelSet) {
        if let Some(sheet) = &*self.sheet.borrow() {
            let painter = self.painter.borrow();
            sheet.replace(in_place_rules(labels, painter.names()));
        }
    }

    /// Reads the host's content as it is now.
    ///
    /// # Errors
    /// As of [`read`].
    pub fn read_in_place(&self, meta: DocumentMeta) -> Result<Document, LoadError> {
        let Read { document, in_place } = read(&self.host, self.overlay.clone(), meta)?;
        self.reading_begins();
        self.read.replace(Some(in_place));
        Ok(document)
    }

    /// The content may be another one: finds out, and shows what is annotated where it stands now.
    pub fn read_again(self: &Rc<Self>, controller: &Rc<Controller>) {
        let meta = controller.read(|session| {
            let document = session.document();
            DocumentMeta {
                id: Some(document.id.clone()),
                title: document.title.clone(),
                source: document.source.clone(),
                media_type: Some(document.media_type.clone()),
                language: document.language.clone(),
            }
        });
        let Some(meta) = meta else { return };
        let (document, in_place) = match read(&self.host, self.overlay.clone(), meta.clone()) {
            Ok(Read { document, in_place }) => (document, in_place),
            Err(_) => match nothing(meta) {
                Some(document) => (document, InPlace::empty(&self.host, self.overlay.clone())),
                None => return,
            },
        };
        let is_same_text = controller.read(|session| {
            let shown = session.document();
            shown.text.as_str() == document.text.as_str() && shown.blocks == document.blocks
        });
        if is_same_text == Some(true) {
            let is_same_place = {
                let article = self.article.borrow();
                article
                    .in_place()
                    .is_some_and(|shown| shown.is_at(&in_place))
            };
            if !is_same_place {
                self.settle(controller, in_place);
            }
            return;
        }
        controller.retext(document);
        self.settle(controller, in_place);
        controller.tell_loaded();
    }

    /// Shows what is open at the places `in_place`.
    fn settle(self: &Rc<Self>, controller: &Rc<Controller>, in_place: InPlace) {
        self.painter.borrow_mut().clear();
        self.near.borrow_mut().clear();
        if let Some(watch) = &*self.watch.borrow() {
            watch.clear();
        }
        self.brackets.hide();
        controller.read(|session| {
            self.article
                .borrow_mut()
                .settle(session.document(), in_place);
            self.panel.changed(session);
            self.bar.update(session);
            self.card.update(session);
            self.status.coverage(session.coverage());
        });
        self.observe(0);
        self.moved(controller, false);
    }
}

/// A document without a text, for content that is gone.
fn nothing(meta: DocumentMeta) -> Option<Document> {
    Some(Document {
        id: meta.id?,
        title: meta.title,
        source: meta.source,
        media_type: meta.media_type?,
        language: meta.language,
        text: Text::new(String::new()).ok()?,
        blocks: Vec::new(),
    })
}
