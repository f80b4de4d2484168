//! Pages as lists of what is in them, and what is read.

use super::{ElementStyle, Reader, Side, TextStyle};
use crate::document::{Block, BlockKind, Document, DocumentMeta, LoadError};
use crate::text::Utf16;
use proptest::prelude::*;

/// A part of a page: a text node, or an element with its computed `display`.
enum Part {
    Text(&'static str),
    Element(&'static str, &'static str, Vec<Part>),
    Floating(&'static str, Vec<Part>),
    Styled {
        white_space: &'static str,
        visible: bool,
        text: &'static str,
    },
}

use Part::{Element, Floating, Styled, Text};

fn block(name: &'static str, parts: Vec<Part>) -> Part {
    Element(name, "block", parts)
}

fn inline(name: &'static str, parts: Vec<Part>) -> Part {
    Element(name, "inline", parts)
}

fn line_break() -> Part {
    inline("br", vec![])
}

/// Gives the reader what is in a page, and collects the page's text nodes.
fn feed(reader: &mut Reader, parts: &[Part], nodes: &mut Vec<&'static str>) {
    for part in parts {
        let (name, display, out_of_flow, inner) = match part {
            Element(name, display, inner) => (*name, *display, false, inner),
            Floating(name, inner) => (*name, "block", true, inner),
            Text(text) => {
                feed_text(reader, nodes, text, true, "normal");
                continue;
            }
            Styled {
                white_space,
                visible,
                text,
            } => {
                feed_text(reader, nodes, text, *visible, white_space);
                continue;
            }
        };
        let style = ElementStyle {
            display,
            out_of_flow,
        };
        if reader.enter(name, style) {
            feed(reader, inner, nodes);
            reader.leave();
        }
    }
}

fn feed_text(
    reader: &mut Reader,
    nodes: &mut Vec<&'static str>,
    text: &'static str,
    visible: bool,
    white_space: &str,
) {
    let style = TextStyle {
        visible,
        white_space,
    };
    reader.text(nodes.len() as u32, text, style);
    nodes.push(text);
}

/// What is read of a page, after the laws: each code unit of a block is found on the page as the
/// same one, and from there again in the text.
#[track_caller]
fn read(parts: Vec<Part>) -> Document {
    let mut reader = Reader::default();
    let mut nodes = Vec::new();
    feed(&mut reader, &parts, &mut nodes);
    let (document, runs) = reader.finish(DocumentMeta::default()).unwrap();
    let text: Vec<u16> = document.text.as_str().encode_utf16().collect();
    let nodes: Vec<Vec<u16>> = nodes.iter().map(|n| n.encode_utf16().collect()).collect();
    let mut found = 0;
    for at in 0..text.len() as u32 {
        let (node, from) = runs.place(Utf16(at), Side::Behind).unwrap();
        let unit = nodes[node as usize].get(from.0 as usize);
        if unit == Some(&text[at as usize]) && runs.offset(node, from) == Some(Utf16(at)) {
            found += 1;
            let (node, behind) = runs.place(Utf16(at + 1), Side::Before).unwrap();
            assert_eq!(runs.offset(node, behind), Some(Utf16(at + 1)));
        } else {
            let shown = char::from_u32(text[at as usize].into());
            assert!(shown.is_some_and(char::is_whitespace), "{at}: {shown:?}");
        }
    }
    assert!(found > 0);
    document
}

#[track_caller]
fn reads(parts: Vec<Part>, expected: &str) {
    assert_eq!(read(parts).text.as_str(), expected);
}

#[test]
fn white_space_collapses_and_blocks_stand_apart() {
    reads(
        vec![
            Text("\n  "),
            block("h1", vec![Text(" A\n  headline ")]),
            Text("\n"),
            block(
                "p",
                vec![Text("One "), inline("em", vec![Text(" two")]), Text(" .")],
            ),
        ],
        "A headline\n\nOne two .",
    );
}

#[test]
fn the_computed_display_says_what_is_a_block() {
    reads(
        vec![
            block("span", vec![Text("a")]),
            inline("div", vec![Text("b")]),
            Text("c"),
            Element("li", "flex", vec![Text("d")]),
            Element("div", "none", vec![Text("hidden")]),
            Element("div", "contents", vec![Text("e")]),
            Element("p", "inline-block", vec![Text("f")]),
        ],
        "a\n\nbc\n\nd\n\nef",
    );
}

#[test]
fn an_initial_that_floats_is_a_part_of_its_word() {
    reads(
        vec![block(
            "p",
            vec![Floating("span", vec![Text("O")]), Text("nce")],
        )],
        "Once",
    );
    reads(
        vec![block(
            "div",
            vec![Floating("aside", vec![Text("Beside")]), Text("text")],
        )],
        "Beside\n\ntext",
    );
}

#[test]
fn invisible_text_and_controls_are_left_out() {
    reads(
        vec![block(
            "p",
            vec![
                Text("a"),
                Styled {
                    white_space: "normal",
                    visible: false,
                    text: "hidden",
                },
                inline("button", vec![Text("Share")]),
                Text("b"),
                inline("input", vec![]),
                Text("c"),
                inline("script", vec![Text("d")]),
                inline("img", vec![]),
                Text("e"),
            ],
        )],
        "a b ce",
    );
}

#[test]
fn line_breaks_stay_in_their_block_and_two_of_them_part_it() {
    reads(
        vec![block(
            "p",
            vec![
                Text("a"),
                line_break(),
                Text("b"),
                line_break(),
                line_break(),
                Text("c"),
            ],
        )],
        "a\nb\n\nc",
    );
}

#[test]
fn white_space_counts_where_the_style_says_so() {
    let styled = |white_space, text| Styled {
        white_space,
        visible: true,
        text,
    };
    for white_space in [
        "pre",
        "pre-wrap",
        "break-spaces",
        "preserve",
        "preserve nowrap",
    ] {
        let document = read(vec![block("pre", vec![styled(white_space, "a\n  b  c\n")])]);
        assert_eq!(document.text.as_str(), "a\n  b  c");
        assert_eq!(document.blocks[0].kind, BlockKind::Preformatted);
    }
    for white_space in ["pre-line", "preserve-breaks"] {
        reads(
            vec![block("p", vec![styled(white_space, "a 😀\n  b  c")])],
            "a 😀\nb c",
        );
    }
    for white_space in ["nowrap", "normal", "collapse"] {
        reads(
            vec![block("p", vec![styled(white_space, "a\n  b  c")])],
            "a b c",
        );
    }
}

#[test]
fn a_row_is_a_block_with_its_cells_parted_by_tabs() {
    let cell = |text| Element("td", "table-cell", vec![Text(text)]);
    let row = |cells| Element("tr", "table-row", cells);
    reads(
        vec![Element(
            "table",
            "table",
            vec![
                row(vec![cell("a"), Text("\n"), cell("b")]),
                row(vec![cell("c"), cell("d")]),
            ],
        )],
        "a\tb\nc\td",
    );
    // Stacked on a narrow screen, cells are blocks.
    reads(
        vec![Element(
            "tr",
            "block",
            vec![block("td", vec![Text("a")]), block("td", vec![Text("b")])],
        )],
        "a\n\nb",
    );
}

#[test]
fn ruby_text_is_kept_where_parentheses_part_it_from_its_base() {
    let ruby = |parts| block("p", vec![Element("ruby", "ruby", parts)]);
    let rt = || Element("rt", "ruby-text", vec![Text("kan")]);
    let rp = |text| Element("rp", "none", vec![Text(text)]);
    reads(
        vec![ruby(vec![Text("漢"), rp("("), rt(), rp(")")])],
        "漢(kan)",
    );
    reads(vec![ruby(vec![Text("漢"), rt(), Text("字")])], "漢字");
}

#[test]
fn a_paragraph_with_single_spaces_is_one_run() {
    let mut runs = Vec::new();
    for (from, at, length) in [(0, 0, 3), (4, 4, 3), (9, 8, 2)] {
        let node = 0;
        super::runs::push(
            &mut runs,
            super::Run {
                node,
                from,
                at,
                length,
            },
        );
    }
    let lengths: Vec<u32> = runs.iter().map(|run| run.length).collect();
    assert_eq!(lengths, [7, 2]);
}

#[test]
fn kinds_are_those_of_the_loader() {
    let document = read(vec![
        block("h2", vec![Text("a")]),
        block("blockquote", vec![block("p", vec![Text("b")])]),
        block("figcaption", vec![Text("c")]),
        Element("li", "list-item", vec![Text("d")]),
    ]);
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|b: &Block| b.kind).collect();
    use BlockKind::*;
    assert_eq!(kinds, [Heading(2), BlockQuotation, Caption, ListItem]);
}

#[test]
fn a_place_in_white_space_that_is_not_shown_is_the_end_of_what_is_before() {
    let mut reader = Reader::default();
    let style = TextStyle {
        visible: true,
        white_space: "normal",
    };
    reader.text(0, "\n  a  \n", style);
    reader.text(1, "   ", style);
    reader.text(2, " b", style);
    let (document, runs) = reader.finish(DocumentMeta::default()).unwrap();
    assert_eq!(document.text.as_str(), "a b");
    for (node, at, offset) in [
        (0, 0, 0),
        (0, 3, 0),
        (0, 4, 1),
        (0, 7, 1),
        (2, 0, 2),
        (2, 2, 3),
    ] {
        assert_eq!(
            runs.offset(node, Utf16(at)),
            Some(Utf16(offset)),
            "{node} {at}"
        );
    }
}

#[test]
fn a_page_without_text_is_refused() {
    let mut reader = Reader::default();
    assert!(reader.enter(
        "p",
        ElementStyle {
            display: "block",
            out_of_flow: false
        }
    ));
    reader.leave();
    let refused = reader.finish(DocumentMeta::default()).map(|_| ());
    assert_eq!(refused, Err(LoadError::NoText));
}

proptest! {
    #[test]
    fn any_texts_are_found_again(
        texts in prop::collection::vec(("[a 😀é\n\t]{0,12}", 0..5usize), 1..12),
    ) {
        let mut reader = Reader::default();
        let spaces = ["normal", "pre", "pre-line", "nowrap", "pre-wrap"];
        for (node, (content, space)) in texts.iter().enumerate() {
            let style = TextStyle { visible: true, white_space: spaces[*space] };
            reader.text(node as u32, content, style);
        }
        if let Ok((document, runs)) = reader.finish(DocumentMeta::default()) {
            let units: Vec<u16> = document.text.as_str().encode_utf16().collect();
            for (at, unit) in units.iter().enumerate().filter(|(_, u)| **u > 32) {
                let (node, from) = runs.place(Utf16(at as u32), Side::Behind).unwrap();
                let node_units: Vec<u16> = texts[node as usize].0.encode_utf16().collect();
                prop_assert_eq!(node_units[from.0 as usize], *unit);
                prop_assert_eq!(runs.offset(node, from), Some(Utf16(at as u32)));
            }
        }
    }
}
