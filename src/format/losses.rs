//! What most formats have no place for, told in one way.

use super::exchange::{Entry, Header, Loss, Out, WriteError};
use crate::annotation::Method;
use crate::edit::DocumentState;

/// Tells all that an entry has besides its text, spans and labels, but for what the format `holds`.
pub fn lose_rest(entry: &Entry, holds: &[Loss], out: &mut Out) -> Result<(), WriteError> {
    let document = &entry.document;
    let is_lost = |loss: Loss| !holds.contains(&loss);
    for annotation in &entry.annotations {
        let origin = &annotation.origin;
        let has = [
            (Loss::Id, true),
            (Loss::Note, annotation.note.is_some()),
            (
                Loss::Maker,
                origin.creator.is_some() || origin.created.is_some(),
            ),
            (
                Loss::History,
                annotation.modified.is_some() || origin.method != Method::Manual,
            ),
            (Loss::Fields, !origin.extra.is_empty()),
        ];
        for (loss, _) in has.into_iter().filter(|(loss, has)| *has && is_lost(*loss)) {
            out.lose(loss, entry, Some(annotation))?;
        }
    }
    let has = [
        (
            Loss::About,
            document.title.is_some()
                || document.source.uri.is_some()
                || document.language.is_some(),
        ),
        (Loss::Blocks, !document.blocks.is_empty()),
        (Loss::State, entry.state != DocumentState::Open),
        (Loss::DocumentFields, !entry.extra.is_empty()),
    ];
    for (loss, _) in has.into_iter().filter(|(loss, has)| *has && is_lost(*loss)) {
        out.lose(loss, entry, None)?;
    }
    Ok(())
}

/// Tells that nothing of the labels is in the files but their ids.
pub fn lose_labels(header: &Header, out: &mut Out) -> Result<(), WriteError> {
    out.lose_many(Loss::Labels, header.labels.len(), "", None)
}
