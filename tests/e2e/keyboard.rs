//! Tagging by keyboard alone.

use crate::article::{Article, TEXT, shared};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};
use std::fs;

/// Presses Tab until an element has the focus; behind the last element, which the browser's own
/// controls follow, Shift+Tab.
fn tab_to(page: &Page, path: &str) {
    let focused = "let element = document.activeElement;
        while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return [element === find(arguments[0]), element.id || element.className || element.localName]";
    let mut passed = Vec::new();
    let mut key = "Tab";
    for _ in 0..40 {
        let focused = page.run(focused, json!([path]));
        if focused[0] == json!(true) {
            return;
        }
        if !passed.is_empty() && focused[1] == json!("body") {
            key = "Shift+Tab";
        }
        passed.push(focused[1].clone());
        page.press(&[key]);
    }
    panic!("Tab does not lead to {path} but to {passed:?}");
}

/// The keys of the table in KEYS.md, row by row: 40 for the seed article's 31 spans.
const SEED_KEYS: [&str; 11] = [
    "Shift+B Shift+B",
    "J Shift+C",
    "Shift+P Shift+P",
    "Shift+C Shift+C Shift+C",
    "C S Shift+Q Shift+Q Q",
    "J Shift+Q",
    "Shift+P Shift+P Shift+C Shift+C C",
    "S Shift+Q Q → Shift+↓ C S Shift+Q Shift+Q",
    "W Shift+C Shift+Q Shift+Q",
    "Q J Shift+Q Shift+Q",
    "Shift+B B",
];

/// Which part of a line a span covers.
enum Part {
    Line,
    /// From the first opening mark to the first closing mark.
    Quotation,
    /// From the first opening mark to the end of the line.
    Open,
    /// The same without the mark.
    Spoken,
}

/// Line (from 1), label, part.
const SEED_TAGS: [(usize, &str, Part); 31] = [
    (1, "boilerplate", Part::Line),
    (3, "boilerplate", Part::Line),
    (7, "claim", Part::Line),
    (9, "caption", Part::Line),
    (10, "caption", Part::Line),
    (11, "claim", Part::Line),
    (12, "claim", Part::Line),
    (13, "claim", Part::Line),
    (14, "claim", Part::Line),
    (14, "quote", Part::Quotation),
    (15, "quote", Part::Quotation),
    (16, "quote", Part::Quotation),
    (17, "quote", Part::Line),
    (18, "caption", Part::Line),
    (19, "caption", Part::Line),
    (20, "claim", Part::Line),
    (21, "claim", Part::Line),
    (22, "claim", Part::Line),
    (23, "quote", Part::Quotation),
    (24, "quote", Part::Open),
    (24, "claim", Part::Spoken),
    (25, "quote", Part::Line),
    (26, "quote", Part::Line),
    (27, "claim", Part::Line),
    (27, "quote", Part::Quotation),
    (28, "quote", Part::Quotation),
    (30, "quote", Part::Quotation),
    (31, "quote", Part::Line),
    (32, "quote", Part::Line),
    (34, "boilerplate", Part::Line),
    (38, "boilerplate", Part::Line),
];

fn part_of(line: &str, part: &Part) -> String {
    let opening = line.find('“');
    match part {
        Part::Line => line.to_owned(),
        Part::Quotation => {
            line[opening.unwrap()..line.find('”').unwrap() + '”'.len_utf8()].to_owned()
        }
        Part::Open => line[opening.unwrap()..].to_owned(),
        Part::Spoken => line[opening.unwrap() + '“'.len_utf8()..].to_owned(),
    }
}

/// A key as a keyboard of another layout gives it.
fn press_of_layout(page: &Page, key: &str, code: &str, init: Value) {
    let press = "const [key, code, init] = arguments;
        find('#article >>> .text').dispatchEvent(new KeyboardEvent('keydown',
            { key, code, bubbles: true, composed: true, cancelable: true, ...init }))";
    page.run(press, json!([key, code, init]));
}

