//! A host's own content, annotated where it stands and left as it is.

use crate::harness::{Browser, Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

/// Builds `host`, an element with content as pages have it, in a page of its own styles. `before` is
/// the page as it was, `texts()` what is annotated.
const HOST: &str = "
document.body.replaceChildren();
const sheet = new CSSStyleSheet();
sheet.replaceSync('.gone { display: none } .unseen { visibility: hidden } .lines { white-space: pre-line } .box { display: block }');
document.adoptedStyleSheets = [sheet];
const make = (name, attributes, ...parts) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...parts);
    return made;
};
const article = make('article', {},
    make('h1', {}, '\\n  Bridge  reopens '), '\\n  ',
    make('p', { class: 'byline' }, 'By ', make('b', {}, 'Ada'), make('span', { class: 'gone' }, ' hidden')), '\\n  ',
    make('p', {}, 'She said ', make('a', { href: '#there' }, 'on Monday'), ': “We are ', make('em', {}, 'ready 😀'), ' now.” It cost a lot.'),
    make('p', { class: 'unseen' }, 'unseen'),
    make('p', { class: 'lines' }, 'one\\ntwo', make('input', { value: 'typed' }), make('span', { class: 'box' }, 'apart')),
    make('ul', {}, make('li', {}, 'first'), make('li', {}, 'second')),
    make('table', {}, make('tr', {}, make('td', {}, 'a'), make('td', {}, 'b'))),
    make('details', {}, make('summary', {}, 'More'), make('p', {}, 'closed')),
    make('p', {}, make('ruby', {}, '漢', make('rp', {}, '('), make('rt', {}, 'kan'), make('rp', {}, ')'))));
const host = make('rubricate-article', { id: 'host', 'document-id': 'in-place' }, article);
document.body.append(make('p', {}, 'Around it'), make('main', {}, host));
window.host = host;
window.make = make;
window.before = document.documentElement.outerHTML;
await host.ready;
";

/// What its reader sees of it.
const TEXT: &str = "Bridge reopens\n\nBy Ada\n\nShe said on Monday: “We are ready 😀 now.” It cost a lot.\n\none\ntwo\n\napart\n\nfirst\nsecond\n\na\tb\n\nMore\n\nclosed\n\n漢(kan)";

/// Runs the body of an async function in the page, which is given `argument`.
fn run(page: &Page, script: &str, argument: Value) -> Value {
    let body = format!(
        "const texts = () => host.annotations.map(({{ label, text }}) => `${{label}}: ${{text}}`);
        const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return (async function (argument) {{ {script} }})(arguments[0])"
    );
    page.run(&body, json!([argument]))
}

fn open(page: &Page) {
    page.goto("");
    let defined = "return customElements.whenDefined('rubricate-article').then(() => true)";
    page.wait_for("the element is defined", defined, json!([]));
    run(page, HOST, Value::Null);
}

/// Tags the first occurrence of some words.
const TAG: &str = "
const tag = (words, label) => {
    const start = host.text.indexOf(words);
    return host.annotate({ start, end: start + words.length, label });
};
";

