//! Tagging by mouse: what is selected, how, and what a press does.

use crate::article::{Article, TEXT};
use crate::harness::in_each_browser;
use serde_json::json;

const STORY: &str = "\
The mayor closed three libraries in May. Waiting is never pleasant.
She said: “We had no warning,” and left.
";

in_each_browser! {
    fn what_was_dragged_over_is_tagged_by_a_button_or_a_key(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.drag_over("The mayor closed three libraries in May.");
        article.has_active("The mayor closed three libraries in May.");
        article.click_label("claim");
        article.has_tags(&[("claim", "The mayor closed three libraries in May.")]);
        article.has_said("Claim: “The mayor closed three libraries in May.”");
        article.drag_over("“We had no warning,”");
        article.keys("Q");
        article.has_tags(&[
            ("claim", "The mayor closed three libraries in May."),
            ("quote", "“We had no warning,”"),
        ]);
        article.has_no_errors();
    }

    fn a_double_click_takes_the_word_and_a_triple_click_the_block(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.click_on("warning", 2);
        article.keys("Q");
        article.click_on("pleasant", 3);
        article.keys("B");
        article.has_tags(&[
            ("boilerplate", "The mayor closed three libraries in May. Waiting is never pleasant."),
            ("quote", "warning"),
        ]);
    }

    fn a_drag_takes_whole_words_unless_shift_is_held(page: &Page) {
        let article = Article::with_text(page, STORY);
        for (dragged, taken) in [("ayor clos", "mayor closed"), (" three ", "three")] {
            article.drag_over(dragged);
            article.has_active(taken);
        }
        page.holding("Shift", || article.drag_over("ayor clos"));
        article.has_active("ayor clos");
        article.keys("C");
        article.has_tags(&[("claim", "ayor clos")]);
    }

    fn a_drag_backwards_or_out_of_the_text_takes_what_lies_between(page: &Page) {
        let article = Article::with_text(page, STORY);
        let (start, end) = page.ends_of_text(TEXT, "closed three");
        page.drag(end, start);
        article.has_active("closed three");
        let (start, _) = page.ends_of_text(TEXT, "had no");
        let bar = page.middle("#article >>> .status");
        page.drag(start, bar);
        article.has_active("had no warning,” and left.");
    }

    fn a_selection_over_two_blocks_is_a_tag_in_each(page: &Page) {
        let article = Article::with_text(page, STORY);
        let (start, _) = page.ends_of_text(TEXT, "pleasant.");
        let (_, end) = page.ends_of_text(TEXT, "She said:");
        page.drag(start, end);
        article.keys("B");
        article.has_tags(&[("boilerplate", "pleasant."), ("boilerplate", "She said:")]);
        article.keys("Z");
        article.has_tags(&[]);
    }

    fn with_a_pen_each_selection_is_tagged_at_once(page: &Page) {
        let article = Article::with_text(page, STORY);
        page.click("#article >>> .labels .pen");
        article.click_label("quote");
        article.has_said("Quote pen: each selection is tagged at once. Esc puts it away.");
        assert_eq!(page.text("#article >>> .labels .pen"), "✎ Quote pen");
        article.drag_over("three libraries");
        article.click_on("warning", 2);
        article.has_tags(&[("quote", "three libraries"), ("quote", "warning")]);
        article.keys("Esc");
        article.has_said("Pen put away.");
        article.drag_over("pleasant");
        article.has_active("pleasant");
        article.has_tags(&[("quote", "three libraries"), ("quote", "warning")]);
        page.click("#article >>> .labels .pen");
        article.click_label("claim");
        article.is_saved();
        article.reload();
        assert_eq!(page.text("#article >>> .labels .pen"), "✎ Pen");
    }

    fn a_press_takes_the_annotations_there_in_turn_the_innermost_first(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.drag_over("closed three libraries");
        article.keys("C");
        article.drag_over("three");
        article.keys("Q");
        article.click_on("pleasant", 1);
        article.has_active("");
        article.click_on("three", 1);
        article.has_active("three");
        // Far enough in time or place to be no double click: the pointer leaves and comes back.
        article.click_on("pleasant", 1);
        article.click_on("closed", 1);
        article.has_active("closed three libraries");
    }

    fn a_row_of_the_list_leads_to_its_annotation(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.drag_over("three libraries");
        article.keys("C");
        article.click_on("pleasant", 1);
        article.has_active("");
        page.click("#article >>> .list .row");
        article.has_active("three libraries");
        assert_eq!(
            page.run("return find('#article >>> .list .row').getAttribute('aria-selected')", json!([])),
            json!("true")
        );
    }
}
