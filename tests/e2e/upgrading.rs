//! Stores as released versions have written them open in every browser; those of newer versions are
//! shown and left alone.

use crate::article::Article;
use crate::harness::{Page, in_each_browser};
use serde_json::{Value, json};

const FIRST: &str = include_str!("../fixtures/stores/1.json");
/// With lines of the second form, of a text that was changed.
const SECOND: &str = include_str!("../fixtures/stores/2.json");
/// With lines of the third form, which have attributes.
const THIRD: &str = include_str!("../fixtures/stores/3.json");

/// Puts a store in place, as version `arguments[1]` of the database, where no program runs yet.
const PUT: &str = "
const [store, version] = arguments;
return (async () => {
    const asked = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const opening = indexedDB.open('rubricate', version);
    opening.onupgradeneeded = () => {
        for (const name of ['journal', 'snapshots', 'documents', 'texts']) opening.result.createObjectStore(name);
    };
    const db = await asked(opening);
    const all = db.transaction(['journal', 'snapshots', 'documents', 'texts'], 'readwrite');
    for (const [document, writer, sequence, line] of store.indexed.journal)
        all.objectStore('journal').put(line, [document, writer, sequence]);
    for (const name of ['snapshots', 'documents', 'texts'])
        for (const [key, line] of store.indexed[name]) all.objectStore(name).put(line, key);
    await new Promise((done) => (all.oncomplete = done));
    db.close();
    Object.assign(localStorage, store.local);
})()";

/// A store as the first version has written it, in the database of that version; what is expected of it.
pub fn put<'p>(page: &'p Page, version: u32) -> (Article<'p>, Value) {
    put_store(page, FIRST, version)
}

fn put_store<'p>(page: &'p Page, store: &str, version: u32) -> (Article<'p>, Value) {
    let store: Value = serde_json::from_str(store).unwrap();
    page.goto("icon.svg");
    page.run(PUT, json!([store, version]));
    // An image alone has no icon of its own.
    page.errors();
    (Article::of(page), store["expected"].clone())
}

/// The annotations as the store's expectation has them.
pub const FOUND: &str = "return article.annotations.map(({ id, label, text, note }) => ({ id, label, text, note: note ?? null }))";

/// What local storage has of documents.
const JOURNAL: &str = "return JSON.stringify(Object.entries(localStorage)
    .filter(([key]) => key.startsWith('rubricate:j:')).toSorted())";

in_each_browser! {
    fn a_store_of_the_first_version_opens_with_everything_in_it(page: &Page) {
        let (article, expected) = put(page, 1);
        page.goto(&format!("#{}", expected["id"].as_str().unwrap()));
        article.is_open_with(expected["text"].as_str().unwrap());
        assert_eq!(article.run(FOUND), expected["annotations"]);
        assert_eq!(page.text("#title"), expected["title"].as_str().unwrap());
        article.is_saved();
        // Work goes on in it.
        article.run("article.annotate({ start: 0, end: 4, label: 'claim' }); return article.saved()");
        article.reload();
        assert_eq!(article.run("return article.annotations.length"), json!(3));
        article.has_no_errors();
    }

    fn a_store_of_a_changed_text_opens_with_what_was_carried_over(page: &Page) {
        let (article, expected) = put_store(page, SECOND, 1);
        page.goto(&format!("#{}", expected["id"].as_str().unwrap()));
        article.is_open_with(expected["text"].as_str().unwrap());
        let found = "return article.annotations.map(({ id, label, text, note }) => ({ id, label, text, note: note ?? null, attributes: {} }))";
        assert_eq!(article.run(found), expected["annotations"]);
        article.is_saved();
        // Also what the second version had undone.
        article.run("article.redo(); article.redo(); return article.saved()");
        article.has_no_errors();
    }

    fn a_store_with_attributes_opens_with_them(page: &Page) {
        let (article, expected) = put_store(page, THIRD, 1);
        page.goto(&format!("#{}", expected["id"].as_str().unwrap()));
        article.is_open_with(expected["text"].as_str().unwrap());
        let found = "return article.annotations.map(({ id, label, text, note, attributes }) => ({ id, label, text, note: note ?? null, attributes: attributes ?? {} }))";
        assert_eq!(article.run(found), expected["annotations"]);
        assert_eq!(article.run("return [article.document.state, article.document.reason]"), json!(["skipped", "a copy"]));
        article.is_saved();
        article.has_no_errors();
    }

    fn a_store_of_a_newer_version_is_left_alone(page: &Page) {
        let (article, _) = put(page, 2);
        page.goto("");
        page.wait_for("it starts", "return customElements.get('rubricate-article')", json!([]));
        let before = page.run(JOURNAL, json!([]));
        article.run("return article.load({ text: 'One two.' })");
        let refused = "try { article.annotate({ start: 0, end: 3, label: 'claim' }) } catch ({ message }) { return message }";
        assert_eq!(article.run(refused), json!("This document is read-only."));
        assert_eq!(article.run("return article.storageState"), json!("newer"));
        assert_eq!(page.run(JOURNAL, json!([])), before);
    }
}
