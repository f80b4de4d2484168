//! Memory that runs out in the midst of each function of the program: a real end of it, without the
//! panic that it could tell of. The page goes on, the data is intact, and the article opens again.

use crate::article::Article;
use crate::harness::{Browser, Page};
use serde_json::json;

/// Notes the exports of every further instance of the program.
const NOTE: &str = "
for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...values) => {
        const result = await real(...values);
        const { exports } = result.instance ?? result;
        // The element's, not one of the other modules.
        if ('handle_new' in exports) window.program = exports;
        return result;
    };
}
const article = find('#article');
const [stopped] = Object.getOwnPropertySymbols(Object.getPrototypeOf(article));
article[stopped]();";

/// Takes all the memory that the program could ever have, down to the last bytes.
const EXHAUST: &str = "
for (let size = 1024; size >= 1; size >>= 1)
    for (;;) try { if (program.memory.grow(size) < 0) break; } catch { break; }
// Its own allocator has free pieces yet, which are taken while they last; the last try ends it.
for (const size of [1 << 20, 1 << 16, 1 << 13, 1 << 10, 256, 64, 16])
    for (;;) try { program.__wbindgen_malloc(size, 1); } catch { break; }
return program.memory.buffer.byteLength > 2 ** 31;
";

/// An article in an instance of the program whose memory can be taken.
fn in_an_open_program(page: &Page) {
    page.run(NOTE, json!([]));
    open_again(page);
}

fn open_again(page: &Page) {
    page.click("#article >>> [role=alert] button");
    page.wait_for(
        "the article is back",
        "return find('#article >>> .block')",
        json!([]),
    );
    page.run("return find('#article').ready", json!([]));
}

/// What is called with no memory left, and why it needs some.
const CALLS: &[(&str, &str)] = &[
    (
        "annotate",
        "article.annotate({ start: 9, end: 12, label: 'claim', note: long })",
    ),
    (
        "update",
        "article.update(article.annotations[0].id, { label: 'caption', note: long })",
    ),
    ("remove", "article.remove(long)"),
    ("clear", "article.clear()"),
    ("undo", "article.undo()"),
    ("redo", "article.undo(), article.redo()"),
    (
        "labelSet",
        "article.labelSet = [{ id: 'claim' }, { id: 'other', description: long }]",
    ),
    ("creator", "article.creator = long"),
    (
        "keys",
        "article.keys = JSON.stringify({ 'next-speech': 'x', long })",
    ),
    ("text", "article.text"),
    ("export", "article.export()"),
    (
        "import",
        "article.import('{\"format\":\"span-annotations\"}'.repeat(9))",
    ),
    ("load", "article.load({ text: long })"),
    ("load of HTML", "article.load({ html: `<p>${long}` })"),
    ("open", "article.open(window.opened)"),
    ("saved", "article.saved()"),
    (KEYS, "0"),
];

/// Keys of a hand, in place of a call.
const KEYS: &str = "keys";

fn ends_and_goes_on(page: &Page, calls: &[(&str, &str)]) {
    let article = Article::with_text(
        page,
        &format!("One.\nTwo.\n{}Three.\n", "More of the story.\n".repeat(99)),
    );
    article.run("article.creator = 'Ada'");
    article.press("Home C J Q");
    article.is_saved();
    for (name, call) in calls {
        article.reload();
        in_an_open_program(page);
        page.run(
            "document.body.dataset.host = 'as it was'; window.opened = find('#article').document.id",
            json!([]),
        );
        article.press("Home");
        assert_eq!(page.run(EXHAUST, json!([])), json!(true), "{name}");
        // A host that catches what is thrown, and one that looks at no promise.
        let called = format!(
            "const long = 'a text that needs room '.repeat(999);
             window.answer = 'none';
             const tell = (answer) => () => (window.answer = answer);
             try {{ Promise.resolve({call}).then(tell('done'), tell('refused')); }} catch {{ window.answer = 'refused'; }}"
        );
        match *name {
            KEYS => article.keys("J J C J C J C J C J C"),
            _ => drop(article.run(&called)),
        }
        page.wait_for(
            &format!("{name}: the element says that it stopped"),
            "return find('#article >>> [role=alert]')?.textContent.includes('What you have tagged is stored')",
            json!([]),
        );
        // Nobody waits for ever.
        if *name != KEYS {
            let answer = "return window.answer !== 'none'";
            page.wait_for(&format!("{name}: an answer"), answer, json!([]));
        }
        let lines = "return [...CSS.highlights].some(([name, ranges]) => name.startsWith('rubricate-') &&
            [...ranges].some(({ startContainer }) => startContainer.getRootNode() === find('#article').shadowRoot))";
        assert_eq!(
            page.run(lines, json!([])),
            json!(false),
            "{name}: lines of the dead stay"
        );
        // The host's page is as it was.
        assert_eq!(
            page.run("return document.body.dataset.host", json!([])),
            json!("as it was")
        );
        open_again(page);
        article.has_tags(&[("claim", "One."), ("quote", "Two.")]);
    }
    article.press("End P");
    article.has_tags(&[("claim", "One."), ("quote", "Two."), ("caption", "Three.")]);
    article.is_saved();
}

/// Firefox keeps what a driver's script patches from the page, so its instances can't be reached.
#[test]
fn a_program_without_memory_says_so_loses_nothing_and_is_started_again() {
    ends_and_goes_on(&Page::open(Browser::Chromium), CALLS);
}
