//! What becomes of Markdown, as samples, and a law.

use super::*;
use proptest::prelude::*;

/// Each block as its kind and its text.
#[track_caller]
fn check(content: &str, expected: &[(&str, &str)]) {
    let document = markdown(content.to_owned(), DocumentMeta::default()).unwrap();
    assert_eq!(document.text.as_str(), content);
    let blocks: Vec<(String, &str)> = document
        .blocks
        .iter()
        .map(|block| {
            let kind = match block.kind {
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::ListItem => "li".to_owned(),
                BlockKind::BlockQuotation => "quote".to_owned(),
                BlockKind::Preformatted => "pre".to_owned(),
                BlockKind::Caption => "caption".to_owned(),
            };
            (kind, document.text.slice(block.span).unwrap())
        })
        .collect();
    let blocks: Vec<(&str, &str)> = blocks.iter().map(|(k, t)| (k.as_str(), *t)).collect();
    assert_eq!(blocks, expected, "{content:?}");
}

#[test]
fn lines_without_a_blank_one_between_them_are_one_paragraph() {
    check(
        "One\ntwo.\n\nThree.\n",
        &[("p", "One\ntwo."), ("p", "Three.")],
    );
    check(
        "One\r\ntwo.\r\n \r\nThree.",
        &[("p", "One\r\ntwo."), ("p", "Three.")],
    );
}

#[test]
fn headings_have_marks_in_front_or_a_line_beneath() {
    check(
        "# One\n###### Six #\n####### Seven\n#none\n",
        &[
            ("h1", "# One"),
            ("h6", "###### Six #"),
            ("p", "####### Seven\n#none"),
        ],
    );
    check(
        "Top\n===\nBelow\n--\n\n---\nText\n***\n",
        &[
            ("h1", "Top\n==="),
            ("h2", "Below\n--"),
            ("p", "---"),
            ("p", "Text"),
            ("p", "***"),
        ],
    );
}

#[test]
fn a_quotation_goes_on_in_lines_that_forget_their_mark() {
    check(
        "> “One,” she\n> said,\nand left.\n>\n> Two.\n\nThree.",
        &[
            ("quote", "> “One,” she\n> said,\nand left.\n>"),
            ("quote", "> Two."),
            ("p", "Three."),
        ],
    );
}

#[test]
fn each_item_of_a_list_is_a_block_at_any_depth() {
    check(
        "- One\n  goes on\n- Two\n    - inner\n1. First\n2) second\n\n   its paragraph\n\nAfter",
        &[
            ("li", "- One\n  goes on"),
            ("li", "- Two"),
            ("li", "    - inner"),
            ("li", "1. First"),
            ("li", "2) second"),
            ("p", "   its paragraph"),
            ("p", "After"),
        ],
    );
    check(
        "In the year\n1984. It was\n+\nso",
        &[("p", "In the year\n1984. It was\n+\nso")],
    );
}

#[test]
fn code_is_one_block_blank_lines_and_all() {
    check(
        "```py\nx = 1\n\n# no heading\n``` no\n````\nText\n\n    indented\n\n~~~\nto the end",
        &[
            ("pre", "```py\nx = 1\n\n# no heading\n``` no\n````"),
            ("p", "Text"),
            ("pre", "    indented"),
            ("pre", "~~~\nto the end"),
        ],
    );
}

#[test]
fn front_matter_is_one_block() {
    check(
        "---\ntitle: x\n\ndate: y\n---\nText",
        &[("pre", "---\ntitle: x\n\ndate: y\n---"), ("p", "Text")],
    );
}

proptest! {
    #[test]
    fn blocks_are_in_order_disjoint_and_hold_all_that_can_be_seen(
        lines in prop::collection::vec("[-#>*=~`1. \tax]{0,8}", 0..12),
    ) {
        let content = lines.join("\n");
        prop_assume!(!content.is_empty());
        let document = markdown(content.clone(), DocumentMeta::default()).unwrap();
        let mut seen = String::new();
        let mut last = 0;
        for block in &document.blocks {
            prop_assert!(block.span.start() >= last);
            last = block.span.end();
            seen.push_str(document.text.slice(block.span).unwrap());
        }
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(visible(&seen), visible(&content));
    }
}
