//! An article of ten megabytes with a hundred thousand annotations: it opens, takes an edit, and goes out
//! whole; the list has as many nodes as a small one's. How long that takes, `cargo bench` measures.

use crate::article::Article;
use crate::harness::{in_each_browser, wait_until_equal};
use serde_json::json;

/// Each on a line of its own.
const ANNOTATIONS: usize = 100_000;

/// What the lines have in common, a hundred characters each with the line feed.
const LOAD: &str = "
const count = arguments[0];
const line = (n) => `Line ${n} of the story.`.padEnd(99, ' and so on');
const labels = ['claim', 'quote', 'caption', 'boilerplate'];
const text = Array.from({ length: count }, (_, n) => line(n)).join('\\n');
const annotations = Array.from({ length: count }, (_, n) => ({
    id: `a${n}`, document: 'large', label: labels[n % 4],
    position: { start: n * 100, end: n * 100 + `Line ${n}`.length }, quote: { exact: `Line ${n}` },
}));
const dataset = { format: 'span-annotations', version: '1.0.0', offset_unit: 'unicode_code_point',
    documents: [{ id: 'large', text }], annotations };
const file = new File([JSON.stringify(dataset)], 'large.annotations.json', { type: 'application/json' });
return find('#article').load({ file }).then(() => [find('#article').annotations.length, text.length])";

/// Whether the list has rows, and not many; and whether one has these words.
const ROWS: &str = "
const rows = [...find('#article').shadowRoot.querySelectorAll('.panel .row')];
return [rows.length > 0 && rows.length < 300, rows.some((row) => row.textContent.includes(arguments[0]))]";

/// How many annotations the exported file has, and how many of them aren't the words of their own line.
const EXPORTED: &str = "
return find('#article').export().then((file) => file.text()).then((json) => {
    const { documents: [{ text }], annotations } = JSON.parse(json);
    const wrong = annotations.filter(({ id, position: { start, end }, quote: { exact } }) =>
        text.slice(start, end) !== exact || (/^a\\d+$/.test(id) && exact !== `Line ${id.slice(1)}`));
    return [annotations.length, wrong.length];
})";

in_each_browser! {
    fn ten_megabytes_with_a_hundred_thousand_annotations_are_worked_on(page: &Page) {
        let article = Article::start(page);
        let timeouts = json!({ "script": 110_000 });
        page.session.post("/timeouts", &timeouts).unwrap();
        let loaded = page.run(LOAD, json!([ANNOTATIONS]));
        assert_eq!(loaded, json!([ANNOTATIONS, ANNOTATIONS * 100 - 1]));
        page.wait_for("the first screen", "return find('#article >>> .block')", json!([]));
        wait_until_equal(&json!(true), || page.run(ROWS, json!(["Line"]))[0].clone());

        article.press("Home J Q");
        wait_until_equal(&json!(ANNOTATIONS + 1), || article.run("return article.annotations.length"));
        let added = article.run("return article.annotations.filter(({ id }) => !/^a\\d+$/.test(id)).map(({ label, start }) => [label, start])");
        assert_eq!(added, json!([["quote", 100]]));
        assert_eq!(page.run(EXPORTED, json!([])), json!([ANNOTATIONS + 1, 0]));

        page.run("const list = find('#article >>> .panel .list'); list.scrollTop = list.scrollHeight", json!([]));
        let last = json!([true, true]);
        wait_until_equal(&last, || page.run(ROWS, json!([format!("Line {}", ANNOTATIONS - 1)])));
        article.has_no_errors();
    }
}
