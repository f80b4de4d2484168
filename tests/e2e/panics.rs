//! A build of the program that panics in each function that the element calls: the page says so, the
//! host's page is untouched, nothing is lost, and the article opens again.

use crate::article::Article;
use crate::harness::{Answer, Host, get, in_each_browser};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// What asks the one module for a panic has this name in it.
const PANIC_NEXT: &str = "panicNext";

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Host</title>
<p id=host>The host’s own words.</p>
<rubricate-article id=article document-id=story></rubricate-article>
<script>
    // Makes the next call of that function panic, and no other one.
    window.panicIn = (name) => {
        const { prototype } = program.Handle;
        const real = prototype[name];
        prototype[name] = function (...values) {
            prototype[name] = real;
            program.panicNext();
            return real.apply(this, values);
        };
    };
    const range = new Range();
    range.selectNodeContents(host);
    CSS.highlights.set('host-own', new Highlight(range));
    window.hostsOwn = () => JSON.stringify([
        host.outerHTML, document.title, [...CSS.highlights.get('host-own')].map(String),
        [...document.body.children].map(({ localName, id }) => localName + id), Object.keys(globalThis).toSorted(),
    ]);
</script>
<script type=module src=/rubricate.js></script>";

/// Every function of the program's that the element calls, and what a host does to have it called.
const CALLS: &[(&str, &str)] = &[
    ("connect", "away().then(back)"),
    ("disconnect", "away().then(back)"),
    ("hasMoved", "back()"),
    ("isInPlace", "article.remove(), back()"),
    ("openInPlace", "another()"),
    ("mustBeWritable", "article.import('{}', 'json')"),
    ("load", "article.load({ text: 'Others.', id: 'other' })"),
    ("loadSource", "article.src = '/story.txt'"),
    ("open", "article.open('story')"),
    ("reopen", "article.documentId = 'other'"),
    ("setDocumentId", "article.documentId = 'other'"),
    ("isMisnamed", "article.documentId = 'other'"),
    ("document", "article.document"),
    ("text", "article.text"),
    ("annotations", "article.annotations"),
    ("orphans", "article.orphans"),
    ("dirty", "article.dirty"),
    ("storageState", "article.storageState"),
    ("storageMessage", "article.storageMessage"),
    ("saved", "article.saved()"),
    ("mark", "article.mark('done')"),
    (
        "annotate",
        "article.annotate({ start: 9, end: 14, label: 'caption' })",
    ),
    ("update", "article.update(first, { label: 'caption' })"),
    ("remove", "article.remove(first)"),
    ("clear", "article.clear()"),
    ("undo", "article.undo()"),
    ("redo", "article.redo()"),
    ("restore", "article.restore([])"),
    ("export", "article.export()"),
    ("fail", "article.import('no such thing', 'brat')"),
    ("import", "article.import('{}', 'json')"),
    ("labels", "article.labelSet"),
    ("setLabels", "article.labelSet = [{ id: 'claim' }]"),
    ("setKeys", "article.keys = '{}'"),
    ("creator", "article.creator"),
    ("setCreator", "article.creator = 'Eve'"),
    ("setLanguage", "article.lang = 'cy'"),
    ("setDirection", "article.dir = 'rtl'"),
    (
        "setStoreNothing",
        "article.setAttribute('storage', 'local')",
    ),
    ("setReadOnly", "article.readOnly = true"),
    ("recolour", "article.dataset.theme = 'dark'"),
    ("focus", "article.focus()"),
    ("showHelp", "article.showHelp()"),
];

/// Functions that look at nothing that is open, so there is nothing to panic about.
const CONSTANT: &[&str] = &["constructor", "formats", "free", "mustKnowFormat"];

/// Does something to an article of a host that catches what is thrown and looks at no promise.
fn call(expression: &str, panic_in: &str) -> String {
    format!(
        "const before = article.nextElementSibling;
         const back = () => before.parentNode.insertBefore(article, before);
         const away = async () => {{ article.remove(); await null; await null; }};
         const another = () => {{
             const made = document.createElement('rubricate-article');
             made.id = 'another';
             made.innerHTML = '<p>A host’s paragraph.</p>';
             document.body.append(made);
         }};
         const [{{ id: first }}] = article.annotations;
         panicIn('{panic_in}');
         try {{ Promise.resolve({expression}).catch(() => {{}}); }} catch {{}}"
    )
}

