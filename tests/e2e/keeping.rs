//! What is kept, where, and what is said of it.

use crate::article::Article;
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

const STORY: &str = "One two.\nThree four.\n";

/// Helpers for scripts that look into both stores.
const STORES: &str = "
const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
});
const database = () => asked(indexedDB.open('rubricate'));
const inDatabase = async () => {
    const db = await database();
    const records = await asked(db.transaction('journal').objectStore('journal').getAll());
    db.close();
    return records.toSorted();
};
const inLocalStorage = () => Object.keys(localStorage)
    .filter((key) => key.startsWith('rubricate:j:')).map((key) => localStorage[key]).toSorted();
";

/// A record of the open document as a newer version would write it: `newer`, the line; `key`, the name of
/// one that is stored; `article`.
const NEWER: &str = "
const crc = (text) => {
    let sum = ~0;
    for (const byte of new TextEncoder().encode(text)) {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit++) sum = sum >>> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return (~sum >>> 0).toString(16).padStart(8, '0');
};
const article = find('#article');
const key = Object.keys(localStorage).find((key) => key.startsWith('rubricate:j:'));
const json = localStorage[key].slice(9).replace(/\"v\":\\d+/, '\"v\":999');
const newer = `${crc(json)} ${json}`;
";

fn look(page: &Page, script: &str) -> Value {
    page.run(&format!("{STORES}{script}"), json!([]))
}

in_each_browser! {
    fn a_reload_brings_everything_back(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C J Q");
        article.run("article.update(article.annotations[1].id, { note: 'why' })");
        let before = article.run("return article.annotations");
        article.is_saved();
        article.reload();
        assert_eq!(article.run("return article.annotations"), before);
        assert_eq!(page.text("#title"), "article.txt");
        page.click(".brand");
        article.is_welcomed();
        assert_eq!(page.text("#kept .name"), "article.txt");
        assert_eq!(page.text("#kept .count"), "2 annotations");
        page.click("#kept .document");
        article.is_open_with(STORY);
        assert_eq!(article.run("return article.annotations"), before);
    }

    fn the_same_file_opened_again_has_its_tags(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.open_text("Another text.");
        article.has_tags(&[]);
        article.open_text(STORY);
        article.has_tags(&[("claim", "One two.")]);
    }

    fn a_text_whose_id_another_text_takes_keeps_its_annotations(page: &Page) {
        let article = Article::start(page);
        article.run("return article.load({ text: 'One.', id: 'same' })");
        article.run("article.annotate({ start: 0, end: 3, label: 'claim' }); return article.saved()");
        article.run("return article.load({ text: 'Two.', id: 'same' })");
        article.run("return article.saved()");
        article.has_noticed("1 annotation could not be found in the changed text");
        let again = "return article.load({ text: 'One.', id: 'same' }).then(() => article.annotations.length)";
        assert_eq!(article.run(again), json!(1));
    }

    fn saved_is_said_when_indexeddb_has_it_and_not_before(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.is_saved();
        // A transaction of ours that is kept alive holds up every later one on the same store.
        look(page, "
            return database().then((db) => {
                const store = db.transaction('journal', 'readwrite').objectStore('journal');
                window.hold = true;
                const wait = () => {
                    if (window.hold) store.get('none').onsuccess = wait;
                    else db.close();
                };
                wait();
            })");
        page.run("
            window.told = [];
            find('#article').addEventListener('rubricate-saved', () => told.push('saved'));
            find('#article').addEventListener('rubricate-change', ({ target }) =>
                told.push(`dirty ${target.dirty}, ${find('#saving .word').textContent}`));", json!([]));
        article.press("Home C");
        article.has_tags(&[("claim", "One two.")]);
        assert_eq!(page.run("return told", json!([])), json!(["dirty true, Saving…"]));
        assert_eq!(look(page, "return inLocalStorage().length"), json!(1));
        article.keys("J Q");
        article.has_tags(&[("claim", "One two."), ("quote", "Three four.")]);
        assert_eq!(page.text("#saving .word"), "Saving…");
        assert_eq!(article.run("return article.storageState"), json!("saving"));
        page.run("window.hold = false", json!([]));
        article.is_saved();
        assert_eq!(article.run("return article.dirty"), json!(false));
        assert_eq!(look(page, "return inDatabase().then((records) => records.length)"), json!(2));
        assert_eq!(page.run("return told.at(-1)", json!([])), json!("saved"));
    }

    fn both_stores_hold_the_same_records(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C J Q Z Shift+Z");
        article.is_saved();
        let local = look(page, "return inLocalStorage()");
        assert_eq!(local.as_array().unwrap().len(), 4);
        assert_eq!(look(page, "return inDatabase()"), local);
    }

    fn either_store_alone_brings_everything_back(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C J Q");
        article.is_saved();
        let both = [("claim", "One two."), ("quote", "Three four.")];
        look(page, "for (const key of Object.keys(localStorage)) if (key.startsWith('rubricate:j:')) delete localStorage[key]");
        article.reload();
        article.has_tags(&both);
        article.press("Home P");
        article.is_saved();
        look(page, "return database().then((db) => new Promise((done) => {
            const all = db.transaction('journal', 'readwrite');
            all.objectStore('journal').clear();
            all.oncomplete = () => { db.close(); done(); };
        }))");
        article.reload();
        article.has_tags(&[("caption", "One two.")]);
    }

    fn a_damaged_record_is_said_and_left_alone(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.is_saved();
        let key = look(page, "
            const key = Object.keys(localStorage).find((key) => key.startsWith('rubricate:j:'));
            const other = key.replace(/[^:]*:\\d+$/, '0123456789abcdef:0');
            localStorage[other] = localStorage[key].replace('claim', 'quote');
            return other");
        article.reload();
        article.has_noticed("1 stored record could not be read and was left as it is; everything else is here.");
        article.has_tags(&[("claim", "One two.")]);
        assert_eq!(
            page.run("return localStorage[arguments[0]].includes('quote')", json!([key])),
            json!(true)
        );
    }

    fn a_record_of_a_newer_version_makes_the_document_read_only(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.is_saved();
        look(page, &format!("{NEWER} localStorage[key.replace(/[^:]*:\\d+$/, '0123456789abcdef:0')] = newer"));
        article.reload();
        article.has_noticed("1 stored record comes from a newer version of Rubricate, so this document is read-only here.");
        article.has_tags(&[("claim", "One two.")]);
        article.press("J Q");
        article.has_said("This document is read-only.");
        article.has_tags(&[("claim", "One two.")]);
    }

    fn a_newer_version_at_work_in_another_tab_makes_the_document_read_only(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.is_saved();
        look(page, &format!("{NEWER} new BroadcastChannel('rubricate').postMessage(['record', article.document.id, '0123456789abcdef', '0', newer])"));
        article.has_noticed("1 stored record comes from a newer version of Rubricate, so this document is read-only here.");
        article.press("J Q");
        article.has_said("This document is read-only.");
        article.has_tags(&[("claim", "One two.")]);
        assert_eq!(article.run("return article.storageState"), json!("saved"));
    }

    fn where_storage_is_refused_that_is_said_and_work_goes_on(page: &Page) {
        page.refuse_storage();
        let article = Article::with_text(page, STORY);
        article.press("Home C J Q Z");
        article.has_tags(&[("claim", "One two.")]);
        wait_until_equal(&"Not saved".to_owned(), || page.text("#saving .word"));
        page.click("#saving");
        let sentence = page.text("#saving-sentence");
        assert!(sentence.contains("Download your work before you close this tab."), "{sentence}");
        article.has_noticed("Not saved: ");
        assert_eq!(article.run("return article.dirty"), json!(true));
        page.press(&["Escape"]);
        page.click(".bar [data-act=download]");
        page.click("#download-dialog .primary");
        page.wait_for("it asks for a name", "return find('#name-dialog').open", json!([]));
        page.click("#name-dialog .primary");
        let (_, content) = page.downloaded();
        let data: Value = serde_json::from_slice(&content).unwrap();
        assert_eq!(data["annotations"][0]["quote"]["exact"], "One two.");
    }
}
