//! An article whose text changes: what is found again, what is kept in the list, what comes back.

use crate::article::Article;
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

const ONE: &str = "Flood wall delayed\n\
    The wall will cost £8 million and stand by spring, the council said.\n\
    “We had no warning,” Ms Adeyemi said. “No warning at all.”\n\
    Picture: the wall from the north";
const TWO: &str = "Correction: an earlier version gave another sum.\n\
    Flood wall delayed\n\
    The wall will cost £9 million and stand by spring, the council said.\n\
    “We had no warning,” Ms Adeyemi said. “No warning at all.”";

const SENTENCE: &str = "The wall will cost £8 million and stand by spring, the council said.";
const CHANGED: &str = "The wall will cost £9 million and stand by spring, the council said.";
const SPEECH: &str = "“We had no warning,”";
const PICTURE: &str = "Picture: the wall from the north";

fn load(article: &Article, text: &str) {
    let text = json!(text);
    article.run(&format!(
        "return article.load({{ text: {text}, id: 'x' }}).then(() => article.ready)"
    ));
    article.is_open_with(text.as_str().unwrap());
}

fn tag(article: &Article, label: &str, words: &str) {
    let (label, words) = (json!(label), json!(words));
    article.run(&format!(
        "const start = article.text.indexOf({words});
         article.annotate({{ start, end: start + {words}.length, label: {label} }})"
    ));
}

/// The first version, with three tags and a note.
fn tagged<'p>(page: &'p Page) -> Article<'p> {
    let article = Article::start(page);
    load(&article, ONE);
    tag(&article, "claim", SENTENCE);
    tag(&article, "quote", SPEECH);
    tag(&article, "caption", PICTURE);
    article.run("article.update(article.annotations[2].id, { note: 'whose?' })");
    article.is_saved();
    article
}

fn orphans(article: &Article) -> Value {
    article.run("return article.orphans.map(({ label, note, text }) => [label, note, text])")
}

/// What the list shows of them, without the buttons.
fn listed(page: &Page) -> Vec<String> {
    let rows = page.run(
        "return [...find('#article').shadowRoot.querySelectorAll('.orphan')]
             .map((row) => [...row.querySelectorAll('p:not([hidden])')].map((p) => p.textContent).join(' | '))",
        json!([]),
    );
    serde_json::from_value(rows).unwrap()
}

in_each_browser! {
    fn an_article_that_was_changed_keeps_its_annotations(page: &Page) {
        let article = tagged(page);
        load(&article, TWO);
        article.has_tags(&[("claim", CHANGED), ("quote", SPEECH)]);
        article.has_noticed("1 annotation could not be found in the changed text; it is kept in the list.");
        let picture = json!([["caption", "whose?", PICTURE]]);
        assert_eq!(orphans(&article), picture);
        wait_until_equal(&vec![format!("{PICTURE} | whose?")], || listed(page));
        assert_eq!(
            article.run("return [Object.isFrozen(article.orphans), article.orphans === article.orphans]"),
            json!([true, true])
        );
        article.is_saved();

        article.reload();
        article.has_tags(&[("claim", CHANGED), ("quote", SPEECH)]);
        assert_eq!(orphans(&article), picture);
        // The former text is no document of its own.
        let kept = article.run("return customElements.get('rubricate-article').documents()
            .then((all) => all.map(({ id, annotations }) => [id, annotations]))");
        assert_eq!(kept, json!([["x", 3]]));

        load(&article, ONE);
        article.has_tags(&[("claim", SENTENCE), ("quote", SPEECH), ("caption", PICTURE)]);
        assert_eq!(article.run("return [article.orphans.length, article.annotations[2].note]"), json!([0, "whose?"]));
        wait_until_equal(&Vec::<String>::new(), || listed(page));
    }

    fn what_is_not_found_is_attached_to_what_is_selected_or_deleted(page: &Page) {
        let article = tagged(page);
        load(&article, TWO);
        wait_until_equal(&1, || listed(page).len());
        article.drag_over("Correction");
        page.click("#article >>> .orphan .attach");
        article.has_said("Attached to “Correction”.");
        article.has_tags(&[("caption", "Correction"), ("claim", CHANGED), ("quote", SPEECH)]);
        wait_until_equal(&0, || listed(page).len());
        article.press("Z");
        wait_until_equal(&1, || listed(page).len());
        page.click("#article >>> .orphan .delete");
        article.has_said("Deleted: caption “Picture: the wall from the north”, not found in this text.");
        wait_until_equal(&json!([]), || orphans(&article));
        article.press("Z");
        article.has_said("Undone, for an annotation that is not found in this text.");
        wait_until_equal(&1, || listed(page).len());
        article.is_saved();
        article.reload();
        wait_until_equal(&1, || listed(page).len());
        load(&article, ONE);
        article.has_tags(&[("claim", SENTENCE), ("quote", SPEECH), ("caption", PICTURE)]);
    }

    fn two_tabs_with_different_versions_have_the_same_annotations(page: &Page) {
        let article = tagged(page);
        let one = page.tab();
        let two = page.new_tab();
        page.goto("");
        article.is_welcomed();
        load(&article, TWO);
        article.has_tags(&[("claim", CHANGED), ("quote", SPEECH)]);
        tag(&article, "claim", "Ms Adeyemi");
        page.switch_to(&one);
        article.has_tags(&[
            ("claim", SENTENCE), ("quote", SPEECH), ("claim", "Ms Adeyemi"), ("caption", PICTURE),
        ]);
        tag(&article, "boilerplate", "Flood wall delayed");
        page.switch_to(&two);
        article.has_tags(&[
            ("boilerplate", "Flood wall delayed"), ("claim", CHANGED), ("quote", SPEECH), ("claim", "Ms Adeyemi"),
        ]);
    }

    fn a_host_changes_removes_and_sets_what_is_not_found(page: &Page) {
        let article = tagged(page);
        load(&article, TWO);
        let said = article.run("
            const [{ id }] = article.orphans;
            const said = [];
            article.addEventListener('rubricate-change', ({ detail }) =>
                said.push([detail.added.length, detail.changed.length, detail.removed.length]));
            article.update(id, { note: 'mine' });
            const note = article.orphans[0].note;
            let sentence;
            try { article.update(id, { start: 3 }); } catch (error) { sentence = error.name; }
            const set = article.update(id, { start: 0, end: 10 }).text;
            article.undo();
            const removed = article.remove(id);
            return [note, sentence, set, removed, article.orphans.length, said]");
        assert_eq!(
            said,
            json!(["mine", "RangeError", "Correction", true, 0, [[0, 0, 0], [1, 0, 0], [0, 0, 1], [0, 0, 0]]])
        );
    }
}
