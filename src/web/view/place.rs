//! Where on the screen things are: what is active, what is selected, what is in view.

use super::View;
use crate::text::Span;
use crate::web::article::{
    Article, Selected, begin_selection, clear_selection, offset_at, rect, selected,
};
use crate::web::controller::Controller;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

impl View {
    /// Shows what is active now, and brings it into view if a person moved there.
    pub fn moved(&self, controller: &Controller, into_view: bool) {
        let shown = controller.read(|session| {
            let article = self.article.borrow();
            let span = session.active_span();
            let range = span.and_then(|span| article.range(session.document(), span));
            self.painter.borrow_mut().activate(range);
            self.bar.update(session);
            self.panel.activate(session);
            self.card.follow(session);
            self.status
                .active(&session.describe(), &session.describe_aloud());
            (span, session.active_end())
        });
        let Some((span, focus)) = shown else { return };
        if into_view {
            self.scroll_to(focus, span.map(Span::end) == Some(focus));
        }
        self.place_brackets(controller);
        if into_view {
            // A piece may be higher than the screen: then the active end itself is shown.
            self.brackets.reveal();
            controller.dispatch_select();
        }
    }

    /// Sets the brackets around what is active.
    pub fn place_brackets(&self, controller: &Controller) {
        controller.read(|session| {
            let article = self.article.borrow();
            self.brackets.place(
                &article,
                session.document(),
                session.active_span(),
                session.active_end(),
            );
        });
    }

    /// Scrolls as little as brings the offset into view, with a margin.
    pub fn scroll_to(&self, offset: u32, ending: bool) {
        let article = self.article.borrow();
        let look = if ending {
            offset.saturating_sub(1)
        } else {
            offset
        };
        let Some(piece) = article
            .layout()
            .piece_at(look)
            .and_then(|piece| article.piece(piece))
        else {
            return;
        };
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        piece.scroll_into_view_with_scroll_into_view_options(&options);
    }

    /// The code points that can be seen at the moment.
    pub fn visible(&self, controller: &Controller) -> Option<Span> {
        let window = gloo::utils::window();
        let height = window.inner_height().ok()?.as_f64()?;
        let article = self.article.borrow();
        if article.in_place().is_some() {
            return self.visible_in_place(controller, &article, height);
        }
        let frame = self.scroller.get_bounding_client_rect();
        let (top, bottom) = (frame.top().max(0.0), frame.bottom().min(height));
        let sections = article.sections();
        // Sections stand one below the other, so their tops are in order.
        let from = sections.partition_point(|s| s.get_bounding_client_rect().bottom() <= top);
        let to = sections.partition_point(|s| s.get_bounding_client_rect().top() < bottom);
        let first = self.piece_below(&article, from, top)?;
        let last = self.piece_above(&article, to.checked_sub(1)?, bottom)?;
        let pieces = article.layout().pieces();
        Span::new(
            pieces.get(first)?.span.start(),
            pieces.get(last)?.span.end(),
        )
    }

    /// The same of a host's content, whose blocks may stand anywhere: of those that are near, from
    /// the first to the last that begins on the screen.
    fn visible_in_place(
        &self,
        controller: &Controller,
        article: &Article,
        height: f64,
    ) -> Option<Span> {
        let pieces = article.layout().pieces();
        let near = self.near.borrow();
        let near = near
            .iter()
            .filter_map(|&section| Some(article.layout().sections().get(section)?.pieces.clone()))
            .flatten();
        controller.read(|session| {
            let begins_on_screen = |piece: &usize| {
                let first = pieces.get(*piece).and_then(|piece| {
                    let start = piece.span.start();
                    rect(article, session.document(), Span::new(start, start + 1)?)
                });
                first.is_some_and(|line| line.top() >= 0.0 && line.top() < height)
            };
            let seen: Vec<usize> = near.filter(begins_on_screen).collect();
            let (first, last) = (pieces.get(*seen.first()?)?, pieces.get(*seen.last()?)?);
            Span::new(first.span.start(), last.span.end())
        })?
    }

    pub(super) fn piece_below(&self, article: &Article, section: usize, top: f64) -> Option<usize> {
        let pieces = article.layout().sections().get(section)?.pieces.clone();
        // A block whose first lines are above the screen is not whole on it.
        pieces
            .clone()
            .find(|&piece| {
                article
                    .piece(piece)
                    .is_some_and(|p| p.get_bounding_client_rect().top() >= top - 1.0)
            })
            .or(Some(
                pieces
                    .end
                    .min(article.layout().pieces().len().checked_sub(1)?),
            ))
    }

    pub(super) fn piece_above(
        &self,
        article: &Article,
        section: usize,
        bottom: f64,
    ) -> Option<usize> {
        let pieces = article.layout().sections().get(section)?.pieces.clone();
        pieces.clone().rev().find(|&piece| {
            article
                .piece(piece)
                .is_some_and(|p| p.get_bounding_client_rect().top() < bottom)
        })
    }

    /// What the browser has selected in the text; deselects it, for what is active is shown by
    /// our own means.
    pub fn take_selection(&self, controller: &Controller) -> Option<(u32, u32)> {
        let Selected { start, end } = controller
            .read(|session| selected(&self.article.borrow(), session.document(), &self.root))
            .flatten()
            .filter(|selected| selected.start < selected.end)?;
        clear_selection();
        Some((start, end))
    }

    /// Has a selection that a press with Shift extends begin at the press, if there is none.
    pub fn begin_selection(&self, at: (f32, f32)) {
        begin_selection(&self.root, at);
    }

    /// The offset of the browser's caret in the text.
    pub fn caret(&self, controller: &Controller) -> Option<u32> {
        controller
            .read(|session| selected(&self.article.borrow(), session.document(), &self.root))
            .flatten()
            .map(|selected| selected.start)
    }

    /// Says which labels are under the pointer, when that changes.
    pub fn hover(&self, controller: &Controller, at: (f32, f32)) {
        let there = controller
            .read(|session| {
                let article = self.article.borrow();
                let offset = offset_at(&article, session.document(), &self.root, at)?;
                session.labels_at(offset)
            })
            .flatten();
        if *self.hovered.borrow() == there {
            return;
        }
        match &there {
            Some(labels) => self
                .status
                .under_pointer(&format!("Under the pointer: {labels}")),
            None => self.status.under_pointer(""),
        }
        self.hovered.replace(there);
    }
}
