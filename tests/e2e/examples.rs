//! The examples, each opened as a person would: it shows what it is to show, and it can be used.

use crate::harness::{Page, in_each_browser, wait_until_equal};
use crate::packages::examples_are_bundled;
use serde_json::{Value, json};

const EXAMPLES: [&str; 8] = [
    "plain.html",
    "in-place.html",
    "several.html",
    "form.html",
    "display.html",
    "embed.html",
    "react/",
    "vue/",
];

/// Opens an example and waits until its element shows a text.
fn open(page: &Page, example: &str) {
    page.resize(1280, 800);
    page.goto(&format!("examples/{example}"));
    is_ready(page);
}

fn is_ready(page: &Page) {
    page.wait_for(
        "the element is ready",
        "const element = find('rubricate-article');
         return element?.document && element.ready.then(() => true)",
        json!([]),
    );
}

/// Presses keys in the first element's text.
fn press(page: &Page, keys: &[&str]) {
    page.run("find('rubricate-article').focus()", json!([]));
    page.press(keys);
}

/// Label and text of the first element's annotations.
fn tags(page: &Page) -> Value {
    let tags = "return find('rubricate-article')?.annotations?.map(({ label, text }) => [label, text]) ?? null";
    page.run(tags, json!([]))
}

/// Waits until the first element has these annotations, as label and text.
fn has_tags(page: &Page, expected: &Value) {
    wait_until_equal(expected, || tags(page));
}

fn has_no_errors(page: &Page) {
    assert_eq!(page.errors(), Vec::<String>::new());
}

/// Nothing is cut off at the side, from a desk's width to a phone's. (From there a browser without a
/// window doesn't find back.)
fn fits_every_width(page: &Page) {
    for width in [1280, 768, page.phone_width()] {
        page.resize(width, 800);
        let over =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.run(over, json!([])), json!(0), "at {width} pixels");
    }
}