in_each_browser! {
    fn from_the_empty_page_to_a_tagged_article_without_a_mouse(page: &Page) {
        let article = Article::start(page);
        tab_to(page, "#welcome [data-act=sample]");
        page.press(&["Enter"]);
        article.is_open("river.html");
        tab_to(page, TEXT);
        article.keys("Shift+B B J J C J Shift+P P");
        article.has_tags(&[
            ("boilerplate", "Library moves upstairs as town waits for its flood wall | Wendle Valley Post"),
            ("boilerplate", "Thursday, 6 March 2025"),
            ("claim", "Staff and volunteers in Marlow Ferry carried 22,000 books to the first floor in four days, after the river rose into the reading room for the third time since 2019"),
            ("caption", "Valley Pictures Volunteers on the library stairs"),
            ("caption", "Chain: Volunteers pass books up the library stairs on Sunday"),
        ]);
        article.keys("S Shift+Q Q Z Shift+Z");
        let tags = article.tags();
        assert_eq!(tags[5..], [
            ("quote".to_owned(), "“the shortest meeting”".to_owned()),
            ("quote".to_owned(), "“We stopped asking when the wall would come,”".to_owned()),
        ]);
        article.has_no_errors();
    }

    fn the_keys_of_the_table_tag_the_seed_article(page: &Page) {
        let Some(path) = shared("seed/article.txt") else { return };
        let seed = fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = seed.lines().collect();
        let expected: Vec<(&str, String)> = SEED_TAGS
            .iter()
            .map(|(line, label, part)| (*label, part_of(lines[line - 1], part)))
            .collect();
        let expected: Vec<(&str, &str)> = expected
            .iter()
            .map(|(label, text)| (*label, text.as_str()))
            .collect();
        let article = Article::with_text(page, &seed);
        // The picker has left the focus somewhere.
        article.reload();
        tab_to(page, TEXT);
        for row in SEED_KEYS {
            article.keys(row);
        }
        article.has_tags(&expected);
        article.is_saved();
        article.reload();
        article.has_tags(&expected);
        let last = SEED_TAGS.len() - 1;
        article.press("Z");
        article.has_tags(&expected[..last]);
        article.has_no_errors();
    }

    fn keys_choose_a_piece_of_text(page: &Page) {
        let article = Article::with_text(
            page,
            "One.\nHe said: “Two three ‘four’ five,” and so on. Then he left.\nLast line.\n",
        );
        article.focus();
        for (keys, active) in [
            ("Home", "One."),
            ("J", "He said: “Two three ‘four’ five,” and so on. Then he left."),
            ("↓", "He said: “Two three ‘four’ five,” and so on."),
            ("→", "He"),
            ("Shift+→", "He said"),
            ("Shift+→ Shift+←", "He said"),
            (".", "He said:"),
            (",", "He said"),
            ("O Shift+→", "said"),
            ("S", "“Two three ‘four’ five,”"),
            ("Shift+W", "Two three ‘four’ five,"),
            ("W W", "He said: “Two three ‘four’ five,” and so on."),
            ("Shift+↓", "He said: “Two three ‘four’ five,” and so on. Then he left."),
            ("End", "Last line."),
            ("K", "He said: “Two three ‘four’ five,” and so on. Then he left."),
            ("Esc", ""),
        ] {
            article.keys(keys);
            article.has_active(active);
        }
    }

    fn the_same_label_again_does_nothing_and_another_one_is_added(page: &Page) {
        let article = Article::with_text(page, "One two.");
        article.press("C C");
        article.has_said("Already tagged as claim. Backspace removes it.");
        article.has_tags(&[("claim", "One two.")]);
        article.keys("2");
        article.has_tags(&[("claim", "One two."), ("quote", "One two.")]);
    }

    fn tagging_goes_on_to_the_next_block_without_a_tag_and_to_marks(page: &Page) {
        let article = Article::with_text(page, "One.\nTwo.\nThree.\n");
        article.press("J C U");
        article.has_active("Three.");
        article.keys("U");
        article.has_active("One.");
        article.keys("M");
        article.has_active("Two.");
        article.keys("C Home B U U");
        article.keys("P U");
        article.has_said("All blocks have a tag");
    }

    fn all_occurrences_are_tagged_after_their_count_was_said(page: &Page) {
        let article = Article::with_text(page, "Rain and rain. Rain falls.\nRain again; Rainier not.\n");
        article.press("Home → C A");
        article.has_said("2 places more. A again tags them as claim, Esc leaves them.");
        article.has_tags(&[("claim", "Rain")]);
        article.keys("A");
        article.has_tags(&[("claim", "Rain"), ("claim", "Rain"), ("claim", "Rain")]);
        article.keys("Z");
        article.has_tags(&[("claim", "Rain")]);
    }

    fn keys_work_only_with_the_focus_in_the_text(page: &Page) {
        let article = Article::with_text(page, "One two.");
        page.run("find('.brand').focus()", json!([]));
        article.keys("C 1");
        article.has_tags(&[]);
        page.click("[aria-label=More]");
        page.click("#more [data-act=paste]");
        page.wait_for("the dialog is open", "return find('#paste-dialog').open", json!([]));
        page.type_text("cqpbz");
        assert_eq!(page.run("return find('#paste-field').value", json!([])), json!("cqpbz"));
        page.press(&["Escape"]);
        article.has_tags(&[]);
    }

    fn what_the_browser_or_an_input_method_needs_is_left_to_it(page: &Page) {
        let article = Article::with_text(page, "One two.");
        article.focus();
        for (key, code, init) in [
            ("c", "KeyC", json!({ "ctrlKey": true })),
            ("b", "KeyB", json!({ "altKey": true })),
            ("q", "KeyQ", json!({ "metaKey": true })),
            ("c", "KeyC", json!({ "isComposing": true })),
            ("Process", "KeyC", json!({})),
            ("Dead", "KeyC", json!({})),
            ("/", "KeyQ", json!({})),
            ("'", "Quote", json!({})),
            ("F2", "F2", json!({})),
        ] {
            press_of_layout(page, key, code, init);
        }
        article.has_tags(&[]);
    }

    fn other_layouts_tag_with_the_letter_shown_or_with_the_place_of_the_key(page: &Page) {
        for (key, code, tag) in [
            ("c", "KeyI", "claim"),
            ("с", "KeyC", "claim"),
            ("ζ", "KeyB", ""),
            ("&", "Digit1", "claim"),
            ("٢", "Digit2", "quote"),
            ("B", "KeyB", "boilerplate"),
        ] {
            let article = Article::with_text(page, &format!("{key} {code}."));
            article.focus();
            press_of_layout(page, key, code, json!({}));
            let tags: Vec<String> = article.tags().into_iter().map(|(label, _)| label).collect();
            let tag = if key == "ζ" { "boilerplate" } else { tag };
            assert_eq!(tags, [tag], "{key} {code}");
        }
    }

    fn the_active_piece_is_what_a_copy_copies(page: &Page) {
        let article = Article::with_text(page, "One two. Three four.");
        article.press("Home ↓");
        article.keys("Ctrl+C");
        page.click("[aria-label=More]");
        page.click("#more [data-act=name]");
        page.wait_for("the dialog is open", "return find('#name-dialog').open", json!([]));
        page.press(&["Control+v"]);
        wait_until_equal(&json!("One two."), || page.run("return find('#name-field').value", json!([])));
    }
}
