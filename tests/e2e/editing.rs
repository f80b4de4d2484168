//! Changing what was tagged, taking it back, and having it again.

use crate::article::{Article, Tag};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::json;

const STORY: &str =
    "The mayor closed three libraries in May. Waiting is never pleasant.\nLast line.\n";
const FIRST: &str = "The mayor closed three libraries in May.";

/// Waits until the card shows, and has the focus.
fn card_is_open(page: &Page) {
    let open = "const card = find('#article >>> .card');
        return !card.hidden && card.matches(':focus-within')";
    page.wait_for("the card is open", open, json!([]));
}

fn card_is_closed(page: &Page) {
    let closed =
        "return find('#article >>> .card').hidden && find('#article >>> .text').matches(':focus')";
    page.wait_for(
        "the card is closed and the text has the focus",
        closed,
        json!([]),
    );
}

/// The notes of all annotations, in document order.
fn notes(article: &Article) -> serde_json::Value {
    article.run("return article.annotations.map(({ note }) => note ?? null)")
}

in_each_browser! {
    fn a_tag_gets_another_label_by_a_key_or_in_its_card(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home ↓ C R Q");
        article.has_tags(&[("quote", FIRST)]);
        article.has_said("Claim is now quote.");
        article.keys("R Esc P");
        article.has_tags(&[("quote", FIRST), ("caption", FIRST)]);
        article.keys("Enter");
        card_is_open(page);
        page.click("#article >>> .card [data-label=boilerplate]");
        page.click("#article >>> .card .done");
        article.has_tags(&[("quote", FIRST), ("boilerplate", FIRST)]);
        card_is_closed(page);
        article.has_no_errors();
    }

    fn the_ends_of_a_tag_are_moved_by_keys_kept_or_put_back(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home ↓ C E Shift+← Shift+← Shift+← O Shift+→ Enter");
        article.has_tags(&[("claim", "mayor closed three libraries")]);
        article.has_said("New ends: “mayor closed three libraries”");
        article.keys("E , , Esc");
        article.has_said("The ends are as they were.");
        article.has_tags(&[("claim", "mayor closed three libraries")]);
        article.keys("Z");
        article.has_tags(&[("claim", FIRST)]);
        article.keys("Z");
        article.has_tags(&[]);
    }

    fn a_note_is_written_kept_and_taken_away(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home ↓ C N");
        card_is_open(page);
        page.type_text("unsure: éc");
        page.press(&["Control+Enter"]);
        card_is_closed(page);
        wait_until_equal(&json!(["unsure: éc"]), || notes(&article));
        article.has_tags(&[("claim", FIRST)]);
        let mark = "return find('#article >>> .row .note-mark').checkVisibility()";
        wait_until_equal(&json!(true), || page.run(mark, json!([])));
        article.keys("N");
        card_is_open(page);
        page.press(&["Control+a", "Delete", "Escape"]);
        card_is_closed(page);
        wait_until_equal(&json!([null]), || notes(&article));
        article.keys("Z");
        wait_until_equal(&json!(["unsure: éc"]), || notes(&article));
        article.keys("Z");
        wait_until_equal(&json!([null]), || notes(&article));
    }

    fn a_note_outlives_the_opening_of_another_document(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home ↓ C N");
        card_is_open(page);
        page.type_text("half a thought");
        article.run("return article.load({ text: 'Another text.' })");
        article.open_text(STORY);
        wait_until_equal(&json!(["half a thought"]), || notes(&article));
    }

    fn what_was_deleted_comes_back_by_the_button_beside_the_sentence(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home ↓ C Backspace");
        article.has_tags(&[]);
        article.has_said("Deleted: claim “The mayor closed three libraries in May.”, block 1.");
        page.click("#article >>> .status .undo");
        article.has_tags(&[("claim", FIRST)]);
        article.has_said("Undone: claim “The mayor closed three libraries in May.”, block 1.");
    }

    fn all_are_deleted_without_asking_and_come_back_at_once(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C J B Home ↓ Q");
        let before: Vec<Tag> = article.tags();
        assert_eq!(before.len(), 3);
        page.click("[aria-label=More]");
        page.click("#more [data-act=clear]");
        article.has_tags(&[]);
        article.page_has_said("3 annotations deleted.");
        page.click("#notice .action");
        wait_until_equal(&before, || article.tags());
        article.press("Z");
        wait_until_equal(&2, || article.tags().len());
    }

    fn everything_is_undone_and_redone_step_by_step_across_reloads(page: &Page) {
        let article = Article::with_text(page, STORY);
        let all = || (article.tags(), notes(&article));
        let mut states = vec![all()];
        article.focus();
        let mut then = |act: &dyn Fn()| {
            act();
            wait_until_equal(&true, || states.last() != Some(&all()));
            states.push(all());
        };
        then(&|| article.keys("Home C"));
        then(&|| article.keys("J B"));
        then(&|| article.keys("Home ↓ Q"));
        then(&|| article.keys("R P"));
        then(&|| article.keys("E Shift+← Enter"));
        then(&|| {
            article.keys("N");
            card_is_open(page);
            page.type_text("why");
            page.press(&["Control+Enter"]);
            card_is_closed(page);
        });
        then(&|| article.keys("Backspace"));
        then(&|| drop(article.run("return article.clear()")));
        article.is_saved();
        article.reload();
        for (step, state) in states.iter().rev().enumerate().skip(1) {
            article.press("Z");
            wait_until_equal(state, all);
            if step == 4 {
                article.is_saved();
                article.reload();
                wait_until_equal(state, all);
            }
        }
        article.keys("Z");
        article.has_said("Nothing to undo.");
        article.is_saved();
        article.reload();
        for state in &states[1..] {
            article.press("Shift+Z");
            wait_until_equal(state, all);
        }
        article.keys("Shift+Z");
        article.has_said("Nothing to redo.");
        article.has_no_errors();
    }
}