in_each_browser! {
    fn an_article_in_a_page(page: &Page) {
        open(page, "plain.html");
        press(page, &["Home", "c"]);
        let headline = "Library moves upstairs as town waits for its flood wall";
        let first = tags(page)[0][1].as_str().unwrap().to_owned();
        assert!(first.starts_with(headline), "{first}");
        page.run("return find('rubricate-article').saved()", json!([]));
        page.reload();
        is_ready(page);
        has_tags(page, &json!([["claim", first]]));
        fits_every_width(page);
        has_no_errors(page);
    }

    fn in_place_on_a_news_page(page: &Page) {
        page.resize(1280, 800);
        page.goto("examples/in-place.html");
        let before = "return find('article').outerHTML";
        let markup = page.run(before, json!([]));
        is_ready(page);
        press(page, &["Home", "p"]);
        has_tags(page, &json!([["caption", "River"]]));
        let tagged = "const article = find('rubricate-article');
            const words = 'a toy for drinkers';
            const start = article.text.indexOf(words);
            return article.annotate({ start, end: start + words.length, label: 'quote' }).text";
        assert_eq!(page.run(tagged, json!([])), json!("a toy for drinkers"));
        // A list item without its sign, a caption with an inline element.
        let text = page.run("return find('rubricate-article').text", json!([]));
        for part in ["\nLast boat: 2 am, from the east bank\n", "the Constance on a trial crossing"] {
            assert!(text.as_str().unwrap().contains(part), "{text}");
        }
        assert_eq!(page.run(before, json!([])), markup);
        page.run("return find('rubricate-article').saved()", json!([]));
        page.reload();
        is_ready(page);
        has_tags(page, &json!([["caption", "River"], ["quote", "a toy for drinkers"]]));
        assert_eq!(page.run(before, json!([])), markup);
        fits_every_width(page);
        has_no_errors(page);
    }

    fn several_elements_with_labels_of_their_own(page: &Page) {
        open(page, "several.html");
        let count = || page.text("#counts");
        wait_until_equal(&"Praise0Complaint0Wish0".to_owned(), count);
        press(page, &["Home", "p"]);
        wait_until_equal(&"Praise1Complaint0Wish0".to_owned(), count);
        page.run("find('rubricate-article:nth-of-type(2)').focus()", json!([]));
        page.press(&["End", "c"]);
        wait_until_equal(&"Praise1Complaint1Wish0".to_owned(), count);
        // The sets are the elements' own, and what was tagged comes back.
        page.run("return Promise.all([...document.querySelectorAll('rubricate-article')].map((each) => each.saved()))", json!([]));
        page.reload();
        is_ready(page);
        wait_until_equal(&"Praise1Complaint1Wish0".to_owned(), count);
        fits_every_width(page);
        has_no_errors(page);
    }

    fn a_form_submits_the_annotations(page: &Page) {
        open(page, "form.html");
        page.click("[name=who]");
        page.type_text("Ada");
        press(page, &["Home", "c", "End", "b"]);
        let submitted = page.run(
            "const { who, annotations } = Object.fromEntries(new FormData(find('form')));
             return [who, JSON.parse(annotations).map(({ label, start, codePoints }) => [label, start, codePoints.start])]",
            json!([]),
        );
        assert_eq!(submitted, json!(["Ada", [["claim", 0, 0], ["boilerplate", 125, 125]]]));
        page.click("button:not([type=reset])");
        page.wait_for(
            "the fields are received",
            "return find('#fields')?.textContent",
            json!([]),
        );
        assert_eq!(
            page.text("#fields"),
            "who: Ada\nclaim 0–44: The new bridge is the longest in the county.\n\
             boilerplate 125–154: Nobody has fallen off it yet."
        );
        fits_every_width(page);
        has_no_errors(page);
    }

    fn a_form_resets_and_disables_the_element_as_any_field(page: &Page) {
        open(page, "form.html");
        let value = "return new FormData(find('form')).get('annotations')";
        let count = || page.run("return find('rubricate-article').annotations.length", json!([]));
        assert_eq!(page.run(value, json!([])), json!("[]"));
        page.run(
            "find('rubricate-article').restore([{ start: 0, end: 3, label: 'claim' }])",
            json!([]),
        );
        press(page, &["End", "q"]);
        wait_until_equal(&json!(2), count);
        page.click("button[type=reset]");
        wait_until_equal(&json!(1), count);
        let reset = page.run(value, json!([]));
        assert!(reset.as_str().unwrap().starts_with("[{"), "{reset}");
        // A disabled fieldset around it: shown, not edited, not submitted.
        page.run(
            "const fields = document.createElement('fieldset');
             fields.disabled = true;
             const article = find('rubricate-article');
             article.replaceWith(fields);
             fields.append(article);",
            json!([]),
        );
        assert_eq!(page.run(value, json!([])), json!(null));
        let refused = "try { find('rubricate-article').annotate({ start: 0, end: 1, label: 'quote' }) }
            catch (error) { return error.name }";
        assert_eq!(page.run(refused, json!([])), json!("NoModificationAllowedError"));
        let enabled = "find('fieldset').disabled = false;
            const article = find('rubricate-article');
            article.annotate({ start: 0, end: 1, label: 'quote' });
            return [article.form === find('form'), article.value === new FormData(article.form).get(article.name)]";
        assert_eq!(page.run(enabled, json!([])), json!([true, true]));
        has_no_errors(page);
    }

    fn a_form_has_its_annotations_again_on_the_way_back(page: &Page) {
        open(page, "form.html");
        press(page, &["Home", "c"]);
        // So that the browser doesn't just put the page aside as it is.
        page.run("addEventListener('unload', () => {}); window.isAsItWas = true", json!([]));
        page.goto("examples/received.html");
        page.session.post("/back", &json!({})).unwrap();
        is_ready(page);
        wait_until_equal(&json!([["claim", "The new bridge is the longest in the county."]]), || tags(page));
        assert_eq!(page.run("return window.isAsItWas", json!([])), json!(null));
        page.click("button[type=reset]");
        wait_until_equal(&json!([]), || tags(page));
        has_no_errors(page);
    }

    fn somebodys_annotations_are_shown_and_left_as_they_are(page: &Page) {
        open(page, "display.html");
        let there = || page.run("return find('rubricate-article').annotations.map(({ label, creator }) => `${label} ${creator}`)", json!([]));
        wait_until_equal(&json!(["claim Ada", "claim Ada", "quote Ada", "claim Ada", "boilerplate Ada"]), there);
        let before = tags(page);
        assert_eq!(before[2][1], "“Count the stones,” she used to say, “and you will know who lies.”");
        press(page, &["Home", "q", "z"]);
        assert_eq!(tags(page), before);
        let untouched = "const article = find('rubricate-article'); return [article.dirty, article.undo.call ? article.readOnly : null]";
        assert_eq!(page.run(untouched, json!([])), json!([false, true]));
        fits_every_width(page);
        has_no_errors(page);
    }

    fn an_article_in_a_frame(page: &Page) {
        page.resize(1280, 800);
        page.goto("examples/embed.html");
        wait_until_equal(&"0 places are labelled.".to_owned(), || page.text("#count"));
        let annotate = "return find('iframe').contentDocument.querySelector('rubricate-article')
            .annotate({ start: 0, end: 13, label: 'boilerplate' }).text";
        assert_eq!(page.run(annotate, json!([])), json!("To the editor"));
        wait_until_equal(&"One place is labelled.".to_owned(), || page.text("#count"));
        fits_every_width(page);
        has_no_errors(page);
    }

    fn react_from_npms_packages(page: &Page) {
        works_in_a_framework(page, "react/");
    }

    fn vue_from_npms_packages(page: &Page) {
        works_in_a_framework(page, "vue/");
    }
}

fn works_in_a_framework(page: &Page, example: &str) {
    if !examples_are_bundled() {
        println!("skipped: Node.js isn't here, so {example} can't be bundled");
        return;
    }
    open(page, example);
    wait_until_equal(&"0 annotations".to_owned(), || page.text("#app h2"));
    press(page, &["Home", "c", "End", "q"]);
    wait_until_equal(&"2 annotations".to_owned(), || page.text("#app h2"));
    assert_eq!(
        page.text("#app ul"),
        "claim: The mill has stood still since 1954.\
         quote: “It only needs a belt,” says its owner, who is 91."
    );
    let exported = "return find('rubricate-article').export()
        .then((file) => file.text()).then((text) => JSON.parse(text).annotations.length)";
    assert_eq!(page.run(exported, json!([])), json!(2));
    // The reader of web pages is a chunk of its own, fetched now.
    let read = "return find('rubricate-article').load({ html: '<p>One<p>Two' }).then(({ length }) => length)";
    assert_eq!(page.run(read, json!([])), json!(8));
    fits_every_width(page);
    has_no_errors(page);
}

/// Every example is in the list, and every link of the list leads somewhere.
#[test]
fn the_list_has_every_example() {
    let mut response = crate::harness::get("examples/");
    let list = response.body_mut().read_to_string().unwrap();
    for example in EXAMPLES {
        assert!(list.contains(&format!("href=\"{example}\"")), "{example}");
        assert_eq!(
            crate::harness::get(&format!("examples/{example}")).status(),
            200,
            "{example}"
        );
    }
}
