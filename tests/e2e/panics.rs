//! A build of the program that panics in each function that it exports: the page says so, the host's page
//! is untouched, nothing is lost, and what was to be done is done when it is tried again.

use crate::article::Article;
use crate::harness::{Answer, Host, Page, get, in_each_browser, wait_until_equal};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// What asks a module for a panic has this name in it.
const PANIC_NEXT: &str = "panicNext";

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Host</title>
<p id=host>The host’s own words.</p>
<rubricate-article id=article document-id=story></rubricate-article>
<script>
    // The latest instance of each module.
    window.programs = {};
    // Makes the next call of that function panic, and no other one.
    window.panicIn = (module, path) => {
        const program = programs[module];
        const names = path.split('.');
        const name = names.pop();
        const owner = names.length ? program[names[0]].prototype : program;
        const real = owner[name];
        owner[name] = function (...values) {
            owner[name] = real;
            program.panicNext();
            return new.target ? new real(...values) : real.apply(this, values);
        };
    };
    window.refusal = (promise) => promise.then(() => 'done', (error) => error.message);
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
    ("annotationsAsJson", "article.value"),
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
const CONSTANT: &[&str] = &[
    "constructor",
    "formats",
    "free",
    "mustKnowFormat",
    "tellFailure",
];

/// Every function of the modules beside it: the module, the function, and what comes to it. `two` are files
/// of two annotators, `saved` is a backup, `pieces` what the element exports.
const CALLS_BESIDE: &[(&str, &str, &str)] = &[
    (
        "pages",
        "readPage",
        "article.load({ html: '<p>A page.', id: 'page' })",
    ),
    ("formats", "writeFormat", "article.export('csv')"),
    (
        "formats",
        "readFormat",
        "Article.convert([new File(['{\"text\": \"A line.\"}'], 'lines.jsonl')])",
    ),
    (
        "formats",
        "Exporter",
        "article.exportDocuments(['story'], 'csv')",
    ),
    (
        "formats",
        "Exporter.add",
        "article.exportDocuments(['story'], 'csv')",
    ),
    (
        "formats",
        "Exporter.end",
        "article.exportDocuments(['story'], 'csv')",
    ),
    (
        "formats",
        "Archiver",
        "article.exportDocuments(['story'], 'brat')",
    ),
    (
        "formats",
        "Archiver.push",
        "article.exportDocuments(['story'], 'brat')",
    ),
    (
        "formats",
        "Archiver.close",
        "article.exportDocuments(['story'], 'brat')",
    ),
    (
        "formats",
        "Archiver.end",
        "article.exportDocuments(['story'], 'brat')",
    ),
    ("formats", "Counting", "Article.statistics()"),
    ("formats", "Counting.add", "Article.statistics()"),
    ("formats", "Counting.tables", "Article.statistics()"),
    ("formats", "Counting.sheets", "Article.statistics()"),
    (
        "formats",
        "handOut",
        "annotators.handOut(pieces, { annotators: ['Ada', 'Ben'], shared: 20, seed: '1' })",
    ),
    ("formats", "Comparison", "annotators.compare(two)"),
    ("formats", "Comparison.summary", "annotators.compare(two)"),
    (
        "formats",
        "Comparison.document",
        "annotators.compare(two).then((compared) => compared.document(0))",
    ),
    (
        "formats",
        "Comparison.figuresAsCsv",
        "annotators.compare(two).then((compared) => compared.csv())",
    ),
    (
        "formats",
        "Comparison.figuresAsJson",
        "annotators.compare(two).then((compared) => compared.json())",
    ),
    (
        "formats",
        "Comparison.outcome",
        "annotators.compare(two).then((compared) => compared.outcome({}, 'Eve', '2026-11-26T10:00:00Z'))",
    ),
    ("corpus", "documents", "Article.documents()"),
    (
        "corpus",
        "addDocuments",
        "Article.addDocuments([{ text: 'Another.', id: 'another' }])",
    ),
    (
        "corpus",
        "changeDocuments",
        "Article.changeDocuments(['another'], { state: 'done' })",
    ),
    ("corpus", "undoEdits", "Article.undoEdits([])"),
    (
        "corpus",
        "relabelDocuments",
        "Article.relabelDocuments(['another'], 'claim', 'quote')",
    ),
    (
        "corpus",
        "exportDocuments",
        "article.exportDocuments(['story'], 'json')",
    ),
    (
        "corpus",
        "deleteDocuments",
        "Article.deleteDocuments(['another'])",
    ),
    ("corpus", "deletedDocuments", "Article.deletedDocuments()"),
    (
        "corpus",
        "restoreDocuments",
        "Article.restoreDocuments(['another'])",
    ),
    ("corpus", "backup", "Article.backup()"),
    ("corpus", "restoreBackup", "Article.restoreBackup(saved)"),
];

/// What else a module of all has: what starts, watches and ends it, and the element's own part.
const AROUND: &[&str] = &[
    "initSync",
    "onPanic",
    "onTrap",
    "panicNext",
    "readPagesWith",
    "stop",
    "Handle",
];

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
         panicIn('rubricate_wasm', 'Handle.{panic_in}');
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
    let script_of = |module: &str| {
        let watched = format!("programs.{module} = program;\nreturn program;\n");
        Answer::file(
            "text/javascript",
            script.replace("return program;\n", &watched),
        )
    };
    Host::start([
        ("/", Answer::page(PAGE)),
        ("/story.txt", Answer::file("text/plain", "A story.")),
        ("/rubricate_wasm.js", script_of("rubricate_wasm")),
        ("/rubricate_pages.js", script_of("pages")),
        ("/rubricate_formats.js", script_of("formats")),
        ("/rubricate_corpus.js", script_of("corpus")),
        (
            "/rubricate_wasm_bg.wasm",
            Answer::file("application/wasm", module),
        ),
    ])
}

