//! For everybody: names and roles, what is said aloud, the order of Tab, small screens.

use crate::article::{Article, TEXT};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

const STORY: &str = "One two.\nShe said: “We had no warning,” and left.\n";

/// All elements of the page and of the shadow roots in it that can be seen.
const VISIBLE: &str = "
const within = (root) => [...root.querySelectorAll('*')]
    .flatMap((element) => [element, ...(element.shadowRoot ? within(element.shadowRoot) : [])]);
const visible = () => within(document).filter((element) => element.checkVisibility());
";

/// Controls that have no name for a screen reader.
fn nameless(page: &Page) -> Value {
    let nameless = "
        const named = (element) => {
            const root = element.getRootNode();
            const by = (element.getAttribute('aria-labelledby') ?? '').split(' ')
                .map((id) => root.getElementById(id)?.textContent ?? '').join('');
            // What stands in the element for the eyes alone is no name.
            const copy = element.cloneNode(true);
            for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
            return element.ariaLabel?.trim() || by.trim() || copy.textContent.trim()
                || [...(element.labels ?? [])].some((label) => label.textContent.trim());
        };
        const controls = 'button, a[href], input, textarea, select, dialog, [role=dialog], [role=listbox], [role=option], [role=toolbar], [role=tab], [role=group], [tabindex=\"0\"]';
        return visible().filter((element) => element.matches(controls) && !named(element))
            .map((element) => element.outerHTML.slice(0, 120));";
    page.run(&format!("{VISIBLE}{nameless}"), json!([]))
}

/// Elements that stick out of the page at its right or left, and how far the page scrolls sideways.
fn sticking_out(page: &Page) -> Value {
    let out = "
        const wide = document.documentElement.scrollWidth - innerWidth;
        const cut = visible().filter((element) => element.matches('button, input, textarea, p, h1, h2, .block, .letter'))
            .filter((element) => !element.closest('.visually-hidden, [aria-hidden=true]'))
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.left < -0.5 || box.right > innerWidth + 0.5))
            .map(([element]) => element.outerHTML.slice(0, 120));
        return [Math.max(wide, 0), cut];";
    page.run(&format!("{VISIBLE}{out}"), json!([]))
}

/// What is said aloud.
fn spoken(page: &Page) -> String {
    page.text("#article >>> .live").replace('\u{a0}', "")
}

/// The innermost element that has the focus, as its class or id.
fn focused(page: &Page) -> Value {
    let focused = "
        let element = document.activeElement;
        while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element.id || element.className || element.localName";
    page.run(focused, json!([]))
}

