//! Stores without room, stores that fail, and none at all: said within a second, nothing is lost, and
//! the download holds everything.

use crate::article::Article;
use crate::harness::{Browser, Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

const STORY: &str = "One two.\nThree four.\nFive six.\n";

/// Takes the last unit of local storage.
const FILL: &str = "
for (let size = 1 << 22, n = 0; size >= 1;)
    try { localStorage.setItem('fill:' + n, 'x'.repeat(size)); n++; } catch { size >>= 1; }
for (let n = 0; ; n++) try { localStorage.setItem(String.fromCharCode(0x4e00 + n), ''); } catch { break; }
";

/// Takes what the browser gives to IndexedDB, but for less than a kilobyte; gives how many bytes that were.
const FILL_INDEXED_DB: &str = "
return new Promise((opened, failed) => {
    const request = indexedDB.open('fill');
    request.onupgradeneeded = () => request.result.createObjectStore('fill', { autoIncrement: true });
    request.onsuccess = () => opened(request.result);
    request.onerror = failed;
}).then(async (database) => {
    let taken = 0;
    const add = (bytes) => new Promise((settled) => {
        const transaction = database.transaction('fill', 'readwrite');
        transaction.oncomplete = () => settled(true);
        transaction.onabort = () => settled(false);
        transaction.objectStore('fill').add(bytes);
    });
    for (let size = 1 << 16; size >= 512;) {
        if (await add(crypto.getRandomValues(new Uint8Array(size)))) taken += size;
        else size /= 2;
    }
    database.close();
    return taken;
})";

/// From now on each of both stores refuses what is to be written.
const FAIL: &str = "
window.failing = true;
const { setItem } = Storage.prototype;
Storage.prototype.setItem = function (...values) {
    if (failing) throw new DOMException('injected', 'QuotaExceededError');
    return setItem.apply(this, values);
};
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    if (failing && mode === 'readwrite') throw new DOMException('injected', 'QuotaExceededError');
    return transaction.call(this, stores, mode, ...rest);
};
";

/// Times by the page's own clock how long it takes until `word` is said after a tag, in milliseconds.
fn time_to_say(page: &Page, word: &str) -> f64 {
    let script = "const article = find('#article');
        const at = article.text.indexOf('Five');
        return new Promise((done) => {
            const start = performance.now();
            article.annotate({ start: at, end: at + 9, label: 'caption' });
            const look = () => find('#saving .word').textContent === arguments[0]
                ? done(performance.now() - start) : setTimeout(look, 5);
            look();
        })";
    page.run(script, json!([word])).as_f64().unwrap()
}

fn exported(article: &Article) -> Vec<String> {
    let exported: Value = article.run(
        "return article.export().then((file) => file.text()).then((text) =>
        JSON.parse(text).annotations.map(({ quote }) => quote.exact))",
    );
    serde_json::from_value(exported).unwrap()
}