in_each_browser! {
    fn its_text_is_what_a_reader_sees(page: &Page) {
        open(page);
        assert_eq!(run(page, "return [host.text, host.document.id]", Value::Null), json!([TEXT, "in-place"]));
    }

    fn nothing_of_the_host_is_changed_but_for_one_style_sheet(page: &Page) {
        open(page);
        let seen = run(page, &format!("
            {TAG}
            const html = () => document.documentElement.outerHTML === before;
            const names = () => [...CSS.highlights.keys()].filter((name) => name.startsWith('rubricate-in-place')).length > 0;
            const seen = [];
            tag('We are ready 😀 now', 'quote');
            tag('Bridge', 'claim');
            await frame();
            seen.push(html(), document.adoptedStyleSheets.length, names());
            const parent = host.parentNode;
            const color = getComputedStyle(host.querySelector('em')).font;
            host.remove();
            parent.append(host);
            await host.ready;
            await frame();
            seen.push(html(), document.adoptedStyleSheets.length, texts().length);
            const content = host.firstChild;
            host.remove();
            parent.append(content);
            seen.push(document.adoptedStyleSheets.length, names(), getComputedStyle(content.querySelector('em')).font === color);
            return seen;"), Value::Null);
        assert_eq!(seen, json!([true, 2, true, true, 2, 2, 1, false, true]));
    }

    fn what_is_clicked_on_is_tagged_by_a_key(page: &Page) {
        open(page);
        page.click_at(page.middle("#host em"), 3);
        page.wait_for("the text has the focus", "return host.shadowRoot.activeElement?.className === 'in-place'", json!([]));
        page.press(&["c"]);
        wait_until_equal(&json!(["claim: She said on Monday: “We are ready 😀 now.” It cost a lot."]), || {
            run(page, "return texts()", Value::Null)
        });
        page.press(&["j"]);
        page.press(&["B"]);
        let both = json!(["claim: She said on Monday: “We are ready 😀 now.” It cost a lot.", "boilerplate: one\ntwo"]);
        wait_until_equal(&both, || run(page, "return texts()", Value::Null));
    }

    fn links_and_fields_of_the_host_have_their_clicks_and_keys(page: &Page) {
        open(page);
        page.click("#host a");
        page.wait_for("the link is followed", "return location.hash === '#there'", json!([]));
        page.click("#host input");
        page.press(&["c"]);
        page.press(&["Enter"]);
        let seen = run(page, "return [host.querySelector('input').value.includes('c'), texts(), document.activeElement.localName]", Value::Null);
        assert_eq!(seen, json!([true, [], "input"]));
    }

    fn annotations_follow_their_words_when_the_content_changes(page: &Page) {
        open(page);
        let seen = run(page, &format!("
            {TAG}
            tag('We are ready 😀 now', 'quote');
            tag('second', 'claim');
            const seen = [];
            const loaded = () => new Promise((done) => host.addEventListener('rubricate-load', done, {{ once: true }}));
            const change = async (act) => {{
                const heard = loaded();
                act();
                await heard;
                seen.push(texts(), host.orphans.map(({{ text }}) => text));
            }};
            const first = host.querySelector('h1');
            await change(() => first.after(Object.assign(document.createElement('p'), {{ textContent: 'A new paragraph. We are not.' }})));
            await change(() => host.querySelectorAll('li')[1].remove());
            const li = document.createElement('li');
            li.append('sec', 'ond');
            await change(() => host.querySelector('ul').append(li));
            await host.saved();
            return seen;"), Value::Null);
        let quote = "quote: We are ready 😀 now";
        let both = json!([quote, "claim: second"]);
        assert_eq!(seen, json!([both, [], [quote], ["second"], both, []]));
    }

    fn what_a_style_sheet_hides_goes_from_the_text_and_comes_back_with_it(page: &Page) {
        open(page);
        let seen = run(page, &format!("
            {TAG}
            tag('second', 'claim');
            const loaded = () => new Promise((done) => host.addEventListener('rubricate-load', done, {{ once: true }}));
            const rule = new CSSStyleSheet();
            rule.replaceSync('li + li {{ display: none }}');
            const seen = [];
            for (const sheets of [[...document.adoptedStyleSheets, rule], document.adoptedStyleSheets.slice()]) {{
                const heard = loaded();
                document.adoptedStyleSheets = sheets;
                await heard;
                seen.push(host.text.includes('second'), texts(), host.orphans.map(({{ text }}) => text));
            }}
            return seen;"), Value::Null);
        assert_eq!(seen, json!([false, [], ["second"], true, ["claim: second"], []]));
    }

    fn an_element_that_leaves_before_it_is_read_is_read_when_it_is_back(page: &Page) {
        open(page);
        let seen = run(page, "
            const seen = [];
            for (const frames of [0, 1, 5]) {
                const element = document.createElement('rubricate-article');
                element.storage = 'none';
                element.append(Object.assign(document.createElement('p'), { textContent: 'Here.' }));
                document.body.append(element);
                const { ready } = element;
                element.remove();
                for (let waited = 0; waited < frames; waited++) await new Promise(requestAnimationFrame);
                document.body.append(element);
                await ready;
                seen.push(element.text);
                element.remove();
            }
            return seen;", Value::Null);
        assert_eq!(seen, json!(["Here.", "Here.", "Here."]));
    }

    fn what_was_tagged_is_there_when_the_page_comes_again(page: &Page) {
        open(page);
        run(page, &format!("{TAG} tag('first', 'caption'); await host.saved();"), Value::Null);
        open(page);
        assert_eq!(run(page, "return texts()", Value::Null), json!(["caption: first"]));
    }

    fn it_works_in_a_shadow_tree_and_beside_another_one(page: &Page) {
        open(page);
        let seen = run(page, "
            const outer = document.createElement('div');
            const tree = outer.attachShadow({ mode: 'open' });
            const other = document.createElement('rubricate-article');
            const paragraph = document.createElement('p');
            paragraph.append('In a shadow tree.');
            other.append(paragraph);
            tree.append(other);
            document.body.append(outer);
            await other.ready;
            other.annotate({ start: 0, end: 4, label: 'claim' });
            await frame();
            const selection = getSelection();
            return [other.text, tree.adoptedStyleSheets.length, host.document.id !== other.document.id,
                new Set([...CSS.highlights.keys()].map((name) => name.match(/in-place-(\\d+)/)?.[1]).filter(Boolean)).size];", Value::Null);
        assert_eq!(seen, json!(["In a shadow tree.", 1, true, 2]));
    }

    fn content_that_comes_later_is_annotated_then(page: &Page) {
        open(page);
        let seen = run(page, "
            const later = document.createElement('rubricate-article');
            later.storage = 'none';
            document.body.append(later);
            await frame();
            const before = later.text;
            later.append(Object.assign(document.createElement('p'), { textContent: 'Here.' }));
            await new Promise((done) => later.addEventListener('rubricate-load', done, { once: true }));
            const inPlace = later.text;
            await later.load({ text: 'Loaded instead.' });
            const slotted = later.firstElementChild.assignedSlot;
            return [before, inPlace, later.text, slotted];", Value::Null);
        assert_eq!(seen, json!(["", "Here.", "Loaded instead.", null]));
    }
    fn lines_are_drawn_in_whatever_element_the_text_stands(page: &Page) {
        if page.browser() == Browser::WebKit {
            eprintln!("WebKit doesn't tell what a highlight looks like.");
            return;
        }
        open(page);
        let drawn = run(page, &[TAG, "
            host.append('Bare words.');
            await new Promise((done) => host.addEventListener('rubricate-load', done, { once: true }));
            tag('She said on Monday', 'claim');
            await frame();
            const names = [...CSS.highlights].filter(([name, ranges]) => /in-place-\\d+-\\d/.test(name) && ranges.size).map(([name]) => name);
            const [name] = names;
            const line = (element) => getComputedStyle(element, `::highlight(${name})`).textDecorationLine;
            return [names.length, ...[host, ...host.querySelectorAll('article, p, a, em')].map(line)];"].concat(), Value::Null);
        let drawn = drawn.as_array().cloned().unwrap_or_default();
        assert_eq!(drawn.first(), Some(&json!(1)), "{drawn:?}");
        assert!(drawn.len() > 8 && drawn.iter().skip(1).all(|line| line == "underline"), "{drawn:?}");
    }

    fn of_thousands_of_blocks_each_that_is_seen_is_painted(page: &Page) {
        open(page);
        let count = run(page, "
            document.body.replaceChildren();
            const paragraphs = Array.from({ length: 2_600 }, (_, number) => make('p', {}, `Paragraph ${number}.`));
            const box = make('section', {}, ...paragraphs);
            // Far from its neighbours, so that none of them is near when it is seen.
            paragraphs[1_301].before(make('div', { style: 'height: 500vh' }));
            paragraphs[1_301].after(make('div', { style: 'height: 500vh' }));
            window.long = make('rubricate-article', { storage: 'none' }, box);
            document.body.append(long);
            await long.ready;
            let start = 0;
            long.restore(paragraphs.map(({ textContent: { length } }) => {
                const annotation = { start, end: start + length, label: 'claim' };
                start += length + 2;
                return annotation;
            }));
            window.see = (number) => paragraphs[number].scrollIntoView({ block: 'center' });
            window.isPainted = (number) => [...CSS.highlights].some(([name, ranges]) => name.includes('in-place')
                && [...ranges].some(({ startContainer }) => startContainer === paragraphs[number].firstChild));
            return long.annotations.length;", Value::Null);
        assert_eq!(count, 2_600);
        for number in [0, 1_300, 1_301, 1_302, 1_777, 2_599] {
            page.run("see(arguments[0])", json!([number]));
            let painted = "return isPainted(arguments[0])";
            page.wait_for("the paragraph is painted", painted, json!([number]));
        }
        assert_eq!(page.run("return isPainted(1777)", json!([])), false);
    }
}
