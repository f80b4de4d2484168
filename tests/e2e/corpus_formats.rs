//! Datasets of other programs on the page: what a format can't hold is said before it is saved, and
//! what a file would change before it is taken in.

use crate::article::Article;
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::json;

fn has_dialog(page: &Page, id: &str) {
    page.wait_for(
        id,
        "return find(arguments[0])?.open",
        json!([format!("#{id}")]),
    );
}

in_each_browser! {
    fn what_a_format_can_not_hold_is_said_before_it_is_saved(page: &Page) {
        let article = Article::with_text(page, "One two. Three four.\n");
        article.run("article.creator = 'Ada'");
        article.run("article.annotate({ start: 0, end: 8, label: 'claim' })");
        article.run("article.annotate({ start: 0, end: 3, label: 'quote' })");
        page.click(".bar [data-act=download]");
        has_dialog(page, "download-dialog");
        page.run("const format = find('#download-format'); format.value = 'conll2003'; format.dispatchEvent(new Event('change'))", json!([]));
        assert_eq!(page.run("return find('#download-overlaps').hidden", json!([])), json!(false));
        page.click("#download-dialog .primary");
        has_dialog(page, "name-dialog");
        page.click("#name-dialog .primary");
        has_dialog(page, "losses-dialog");
        assert!(page.text("#losses-list").contains("Annotations left out, since each overlaps a longer one: 1."), "{}", page.text("#losses-list"));
        page.click("#losses-dialog .primary");
        let (name, content) = page.downloaded();
        assert!(name.ends_with(".conll"), "{name}");
        assert!(!content.is_empty());
        article.page_has_said("is in your downloads: 1 annotation in 1 document, read back and compared.");
        article.has_no_errors();
    }

    fn a_dataset_of_another_program_comes_in_after_a_preview(page: &Page) {
        let article = Article::start(page);
        let doccano = "{\"id\":1,\"text\":\"Mayor Smith resigned.\",\"label\":[[0,11,\"person\"]]}\n{\"id\":2,\"text\":\"Nobody came.\",\"label\":[]}\n";
        article.pick("in.jsonl", doccano);
        has_dialog(page, "preview-dialog");
        let preview = page.text("#preview-lines");
        assert!(preview.contains("read as doccano"), "{preview}");
        page.click("#preview-dialog .primary");
        article.is_open_with("Mayor Smith resigned.");
        article.has_tags(&[("person", "Mayor Smith")]);
        let titles = "return [...document.querySelectorAll('#documents .name')].map((name) => name.textContent)";
        wait_until_equal(&json!(["Mayor Smith resigned.", "Nobody came."]), || page.run(titles, json!([])));
        article.has_no_errors();
    }
}
