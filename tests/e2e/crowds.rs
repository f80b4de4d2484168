//! Five tabs on one document, a thousand operations interleaved: every tab, the stores and the export
//! end in one state.

use crate::article::Article;
use crate::harness::{Browser, Page, Tab, in_each_browser, wait_until, wait_until_equal};
use crate::random::{Random, rounds};
use serde_json::{Value, json};

const TABS: usize = 5;
const OPERATIONS: usize = 1_000;
/// On every change in each browser, other ones in each; a seed is an order of things.
const SEEDS: usize = 5;

/// `arguments[0]` operations with the seed `arguments[1]`, some in a row and some in later tasks, so
/// that other tabs get between them.
const WORK: &str = "
const [count, seed] = arguments;
const article = find('#article');
let state = seed;
const below = (end) => (state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 >>> 0) % end;
const labels = ['claim', 'quote', 'caption', 'boilerplate'];
// As somebody saw them a moment ago: one may be gone, which is refused.
let all = [];
const operation = () => {
    const { id } = all[below(all.length)] ?? {};
    const start = below(article.text.length - 8);
    const span = { start, end: start + 1 + below(7) };
    switch (id === undefined ? 0 : below(8)) {
        case 0: case 1: case 2: return article.annotate({ ...span, label: labels[below(4)] });
        case 3: return article.update(id, { label: labels[below(4)] });
        case 4: return article.update(id, span);
        case 5: return article.update(id, { note: String(below(9)) });
        case 6: return article.remove(id);
        default: return below(3) ? article.undo() : article.redo();
    }
};
// A later task; timers of a tab that nobody sees wait for the next second.
const { port1, port2 } = new MessageChannel();
const later = () => new Promise((next) => {
    port1.onmessage = next;
    port2.postMessage(null);
});
article.addEventListener('rubricate-change', () => (window.changedAt = Date.now()));
window.working = (async () => {
    for (let done = 0; done < count; done++) {
        if (done % 8 === 0) all = article.annotations;
        try { operation(); } catch (error) { if (!/^(TypeError|RangeError|InvalidStateError)$/.test(error.name)) throw error; }
        if (below(3) === 0) for (let tasks = 1 + below(3); tasks > 0; tasks--) await later();
    }
    await article.saved();
    window.savedAt = Date.now();
})();
";

/// What a tab shows, without the times that each tab may tell in its own words.
const SEEN: &str = "return find('#article').annotations
    .map(({ id, start, end, label, note }) => [id, start, end, label, note ?? null]).toSorted()";

/// The same of the file that it makes; in its text code points and UTF-16 code units are one.
const EXPORTED: &str = "return find('#article').export().then((file) => file.text()).then((text) => JSON.parse(text).annotations
    .map(({ id, position, label, note }) => [id, position.start, position.end, label, note ?? null]).toSorted())";

fn settle(page: &Page, tabs: &[Tab], seed: u64) {
    let article = Article::of(page);
    for tab in tabs {
        page.switch_to(tab);
        page.run("return working", json!([]));
    }
    let in_each = |script: &str| -> Vec<Value> {
        let ask = |tab: &Tab| {
            page.switch_to(tab);
            page.run(script, json!([]))
        };
        tabs.iter().map(ask).collect()
    };
    // The last messages may be on their way, to whichever tab.
    let agreed = |what: &str, script: &str| {
        wait_until(&format!("{what}, seed {seed}"), || {
            let all = in_each(script);
            all.iter().all(|one| *one == all[0]).then(|| all[0].clone())
        })
    };
    let expected = agreed("all tabs show the same", SEEN);
    let times = in_each("return [changedAt, savedAt]");
    let latest = |of: usize| {
        times
            .iter()
            .filter_map(|time| time[of].as_f64())
            .fold(0., f64::max)
    };
    let behind = latest(0) - latest(1);
    println!(
        "seed {seed}: the last change was shown {behind} ms behind the last edit that was saved"
    );
    assert_eq!(agreed("all tabs export the same", EXPORTED), expected);
    article.reload();
    assert_eq!(
        page.run(SEEN, json!([])),
        expected,
        "seed {seed}, after a reload"
    );
}

fn work_in_tabs(page: &Page, count: usize, seeds: usize) {
    let text = "Some words to tag, and some more of them. ".repeat(20);
    let article = Article::with_text(page, &text);
    let address = page.run("return location.href", json!([]));
    let mut tabs = vec![page.tab()];
    while tabs.len() < count {
        tabs.push(page.new_tab());
        page.goto(address.as_str().unwrap());
        article.is_open_with(&text);
    }
    let first = match page.browser() {
        Browser::Firefox => seeds,
        Browser::Chromium | Browser::WebKit => 0,
    };
    for seed in (first..first + seeds).map(|seed| seed as u64) {
        let mut random = Random::new(seed);
        for tab in &tabs {
            page.switch_to(tab);
            page.run(WORK, json!([OPERATIONS / count, random.next() as u32]));
        }
        settle(page, &tabs, seed);
    }
    article.has_no_errors();
}

in_each_browser! {
    fn five_tabs_with_a_thousand_operations_end_in_one_state(page: &Page) {
        work_in_tabs(page, TABS, SEEDS.max(rounds()));
    }

    fn two_tabs_with_a_thousand_operations_end_in_one_state(page: &Page) {
        work_in_tabs(page, 2, SEEDS.max(rounds()));
    }

    fn a_tab_of_an_older_version_goes_read_only_and_overwrites_nothing(page: &Page) {
        let article = Article::with_text(page, "One.\nTwo.\n");
        article.press("Home C");
        article.is_saved();
        let first = page.tab();
        // A newer version in another tab: it changes the database's form, then goes on with its own.
        page.new_tab();
        page.goto("");
        let upgrade = "return new Promise((done, failed) => {
            const request = indexedDB.open('rubricate', 2);
            request.onerror = request.onblocked = failed;
            request.onupgradeneeded = () => request.result.createObjectStore('newer').put('ours', 'key');
            request.onsuccess = () => { request.result.close(); done(true); };
        })";
        assert_eq!(page.run(upgrade, json!([])), json!(true));
        page.switch_to(&first);
        wait_until_equal(&"Not saved".to_owned(), || page.text("#saving .word"));
        let before = page.run("return JSON.stringify(Object.entries(localStorage).toSorted())", json!([]));
        article.press("J Q");
        article.has_said("This document is read-only.");
        article.has_tags(&[("claim", "One.")]);
        assert_eq!(article.run("return article.storageState"), json!("newer"));
        let after = page.run("return JSON.stringify(Object.entries(localStorage).toSorted())", json!([]));
        assert_eq!(after, before);
        // All that was made here had been saved before.
        assert_eq!(article.run("return article.saved().then(() => 'saved')"), json!("saved"));
    }
}
