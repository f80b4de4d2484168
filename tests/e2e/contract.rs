//! The public contract of `<rubricate-article>`: its methods, properties, attributes and events, as a
//! page that embeds it relies on them.

use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

/// A text whose code points, UTF-16 code units and bytes differ from the first character on.
const TEXT: &str = "😀 one two. Three é four.";

/// Makes a new `element` without storage and without a document.
const ELEMENT: &str = "
const element = document.createElement('rubricate-article');
element.storage = 'none';
document.body.append(element);
const told = [];
for (const name of ['load', 'beforechange', 'change', 'select', 'saved', 'error'])
    element.addEventListener(`rubricate-${name}`, ({ detail }) => told.push(detail?.by ? `${name} ${detail.by}` : name));
const thrown = (act) => {
    try {
        act();
        return null;
    } catch (error) {
        return `${error.name}: ${error.message}`;
    }
};
const texts = () => element.annotations.map(({ label, text }) => `${label}: ${text}`);
";

/// Runs the body of an async function that knows `element`, with the text open in it.
fn run(page: &Page, script: &str) -> Value {
    let loaded = "await element.load({ text: arguments[0][0], id: 'contract', title: 'T', lang: 'en' }); told.length = 0;";
    run_unloaded(page, &format!("{loaded}{script}"))
}

/// The same with nothing open.
fn run_unloaded(page: &Page, script: &str) -> Value {
    let body = format!("return (async function () {{ {ELEMENT} {script} }})(arguments)");
    page.run(&body, json!([TEXT]))
}

fn open(page: &Page) {
    page.goto("");
    let defined = "return customElements.whenDefined('rubricate-article').then(() => true)";
    page.wait_for("the element is defined", defined, json!([]));
}