in_each_browser! {
    fn with_local_storage_full_before_and_during_work_nothing_is_lost(page: &Page) {
        page.goto("");
        page.run(FILL, json!([]));
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.is_saved();
        article.run("return article.saved()");
        page.run(FILL, json!([]));
        article.press("J Q");
        article.is_saved();
        article.reload();
        article.has_tags(&[("claim", "One two."), ("quote", "Three four.")]);
        article.has_no_errors();
    }

    fn when_both_stores_fail_that_is_said_at_once_and_never_saved(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.is_saved();
        page.run(FAIL, json!([]));
        page.run("window.told = []; find('#article').addEventListener('rubricate-saved', () => told.push('saved'))", json!([]));
        println!("said after {} ms", time_to_say(page, "Not saved"));
        assert_eq!(article.run("return article.dirty"), json!(true));
        let refused = article.run("return article.saved().then(() => 'saved', ({ message }) => message)");
        assert!(refused.as_str().unwrap().starts_with("Not saved: "), "{refused}");
        assert_eq!(page.run("return told", json!([])), json!([]));
        assert_eq!(exported(&article), ["One two.", "Five six."]);
        article.has_no_errors();
        // Once there is room again, it is stored unasked.
        page.run("window.failing = false", json!([]));
        wait_until_equal(&"Saved here".to_owned(), || page.text("#saving .word"));
        article.reload();
        article.has_tags(&[("claim", "One two."), ("caption", "Five six.")]);
    }

    fn a_document_that_is_left_while_both_stores_fail_is_stored_later(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.is_saved();
        page.run(FAIL, json!([]));
        article.press("Home C");
        wait_until_equal(&"Not saved".to_owned(), || page.text("#saving .word"));
        article.run("return article.load({ text: 'Another text.' })");
        // What waits of the former document counts as unsaved as long as the page could lose it.
        assert_eq!(article.run("return article.dirty"), json!(true));
        page.run("window.failing = false", json!([]));
        article.run("return article.saved().catch(() => {})");
        wait_until_equal(&json!(false), || article.run("return article.dirty"));
        article.open_text(STORY);
        article.has_tags(&[("claim", "One two.")]);
        article.reload();
        article.has_tags(&[("claim", "One two.")]);
    }

    fn where_indexeddb_answers_late_work_goes_on_and_is_saved_when_it_does(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.is_saved();
        // Its answers wait until they are let go.
        page.run("
            window.late = [];
            const { open } = IDBFactory.prototype;
            const add = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete').set;
            Object.defineProperty(IDBTransaction.prototype, 'oncomplete', { set(done) {
                add.call(this, done && ((event) => window.late ? late.push(() => done(event)) : done(event)));
            } });", json!([]));
        article.press("Home C J Q");
        article.has_tags(&[("claim", "One two."), ("quote", "Three four.")]);
        assert_eq!(article.run("return article.dirty"), json!(true));
        assert_eq!(page.text("#saving .word"), "Saving…");
        page.wait_for("an answer waits", "return late.length", json!([]));
        page.run("const waiting = late; window.late = null; for (const answer of waiting) answer()", json!([]));
        article.is_saved();
        article.reload();
        article.has_tags(&[("claim", "One two."), ("quote", "Three four.")]);
    }
}

/// Firefox with a preference that takes storage away.
fn without_storage(preference: &str, value: Value) {
    let page = Page::open_with(Browser::Firefox, |wanted| {
        wanted["moz:firefoxOptions"]["prefs"][preference] = value;
    });
    let article = Article::with_text(&page, STORY);
    article.press("Home C");
    article.has_tags(&[("claim", "One two.")]);
    assert_eq!(exported(&article), ["One two."]);
    article.has_no_errors();
}

#[test]
fn where_local_storage_is_null_firefox_goes_on_with_indexeddb() {
    without_storage("dom.storage.enabled", json!(false));
}

#[test]
fn in_a_private_window_firefox_starts_and_exports() {
    without_storage("browser.privatebrowsing.autostart", json!(true));
}

#[test]
fn with_cookies_blocked_firefox_starts_and_exports() {
    without_storage("network.cookie.cookieBehavior", json!(2));
}

/// Its quota is the browser's own: what IndexedDB and local storage refuse here, they refuse on a full disk.
#[test]
fn on_a_full_disk_chromium_goes_on_and_saves_when_there_is_room() {
    let page = &Page::open(Browser::Chromium);
    page.goto("");
    page.limit_storage(Some(4_000_000));
    let article = Article::with_text(page, STORY);
    article.press("Home C");
    article.is_saved();
    let taken = page.run(FILL_INDEXED_DB, json!([])).as_u64().unwrap();
    assert!(taken > 1_000_000, "{taken}");
    page.run(FILL, json!([]));
    article.press("J Q");
    wait_until_equal(&"Not saved".to_owned(), || page.text("#saving .word"));
    assert_eq!(exported(&article), ["One two.", "Three four."]);
    assert_eq!(article.run("return article.dirty"), json!(true));
    page.limit_storage(None);
    wait_until_equal(&"Saved here".to_owned(), || page.text("#saving .word"));
    article.reload();
    article.has_tags(&[("claim", "One two."), ("quote", "Three four.")]);
    article.has_no_errors();
}
