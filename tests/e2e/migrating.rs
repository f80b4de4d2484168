//! The browser is killed while this version takes over what the first one has stored: what was there is
//! there at the next start.
//!
//! `RUBRICATE_ROUNDS=50 cargo test --test e2e migrating -- --nocapture` kills thirty times in each
//! browser.

use crate::article::Article;
use crate::harness::{Browser, Profile};
use crate::random::{Random, rounds};
use crate::upgrading::{FOUND, put};
use serde_json::json;
use std::thread;
use std::time::Duration;

fn kill_while_migrating(browser: Browser) {
    let rounds = if rounds() > 1 { 30 } else { 5 };
    let mut random = Random::new(11 + browser as u64);
    let former = Profile::new();
    let page = former.open(browser);
    let (_, expected) = put(&page, 1);
    // Ended in peace, it has everything on the disk.
    drop(page);
    let address = format!("#{}", expected["id"].as_str().unwrap());
    let text = expected["text"].as_str().unwrap();
    let mut latest = 0;
    for round in 0..rounds {
        let profile = former.copy();
        let page = profile.open(browser);
        page.goto("icon.svg");
        let begin = "const [address] = arguments; setTimeout(() => location.assign('/' + address))";
        page.run(begin, json!([address]));
        // It takes some 300 ms to be open; the list of documents is counted behind that.
        let moment = random.below(900) as u64;
        latest = latest.max(moment);
        thread::sleep(Duration::from_millis(moment));
        profile.kill(page);
        let page = profile.open(browser);
        page.goto(&address);
        let article = Article::of(&page);
        article.is_open_with(text);
        let after = format!("round {round}, killed after {moment} ms");
        assert_eq!(article.run(FOUND), expected["annotations"], "{after}");
        article.is_saved();
        article.has_no_errors();
    }
    println!(
        "{browser:?}: {rounds} kills while migrating, the latest after {latest} ms, nothing lost"
    );
}

#[test]
fn a_chromium_killed_while_migrating_loses_nothing() {
    kill_while_migrating(Browser::Chromium);
}

#[test]
fn a_firefox_killed_while_migrating_loses_nothing() {
    kill_while_migrating(Browser::Firefox);
}
