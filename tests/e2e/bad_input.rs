//! Bad input from a host: an error that names what is wrong and what was expected, nothing changed,
//! and the same sentence in the promise and in the event.

use crate::harness::{Answer, Host, Page, in_each_browser};
use rubricate::format::FORMATS;
use serde_json::{Value, json};
use std::net::TcpListener;

/// What every script here can call: `attempt` gives what was thrown or rejected, in words.
const HELP: &str = "
const attempt = async (act) => {
    try {
        await act();
        return 'fine';
    } catch (error) {
        return `${error.name}: ${error.message}`;
    }
};
const open = async () => {
    const element = document.createElement('rubricate-article');
    element.storage = 'none';
    document.body.append(element);
    await element.load({ text: '😀 one two.', id: 'bad' });
    element.annotate({ start: 3, end: 6, label: 'claim' });
    return element;
};
const state = (element) => JSON.stringify([element.annotations, element.labelSet, element.text]);
const unfit = {
    null: null, true: true, string: '7', NaN: NaN, infinite: Infinity, negative: -1, fraction: 7.5, huge: 2 ** 32,
    bigint: 7n, symbol: Symbol('7'), object: {}, array: [7], function: () => 7, boxed: new Number(7),
};
";

fn run(page: &Page, script: &str, arguments: Value) -> Value {
    let body = format!("return (async function () {{ {HELP} {script} }}).apply(null, arguments)");
    page.run(&body, arguments)
}

fn start(page: &Page) -> Host {
    let host = Host::start([
        ("/", Answer::page("<!doctype html><title>Host</title>")),
        ("/empty", Answer::file("text/plain", "")),
        (
            "/image",
            Answer::file("image/png", &b"\x89PNG\r\n\x1a\n"[..]),
        ),
        ("/large", Answer::file("text/plain", vec![b'a'; 25_000_001])),
        ("/broken", Answer::failure(500)),
        ("/blank", Answer::file("text/html", "<script>1</script>")),
        ("/dataset", Answer::file("application/json", "{")),
        ("/slow", Answer::never()),
        ("/round", Answer::failure(302).with("Location", "/round")),
    ]);
    page.goto(&host.at("/"));
    page.define_element();
    host
}

