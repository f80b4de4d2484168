//! The annotator's side of work that was handed out: taken on, gone through, sent back.

use crate::article::Article;
use crate::dialogs::{act, fill, has_dialog, press};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use rubricate::format::zip::{Limits, unzip};
use serde_json::{Value, json};

const TEXTS: [(&str, &str); 3] = [
    ("a.txt", "One is a claim."),
    ("b.txt", "Two is a claim."),
    ("c.txt", "Three is a claim."),
];

/// The files that somebody makes who has three documents, for Ada and Ben.
fn hand_out(page: &Page) -> Vec<(String, Vec<u8>)> {
    let article = Article::start(page);
    for (name, text) in TEXTS {
        article.pick(name, text);
        article.is_open_with(text);
    }
    page.wait_for(
        "all are listed",
        "return document.querySelectorAll('#documents .row').length === 3",
        json!([]),
    );
    act(page, "hand-out");
    has_dialog(page, "hand-out-dialog");
    fill(page, "#hand-out-names", "Ada\nBen");
    fill(page, "#hand-out-shared", "100");
    fill(page, "#hand-out-version", "2");
    fill(
        page,
        "#hand-out-guidelines",
        "A <b>claim</b> can be checked.",
    );
    page.click("#hand-out-dialog .primary");
    let (_, archive) = page.downloaded();
    let mut files = unzip(&archive, Limits::default()).unwrap();
    files.sort();
    files
}

/// Opens a file of work, and waits for what the page says of it.
fn open_work(article: &Article, (name, bytes): &(String, Vec<u8>)) -> String {
    article.pick(name, bytes);
    has_dialog(article.page, "preview-dialog");
    article.page.text("#preview-lines")
}

/// Does all of the work: a claim of so many characters in each document.
fn do_it(article: &Article, length: usize) {
    for (_, text) in TEXTS {
        article.is_open_with(text);
        article.run(&format!(
            "article.annotate({{ start: 0, end: {length}, label: 'claim' }})"
        ));
        article.press("Ctrl+Enter");
    }
}

fn menu(page: &Page) -> Value {
    page.run(
        "return [...document.querySelectorAll('#more .for-work')].map(({ hidden }) => hidden)",
        json!([]),
    )
}

in_each_browser! {
    fn work_is_taken_on_finished_sent_back_and_compared(page: &Page) {
        let files = hand_out(page);
        assert_eq!(menu(page), json!([true, true]));
        let mut back = Vec::new();
        for (annotator, file) in ["Ada", "Ben"].into_iter().zip(&files) {
            let theirs = Page::open(page.browser());
            let article = Article::start(&theirs);
            let said = open_work(&article, file);
            assert!(said.contains(&format!("Handed out: 3 documents for {annotator}; guidelines version 2.")), "{said}");
            theirs.click("#preview-dialog .primary");
            has_dialog(&theirs, "guidelines-dialog");
            let words = theirs.text("#guidelines-words");
            assert!(words.contains(&format!("You work as {annotator} now.")), "{words}");
            assert_eq!(theirs.text("#guidelines-text"), "A <b>claim</b> can be checked.");
            press(&theirs, "guidelines-dialog", "Close");
            do_it(&article, if annotator == "Ada" { 3 } else { 5 });
            article.page_has_said(&format!("All of 3 documents for {annotator}; guidelines version 2: finished."));
            // It is known after a reload as well.
            article.reload();
            wait_until_equal(&json!([false, false]), || menu(&theirs));
            assert_eq!(theirs.text("#documents .work-words"), format!("{annotator}’s work: 3 of 3 finished"));
            act(&theirs, "download-work");
            let (name, content) = theirs.downloaded();
            assert_eq!(name, format!("{annotator}.annotations.json"));
            let work: Value = serde_json::from_slice(&content).unwrap();
            assert_eq!(work["assignment"]["annotator"], annotator);
            assert_eq!(work["assignment"]["guidelines"]["version"], "2");
            assert_eq!(work["annotations"].as_array().unwrap().len(), 3);
            assert!(work["annotations"].as_array().unwrap().iter().all(|one| one["creator"] == annotator), "{work}");
            article.has_no_errors();
            back.push((name, content));
        }
        let article = Article::of(page);
        let paths: Vec<String> = back.iter().map(|(name, content)| article.file(name, content).display().to_string()).collect();
        page.choose_file("#compare-input", paths.join("\n").as_ref());
        has_dialog(page, "comparison-dialog");
        let compared = page.text("#comparison");
        assert!(compared.starts_with("3 documents that two or more worked on, by Ada, Ben."), "{compared}");
        article.has_no_errors();
    }

    fn nobodys_name_is_changed_unasked(page: &Page) {
        let files = hand_out(page);
        let theirs = Page::open(page.browser());
        let article = Article::start(&theirs);
        act(&theirs, "name");
        has_dialog(&theirs, "name-dialog");
        fill(&theirs, "#name-field", "Cleo");
        theirs.click("#name-dialog .primary");
        let said = open_work(&article, &files[0]);
        assert!(said.contains("You are Cleo now."), "{said}");
        theirs.click("#take-on");
        theirs.click("#preview-dialog .primary");
        article.is_open_with(TEXTS[0].1);
        assert_eq!(article.run("return article.creator"), "Cleo");
        assert_eq!(menu(&theirs), json!([true, true]));
        // The same file again, now with a will to work.
        let said = open_work(&article, &files[0]);
        assert!(said.contains("Handed out: 3 documents for Ada"), "{said}");
        theirs.click("#preview-dialog .primary");
        has_dialog(&theirs, "guidelines-dialog");
        assert_eq!(article.run("return article.creator"), "Ada");
        article.has_no_errors();
    }

    fn work_stays_its_annotators_when_anothers_file_was_opened(page: &Page) {
        let files = hand_out(page);
        let theirs = Page::open(page.browser());
        let article = Article::start(&theirs);
        open_work(&article, &files[0]);
        theirs.click("#preview-dialog .primary");
        has_dialog(&theirs, "guidelines-dialog");
        press(&theirs, "guidelines-dialog", "Close");
        article.is_open_with(TEXTS[0].1);
        let said = open_work(&article, &files[1]);
        assert!(said.contains("You are Ada now."), "{said}");
        theirs.run("find('#take-on').checked = false", json!([]));
        theirs.click("#preview-dialog .primary");
        article.page_has_said("0 documents added, 3 here already.");
        act(&theirs, "download-work");
        let (name, content) = theirs.downloaded();
        assert_eq!(name, "Ada.annotations.json");
        let work: Value = serde_json::from_slice(&content).unwrap();
        assert_eq!(work["assignment"]["annotator"], "Ada");
        article.has_no_errors();
    }

    fn work_is_in_the_backup(page: &Page) {
        let files = hand_out(page);
        let theirs = Page::open(page.browser());
        let article = Article::start(&theirs);
        open_work(&article, &files[1]);
        theirs.click("#preview-dialog .primary");
        has_dialog(&theirs, "guidelines-dialog");
        press(&theirs, "guidelines-dialog", "Close");
        article.is_open_with(TEXTS[0].1);
        act(&theirs, "backup");
        let (name, content) = theirs.downloaded();
        let path = article.file(&name, content);
        page.choose_file("#backup-input", &path);
        has_dialog(page, "restore-dialog");
        page.click("#restore-dialog .primary");
        wait_until_equal(&json!([false, false]), || menu(page));
    }
}
