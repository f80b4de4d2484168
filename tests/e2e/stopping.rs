//! The program has ended by a fault of its own: the page goes on, and offers to open the article again.

use crate::article::Article;
use crate::harness::{Page, in_each_browser};
use serde_json::json;

/// What the element is told when the program has panicked. No input is known that makes it panic.
fn stop(page: &Page) {
    let stop = "const article = find('#article');
        const all = Object.getOwnPropertySymbols(Object.getPrototypeOf(article));
        const stopped = all.find(({ description }) => description === 'stopped');
        article[stopped]();";
    page.run(stop, json!([]));
}

in_each_browser! {
    fn after_a_fault_the_article_is_opened_again_with_all_its_tags(page: &Page) {
        let article = Article::with_text(page, "One.\nTwo.\n");
        article.run("article.creator = 'Ada'");
        article.press("Home C J Q");
        article.is_saved();
        stop(page);
        let message = page.text("#article >>> [role=alert]");
        assert!(message.contains("What you have tagged is stored in this browser."), "{message}");
        assert_eq!(page.text("#title"), "article.txt");
        page.click("#article >>> [role=alert] button");
        page.wait_for("the article is back", "return find('#article >>> .block')", json!([]));
        article.run("return article.ready");
        article.has_tags(&[("claim", "One."), ("quote", "Two.")]);
        assert_eq!(article.run("return article.creator"), json!("Ada"));
        article.press("End M R B");
        article.has_tags(&[("claim", "One."), ("boilerplate", "Two.")]);
        article.is_saved();
        article.has_no_errors();
    }
}
