//! The process that shows a page is killed: nothing is lost, the last edits included.

use crate::article::Article;
use crate::harness::{Browser, Profile};
use serde_json::json;

const STORY: &str = "One.\nTwo.\nThree.\n";

fn a_killed_tab_loses_nothing(browser: Browser) {
    let profile = Profile::new();
    let page = profile.open(browser);
    let article = Article::with_text(&page, STORY);
    article.is_saved();
    let address = page.run("return location.href", json!([]));
    let address = address.as_str().unwrap();
    // The last edits are not waited for.
    article.run(
        "for (const [n, label] of ['claim', 'quote', 'caption'].entries())
             article.annotate({ start: n * 5, end: n * 5 + 3, label })",
    );
    profile.kill_tabs(&page);
    // A driven browser ends when its tab does, of itself or with its session.
    drop(page);
    let page = profile.open(browser);
    page.goto("");
    page.goto(address);
    let article = Article::of(&page);
    article.is_open_with(STORY);
    article.has_tags(&[("claim", "One"), ("quote", "Two"), ("caption", "Thr")]);
    article.is_saved();
}

#[test]
fn a_killed_tab_of_chromium_loses_nothing() {
    a_killed_tab_loses_nothing(Browser::Chromium);
}

#[test]
fn a_killed_tab_of_firefox_loses_nothing() {
    a_killed_tab_loses_nothing(Browser::Firefox);
}