in_each_browser! {
    in_one_page:

    fn every_unfit_value_of_every_field_is_refused_by_the_fields_name(page: &Page) {
        let _host = start(page);
        let refused = run(page, "
            const element = await open();
            const before = state(element);
            const good = { start: 7, end: 10, label: 'quote', note: 'n' };
            const ends = {};
            for (const [kind, value] of Object.entries(unfit)) ends[kind] = await attempt(() => element.annotate({ ...good, start: value }));
            const others = [];
            const { id } = element.annotations[0];
            for (const field of ['start', 'end', 'label', 'note'])
                for (const [kind, value] of Object.entries(unfit)) {
                    if (typeof value === 'string' || value === null && field === 'note') continue;
                    const said = await attempt(() => element.annotate({ ...good, [field]: value }));
                    if (!said.includes(field)) others.push(`annotate ${field} ${kind}: ${said}`);
                    if (value === null) continue;
                    const changed = await attempt(() => element.update(id, { [field]: value }));
                    if (!changed.includes(field)) others.push(`update ${field} ${kind}: ${changed}`);
                }
            return [ends, others, state(element) === before];", json!([]));
        let whole = "RangeError: start must be a whole number of UTF-16 code units from 0 on.";
        let number = "TypeError: start must be a number.";
        assert_eq!(refused, json!([{
            "null": "TypeError: start is missing.", "true": number, "string": number, "NaN": whole,
            "infinite": whole, "negative": whole, "fraction": whole, "huge": whole, "bigint": number,
            "symbol": number, "object": number, "array": number, "function": number, "boxed": number,
        }, [], true]));
    }

    fn what_a_getter_throws_reaches_the_caller_and_nothing_is_changed(page: &Page) {
        let _host = start(page);
        let thrown = run(page, "
            const element = await open();
            const before = state(element);
            const throwing = (field, rest) => Object.defineProperty({ ...rest }, field, {
                get() { throw new SyntaxError(`${field} is a trap`); }, enumerable: true,
            });
            const good = { start: 7, end: 10, label: 'quote' };
            const { id } = element.annotations[0];
            const errors = [];
            const told = [];
            element.addEventListener('rubricate-error', ({ detail }) => told.push(detail.message));
            for (const act of [
                () => element.annotate(throwing('end', good)),
                () => element.update(id, throwing('note', { label: 'quote' })),
                () => element.restore([good, throwing('label', good)]),
                () => element.load(throwing('text', {})),
                () => element.load(throwing('title', { text: 'a' })),
                () => { element.labelSet = [throwing('name', { id: 'a' })]; },
            ]) errors.push(await attempt(act));
            return [errors, told, state(element) === before];", json!([]));
        assert_eq!(thrown, json!([
            [
                "SyntaxError: end is a trap", "SyntaxError: note is a trap", "SyntaxError: label is a trap",
                "SyntaxError: text is a trap", "SyntaxError: title is a trap", "fine",
            ],
            [
                "text is a trap", "title is a trap",
                "The labels must be a JSON array of objects with an \"id\" each: it is no array of objects.",
            ],
            true,
        ]));
    }

    fn a_method_says_what_it_needs(page: &Page) {
        let _host = start(page);
        let said = run(page, "
            const element = await open();
            const before = state(element);
            const told = [];
            element.addEventListener('rubricate-error', ({ detail: { message } }) => told.push(message));
            const { id } = element.annotations[0];
            const good = { start: 7, end: 10, label: 'quote' };
            const said = [];
            for (const act of [
                () => element.annotate(),
                () => element.annotate('a'),
                () => element.update(id),
                () => element.update(id, 'note'),
                () => element.update(5, {}),
                () => element.update(undefined, {}),
                () => element.remove(5),
                () => element.remove(undefined),
                () => element.remove({ toString() { throw new Error('never asked'); } }),
                () => element.restore(),
                () => element.restore({ length: 1, 0: good }),
                () => element.restore([good, null]),
                () => element.restore([good, { ...good, start: 99 }]),
                () => element.restore([good, { ...good, end: '9' }]),
                () => element.restore([good, { ...good, start: 1 }]),
                () => element.restore([good, { ...good, label: 'no label' }]),
                () => element.restore([{ ...good, id: 'a' }, { ...good, id: 'a' }]),
                () => element.restore([{ ...good, provenance: 'me' }]),
                () => element.restore([{ ...good, provenance: { method: 'luck' } }]),
                () => element.export('docx'),
                () => element.export(null),
                () => element.import(),
                () => element.import({}),
                () => element.import('', 'json'),
                () => element.import('[]', 'docx'),
                () => element.open('absent'),
                () => element.load(),
                () => element.load('text'),
                () => element.load({ text: 'a', url: 'b' }),
                () => element.load({ url: 5 }),
                () => element.load({ markdown: [] }),
                () => element.load({ file: new Blob(['a']) }),
                () => element.load({ text: 'a', id: 5 }),
                () => element.load({ text: 'a', lang: {} }),
            ]) said.push(await attempt(act));
            const promised = said.slice(said.findIndex((one) => one.includes('docx')));
            return [said, state(element) === before, promised.filter((one) => !told.some((message) => one.endsWith(message)))];", json!([]));
        let ids: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        let no_format = |id: &str| format!("RangeError: There is no format {id:?}; the formats are {}.", ids.join(", "));
        let object = "TypeError: load needs an object: {text}, {html}, {markdown}, {file} or {url}.";
        assert_eq!(said[0], json!([
            "TypeError: annotate needs an object: {start, end, label, note?, attributes?}.",
            "TypeError: annotate needs an object: {start, end, label, note?, attributes?}.",
            "TypeError: update needs an object: {label?, start?, end?, note?, attributes?}.",
            "TypeError: update needs an object: {label?, start?, end?, note?, attributes?}.",
            "TypeError: id must be a string.",
            "TypeError: id must be a string.",
            "TypeError: id must be a string.",
            "TypeError: id must be a string.",
            "TypeError: id must be a string.",
            "TypeError: restore needs an array of annotations.",
            "TypeError: restore needs an array of annotations.",
            "TypeError: annotations[1] must be an object: {start, end, label, …}.",
            "RangeError: annotations[1]: The span ends at 10, before its start at 99.",
            "TypeError: annotations[1].end must be a number.",
            "RangeError: annotations[1]: The offset 1 stands inside a character: between the two UTF-16 code units of a surrogate pair.",
            "TypeError: annotations[1].label, \"no label\", is no label id.",
            "RangeError: annotations[1].id, \"a\", is there twice.",
            "TypeError: annotations[0].provenance must be an object.",
            "TypeError: \"luck\" is no method; there are manual, imported, model and rule.",
            no_format("docx"),
            no_format("null"),
            "TypeError: import needs a File, an array of them, or a string.",
            "TypeError: import needs a File, an array of them, or a string.",
            said[0][23],
            no_format("docx"),
            "Error: No document called \"absent\" is kept in this browser. Open its file again.",
            object,
            object,
            "TypeError: load needs exactly one of text, html, markdown, file and url.",
            "TypeError: url must be a string.",
            "TypeError: markdown must be a string.",
            "TypeError: file must be a File.",
            "TypeError: id must be a string.",
            "TypeError: lang must be a string.",
        ]));
        assert_eq!(said[1], json!(true));
        assert_eq!(said[2], json!([]), "what rejects a promise is an event, too");
    }

    fn labels_that_are_none_leave_the_former_ones(page: &Page) {
        let _host = start(page);
        let said = run(page, "
            const element = await open();
            const before = state(element);
            const told = [];
            element.addEventListener('rubricate-error', ({ detail: { code, message } }) => told.push(`${code}: ${message}`));
            const json = (labels) => element.setAttribute('labels', typeof labels === 'string' ? labels : JSON.stringify(labels));
            for (const labels of ['{', 'null', '5', '{}', '[]', '[5]', [{}], [{ id: 5 }], [{ id: '1a' }], [{ id: 'a' }, { id: 'a' }],
                [{ id: 'a', shortcut: 'AB' }], [{ id: 'a', shortcut: 'F' }, { id: 'b', shortcut: 'f' }], [{ id: 'a', color: 'red' }],
                [{ id: 'a', line: 'wavy' }], [{ id: 'a', name: 5 }]]) json(labels);
            const own = [];
            own.push(own);
            for (const labels of [5, 'claim', {}, [], [null], () => [], Symbol('labels'), 7n, own, [{ id: 'a', color: 7 }]])
                element.labelSet = labels;
            return [told, state(element) === before];", json!([]));
        let told: Vec<String> = serde_json::from_value(said[0].clone()).unwrap();
        assert_eq!(told.len(), 25, "{told:#?}");
        for one in &told {
            assert!(one.starts_with("labels: The ") && one.ends_with('.'), "{one}");
        }
        assert_eq!(told[4], "labels: The label set is empty; it needs one label at least.");
        assert_eq!(told[9], "labels: The label id \"a\" is there twice.");
        assert_eq!(said[1], json!(true));
    }

    fn keys_that_are_none_leave_the_former_ones(page: &Page) {
        let _host = start(page);
        let said = run(page, "
            const element = await open();
            element.keys = { help: 'x' };
            const told = [];
            element.addEventListener('rubricate-error', ({ detail: { code, message } }) => told.push(`${code}: ${message}`));
            for (const keys of ['{', '[]', '5', '{\"note\":5}', '{\"fly\":\"x\"}', '{\"note\":\"xy\"}']) {
                element.keys = keys;
                element.keys = '{\"help\":\"x\"}';
            }
            const press = (key) => !element.shadowRoot.querySelector('.text').dispatchEvent(
                new KeyboardEvent('keydown', { key, code: `Key${key}`, bubbles: true, cancelable: true }));
            return [told, press('?'), press('x')];", json!([]));
        let told: Vec<String> = serde_json::from_value(said[0].clone()).unwrap();
        assert_eq!(told.len(), 6, "{told:#?}");
        for one in &told[..4] {
            assert!(one.starts_with("keys: keys must be a JSON object of command names to a key or null: "), "{one}");
        }
        assert!(told[4].contains("fly") && told[5].contains("xy"), "{told:#?}");
        assert_eq!([&said[1], &said[2]], [&json!(false), &json!(true)]);
    }

    fn a_source_fails_in_the_promises_and_in_the_event_with_one_sentence(page: &Page) {
        let host = start(page);
        let strangers = Host::start([("/a.txt", Answer::file("text/plain", "Not yours."))]);
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let sources = json!([
            ["absent", "http", "answered 404 Not Found. Check the address"],
            ["broken", "http", "answered 500 Internal Server Error. Check the address"],
            ["round", "network", "can’t be fetched from here"],
            [strangers.at("/a.txt"), "network", "can’t be fetched from here"],
            [format!("http://{closed}/"), "network", "can’t be fetched from here"],
            ["slow", "timeout", "did not answer within 30 seconds. Try again"],
            ["ftp://example.org/a", "url", "Only http and https addresses can be fetched, not ftp:"],
            ["file:///a.txt", "url", "Only http and https addresses can be fetched, not file:"],
            ["data:text/plain,a", "url", "Only http and https addresses can be fetched, not data:"],
            ["javascript:1", "url", "Only http and https addresses can be fetched, not javascript:"],
            ["http://", "url", "\"http://\" is no address. It should begin with https://."],
            ["", "url", "The address is empty. It should begin with https://."],
            ["empty", "empty", "The file is empty. Choose a file that has text in it."],
            ["blank", "no-text", "no text that a reader would see"],
            ["large", "too-large", "at most 25 MB"],
            ["image", "binary", "This is an image, not text."],
            ["dataset", "dataset", ""],
        ]);
        let failures = run(page, "
            // Thirty seconds are long.
            const { timeout } = AbortSignal;
            const [sources] = arguments;
            const failures = [];
            for (const [src] of sources) {
                AbortSignal.timeout = (after) => timeout.call(AbortSignal, src === 'slow' ? 300 : after);
                const events = [];
                const element = document.createElement('rubricate-article');
                element.addEventListener('rubricate-error', ({ detail, bubbles, composed }) => events.push({ ...detail, bubbles, composed }));
                element.src = src;
                document.body.append(element);
                const ready = await element.ready.catch(({ message }) => message);
                const loading = await element.load({ url: src }).catch(({ message }) => message);
                const opened = [element.text, element.document, element.annotations.length, element.src];
                failures.push({ src, events, ready, loading, opened });
                element.remove();
            }
            return failures;", json!([sources]));
        let failures = failures.as_array().unwrap();
        assert_eq!(failures.len(), sources.as_array().unwrap().len());
        for (failure, source) in failures.iter().zip(sources.as_array().unwrap()) {
            let sentence = failure["ready"].as_str().unwrap_or_else(|| panic!("{failure:#}"));
            assert!(sentence.contains(source[2].as_str().unwrap()), "{failure:#}");
            assert_eq!(failure["loading"], failure["ready"], "{failure:#}");
            let event = json!({ "code": source[1], "message": sentence, "bubbles": true, "composed": true });
            assert_eq!(failure["events"], json!([event, event]), "{failure:#}");
            assert_eq!(failure["opened"][0], json!(""), "{failure:#}");
            assert_eq!(failure["opened"][1], json!(null), "{failure:#}");
        }
        drop(page.errors());
        drop(host);
    }

    fn what_was_open_stays_open_when_another_source_fails(page: &Page) {
        let _host = start(page);
        let stays = run(page, "
            const element = await open();
            const before = state(element);
            const told = [];
            element.addEventListener('rubricate-error', ({ detail }) => told.push(detail.message));
            element.src = 'absent';
            const first = element.ready;
            await first;
            element.src = '';
            await element.ready;
            element.readOnly = false;
            element.annotate({ start: 7, end: 10, label: 'quote' });
            element.undo();
            return [told.length, state(element) === before];", json!([]));
        assert_eq!(stays, json!([2, true]));
    }
}
