//! Memory that runs out in the midst of each function of the program: a real end of it, without the
//! panic that it could tell of. The page goes on, the data is intact, and the article opens again.

use crate::article::Article;
use crate::harness::{Answer, Browser, Host, Page, in_each_browser};
use serde_json::json;

/// A host's page that notes the exports of the element's program, of whichever instance is the latest.
const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Host</title>
<p id=host>The host’s own words.</p>
<rubricate-article id=article document-id=story></rubricate-article>
<script>
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
</script>
<script type=module src=/rubricate.js></script>";

/// Takes all the memory that the program could ever have, down to the last bytes.
const EXHAUST: &str = "
for (let size = 1024; size >= 1; size >>= 1)
    for (;;) try { if (program.memory.grow(size) < 0) break; } catch { break; }
// Its own allocator has free pieces yet, which are taken while they last; the last try ends it.
for (const size of [1 << 20, 1 << 16, 1 << 13, 1 << 10, 256, 64, 16])
    for (;;) try { program.__wbindgen_malloc(size, 1); } catch { break; }
try { program.__wbindgen_malloc(64, 1); } catch { return true; }
";

fn is_defined(page: &Page) {
    page.wait_for(
        "the element is there",
        "return Boolean(customElements.get('rubricate-article'))",
        json!([]),
    );
}

fn is_open(page: &Page) {
    page.wait_for(
        "the article is there",
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
    ("open", "article.open('story')"),
    ("saved", "article.saved()"),
    (KEYS, "0"),
];

/// Keys of a hand, in place of a call.
const KEYS: &str = "keys";

fn ends_and_goes_on(page: &Page, calls: &[(&str, &str)]) {
    let host = Host::start([("/", Answer::page(PAGE))]);
    page.goto(&host.at("/"));
    let article = Article::of(page);
    is_defined(page);
    let text = format!("One.\nTwo.\n{}Three.\n", "More of the story.\n".repeat(99));
    page.run(
        "return find('#article').load({ id: 'story', text: arguments[0] })",
        json!([text]),
    );
    article.run("article.creator = 'Ada'; article.focus()");
    article.keys("Home C J Q");
    article.run("return article.saved()");
    for (name, call) in calls {
        page.reload();
        is_defined(page);
        article.run("return article.open('story')");
        article.run("article.focus()");
        article.keys("Home");
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
            page.run(
                "return document.getElementById('host').outerHTML",
                json!([])
            ),
            json!("<p id=\"host\">The host’s own words.</p>")
        );
        page.click("#article >>> [role=alert] button");
        is_open(page);
        article.has_tags(&[("claim", "One."), ("quote", "Two.")]);
    }
    article.run("article.focus()");
    article.keys("End P");
    article.has_tags(&[("claim", "One."), ("quote", "Two."), ("caption", "Three.")]);
    article.run("return article.saved()");
}

in_each_browser! {
    fn a_program_without_memory_says_so_loses_nothing_and_is_started_again(page: &Page) {
        if page.browser() != Browser::WebKit {
            ends_and_goes_on(page, CALLS);
        }
    }
}
