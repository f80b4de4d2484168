//! The element as the browser's own elements are: upgraded, moved, taken off the page and put back,
//! cloned, adopted; attributes and properties at any time.

use crate::harness::{Answer, Browser, Host, Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

/// What every script here can call.
const HELP: &str = "
const texts = (element) => element.annotations.map(({ label, text }) => `${label}: ${text}`);
const make = (attributes = {}, parent = document.body) => {
    const element = document.createElement('rubricate-article');
    element.storage = 'none';
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent?.append(element);
    return element;
};
const told = (element, log = []) => {
    for (const name of ['load', 'beforechange', 'change', 'saved', 'error'])
        element.addEventListener(`rubricate-${name}`, ({ detail }) => log.push(detail?.by ? `${name} ${detail.by}` : name));
    return log;
};
const thrown = (act) => {
    try {
        act();
        return null;
    } catch (error) {
        return `${error.name}: ${error.message}`;
    }
};
const part = (element, path) => element.shadowRoot.querySelector(path);
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
";

fn run(page: &Page, script: &str) -> Value {
    let body = format!("return (async function () {{ {HELP} {script} }})(arguments)");
    page.run(&body, json!([]))
}

/// An empty page that has loaded the element.
fn start(page: &Page) -> Host {
    let host = host();
    page.goto(&host.at("/empty.html"));
    page.define_element();
    host
}

fn host() -> Host {
    Host::start([
        (
            "/empty.html",
            Answer::page("<!doctype html><title>Host</title>"),
        ),
        (
            "/waiting.html",
            Answer::page(
                "<!doctype html><rubricate-article id=here src=a.txt labels='[{\"id\":\"own\"}]' storage=none></rubricate-article>",
            ),
        ),
        ("/a.txt", Answer::file("text/plain", "One two. Three four.")),
        ("/b.txt", Answer::file("text/plain", "Another text.")),
        ("/slow.txt", Answer::never()),
    ])
}

in_each_browser! {
    in_one_page:

    fn an_element_that_was_there_before_the_script_is_upgraded_with_its_properties(page: &Page) {
        let host = host();
        page.goto(&host.at("/waiting.html"));
        let upgraded = run(page, "
            const here = document.getElementById('here');
            const apart = document.createElement('rubricate-article');
            const set = {
                documentId: 'mine', labelSet: [{ id: 'fact' }], readOnly: true, controls: 'status',
                keys: '{\"note\":null}', creator: 'Ada', lang: 'de', dir: 'rtl', storage: 'none',
            };
            Object.assign(here, set);
            Object.assign(apart, set, { src: 'b.txt' });
            const script = document.createElement('script');
            script.type = 'module';
            script.textContent = `import '/rubricate.js'`;
            document.head.append(script);
            const RubricateArticleElement = await customElements.whenDefined('rubricate-article');
            customElements.upgrade(apart);
            await here.ready;
            document.body.append(apart);
            await apart.ready;
            const read = (element) => [element instanceof RubricateArticleElement, element.text,
                element.document.id, element.labelSet.map(({ id }) => id), element.readOnly, element.controls,
                element.keys, element.creator, element.document.language, element.dir, element.storage,
                Object.keys(element),
                ['document-id', 'readonly', 'controls', 'keys', 'lang', 'dir', 'storage'].map((name) => element.getAttribute(name)),
                getComputedStyle(part(element, '.text')).direction, getComputedStyle(part(element, '.status')).display !== 'none',
            ];
            return [read(here), read(apart)];");
        let rest = json!(["mine", ["fact"], true, "status", "{\"note\":null}", "Ada", "de", "rtl", "none", [],
            ["mine", "", "status", "{\"note\":null}", "de", "rtl", "none"], "rtl", true]);
        for (read, text) in [(&upgraded[0], "One two. Three four."), (&upgraded[1], "Another text.")] {
            assert_eq!(read[0], json!(true));
            assert_eq!(read[1], json!(text));
            assert_eq!(json!(read.as_array().unwrap()[2..]), rest);
        }
    }

    fn the_script_may_be_loaded_twice(page: &Page) {
        let host = start(page);
        for from in ["/rubricate.js", "/rubricate.js?again", &host.named("localhost", "/rubricate.js")] {
            page.run_module(&format!("import * as module from '{from}'; (window.loaded ??= []).push(module.RubricateArticleElement)"));
        }
        page.wait_for("all are loaded", "return window.loaded?.length === 3", json!([]));
        let loaded = run(page, "
            const element = make();
            await element.load({ text: 'One.' });
            return [...window.loaded.map((one) => one === element.constructor), element.text];");
        assert_eq!(loaded, json!([true, true, true, "One."]));
        assert_eq!(page.errors(), Vec::<String>::new());
    }

    fn it_keeps_everything_when_it_is_moved(page: &Page) {
        let _host = start(page);
        let moved = run(page, "
            const box = document.createElement('div');
            box.style.height = '300px';
            const other = box.cloneNode();
            document.body.append(box, other);
            const element = make({ fill: '', controls: 'labels status panel' }, box);
            await element.load({ text: 'A line of words.\\n'.repeat(200), id: 'moved' });
            element.annotate({ start: 0, end: 1, label: 'claim' });
            await frame();
            const scroller = part(element, '.scroller');
            scroller.scrollTop = 1000;
            await new Promise((done) => scroller.addEventListener('scroll', done, { once: true }));
            const log = told(element);
            const block = part(element, '.block');
            const move = async (how) => {
                how();
                await frame();
                return [element.isConnected, part(element, '.block') === block, part(element, '.scroller').scrollTop, texts(element)];
            };
            return [
                await move(() => other.append(element)),
                await move(() => { element.remove(); box.append(element); }),
                await move(() => other.moveBefore ? other.moveBefore(element, null) : other.append(element)),
                log,
            ];");
        let kept = json!([true, true, 1000, ["claim: A"]]);
        assert_eq!(moved, json!([kept, kept, kept, []]));
    }

    fn off_the_page_it_works_and_is_shown_again_when_it_is_put_back(page: &Page) {
        let _host = start(page);
        let back = run(page, "
            const box = document.createElement('div');
            box.style.height = '300px';
            document.body.append(box);
            const element = make({ fill: '' }, box);
            await element.load({ text: 'A line of words.\\n'.repeat(200) });
            element.annotate({ start: 0, end: 1, label: 'claim' });
            await frame();
            part(element, '.scroller').scrollTop = 500;
            await new Promise((done) => part(element, '.scroller').addEventListener('scroll', done, { once: true }));
            element.remove();
            await frame();
            const log = told(element);
            const off = [element.shadowRoot.childElementCount, texts(element)];
            element.annotate({ start: 2, end: 6, label: 'quote' });
            element.undo();
            element.redo();
            const loaded = await Promise.allSettled([element.load({ text: '' })]);
            box.append(element);
            await frame();
            await frame();
            const then = log.splice(0);
            return [off, then, loaded[0].reason.message, texts(element), part(element, '.scroller').scrollTop,
                part(element, '.block').textContent, element.undo(), texts(element)];");
        assert_eq!(back, json!([
            [0, ["claim: A"]],
            ["beforechange api", "change api", "beforechange undo", "change undo", "beforechange redo", "change redo", "error"],
            "The file is empty. Choose a file that has text in it.",
            ["claim: A", "quote: line"], 500, "A line of words.", true, ["claim: A"],
        ]));
    }

    fn a_source_that_is_set_off_the_page_waits_for_it(page: &Page) {
        let _host = start(page);
        let loaded = run(page, "
            const element = make({ src: 'a.txt' }, null);
            await frame();
            const before = element.text;
            document.body.append(element);
            await element.ready;
            const first = element.text;
            element.remove();
            await frame();
            element.src = 'b.txt';
            await frame();
            const apart = element.text;
            document.body.append(element);
            await element.ready;
            const { ready } = element;
            element.removeAttribute('src');
            return [before, first, apart, element.text, element.ready === ready, element.src];");
        assert_eq!(loaded, json!(["", "One two. Three four.", "One two. Three four.", "Another text.", true, ""]));
    }

    fn a_clone_has_the_attributes_and_a_life_of_its_own(page: &Page) {
        let _host = start(page);
        let cloned = run(page, "
            const element = make({ src: 'a.txt', labels: '[{\"id\":\"fact\"}]', dir: 'rtl' });
            await element.ready;
            element.annotate({ start: 0, end: 3, label: 'fact' });
            const clone = element.cloneNode(true);
            const before = [clone.text, clone.labelSet.map(({ id }) => id), clone.dir];
            document.body.append(clone);
            await clone.ready;
            return [before, clone.text, texts(clone), texts(element)];");
        assert_eq!(cloned, json!([["", ["fact"], "rtl"], "One two. Three four.", [], ["fact: One"]]));
    }

    fn another_document_may_adopt_it(page: &Page) {
        let _host = start(page);
        let adopted = run(page, "
            const frameElement = document.createElement('iframe');
            document.body.append(frameElement);
            const element = make();
            await element.load({ text: 'One two.' });
            element.annotate({ start: 0, end: 3, label: 'claim' });
            const there = frameElement.contentDocument;
            there.body.append(there.adoptNode(element));
            await frame();
            const shown = [element.ownerDocument === there, part(element, '.block').textContent, texts(element),
                there.defaultView.getComputedStyle(part(element, '.letter'), '::before').fontWeight,
                element.annotate({ start: 4, end: 7, label: 'quote' }).text];
            const nowhere = document.implementation.createHTMLDocument('');
            nowhere.body.append(element);
            await frame();
            const apart = [element.isConnected, texts(element)];
            document.body.append(element);
            await frame();
            return [shown, apart, part(element, '.block').textContent, texts(element)];");
        assert_eq!(adopted, json!([
            [true, "One two.", ["claim: One"], "700", "two"],
            [true, ["claim: One", "quote: two"]], "One two.", ["claim: One", "quote: two"],
        ]));
        assert_eq!(page.errors(), Vec::<String>::new());
    }

    fn attributes_may_be_set_and_removed_at_any_time(page: &Page) {
        let _host = start(page);
        let seen = run(page, "
            const element = make({ panel: 'open' });
            await element.load({ text: 'One two.', lang: 'en', id: 'attributes' });
            const text = part(element, '.text');
            const shown = (name) => getComputedStyle(part(element, name)).display !== 'none';
            const key = (key) => text.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true }));
            const seen = {};
            const look = (name, value, see) => {
                const states = [see()];
                if (value !== undefined) element.setAttribute(name, value);
                states.push(see());
                element.removeAttribute(name);
                states.push(see());
                seen[name] = states;
            };
            look('readonly', '', () => [element.readOnly, shown('.labels'), thrown(() => element.clear())?.split(':')[0] ?? null]);
            look('controls', 'panel', () => [element.controls, shown('.labels'), shown('.status'), shown('.panel')]);
            look('labels', '[{\"id\":\"fact\",\"shortcut\":\"F\"}]', () => [element.labelSet.map(({ id }) => id), element.shadowRoot.querySelectorAll('.labels .label').length]);
            look('keys', '{\"help\":null}', () => [element.keys, key('?')]);
            look('lang', 'fr', () => [element.lang, element.document.language, text.lang]);
            look('dir', 'rtl', () => [element.dir, text.dir, getComputedStyle(part(element, '.block')).direction]);
            look('storage', 'local', () => element.storage);
            look('document-id', 'renamed', () => [element.documentId, element.document.id]);
            look('data-theme', 'dark', () => getComputedStyle(part(element, '.interface')).colorScheme);
            return seen;");
        let expected = json!({
            "readonly": [[false, true, null], [true, false, "NoModificationAllowedError"], [false, true, null]],
            "controls": [["labels status", true, true, false], ["panel", false, false, true], ["labels status", true, true, false]],
            "labels": [[["claim", "quote", "caption", "boilerplate"], 4], [["fact"], 1], [["claim", "quote", "caption", "boilerplate"], 4]],
            // `false`: the key was taken.
            "keys": [["", false], ["{\"help\":null}", true], ["", false]],
            "lang": [["", "en", "en"], ["fr", "fr", "fr"], ["", "en", "en"]],
            "dir": [["", "ltr", "ltr"], ["rtl", "rtl", "rtl"], ["", "ltr", "ltr"]],
            "storage": ["none", "local", "local"],
            "document-id": [["", "attributes"], ["renamed", "renamed"], ["", "attributes"]],
            "data-theme": ["normal", "dark", "normal"],
        });
        for (name, states) in expected.as_object().unwrap() {
            assert_eq!(seen[name], *states, "{name}");
        }
    }

    fn each_property_reflects_its_attribute(page: &Page) {
        let _host = start(page);
        let reflected = run(page, "
            const element = make({}, null);
            element.removeAttribute('storage');
            const set = (property, attribute, value) => {
                const before = element[property];
                element[property] = value;
                const during = [element[property], element.getAttribute(attribute)];
                element[property] = property === 'readOnly' ? false : null;
                return [before, ...during, element.hasAttribute(attribute)];
            };
            return [
                set('src', 'src', 'a.txt')[2], element.src,
                set('documentId', 'document-id', 5),
                set('storage', 'storage', 'none'),
                set('readOnly', 'readonly', 1),
                set('controls', 'controls', 'panel overview'),
                set('keys', 'keys', { note: null }),
            ];");
        assert_eq!(reflected, json!([
            "a.txt", "",
            ["", "5", "5", false],
            ["local", "none", "none", false],
            [false, true, "", false],
            ["labels status", "panel overview", "panel overview", false],
            ["", "{\"note\":null}", "{\"note\":null}", false],
        ]));
    }

    fn another_document_id_opens_what_is_stored_under_it(page: &Page) {
        let _host = start(page);
        let opened = run(page, "
            const element = make({ storage: 'local', src: 'a.txt', 'document-id': 'first' });
            await element.ready;
            element.annotate({ start: 0, end: 3, label: 'claim' });
            const switched = async (id) => {
                const log = told(element);
                if (id === null) element.removeAttribute('document-id');
                else element.documentId = id;
                const refused = thrown(() => element.clear());
                await element.ready;
                return [element.document.id.replace(location.origin, ''), texts(element), log.includes('load'), refused?.split(':')[0]];
            };
            const results = [await switched('second')];
            element.annotate({ start: 4, end: 7, label: 'quote' });
            results.push(await switched('first'), await switched('second'), await switched(null));
            return results;");
        let refused = "InvalidStateError";
        assert_eq!(opened, json!([
            ["second", [], true, refused],
            ["first", ["claim: One"], true, refused],
            ["second", ["quote: two"], true, refused],
            ["/a.txt", [], true, refused],
        ]));
    }

    fn several_elements_with_one_source_are_told_apart_by_their_order(page: &Page) {
        let _host = start(page);
        let ids = run(page, "
            const box = document.createElement('div');
            document.body.append(box);
            const named = (attributes) => {
                const element = document.createElement('rubricate-article');
                for (const [name, value] of Object.entries({ src: 'a.txt', ...attributes })) element.setAttribute(name, value);
                return element;
            };
            const shadow = document.createElement('div').attachShadow({ mode: 'open' });
            const inside = named({});
            shadow.append(inside);
            const elements = [named({}), named({ 'document-id': 'own' }), named({ src: 'b.txt' }), named({}), named({})];
            box.append(...elements, shadow.host);
            await Promise.all([...elements, inside].map(({ ready }) => ready));
            elements[0].annotate({ start: 0, end: 3, label: 'claim' });
            return [...elements, inside].map((element) => [element.document.id.replace(location.origin, ''), element.annotations.length]);");
        assert_eq!(ids, json!([
            ["/a.txt", 1], ["own", 0], ["/b.txt", 0], ["/a.txt#2", 0], ["/a.txt#3", 0], ["/a.txt#4", 0],
        ]));
    }

    fn ready_is_of_the_load_that_counts(page: &Page) {
        let _host = start(page);
        let ready = run(page, "
            const state = async (promise) => Promise.race([promise.then(() => 'resolved', ({ message }) => message), frame().then(() => 'pending')]);
            const element = make();
            const first = element.ready;
            const states = [await state(first)];
            const overtaken = element.load({ url: 'slow.txt' }).catch(({ name }) => name);
            states.push(await state(first), element.ready === first);
            await element.load({ text: 'One.' });
            // It is ended, and says so.
            states.push(await state(first), element.ready === first, await overtaken);

            const second = element.load({ url: 'b.txt' });
            const next = element.ready;
            states.push(next === first, thrown(() => element.annotate({ start: 0, end: 3, label: 'claim' })), element.text);
            element.addEventListener('rubricate-load', () => element.annotate({ start: 0, end: 7, label: 'claim' }), { once: true });
            await second;
            states.push(await state(next), texts(element));

            const failing = element.load({ text: '' }).catch(({ message }) => message);
            const third = element.ready;
            states.push(await failing, await state(third), element.text);

            const other = make();
            const never = other.ready;
            await other.load({ text: '' }).catch(() => {});
            const { ready } = other;
            await other.load({ text: 'Two.' });
            states.push(await state(never), ready === never, other.ready === never, await state(other.ready));
            return states;");
        assert_eq!(ready, json!([
            "pending", "pending", true, "resolved", true, "AbortError",
            false, "InvalidStateError: A document is being loaded. Wait for the promise in ready.", "One.",
            "resolved", ["claim: Another"],
            "The file is empty. Choose a file that has text in it.", "resolved", "Another text.",
            "The file is empty. Choose a file that has text in it.", true, false, "resolved",
        ]));
    }

    fn what_is_tagged_while_the_same_document_is_opened_again_stays_and_is_ones_own(page: &Page) {
        let _host = start(page);
        let kept = run(page, "
            const element = make({ storage: 'local' });
            const input = { text: 'One two.', id: 'again' };
            await element.load(input);
            const log = told(element);
            const again = element.load(input);
            for (const key of ['ArrowRight', 'c'])
                part(element, '.text').dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true }));
            const meanwhile = texts(element);
            await again;
            const after = texts(element);
            // Behind all that the channel still brings.
            const [one, other] = ['', ''].map(() => new BroadcastChannel('rubricate'));
            const heard = new Promise((done) => other.addEventListener('message', ({ data }) => data === 'probe' && done()));
            one.postMessage('probe');
            await heard;
            return [meanwhile, after, element.undo(), texts(element), log.filter((name) => name.startsWith('change'))];");
        assert_eq!(kept, json!([["claim: One"], ["claim: One"], true, [], ["change user", "change undo"]]));
    }

    fn what_is_read_only_can_not_be_undone_either(page: &Page) {
        let _host = start(page);
        let refused = run(page, "
            const element = make();
            await element.load({ text: 'One two.' });
            const { id } = element.annotate({ start: 0, end: 3, label: 'claim' });
            element.readOnly = true;
            const calls = ['annotate', 'update', 'remove', 'clear', 'undo', 'redo'];
            const refused = calls.map((name) => thrown(() => element[name]({ start: 4, end: 7, label: 'claim' }, {})));
            refused.push(await element.import('{}').catch(({ name, message }) => `${name}: ${message}`));
            const restored = element.restore([{ start: 4, end: 7, label: 'quote' }]);
            const during = texts(element);
            element.readOnly = false;
            element.addEventListener('rubricate-beforechange', () => (element.readOnly = true), { once: true });
            return [refused, restored, during, thrown(() => element.clear()), texts(element)];");
        let read_only = "NoModificationAllowedError: This document is read-only.";
        assert_eq!(refused, json!([vec![read_only; 7], 1, ["quote: two"], read_only, ["quote: two"]]));
    }

    fn a_thousand_connects_leave_nothing_behind(page: &Page) {
        let host = host();
        page.goto(&host.at("/empty.html"));
        // The program's memory, which nobody else is given.
        page.run_module("
            const { instantiateStreaming } = WebAssembly;
            WebAssembly.instantiateStreaming = async (...all) => {
                const made = await instantiateStreaming(...all);
                if ('handle_new' in made.instance.exports) window.memory = made.instance.exports.memory;
                return made;
            };");
        page.define_element();
        // Only one browser can be told to collect what nobody has any more.
        let dropped = if page.browser() == Browser::Chromium { 1000 } else { 0 };
        let thousand_rounds = || {
            run(page, &format!("
                const element = make();
                await element.load({{ text: 'One two.\\n'.repeat(100) }});
                element.annotate({{ start: 0, end: 3, label: 'claim' }});
                for (let round = 0; round < 1000; round += 1) {{
                    element.remove();
                    await null;
                    await null;
                    document.body.append(element);
                }}
                element.remove();
                for (let round = 0; round < {dropped}; round += 1) make().remove();"));
        };
        // Memory that was had once is never given back to the browser, so the second time tells.
        thousand_rounds();
        let before = memory(page);
        let first = left(page);
        thousand_rounds();
        wait_until_equal(&first, || left(page));
        let grown = memory(page) - before;
        assert!(grown < 32, "{grown} pages more after a thousand elements more");
    }
}

/// How many pages of 64 KiB the program has.
fn memory(page: &Page) -> i64 {
    let pages = run(page, "return memory.buffer.byteLength / 65536");
    pages.as_i64().unwrap()
}

/// Nodes, listeners and ranges of the page, after the browser has cleaned up. What a browser doesn't
/// tell is 0.
fn left(page: &Page) -> Value {
    let mut counts = json!([0, 0]);
    if page.browser() == Browser::Chromium {
        let command = |name: &str| page.session.command(name, &json!({})).unwrap();
        command("HeapProfiler.collectGarbage");
        let counters = command("Memory.getDOMCounters");
        counts = json!([counters["nodes"], counters["jsEventListeners"]]);
    }
    let ranges =
        "return [...CSS.highlights].reduce((sum, [, highlight]) => sum + highlight.size, 0)";
    json!([counts, run(page, ranges)])
}
