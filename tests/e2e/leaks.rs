//! What comes and goes leaves nothing behind: elements taken off and put back, documents opened one
//! after the other, an hour's worth of edits. Chromium alone counts nodes and listeners.

use crate::article::Article;
use crate::harness::{Browser, Page};
use crate::random::rounds;
use serde_json::{Value, json};

/// Nodes, listeners and bytes of JavaScript's heap, after everything that can go has gone.
#[derive(Clone, Copy, Debug)]
struct Count {
    nodes: f64,
    listeners: f64,
    heap: f64,
}

fn cdp(page: &Page, command: &str) -> Value {
    let command = json!({ "cmd": command, "params": {} });
    page.session.post("/goog/cdp/execute", &command).unwrap()
}

fn count(page: &Page) -> Count {
    // What waits for a frame or for the database has come by then.
    page.run(
        "return find('#article').saved().then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))",
        json!([]),
    );
    cdp(page, "Performance.enable");
    for _ in 0..3 {
        cdp(page, "HeapProfiler.collectGarbage");
    }
    let metrics = cdp(page, "Performance.getMetrics");
    let of = |name: &str| {
        let metrics = metrics["metrics"].as_array().unwrap();
        let metric = metrics
            .iter()
            .find(|metric| metric["name"] == name)
            .unwrap();
        metric["value"].as_f64().unwrap()
    };
    Count {
        nodes: of("Nodes"),
        listeners: of("JSEventListeners"),
        heap: of("JSHeapUsedSize"),
    }
}

/// How often a thing is done in one script.
const CHUNK: usize = 20;

/// Does a thing until it is warm, then many times over, and compares.
fn leaves_nothing(page: &Page, what: &str, times: usize, script: &str) {
    let run = |times: usize| {
        page.run(
            &format!("const times = arguments[0]; return (async () => {{ {script} }})()"),
            json!([times]),
        )
    };
    // A script may take no longer than half a minute.
    let run = |times: usize| (0..times / CHUNK).for_each(|_| drop(run(CHUNK)));
    run(times / 5);
    let before = count(page);
    run(times);
    let after = count(page);
    println!("{what}, {times} times: {before:?}, then {after:?}");
    // A caret that blinks or a notice that fades may come between: a node or two, never one each time.
    let slack = times as f64 / 10.0;
    assert!(
        after.nodes <= before.nodes + slack,
        "{what}: {before:?}, then {after:?}"
    );
    assert!(
        after.listeners <= before.listeners + slack,
        "{what}: {before:?}, then {after:?}"
    );
    assert!(
        after.heap <= before.heap * 1.05,
        "{what}: {before:?}, then {after:?}"
    );
}

fn story() -> String {
    (0..200)
        .map(|n| format!("Sentence number {n} of the story.\n"))
        .collect()
}

#[test]
fn an_element_taken_off_and_put_back_a_thousand_times_leaves_nothing_behind() {
    let page = Page::open(Browser::Chromium);
    let article = Article::with_text(&page, &story());
    article.run("for (let n = 0; n < 50; n++) article.annotate({ start: n * 30, end: n * 30 + 8, label: 'claim' })");
    leaves_nothing(
        &page,
        "attach and detach",
        1_000,
        "
        const article = find('#article');
        const { parentNode, nextSibling } = article;
        for (let n = 0; n < times; n++) {
            article.remove();
            await null;
            parentNode.insertBefore(article, nextSibling);
            await (n % 50 ? null : new Promise(requestAnimationFrame));
        }",
    );
    assert_eq!(article.run("return article.annotations.length"), json!(50));
    article.has_no_errors();
}

#[test]
fn documents_opened_one_after_the_other_leave_nothing_behind() {
    let page = Page::open(Browser::Chromium);
    let article = Article::with_text(&page, &story());
    article.run("article.annotate({ start: 0, end: 8, label: 'claim' }); return article.saved()");
    article.run("window.ids = [article.document.id]; return article.load({ text: 'Another text.\\n'.repeat(99), id: 'other' })");
    leaves_nothing(
        &page,
        "document switches",
        100 * rounds().min(5),
        "
        const article = find('#article');
        for (let n = 0; n < times; n++) await article.open(n % 2 ? 'other' : ids[0]);
        await article.open('other');",
    );
    article.has_no_errors();
}

#[test]
fn an_hours_worth_of_edits_grows_by_what_is_kept_of_them_alone() {
    let page = Page::open(Browser::Chromium);
    let article = Article::with_text(&page, &story());
    let work = "
        const article = find('#article');
        for (let n = 0; n < times; n += 4) {
            const { id } = article.annotate({ start: n % 4000, end: n % 4000 + 5, label: 'claim' });
            article.update(id, { label: 'quote' });
            article.undo();
            article.remove(id);
            if (n % 100 === 0) await article.saved();
        }
        await article.saved();";
    let run = |times: usize| {
        for _ in 0..times / 400 {
            let script = format!("const times = 400; return (async () => {{ {work} }})()");
            page.run(&script, json!([]));
        }
        count(&page)
    };
    let first = run(1_200);
    let before = run(1_200);
    let after = run(3_600);
    println!("1,200 edits: {first:?}");
    println!("2,400 edits: {before:?}");
    println!("6,000 edits: {after:?}");
    assert!(
        after.nodes <= before.nodes + 50.0,
        "{before:?}, then {after:?}"
    );
    assert!(
        after.listeners <= before.listeners + 50.0,
        "{before:?}, then {after:?}"
    );
    // Some 55 bytes an edit, which is a tenth of what an idle page has.
    let grown = after.heap - before.heap;
    assert!(grown <= 3_600.0 * 100.0, "{grown} bytes of JavaScript's");
    article.has_no_errors();
}
