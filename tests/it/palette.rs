//! The colours of the screen as data: every pair that stands on another is told apart well enough,
//! by WCAG 2.2's measure, and the style sheets have these very colours.

use crate::sources::read;
use rubricate::annotation::{contrast, default_labels};

/// What text needs (WCAG 2.2, 1.4.3, level AA).
const TEXT: f64 = 4.5;

/// What lines and the edges of controls need (WCAG 2.2, 1.4.11).
const GRAPHICS: f64 = 3.0;

/// A colour in both themes.
struct Colour {
    /// The custom property that has it.
    property: &'static str,
    light: &'static str,
    dark: &'static str,
}

const fn colour(property: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour {
        property,
        light,
        dark,
    }
}

const PAPER: Colour = colour("paper", "#FCFAF5", "#17181B");
const PANEL: Colour = colour("panel", "#F3EFE6", "#202226");
const INK: Colour = colour("ink", "#1D1A16", "#ECE8E0");
const MUTED: Colour = colour("muted", "#5C554B", "#AEA79B");
const HAIRLINE: Colour = colour("hairline", "#857C6E", "#7C7F87");
const RUBRIC: Colour = colour("rubric", "#A3231A", "#FF8A7A");
const SAVED: Colour = colour("saved", "#1F6B3A", "#7FD19B");
const WARNING: Colour = colour("warning", "#8A4B00", "#F2B35E");
const SELECTION: Colour = colour("selection", "#FBD5CE", "#5C2A24");

/// A label's line and tint.
struct LabelColours {
    id: &'static str,
    line: Colour,
    tint: Colour,
}

const LABELS: [LabelColours; 4] = [
    LabelColours {
        id: "claim",
        line: colour("rubricate-line-claim", "#0B4ED0", "#4FB0FF"),
        tint: colour("rubricate-tint-claim", "#DDE8FF", "#14365E"),
    },
    LabelColours {
        id: "quote",
        line: colour("rubricate-line-quote", "#B4430F", "#F6A320"),
        tint: colour("rubricate-tint-quote", "#FFE4CC", "#523100"),
    },
    LabelColours {
        id: "caption",
        line: colour("rubricate-line-caption", "#04483F", "#6FF0C0"),
        tint: colour("rubricate-tint-caption", "#CDEDDF", "#0A4234"),
    },
    LabelColours {
        id: "boilerplate",
        line: colour("rubricate-line-boilerplate", "#7A5580", "#BBA3C6"),
        tint: colour("rubricate-tint-boilerplate", "#ECE9E3", "#303237"),
    },
];

/// The contrast of two colours, light and dark.
fn contrasts(front: &Colour, back: &Colour) -> [f64; 2] {
    [(front.light, back.light), (front.dark, back.dark)]
        .map(|(front, back)| contrast(front, back).unwrap())
}

/// Fails unless `front` has at least `least` on `back` in both themes.
fn check(front: &Colour, back: &Colour, least: f64) {
    for (theme, ratio) in ["light", "dark"].iter().zip(contrasts(front, back)) {
        let (front, back) = (front.property, back.property);
        assert!(
            ratio >= least,
            "{theme}: {front} on {back} has {ratio:.2}, needs {least}"
        );
    }
}

#[test]
fn text_is_readable_on_what_it_stands_on() {
    for ground in [&PAPER, &PANEL, &SELECTION] {
        check(&INK, ground, TEXT);
        check(&MUTED, ground, TEXT);
    }
    for front in [&RUBRIC, &SAVED, &WARNING] {
        check(front, &PAPER, TEXT);
        check(front, &PANEL, TEXT);
    }
    for label in &LABELS {
        check(&INK, &label.tint, TEXT);
        check(&MUTED, &label.tint, TEXT);
    }
}

#[test]
fn edges_of_controls_are_seen() {
    check(&HAIRLINE, &PAPER, GRAPHICS);
    check(&HAIRLINE, &PANEL, GRAPHICS);
}

#[test]
fn letters_of_labels_are_readable() {
    for label in &LABELS {
        // A chip is paper on the line's colour; in the list the letter stands on the panel.
        check(&PAPER, &label.line, TEXT);
        check(&label.line, &PANEL, TEXT);
    }
}

#[test]
fn lines_are_seen_on_every_tint() {
    for line in &LABELS {
        for under in &LABELS {
            check(&line.line, &under.tint, GRAPHICS);
        }
        check(&line.line, &SELECTION, GRAPHICS);
    }
}