in_each_browser! {
    in_one_page:

    fn before_a_document_is_open_nothing_can_be_changed(page: &Page) {
        open(page);
        let refused = run_unloaded(page, "
            return [
                element.text, element.annotations.length, element.document, element.dirty,
                ...[
                    () => element.annotate({ start: 0, end: 1, label: 'claim' }),
                    () => element.update('a', {}),
                    () => element.remove('a'),
                    () => element.clear(),
                    () => element.undo(),
                    () => element.redo(),
                ].map((act) => thrown(act).split(':')[0]),
                await element.export().catch((error) => error.name),
                await element.import('{}').catch((error) => error.name),
            ];");
        let mut expected = json!(["", 0, null, false]);
        expected.as_array_mut().unwrap().extend(vec![json!("InvalidStateError"); 8]);
        assert_eq!(refused, expected);
    }

    fn what_a_host_restores_is_found_by_its_words(page: &Page) {
        let restored = run(page, "
            await element.load({ text: 'Two. One two. Three.' });
            const seen = () => element.annotations.map(({ start, text }) => `${start}: ${text}`);
            element.restore([
                { start: 0, end: 4, label: 'claim', text: 'One ' },
                { start: 5, end: 8, label: 'quote', text: 'One' },
                { start: 90, end: 96, label: 'caption', text: 'Three.' },
                { start: 0, end: 4, label: 'claim' },
            ]);
            const found = seen();
            try {
                element.restore([{ start: 0, end: 4, label: 'claim' }, { start: 0, end: 4, label: 'claim', text: 'Four' }]);
            } catch ({ name, message }) {
                found.push(`${name}: ${message}`);
            }
            return [...found, seen().length];");
        assert_eq!(restored, json!([
            "0: Two.",
            "5: One ",
            "5: One",
            "14: Three.",
            "RangeError: annotations[1].text, \"Four\", does not stand in the article.",
            4,
        ]));
    }

    fn loading_gives_the_length_in_utf16_and_tells_of_it(page: &Page) {
        open(page);
        let loaded = run_unloaded(page, "
            let ready = false;
            element.ready.then(() => (ready = true));
            const detail = new Promise((done) =>
                element.addEventListener('rubricate-load', ({ detail }) => done(detail)));
            const loaded = await element.load({ text: arguments[0][0], title: 'T', lang: 'en', id: 'x' });
            await element.ready;
            return [loaded, await detail, ready, told, element.text, element.document];");
        let result = json!({ "id": "x", "length": 25 });
        assert_eq!(loaded, json!([result, result, true, ["load"], TEXT, {
            "id": "x", "title": "T", "language": "en", "length": 25, "source": null, "charset": null,
            "state": "open", "reason": null,
        }]));
    }

    fn every_way_to_load_takes_exactly_one_source(page: &Page) {
        open(page);
        let loaded = run_unloaded(page, "
            const text = async (input) => element.load(input).then(() => element.text,
                (error) => `${error.name}: ${error.message}`);
            return [
                await text({ html: '<p>a<p>b' }),
                await text({ markdown: '# a' }),
                await text({ file: new File(['abc'], 'a.txt') }),
                await text({ url: 'sample/absent.html' }),
                await text({ text: 'a', html: 'b' }),
                await text({}),
                await text('a'),
                await text({ text: 1 }),
                await text({ file: 'a' }),
                await text({ text: '' }),
            ];");
        let loaded: Vec<String> = serde_json::from_value(loaded).unwrap();
        let expected = [
            "a\n\nb",
            "# a",
            "abc",
            "answered 404",
            "TypeError: load needs exactly one of text, html, markdown, file and url.",
            "TypeError: load needs exactly one of text, html, markdown, file and url.",
            "TypeError: load needs an object: {text}, {html}, {markdown}, {file} or {url}.",
            "TypeError: text must be a string.",
            "TypeError: file must be a File.",
            "Error: The file is empty.",
        ];
        for (loaded, expected) in loaded.iter().zip(expected) {
            assert!(loaded.contains(expected), "{loaded} should have {expected}");
        }
    }

    fn a_later_load_overtakes_an_earlier_one(page: &Page) {
        open(page);
        let loaded = run_unloaded(page, "
            const first = element.load({ url: 'sample/river.html' });
            const second = element.load({ text: 'second' });
            const names = await Promise.allSettled([first, second]);
            return [names.map(({ status, reason }) => reason?.name ?? status), element.text];");
        assert_eq!(loaded, json!([["AbortError", "fulfilled"], "second"]));
    }

    fn offsets_are_utf16_and_code_points_stand_beside_them(page: &Page) {
        open(page);
        let made = run(page, "
            const made = element.annotate({ start: 3, end: 11, label: 'claim', note: 'n' });
            const { id, created, ...rest } = made;
            const behind = element.annotate({ start: 18, end: 19, label: 'quote' });
            return [typeof id, isNaN(Date.parse(created)), rest, behind.text, behind.codePoints,
                element.text.slice(behind.start, behind.end)];");
        assert_eq!(made, json!(["string", false, {
            "start": 3, "end": 11, "label": "claim", "codePoints": { "start": 2, "end": 10 },
            "text": "one two.", "note": "n", "provenance": { "method": "manual" },
        }, "é", { "start": 17, "end": 18 }, "é"]));
    }

    fn what_is_handed_out_is_frozen_and_stays_the_same_until_something_changes(page: &Page) {
        open(page);
        let frozen = run(page, "
            element.annotate({ start: 3, end: 6, label: 'claim' });
            const before = element.annotations;
            const same = before === element.annotations;
            const [one] = before;
            element.annotate({ start: 7, end: 10, label: 'claim' });
            const many = Array.from({ length: 70 }, (_, index) => ({ start: 3, end: 3 + index % 20 + 1, label: index < 20 ? 'quote' : index < 40 ? 'caption' : 'boilerplate' }));
            for (const one of many) try { element.annotate(one); } catch { }
            const deep = (value) => Object.isFrozen(value) && Object.values(value).every((inner) => Object(inner) !== inner || deep(inner));
            return [same, before.length, deep(before), deep(one), element.annotations.length > 60, deep(element.annotations), deep(element.document)];");
        assert_eq!(frozen, json!([true, 1, true, true, true, true, true]));
    }

    fn each_bad_argument_is_refused_in_words(page: &Page) {
        open(page);
        let refused = run(page, "
            const { id } = element.annotate({ start: 3, end: 6, label: 'claim' });
            const good = { start: 7, end: 10, label: 'claim' };
            return [
                ...[
                    { ...good, start: 1 },
                    { ...good, end: 26 },
                    { ...good, end: 7 },
                    { ...good, end: 6 },
                    { ...good, start: -1 },
                    { ...good, start: 1.5 },
                    { ...good, start: NaN },
                    { ...good, start: '7' },
                    { ...good, end: undefined },
                    { ...good, label: 'opinion' },
                    { ...good, label: undefined },
                    { ...good, label: 1 },
                    { ...good, note: 1 },
                    undefined,
                    { start: 3, end: 6, label: 'claim' },
                ].map((argument) => thrown(() => element.annotate(argument))),
                thrown(() => element.update('absent', { note: 'a' })),
                thrown(() => element.update(id, { end: 99 })),
                thrown(() => element.update(id, { label: 'opinion' })),
                await element.export('docx').catch(({ name, message }) => `${name}: ${message.slice(0, 58)}`),
                await element.import('{', 'json').catch(({ name }) => name),
                texts(), told.filter((name) => name !== 'error'),
            ];");
        let labels = "TypeError: There is no label \"opinion\"; the labels are claim, quote, caption, boilerplate.";
        assert_eq!(refused, json!([
            "RangeError: The offset 1 stands inside a character: between the two UTF-16 code units of a surrogate pair.",
            "RangeError: The span ends at 26, but the text has only 25 UTF-16 code units.",
            "RangeError: The span is empty: it starts and ends at 7. A span covers at least one character.",
            "RangeError: The span ends at 6, before its start at 7.",
            "RangeError: start must be a whole number of UTF-16 code units from 0 on.",
            "RangeError: start must be a whole number of UTF-16 code units from 0 on.",
            "RangeError: start must be a whole number of UTF-16 code units from 0 on.",
            "TypeError: start must be a number.",
            "TypeError: end is missing.",
            labels,
            "TypeError: label is missing.",
            "TypeError: label must be a string.",
            "TypeError: note must be a string.",
            "TypeError: annotate needs an object: {start, end, label, note?, attributes?}.",
            "InvalidStateError: Already tagged as claim. Backspace removes it.",
            "RangeError: There is no annotation with the id \"absent\".",
            "RangeError: The span ends at 99, but the text has only 25 UTF-16 code units.",
            labels,
            "RangeError: There is no format \"docx\"; the formats are json, hf-jsonl,",
            "Error",
            ["claim: one"],
            ["beforechange api", "change api"],
        ]));
    }

    fn annotations_are_updated_removed_cleared_undone_and_redone(page: &Page) {
        open(page);
        let results = run(page, "
            const { id } = element.annotate({ start: 3, end: 6, label: 'claim' });
            element.annotate({ start: 7, end: 10, label: 'quote' });
            const states = [];
            const then = (result) => states.push([result, texts()]);
            then(element.update(id, { label: 'caption', end: 10, note: 'n' }).note);
            then(element.update(id, { note: '' }).note ?? null);
            then(element.remove('absent'));
            then(element.remove(id));
            then(element.undo());
            then(element.redo());
            then(element.undo());
            then(element.clear());
            then(element.clear());
            then(element.undo());
            while (element.undo());
            then(element.undo());
            while (element.redo());
            then(element.redo());
            return states;");
        let both = json!(["caption: one two", "quote: two"]);
        assert_eq!(results, json!([
            ["n", both],
            [null, both],
            [false, both],
            [true, ["quote: two"]],
            [true, both],
            [true, ["quote: two"]],
            [true, both],
            [2, []],
            [0, []],
            [true, both],
            [false, []],
            [false, []],
        ]));
    }

    fn remove_without_an_id_takes_the_element_out_as_on_every_element(page: &Page) {
        open(page);
        assert_eq!(
            run(page, "element.annotate({ start: 3, end: 6, label: 'claim' });
                element.remove();
                const apart = element.isConnected;
                document.body.append(element);
                return [apart, element.isConnected, texts()];"),
            json!([false, true, ["claim: one"]])
        );
    }

    fn events_tell_what_changes_by_whom_in_order(page: &Page) {
        open(page);
        let events = run(page, "
            const details = [];
            element.addEventListener('rubricate-change', ({ detail, bubbles, composed, cancelable }) =>
                details.push({
                    added: detail.added.map(({ text }) => text),
                    removed: detail.removed.map(({ text }) => text),
                    changed: detail.changed.map(({ before, after }) => [before.label, after.label]),
                    by: detail.by, flags: [bubbles, composed, cancelable],
                }));
            const { id } = element.annotate({ start: 3, end: 6, label: 'claim' });
            element.update(id, { label: 'quote' });
            element.undo();
            element.redo();
            const file = await element.export('json');
            element.remove(id);
            await element.import(file);
            return [told.filter((name) => !['select'].includes(name)), details];");
        let flags = json!([true, true, false]);
        assert_eq!(events, json!([
            [
                "beforechange api", "change api", "beforechange api", "change api",
                "beforechange undo", "change undo", "beforechange redo", "change redo",
                "beforechange api", "change api", "beforechange import", "change import",
            ],
            [
                { "added": ["one"], "removed": [], "changed": [], "by": "api", "flags": flags },
                { "added": [], "removed": [], "changed": [["claim", "quote"]], "by": "api", "flags": flags },
                { "added": [], "removed": [], "changed": [["quote", "claim"]], "by": "undo", "flags": flags },
                { "added": [], "removed": [], "changed": [["claim", "quote"]], "by": "redo", "flags": flags },
                { "added": [], "removed": ["one"], "changed": [], "by": "api", "flags": flags },
                { "added": ["one"], "removed": [], "changed": [], "by": "import", "flags": flags },
            ],
        ]));
    }

    fn a_listener_cancels_a_change_before_it_is_made(page: &Page) {
        open(page);
        let cancelled = run(page, "
            const { id } = element.annotate({ start: 3, end: 6, label: 'claim' });
            const file = await element.export('json');
            const wished = [];
            element.addEventListener('rubricate-beforechange', (event) => {
                wished.push([event.detail.by, event.cancelable, event.detail.added.map(({ text }) => text)]);
                event.preventDefault();
            });
            told.length = 0;
            const results = [
                element.annotate({ start: 7, end: 10, label: 'quote' }),
                element.update(id, { label: 'quote' }),
                element.remove(id),
                element.clear(),
                element.undo(),
                await element.import(file),
            ];
            return [results, texts(), wished[0], wished.length, told.filter((name) => name.startsWith('change'))];");
        let nothing = json!({ "added": 0, "unchanged": 1, "conflicting": 0, "rejected": 0 });
        assert_eq!(cancelled, json!([
            [null, null, null, null, null, nothing],
            ["claim: one"], ["api", true, ["two"]], 5, [],
        ]));
    }

    fn a_listener_may_call_any_method_while_it_is_told(page: &Page) {
        open(page);
        drop(page.errors());
        let nested = run(page, "
            let depth = 0;
            element.addEventListener('rubricate-beforechange', ({ detail }) => {
                if (detail.by === 'api' && detail.added[0]?.text === 'one' && depth++ === 0)
                    element.annotate({ start: 7, end: 10, label: 'quote' });
            });
            element.addEventListener('rubricate-change', ({ detail }) => {
                const [added] = detail.added;
                if (added?.text === 'one') element.update(added.id, { note: element.annotations.length + ' here' });
                if (added?.text === 'two' && detail.by === 'api') element.undo() && element.redo();
            });
            element.annotate({ start: 3, end: 6, label: 'claim' });
            return [texts(), element.annotations[0].note];");
        assert_eq!(nested, json!([["claim: one", "quote: two"], "2 here"]));
        assert_eq!(page.errors(), Vec::<String>::new());
    }

    fn a_user_is_told_apart_from_a_script(page: &Page) {
        open(page);
        page.run(&format!("{ELEMENT} element.style.cssText = 'position: fixed; inset: 0; z-index: 9';
            element.id = 'mine'; window.told = told; return element.load({{ text: 'One two.' }})"), json!([]));
        page.run("find('#mine').focus(); told.length = 0", json!([]));
        page.press(&["ArrowRight", "c"]);
        wait_until_equal(&json!(["select", "beforechange user", "change user", "select"]), || {
            page.run("return told", json!([]))
        });
        let detail = "return new Promise((done) => {
            find('#mine').addEventListener('rubricate-select', ({ detail }) => done([detail.range, detail.annotations.length]));
            find('#mine >>> .text').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', code: 'ArrowLeft', bubbles: true }));
        })";
        assert_eq!(page.run(detail, json!([])), json!([{ "start": 0, "end": 3 }, 1]));
    }

    fn labels_are_set_and_a_malformed_set_leaves_the_former(page: &Page) {
        open(page);
        let set = run(page, "
            const ids = () => element.labelSet.map(({ id }) => id);
            const problems = [];
            element.addEventListener('rubricate-error', ({ detail }) => problems.push(detail));
            element.labelSet = [{ id: 'fact', shortcut: 'F' }, { id: 'view', name: 'Point of view', color: '#123456' }];
            const first = ids();
            element.annotate({ start: 3, end: 6, label: 'fact' });
            const refused = thrown(() => element.annotate({ start: 3, end: 6, label: 'claim' }));
            for (const bad of ['{', '[]', '[{\"id\":\"1\"}]', '[{\"id\":\"a\"},{\"id\":\"a\"}]', '[{\"id\":\"a\",\"color\":\"red\"}]'])
                element.setAttribute('labels', bad);
            const kept = ids();
            element.removeAttribute('labels');
            return [first, refused, kept, problems.map(({ code }) => code), problems.every(({ message }) => message.endsWith('.')), ids(), texts()];");
        let own = json!(["fact", "view"]);
        assert_eq!(set, json!([
            own, "TypeError: There is no label \"claim\"; the labels are fact, view.", own,
            ["labels", "labels", "labels", "labels", "labels"], true,
            ["claim", "quote", "caption", "boilerplate"], ["fact: one"],
        ]));
    }

    fn without_storage_nothing_is_stored(page: &Page) {
        open(page);
        let stored = run(page, "
            element.annotate({ start: 3, end: 6, label: 'claim' });
            await element.saved();
            const dirty = [element.dirty];
            element.restore(element.annotations);
            dirty.push(element.dirty);
            return [Object.keys(localStorage).filter((key) => key.includes(':j:')), dirty,
                element.storageState, await element.constructor.documents()];");
        assert_eq!(stored, json!([[], [true, false], "memory", []]));
    }

    fn a_document_id_names_the_place_where_annotations_are_kept(page: &Page) {
        open(page);
        let kept = run_unloaded(page, "
            element.storage = 'local';
            element.documentId = 'mine';
            const { id } = await element.load({ text: 'One two.' });
            element.annotate({ start: 0, end: 3, label: 'claim' });
            await element.saved();
            const other = document.createElement('rubricate-article');
            other.setAttribute('document-id', 'mine');
            document.body.append(other);
            await other.load({ text: 'One two.' });
            const all = await element.constructor.documents();
            return [id, other.annotations.map(({ text }) => text), element.dirty, element.storageState,
                all.map(({ id, annotations }) => [id, annotations])];");
        assert_eq!(kept, json!(["mine", ["One"], false, "saved", [["mine", 1]]]));
    }

    fn read_only_shows_and_changes_nothing(page: &Page) {
        open(page);
        let read_only = run(page, "
            element.annotate({ start: 3, end: 6, label: 'claim' });
            element.readOnly = true;
            const refused = thrown(() => element.annotate({ start: 7, end: 10, label: 'claim' }));
            const attribute = element.hasAttribute('readonly');
            element.removeAttribute('readonly');
            element.annotate({ start: 7, end: 10, label: 'claim' });
            return [refused, attribute, texts()];");
        assert_eq!(read_only, json!([
            "NoModificationAllowedError: This document is read-only.", true, ["claim: one", "claim: two"],
        ]));
    }

    fn an_export_is_a_file_that_imports_as_unchanged(page: &Page) {
        open(page);
        let exported = run(page, "
            element.annotate({ start: 3, end: 6, label: 'claim' });
            const file = await element.export('json');
            const data = JSON.parse(await file.text());
            const again = await element.import(file);
            element.clear();
            const back = await element.import(await file.text(), 'json');
            element.undo();
            return [file instanceof File, file.name, file.type, element.formats.slice(0, 1), data.annotations[0].position,
                data.annotations[0].quote.exact, again, back, texts()];");
        assert_eq!(exported, json!([
            true, "t.annotations.json", "application/json",
            [{ "id": "json", "name": exported[3][0]["name"], "extension": "annotations.json" }],
            { "start": 2, "end": 5 }, "one",
            { "added": 0, "unchanged": 1, "conflicting": 0, "rejected": 0 },
            { "added": 1, "unchanged": 0, "conflicting": 0, "rejected": 0 },
            [],
        ]));
    }

    fn an_element_in_the_markup_loads_its_source(page: &Page) {
        open(page);
        let loaded = page.run("
            const element = document.createElement('rubricate-article');
            element.setAttribute('src', 'sample/river.html');
            element.setAttribute('storage', 'none');
            document.body.append(element);
            return element.ready.then(() => [element.document.id === element.src, element.document.title.slice(0, 7)])", json!([]));
        assert_eq!(loaded, json!([true, "Library"]));
    }
}
