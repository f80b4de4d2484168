//! What keeps work safe beyond the stores: lasting storage, a reminder, a backup file.

use crate::article::Article;
use crate::harness::{Browser, Page, in_each_browser, wait_until_equal};
use serde_json::json;

const STORY: &str = "One.\nTwo.\nThree.\n";

/// The picker can't be driven from outside; it gives a file of the origin's own, which is written in
/// the same way.
const PICKER: &str = "
window.showSaveFilePicker = async ({ suggestedName }) => {
    window.suggested = suggestedName;
    return (await navigator.storage.getDirectory()).getFileHandle('backup.json', { create: true });
};";

/// The labels in the backup file.
const IN_FILE: &str = "
return (async () => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('backup.json');
    const content = await (await handle.getFile()).text();
    return content && JSON.parse(content).annotations.map(({ label }) => label).join(' ');
})()";

/// What Firefox asks its user with; its prompt isn't there before the page asks, and goes with the page.
const PROMPT: &str = "return Boolean(PopupNotifications.getNotification('persistent-storage', gBrowser.selectedBrowser))";

/// Has Chromium, which asks nobody, note that it is asked. What Firefox's driver puts on a prototype,
/// the page doesn't see.
fn count_asking(page: &Page) {
    if page.browser() == Browser::Chromium {
        let count = "window.asked = false;
            StorageManager.prototype.persist = async () => { window.asked = true; return new Promise(() => {}); };
            StorageManager.prototype.persisted = async () => false;";
        page.run(count, json!([]));
    }
}

fn has_asked(page: &Page) -> bool {
    let asked = match page.browser() {
        Browser::Firefox => page.session.execute_privileged(PROMPT, &json!([])).unwrap(),
        _ => page.run("return window.asked", json!([])),
    };
    asked == json!(true)
}

in_each_browser! {
    fn the_first_saved_edit_of_a_hand_asks_for_lasting_storage_once(page: &Page) {
        let article = Article::start(page);
        count_asking(page);
        article.open_text(STORY);
        article.run("article.annotate({ start: 0, end: 3, label: 'quote' }); return article.saved()");
        assert!(!has_asked(page), "a script is no hand");
        article.press("Home C");
        article.is_saved();
        wait_until_equal(&true, || has_asked(page));
        // Nothing waits for an answer, which may never come.
        article.press("J Q");
        article.is_saved();
        article.reload();
        count_asking(page);
        article.press("End P");
        article.is_saved();
        assert!(!has_asked(page), "once");
        article.has_no_errors();
    }

    fn edits_of_yesterday_that_no_download_has_are_reminded_of(page: &Page) {
        let article = Article::with_text(page, STORY);
        article.press("Home C");
        article.is_saved();
        article.reload();
        assert_eq!(page.run("return find('#notice').hidden", json!([])), json!(true));
        let yesterday = "const settings = JSON.parse(localStorage['rubricate:settings']);
            for (const id in settings.edited) settings.edited[id] -= 25 * 60 * 60 * 1000;
            settings.creator = null;
            localStorage['rubricate:settings'] = JSON.stringify(settings);
            return Object.keys(settings.edited).length";
        assert_eq!(page.run(yesterday, json!([])), json!(1));
        article.reload();
        article.page_has_said("Some edits of this article are more than a day old");
        page.click("#notice .action");
        page.wait_for("it asks for the format", "return find('#download-dialog')?.open", json!([]));
        page.click("#download-dialog .primary");
        let (_, content) = page.downloaded();
        assert!(String::from_utf8(content).unwrap().contains("\"label\":\"claim\""));
        article.reload();
        let edited = "return Object.keys(JSON.parse(localStorage['rubricate:settings']).edited).length";
        assert_eq!(page.run(edited, json!([])), json!(0));
        article.has_no_errors();
    }

    fn a_backup_file_has_the_last_edit_before_another_document_was_opened(page: &Page) {
        let article = Article::start(page);
        if page.browser() != Browser::Chromium {
            return;
        }
        article.open_text(STORY);
        page.run(PICKER, json!([]));
        page.run("find('#mirror').click()", json!([]));
        page.wait_for("the file is there", "return find('#mirror').textContent === 'Stop writing to backup.json'", json!([]));
        article.press("Home C");
        article.open_text("Another text.");
        wait_until_equal(&Ok("claim".into()), || page.try_run(IN_FILE, json!([])));
        article.press("Home Q");
        article.is_saved();
        assert_eq!(page.run("return find('#mirror').textContent", json!([])), json!("Keep a backup file…"));
        assert_eq!(page.run(IN_FILE, json!([])), json!("claim"));
        article.has_no_errors();
    }

    fn a_backup_file_follows_every_edit_also_after_a_reload(page: &Page) {
        let article = Article::start(page);
        if page.browser() != Browser::Chromium {
            assert_eq!(page.run("return find('#mirror').hidden", json!([])), json!(true));
            return;
        }
        article.open_text(STORY);
        page.run(PICKER, json!([]));
        article.press("Home C");
        page.run("find('#mirror').click()", json!([]));
        // While it is being replaced, a file can't be read.
        let holds = |labels: &str| wait_until_equal(&Ok(labels.into()), || page.try_run(IN_FILE, json!([])));
        page.wait_for("the file is there", "return find('#mirror').textContent === 'Stop writing to backup.json'", json!([]));
        holds("claim");
        assert_eq!(page.run("return suggested", json!([])), json!("article.annotations.json"));
        article.press("J Q");
        holds("claim quote");
        article.is_saved();
        article.reload();
        page.wait_for("the file is remembered", "return find('#mirror').textContent.endsWith('writing to backup.json')", json!([]));
        article.press("End P");
        holds("claim quote caption");
        // What has a file with all its edits needs no reminder.
        let edited = "return Object.keys(JSON.parse(localStorage['rubricate:settings']).edited).length";
        wait_until_equal(&json!(0), || page.run(edited, json!([])));
        page.run("find('#mirror').click()", json!([]));
        page.wait_for("it is let go", "return find('#mirror').textContent === 'Keep a backup file…'", json!([]));
        article.press("Home B");
        article.is_saved();
        assert_eq!(page.run(IN_FILE, json!([])), json!("claim quote caption"));
        article.has_no_errors();
    }
}
