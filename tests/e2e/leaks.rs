//! What comes and goes leaves nothing behind: elements taken off and put back, documents opened one
//! after the other, an hour's worth of edits. Chromium alone counts nodes and listeners.

use crate::article::Article;
use crate::harness::{Browser, Page, wait_until};
use serde_json::json;

/// Nodes, listeners and bytes of JavaScript's heap, after everything that can go has gone.
#[derive(Clone, Copy, Debug)]
struct Count {
    nodes: f64,
    listeners: f64,
    heap: f64,
}

impl Count {
    /// Whether that is no growth, and at most 5 % of the heap.
    fn is_no_more_than(self, before: Count) -> bool {
        self.nodes <= before.nodes
            && self.listeners <= before.listeners
            && self.heap <= before.heap * 1.05
    }
}

/// Code that the engine compiles again the more often it runs is on the heap as well, and no leak: it
/// is told not to.
const NO_FURTHER_CODE: &str = "--js-flags=--no-opt --no-maglev --no-sparkplug";

/// Notes the program's memory, which nobody else is given.
const MEMORY: &str = "
const { instantiateStreaming } = WebAssembly;
WebAssembly.instantiateStreaming = async (...all) => {
    const made = await instantiateStreaming(...all);
    if ('handle_new' in made.instance.exports) window.memory = made.instance.exports.memory;
    return made;
};";

fn chromium() -> Page {
    let page = Page::open_with(Browser::Chromium, |wanted| {
        let arguments = wanted["goog:chromeOptions"]["args"].as_array_mut();
        arguments.unwrap().push(json!(NO_FURTHER_CODE));
    });
    let source = json!({ "source": MEMORY });
    let add = "Page.addScriptToEvaluateOnNewDocument";
    page.session.command(add, &source).unwrap();
    // Cores may be busy with other tests, and the disk slow.
    let timeouts = json!({ "script": 110_000 });
    page.session.post("/timeouts", &timeouts).unwrap();
    page
}

fn count(page: &Page) -> Count {
    // What waits for a frame, for the database or for the end of an animation has gone by then.
    page.wait_for(
        "everything has come to rest",
        "const article = find('#article');
         return article.saved().then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
             .then(() => !article.shadowRoot.querySelector('.stroke, .flash'))",
        json!([]),
    );
    let command = |name: &str| page.session.command(name, &json!({})).unwrap();
    command("Performance.enable");
    command("HeapProfiler.collectGarbage");
    let metrics = command("Performance.getMetrics");
    let of = |name: &str| {
        let metrics = metrics["metrics"].as_array().unwrap();
        let metric = metrics.iter().find(|metric| metric["name"] == name);
        metric.unwrap()["value"].as_f64().unwrap()
    };
    Count {
        nodes: of("Nodes"),
        listeners: of("JSEventListeners"),
        heap: of("JSHeapUsedSize"),
    }
}

/// How much of a thing is done in one script.
const CHUNK: usize = 100;

/// Does a thing until it is warm, then many times over, and compares. What is collected late is waited
/// for.
fn leaves_nothing(page: &Page, what: &str, times: usize, script: &str) {
    let script = format!("const times = {CHUNK}; return (async () => {{ {script} }})()");
    let run = |times: usize| (0..times / CHUNK).for_each(|_| drop(page.run(&script, json!([]))));
    run(times / 5);
    let before = count(page);
    run(times);
    let mut after = before;
    wait_until(&format!("{what} leaves no more than {before:?}"), || {
        after = count(page);
        println!("{what}, {times} times: {before:?}, then {after:?}");
        after.is_no_more_than(before).then_some(())
    });
}

fn story() -> String {
    (0..200)
        .map(|n| format!("Sentence number {n} of the story.\n"))
        .collect()
}

#[test]
fn an_element_taken_off_and_put_back_a_thousand_times_leaves_nothing_behind() {
    let page = chromium();
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
    let page = chromium();
    let article = Article::with_text(&page, &story());
    article.run("article.annotate({ start: 0, end: 8, label: 'claim' }); return article.saved()");
    article.run("window.ids = [article.document.id]; return article.load({ text: 'Another text.\\n'.repeat(99), id: 'other' })");
    leaves_nothing(
        &page,
        "document switches",
        500,
        "
        const article = find('#article');
        for (let n = 0; n < times; n++) await article.open(n % 2 ? 'other' : ids[0]);
        await article.open('other');",
    );
    article.has_no_errors();
}

#[test]
fn an_hours_worth_of_edits_leaves_what_can_be_undone_and_nothing_else() {
    let page = chromium();
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
    let work = format!("const times = 400; return (async () => {{ {work} }})()");
    let run = |times: usize| (0..times / 400).for_each(|_| drop(page.run(&work, json!([]))));
    let memory = || page.run("return memory.buffer.byteLength", json!([]));
    run(2_400);
    let (before, memory_before) = (count(&page), memory());
    run(3_600);
    wait_until(
        &format!("3,600 edits leave no more than {before:?}"),
        || {
            let after = count(&page);
            println!("3,600 edits: {before:?}, then {after:?}");
            after.is_no_more_than(before).then_some(())
        },
    );
    // The program keeps what can be undone. Its memory grows in steps, each by a half.
    let grown = memory().as_u64().unwrap() - memory_before.as_u64().unwrap();
    println!("3,600 edits: {grown} bytes more of the program's memory, after {memory_before}");
    assert!(
        grown <= 3_600 * 1_024,
        "{grown} bytes after {memory_before}"
    );
    article.has_no_errors();
}
