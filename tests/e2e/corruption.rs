//! Two hundred damaged records among intact ones, in both stores: each is reported and left where it
//! is, and all that is intact comes back.

use crate::article::Article;
use crate::harness::in_each_browser;
use serde_json::json;

/// Damages `arguments[0]` records, each in the manner of its number, some in one store alone; gives
/// how many are damaged in both, and the ids of the annotations whose only record that was.
const DAMAGE: &str = "
const count = arguments[0];
const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
});
const db = await asked(indexedDB.open('rubricate'));
const all = db.transaction('journal', 'readwrite');
const journal = all.objectStore('journal');
const keys = await asked(journal.getAllKeys());
const contents = await asked(journal.getAll());
const half = (line) => line.slice(0, line.length >> 1);
const flip = (line, at) => line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ 1) + line.slice(at + 1);
const MANNERS = [
    half,
    () => '',
    () => 'null',
    () => '00000000 {}',
    (line) => line + ' ',
    (line) => line.toUpperCase(),
    (line) => line.slice(9),
    (line) => line.slice(1),
    (line, n) => flip(line, n % line.length),
    (line, n) => flip(line, line.length - 1 - n % 40),
    (line) => line.replace('claim', 'quote'),
    (line) => line + line,
    (line, n) => contents[(n + 1) % contents.length].slice(0, 9) + line.slice(9),
    (line) => '\\ud800' + line,
];
// What is no string can be in the database alone.
const ODD = [() => 5, () => null, () => ({}), () => new Uint8Array(9), () => undefined, () => [1]];
const lost = [];
let both = 0;
for (let n = 0; n < count; n++) {
    const line = contents[n];
    const [document, writer, sequence] = keys[n];
    const name = `rubricate:j:${encodeURIComponent(document)}:${writer}:${sequence}`;
    if (!(name in localStorage)) throw new Error(name);
    const where = n % 4;
    if (where !== 1) journal.put((n % 7 ? MANNERS[n % 14] : ODD[n % 6])(line, n), keys[n]);
    if (where !== 2) localStorage[name] = MANNERS[(n + 5) % 14](line, n);
    if (where === 0 || where === 3) {
        both++;
        lost.push(JSON.parse(line.slice(9)).writes[0].id);
    }
}
await new Promise((done) => (all.oncomplete = done));
db.close();
const all_local = Object.entries(localStorage).filter(([key]) => key.startsWith('rubricate:j:'));
window.name = JSON.stringify(all_local.toSorted());
return [both, lost];
";

in_each_browser! {
    fn of_two_hundred_damaged_records_each_is_reported_and_the_rest_comes_back(page: &Page) {
        let article = Article::with_text(page, &"word ".repeat(400));
        article.run("for (let at = 0; at < 300; at++)
            article.annotate({ start: at * 5, end: at * 5 + 4, label: 'claim', note: String(at) });
            return article.saved()");
        let before = article.run("return article.annotations.map(({ id, note }) => [id, note])");
        let damaged = page.run(&format!("const run = async (arguments) => {{ {DAMAGE} }}; return run([200])"), json!([]));
        let both = damaged[0].as_u64().unwrap();
        assert_eq!(both, 100);
        let lost = damaged[1].as_array().unwrap();
        article.reload();
        let expected: Vec<_> = before.as_array().unwrap().iter().filter(|pair| !lost.contains(&pair[0])).cloned().collect();
        assert_eq!(expected.len(), 200);
        assert_eq!(article.run("return article.annotations.map(({ id, note }) => [id, note])"), json!(expected));
        article.has_noticed("100 stored records could not be read and were left as they are; everything else is here.");
        let kept = "return JSON.stringify(Object.entries(localStorage)
            .filter(([key]) => key.startsWith('rubricate:j:')).toSorted()) === window.name";
        assert_eq!(page.run(kept, json!([])), json!(true), "damaged records are left where they are");
        // Work goes on beside them.
        article.run("article.annotate({ start: 1900, end: 1904, label: 'quote' }); return article.saved()");
        article.reload();
        assert_eq!(article.run("return article.annotations.length"), json!(201));
        article.has_no_errors();
    }

    fn damage_beside_the_records_leaves_the_documents_in_reach(page: &Page) {
        let article = Article::with_text(page, "One.\nTwo.\n");
        article.press("Home C");
        article.is_saved();
        let spoil = "
            const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
            return (async () => {
                const db = await asked(indexedDB.open('rubricate'));
                const all = db.transaction(['documents', 'texts', 'snapshots'], 'readwrite');
                const id = find('#article').document.id;
                for (const [name, value] of [['a', 5], ['b', 'null'], ['c', '{}'], ['d', undefined],
                    ['e', '{\"id\":\"e\",\"opened\":18446744073709551615}'], ['f', '{\"id\":\"f\",\"opened\":1e400}']])
                    all.objectStore('documents').put(value, name);
                all.objectStore('texts').put('damaged', 'e');
                all.objectStore('snapshots').put('damaged', id);
                all.objectStore('snapshots').put(5, 'e');
                Object.assign(localStorage, { user: 'x', 'rubricate:': 'y', 'rubricate:j:': 'z', 'rubricate:j::': '',
                    'rubricate:j:a:b:c:d': 'q', 'rubricate:settings': 'null' });
                localStorage.setItem('__proto__', 'p');
                localStorage.setItem('length', '3');
                localStorage.setItem('getItem', 'q');
                await new Promise((done) => (all.oncomplete = done));
                db.close();
            })()";
        page.run(spoil, json!([]));
        article.reload();
        article.has_tags(&[("claim", "One.")]);
        article.has_noticed("The stored snapshot of this document’s older edits is damaged and was left as it is");
        page.click(".brand");
        article.is_welcomed();
        page.wait_for("what is kept is listed", "return [...document.querySelectorAll('#kept .name')].some(({ textContent }) => textContent === 'article.txt')", json!([]));
        let untouched = "return [localStorage.getItem('user'), localStorage.getItem('rubricate:j:'),
            localStorage.getItem('__proto__'), localStorage.getItem('length'), localStorage.getItem('getItem')]";
        assert_eq!(page.run(untouched, json!([])), json!(["x", "z", "p", "3", "q"]));
        article.has_no_errors();
    }
}