/// The module that panics, built once.
fn panicking() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = Command::new(env!("CARGO_BIN_EXE_rubricate"))
            .arg("build-panicking")
            .output()
            .expect("the host program starts");
        assert!(built.status.success(), "{built:?}");
        PathBuf::from(String::from_utf8(built.stdout).unwrap().trim())
    })
}

fn host() -> Host {
    let script = fs::read_to_string(panicking().join("rubricate_wasm.js")).unwrap();
    let module = fs::read(panicking().join("rubricate_wasm_bg.wasm")).unwrap();
    let script = script.replace(
        "return program;\n",
        "globalThis.program = program;\nreturn program;\n",
    );
    Host::start([
        ("/", Answer::page(PAGE)),
        ("/story.txt", Answer::file("text/plain", "A story.")),
        (
            "/rubricate_wasm.js",
            Answer::file("text/javascript", script),
        ),
        (
            "/rubricate_wasm_bg.wasm",
            Answer::file("application/wasm", module),
        ),
    ])
}

#[test]
fn no_bundle_has_what_panics_on_request() {
    let bundled = get("rubricate_wasm.js").body_mut().read_to_string();
    assert!(!bundled.unwrap().contains(PANIC_NEXT));
    let script = fs::read_to_string(panicking().join("rubricate_wasm.js")).unwrap();
    assert!(script.contains(PANIC_NEXT));
}

in_each_browser! {
    fn a_panic_in_any_function_is_told_and_loses_nothing(page: &Page) {
        let host = host();
        page.goto(&host.at("/"));
        let article = Article::of(page);
        page.wait_for("the element is there", "return customElements.get('rubricate-article')", json!([]));
        article.run("article.labelSet = [{ id: 'claim' }, { id: 'quote' }, { id: 'caption' }]");
        let story = "One two. Three.";
        article.run(&format!("return article.load({{ text: '{story}', id: 'story' }})"));
        article.run("article.annotate({ start: 0, end: 3, label: 'claim' });
            article.annotate({ start: 4, end: 7, label: 'quote' });
            return article.saved()");
        let names = page.run("return Object.getOwnPropertyNames(program.Handle.prototype)", json!([]));
        let names: Vec<String> = serde_json::from_value(names).unwrap();
        let is_known = |name: &str| {
            name.starts_with("__") || CONSTANT.contains(&name) || CALLS.iter().any(|(known, _)| *known == name)
        };
        assert_eq!(names.iter().filter(|name| !is_known(name)).collect::<Vec<_>>(), Vec::<&String>::new());
        let hosts_own = || page.run("return hostsOwn()", json!([]));
        let before: Value = hosts_own();
        for (name, expression) in CALLS {
            println!("{name}");
            article.run(&call(expression, name));
            page.wait_for(
                &format!("{name}: the element says that it stopped"),
                "return find('#article >>> [role=alert]')?.textContent.includes('What you have tagged is stored')",
                json!([]),
            );
            // As it was asked to be before, for the next round.
            article.run("find('#another')?.remove();
                for (const name of ['src', 'lang', 'dir', 'storage', 'readonly', 'data-theme', 'keys']) article.removeAttribute(name);
                article.documentId = 'story'");
            assert_eq!(hosts_own(), before, "{name}");
            page.click("#article >>> [role=alert] button");
            page.wait_for(
                &format!("{name}: the article is back"),
                "const article = find('#article');
                 return article.shadowRoot.querySelector('.block') && article.ready.then(() => article.text === arguments[0])",
                json!([story]),
            );
            article.has_tags(&[("claim", "One"), ("quote", "two")]);
        }
        article.run("article.annotate({ start: 9, end: 14, label: 'caption' }); return article.saved()");
        article.has_tags(&[("claim", "One"), ("quote", "two"), ("caption", "Three")]);
    }
}
