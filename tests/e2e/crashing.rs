//! The process that shows a page is killed: the browser goes on, and nothing is lost, the last edit
//! included.

use crate::article::Article;
use crate::harness::{Browser, Page, kill};
use serde_json::json;

const STORY: &str = "One.\nTwo.\nThree.\n";

/// The processes that show tabs.
fn of_tabs(page: &Page) -> Vec<u64> {
    match page.browser() {
        Browser::Firefox => {
            let process = "return gBrowser.selectedBrowser.frameLoader.remoteTab.osPid";
            let process = page
                .session
                .execute_privileged(process, &json!([]))
                .unwrap();
            vec![process.as_u64().unwrap()]
        }
        _ => {
            let command = json!({ "cmd": "SystemInfo.getProcessInfo", "params": {} });
            let all = page.session.post("/goog/cdp/execute", &command).unwrap();
            let all = all["processInfo"].as_array().unwrap();
            let tabs = all.iter().filter(|process| process["type"] == "renderer");
            tabs.map(|process| process["id"].as_u64().unwrap())
                .collect()
        }
    }
}

fn a_killed_tab_loses_nothing(browser: Browser) {
    let page = Page::open(browser);
    let article = Article::with_text(&page, STORY);
    article.is_saved();
    let address = page.run("return location.href", json!([]));
    // The last edits are not waited for.
    article.run(
        "for (const [n, label] of ['claim', 'quote', 'caption'].entries())
        article.annotate({ start: n * 5, end: n * 5 + 3, label })",
    );
    kill(&of_tabs(&page));
    // A command to the dead tab fails; another tab of the same browser shows what is kept.
    let _ = page.try_run("return 1", json!([]));
    let opened = page.session.post("/window/new", &json!({ "type": "tab" }));
    if let Ok(opened) = opened {
        let handle = json!({ "handle": opened["handle"] });
        page.session.post("/window", &handle).unwrap();
    }
    page.goto(address.as_str().unwrap());
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
