//! Spans that overlap: nested, crossing, identical, touching; all of them are to be seen.

use crate::article::{Article, TEXT};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

const STORY: &str = "One two three four five six seven eight.\nNothing here.\n";

/// The text under each label's lines, by the label's place in the set, in document order.
fn painted(page: &Page) -> Value {
    let painted = "
        const article = find('#article');
        const texts = (name) => [...CSS.highlights.get(name)]
            .filter((range) => article.shadowRoot.contains(range.startContainer))
            .map((range) => {
                const live = document.createRange();
                live.setStart(range.startContainer, range.startOffset);
                live.setEnd(range.endContainer, range.endOffset);
                return live;
            })
            .toSorted((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b))
            .map(String);
        return [0, 1, 2, 3].map((lane) =>
            ['odd', 'even'].map((turn) => texts(`rubricate-${lane}-${turn}`)));";
    page.run(painted, json!([]))
}

/// The letters in the gutter, block by block.
fn letters(page: &Page) -> Value {
    let letters = "return [...find(arguments[0]).querySelectorAll('.block')].map((block) =>
        [...block.querySelectorAll('.letter')].map((letter) => letter.dataset.letter).join(''))";
    page.run(letters, json!([TEXT]))
}

/// The rows of the list as they are read out, by the alphabet.
fn rows(page: &Page) -> Value {
    let rows = "return [...find('#article').shadowRoot.querySelectorAll('.list .row')]
        .map((row) => row.getAttribute('aria-label')).toSorted()";
    page.run(rows, json!([]))
}

in_each_browser! {
    fn nested_crossing_and_identical_spans_are_all_shown(page: &Page) {
        let article = Article::with_text(page, STORY);
        for (dragged, key) in [
            ("two three four", "C"),
            ("three", "Q"),
            ("four five", "P"),
            ("two three four", "B"),
        ] {
            article.drag_over(dragged);
            article.keys(key);
        }
        article.has_tags(&[
            ("claim", "two three four"),
            ("boilerplate", "two three four"),
            ("quote", "three"),
            ("caption", "four five"),
        ]);
        wait_until_equal(&json!([
            [["two three four"], []],
            [["three"], []],
            [["four five"], []],
            [["two three four"], []],
        ]), || painted(page));
        assert_eq!(letters(page), json!(["CQPB", ""]));
        wait_until_equal(&json!([
            "Boilerplate: two three four",
            "Caption: four five",
            "Claim: two three four",
            "Quote: three",
        ]), || rows(page));
        for (label, count) in [("claim", "1"), ("quote", "1"), ("caption", "1"), ("boilerplate", "1")] {
            let path = format!("#article >>> .labels [data-label={label}] .count");
            assert_eq!(page.text(&path), count, "{label}");
        }
        article.has_no_errors();
    }

    fn neighbours_of_one_label_stay_two(page: &Page) {
        let article = Article::with_text(page, "甲乙。丙丁。\n");
        for sentence in ["甲乙。", "丙丁。"] {
            article.drag_over(sentence);
            article.keys("C");
        }
        article.has_tags(&[("claim", "甲乙。"), ("claim", "丙丁。")]);
        wait_until_equal(&json!([["甲乙。"], ["丙丁。"]]), || painted(page)[0].clone());
    }

    fn what_lies_under_the_cursor_is_said(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.drag_over("two three four");
        article.keys("C");
        article.drag_over("three");
        article.has_said("Word, inside a claim");
        article.keys("Q Esc M");
        article.drag_over("four five");
        article.has_said("crossing a claim");
        article.keys("Home");
        article.has_said("Block 1 of 2, 8 words, with a claim and a quote");
    }

    fn the_list_is_filtered_by_label(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C J Q");
        page.click("#article >>> .filters [data-label=quote]");
        wait_until_equal(&json!(["Quote: Nothing here."]), || rows(page));
        page.click("#article >>> .filters [data-label=caption]");
        wait_until_equal(&true, || page.text("#article >>> .no-results").starts_with("No captions yet."));
        page.click("#article >>> .filters :first-child");
        wait_until_equal(&2, || rows(page).as_array().unwrap().len());
    }

    fn of_ten_thousand_annotations_all_are_listed_and_few_are_in_the_page(page: &Page) {
        let text: String = (0..10_000).map(|number| format!("Line {number}.\n")).collect();
        let article = Article::with_text(page, &text);
        article.press("Home C");
        let imported = article.run(
            "return article.export().then((file) => file.text()).then((json) => {
                 const data = JSON.parse(json);
                 const [one] = data.annotations;
                 const { text } = article;
                 let start = 0;
                 data.annotations = text.trimEnd().split('\\n').map((exact, number) => {
                     const end = start + exact.length;
                     const quote = { exact, prefix: text.slice(Math.max(0, start - 32), start), suffix: text.slice(end, end + 32) };
                     const made = { ...one, id: number ? `n${number}` : one.id, position: { start, end }, quote };
                     start = end + 1;
                     return made;
                 });
                 return article.import(JSON.stringify(data));
             })",
        );
        assert_eq!(imported["added"], json!(9_999), "{imported}");
        wait_until_equal(&"10000".to_owned(), || {
            page.text("#article >>> .labels [data-label=claim] .count")
        });
        let in_the_page = rows(page).as_array().unwrap().len();
        assert!((1..100).contains(&in_the_page), "{in_the_page} rows");
        article.press("End M");
        page.wait_for(
            "the last row is selected",
            "return find('#article >>> .row[aria-selected=true]')?.ariaPosInSet === '10000'",
            json!([]),
        );
        article.has_no_errors();
    }
}
