//! What most formats have no place for, told in one way.

use super::exchange::{Entry, Header, Loss, Out, WriteError};
use crate::annotation::{Label, Method};
use crate::edit::DocumentState;

/// Tells all that an entry has besides its text, spans and labels, but for what the format `holds`.
pub fn lose_rest(entry: &Entry, holds: &[Loss], out: &mut Out) -> Result<(), WriteError> {
    let document = &entry.document;
    let is_lost = |loss: Loss| !holds.contains(&loss);
    for annotation in &entry.annotations {
        let origin = &annotation.origin;
        let said = usize::from(annotation.made_with().is_some());
        let further = origin.extra.len() - said;
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
            (Loss::Attributes, annotation.has_attributes()),
            (Loss::Fields, further > 0),
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

/// Tells of the labels that say more than their ids.
pub fn lose_labels(header: &Header, out: &mut Out) -> Result<(), WriteError> {
    let says_more = |label: &&Label| {
        label.name != label.id
            || label.shortcut.is_some()
            || label.color.is_some()
            || label.description.is_some()
            || !label.attributes.is_empty()
    };
    let count = header.labels.iter().filter(says_more).count();
    out.lose_many(Loss::Labels, count, "", None)
}