in_each_browser! {
    fn every_control_has_a_name(page: &Page) {
        let article = Article::start(page);
        assert_eq!(nameless(page), json!([]), "the empty page");
        article.open_text(STORY);
        article.press("Home C J Q");
        page.click("[aria-label=More]");
        assert_eq!(nameless(page), json!([]), "the article with its menu");
        page.press(&["Escape"]);
        article.press("M Enter");
        page.wait_for("the card is open", "return !find('#article >>> .card').hidden", json!([]));
        assert_eq!(nameless(page), json!([]), "the card");
        page.press(&["Escape"]);
        article.press("?");
        page.wait_for("the help is open", "return find('#article >>> .help').open", json!([]));
        assert_eq!(nameless(page), json!([]), "the help");
        page.press(&["Escape"]);
        for dialog in ["paste", "url", "name"] {
            page.click("[aria-label=More]");
            page.click(&format!("#more [data-act={dialog}]"));
            page.wait_for("the dialog is open", "return document.querySelector('dialog[open]')", json!([]));
            assert_eq!(nameless(page), json!([]), "the dialog {dialog}");
            page.press(&["Escape"]);
        }
    }

    fn parts_have_their_roles(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        page.wait_for("it is listed", "return find('#article >>> .row')", json!([]));
        for (path, role) in [
            (".text", "document"),
            (".labels", "toolbar"),
            (".list", "listbox"),
            (".row", "option"),
            (".tabs", "tablist"),
            (".card", "dialog"),
            (".notice", "alert"),
        ] {
            let path = format!("#article >>> {path}");
            let found = page.run("return find(arguments[0]).getAttribute('role')", json!([path]));
            assert_eq!(found, json!(role), "{path}");
        }
        let live = "return find('#article >>> .live').getAttribute('aria-live')";
        assert_eq!(page.run(live, json!([])), json!("polite"));
        assert_eq!(page.run("return document.documentElement.lang", json!([])), json!("en"));
    }

    fn what_is_reached_and_what_is_done_is_spoken(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home");
        article.keys("S");
        // Each step is told with the text that it reached.
        wait_until_equal(&true, || spoken(page).contains("Quote, 4 words"));
        wait_until_equal(&true, || spoken(page).contains("We had no warning,"));
        article.keys("Q");
        wait_until_equal(&true, || spoken(page).starts_with("Quote: “We had no warning,”"));
        article.keys("Z");
        wait_until_equal(&true, || spoken(page).starts_with("Undone: quote “We had no warning,”, block 2."));
    }

    fn tab_leads_from_the_text_to_the_labels_the_list_and_out(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        assert_eq!(focused(page), json!("text"));
        let mut order = Vec::new();
        for _ in 0..12 {
            page.press(&["Tab"]);
            order.push(focused(page).as_str().unwrap().to_owned());
        }
        let place = |name: &str| order.iter().position(|focused| focused == name);
        let [labels, list, undo] = ["label", "list", "undo"].map(place);
        assert_eq!(labels, Some(0), "{order:?}");
        assert!(list > labels && list.is_some(), "{order:?}");
        // The button beside the status line's sentence comes last, while it is there.
        assert!(undo > list || undo.is_none(), "{order:?}");
        page.run("find('#article').focus()", json!([]));
        page.press(&["Shift+Tab"]);
        assert_ne!(focused(page), json!("text"));
    }

    fn the_question_mark_lists_the_keys_and_finds_them(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("?");
        page.wait_for("the help is open", "return find('#article >>> .help').open", json!([]));
        let rows = page.text("#article >>> .help .keys");
        for does in ["tags as “Claim”", "goes to the next quotation", "opens the note", "undoes", "shows all keys"] {
            assert!(rows.contains(does), "{does}");
        }
        page.click("#article >>> .help-search");
        page.type_text("quotation");
        wait_until_equal(&json!(true), || page.run(
            "const rows = [...find('#article').shadowRoot.querySelectorAll('.help tr')].filter((row) => row.checkVisibility());
             return rows.length < 8 && rows.some((row) => row.textContent.includes('next quotation'))", json!([])));
        // The first press empties the field, as in every field to search in.
        page.press(&["Escape", "Escape"]);
        page.wait_for("it is closed", "return !find('#article >>> .help').open", json!([]));
        article.keys("C");
        article.has_tags(&[("claim", "One two.")]);
    }

    fn at_320_pixels_nothing_scrolls_sideways(page: &Page) {
        let article = Article::start(page);
        page.resize(page.phone_width(), 640);
        assert_eq!(sticking_out(page), json!([0, []]), "the empty page");
        article.open_text(&format!("{STORY}{}\n", "unbroken".repeat(40)));
        article.press("Home C Q P B J Q");
        assert_eq!(sticking_out(page), json!([0, []]), "the article");
        page.click("[aria-label=More]");
        assert_eq!(sticking_out(page), json!([0, []]), "the menu");
        page.press(&["Escape"]);
        page.click("#list-toggle");
        assert_eq!(sticking_out(page), json!([0, []]), "the list");
        page.click("#list-toggle");
        article.press("M Enter");
        page.wait_for("the card is open", "return !find('#article >>> .card').hidden", json!([]));
        assert_eq!(sticking_out(page), json!([0, []]), "the card");
        page.press(&["Escape"]);
        article.press("?");
        page.wait_for("the help is open", "return find('#article >>> .help').open", json!([]));
        assert_eq!(sticking_out(page), json!([0, []]), "the help");
        page.press(&["Escape"]);
        let targets = "return [...find('#article').shadowRoot.querySelectorAll('.labels button')]
            .filter((button) => button.checkVisibility())
            .map((button) => button.getBoundingClientRect())
            .every((box) => box.width >= 40 && box.height >= 40)";
        assert_eq!(page.run(targets, json!([])), json!(true));
        page.run("return find(arguments[0]).textContent", json!([TEXT]));
    }
}
