//! Many documents: bringing them in, the list of them, going from one to the next, deleting and
//! bringing back, a backup of everything, and the dataset of several.

use crate::article::Article;
use crate::dialogs::{act, has_dialog};
use crate::harness::{Browser, Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

/// Hands files to the picker, as a person does who selects them all.
fn pick(article: &Article, files: &[(&str, &str)]) {
    let paths: Vec<String> = files
        .iter()
        .map(|(name, content)| article.file(name, content).display().to_string())
        .collect();
    article
        .page
        .choose_file("#file-input", paths.join("\n").as_ref());
}

const THREE: [(&str, &str); 3] = [
    ("a.txt", "First story | The Post\nOne two."),
    ("b.txt", "Second story | The Herald\nThree four."),
    ("c.txt", "Third story\nFive six."),
];

/// Opens three documents; the first is on the screen.
fn with_three(page: &Page) -> Article<'_> {
    let article = Article::start(page);
    pick(&article, &THREE);
    article.is_open_with(THREE[0].1);
    article.page_has_said("3 documents added.");
    lists(page, &["○ a.txt", "○ b.txt", "○ c.txt"]);
    article
}

/// Waits until the list beside the text has these rows: state's sign and title.
#[track_caller]
fn lists(page: &Page, rows: &[&str]) {
    let shown = "return [...document.querySelectorAll('#documents .row')]
        .toSorted((a, b) => a.ariaPosInSet - b.ariaPosInSet)
        .map((row) => `${row.querySelector('.state').textContent} ${row.querySelector('.name').textContent}`)";
    wait_until_equal(&json!(rows), || page.run(shown, json!([])));
}

fn menu_of(page: &Page, title: &str, item: &str) {
    let press = "const [title, item] = arguments;
        [...document.querySelectorAll('#documents .row')].find((row) => row.querySelector('.name').textContent === title)
            .querySelector('.row-more').click();
        [...document.querySelectorAll('#document-menu button')].find((one) => one.textContent === item).click();";
    page.run(press, json!([title, item]));
}

/// A zip archive of a single file, deflated, whose directory states these sizes and that sum.
fn zip(name: &str, content: &[u8], stated: usize) -> Vec<u8> {
    use std::io::Write;
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflate.write_all(content).unwrap();
    let packed = deflate.finish().unwrap();
    let mut about = Vec::new();
    about.extend([20, 0, 0, 8, 8, 0, 0, 0, 0, 0]);
    about.extend(crc32fast::hash(content).to_le_bytes());
    about.extend((packed.len() as u32).to_le_bytes());
    about.extend((stated as u32).to_le_bytes());
    about.extend((name.len() as u16).to_le_bytes());
    about.extend([0, 0]);
    let mut archive = b"PK\x03\x04".to_vec();
    archive.extend(&about);
    archive.extend(name.as_bytes());
    archive.extend(&packed);
    let start = archive.len();
    archive.extend(b"PK\x01\x02\x14\0");
    archive.extend(&about);
    archive.extend([0; 14]);
    archive.extend(name.as_bytes());
    let size = archive.len() - start;
    archive.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    archive.extend((size as u32).to_le_bytes());
    archive.extend((start as u32).to_le_bytes());
    archive.extend([0, 0]);
    archive
}

