//! The four labels of news articles, by the guidelines, in short.

use super::{Label, LineStyle};

/// Claim, quote, caption and boilerplate, with what each means in short.
pub fn default_labels() -> Vec<Label> {
    let label = |id: &str, name: &str, letter, color: &str, line, description: &str| Label {
        id: id.into(),
        name: name.into(),
        shortcut: Some(letter),
        color: Some(color.into()),
        line,
        description: Some(description.into()),
        attributes: Vec::new(),
    };
    vec![
        label(
            "claim",
            "Claim",
            'C',
            "#0B4ED0",
            LineStyle::Solid,
            "A sentence that states something about the world which evidence could show to be true or false, and which matters to a reader. Tag the whole sentence, attribution included.\nYes: The mayor closed three libraries in May. – The drug harms one patient in ten, doctors say.\nNo: The mayor should reopen them. (a demand)",
        ),
        label(
            "quote",
            "Quote",
            'Q',
            "#B4430F",
            LineStyle::Double,
            "Words given as somebody’s own, within quotation marks, with the marks. The speaker and “said” stay out; one span per paragraph.\nYes: “We had no warning,” of: “We had no warning,” Ms Adeyemi said.\nNo: the so-called “dark kitchen” trade (nobody’s words), the film “Dark Water” (a title)",
        ),
        label(
            "caption",
            "Caption",
            'P',
            "#04483F",
            LineStyle::Dashed,
            "Text that belongs to a picture, chart, video or map: what it shows, and whom it is credited to. Tag the whole line.\nYes: Rescue: Crews in Tewkesbury on Sunday. – Reuters / Jo Lind\nNo: as the picture above shows (part of the story)",
        ),
        label(
            "boilerplate",
            "Boilerplate",
            'B',
            "#7A5580",
            LineStyle::Dotted,
            "Page furniture: words that the site or the template put there, not the story. Tag the whole line, with nothing inside it.\nYes: By Jo Lind. – Most read. – Sign up for our newsletter\nNo: a correction to this story",
        ),
    ]
}
