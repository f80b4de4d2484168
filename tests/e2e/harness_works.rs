//! The harness itself: what a test says that the hand does is what a page gets.

use crate::harness::{Browser, Page, Point, in_each_browser, wait_until};
use serde_json::json;
use std::fs;

/// A page of a few elements, made by script since a policy may forbid markup from strings.
const PARTS: &str = "
document.body.replaceChildren();
const add = (parent, name, id, text = '') => {
    const element = document.createElement(name);
    element.id = id;
    element.textContent = text;
    parent.append(element);
    return element;
};
const host = add(document.body, 'div', 'host');
const root = host.attachShadow({ mode: 'open' });
add(root, 'p', 'text', 'One two three. Four five six.');
add(root, 'input', 'field');
add(root, 'input', 'file').type = 'file';
window.seen = [];
addEventListener('keydown', (event) => seen.push(
    [event.ctrlKey && 'Control', event.shiftKey && 'Shift', event.key].filter(Boolean).join('+')));
addEventListener('click', (event) => seen.push(`click ${event.detail}${event.shiftKey ? ' Shift' : ''}`));
";

/// The selected text; Chromium alone has a selection per shadow root.
const SELECTED: &str =
    "return (find('#host').shadowRoot.getSelection?.() ?? getSelection()).toString()";

in_each_browser! {
    fn keys_and_clicks_arrive_as_said(page: &Page) {
        page.goto("about:blank");
        page.run(PARTS, json!([]));
        page.click("#host >>> #field");
        page.type_text("hé");
        page.press(&["Shift+ArrowLeft", "Control+Shift+Delete"]);
        let (start, _) = page.ends_of_text("#host >>> #text", "three");
        page.hover_at(Point { x: 1.0, y: 1.0 });
        page.holding("Shift", || page.click_at(start, 1));
        assert_eq!(
            page.run("return seen", json!([])),
            json!([
                "click 1", "h", "é", "Shift+Shift", "Shift+ArrowLeft", "Control+Control",
                "Control+Shift+Shift", "Control+Shift+Delete", "Shift+Shift", "click 1 Shift",
            ])
        );
    }

    fn text_is_selected_by_dragging_and_by_clicks(page: &Page) {
        page.goto("about:blank");
        page.run(PARTS, json!([]));
        let (start, end) = page.ends_of_text("#host >>> #text", "two three");
        page.drag(start, end);
        assert_eq!(page.run(SELECTED, json!([])), json!("two three"));
        page.click_at(page.middle("#host >>> #text"), 3);
        assert!(page.run(SELECTED, json!([])).as_str().unwrap().starts_with("One two"));
        page.click_at(page.ends_of_text("#host >>> #text", "five").0, 2);
        assert_eq!(page.run(SELECTED, json!([])).as_str().unwrap().trim(), "five");
    }

    fn a_file_goes_in_and_a_download_comes_out(page: &Page) {
        page.goto("");
        page.run(PARTS, json!([]));
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("article.txt");
        fs::write(&file, "text").unwrap();
        page.choose_file("#host >>> #file", &file);
        assert_eq!(
            page.run("return find('#host >>> #file').files[0].text()", json!([])),
            json!("text")
        );
        if page.browser() == Browser::WebKit {
            return;
        }
        page.run(
            "const link = document.createElement('a');
             link.href = URL.createObjectURL(new Blob(['{}'], { type: 'application/json' }));
             link.download = 'spans.json';
             link.click();",
            json!([]),
        );
        assert_eq!(page.downloaded(), ("spans.json".to_owned(), b"{}".to_vec()));
    }

    fn tabs_share_their_storage_and_a_reload_keeps_it(page: &Page) {
        page.goto("");
        let first = page.tab();
        let second = page.new_tab();
        assert_ne!(first, second);
        page.goto("");
        page.run("localStorage.setItem('a', '1')", json!([]));
        page.close_tab();
        page.switch_to(&first);
        page.reload();
        page.wait_for("the value is seen", "return localStorage.getItem('a')", json!([]));
    }

    fn the_window_takes_a_size_and_is_seen(page: &Page) {
        page.goto("about:blank");
        page.run(PARTS, json!([]));
        if page.browser() != Browser::WebKit {
            page.resize(900, 500);
            page.resize(320, 640);
        }
        let name = format!("harness-{}", page.browser().name());
        let image = fs::read(page.screenshot(&name)).unwrap();
        assert!(image.starts_with(b"\x89PNG"));
        assert!(page.text("#host >>> #text").starts_with("One"));
    }

    fn what_goes_wrong_in_a_page_is_reported(page: &Page) {
        if page.browser() == Browser::WebKit {
            return;
        }
        page.goto("");
        assert_eq!(page.errors(), Vec::<String>::new());
        page.run("setTimeout(() => { throw new Error('thrown on purpose'); })", json!([]));
        page.run("setTimeout(() => { document.body.innerHTML = '<p>forbidden'; })", json!([]));
        page.run("new Image().src = 'https://example.invalid/a.png'", json!([]));
        page.run("import('./absent.js').catch(() => {})", json!([]));
        let mut seen = String::new();
        for what in ["thrown on purpose", "innerHTML", "img-src", "absent.js"] {
            wait_until(what, || {
                seen.extend(page.errors());
                seen.contains(what).then_some(())
            });
        }
    }

    fn what_a_page_was_still_loading_as_it_was_left_is_no_error(page: &Page) {
        page.goto("");
        page.run("import('./rubricate_corpus.js').catch(() => {})", json!([]));
        page.goto("");
        page.run("import('./rubricate_corpus.js').catch(() => {})", json!([]));
        page.reload();
        assert_eq!(page.errors(), Vec::<String>::new());
    }

    fn a_browser_that_one_test_leaves_for_the_next_has_forgotten_all(page: &Page) {
        if page.browser() == Browser::WebKit {
            return;
        }
        let left = "return Promise.all([indexedDB.databases(), caches.keys()])
            .then(([databases, caches]) => [{ ...localStorage }, document.cookie, databases, caches])";
        let former = Page::open(page.browser());
        let leave = "localStorage.setItem('a', '1');
            document.cookie = 'a=1; max-age=1000';
            return new Promise((done) => { indexedDB.open('a').onsuccess = done; }).then(() => caches.open('a')).then(() => null)";
        former.goto("sample/river.html");
        former.run(leave, json!([]));
        former.run("setTimeout(() => { throw new Error('thrown on purpose'); })", json!([]));
        drop(former);
        // It is the same one, unless another test was quicker.
        let later = Page::open(page.browser());
        assert_eq!(later.errors(), Vec::<String>::new());
        later.goto("sample/river.html");
        assert_eq!(later.run(left, json!([])), json!([{}, "", [], []]));
        assert_eq!(later.session.get("/window/handles").unwrap().as_array().unwrap().len(), 1);
    }
}