in_each_browser! {
    fn an_archive_is_unpacked_within_bounds(page: &Page) {
        let article = with_three(page);
        article.pick("one.zip", zip("folder/in zip.txt", "In the archive. ".repeat(200).as_bytes(), 3_200));
        article.page_has_said("1 document added.");
        lists(page, &["○ a.txt", "○ b.txt", "○ c.txt", "○ in zip.txt"]);
        let bomb = vec![b'a'; 10_000_000];
        for (name, archive, why) in [
            ("bomb.zip", zip("bomb.txt", &bomb, 100), "bomb.zip/bomb.txt: It has more in it than the archive says."),
            ("huge.zip", zip("huge.txt", b"a", 30_000_000), "huge.zip/huge.txt: It has more than 25 MB."),
            ("short.zip", zip("short.txt", b"abc", 9), "short.zip/short.txt: It is damaged."),
            ("cut.zip", zip("cut.txt", b"abc", 3)[..60].to_vec(), "cut.zip: The archive was left out: it is cut off, or no zip archive."),
        ] {
            article.pick(name, archive);
            has_dialog(page, "report-dialog");
            assert!(page.text("#report-lines").contains(why), "{}", page.text("#report-lines"));
            page.click("#report-dialog .primary");
        }
        lists(page, &["○ a.txt", "○ b.txt", "○ c.txt", "○ in zip.txt"]);
        article.has_no_errors();
    }

    fn done_goes_on_to_the_next_untouched_document(page: &Page) {
        let article = with_three(page);
        article.press("End C Ctrl+Enter");
        article.is_open_with(THREE[1].1);
        lists(page, &["A a.txt", "○ b.txt", "○ c.txt"]);
        // Nothing to tag in it, and that is an answer too.
        article.press("Ctrl+Enter");
        article.is_open_with(THREE[2].1);
        article.press("<");
        article.is_open_with(THREE[1].1);
        article.press("> >");
        article.is_open_with(THREE[0].1);
        article.reload();
        lists(page, &["A a.txt", "B b.txt", "○ c.txt"]);
        article.press("<");
        article.is_open_with(THREE[2].1);
        article.press("Ctrl+Enter");
        article.page_has_said("3 of 3 documents done.");
        article.has_no_errors();
    }

    fn who_goes_on_while_a_document_is_being_opened_gets_where_they_wanted(page: &Page) {
        let article = with_three(page);
        let entries = page.run("return history.length", json!([]));
        let go_on = "
            addEventListener('rubricate-load', () => {
                const id = find('#article').document.id;
                find('#article').dispatchEvent(new CustomEvent('rubricate-navigate', { detail: { to: 'next' }, cancelable: true }));
                window.passed = id;
            }, { capture: true, once: true });";
        page.run(go_on, json!([]));
        article.press(">");
        article.is_open_with(THREE[2].1);
        assert_ne!(page.run("return window.passed", json!([])), json!(null));
        assert_eq!(page.text("#title"), "c.txt");
        page.run("history.back()", json!([]));
        article.is_open_with(THREE[1].1);
        page.run("history.back()", json!([]));
        article.is_open_with(THREE[0].1);
        assert_eq!(page.run("return history.length", json!([])).as_u64(), entries.as_u64().map(|before| before + 2));
        article.has_no_errors();
    }

    fn who_turns_back_while_a_document_is_being_opened_stays(page: &Page) {
        let article = with_three(page);
        let turn_back = "
            const go = (to) => find('#article').dispatchEvent(new CustomEvent('rubricate-navigate', { detail: { to }, cancelable: true }));
            addEventListener('rubricate-load', () => window.loaded = true, true);
            addEventListener('hashchange', () => go('previous'), { once: true });
            go('next');";
        page.run(turn_back, json!([]));
        page.wait_for("one was opened", "return window.loaded", json!([]));
        article.is_open_with(THREE[0].1);
        assert_eq!(page.text("#title"), "a.txt");
        article.has_no_errors();
    }

    fn a_second_done_does_not_open_the_first_document_again(page: &Page) {
        let article = with_three(page);
        article.press("Ctrl+Enter Ctrl+Enter");
        page.wait_for("another is open", "return !find('#title').textContent.startsWith('a')", json!([]));
        article.press(">");
        article.is_saved();
        article.reload();
        let first = "return find('#documents .row .state')?.textContent ?? null";
        wait_until_equal(&json!("A"), || page.run(first, json!([])));
        article.has_no_errors();
    }

    fn skipping_asks_for_the_reason_and_takes_no_for_an_answer(page: &Page) {
        let article = with_three(page);
        article.press("Ctrl+Shift+Enter");
        has_dialog(page, "skip-dialog");
        page.click("#skip-dialog [data-close]");
        lists(page, &["○ a.txt", "○ b.txt", "○ c.txt"]);
        article.press("Ctrl+Shift+Enter");
        has_dialog(page, "skip-dialog");
        page.click("#skip-field");
        page.type_text("Only a table");
        page.click("#skip-dialog .primary");
        article.is_open_with(THREE[1].1);
        lists(page, &["– a.txt", "○ b.txt", "○ c.txt"]);
        article.press("<");
        article.is_open_with(THREE[0].1);
        assert_eq!(article.run("return [article.document.state, article.document.reason]"), json!(["skipped", "Only a table"]));
        article.has_no_errors();
    }

    fn the_list_is_searched_filtered_sorted_and_walked_by_keys(page: &Page) {
        let article = with_three(page);
        let more: Vec<(String, String)> = (0..8).map(|at| (format!("more {at}.txt"), format!("Text {at}."))).collect();
        let more: Vec<(&str, &str)> = more.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        pick(&article, &more);
        article.is_open_with("Text 0.");
        page.click("#documents [type=search]");
        page.type_text("herald");
        lists(page, &["○ b.txt"]);
        page.run("const field = find('#documents [type=search]'); field.value = ''; field.dispatchEvent(new Event('input'));", json!([]));
        article.press("C");
        page.run("const field = find('#documents [name=filter]'); field.value = 'in-progress'; field.dispatchEvent(new Event('change'));", json!([]));
        lists(page, &["◐ more 0.txt"]);
        page.run("const field = find('#documents [name=filter]'); field.value = 'all'; field.dispatchEvent(new Event('change'));
            const sort = find('#documents [name=sort]'); sort.value = 'site'; sort.dispatchEvent(new Event('change'));", json!([]));
        wait_until_equal(&json!("b.txt"), || page.run("return find('#documents .row[aria-posinset=\"1\"] .name').textContent", json!([])));
        page.run("find('#documents .row[aria-posinset=\"1\"] button').focus()", json!([]));
        page.press(&["ArrowDown", "Enter"]);
        article.is_open_with(THREE[0].1);
        article.has_no_errors();
    }

    fn states_and_flags_of_a_document_that_is_not_open_are_set_from_the_list(page: &Page) {
        let article = with_three(page);
        menu_of(page, "b.txt", "Done");
        menu_of(page, "c.txt", "Bad scrape");
        lists(page, &["○ a.txt", "B b.txt", "○ c.txt"]);
        let kept = "return customElements.get('rubricate-article').documents().then((all) =>
            all.toSorted((a, b) => a.place - b.place).map(({ title, state, flags, site }) => [title, state, flags, site]))";
        let expected = json!([["a.txt", "untouched", [], "The Post"], ["b.txt", "done", [], "The Herald"], ["c.txt", "untouched", ["bad-scrape"], null]]);
        wait_until_equal(&expected, || page.run(kept, json!([])));
        article.reload();
        lists(page, &["○ a.txt", "B b.txt", "○ c.txt"]);
        assert_eq!(page.run(kept, json!([])), expected);
    }

    fn what_is_deleted_is_counted_and_comes_back_after_a_reload_too(page: &Page) {
        let article = with_three(page);
        article.press("End C");
        article.is_saved();
        menu_of(page, "b.txt", "Delete");
        article.page_has_said("“b.txt” deleted, with 0 annotations. It is kept in the trash for 30 days.");
        lists(page, &["◐ a.txt", "○ c.txt"]);
        page.click("#notice .action");
        lists(page, &["◐ a.txt", "○ b.txt", "○ c.txt"]);
        act(page, "delete-shown");
        has_dialog(page, "delete-dialog");
        assert_eq!(page.text("#delete-words"), "All 3 documents with 1 annotation go into the trash. They can be put back for 30 days.");
        page.click("#delete-dialog .primary");
        article.page_has_said("3 documents deleted, with 1 annotation.");
        page.reload();
        article.is_welcomed();
        assert_eq!(page.run("return find('#kept').hidden", json!([])), json!(true));
        act(page, "trash");
        has_dialog(page, "trash-dialog");
        page.click("#trash-restore-all");
        page.wait_for("they are back", "return document.querySelectorAll('#trash-list .name').length === 0", json!([]));
        page.click("#trash-dialog .primary");
        page.run("setTimeout(() => location.reload())", json!([]));
        page.wait_for("all are listed", "return document.querySelectorAll('#kept .row').length === 3", json!([]));
        page.click("#kept .row[aria-posinset='1'] .document");
        article.is_open_with(THREE[0].1);
        wait_until_equal(&1, || article.tags().len());
        article.has_no_errors();
    }

    fn what_is_refused_and_what_is_here_already_is_reported(page: &Page) {
        let article = with_three(page);
        pick(&article, &[("new.txt", "New."), ("again.txt", THREE[1].1), ("empty.txt", ""), ("page.pdf", "%PDF-1.7\n")]);
        has_dialog(page, "report-dialog");
        let report = page.text("#report-lines");
        for words in [
            "1 document added, 1 here already.",
            "empty.txt: The file is empty.",
            "page.pdf: This is a PDF file",
            "again.txt is “b.txt”",
        ] {
            assert!(report.contains(words), "{report}");
        }
        page.click("#report-dialog .primary");
        article.is_open_with("New.");
        article.has_no_errors();
    }

    fn a_table_is_read_by_the_column_that_is_chosen(page: &Page) {
        let article = Article::start(page);
        let table = "id;headline;body\r\n1;Storm;\"A storm; they said,\r\nis \"\"near\"\".\"\r\n2;Sun;Sunny.\r\n3;None;\r\n4;Long;a;b\r\n";
        pick(&article, &[("rows.csv", table)]);
        has_dialog(page, "columns-dialog");
        assert_eq!(page.run("return ['text', 'title', 'source', 'id'].map((name) => find(`#column-${name}`).value)", json!([])), json!(["body", "headline", "", "id"]));
        page.click("#columns-dialog .primary");
        has_dialog(page, "report-dialog");
        let report = page.text("#report-lines");
        assert!(report.contains("2 documents added") && report.contains("rows.csv, line 5") && report.contains("rows.csv, line 6"), "{report}");
        page.click("#report-dialog .primary");
        article.is_open_with("A storm; they said,\r\nis \"near\".");
        assert_eq!(article.run("return [article.document.id, article.document.title]"), json!(["1", "Storm"]));
        // The second line is broken, and the polluted one is a row like any other.
        pick(&article, &[("rows.jsonl", "{\"text\":\"Alpha.\",\"url\":\"https://www.example.org/a\"}\r\n{\"text\":\n\n{\"__proto__\":{\"polluted\":1},\"text\":\"Beta.\"}\n")]);
        has_dialog(page, "columns-dialog");
        page.click("#columns-dialog .primary");
        has_dialog(page, "report-dialog");
        assert!(page.text("#report-lines").contains("rows.jsonl, line 2: The line was left out: it is no JSON."));
        page.click("#report-dialog .primary");
        lists(page, &["○ Storm", "○ Sun", "○ Alpha.", "○ Beta."]);
        let sites = "return customElements.get('rubricate-article').documents().then((all) => [all.find(({ title }) => title === 'Alpha.').site, {}.polluted ?? null])";
        assert_eq!(page.run(sites, json!([])), json!(["example.org", null]));
        article.has_no_errors();
    }

    fn a_table_of_many_tells_how_far_it_is_and_can_be_stopped(page: &Page) {
        const ROWS: usize = 20_000;
        let article = Article::start(page);
        let rows: String = (0..ROWS).map(|row| format!("{{\"text\":\"Story {row}. {}\"}}\n", "Words. ".repeat(100))).collect();
        pick(&article, &[("many.jsonl", &rows)]);
        has_dialog(page, "columns-dialog");
        page.click("#columns-dialog .primary");
        let counts = "return find('#adding-dialog [role=status]')?.textContent.endsWith('documents')";
        page.wait_for("it says how many there are", counts, json!([]));
        page.click("#adding-dialog button");
        article.page_has_said("Stopped. ");
        let said = page.text("#notice").replace(',', "");
        let kept = page.run("return customElements.get('rubricate-article').documents().then((all) => all.length)", json!([]));
        let kept = kept.as_u64().unwrap() as usize;
        assert!(kept > 0 && kept < ROWS, "{kept}");
        assert!(said.contains(&format!("{kept} documents added.")), "{said}");
        article.has_no_errors();
    }

    fn a_folder_is_picked_with_the_folders_in_it(page: &Page) {
        if page.browser() != Browser::Chromium {
            // The drivers of the others pick files alone.
            return;
        }
        let article = Article::start(page);
        let empty = tempfile::tempdir().unwrap();
        std::fs::write(empty.path().join(".hidden"), "Nobody’s.").unwrap();
        page.choose_file("#folder-input", empty.path());
        article.page_has_said("There are no files in that folder, or hidden ones alone.");
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in [("10.txt", "Ten."), ("2.txt", "Two."), ("inner/b.html", "<p>Beta."), (".hidden", "Nobody’s."), ("c.pdf", "%PDF-1.7\n")] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        page.choose_file("#folder-input", folder.path());
        has_dialog(page, "report-dialog");
        let report = page.text("#report-lines");
        assert!(report.contains("3 documents added.") && report.contains("c.pdf"), "{report}");
        page.click("#report-dialog .primary");
        lists(page, &["○ 2.txt", "○ 10.txt", "○ b.html"]);
        article.has_no_errors();
    }

    fn a_backup_restores_the_same_state_elsewhere(page: &Page) {
        let article = with_three(page);
        article.press("End C Ctrl+Enter");
        article.is_open_with(THREE[1].1);
        menu_of(page, "c.txt", "Unsure");
        menu_of(page, "b.txt", "Delete");
        article.page_has_said("deleted");
        act(page, "backup");
        let (name, backup) = page.downloaded();
        assert!(name.starts_with("rubricate-backup-") && name.ends_with(".jsonl"), "{name}");
        let all = "return customElements.get('rubricate-article').documents().then((all) => customElements.get('rubricate-article').deletedDocuments().then((deleted) =>
            [all.toSorted((a, b) => a.place - b.place), deleted]))";
        let before = page.run(all, json!([]));

        let elsewhere = Page::open(page.browser());
        let other = Article::start(&elsewhere);
        // A backup that is cut off changes nothing.
        other.pick("cut.jsonl", &backup[..backup.len() - 20]);
        other.page_has_said("The backup is cut off");
        other.pick("whole.jsonl", &backup);
        has_dialog(&elsewhere, "restore-dialog");
        assert!(elsewhere.text("#restore-words").contains("with 3 documents: 3 new here"));
        elsewhere.click("#restore-dialog .primary");
        other.page_has_said("3 documents restored.");
        assert_eq!(elsewhere.run(all, json!([])), before);
        let id = before[0][0]["id"].clone();
        other.run(&format!("return article.open({id})"));
        other.has_tags(&[("claim", "One two.")]);
        // Its history came as well.
        other.press("Z Z");
        other.has_tags(&[]);
        other.has_no_errors();
    }

    fn several_documents_go_out_as_one_dataset_and_come_back_with_a_preview(page: &Page) {
        let article = with_three(page);
        article.press("End C Ctrl+Enter");
        article.is_open_with(THREE[1].1);
        article.press("Ctrl+Enter");
        article.is_open_with(THREE[2].1);
        menu_of(page, "c.txt", "Bad scrape");
        page.click(".bar [data-act=download]");
        has_dialog(page, "download-dialog");
        page.click("#download-dialog [value=all]");
        page.click("#download-dialog .primary");
        has_dialog(page, "name-dialog");
        page.click("#name-dialog .primary");
        let (_, content) = page.downloaded();
        has_dialog(page, "done-dialog");
        assert_eq!(page.text("#done-heading"), "1 of 1 span reads back exactly");
        let data: Value = serde_json::from_slice(&content).unwrap();
        let states: Vec<&Value> = data["documents"].as_array().unwrap().iter().map(|d| &d["metadata"]).collect();
        assert_eq!(json!(states), json!([
            { "state": "done", "site": "The Post" },
            { "state": "done", "site": "The Herald" },
            { "state": "open", "flags": ["bad-scrape"] },
        ]));

        let elsewhere = Page::open(page.browser());
        let other = Article::start(&elsewhere);
        other.open_text(THREE[1].1);
        other.pick("all.json", &content);
        has_dialog(&elsewhere, "preview-dialog");
        let preview = elsewhere.run("return Object.fromEntries([...document.querySelectorAll('#preview-lines .figures > div')].map((row) => [...row.children].map((cell) => cell.textContent)))", json!([]));
        assert_eq!(preview, json!({ "New documents": "2", "Here already": "1", "New annotations": "1" }));
        elsewhere.click("#preview-dialog [data-close]");
        let count = "return customElements.get('rubricate-article').documents().then((all) => all.length)";
        assert_eq!(elsewhere.run(count, json!([])), json!(1));
        other.pick("all.json", &content);
        has_dialog(&elsewhere, "preview-dialog");
        elsewhere.click("#preview-dialog .primary");
        lists(&elsewhere, &["A article.txt", "A a.txt", "○ c.txt"]);
        // All of it is one step back.
        other.page_has_said("2 documents added");
        elsewhere.click("#notice .action");
        other.page_has_said("Undone: 2 documents went into the trash, 1 document is as before.");
        let states = "return customElements.get('rubricate-article').documents().then((all) => all.map(({ title, state }) => [title, state]))";
        assert_eq!(elsewhere.run(states, json!([])), json!([["article.txt", "untouched"]]));
        assert_eq!(other.run("return article.document.state"), json!("open"));
        other.has_no_errors();
    }

    fn annotations_for_an_article_that_is_here_come_in_after_a_preview_and_as_one_step(page: &Page) {
        let article = with_three(page);
        article.press("Home C");
        article.is_saved();
        let content = article.run("return article.export().then((file) => file.text())");
        let content = content.as_str().unwrap();
        article.press("Z");
        article.press("Ctrl+Enter");
        article.is_open_with(THREE[1].1);
        // It is about another one than what is open.
        article.pick("a.json", content.as_bytes());
        has_dialog(page, "import-dialog");
        article.is_open_with(THREE[0].1);
        article.has_tags(&[]);
        page.click("#import-dialog [data-close]");
        article.has_tags(&[]);
        article.pick("a.json", content.as_bytes());
        has_dialog(page, "import-dialog");
        page.click("#import-dialog .primary");
        article.page_has_said("1 annotation added.");
        article.has_tags(&[("claim", "First story | The Post")]);
        page.click("#notice .action");
        article.has_tags(&[]);
        article.has_no_errors();
    }
}
