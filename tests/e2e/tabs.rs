//! Two tabs on one document: each sees what the other does, and nothing is lost.

use crate::article::Article;
use crate::harness::{Page, Tab, in_each_browser, wait_until_equal};
use serde_json::json;

const STORY: &str = "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\n";

/// Opens the story in two tabs; gives the first and the second, and stays in the second.
fn in_two_tabs(page: &Page) -> (Article<'_>, Tab, Tab) {
    let article = Article::with_text(page, STORY);
    let address = page.run("return location.href", json!([]));
    let first = page.tab();
    let second = page.new_tab();
    page.goto(address.as_str().unwrap());
    article.is_open_with(STORY);
    (article, first, second)
}

in_each_browser! {
    fn what_one_tab_makes_the_other_shows(page: &Page) {
        let (article, first, second) = in_two_tabs(page);
        article.press("Home C");
        page.switch_to(&first);
        article.has_tags(&[("claim", "One.")]);
        article.press("End Q");
        article.has_tags(&[("claim", "One."), ("quote", "Six.")]);
        page.switch_to(&second);
        article.has_tags(&[("claim", "One."), ("quote", "Six.")]);
        article.press("Home M R B");
        page.switch_to(&first);
        article.has_tags(&[("boilerplate", "One."), ("quote", "Six.")]);
        let count = "return find('#article >>> .labels [data-label=boilerplate] .count').textContent";
        wait_until_equal(&json!("1"), || page.run(count, json!([])));
        article.has_no_errors();
    }

    fn what_both_make_at_the_same_time_is_all_kept(page: &Page) {
        let (article, first, second) = in_two_tabs(page);
        // Each tab tags on its own clock, without waiting for the other.
        let tag = |start: u32| {
            article.run(&format!(
                "let line = {start};
                 const lines = article.text.split('\\n');
                 const tagging = setInterval(() => {{
                     if (line >= lines.length - 1) return clearInterval(tagging);
                     const at = lines.slice(0, line).join('\\n').length + (line > 0);
                     article.annotate({{ start: at, end: at + lines[line].length, label: 'claim' }});
                     line += 2;
                 }}, 1);"
            ));
        };
        tag(0);
        page.switch_to(&first);
        tag(1);
        let all: Vec<(&str, &str)> = STORY.lines().map(|line| ("claim", line)).collect();
        article.has_tags(&all);
        page.switch_to(&second);
        article.has_tags(&all);
        article.is_saved();
        article.reload();
        article.has_tags(&all);
    }

    fn undo_leaves_alone_what_the_other_tab_did(page: &Page) {
        let (article, first, second) = in_two_tabs(page);
        article.press("Home C");
        page.switch_to(&first);
        article.has_tags(&[("claim", "One.")]);
        article.press("End Q");
        page.switch_to(&second);
        article.has_tags(&[("claim", "One."), ("quote", "Six.")]);
        article.press("Z");
        article.has_tags(&[("quote", "Six.")]);
        article.keys("Z");
        article.has_said("Nothing to undo.");
        page.switch_to(&first);
        article.has_tags(&[("quote", "Six.")]);
        article.press("Z");
        article.has_tags(&[]);
    }

    fn undo_of_one_field_keeps_the_other_tabs_change_of_another(page: &Page) {
        let (article, first, second) = in_two_tabs(page);
        article.press("Home C");
        page.switch_to(&first);
        article.has_tags(&[("claim", "One.")]);
        article.press("Home M R Q");
        page.switch_to(&second);
        article.has_tags(&[("quote", "One.")]);
        article.run("article.update(article.annotations[0].id, { note: 'mine' })");
        article.press("Z");
        article.has_tags(&[("quote", "One.")]);
        wait_until_equal(&json!(null), || article.run("return article.annotations[0].note ?? null"));
        page.switch_to(&first);
        wait_until_equal(&json!(null), || article.run("return article.annotations[0].note ?? null"));
        article.has_tags(&[("quote", "One.")]);
    }

    fn what_a_closed_tab_made_is_there(page: &Page) {
        let (article, first, _) = in_two_tabs(page);
        article.press("Home C");
        article.is_saved();
        page.close_tab();
        page.switch_to(&first);
        article.has_tags(&[("claim", "One.")]);
        article.reload();
        article.has_tags(&[("claim", "One.")]);
    }
}