const STORY: &str = "One two. Three.";

/// An article of which two words are tagged.
fn with_two_tags(page: &Page) -> Article<'_> {
    let article = Article::of(page);
    page.wait_for(
        "the element is there",
        "return customElements.get('rubricate-article')",
        json!([]),
    );
    article.run("article.labelSet = [{ id: 'claim' }, { id: 'quote' }, { id: 'caption' }]");
    article.run(&format!(
        "return article.load({{ text: '{STORY}', id: 'story' }})"
    ));
    article.run(
        "article.creator = 'Ada';
        article.annotate({ start: 0, end: 3, label: 'claim' });
        article.annotate({ start: 4, end: 7, label: 'quote' });
        return article.saved()",
    );
    article
}

#[test]
fn no_bundle_has_what_panics_on_request() {
    for module in ["wasm", "pages", "formats", "corpus"] {
        let bundled = get(&format!("rubricate_{module}.js"))
            .body_mut()
            .read_to_string();
        assert!(!bundled.unwrap().contains(PANIC_NEXT), "{module}");
    }
    let script = fs::read_to_string(panicking().join("rubricate_wasm.js")).unwrap();
    assert!(script.contains(PANIC_NEXT));
}

in_each_browser! {
    fn a_panic_in_any_function_is_told_and_loses_nothing(page: &Page) {
        let host = host();
        page.goto(&host.at("/"));
        let article = with_two_tags(page);
        let names = page.run("return Object.getOwnPropertyNames(programs.rubricate_wasm.Handle.prototype)", json!([]));
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
                json!([STORY]),
            );
            article.has_tags(&[("claim", "One"), ("quote", "two")]);
        }
        article.run("article.annotate({ start: 9, end: 14, label: 'caption' }); return article.saved()");
        article.has_tags(&[("claim", "One"), ("quote", "two"), ("caption", "Three")]);
    }

    fn content_in_place_is_annotated_again_behind_a_panic(page: &Page) {
        let host = host();
        page.goto(&host.at("/"));
        let article = with_two_tags(page);
        article.run("
            const here = document.createElement('rubricate-article');
            here.id = 'here';
            here.documentId = 'here';
            here.innerHTML = '<p>A host’s paragraph.</p>';
            document.body.append(here)");
        let is_open = "return find('#here').ready.then(() => find('#here').document?.id === 'here')";
        page.wait_for("it is open", is_open, json!([]));
        article.run("const here = find('#here'); here.annotate({ start: 2, end: 6, label: 'claim' }); return here.saved()");
        article.run("panicIn('rubricate_wasm', 'Handle.undo'); try { find('#here').undo() } catch {}");
        page.wait_for("it says that it stopped", "return find('#here >>> [role=alert] button')", json!([]));
        page.run("find('#here >>> [role=alert] button').click()", json!([]));
        page.wait_for("it is back", "return find('#here').annotations.length === 1", json!([]));
        // As content in place does, it follows what the host changes.
        page.run("find('#here').firstElementChild.textContent = 'Behold a host’s paragraph.'", json!([]));
        let moved = "return find('#here').annotations.map(({ start, text }) => `${start} ${text}`)";
        wait_until_equal(&json!(["9 host"]), || page.run(moved, json!([])));
    }

    fn a_panic_in_a_module_beside_is_told_and_the_next_try_succeeds(page: &Page) {
        let host = host();
        page.goto(&host.at("/"));
        let article = with_two_tags(page);
        article.run("
            window.Article = customElements.get('rubricate-article');
            return Article.backup().then((file) => (window.saved = file))
                .then(() => article.export()).then((file) => file.text()).then((json) => {
                    window.pieces = json;
                    window.two = ['Ada', 'Ben'].map((name) => new File([json.replaceAll('Ada', name)], `${name}.json`));
                })");
        page.run_module("window.annotators = await import('/annotators.js')");
        page.wait_for("what concerns annotators is there", "return Boolean(window.annotators)", json!([]));
        for (module, name, expression) in CALLS_BESIDE {
            println!("{name}");
            let done = || article.run(&format!("return refusal({expression})"));
            // Loads the module as well.
            assert_eq!(done(), json!("done"), "{name}");
            article.run(&format!("panicIn('{module}', '{name}')"));
            let said = done();
            assert!(said.as_str().unwrap().contains("Rubricate stopped by a fault of its own"), "{name}: {said}");
            assert_eq!(done(), json!("done"), "{name}");
            article.run("return article.open('story')");
            article.has_tags(&[("claim", "One"), ("quote", "two")]);
        }
        let names = page.run("
            const program = programs.formats;
            return Object.keys(program).flatMap((name) => {
                const methods = Object.getOwnPropertyNames(program[name].prototype ?? {});
                return [name, ...methods.map((method) => `${name}.${method}`)];
            })", json!([]));
        let names: Vec<String> = serde_json::from_value(names).unwrap();
        let is_known = |name: &str| {
            CALLS_BESIDE.iter().any(|(_, known, _)| *known == name)
                || AROUND.contains(&name)
                || name.starts_with("Handle.")
                || name.contains(".__")
                || [".constructor", ".free"].iter().any(|end| name.ends_with(end))
        };
        assert_eq!(names.iter().filter(|name| !is_known(name)).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