#[test]
fn the_contrasts_are_those_of_the_design() {
    for (front, back, expected) in [
        (&INK, &PAPER, [16.62, 14.53]),
        (&MUTED, &PAPER, [7.05, 7.44]),
        (&HAIRLINE, &PAPER, [3.94, 4.43]),
        (&RUBRIC, &PAPER, [7.16, 7.75]),
        (&SAVED, &PAPER, [6.25, 9.72]),
        (&WARNING, &PAPER, [6.52, 9.62]),
        (&INK, &SELECTION, [12.80, 9.49]),
        (&MUTED, &SELECTION, [5.43, 4.86]),
        (&LABELS[0].line, &PAPER, [6.68, 7.60]),
        (&LABELS[0].line, &PANEL, [6.07, 6.82]),
        (&LABELS[0].line, &LABELS[0].tint, [5.66, 5.23]),
        (&INK, &LABELS[0].tint, [14.08, 10.00]),
        (&LABELS[1].line, &PAPER, [5.37, 8.60]),
        (&LABELS[1].line, &PANEL, [4.88, 7.72]),
        (&LABELS[1].line, &LABELS[1].tint, [4.59, 5.66]),
        (&INK, &LABELS[1].tint, [14.21, 9.56]),
        (&LABELS[2].line, &PAPER, [10.05, 12.60]),
        (&LABELS[2].line, &PANEL, [9.13, 11.30]),
        (&LABELS[2].line, &LABELS[2].tint, [8.37, 8.09]),
        (&INK, &LABELS[2].tint, [13.85, 9.33]),
        (&LABELS[3].line, &PAPER, [5.85, 7.75]),
        (&LABELS[3].line, &PANEL, [5.32, 6.95]),
        (&LABELS[3].line, &LABELS[3].tint, [5.04, 5.60]),
        (&INK, &LABELS[3].tint, [14.30, 10.50]),
    ] {
        for (ratio, expected) in contrasts(front, back).iter().zip(expected) {
            let off: f64 = ratio - expected;
            let (front, back) = (front.property, back.property);
            assert!(
                off.abs() < 0.0051,
                "{front} on {back}: {ratio:.3}, not {expected}"
            );
        }
    }
}

/// The line of a style sheet that sets a custom property.
fn declaration<'a>(sheet: &'a str, property: &str) -> &'a str {
    let start = format!("--{property}:");
    let line = sheet
        .lines()
        .find(|line| line.trim_start().starts_with(&start));
    line.unwrap_or_else(|| panic!("no {start}"))
}

fn check_sheet(path: &str, colours: &[&Colour]) {
    let sheet = read(path);
    for colour in colours {
        let pair = format!("light-dark({}, {})", colour.light, colour.dark).to_lowercase();
        let line = declaration(&sheet, colour.property);
        assert!(line.contains(&pair), "{path}: {line} should have {pair}");
    }
}

#[test]
fn the_style_sheets_have_these_colours() {
    let common = [&PAPER, &PANEL, &INK, &MUTED, &HAIRLINE, &RUBRIC, &WARNING];
    check_sheet("www/page.css", &[&common[..], &[&SAVED]].concat());
    let labels = LABELS.iter().flat_map(|label| [&label.line, &label.tint]);
    let labels: Vec<&Colour> = labels.collect();
    check_sheet(
        "www/element.css",
        &[&common[..], &[&SELECTION], &labels].concat(),
    );
}

#[test]
fn the_default_labels_have_these_colours() {
    let defaults = default_labels();
    let colours: Vec<_> = defaults
        .iter()
        .map(|label| (label.id.as_str(), label.color.as_deref().unwrap()))
        .collect();
    let expected: Vec<_> = LABELS
        .iter()
        .map(|label| (label.id, label.line.light))
        .collect();
    assert_eq!(colours, expected);
}

/// The colours that the page offers for labels: name and colour.
fn offered() -> Vec<(String, String)> {
    let script = read("www/page/palette.js");
    let entry = |line: &str| {
        let (name, color) = line.trim().strip_prefix("[\"")?.split_once("\", \"")?;
        Some((name.to_owned(), color.strip_suffix("\"],")?.to_owned()))
    };
    script.lines().filter_map(entry).collect()
}

#[test]
fn every_colour_that_is_offered_for_a_label_can_be_read() {
    let offered = offered();
    assert!(offered.len() >= LABELS.len());
    for (name, color) in &offered {
        for ground in [PAPER.light, PANEL.light] {
            let ratio = contrast(color, ground).unwrap();
            assert!(ratio >= TEXT, "{name} on {ground}: {ratio:.2}");
        }
        // On dark paper it is mixed with white; mixed in sRGB here, which comes out near enough.
        let channel = |at: usize| u8::from_str_radix(&color[at..at + 2], 16).unwrap();
        let lightened = [1, 3, 5].map(|at| (u32::from(channel(at)) * 45 + 255 * 55) / 100);
        let [r, g, b] = lightened;
        let lightened = format!("#{r:02x}{g:02x}{b:02x}");
        for ground in [PAPER.dark, PANEL.dark] {
            let ratio = contrast(&lightened, ground).unwrap();
            assert!(ratio >= TEXT, "{name} on {ground}: {ratio:.2}");
        }
    }
    for label in &LABELS {
        assert!(offered.iter().any(|(_, color)| color == label.line.light));
    }
}
